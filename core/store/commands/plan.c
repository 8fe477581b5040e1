/* Drafts of a term's timetable: saved as a planner found them, published as one
 * command, taken back as one. A draft is not the timetable. */
#include <inttypes.h>
#include <stdlib.h>

#include "core/base/text.h"
#include "core/model/reason.h"
#include "core/store/bulk.h"
#include "core/store/commands/handlers.h"
#include "core/store/commands/plan_rules.h"
#include "core/store/commands/planning_args.h"

static struct plan_session *meeting_new(struct tx *tx, int64_t plan_id, int64_t id,
					const struct plan_meeting_item *item)
{
	struct plan_session *row = record_new(tx->arena, &plan_session_fields);

	row->id = id;
	row->plan_id = plan_id;
	row->state = item->state;
	row->session_id = item->session_id;
	row->cohort_id = item->cohort_id;
	row->course_id = item->course_id;
	row->teacher_id = item->teacher_id;
	row->mode = item->mode;
	row->room_id = item->room_id;
	row->on_date = item->on_date;
	row->start_min = item->start_min;
	row->end_min = item->end_min;
	row->lesson = item->lesson;
	row->twin_no = item->twin_no;
	row->made_rev = item->session_rev;
	return row;
}

static int meeting_check(const struct plan_draft *plan, const struct plan_session *row,
			 struct error *err)
{
	bool placed = row->on_date != OV_NULL && row->start_min != OV_NULL && row->end_min != OV_NULL;

	if (placed != (row->state != PLAN_UNPLACED) ||
	    (placed && (row->end_min <= row->start_min || row->end_min > row->start_min + 720)))
		return error_reason(err, REASON_FIELD_RANGE, "field", "meetings", "label", _("End"),
				    "min", _("Start"), "max", _("Start + 12 h"), NULL);
	if (placed && (row->on_date < plan->from_on || row->on_date > plan->to_on))
		return error_reason(err, REASON_FIELD_DATES, "field", "meetings", "label", _("Day"),
				    "other", _("First day"), NULL);
	if (placed && row->mode != MODE_ONLINE && row->room_id == OV_NULL)
		return error_reason(err, REASON_FIELD_REQUIRED, "field", "meetings", "label", _("Room"),
				    NULL);
	return 0;
}

/* The rows of a draft, with ids given in advance: a term has many. */
static int meetings_add(struct tx *tx, const struct plan_draft *plan,
			const struct record_list *items, struct record_list *rows, struct error *err)
{
	int64_t id;

	*rows = (struct record_list){ .table = &plan_session_fields };
	if (!items || !items->count)
		return 0;
	if (bulk_ids(tx, KIND_PLAN_SESSION, &id, err) < 0)
		return err->code;
	rows->items = arena_array(tx->arena, items->count, sizeof *rows->items);
	for (size_t i = 0; i < items->count; i++) {
		rows->items[i] = meeting_new(tx, plan->id, id++, items->items[i]);
		if (meeting_check(plan, rows->items[i], err) < 0)
			return err->code;
	}
	rows->count = items->count;
	return bulk_insert(tx, KIND_PLAN_SESSION, rows->items, rows->count, 0, 0, err);
}

static int blockers_add(struct tx *tx, int64_t plan_id, const struct record_list *items,
			struct error *err)
{
	for (size_t i = 0; items && i < items->count; i++) {
		const struct plan_blocker_item *item = items->items[i];
		struct plan_blocker *row = record_new(tx->arena, &plan_blocker_fields);

		row->plan_id = plan_id;
		row->cohort_id = item->cohort_id;
		row->course_id = item->course_id;
		row->lesson = item->lesson;
		row->kind = item->kind;
		row->what = item->what;
		row->least = item->least;
		row->gain = item->gain;
		row->others = item->others;
		if (tx_insert(tx, KIND_PLAN_BLOCKER, row, err) < 0)
			return err->code;
	}
	return 0;
}

static int order_of_ids(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

static void totals_count(struct tx *tx, struct plan_draft *plan, const struct record_list *rows)
{
	int64_t *cohorts = arena_array(tx->arena, rows->count + 1, sizeof *cohorts);

	plan->sessions = plan->unplaced = plan->cohorts = 0;
	for (size_t i = 0; i < rows->count; i++) {
		const struct plan_session *row = rows->items[i];

		cohorts[i] = row->cohort_id;
		plan->sessions++;
		plan->unplaced += row->state == PLAN_UNPLACED;
	}
	if (rows->count)
		qsort(cohorts, rows->count, sizeof *cohorts, order_of_ids);
	for (size_t i = 0; i < rows->count; i++)
		plan->cohorts += !i || cohorts[i] != cohorts[i - 1];
}

static struct plan_draft *draft_new(struct tx *tx, const struct plan_save_args *args)
{
	struct plan_draft *plan = record_new(tx->arena, &plan_draft_fields);

	plan->term_id = args->term_id;
	plan->name = args->name;
	plan->state = PLAN_DRAFT;
	plan->seed = args->seed;
	plan->cpu_ms = args->cpu_ms;
	plan->kept = args->kept;
	plan->from_on = args->from_on;
	plan->to_on = args->to_on;
	plan->cost = args->cost;
	plan->changes = args->changes;
	plan->history = args->history;
	plan->costs = args->costs;
	plan->cohorts = plan->sessions = plan->unplaced = plan->conflicts = 0;
	plan->learners = plan->learners_clear = 0;
	return plan;
}

int command_plan_save(struct tx *tx, const struct command *command, struct outcome *outcome,
		      struct error *err)
{
	const struct plan_save_args *args = command->args;
	struct plan_draft *plan = draft_new(tx, args);
	struct record_list rows;

	if (args->to_on < args->from_on || args->to_on > args->from_on + 400)
		return error_reason(err, REASON_FIELD_DATES, "field", "to_on", "label", _("Last day"),
				    "other", _("First day"), NULL);
	if (tx_insert(tx, KIND_PLAN_DRAFT, plan, err) < 0 ||
	    meetings_add(tx, plan, args->meetings, &rows, err) < 0 ||
	    blockers_add(tx, plan->id, args->blockers, err) < 0)
		return err->code;
	totals_count(tx, plan, &rows);
	if (plan_judge(tx, plan, &rows, NULL, err) < 0 || tx_update(tx, KIND_PLAN_DRAFT, plan, err) < 0)
		return err->code;
	tx->audit_detail = arena_printf(tx->arena, "%lld meetings, %lld not placed, %lld conflicts",
					(long long)plan->sessions, (long long)plan->unplaced,
					(long long)plan->conflicts);
	outcome->id = plan->id;
	bundle_add(&outcome->records, &plan_draft_fields, plan);
	return 0;
}

static int plan_load(struct tx *tx, const struct command *command, enum plan_state state,
		     struct plan_draft **out, struct error *err)
{
	if (tx_get(tx, KIND_PLAN_DRAFT, command->target, (void **)out, err) < 0)
		return err->code;
	return (*out)->state == (int64_t)state ? 0 :
	       error_reason(err, REASON_PLAN_STATE, "state",
			    enum_label(&plan_state_enum, (*out)->state), NULL);
}

static int plan_store(struct tx *tx, struct plan_draft *plan, struct outcome *outcome,
		      struct error *err)
{
	if (tx_update(tx, KIND_PLAN_DRAFT, plan, err) < 0)
		return err->code;
	bundle_add(&outcome->records, &plan_draft_fields, plan);
	return 0;
}

int command_plan_discard(struct tx *tx, const struct command *command, struct outcome *outcome,
			 struct error *err)
{
	struct plan_draft *plan;

	if (plan_load(tx, command, PLAN_DRAFT, &plan, err) < 0)
		return err->code;
	plan->state = PLAN_DISCARDED;
	return plan_store(tx, plan, outcome, err);
}

int command_plan_publish(struct tx *tx, const struct command *command, struct outcome *outcome,
			 struct error *err)
{
	const struct session_override_args *args = command->args;
	const char *given = args->override_reason ? text_trim(args->override_reason, tx->arena) : NULL;
	struct plan_verdict verdict = { .hard = 0 };
	struct plan_draft *plan;
	struct record_list rows;

	if (plan_load(tx, command, PLAN_DRAFT, &plan, err) < 0 ||
	    plan_rows(tx, plan->id, &rows, err) < 0 || plan_fresh(tx, &rows, err) < 0 ||
	    plan_judge(tx, plan, &rows, &verdict, err) < 0)
		return err->code;
	if (plan->unplaced)
		verdict.kinds = arena_printf(tx->arena, "%sNOT_PLACED ", verdict.kinds);
	if (verdict.hard + plan->unplaced > 0 &&
	    (verdict.fixed || !given || utf8_count(given) < OVERRIDE_CHARS))
		return error_reason(err, REASON_PLAN_CONFLICTS, "field", "override_reason", "count",
				    arena_printf(tx->arena, "%" PRId64,
						 verdict.hard + plan->unplaced),
				    "kinds", verdict.kinds, NULL);
	if (verdict.hard + plan->unplaced > 0) {
		tx->reason = given;
		tx->audit_detail = arena_printf(tx->arena, "overridden: %.180s", verdict.kinds);
	}
	if (plan_apply(tx, plan, &rows, &verdict, err) < 0)
		return err->code;
	plan->state = PLAN_PUBLISHED;
	plan->published_at = tx->now;
	return plan_store(tx, plan, outcome, err);
}

int command_plan_unpublish(struct tx *tx, const struct command *command, struct outcome *outcome,
			   struct error *err)
{
	struct plan_draft *plan;
	struct record_list rows;

	if (plan_load(tx, command, PLAN_PUBLISHED, &plan, err) < 0 ||
	    plan_rows(tx, plan->id, &rows, err) < 0 || plan_take_back(tx, &rows, err) < 0)
		return err->code;
	plan->state = PLAN_UNDONE;
	return plan_store(tx, plan, outcome, err);
}
