/* problem.h: a timetabling problem as plain numbers, and what a timetable costs.
 *
 * The one model under the planner of cohorts and under the ITC-2007 benchmark
 * (core/codec/ctt.h). It knows no dates, names or records; who makes a problem
 * keeps the way back. Everything is an index from 0; PROBLEM_NONE is "none".
 *
 * *Slots* are the grains of time, in order; each lies on a day. *Groups* are
 * what is taught: COUNT events (lectures, meetings) that are alike, each
 * DURATION slots long, on one day, with the same resources and the same wishes
 * for time and room. *Resources* are what one event at a time can have: a
 * teacher, a cohort, a curriculum. *Shares* count the events of some groups that
 * lie on certain days. *Pairs* are two groups that exclude each
 * other for another reason (learners they share).
 *
 * A problem is only read: it and all it points to belong to the caller and
 * stay as they are while a solver works on it. Tables of costs may be shared
 * by groups, which is how a term of 60,000 events stays small. */
#ifndef OV_PLANNER_PROBLEM_H
#define OV_PLANNER_PROBLEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"

enum {
	PROBLEM_NONE = -1,
	PROBLEM_FORBIDDEN = UINT16_MAX, /* as a cost: never there */
	PROBLEM_SLOTS_MAX = 1 << 14,
	PROBLEM_ROOMS_MAX = 1 << 14,
	PROBLEM_EVENTS_MAX = 1 << 20
};

struct problem_room {
	bool shared;           /* holds any number of events at once (online) */
	const uint8_t *closed; /* [slot_count], 1: closed; NULL: always open */
};

struct problem_resource {
	bool many;    /* may have several events at once; only for COMPACT */
	bool compact; /* an event with nothing before or after it on its day costs `isolated` */
	/* Slots of one day, past which each further one costs `overload`; 0: no
	 * limit. DAY_USED [day, counted from 0 in their order]: slots that are taken
	 * already; NULL: none. */
	int32_t day_most;
	const uint16_t *day_used;
	/* The same for a span (a week), each further slot at `span_overload`; no day
	 * may lie in two spans then. */
	int32_t span_most;
	const uint16_t *span_used; /* [span] */
};

/* Groups of which no more than MOST events in sum should lie on certain days; each
 * further one costs `share`. */
struct problem_share {
	const uint8_t *days; /* [day, counted from 0 in their order], 1: such a day */
	int32_t most;
	int32_t used; /* that lie there already, besides those of the groups */
};

struct problem_group {
	int32_t first, count; /* its events: first … first + count - 1 */
	int32_t duration;     /* slots, ≥ 1 */
	/* [slot_count] cost of having an event in that slot, PROBLEM_FORBIDDEN
	 * for never; an event pays for each slot it fills. NULL: free everywhere. */
	const uint16_t *slot_cost;
	/* [room_count] cost of an event in that room, PROBLEM_FORBIDDEN for
	 * never. NULL: any room for nothing. */
	const uint16_t *room_cost;
	const int32_t *resources; /* each once */
	int32_t resource_count;
	const int32_t *shares; /* each once */
	int32_t share_count;
	int32_t min_spans; /* its events should be on so many days (or spans), 0: no wish */
	bool stable;       /* each room beyond the first costs `stability` */
};

/* What is fixed or known of one event. A lock must name a place that the group
 * may have; the rest of the timetable works around it. */
struct problem_event {
	int32_t lock_slot, lock_room; /* its first slot, its room; PROBLEM_NONE: free */
	int32_t keep_slot, keep_room; /* where it is at present; PROBLEM_NONE: nowhere */
};

struct problem_pair {
	int32_t a, b; /* groups */
};

/* What things cost, ≥ 0. Hard faults have no weight here: a timetable with
 * fewer of them is always the better one. */
struct problem_weights {
	int32_t slot, room;           /* times the tables of the groups */
	int32_t spread;               /* for each span a group lacks */
	int32_t isolated;             /* for each lonely slot of a compact resource */
	int32_t stability;            /* for each further room of a stable group */
	int32_t keep_slot, keep_room; /* for each event that leaves its present place */
	int32_t overload;             /* for each slot of a resource past its day_most */
	int32_t span_overload;        /* for each slot of a resource past its span_most */
	int32_t share;                /* for each event past the most of a share */
};

struct problem {
	int32_t slot_count;
	const int32_t *slot_day;  /* never falling */
	const int32_t *slot_span; /* what min_spans counts, from 0; NULL: days */
	int32_t room_count;
	const struct problem_room *rooms;
	int32_t resource_count;
	const struct problem_resource *resources;
	int32_t share_count;
	const struct problem_share *shares;
	int32_t group_count;
	const struct problem_group *groups; /* their events in order, without a gap */
	int32_t event_count;
	const struct problem_event *events; /* NULL: nothing locked, nothing to keep */
	int32_t pair_count;
	const struct problem_pair *pairs;
	struct problem_weights weights;
};

/* Where an event is; both PROBLEM_NONE when it has no place. */
struct place {
	int32_t slot; /* its first */
	int32_t room;
};

/* What a timetable costs, by cause. The hard ones are counts of faults, the
 * soft ones are already weighted. */
struct problem_cost {
	int64_t hard; /* sum of the next five */
	int64_t unplaced;  /* events without a place */
	int64_t clashes;   /* pairs of events in one slot that exclude each other, slot by slot */
	int64_t crowded;   /* events beyond the first in one slot of a room */
	int64_t forbidden; /* slots and rooms that are forbidden or closed, days that end too early */
	int64_t unlocked;  /* locks not kept */
	int64_t soft; /* sum of the next nine */
	int64_t slot, room, spread, isolated, stability, keep, overload, span_overload, share;
};

/* Is the better one first? Hard faults count before any soft cost. */
static inline bool problem_cost_less(const struct problem_cost *a, const struct problem_cost *b)
{
	return a->hard != b->hard ? a->hard < b->hard : a->soft < b->soft;
}

/* Is the problem well formed? 0, or OV_EUSAGE with PLAN_PROBLEM and what is
 * wrong. That it has no solution is no fault of form. */
int problem_check(const struct problem *problem, struct error *err);

/* The cost of PLACES [event_count], counted from nothing. */
void problem_evaluate(const struct problem *problem, const struct place *places,
		      struct problem_cost *cost);

/* May an event of the group begin there, clashes aside? */
bool problem_slot_allowed(const struct problem *problem, int32_t group, int32_t slot);

#endif
