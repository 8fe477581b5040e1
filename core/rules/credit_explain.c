/* Explanations as text, and what a rule must be like to be calculated with. */
#include "core/rules/credit_run.h"

#include "core/model/field.h"

#include <stdio.h>
#include <string.h>

enum { LEVEL_MAX = 5, MARK_MAX_CENTI = 10000, RATIO_MAX_BP = 100000, YEARS_MAX = 100 };

const char *credit_rule_name(const struct credit_rule *rule, struct arena *arena)
{
	if (!rule)
		return "";
	return arena_printf(arena, "%s@%lld", rule->code, (long long)rule->version);
}

/* need and have in the unit of the code. */
static void quantity_text(enum reason code, int64_t value, struct buf *out)
{
	char text[24];

	switch (code) {
	case REASON_SOURCE_EXPIRED:
	case REASON_SOURCE_TOO_OLD:
		buf_text(out, date_format(value, text));
		return;
	case REASON_LEVEL_LOW:
	case REASON_N_OF_M_SHORT:
		buf_printf(out, "%lld", (long long)value);
		return;
	default:
		buf_text(out, centi_format(value, text));
	}
}

static bool is_cap(enum reason code)
{
	return code == REASON_CAP_MODULE || code == REASON_CAP_PROGRAMME ||
	       code == REASON_CAP_RULE || code == REASON_CAP_SOURCE;
}

void credit_record_text(const struct credit_record *record, struct buf *out)
{
	char text[24];

	buf_printf(out, "%lld ", (long long)record->line_no);
	if (record->rule)
		buf_printf(out, "%s@%lld", record->rule->code, (long long)record->rule->version);
	else
		buf_char(out, '-');
	buf_printf(out, " %s %s", reason_code(record->code),
		   centi_format(record->granted_centi, text));
	if (record->need != OV_NULL) {
		buf_text(out, " need ");
		quantity_text(record->code, record->need, out);
	}
	if (record->have != OV_NULL) {
		buf_text(out, is_cap(record->code) ? " room " : " have ");
		quantity_text(record->code, record->have, out);
	}
	if (*record->detail)
		buf_printf(out, " (%s)", record->detail);
}

/* As the forms call it. */
static const char *label_of(const char *name)
{
	const struct field *field = field_find(&transfer_rule_fields, name);

	return field ? _(field->label) : !strcmp(name, "sources") ? _("Sources") :
	       !strcmp(name, "targets") ? _("Targets") : name;
}

static int out_of_range(struct error *err, const char *field, int64_t min, int64_t max)
{
	char low[24], high[24];

	snprintf(low, sizeof low, "%lld", (long long)min);
	snprintf(high, sizeof high, "%lld", (long long)max);
	return error_reason(err, REASON_FIELD_RANGE, "label", label_of(field), "field", field,
			    "min", low, "max", high, NULL);
}

static int needed(struct error *err, const char *field)
{
	return error_reason(err, REASON_FIELD_REQUIRED, "label", label_of(field), "field", field, NULL);
}

static bool outside(int64_t value, int64_t min, int64_t max)
{
	return value == OV_NULL || value < min || value > max;
}

static int check_optional(const struct credit_rule *rule, struct error *err)
{
	const struct {
		const char *field;
		int64_t value, min, max;
	} rows[] = {
		{ "min_level", rule->min_level, 1, LEVEL_MAX },
		{ "min_mark", rule->min_mark, 0, MARK_MAX_CENTI },
		{ "min_ratio_bp", rule->min_ratio_bp, 0, RATIO_MAX_BP },
		{ "max_age_years", rule->max_age_years, 0, YEARS_MAX },
		{ "rule_max_centi", rule->rule_max_centi, 0, CREDIT_AMOUNT_MAX },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (rows[i].value != OV_NULL &&
		    outside(rows[i].value, rows[i].min, rows[i].max))
			return out_of_range(err, rows[i].field, rows[i].min, rows[i].max);
	return 0;
}

/* How many different sources a rule can count; a pattern covers any number. */
static int64_t sources_most(const struct credit_rule *rule)
{
	for (size_t i = 0; i < rule->sources.count; i++) {
		size_t len = strlen(rule->sources.item[i]);

		if (len > 0 && rule->sources.item[i][len - 1] == '*')
			return INT32_MAX;
	}
	return (int64_t)rule->sources.count;
}

static int check_kind(const struct credit_rule *rule, struct error *err)
{
	bool courses = rule->kind != RULE_TX && rule->kind != RULE_OA;

	if (courses && !rule->targets.count)
		return needed(err, "targets");
	if (rule->kind == RULE_NM && rule->targets.count != 1)
		return out_of_range(err, "targets", 1, 1);
	if (!courses && !rule->module)
		return needed(err, "target_module");
	if (rule->kind == RULE_TX && outside(rule->amount_centi, 1, CREDIT_AMOUNT_MAX))
		return out_of_range(err, "amount_centi", 1, CREDIT_AMOUNT_MAX);
	if (rule->kind == RULE_NM &&
	    outside(rule->need_count, 1, sources_most(rule)))
		return out_of_range(err, "need_count", 1, sources_most(rule));
	if (rule->kind != RULE_OA)
		return 0;
	if (outside(rule->hours_per_credit, 1, CREDIT_AMOUNT_MAX))
		return out_of_range(err, "hours_per_credit", 1, CREDIT_AMOUNT_MAX);
	if (outside(rule->step_centi, 1, CREDIT_AMOUNT_MAX))
		return out_of_range(err, "step_centi", 1, CREDIT_AMOUNT_MAX);
	return 0;
}

int credit_rule_check(const struct credit_rule *rule, struct error *err)
{
	if (!rule->code || !*rule->code)
		return needed(err, "rule_code");
	if (outside(rule->version, 1, INT32_MAX))
		return out_of_range(err, "version", 1, INT32_MAX);
	if (rule->source_class < 0 || rule->source_class >= CREDIT_CLASSES)
		return needed(err, "source_class");
	if (!rule->sources.count)
		return needed(err, "sources");
	if (rule->effective_from == OV_NULL)
		return needed(err, "effective_from");
	if (rule->effective_to != OV_NULL && rule->effective_to <= rule->effective_from)
		return error_reason(err, REASON_FIELD_DATES, "label", label_of("effective_to"),
				    "other", label_of("effective_from"), "field", "effective_to", NULL);
	if (check_optional(rule, err) < 0)
		return err->code;
	return check_kind(rule, err);
}
