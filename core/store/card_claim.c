/* The card of a claim: what a reviewer decides by. */
#include "core/store/card.h"

#include <string.h>

#include "core/store/claim_rooms.h"
#include "core/store/claim_rows.h"
#include "core/store/commands/claim_case.h"
#include "core/store/commands/claim_outcome.h"
#include "core/store/student_sums.h"

static void source_add(struct card *card, const struct case_line *from)
{
	struct line_source *to = record_new(card->tx->arena, &line_source_fields);

	to->line_no = from->line->line_no;
	to->source_kind = from->line->source_kind;
	to->code = from->line->source_code;
	if (from->certificate) {
		to->name = from->type->name;
		to->number = from->certificate->cert_no;
		to->level = from->certificate->level;
		to->mark = from->certificate->mark;
		to->dated_on = from->certificate->issued_on;
		to->expires_on = from->certificate->expires_on;
		to->state = enum_code(&cert_state_enum, from->certificate->state);
	} else {
		to->name = from->result->name;
		to->mark = from->result->mark;
		to->hours = from->result->hours;
		to->dated_on = from->result->dated_on;
		to->expires_on = from->result->expires_on;
		to->state = enum_code(&cert_state_enum, from->result->state);
	}
	bundle_add(card->bundle, &line_source_fields, to);
}

static void lines_add(struct card *card, const struct claim_case *cc)
{
	for (size_t i = 0; i < cc->line_count; i++) {
		bundle_add(card->bundle, &claim_line_fields, cc->lines[i].line);
		source_add(card, &cc->lines[i]);
	}
	for (size_t i = 0; i < cc->line_count; i++)
		for (size_t k = 0; k < cc->lines[i].evidence.count; k++)
			bundle_add(card->bundle, &evidence_fields, cc->lines[i].evidence.items[k]);
}

static int steps_add(struct card *card, const struct claim_case *cc, struct error *err)
{
	for (size_t i = 0; i < cc->trail.count; i++) {
		const struct audit_event *event = cc->trail.items[i];
		struct claim_step *step = record_new(card->tx->arena, &claim_step_fields);
		struct user *user;

		if (tx_get(card->tx, KIND_USER, event->user_id, (void **)&user, err) < 0)
			return err->code;
		step->at = event->at;
		step->action = event->action;
		step->login = user->login;
		step->detail = event->detail;
		step->reason = event->reason;
		bundle_add(card->bundle, &claim_step_fields, step);
	}
	return 0;
}

/* An expert sees the claims that wait for one, and those he spoke on. */
static bool expert_may(const struct card *card, const struct credit_claim *claim)
{
	return card_may(card, PERM_LOOKUP) || claim->state == CLAIM_EXPERT ||
	       claim->expert_by == card->tx->actor->user_id;
}

static int credits_add(struct card *card, const struct claim_case *cc, struct error *err)
{
	struct student_sums sums;

	if (!card_may(card, PERM_ACCOUNT) && !card_may(card, PERM_EXPERT))
		return 0;
	if (student_sums_load(card->tx, cc->student, &sums, err) < 0)
		return err->code;
	module_credits_add(card->tx, &sums, cc->curriculum, card->bundle);
	return claim_rooms_add(card->tx, cc, card->bundle, err);
}

/* The rules the lines were calculated by, with the courses they pay. */
static int rules_add(struct card *card, const struct claim_case *cc, struct error *err)
{
	for (size_t i = 0; i < cc->line_count; i++) {
		int64_t rule = cc->lines[i].line->rule_ref;
		const struct filter of_rule[] = { FILTER_INT("rule_id", rule) };
		const struct record_list *known = bundle_list(card->bundle, &rule_target_fields);
		struct record_list targets;
		bool seen = false;

		for (size_t k = 0; k < known->count && !seen; k++)
			seen = ((struct rule_target *)known->items[k])->rule_id == rule;
		if (rule == OV_NULL || seen)
			continue;
		if (card_add_once(card, KIND_TRANSFER_RULE, rule, err) < 0 ||
		    tx_find_all(card->tx, KIND_RULE_TARGET, of_rule, 1, 0, &targets, err) < 0)
			return err->code;
		for (size_t k = 0; k < targets.count; k++) {
			const struct rule_target *target = targets.items[k];

			bundle_add(card->bundle, &rule_target_fields, targets.items[k]);
			if (card_add_once(card, KIND_COURSE, target->course_id, err) < 0)
				return err->code;
		}
	}
	return 0;
}

int card_claim(struct card *card, struct error *err)
{
	struct tx *tx = card->tx;
	struct credit_claim *claim;
	struct claim_case *cc;
	struct claim_row *row;

	if (card_subject(card, KIND_CREDIT_CLAIM, "claim_no", card->request->key,
			 (void **)&claim, err) < 0)
		return err->code;
	if (!expert_may(card, claim))
		return local_not_found(KIND_CREDIT_CLAIM, claim->id, NULL, err);
	if (claim_case_load(tx, claim->id, &cc, err) < 0 ||
	    claim_row_load(tx->db, claim->id, tx->actor, tx->today, tx->arena, &row, err) < 0)
		return err->code;
	card->centre_id = cc->student->centre_id;
	bundle_add(card->bundle, &credit_claim_fields, cc->claim);
	bundle_add(card->bundle, &claim_row_fields, row);
	if (card_may(card, PERM_LOOKUP) && card_add_learner(card, cc->student, err) < 0)
		return err->code;
	lines_add(card, cc);
	claim_explanations_add(cc, card->bundle);
	if (rules_add(card, cc, err) < 0 || steps_add(card, cc, err) < 0 || claim_case_facts(tx, cc, err) < 0 ||
	    claim_options_add(tx, cc, card->bundle, err) < 0 || credits_add(card, cc, err) < 0)
		return err->code;
	if (!card_may(card, PERM_LOOKUP)) /* the way to the learner's name */
		cc->claim->student_id = OV_NULL;
	return 0;
}
