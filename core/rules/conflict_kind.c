#include "core/rules/conflict_kind.h"

static const struct enum_value kinds[] = {
	[CONFLICT_ROOM_OVERLAP] = { "ROOM_OVERLAP", N_("The room is taken") },
	[CONFLICT_TEACHER_OVERLAP] = { "TEACHER_OVERLAP", N_("The teacher is busy") },
	[CONFLICT_COHORT_OVERLAP] = { "COHORT_OVERLAP", N_("The cohort is busy") },
	[CONFLICT_STUDENT_OVERLAP] = { "STUDENT_OVERLAP", N_("Learners are in two places") },
	[CONFLICT_SELF_OVERLAP] = { "SELF_OVERLAP", N_("The series overlaps itself") },
	[CONFLICT_TEACHER_TRAVEL] = { "TEACHER_TRAVEL", N_("The teacher can't get there in time") },
	[CONFLICT_SHIFT_CLASH] = { "SHIFT_CLASH", N_("Learners are at work") },
	[CONFLICT_REST_SHORT] = { "REST_SHORT", N_("Too little rest around a shift") },
	[CONFLICT_CAPACITY] = { "CAPACITY", N_("Too few seats") },
	[CONFLICT_ROOM_CLOSED] = { "ROOM_CLOSED", N_("The room is closed") },
	[CONFLICT_EQUIPMENT] = { "EQUIPMENT", N_("The room lacks equipment") },
	[CONFLICT_POOL_EXCEEDED] = { "POOL_EXCEEDED", N_("Not enough portable equipment") },
	[CONFLICT_SAFETY_RATIO] = { "SAFETY_RATIO", N_("Too few staff for safety") },
	[CONFLICT_CERTIFICATE] = { "CERTIFICATE", N_("A teacher's certificate is missing or expires") },
	[CONFLICT_TEACHER_AWAY] = { "TEACHER_AWAY", N_("The teacher is away") },
	[CONFLICT_HOLIDAY] = { "HOLIDAY", N_("Public holiday") },
	[CONFLICT_CALENDAR_UNKNOWN] = { "CALENDAR_UNKNOWN", N_("The year's calendar is not loaded") },
	[CONFLICT_EXAM_GAP] = { "EXAM_GAP", N_("Examinations are too close") },
	[CONFLICT_ORDER] = { "ORDER", N_("It comes before what it builds on") },
	[CONFLICT_NOT_PLACED] = { "NOT_PLACED", N_("Teaching without a place") },
	[CONFLICT_REST_SOFT] = { "REST_SOFT", N_("Little rest around a shift") },
	[CONFLICT_TEACHER_WISH] = { "TEACHER_WISH", N_("The teacher would rather not teach then") },
	[CONFLICT_TEACHER_LOAD] = { "TEACHER_LOAD", N_("The teacher has too many hours") },
	[CONFLICT_ROOM_CHANGES] = { "ROOM_CHANGES", N_("The course changes rooms") },
	[CONFLICT_DAYS_CROWDED] = { "DAYS_CROWDED", N_("The course is crowded on one day") },
	[CONFLICT_IDLE_GAP] = { "IDLE_GAP", N_("The cohort waits between meetings") },
	[CONFLICT_LATE_END] = { "LATE_END", N_("It ends late") },
	[CONFLICT_ROOM_OVERSIZE] = { "ROOM_OVERSIZE", N_("The room is much too large") },
	[CONFLICT_CREW_UNFAIR] = { "CREW_UNFAIR", N_("One crew has most lessons in its night weeks") },
	[CONFLICT_CHANGED] = { "CHANGED", N_("It differs from what was published") },
	[CONFLICT_STUDENT_TRAVEL] = { "STUDENT_TRAVEL", N_("The cohort changes sites on one day") },
};

const struct enum_table conflict_kind_enum = { "conflict_kind", kinds, CONFLICT_KIND_COUNT };

bool conflict_is_soft(enum conflict_kind kind)
{
	return kind >= CONFLICT_REST_SOFT;
}

bool conflict_is_pair(enum conflict_kind kind)
{
	switch (kind) {
	case CONFLICT_ROOM_OVERLAP:
	case CONFLICT_TEACHER_OVERLAP:
	case CONFLICT_COHORT_OVERLAP:
	case CONFLICT_STUDENT_OVERLAP:
	case CONFLICT_SELF_OVERLAP:
	case CONFLICT_TEACHER_TRAVEL:
	case CONFLICT_EXAM_GAP:
	case CONFLICT_ORDER:
	case CONFLICT_DAYS_CROWDED:
	case CONFLICT_IDLE_GAP:
	case CONFLICT_STUDENT_TRAVEL:
		return true;
	default:
		return false;
	}
}

bool conflict_may_override(enum conflict_kind kind)
{
	return kind != CONFLICT_SAFETY_RATIO;
}
