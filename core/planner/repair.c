#include "core/planner/repair.h"

#include <stdlib.h>

#include "core/base/arena.h"
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

/* How much goes away when the event does. */
struct weight {
	int32_t faults, event;
};

static struct weight weight_of(const struct state *s, int32_t e)
{
	int32_t faults = s->cell[e] == NO_CELL ? 0 : 2 * clashes_of(s, e);

	return (struct weight){ faults - (faults && is_kept(s, e)), e };
}

/* A heap with the heaviest at 0; of equals the first event. */
static bool heavier(struct weight a, struct weight b)
{
	return a.faults != b.faults ? a.faults > b.faults : a.event < b.event;
}

static void sink(struct weight *heap, int32_t count, int32_t at)
{
	const struct weight moved = heap[at];

	for (int32_t child; (child = 2 * at + 1) < count; at = child) {
		if (child + 1 < count && heavier(heap[child + 1], heap[child]))
			child++;
		if (!heavier(heap[child], moved))
			break;
		heap[at] = heap[child];
	}
	heap[at] = moved;
}

/* Takes events out, the heaviest first, until no two clash. A weight only falls
 * while others go, so one that is still what it was at the top is the heaviest. */
static void take_out(struct state *s)
{
	struct weight *heap = mem_alloc(sizeof *heap * ((size_t)s->t->movable_count + 1));
	int32_t count = 0;

	for (int32_t i = 0; i < s->t->movable_count; i++) {
		const struct weight weight = weight_of(s, s->t->movable[i]);

		if (weight.faults)
			heap[count++] = weight;
	}
	for (int32_t i = count / 2; i-- > 0;)
		sink(heap, count, i);
	while (count) {
		const struct weight now = weight_of(s, heap[0].event);

		if (now.faults && now.faults == heap[0].faults)
			state_take(s, now.event);
		if (!now.faults || now.faults == heap[0].faults)
			heap[0] = heap[--count];
		else
			heap[0] = now;
		sink(heap, count, 0);
	}
	free(heap);
}

/* The first place that disturbs nobody. Returns how many places were looked at. */
static int64_t put_back(struct state *s, int32_t e)
{
	const struct group_table *g = &s->t->groups[s->t->group_of[e]];
	int64_t looks = 0;

	for (int32_t i = 0; i < g->profile->cell_count; i++, looks++) {
		const int32_t cell = g->profile->cells[i];
		int32_t clashes = 0;

		for (int32_t k = 0; k < g->duration; k++)
			clashes += *state_clash(s, cell + k, s->t->group_of[e]);
		for (int32_t k = 0; !clashes && k < g->rooms->room_count; k++, looks++)
			if (state_may(s, e, cell, g->rooms->rooms[k]) &&
			    state_room_free(s, e, cell, g->rooms->rooms[k])) {
				state_put(s, e, cell, g->rooms->rooms[k]);
				return looks;
			}
	}
	return looks;
}

void repair_clashes(const struct tables *t, struct place *places, const struct stop *hurry)
{
	enum { LOOKS_IN_A_HURRY = 4000000 };
	struct state s;
	int64_t looks = 0;

	state_init(&s, t);
	state_load(&s, places);
	take_out(&s);
	for (int32_t i = 0; i < t->movable_count; i++) {
		if (s.cell[t->movable[i]] != NO_CELL)
			continue;
		if (looks > LOOKS_IN_A_HURRY && stop_asked(hurry))
			break;
		looks += put_back(&s, t->movable[i]);
	}
	state_save(&s, places);
	state_release(&s);
}
