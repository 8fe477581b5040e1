/* `overpass plan`: drafts of a term's timetable, and its conflicts. */
#include "cli/verb.h"

#include <stdio.h>
#include <string.h>

#include "cli/output.h"
#include "cli/plan_progress.h"
#include "cli/progress.h"
#include "cli/show.h"
#include "cli/target.h"
#include "core/base/i18n.h"
#include "core/rules/conflict_kind.h"
#include "core/store/plan_draft.h"
#include "core/timetable/draft_diff.h"

enum { SECONDS_DEFAULT = 15 };

/* Saving a large term takes a while: what a stop is good for is said before. */
static void draft_phase(void *user, enum plan_phase phase)
{
	const struct cli *cli = user;

	if (phase >= PLAN_SEARCHING && !cli->quiet)
		progress_answer(phase == PLAN_SAVING ? NULL :
			_("Stopped; the best so far is being saved. Ctrl-C again gives it up"));
}

static int draft_request(struct cli *cli, struct plan_request *request)
{
	const struct args *args = &cli->args;
	int64_t number = 0;
	int rc = args_int(args, "seconds", 1, 36000, SECONDS_DEFAULT, &number, &cli->err);

	*request = (struct plan_request){
		.term = args_text(args, "term"), .cohort = args_text(args, "cohort"),
		.name = args_text(args, "name"), .keep = args_has(args, "keep"),
		.planner_file = option_text(cli->options, OPT_PLANNER_FILE),
		.from = OV_NULL, .to = OV_NULL, .today = clock_today(&cli->clock),
		.progress = plan_progress, .phase = draft_phase, .stopped = plan_stopped,
		.user = cli, .cpu_ms = number * 1000,
	};
	if (!rc)
		rc = args_int(args, "seed", 0, INT64_MAX, 1, &request->seed, &cli->err);
	if (!rc)
		rc = args_int(args, "threads", 1, SOLVER_THREADS_MAX, 1, &number, &cli->err);
	request->threads = (int32_t)number;
	if (!rc)
		rc = args_int(args, "moves", 1, INT64_MAX / 1000000, 0, &request->iterations, &cli->err);
	return rc;
}

static void print_draft(const struct cli *cli, const struct plan_draft *plan,
			const struct plan_made *made)
{
	static const char *const fields[] = {
		"sessions", "unplaced", "conflicts", "cost", "learners", "learners_clear", "changes",
		"seed", "cpu_ms", NULL };

	if (cli->json) {
		json_t *json = output_object(&plan_draft_fields, plan);

		json_object_set_new(json, "first_feasible_ms", json_integer(made->first_ms));
		json_object_set_new(json, "stopped", json_boolean(made->stopped));
		output_json(json);
		return;
	}
	printf(_("Draft %lld saved\n"), (long long)plan->id);
	output_record(&plan_draft_fields, plan, fields);
}

int plan_draft_run(struct cli *cli)
{
	struct plan_request request;
	struct plan_made made;
	int rc = draft_request(cli, &request);

	if (!rc)
		rc = plan_draft_make(cli->store, &request, &cli->arena, &made, &cli->err);
	if (rc)
		return rc;
	print_draft(cli, bundle_first(&made.outcome.records, &plan_draft_fields), &made);
	return made.stopped ? OV_ECANCELLED : 0;
}

int plan_list_run(struct cli *cli)
{
	static const char *const columns[] = { "id", "name", "state", "from_on", "to_on", "sessions",
		"unplaced", "conflicts", "cost", "learners", "learners_clear", "changes", NULL };
	struct query query = { .kind = KIND_PLAN_DRAFT, .descending = true, .limit = 100 };
	struct record_list list = { .table = &plan_draft_fields };
	struct page page;
	int rc = store_find(cli->store, &query, &cli->arena, &page, &cli->err);

	if (rc)
		return rc;
	list.count = page.count;
	list.items = page.records;
	output_list(cli, &list, columns, page.next);
	return 0;
}

/* --- one draft --- */

static int draft_card(struct cli *cli, const char *word, struct bundle *card)
{
	int64_t id, rev;
	int rc = target_find(cli, KIND_PLAN_DRAFT, word, &id, &rev);

	return rc ? rc : show_card(cli, KIND_PLAN_DRAFT, id, NULL, card);
}

static const char *code_of(const struct bundle *card, const struct field_table *table, int64_t id)
{
	const struct record_list *list = bundle_list(card, table);
	const struct field *code = field_find(table, "code");

	for (size_t i = 0; i < list->count; i++)
		if (((struct record_head *)list->items[i])->id == id)
			return field_text(code, list->items[i]);
	return "?";
}

static void print_unplaced(const struct bundle *card)
{
	const struct record_list *list = bundle_list(card, &plan_blocker_fields);

	if (list->count)
		output_heading(_("Without a place, and what is in the way"));
	for (size_t i = 0; i < list->count; i++) {
		const struct plan_blocker *b = list->items[i];

		if (!i || b->cohort_id != ((struct plan_blocker *)list->items[i - 1])->cohort_id ||
		    b->course_id != ((struct plan_blocker *)list->items[i - 1])->course_id)
			printf(_("%s, %s: lesson %lld and %lld more\n"),
			       code_of(card, &course_fields, b->course_id),
			       code_of(card, &cohort_fields, b->cohort_id), (long long)b->lesson,
			       (long long)b->others);
		printf(b->least == 1 ? _("  has to give way: %s%s%s; alone it opens %lld places\n") :
		       _("  would help: %s%s%s; alone it opens %lld places\n"),
		       enum_label(&conflict_kind_enum, enum_find(&conflict_kind_enum, b->kind)),
		       b->what ? ", " : "", b->what ? b->what : "", (long long)b->gain);
	}
}

static const struct session_slot *slot_find(const struct bundle *card, int64_t id)
{
	const struct record_list *list = bundle_list(card, &session_slot_fields);

	for (size_t i = 0; i < list->count; i++)
		if (((struct session_slot *)list->items[i])->id == id)
			return list->items[i];
	return NULL;
}

static void slot_print(const char *before, const struct session_slot *slot)
{
	char day[DATE_TEXT];

	if (slot)
		printf("%s%s %02d:%02d %s %s", before, date_format(slot->on_date, day),
		       (int)(slot->start_min / 60), (int)(slot->start_min % 60), slot->course_code,
		       slot->cohorts);
}

static void print_clashes(const struct bundle *card)
{
	const struct record_list *list = bundle_list(card, &plan_clash_fields);

	if (list->count)
		output_heading(_("Learners at work or without rest, and the make-up"));
	for (size_t i = 0; i < list->count; i++) {
		const struct plan_clash *clash = list->items[i];
		const struct record_list *students = bundle_list(card, &student_fields);
		const char *number = "?";

		for (size_t s = 0; s < students->count; s++)
			if (((struct student *)students->items[s])->id == clash->student_id)
				number = ((struct student *)students->items[s])->student_no;
		printf("%s  ", number);
		slot_print("", slot_find(card, clash->meeting_id));
		printf("  %s", enum_label(&conflict_kind_enum,
					  enum_find(&conflict_kind_enum, clash->kind)));
		slot_print("  → ", clash->makeup_id == OV_NULL ? NULL : slot_find(card, clash->makeup_id));
		putchar('\n');
	}
}

int plan_show_run(struct cli *cli)
{
	static const char *const meetings[] = { "on_date", "start_min", "end_min", "course_code",
		"cohorts", "room", "site", "mode", "conflicts", NULL };
	struct bundle card;
	int rc = draft_card(cli, cli_word(cli, 0), &card);

	if (rc)
		return rc;
	if (cli->json) {
		output_json(json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}",
			"draft", output_first(&card, &plan_draft_fields),
			"term", output_first(&card, &term_fields),
			"meetings", output_array(bundle_list(&card, &session_slot_fields)),
			"unplaced", output_array(bundle_list(&card, &plan_session_fields)),
			"blockers", output_array(bundle_list(&card, &plan_blocker_fields)),
			"clashes", output_array(bundle_list(&card, &plan_clash_fields))));
		return 0;
	}
	output_record(&plan_draft_fields, bundle_first(&card, &plan_draft_fields), NULL);
	print_unplaced(&card);
	print_clashes(&card);
	output_heading(_("Meetings"));
	output_table(bundle_list(&card, &session_slot_fields), meetings);
	return 0;
}

/* --- two drafts side by side --- */

int plan_compare_run(struct cli *cli)
{
	static const char *const rows[] = { "name", "state", "seed", "cpu_ms", "sessions", "unplaced",
		"conflicts", "cost", "learners", "learners_clear", "changes", NULL };
	struct bundle card[2];
	struct draft_diff differ;
	int rc = draft_card(cli, cli_word(cli, 0), &card[0]);

	if (!rc)
		rc = draft_card(cli, cli_word(cli, 1), &card[1]);
	if (rc)
		return rc;
	draft_diff(bundle_list(&card[0], &session_slot_fields),
		   bundle_list(&card[1], &session_slot_fields), &cli->arena, &differ);
	if (cli->json) {
		output_json(json_pack("{s:[o, o], s:I, s:I, s:I}", "drafts",
			output_first(&card[0], &plan_draft_fields),
			output_first(&card[1], &plan_draft_fields), "same", (json_int_t)differ.same,
			"other_room", (json_int_t)differ.room, "other_time", (json_int_t)differ.time));
		return 0;
	}
	for (size_t i = 0; rows[i]; i++) {
		const struct field *field = field_find(&plan_draft_fields, rows[i]);
		char a[80], b[80];

		printf("%s\t%s\t%s\n", _(field->label),
		       field_show(field, bundle_first(&card[0], &plan_draft_fields), a, sizeof a),
		       field_show(field, bundle_first(&card[1], &plan_draft_fields), b, sizeof b));
	}
	printf(_("%lld meetings alike, %lld in another room, %lld at another time\n"),
	       (long long)differ.same, (long long)differ.room, (long long)differ.time);
	return 0;
}

/* --- conflicts --- */

struct totals {
	int64_t hard, overridden, unknown, soft;
};

static void totals_count(const struct record_list *list, struct totals *totals)
{
	*totals = (struct totals){ 0, 0, 0, 0 };
	for (size_t i = 0; i < list->count; i++) {
		const struct conflict *conflict = list->items[i];

		if (conflict->hard != 1)
			totals->soft++;
		else if (conflict->overridden == 1)
			totals->overridden++;
		else if (!strcmp(conflict->kind, "CALENDAR_UNKNOWN"))
			totals->unknown++;
		else
			totals->hard++;
	}
}

int plan_conflicts_run(struct cli *cli)
{
	static const char *const columns[] = { "kind", "hard", "overridden", "message", "next", NULL };
	const char *cohort = args_text(&cli->args, "cohort");
	struct totals totals;
	struct bundle card;
	const struct record_list *list;
	int rc = show_card(cli, KIND_CONFLICT, 0, cohort ? cohort : "-", &card);

	if (rc)
		return rc;
	list = bundle_list(&card, &conflict_fields);
	totals_count(list, &totals);
	if (cli->json) {
		output_json(json_pack("{s:o, s:I, s:I, s:I, s:I}", "items", output_array(list), "hard",
			(json_int_t)totals.hard, "overridden", (json_int_t)totals.overridden,
			"calendar_unknown", (json_int_t)totals.unknown, "soft",
			(json_int_t)totals.soft));
		return 0;
	}
	output_table(list, columns);
	printf(_("%lld hard, %lld overridden, %lld in a year without calendar, %lld soft\n"),
	       (long long)totals.hard, (long long)totals.overridden, (long long)totals.unknown,
	       (long long)totals.soft);
	return 0;
}
