/* rule.compare: what would a rule have changed? Every claim that was calculated
 * and has a source the rule speaks of is reckoned once more as it stood, and
 * once with this version instead of the others of its code. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/store/claim_input.h"
#include "core/store/commands/handlers.h"
#include "core/store/local.h"

struct compare {
	struct tx *tx;
	const struct credit_rule *rule;
	struct record_list programmes; /* struct rule_programme */
	struct rule_change sum;
	struct outcome *outcome;
};

static bool of_programme(const struct compare *c, int64_t programme_id)
{
	for (size_t i = 0; i < c->programmes.count; i++)
		if (((struct rule_programme *)c->programmes.items[i])->programme_id == programme_id)
			return true;
	return false;
}

static bool speaks_of(const struct compare *c, const struct claim_case *cc)
{
	for (size_t i = 0; i < cc->line_count; i++)
		if (credit_rule_covers(c->rule, cc->lines[i].line->source_code))
			return true;
	return false;
}

/* The rules with this version in force on any day, and no other of its code. */
static void rules_replace(const struct compare *c, struct credit_input *input, bool with)
{
	struct credit_rule *rules = arena_array(c->tx->arena, input->rule_count + 1, sizeof *rules);
	size_t count = 0;

	for (size_t i = 0; i < input->rule_count; i++)
		if (with ? strcmp(input->rules[i].code, c->rule->code) != 0 :
			   input->rules[i].id != c->rule->id)
			rules[count++] = input->rules[i];
	if (with) {
		rules[count] = *c->rule;
		rules[count].active = true;
		rules[count].effective_from = INT32_MIN;
		rules[count++].effective_to = OV_NULL;
	}
	input->rules = rules;
	input->rule_count = count;
}

/* The codes of the lines the rule speaks of, "GR_FULL GR_PARTIAL". */
static const char *codes_text(const struct compare *c, const struct claim_case *cc,
			      const struct credit_result *result, struct arena *arena)
{
	const char *text = "";

	for (size_t i = 0; i < cc->line_count; i++)
		if (credit_rule_covers(c->rule, cc->lines[i].line->source_code))
			text = arena_printf(arena, "%s%s%s", text, *text ? " " : "",
					    reason_code((int)result->lines[i].code));
	return arena_strndup(arena, text, strnlen(text, 200));
}

/* The same credits for each line with the same code; the rule may be another. */
static bool same_worth(const struct credit_result *a, const struct credit_result *b)
{
	for (size_t i = 0; i < a->line_count; i++)
		if (a->lines[i].granted_centi != b->lines[i].granted_centi ||
		    a->lines[i].code != b->lines[i].code)
			return false;
	return a->granted_centi == b->granted_centi;
}

static int claim_compare(struct compare *c, int64_t id, struct arena *keep, struct error *err)
{
	struct credit_input before, after;
	struct credit_result old, new;
	struct rule_change *row;
	struct claim_case *cc;

	if (claim_case_load(c->tx, id, &cc, err) < 0)
		return err->code == OV_ENOTFOUND ? (error_clear(err), 0) : err->code;
	if (!of_programme(c, cc->programme->id) || !speaks_of(c, cc))
		return 0;
	if (claim_input_build(c->tx, cc, CALCULATE_PAST, &before, err) < 0)
		return err->code;
	after = before;
	rules_replace(c, &before, false);
	rules_replace(c, &after, true);
	credit_calculate(&before, c->tx->arena, &old);
	credit_calculate(&after, c->tx->arena, &new);
	c->sum.claims++;
	c->sum.old_centi += old.granted_centi;
	c->sum.new_centi += new.granted_centi;
	if (same_worth(&old, &new))
		return 0;
	c->sum.changed++;
	row = record_new(keep, &rule_change_fields);
	row->claim_no = arena_strdup(keep, cc->claim->claim_no);
	row->submitted_on = cc->claim->submitted_on;
	row->state = cc->claim->state;
	row->old_centi = old.granted_centi;
	row->new_centi = new.granted_centi;
	row->change_centi = new.granted_centi - old.granted_centi;
	row->old_codes = codes_text(c, cc, &old, keep);
	row->new_codes = codes_text(c, cc, &new, keep);
	row->claims = row->changed = OV_NULL;
	bundle_add(&c->outcome->records, &rule_change_fields, row);
	return 0;
}

static int progress(const struct tx *tx, int64_t done, int64_t total, struct error *err)
{
	const struct store *store = &tx->local->store;

	if (store->progress && store->progress(store->progress_context, done, total))
		return error_reason(err, REASON_CANCELLED, NULL);
	return 0;
}

/* All claims by id, page by page, each in memory that is given back. */
static int claims_compare(struct compare *c, struct error *err)
{
	struct arena *keep = c->tx->arena, scratch = ARENA_INIT;
	struct filter after[] = { { .field = "id", .op = FILTER_GT, .number = 0 } };
	int64_t done = 0, total = 0;
	int rc = tx_count(c->tx, KIND_CREDIT_CLAIM, NULL, 0, &total, err);

	while (rc == 0) {
		struct record_list page;

		rc = tx_find_all(c->tx, KIND_CREDIT_CLAIM, after, 1, 500, &page, err);
		if (rc < 0 || !page.count)
			break;
		for (size_t i = 0; rc == 0 && i < page.count; i++) {
			const struct credit_claim *claim = page.items[i];

			after[0].number = claim->id;
			if (done++ % 32 == 0)
				rc = progress(c->tx, done, total, err);
			if (rc < 0 || claim->submitted_on == OV_NULL ||
			    claim->proposed_centi == OV_NULL)
				continue;
			c->tx->arena = &scratch;
			rc = claim_compare(c, claim->id, keep, err);
			c->tx->arena = keep;
			arena_clear(&scratch);
		}
	}
	arena_release(&scratch);
	return rc;
}

int command_rule_compare(struct tx *tx, const struct command *command, struct outcome *outcome,
			 struct error *err)
{
	const struct filter of_rule[] = { FILTER_INT("rule_id", command->target) };
	struct compare c = { .tx = tx, .outcome = outcome };
	struct rule_change *sum = record_new(tx->arena, &rule_change_fields);
	struct rule_case rule;

	if (rule_case_load(tx, command->target, &rule, err) < 0 ||
	    tx_find_all(tx, KIND_RULE_PROGRAMME, of_rule, 1, 0, &c.programmes, err) < 0)
		return err->code;
	c.rule = &rule.rule;
	bundle_add(&outcome->records, &rule_change_fields, sum);
	if (claims_compare(&c, err) < 0)
		return err->code;
	sum->claim_no = "";
	sum->claims = c.sum.claims;
	sum->changed = c.sum.changed;
	sum->old_centi = c.sum.old_centi;
	sum->new_centi = c.sum.new_centi;
	sum->change_centi = c.sum.new_centi - c.sum.old_centi;
	outcome->id = command->target;
	tx->audit_detail = arena_printf(tx->arena, "%s@%" PRId64 ": %" PRId64 " of %" PRId64
					" claims change", rule.rule.code, rule.rule.version,
					c.sum.changed, c.sum.claims);
	return 0;
}
