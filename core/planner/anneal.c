#include "core/planner/anneal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/planner/step.h"

enum {
	FAULT_ALONE = 200,         /* times a hot move: no soft cost weighs much beside it */
	FEW_MOVES = 32, MANY_MOVES = 20000, /* for each event: to begin cold, or hot */
	ROUND_MOVES = 60000,       /* for each event, in a search of several rounds */
	ROUNDS_MOST = 4,
	ROUNDS_PPM = 600000,       /* of the effort; the rest is the end */
	WARM = 5,                  /* times the last temperature, to end from */
	SAMPLE = 2000,
	ROOMS_SEARCHED = 64, /* for who is in the way: more take too long */
	MOVED_AT_ONCE = 512, /* events in a block, into or out of known places */
	STARTED_AT_ONCE = 32, /* and into places that are looked for */
	HOT_MOST = 16000 /* 65536 times that is still a number of 32 bits */
};

#define FAULTS_ALONE_SHARE 0.4 /* of a round, at most */
#define LATE_SHARE 0.4

/* ---- what is hot ---- */

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

static int32_t least_weight(const struct problem_weights *w)
{
	const int32_t all[] = { w->slot, w->room, w->spread, w->isolated, w->stability,
				w->keep_slot, w->keep_room, w->overload, w->span_overload, w->share };
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

/* ---- the best so far ---- */

static void best_take(struct anneal *a)
{
	state_save(&a->now, a->best);
	a->best_hard = a->now.hard;
	a->best_soft = a->now.soft;
}

const struct place *anneal_best(struct anneal *a)
{
	if (!a->begun && a->stage == ANNEAL_START)
		best_take(a);
	else
		before_change(a);
	return a->best;
}

/* ---- building anew ---- */

static void stage_set(struct anneal *a, enum anneal_stage stage)
{
	a->stage = stage;
	a->stage_at = 0;
	if (stage == ANNEAL_START)
		start_begin(&a->start, &a->now);
}

/* To the best timetable, or from nothing. */
static void build_anew(struct anneal *a, bool to_best)
{
	before_change(a);
	a->to_best = to_best;
	stage_set(a, ANNEAL_TAKE);
}

static bool stands_as_best(const struct anneal *a, int32_t e)
{
	const int32_t cell = a->now.cell[e];

	return a->best[e].room == a->now.room[e] &&
		a->best[e].slot == (cell == NO_CELL ? PROBLEM_NONE : a->t->slot_of[cell]);
}

static void put_as_best(struct anneal *a, int32_t e)
{
	const struct place place = a->best[e];
	int32_t cell;

	if (a->now.cell[e] != NO_CELL || place.slot < 0 || place.room < 0)
		return;
	cell = a->t->cell_of[place.slot];
	if (!state_may(&a->now, e, cell, place.room) ||
	    !state_room_free(&a->now, e, cell, place.room))
		return;
	state_put(&a->now, e, cell, place.room);
	note_changed(a, e);
}

static void stage_end(struct anneal *a)
{
	if (a->stage == ANNEAL_TAKE) {
		stage_set(a, a->to_best ? ANNEAL_PUT : ANNEAL_START);
		return;
	}
	if (a->stage == ANNEAL_PUT && !a->begun) {
		stage_set(a, ANNEAL_START);
		return;
	}
	a->stage = ANNEAL_MOVES;
	a->faults_alone = a->now.hard > 0;
	if (!a->begun) {
		best_take(a);
		set_scale(a);
		a->begun = true;
	} else {
		note_best(a);
	}
}

/* The next part of what is being built. */
static void build_some(struct anneal *a)
{
	const int32_t count = a->t->movable_count;
	const int32_t past = a->stage_at + MOVED_AT_ONCE < count ? a->stage_at + MOVED_AT_ONCE : count;
	bool more = past < count;

	if (a->stage == ANNEAL_START) {
		const int32_t from = a->start.at;

		more = start_greedily(&a->start, &a->now, &a->random, STARTED_AT_ONCE);
		for (int32_t i = from; i < a->start.at && a->begun; i++)
			note_changed(a, a->start.events[i]);
	}
	for (; a->stage != ANNEAL_START && a->stage_at < past; a->stage_at++) {
		const int32_t e = a->t->movable[a->stage_at];

		if (a->stage == ANNEAL_PUT) {
			put_as_best(a, e);
		} else if (a->now.cell[e] != NO_CELL && !(a->to_best && stands_as_best(a, e))) {
			state_take(&a->now, e);
			note_changed(a, e);
		}
	}
	if (!more)
		stage_end(a);
}

/* ---- the schedule ----
 *
 * How good an annealing gets depends more on luck than on time once it has had
 * some tens of thousands of moves for each event. So a long search is several
 * rounds from nothing, and at the end the best of them is warmed a little and
 * cooled slowly. A short one is a single round, and one with few moves for each
 * event begins cooler: what a hot start spoils it could not mend. */

static void plan_rounds(struct anneal *a, int64_t done_ppm)
{
	const int64_t events = a->t->movable_count ? a->t->movable_count : 1;
	const int64_t moves = a->iterations * 1000000 / (done_ppm ? done_ppm : 1) / events;
	const int64_t rounds = moves / ROUND_MOVES;
	double share = log((double)moves / FEW_MOVES) / log((double)MANY_MOVES / FEW_MOVES);

	share = share < 0 || moves <= FEW_MOVES ? 0 : share > 1 ? 1 : share;
	a->first_heat = a->cold * pow((double)a->hot / a->cold, share);
	if (!a->rounds)
		a->rounds = rounds < 2 ? 1 : rounds > ROUNDS_MOST ? ROUNDS_MOST : (int32_t)rounds;
}

static void begin_round(struct anneal *a, int32_t round)
{
	a->round = round;
	build_anew(a, round >= a->rounds);
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
		build_anew(a, true);
	if (a->now.hard)
		a->fault_cost = (int32_t)(a->fault_cost * (1 + 20 * (share - LATE_SHARE)));
}

static void set_heat(struct anneal *a, int64_t done_ppm)
{
	const int64_t first = a->rounds > 1 ? ROUNDS_PPM : 1000000;
	const double warm = a->cold * WARM;
	int64_t round_ppm, from;
	int32_t round;

	if (a->first_heat <= 0 && done_ppm >= 5000)
		plan_rounds(a, done_ppm);
	if (a->first_heat <= 0) {
		cool(a, a->cold, (double)done_ppm / 1e6);
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
	cool(a, round < a->rounds ? a->first_heat : warm, (double)(done_ppm - from) / (double)round_ppm);
}

void anneal_block(struct anneal *a, int64_t done_ppm)
{
	if (a->stage == ANNEAL_MOVES)
		set_heat(a, done_ppm);
	if (a->stage != ANNEAL_MOVES)
		build_some(a);
	else if (a->t->movable_count)
		step_block(a, ANNEAL_BLOCK);
	else
		a->iterations += ANNEAL_BLOCK;
}

/* ---- beginning and end ---- */

static void fill_logs(struct anneal *a)
{
	const int count = 1 << LOG_BITS;

	for (int i = 0; i < count; i++)
		a->logs[i] = (int32_t)(-log((i + 0.5) / count) * 65536);
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
	a->best = mem_alloc(sizeof *a->best * events);
	a->changed = mem_alloc(sizeof *a->changed * events);
	a->is_changed = mem_alloc(sizeof *a->is_changed * events);
	a->searched = t->unit && t->room_count <= ROOMS_SEARCHED;
	best_take(a);
	/* Who begins with a timetable wants to go on from it. */
	if (start) {
		memcpy(a->best, start, sizeof *start * (size_t)t->event_count);
		a->rounds = 1;
	}
	stage_set(a, start ? ANNEAL_PUT : ANNEAL_START);
}

void anneal_release(struct anneal *a)
{
	state_release(&a->now);
	start_release(&a->start);
	free(a->best);
	free(a->changed);
	free(a->is_changed);
}
