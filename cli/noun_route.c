/* The way that is still before a learner: the check before graduation, and
 * what is held, what it can count for and what is missing. */
#include "cli/verb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/output.h"
#include "cli/show.h"
#include "core/base/buf.h"
#include "core/base/i18n.h"
#include "core/model/reason.h"

static bool is_ok(const struct record_list *findings)
{
	const struct graduation_finding *first = findings->count ? findings->items[0] : NULL;

	return first && first->code && !strcmp(first->code, reason_code(REASON_GD_OK));
}

int graduation_check_run(struct cli *cli)
{
	const struct record_list *findings;
	const struct student *student;
	struct bundle card;
	int rc = show_card(cli, KIND_STUDENT, 0, cli_word(cli, 0), &card);

	if (!rc && !permission_has(&cli->store->actor, PERM_GRAD_CHECK))
		rc = error_reason(&cli->err, REASON_PERM_DENIED, "action",
				  _(permission_label(PERM_GRAD_CHECK)), NULL);
	if (rc)
		return rc;
	findings = bundle_list(&card, &graduation_finding_fields);
	student = bundle_first(&card, &student_fields);
	if (cli->json)
		output_json(json_pack("{s:s?, s:b, s:o}", "student_no",
				      student ? student->student_no : NULL, "ok", is_ok(findings),
				      "findings", output_array(findings)));
	else
		output_table(findings, NULL);
	return 0;
}

int graduation_list_run(struct cli *cli)
{
	struct bundle card;
	int rc = show_card(cli, KIND_GRADUATION_ROW, 0, args_text(&cli->args, "cohort"), &card);

	if (!rc)
		output_list(cli, bundle_list(&card, &graduation_row_fields), NULL, NULL);
	return rc;
}

/* All that was given with --if, as struct card_request wants it. */
static const char *assumed(struct cli *cli)
{
	struct buf text = BUF_INIT;
	const char *all = NULL;

	for (size_t i = 0; i < cli->args.given_count; i++)
		if (!strcmp(cli->args.given[i].opt->name, "if"))
			buf_printf(&text, "%s%s", text.len ? ";" : "", cli->args.given[i].text);
	if (text.len)
		all = arena_strdup(&cli->arena, buf_cstr(&text));
	buf_release(&text);
	return all;
}

static const struct transfer_rule *rule_named(const struct bundle *card, const char *name)
{
	const struct record_list *rules = bundle_list(card, &transfer_rule_fields);
	const size_t len = strcspn(name, "@");

	for (size_t i = 0; i < rules->count; i++) {
		const struct transfer_rule *rule = rules->items[i];

		if (strlen(rule->rule_code) == len && !strncmp(rule->rule_code, name, len) &&
		    rule->version == strtoll(name + len + 1, NULL, 10))
			return rule;
	}
	return NULL;
}

/* The course records of "C302 C203". */
static json_t *courses_array(const struct bundle *card, const char *targets)
{
	const struct record_list *courses = bundle_list(card, &course_fields);
	json_t *array = json_array();

	while (targets && *targets) {
		const size_t len = strcspn(targets, " ");

		for (size_t i = 0; i < courses->count; i++) {
			const struct course *course = courses->items[i];

			if (strlen(course->code) == len && !strncmp(course->code, targets, len))
				json_array_append_new(array, output_object(&course_fields, course));
		}
		targets += len + (targets[len] == ' ');
	}
	return array;
}

/* Sources that paid already count for nothing and are left out. */
static json_t *ways_array(const struct bundle *card)
{
	const struct record_list *held = bundle_list(card, &held_source_fields);
	json_t *array = json_array();

	for (size_t i = 0; i < held->count; i++) {
		const struct held_source *source = held->items[i];
		const struct transfer_rule *rule = source->rule ? rule_named(card, source->rule) : NULL;

		if (!rule)
			continue;
		json_array_append_new(array, json_pack("{s:o, s:o, s:o, s:o, s:o, s:b}",
			"source", output_text(source->code), "result", output_text(source->result),
			"granted_centi", output_centi(source->granted_centi),
			"rule", output_object(&transfer_rule_fields, rule),
			"courses", courses_array(card, source->targets),
			"assumed", source->assumed == 1));
	}
	return array;
}

static json_t *graduation_ways(const struct bundle *card)
{
	const struct record_list *ways = bundle_list(card, &graduation_way_fields);
	const struct record_list *steps = bundle_list(card, &way_step_fields);
	json_t *array = json_array();

	for (size_t i = 0; i < ways->count; i++) {
		const struct graduation_way *way = ways->items[i];
		json_t *object = output_object(&graduation_way_fields, way), *list = json_array();

		for (size_t k = 0; k < steps->count; k++)
			if (((struct way_step *)steps->items[k])->way == way->number)
				json_array_append_new(list, output_object(&way_step_fields,
									  steps->items[k]));
		json_object_set_new(object, "list", list);
		json_array_append_new(array, object);
	}
	return array;
}

static void print_json(const struct bundle *card)
{
	json_t *totals, *modules = output_modules(card, &totals);

	output_json(json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
		"student", output_first(card, &student_fields),
		"route", output_first(card, &student_route_fields),
		"held", output_certificates(card),
		"sources", output_array(bundle_list(card, &held_source_fields)),
		"counts_for", ways_array(card),
		"modules", modules, "totals", totals,
		"gaps", output_array(bundle_list(card, &module_gap_fields)),
		"ways", graduation_ways(card),
		"missing", output_array(bundle_list(card, &graduation_finding_fields))));
}

static void print_ways(struct cli *cli, const struct bundle *card)
{
	static const char *const columns[] = { "kind", "code", "name", "level", "hours", "rule",
					       "module", "targets", "credit_centi", NULL };
	const struct record_list *ways = bundle_list(card, &graduation_way_fields);
	const struct record_list *steps = bundle_list(card, &way_step_fields);

	for (size_t i = 0; i < ways->count; i++) {
		const struct graduation_way *way = ways->items[i];
		struct record_list own = { &way_step_fields, 0,
					   arena_array(&cli->arena, steps->count + 1, sizeof(void *)) };
		char study[24], text[200];

		for (size_t k = 0; k < steps->count; k++)
			if (((struct way_step *)steps->items[k])->way == way->number)
				own.items[own.count++] = steps->items[k];
		snprintf(text, sizeof text, _("Way %lld: %s (%lld steps, %s credits to study)"),
			 (long long)way->number, enum_label(&way_aim_enum, way->aim),
			 (long long)way->steps, centi_format(way->study_centi, study));
		output_heading(text);
		output_table(&own, columns);
		if (way->unmet_centi)
			printf(_("This way stays short of %s credits: the curriculum and the rules "
				 "offer no more.\n"), centi_format(way->unmet_centi, study));
		if (!way->exact)
			puts(_("There are too many possibilities to try them all: a shorter way "
			       "may exist."));
	}
}

int route_show_run(struct cli *cli)
{
	static const char *const held[] = { "code", "name", "level", "state", "claim_no", "rule",
					    "result", "targets", "granted_centi", NULL };
	const struct card_request request = { .kind = KIND_STUDENT_ROUTE, .key = cli_word(cli, 0),
					      .from = OV_NULL, .to = OV_NULL,
					      .assume = assumed(cli) };
	struct bundle card;
	int rc;

	bundle_init(&card, &cli->arena);
	rc = store_card(cli->store, &request, &cli->arena, &card, &cli->err);
	if (rc)
		return rc;
	if (cli->json) {
		print_json(&card);
		return 0;
	}
	output_heading(_("Held"));
	output_table(bundle_list(&card, &held_source_fields), held);
	output_heading(_("Credits by module"));
	output_table(bundle_list(&card, &module_gap_fields), NULL);
	print_ways(cli, &card);
	output_heading(_("Missing"));
	output_table(bundle_list(&card, &graduation_finding_fields), NULL);
	return 0;
}
