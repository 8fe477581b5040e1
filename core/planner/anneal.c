#include "core/planner/anneal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/planner/start.h"
#include "core/planner/step.h"

enum {
	FAULT_ALONE = 200,         /* times a hot move: no soft cost weighs much beside it */
	ROUND_MOVES = 60000,       /* for each event, in a search of several rounds */
	ROUNDS_MOST = 4,
	ROUNDS_PPM = 600000,       /* of the effort; the rest is the end */
	WARM = 5,                  /* times the last temperature, to end from */
	SAMPLE = 2000,
	ROOMS_SEARCHED = 64, /* for who is in the way: more take too long */
	HOT_MOST = 16000 /* 65536 times that is still a number of 32 bits */
};

#define FAULTS_ALONE_SHARE 0.4 /* of a round, at most */
#define LATE_SHARE 0.4

const struct place *anneal_best(struct anneal *a)
{
	before_change(a);
	return a->best;
}

static void return_to_best(struct anneal *a)
{
	state_load(&a->now, anneal_best(a));
	for (int32_t i = 0; i < a->t->movable_count; i++)
		note_changed(a, a->t->movable[i]);
}

/* ---- the schedule ----
 *
 * How good an annealing gets depends more on luck than on time once it has had
 * some tens of thousands of moves for each event. So a long search is several
 * rounds from nothing, and at the end the best of them is warmed a little and
 * cooled slowly. A short one is a single round. */

static void plan_rounds(struct anneal *a, int64_t done_ppm)
{
	const int64_t events = a->t->movable_count ? a->t->movable_count : 1;
	const int64_t moves = a->iterations * 1000000 / (done_ppm ? done_ppm : 1);
	const int64_t rounds = moves / events / ROUND_MOVES;

	a->rounds = rounds < 2 ? 1 : rounds > ROUNDS_MOST ? ROUNDS_MOST : (int32_t)rounds;
}

static void begin_round(struct anneal *a, int32_t round)
{
	a->round = round;
	if (round < a->rounds) {
		before_change(a);
		state_clear(&a->now);
		start_greedily(&a->now, &a->random);
		for (int32_t i = 0; i < a->t->movable_count; i++)
			note_changed(a, a->t->movable[i]);
		note_best(a);
	} else {
		return_to_best(a);
	}
	a->faults_alone = a->now.hard > 0;
}

/* First faults alone are looked at, until there are none. Then everything
 * cools, with faults allowed at a price: the way to a cheaper timetable often
 * leads through one. SHARE of the round is spent. */
static void cool(struct anneal *a, double hot, double share)
{
	a->faults_alone = a->faults_alone && a->now.hard && share < FAULTS_ALONE_SHARE;
	if (a->faults_alone) {
		a->fault_cost = a->fault_alone;
		a->heat = (int64_t)(0.3 * 65536 * a->fault_alone *
				    pow(0.2, share / FAULTS_ALONE_SHARE));
		return;
	}
	a->heat = (int64_t)(hot * pow(a->cold / hot, share));
	a->fault_cost = a->hard_cost;
	if (share <= LATE_SHARE)
		return;
	/* Who has lost the way by now won't find back: from the best one on, and
	 * no more detours. */
	a->fault_cost = 3 * a->hard_cost;
	if (a->now.hard > a->best_hard)
		return_to_best(a);
	if (a->now.hard)
		a->fault_cost = (int32_t)(a->fault_cost * (1 + 20 * (share - LATE_SHARE)));
}

static void set_heat(struct anneal *a, int64_t done_ppm)
{
	const int64_t first = a->rounds > 1 ? ROUNDS_PPM : 1000000;
	const double warm = a->cold * WARM;
	int64_t round_ppm, from;
	int32_t round;

	if (!a->rounds && done_ppm >= 5000)
		plan_rounds(a, done_ppm);
	if (!a->rounds) {
		cool(a, a->hot, (double)done_ppm / 1e6);
		return;
	}
	round_ppm = first / a->rounds;
	round = (int32_t)(done_ppm / round_ppm);
	from = round * round_ppm;
	if (done_ppm >= first) {
		/* What is asked for beyond the promised effort is as the end was. */
		round_ppm = 1000000 - ROUNDS_PPM;
		round = a->rounds + (int32_t)((done_ppm - first) / round_ppm);
		from = first + (round - a->rounds) * round_ppm;
	}
	if (round != a->round)
		begin_round(a, round);
	cool(a, round < a->rounds ? a->hot : warm, (double)(done_ppm - from) / (double)round_ppm);
}

void anneal_block(struct anneal *a, int64_t done_ppm)
{
	set_heat(a, done_ppm);
	if (a->t->movable_count)
		step_block(a, ANNEAL_BLOCK);
	else
		a->iterations += ANNEAL_BLOCK;
}

/* ---- beginning and end ---- */

/* How much dearer does a move by chance make the first timetable, on average? */
static int64_t usual_change(struct anneal *a)
{
	struct state *s = &a->now;
	int64_t sum = 0, count = 0;

	for (int i = 0; i < SAMPLE && a->t->movable_count; i++) {
		const int32_t e = a->t->movable[random_below(&a->random, a->t->movable_count)];
		const struct group_table *g = &a->t->groups[a->t->group_of[e]];
		const int32_t cell = s->cell[e], room = s->room[e];
		const int64_t soft = s->soft;
		int32_t to, into;

		if (cell == NO_CELL || !g->profile->cell_count || !g->rooms->room_count)
			continue;
		to = cell_pick(a, g, e, (uint32_t)random_next(&a->random));
		into = room_pick(a, g, e, (uint32_t)random_next(&a->random));
		if (!state_may(s, e, to, into) || !state_room_free(s, e, to, into))
			continue;
		state_take(s, e);
		state_put(s, e, to, into);
		sum += s->soft > soft ? s->soft - soft : 0;
		count += s->soft > soft;
		state_take(s, e);
		state_put(s, e, cell, room);
	}
	return count ? sum * 100 / count : 0;
}


static void fill_logs(struct anneal *a)
{
	const int count = 1 << LOG_BITS;

	for (int i = 0; i < count; i++)
		a->logs[i] = (int32_t)(-log((i + 0.5) / count) * 65536);
}

static int32_t least_weight(const struct problem_weights *w)
{
	const int32_t all[] = { w->slot, w->room, w->spread, w->isolated, w->stability,
				w->keep_slot, w->keep_room };
	int32_t least = 0;

	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		if (all[i] && (!least || all[i] < least))
			least = all[i];
	return least ? least : 1;
}

/* From where nearly any move is taken to where hardly one of the least weight
 * is; a fault at the price that lets the hottest timetables have a few. */
static void set_scale(struct anneal *a)
{
	const int64_t least = least_weight(&a->t->problem->weights);
	int64_t hot = usual_change(a) / 4; /* hundredths */

	if (hot < 600 * least)
		hot = 600 * least;
	if (hot > HOT_MOST * 100)
		hot = HOT_MOST * 100;
	a->hot = (int32_t)(hot * 65536 / 100);
	a->cold = (int32_t)(least * 65536 * 13 / 100);
	a->hard_cost = (int32_t)(hot * 2 / 100);
	a->fault_alone = (int32_t)(hot * FAULT_ALONE / 100);
}

void anneal_init(struct anneal *a, const struct tables *t, uint64_t seed,
		 const struct place *start)
{
	const size_t events = (size_t)t->event_count + 1;

	memset(a, 0, sizeof *a);
	a->t = t;
	random_seed(&a->random, seed);
	fill_logs(a);
	state_init(&a->now, t);
	/* Who begins with a timetable wants to go on from it. */
	if (start) {
		state_load(&a->now, start);
		a->rounds = 1;
	}
	a->best = mem_alloc(sizeof *a->best * events);
	a->changed = mem_alloc(sizeof *a->changed * events);
	a->is_changed = mem_alloc(sizeof *a->is_changed * events);
	start_greedily(&a->now, &a->random);
	state_save(&a->now, a->best);
	a->best_hard = a->now.hard;
	a->best_soft = a->now.soft;
	a->searched = t->unit && t->room_count <= ROOMS_SEARCHED;
	set_scale(a);
	a->faults_alone = a->now.hard > 0;
}

void anneal_release(struct anneal *a)
{
	state_release(&a->now);
	free(a->best);
	free(a->changed);
	free(a->is_changed);
}
