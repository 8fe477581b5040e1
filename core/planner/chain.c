#include "core/planner/chain.h"

/* The rivals of the chain's events, until there are no more; false when it
 * gets too long or somebody may not go there. */
static bool grow(const struct state *s, struct chain *chain, const int32_t cells[2])
{
	const struct tables *t = s->t;

	for (int32_t i = 0; i < chain->count; i++) {
		const int32_t g = t->group_of[chain->event[i]];
		const int32_t to = cells[!chain->turned[i]];
		const int32_t *there = state_occupant(s, to, 0);
		int32_t left = *state_clash(s, to, g);

		if (t->groups[g].profile->cost[to] < 0)
			return false;
		for (int32_t r = 0; left && r < t->room_count; r++) {
			bool known = false;

			if (there[r] < 0 || !tables_rivals(t, g, t->group_of[there[r]]))
				continue;
			left--;
			for (int32_t k = 0; k < chain->count; k++)
				known = known || chain->event[k] == there[r];
			if (known)
				continue;
			if (chain->count == CHAIN_MAX || tables_locked(t, there[r]))
				return false;
			chain->event[chain->count] = there[r];
			chain->room[chain->count] = r;
			chain->turned[chain->count++] = !chain->turned[i];
		}
	}
	return true;
}

/* A room for an event that comes into CELL: its own, else the cheapest free. */
static int32_t room_for(const struct state *s, int32_t e, int32_t cell, int32_t own)
{
	const struct room_profile *rooms = s->t->groups[s->t->group_of[e]].rooms;

	if (*state_occupant(s, cell, own) == ROOM_FREE)
		return own;
	for (int32_t i = 0; i < rooms->room_count; i++)
		if (*state_occupant(s, cell, rooms->rooms[i]) == ROOM_FREE)
			return rooms->rooms[i];
	return PROBLEM_NONE;
}

static void undo(struct state *s, const struct chain *chain, int32_t placed,
		 const int32_t cells[2])
{
	for (int32_t i = 0; i < placed; i++)
		state_take(s, chain->event[i]);
	for (int32_t i = 0; i < chain->count; i++)
		state_put(s, chain->event[i], cells[chain->turned[i]], chain->room[i]);
}

bool chain_turn(struct state *s, int32_t e, int32_t cell, int32_t fault_cost, int32_t limit,
		struct chain *chain)
{
	const int32_t cells[2] = { s->cell[e], cell };
	const int64_t hard = s->hard, soft = s->soft;
	int32_t placed = 0;

	*chain = (struct chain){ .event = { e }, .room = { s->room[e] }, .count = 1 };
	if (!grow(s, chain, cells))
		return false;
	for (int32_t i = 0; i < chain->count; i++)
		state_take(s, chain->event[i]);
	for (; placed < chain->count; placed++) {
		const int32_t to = cells[!chain->turned[placed]];
		const int32_t room = room_for(s, chain->event[placed], to, chain->room[placed]);

		if (room < 0)
			break;
		state_put(s, chain->event[placed], to, room);
	}
	if (placed == chain->count && (s->hard - hard) * fault_cost + s->soft - soft <= limit)
		return true;
	undo(s, chain, placed, cells);
	return false;
}
