/* cohort.h: groups that are taught together, their meetings, and where and by
 * whom they are taught. DOMAIN.md 2.12–2.15. Sessions are half-open. */
#ifndef OV_MODEL_COHORT_H
#define OV_MODEL_COHORT_H

#include "core/model/field.h"

enum enrolment_state { ENROL_ENROLLED, ENROL_COMPLETED, ENROL_DROPPED, ENROL_EXEMPT };
enum session_mode { MODE_CLASSROOM, MODE_ONLINE, MODE_PRACTICE };
enum session_state { SESSION_PLANNED, SESSION_PUBLISHED, SESSION_HELD, SESSION_CANCELLED, SESSION_MOVED };
enum attendance_mark { ATTEND_PRESENT, ATTEND_LATE, ATTEND_EXCUSED, ATTEND_ABSENT };
enum room_kind { ROOM_CLASSROOM, ROOM_LAB, ROOM_BASE };
enum teacher_kind { TEACHER_FULL_TIME, TEACHER_PART_TIME, TEACHER_MENTOR };
enum waiting_state { WAIT_WAITING, WAIT_OFFERED, WAIT_PLACED, WAIT_LEFT };
enum day_kind { DAY_HOLIDAY, DAY_SWAPPED_WORKDAY, DAY_CLOSED, DAY_EXAM };

extern const struct enum_table enrolment_state_enum, session_mode_enum,
	session_state_enum, attendance_mark_enum, room_kind_enum,
	teacher_kind_enum, day_kind_enum, waiting_state_enum;

#define COHORT_FIELDS(F, REC) \
	F(REC, FT_TEXT, code, .max = 20, .flags = REQ | UNIQ, .pii = P1, .label = N_("Cohort"), .width = 12) \
	F(REC, FT_TEXT, name, .max = 60, .flags = REQ, .pii = P1, .label = N_("Title"), .width = 20) \
	F(REC, FT_REF, programme_id, .ref = KIND_PROGRAMME, .flags = REQ | INDEXED, .label = N_("Programme")) \
	F(REC, FT_REF, curriculum_id, .ref = KIND_CURRICULUM, .flags = REQ, .label = N_("Curriculum")) \
	F(REC, FT_REF, centre_id, .ref = KIND_BRANCH, .flags = REQ | INDEXED, .label = N_("Centre")) \
	F(REC, FT_TEXT, intake, .max = 5, .flags = REQ, .label = N_("Intake"), .width = 5) \
	F(REC, FT_REF, tutor_id, .ref = KIND_TEACHER, .pii = P1, .label = N_("Cohort tutor")) \
	F(REC, FT_INT, capacity, .min = 1, .max = 500, .flags = REQ, .label = N_("Capacity"), .width = 4) \
	F(REC, FT_INT, shift_tolerance, .min = 0, .max = 100, .flags = REQ, .label = N_("Shift tolerance, per cent"), .width = 4)

#define ENROLMENT_FIELDS(F, REC) \
	F(REC, FT_REF, student_id, .ref = KIND_STUDENT, .flags = REQ | INDEXED, .pii = P1, .label = N_("Learner")) \
	F(REC, FT_REF, course_id, .ref = KIND_COURSE, .flags = REQ, .pii = P1, .label = N_("Course")) \
	F(REC, FT_REF, term_id, .ref = KIND_TERM, .flags = REQ, .pii = P1, .label = N_("Term")) \
	F(REC, FT_REF, cohort_id, .ref = KIND_COHORT, .flags = REQ | INDEXED, .pii = P1, .label = N_("Cohort")) \
	F(REC, FT_ENUM, state, .flags = REQ, .pii = P1, .enums = &enrolment_state_enum, .label = N_("State"), .width = 10)

/* override_kinds: the codes of the conflicts that override_by let stand, each
 * followed by a blank. A lock keeps a planner from moving the meeting in time,
 * or into another room. twin_id: the first meeting of the same lesson, taught
 * again so that another shift can come. An exam is of the course and teaches
 * nothing. online_seats: of a meeting in a room that others follow from afar.
 * The assistant is there besides the teacher. */
#define SESSION_FIELDS(F, REC) \
	F(REC, FT_REF, course_id, .ref = KIND_COURSE, .flags = REQ, .pii = P1, .label = N_("Course")) \
	F(REC, FT_REF, teacher_id, .ref = KIND_TEACHER, .flags = REQ | INDEXED, .pii = P1, .label = N_("Teacher")) \
	F(REC, FT_ENUM, mode, .flags = REQ, .enums = &session_mode_enum, .label = N_("Mode"), .width = 9) \
	F(REC, FT_REF, room_id, .ref = KIND_ROOM, .flags = INDEXED, .label = N_("Room")) \
	F(REC, FT_TEXT, join_url, .max = 200, .pii = P1, .label = N_("Web address"), .width = 20) \
	F(REC, FT_DATE, on_date, .flags = REQ | INDEXED, .label = N_("Day"), .width = 10) \
	F(REC, FT_MINUTES, start_min, .min = 0, .max = 1439, .flags = REQ, .label = N_("Start"), .width = 5) \
	F(REC, FT_MINUTES, end_min, .min = 1, .max = 2159, .flags = REQ, .label = N_("End"), .width = 5) \
	F(REC, FT_ENUM, state, .flags = REQ | SYSTEM, .enums = &session_state_enum, .label = N_("State"), .width = 9) \
	F(REC, FT_TEXT, override_reason, .max = 200, .flags = SYSTEM, .label = N_("Override"), .width = 20) \
	F(REC, FT_REF, override_by, .ref = KIND_USER, .flags = SYSTEM, .pii = P1, .label = N_("Overridden by")) \
	F(REC, FT_TEXT, override_kinds, .max = 400, .flags = SYSTEM, .label = N_("Overridden conflicts"), .width = 20) \
	F(REC, FT_BOOL, lock_time, .flags = SYSTEM, .label = N_("Time locked"), .width = 3) \
	F(REC, FT_BOOL, lock_room, .flags = SYSTEM, .label = N_("Room locked"), .width = 3) \
	F(REC, FT_REF, series_id, .ref = KIND_SESSION_SERIES, .flags = SYSTEM | INDEXED, .label = N_("Series")) \
	F(REC, FT_DATE, original_on, .flags = SYSTEM, .label = N_("Day of the series"), .width = 10) \
	F(REC, FT_REF, twin_id, .ref = KIND_SESSION, .flags = SYSTEM | INDEXED, .label = N_("Twin of")) \
	F(REC, FT_REF, plan_id, .ref = KIND_PLAN_DRAFT, .flags = SYSTEM | INDEXED, .label = N_("Draft")) \
	F(REC, FT_BOOL, exam, .label = N_("Examination"), .width = 3) \
	F(REC, FT_INT, online_seats, .min = 0, .max = 5000, .label = N_("Seats online"), .width = 4) \
	F(REC, FT_REF, assistant_id, .ref = KIND_TEACHER, .flags = INDEXED, .pii = P1, .label = N_("Assistant"))

#define SESSION_COHORT_FIELDS(F, REC) \
	F(REC, FT_REF, session_id, .ref = KIND_SESSION, .flags = REQ | INDEXED, .label = N_("Session")) \
	F(REC, FT_REF, cohort_id, .ref = KIND_COHORT, .flags = REQ | INDEXED, .label = N_("Cohort"))

#define ATTENDANCE_FIELDS(F, REC) \
	F(REC, FT_REF, session_id, .ref = KIND_SESSION, .flags = REQ | INDEXED, .pii = P2, .label = N_("Session")) \
	F(REC, FT_REF, student_id, .ref = KIND_STUDENT, .flags = REQ | INDEXED, .pii = P2, .label = N_("Learner")) \
	F(REC, FT_ENUM, mark, .flags = REQ, .pii = P2, .enums = &attendance_mark_enum, .label = N_("Attendance"), .width = 8) \
	F(REC, FT_INT, minutes, .min = 0, .max = 720, .pii = P2, .label = N_("Minutes"), .width = 4)

/* A place on the waiting list of a cohort; who has the smaller id came first.
 * OFFERED: a seat is kept for this learner. */
#define COHORT_WAIT_FIELDS(F, REC) \
	F(REC, FT_REF, cohort_id, .ref = KIND_COHORT, .flags = REQ | INDEXED, .pii = P1, .label = N_("Cohort")) \
	F(REC, FT_REF, student_id, .ref = KIND_STUDENT, .flags = REQ | INDEXED, .pii = P1, .label = N_("Learner")) \
	F(REC, FT_ENUM, state, .flags = REQ | SYSTEM, .pii = P1, .enums = &waiting_state_enum, .label = N_("State"), .width = 10) \
	F(REC, FT_DATE, offered_on, .flags = SYSTEM, .label = N_("Offered"), .width = 10)

/* A learner, or a meeting, that went from one cohort to another when they were
 * split or merged. */
#define COHORT_CHANGE_FIELDS(F, REC) \
	F(REC, FT_REF, from_id, .ref = KIND_COHORT, .flags = REQ | INDEXED, .label = N_("From cohort")) \
	F(REC, FT_REF, to_id, .ref = KIND_COHORT, .flags = REQ | INDEXED, .label = N_("To cohort")) \
	F(REC, FT_REF, student_id, .ref = KIND_STUDENT, .pii = P1, .label = N_("Learner")) \
	F(REC, FT_REF, session_id, .ref = KIND_SESSION, .label = N_("Session")) \
	F(REC, FT_DATE, on_date, .flags = REQ, .label = N_("Day"), .width = 10) \
	F(REC, FT_DATE, undone_on, .flags = SYSTEM, .label = N_("Taken back"), .width = 10)

/* Open from open_from to open_to (past 24:00: of the next day) each day; both null:
 * always. setup_min and clear_min are kept free before and after each meeting.
 * Null: no set-up, as many learners as seats, no least staff. */
#define ROOM_FIELDS(F, REC) \
	F(REC, FT_TEXT, code, .max = 20, .flags = REQ | UNIQ, .label = N_("Room"), .width = 8) \
	F(REC, FT_TEXT, name, .max = 60, .flags = REQ, .label = N_("Title"), .width = 16) \
	F(REC, FT_ENUM, kind, .flags = REQ, .enums = &room_kind_enum, .label = N_("Kind"), .width = 9) \
	F(REC, FT_TEXT, site, .max = 60, .flags = REQ, .label = N_("Site"), .width = 12) \
	F(REC, FT_INT, capacity, .min = 1, .max = 500, .flags = REQ, .label = N_("Seats"), .width = 4) \
	F(REC, FT_TEXT, base_owner, .max = 60, .label = N_("Owner of the base"), .width = 12) \
	F(REC, FT_INT, safety_rank, .min = 1, .max = 5, .label = N_("Safety rank"), .width = 3) \
	F(REC, FT_MINUTES, open_from, .min = 0, .max = 1439, .label = N_("Opens"), .width = 5) \
	F(REC, FT_MINUTES, open_to, .min = 1, .max = 2879, .label = N_("Closes"), .width = 5) \
	F(REC, FT_INT, setup_min, .min = 0, .max = 240, .label = N_("Set-up minutes"), .width = 4) \
	F(REC, FT_INT, clear_min, .min = 0, .max = 240, .label = N_("Clearing minutes"), .width = 4) \
	F(REC, FT_INT, stations, .min = 1, .max = 500, .label = N_("Work places"), .width = 4) \
	F(REC, FT_INT, min_staff, .min = 1, .max = 2, .label = N_("Least staff"), .width = 3)

#define TEACHER_FIELDS(F, REC) \
	F(REC, FT_REF, person_id, .ref = KIND_PERSON, .flags = REQ | INDEXED, .pii = P1, .label = N_("Person")) \
	F(REC, FT_ENUM, kind, .flags = REQ, .pii = P1, .enums = &teacher_kind_enum, .label = N_("Kind"), .width = 9) \
	F(REC, FT_INT, max_day_min, .min = 0, .max = 1440, .flags = REQ, .label = N_("Most minutes a day"), .width = 5)

#define TEACHER_AWAY_FIELDS(F, REC) \
	F(REC, FT_REF, teacher_id, .ref = KIND_TEACHER, .flags = REQ | INDEXED, .pii = P2, .label = N_("Teacher")) \
	F(REC, FT_DATE, on_date, .flags = REQ, .pii = P2, .label = N_("Day"), .width = 10) \
	F(REC, FT_MINUTES, start_min, .min = 0, .max = 1439, .flags = REQ, .pii = P2, .label = N_("Start"), .width = 5) \
	F(REC, FT_MINUTES, end_min, .min = 1, .max = 2160, .flags = REQ, .pii = P2, .label = N_("End"), .width = 5)

#define CALENDAR_DAY_FIELDS(F, REC) \
	F(REC, FT_DATE, on_date, .flags = REQ | UNIQ, .label = N_("Day"), .width = 10) \
	F(REC, FT_ENUM, kind, .flags = REQ, .enums = &day_kind_enum, .label = N_("Kind"), .width = 10) \
	F(REC, FT_INT, acts_as, .min = 1, .max = 7, .label = N_("Acts as weekday"), .width = 3) \
	F(REC, FT_TEXT, name, .max = 40, .flags = REQ, .label = N_("Title"), .width = 12)

#define TERM_FIELDS(F, REC) \
	F(REC, FT_TEXT, code, .max = 5, .flags = REQ | UNIQ, .label = N_("Term"), .width = 5) \
	F(REC, FT_DATE, starts_on, .flags = REQ, .label = N_("First day"), .width = 10) \
	F(REC, FT_DATE, ends_on, .flags = REQ, .label = N_("Last day"), .width = 10)

struct cohort { RECORD_HEAD COHORT_FIELDS(FIELD_MEMBER, cohort) };
struct enrolment { RECORD_HEAD ENROLMENT_FIELDS(FIELD_MEMBER, enrolment) };
struct session { RECORD_HEAD SESSION_FIELDS(FIELD_MEMBER, session) };
struct session_cohort { RECORD_HEAD SESSION_COHORT_FIELDS(FIELD_MEMBER, session_cohort) };
struct attendance { RECORD_HEAD ATTENDANCE_FIELDS(FIELD_MEMBER, attendance) };
struct cohort_wait { RECORD_HEAD COHORT_WAIT_FIELDS(FIELD_MEMBER, cohort_wait) };
struct cohort_change { RECORD_HEAD COHORT_CHANGE_FIELDS(FIELD_MEMBER, cohort_change) };
struct room { RECORD_HEAD ROOM_FIELDS(FIELD_MEMBER, room) };
struct teacher { RECORD_HEAD TEACHER_FIELDS(FIELD_MEMBER, teacher) };
struct teacher_away { RECORD_HEAD TEACHER_AWAY_FIELDS(FIELD_MEMBER, teacher_away) };
struct calendar_day { RECORD_HEAD CALENDAR_DAY_FIELDS(FIELD_MEMBER, calendar_day) };
struct term { RECORD_HEAD TERM_FIELDS(FIELD_MEMBER, term) };

extern const struct field_table cohort_fields, enrolment_fields,
	session_fields, session_cohort_fields, attendance_fields, cohort_wait_fields,
	cohort_change_fields, room_fields,
	teacher_fields, teacher_away_fields, calendar_day_fields, term_fields;

#endif
