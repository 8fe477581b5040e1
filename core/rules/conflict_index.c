#include "core/rules/conflict_index.h"

#include <stdlib.h>
#include <string.h>

#include "core/rules/conflict_run.h"

enum { DAYS_KEPT = 4096 }; /* what lies outside shares the first or the last day */

struct day {
	int *meeting;
	size_t count, room;
};

/* Meetings of one course, or sessions that come after another. */
struct link {
	int key, value;
};

struct links {
	struct link *item;
	size_t count;
};

struct conflict_index {
	struct conflict_input input;
	struct arena arena; /* as long as the index */
	struct conflict_meeting *meetings;
	struct conflict_ints *members;
	bool *absent;
	struct day *days;
	int64_t first_day, day_count;
	int64_t longest; /* no meeting lasts longer */
	int64_t reach;
	struct links exams, teaching; /* by course */
	struct links held;            /* meetings by session */
	struct links followers;       /* by session: sessions that name it in `after` */
};

static int link_order(const void *a, const void *b)
{
	const struct link *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->value < y->value ? -1 : x->value > y->value;
}

static void links_sort(struct links *links)
{
	if (links->count)
		qsort(links->item, links->count, sizeof *links->item, link_order);
}

/* The first link of a key; those of the same key follow. */
static size_t links_find(const struct links *links, int key)
{
	size_t low = 0, high = links->count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (links->item[mid].key < key)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

#define LINKS_EACH(I, LINKS, KEY) \
	size_t I = links_find(LINKS, KEY); I < (LINKS)->count && (LINKS)->item[I].key == (KEY); I++

static void links_build(struct conflict_index *index)
{
	const struct conflict_input *input = &index->input;
	size_t count = input->meeting_count, after = 0;

	for (size_t s = 0; s < input->session_count; s++)
		after += input->sessions[s].after.count;
	index->exams.item = arena_array(&index->arena, count, sizeof(struct link));
	index->teaching.item = arena_array(&index->arena, count, sizeof(struct link));
	index->held.item = arena_array(&index->arena, count, sizeof(struct link));
	index->followers.item = arena_array(&index->arena, after, sizeof(struct link));
	for (size_t i = 0; i < count; i++) {
		int session = input->meetings[i].session;
		struct links *links = input->sessions[session].exam ? &index->exams :
				      &index->teaching;

		index->held.item[index->held.count++] = (struct link){ session, (int)i };
		links->item[links->count++] = (struct link){ input->sessions[session].course, (int)i };
	}
	for (size_t s = 0; s < input->session_count; s++)
		for (size_t k = 0; k < input->sessions[s].after.count; k++)
			index->followers.item[index->followers.count++] =
				(struct link){ input->sessions[s].after.item[k], (int)s };
	links_sort(&index->exams);
	links_sort(&index->teaching);
	links_sort(&index->held);
	links_sort(&index->followers);
}

static struct day *day_at(const struct conflict_index *index, int64_t date)
{
	int64_t at = date - index->first_day;

	if (at >= index->day_count)
		at = index->day_count - 1;
	return &index->days[at < 0 ? 0 : at];
}

static void day_add(struct conflict_index *index, int meeting)
{
	struct conflict_span time = index->meetings[meeting].time;
	struct day *day = day_at(index, conflict_date(time.start));

	if (day->count == day->room) {
		day->room = day->room ? day->room * 2 : 8;
		day->meeting = mem_grow(day->meeting, day->room * sizeof *day->meeting);
	}
	day->meeting[day->count++] = meeting;
	if (time.end - time.start > index->longest)
		index->longest = time.end - time.start;
}

static void day_take(struct conflict_index *index, int meeting)
{
	struct day *day = day_at(index, conflict_date(index->meetings[meeting].time.start));

	for (size_t i = 0; i < day->count; i++)
		if (day->meeting[i] == meeting) {
			day->meeting[i] = day->meeting[--day->count];
			return;
		}
}

static void days_build(struct conflict_index *index)
{
	int64_t last = 0;

	for (size_t i = 0; i < index->input.meeting_count; i++) {
		int64_t date = conflict_date(index->meetings[i].time.start);

		if (!i || date < index->first_day)
			index->first_day = date;
		if (!i || date > last)
			last = date;
	}
	index->first_day -= 7; /* meetings are moved about */
	index->day_count = last + 8 - index->first_day;
	if (index->day_count > DAYS_KEPT)
		index->day_count = DAYS_KEPT;
	index->days = mem_alloc((size_t)index->day_count * sizeof *index->days);
	for (size_t i = 0; i < index->input.meeting_count; i++)
		day_add(index, (int)i);
}

struct conflict_index *conflict_index_new(const struct conflict_input *input)
{
	struct conflict_index *index = mem_alloc(sizeof *index);

	index->input = *input;
	arena_init(&index->arena);
	index->meetings = arena_array(&index->arena, input->meeting_count, sizeof *index->meetings);
	if (input->meeting_count)
		memcpy(index->meetings, input->meetings,
		       input->meeting_count * sizeof *index->meetings);
	index->input.meetings = index->meetings;
	index->absent = arena_array(&index->arena, input->meeting_count, sizeof *index->absent);
	index->members = conflict_members_collect(input, &index->arena);
	index->reach = conflict_reach(input);
	links_build(index);
	days_build(index);
	return index;
}

void conflict_index_free(struct conflict_index *index)
{
	if (!index)
		return;
	for (int64_t i = 0; i < index->day_count; i++)
		free(index->days[i].meeting);
	free(index->days);
	arena_release(&index->arena);
	free(index);
}

const struct conflict_meeting *conflict_index_meeting(const struct conflict_index *index,
						      int meeting)
{
	return &index->meetings[meeting];
}

void conflict_index_remove(struct conflict_index *index, int meeting)
{
	if (index->absent[meeting])
		return;
	day_take(index, meeting);
	index->absent[meeting] = true;
}

void conflict_index_place(struct conflict_index *index, int meeting, struct conflict_span time,
			  int room, struct conflict_ints teachers)
{
	struct conflict_meeting *m = &index->meetings[meeting];

	conflict_index_remove(index, meeting);
	m->time = time;
	m->room = room;
	m->teachers = teachers;
	index->absent[meeting] = false;
	day_add(index, meeting);
}

/* --- questions about one meeting --- */

struct near {
	int *meeting;
	size_t count;
};

/* Meetings that start on the days of [from, to], but MEETING itself. */
static struct near near_days(const struct conflict_run *run, const struct conflict_index *index,
			     int64_t from, int64_t to, int meeting)
{
	struct near near = { NULL, 0 };
	const struct day *first = day_at(index, conflict_date(from));
	const struct day *last = day_at(index, conflict_date(to));
	size_t most = 0;

	for (const struct day *day = first; day <= last; day++)
		most += day->count;
	near.meeting = arena_array(run->arena, most, sizeof *near.meeting);
	for (const struct day *day = first; day <= last; day++)
		for (size_t i = 0; i < day->count; i++)
			if (day->meeting[i] != meeting)
				near.meeting[near.count++] = day->meeting[i];
	return near;
}

/* The order of conflict.c: by start, then by index. */
static bool comes_before(const struct conflict_index *index, int a, int b)
{
	int64_t x = index->meetings[a].time.start, y = index->meetings[b].time.start;

	return x < y || (x == y && a < b);
}

static void check_pairs(struct conflict_run *run, const struct conflict_index *index, int meeting)
{
	struct conflict_span time = index->meetings[meeting].time;
	struct near near = near_days(run, index, time.start - index->reach - index->longest,
				     time.end + index->reach, meeting);

	for (size_t i = 0; i < near.count; i++) {
		int a = meeting, b = near.meeting[i];

		if (!comes_before(index, a, b)) {
			a = near.meeting[i];
			b = meeting;
		}
		if (index->meetings[b].time.start < index->meetings[a].time.end + index->reach)
			conflict_check_pair(run, a, b);
	}
}

static void pool_report(struct conflict_run *run, int meeting, int item, int64_t sum)
{
	struct conflict_finding *found;

	if (sum <= run->input->pool_stock[item])
		return;
	found = conflict_add(run, CONFLICT_POOL_EXCEEDED, meeting, -1);
	found->count = sum;
	found->of = run->input->pool_stock[item];
	found->subject = item;
}

/* At the start of every meeting that overlaps this one, and of itself. */
static void check_pool(struct conflict_run *run, const struct conflict_index *index, int meeting,
		       int item)
{
	struct conflict_span time = index->meetings[meeting].time;
	struct near near = near_days(run, index, time.start - 2 * index->longest, time.end, -1);
	size_t count = 0;

	for (size_t i = 0; i < near.count; i++)
		if (conflict_use(run->input, near.meeting[i], item) > 0)
			near.meeting[count++] = near.meeting[i];
	for (size_t i = 0; i < count; i++) {
		struct conflict_span other = index->meetings[near.meeting[i]].time;
		int64_t sum = 0;

		if (!span_overlap(other, time))
			continue;
		for (size_t k = 0; k < count; k++) {
			struct conflict_span third = index->meetings[near.meeting[k]].time;

			if (third.start <= other.start && other.start < third.end)
				sum += conflict_use(run->input, near.meeting[k], item);
		}
		pool_report(run, near.meeting[i], item, sum);
	}
}

static void check_pools(struct conflict_run *run, const struct conflict_index *index, int meeting)
{
	const struct conflict_session *session =
		&run->input->sessions[index->meetings[meeting].session];

	for (size_t u = 0; u < session->use_count; u++)
		if (conflict_use(run->input, meeting, session->uses[u].item) > 0)
			check_pool(run, index, meeting, session->uses[u].item);
}

static void check_load(struct conflict_run *run, const struct conflict_index *index, int meeting)
{
	const struct conflict_meeting *m = &index->meetings[meeting];
	int64_t day = conflict_date(m->time.start), week = day - (date_weekday(day) - 1);
	struct near near = near_days(run, index, conflict_minute(week, 0), m->time.start, meeting);

	for (size_t t = 0; t < m->teachers.count; t++) {
		int64_t day_min = m->time.end - m->time.start, week_min = day_min;

		for (size_t i = 0; i < near.count; i++) {
			const struct conflict_meeting *other = &index->meetings[near.meeting[i]];
			int64_t minutes = other->time.end - other->time.start;

			if (!comes_before(index, near.meeting[i], meeting) ||
			    conflict_date(other->time.start) < week ||
			    !ints_have(&other->teachers, m->teachers.item[t]))
				continue;
			week_min += minutes;
			if (conflict_date(other->time.start) == day)
				day_min += minutes;
		}
		conflict_report_load(run, meeting, m->teachers.item[t], day_min, week_min);
	}
}

static bool share_students(const struct conflict_run *run, int a, int b)
{
	return conflict_common_students(run, a, b, NULL) > 0;
}

/* Teaching of the course at or after the end of its exam, from either side. */
static void check_exam_course(struct conflict_run *run, const struct conflict_index *index,
			      int meeting)
{
	bool exam = conflict_is_exam(run->input, meeting);
	const struct links *others = exam ? &index->teaching : &index->exams;
	int course = run->input->sessions[index->meetings[meeting].session].course;
	struct conflict_span time = index->meetings[meeting].time;

	if (course < 0)
		return;
	for (LINKS_EACH(i, others, course)) {
		int other = others->item[i].value;
		struct conflict_span its = index->meetings[other].time;

		if (!index->absent[other] && (exam ? its.start >= time.end : time.start >= its.end) &&
		    share_students(run, meeting, other))
			conflict_exam_report(run, meeting, other);
	}
}

static void check_exam(struct conflict_run *run, const struct conflict_index *index, int meeting)
{
	int64_t gap = run->input->policy.exam_gap;
	struct conflict_span time = index->meetings[meeting].time;
	int64_t date = conflict_date(time.start);
	struct near near = near_days(run, index, time.start - gap - index->longest, time.end + gap,
				     meeting);
	struct near same;

	for (size_t i = 0; i < near.count; i++) {
		struct conflict_span its = index->meetings[near.meeting[i]].time;
		int64_t between = its.start >= time.end ? its.start - time.end : time.start - its.end;

		if (conflict_is_exam(run->input, near.meeting[i]) && !span_overlap(its, time) &&
		    between < gap && share_students(run, meeting, near.meeting[i]))
			conflict_exam_report(run, meeting, near.meeting[i]);
	}
	if (run->input->policy.exams_per_day == OV_NULL)
		return;
	near = near_days(run, index, time.start, time.start, -1);
	same = (struct near){ near.meeting, 0 };
	for (size_t i = 0; i < near.count; i++)
		if (conflict_is_exam(run->input, near.meeting[i]) &&
		    conflict_date(index->meetings[near.meeting[i]].time.start) == date)
			same.meeting[same.count++] = near.meeting[i];
	for (size_t i = 0; i < same.count; i++)
		if (same.meeting[i] != meeting &&
		    conflict_exam_day_full(run, meeting, same.meeting[i], same.meeting, same.count))
			conflict_exam_report(run, meeting, same.meeting[i]);
}

static void check_order(struct conflict_run *run, const struct conflict_index *index, int meeting)
{
	const struct conflict_session *session =
		&run->input->sessions[index->meetings[meeting].session];
	struct conflict_span time = index->meetings[meeting].time;

	for (size_t p = 0; p < session->after.count; p++)
		for (LINKS_EACH(i, &index->held, session->after.item[p])) {
			int before = index->held.item[i].value;

			if (before != meeting && !index->absent[before] &&
			    index->meetings[before].time.end > time.start)
				conflict_add(run, CONFLICT_ORDER, before, meeting);
		}
	for (LINKS_EACH(f, &index->followers, index->meetings[meeting].session))
		for (LINKS_EACH(i, &index->held, index->followers.item[f].value)) {
			int later = index->held.item[i].value;

			if (later != meeting && !index->absent[later] &&
			    time.end > index->meetings[later].time.start)
				conflict_add(run, CONFLICT_ORDER, meeting, later);
		}
}

void conflict_index_check(struct conflict_index *index, int meeting, struct arena *arena,
			  struct conflict_list *list)
{
	struct conflict_run run = {
		.input = &index->input, .focus = meeting, .arena = arena, .list = list,
		.members = index->members, .absent = index->absent,
	};

	*list = (struct conflict_list){ .count = 0 };
	if (index->absent[meeting])
		return;
	conflict_check_single(&run, meeting);
	conflict_check_shifts(&run, meeting);
	check_pairs(&run, index, meeting);
	check_pools(&run, index, meeting);
	check_load(&run, index, meeting);
	check_exam_course(&run, index, meeting);
	if (conflict_is_exam(run.input, meeting))
		check_exam(&run, index, meeting);
	check_order(&run, index, meeting);
	conflict_list_finish(list);
}

void conflict_index_all(struct conflict_index *index, struct arena *arena,
			struct conflict_list *list)
{
	struct conflict_run run = {
		.input = &index->input, .focus = CONFLICT_ALL, .arena = arena, .list = list,
		.members = index->members, .absent = index->absent,
	};

	*list = (struct conflict_list){ .count = 0 };
	conflict_order(&run);
	conflict_run_all(&run);
}
