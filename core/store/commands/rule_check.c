#include "core/store/commands/rule_check.h"

#include <string.h>

#include "core/base/buf.h"

/* --- sources --- */

static bool matches(const char *pattern, const char *code)
{
	const size_t len = strlen(pattern);

	return len && pattern[len - 1] == '*' ? !strncmp(pattern, code, len - 1) :
						!strcmp(pattern, code);
}

/* A course from elsewhere or an open course is in no catalogue of ours. */
static int sources_check(struct tx *tx, const struct credit_rule *rule, struct error *err)
{
	struct record_list types;

	if (rule->kind == RULE_CC || rule->kind == RULE_OA)
		return 0;
	if (tx_find_all(tx, KIND_CERTIFICATE_TYPE, NULL, 0, 0, &types, err) < 0)
		return err->code;
	for (size_t i = 0; i < rule->sources.count; i++) {
		bool known = false;

		for (size_t k = 0; k < types.count && !known; k++)
			known = matches(rule->sources.item[i],
					((struct certificate_type *)types.items[k])->code);
		if (!known)
			return error_reason(err, REASON_RULE_SOURCE, "field", "sources", "source",
					    rule->sources.item[i], NULL);
	}
	return 0;
}

/* --- targets --- */

/* Has some curriculum of the programme this module or (CODE is a course's) course? */
static int curriculum_has(struct tx *tx, int64_t programme_id, const char *module,
			  const char *course, bool *has, struct error *err)
{
	const struct filter of_programme[] = { FILTER_INT("programme_id", programme_id) };
	struct record_list plans, rows;

	if (tx_find_all(tx, KIND_CURRICULUM, of_programme, 1, 0, &plans, err) < 0)
		return err->code;
	for (size_t i = 0; i < plans.count && !*has; i++) {
		const struct filter of_plan[] = {
			FILTER_INT("curriculum_id", ((struct curriculum *)plans.items[i])->id),
		};

		if (tx_find_all(tx, module ? KIND_CURRICULUM_MODULE : KIND_CURRICULUM_COURSE,
				of_plan, 1, 0, &rows, err) < 0)
			return err->code;
		for (size_t k = 0; k < rows.count && !*has; k++) {
			struct course *found;

			if (module) {
				*has = !strcmp(((struct curriculum_module *)rows.items[k])->code,
					       module);
				continue;
			}
			if (tx_get(tx, KIND_COURSE,
				   ((struct curriculum_course *)rows.items[k])->course_id,
				   (void **)&found, err) < 0)
				return err->code;
			*has = !strcmp(found->code, course);
		}
	}
	return 0;
}

static int target_check(struct tx *tx, const struct record_list *programmes, const char *module,
			const char *course, struct error *err)
{
	bool has = false;

	for (size_t i = 0; i < programmes->count && !has; i++)
		if (curriculum_has(tx, ((struct rule_programme *)programmes->items[i])->programme_id,
				   module, course, &has, err) < 0)
			return err->code;
	return has ? 0 : error_reason(err, REASON_RULE_TARGET, "field",
				      module ? "target_module" : "targets", "target",
				      module ? module : course, NULL);
}

static int targets_check(struct tx *tx, const struct credit_rule *rule,
			 const struct record_list *programmes, struct error *err)
{
	if (rule->module && (rule->kind == RULE_TX || rule->kind == RULE_OA))
		return target_check(tx, programmes, rule->module, NULL, err);
	for (size_t i = 0; i < rule->targets.count; i++)
		if (target_check(tx, programmes, NULL, rule->targets.item[i], err) < 0)
			return err->code;
	return 0;
}

/* --- circles --- */

struct circle {
	struct tx *tx;
	struct credit_rule *rules; /* CC, not retired, of the same programmes */
	size_t count;
	bool *passed;
	const char **way; /* courses from a target of the new rule on */
	size_t depth;
};

static int rules_add(struct circle *circle, int64_t programme_id, int64_t own, struct error *err)
{
	const struct filter of_programme[] = { FILTER_INT("programme_id", programme_id) };
	struct record_list list;
	struct credit_rule *rules;

	if (tx_find_all(circle->tx, KIND_RULE_PROGRAMME, of_programme, 1, 0, &list, err) < 0)
		return err->code;
	rules = arena_array(circle->tx->arena, circle->count + list.count, sizeof *rules);
	if (circle->count)
		memcpy(rules, circle->rules, circle->count * sizeof *rules);
	circle->rules = rules;
	for (size_t i = 0; i < list.count; i++) {
		const int64_t id = ((struct rule_programme *)list.items[i])->rule_id;
		struct transfer_rule *record;
		struct rule_case other;

		if (tx_get(circle->tx, KIND_TRANSFER_RULE, id, (void **)&record, err) < 0)
			return err->code;
		if (id == own || record->kind != RULE_CC || record->state == RULE_RETIRED)
			continue;
		if (rule_case_load(circle->tx, id, &other, err) < 0)
			return err->code;
		circle->rules[circle->count++] = other.rule;
	}
	return 0;
}

/* Does a way lead from the course to a source of the rule? */
static bool leads_back(struct circle *circle, const struct credit_rule *rule, const char *course)
{
	circle->way[circle->depth++] = course;
	if (credit_rule_covers(rule, course))
		return true;
	for (size_t i = 0; i < circle->count; i++) {
		const struct credit_rule *next = &circle->rules[i];

		if (circle->passed[i] || !credit_rule_covers(next, course))
			continue;
		circle->passed[i] = true;
		for (size_t t = 0; t < next->targets.count; t++)
			if (leads_back(circle, rule, next->targets.item[t]))
				return true;
	}
	circle->depth--;
	return false;
}

static int circle_refuse(const struct circle *circle, struct error *err)
{
	struct buf text = BUF_INIT;
	int rc;

	for (size_t i = 0; i < circle->depth && i < 8; i++)
		buf_printf(&text, "%s → ", circle->way[i]);
	buf_text(&text, circle->way[0]);
	rc = error_reason(err, REASON_RULE_CIRCLE, "field", "sources", "way", buf_cstr(&text), NULL);
	buf_release(&text);
	return rc;
}

static int circle_check(struct tx *tx, const struct credit_rule *rule,
			const struct record_list *programmes, struct error *err)
{
	struct circle circle = { .tx = tx };

	if (rule->kind != RULE_CC)
		return 0;
	for (size_t i = 0; i < programmes->count; i++)
		if (rules_add(&circle, ((struct rule_programme *)programmes->items[i])->programme_id,
			      rule->id, err) < 0)
			return err->code;
	circle.passed = arena_array(tx->arena, circle.count + 1, sizeof *circle.passed);
	circle.way = arena_array(tx->arena, circle.count + 2, sizeof *circle.way);
	for (size_t t = 0; t < rule->targets.count; t++)
		if (leads_back(&circle, rule, rule->targets.item[t]))
			return circle_refuse(&circle, err);
	return 0;
}

int rule_case_check(struct tx *tx, const struct rule_case *rule, struct error *err)
{
	const struct filter of_rule[] = { FILTER_INT("rule_id", rule->rule.id) };
	struct record_list programmes;

	if (tx_find_all(tx, KIND_RULE_PROGRAMME, of_rule, 1, 0, &programmes, err) < 0 ||
	    sources_check(tx, &rule->rule, err) < 0 ||
	    targets_check(tx, &rule->rule, &programmes, err) < 0)
		return err->code;
	return circle_check(tx, &rule->rule, &programmes, err);
}
