/* planner_world.h: small timetabling problems made up by chance. */
#ifndef OV_TESTS_PLANNER_WORLD_H
#define OV_TESTS_PLANNER_WORLD_H

#include "core/base/arena.h"
#include "core/planner/problem.h"

enum world_flag {
	WORLD_LONG = 1 << 0,  /* events of several slots */
	WORLD_LOCKS = 1 << 1, /* some events are locked, some have a present place */
	WORLD_LOAD = 1 << 3,  /* resources with limits of days and spans; shares */
	WORLD_ODD = 1 << 2    /* closed and shared rooms, spans that are not days, pairs */
};

/* A problem of about that many events, in the arena; the same for one seed. */
struct problem *planner_world(struct arena *arena, uint64_t seed, int32_t events, unsigned flags);

#endif
