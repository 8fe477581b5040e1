#include "core/store/commands/plan_rules.h"

#include <stdlib.h>
#include <string.h>

#include "core/model/reason.h"
#include "core/store/bulk.h"
#include "core/store/local.h"
#include "core/store/session_conflicts.h"
#include "core/store/session_members.h"

int plan_rows(struct tx *tx, int64_t plan_id, struct record_list *rows, struct error *err)
{
	struct stmt *stmt;
	size_t room = 0;
	int step;

	*rows = (struct record_list){ .table = &plan_session_fields };
	if (db_prepare(tx->db, arena_printf(tx->arena, "SELECT %s FROM plan_session t"
		       " WHERE t.plan_id = ? ORDER BY t.id",
		       local_sql(tx->local, KIND_PLAN_SESSION)->columns), &stmt, err) < 0)
		return err->code;
	stmt_bind_int(stmt, 1, plan_id);
	while ((step = stmt_step(stmt, err)) > 0) {
		rows->items = session_grow(tx->arena, rows->items, rows->count, &room,
					   sizeof *rows->items);
		rows->items[rows->count++] = local_row(&plan_session_fields, stmt, 0, tx->arena);
	}
	stmt_reset(stmt);
	return step < 0 ? err->code : 0;
}

/* --- what a draft means --- */

/* A meeting of the draft under what it is looked for by: course and lesson, or
 * the cohort. */
struct listed {
	int64_t id, lesson;
	int meeting;
};

/* A draft laid over the rest of the timetable. */
struct judge {
	struct tx *tx;
	struct plan_draft *plan;
	const struct record_list *rows;
	struct session_input si;
	struct id_map stood_for;
	struct plan_session **placed; /* by meeting of the engine */
	int *row_of;                  /* the row's index in rows */
	size_t placed_count;
	struct listed *lessons, *cohorts; /* [placed_count], in order */
	int64_t *tolerance;
	struct conflict_list list;
	/* by student of the engine: meets a shift somewhere; counted already */
	bool *met, *counted;
	struct record_list clashes;
	size_t clash_room;
};

static int placed_add(struct judge *j, struct plan_session *row, int at, struct error *err)
{
	struct session *session = record_new(j->tx->arena, &session_fields);
	struct session *old;
	int64_t *ids = &row->cohort_id;
	size_t count = 1;

	if (row->session_id != OV_NULL) {
		if (tx_get(j->tx, KIND_SESSION, row->session_id, (void **)&old, err) < 0 ||
		    session_cohort_ids(j->tx, row->session_id, &ids, &count, err) < 0)
			return err->code;
		session->override_kinds = old->override_kinds;
		session->assistant_id = old->assistant_id;
		session->online_seats = old->online_seats;
		session->exam = old->exam;
	}
	session->id = 0;
	session->course_id = row->course_id;
	session->teacher_id = row->teacher_id;
	session->mode = row->mode;
	session->room_id = row->room_id;
	session->on_date = row->on_date;
	session->start_min = row->start_min;
	session->end_min = row->end_min;
	session->state = SESSION_PLANNED;
	if (session_input_add(&j->si, session, ids, count, err) < 0)
		return err->code;
	/* Negative, to keep clear of the numbers of stored twins. */
	if (row->twin_no != OV_NULL)
		j->si.refs[j->si.ref_count - 1].twin =
			-((row->cohort_id * 4096 + row->course_id) * 1024 + row->lesson);
	j->placed[j->placed_count] = row;
	j->row_of[j->placed_count++] = at;
	return 0;
}

static bool judge_stopped(void *user)
{
	const struct local *local = user;

	return atomic_load_explicit(&local->cancelled, memory_order_relaxed);
}

static int judge_fill(struct judge *j, struct error *err)
{
	struct tx *tx = j->tx;
	int64_t days, from, to;
	size_t placed = 0;

	if (session_days_around(tx, &days, err) < 0)
		return err->code;
	from = j->plan->from_on - days;
	to = j->plan->to_on + days;
	session_input_init(&j->si, tx);
	id_map_init(&j->stood_for, tx->arena);
	j->placed = arena_array(tx->arena, j->rows->count + 1, sizeof *j->placed);
	j->row_of = arena_array(tx->arena, j->rows->count + 1, sizeof *j->row_of);
	for (size_t i = 0; i < j->rows->count; i++) {
		struct plan_session *row = j->rows->items[i];

		if (row->session_id != OV_NULL && id_map_find(&j->stood_for, row->session_id) < 0)
			id_map_add(&j->stood_for, row->session_id, (int)i);
		if (row->state != PLAN_UNPLACED && placed_add(j, row, (int)i, err) < 0)
			return err->code;
	}
	j->si.skip = &j->stood_for;
	if (session_input_window(&j->si, 0, from, to, err) < 0 ||
	    session_input_build(&j->si, from, to, err) < 0)
		return err->code;
	placed = j->placed_count;
	/* Every learner who can't come is wanted; the tolerance is asked afterwards. */
	j->tolerance = arena_array(tx->arena, placed + 1, sizeof *j->tolerance);
	for (size_t i = 0; i < placed; i++) {
		struct conflict_session *session = (struct conflict_session *)&j->si.input.sessions[i];

		j->tolerance[i] = session->tolerance;
		session->tolerance = 0;
	}
	j->si.input.stop = (struct stop){ judge_stopped, tx->local };
	conflict_find(&j->si.input, CONFLICT_ALL, tx->arena, &j->list);
	if (judge_stopped(tx->local))
		return error_reason(err, REASON_CANCELLED, NULL);
	session_twins_relieve(&j->si, &j->list);
	return 0;
}

static int listed_order(const void *a, const void *b)
{
	const struct listed *x = a, *y = b;

	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	if (x->lesson != y->lesson)
		return x->lesson < y->lesson ? -1 : 1;
	return x->meeting - y->meeting;
}

static void meetings_list(struct judge *j)
{
	j->lessons = arena_array(j->tx->arena, j->placed_count + 1, sizeof *j->lessons);
	j->cohorts = arena_array(j->tx->arena, j->placed_count + 1, sizeof *j->cohorts);
	for (size_t i = 0; i < j->placed_count; i++) {
		const struct plan_session *row = j->placed[i];

		j->lessons[i] = (struct listed){ row->course_id, row->lesson, (int)i };
		j->cohorts[i] = (struct listed){ row->cohort_id, 0, (int)i };
	}
	if (!j->placed_count)
		return;
	qsort(j->lessons, j->placed_count, sizeof *j->lessons, listed_order);
	qsort(j->cohorts, j->placed_count, sizeof *j->cohorts, listed_order);
}

/* The first of the list with that id and lesson or a later one. */
static size_t listed_first(const struct judge *j, const struct listed *list, int64_t id,
			   int64_t lesson)
{
	const struct listed wanted = { id, lesson, -1 };
	size_t low = 0, high = j->placed_count;

	while (low < high) {
		const size_t mid = low + (high - low) / 2;

		if (listed_order(&list[mid], &wanted) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* Has the cohort another meeting then? */
static bool cohort_busy(const struct judge *j, int64_t cohort_id, int missed,
			struct conflict_span time)
{
	for (size_t k = listed_first(j, j->cohorts, cohort_id, 0);
	     k < j->placed_count && j->cohorts[k].id == cohort_id; k++)
		if (j->cohorts[k].meeting != missed &&
		    span_overlap(j->si.input.meetings[j->cohorts[k].meeting].time, time))
			return true;
	return false;
}

/* A meeting of the draft, of the same course and lesson, that the learner can
 * come to: his shifts leave him free and his cohort has no other meeting then. */
static const struct plan_session *makeup_find(const struct judge *j, int student, int missed)
{
	const struct conflict_input *in = &j->si.input;
	const struct plan_session *own = j->placed[missed];

	for (size_t k = listed_first(j, j->lessons, own->course_id, own->lesson);
	     k < j->placed_count && j->lessons[k].id == own->course_id &&
	     j->lessons[k].lesson == own->lesson; k++) {
		const int i = j->lessons[k].meeting;

		if (i != missed && j->placed[i]->cohort_id != own->cohort_id &&
		    conflict_student_free(in, student, in->meetings[i].time) &&
		    !cohort_busy(j, own->cohort_id, missed, in->meetings[i].time))
			return j->placed[i];
	}
	return NULL;
}

static void clash_add(struct judge *j, const struct conflict_finding *found, int student)
{
	struct plan_clash *clash = record_new(j->tx->arena, &plan_clash_fields);
	const struct plan_session *makeup = makeup_find(j, student, found->a);

	clash->plan_id = j->plan->id;
	clash->student_id = j->si.student_ids[student];
	clash->meeting_id = j->placed[found->a]->id;
	clash->kind = enum_code(&conflict_kind_enum, found->kind);
	clash->makeup_id = makeup ? makeup->id : OV_NULL;
	j->clashes.items = session_grow(j->tx->arena, j->clashes.items, j->clashes.count,
					&j->clash_room, sizeof *j->clashes.items);
	j->clashes.items[j->clashes.count++] = clash;
}

static int learners_count(struct judge *j, bool write, struct error *err)
{
	const struct conflict_input *in = &j->si.input;

	if (write)
		meetings_list(j);
	j->met = arena_array(j->tx->arena, in->student_count + 1, sizeof *j->met);
	j->counted = arena_array(j->tx->arena, in->student_count + 1, sizeof *j->counted);
	for (size_t i = 0; i < j->list.count; i++) {
		const struct conflict_finding *found = &j->list.item[i];

		if ((found->kind != CONFLICT_SHIFT_CLASH && found->kind != CONFLICT_REST_SHORT) ||
		    (size_t)found->a >= j->placed_count)
			continue;
		if (judge_stopped(j->tx->local))
			return error_reason(err, REASON_CANCELLED, NULL);
		for (size_t s = 0; s < found->students.count; s++) {
			j->met[found->students.item[s]] = true;
			if (write)
				clash_add(j, found, found->students.item[s]);
		}
	}
	j->plan->learners = j->plan->learners_clear = 0;
	for (size_t i = 0; i < j->placed_count; i++) {
		const struct conflict_ints *cohorts = &in->sessions[i].cohorts;

		for (size_t c = 0; c < cohorts->count; c++)
			for (size_t s = 0; s < in->cohorts[cohorts->item[c]].students.count; s++) {
				int student = in->cohorts[cohorts->item[c]].students.item[s];

				if (j->counted[student])
					continue;
				j->counted[student] = true;
				j->plan->learners++;
				j->plan->learners_clear += !j->met[student];
			}
	}
	return 0;
}

/* Within the tolerance of its cohorts, a clash is a list of people, no conflict. */
static bool tolerated(const struct judge *j, const struct conflict_finding *found)
{
	return found->kind == CONFLICT_SHIFT_CLASH && (size_t)found->a < j->placed_count &&
	       found->count * 100 <= j->tolerance[found->a] * found->of;
}

static void kind_note(struct judge *j, struct plan_verdict *verdict, enum conflict_kind kind, int at)
{
	const char *word = arena_printf(j->tx->arena, "%s ", enum_code(&conflict_kind_enum, kind));
	const char **of;

	if (!strstr(verdict->kinds, word))
		verdict->kinds = arena_printf(j->tx->arena, "%s%s", verdict->kinds, word);
	if (at < 0 || (size_t)at >= j->placed_count)
		return;
	of = &verdict->of[j->row_of[at]];
	if (!*of || !strstr(*of, word))
		*of = arena_printf(j->tx->arena, "%s%s", *of ? *of : "", word);
}

/* CALENDAR_UNKNOWN is no fault of the draft: it stands apart in the kinds and
 * has to be overridden like the others, but is not counted with them. */
static void conflicts_count(struct judge *j, struct plan_verdict *verdict)
{
	j->plan->conflicts = 0;
	verdict->kinds = "";
	verdict->of = arena_array(j->tx->arena, j->rows->count + 1, sizeof *verdict->of);
	for (size_t i = 0; i < j->list.count; i++) {
		const struct conflict_finding *found = &j->list.item[i];
		bool ours = (size_t)found->a < j->placed_count ||
			    (found->b >= 0 && (size_t)found->b < j->placed_count);

		if (!ours || conflict_is_soft(found->kind) || tolerated(j, found))
			continue;
		j->plan->conflicts += found->kind != CONFLICT_CALENDAR_UNKNOWN;
		verdict->hard++;
		verdict->fixed = verdict->fixed || !conflict_may_override(found->kind);
		kind_note(j, verdict, found->kind, found->a);
		kind_note(j, verdict, found->kind, found->b);
	}
}

static int clashes_write(struct judge *j, struct error *err)
{
	int64_t id;

	if (!j->clashes.count)
		return 0;
	if (bulk_ids(j->tx, KIND_PLAN_CLASH, &id, err) < 0)
		return err->code;
	for (size_t i = 0; i < j->clashes.count; i++)
		((struct plan_clash *)j->clashes.items[i])->id = id++;
	return bulk_insert(j->tx, KIND_PLAN_CLASH, j->clashes.items, j->clashes.count, 0, 0, err);
}

int plan_judge(struct tx *tx, struct plan_draft *plan, const struct record_list *rows,
	       struct plan_verdict *verdict, struct error *err)
{
	struct judge j = { .tx = tx, .plan = plan, .rows = rows };
	struct plan_verdict own = { .hard = 0 };

	if (judge_fill(&j, err) < 0 || learners_count(&j, !verdict, err) < 0)
		return err->code;
	conflicts_count(&j, verdict ? verdict : &own);
	return verdict ? 0 : clashes_write(&j, err);
}

/* --- from draft to timetable and back --- */

static const char *count_text(struct tx *tx, int64_t count)
{
	return arena_printf(tx->arena, "%lld", (long long)count);
}

static bool may_move(const struct session *session)
{
	return session->state == SESSION_PLANNED || session->state == SESSION_PUBLISHED ||
	       session->state == SESSION_MOVED;
}

int plan_fresh(struct tx *tx, const struct record_list *rows, struct error *err)
{
	int64_t stale = 0;

	for (size_t i = 0; i < rows->count; i++) {
		const struct plan_session *row = rows->items[i];
		struct session *session;

		if (row->session_id == OV_NULL || row->state == PLAN_FIXED)
			continue;
		if (tx_get(tx, KIND_SESSION, row->session_id, (void **)&session, err) < 0)
			return err->code;
		stale += !may_move(session) ||
			 (row->made_rev != OV_NULL && session->rev != row->made_rev);
	}
	return stale ? error_reason(err, REASON_PLAN_STALE, "count", count_text(tx, stale), NULL) : 0;
}

static void overrides_set(const struct tx *tx, struct session *session, const char *kinds)
{
	session->override_kinds = kinds;
	session->override_by = kinds ? tx->actor->user_id : OV_NULL;
	session->override_reason = kinds ? tx->reason : NULL;
}

static void place_set(struct session *session, const struct plan_session *row)
{
	session->on_date = row->on_date;
	session->start_min = row->start_min;
	session->end_min = row->end_min;
	session->room_id = row->room_id;
}

/* The meeting the row stands for goes to its place. A published one that moves
 * is MOVED: its learners have to be told. */
static int row_move(struct tx *tx, const struct plan_draft *plan, struct plan_session *row,
		    const char *kinds, struct error *err)
{
	struct session *session;

	if (tx_get(tx, KIND_SESSION, row->session_id, (void **)&session, err) < 0)
		return err->code;
	row->was_on = session->on_date;
	row->was_start_min = session->start_min;
	row->was_end_min = session->end_min;
	row->was_room_id = session->room_id;
	row->was_state = session->state;
	if (session->on_date != row->on_date || session->start_min != row->start_min ||
	    session->end_min != row->end_min || session->room_id != row->room_id) {
		place_set(session, row);
		if (session->state == SESSION_PUBLISHED)
			session->state = SESSION_MOVED;
		session->plan_id = plan->id;
		overrides_set(tx, session, kinds);
		if (tx_update(tx, KIND_SESSION, session, err) < 0)
			return err->code;
	}
	row->made_rev = session->rev;
	return tx_update(tx, KIND_PLAN_SESSION, row, err);
}

static int row_make(struct tx *tx, const struct plan_draft *plan, struct plan_session *row,
		    int64_t first_twin, const char *kinds, struct error *err)
{
	struct session *session = record_new(tx->arena, &session_fields);
	struct session_cohort *link = record_new(tx->arena, &session_cohort_fields);

	session->course_id = row->course_id;
	session->teacher_id = row->teacher_id;
	session->mode = row->mode;
	session->state = SESSION_PLANNED;
	session->plan_id = plan->id;
	session->twin_id = first_twin ? first_twin : OV_NULL;
	place_set(session, row);
	overrides_set(tx, session, kinds);
	if (tx_insert(tx, KIND_SESSION, session, err) < 0)
		return err->code;
	link->session_id = session->id;
	link->cohort_id = row->cohort_id;
	if (tx_insert(tx, KIND_SESSION_COHORT, link, err) < 0)
		return err->code;
	row->session_id = session->id;
	row->was_state = OV_NULL;
	row->made_rev = session->rev;
	return tx_update(tx, KIND_PLAN_SESSION, row, err);
}

int plan_apply(struct tx *tx, const struct plan_draft *plan, const struct record_list *rows,
	       const struct plan_verdict *verdict, struct error *err)
{
	struct store *store = &tx->local->store;
	const struct plan_session *first = NULL;

	for (size_t i = 0; i < rows->count; i++) {
		struct plan_session *row = rows->items[i];
		bool twin = first && row->twin_no != OV_NULL && row->twin_no > 1 &&
			    first->cohort_id == row->cohort_id &&
			    first->course_id == row->course_id && first->lesson == row->lesson;
		int rc = 0;

		if (i % 500 == 0 && store->progress &&
		    store->progress(store->progress_context, (int64_t)i, (int64_t)rows->count))
			return error_reason(err, REASON_CANCELLED, NULL);
		if (row->state != PLAN_PLACED)
			continue;
		if (row->session_id != OV_NULL)
			rc = row_move(tx, plan, row, verdict->of[i], err);
		else
			rc = row_make(tx, plan, row, twin ? first->session_id : 0, verdict->of[i], err);
		if (rc < 0)
			return rc;
		if (!twin)
			first = row;
	}
	return 0;
}

static int row_back(struct tx *tx, const struct plan_session *row, struct session *session,
		    struct error *err)
{
	if (row->was_state == OV_NULL) {
		session->state = SESSION_CANCELLED;
	} else {
		session->on_date = row->was_on;
		session->start_min = row->was_start_min;
		session->end_min = row->was_end_min;
		session->room_id = row->was_room_id;
		session->state = row->was_state;
		overrides_set(tx, session, NULL);
	}
	session->plan_id = OV_NULL;
	return tx_update(tx, KIND_SESSION, session, err);
}

int plan_take_back(struct tx *tx, const struct record_list *rows, struct error *err)
{
	int64_t stale = 0;

	for (size_t i = 0; i < rows->count; i++) {
		const struct plan_session *row = rows->items[i];
		struct session *session;

		if (row->session_id == OV_NULL || row->state != PLAN_PLACED)
			continue;
		if (tx_get(tx, KIND_SESSION, row->session_id, (void **)&session, err) < 0)
			return err->code;
		if (!may_move(session) || session->rev != row->made_rev) {
			stale++;
			continue;
		}
		if (!stale && row_back(tx, row, session, err) < 0)
			return err->code;
	}
	return stale ? error_reason(err, REASON_PLAN_STALE, "count", count_text(tx, stale), NULL) : 0;
}
