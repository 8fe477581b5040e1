#include "core/planner/anneal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/planner/chain.h"
#include "core/planner/moves.h"
#include "core/planner/start.h"

enum {
	UNPLACED_FAULTS = 3,
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

/* ---- the best timetable seen ---- */

static void note_changed(struct anneal *a, int32_t event)
{
	if (a->is_changed[event])
		return;
	a->is_changed[event] = true;
	a->changed[a->changed_count++] = event;
}

/* Copies what moved since the last time, so that a new best costs as much as
 * the moves that led to it, not as much as the timetable is large. */
static void write_best(struct anneal *a)
{
	for (int32_t i = 0; i < a->changed_count; i++) {
		const int32_t e = a->changed[i], cell = a->now.cell[e];

		a->best[e].slot = cell == NO_CELL ? PROBLEM_NONE : a->t->slot_of[cell];
		a->best[e].room = a->now.room[e];
		a->is_changed[e] = false;
	}
	a->changed_count = 0;
	a->at_best = false;
}

static bool is_better(const struct anneal *a)
{
	return a->now.hard != a->best_hard ? a->now.hard < a->best_hard :
		a->now.soft < a->best_soft;
}

static void note_best(struct anneal *a)
{
	if (!is_better(a))
		return;
	a->best_hard = a->now.hard;
	a->best_soft = a->now.soft;
	a->at_best = true;
}

/* Before anything moves away from the best timetable it is written down. */
static inline void before_change(struct anneal *a)
{
	if (a->at_best)
		write_best(a);
}

const struct place *anneal_best(struct anneal *a)
{
	before_change(a);
	return a->best;
}

/* ---- moves ---- */

static void relocate(struct anneal *a, int32_t e, int32_t cell, int32_t room)
{
	if (a->now.cell[e] != NO_CELL)
		state_take(&a->now, e);
	if (cell != NO_CELL)
		state_put(&a->now, e, cell, room);
	note_changed(a, e);
}

static void exchange(struct anneal *a, int32_t e, int32_t f)
{
	struct state *s = &a->now;
	const int32_t cell_e = s->cell[e], room_e = s->room[e];
	const int32_t cell_f = s->cell[f], room_f = s->room[f];

	if (cell_e != NO_CELL)
		state_take(s, e);
	if (cell_f != NO_CELL)
		state_take(s, f);
	if (cell_f != NO_CELL)
		state_put(s, e, cell_f, room_f);
	if (cell_e != NO_CELL)
		state_put(s, f, cell_e, room_e);
	note_changed(a, e);
	note_changed(a, f);
}

static inline int32_t limit_of(const struct anneal *a, uint32_t bits)
{
	return (int32_t)(((uint64_t)a->heat * (uint32_t)a->logs[bits & ((1 << LOG_BITS) - 1)]) >> 32);
}

static bool is_locked(const struct anneal *a, int32_t e)
{
	const struct problem_event *event = a->t->locks ? tables_event(a->t, e) : NULL;

	return event && event->lock_slot >= 0 && event->lock_room >= 0;
}

/* Tries in earnest and takes it back: for what has no quick count. */
static void try_slowly(struct anneal *a, int32_t e, int32_t cell, int32_t room, int32_t f,
		       int32_t limit)
{
	struct state *s = &a->now;
	/* Without a place is worse than a clash while the search goes on: a clash
	 * can be moved away from. */
	const int64_t hard = s->hard + (int64_t)UNPLACED_FAULTS * s->unplaced_count;
	const int64_t soft = s->soft;
	const int32_t cell_e = s->cell[e], room_e = s->room[e];

	before_change(a);
	if (f < 0) {
		relocate(a, e, cell, room);
	} else {
		exchange(a, e, f);
	}
	if ((s->hard + (int64_t)UNPLACED_FAULTS * s->unplaced_count - hard) * a->fault_cost +
	    s->soft - soft <= limit) {
		a->accepted++;
		note_best(a);
	} else if (f < 0) {
		relocate(a, e, cell_e, room_e);
	} else {
		exchange(a, e, f);
	}
}

static inline int32_t room_pick(const struct anneal *a, const struct group_table *g, int32_t e,
				uint32_t bits)
{
	const struct problem_event *event = a->t->locks ? tables_event(a->t, e) : NULL;

	if (event && event->lock_room >= 0)
		return event->lock_room;
	return g->rooms->rooms[random_scale(bits, g->rooms->room_count)];
}

static inline int32_t cell_pick(const struct anneal *a, const struct group_table *g, int32_t e,
				uint32_t bits)
{
	const struct problem_event *event = a->t->locks ? tables_event(a->t, e) : NULL;

	if (event && event->lock_slot >= 0)
		return a->t->cell_of[event->lock_slot];
	return g->profile->cells[random_scale(bits, g->profile->cell_count)];
}

/* The one event that stands in the way of E there, E when none does, or -1
 * when it is not a matter of one event. */
static int32_t in_the_way(const struct state *s, int32_t e, int32_t cell, int32_t room)
{
	const int32_t duration = s->t->groups[s->t->group_of[e]].duration;
	int32_t found = e;

	for (int32_t i = 0; i < duration; i++) {
		const int32_t there = *state_occupant(s, cell + i, room);

		if (there == ROOM_FREE || there == e)
			continue;
		if (there == ROOM_CLOSED || (found != e && found != there))
			return -1;
		found = there;
	}
	return found;
}

/* Could the two events change places? */
static bool may_exchange(const struct anneal *a, int32_t e, int32_t f)
{
	const struct state *s = &a->now;
	const struct tables *t = a->t;

	if (is_locked(a, f))
		return false;
	if (s->cell[e] == NO_CELL)
		return s->cell[f] != NO_CELL &&
			t->groups[t->group_of[e]].duration <= t->groups[t->group_of[f]].duration &&
			state_may(s, e, s->cell[f], s->room[f]);
	if (t->groups[t->group_of[e]].duration != t->groups[t->group_of[f]].duration)
		return false;
	if (!t->unit && s->cell[e] != s->cell[f] &&
	    abs(s->cell[e] - s->cell[f]) < t->groups[t->group_of[e]].duration)
		return false;
	return state_may(s, e, s->cell[f], s->room[f]) && state_may(s, f, s->cell[e], s->room[e]);
}

static void try_general(struct anneal *a, int32_t e, int32_t cell, int32_t room, int32_t limit)
{
	const struct state *s = &a->now;
	const int32_t f = in_the_way(s, e, cell, room);

	if (f < 0 || (f == e && s->cell[e] == cell && s->room[e] == room))
		return;
	if (f == e) {
		try_slowly(a, e, cell, room, -1, limit);
	} else if (may_exchange(a, e, f)) {
		try_slowly(a, e, cell, room, f, limit);
	}
}

static inline void try_unit(struct anneal *a, int32_t e, int32_t cell, int32_t room, int32_t limit)
{
	struct state *s = &a->now;
	const struct tables *t = a->t;
	const int32_t f = *state_occupant(s, cell, room), g = t->group_of[e];
	int32_t hard, h;

	if (f == ROOM_CLOSED || f == e)
		return;
	if (f == ROOM_FREE) {
		hard = move_hard(s, g, s->cell[e], cell) * a->fault_cost;
		if (hard > limit || hard + move_soft(s, e, cell, room) > limit)
			return;
		before_change(a);
		relocate(a, e, cell, room);
	} else {
		h = t->group_of[f];
		if (g == h && !t->keeps)
			return;
		hard = swap_hard(s, g, h, s->cell[e], cell) * a->fault_cost;
		if (hard > limit || t->groups[h].profile->cost[s->cell[e]] < 0 ||
		    t->groups[h].rooms->cost[s->room[e]] < 0)
			return;
		if (t->locks && !may_exchange(a, e, f))
			return;
		if (g == h) {
			try_slowly(a, e, cell, room, f, limit);
			return;
		}
		if (hard + swap_soft(s, e, f, s->room[f], s->room[e]) > limit)
			return;
		before_change(a);
		exchange(a, e, f);
	}
	a->accepted++;
	note_best(a);
}

/* The one event in CELL that excludes group G. */
static inline int32_t find_rival(const struct state *s, int32_t g, int32_t cell)
{
	const int32_t *there = state_occupant(s, cell, 0);

	for (int32_t r = 0; r < s->t->room_count; r++)
		if (there[r] >= 0 && tables_rivals(s->t, g, s->t->group_of[there[r]]))
			return there[r];
	return ROOM_FREE;
}

static void exchange_cells(struct anneal *a, int32_t e, int32_t f, int32_t room_e,
			   int32_t room_f)
{
	struct state *s = &a->now;
	const int32_t cell_e = s->cell[e], cell_f = s->cell[f];

	before_change(a);
	state_take(s, e);
	state_take(s, f);
	state_put(s, e, cell_f, room_e);
	state_put(s, f, cell_e, room_f);
	note_changed(a, e);
	note_changed(a, f);
	a->accepted++;
	note_best(a);
}

/* One event is in E's way in CELL: the two change cells and keep their rooms, or
 * change those too when they are taken. */
static inline void try_rival(struct anneal *a, int32_t e, int32_t cell, int32_t limit)
{
	struct state *s = &a->now;
	const struct tables *t = a->t;
	const int32_t g = t->group_of[e], from = s->cell[e];
	const int32_t f = find_rival(s, g, cell);
	int32_t h, hard, room_e, room_f;

	if (f < 0 || tables_locked(t, f))
		return;
	h = t->group_of[f];
	if (h == g || t->groups[h].profile->cost[from] < 0)
		return;
	hard = swap_hard(s, g, h, from, cell) * a->fault_cost;
	if (hard > limit)
		return;
	room_e = s->room[e];
	room_f = s->room[f];
	if (*state_occupant(s, cell, room_e) != ROOM_FREE ||
	    *state_occupant(s, from, room_f) != ROOM_FREE) {
		if (t->groups[g].rooms->cost[room_f] < 0 || t->groups[h].rooms->cost[room_e] < 0)
			return;
		room_e = s->room[f];
		room_f = s->room[e];
	}
	if (hard + swap_soft(s, e, f, room_e, room_f) <= limit)
		exchange_cells(a, e, f, room_e, room_f);
}

/* E goes to CELL, and all that hinders changes cells with it. */
static void try_chain(struct anneal *a, int32_t e, int32_t cell, int32_t limit)
{
	struct chain chain;

	before_change(a);
	if (!chain_turn(&a->now, e, cell, a->fault_cost, limit, &chain))
		return;
	for (int32_t i = 0; i < chain.count; i++)
		note_changed(a, chain.event[i]);
	a->accepted++;
	note_best(a);
}

/* What stands in the way in CELL says which move to try; false: any. */
static inline bool step_by_clash(struct anneal *a, int32_t e, int32_t cell, int32_t limit,
				 uint32_t bits)
{
	const int32_t clash = *state_clash(&a->now, cell, a->t->group_of[e]);

	if (clash == 0 && (bits & 1) &&
	    *state_occupant(&a->now, cell, a->now.room[e]) == ROOM_FREE) {
		try_unit(a, e, cell, a->now.room[e], limit);
		return true;
	}
	if (!a->searched)
		return false;
	if (clash == 1 && (bits & 3)) {
		try_rival(a, e, cell, limit);
		return true;
	}
	if (clash > 0 && clash <= CHAIN_MAX && (bits >> 2 & 15) == 0) {
		try_chain(a, e, cell, limit);
		return true;
	}
	return false;
}

/* The room of another event of the group, or PROBLEM_NONE. */
static inline int32_t sibling_room(const struct anneal *a, const struct group_table *g,
				   uint32_t bits)
{
	const int32_t room = a->now.room[g->first + random_scale(bits, g->count)];

	return room >= 0 && g->rooms->cost[room] >= 0 ? room : PROBLEM_NONE;
}

static inline void step(struct anneal *a)
{
	const struct tables *t = a->t;
	const uint64_t x = random_next(&a->random), y = random_next(&a->random);
	const bool helpless = a->now.unplaced_count && (x & 7) == 0;
	const int32_t e = helpless ?
		a->now.unplaced[random_scale((uint32_t)(x >> 32), a->now.unplaced_count)] :
		t->movable[random_scale((uint32_t)(x >> 32), t->movable_count)];
	const struct group_table *g = &t->groups[t->group_of[e]];
	const int32_t limit = limit_of(a, (uint32_t)x >> 8);
	int32_t cell, room;

	if (!g->profile->cell_count || !g->rooms->room_count)
		return;
	cell = (x & 0xf0) == 0 && a->now.cell[e] != NO_CELL ? a->now.cell[e] :
		cell_pick(a, g, e, (uint32_t)y);
	if (t->unit && a->now.cell[e] != NO_CELL && cell != a->now.cell[e] &&
	    !tables_locked(t, e) && step_by_clash(a, e, cell, limit, (uint32_t)x >> 20))
		return;
	room = (x & 0xc0000000) == 0 ? sibling_room(a, g, (uint32_t)(y >> 32)) : PROBLEM_NONE;
	if (room < 0 || tables_locked(t, e))
		room = room_pick(a, g, e, (uint32_t)(y >> 32));
	if (t->unit && a->now.cell[e] != NO_CELL && !t->problem->rooms[room].shared)
		try_unit(a, e, cell, room, limit);
	else
		try_general(a, e, cell, room, limit);
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
	for (int i = 0; i < ANNEAL_BLOCK && a->t->movable_count; i++)
		step(a);
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
