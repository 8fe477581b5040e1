/* planning_args.h: what the commands on shifts, calendars, series and drafts of
 * a timetable are given. */
#ifndef OV_STORE_COMMANDS_PLANNING_ARGS_H
#define OV_STORE_COMMANDS_PLANNING_ARGS_H

#include "core/model/kind.h"
#include "core/store/commands/cohort_args.h"

#define SHIFT_EXCEPT_FIELDS(F, REC) \
	F(REC, FT_REF, student_id, .ref = KIND_STUDENT, .flags = REQ, .pii = P1, .label = N_("Learner")) \
	F(REC, FT_ENUM, kind, .flags = REQ, .enums = &exception_kind_enum, .label = N_("Kind"), .width = 8) \
	F(REC, FT_DATE, off_on, .label = N_("Shift not worked"), .help = N_("The day on which the shift starts"), .width = 10) \
	F(REC, FT_DATE, work_on, .label = N_("Worked besides"), .width = 10) \
	F(REC, FT_MINUTES, start_min, .min = 0, .max = 1439, .label = N_("Start"), .width = 5) \
	F(REC, FT_MINUTES, end_min, .min = 1, .max = 2399, .label = N_("End"), .help = N_("Not after the start: on the next day"), .width = 5) \
	F(REC, FT_TEXT, note, .max = 200, .pii = P2, .label = N_("Note"), .width = 20)

#define TEACHER_AWAY_ARGS(F, REC) \
	F(REC, FT_REF, teacher_id, .ref = KIND_TEACHER, .flags = REQ, .label = N_("Teacher")) \
	F(REC, FT_DATE, on_date, .flags = REQ, .label = N_("Day"), .width = 10) \
	F(REC, FT_MINUTES, start_min, .min = 0, .max = 1439, .label = N_("Start"), .help = N_("Empty: from 00:00"), .width = 5) \
	F(REC, FT_MINUTES, end_min, .min = 1, .max = 2160, .label = N_("End"), .help = N_("Empty: to 24:00"), .width = 5)

#define CALENDAR_DAY_ITEM_FIELDS(F, REC) \
	F(REC, FT_DATE, on_date, .flags = REQ, .label = N_("Day"), .width = 10) \
	F(REC, FT_ENUM, kind, .flags = REQ, .enums = &day_kind_enum, .label = N_("Kind"), .width = 10) \
	F(REC, FT_TEXT, name, .max = 40, .flags = REQ, .label = N_("Name"), .width = 12)

#define CALENDAR_LOAD_FIELDS(F, REC) \
	F(REC, FT_INT, year, .min = 1990, .max = 2100, .flags = REQ, .label = N_("Year"), .width = 4) \
	F(REC, FT_TEXT, version, .max = 20, .flags = REQ, .label = N_("Version"), .width = 8) \
	F(REC, FT_TEXT, source, .max = 200, .flags = REQ, .label = N_("Notice"), .width = 30) \
	F(REC, FT_DATE, published_on, .label = N_("Published"), .width = 10) \
	F(REC, FT_LIST, days, .items = &calendar_day_item_fields, .flags = REQ, .label = N_("Days"))

#define SESSION_REPEAT_ITEM_FIELDS(F, REC) \
	F(REC, FT_DATE, on_date, .flags = REQ, .label = N_("Day"), .width = 10)

#define SESSION_REPEAT_FIELDS(F, REC) \
	SESSION_CREATE_FIELDS(F, REC) \
	F(REC, FT_DATE, until_on, .flags = REQ, .label = N_("Until"), .help = N_("The last day of the series, that day included"), .width = 10) \
	F(REC, FT_INT, every_weeks, .min = 1, .max = 52, .label = N_("Every … weeks"), .help = N_("Empty: every week"), .width = 4) \
	F(REC, FT_LIST, excepts, .items = &session_repeat_item_fields, .label = N_("Not on")) \
	F(REC, FT_BOOL, skip_holidays, .label = N_("Not on holidays"), .width = 3)

#define SESSION_LOCK_FIELDS(F, REC) \
	F(REC, FT_BOOL, lock_time, .label = N_("Time locked"), .help = N_("Empty: as it is"), .width = 3) \
	F(REC, FT_BOOL, lock_room, .label = N_("Room locked"), .help = N_("Empty: as it is"), .width = 3)

#define SESSION_TWIN_FIELDS(F, REC) \
	F(REC, FT_REF, twin_id, .ref = KIND_SESSION, .label = N_("Twin of"), .help = N_("The first meeting of the same lesson; empty: none"))

/* What a planner found (core/timetable/term.h). The store counts conflicts and
 * learners itself. */
#define PLAN_MEETING_ITEM_FIELDS(F, REC) \
	F(REC, FT_ENUM, state, .flags = REQ, .enums = &plan_session_state_enum, .label = N_("State"), .width = 8) \
	F(REC, FT_REF, session_id, .ref = KIND_SESSION, .label = N_("Session")) \
	F(REC, FT_INT, session_rev, .label = N_("Version")) \
	F(REC, FT_REF, cohort_id, .ref = KIND_COHORT, .flags = REQ, .label = N_("Cohort")) \
	F(REC, FT_REF, course_id, .ref = KIND_COURSE, .flags = REQ, .label = N_("Course")) \
	F(REC, FT_REF, teacher_id, .ref = KIND_TEACHER, .flags = REQ, .label = N_("Teacher")) \
	F(REC, FT_ENUM, mode, .flags = REQ, .enums = &session_mode_enum, .label = N_("Mode"), .width = 9) \
	F(REC, FT_REF, room_id, .ref = KIND_ROOM, .label = N_("Room")) \
	F(REC, FT_DATE, on_date, .label = N_("Day"), .width = 10) \
	F(REC, FT_MINUTES, start_min, .min = 0, .max = 1439, .label = N_("Start"), .width = 5) \
	F(REC, FT_MINUTES, end_min, .min = 1, .max = 2159, .label = N_("End"), .width = 5) \
	F(REC, FT_INT, lesson, .flags = REQ, .min = 1, .max = 1000, .label = N_("Lesson"), .width = 4) \
	F(REC, FT_INT, twin_no, .min = 1, .max = 9, .label = N_("Twin"), .width = 3)

#define PLAN_BLOCKER_ITEM_FIELDS(F, REC) \
	F(REC, FT_REF, cohort_id, .ref = KIND_COHORT, .flags = REQ, .label = N_("Cohort")) \
	F(REC, FT_REF, course_id, .ref = KIND_COURSE, .flags = REQ, .label = N_("Course")) \
	F(REC, FT_INT, lesson, .flags = REQ, .label = N_("Lesson"), .width = 4) \
	F(REC, FT_TEXT, kind, .max = 20, .flags = REQ, .label = N_("Conflict"), .width = 16) \
	F(REC, FT_TEXT, what, .max = 80, .label = N_("With"), .width = 24) \
	F(REC, FT_BOOL, least, .flags = REQ, .label = N_("In the smallest set"), .width = 3) \
	F(REC, FT_INT, gain, .flags = REQ, .label = N_("Places it opens"), .width = 5) \
	F(REC, FT_INT, others, .flags = REQ, .label = N_("Further meetings"), .width = 5)

#define PLAN_SAVE_FIELDS(F, REC) \
	F(REC, FT_REF, term_id, .ref = KIND_TERM, .flags = REQ, .label = N_("Term")) \
	F(REC, FT_TEXT, name, .max = 60, .label = N_("Name"), .width = 16) \
	F(REC, FT_INT, seed, .flags = REQ, .label = N_("Seed"), .width = 6) \
	F(REC, FT_INT, cpu_ms, .flags = REQ, .label = N_("Milliseconds"), .width = 7) \
	F(REC, FT_BOOL, kept, .flags = REQ, .label = N_("Keeps the present timetable"), .width = 3) \
	F(REC, FT_DATE, from_on, .flags = REQ, .label = N_("First day"), .width = 10) \
	F(REC, FT_DATE, to_on, .flags = REQ, .label = N_("Last day"), .width = 10) \
	F(REC, FT_INT, cost, .flags = REQ, .label = N_("Cost"), .width = 8) \
	F(REC, FT_INT, changes, .flags = REQ, .label = N_("Changes"), .width = 6) \
	F(REC, FT_TEXT, history, .max = 2000, .label = N_("Falling cost")) \
	F(REC, FT_TEXT, costs, .max = 200, .label = N_("Cost by kind")) \
	F(REC, FT_LIST, meetings, .items = &plan_meeting_item_fields, .label = N_("Meetings")) \
	F(REC, FT_LIST, blockers, .items = &plan_blocker_item_fields, .label = N_("What keeps meetings out")) \
	F(REC, FT_HASH, sha256, .flags = REQ, .label = N_("SHA-256"))

#define PLANNING_ITEMS(X) \
	X(calendar_day_item, CALENDAR_DAY_ITEM_FIELDS) \
	X(session_repeat_item, SESSION_REPEAT_ITEM_FIELDS) \
	X(plan_meeting_item, PLAN_MEETING_ITEM_FIELDS) \
	X(plan_blocker_item, PLAN_BLOCKER_ITEM_FIELDS)

#define PLANNING_ARGS(X) \
	X(shift_except_args, SHIFT_EXCEPT_FIELDS) \
	X(teacher_away_args, TEACHER_AWAY_ARGS) \
	X(calendar_load_args, CALENDAR_LOAD_FIELDS) \
	X(session_repeat_args, SESSION_REPEAT_FIELDS) \
	X(session_lock_args, SESSION_LOCK_FIELDS) \
	X(session_twin_args, SESSION_TWIN_FIELDS) \
	X(plan_save_args, PLAN_SAVE_FIELDS)

#define ARGS_STRUCT(REC, LIST) \
	struct REC { LIST(FIELD_MEMBER, REC) }; \
	extern const struct field_table REC##_fields;
PLANNING_ITEMS(ARGS_STRUCT)
PLANNING_ARGS(ARGS_STRUCT)
#undef ARGS_STRUCT

#endif
