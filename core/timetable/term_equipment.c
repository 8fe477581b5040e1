/* What courses need: of rooms, equipment; of teachers, certificates. */
#include "core/timetable/term_private.h"

#include <stdlib.h>
#include <string.h>

static int item_order(const void *a, const void *b)
{
	const struct term_item *x = a, *y = b;
	int order;

	if (x->owner != y->owner)
		return x->owner < y->owner ? -1 : 1;
	order = strcmp(x->item, y->item);
	if (order)
		return order;
	return x->value > y->value ? -1 : x->value < y->value;
}

static void items_sort(struct term_items *items)
{
	if (items->count)
		qsort(items->item, items->count, sizeof *items->item, item_order);
}

/* The first that doesn't come before this one. */
static size_t items_find(const struct term_items *items, int64_t owner, const char *item)
{
	const struct term_item wanted = { owner, item, INT64_MAX };
	size_t low = 0, high = items->count;

	while (low < high) {
		const size_t mid = low + (high - low) / 2;

		if (item_order(&items->item[mid], &wanted) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* The best row of owner and item; NULL when there is none. */
static const struct term_item *items_get(const struct term_items *items, int64_t owner,
					 const char *item)
{
	const size_t at = items_find(items, owner, item);
	const struct term_item *found = &items->item[at];

	return at < items->count && found->owner == owner && !strcmp(found->item, item) ?
		found : NULL;
}

static struct term_items items_new(struct term_problem *term, const struct record_list *list)
{
	return (struct term_items){
		arena_array(&term->arena, list->count + 1, sizeof(struct term_item)), list->count };
}

void term_equipment_build(struct term_problem *term)
{
	const struct record_list *needs = bundle_list(term->bundle, &course_need_fields);
	const struct record_list *features = bundle_list(term->bundle, &room_feature_fields);
	const struct record_list *held = bundle_list(term->bundle, &teacher_certificate_fields);

	term->needs = items_new(term, needs);
	for (size_t i = 0; i < needs->count; i++) {
		const struct course_need *row = needs->items[i];

		term->needs.item[i] = (struct term_item){ row->course_id, row->item,
							  row->certified == 1 };
	}
	term->features = items_new(term, features);
	for (size_t i = 0; i < features->count; i++) {
		const struct room_feature *row = features->items[i];

		term->features.item[i] = (struct term_item){ row->room_id, row->item, 0 };
	}
	term->certificates = items_new(term, held);
	for (size_t i = 0; i < held->count; i++) {
		const struct teacher_certificate *row = held->items[i];

		term->certificates.item[i] = (struct term_item){ row->teacher_id, row->item,
			row->last_on == OV_NULL ? INT64_MAX : row->last_on };
	}
	items_sort(&term->needs);
	items_sort(&term->features);
	items_sort(&term->certificates);
}

bool term_equipped(const struct term_problem *term, int64_t course_id, const struct room *room)
{
	const struct term_items *needs = &term->needs;

	for (size_t i = items_find(needs, course_id, "");
	     i < needs->count && needs->item[i].owner == course_id; i++)
		if (!items_get(&term->features, room->id, needs->item[i].item))
			return false;
	return true;
}

int64_t term_certified(const struct term_problem *term, int64_t course_id, int64_t teacher_id)
{
	const struct term_items *needs = &term->needs;
	int64_t until = INT64_MAX;

	for (size_t i = items_find(needs, course_id, "");
	     i < needs->count && needs->item[i].owner == course_id; i++) {
		const struct term_item *held = items_get(&term->certificates, teacher_id,
							 needs->item[i].item);

		if (needs->item[i].value && !held)
			return INT64_MIN;
		if (needs->item[i].value && held->value < until)
			until = held->value;
	}
	return until;
}
