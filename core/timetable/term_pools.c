/* Portable items. The solver knows things that one meeting at a time can have, so
 * the stock of an item is parted into *lanes*: shares of it that are large enough
 * for a meeting. Each group that uses the item has one lane, and never more than
 * the stock is in use. What stays uses the last lanes meanwhile. */
#include "core/timetable/term_private.h"

#include <stdlib.h>

struct lane {
	int64_t width;
	int64_t upto; /* pieces of this and the lanes before it */
	int64_t load; /* lessons */
};

/* A group that uses the item. */
struct lane_user {
	size_t group;
	int64_t pieces, lessons;
};

static int user_order(const void *a, const void *b)
{
	const struct lane_user *x = a, *y = b;

	if (x->pieces != y->pieces)
		return x->pieces > y->pieces ? -1 : 1;
	if (x->lessons != y->lessons)
		return x->lessons > y->lessons ? -1 : 1;
	return x->group < y->group ? -1 : x->group > y->group;
}

static int64_t pieces_of(const struct term_problem *term, int64_t course_id, int64_t pool_id)
{
	const struct record_list *uses = bundle_list(term->bundle, &course_use_fields);

	for (size_t i = 0; i < uses->count; i++) {
		const struct course_use *use = uses->items[i];

		if (use->course_id == course_id && use->pool_id == pool_id)
			return use->pieces;
	}
	return 0;
}

static struct lane_user *users_list(struct term_problem *term, const struct pool *pool,
				    size_t *count)
{
	struct lane_user *users = arena_array(&term->arena, term->group_count + 1, sizeof *users);

	*count = 0;
	for (size_t g = 0; g < term->group_count; g++) {
		const int64_t pieces = pieces_of(term, term->groups[g].need->course_id, pool->id);

		if (pieces)
			users[(*count)++] = (struct lane_user){ g, pieces, term->groups[g].lessons };
	}
	if (*count)
		qsort(users, *count, sizeof *users, user_order);
	return users;
}

/* Pieces that meetings which stay use, slot by slot. */
static int64_t *fixed_use(struct term_problem *term, const struct pool *pool)
{
	int64_t *used = arena_array(&term->arena, (size_t)term->slot_count + 1, sizeof *used);

	for (size_t i = 0; i < term->standing_count; i++) {
		const struct session *session = term->standing[i];
		const int64_t pieces = pieces_of(term, session->course_id, pool->id);
		uint8_t *marks = NULL;

		if (!pieces)
			continue;
		term_mark(term, &marks, (struct conflict_span){
			conflict_minute(session->on_date, session->start_min),
			conflict_minute(session->on_date, session->end_min) });
		for (int32_t s = 0; s < term->slot_count; s++)
			used[s] += marks[s] * pieces;
	}
	return used;
}

/* As wide as the largest use that still fits; no more than there are users. */
static size_t lanes_make(const struct lane_user *users, size_t count, int64_t stock,
			 struct lane *lanes)
{
	int64_t left = stock;
	size_t made = 0;

	for (size_t at = 0; at < count && made < count;) {
		if (users[at].pieces > left) {
			at++;
			continue;
		}
		left -= users[at].pieces;
		lanes[made++] = (struct lane){ users[at].pieces, stock - left, 0 };
	}
	return made;
}

static void lane_take(struct term_problem *term, struct term_group *group,
		      const struct lane_user *user, struct lane *lanes, size_t lane_count,
		      const struct pool *pool, const int64_t *used)
{
	size_t best = lane_count;

	for (size_t i = 0; i < lane_count && group->lane_count < LANES_MOST; i++)
		if (lanes[i].width >= user->pieces &&
		    (best == lane_count || lanes[i].load < lanes[best].load))
			best = i;
	if (best < lane_count) {
		lanes[best].load += user->lessons;
		group->lanes[group->lane_count++] = (int32_t)(term->lane_count + best);
	}
	if (!group->short_of)
		group->short_of = arena_alloc(&term->arena, (size_t)term->slot_count + 1);
	group->pool = pool;
	for (int32_t s = 0; s < term->slot_count; s++)
		if (best == lane_count || lanes[best].upto + used[s] > pool->stock) {
			group->short_of[s] = 1;
			((uint16_t *)group->slot_cost)[s] = PROBLEM_FORBIDDEN;
		}
}

void term_pools_build(struct term_problem *term)
{
	const struct record_list *pools = bundle_list(term->bundle, &pool_fields);

	for (size_t p = 0; p < pools->count && !term_stopped(term); p++) {
		const struct pool *pool = pools->items[p];
		size_t count, lane_count;
		struct lane_user *users = users_list(term, pool, &count);
		struct lane *lanes = arena_array(&term->arena, count + 1, sizeof *lanes);
		const int64_t *used;

		if (!count)
			continue;
		used = fixed_use(term, pool);
		lane_count = lanes_make(users, count, pool->stock, lanes);
		for (size_t i = 0; i < count; i++)
			lane_take(term, &term->groups[users[i].group], &users[i], lanes, lane_count,
				  pool, used);
		term->lane_count += lane_count;
	}
}
