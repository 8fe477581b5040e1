/* state.h: a timetable under work and its cost, kept up to date by counters;
 * the solver's own.
 *
 * Rooms are never crowded and never closed here: an event is in a free cell of
 * its room or has no place. Exclusions may be broken for a while; `hard` counts
 * those breaks and the events without a place. */
#ifndef OV_PLANNER_STATE_H
#define OV_PLANNER_STATE_H

#include "core/planner/tables.h"

enum { ROOM_FREE = -1, ROOM_CLOSED = -2, NO_CELL = -1 };

struct state {
	const struct tables *t;
	int32_t *cell, *room;   /* [event], NO_CELL and PROBLEM_NONE when unplaced */
	int32_t *occupant;      /* [cell][room]: event, ROOM_FREE or ROOM_CLOSED */
	uint16_t *clash;        /* [cell][group]: events there that exclude the group */
	uint16_t *busy;          /* [compact row][cell]: events of the resource there */
	int32_t *load;           /* counters of the limits: slots or events there */
	uint16_t *span_events;  /* [group][span] */
	uint16_t *room_events;  /* [group][room] */
	int32_t *spans, *rooms; /* [group] how many different ones */
	int32_t *unplaced, *unplaced_at; /* a list, and where an event is in it */
	int32_t unplaced_count;
	int64_t hard, soft;
};

/* An empty timetable; locked events are where they must be. */
void state_init(struct state *s, const struct tables *tables);
void state_release(struct state *s);
/* Takes all out that isn't locked in time and room. */
void state_clear(struct state *s);
/* The same, then puts them where PLACES say as far as the
 * rooms are free and the groups may be there. */
void state_load(struct state *s, const struct place *places);
void state_save(const struct state *s, struct place *places);

/* Could the event be in that cell and room, were the room free? */
bool state_may(const struct state *s, int32_t event, int32_t cell, int32_t room);
/* Is the room free for it, its own present place counted as free? */
bool state_room_free(const struct state *s, int32_t event, int32_t cell, int32_t room);

/* Puts an unplaced event there; the room must be free. Keeps hard and soft. */
void state_put(struct state *s, int32_t event, int32_t cell, int32_t room);
/* Takes a placed event out. */
void state_take(struct state *s, int32_t event);

/* A part of the cost that depends on one event's own place alone. */
int32_t state_own_cost(const struct state *s, int32_t event, int32_t cell, int32_t room);

static inline int32_t *state_occupant(const struct state *s, int32_t cell, int32_t room)
{
	return &s->occupant[(size_t)cell * (size_t)s->t->room_count + (size_t)room];
}

static inline uint16_t *state_clash(const struct state *s, int32_t cell, int32_t group)
{
	return &s->clash[(size_t)cell * (size_t)s->t->group_count + (size_t)group];
}

/* What so much on a counter of the row costs. */
static inline int32_t state_over(const struct limit_row *row, int32_t load)
{
	return load > row->most ? (load - row->most) * row->weight : 0;
}

/* The same, more when AMOUNT is added to the counter of CELL, if it has one. */
static inline int32_t state_over_more(const struct state *s, const struct limit_row *row,
				      int32_t cell, int32_t amount)
{
	const int32_t counter = row->counter[cell];
	int32_t load;

	if (counter < 0)
		return 0;
	load = s->load[row->base + counter];
	return state_over(row, load + amount) - state_over(row, load);
}

static inline uint16_t *state_busy(const struct state *s, int32_t row)
{
	return &s->busy[(size_t)row * (size_t)s->t->width];
}

#endif
