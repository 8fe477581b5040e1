#include "core/store/commands/claim_outcome.h"

#include <string.h>

#include "core/store/claim_rows.h"

void advice_add(struct tx *tx, struct bundle *bundle, enum reason reason, const char *name,
		const char *value)
{
	struct advice *advice = record_new(tx->arena, &advice_fields);
	char text[512];

	advice->code = reason_code((int)reason);
	advice->message = arena_strdup(tx->arena, reason_format(reason, text, sizeof text, name,
								value, NULL));
	bundle_add(bundle, &advice_fields, advice);
}

void claim_explanations_add(struct claim_case *cc, struct bundle *bundle)
{
	for (size_t i = 0; i < cc->explanations.count; i++)
		bundle_add(bundle, &claim_explanation_fields, cc->explanations.items[i]);
}

/* The recalculation is asked for by these two alone, and only in their state. */
static int recalculate_for(struct tx *tx, struct claim_case *cc, enum claim_event event,
			   struct error *err)
{
	if ((event != EVENT_PASS_SECOND && event != EVENT_POST) ||
	    !claim_event_open(cc->claim->state, event, tx->actor))
		return 0;
	return claim_case_recalculate(tx, cc, event, err);
}

int claim_options_add(struct tx *tx, struct claim_case *cc, struct bundle *bundle,
		      struct error *err)
{
	for (int event = 0; event < CLAIM_EVENT_COUNT; event++) {
		struct claim_option *option;
		struct claim_outcome step;
		struct error why = ERROR_INIT;

		if (!claim_transition_find(cc->claim->state, (enum claim_event)event))
			continue;
		if (recalculate_for(tx, cc, (enum claim_event)event, err) < 0)
			return err->code;
		cc->facts.reason_given = true;
		cc->facts.line_no_opinion = 0;
		option = record_new(tx->arena, &claim_option_fields);
		option->event = event;
		option->allowed = claim_may(&cc->facts, (enum claim_event)event, tx->actor,
					    &cc->calendar, &step, &why) == 0;
		if (!option->allowed) {
			option->code = reason_code(why.reason);
			option->message = arena_strdup(tx->arena, why.message);
		} else if (step.advice != REASON_NONE) {
			char text[512];

			option->code = reason_code((int)step.advice);
			option->message = arena_strdup(tx->arena, reason_format(
				step.advice, text, sizeof text, NULL));
		}
		bundle_add(bundle, &claim_option_fields, option);
	}
	return 0;
}

static void partial_add(struct tx *tx, struct claim_case *cc, struct bundle *bundle)
{
	for (size_t i = 0; i < cc->line_count; i++) {
		const struct claim_line *line = cc->lines[i].line;

		if (line->code && !strcmp(line->code, "GR_PARTIAL"))
			advice_add(tx, bundle, REASON_SM_PARTIAL, "line",
				   arena_printf(tx->arena, "%lld", (long long)line->line_no));
	}
}

int claim_outcome_fill(struct tx *tx, struct claim_case *cc, struct outcome *outcome,
		       struct error *err)
{
	struct claim_row *row;

	if (claim_row_load(tx->db, cc->claim->id, tx->actor, tx->today, tx->arena, &row, err) < 0)
		return err->code;
	outcome->id = cc->claim->id;
	outcome->rev = cc->claim->rev;
	bundle_add(&outcome->records, &claim_row_fields, row);
	bundle_add(&outcome->records, &credit_claim_fields, cc->claim);
	claim_explanations_add(cc, &outcome->records);
	partial_add(tx, cc, &outcome->records);
	if (claim_case_facts(tx, cc, err) < 0)
		return err->code;
	return claim_options_add(tx, cc, &outcome->records, err);
}
