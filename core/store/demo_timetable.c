/* The timetable of a demo world: meetings of the cohorts that study now, on
 * days when their team is off, never two for one room, teacher or cohort. */
#include "core/store/demo_parts.h"

#include "core/rules/shift.h"

#include <stdlib.h>
#include <string.h>

enum { SLOTS = 4, DAYS_MAX = 260, PER_WEEK = 2 };

static const int slot_start[SLOTS] = { 8 * 60 + 30, 13 * 60, 16 * 60, 19 * 60 };
enum { MEETING_MINUTES = 120 };

struct timetable {
	struct world *w;
	int64_t from, days;
	int64_t *teacher_id, *room_id; /* id */
	size_t teachers, rooms;
	/* how many of each are taken in a slot of a day */
	uint16_t *teacher_used, *room_used;
	bool *closed; /* holidays */
	struct arena arena;
};

static int people_load(struct timetable *t, struct error *err)
{
	struct record_list list;
	size_t base = 10; /* the first ten rooms are classrooms of the fixture */
	int rc = tx_find_all(t->w->tx, KIND_TEACHER, NULL, 0, 0, &list, err);

	if (rc < 0)
		return rc;
	t->teachers = list.count + t->w->cohort_count / 12;
	t->teacher_id = arena_array(t->w->arena, t->teachers, sizeof *t->teacher_id);
	for (size_t i = 0; i < t->teachers; i++) {
		struct teacher *teacher;
		struct person *person;

		if (i < list.count) {
			t->teacher_id[i] = ((struct teacher *)list.items[i])->id;
			continue;
		}
		person = record_new(&t->arena, &person_fields);
		person->full_name = arena_printf(&t->arena, "教师%zu", i + 1);
		person->doc_kind = DOC_OTHER;
		person->doc_no = arena_printf(&t->arena, "TEACH-%04zu", i + 1);
		person->sex = SEX_U;
		person->consent_on = t->w->today - 2000;
		rc = demo_put(t->w, KIND_PERSON, person, err);
		teacher = record_new(&t->arena, &teacher_fields);
		teacher->person_id = person->id;
		teacher->kind = TEACHER_PART_TIME;
		teacher->max_day_min = 480;
		if (rc == 0)
			rc = demo_put(t->w, KIND_TEACHER, teacher, err);
		if (rc < 0)
			return rc;
		t->teacher_id[i] = teacher->id;
	}
	rc = tx_find_all(t->w->tx, KIND_ROOM, NULL, 0, 0, &list, err);
	if (rc < 0)
		return rc;
	t->rooms = list.count < base ? list.count : base;
	t->room_id = arena_array(t->w->arena, t->rooms ? t->rooms : 1, sizeof *t->room_id);
	for (size_t i = 0, at = 0; i < list.count && at < t->rooms; i++) {
		const struct room *room = list.items[i];

		if (room->kind == ROOM_CLASSROOM && room->capacity >= 48)
			t->room_id[at++] = room->id;
		if (i + 1 == list.count)
			t->rooms = at;
	}
	return 0;
}

static int holidays_load(struct timetable *t, struct error *err)
{
	struct record_list list;
	struct filter filter = { .field = "on_date", .op = FILTER_GE, .number = t->from };
	int rc = tx_find_all(t->w->tx, KIND_CALENDAR_DAY, &filter, 1, 0, &list, err);

	for (size_t i = 0; rc == 0 && i < list.count; i++) {
		const struct calendar_day *day = list.items[i];
		int64_t at = day->on_date - t->from;

		if (at >= 0 && at < t->days && day->kind != DAY_SWAPPED_WORKDAY)
			t->closed[at] = true;
	}
	return rc;
}

/* Is the team of a cohort off on a day, and rested from the night before? */
static bool team_free(const struct shift_pattern *p, int team, int64_t day, int start)
{
	int64_t n = (int64_t)strlen(p->cycle);
	int64_t at = ((day - p->anchor_on + team) % n + n) % n;
	char today = p->cycle[at], before = p->cycle[(at + n - 1) % n];

	if (p->kind == SHIFT_WEEKDAY) /* evenings after day weeks, and weekends */
		return date_weekday(day) >= 6;
	return today == 'R' && (before != 'N' || start >= 16 * 60);
}

static int session_add(struct timetable *t, const struct demo_cohort *cohort, int64_t day,
		       int slot, size_t teacher, size_t room, struct error *err)
{
	struct world *w = t->w;
	size_t courses = w->course_count[cohort->programme];
	struct session *s = record_new(&t->arena, &session_fields);
	struct session_cohort *link = record_new(&t->arena, &session_cohort_fields);
	uint64_t chance = demo_mix(w->seed, STREAM_MEETING, (uint64_t)(cohort->id * 4096 + day));
	int rc;

	s->course_id = w->course[cohort->programme][(size_t)(cohort->id + day / 7) % courses].id;
	s->teacher_id = t->teacher_id[teacher];
	s->mode = room < t->rooms ? MODE_CLASSROOM : MODE_ONLINE;
	if (room < t->rooms)
		s->room_id = t->room_id[room];
	else
		s->join_url = arena_printf(&t->arena, "https://learn.example/%lld", (long long)cohort->id);
	s->on_date = day;
	s->start_min = slot_start[slot];
	s->end_min = slot_start[slot] + MEETING_MINUTES;
	s->state = day <= w->today ? SESSION_HELD :
		   day <= w->today + 21 ? SESSION_PUBLISHED : SESSION_PLANNED;
	if (chance % 100 < 3)
		s->state = SESSION_CANCELLED;
	rc = demo_put(w, KIND_SESSION, s, err);
	link->session_id = s->id;
	link->cohort_id = cohort->id;
	if (rc == 0)
		rc = demo_put(w, KIND_SESSION_COHORT, link, err);
	return rc;
}

static int cohort_day(struct timetable *t, const struct demo_cohort *cohort, int64_t at,
		      int *left, struct error *err)
{
	const struct shift_pattern *pattern = t->w->pattern[cohort->pattern];
	int64_t day = t->from + at;

	for (int slot = 0; slot < SLOTS; slot++) {
		int64_t cell = at * SLOTS + (slot + cohort->id) % SLOTS;
		int here = (int)((slot + cohort->id) % SLOTS);

		if (!team_free(pattern, cohort->team, day, slot_start[here]) ||
		    t->teacher_used[cell] >= t->teachers)
			continue;
		--*left;
		return session_add(t, cohort, day, here, t->teacher_used[cell]++,
				   t->room_used[cell] < t->rooms && cohort->id % 3 ?
				   (size_t)t->room_used[cell]++ : t->rooms, err);
	}
	return 0;
}

static int cohort_meetings(struct timetable *t, const struct demo_cohort *cohort, struct error *err)
{
	int rc = 0;

	for (int64_t week = 0; week * 7 < t->days && rc == 0; week++) {
		int left = PER_WEEK;

		for (int64_t at = week * 7; at < week * 7 + 7 && at < t->days && rc == 0; at++)
			if (left > 0 && !t->closed[at])
				rc = cohort_day(t, cohort, at, &left, err);
	}
	arena_clear(&t->arena);
	return rc == 0 ? demo_step(t->w, 100, err) : rc;
}

int demo_timetable(struct world *w, struct error *err)
{
	struct timetable t = { .w = w, .arena = ARENA_INIT };
	size_t cells;
	int rc;

	t.from = w->term_start[INTAKES - 1];
	t.from -= date_weekday(t.from) - 1;
	t.days = w->term_end[INTAKES - 1] - t.from;
	if (t.days > DAYS_MAX)
		t.days = DAYS_MAX;
	cells = (size_t)t.days * SLOTS;
	t.teacher_used = arena_array(w->arena, cells, sizeof *t.teacher_used);
	t.room_used = arena_array(w->arena, cells, sizeof *t.room_used);
	t.closed = arena_array(w->arena, (size_t)t.days, sizeof *t.closed);
	rc = people_load(&t, err);
	if (rc == 0)
		rc = holidays_load(&t, err);
	for (size_t c = 0; c < w->cohort_count && rc == 0; c++)
		if (w->cohorts[c].last > INTAKES - 1 - STUDY_TERMS)
			rc = cohort_meetings(&t, &w->cohorts[c], err);
	arena_release(&t.arena);
	return rc;
}
