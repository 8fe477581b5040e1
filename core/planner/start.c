#include "core/planner/start.h"

#include <stdlib.h>

#include "core/base/arena.h"

struct waiting {
	int64_t key; /* the smaller, the sooner */
	int32_t event;
};

static int by_key(const void *a, const void *b)
{
	const struct waiting *x = a, *y = b;

	return x->key != y->key ? (x->key < y->key ? -1 : 1) : x->event - y->event;
}

/* Few cells and many rivals make an event hard to place. */
static int64_t ease_of(const struct tables *t, int32_t event)
{
	const struct group_table *g = &t->groups[t->group_of[event]];
	const struct problem_event *fixed = tables_event(t, event);
	const int64_t cells = fixed && fixed->lock_slot >= 0 ? 1 : g->profile->cell_count;

	return cells * 100000 / ((int64_t)g->rival_count * g->count + 1);
}

static int32_t free_room(const struct state *s, int32_t e, int32_t cell, struct random *random)
{
	const struct room_profile *rooms = s->t->groups[s->t->group_of[e]].rooms;
	const struct problem_event *fixed = tables_event(s->t, e);
	/* Among the cheapest at a place by chance, so that they fill evenly. */
	const int32_t from = rooms->cheap_count ? random_below(random, rooms->cheap_count) : 0;

	if (fixed && fixed->lock_room >= 0)
		return state_may(s, e, cell, fixed->lock_room) &&
			state_room_free(s, e, cell, fixed->lock_room) ? fixed->lock_room : PROBLEM_NONE;
	for (int32_t i = 0; i < rooms->room_count; i++) {
		const int32_t at = i < rooms->cheap_count ? (from + i) % rooms->cheap_count : i;

		if (state_may(s, e, cell, rooms->rooms[at]) &&
		    state_room_free(s, e, cell, rooms->rooms[at]))
			return rooms->rooms[at];
	}
	return PROBLEM_NONE;
}

static int32_t clashes_at(const struct state *s, int32_t e, int32_t cell)
{
	const int32_t group = s->t->group_of[e];
	int32_t clashes = 0;

	for (int32_t i = 0; i < s->t->groups[group].duration; i++)
		clashes += *state_clash(s, cell + i, group);
	return clashes;
}

static void place(struct state *s, int32_t e, struct random *random)
{
	const struct profile *profile = s->t->groups[s->t->group_of[e]].profile;
	const struct problem_event *fixed = tables_event(s->t, e);
	const bool locked = fixed && fixed->lock_slot >= 0;
	const int32_t lock = locked ? s->t->cell_of[fixed->lock_slot] : NO_CELL;
	const int32_t count = locked ? 1 : profile->cell_count;
	const int32_t from = count ? random_below(random, count) : 0;
	int32_t best_cell = NO_CELL, best_room = PROBLEM_NONE, least = INT32_MAX;

	for (int32_t i = 0; i < count && least; i++) {
		const int32_t cell = locked ? lock : profile->cells[(from + i) % count];
		const int32_t clashes = clashes_at(s, e, cell);
		int32_t room;

		if (clashes >= least)
			continue;
		room = free_room(s, e, cell, random);
		if (room < 0)
			continue;
		best_cell = cell;
		best_room = room;
		least = clashes;
	}
	if (best_cell != NO_CELL)
		state_put(s, e, best_cell, best_room);
}

void start_begin(struct start *start, const struct state *s)
{
	const int32_t count = s->unplaced_count;
	struct waiting *list = mem_alloc(sizeof *list * ((size_t)count + 1));

	start_release(start);
	for (int32_t i = 0; i < count; i++) {
		list[i].event = s->unplaced[i];
		list[i].key = ease_of(s->t, s->unplaced[i]);
	}
	qsort(list, (size_t)count, sizeof *list, by_key);
	start->events = mem_alloc(sizeof *start->events * ((size_t)count + 1));
	start->count = count;
	for (int32_t i = 0; i < count; i++)
		start->events[i] = list[i].event;
	free(list);
}

void start_release(struct start *start)
{
	free(start->events);
	*start = (struct start){ .events = NULL };
}

bool start_greedily(struct start *start, struct state *s, struct random *random, int32_t most)
{
	for (; most > 0 && start->at < start->count; most--)
		place(s, start->events[start->at++], random);
	return start->at < start->count;
}
