/* conflict_soft.h: what could be better about a timetable that is possible:
 * the soft kinds of CONFLICTS.md that take the whole to see. The input is that
 * of conflict.h. */
#ifndef OV_RULES_CONFLICT_SOFT_H
#define OV_RULES_CONFLICT_SOFT_H

#include "core/rules/conflict.h"

struct conflict_soft_limits {
	int64_t late_min;     /* minute of the day after which an end is late */
	int64_t idle_min;     /* a longer wait between two meetings is idle */
	int64_t idle_most;    /* up to this; past it, people go home between */
	int64_t oversize;     /* seats for each learner, above which a room is too large */
	/* A crew of at least crew_percent of a course's learners is treated unfairly when more than
	 * unfair_percent of a course's meetings, lessons_least or more, are in its
	 * night weeks: on days within NIGHT_REACH of a shift at night. A crew for which
	 * all days are such days is left out. The planner counts the same. */
	int64_t unfair_percent, crew_percent, lessons_least;
	bool *changed;        /* by meeting: differs from what was published; or NULL */
};

enum { NIGHT_REACH = 2 };

/* Is a shift at night? One that starts at midnight or lasts past it. */
static inline bool conflict_at_night(struct conflict_span shift)
{
	return shift.start == conflict_minute(conflict_date(shift.start), 0) ||
	       conflict_date(shift.end - 1) > conflict_date(shift.start);
}

/* 20:30, 60 and 240 minutes, 3 seats, 60 and 25 per cent, 6 meetings. */
void conflict_soft_limits_init(struct conflict_soft_limits *limits);

/* ROOM_CHANGES, DAYS_CROWDED, IDLE_GAP, LATE_END, ROOM_OVERSIZE, CREW_UNFAIR,
 * CHANGED, STUDENT_TRAVEL. ROOM_CHANGES and CREW_UNFAIR name the first meeting
 * of the course. The list lives in ARENA. */
void conflict_soft_find(const struct conflict_input *input,
			const struct conflict_soft_limits *limits, struct arena *arena,
			struct conflict_list *list);

#endif
