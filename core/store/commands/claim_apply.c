#include "core/store/commands/claim_apply.h"

#include <string.h>

#include "core/store/commands/claim_lines.h"

static void set_text(struct tx *tx, const char **member, const char *text)
{
	*member = text ? arena_strdup(tx->arena, text) : NULL;
}

/* need and have, in the unit of the record's code. */
static const char *quantity(struct tx *tx, enum reason code, int64_t value)
{
	char text[24];

	if (value == OV_NULL)
		return NULL;
	switch (code) {
	case REASON_SOURCE_EXPIRED:
	case REASON_SOURCE_TOO_OLD:
		return arena_strdup(tx->arena, date_format(value, text));
	case REASON_LEVEL_LOW:
	case REASON_N_OF_M_SHORT:
		return arena_printf(tx->arena, "%lld", (long long)value);
	default:
		return arena_strdup(tx->arena, centi_format(value, text));
	}
}

static int explanations_drop(struct tx *tx, struct claim_case *cc, struct error *err)
{
	for (size_t i = 0; i < cc->explanations.count; i++) {
		struct claim_explanation *old = cc->explanations.items[i];

		old->superseded = 1;
		if (tx_update(tx, KIND_CLAIM_EXPLANATION, old, err) < 0)
			return err->code;
	}
	cc->explanations.count = 0;
	return 0;
}

void claim_result_explain(struct tx *tx, struct claim_case *cc)
{
	const struct credit_result *result = &cc->result;

	cc->explanations.table = &claim_explanation_fields;
	cc->explanations.items = arena_array(tx->arena, result->record_count,
					     sizeof *cc->explanations.items);
	cc->explanations.count = result->record_count;
	for (size_t i = 0; i < result->record_count; i++) {
		struct claim_explanation *row = record_new(tx->arena, &claim_explanation_fields);
		const struct credit_record *record = &result->records[i];

		row->claim_id = cc->claim->id;
		row->position = (int64_t)i + 1;
		row->line_no = record->line_no;
		row->rule = record->rule ? credit_rule_name(record->rule, tx->arena) : NULL;
		row->code = reason_code((int)record->code);
		row->granted_centi = record->granted_centi;
		row->need = quantity(tx, record->code, record->need);
		row->have = quantity(tx, record->code, record->have);
		row->detail = record->detail && *record->detail ? record->detail : NULL;
		row->superseded = 0;
		cc->explanations.items[i] = row;
	}
}

static int explanations_write(struct tx *tx, struct claim_case *cc, struct error *err)
{
	claim_result_explain(tx, cc);
	for (size_t i = 0; i < cc->explanations.count; i++)
		if (tx_insert(tx, KIND_CLAIM_EXPLANATION, cc->explanations.items[i], err) < 0)
			return err->code;
	return 0;
}

static int lines_write(struct tx *tx, struct claim_case *cc, struct error *err)
{
	for (size_t i = 0; i < cc->line_count; i++)
		if (tx_update(tx, KIND_CLAIM_LINE, cc->lines[i].line, err) < 0)
			return err->code;
	return 0;
}

int claim_propose(struct tx *tx, struct claim_case *cc, struct error *err)
{
	if (claim_case_calculate(tx, cc, CALCULATE_NOW, err) < 0 ||
	    explanations_drop(tx, cc, err) < 0 || explanations_write(tx, cc, err) < 0)
		return err->code;
	for (size_t i = 0; i < cc->line_count; i++) {
		const struct credit_line_result *result = &cc->result.lines[i];
		struct claim_line *line = cc->lines[i].line;

		line->rule_ref = result->rule ? result->rule->id : OV_NULL;
		line->code = reason_code((int)result->code);
		line->proposed_centi = result->granted_centi;
		line->granted_centi = OV_NULL;
	}
	cc->claim->proposed_centi = cc->result.granted_centi;
	cc->claim->granted_centi = OV_NULL;
	return lines_write(tx, cc, err);
}

int claim_request(struct tx *tx, struct claim_case *cc, struct error *err)
{
	if (claim_case_calculate(tx, cc, CALCULATE_VERIFIED, err) < 0)
		return err->code;
	cc->claim->requested_centi = cc->result.granted_centi;
	return 0;
}

static int calculation_drop(struct tx *tx, struct claim_case *cc, struct error *err)
{
	for (size_t i = 0; i < cc->line_count; i++) {
		struct claim_line *line = cc->lines[i].line;

		line->rule_ref = line->proposed_centi = line->granted_centi = OV_NULL;
		line->code = NULL;
	}
	cc->claim->proposed_centi = cc->claim->granted_centi = OV_NULL;
	if (explanations_drop(tx, cc, err) < 0)
		return err->code;
	return lines_write(tx, cc, err);
}

static int grant(struct tx *tx, struct claim_case *cc, bool zero, struct error *err)
{
	for (size_t i = 0; i < cc->line_count; i++) {
		struct claim_line *line = cc->lines[i].line;

		line->granted_centi = zero ? 0 : line->proposed_centi;
	}
	cc->claim->granted_centi = zero ? 0 : cc->claim->proposed_centi;
	return lines_write(tx, cc, err);
}

/* The review begins again: what the expert said belonged to the old one. */
static int review_clear(struct tx *tx, struct claim_case *cc, struct error *err)
{
	bool opined = false;

	cc->claim->first_by = cc->claim->expert_by = cc->claim->second_by = OV_NULL;
	cc->claim->granted_centi = OV_NULL;
	for (size_t i = 0; i < cc->line_count; i++) {
		struct claim_line *line = cc->lines[i].line;

		opined = opined || line->opinion_centi != OV_NULL;
		line->granted_centi = OV_NULL;
		line->opinion_centi = line->opinion_course = line->opinion_class = OV_NULL;
		line->opinion_module = line->opinion_text = NULL;
	}
	return opined ? claim_propose(tx, cc, err) : lines_write(tx, cc, err);
}

/* F10: everybody who refused the claim before. */
static int refusers_exclude(struct tx *tx, struct claim_case *cc, struct error *err)
{
	for (size_t i = 0; i < cc->trail.count; i++) {
		const struct audit_event *event = cc->trail.items[i];
		const struct filter known[] = {
			FILTER_INT("claim_id", cc->claim->id), FILTER_INT("user_id", event->user_id),
		};
		struct claim_excluded *row;

		if (!event->detail || !strstr(event->detail, ">REJECTED"))
			continue;
		if (tx_find_one(tx, KIND_CLAIM_EXCLUDED, known, 2, (void **)&row, err) < 0)
			return err->code;
		if (row)
			continue;
		row = record_new(tx->arena, &claim_excluded_fields);
		row->claim_id = cc->claim->id;
		row->user_id = event->user_id;
		if (tx_insert(tx, KIND_CLAIM_EXCLUDED, row, err) < 0)
			return err->code;
	}
	return 0;
}

static void apply_people(struct tx *tx, struct credit_claim *claim, unsigned effects)
{
	const struct {
		unsigned effect;
		int64_t *member;
	} rows[] = {
		{ EFFECT_SUBMITTED, &claim->submitted_by }, { EFFECT_ACCEPTED_BY, &claim->accepted_by },
		{ EFFECT_VERIFIED_BY, &claim->verified_by }, { EFFECT_FIRST_BY, &claim->first_by },
		{ EFFECT_EXPERT_BY, &claim->expert_by }, { EFFECT_SECOND_BY, &claim->second_by },
		{ EFFECT_POSTED_BY, &claim->posted_by }, { EFFECT_ASKED, &claim->revoke_by },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (effects & rows[i].effect)
			*rows[i].member = tx->actor->user_id;
}

static void apply_dates(struct tx *tx, struct credit_claim *claim, enum claim_event event,
			unsigned effects)
{
	if (effects & EFFECT_SUBMITTED)
		claim->submitted_on = tx->today;
	if (effects & EFFECT_NOTICE)
		claim->notice_from = tx->today;
	if (effects & EFFECT_APPEAL)
		claim->appeal_count = 1;
	if (event == EVENT_OBJECT) { /* the days left run on after a dismissal (T20) */
		claim->objected_on = tx->today;
		claim->notice_end_on = claim->deadline_on;
	}
}

static int apply_effects(struct tx *tx, struct claim_case *cc, unsigned effects,
			 struct error *err)
{
	const struct {
		unsigned effect;
		int (*run)(struct tx *tx, struct claim_case *cc, struct error *err);
	} rows[] = {
		{ EFFECT_CERT_VERIFIED, claim_sources_verify },
		{ EFFECT_CERT_FALSE, claim_sources_false },
		{ EFFECT_CERT_HELD, claim_sources_hold },
		{ EFFECT_EXCLUDE, refusers_exclude },
		{ EFFECT_CLEAR_REVIEW, review_clear },
		{ EFFECT_DROP_CALC, calculation_drop },
		{ EFFECT_CALCULATE, claim_propose },
		{ EFFECT_POST, claim_post },
		{ EFFECT_REVERSE, claim_reverse },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if ((effects & rows[i].effect) && rows[i].run(tx, cc, err) < 0)
			return err->code;
	if (effects & (EFFECT_GRANT | EFFECT_GRANT_ZERO))
		return grant(tx, cc, (effects & EFFECT_GRANT_ZERO) != 0, err);
	if (effects & EFFECT_SUBMITTED)
		return claim_request(tx, cc, err);
	return 0;
}

int claim_apply(struct tx *tx, struct claim_case *cc, enum claim_event event,
		const struct claim_outcome *step, const struct claim_reason *reason,
		struct error *err)
{
	struct credit_claim *claim = cc->claim;
	int64_t from = claim->state;

	apply_people(tx, claim, step->effects);
	apply_dates(tx, claim, event, step->effects);
	if (apply_effects(tx, cc, step->effects, err) < 0)
		return err->code;
	if (step->to == CLAIM_REJECTED && event != EVENT_DENY)
		claim->refused_in = from;
	claim->state = step->to;
	claim->deadline_on = step->deadline_on;
	if (reason->code || reason->text) {
		set_text(tx, &claim->reason_code, reason->code);
		set_text(tx, &claim->reason_text, reason->text);
	}
	tx->audit_detail = arena_printf(tx->arena, "%s>%s%s", enum_code(&claim_state_enum, from),
					enum_code(&claim_state_enum, step->to),
					step->effects & EFFECT_ASKED ? " asked" : "");
	return tx_update(tx, KIND_CREDIT_CLAIM, claim, err);
}
