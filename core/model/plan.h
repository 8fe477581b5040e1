/* plan.h: what makes and keeps a timetable: exceptions from shift patterns,
 * versions of the holiday calendar, recurring meetings, and drafts of a term.
 * Sources: scheduling/CONFLICTS.md; DOMAIN.md 2.4, 2.12–2.15.
 *
 * A draft is not the timetable: nothing of it is seen by learners before it is
 * published, as one command that is undone as one. */
#ifndef OV_MODEL_PLAN_H
#define OV_MODEL_PLAN_H

#include "core/model/cohort.h"
#include "core/model/programme.h"

enum exception_kind { EXCEPTION_LEAVE, EXCEPTION_SWAP, EXCEPTION_OVERTIME };
enum calendar_state { CALENDAR_CURRENT, CALENDAR_SUPERSEDED, CALENDAR_REVOKED };
enum plan_state { PLAN_DRAFT, PLAN_PUBLISHED, PLAN_UNDONE, PLAN_DISCARDED };
enum plan_session_state { PLAN_PLACED, PLAN_UNPLACED, PLAN_FIXED };
/* Soft costs of a draft: the causes of struct problem_cost (core/planner). Drafts
 * of before a cause was added have fewer. */
enum plan_cost { PLAN_COST_TIME, PLAN_COST_ROOM, PLAN_COST_SPREAD, PLAN_COST_ISOLATED,
		 PLAN_COST_STABILITY, PLAN_COST_KEEP, PLAN_COST_LOAD, PLAN_COST_WEEK, PLAN_COST_FAIR,
		 PLAN_COST_WISH, PLAN_COSTS };

extern const struct enum_table exception_kind_enum, calendar_state_enum, plan_state_enum,
	plan_session_state_enum, plan_cost_enum;

/* One person's way out of the pattern. off_on: the shift that starts on this
 * day is not worked (leave, swap). work_on with start and end (which may pass
 * 1440 into the next day): worked besides (overtime, swap). */
#define SHIFT_EXCEPTION_FIELDS(F, REC) \
	F(REC, FT_REF, person_id, .ref = KIND_PERSON, .flags = REQ | INDEXED, .pii = P2, .label = N_("Person")) \
	F(REC, FT_ENUM, kind, .flags = REQ, .pii = P2, .enums = &exception_kind_enum, .label = N_("Kind"), .width = 8) \
	F(REC, FT_DATE, off_on, .pii = P2, .label = N_("Shift not worked"), .width = 10) \
	F(REC, FT_DATE, work_on, .pii = P2, .label = N_("Worked besides"), .width = 10) \
	F(REC, FT_MINUTES, start_min, .min = 0, .max = 1439, .pii = P2, .label = N_("Start"), .width = 5) \
	F(REC, FT_MINUTES, end_min, .min = 1, .max = 2399, .pii = P2, .label = N_("End"), .width = 5) \
	F(REC, FT_TEXT, note, .max = 200, .pii = P2, .label = N_("Note"), .width = 20) \
	F(REC, FT_DATE, withdrawn_on, .flags = SYSTEM, .pii = P2, .label = N_("Withdrawn"), .width = 10)

/* One notice about the holidays of a year. A year without a CURRENT version is
 * not known (CALENDAR_UNKNOWN). created_at says when it was loaded. */
#define CALENDAR_VERSION_FIELDS(F, REC) \
	F(REC, FT_INT, year, .min = 1990, .max = 2100, .flags = REQ, .label = N_("Year"), .width = 4) \
	F(REC, FT_TEXT, version, .max = 20, .flags = REQ | UNIQ, .label = N_("Version"), .width = 8) \
	F(REC, FT_TEXT, source, .max = 200, .flags = REQ, .label = N_("Notice"), .width = 30) \
	F(REC, FT_DATE, published_on, .label = N_("Published"), .width = 10) \
	F(REC, FT_ENUM, state, .flags = REQ | SYSTEM, .enums = &calendar_state_enum, .label = N_("State"), .width = 10)

/* A day of a version, as it was loaded; calendar_day is what holds now. */
#define CALENDAR_VERSION_DAY_FIELDS(F, REC) \
	F(REC, FT_REF, version_id, .ref = KIND_CALENDAR_VERSION, .flags = REQ | INDEXED, .label = N_("Version")) \
	F(REC, FT_DATE, on_date, .flags = REQ, .label = N_("Day"), .width = 10) \
	F(REC, FT_ENUM, kind, .flags = REQ, .enums = &day_kind_enum, .label = N_("Kind"), .width = 10) \
	F(REC, FT_TEXT, name, .max = 40, .flags = REQ, .label = N_("Title"), .width = 12)

/* The rule by which meetings were made; each is a session of its own, which
 * names the series and the day the rule gave it. */
#define SESSION_SERIES_FIELDS(F, REC) \
	F(REC, FT_DATE, first_on, .flags = REQ, .label = N_("First day"), .width = 10) \
	F(REC, FT_DATE, until_on, .flags = REQ, .label = N_("Until"), .width = 10) \
	F(REC, FT_INT, every_weeks, .min = 1, .max = 52, .flags = REQ, .label = N_("Every … weeks"), .width = 4) \
	F(REC, FT_MINUTES, start_min, .min = 0, .max = 1439, .flags = REQ, .label = N_("Start"), .width = 5) \
	F(REC, FT_MINUTES, end_min, .min = 1, .max = 2159, .flags = REQ, .label = N_("End"), .width = 5)

/* A timetable that might be. Counts are of its sessions and learners; CLEAR are
 * the learners without a meeting in a shift or in the rest after one. history
 * is the falling cost, comma-separated, for a sparkline; costs is what the last
 * one is made of, in the order of enum plan_cost. */
#define PLAN_DRAFT_FIELDS(F, REC) \
	F(REC, FT_REF, term_id, .ref = KIND_TERM, .flags = REQ | INDEXED, .label = N_("Term")) \
	F(REC, FT_TEXT, name, .max = 60, .label = N_("Title"), .width = 16) \
	F(REC, FT_ENUM, state, .flags = REQ | SYSTEM, .enums = &plan_state_enum, .label = N_("State"), .width = 9) \
	F(REC, FT_INT, seed, .flags = REQ, .label = N_("Seed"), .width = 6) \
	F(REC, FT_INT, cpu_ms, .flags = REQ, .label = N_("Milliseconds"), .width = 7) \
	F(REC, FT_BOOL, kept, .flags = REQ, .label = N_("Keeps the present timetable"), .width = 3) \
	F(REC, FT_DATE, from_on, .flags = REQ, .label = N_("First day"), .width = 10) \
	F(REC, FT_DATE, to_on, .flags = REQ, .label = N_("Last day"), .width = 10) \
	F(REC, FT_INT, cohorts, .flags = REQ, .label = N_("Cohorts"), .width = 5) \
	F(REC, FT_INT, sessions, .flags = REQ, .label = N_("Meetings"), .width = 6) \
	F(REC, FT_INT, unplaced, .flags = REQ, .label = N_("Not placed"), .width = 6) \
	F(REC, FT_INT, conflicts, .flags = REQ | SYSTEM, .label = N_("Conflicts"), .width = 6) \
	F(REC, FT_INT, cost, .flags = REQ, .label = N_("Cost"), .width = 8) \
	F(REC, FT_INT, learners, .flags = REQ | SYSTEM, .label = N_("Learners"), .width = 6) \
	F(REC, FT_INT, learners_clear, .flags = REQ | SYSTEM, .label = N_("Without shift clash"), .width = 6) \
	F(REC, FT_INT, changes, .flags = REQ, .label = N_("Changes"), .width = 6) \
	F(REC, FT_TEXT, history, .max = 2000, .label = N_("Falling cost")) \
	F(REC, FT_INSTANT, published_at, .flags = SYSTEM, .label = N_("Published"), .width = 16) \
	F(REC, FT_TEXT, costs, .max = 200, .label = N_("Cost by kind"))

/* One meeting of a draft. session_id: the meeting it stands for, or, once
 * published, the one it made. twin_no: the same lesson, taught as often as it
 * needs so that every shift can come, has one number. was_…: how the
 * meeting stood before the draft was published, for undoing. */
#define PLAN_SESSION_FIELDS(F, REC) \
	F(REC, FT_REF, plan_id, .ref = KIND_PLAN_DRAFT, .flags = REQ | INDEXED, .label = N_("Draft")) \
	F(REC, FT_ENUM, state, .flags = REQ, .enums = &plan_session_state_enum, .label = N_("State"), .width = 8) \
	F(REC, FT_REF, session_id, .ref = KIND_SESSION, .label = N_("Session")) \
	F(REC, FT_REF, cohort_id, .ref = KIND_COHORT, .flags = REQ, .label = N_("Cohort")) \
	F(REC, FT_REF, course_id, .ref = KIND_COURSE, .flags = REQ, .label = N_("Course")) \
	F(REC, FT_REF, teacher_id, .ref = KIND_TEACHER, .flags = REQ, .label = N_("Teacher")) \
	F(REC, FT_ENUM, mode, .flags = REQ, .enums = &session_mode_enum, .label = N_("Mode"), .width = 9) \
	F(REC, FT_REF, room_id, .ref = KIND_ROOM, .label = N_("Room")) \
	F(REC, FT_DATE, on_date, .label = N_("Day"), .width = 10) \
	F(REC, FT_MINUTES, start_min, .min = 0, .max = 1439, .label = N_("Start"), .width = 5) \
	F(REC, FT_MINUTES, end_min, .min = 1, .max = 2159, .label = N_("End"), .width = 5) \
	F(REC, FT_INT, lesson, .flags = REQ, .min = 1, .max = 1000, .label = N_("Lesson"), .width = 4) \
	F(REC, FT_INT, twin_no, .min = 1, .max = 9, .label = N_("Twin"), .width = 3) \
	F(REC, FT_DATE, was_on, .flags = SYSTEM, .label = N_("Was on"), .width = 10) \
	F(REC, FT_MINUTES, was_start_min, .flags = SYSTEM, .label = N_("Was at"), .width = 5) \
	F(REC, FT_MINUTES, was_end_min, .flags = SYSTEM, .label = N_("Was until"), .width = 5) \
	F(REC, FT_REF, was_room_id, .ref = KIND_ROOM, .flags = SYSTEM, .label = N_("Was in")) \
	F(REC, FT_ENUM, was_state, .flags = SYSTEM, .enums = &session_state_enum, .label = N_("Was"), .width = 9) \
	F(REC, FT_INT, made_rev, .flags = SYSTEM, .label = N_("Version"))

/* Why a meeting has no place: what keeps it out. `least`: one of the smallest
 * set that has to give way. `gain`: half hours that open when this alone does;
 * `others`: further meetings without a place that it keeps out as well. */
#define PLAN_BLOCKER_FIELDS(F, REC) \
	F(REC, FT_REF, plan_id, .ref = KIND_PLAN_DRAFT, .flags = REQ | INDEXED, .label = N_("Draft")) \
	F(REC, FT_REF, cohort_id, .ref = KIND_COHORT, .flags = REQ, .label = N_("Cohort")) \
	F(REC, FT_REF, course_id, .ref = KIND_COURSE, .flags = REQ, .label = N_("Course")) \
	F(REC, FT_INT, lesson, .flags = REQ, .label = N_("Lesson"), .width = 4) \
	F(REC, FT_TEXT, kind, .max = 20, .flags = REQ, .label = N_("Conflict"), .width = 16) \
	F(REC, FT_TEXT, what, .max = 80, .label = N_("With"), .width = 24) \
	F(REC, FT_BOOL, least, .flags = REQ, .label = N_("In the smallest set"), .width = 3) \
	F(REC, FT_INT, gain, .flags = REQ, .label = N_("Places it opens"), .width = 5) \
	F(REC, FT_INT, others, .flags = REQ, .label = N_("Further meetings"), .width = 5)

/* A learner whom a draft's meeting meets at work or without rest, and the
 * meeting of the same lesson or course that he can go to instead. */
#define PLAN_CLASH_FIELDS(F, REC) \
	F(REC, FT_REF, plan_id, .ref = KIND_PLAN_DRAFT, .flags = REQ | INDEXED, .label = N_("Draft")) \
	F(REC, FT_REF, student_id, .ref = KIND_STUDENT, .flags = REQ, .pii = P2, .label = N_("Learner")) \
	F(REC, FT_REF, meeting_id, .ref = KIND_PLAN_SESSION, .flags = REQ, .label = N_("Meeting")) \
	F(REC, FT_TEXT, kind, .max = 20, .flags = REQ, .pii = P2, .label = N_("Conflict"), .width = 12) \
	F(REC, FT_REF, makeup_id, .ref = KIND_PLAN_SESSION, .label = N_("Make-up"))

/* --- derived: what a planner works from (card of a TERM) --- */

/* A course that a cohort is to be taught in a term. */
#define PLAN_NEED_FIELDS(F, REC) \
	F(REC, FT_INT, cohort_id, .label = N_("Cohort")) \
	F(REC, FT_TEXT, cohort, .max = 20, .pii = P1, .label = N_("Cohort"), .width = 12) \
	F(REC, FT_INT, course_id, .label = N_("Course")) \
	F(REC, FT_TEXT, course, .max = 20, .label = N_("Course"), .width = 10) \
	F(REC, FT_INT, hours, .label = N_("Study hours"), .width = 5) \
	F(REC, FT_ENUM, course_kind, .enums = &course_kind_enum, .label = N_("Kind"), .width = 8) \
	F(REC, FT_INT, learners, .label = N_("Learners"), .width = 5) \
	F(REC, FT_TEXT, site, .max = 60, .label = N_("Site"), .width = 10) \
	F(REC, FT_INT, teacher_id, .label = N_("Teacher")) \
	F(REC, FT_INT, tolerance, .label = N_("Shift tolerance, per cent"), .width = 4)

/* Learners of a need who follow one phase of a shift pattern. */
#define PLAN_CREW_FIELDS(F, REC) \
	F(REC, FT_INT, cohort_id, .label = N_("Cohort")) \
	F(REC, FT_INT, course_id, .label = N_("Course")) \
	F(REC, FT_INT, pattern_id, .pii = P2, .label = N_("Shift pattern")) \
	F(REC, FT_INT, team_offset, .pii = P2, .label = N_("Team"), .width = 4) \
	F(REC, FT_INT, learners, .label = N_("Learners"), .width = 5)

/* Two needs with learners in common. */
#define PLAN_TIE_FIELDS(F, REC) \
	F(REC, FT_INT, cohort_id, .label = N_("Cohort")) \
	F(REC, FT_INT, course_id, .label = N_("Course")) \
	F(REC, FT_INT, other_cohort_id, .label = N_("Other cohort")) \
	F(REC, FT_INT, other_course_id, .label = N_("Other course")) \
	F(REC, FT_INT, learners, .label = N_("Learners"), .width = 5)

/* A day whose type a new version of the calendar changes, and what is planned
 * on it. */
#define DAY_CHANGE_FIELDS(F, REC) \
	F(REC, FT_DATE, on_date, .label = N_("Day"), .width = 10) \
	F(REC, FT_ENUM, was, .enums = &day_kind_enum, .label = N_("Was"), .width = 12) \
	F(REC, FT_ENUM, now, .enums = &day_kind_enum, .label = N_("Is"), .width = 12) \
	F(REC, FT_TEXT, name, .max = 40, .label = N_("Title"), .width = 12) \
	F(REC, FT_INT, session_id, .label = N_("Session")) \
	F(REC, FT_MINUTES, start_min, .label = N_("Start"), .width = 5) \
	F(REC, FT_TEXT, course, .max = 20, .label = N_("Course"), .width = 10) \
	F(REC, FT_TEXT, cohorts, .max = 200, .pii = P1, .label = N_("Cohorts"), .width = 16)

struct shift_exception { RECORD_HEAD SHIFT_EXCEPTION_FIELDS(FIELD_MEMBER, shift_exception) };
struct calendar_version { RECORD_HEAD CALENDAR_VERSION_FIELDS(FIELD_MEMBER, calendar_version) };
struct calendar_version_day { RECORD_HEAD CALENDAR_VERSION_DAY_FIELDS(FIELD_MEMBER, calendar_version_day) };
struct session_series { RECORD_HEAD SESSION_SERIES_FIELDS(FIELD_MEMBER, session_series) };
struct plan_draft { RECORD_HEAD PLAN_DRAFT_FIELDS(FIELD_MEMBER, plan_draft) };
struct plan_session { RECORD_HEAD PLAN_SESSION_FIELDS(FIELD_MEMBER, plan_session) };
struct plan_blocker { RECORD_HEAD PLAN_BLOCKER_FIELDS(FIELD_MEMBER, plan_blocker) };
struct plan_clash { RECORD_HEAD PLAN_CLASH_FIELDS(FIELD_MEMBER, plan_clash) };
struct plan_need { PLAN_NEED_FIELDS(FIELD_MEMBER, plan_need) };
struct plan_crew { PLAN_CREW_FIELDS(FIELD_MEMBER, plan_crew) };
struct plan_tie { PLAN_TIE_FIELDS(FIELD_MEMBER, plan_tie) };
struct day_change { DAY_CHANGE_FIELDS(FIELD_MEMBER, day_change) };

extern const struct field_table shift_exception_fields, calendar_version_fields,
	calendar_version_day_fields, session_series_fields, plan_draft_fields,
	plan_session_fields, plan_blocker_fields, plan_clash_fields,
	plan_need_fields, plan_crew_fields, plan_tie_fields, day_change_fields;

/* The numbers of plan_draft.costs or, with room for more, of history; returns
 * how many there are, 0 for NULL or a text that isn't numbers. */
size_t plan_numbers(const char *text, int64_t *numbers, size_t room);

#endif
