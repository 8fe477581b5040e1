/* What can be taken up on a way: sources that are held, certificates to be
 * earned, combinations and open courses, as groups of which one option each
 * is chosen. They stand in the order in which the claim lists them and
 * credit_calculate() settles them. */
#include "core/rules/route_run.h"

#include <stdlib.h>
#include <string.h>

static int course_index(const struct route_run *run, const char *code)
{
	const struct credit_input *credit = &run->input->credit;

	for (size_t i = 0; i < credit->course_count; i++)
		if (!strcmp(credit->courses[i].code, code))
			return (int)i;
	return -1;
}

static int module_index(const struct route_run *run, const char *code)
{
	const struct credit_input *credit = &run->input->credit;

	for (size_t i = 0; code && i < credit->module_count; i++)
		if (!strcmp(credit->modules[i].code, code))
			return (int)i;
	return -1;
}

static bool course_done(const struct route_run *run, int course)
{
	const struct credit_input *credit = &run->input->credit;

	for (size_t i = 0; i < credit->done.count; i++)
		if (!strcmp(credit->done.item[i], credit->courses[course].code))
			return true;
	return false;
}

static bool is_waiting(const struct route_run *run, size_t line)
{
	return line < run->held_count && run->input->waiting && run->input->waiting[line];
}

static bool is_proving(const struct route_run *run, size_t line)
{
	const struct route_type *type = run->line_types[line];

	if (type)
		return type->category == CERT_VQ || type->category == CERT_PS;
	return line < run->held_count && run->input->proving && run->input->proving[line];
}

static bool ratio_holds(const struct credit_rule *rule, const struct credit_line *line,
			int64_t target_centi)
{
	int64_t ratio = rule->min_ratio_bp == OV_NULL ? 8000 : rule->min_ratio_bp;
	int64_t have = line->credit_centi == OV_NULL ? 0 : line->credit_centi;

	return rule->kind != RULE_CC || have * 10000 >= target_centi * ratio;
}

/* What a single line pays by its rule; false when it can pay nothing. */
static bool option_fill(struct route_run *run, struct route_option *option,
			const struct credit_rule *rule, const struct credit_line *line)
{
	const struct credit_input *credit = &run->input->credit;

	*option = (struct route_option){ .rule = rule, .module = -1,
					 .source_class = rule->source_class };
	if (rule->kind == RULE_TX) {
		option->pay = PAY_AMOUNT;
		option->module = module_index(run, rule->module);
		option->amount_centi = rule->amount_centi;
		return rule->amount_centi > 0;
	}
	option->pay = PAY_COURSES;
	option->courses = arena_array(run->arena, rule->targets.count, sizeof *option->courses);
	for (size_t i = 0; i < rule->targets.count; i++) {
		int course = course_index(run, rule->targets.item[i]);

		if (course >= 0 && !course_done(run, course) &&
		    (!line || ratio_holds(rule, line, credit->courses[course].credit_centi)))
			option->courses[option->course_count++] = course;
		if (rule->kind == RULE_NM)
			break;
	}
	return option->course_count > 0;
}

static int64_t option_gain(const struct route_run *run, const struct route_option *option)
{
	int64_t sum = option->pay == PAY_AMOUNT || option->pay == PAY_STEPS ?
		      option->amount_centi : 0;

	for (size_t i = 0; i < option->course_count; i++)
		sum += run->input->credit.courses[option->courses[i]].credit_centi;
	return sum;
}

static struct route_group *group_add(struct route_run *run, size_t room)
{
	struct route_group *group;

	if (run->group_count == run->group_room) {
		size_t more = run->group_room ? run->group_room * 2 : 16;
		struct route_group *bigger = arena_array(run->arena, more, sizeof *bigger);

		if (run->group_count)
			memcpy(bigger, run->groups, run->group_count * sizeof *bigger);
		run->groups = bigger;
		run->group_room = more;
	}
	group = &run->groups[run->group_count++];
	*group = (struct route_group){ .options = arena_array(run->arena, room,
							      sizeof *group->options) };
	return group;
}

static struct route_option nothing(void)
{
	return (struct route_option){ .pay = PAY_NOTHING, .module = -1 };
}

static void option_line(struct route_run *run, struct route_option *option, size_t line)
{
	option->lines = arena_array(run->arena, 1, sizeof *option->lines);
	option->lines[0] = line;
	option->line_count = 1;
	option->proves = is_proving(run, line);
}

/* Held sources that pay by themselves; those in an open claim come first and
 * are not a matter of choice. */
static void held_groups(struct route_run *run, const struct credit_line_result *chosen,
			bool waiting)
{
	for (size_t i = 0; i < run->held_count; i++) {
		const struct credit_rule *rule = chosen[i].rule;
		struct route_option option;
		struct route_group *group;

		if (is_waiting(run, i) != waiting || !rule || rule->kind == RULE_NM ||
		    rule->kind == RULE_OA || !option_fill(run, &option, rule, &run->lines[i]))
			continue;
		option_line(run, &option, i);
		option.steps = waiting ? 0 : 1;
		group = group_add(run, 2);
		if (!waiting)
			group->options[group->count++] = nothing();
		group->options[group->count++] = option;
	}
}

/* --- certificates that could be earned --- */

struct choice {
	struct route_option option;
	int64_t gain;
	size_t line;
};

static int by_gain(const void *a, const void *b)
{
	const struct choice *x = a, *y = b;

	if (x->gain != y->gain)
		return x->gain > y->gain ? -1 : 1;
	if (x->option.proves != y->option.proves)
		return x->option.proves ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

/* A type of several levels may be wanted for another one than this. */
static bool only_level(const struct route_run *run, size_t line)
{
	const struct route_type *type = run->line_types[line];

	return (line == run->held_count || run->line_types[line - 1] != type) &&
	       (line + 1 == run->line_count || run->line_types[line + 1] != type);
}

/* Is the second one never taken beside or instead of the first? */
static bool same_worth(const struct route_run *run, const struct choice *first,
		       const struct choice *second)
{
	const struct route_option *a = &first->option, *b = &second->option;

	return (only_level(run, first->line) ||
		run->line_types[first->line] == run->line_types[second->line]) &&
	       a->pay == PAY_COURSES && b->pay == PAY_COURSES &&
	       a->source_class == b->source_class && a->course_count == b->course_count &&
	       !memcmp(a->courses, b->courses, a->course_count * sizeof *a->courses);
}

static size_t choices_collect(struct route_run *run, const struct credit_line_result *chosen,
			      struct choice *choices)
{
	size_t count = 0, kept = 0;

	for (size_t i = run->held_count; i < run->line_count; i++) {
		const struct credit_rule *rule = chosen[i].rule;
		struct choice *choice = &choices[count];

		if (!rule || rule->kind == RULE_NM || rule->kind == RULE_OA ||
		    !option_fill(run, &choice->option, rule, NULL))
			continue;
		option_line(run, &choice->option, i);
		choice->option.steps = choice->option.fresh = 1;
		choice->gain = option_gain(run, &choice->option);
		choice->line = i;
		count++;
	}
	if (count)
		qsort(choices, count, sizeof *choices, by_gain);
	for (size_t i = 0; i < count; i++) {
		bool seen = false;

		for (size_t k = 0; k < kept && !seen; k++)
			seen = same_worth(run, &choices[k], &choices[i]);
		if (!seen)
			choices[kept++] = choices[i];
	}
	return kept;
}

/* One group for each type, with an option for each of its rules that are kept. */
static void earned_groups(struct route_run *run, const struct credit_line_result *chosen)
{
	struct choice *choices = arena_array(run->arena, run->line_count - run->held_count + 1,
					     sizeof *choices);
	size_t count = choices_collect(run, chosen, choices);

	run->cut = count > ROUTE_CHOICES;
	if (run->cut)
		count = ROUTE_CHOICES;
	for (size_t i = 0; i < count; i++) {
		const struct route_type *type = run->line_types[choices[i].line];
		struct route_group *group;
		bool first = true;

		for (size_t k = 0; k < i && first; k++)
			first = run->line_types[choices[k].line] != type;
		if (!first)
			continue;
		group = group_add(run, count - i + 1);
		group->fresh = true;
		group->options[group->count++] = nothing();
		for (size_t k = i; k < count; k++)
			if (run->line_types[choices[k].line] == type)
				group->options[group->count++] = choices[k].option;
	}
}

/* --- combinations and open courses --- */

static bool held_before(const struct route_run *run, const size_t *lines, size_t count,
			const char *source)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(run->lines[lines[i]].source, source))
			return true;
	return false;
}

static size_t line_new(struct route_run *run, const char *source, int64_t mark, int64_t hours)
{
	const struct route_type *type = NULL;

	for (size_t i = 0; i < run->input->type_count && !type; i++)
		if (!strcmp(run->input->types[i].code, source))
			type = &run->input->types[i];
	return route_line_add(run, type, &(struct credit_line){
		.source = source, .level = OV_NULL, .mark = mark, .hours = hours });
}

/* Held lines that count for the rule, those in open claims first. */
static size_t counted_lines(const struct route_run *run, const struct credit_line_result *chosen,
			    const struct credit_rule *rule, size_t *lines, size_t *waiting)
{
	size_t count = 0;

	*waiting = 0;
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < run->held_count; i++)
			if (chosen[i].rule == rule && is_waiting(run, i) == (pass == 0)) {
				lines[count++] = i;
				*waiting += pass == 0;
			}
	return count;
}

static void combination_group(struct route_run *run, const struct credit_line_result *chosen,
			      const struct credit_rule *rule)
{
	const size_t need = (size_t)rule->need_count;
	size_t *held = arena_array(run->arena, run->held_count + 1, sizeof *held);
	size_t *lines = arena_array(run->arena, run->held_count + need + 1, sizeof *lines);
	size_t waiting, count, have = 0, used = 0;
	struct route_option option;
	struct route_group *group;

	count = counted_lines(run, chosen, rule, held, &waiting);
	if (!option_fill(run, &option, rule, NULL))
		return;
	for (size_t i = 0; i < count; i++) {
		if (i >= waiting && (have >= need ||
				     held_before(run, lines, used, run->lines[held[i]].source)))
			continue;
		have += !held_before(run, lines, used, run->lines[held[i]].source);
		option.steps += i >= waiting;
		lines[used++] = held[i];
	}
	for (size_t i = 0; i < rule->sources.count && have < need; i++) {
		if (strchr(rule->sources.item[i], '*') ||
		    held_before(run, lines, used, rule->sources.item[i]))
			continue;
		lines[used++] = line_new(run, rule->sources.item[i], rule->min_mark, OV_NULL);
		have++;
		option.steps++;
		option.fresh++;
	}
	if (have < need)
		return;
	option.lines = lines;
	option.line_count = used;
	for (size_t i = 0; i < used; i++)
		option.proves = option.proves || is_proving(run, lines[i]);
	group = group_add(run, 2);
	group->fresh = option.fresh > 0;
	if (option.steps)
		group->options[group->count++] = nothing();
	if (group->count && waiting) {
		group->options[0].lines = lines;
		group->options[0].line_count = waiting;
	}
	group->options[group->count++] = option;
}

static int64_t whole_steps(int64_t centi, int64_t step)
{
	return centi / step * step;
}

static int64_t paid_by(const struct route_run *run, const struct credit_rule *rule)
{
	const struct credit_input *credit = &run->input->credit;

	for (size_t i = 0; i < credit->paid_count; i++)
		if (!strcmp(credit->paid[i].rule_code, rule->code))
			return credit->paid[i].centi;
	return 0;
}

static int64_t line_hours_centi(const struct route_run *run, size_t line,
				const struct credit_rule *rule)
{
	return run->lines[line].hours == OV_NULL ? 0 :
	       run->lines[line].hours * 100 / rule->hours_per_credit;
}

/* The option to claim COUNT held lines and so many hours more. */
static struct route_option pool_option(struct route_run *run, const struct credit_rule *rule,
				       const size_t *held, size_t waiting, size_t count,
				       int64_t fresh_centi)
{
	int64_t hours = fresh_centi > 0 ? (fresh_centi * rule->hours_per_credit + 99) / 100 : 0;
	struct route_option option = {
		.rule = rule, .pay = PAY_STEPS, .module = module_index(run, rule->module),
		.source_class = rule->source_class,
		.study_centi = hours * 100 / rule->hours_per_credit,
		.paid_centi = paid_by(run, rule), .steps = (int64_t)(count - waiting) + (fresh_centi > 0), .fresh = fresh_centi > 0,
		.lines = arena_array(run->arena, count + 1, sizeof *option.lines),
		.line_count = count,
	};

	for (size_t i = 0; i < count; i++) {
		option.lines[i] = held[i];
		option.amount_centi += line_hours_centi(run, held[i], rule);
	}
	if (fresh_centi > 0) {
		option.lines[option.line_count++] =
			line_new(run, rule->sources.item[0], rule->min_mark, hours);
		option.amount_centi += option.study_centi;
	}
	return option;
}

static void pool_group(struct route_run *run, const struct credit_line_result *chosen,
		       const struct credit_rule *rule)
{
	size_t *held = arena_array(run->arena, run->held_count + 1, sizeof *held);
	size_t waiting, count = counted_lines(run, chosen, rule, held, &waiting);
	int64_t room, have = run->input->credit.pool_centi, first, step = rule->step_centi;
	enum reason binds;
	struct route_group *group;

	if (step <= 0 || rule->hours_per_credit <= 0 || module_index(run, rule->module) < 0 ||
	    rule->sources.count == 0)
		return;
	room = credit_room_before(&run->input->credit, rule->source_class, rule->module, rule,
				  &binds);
	if (rule->rule_max_centi == OV_NULL && room > 10 * step)
		room = 10 * step; /* without a ceiling: as much as anybody plans for */
	for (size_t i = 0; i < count; i++)
		have += line_hours_centi(run, held[i], rule);
	first = whole_steps(have, step);
	room = whole_steps(room, step);
	group = group_add(run, 3 + (size_t)(room > first ? (room - first) / step : 0));
	group->options[group->count++] = waiting ?
		pool_option(run, rule, held, waiting, waiting, 0) : nothing();
	if (count > waiting)
		group->options[group->count++] = pool_option(run, rule, held, waiting, count, 0);
	for (int64_t target = first + step; target <= room; target += step)
		group->options[group->count++] =
			pool_option(run, rule, held, waiting, count, target - have);
	if (group->count == 1 && !waiting)
		run->group_count--;
	group->fresh = count == waiting;
}

/* Rules that are settled after the lines: NM before OA, by code and version. */
static int rule_order(const void *a, const void *b)
{
	const struct credit_rule *x = *(const void *const *)a, *y = *(const void *const *)b;
	int by_code = strcmp(x->code, y->code);

	if (x->kind != y->kind)
		return x->kind == RULE_NM ? -1 : 1;
	return by_code ? by_code : (int)(x->version - y->version);
}

static void settled_groups(struct route_run *run, const struct credit_line_result *chosen)
{
	const struct credit_input *credit = &run->input->credit;
	const struct credit_rule **rules = arena_array(run->arena, credit->rule_count,
						       sizeof *rules);
	size_t count = 0;

	for (size_t i = 0; i < credit->rule_count; i++)
		if ((credit->rules[i].kind == RULE_NM || credit->rules[i].kind == RULE_OA) &&
		    credit_rule_usable(&credit->rules[i], credit->submitted_on))
			rules[count++] = &credit->rules[i];
	if (count)
		qsort(rules, count, sizeof *rules, rule_order);
	if (count > ROUTE_CHOICES) {
		run->cut = true;
		count = ROUTE_CHOICES;
	}
	for (size_t i = 0; i < count; i++) {
		if (rules[i]->kind == RULE_NM)
			combination_group(run, chosen, rules[i]);
		else if (paid_by(run, rules[i]) < CREDIT_AMOUNT_MAX)
			pool_group(run, chosen, rules[i]);
	}
}

/* What a group saves at most, against studying courses instead. An amount in a
 * module may have to be made up by courses of two modules, hence the slack. */
static void saves_fill(struct route_run *run)
{
	for (size_t g = 0; g < run->group_count; g++) {
		struct route_group *group = &run->groups[g];

		for (size_t o = 0; o < group->count; o++) {
			const struct route_option *option = &group->options[o];
			int64_t gain = option_gain(run, option);
			int64_t steps = (int64_t)option->course_count, study = gain;

			if (option->pay == PAY_AMOUNT || option->pay == PAY_STEPS) {
				if (option->pay == PAY_STEPS)
					gain += run->input->credit.pool_centi;
				steps = (gain + run->course_min - 1) / run->course_min + 1;
				study = gain + 2 * run->course_max;
			}
			steps += option->proves && run->needs_proof;
			if (steps - option->steps > group->save_steps)
				group->save_steps = steps - option->steps;
			if (study - option->study_centi > group->save_study)
				group->save_study = study - option->study_centi;
		}
	}
}

void route_groups_build(struct route_run *run)
{
	struct credit_line_result *chosen = arena_array(run->arena, run->line_count + 1,
							sizeof *chosen);
	struct credit_input input = run->input->credit;

	input.lines = run->lines;
	input.line_count = run->line_count;
	credit_rules_choose(&input, run->arena, chosen);
	held_groups(run, chosen, true);
	held_groups(run, chosen, false);
	earned_groups(run, chosen);
	settled_groups(run, chosen);
	saves_fill(run);
}
