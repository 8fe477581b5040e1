/* start.h: the first timetable of a search; the solver's own. */
#ifndef OV_PLANNER_START_H
#define OV_PLANNER_START_H

#include "core/planner/random.h"
#include "core/planner/state.h"

/* Gives every event that has none a place where it breaks the fewest
 * exclusions, the hardest to place first. Without a free room it stays unplaced. */
void start_greedily(struct state *s, struct random *random);

#endif
