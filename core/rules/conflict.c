#include "core/rules/conflict_run.h"

#include <stdlib.h>
#include <string.h>

int64_t conflict_date(int64_t minute)
{
	return minute >= 0 ? minute / DAY_MINUTES : -((DAY_MINUTES - 1 - minute) / DAY_MINUTES);
}

void conflict_policy_init(struct conflict_policy *policy)
{
	*policy = (struct conflict_policy){
		.commute = 60, .rest_night = 480, .exam_gap = DAY_MINUTES,
		.exams_per_day = OV_NULL, .site_gap_min = 45,
		.max_day_min = 480, .max_week_min = OV_NULL,
	};
}

bool ints_have(const struct conflict_ints *ints, int value)
{
	for (size_t i = 0; i < ints->count; i++)
		if (ints->item[i] == value)
			return true;
	return false;
}

bool conflict_wanted(const struct conflict_run *run, int a, int b)
{
	return run->focus == CONFLICT_ALL || a == run->focus || b == run->focus;
}

struct conflict_finding *conflict_add(struct conflict_run *run, enum conflict_kind kind,
				      int a, int b)
{
	struct conflict_list *list = run->list;
	struct conflict_finding *found;

	if (list->count == CONFLICT_LIMIT) {
		list->cut = true;
		return &run->spare;
	}
	if (list->count == run->room) {
		run->room = run->room ? run->room * 2 : 64;
		found = arena_array(run->arena, run->room, sizeof *found);
		if (list->count)
			memcpy(found, list->item, list->count * sizeof *found);
		list->item = found;
	}
	found = &list->item[list->count++];
	*found = (struct conflict_finding){
		.kind = kind, .a = b >= 0 && b < a ? b : a, .b = b >= 0 && b < a ? a : b,
		.subject = -1,
	};
	return found;
}

const struct conflict_ints *conflict_members(const struct conflict_run *run, int meeting)
{
	return &run->members[run->input->meetings[meeting].session];
}

size_t conflict_common_students(const struct conflict_run *run, int a, int b, int *out)
{
	const struct conflict_ints *x = conflict_members(run, a), *y = conflict_members(run, b);
	size_t i = 0, j = 0, count = 0;

	while (i < x->count && j < y->count) {
		if (x->item[i] < y->item[j]) {
			i++;
		} else if (x->item[i] > y->item[j]) {
			j++;
		} else {
			if (out)
				out[count] = x->item[i];
			count++;
			i++;
			j++;
		}
	}
	return count;
}

static int int_order(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	return x < y ? -1 : x > y;
}

static struct conflict_ints members_of(const struct conflict_input *input,
				       const struct conflict_session *session, struct arena *arena)
{
	const struct conflict_ints *cohorts = &session->cohorts;
	size_t most = 0, count = 0, kept = 0;
	int *all;

	for (size_t i = 0; i < cohorts->count; i++)
		most += input->cohorts[cohorts->item[i]].students.count;
	all = arena_array(arena, most, sizeof *all);
	for (size_t i = 0; i < cohorts->count; i++) {
		const struct conflict_ints *students = &input->cohorts[cohorts->item[i]].students;

		if (students->count)
			memcpy(all + count, students->item, students->count * sizeof *all);
		count += students->count;
	}
	if (count)
		qsort(all, count, sizeof *all, int_order);
	for (size_t i = 0; i < count; i++)
		if (!kept || all[kept - 1] != all[i])
			all[kept++] = all[i];
	return (struct conflict_ints){ all, kept };
}

/* A session of one cohort whose list is in order already has just that list. */
static bool members_ready(const struct conflict_input *input,
			  const struct conflict_session *session, struct conflict_ints *out)
{
	if (session->cohorts.count != 1)
		return false;
	*out = input->cohorts[session->cohorts.item[0]].students;
	for (size_t i = 1; i < out->count; i++)
		if (out->item[i - 1] >= out->item[i])
			return false;
	return true;
}

struct conflict_ints *conflict_members_collect(const struct conflict_input *input,
					       struct arena *arena)
{
	struct conflict_ints *members = arena_array(arena, input->session_count, sizeof *members);

	for (size_t i = 0; i < input->session_count; i++)
		if (!members_ready(input, &input->sessions[i], &members[i]))
			members[i] = members_of(input, &input->sessions[i], arena);
	return members;
}

struct start {
	int64_t at;
	int meeting;
};

static int start_order(const void *a, const void *b)
{
	const struct start *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->meeting - y->meeting;
}

void conflict_order(struct conflict_run *run)
{
	size_t all = run->input->meeting_count, count = 0;
	struct start *starts = arena_array(run->arena, all, sizeof *starts);

	run->order = arena_array(run->arena, all, sizeof *run->order);
	for (size_t i = 0; i < all; i++)
		if (!conflict_absent(run, (int)i))
			starts[count++] = (struct start){ run->input->meetings[i].time.start, (int)i };
	if (count)
		qsort(starts, count, sizeof *starts, start_order);
	for (size_t i = 0; i < count; i++)
		run->order[i] = starts[i].meeting;
	run->order_count = count;
}

static int finding_order(const void *a, const void *b)
{
	const struct conflict_finding *x = a, *y = b;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	return x->b < y->b ? -1 : x->b > y->b;
}

/* A pair may be an EXAM_GAP for three reasons; it is told once. */
void conflict_list_finish(struct conflict_list *list)
{
	size_t kept = 0;

	if (list->count)
		qsort(list->item, list->count, sizeof *list->item, finding_order);
	for (size_t i = 0; i < list->count; i++)
		if (!kept || finding_order(&list->item[kept - 1], &list->item[i]))
			list->item[kept++] = list->item[i];
	list->count = kept;
}

void conflict_run_all(struct conflict_run *run)
{
	for (size_t i = 0; i < run->order_count; i++) {
		if (!conflict_wanted(run, run->order[i], -1))
			continue;
		if (i % CONFLICT_AT_ONCE == 0 && stop_asked(&run->input->stop))
			return;
		conflict_check_single(run, run->order[i]);
		conflict_check_shifts(run, run->order[i]);
	}
	conflict_check_pools(run);
	conflict_check_load(run);
	conflict_check_pairs(run);
	conflict_check_exams(run);
	conflict_check_order(run);
	conflict_list_finish(run->list);
}

void conflict_find(const struct conflict_input *input, int focus, struct arena *arena,
		   struct conflict_list *list)
{
	struct conflict_run run = { .input = input, .focus = focus, .arena = arena, .list = list };

	*list = (struct conflict_list){ .count = 0 };
	run.members = conflict_members_collect(input, arena);
	conflict_order(&run);
	conflict_run_all(&run);
}
