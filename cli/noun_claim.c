#include "cli/verb.h"

#include <stdio.h>
#include <string.h>

#include "cli/output.h"
#include "cli/show.h"
#include "cli/target.h"
#include "core/base/i18n.h"
#include "core/model/reason.h"
#include "core/store/claim_sweep.h"
#include "core/store/command.h"

int claim_list_run(struct cli *cli)
{
	struct filter filters[4];
	struct query query = { .kind = KIND_CLAIM_ROW, .filters = filters };
	const char *state = args_text(&cli->args, "state");
	const char *student = args_text(&cli->args, "student");
	int64_t limit;
	struct record_list list;
	struct page page;
	int rc = args_int(&cli->args, "limit", 1, 500, 50, &limit, &cli->err);

	if (!rc && state)
		rc = target_filter(cli, KIND_CLAIM_ROW,
				   arena_printf(&cli->arena, "state=%s", state),
				   &filters[query.filter_count++]);
	if (!rc && student)
		rc = target_filter(cli, KIND_CLAIM_ROW,
				   arena_printf(&cli->arena, "student_no=%s", student),
				   &filters[query.filter_count++]);
	if (rc)
		return rc;
	if (args_has(&cli->args, "mine"))
		filters[query.filter_count++] = (struct filter){ .field = "mine", .number = 1 };
	query.limit = (int)limit;
	query.order = "deadline_on";
	query.cursor = args_text(&cli->args, "cursor");
	rc = store_find(cli->store, &query, &cli->arena, &page, &cli->err);
	if (rc)
		return rc;
	list = (struct record_list){ &claim_row_fields, page.count, page.records };
	output_list(cli, &list, NULL, page.next);
	return 0;
}

static const struct line_source *source_of(const struct bundle *card, int64_t line_no)
{
	const struct record_list *list = bundle_list(card, &line_source_fields);

	for (size_t i = 0; i < list->count; i++) {
		const struct line_source *source = list->items[i];

		if (source->line_no == line_no)
			return source;
	}
	return NULL;
}

static json_t *lines_array(const struct bundle *card)
{
	const struct record_list *list = bundle_list(card, &claim_line_fields);
	json_t *array = json_array();

	for (size_t i = 0; i < list->count; i++) {
		const struct claim_line *line = list->items[i];
		const struct line_source *source = source_of(card, line->line_no);
		json_t *object = output_object(&claim_line_fields, line);

		json_object_set_new(object, "source", source ?
				    output_object(&line_source_fields, source) : json_null());
		json_array_append_new(array, object);
	}
	return array;
}

/* The claim with the names that its row in the queue has. */
static json_t *claim_object(const struct bundle *card)
{
	static const char *const names[] = { "student_no", "full_name", "programme", "overdue" };
	json_t *claim = output_first(card, &credit_claim_fields);
	json_t *row = output_first(card, &claim_row_fields);

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		json_t *value = json_object_get(row, names[i]);

		if (value && json_is_object(claim))
			json_object_set(claim, names[i], value);
	}
	json_decref(row);
	return claim;
}

static void card_as_json(const struct bundle *card, const struct bundle *said)
{
	json_t *root = json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}",
		"claim", claim_object(card),
		"lines", lines_array(card),
		"evidence", output_array(bundle_list(card, &evidence_fields)),
		"explanation", output_array(bundle_list(card, &claim_explanation_fields)),
		"history", output_array(bundle_list(card, &claim_step_fields)),
		"next", output_array(bundle_list(card, &claim_option_fields)));

	if (said)
		json_object_set_new(root, "advice", output_array(bundle_list(said, &advice_fields)));
	output_json(root);
}

static void titled(const char *title, const struct record_list *list)
{
	if (!list->count)
		return;
	output_heading(title);
	output_table(list, NULL);
}

static void card_as_text(const struct cli *cli, const struct bundle *card,
			 const struct bundle *said)
{
	const struct record_list *advice = said ? bundle_list(said, &advice_fields) : NULL;

	output_record(&claim_row_fields, bundle_first(card, &claim_row_fields), NULL);
	titled(_("Lines"), bundle_list(card, &line_source_fields));
	titled(_("Evidence"), bundle_list(card, &evidence_fields));
	titled(_("Explanation"), bundle_list(card, &claim_explanation_fields));
	titled(_("History"), bundle_list(card, &claim_step_fields));
	titled(_("Next step"), bundle_list(card, &claim_option_fields));
	for (size_t i = 0; advice && i < advice->count && !cli->quiet; i++)
		fprintf(stderr, "%s\n", ((const struct advice *)advice->items[i])->message);
}

int claim_show_card(struct cli *cli, int64_t id, const char *key, const struct bundle *advice)
{
	struct bundle card;
	int rc = show_card(cli, KIND_CREDIT_CLAIM, id, key, &card);

	if (rc)
		return rc;
	if (cli->json)
		card_as_json(&card, advice);
	else
		card_as_text(cli, &card, advice);
	return 0;
}

int claim_show_run(struct cli *cli)
{
	return claim_show_card(cli, 0, cli_word(cli, 0), NULL);
}

static json_t *assessed_object(const struct bundle *records)
{
	const struct credit_claim *claim = bundle_first(records, &credit_claim_fields);

	return json_pack("{s:s?, s:o, s:o, s:o, s:o}", "claim_no", claim ? claim->claim_no : NULL,
			 "requested_centi", output_centi(claim ? claim->requested_centi : OV_NULL),
			 "granted_centi", output_centi(claim ? claim->proposed_centi : OV_NULL),
			 "explanation", output_array(bundle_list(records, &claim_explanation_fields)),
			 "advice", output_array(bundle_list(records, &advice_fields)));
}

int claim_assess_run(struct cli *cli)
{
	struct outcome outcome = { .id = 0 };
	struct command command;
	int rc;

	command_init(&command, command_find(cli->verb->stands_for), &cli->arena);
	bundle_init(&outcome.records, &cli->arena);
	rc = target_find(cli, KIND_CREDIT_CLAIM, cli_word(cli, 0), &command.target,
			 &command.expected_rev);
	if (!rc)
		rc = store_assess(cli->store, &command, &cli->arena, &outcome, &cli->err);
	if (rc)
		return rc;
	if (cli->json) {
		output_json(assessed_object(&outcome.records));
		return 0;
	}
	output_table(bundle_list(&outcome.records, &claim_explanation_fields), NULL);
	output_table(bundle_list(&outcome.records, &advice_fields), NULL);
	return 0;
}

int claim_sweep_run(struct cli *cli)
{
	struct claim_sweep sweep;
	int rc = claim_sweep(cli->store, &sweep, &cli->err);

	if (rc)
		return rc;
	if (cli->json)
		output_json(json_pack("{s:I, s:I}", "lapsed", (json_int_t)sweep.lapsed,
				      "closed", (json_int_t)sweep.closed));
	else if (!cli->quiet)
		printf(_("%lld claims lapsed, %lld notices closed\n"), (long long)sweep.lapsed,
		       (long long)sweep.closed);
	return 0;
}
