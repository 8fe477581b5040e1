/* Crews and their night weeks: of a course's meetings no crew should meet more in them
 * than its share. What a night week is and which crews count says conflict_soft.h, which
 * reports what is left as CREW_UNFAIR. */
#include "core/timetable/term_private.h"

#include <stdlib.h>

#include "core/rules/conflict_soft.h"

/* A day on which a meeting that stays is held for a cohort. */
struct standing_day {
	int64_t cohort_id, course_id, date;
};

struct standing_days {
	struct standing_day *day;
	size_t count;
};

static int by_course(const void *a, const void *b)
{
	const struct standing_day *x = a, *y = b;

	if (x->cohort_id != y->cohort_id)
		return x->cohort_id < y->cohort_id ? -1 : 1;
	if (x->course_id != y->course_id)
		return x->course_id < y->course_id ? -1 : 1;
	return x->date < y->date ? -1 : x->date > y->date;
}

/* Both lists are in the order of the meetings. */
static struct standing_days standing_days(struct term_problem *term)
{
	const struct record_list *links = bundle_list(term->bundle, &session_cohort_fields);
	struct standing_days days = { arena_array(&term->arena, links->count + 1,
						  sizeof *days.day), 0 };
	size_t at = 0;

	for (size_t i = 0; i < links->count; i++) {
		const struct session_cohort *link = links->items[i];

		while (at < term->standing_count && term->standing[at]->id < link->session_id)
			at++;
		if (at < term->standing_count && term->standing[at]->id == link->session_id)
			days.day[days.count++] = (struct standing_day){
				link->cohort_id, term->standing[at]->course_id,
				term->standing[at]->on_date };
	}
	if (days.count)
		qsort(days.day, days.count, sizeof *days.day, by_course);
	return days;
}

static size_t days_find(const struct standing_days *days, int64_t cohort_id, int64_t course_id)
{
	const struct standing_day wanted = { cohort_id, course_id, INT64_MIN };
	size_t low = 0, high = days->count;

	while (low < high) {
		const size_t mid = low + (high - low) / 2;

		if (by_course(&days->day[mid], &wanted) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* The groups of one course of one cohort, and the meetings that stay. */
struct fair_course {
	size_t first, past; /* groups */
	const struct standing_day *stays;
	size_t stay_count;
	int64_t meetings; /* of both */
};

static int32_t share_add(struct term_problem *term, int phase, const struct fair_course *course,
			 const struct conflict_soft_limits *limits)
{
	struct problem_share *share = &term->shares[term->share_count];

	share->days = term->phases[phase].night;
	share->most = (int32_t)(course->meetings * limits->unfair_percent / 100);
	for (size_t i = 0; i < course->stay_count; i++)
		share->used += term_is_night(term, phase, course->stays[i].date);
	return (int32_t)term->share_count++;
}

/* Is the crew so large a part of the learners of the course? */
static bool crew_counts(const struct term_crew *crew, int64_t learners)
{
	struct conflict_soft_limits limits;

	conflict_soft_limits_init(&limits);
	return crew->phase >= 0 && crew->learners * 100 >= limits.crew_percent * learners;
}

static bool has_phase(const struct term_group *group, int phase)
{
	for (int i = 0; i < group->share_phase_count; i++)
		if (group->share_phases[i] == phase)
			return true;
	return false;
}

void term_fair_crews(struct term_problem *term, struct term_group *group)
{
	group->share_phase_count = 0;
	for (size_t i = 0; i < group->crew_count; i++) {
		const int phase = group->crews[i].phase;

		if (group->share_phase_count == SHARES_MOST ||
		    !crew_counts(&group->crews[i], group->learners))
			continue;
		term_nights(term, phase);
		if (!term->phases[phase].all_nights && !has_phase(group, phase))
			group->share_phases[group->share_phase_count++] = phase;
	}
}

/* The groups of one course and cohort have the same crews and stand side by side. */
static void course_build(struct term_problem *term, const struct fair_course *course)
{
	const struct term_group *first = &term->groups[course->first];
	struct conflict_soft_limits limits;
	int32_t *shares;

	conflict_soft_limits_init(&limits);
	if (course->meetings < limits.lessons_least || !first->share_phase_count)
		return;
	shares = arena_array(&term->arena, (size_t)first->share_phase_count, sizeof *shares);
	for (int i = 0; i < first->share_phase_count; i++)
		shares[i] = share_add(term, first->share_phases[i], course, &limits);
	for (size_t g = course->first; g < course->past; g++) {
		term->groups[g].shares = shares;
		term->groups[g].share_count = first->share_phase_count;
	}
}

void term_fair_build(struct term_problem *term)
{
	const struct standing_days days = standing_days(term);
	size_t most = 0;

	for (size_t g = 0; g < term->group_count; g++)
		most += (size_t)term->groups[g].share_phase_count;
	term->shares = arena_array(&term->arena, most, sizeof *term->shares);
	for (size_t g = 0; g < term->group_count && !term_stopped(term);) {
		const struct plan_need *need = term->groups[g].need;
		const size_t at = days_find(&days, need->cohort_id, need->course_id);
		struct fair_course course = { .first = g, .stays = days.day + at };

		for (; g < term->group_count && term->groups[g].need == need; g++)
			course.meetings += term->groups[g].lessons;
		course.past = g;
		for (size_t i = at; i < days.count && days.day[i].cohort_id == need->cohort_id &&
		     days.day[i].course_id == need->course_id; i++)
			course.stay_count++;
		course.meetings += (int64_t)course.stay_count;
		course_build(term, &course);
	}
}
