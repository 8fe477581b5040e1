/* moves.h: what a change would cost, without making it; the solver's own.
 *
 * Only for events of one slot: tables->unit. Others are tried in earnest and
 * taken back (anneal.c). All take the events' present places from the state. */
#ifndef OV_PLANNER_MOVES_H
#define OV_PLANNER_MOVES_H

#include "core/planner/state.h"

/* Faults more or less when the event goes to another cell. */
static inline int32_t move_hard(const struct state *s, int32_t group, int32_t from, int32_t to)
{
	return from == to ? 0 :
		(int32_t)*state_clash(s, to, group) - (int32_t)*state_clash(s, from, group) + 1;
}

/* The same for two events that change places. */
static inline int32_t swap_hard(const struct state *s, int32_t g, int32_t h, int32_t from,
				int32_t to)
{
	return from == to ? 0 : move_hard(s, g, from, to) + move_hard(s, h, to, from) -
		(tables_rivals(s->t, g, h) ? 2 : 0);
}

/* The same for events of any length, whose cells may overlap before and after. */
static inline int32_t move_hard_long(const struct state *s, int32_t group, int32_t from, int32_t to)
{
	const int32_t duration = s->t->groups[group].duration;
	int32_t change = 0;

	if (from == to)
		return 0;
	for (int32_t i = 0; i < duration; i++) {
		/* Each cell that is its own now counts the event itself. */
		const bool own = to + i >= from && to + i < from + duration;

		change += (int32_t)*state_clash(s, to + i, group) - own;
		change -= (int32_t)*state_clash(s, from + i, group) - 1;
	}
	return change;
}

/* Two events of one length that don't overlap change places. */
static inline int32_t swap_hard_long(const struct state *s, int32_t g, int32_t h, int32_t from,
				     int32_t to)
{
	return from == to ? 0 : move_hard_long(s, g, from, to) + move_hard_long(s, h, to, from) -
		(tables_rivals(s->t, g, h) ? 2 * s->t->groups[g].duration : 0);
}

/* Lonely slots more when one event of a resource leaves a cell, or comes. */
static inline int32_t lonely_take(const uint16_t *row, int32_t c)
{
	const int32_t left = row[c - 1], right = row[c + 1];

	if (row[c] > 1)
		return -!(left | right);
	return (row[c - 2] ? 0 : left) + (row[c + 2] ? 0 : right) - !(left | right);
}

static inline int32_t lonely_put(const uint16_t *row, int32_t c)
{
	const int32_t left = row[c - 1], right = row[c + 1];

	if (row[c])
		return !(left | right);
	return !(left | right) - (row[c - 2] ? 0 : left) - (row[c + 2] ? 0 : right);
}

static inline int32_t lonely_move_near(uint16_t *row, int32_t from, int32_t to)
{
	int32_t change = lonely_take(row, from);

	row[from]--;
	change += lonely_put(row, to);
	row[from]++;
	return change;
}

static inline int32_t move_lonely(const struct state *s, const struct group_table *g,
				  int32_t from, int32_t to)
{
	const bool near = (uint32_t)(to - from + 2) <= 4;
	int32_t change = 0;

	for (int32_t i = 0; i < g->compact_count; i++) {
		uint16_t *row = state_busy(s, g->compact[i]);

		change += near ? lonely_move_near(row, from, to) :
			lonely_take(row, from) + lonely_put(row, to);
	}
	return change;
}

/* Two rivals that change places: rows they share stay as they are. */
int32_t swap_lonely_rivals(const struct state *s, const struct group_table *g,
			   const struct group_table *h, int32_t from, int32_t to);

static inline int32_t move_spread(const struct state *s, int32_t group, int32_t from, int32_t to)
{
	const struct tables *t = s->t;
	const int32_t wanted = t->groups[group].min_spans;
	const uint16_t *events = &s->span_events[(size_t)group * (size_t)t->span_count];
	const int32_t a = t->span_of[from], b = t->span_of[to], now = s->spans[group];
	int32_t then;

	if (a == b || !wanted)
		return 0;
	then = now - (events[a] == 1) + (events[b] == 0);
	return ((then < wanted ? wanted - then : 0) - (now < wanted ? wanted - now : 0)) *
		t->problem->weights.spread;
}

static inline int32_t move_stability(const struct state *s, int32_t group, int32_t from,
				     int32_t to)
{
	const uint16_t *events = &s->room_events[(size_t)group * (size_t)s->t->room_count];

	if (from == to)
		return 0;
	return ((events[to] == 0) - (events[from] == 1)) * s->t->groups[group].stability;
}

static inline int32_t move_own(const struct state *s, int32_t event, int32_t group, int32_t cell,
			       int32_t room)
{
	const struct group_table *g = &s->t->groups[group];

	if (s->t->keeps || s->t->locks)
		return state_own_cost(s, event, cell, room) -
			state_own_cost(s, event, s->cell[event], s->room[event]);
	return g->profile->cost[cell] - g->profile->cost[s->cell[event]] + g->rooms->cost[room] -
		g->rooms->cost[s->room[event]];
}

/* What lies past the limits of the group's resources and shares. */
static inline int32_t move_load(const struct state *s, int32_t group, int32_t from, int32_t to)
{
	const struct group_table *g = &s->t->groups[group];
	int32_t change = 0;

	if (s->t->day_of[from] == s->t->day_of[to])
		return 0;
	for (int32_t i = 0; i < g->limited_count; i++) {
		const struct limit_row *row = &s->t->limits[g->limited[i]];
		const int32_t amount = row->by_event ? 1 : g->duration;

		if (row->counter[from] != row->counter[to])
			change += state_over_more(s, row, to, amount) +
				state_over_more(s, row, from, -amount);
	}
	return change;
}

/* All of the soft change but what the neighbours in time cost. */
static inline int32_t move_alone(const struct state *s, int32_t event, int32_t cell, int32_t room)
{
	const int32_t group = s->t->group_of[event], from = s->cell[event];

	return move_own(s, event, group, cell, room) +
		move_stability(s, group, s->room[event], room) +
		(cell != from ? move_spread(s, group, from, cell) +
		 move_load(s, group, from, cell) : 0);
}

static inline int32_t move_soft(const struct state *s, int32_t event, int32_t cell, int32_t room)
{
	const int32_t group = s->t->group_of[event], from = s->cell[event];
	int32_t change = move_own(s, event, group, cell, room) +
		move_stability(s, group, s->room[event], room);

	if (cell != from)
		change += move_spread(s, group, from, cell) +
			move_lonely(s, &s->t->groups[group], from, cell) *
				s->t->problem->weights.isolated;
	return change;
}

/* E and F, of different groups, change cells and go to these rooms. */
static inline int32_t swap_soft(const struct state *s, int32_t e, int32_t f, int32_t room_e,
				int32_t room_f)
{
	const struct tables *t = s->t;
	const int32_t g = t->group_of[e], h = t->group_of[f];
	const int32_t a = s->cell[e], b = s->cell[f];
	int32_t change = move_own(s, e, g, b, room_e) + move_own(s, f, h, a, room_f) +
		move_stability(s, g, s->room[e], room_e) +
		move_stability(s, h, s->room[f], room_f);

	if (a == b)
		return change;
	change += move_spread(s, g, a, b) + move_spread(s, h, b, a);
	if (t->many_compact || tables_rivals(t, g, h))
		change += swap_lonely_rivals(s, &t->groups[g], &t->groups[h], a, b) *
			t->problem->weights.isolated;
	else
		change += (move_lonely(s, &t->groups[g], a, b) +
			   move_lonely(s, &t->groups[h], b, a)) * t->problem->weights.isolated;
	return change;
}

#endif
