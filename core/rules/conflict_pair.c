/* Conflicts between two meetings. Overlaps and travel by a sweep over starts,
 * so that ten thousand meetings of a year cost neighbours, not all pairs. */
#include "core/rules/conflict_run.h"

static bool ints_meet(const struct conflict_ints *a, const struct conflict_ints *b, int *which)
{
	for (size_t i = 0; i < a->count; i++)
		if (ints_have(b, a->item[i])) {
			*which = a->item[i];
			return true;
		}
	return false;
}

static int64_t travel_minutes(const struct conflict_input *input, int room_a, int room_b)
{
	int a = input->rooms[room_a].site, b = input->rooms[room_b].site;

	if (a == b)
		return 0;
	for (size_t i = 0; i < input->travel_count; i++) {
		const struct conflict_travel *way = &input->travel[i];

		if ((way->site_a == a && way->site_b == b) || (way->site_a == b && way->site_b == a))
			return way->minutes;
	}
	return input->policy.site_gap_min;
}

static void check_room(struct conflict_run *run, int a, int b)
{
	const struct conflict_meeting *x = &run->input->meetings[a], *y = &run->input->meetings[b];
	const struct conflict_room *room;
	struct conflict_span wide_x = x->time, wide_y = y->time;

	if (x->room < 0 || x->room != y->room)
		return;
	room = &run->input->rooms[x->room];
	wide_x.start -= room->setup;
	wide_x.end += room->clear;
	wide_y.start -= room->setup;
	wide_y.end += room->clear;
	if (span_overlap(wide_x, wide_y))
		conflict_add(run, CONFLICT_ROOM_OVERLAP, a, b)->subject = x->room;
}

static void check_students(struct conflict_run *run, int a, int b)
{
	size_t count = conflict_common_students(run, a, b, NULL);
	struct conflict_finding *found;
	int *who;

	if (!count)
		return;
	who = arena_array(run->arena, count, sizeof *who);
	conflict_common_students(run, a, b, who);
	found = conflict_add(run, CONFLICT_STUDENT_OVERLAP, a, b);
	found->count = (int64_t)count;
	found->students = (struct conflict_ints){ who, count };
}

/* a starts no later than b. */
void conflict_check_pair(struct conflict_run *run, int a, int b)
{
	const struct conflict_input *input = run->input;
	const struct conflict_meeting *x = &input->meetings[a], *y = &input->meetings[b];
	bool overlap = span_overlap(x->time, y->time);
	struct conflict_finding *found;
	int which;

	check_room(run, a, b);
	if (ints_meet(&x->teachers, &y->teachers, &which)) {
		if (overlap) {
			conflict_add(run, CONFLICT_TEACHER_OVERLAP, a, b)->subject = which;
		} else if (x->room >= 0 && y->room >= 0 && y->time.start - x->time.end <
			   travel_minutes(input, x->room, y->room)) {
			found = conflict_add(run, CONFLICT_TEACHER_TRAVEL, a, b);
			found->subject = which;
			found->count = y->time.start - x->time.end;
			found->of = travel_minutes(input, x->room, y->room);
		}
	}
	if (!overlap)
		return;
	if (ints_meet(&input->sessions[x->session].cohorts, &input->sessions[y->session].cohorts,
		      &which))
		conflict_add(run, CONFLICT_COHORT_OVERLAP, a, b)->subject = which;
	else
		check_students(run, a, b);
	if (x->session == y->session)
		conflict_add(run, CONFLICT_SELF_OVERLAP, a, b);
}

/* How far behind an end another meeting can still matter. */
int64_t conflict_reach(const struct conflict_input *input)
{
	int64_t widest = input->policy.site_gap_min;

	for (size_t i = 0; i < input->travel_count; i++)
		if (input->travel[i].minutes > widest)
			widest = input->travel[i].minutes;
	for (size_t i = 0; i < input->room_count; i++)
		if (input->rooms[i].setup + input->rooms[i].clear > widest)
			widest = input->rooms[i].setup + input->rooms[i].clear;
	return widest;
}

void conflict_check_pairs(struct conflict_run *run)
{
	const struct conflict_meeting *meetings = run->input->meetings;
	size_t count = run->order_count;
	int64_t far = conflict_reach(run->input);

	for (size_t i = 0; i < count; i++) {
		int a = run->order[i];

		if (i % CONFLICT_AT_ONCE == 0 && stop_asked(&run->input->stop))
			return;
		for (size_t j = i + 1; j < count; j++) {
			int b = run->order[j];

			if (meetings[b].time.start >= meetings[a].time.end + far)
				break;
			if (conflict_wanted(run, a, b))
				conflict_check_pair(run, a, b);
		}
	}
}

/* --- examinations --- */

bool conflict_is_exam(const struct conflict_input *input, int meeting)
{
	return input->sessions[input->meetings[meeting].session].exam;
}

void conflict_exam_report(struct conflict_run *run, int a, int b)
{
	struct conflict_finding *found;

	if (!conflict_wanted(run, a, b))
		return;
	found = conflict_add(run, CONFLICT_EXAM_GAP, a, b);
	found->count = (int64_t)conflict_common_students(run, a, b, NULL);
}

/* Exams of one student on one day; EXAMS are those of that day. */
bool conflict_exam_day_full(const struct conflict_run *run, int a, int b, const int *exams,
			 size_t count)
{
	const struct conflict_ints *members = conflict_members(run, a);

	for (size_t s = 0; s < members->count; s++) {
		int64_t sat = 0;

		if (!ints_have(conflict_members(run, b), members->item[s]))
			continue;
		for (size_t i = 0; i < count; i++)
			sat += ints_have(conflict_members(run, exams[i]), members->item[s]);
		if (sat > run->input->policy.exams_per_day)
			return true;
	}
	return false;
}

static void check_exam_days(struct conflict_run *run, const int *exams, size_t count)
{
	const struct conflict_meeting *meetings = run->input->meetings;

	if (run->input->policy.exams_per_day == OV_NULL)
		return;
	for (size_t first = 0, past; first < count; first = past) {
		int64_t date = conflict_date(meetings[exams[first]].time.start);

		past = first + 1;
		while (past < count && conflict_date(meetings[exams[past]].time.start) == date)
			past++;
		for (size_t i = first; i < past; i++)
			for (size_t j = i + 1; j < past; j++)
				if (conflict_exam_day_full(run, exams[i], exams[j], exams + first, past - first))
					conflict_exam_report(run, exams[i], exams[j]);
	}
}

static void check_exam_gaps(struct conflict_run *run, const int *exams, size_t count)
{
	const struct conflict_meeting *meetings = run->input->meetings;
	int64_t gap = run->input->policy.exam_gap;

	for (size_t i = 0; i < count; i++) {
		struct conflict_span a = meetings[exams[i]].time;

		for (size_t j = i + 1; j < count; j++) {
			struct conflict_span b = meetings[exams[j]].time;

			if (b.start >= a.end + gap)
				break;
			if (!span_overlap(a, b) &&
			    conflict_common_students(run, exams[i], exams[j], NULL))
				conflict_exam_report(run, exams[i], exams[j]);
		}
	}
}

/* No teaching of a course at or after the end of its exam. */
static void check_exam_course(struct conflict_run *run, int exam)
{
	const struct conflict_input *input = run->input;
	const struct conflict_meeting *e = &input->meetings[exam];
	int course = input->sessions[e->session].course;

	for (size_t i = 0; course >= 0 && i < input->meeting_count; i++) {
		const struct conflict_meeting *m = &input->meetings[i];

		if (conflict_absent(run, (int)i))
			continue;
		if (input->sessions[m->session].course == course && !conflict_is_exam(input, (int)i) &&
		    m->time.start >= e->time.end &&
		    conflict_common_students(run, exam, (int)i, NULL))
			conflict_exam_report(run, exam, (int)i);
	}
}

void conflict_check_exams(struct conflict_run *run)
{
	size_t count = 0, all = run->order_count;
	int *exams = arena_array(run->arena, all, sizeof *exams);

	for (size_t i = 0; i < all; i++)
		if (conflict_is_exam(run->input, run->order[i]))
			exams[count++] = run->order[i];
	check_exam_gaps(run, exams, count);
	check_exam_days(run, exams, count);
	for (size_t i = 0; i < count; i++)
		check_exam_course(run, exams[i]);
}

/* --- order --- */

void conflict_check_order(struct conflict_run *run)
{
	const struct conflict_input *input = run->input;
	size_t count = input->meeting_count;
	int *first = arena_array(run->arena, input->session_count, sizeof *first);
	int *next = arena_array(run->arena, count, sizeof *next);

	/* The meetings of each session as a chain. */
	for (size_t i = 0; i < input->session_count; i++)
		first[i] = -1;
	for (size_t i = count; i-- > 0;) {
		int session = input->meetings[i].session;

		if (conflict_absent(run, (int)i))
			continue;
		next[i] = first[session];
		first[session] = (int)i;
	}
	for (size_t i = 0; i < count; i++) {
		const struct conflict_meeting *m = &input->meetings[i];
		const struct conflict_ints *after = &input->sessions[m->session].after;

		if (conflict_absent(run, (int)i))
			continue;
		for (size_t p = 0; p < after->count; p++)
			for (int before = first[after->item[p]]; before >= 0; before = next[before])
				if (before != (int)i && input->meetings[before].time.end > m->time.start &&
				    conflict_wanted(run, before, (int)i))
					conflict_add(run, CONFLICT_ORDER, before, (int)i);
	}
}
