/* What one meeting conflicts with alone: its room, its teachers, its day; and
 * sums over meetings: portable items and teachers' load. */
#include "core/rules/conflict_run.h"

#include <stdlib.h>

#include "core/rules/teacher_wish.h"

static bool spans_meet(const struct conflict_spans *spans, struct conflict_span time)
{
	for (size_t i = 0; i < spans->count; i++)
		if (span_overlap(spans->item[i], time))
			return true;
	return false;
}

/* Inside the opening hours that begin on its own date or the day before. */
static bool within_hours(const struct conflict_room *room, struct conflict_span time)
{
	int64_t date = conflict_date(time.start);

	for (int64_t d = date - 1; d <= date; d++)
		if (time.start >= conflict_minute(d, room->open.from) &&
		    time.end <= conflict_minute(d, room->open.to))
			return true;
	return !room->has_hours;
}

static int64_t distinct(const struct conflict_ints *ints)
{
	int64_t count = 0;

	for (size_t i = 0; i < ints->count; i++)
		count += !ints_have(&(struct conflict_ints){ ints->item, i }, ints->item[i]);
	return count;
}

static void report(struct conflict_run *run, enum conflict_kind kind, int meeting,
		   int64_t count, int64_t of, int subject)
{
	struct conflict_finding *found = conflict_add(run, kind, meeting, -1);

	found->count = count;
	found->of = of;
	found->subject = subject;
}

static void check_safety(struct conflict_run *run, int meeting, const struct conflict_room *room)
{
	int64_t members = (int64_t)conflict_members(run, meeting)->count;
	int64_t staff = distinct(&run->input->meetings[meeting].teachers);
	bool few = staff < room->min_staff;
	bool many = (room->ratio != OV_NULL && members > room->ratio * staff) ||
		    (room->stations != OV_NULL && members > room->stations);

	if (few || many)
		report(run, CONFLICT_SAFETY_RATIO, meeting, members, staff,
		       run->input->meetings[meeting].room);
}

static void check_room(struct conflict_run *run, int meeting)
{
	const struct conflict_meeting *m = &run->input->meetings[meeting];
	const struct conflict_session *session = &run->input->sessions[m->session];
	int64_t members = (int64_t)conflict_members(run, meeting)->count;
	const struct conflict_room *room;

	if (m->room < 0)
		return;
	room = &run->input->rooms[m->room];
	if (members > room->capacity + session->online_seats)
		report(run, CONFLICT_CAPACITY, meeting, members,
		       room->capacity + session->online_seats, m->room);
	if (!within_hours(room, m->time) || spans_meet(&room->closed, m->time))
		report(run, CONFLICT_ROOM_CLOSED, meeting, 0, 0, m->room);
	for (size_t i = 0; i < session->needs.count; i++)
		if (!ints_have(&room->has, session->needs.item[i])) {
			report(run, CONFLICT_EQUIPMENT, meeting, 0, 0, session->needs.item[i]);
			break;
		}
	check_safety(run, meeting, room);
}

static bool certified(const struct conflict_teacher *teacher, int feature, int64_t day)
{
	for (size_t i = 0; i < teacher->certificate_count; i++) {
		const struct conflict_certificate *held = &teacher->certificates[i];

		if (held->feature == feature && (held->last_day == OV_NULL || held->last_day >= day))
			return true;
	}
	return false;
}

static void check_teachers(struct conflict_run *run, int meeting)
{
	const struct conflict_meeting *m = &run->input->meetings[meeting];
	const struct conflict_ints *needs = &run->input->sessions[m->session].needs_cert;
	int64_t last_day = conflict_date(m->time.end - 1);
	int64_t against = 0;
	int away = -1, unfit = -1, unwilling = -1;

	for (size_t t = m->teachers.count; t-- > 0;) {
		const struct conflict_teacher *teacher = &run->input->teachers[m->teachers.item[t]];
		const int64_t minutes = wishes_against(&teacher->wishes, m->time);

		if (minutes && minutes >= against) {
			against = minutes;
			unwilling = m->teachers.item[t];
		}

		if (spans_meet(&teacher->away, m->time))
			away = m->teachers.item[t];
		for (size_t i = 0; i < needs->count; i++)
			if (!certified(teacher, needs->item[i], last_day))
				unfit = m->teachers.item[t];
	}
	if (away >= 0)
		report(run, CONFLICT_TEACHER_AWAY, meeting, 0, 0, away);
	if (unfit >= 0)
		report(run, CONFLICT_CERTIFICATE, meeting, 0, 0, unfit);
	if (unwilling >= 0)
		report(run, CONFLICT_TEACHER_WISH, meeting, against, m->time.end - m->time.start,
		       unwilling);
}

void conflict_check_single(struct conflict_run *run, int meeting)
{
	const struct conflict_input *input = run->input;
	int64_t date = conflict_date(input->meetings[meeting].time.start);

	if (!input->policy.holiday_teaching && conflict_holiday(&input->calendar, date))
		conflict_add(run, CONFLICT_HOLIDAY, meeting, -1);
	check_room(run, meeting);
	check_teachers(run, meeting);
}

/* --- portable items --- */

int64_t conflict_use(const struct conflict_input *input, int meeting, int item)
{
	const struct conflict_session *session = &input->sessions[input->meetings[meeting].session];
	int64_t count = 0;

	for (size_t i = 0; i < session->use_count; i++)
		if (session->uses[i].item == item)
			count += session->uses[i].count;
	return count;
}

/* USERS are ordered by start, none lasts longer than LONGEST. */
static void check_pool(struct conflict_run *run, int item, const int *users, size_t count,
		       int64_t longest)
{
	const struct conflict_meeting *meetings = run->input->meetings;
	const struct conflict_meeting *focus =
		run->focus == CONFLICT_ALL ? NULL : &meetings[run->focus];

	for (size_t i = 0; i < count; i++) {
		int64_t start = meetings[users[i]].time.start, sum = 0;

		if (focus && !span_overlap(focus->time, meetings[users[i]].time))
			continue;
		for (size_t j = i + 1; j < count && meetings[users[j]].time.start == start; j++)
			sum += conflict_use(run->input, users[j], item);
		for (size_t j = i + 1; j-- > 0;) {
			if (meetings[users[j]].time.start + longest <= start)
				break;
			if (start < meetings[users[j]].time.end)
				sum += conflict_use(run->input, users[j], item);
		}
		if (sum > run->input->pool_stock[item])
			report(run, CONFLICT_POOL_EXCEEDED, users[i], sum,
			       run->input->pool_stock[item], item);
	}
}

void conflict_check_pools(struct conflict_run *run)
{
	const struct conflict_input *input = run->input;
	int *users = arena_array(run->arena, input->meeting_count, sizeof *users);

	for (size_t item = 0; item < input->pool_count; item++) {
		int64_t longest = 0;
		size_t count = 0;

		if (run->focus >= 0 && conflict_use(input, run->focus, (int)item) <= 0)
			continue;
		for (size_t i = 0; i < run->order_count; i++) {
			const struct conflict_meeting *m = &input->meetings[run->order[i]];

			if (conflict_use(input, run->order[i], (int)item) <= 0)
				continue;
			users[count++] = run->order[i];
			if (m->time.end - m->time.start > longest)
				longest = m->time.end - m->time.start;
		}
		check_pool(run, (int)item, users, count, longest);
	}
}

/* --- teachers' load, soft --- */

struct load {
	int64_t day, week, day_min, week_min;
};

static bool over(int64_t sum, int64_t limit)
{
	return limit != OV_NULL && sum > limit;
}

void conflict_report_load(struct conflict_run *run, int meeting, int teacher, int64_t day_min,
			  int64_t week_min)
{
	const struct conflict_policy *policy = &run->input->policy;
	int64_t limit = run->input->teachers[teacher].max_day_min;

	if (limit == OV_NULL)
		limit = policy->max_day_min;
	if (over(day_min, limit))
		report(run, CONFLICT_TEACHER_LOAD, meeting, day_min, limit, teacher);
	else if (over(week_min, policy->max_week_min))
		report(run, CONFLICT_TEACHER_LOAD, meeting, week_min, policy->max_week_min, teacher);
}

static void load_add(struct conflict_run *run, int meeting, int teacher, struct load *load)
{
	struct conflict_span time = run->input->meetings[meeting].time;
	int64_t day = conflict_date(time.start), week = day - (date_weekday(day) - 1);

	if (load->day != day)
		load->day_min = 0;
	if (load->week != week)
		load->week_min = 0;
	load->day = day;
	load->week = week;
	load->day_min += time.end - time.start;
	load->week_min += time.end - time.start;
	if (conflict_wanted(run, meeting, -1))
		conflict_report_load(run, meeting, teacher, load->day_min, load->week_min);
}

void conflict_check_load(struct conflict_run *run)
{
	const struct conflict_input *input = run->input;
	struct load *loads = arena_array(run->arena, input->teacher_count, sizeof *loads);

	for (size_t i = 0; i < input->teacher_count; i++)
		loads[i].day = loads[i].week = OV_NULL;
	for (size_t i = 0; i < run->order_count; i++) {
		const struct conflict_ints *teachers = &input->meetings[run->order[i]].teachers;

		for (size_t t = 0; t < teachers->count; t++)
			load_add(run, run->order[i], teachers->item[t], &loads[teachers->item[t]]);
	}
}
