/* The search: one option of each group, in order, with the courses that are
 * then still needed; branches that can't be better than the best are cut. */
#include "core/rules/route_run.h"

#include <string.h>

enum { STOP_EVERY = 256 };

/* What a way costs, the first that differs decides. */
struct cost {
	int64_t unmet, a, b, c;
};

struct search {
	struct route_run *run;
	enum route_aim aim;
	struct route_state *states; /* one for each depth */
	int64_t *rest_steps, *rest_study; /* saved at most by this group and all after */
	int *trail, *best_trail;
	struct cost best;
	bool found, stopped, exact;
	int64_t nodes, node_max;
	int64_t unmet_least; /* no way leaves less */
};

void route_state_init(const struct route_run *run, struct route_state *state)
{
	const struct credit_input *credit = &run->input->credit;

	memset(state, 0, sizeof *state);
	state->by_module = arena_array(run->arena, credit->module_count, sizeof *state->by_module);
	state->gained = arena_array(run->arena, run->input->graduation.module_count,
				    sizeof *state->gained);
	state->done = arena_array(run->arena, credit->course_count, sizeof *state->done);
	for (int i = 0; i < CREDIT_CLASSES; i++) {
		state->by_class[i] = credit->transferred_centi[i];
		state->total += credit->transferred_centi[i];
	}
	for (size_t i = 0; i < credit->module_count; i++)
		state->by_module[i] = credit->modules[i].transferred_centi;
	for (size_t i = 0; i < credit->course_count; i++)
		for (size_t k = 0; k < credit->done.count && !state->done[i]; k++)
			state->done[i] = !strcmp(credit->done.item[k], credit->courses[i].code);
	state->pool = credit->pool_centi;
	state->proved = !run->needs_proof || run->proof_waits;
}

static void copy(void *to, const void *from, size_t size)
{
	if (size)
		memcpy(to, from, size);
}

void route_state_copy(const struct route_run *run, struct route_state *to,
		      const struct route_state *from)
{
	const struct credit_input *credit = &run->input->credit;
	struct route_state arrays = *to;

	*to = *from;
	to->by_module = arrays.by_module;
	to->gained = arrays.gained;
	to->done = arrays.done;
	copy(to->by_module, from->by_module, credit->module_count * sizeof *to->by_module);
	copy(to->gained, from->gained,
	     run->input->graduation.module_count * sizeof *to->gained);
	copy(to->done, from->done, credit->course_count * sizeof *to->done);
}

static void least(int64_t *room, int64_t limit, int64_t taken)
{
	int64_t left;

	if (limit == OV_NULL)
		return;
	left = limit > taken ? limit - taken : 0;
	if (left < *room)
		*room = left;
}

/* The room of DOMAIN.md 5.4, as credit_room_now() has it. */
static int64_t room_of(const struct route_run *run, const struct route_state *state,
		       int source_class, int module)
{
	const struct credit_input *credit = &run->input->credit;
	int64_t room = CREDIT_AMOUNT_MAX;

	if (module >= 0)
		least(&room, credit->modules[module].transfer_max_centi, state->by_module[module]);
	least(&room, credit_cap(credit->base_centi, credit->caps.overall_bp), state->total);
	least(&room, credit_cap(credit->base_centi, credit->caps.class_bp[source_class]),
	      state->by_class[source_class]);
	return room;
}

static void pay(const struct route_run *run, struct route_state *state, int source_class,
		int module, int64_t centi)
{
	state->total += centi;
	state->by_class[source_class] += centi;
	state->gained_total += centi;
	if (module < 0)
		return;
	state->by_module[module] += centi;
	if (run->check_module[module] >= 0)
		state->gained[run->check_module[module]] += centi;
}

static void apply_courses(const struct route_run *run, struct route_state *state,
			  const struct route_option *option)
{
	const struct credit_input *credit = &run->input->credit;

	for (size_t i = 0; i < option->course_count; i++) {
		int course = option->courses[i], module = run->credit_module[course];
		int64_t centi = credit->courses[course].credit_centi;

		if (state->done[course] || room_of(run, state, option->source_class, module) < centi)
			continue;
		state->done[course] = true;
		pay(run, state, option->source_class, module, centi);
	}
}

static void apply_pool(const struct route_run *run, struct route_state *state,
		       const struct route_option *option)
{
	int64_t step = option->rule->step_centi, paid;
	int64_t room = room_of(run, state, option->source_class, option->module);

	state->pool += option->amount_centi;
	least(&room, option->rule->rule_max_centi, option->paid_centi);
	paid = room / step * step;
	if (paid > state->pool / step * step)
		paid = state->pool / step * step;
	state->pool -= paid;
	pay(run, state, option->source_class, option->module, paid);
}

void route_apply(const struct route_run *run, struct route_state *state,
		 const struct route_option *option)
{
	int64_t room;

	state->steps += option->steps;
	state->fresh += option->fresh;
	state->study_centi += option->study_centi;
	state->proved = state->proved || option->proves;
	switch (option->pay) {
	case PAY_NOTHING:
		return;
	case PAY_COURSES:
		apply_courses(run, state, option);
		return;
	case PAY_AMOUNT:
		room = room_of(run, state, option->source_class, option->module);
		pay(run, state, option->source_class, option->module,
		    option->amount_centi <= room ? option->amount_centi :
		    run->input->credit.caps.partial ? room : 0);
		return;
	case PAY_STEPS:
		apply_pool(run, state, option);
	}
}

static bool less(const struct cost *x, const struct cost *y)
{
	if (x->unmet != y->unmet)
		return x->unmet < y->unmet;
	if (x->a != y->a)
		return x->a < y->a;
	if (x->b != y->b)
		return x->b < y->b;
	return x->c < y->c;
}

/* What a way costs that ends with STATE and these courses. */
static struct cost cost_of(const struct search *search, const struct route_state *state,
			   const struct route_courses *courses)
{
	bool prove = !state->proved;
	int64_t steps = state->steps + courses->count + prove;
	int64_t fresh = state->fresh + (prove && !search->run->proof_held);
	int64_t study = state->study_centi + courses->centi;

	if (search->aim == ROUTE_BY_STUDY)
		return (struct cost){ courses->unmet_centi, study, steps, fresh };
	return (struct cost){ courses->unmet_centi, steps, fresh, study };
}

/* Can a way through here be better than the best? COURSES are what would be
 * needed without anything more from the groups from GROUP on. */
static bool hopeless(const struct search *search, const struct route_state *state,
		     const struct route_courses *courses, size_t group)
{
	struct cost bound;

	if (!search->found || search->best.unmet > search->unmet_least ||
	    courses->unmet_centi > search->unmet_least)
		return false;
	bound = cost_of(search, state, courses);
	if (search->aim == ROUTE_BY_STUDY) {
		bound.a -= search->rest_study[group];
		bound.b = state->steps;
		bound.c = state->fresh;
	} else {
		bound.a -= search->rest_steps[group];
		bound.b = state->fresh;
		bound.c = 0;
	}
	return !less(&bound, &search->best);
}

static void found(struct search *search, const struct cost *cost)
{
	if (search->found && !less(cost, &search->best))
		return;
	search->best = *cost;
	search->found = true;
	memcpy(search->best_trail, search->trail,
	       search->run->group_count * sizeof *search->trail);
}

static bool usable(const struct search *search, const struct route_group *group, int option)
{
	return search->aim != ROUTE_BY_HELD || group->options[option].fresh == 0;
}

/* Does the option change anything but the number of steps? */
static bool helps(const struct route_state *before, const struct route_state *after)
{
	return after->gained_total != before->gained_total || after->proved != before->proved ||
	       after->pool != before->pool;
}

static void walk(struct search *search, size_t depth)
{
	struct route_run *run = search->run;
	const struct route_state *state = &search->states[depth];
	struct route_courses courses = route_courses_best(run, state,
							  search->aim == ROUTE_BY_STUDY);
	const struct route_group *group;
	struct cost cost;

	search->nodes++;
	if (run->input->stopped && search->nodes % STOP_EVERY == 0)
		search->stopped = run->input->stopped(run->input->context);
	if (depth == run->group_count) {
		cost = cost_of(search, state, &courses);
		found(search, &cost);
		return;
	}
	if (search->stopped || hopeless(search, state, &courses, depth))
		return;
	/* A bound must leave a whole way: groups that are left out cost nothing. */
	group = &run->groups[depth];
	for (int i = 0; i < (int)group->count; i++) {
		/* As much as possible first where recognition is the aim. */
		int option = search->aim == ROUTE_BY_STUDY ? (int)group->count - 1 - i : i;
		struct route_state *next = &search->states[depth + 1];

		if (search->found && search->nodes >= search->node_max) {
			search->exact = false;
			return;
		}
		if (!usable(search, group, option))
			continue;
		route_state_copy(run, next, state);
		route_apply(run, next, &group->options[option]);
		if (option > 0 && !helps(state, next))
			continue;
		search->trail[depth] = option;
		walk(search, depth + 1);
		if (search->stopped)
			return;
	}
}

/* What the groups from each one on can save. */
static void rests_fill(struct search *search)
{
	const struct route_run *run = search->run;

	search->rest_steps = arena_array(run->arena, run->group_count + 1,
					 sizeof *search->rest_steps);
	search->rest_study = arena_array(run->arena, run->group_count + 1,
					 sizeof *search->rest_study);
	for (size_t g = run->group_count; g-- > 0;) {
		bool out = search->aim == ROUTE_BY_HELD && run->groups[g].fresh;

		search->rest_steps[g] = search->rest_steps[g + 1] +
					(out ? 0 : run->groups[g].save_steps);
		search->rest_study[g] = search->rest_study[g + 1] +
					(out ? 0 : run->groups[g].save_study);
	}
}

/* No way leaves less: all courses taken, and all that is paid as amounts. An
 * amount can make up for a module and for the total at once. */
static int64_t unmet_bound(struct search *search)
{
	struct route_run *run = search->run;
	int64_t bound = route_courses_best(run, &search->states[0], false).unmet_centi;

	for (size_t g = 0; g < run->group_count; g++) {
		int64_t most = 0;

		for (size_t o = 0; o < run->groups[g].count; o++) {
			const struct route_option *option = &run->groups[g].options[o];
			int64_t centi = option->amount_centi +
					(option->pay == PAY_STEPS ? search->states[0].pool : 0);

			if (centi > most)
				most = centi;
		}
		bound -= 2 * most;
	}
	return bound > 0 ? bound : 0;
}

static int64_t nodes_most(const struct route_run *run)
{
	int64_t nodes = ROUTE_WORK / ((int64_t)run->cells * (int64_t)run->cells + 1);

	if (run->input->node_max > 0)
		return run->input->node_max;
	return nodes < ROUTE_LEAST ? ROUTE_LEAST : nodes > ROUTE_NODES ? ROUTE_NODES : nodes;
}

bool route_search(struct route_run *run, enum route_aim aim, int *taken, bool *exact)
{
	struct search search = {
		.run = run, .aim = aim, .exact = !run->cut && !run->rounded,
		.node_max = nodes_most(run),
	};

	search.best_trail = taken;
	if (aim == ROUTE_BY_HELD)
		search.exact = !run->rounded;
	search.states = arena_array(run->arena, run->group_count + 1, sizeof *search.states);
	for (size_t i = 0; i <= run->group_count; i++)
		route_state_init(run, &search.states[i]);
	search.trail = arena_array(run->arena, run->group_count + 1, sizeof *search.trail);
	rests_fill(&search);
	search.unmet_least = unmet_bound(&search);
	walk(&search, 0);
	*exact = search.exact;
	return !search.stopped;
}
