/* Transfer rules: entered by one person, released by another (F4, I12); a
 * version that was released is never changed again (I10). DOMAIN.md 2.8. */
#include <stdio.h>
#include <string.h>

#include "core/store/claim_input.h"
#include "core/store/commands/handlers.h"
#include "core/store/commands/rule_check.h"
#include "core/store/commands/staff_args.h"

static bool code_good(const char *code)
{
	return !strncmp(code, "R-", 2) && code[2] && strspn(code + 2, "0123456789") == strlen(code + 2);
}

static int versions(struct tx *tx, const char *code, struct record_list *list, struct error *err)
{
	const struct filter by_code[] = { FILTER_TEXT("rule_code", code) };

	return tx_find_all(tx, KIND_TRANSFER_RULE, by_code, 1, 0, list, err);
}

static void rule_fill(struct tx *tx, struct transfer_rule *rule,
		      const struct rule_enter_args *args, int64_t version)
{
	rule->rule_code = args->rule_code;
	rule->version = version;
	rule->kind = args->kind;
	rule->source_class = args->source_class;
	rule->target_module = args->target_module;
	rule->need_count = args->need_count;
	rule->min_level = args->min_level;
	rule->min_mark = args->min_mark;
	rule->min_ratio_bp = args->min_ratio_bp;
	rule->amount_centi = args->amount_centi;
	rule->hours_per_credit = args->hours_per_credit;
	rule->step_centi = args->step_centi;
	rule->rule_max_centi = args->rule_max_centi;
	rule->max_age_years = args->max_age_years;
	rule->specificity = args->specificity != OV_NULL ? args->specificity : 0;
	rule->priority = args->priority != OV_NULL ? args->priority : 0;
	rule->effective_from = args->effective_from;
	rule->effective_to = args->effective_to;
	rule->state = RULE_DRAFT;
	rule->basis = args->basis;
	rule->entered_by = tx->actor->user_id;
}

static int parts_insert(struct tx *tx, int64_t rule_id, const struct rule_enter_args *args,
			struct error *err)
{
	for (size_t i = 0; args->sources && i < args->sources->count; i++) {
		struct rule_source *row = record_new(tx->arena, &rule_source_fields);

		row->rule_id = rule_id;
		row->position = (int64_t)i + 1;
		row->source = ((struct rule_source_item *)args->sources->items[i])->source;
		if (tx_insert(tx, KIND_RULE_SOURCE, row, err) < 0)
			return err->code;
	}
	for (size_t i = 0; args->targets && i < args->targets->count; i++) {
		struct rule_target *row = record_new(tx->arena, &rule_target_fields);

		row->rule_id = rule_id;
		row->position = (int64_t)i + 1;
		row->course_id = ((struct rule_target_item *)args->targets->items[i])->course_id;
		if (tx_insert(tx, KIND_RULE_TARGET, row, err) < 0)
			return err->code;
	}
	for (size_t i = 0; args->programmes && i < args->programmes->count; i++) {
		struct rule_programme *row = record_new(tx->arena, &rule_programme_fields);

		row->rule_id = rule_id;
		row->programme_id =
			((struct rule_programme_item *)args->programmes->items[i])->programme_id;
		if (tx_insert(tx, KIND_RULE_PROGRAMME, row, err) < 0)
			return err->code;
	}
	return 0;
}

/* Versions of one rule do not overlap: an open one ends where the new begins.
 * Only from tomorrow on, so that no claim handed in already changes (I9). What
 * can't be released for that is not entered either. */
static int overlap_check(struct tx *tx, const struct transfer_rule *rule, bool close,
			 struct error *err)
{
	struct record_list old;

	if (versions(tx, rule->rule_code, &old, err) < 0)
		return err->code;
	for (size_t i = 0; i < old.count; i++) {
		struct transfer_rule *other = old.items[i];
		char version[24];

		if (other->id == rule->id || other->state == RULE_DRAFT ||
		    (other->effective_to != OV_NULL && other->effective_to <= rule->effective_from) ||
		    (rule->effective_to != OV_NULL && rule->effective_to <= other->effective_from))
			continue;
		snprintf(version, sizeof version, "%lld", (long long)other->version);
		if (other->effective_from >= rule->effective_from ||
		    rule->effective_from <= tx->today)
			return error_reason(err, REASON_RULE_OVERLAP, "field", "effective_from",
					    "version", version, NULL);
		other->effective_to = rule->effective_from;
		if (close && tx_update(tx, KIND_TRANSFER_RULE, other, err) < 0)
			return err->code;
	}
	return 0;
}

int command_rule_enter(struct tx *tx, const struct command *command,
		       struct outcome *outcome, struct error *err)
{
	const struct rule_enter_args *args = command->args;
	struct transfer_rule *rule = record_new(tx->arena, &transfer_rule_fields);
	struct rule_case stored;
	struct record_list old;

	if (!code_good(args->rule_code))
		return error_reason(err, REASON_FIELD_TYPE, "field", "rule_code", "label", _("Rule"),
				    "expected", _("R- and digits"), NULL);
	if (!args->programmes || !args->programmes->count)
		return error_reason(err, REASON_FIELD_REQUIRED, "field", "programmes",
				    "label", _("Programmes"), NULL);
	if (versions(tx, args->rule_code, &old, err) < 0)
		return err->code;
	rule_fill(tx, rule, args, (int64_t)old.count + 1);
	if (overlap_check(tx, rule, false, err) < 0 || tx_insert(tx, KIND_TRANSFER_RULE, rule, err) < 0 ||
	    parts_insert(tx, rule->id, args, err) < 0 ||
	    rule_case_load(tx, rule->id, &stored, err) < 0 ||
	    credit_rule_check(&stored.rule, err) < 0 || rule_case_check(tx, &stored, err) < 0)
		return err->code;
	outcome->id = rule->id;
	bundle_add(&outcome->records, &transfer_rule_fields, rule);
	return 0;
}

static int rule_write(struct tx *tx, struct transfer_rule *rule, enum rule_state state,
		      struct outcome *outcome, struct error *err)
{
	tx->audit_detail = arena_printf(tx->arena, "%s@%lld %s>%s", rule->rule_code,
					(long long)rule->version,
					enum_code(&rule_state_enum, rule->state),
					enum_code(&rule_state_enum, (int64_t)state));
	rule->state = (int64_t)state;
	if (tx_update(tx, KIND_TRANSFER_RULE, rule, err) < 0)
		return err->code;
	bundle_add(&outcome->records, &transfer_rule_fields, rule);
	return 0;
}

static int state_refuse(const struct transfer_rule *rule, struct error *err)
{
	return error_reason(err, REASON_RULE_STATE, "state",
			    enum_label(&rule_state_enum, rule->state), NULL);
}

static int entered_by_other(struct tx *tx, const struct transfer_rule *rule, struct error *err)
{
	struct user *user;

	if (tx_get(tx, KIND_USER, rule->entered_by, (void **)&user, err) < 0)
		return err->code;
	return claim_party(user->person_id, user->id) !=
	       claim_party(tx->actor->person_id, tx->actor->user_id) ? 0 :
	       error_reason(err, REASON_RULE_FOUR_EYES, NULL);
}

/* Releases a draft, or takes a suspension back. */
int command_rule_release(struct tx *tx, const struct command *command,
			 struct outcome *outcome, struct error *err)
{
	struct transfer_rule *rule;

	if (tx_get(tx, KIND_TRANSFER_RULE, command->target, (void **)&rule, err) < 0)
		return err->code;
	if (rule->state != RULE_DRAFT && rule->state != RULE_SUSPENDED)
		return state_refuse(rule, err);
	if (entered_by_other(tx, rule, err) < 0 ||
	    (rule->state == RULE_DRAFT && overlap_check(tx, rule, true, err) < 0))
		return err->code;
	rule->released_by = tx->actor->user_id;
	return rule_write(tx, rule, RULE_ACTIVE, outcome, err);
}

int command_rule_suspend(struct tx *tx, const struct command *command,
			 struct outcome *outcome, struct error *err)
{
	struct transfer_rule *rule;

	if (tx_get(tx, KIND_TRANSFER_RULE, command->target, (void **)&rule, err) < 0)
		return err->code;
	return rule->state == RULE_ACTIVE ? rule_write(tx, rule, RULE_SUSPENDED, outcome, err) :
	       state_refuse(rule, err);
}

int command_rule_retire(struct tx *tx, const struct command *command,
			struct outcome *outcome, struct error *err)
{
	struct transfer_rule *rule;

	if (tx_get(tx, KIND_TRANSFER_RULE, command->target, (void **)&rule, err) < 0)
		return err->code;
	return rule->state != RULE_RETIRED ? rule_write(tx, rule, RULE_RETIRED, outcome, err) :
	       state_refuse(rule, err);
}
