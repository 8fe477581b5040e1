/* conflict.h: the one conflict engine of the timetable. It serves the meeting
 * editor, the planner's result, the importer and `plan conflicts`.
 * Kinds and exact tests: scheduling/CONFLICTS.md.
 *
 * Time is integer minutes of local civil time since 1970-01-01 00:00
 * (conflict_minute), every interval half-open. Things are named by their index
 * in the arrays of the input, features, pool items, sites and courses by any
 * small number ≥ 0 of the caller's; -1 is none. The caller has checked that
 * every index exists and that no interval is empty. */
#ifndef OV_RULES_CONFLICT_H
#define OV_RULES_CONFLICT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "core/base/civil.h"
#include "core/base/stop.h"
#include "core/rules/conflict_kind.h"

static inline int64_t conflict_minute(int64_t date, int64_t minute)
{
	return date * DAY_MINUTES + minute;
}

/* The civil day of a minute; floor, so also before 1970. */
int64_t conflict_date(int64_t minute);

struct conflict_span {
	int64_t start, end;
};

/* THE overlap test. */
static inline bool span_overlap(struct conflict_span a, struct conflict_span b)
{
	return a.start < b.end && b.start < a.end;
}

struct conflict_ints {
	const int *item;
	size_t count;
};

struct conflict_spans {
	const struct conflict_span *item;
	size_t count;
};

struct conflict_calendar {
	const int64_t *years; /* loaded years, ascending */
	size_t year_count;
	const int64_t *holidays; /* dates, ascending */
	size_t holiday_count;
	const int64_t *swapped; /* swapped working days, ascending */
	size_t swapped_count;
};

/* A shift: minutes after 00:00 of the day it is listed for; 0 ≤ from < to. */
struct conflict_shift {
	int64_t from, to;
};

/* Slots are indexes into shifts, -1 a day off. */
struct conflict_pattern {
	bool weekday; /* weeks on working days; otherwise a cycle through all days */
	int64_t anchor; /* date of slot 0, cycle only */
	struct conflict_ints slots; /* the cycle, or the weeks (may be empty) */
	struct conflict_ints on;    /* weekday without weeks: all shifts worked */
	const struct conflict_shift *shifts;
	size_t shift_count;
};

/* An approved leave or swap of one student: the shift that starts on `date` is
 * removed; a swap adds another, on the same or another date. */
struct conflict_exception {
	int64_t date; /* whose shift is removed; OV_NULL: nothing removed */
	struct conflict_span added; /* start = end: nothing added */
};

struct conflict_student {
	int pattern; /* -1: works no shifts */
	int64_t offset;
	const struct conflict_exception *exceptions;
	size_t exception_count;
};

struct conflict_cohort {
	struct conflict_ints students;
};

struct conflict_room {
	int64_t capacity;
	int site;
	struct conflict_ints has; /* features */
	bool has_hours;
	struct conflict_shift open; /* with has_hours: the same every day */
	struct conflict_spans closed;
	int64_t ratio, stations; /* OV_NULL: no check */
	int64_t min_staff;
	int64_t setup, clear; /* minutes, for ROOM_OVERLAP only */
};

struct conflict_certificate {
	int feature;
	int64_t last_day; /* inclusive; OV_NULL: no end */
};

/* A time of one weekday, 1 Monday to 7 Sunday, 0 ≤ from < to ≤ 1440. */
struct conflict_wish {
	int64_t weekday, from, to;
	bool wanted;
};

struct conflict_wishes {
	const struct conflict_wish *item;
	size_t count;
};

struct conflict_teacher {
	const struct conflict_certificate *certificates;
	size_t certificate_count;
	struct conflict_spans away;
	struct conflict_wishes wishes;
	int64_t max_day_min; /* OV_NULL: the policy's */
};

struct conflict_travel {
	int site_a, site_b; /* in either order */
	int64_t minutes;
};

struct conflict_use {
	int item;
	int64_t count;
};

/* What all meetings of a series share. */
struct conflict_session {
	struct conflict_ints cohorts;
	int64_t online_seats;
	struct conflict_ints needs;      /* features of the room */
	struct conflict_ints needs_cert; /* each teacher holds one */
	const struct conflict_use *uses; /* counted portable items */
	size_t use_count;
	bool exam;
	int course; /* -1 none */
	struct conflict_ints after; /* sessions that come before this one */
	bool has_tolerance;         /* otherwise the policy's */
	int64_t tolerance;          /* per cent of members who may be on shift */
};

/* One dated occurrence. */
struct conflict_meeting {
	int session;
	struct conflict_span time;
	int room; /* -1: online */
	struct conflict_ints teachers;
};

struct conflict_policy {
	bool holiday_teaching;
	int64_t commute, rest_night, rest_soft; /* minutes */
	int64_t shift_tolerance; /* per cent of members */
	int64_t exam_gap;
	int64_t exams_per_day; /* OV_NULL: no limit */
	int64_t site_gap_min;
	int64_t max_day_min, max_week_min; /* soft; OV_NULL: no limit */
};

/* CONFLICTS.md, "Policy defaults". */
void conflict_policy_init(struct conflict_policy *policy);

struct conflict_input {
	struct conflict_calendar calendar;
	struct conflict_policy policy;
	const struct conflict_pattern *patterns;
	const struct conflict_room *rooms;
	const struct conflict_teacher *teachers;
	const struct conflict_student *students;
	const struct conflict_cohort *cohorts;
	const struct conflict_session *sessions;
	const struct conflict_meeting *meetings;
	const struct conflict_travel *travel;
	const int64_t *pool_stock; /* by item */
	struct stop stop; /* asked for: conflict_find() returns early, its list is of no use */
	size_t pattern_count, room_count, teacher_count, student_count, cohort_count;
	size_t session_count, meeting_count, travel_count, pool_count;
};

/* One finding. A pair has a < b, indexes of meetings; otherwise b is -1. */
struct conflict_finding {
	enum conflict_kind kind;
	int a, b;
	int64_t count, of; /* n of m students; need and stock of a pool; minutes */
	int subject;       /* the first teacher, room, feature or item it is about; -1 */
	struct conflict_ints students; /* who, for the kinds about students */
};

struct conflict_list {
	struct conflict_finding *item; /* ordered by kind, a, b; one per kind and pair */
	size_t count;
	bool cut; /* there were more than CONFLICT_LIMIT: some were left out */
};

enum { CONFLICT_LIMIT = 200000 };

enum { CONFLICT_ALL = -1 };

/* All findings, soft ones too, or only those about the meeting FOCUS. The list
 * and what it points to live in ARENA. */
void conflict_find(const struct conflict_input *input, int focus, struct arena *arena,
		   struct conflict_list *list);

/* The shifts of a student that start on DATE, for grids and cards. Returns how
 * many were written; `known` gets false when the year is not loaded and the
 * pattern needs it. */
size_t conflict_shifts_on(const struct conflict_input *input, int student, int64_t date,
			  struct conflict_span *out, size_t max, bool *known);

/* Could the student come to a meeting then: no shift overlaps it, and there is
 * rest enough on both sides? False also when it can't be known. */
bool conflict_student_free(const struct conflict_input *input, int student,
			   struct conflict_span time);

#endif
