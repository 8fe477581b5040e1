/* chain.h: events of two cells that can only change cells together; the
 * solver's own. (Kempe chains of graph colouring.) */
#ifndef OV_PLANNER_CHAIN_H
#define OV_PLANNER_CHAIN_H

#include "core/planner/state.h"

enum { CHAIN_MAX = 8 };

struct chain {
	int32_t event[CHAIN_MAX], room[CHAIN_MAX]; /* who, and the room before */
	bool turned[CHAIN_MAX];                    /* comes from the other cell */
	int32_t count;
};

/* E goes to CELL, its rivals there come back, theirs go with it, and so on; each
 * keeps its room or takes the cheapest free one. True when that was possible and
 * the cost (a fault counts FAULT_COST) grew by no more than LIMIT; else all is as
 * before. For events of one slot, E not locked, a row of rooms short enough to
 * look through. */
bool chain_turn(struct state *s, int32_t e, int32_t cell, int32_t fault_cost, int32_t limit,
		struct chain *chain);

#endif
