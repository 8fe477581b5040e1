/* Which courses of the curriculum bring what is still missing: the fewest of
 * them, or the fewest credits. Both answers come from one table over all sums
 * that courses can make, module by module, in units that all credits share. */
#include "core/rules/route_run.h"

#include <string.h>

/* A cost is unmet hundredths, then courses: compared as one number. */
enum { COUNT_BITS = 20, CELLS_MAX = 4096 };
#define COST_NONE INT64_MAX

static int64_t gcd(int64_t a, int64_t b)
{
	while (b) {
		int64_t rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

void route_courses_init(struct route_run *run)
{
	const struct credit_input *credit = &run->input->credit;
	int64_t sum = 0, unit = 0;

	run->course_min = CREDIT_AMOUNT_MAX;
	for (size_t i = 0; i < credit->course_count; i++) {
		int64_t centi = credit->courses[i].credit_centi;

		sum += centi;
		unit = gcd(unit, centi);
		if (centi > run->course_max)
			run->course_max = centi;
		if (centi < run->course_min)
			run->course_min = centi;
	}
	if (unit == 0)
		unit = 1;
	if (sum / unit > CELLS_MAX) {
		/* Credits are rounded down: what is found is enough, perhaps not least. */
		unit = (sum + CELLS_MAX - 1) / CELLS_MAX;
		run->rounded = true;
	}
	run->unit = unit;
	run->cells = (size_t)(sum / unit) + 1;
	run->table = arena_array(run->arena, run->cells, sizeof *run->table);
	run->next = arena_array(run->arena, run->cells, sizeof *run->next);
	run->module_table = arena_array(run->arena, run->cells, sizeof *run->module_table);
}

static bool course_counts(const struct route_run *run, const struct route_state *state, size_t i,
			  int module)
{
	return !state->done[i] && run->course_module[i] == module;
}

/* Fewest courses of one module for each sum; *most gets the greatest sum. */
static void module_fill(const struct route_run *run, const struct route_state *state, int module,
			int64_t *table, size_t *most)
{
	const struct credit_input *credit = &run->input->credit;

	*most = 0;
	table[0] = 0;
	for (size_t i = 0; i < credit->course_count; i++) {
		size_t cells = (size_t)(credit->courses[i].credit_centi / run->unit);

		if (!course_counts(run, state, i, module))
			continue;
		for (size_t s = *most + 1; s <= *most + cells; s++)
			table[s] = COST_NONE;
		*most += cells;
		for (size_t s = *most; s >= cells && s > 0; s--)
			if (table[s - cells] != COST_NONE && table[s - cells] + 1 < table[s])
				table[s] = table[s - cells] + 1;
	}
}

static int64_t module_lack(const struct route_run *run, const struct route_state *state, int module)
{
	const struct grad_module *m = &run->input->graduation.modules[module];
	int64_t lack = m->min_centi - m->counted_centi - state->gained[module];

	return lack > 0 ? lack : 0;
}

static int64_t total_lack(const struct route_run *run, const struct route_state *state)
{
	const struct grad_input *check = &run->input->graduation;
	int64_t lack = check->min_total_centi - check->counted_centi - state->gained_total;

	return lack > 0 ? lack : 0;
}

static int64_t cost_of(const struct route_run *run, int64_t lack, size_t cells, int64_t count)
{
	int64_t unmet = lack - (int64_t)cells * run->unit;

	return (unmet > 0 ? unmet << COUNT_BITS : 0) + count;
}

/* TO[s] = the least cost of modules so far and this one that sums to s. */
static size_t module_join(const struct route_run *run, const struct route_state *state, int module,
			  const int64_t *from, size_t from_most, int64_t *table, int64_t *to)
{
	int64_t lack = module < 0 ? 0 : module_lack(run, state, module);
	size_t most;

	module_fill(run, state, module, table, &most);
	for (size_t s = 0; s <= from_most + most; s++)
		to[s] = COST_NONE;
	for (size_t x = 0; x <= most; x++) {
		int64_t cost;

		if (table[x] == COST_NONE)
			continue;
		cost = cost_of(run, lack, x, table[x]);
		for (size_t s = 0; s <= from_most; s++)
			if (from[s] != COST_NONE && from[s] + cost < to[s + x])
				to[s + x] = from[s] + cost;
	}
	return from_most + most;
}

/* The best sum of the whole table. */
static size_t sum_best(const struct route_run *run, const struct route_state *state,
		       const int64_t *table, size_t most, bool by_study)
{
	int64_t lack = total_lack(run, state), best_cost = COST_NONE;
	size_t best = 0;

	for (size_t s = 0; s <= most; s++) {
		int64_t cost;
		bool better;

		if (table[s] == COST_NONE)
			continue;
		cost = table[s] + cost_of(run, lack, s, 0);
		better = by_study ? cost >> COUNT_BITS < best_cost >> COUNT_BITS : cost < best_cost;
		if (better) {
			best_cost = cost;
			best = s;
		}
	}
	return best;
}

struct route_courses route_courses_best(struct route_run *run, const struct route_state *state,
					bool by_study)
{
	int64_t *from = run->table, *to = run->next, cost;
	size_t most = 0, best;

	from[0] = 0;
	for (int m = -1; m < (int)run->input->graduation.module_count; m++) {
		int64_t *swap = from;

		most = module_join(run, state, m, from, most, run->module_table, to);
		from = to;
		to = swap;
	}
	best = sum_best(run, state, from, most, by_study);
	cost = from[best] + cost_of(run, total_lack(run, state), best, 0);
	return (struct route_courses){ cost >> COUNT_BITS, cost & ((1 << COUNT_BITS) - 1),
				       (int64_t)best * run->unit };
}

/* Marks courses of one module that sum to CELLS, COUNT of them: later courses
 * are left out first, so that the first ones of equal worth are taken. */
static void module_pick(const struct route_run *run, const struct route_state *state, int module,
			const size_t *order, size_t cells, int64_t count, bool *taken)
{
	const struct credit_input *credit = &run->input->credit;
	struct arena arena = ARENA_INIT;
	int64_t **stages = arena_array(&arena, credit->course_count + 1, sizeof *stages);

	stages[0] = arena_array(&arena, cells + 1, sizeof **stages);
	for (size_t s = 1; s <= cells; s++)
		stages[0][s] = COST_NONE;
	for (size_t i = 0; i < credit->course_count; i++) {
		size_t c = (size_t)(credit->courses[order[i]].credit_centi / run->unit);
		const int64_t *before = stages[i];

		stages[i + 1] = arena_memdup(&arena, before, (cells + 1) * sizeof **stages);
		if (!course_counts(run, state, order[i], module))
			continue;
		for (size_t s = c; s <= cells; s++)
			if (before[s - c] != COST_NONE && before[s - c] + 1 < stages[i + 1][s])
				stages[i + 1][s] = before[s - c] + 1;
	}
	for (size_t i = credit->course_count; i-- > 0 && count > 0;) {
		size_t c = (size_t)(credit->courses[order[i]].credit_centi / run->unit);

		if (stages[i][cells] == count)
			continue;
		taken[order[i]] = true;
		cells -= c;
		count--;
	}
	arena_release(&arena);
}

/* Compulsory courses before others, each in the curriculum's order. */
static size_t *course_order(const struct route_run *run, struct arena *arena)
{
	const struct route_input *input = run->input;
	size_t *order = arena_array(arena, input->credit.course_count + 1, sizeof *order);
	size_t count = 0;

	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < input->credit.course_count; i++)
			if ((input->required && input->required[i]) == (pass == 0))
				order[count++] = i;
	return order;
}

void route_courses_pick(struct route_run *run, const struct route_state *state, bool by_study,
			bool *taken)
{
	const int modules = (int)run->input->graduation.module_count;
	struct arena arena = ARENA_INIT;
	int64_t **stages = arena_array(&arena, (size_t)modules + 2, sizeof *stages);
	size_t *most = arena_array(&arena, (size_t)modules + 2, sizeof *most), sum;
	const size_t *order = course_order(run, &arena);

	stages[0] = arena_array(&arena, run->cells, sizeof **stages);
	for (int m = -1; m < modules; m++) {
		stages[m + 2] = arena_array(&arena, run->cells, sizeof **stages);
		most[m + 2] = module_join(run, state, m, stages[m + 1], most[m + 1],
					  run->module_table, stages[m + 2]);
	}
	sum = sum_best(run, state, stages[modules + 1], most[modules + 1], by_study);
	for (int m = modules - 1; m >= -1; m--) {
		int64_t lack = m < 0 ? 0 : module_lack(run, state, m);
		size_t width;

		module_fill(run, state, m, run->module_table, &width);
		for (size_t x = 0; x <= width && x <= sum; x++) {
			int64_t from;

			if (run->module_table[x] == COST_NONE || sum - x > most[m + 1])
				continue;
			from = stages[m + 1][sum - x];
			if (from == COST_NONE || from + cost_of(run, lack, x, run->module_table[x]) !=
			    stages[m + 2][sum])
				continue;
			module_pick(run, state, m, order, x, run->module_table[x], taken);
			sum -= x;
			break;
		}
	}
	arena_release(&arena);
}
