/* conflict_soft.h: what could be better about a timetable that is possible:
 * the soft kinds of CONFLICTS.md that take the whole to see. The input is that
 * of conflict.h. A teacher's preferences have no definition and are not judged. */
#ifndef OV_RULES_CONFLICT_SOFT_H
#define OV_RULES_CONFLICT_SOFT_H

#include "core/rules/conflict.h"

struct conflict_soft_limits {
	int64_t late_min;     /* minute of the day after which an end is late */
	int64_t idle_min;     /* a longer wait between two meetings is idle */
	int64_t idle_most;    /* up to this; past it, people go home between */
	int64_t oversize;     /* seats for each learner, above which a room is too large */
	int64_t unfair_percent; /* of a crew's lessons in its night weeks */
	bool *changed;        /* by meeting: differs from what was published; or NULL */
};

/* 20:30, 60 and 240 minutes, 3 seats, 60 per cent. */
void conflict_soft_limits_init(struct conflict_soft_limits *limits);

/* ROOM_CHANGES, DAYS_CROWDED, IDLE_GAP, LATE_END, ROOM_OVERSIZE, CREW_UNFAIR,
 * CHANGED, STUDENT_TRAVEL. ROOM_CHANGES and CREW_UNFAIR name the first meeting
 * of the course. The list lives in ARENA. */
void conflict_soft_find(const struct conflict_input *input,
			const struct conflict_soft_limits *limits, struct arena *arena,
			struct conflict_list *list);

#endif
