/* The moves of a search. An event goes to another cell and room, or changes
 * places with who is there; what a move would cost is counted before it is made
 * wherever there is a quick way (moves.h). */
#include "core/planner/step.h"

#include <stdlib.h>

#include "core/planner/chain.h"
#include "core/planner/moves.h"

enum { UNPLACED_FAULTS = 3 };

void best_write(struct anneal *a)
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

static bool is_quick(const struct anneal *a, int32_t group)
{
	return !a->t->problem->weights.isolated || !a->t->groups[group].compact_count;
}

/* Have the two a limit in common? Then what they change is no sum. */
static bool share_limit(const struct anneal *a, int32_t g, int32_t h)
{
	const struct group_table *x = &a->t->groups[g], *y = &a->t->groups[h];

	for (int32_t i = 0; i < x->limited_count; i++)
		for (int32_t k = 0; k < y->limited_count; k++)
			if (x->limited[i] == y->limited[k])
				return true;
	return false;
}

/* E goes where nobody is. Most moves are refused, so they are counted first. */
static void try_free(struct anneal *a, int32_t e, int32_t cell, int32_t room, int32_t limit)
{
	const struct state *s = &a->now;
	const int32_t g = a->t->group_of[e];
	int32_t hard;

	if (s->cell[e] == NO_CELL) {
		try_slowly(a, e, cell, room, -1, limit);
		return;
	}
	hard = move_hard_long(s, g, s->cell[e], cell) * a->fault_cost;
	if (hard > limit)
		return;
	if (!is_quick(a, g)) {
		try_slowly(a, e, cell, room, -1, limit);
	} else if (hard + move_alone(s, e, cell, room) <= limit) {
		before_change(a);
		relocate(a, e, cell, room);
		a->accepted++;
		note_best(a);
	}
}

static void try_exchange(struct anneal *a, int32_t e, int32_t f, int32_t limit)
{
	const struct state *s = &a->now;
	const int32_t g = a->t->group_of[e], h = a->t->group_of[f];
	int32_t hard;

	if (!may_exchange(a, e, f))
		return;
	if (s->cell[e] == NO_CELL || g == h) {
		try_slowly(a, e, s->cell[f], s->room[f], f, limit);
		return;
	}
	hard = swap_hard_long(s, g, h, s->cell[e], s->cell[f]) * a->fault_cost;
	if (hard > limit)
		return;
	if (!is_quick(a, g) || !is_quick(a, h) || share_limit(a, g, h)) {
		try_slowly(a, e, s->cell[f], s->room[f], f, limit);
	} else if (hard + move_alone(s, e, s->cell[f], s->room[f]) +
		   move_alone(s, f, s->cell[e], s->room[e]) <= limit) {
		before_change(a);
		exchange(a, e, f);
		a->accepted++;
		note_best(a);
	}
}

static void try_general(struct anneal *a, int32_t e, int32_t cell, int32_t room, int32_t limit)
{
	const struct state *s = &a->now;
	const int32_t f = in_the_way(s, e, cell, room);

	if (f < 0 || (f == e && s->cell[e] == cell && s->room[e] == room))
		return;
	if (f == e)
		try_free(a, e, cell, room, limit);
	else
		try_exchange(a, e, f, limit);
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

void step_block(struct anneal *a, int count)
{
	for (int i = 0; i < count; i++)
		step(a);
	a->iterations += count;
}
