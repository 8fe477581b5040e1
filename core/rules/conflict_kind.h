/* conflict_kind.h: the kinds of timetable conflicts, CONFLICTS.md. */
#ifndef OV_RULES_CONFLICT_KIND_H
#define OV_RULES_CONFLICT_KIND_H

#include <stdbool.h>

#include "core/model/field.h"

/* In the order people should read them; the code's alphabet is the readers'. */
enum conflict_kind {
	CONFLICT_ROOM_OVERLAP, CONFLICT_TEACHER_OVERLAP, CONFLICT_COHORT_OVERLAP,
	CONFLICT_STUDENT_OVERLAP, CONFLICT_SELF_OVERLAP, CONFLICT_TEACHER_TRAVEL,
	CONFLICT_SHIFT_CLASH, CONFLICT_REST_SHORT, CONFLICT_CAPACITY,
	CONFLICT_ROOM_CLOSED, CONFLICT_EQUIPMENT, CONFLICT_POOL_EXCEEDED,
	CONFLICT_SAFETY_RATIO, CONFLICT_CERTIFICATE, CONFLICT_TEACHER_AWAY,
	CONFLICT_HOLIDAY, CONFLICT_CALENDAR_UNKNOWN, CONFLICT_EXAM_GAP, CONFLICT_ORDER,
	CONFLICT_NOT_PLACED, /* of a course in a term; not found by conflict_find() */
	/* soft */
	CONFLICT_REST_SOFT, CONFLICT_TEACHER_WISH, CONFLICT_TEACHER_LOAD,
	/* soft, of a whole timetable: conflict_soft.h */
	CONFLICT_ROOM_CHANGES, CONFLICT_DAYS_CROWDED, CONFLICT_IDLE_GAP, CONFLICT_LATE_END,
	CONFLICT_ROOM_OVERSIZE, CONFLICT_CREW_UNFAIR, CONFLICT_CHANGED, CONFLICT_STUDENT_TRAVEL,
	CONFLICT_KIND_COUNT
};

extern const struct enum_table conflict_kind_enum; /* codes "ROOM_OVERLAP" … */

bool conflict_is_soft(enum conflict_kind kind);
bool conflict_is_pair(enum conflict_kind kind);
/* May a named person override it with a reason? */
bool conflict_may_override(enum conflict_kind kind);

#endif
