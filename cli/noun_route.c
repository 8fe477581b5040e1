/* The way that is still before a learner: the check before graduation, and
 * what is held, what it can count for and what is missing. */
#include "cli/verb.h"

#include <stdio.h>
#include <string.h>

#include "cli/output.h"
#include "cli/show.h"
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

/* What one source that is held can count for by one rule. */
struct way {
	const char *source;
	const struct transfer_rule *rule;
	struct record_list courses;
};

enum { WAYS_MOST = 64, PAGE = 500 };

static int find_all(struct cli *cli, enum kind kind, const char *field, int64_t number,
		    struct page *page)
{
	const struct filter filter = { .field = field, .op = FILTER_EQ, .number = number };
	const struct query query = { .kind = kind, .filters = &filter,
				     .filter_count = field ? 1 : 0, .limit = PAGE };

	return store_find(cli->store, &query, &cli->arena, page, &cli->err);
}

/* Does the code stand for the source? A final * stands for any ending. */
static bool source_matches(const char *pattern, const char *code)
{
	const size_t len = strlen(pattern);

	if (len && pattern[len - 1] == '*')
		return !strncmp(pattern, code, len - 1);
	return !strcmp(pattern, code);
}

static bool in_force(const struct transfer_rule *rule, int64_t today)
{
	return rule->state == RULE_ACTIVE && rule->effective_from <= today &&
	       (rule->effective_to == OV_NULL || today < rule->effective_to);
}

static int add_way(struct cli *cli, const struct rule_source *source, const char *code,
		   int64_t programme_id, struct way *ways, size_t *count)
{
	struct way *way = &ways[*count];
	struct page page;
	void *record;
	int rc = store_get(cli->store, KIND_TRANSFER_RULE, source->rule_id, &cli->arena, &record,
			   &cli->err);
	bool ours = false;

	if (rc)
		return rc;
	way->rule = record;
	if (!in_force(way->rule, clock_today(&cli->clock)))
		return 0;
	rc = find_all(cli, KIND_RULE_PROGRAMME, "rule_id", source->rule_id, &page);
	for (size_t i = 0; !rc && i < page.count; i++)
		ours = ours || ((struct rule_programme *)page.records[i])->programme_id ==
			programme_id;
	if (rc || !ours)
		return rc;
	rc = find_all(cli, KIND_RULE_TARGET, "rule_id", source->rule_id, &page);
	way->source = code;
	way->courses = (struct record_list){ &course_fields, 0,
					     arena_array(&cli->arena, page.count + 1,
							 sizeof(void *)) };
	for (size_t i = 0; !rc && i < page.count; i++)
		rc = store_get(cli->store, KIND_COURSE,
			       ((struct rule_target *)page.records[i])->course_id, &cli->arena,
			       &way->courses.items[way->courses.count++], &cli->err);
	(*count)++;
	return rc;
}

static int find_ways(struct cli *cli, const struct bundle *card, struct way *ways, size_t *count)
{
	const struct record_list *types = bundle_list(card, &certificate_type_fields);
	const struct student *student = bundle_first(card, &student_fields);
	struct page sources;
	int rc = find_all(cli, KIND_RULE_SOURCE, NULL, 0, &sources);

	*count = 0;
	for (size_t t = 0; !rc && t < types->count; t++) {
		const struct certificate_type *type = types->items[t];

		for (size_t s = 0; !rc && s < sources.count && *count < WAYS_MOST; s++) {
			const struct rule_source *source = sources.records[s];

			if (source_matches(source->source, type->code))
				rc = add_way(cli, source, type->code, student->programme_id, ways,
					     count);
		}
	}
	return rc;
}

static json_t *ways_array(const struct way *ways, size_t count)
{
	json_t *array = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(array, json_pack("{s:s, s:o, s:o}", "source", ways[i].source,
			"rule", output_object(&transfer_rule_fields, ways[i].rule), "courses",
			output_array(&ways[i].courses)));
	return array;
}

static void print_ways(const struct way *ways, size_t count)
{
	char credits[24];

	for (size_t i = 0; i < count; i++) {
		const struct transfer_rule *rule = ways[i].rule;

		printf("%s → %s@%lld", ways[i].source, rule->rule_code, (long long)rule->version);
		if (rule->target_module)
			printf(" → %s %s", rule->target_module,
			       centi_format(rule->amount_centi, credits));
		for (size_t c = 0; c < ways[i].courses.count; c++) {
			const struct course *course = ways[i].courses.items[c];

			printf("%s %s %s", c ? "," : " →", course->code,
			       centi_format(course->credit_centi, credits));
		}
		putchar('\n');
	}
}

int route_show_run(struct cli *cli)
{
	struct way *ways = arena_array(&cli->arena, WAYS_MOST, sizeof *ways);
	json_t *totals, *modules;
	struct bundle card;
	size_t count;
	int rc = show_card(cli, KIND_STUDENT, 0, cli_word(cli, 0), &card);

	if (!rc)
		rc = find_ways(cli, &card, ways, &count);
	if (rc)
		return rc;
	if (cli->json) {
		modules = output_modules(&card, &totals);
		output_json(json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}",
			"student", output_first(&card, &student_fields),
			"held", output_certificates(&card),
			"counts_for", ways_array(ways, count),
			"modules", modules, "totals", totals,
			"missing", output_array(bundle_list(&card, &graduation_finding_fields))));
		return 0;
	}
	output_heading(_("Held"));
	output_certificate_table(cli, &card);
	output_heading(_("Can count for"));
	print_ways(ways, count);
	output_heading(_("Missing"));
	output_table(bundle_list(&card, &graduation_finding_fields), NULL);
	return 0;
}
