#include "core/planner/state.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"

static void *table(size_t rows, size_t columns, size_t size)
{
	return mem_alloc((rows * columns + 1) * size);
}

static void close_rooms(struct state *s)
{
	const struct tables *t = s->t;
	const struct problem *p = t->problem;

	for (int32_t c = 0; c < t->width; c++)
		for (int32_t r = 0; r < t->room_count; r++) {
			const int32_t slot = t->slot_of[c];
			const bool closed = slot < 0 ||
				(p->rooms[r].closed && p->rooms[r].closed[slot]);

			*state_occupant(s, c, r) = closed ? ROOM_CLOSED : ROOM_FREE;
		}
}

static void list_unplaced(struct state *s, int32_t event)
{
	s->unplaced_at[event] = s->unplaced_count;
	s->unplaced[s->unplaced_count++] = event;
}

static void unlist_unplaced(struct state *s, int32_t event)
{
	const int32_t at = s->unplaced_at[event], last = s->unplaced[--s->unplaced_count];

	s->unplaced[at] = last;
	s->unplaced_at[last] = at;
}

/* What all events cost while nothing has a place. */
static void count_nothing(struct state *s)
{
	const struct tables *t = s->t;

	s->hard = t->event_count;
	s->soft = 0;
	for (int32_t g = 0; g < t->group_count; g++)
		s->soft += (int64_t)t->groups[g].min_spans * t->problem->weights.spread;
	for (int32_t e = 0; e < t->event_count; e++)
		s->soft += state_own_cost(s, e, NO_CELL, PROBLEM_NONE);
	for (int32_t i = 0; i < t->load_count; i++)
		s->load[i] = t->load_used[i];
	for (int32_t row = 0; row < t->limit_count; row++) {
		const int32_t end = row + 1 < t->limit_count ? t->limits[row + 1].base : t->load_count;

		for (int32_t i = t->limits[row].base; i < end; i++)
			s->soft += state_over(&t->limits[row], s->load[i]);
	}
}

static void put_locked(struct state *s)
{
	for (int32_t e = 0; s->t->locks && e < s->t->event_count; e++) {
		const struct problem_event *event = tables_event(s->t, e);

		if (event->lock_slot < 0 || event->lock_room < 0)
			continue;
		const int32_t cell = s->t->cell_of[event->lock_slot];

		if (state_may(s, e, cell, event->lock_room) &&
		    state_room_free(s, e, cell, event->lock_room))
			state_put(s, e, cell, event->lock_room);
	}
}

void state_init(struct state *s, const struct tables *t)
{
	const size_t groups = (size_t)t->group_count, events = (size_t)t->event_count;
	const size_t width = (size_t)t->width, rooms = (size_t)t->room_count;

	memset(s, 0, sizeof *s);
	s->t = t;
	s->cell = table(events, 1, sizeof *s->cell);
	s->room = table(events, 1, sizeof *s->room);
	s->occupant = table(width, rooms, sizeof *s->occupant);
	s->clash = table(width, groups, sizeof *s->clash);
	s->busy = table((size_t)t->compact_rows, width, sizeof *s->busy);
	s->load = table((size_t)t->load_count, 1, sizeof *s->load);
	s->span_events = table(groups, (size_t)t->span_count, sizeof *s->span_events);
	s->room_events = table(groups, rooms, sizeof *s->room_events);
	s->spans = table(groups, 1, sizeof *s->spans);
	s->rooms = table(groups, 1, sizeof *s->rooms);
	s->unplaced = table(events, 1, sizeof *s->unplaced);
	s->unplaced_at = table(events, 1, sizeof *s->unplaced_at);
	close_rooms(s);
	for (int32_t e = 0; e < t->event_count; e++) {
		s->cell[e] = NO_CELL;
		s->room[e] = PROBLEM_NONE;
		list_unplaced(s, e);
	}
	count_nothing(s);
	put_locked(s);
}

void state_release(struct state *s)
{
	free(s->cell);
	free(s->room);
	free(s->occupant);
	free(s->clash);
	free(s->busy);
	free(s->load);
	free(s->span_events);
	free(s->room_events);
	free(s->spans);
	free(s->rooms);
	free(s->unplaced);
	free(s->unplaced_at);
	memset(s, 0, sizeof *s);
}

bool state_may(const struct state *s, int32_t e, int32_t cell, int32_t room)
{
	const struct group_table *group = &s->t->groups[s->t->group_of[e]];
	const struct problem_event *event = tables_event(s->t, e);

	/* A lock is stronger than a wish of the group, and stronger than a closed
	 * room; no lock makes a day longer. */
	if (event && event->lock_slot >= 0) {
		if (cell != s->t->cell_of[event->lock_slot] ||
		    s->t->slot_of[cell + group->duration - 1] < 0)
			return false;
	} else if (group->profile->cost[cell] < 0) {
		return false;
	}
	if (event && event->lock_room >= 0)
		return room == event->lock_room;
	return group->rooms->cost[room] >= 0;
}

bool state_room_free(const struct state *s, int32_t e, int32_t cell, int32_t room)
{
	const struct problem_event *event = tables_event(s->t, e);
	const int32_t duration = s->t->groups[s->t->group_of[e]].duration;
	const bool locked = event && event->lock_room >= 0 && event->lock_slot >= 0;

	for (int32_t i = 0; i < duration; i++) {
		const int32_t there = *state_occupant(s, cell + i, room);

		if (there == ROOM_FREE || there == e || (there == ROOM_CLOSED && locked))
			continue;
		return false;
	}
	return true;
}

/* The cells that the group may not have are a fault that never changes; only
 * a lock brings an event there. The others cost what they always do. */
static int32_t locked_slot_cost(const struct tables *t, int32_t group, int32_t cell)
{
	const struct problem_group *g = &t->problem->groups[group];
	int32_t cost = 0;

	for (int32_t i = 0; g->slot_cost && i < g->duration; i++) {
		const int32_t slot = t->slot_of[cell + i];

		if (g->slot_cost[slot] != PROBLEM_FORBIDDEN)
			cost += g->slot_cost[slot] * t->problem->weights.slot;
	}
	return cost;
}

int32_t state_own_cost(const struct state *s, int32_t e, int32_t cell, int32_t room)
{
	const struct tables *t = s->t;
	const struct group_table *group = &t->groups[t->group_of[e]];
	const struct problem_event *event = t->keeps ? tables_event(t, e) : NULL;
	int32_t cost = 0;

	if (cell != NO_CELL) {
		cost += group->profile->cost[cell] >= 0 ? group->profile->cost[cell] :
			locked_slot_cost(t, t->group_of[e], cell);
		cost += group->rooms->cost[room] > 0 ? group->rooms->cost[room] : 0;
	}
	if (event && event->keep_slot >= 0 && (cell == NO_CELL || t->slot_of[cell] != event->keep_slot))
		cost += t->problem->weights.keep_slot;
	if (event && event->keep_room >= 0 && room != event->keep_room)
		cost += t->problem->weights.keep_room;
	return cost;
}

/* What one compact resource pays for the cells around CELL. */
static int32_t lonely_near(const uint16_t *row, int32_t cell)
{
	int32_t lonely = 0;

	for (int32_t c = cell - 1; c <= cell + 1; c++)
		if (!row[c - 1] && !row[c + 1])
			lonely += row[c];
	return lonely;
}

static void change_cell(struct state *s, int32_t group, int32_t cell, int change)
{
	const struct tables *t = s->t;
	const struct group_table *g = &t->groups[group];

	for (int32_t i = 0; i < g->compact_count; i++) {
		uint16_t *row = state_busy(s, g->compact[i]);
		const int32_t before = lonely_near(row, cell);

		row[cell] = (uint16_t)(row[cell] + change);
		s->soft += (int64_t)(lonely_near(row, cell) - before) * t->problem->weights.isolated;
	}
	if (change < 0)
		s->hard -= *state_clash(s, cell, group) - 1;
	else
		s->hard += *state_clash(s, cell, group);
	for (int32_t i = 0; i < g->rival_count; i++) {
		uint16_t *clash = state_clash(s, cell, g->rivals[i]);

		*clash = (uint16_t)(*clash + change);
	}
}

/* An event more, or with CHANGE -1 one less, that begins in CELL. */
static void change_load(struct state *s, const struct group_table *g, int32_t cell, int change)
{
	for (int32_t i = 0; i < g->limited_count; i++) {
		const struct limit_row *row = &s->t->limits[g->limited[i]];
		const int32_t amount = row->by_event ? change : change * g->duration;

		if (row->counter[cell] < 0)
			continue;
		s->soft += state_over_more(s, row, cell, amount);
		s->load[row->base + row->counter[cell]] += amount;
	}
}

static int64_t group_cost(const struct state *s, int32_t group)
{
	const struct group_table *g = &s->t->groups[group];
	int64_t cost = 0;

	if (s->spans[group] < g->min_spans)
		cost += (int64_t)(g->min_spans - s->spans[group]) * s->t->problem->weights.spread;
	if (s->rooms[group] > 1)
		cost += (int64_t)(s->rooms[group] - 1) * g->stability;
	return cost;
}

static void change_group(struct state *s, int32_t group, int32_t cell, int32_t room, int change)
{
	uint16_t *in_span = &s->span_events[(size_t)group * (size_t)s->t->span_count +
					    (size_t)s->t->span_of[cell]];
	uint16_t *in_room = &s->room_events[(size_t)group * (size_t)s->t->room_count +
					    (size_t)room];

	s->soft -= group_cost(s, group);
	s->spans[group] -= *in_span > 0;
	s->rooms[group] -= *in_room > 0;
	*in_span = (uint16_t)(*in_span + change);
	*in_room = (uint16_t)(*in_room + change);
	s->spans[group] += *in_span > 0;
	s->rooms[group] += *in_room > 0;
	s->soft += group_cost(s, group);
}

static void set_occupant(struct state *s, int32_t event, int32_t value)
{
	const struct tables *t = s->t;
	const int32_t duration = t->groups[t->group_of[event]].duration;

	if (t->problem->rooms[s->room[event]].shared)
		return;
	for (int32_t i = 0; i < duration; i++)
		*state_occupant(s, s->cell[event] + i, s->room[event]) = value;
}

void state_put(struct state *s, int32_t event, int32_t cell, int32_t room)
{
	const int32_t group = s->t->group_of[event];

	s->soft += state_own_cost(s, event, cell, room) -
		state_own_cost(s, event, NO_CELL, PROBLEM_NONE);
	s->hard--;
	unlist_unplaced(s, event);
	s->cell[event] = cell;
	s->room[event] = room;
	set_occupant(s, event, event);
	for (int32_t i = 0; i < s->t->groups[group].duration; i++)
		change_cell(s, group, cell + i, 1);
	change_group(s, group, cell, room, 1);
	change_load(s, &s->t->groups[group], cell, 1);
}

void state_take(struct state *s, int32_t event)
{
	const int32_t group = s->t->group_of[event];

	s->soft += state_own_cost(s, event, NO_CELL, PROBLEM_NONE) -
		state_own_cost(s, event, s->cell[event], s->room[event]);
	s->hard++;
	set_occupant(s, event, ROOM_FREE);
	for (int32_t i = 0; i < s->t->groups[group].duration; i++)
		change_cell(s, group, s->cell[event] + i, -1);
	change_group(s, group, s->cell[event], s->room[event], -1);
	change_load(s, &s->t->groups[group], s->cell[event], -1);
	s->cell[event] = NO_CELL;
	s->room[event] = PROBLEM_NONE;
	list_unplaced(s, event);
}

void state_clear(struct state *s)
{
	const struct tables *t = s->t;

	for (int32_t i = 0; i < t->movable_count; i++)
		if (s->cell[t->movable[i]] != NO_CELL)
			state_take(s, t->movable[i]);
}

void state_load(struct state *s, const struct place *places)
{
	const struct tables *t = s->t;

	state_clear(s);
	for (int32_t i = 0; i < t->movable_count; i++) {
		const int32_t e = t->movable[i];

		if (places[e].slot < 0 || places[e].room < 0)
			continue;
		const int32_t cell = t->cell_of[places[e].slot];

		if (state_may(s, e, cell, places[e].room) &&
		    state_room_free(s, e, cell, places[e].room))
			state_put(s, e, cell, places[e].room);
	}
}

void state_save(const struct state *s, struct place *places)
{
	for (int32_t e = 0; e < s->t->event_count; e++) {
		places[e].slot = s->cell[e] == NO_CELL ? PROBLEM_NONE : s->t->slot_of[s->cell[e]];
		places[e].room = s->room[e];
	}
}
