#include "core/rules/conflict_soft.h"

#include <stdlib.h>

#include "core/rules/conflict_run.h"

void conflict_soft_limits_init(struct conflict_soft_limits *limits)
{
	*limits = (struct conflict_soft_limits){
		.late_min = 20 * 60 + 30, .idle_min = 60, .idle_most = 240, .oversize = 3,
		.unfair_percent = 60, .crew_percent = 25, .lessons_least = 6,
	};
}

/* A meeting of one cohort. */
struct attended {
	int cohort, course, meeting;
	int64_t start;
};

static int by_time(const void *a, const void *b)
{
	const struct attended *x = a, *y = b;

	if (x->cohort != y->cohort)
		return x->cohort < y->cohort ? -1 : 1;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return x->meeting - y->meeting;
}

static int by_course(const void *a, const void *b)
{
	const struct attended *x = a, *y = b;

	if (x->cohort != y->cohort)
		return x->cohort < y->cohort ? -1 : 1;
	if (x->course != y->course)
		return x->course < y->course ? -1 : 1;
	return by_time(a, b);
}

static struct attended *attended_list(const struct conflict_run *run, size_t *count)
{
	const struct conflict_input *input = run->input;
	struct attended *list;
	size_t most = 0;

	for (size_t i = 0; i < input->meeting_count; i++)
		most += input->sessions[input->meetings[i].session].cohorts.count;
	list = arena_array(run->arena, most, sizeof *list);
	*count = 0;
	for (size_t i = 0; i < input->meeting_count; i++) {
		const struct conflict_session *s = &input->sessions[input->meetings[i].session];

		for (size_t c = 0; c < s->cohorts.count; c++)
			if (input->cohorts[s->cohorts.item[c]].students.count)
				list[(*count)++] = (struct attended){
					s->cohorts.item[c], s->course, (int)i,
					input->meetings[i].time.start };
	}
	return list;
}

static void check_neighbours(struct conflict_run *run, const struct conflict_soft_limits *limits,
			     const struct attended *x, const struct attended *y)
{
	const struct conflict_input *input = run->input;
	const struct conflict_meeting *a = &input->meetings[x->meeting];
	const struct conflict_meeting *b = &input->meetings[y->meeting];
	int64_t wait = b->time.start - a->time.end;

	if (conflict_date(a->time.start) != conflict_date(b->time.start))
		return;
	if (wait > limits->idle_min && wait <= limits->idle_most)
		conflict_add(run, CONFLICT_IDLE_GAP, x->meeting, y->meeting)->count = wait;
	if (x->course >= 0 && x->course == y->course)
		conflict_add(run, CONFLICT_DAYS_CROWDED, x->meeting, y->meeting);
	if (a->room >= 0 && b->room >= 0 && input->rooms[a->room].site != input->rooms[b->room].site)
		conflict_add(run, CONFLICT_STUDENT_TRAVEL, x->meeting, y->meeting);
}

/* How many rooms the meetings of one course and cohort have. */
static int64_t rooms_of(const struct conflict_input *input, const struct attended *list,
			size_t count)
{
	int64_t rooms = 0;

	for (size_t i = 0; i < count; i++) {
		int room = input->meetings[list[i].meeting].room;
		bool seen = room < 0;

		for (size_t k = 0; k < i && !seen; k++)
			seen = input->meetings[list[k].meeting].room == room;
		rooms += !seen;
	}
	return rooms;
}

/* Is the day in a night week of the crew? */
static bool is_night_day(const struct conflict_input *input, const struct conflict_student *crew,
			 int64_t date)
{
	struct conflict_span shifts[4];
	bool known;

	for (int64_t d = date - NIGHT_REACH; d <= date + NIGHT_REACH; d++) {
		size_t count = conflict_shifts_of(input, crew, d, shifts, 4, &known);

		for (size_t i = 0; i < count; i++)
			if (conflict_at_night(shifts[i]))
				return true;
	}
	return false;
}

/* Has the crew no other days? From the first meeting to the last, and four weeks at
 * least, longer than any usual cycle: meetings may all be on three days. */
static bool all_night_days(const struct conflict_input *input, const struct conflict_student *crew,
			   int64_t first, int64_t last)
{
	enum { FOUR_WEEKS = 28 };

	if (last < first + FOUR_WEEKS - 1)
		last = first + FOUR_WEEKS - 1;
	for (int64_t date = first; date <= last; date++)
		if (!is_night_day(input, crew, date))
			return false;
	return true;
}

/* Those who work the same shifts, how many of the members. One person's leave or
 * overtime makes no crew. */
struct crew {
	struct conflict_student shifts;
	int64_t members;
};

static size_t crews_of(const struct conflict_run *run, const struct conflict_ints *members,
		       struct crew **out)
{
	struct crew *crews = arena_array(run->arena, members->count, sizeof *crews);
	size_t count = 0;

	for (size_t i = 0; i < members->count; i++) {
		const struct conflict_student *who = &run->input->students[members->item[i]];
		size_t at = 0;

		if (who->pattern < 0)
			continue;
		while (at < count && (crews[at].shifts.pattern != who->pattern ||
				      crews[at].shifts.offset != who->offset))
			at++;
		if (at == count)
			crews[count++] = (struct crew){
				{ .pattern = who->pattern, .offset = who->offset }, 0 };
		crews[at].members++;
	}
	*out = crews;
	return count;
}

/* The crew of the cohort that meets most lessons of the course in its night weeks. */
static void check_fairness(struct conflict_run *run, const struct conflict_soft_limits *limits,
			   const struct attended *list, size_t count)
{
	const struct conflict_input *input = run->input;
	const struct conflict_ints *members = &input->cohorts[list->cohort].students;
	const int64_t all = (int64_t)conflict_members(run, list->meeting)->count;
	struct conflict_finding *found;
	struct crew *crews;
	size_t crew_count;
	int64_t worst = 0;

	if ((int64_t)count < limits->lessons_least)
		return;
	crew_count = crews_of(run, members, &crews);
	for (size_t c = 0; c < crew_count; c++) {
		int64_t nights = 0;

		if (crews[c].members * 100 < limits->crew_percent * all)
			continue;
		for (size_t i = 0; i < count; i++)
			nights += is_night_day(input, &crews[c].shifts, conflict_date(list[i].start));
		if (nights * 100 > limits->unfair_percent * (int64_t)count && nights > worst &&
		    !all_night_days(input, &crews[c].shifts, conflict_date(list[0].start),
				    conflict_date(list[count - 1].start)))
			worst = nights;
	}
	if (!worst)
		return;
	found = conflict_add(run, CONFLICT_CREW_UNFAIR, list->meeting, -1);
	found->count = worst;
	found->of = (int64_t)count;
}

static void check_courses(struct conflict_run *run, const struct conflict_soft_limits *limits,
			  const struct attended *list, size_t count)
{
	for (size_t first = 0, past; first < count; first = past) {
		int64_t rooms;

		past = first + 1;
		while (past < count && list[past].cohort == list[first].cohort &&
		       list[past].course == list[first].course)
			past++;
		if (list[first].course < 0)
			continue;
		rooms = rooms_of(run->input, list + first, past - first);
		if (rooms > 1)
			conflict_add(run, CONFLICT_ROOM_CHANGES, list[first].meeting, -1)->count = rooms;
		check_fairness(run, limits, list + first, past - first);
	}
}

static void check_one(struct conflict_run *run, const struct conflict_soft_limits *limits, int i)
{
	const struct conflict_meeting *m = &run->input->meetings[i];
	int64_t date = conflict_date(m->time.start);
	int64_t members = (int64_t)conflict_members(run, i)->count;
	struct conflict_finding *found;

	if (m->time.end > conflict_minute(date, limits->late_min))
		conflict_add(run, CONFLICT_LATE_END, i, -1);
	if (limits->changed && limits->changed[i])
		conflict_add(run, CONFLICT_CHANGED, i, -1);
	if (m->room >= 0 && members > 0 &&
	    run->input->rooms[m->room].capacity > members * limits->oversize) {
		found = conflict_add(run, CONFLICT_ROOM_OVERSIZE, i, -1);
		found->count = members;
		found->of = run->input->rooms[m->room].capacity;
	}
}

void conflict_soft_find(const struct conflict_input *input,
			const struct conflict_soft_limits *limits, struct arena *arena,
			struct conflict_list *list)
{
	struct conflict_run run = { .input = input, .focus = CONFLICT_ALL, .arena = arena,
				    .list = list };
	struct attended *attended;
	size_t count;

	*list = (struct conflict_list){ .count = 0 };
	run.members = conflict_members_collect(input, arena);
	for (size_t i = 0; i < input->meeting_count; i++)
		check_one(&run, limits, (int)i);
	attended = attended_list(&run, &count);
	if (count)
		qsort(attended, count, sizeof *attended, by_time);
	for (size_t i = 1; i < count; i++)
		if (attended[i].cohort == attended[i - 1].cohort)
			check_neighbours(&run, limits, &attended[i - 1], &attended[i]);
	if (count)
		qsort(attended, count, sizeof *attended, by_course);
	check_courses(&run, limits, attended, count);
	conflict_list_finish(list);
}
