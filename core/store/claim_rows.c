#include "core/store/claim_rows.h"

#include <stdlib.h>
#include <string.h>

#include "core/rules/workflow.h"
#include "core/store/claim_barred.h"

enum { LIMIT_DEFAULT = 50, LIMIT_MOST = 500 };

/* Columns in the order of claim_row_fields. */
static const char row_sql[] =
	"SELECT c.id, c.claim_no, c.rev, s.student_no, p.full_name, g.code, c.state,"
	" (SELECT l.source_code FROM claim_line l WHERE l.claim_id = c.id"
	" AND l.removed_on IS NULL ORDER BY l.line_no LIMIT 1),"
	" (SELECT count(*) FROM claim_line l WHERE l.claim_id = c.id AND l.removed_on IS NULL),"
	" c.proposed_centi, c.granted_centi, c.submitted_on, c.deadline_on, 0"
	" FROM credit_claim c JOIN student s ON s.id = c.student_id"
	" JOIN person p ON p.id = s.person_id JOIN programme g ON g.id = s.programme_id"
	" WHERE c.id = ?";

int claim_row_load(struct db *db, int64_t id, const struct actor *actor, int64_t today,
		   struct arena *arena, struct claim_row **out, struct error *err)
{
	struct claim_row *row;
	struct stmt *stmt;
	int step;

	if (db_prepare(db, row_sql, &stmt, err) < 0)
		return err->code;
	stmt_bind_int(stmt, 1, id);
	step = stmt_step(stmt, err);
	if (step <= 0) {
		stmt_reset(stmt);
		return step < 0 ? err->code : local_not_found(KIND_CREDIT_CLAIM, id, NULL, err);
	}
	row = local_row(&claim_row_fields, stmt, 0, arena);
	stmt_reset(stmt);
	row->overdue = claim_overdue((enum claim_state)row->state, row->deadline_on, today);
	if (!permission_has(actor, PERM_LOOKUP)) {
		row->student_no = row->claim_no;
		row->full_name = NULL;
	}
	*out = row;
	return 0;
}

/* A place in the order. */
struct place {
	int64_t value, id;
};

struct queue {
	struct local *local;
	const struct query *query;
	struct arena *arena;
	const char *order; /* column, or NULL for the id alone */
	unsigned states;   /* bit set of 1 << enum claim_state */
	bool mine, overdue;
	struct cursor after;
	bool has_after;
	size_t limit;
	struct place *places; /* found so far */
	size_t count, room;
};

static int filter_bad(const struct filter *filter, struct error *err)
{
	return error_reason(err, REASON_FIELD_UNKNOWN, "name", filter->field, NULL);
}

/* State, mine and overdue shape the whole query; the others are conditions. */
static bool filter_shapes(struct queue *queue, const struct filter *filter)
{
	if (!strcmp(filter->field, "state") && filter->op <= FILTER_NE && filter->number >= 0 &&
	    filter->number < CLAIM_STATE_COUNT) {
		unsigned bit = 1u << filter->number;

		queue->states &= filter->op == FILTER_EQ ? bit : ~bit;
		return true;
	}
	if (!strcmp(filter->field, "mine")) {
		queue->mine = filter->number == 1;
		return true;
	}
	if (!strcmp(filter->field, "overdue")) {
		queue->overdue = filter->number == 1;
		return true;
	}
	return false;
}

static void condition_date(struct where *where, const struct filter *filter, const char *column)
{
	static const char *const ops[] = { "=", "<>", "<", "<=", ">", ">=" };
	char day[DATE_TEXT];
	struct arena *arena = where->arena;

	if (filter->number == OV_NULL)
		where_add(where, arena_printf(arena, "c.%s IS %sNULL", column,
					      filter->op == FILTER_NE ? "NOT " : ""), "");
	else
		where_add(where, arena_printf(arena, "c.%s %s ?", column, ops[filter->op]), "t",
			  arena_strdup(arena, date_format(filter->number, day)));
}

static int conditions(struct queue *queue, struct where *where, struct error *err)
{
	for (size_t i = 0; i < queue->query->filter_count; i++) {
		const struct filter *filter = &queue->query->filters[i];

		if (filter_shapes(queue, filter))
			continue;
		if (!strcmp(filter->field, "deadline_on") || !strcmp(filter->field, "submitted_on"))
			condition_date(where, filter, filter->field);
		else if (!strcmp(filter->field, "claim_no") && filter->op == FILTER_EQ)
			where_add(where, "c.claim_no = ?", "t", filter->text);
		else if (!strcmp(filter->field, "student_no") && filter->op == FILTER_EQ)
			where_add(where, "s.student_no = ?", "t", filter->text);
		else if (!strcmp(filter->field, "student_id") && filter->op == FILTER_EQ)
			where_add(where, "c.student_id = ?", "i", filter->number);
		else
			return filter_bad(filter, err);
	}
	return 0;
}

static void conditions_of_actor(struct queue *queue, struct where *where)
{
	const struct actor *actor = &queue->local->store.actor;
	char day[DATE_TEXT];

	if (!actor->system && actor->branch_id != OV_NULL)
		where_add(where, "(s.branch_id = ? OR s.centre_id = ?)", "ii", actor->branch_id,
			  actor->branch_id);
	if (!permission_has(actor, PERM_LOOKUP)) /* an expert: what is before him or was */
		where_add(where, "(c.state = 'EXPERT' OR c.expert_by = ?)", "i", actor->user_id);
	if (queue->overdue)
		where_add(where, "c.deadline_on < ?", "t",
			  arena_strdup(queue->arena,
				       date_format(local_today(queue->local), day)));
}

static void condition_after(struct queue *queue, struct where *where)
{
	const char *more = queue->query->descending ? "<" : ">";
	struct arena *arena = queue->arena;
	char day[DATE_TEXT];

	if (!queue->has_after)
		return;
	if (!queue->order) {
		where_add(where, arena_printf(arena, "c.id %s ?", more), "i", queue->after.id);
		return;
	}
	if (queue->after.value == OV_NULL) { /* nulls come first, or last when descending */
		where_add(where, arena_printf(arena, queue->query->descending ?
					      "(c.%s IS NULL AND c.id < ?)" :
					      "((c.%s IS NULL AND c.id > ?) OR c.%s IS NOT NULL)",
					      queue->order, queue->order), "i", queue->after.id);
		return;
	}
	date_format(queue->after.value, day);
	where_add(where, arena_printf(arena, "((c.%s, c.id) %s (?, ?)%s%s%s)", queue->order, more,
				      queue->query->descending ? " OR c." : "",
				      queue->query->descending ? queue->order : "",
				      queue->query->descending ? " IS NULL" : ""),
		  "ti", arena_strdup(arena, day), queue->after.id);
}

static int place_order(const struct place *a, const struct place *b)
{
	if (a->value != b->value)
		return a->value < b->value ? -1 : 1;
	return a->id < b->id ? -1 : a->id > b->id;
}

static int place_up(const void *a, const void *b)
{
	return place_order(a, b);
}

static int place_down(const void *a, const void *b)
{
	return place_order(b, a);
}

static void place_add(struct queue *queue, struct place place)
{
	if (queue->count == queue->room) {
		struct place *grown;

		queue->room = queue->room ? queue->room * 2 : 128;
		grown = arena_array(queue->arena, queue->room, sizeof *grown);
		if (queue->count)
			memcpy(grown, queue->places, queue->count * sizeof *grown);
		queue->places = grown;
	}
	queue->places[queue->count++] = place;
}

/* Collects at most limit + 1 places; CONDITION (may be NULL) is added; of what is
 * mine, in STATE, what the four-eyes rules leave. */
static int collect(struct queue *queue, int state, const char *condition, const char *value,
		   struct error *err)
{
	const char *down = queue->query->descending ? " DESC" : "";
	struct where where;
	struct stmt *stmt;
	const char *sql;
	int rc;

	where_init(&where, queue->arena);
	if (condition)
		where_add(&where, condition, value ? "t" : "", value);
	if (conditions(queue, &where, err) < 0) {
		where_release(&where);
		return err->code;
	}
	conditions_of_actor(queue, &where);
	if (queue->mine)
		claim_barred_add(&where, &queue->local->store.actor, state);
	condition_after(queue, &where);
	sql = arena_printf(queue->arena,
			   "SELECT c.id, %s%s FROM credit_claim c JOIN student s"
			   " ON s.id = c.student_id%s ORDER BY %s%s%s%sc.id%s LIMIT %zu",
			   queue->order ? "c." : "", queue->order ? queue->order : "NULL",
			   buf_cstr(&where.sql), queue->order ? "c." : "",
			   queue->order ? queue->order : "",
			   !queue->order ? "" : queue->query->descending ? " DESC NULLS LAST" :
			   " NULLS FIRST",
			   queue->order ? ", " : "", down, queue->limit + 1);
	rc = db_prepare(queue->local->db, sql, &stmt, err);
	if (rc == 0) {
		where_bind(&where, stmt, 1);
		while ((rc = stmt_step(stmt, err)) > 0) {
			struct place place = { OV_NULL, stmt_int(stmt, 0) };
			const char *day = queue->order ? stmt_text(stmt, 1) : NULL;

			if (day)
				date_parse(day, &place.value);
			place_add(queue, place);
		}
		stmt_reset(stmt);
	}
	where_release(&where);
	return rc;
}

/* Steps that wait for somebody: not what may be done at any time. */
static bool event_waits(enum claim_event event)
{
	switch (event) {
	case EVENT_CREATE:
	case EVENT_EDIT:
	case EVENT_WITHDRAW:
	case EVENT_OBJECT:
	case EVENT_APPEAL:
	case EVENT_REVOKE:
	case EVENT_LAPSE:
		return false;
	default:
		return true;
	}
}

bool claim_state_waits(const struct actor *actor, int64_t state)
{
	for (int event = 0; event < CLAIM_EVENT_COUNT; event++)
		if (event_waits((enum claim_event)event) &&
		    claim_event_open(state, (enum claim_event)event, actor))
			return true;
	return false;
}

static int collect_state(struct queue *queue, int state, struct error *err)
{
	const struct actor *actor = &queue->local->store.actor;
	const char *code = enum_code(&claim_state_enum, state);
	char day[DATE_TEXT];

	if (!queue->mine)
		return collect(queue, state, "c.state = ?", code, err);
	if (state == CLAIM_POSTED && permission_has(actor, PERM_REVOKE_CONSENT))
		return collect(queue, state, "c.state = 'POSTED' AND c.revoke_by IS NOT NULL", NULL, err);
	if (!claim_state_waits(actor, state))
		return 0;
	if (state == CLAIM_NOTICE) /* closed when its days are over */
		return collect(queue, state, "c.state = 'NOTICE' AND c.deadline_on < ?",
			       date_format(local_today(queue->local), day), err);
	return collect(queue, state, "c.state = ?", code, err);
}

static int queue_prepare(struct queue *queue, struct error *err)
{
	const struct query *query = queue->query;
	struct where probe;
	int result;

	queue->states = (1u << CLAIM_STATE_COUNT) - 1;
	queue->limit = query->limit <= 0 ? LIMIT_DEFAULT :
		       query->limit > LIMIT_MOST ? LIMIT_MOST : (size_t)query->limit;
	if (query->order && strcmp(query->order, "id")) {
		if (strcmp(query->order, "deadline_on") && strcmp(query->order, "submitted_on"))
			return error_reason(err, REASON_FIELD_UNKNOWN, "name", query->order, NULL);
		queue->order = query->order;
	}
	if (query->cursor) {
		if (cursor_read(queue->local, cursor_query_mark(query), query->cursor,
				&queue->after, err) < 0)
			return err->code;
		queue->has_after = true;
	}
	where_init(&probe, queue->arena); /* the states and flags of the filters */
	result = conditions(queue, &probe, err);
	where_release(&probe);
	if (queue->overdue) /* the states that a passed limit only marks */
		queue->states &= 1u << CLAIM_SUBMITTED | 1u << CLAIM_ACCEPTED |
				 1u << CLAIM_EXPERT | 1u << CLAIM_OBJECTED;
	return result;
}

static int queue_collect(struct queue *queue, struct error *err)
{
	if (!queue->mine && queue->states == (1u << CLAIM_STATE_COUNT) - 1)
		return collect(queue, 0, NULL, NULL, err);
	/* One range of the index for each state, merged here: the sort of all
	 * open claims would be many times the work of a page. */
	for (int state = 0; state < CLAIM_STATE_COUNT; state++)
		if ((queue->states >> state & 1u) && collect_state(queue, state, err) < 0)
			return err->code;
	return 0;
}

int claim_rows_find(struct local *local, const struct query *query, struct arena *arena,
		    struct page *page, struct error *err)
{
	struct queue queue = { .local = local, .query = query, .arena = arena };
	int64_t today = local_today(local);

	memset(page, 0, sizeof *page);
	page->table = &claim_row_fields;
	if (local_may_read(local, KIND_CLAIM_ROW, err) < 0 || queue_prepare(&queue, err) < 0 ||
	    queue_collect(&queue, err) < 0)
		return err->code;
	if (queue.count)
		qsort(queue.places, queue.count, sizeof *queue.places,
		      query->descending ? place_down : place_up);
	if (queue.count > queue.limit) {
		struct cursor last = { queue.places[queue.limit - 1].value,
				       queue.places[queue.limit - 1].id };

		queue.count = queue.limit;
		page->next = cursor_write(local, cursor_query_mark(query), last, arena);
	}
	page->records = arena_array(arena, queue.count, sizeof *page->records);
	for (size_t i = 0; i < queue.count; i++) {
		struct claim_row *row;

		if (claim_row_load(local->db, queue.places[i].id, &local->store.actor, today, arena,
				   &row, err) < 0)
			return err->code;
		record_mask(page->table, row, &local->store.actor, arena);
		page->records[page->count++] = row;
	}
	return 0;
}
