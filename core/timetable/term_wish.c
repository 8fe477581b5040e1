/* What teachers would like: a slot against it costs `teacher_wish`. It is a part of the
 * cost of time, which the answer tells apart. */
#include "core/timetable/term_private.h"

#include "core/rules/teacher_wish.h"

/* The wishes of one teacher as the rules take them. */
static struct conflict_wishes wishes_of(struct term_problem *term, int64_t teacher_id)
{
	const struct record_list *list = bundle_list(term->bundle, &teacher_wish_fields);
	struct conflict_wish *wishes = arena_array(&term->arena, list->count, sizeof *wishes);
	size_t count = 0;

	for (size_t i = 0; i < list->count; i++) {
		const struct teacher_wish *wish = list->items[i];

		if (wish->teacher_id == teacher_id)
			wishes[count++] = (struct conflict_wish){ wish->weekday + 1, wish->start_min,
				wish->end_min, wish->wish == WISH_WANTED };
	}
	return (struct conflict_wishes){ wishes, count };
}

static void teacher_mark(struct term_problem *term, struct term_teacher *teacher)
{
	const struct conflict_wishes wishes = wishes_of(term, teacher->record->id);
	uint8_t *against = arena_alloc(&term->arena, (size_t)term->slot_count + 1);

	for (int32_t slot = 0; slot < term->slot_count; slot++)
		against[slot] = wishes_against(&wishes, term_slot_span(term, slot, 1)) > 0;
	teacher->against = against;
}

void term_wishes_build(struct term_problem *term)
{
	const struct record_list *list = bundle_list(term->bundle, &teacher_wish_fields);

	for (size_t i = 0; i < list->count && !term_stopped(term); i++) {
		int at = term_teacher(term, ((const struct teacher_wish *)list->items[i])->teacher_id);

		if (at >= 0 && !term->teachers[at].against)
			teacher_mark(term, &term->teachers[at]);
	}
}

uint16_t term_wish_cost(const struct term_problem *term, const struct term_group *group,
			int32_t slot)
{
	const uint8_t *against = term->teachers[group->teacher].against;

	return against && against[slot] ? (uint16_t)term->options.planner->teacher_wish : 0;
}

int64_t term_wishes_cost(const struct term_problem *term, const struct place *places)
{
	int64_t cost = 0;

	for (size_t g = 0; g < term->group_count; g++) {
		const struct problem_group *group = &term->problem_groups[g];

		for (int32_t e = group->first; e < group->first + group->count; e++)
			for (int32_t k = 0; places[e].slot >= 0 && k < group->duration; k++)
				cost += term_wish_cost(term, &term->groups[g], places[e].slot + k);
	}
	return cost;
}
