#include "core/planner/moves.h"

static bool holds(const struct group_table *g, int32_t row)
{
	for (int32_t i = 0; i < g->compact_count; i++)
		if (g->compact[i] == row)
			return true;
	return false;
}

static int32_t lonely_unshared(const struct state *s, const struct group_table *g,
			       const struct group_table *other, int32_t from, int32_t to)
{
	const bool near = (uint32_t)(to - from + 2) <= 4;
	int32_t change = 0;

	for (int32_t i = 0; i < g->compact_count; i++) {
		uint16_t *row = state_busy(s, g->compact[i]);

		if (holds(other, g->compact[i]))
			continue;
		change += near ? lonely_move_near(row, from, to) :
			lonely_take(row, from) + lonely_put(row, to);
	}
	return change;
}

int32_t swap_lonely_rivals(const struct state *s, const struct group_table *g,
			   const struct group_table *h, int32_t from, int32_t to)
{
	return lonely_unshared(s, g, h, from, to) + lonely_unshared(s, h, g, to, from);
}
