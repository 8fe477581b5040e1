/* step.h: the moves of a search, and how its best timetable is kept; the solver's own. */
#ifndef OV_PLANNER_STEP_H
#define OV_PLANNER_STEP_H

#include "core/planner/anneal.h"

/* Tries COUNT moves at the present heat. */
void step_block(struct anneal *a, int count);

/* Copies what moved since the last time, so that a new best costs as much as
 * the moves that led to it, not as much as the timetable is large. */
void best_write(struct anneal *a);

static inline void note_changed(struct anneal *a, int32_t event)
{
	if (a->is_changed[event])
		return;
	a->is_changed[event] = true;
	a->changed[a->changed_count++] = event;
}

static inline bool is_better(const struct anneal *a)
{
	return a->now.hard != a->best_hard ? a->now.hard < a->best_hard :
		a->now.soft < a->best_soft;
}

static inline void note_best(struct anneal *a)
{
	if (!is_better(a))
		return;
	a->best_hard = a->now.hard;
	a->best_soft = a->now.soft;
	a->at_best = true;
}

/* Before anything moves away from the best timetable it is written down. */
static inline void before_change(struct anneal *a)
{
	if (a->at_best)
		best_write(a);
}

/* A place by chance that E's group may have. */
static inline int32_t room_pick(const struct anneal *a, const struct group_table *g, int32_t e,
				uint32_t bits)
{
	const struct problem_event *event = a->t->locks ? tables_event(a->t, e) : NULL;

	if (event && event->lock_room >= 0)
		return event->lock_room;
	return g->rooms->rooms[random_scale(bits, g->rooms->room_count)];
}

static inline int32_t cell_pick(const struct anneal *a, const struct group_table *g, int32_t e,
				uint32_t bits)
{
	const struct problem_event *event = a->t->locks ? tables_event(a->t, e) : NULL;

	if (event && event->lock_slot >= 0)
		return a->t->cell_of[event->lock_slot];
	return g->profile->cells[random_scale(bits, g->profile->cell_count)];
}

#endif
