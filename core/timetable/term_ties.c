/* Groups that share learners: they exclude each other. */
#include "core/timetable/term_private.h"

#include <string.h>

/* Groups stand in the order of their cohorts: the first of one. */
static size_t groups_of(const struct term_problem *term, int64_t cohort_id)
{
	size_t low = 0, high = term->group_count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (term->groups[mid].need->cohort_id < cohort_id)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void pair_add(struct term_problem *term, size_t *room, size_t a, size_t b)
{
	if (term->pair_count == *room) {
		struct problem_pair *old = term->pairs;

		*room = *room ? *room * 2 : 64;
		term->pairs = arena_array(&term->arena, *room, sizeof *term->pairs);
		if (term->pair_count)
			memcpy(term->pairs, old, term->pair_count * sizeof *old);
	}
	term->pairs[term->pair_count++] = (struct problem_pair){ (int32_t)a, (int32_t)b };
}

static void tie_pairs(struct term_problem *term, const struct plan_tie *tie, size_t *room)
{
	for (size_t a = groups_of(term, tie->cohort_id);
	     a < term->group_count && term->groups[a].need->cohort_id == tie->cohort_id; a++) {
		if (term->groups[a].need->course_id != tie->course_id)
			continue;
		for (size_t b = groups_of(term, tie->other_cohort_id); b < term->group_count &&
		     term->groups[b].need->cohort_id == tie->other_cohort_id; b++)
			if (b != a && (tie->other_course_id == OV_NULL ||
				       term->groups[b].need->course_id == tie->other_course_id))
				pair_add(term, room, a, b);
	}
}

void term_ties_build(struct term_problem *term)
{
	const struct record_list *ties = bundle_list(term->bundle, &plan_tie_fields);
	size_t room = 0;

	for (size_t i = 0; i < ties->count && !term_stopped(term); i++)
		tie_pairs(term, ties->items[i], &room);
}
