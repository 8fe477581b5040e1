/* timetable.h: derived records of a timetable as somebody sees it: as a
 * calendar to take away, as places a meeting may be put down, as load.
 * Like answer.h: field tables without an SQL table. */
#ifndef OV_MODEL_TIMETABLE_H
#define OV_MODEL_TIMETABLE_H

#include "core/model/cohort.h"

/* May a meeting stand there? Possible: only soft conflicts. */
enum place_verdict { PLACE_FREE, PLACE_POSSIBLE, PLACE_IMPOSSIBLE };
extern const struct enum_table place_verdict_enum;

/* One meeting as it goes into a calendar (DOMAIN.md 9.3); no learner's name.
 * changed_at is when it last changed, for DTSTAMP; branch makes the UID. */
#define CALENDAR_EVENT_FIELDS(F, REC) \
	F(REC, FT_INT, id, .label = N_("Session")) \
	F(REC, FT_INT, rev, .label = N_("Version")) \
	F(REC, FT_DATE, on_date, .label = N_("Day"), .width = 10) \
	F(REC, FT_MINUTES, start_min, .label = N_("Start"), .width = 5) \
	F(REC, FT_MINUTES, end_min, .label = N_("End"), .width = 5) \
	F(REC, FT_ENUM, mode, .enums = &session_mode_enum, .label = N_("Mode"), .width = 9) \
	F(REC, FT_ENUM, state, .enums = &session_state_enum, .label = N_("State"), .width = 9) \
	F(REC, FT_TEXT, course, .max = 80, .label = N_("Course"), .width = 16) \
	F(REC, FT_TEXT, room, .max = 20, .label = N_("Room"), .width = 8) \
	F(REC, FT_TEXT, room_name, .max = 60, .label = N_("Room name"), .width = 16) \
	F(REC, FT_TEXT, join_url, .max = 200, .label = N_("Web address"), .width = 20) \
	F(REC, FT_TEXT, teacher, .max = 60, .label = N_("Teacher"), .width = 8) \
	F(REC, FT_TEXT, cohorts, .max = 200, .label = N_("Cohorts"), .width = 16) \
	F(REC, FT_TEXT, branch, .max = 3, .label = N_("Branch"), .width = 3) \
	F(REC, FT_INSTANT, changed_at, .label = N_("Changed"), .width = 16) \
	F(REC, FT_BOOL, exam, .label = N_("Examination"), .width = 3)

/* A place where a meeting could stand: rank 1, 2, 3 … are proposals, the best
 * first; 0 is none. `conflicts` counts what stands against it, `message` is the
 * first of it and `next` the way out. */
#define PLACE_OFFER_FIELDS(F, REC) \
	F(REC, FT_INT, rank, .label = N_("Proposal"), .width = 2) \
	F(REC, FT_DATE, on_date, .label = N_("Day"), .width = 10) \
	F(REC, FT_MINUTES, start_min, .label = N_("Start"), .width = 5) \
	F(REC, FT_MINUTES, end_min, .label = N_("End"), .width = 5) \
	F(REC, FT_INT, room_id, .label = N_("Room")) \
	F(REC, FT_TEXT, room, .max = 20, .label = N_("Room"), .width = 8) \
	F(REC, FT_ENUM, verdict, .enums = &place_verdict_enum, .label = N_("Verdict"), .width = 10) \
	F(REC, FT_INT, conflicts, .label = N_("Conflicts"), .width = 3) \
	F(REC, FT_TEXT, kind, .max = 20, .label = N_("Conflict"), .width = 16) \
	F(REC, FT_TEXT, message, .max = 300, .label = N_("Message"), .width = 40) \
	F(REC, FT_TEXT, next, .max = 300, .label = N_("Ways out"), .width = 40)

/* How busy something is in a week. `load` has a digit for each part of each day
 * (morning to 12:00, afternoon to 18:00, evening), Monday first: tenths of the
 * part that are taken, 9 also for more. */
#define WEEK_LOAD_FIELDS(F, REC) \
	F(REC, FT_INT, id, .label = N_("Number")) \
	F(REC, FT_TEXT, code, .max = 20, .pii = P1, .label = N_("Code"), .width = 12) \
	F(REC, FT_TEXT, name, .max = 60, .pii = P1, .label = N_("Title"), .width = 16) \
	F(REC, FT_INT, meetings, .label = N_("Meetings"), .width = 4) \
	F(REC, FT_INT, minutes, .label = N_("Minutes"), .width = 5) \
	F(REC, FT_TEXT, load, .max = 21, .label = N_("Load"), .width = 27)

/* A meeting of the same course, or a twin of the lesson, that a learner who was
 * absent could come to. */
#define MAKEUP_OFFER_FIELDS(F, REC) \
	F(REC, FT_INT, session_id, .label = N_("Session")) \
	F(REC, FT_DATE, on_date, .label = N_("Day"), .width = 10) \
	F(REC, FT_MINUTES, start_min, .label = N_("Start"), .width = 5) \
	F(REC, FT_MINUTES, end_min, .label = N_("End"), .width = 5) \
	F(REC, FT_TEXT, course, .max = 80, .label = N_("Course"), .width = 16) \
	F(REC, FT_TEXT, cohorts, .max = 200, .pii = P1, .label = N_("Cohorts"), .width = 14) \
	F(REC, FT_TEXT, teacher, .max = 60, .pii = P1, .label = N_("Teacher"), .width = 8) \
	F(REC, FT_TEXT, room, .max = 20, .label = N_("Room"), .width = 8) \
	F(REC, FT_INT, seats, .label = N_("Free seats"), .width = 4) \
	F(REC, FT_BOOL, twin, .label = N_("The same lesson"), .width = 3)

/* One learner of a roll call, in roll-call order (by number). `last` is the mark
 * of the meeting before, `absences` counts those of the course so far. */
#define ROLL_LINE_FIELDS(F, REC) \
	F(REC, FT_INT, student_id, .label = N_("Learner")) \
	F(REC, FT_TEXT, student_no, .max = 13, .pii = P1, .label = N_("Student number"), .width = 13) \
	F(REC, FT_TEXT, full_name, .max = 60, .pii = P1, .label = N_("Name"), .width = 12) \
	F(REC, FT_TEXT, cohort, .max = 20, .pii = P1, .label = N_("Cohort"), .width = 12) \
	F(REC, FT_TEXT, shift, .max = 1, .pii = P2, .label = N_("Shift"), .width = 1) \
	F(REC, FT_ENUM, mark, .pii = P2, .enums = &attendance_mark_enum, .label = N_("Attendance"), .width = 8) \
	F(REC, FT_INT, minutes, .pii = P2, .label = N_("Minutes"), .width = 4) \
	F(REC, FT_ENUM, last, .pii = P2, .enums = &attendance_mark_enum, .label = N_("Last time"), .width = 8) \
	F(REC, FT_INT, absences, .pii = P2, .label = N_("Absent so far"), .width = 3)

/* One line of the waiting list of a cohort, who came first first. */
#define WAITING_LINE_FIELDS(F, REC) \
	F(REC, FT_INT, place, .label = N_("Place"), .width = 3) \
	F(REC, FT_TEXT, student_no, .max = 13, .pii = P1, .label = N_("Student number"), .width = 13) \
	F(REC, FT_TEXT, full_name, .max = 60, .pii = P1, .label = N_("Name"), .width = 12) \
	F(REC, FT_ENUM, state, .enums = &waiting_state_enum, .label = N_("State"), .width = 10) \
	F(REC, FT_INSTANT, since, .label = N_("Since"), .width = 16) \
	F(REC, FT_DATE, offered_on, .label = N_("Offered"), .width = 10)

/* A member of a cohort whom meetings of the days in view meet at work, tired or
 * elsewhere. `kinds`: codes of conflict_kind_enum, each once, with blanks between. */
#define MEMBER_CLASH_FIELDS(F, REC) \
	F(REC, FT_INT, student_id, .label = N_("Learner")) \
	F(REC, FT_INT, meetings, .pii = P2, .label = N_("Meetings"), .width = 3) \
	F(REC, FT_TEXT, kinds, .max = 100, .pii = P2, .label = N_("Conflicts"), .width = 24)

/* X(struct name, field list, plural name, label) */
#define TIMETABLES(X) \
	X(calendar_event, CALENDAR_EVENT_FIELDS, "calendar_events", N_("event of a calendar")) \
	X(place_offer, PLACE_OFFER_FIELDS, "place_offers", N_("place for a meeting")) \
	X(week_load, WEEK_LOAD_FIELDS, "week_loads", N_("load of a week")) \
	X(makeup_offer, MAKEUP_OFFER_FIELDS, "makeup_offers", N_("make-up meeting")) \
	X(roll_line, ROLL_LINE_FIELDS, "roll_lines", N_("line of a roll call")) \
	X(waiting_line, WAITING_LINE_FIELDS, "waiting_lines", N_("line of a waiting list")) \
	X(member_clash, MEMBER_CLASH_FIELDS, "member_clashes", N_("member with clashes"))

/* Rows of DERIVED_KINDS: X(enum tail, struct name, permission to read). */
#define TIMETABLE_KINDS(X) \
	X(CALENDAR_EVENT, calendar_event, LOOKUP) \
	X(PLACE_OFFER, place_offer, LOOKUP) \
	X(WEEK_LOAD, week_load, LOOKUP) \
	X(MAKEUP_OFFER, makeup_offer, SEE_P2) \
	X(ROLL_LINE, roll_line, LOOKUP) \
	X(WAITING_LINE, waiting_line, LOOKUP) \
	X(MEMBER_CLASH, member_clash, TIMETABLE)

#define TIMETABLE_STRUCT(REC, LIST, PLURAL, LABEL) \
	struct REC { LIST(FIELD_MEMBER, REC) }; \
	extern const struct field_table REC##_fields;
TIMETABLES(TIMETABLE_STRUCT)
#undef TIMETABLE_STRUCT

#endif
