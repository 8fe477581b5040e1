/* start.h: the first timetable of a search; the solver's own. */
#ifndef OV_PLANNER_START_H
#define OV_PLANNER_START_H

#include "core/planner/random.h"
#include "core/planner/state.h"

/* Those without a place, the hardest to place first. */
struct start {
	int32_t *events;
	int32_t count, at;
};

/* Zeroed is released. */
void start_begin(struct start *start, const struct state *s);
void start_release(struct start *start);

/* Gives the next MOST of them a place where they break the fewest exclusions;
 * without a free room they stay unplaced. False when there are no more. */
bool start_greedily(struct start *start, struct state *s, struct random *random, int32_t most);

#endif
