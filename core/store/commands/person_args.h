/* person_args.h: what the commands on people, registrations, results and
 * graduation are given. In the commands that edit, an empty value stays as it
 * is; people's numbers are checked and normalised by rules/identifier.h. */
#ifndef OV_STORE_COMMANDS_PERSON_ARGS_H
#define OV_STORE_COMMANDS_PERSON_ARGS_H

#include "core/model/kind.h"

#define PERSON_VALUE_FIELDS(F, REC) \
	F(REC, FT_ENUM, doc_kind, .enums = &doc_kind_enum, .label = N_("Document"), .width = 10) \
	F(REC, FT_TEXT, doc_no, .max = 40, .pii = P3, .label = N_("Document number"), .width = 18) \
	F(REC, FT_DATE, birth_date, .pii = P3, .label = N_("Born"), .help = N_("Taken from a citizen ID number"), .width = 10) \
	F(REC, FT_ENUM, sex, .pii = P1, .enums = &sex_enum, .label = N_("Sex"), .help = N_("Taken from a citizen ID number"), .width = 4) \
	F(REC, FT_TEXT, mobile, .max = 24, .pii = P2, .label = N_("Mobile"), .width = 11) \
	F(REC, FT_TEXT, email, .max = 120, .pii = P2, .label = N_("E-mail"), .width = 20) \
	F(REC, FT_DATE, consent_on, .pii = P2, .label = N_("Consent"), .help = N_("Day of consent to processing; needed before a document number is stored"), .width = 10)

#define PERSON_CREATE_FIELDS(F, REC) \
	F(REC, FT_TEXT, full_name, .max = 60, .flags = REQ, .pii = P1, .label = N_("Name"), .width = 14) \
	PERSON_VALUE_FIELDS(F, REC)

#define PERSON_EDIT_FIELDS(F, REC) \
	F(REC, FT_TEXT, full_name, .max = 60, .pii = P1, .label = N_("Name"), .width = 14) \
	PERSON_VALUE_FIELDS(F, REC)

#define EMPLOYMENT_SET_FIELDS(F, REC) \
	F(REC, FT_TEXT, employer, .max = 80, .flags = REQ, .pii = P2, .label = N_("Employer"), .width = 20) \
	F(REC, FT_TEXT, plant, .max = 80, .pii = P2, .label = N_("Plant"), .width = 16) \
	F(REC, FT_TEXT, workshop, .max = 80, .pii = P2, .label = N_("Workshop"), .width = 12) \
	F(REC, FT_TEXT, post, .max = 60, .pii = P2, .label = N_("Post"), .width = 10) \
	F(REC, FT_TEXT, employee_no, .max = 20, .pii = P2, .label = N_("Employee number"), .width = 10) \
	F(REC, FT_REF, shift_pattern_id, .ref = KIND_SHIFT_PATTERN, .pii = P2, .label = N_("Shift pattern"), .width = 10) \
	F(REC, FT_INT, team_offset, .min = 0, .max = 55, .pii = P2, .label = N_("Shift team"), .width = 4) \
	F(REC, FT_DATE, valid_from, .pii = P2, .label = N_("From"), .help = N_("Empty: today"), .width = 10)

#define STUDENT_REGISTER_FIELDS(F, REC) \
	F(REC, FT_REF, person_id, .ref = KIND_PERSON, .flags = REQ, .pii = P1, .label = N_("Person")) \
	F(REC, FT_TEXT, student_no, .max = 40, .flags = REQ, .pii = P1, .label = N_("Student number"), .width = 13) \
	F(REC, FT_REF, programme_id, .ref = KIND_PROGRAMME, .flags = REQ, .label = N_("Programme"), .width = 12) \
	F(REC, FT_REF, centre_id, .ref = KIND_BRANCH, .label = N_("Centre"), .help = N_("Empty: the only centre of the number's branch"), .width = 4) \
	F(REC, FT_REF, cohort_id, .ref = KIND_COHORT, .label = N_("Cohort"), .width = 12) \
	F(REC, FT_DATE, registered_on, .label = N_("Registered"), .help = N_("Empty: today"), .width = 10) \
	F(REC, FT_ENUM, entry_level, .enums = &entry_level_enum, .label = N_("Entry level"), .width = 10)

#define STUDENT_EDIT_FIELDS(F, REC) \
	F(REC, FT_REF, cohort_id, .ref = KIND_COHORT, .label = N_("Cohort"), .width = 12) \
	F(REC, FT_ENUM, entry_level, .enums = &entry_level_enum, .label = N_("Entry level"), .width = 10)

#define STUDENT_STATUS_FIELDS(F, REC) \
	F(REC, FT_ENUM, status, .flags = REQ, .enums = &student_status_enum, .label = N_("Standing"), .width = 8) \
	F(REC, FT_DATE, since, .label = N_("Since"), .help = N_("Empty: today"), .width = 10) \
	F(REC, FT_TEXT, reason, .max = 200, .label = N_("Reason"), .width = 30)

#define STUDENT_MOVE_FIELDS(F, REC) \
	F(REC, FT_REF, curriculum_id, .ref = KIND_CURRICULUM, .flags = REQ, .label = N_("Curriculum"), .help = N_("A published curriculum; another programme's moves the learner there")) \
	F(REC, FT_TEXT, reason, .max = 200, .label = N_("Reason"), .width = 30)

#define PII_REVEAL_FIELDS(F, REC) \
	F(REC, FT_TEXT, field, .max = 40, .flags = REQ, .label = N_("Field"), .width = 14) \
	F(REC, FT_TEXT, reason, .max = 200, .flags = REQ, .label = N_("Reason"), .width = 30)

#define PERSON_COPY_FIELDS(F, REC) \
	F(REC, FT_TEXT, reason, .max = 200, .flags = REQ, .label = N_("Reason"), .width = 30)

#define RESULT_RECORD_FIELDS(F, REC) \
	F(REC, FT_REF, course_id, .ref = KIND_COURSE, .flags = REQ, .label = N_("Course"), .width = 10) \
	F(REC, FT_REF, term_id, .ref = KIND_TERM, .flags = REQ, .label = N_("Term"), .width = 5) \
	F(REC, FT_MARK, formative, .min = 0, .max = 10000, .pii = P3, .label = N_("Formative mark"), .width = 6) \
	F(REC, FT_MARK, final, .min = 0, .max = 10000, .pii = P3, .label = N_("Final mark"), .width = 6) \
	F(REC, FT_BOOL, exempt, .label = N_("Exempt"), .width = 3) \
	F(REC, FT_DATE, result_on, .label = N_("Result day"), .help = N_("Empty: today"), .width = 10) \
	F(REC, FT_TEXT, reason, .max = 200, .label = N_("Reason"), .help = N_("Needed to correct a result"), .width = 30)

#define PERSON_ARGS(X) \
	X(person_create_args, PERSON_CREATE_FIELDS) \
	X(person_edit_args, PERSON_EDIT_FIELDS) \
	X(employment_set_args, EMPLOYMENT_SET_FIELDS) \
	X(student_register_args, STUDENT_REGISTER_FIELDS) \
	X(student_edit_args, STUDENT_EDIT_FIELDS) \
	X(student_status_args, STUDENT_STATUS_FIELDS) \
	X(student_move_args, STUDENT_MOVE_FIELDS) \
	X(pii_reveal_args, PII_REVEAL_FIELDS) \
	X(person_copy_args, PERSON_COPY_FIELDS) \
	X(result_record_args, RESULT_RECORD_FIELDS)

#define ARGS_STRUCT(REC, LIST) \
	struct REC { LIST(FIELD_MEMBER, REC) }; \
	extern const struct field_table REC##_fields;
PERSON_ARGS(ARGS_STRUCT)
#undef ARGS_STRUCT

#endif
