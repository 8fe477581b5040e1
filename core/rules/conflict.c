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

static void members_collect(struct conflict_run *run, size_t session)
{
	const struct conflict_ints *cohorts = &run->input->sessions[session].cohorts;
	size_t most = 0, count = 0, kept = 0;
	int *all;

	for (size_t i = 0; i < cohorts->count; i++)
		most += run->input->cohorts[cohorts->item[i]].students.count;
	all = arena_array(run->arena, most, sizeof *all);
	for (size_t i = 0; i < cohorts->count; i++) {
		const struct conflict_ints *students = &run->input->cohorts[cohorts->item[i]].students;

		if (students->count)
			memcpy(all + count, students->item, students->count * sizeof *all);
		count += students->count;
	}
	if (count)
		qsort(all, count, sizeof *all, int_order);
	for (size_t i = 0; i < count; i++)
		if (!kept || all[kept - 1] != all[i])
			all[kept++] = all[i];
	run->members[session] = (struct conflict_ints){ all, kept };
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

static void meetings_sort(struct conflict_run *run)
{
	size_t count = run->input->meeting_count;
	struct start *starts = arena_array(run->arena, count, sizeof *starts);

	run->order = arena_array(run->arena, count, sizeof *run->order);
	for (size_t i = 0; i < count; i++)
		starts[i] = (struct start){ run->input->meetings[i].time.start, (int)i };
	if (count)
		qsort(starts, count, sizeof *starts, start_order);
	for (size_t i = 0; i < count; i++)
		run->order[i] = starts[i].meeting;
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
static void findings_finish(struct conflict_list *list)
{
	size_t kept = 0;

	if (list->count)
		qsort(list->item, list->count, sizeof *list->item, finding_order);
	for (size_t i = 0; i < list->count; i++)
		if (!kept || finding_order(&list->item[kept - 1], &list->item[i]))
			list->item[kept++] = list->item[i];
	list->count = kept;
}

void conflict_find(const struct conflict_input *input, int focus, struct arena *arena,
		   struct conflict_list *list)
{
	struct conflict_run run = { .input = input, .focus = focus, .arena = arena, .list = list };

	*list = (struct conflict_list){ .count = 0 };
	run.members = arena_array(arena, input->session_count, sizeof *run.members);
	for (size_t i = 0; i < input->session_count; i++)
		members_collect(&run, i);
	meetings_sort(&run);
	for (size_t i = 0; i < input->meeting_count; i++) {
		if (!conflict_wanted(&run, (int)i, -1))
			continue;
		conflict_check_single(&run, (int)i);
		conflict_check_shifts(&run, (int)i);
	}
	conflict_check_pools(&run);
	conflict_check_load(&run);
	conflict_check_pairs(&run);
	conflict_check_exams(&run);
	conflict_check_order(&run);
	findings_finish(list);
}
