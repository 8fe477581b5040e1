/* Combinations (NM) and open courses (OA): lines are counted first, rules are
 * settled after the last line. DOMAIN.md 5.2 step 4. */
#include "core/rules/credit_run.h"

#include "core/model/field.h"

#include <string.h>

void credit_line_count(struct credit_run *run, size_t line, const struct credit_rule *rule)
{
	const struct credit_line *in = &run->input->lines[line];
	struct credit_record *record = credit_record_add(run, in->line_no, rule, REASON_COUNTED);
	char text[24];

	run->counted[line] = rule;
	if (rule->kind != RULE_OA)
		return;
	if (in->hours != OV_NULL && rule->hours_per_credit > 0)
		run->counted_centi[line] = in->hours * 100 / rule->hours_per_credit;
	record->have = run->counted_centi[line];
	record->detail = arena_strdup(run->arena, centi_format(run->counted_centi[line], text));
	/* Its hours are in the pool now, whatever is paid out of it. */
	run->result->lines[line].spent = true;
	credit_entry_add(run, &(struct credit_entry){
		.kind = CREDIT_POOL_IN, .line_no = in->line_no, .rule = rule,
		.module = rule->module, .source_class = rule->source_class,
		.amount_centi = run->counted_centi[line] });
}

static bool same_source_before(const struct credit_run *run, const struct credit_rule *rule,
			       size_t line)
{
	for (size_t i = 0; i < line; i++)
		if (run->counted[i] == rule &&
		    !strcmp(run->input->lines[i].source, run->input->lines[line].source))
			return true;
	return false;
}

static void settle_combination(struct credit_run *run, const struct credit_rule *rule,
			       int64_t line_no)
{
	struct credit_record *record;
	int64_t have_count = 0, need, have;
	const char *course;
	enum reason code;

	for (size_t i = 0; i < run->input->line_count; i++)
		have_count += run->counted[i] == rule && !same_source_before(run, rule, i);
	if (have_count < rule->need_count || rule->targets.count == 0) {
		record = credit_record_add(run, line_no, rule, REASON_N_OF_M_SHORT);
		record->need = rule->need_count;
		record->have = have_count;
		record->detail = arena_printf(run->arena, "%lld of %lld", (long long)have_count,
					      (long long)rule->need_count);
		return;
	}
	course = rule->targets.item[0];
	code = credit_target(run, line_no, rule, rule->source_class, course, OV_NULL, &need, &have);
	record = credit_record_add(run, line_no, rule, code == REASON_OK ? REASON_GR_FULL : code);
	record->need = need;
	record->have = have;
	record->detail = arena_printf(run->arena, "%lld of %lld, %s%s%s", (long long)have_count,
		(long long)rule->need_count, course, code == REASON_OK ? "" : ":",
		code == REASON_OK ? "" : reason_code(code));
	if (code != REASON_OK)
		return;
	record->granted_centi = record->have = need;
	for (size_t i = 0; i < run->input->line_count; i++)
		if (run->counted[i] == rule)
			run->result->lines[i].spent = true;
}

static bool module_in_plan(const struct credit_run *run, const char *module)
{
	for (size_t i = 0; module && i < run->input->module_count; i++)
		if (!strcmp(run->input->modules[i].code, module))
			return true;
	return false;
}

static int64_t whole_steps(int64_t centi, int64_t step)
{
	return step > 0 ? centi / step * step : 0;
}

static void pool_detail(struct credit_run *run, struct credit_record *record, int64_t pool,
			int64_t paid)
{
	char a[24], b[24], c[24];

	record->detail = arena_printf(run->arena, "pool %s, paid %s, left %s",
		centi_format(pool, a), centi_format(paid, b), centi_format(pool - paid, c));
}

static void settle_pool(struct credit_run *run, const struct credit_rule *rule, int64_t line_no)
{
	struct credit_record *record = credit_record_add(run, line_no, rule, REASON_GR_FULL);
	struct credit_room room = credit_room_now(run, rule->source_class, rule->module, rule);
	int64_t pool = run->pool, payable, paid;

	for (size_t i = 0; i < run->input->line_count; i++)
		if (run->counted[i] == rule)
			pool += run->counted_centi[i];
	payable = whole_steps(pool, rule->step_centi);
	paid = whole_steps(room.centi, rule->step_centi);
	if (paid > payable)
		paid = payable;
	record->need = payable;
	record->have = room.centi;
	if (payable == 0) {
		record->code = REASON_POOL_SHORT;
		record->need = rule->step_centi;
		record->have = pool;
	} else if (!module_in_plan(run, rule->module)) {
		record->code = REASON_TARGET_NOT_IN_PLAN;
		paid = 0;
	} else if (paid == 0) {
		record->code = room.code;
	} else if (paid < payable) {
		record->code = REASON_GR_PARTIAL;
	}
	record->granted_centi = paid;
	if (paid > 0)
		record->have = paid;
	pool_detail(run, record, pool, paid);
	run->pool = pool - paid;
	if (paid == 0)
		return;
	credit_entry_add(run, &(struct credit_entry){
		.kind = CREDIT_POOL_OUT, .line_no = line_no, .rule = rule, .module = rule->module,
		.source_class = rule->source_class, .amount_centi = -paid });
	credit_pay(run, line_no, rule, rule->source_class, rule->module, NULL, paid);
}

/* NM before OA, then by rule code and version. */
static int settle_order(const struct credit_rule *x, const struct credit_rule *y)
{
	if (x->kind != y->kind)
		return x->kind == RULE_NM ? -1 : 1;
	return credit_rule_order(x, y);
}

/* The counted rule that is settled after AFTER (NULL: the first), with the
 * last of its lines; NULL when there is none. */
static const struct credit_rule *settle_next(const struct credit_run *run,
					     const struct credit_rule *after, size_t *line)
{
	const struct credit_rule *next = NULL;

	for (size_t i = 0; i < run->input->line_count; i++) {
		const struct credit_rule *rule = run->counted[i];

		if (!rule || (after && settle_order(rule, after) <= 0))
			continue;
		if (next && settle_order(rule, next) > 0)
			continue;
		next = rule;
		*line = i;
	}
	return next;
}

void credit_settle(struct credit_run *run)
{
	const struct credit_rule *rule = NULL;
	size_t line = 0;

	while ((rule = settle_next(run, rule, &line)) != NULL) {
		int64_t line_no = run->input->lines[line].line_no;

		if (rule->kind == RULE_NM)
			settle_combination(run, rule, line_no);
		else
			settle_pool(run, rule, line_no);
	}
}
