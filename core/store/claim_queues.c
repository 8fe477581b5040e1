#include "core/store/claim_queues.h"

#include <string.h>

#include "core/base/i18n.h"
#include "core/model/reason.h"
#include "core/rules/workflow.h"
#include "core/store/claim_barred.h"
#include "core/store/claim_rows.h"

/* States in which a claim waits for a person; an index range each. */
static const enum claim_state waiting[] = {
	CLAIM_DRAFT, CLAIM_SUBMITTED, CLAIM_ACCEPTED, CLAIM_VERIFIED, CLAIM_FIRST_OK, CLAIM_EXPERT,
	CLAIM_SECOND_OK, CLAIM_NOTICE, CLAIM_APPROVED, CLAIM_RETURNED, CLAIM_APPEALED,
	CLAIM_OBJECTED,
};

struct counting {
	struct local *local;
	struct arena *arena;
	const char *today;
	int64_t day;
};

static void scope_add(struct where *where, const struct actor *actor)
{
	if (!actor->system && actor->branch_id != OV_NULL)
		where_add(where, "EXISTS (SELECT 1 FROM student s WHERE s.id = c.student_id"
				 " AND (s.branch_id = ? OR s.centre_id = ?))", "ii",
			  actor->branch_id, actor->branch_id);
	if (!permission_has(actor, PERM_LOOKUP)) /* an expert: what is before him or was */
		where_add(where, "(c.state = 'EXPERT' OR c.expert_by = ?)", "i", actor->user_id);
}

static int count_state(struct counting *run, enum claim_state state, const char *more,
		       struct claim_queue *row, struct error *err)
{
	struct where where;
	struct stmt *stmt;
	int64_t late;
	int step = -1;

	where_init(&where, run->arena);
	where_add(&where, "c.state = ?", "t", enum_code(&claim_state_enum, state));
	if (more)
		where_add(&where, more, "");
	scope_add(&where, &run->local->store.actor);
	if (db_prepare(run->local->db, arena_printf(run->arena,
			"SELECT count(*), count(CASE WHEN c.deadline_on < ? THEN 1 END), min(c.submitted_on),"
			" min(c.deadline_on) FROM credit_claim c%s", buf_cstr(&where.sql)),
		       &stmt, err) == 0) {
		stmt_bind_text(stmt, 1, run->today);
		where_bind(&where, stmt, 2);
		step = stmt_step(stmt, err);
	}
	if (step > 0) {
		row->state = state;
		row->count = stmt_int(stmt, 0);
		late = stmt_int(stmt, 1);
		row->oldest_on = row->due_on = OV_NULL;
		if (stmt_text(stmt, 2))
			date_parse(stmt_text(stmt, 2), &row->oldest_on);
		if (stmt_text(stmt, 3))
			date_parse(stmt_text(stmt, 3), &row->due_on);
		row->overdue = claim_overdue(state, run->day - 1, run->day) ? late : 0;
		stmt_reset(stmt);
	}
	where_release(&where);
	return step < 0 ? err->code : 0;
}

/* What of a queue waits for this person: the four-eyes rules leave some out. */
static int count_mine(struct counting *run, enum claim_state state, const char *more,
		      struct claim_queue *row, struct error *err)
{
	const struct actor *actor = &run->local->store.actor;
	struct where where;
	struct stmt *stmt;
	int step = -1;

	row->mine = 0;
	if (!row->count || (!more && !claim_state_waits(actor, state)))
		return 0;
	where_init(&where, run->arena);
	where_add(&where, "c.state = ?", "t", enum_code(&claim_state_enum, state));
	if (more)
		where_add(&where, more, "");
	if (state == CLAIM_NOTICE)
		where_add(&where, "c.deadline_on < ?", "t", run->today);
	scope_add(&where, actor);
	claim_barred_add(&where, actor, state);
	if (db_prepare(run->local->db, arena_printf(run->arena, "SELECT count(*) FROM credit_claim c%s",
						    buf_cstr(&where.sql)), &stmt, err) == 0) {
		where_bind(&where, stmt, 1);
		step = stmt_step(stmt, err);
	}
	if (step > 0) {
		row->mine = stmt_int(stmt, 0);
		stmt_reset(stmt);
	}
	where_release(&where);
	return step < 0 ? err->code : 0;
}

static int row_add(struct counting *run, enum claim_state state, const char *more,
		   struct page *page, struct error *err)
{
	struct claim_queue *row = record_new(run->arena, &claim_queue_fields);

	if (count_state(run, state, more, row, err) < 0 || count_mine(run, state, more, row, err) < 0)
		return err->code;
	page->records[page->count++] = row;
	return 0;
}

int claim_queues_find(struct local *local, const struct query *query, struct arena *arena,
		      struct page *page, struct error *err)
{
	struct counting run = { .local = local, .arena = arena, .day = local_today(local) };
	char today[DATE_TEXT];

	if (query->cursor) /* there is one page: no cursor is of it */
		return error_reason(err, REASON_CURSOR_BAD, NULL);
	if (query->filter_count || query->order)
		return error_reason(err, REASON_USAGE, "what",
				    _("The queues are counted without conditions"), NULL);
	run.today = arena_strdup(arena, date_format(run.day, today));
	page->table = &claim_queue_fields;
	page->records = arena_array(arena, CLAIM_STATE_COUNT, sizeof *page->records);
	for (size_t i = 0; i < sizeof waiting / sizeof waiting[0]; i++)
		if (row_add(&run, waiting[i], NULL, page, err) < 0)
			return err->code;
	return permission_has(&local->store.actor, PERM_REVOKE_CONSENT) ?
		row_add(&run, CLAIM_POSTED, "c.revoke_by IS NOT NULL", page, err) : 0;
}
