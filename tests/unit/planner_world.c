#include "tests/unit/planner_world.h"

#include "core/planner/random.h"

static int32_t between(struct random *random, int32_t low, int32_t high)
{
	return low + random_below(random, high - low + 1);
}

static uint16_t *costs(struct arena *arena, struct random *random, int32_t count, int32_t forbid)
{
	uint16_t *cost = arena_array(arena, (size_t)count, sizeof *cost);

	for (int32_t i = 0; i < count; i++)
		cost[i] = random_below(random, 100) < forbid ? (uint16_t)PROBLEM_FORBIDDEN :
			(uint16_t)random_below(random, 4);
	return cost;
}

static void make_slots(struct problem *p, struct arena *arena, struct random *random,
		       unsigned flags)
{
	const int32_t days = between(random, 2, 6), periods = between(random, 3, 8);
	int32_t *day, *span;

	p->slot_count = days * periods;
	day = arena_array(arena, (size_t)p->slot_count, sizeof *day);
	span = arena_array(arena, (size_t)p->slot_count, sizeof *span);
	for (int32_t s = 0; s < p->slot_count; s++) {
		day[s] = s / periods * 3;
		span[s] = s / periods / 2;
	}
	p->slot_day = day;
	p->slot_span = flags & WORLD_ODD ? span : NULL;
}

static void make_rooms(struct problem *p, struct arena *arena, struct random *random,
		       int32_t events, unsigned flags)
{
	struct problem_room *rooms;

	p->room_count = events / p->slot_count + 2;
	rooms = arena_array(arena, (size_t)p->room_count, sizeof *rooms);
	for (int32_t r = 0; r < p->room_count && flags & WORLD_ODD; r++) {
		uint8_t *closed = arena_array(arena, (size_t)p->slot_count, 1);

		rooms[r].shared = r == 0;
		for (int32_t s = 0; s < p->slot_count; s++)
			closed[s] = random_below(random, 8) == 0;
		rooms[r].closed = closed;
	}
	p->rooms = rooms;
}

static void make_groups(struct problem *p, struct arena *arena, struct random *random,
			int32_t events, unsigned flags)
{
	struct problem_group *groups = arena_array(arena, (size_t)events, sizeof *groups);

	while (p->event_count < events) {
		struct problem_group *g = &groups[p->group_count++];
		int32_t *resources = arena_array(arena, (size_t)p->resource_count, sizeof *resources);

		g->first = p->event_count;
		g->count = between(random, 1, 5);
		g->duration = flags & WORLD_LONG ? between(random, 1, 3) : 1;
		g->slot_cost = between(random, 0, 2) ? costs(arena, random, p->slot_count, 15) : NULL;
		g->room_cost = between(random, 0, 2) ? costs(arena, random, p->room_count, 20) : NULL;
		for (int32_t q = 0; q < p->resource_count; q++)
			if (random_below(random, p->resource_count) < 2)
				resources[g->resource_count++] = q;
		g->resources = resources;
		g->min_spans = between(random, 0, g->count);
		g->stable = between(random, 0, 1);
		p->event_count += g->count;
	}
	p->groups = groups;
}

/* Who shares is drawn from a generator of its own: worlds without shares stay as
 * they are. */
static void make_shares(struct problem *p, struct arena *arena, uint64_t seed)
{
	struct problem_group *groups = (struct problem_group *)p->groups;
	struct problem_share *shares = arena_array(arena, 4, sizeof *shares);
	struct random random;

	random_seed(&random, seed + 1000);
	for (int i = 0; i < 4; i++) {
		uint8_t *days = arena_array(arena, (size_t)p->slot_count, 1);

		for (int32_t d = 0; d < p->slot_count; d++)
			days[d] = (uint8_t)random_below(&random, 2);
		shares[i] = (struct problem_share){ i == 3 ? shares[0].days : days,
						    random_below(&random, 4), i % 2 };
	}
	for (int32_t g = 0; g < p->group_count; g++) {
		int32_t *list = arena_array(arena, 4, sizeof *list);

		for (int32_t i = 0; i < 4; i++)
			if (random_below(&random, 3) == 0)
				list[groups[g].share_count++] = i;
		groups[g].shares = list;
	}
	p->shares = shares;
	p->share_count = 4;
}

static void make_events(struct problem *p, struct arena *arena, struct random *random)
{
	struct problem_event *events = arena_array(arena, (size_t)p->event_count, sizeof *events);

	for (int32_t g = 0; g < p->group_count; g++)
		for (int32_t i = 0; i < p->groups[g].count; i++) {
			struct problem_event *e = &events[p->groups[g].first + i];
			const int32_t slot = random_below(random, p->slot_count);
			const int32_t room = random_below(random, p->room_count);
			const int32_t end = slot + p->groups[g].duration - 1;
			const bool fits = end < p->slot_count &&
				p->slot_day[end] == p->slot_day[slot];

			e->lock_slot = fits && random_below(random, 10) == 0 ? slot : PROBLEM_NONE;
			e->lock_room = random_below(random, 10) == 0 ? room : PROBLEM_NONE;
			e->keep_slot = random_below(random, 2) ? slot : PROBLEM_NONE;
			e->keep_room = random_below(random, 2) ? room : PROBLEM_NONE;
		}
	p->events = events;
}

struct problem *planner_world(struct arena *arena, uint64_t seed, int32_t events, unsigned flags)
{
	struct problem *p = arena_alloc(arena, sizeof *p);
	struct problem_resource *resources;
	struct problem_pair *pairs;
	struct random random;

	random_seed(&random, seed);
	make_slots(p, arena, &random, flags);
	make_rooms(p, arena, &random, events, flags);
	p->resource_count = events / 6 + 2;
	resources = arena_array(arena, (size_t)p->resource_count, sizeof *resources);
	for (int32_t q = 0; q < p->resource_count; q++) {
		resources[q].compact = random_below(&random, 2);
		resources[q].many = flags & WORLD_ODD && random_below(&random, 5) == 0;
		if (flags & WORLD_LOAD && q % 3) {
			uint16_t *used = arena_array(arena, (size_t)p->slot_count, sizeof *used);

			used[0] = (uint16_t)q;
			resources[q].day_most = 1 + q % 4;
			resources[q].day_used = q % 2 ? used : NULL;
			resources[q].span_most = q % 3 == 1 ? 0 : 2 + q % 4;
			resources[q].span_used = q % 2 ? NULL : used;
		}
	}
	p->resources = resources;
	make_groups(p, arena, &random, events, flags);
	if (flags & WORLD_LOAD)
		make_shares(p, arena, seed);
	if (flags & WORLD_LOCKS)
		make_events(p, arena, &random);
	p->pair_count = flags & WORLD_ODD ? p->group_count / 4 : 0;
	pairs = arena_array(arena, (size_t)p->pair_count, sizeof *pairs);
	for (int32_t i = 0; i < p->pair_count; i++) {
		pairs[i].a = random_below(&random, p->group_count);
		pairs[i].b = random_below(&random, p->group_count);
	}
	p->pairs = pairs;
	p->weights = (struct problem_weights){ .slot = 1, .room = 1, .spread = 5, .isolated = 2,
					       .stability = 1, .keep_slot = 3, .keep_room = 1,
					       .overload = 2, .span_overload = 3, .share = 4 };
	return p;
}
