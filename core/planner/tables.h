/* tables.h: a problem laid out for quick counting; the solver's own.
 *
 * Read only once built, so that threads share it.
 *
 * Inside, slots are *cells*: one cell that is always empty stands between two
 * days, two before the first and after the last. A neighbour of a cell can then be
 * looked at without asking whether it lies on the same day. */
#ifndef OV_PLANNER_TABLES_H
#define OV_PLANNER_TABLES_H

#include "core/base/stop.h"
#include "core/planner/problem.h"

/* Where groups of one kind may begin, and what it costs them there. */
struct profile {
	const uint16_t *source; /* the problem's table it was made of, may be NULL */
	int32_t duration;
	int32_t *cost;  /* [width], of a whole event; weighted; -1: not there */
	int32_t *cells; /* those that are not -1 */
	int32_t cell_count;
};

struct room_profile {
	const uint16_t *source;
	int32_t *cost;  /* [room_count], weighted; -1: not there */
	int32_t *rooms; /* those that are not -1, cheapest first */
	int32_t room_count;
	int32_t cheap_count; /* as many of them cost no more than the cheapest */
};

/* Days that shares count, by cell: 0, others -1. */
struct share_days {
	const uint8_t *source;
	int32_t *counter;
};

/* A limit on days, spans or a share: its counters stand from BASE on in state.load. */
struct limit_row {
	const int32_t *counter; /* [cell] which of them, -1: none */
	int32_t base, most, weight;
	bool by_event; /* an event counts once, not each of its slots */
};

struct group_table {
	int32_t first, count, duration;
	int32_t min_spans;
	int32_t stability; /* cost of each further room */
	const struct profile *profile;
	const struct room_profile *rooms;
	const int32_t *compact; /* rows of busy tables */
	int32_t compact_count;
	const int32_t *limited; /* limits: of its resources' days and spans, and its shares */
	int32_t limited_count;
	const int32_t *rivals; /* groups that exclude it, itself included, ascending */
	int32_t rival_count;
};

struct tables {
	const struct problem *problem;
	int32_t width;        /* cells */
	int32_t *cell_of;     /* [slot] */
	int32_t *slot_of;     /* [cell], PROBLEM_NONE for the empty ones */
	int32_t *span_of;     /* [cell] */
	int32_t *day_of;      /* [cell] counted from 0 */
	int32_t day_count;
	int32_t span_count;
	int32_t *group_of;    /* [event] */
	struct group_table *groups;
	int32_t group_count, event_count, room_count;
	int32_t compact_rows;
	struct limit_row *limits;
	int32_t limit_count;
	int32_t *load_used;   /* [load_count] what the counters begin with */
	int32_t load_count;
	int32_t *movable;     /* events that are not locked in time and room */
	int32_t movable_count;
	bool hopeless;        /* no event that may move has a cell and a room to go to */
	bool unit;            /* every duration is 1, and there are no limits */
	bool keeps;           /* some event has a present place */
	bool locks;
	bool many_compact;    /* some compact resource has several events at once */
	uint64_t *rival_bits; /* a matrix while there are few groups; else NULL */
	size_t rival_words;   /* of one of its rows */

	struct profile *profiles;
	int32_t profile_count;
	struct room_profile *room_profiles;
	int32_t room_profile_count;
	struct share_days *share_days;
	int32_t share_days_count;
	int32_t *compact_pool, *limited_pool, *rival_pool;
};

/* NULL when STOP was asked for. */
struct tables *tables_new(const struct problem *problem, const struct stop *stop);
void tables_free(struct tables *tables);

/* Do events of the two groups exclude each other? */
/* Numbers the limits (tables_limits.c). */
void tables_limits(struct tables *tables);

bool tables_rivals_searched(const struct group_table *a, int32_t b);
static inline bool tables_rivals(const struct tables *t, int32_t a, int32_t b)
{
	if (t->rival_bits)
		return t->rival_bits[(size_t)a * t->rival_words + (size_t)(b >> 6)] >>
			(b & 63) & 1;
	return tables_rivals_searched(&t->groups[a], b);
}

static inline const struct problem_event *tables_event(const struct tables *t, int32_t event)
{
	return t->problem->events ? &t->problem->events[event] : NULL;
}

/* Is it locked in time or room? */
static inline bool tables_locked(const struct tables *t, int32_t event)
{
	return t->locks && (t->problem->events[event].lock_slot >= 0 ||
			    t->problem->events[event].lock_room >= 0);
}

#endif
