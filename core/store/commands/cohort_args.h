/* cohort_args.h: what the commands on cohorts, enrolments and meetings are
 * given. In the commands that edit, an empty value stays as it is. */
#ifndef OV_STORE_COMMANDS_COHORT_ARGS_H
#define OV_STORE_COMMANDS_COHORT_ARGS_H

#include "core/model/kind.h"

#define COHORT_CREATE_FIELDS(F, REC) \
	F(REC, FT_TEXT, code, .max = 20, .flags = REQ, .label = N_("Cohort"), .width = 12) \
	F(REC, FT_TEXT, name, .max = 60, .flags = REQ, .label = N_("Name"), .width = 20) \
	F(REC, FT_REF, programme_id, .ref = KIND_PROGRAMME, .flags = REQ, .label = N_("Programme")) \
	F(REC, FT_REF, curriculum_id, .ref = KIND_CURRICULUM, .label = N_("Curriculum"), .help = N_("Empty: the newest published one")) \
	F(REC, FT_REF, centre_id, .ref = KIND_BRANCH, .flags = REQ, .label = N_("Centre")) \
	F(REC, FT_TEXT, intake, .max = 5, .flags = REQ, .label = N_("Intake"), .help = N_("The year and S or A: 2026S"), .width = 5) \
	F(REC, FT_REF, tutor_id, .ref = KIND_TEACHER, .label = N_("Cohort tutor")) \
	F(REC, FT_INT, capacity, .min = 1, .max = 500, .flags = REQ, .label = N_("Capacity"), .width = 4) \
	F(REC, FT_INT, shift_tolerance, .min = 0, .max = 100, .label = N_("Shift tolerance, per cent"), .width = 4)

#define COHORT_EDIT_FIELDS(F, REC) \
	F(REC, FT_TEXT, name, .max = 60, .label = N_("Name"), .width = 20) \
	F(REC, FT_REF, tutor_id, .ref = KIND_TEACHER, .label = N_("Cohort tutor")) \
	F(REC, FT_INT, capacity, .min = 1, .max = 500, .label = N_("Capacity"), .width = 4) \
	F(REC, FT_INT, shift_tolerance, .min = 0, .max = 100, .label = N_("Shift tolerance, per cent"), .width = 4)

#define COHORT_MEMBER_FIELDS(F, REC) \
	F(REC, FT_REF, student_id, .ref = KIND_STUDENT, .flags = REQ, .pii = P1, .label = N_("Learner"))

#define COHORT_MEMBER_ITEM_FIELDS(F, REC) \
	F(REC, FT_REF, student_id, .ref = KIND_STUDENT, .flags = REQ, .pii = P1, .label = N_("Learner"))

#define COHORT_SPLIT_FIELDS(F, REC) \
	F(REC, FT_TEXT, code, .max = 20, .flags = REQ, .label = N_("New cohort"), .width = 12) \
	F(REC, FT_TEXT, name, .max = 60, .label = N_("Name"), .help = N_("Empty: as the old one"), .width = 20) \
	F(REC, FT_REF, tutor_id, .ref = KIND_TEACHER, .label = N_("Cohort tutor"), .help = N_("Empty: as the old one")) \
	F(REC, FT_INT, capacity, .min = 1, .max = 500, .label = N_("Capacity"), .help = N_("Empty: as the old one"), .width = 4) \
	F(REC, FT_LIST, members, .items = &cohort_member_item_fields, .flags = REQ, .label = N_("Learners"))

#define COHORT_MERGE_FIELDS(F, REC) \
	F(REC, FT_REF, other_id, .ref = KIND_COHORT, .flags = REQ, .label = N_("Other cohort"))

#define ENROLMENT_ADD_FIELDS(F, REC) \
	F(REC, FT_REF, course_id, .ref = KIND_COURSE, .flags = REQ, .label = N_("Course")) \
	F(REC, FT_REF, term_id, .ref = KIND_TERM, .flags = REQ, .label = N_("Term")) \
	F(REC, FT_REF, cohort_id, .ref = KIND_COHORT, .label = N_("Cohort"), .help = N_("Empty: the home cohort"))

#define SESSION_COHORT_ITEM_FIELDS(F, REC) \
	F(REC, FT_REF, cohort_id, .ref = KIND_COHORT, .flags = REQ, .label = N_("Cohort"))

#define SESSION_CREATE_FIELDS(F, REC) \
	F(REC, FT_REF, cohort_id, .ref = KIND_COHORT, .flags = REQ, .label = N_("Cohort")) \
	F(REC, FT_REF, course_id, .ref = KIND_COURSE, .flags = REQ, .label = N_("Course")) \
	F(REC, FT_REF, teacher_id, .ref = KIND_TEACHER, .flags = REQ, .label = N_("Teacher")) \
	F(REC, FT_DATE, on_date, .flags = REQ, .label = N_("Day"), .width = 10) \
	F(REC, FT_MINUTES, start_min, .min = 0, .max = 1439, .flags = REQ, .label = N_("Start"), .width = 5) \
	F(REC, FT_MINUTES, end_min, .min = 1, .max = 2159, .flags = REQ, .label = N_("End"), .width = 5) \
	F(REC, FT_ENUM, mode, .enums = &session_mode_enum, .label = N_("Mode"), .help = N_("Empty: classroom, or online without a room"), .width = 9) \
	F(REC, FT_REF, room_id, .ref = KIND_ROOM, .label = N_("Room")) \
	F(REC, FT_TEXT, join_url, .max = 200, .label = N_("Web address"), .width = 20) \
	F(REC, FT_LIST, more_cohorts, .items = &session_cohort_item_fields, .label = N_("More cohorts")) \
	F(REC, FT_BOOL, exam, .label = N_("Examination"), .help = N_("It teaches nothing; no lesson of the course may follow"), .width = 3) \
	F(REC, FT_REF, assistant_id, .ref = KIND_TEACHER, .label = N_("Assistant"), .help = N_("Who is there besides the teacher")) \
	F(REC, FT_INT, online_seats, .min = 0, .max = 5000, .label = N_("Seats online"), .help = N_("For those who follow from afar, besides the room's"), .width = 4) \
	F(REC, FT_TEXT, override_reason, .max = 200, .label = N_("Override"), .help = N_("Why it shall take place in spite of conflicts"), .width = 20)

#define SESSION_MOVE_FIELDS(F, REC) \
	F(REC, FT_DATE, on_date, .label = N_("Day"), .width = 10) \
	F(REC, FT_MINUTES, start_min, .min = 0, .max = 1439, .label = N_("Start"), .width = 5) \
	F(REC, FT_MINUTES, end_min, .min = 1, .max = 2159, .label = N_("End"), .width = 5) \
	F(REC, FT_REF, room_id, .ref = KIND_ROOM, .label = N_("Room")) \
	F(REC, FT_REF, teacher_id, .ref = KIND_TEACHER, .label = N_("Teacher")) \
	F(REC, FT_TEXT, override_reason, .max = 200, .label = N_("Override"), .help = N_("Why it shall take place in spite of conflicts"), .width = 20)

#define SESSION_EDIT_FIELDS(F, REC) \
	F(REC, FT_BOOL, exam, .label = N_("Examination"), .help = N_("It teaches nothing; no lesson of the course may follow"), .width = 3) \
	F(REC, FT_REF, assistant_id, .ref = KIND_TEACHER, .label = N_("Assistant"), .help = N_("Who is there besides the teacher")) \
	F(REC, FT_BOOL, alone, .label = N_("No assistant"), .help = N_("Takes the assistant away"), .width = 3) \
	F(REC, FT_INT, online_seats, .min = 0, .max = 5000, .label = N_("Seats online"), .help = N_("For those who follow from afar, besides the room's"), .width = 4) \
	F(REC, FT_TEXT, override_reason, .max = 200, .label = N_("Override"), .help = N_("Why it shall take place in spite of conflicts"), .width = 20)

#define SESSION_EXCHANGE_FIELDS(F, REC) \
	F(REC, FT_REF, other_id, .ref = KIND_SESSION, .flags = REQ, .label = N_("Other session")) \
	F(REC, FT_TEXT, override_reason, .max = 200, .label = N_("Override"), .help = N_("Why it shall take place in spite of conflicts"), .width = 20)

#define SESSION_OVERRIDE_FIELDS(F, REC) \
	F(REC, FT_TEXT, override_reason, .max = 200, .label = N_("Override"), .help = N_("Why it shall take place in spite of conflicts"), .width = 20)

#define ATTENDANCE_ITEM_FIELDS(F, REC) \
	F(REC, FT_REF, student_id, .ref = KIND_STUDENT, .flags = REQ, .label = N_("Learner")) \
	F(REC, FT_ENUM, mark, .flags = REQ, .enums = &attendance_mark_enum, .label = N_("Attendance"), .width = 8) \
	F(REC, FT_INT, minutes, .min = 0, .max = 720, .label = N_("Minutes"), .width = 4)

#define SESSION_ATTEND_FIELDS(F, REC) \
	F(REC, FT_LIST, marks, .items = &attendance_item_fields, .flags = REQ, .label = N_("Attendance"))

#define COHORT_ITEMS(X) \
	X(cohort_member_item, COHORT_MEMBER_ITEM_FIELDS) \
	X(session_cohort_item, SESSION_COHORT_ITEM_FIELDS) \
	X(attendance_item, ATTENDANCE_ITEM_FIELDS)

#define COHORT_ARGS(X) \
	X(cohort_create_args, COHORT_CREATE_FIELDS) \
	X(cohort_edit_args, COHORT_EDIT_FIELDS) \
	X(cohort_member_args, COHORT_MEMBER_FIELDS) \
	X(cohort_split_args, COHORT_SPLIT_FIELDS) \
	X(cohort_merge_args, COHORT_MERGE_FIELDS) \
	X(enrolment_add_args, ENROLMENT_ADD_FIELDS) \
	X(session_create_args, SESSION_CREATE_FIELDS) \
	X(session_move_args, SESSION_MOVE_FIELDS) \
	X(session_edit_args, SESSION_EDIT_FIELDS) \
	X(session_exchange_args, SESSION_EXCHANGE_FIELDS) \
	X(session_override_args, SESSION_OVERRIDE_FIELDS) \
	X(session_attend_args, SESSION_ATTEND_FIELDS)

#define ARGS_STRUCT(REC, LIST) \
	struct REC { LIST(FIELD_MEMBER, REC) }; \
	extern const struct field_table REC##_fields;
COHORT_ITEMS(ARGS_STRUCT)
COHORT_ARGS(ARGS_STRUCT)
#undef ARGS_STRUCT

#endif
