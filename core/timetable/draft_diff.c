#include "core/timetable/draft_diff.h"

#include <stdlib.h>
#include <string.h>

/* Meetings of one draft: all in order, then only those without an equal. */
struct side {
	const struct session_slot **slots;
	size_t count, at, alone;
};

static int text_order(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "");
}

static int group_order(const struct session_slot *x, const struct session_slot *y)
{
	int rc = text_order(x->cohorts, y->cohorts);

	return rc ? rc : text_order(x->course_code, y->course_code);
}

static int slot_order(const struct session_slot *x, const struct session_slot *y)
{
	int rc = group_order(x, y);

	if (!rc && x->on_date != y->on_date)
		rc = x->on_date < y->on_date ? -1 : 1;
	if (!rc && x->start_min != y->start_min)
		rc = x->start_min < y->start_min ? -1 : 1;
	return rc;
}

static int by_slot(const void *a, const void *b)
{
	const struct session_slot *x = *(const struct session_slot *const *)a;
	const struct session_slot *y = *(const struct session_slot *const *)b;
	int rc = slot_order(x, y);

	return rc ? rc : text_order(x->room, y->room);
}

static void side_make(struct side *side, const struct record_list *list, struct arena *arena)
{
	*side = (struct side){ .count = list->count };
	side->slots = arena_array(arena, list->count + 1, sizeof *side->slots);
	for (size_t i = 0; i < list->count; i++)
		side->slots[i] = list->items[i];
	if (list->count)
		qsort(side->slots, list->count, sizeof *side->slots, by_slot);
}

/* What has no equal moves to the front, over what was seen already. */
static void side_leave(struct side *side)
{
	side->slots[side->alone++] = side->slots[side->at++];
}

static void equals_take(struct side *x, struct side *y, struct draft_diff *out)
{
	while (x->at < x->count || y->at < y->count) {
		int order = x->at == x->count ? 1 : y->at == y->count ? -1 :
			    slot_order(x->slots[x->at], y->slots[y->at]);

		if (order < 0) {
			side_leave(x);
		} else if (order > 0) {
			side_leave(y);
		} else if (!text_order(x->slots[x->at]->room, y->slots[y->at]->room)) {
			out->same++;
			x->at++;
			y->at++;
		} else {
			out->room++;
			side_leave(x);
			side_leave(y);
		}
	}
	out->time = (int64_t)x->alone - out->room;
}

void draft_diff(const struct record_list *a, const struct record_list *b, struct arena *arena,
		struct draft_diff *out)
{
	struct side x, y;
	size_t i = 0, k = 0;

	*out = (struct draft_diff){ .same = 0 };
	side_make(&x, a, arena);
	side_make(&y, b, arena);
	equals_take(&x, &y, out);
	out->moves = arena_array(arena, x.alone + y.alone + 1, sizeof *out->moves);
	while (i < x.alone || k < y.alone) {
		int order = i == x.alone ? 1 : k == y.alone ? -1 :
			    group_order(x.slots[i], y.slots[k]);

		out->moves[out->count++] = (struct draft_move){
			.a = order <= 0 ? x.slots[i++] : NULL,
			.b = order >= 0 ? y.slots[k++] : NULL,
		};
	}
}
