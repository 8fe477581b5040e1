#include "core/planner/repair.h"

#include "core/planner/state.h"

/* With how many others does the event clash, slot by slot? */
static int32_t clashes_of(const struct state *s, int32_t e)
{
	const int32_t group = s->t->group_of[e];
	int32_t count = 0;

	for (int32_t i = 0; i < s->t->groups[group].duration; i++)
		count += *state_clash(s, s->cell[e] + i, group) - 1;
	return count;
}

/* Is the event where it is at present? Those go last. */
static bool is_kept(const struct state *s, int32_t e)
{
	const struct problem_event *event = tables_event(s->t, e);

	return event && event->keep_slot >= 0 && event->keep_slot == s->t->slot_of[s->cell[e]];
}

static int32_t worst(const struct state *s)
{
	int32_t found = PROBLEM_NONE, most = 0;

	for (int32_t i = 0; i < s->t->movable_count; i++) {
		const int32_t e = s->t->movable[i];
		int32_t count = s->cell[e] == NO_CELL ? 0 : 2 * clashes_of(s, e);

		count -= count && is_kept(s, e);

		if (count > most) {
			most = count;
			found = e;
		}
	}
	return found;
}

/* The first place that disturbs nobody. */
static void put_back(struct state *s, int32_t e)
{
	const struct group_table *g = &s->t->groups[s->t->group_of[e]];

	for (int32_t i = 0; i < g->profile->cell_count; i++) {
		const int32_t cell = g->profile->cells[i];
		int32_t clashes = 0;

		for (int32_t k = 0; k < g->duration; k++)
			clashes += *state_clash(s, cell + k, s->t->group_of[e]);
		for (int32_t k = 0; !clashes && k < g->rooms->room_count; k++)
			if (state_may(s, e, cell, g->rooms->rooms[k]) &&
			    state_room_free(s, e, cell, g->rooms->rooms[k])) {
				state_put(s, e, cell, g->rooms->rooms[k]);
				return;
			}
	}
}

void repair_clashes(const struct tables *t, struct place *places)
{
	struct state s;
	int32_t e;

	state_init(&s, t);
	state_load(&s, places);
	while ((e = worst(&s)) >= 0)
		state_take(&s, e);
	for (int32_t i = 0; i < t->movable_count; i++)
		if (s.cell[t->movable[i]] == NO_CELL)
			put_back(&s, t->movable[i]);
	state_save(&s, places);
	state_release(&s);
}
