/* person.h: people, their registrations and their work. DOMAIN.md 2.1–2.4. */
#ifndef OV_MODEL_PERSON_H
#define OV_MODEL_PERSON_H

#include "core/model/field.h"

enum doc_kind { DOC_CITIZEN_ID, DOC_PASSPORT, DOC_HMT_PERMIT, DOC_OTHER };
enum sex { SEX_M, SEX_F, SEX_U };
enum student_status {
	STUDENT_ACTIVE, STUDENT_LEAVE, STUDENT_WITHDRAWN, STUDENT_GRADUATED,
	STUDENT_EXPIRED
};
enum entry_level { ENTRY_JUNIOR, ENTRY_SENIOR, ENTRY_VOCATIONAL, ENTRY_ZHUANKE, ENTRY_BENKE };
enum shift_kind { SHIFT_CYCLE, SHIFT_WEEKDAY };

extern const struct enum_table doc_kind_enum, sex_enum, student_status_enum,
	entry_level_enum, shift_kind_enum;

#define PERSON_FIELDS(F, REC) \
	F(REC, FT_TEXT, full_name, .max = 60, .flags = REQ, .pii = P1, .label = N_("Name"), .width = 14) \
	F(REC, FT_TEXT, name_pinyin, .max = 120, .flags = SYSTEM, .pii = P1, .label = N_("Pinyin"), .width = 18) \
	F(REC, FT_TEXT, name_initials, .max = 20, .flags = SYSTEM, .pii = P1, .label = N_("Initials"), .width = 6) \
	F(REC, FT_ENUM, doc_kind, .flags = REQ, .pii = P1, .enums = &doc_kind_enum, .label = N_("Document"), .width = 10) \
	F(REC, FT_TEXT, doc_no, .max = 30, .pii = P3, .mask = MASK_CITIZEN_ID, .label = N_("Document number"), .width = 18) \
	F(REC, FT_DATE, birth_date, .pii = P3, .mask = MASK_DATE, .label = N_("Born"), .width = 10) \
	F(REC, FT_ENUM, sex, .pii = P1, .enums = &sex_enum, .label = N_("Sex"), .width = 4) \
	F(REC, FT_TEXT, mobile, .max = 11, .pii = P2, .mask = MASK_MOBILE, .label = N_("Mobile"), .width = 11) \
	F(REC, FT_TEXT, email, .max = 120, .pii = P2, .label = N_("E-mail"), .width = 20) \
	F(REC, FT_DATE, consent_on, .pii = P2, .label = N_("Consent"), .help = N_("Day of consent to processing; needed before a document number is stored"), .width = 10) \
	F(REC, FT_REF, merged_into, .ref = KIND_PERSON, .flags = SYSTEM, .label = N_("Merged into"))

#define STUDENT_FIELDS(F, REC) \
	F(REC, FT_REF, person_id, .ref = KIND_PERSON, .flags = REQ | INDEXED, .pii = P1, .label = N_("Person")) \
	F(REC, FT_TEXT, student_no, .max = 13, .flags = REQ | UNIQ, .pii = P1, .label = N_("Student number"), .width = 13) \
	F(REC, FT_REF, programme_id, .ref = KIND_PROGRAMME, .flags = REQ, .pii = P1, .label = N_("Programme")) \
	F(REC, FT_REF, curriculum_id, .ref = KIND_CURRICULUM, .flags = REQ, .label = N_("Curriculum")) \
	F(REC, FT_REF, branch_id, .ref = KIND_BRANCH, .flags = REQ, .label = N_("Branch")) \
	F(REC, FT_REF, centre_id, .ref = KIND_BRANCH, .flags = REQ, .label = N_("Centre")) \
	F(REC, FT_DATE, registered_on, .flags = REQ, .pii = P1, .label = N_("Registered"), .width = 10) \
	F(REC, FT_ENUM, status, .flags = REQ, .pii = P1, .enums = &student_status_enum, .label = N_("Standing"), .width = 8) \
	F(REC, FT_DATE, status_since, .flags = REQ, .pii = P1, .label = N_("Since"), .width = 10) \
	F(REC, FT_REF, cohort_id, .ref = KIND_COHORT, .flags = INDEXED, .pii = P1, .label = N_("Cohort")) \
	F(REC, FT_ENUM, entry_level, .pii = P2, .enums = &entry_level_enum, .label = N_("Entry level"), .width = 10) \
	F(REC, FT_DATE, graduated_on, .flags = SYSTEM, .pii = P1, .label = N_("Graduated"), .width = 10)

#define EMPLOYMENT_FIELDS(F, REC) \
	F(REC, FT_REF, person_id, .ref = KIND_PERSON, .flags = REQ | INDEXED, .pii = P2, .label = N_("Person")) \
	F(REC, FT_TEXT, employer, .max = 80, .flags = REQ, .pii = P2, .label = N_("Employer"), .width = 20) \
	F(REC, FT_TEXT, plant, .max = 80, .pii = P2, .label = N_("Plant"), .width = 16) \
	F(REC, FT_TEXT, workshop, .max = 80, .pii = P2, .label = N_("Workshop"), .width = 12) \
	F(REC, FT_TEXT, post, .max = 60, .pii = P2, .label = N_("Post"), .width = 10) \
	F(REC, FT_TEXT, employee_no, .max = 20, .pii = P2, .label = N_("Employee number"), .width = 10) \
	F(REC, FT_REF, shift_pattern_id, .ref = KIND_SHIFT_PATTERN, .pii = P2, .label = N_("Shift pattern")) \
	F(REC, FT_INT, team_offset, .min = 0, .max = 55, .pii = P2, .label = N_("Shift team"), .width = 4) \
	F(REC, FT_DATE, valid_from, .flags = REQ, .pii = P2, .label = N_("From"), .width = 10) \
	F(REC, FT_DATE, valid_to, .pii = P2, .label = N_("To"), .width = 10)

#define SHIFT_PATTERN_FIELDS(F, REC) \
	F(REC, FT_TEXT, code, .max = 20, .flags = REQ | UNIQ, .label = N_("Code"), .width = 10) \
	F(REC, FT_ENUM, kind, .flags = REQ, .enums = &shift_kind_enum, .label = N_("Kind"), .width = 8) \
	F(REC, FT_TEXT, cycle, .max = 56, .flags = REQ, .label = N_("Cycle"), .help = N_("Letters D, E, N and R, one for each day"), .width = 12) \
	F(REC, FT_DATE, anchor_on, .flags = REQ, .label = N_("Anchor day"), .width = 10) \
	F(REC, FT_MINUTES, d_start, .min = 0, .max = 1439, .flags = REQ, .label = N_("Day shift starts")) \
	F(REC, FT_INT, d_len, .min = 1, .max = 960, .flags = REQ, .label = N_("Day shift minutes")) \
	F(REC, FT_MINUTES, e_start, .min = 0, .max = 1439, .flags = REQ, .label = N_("Evening shift starts")) \
	F(REC, FT_INT, e_len, .min = 1, .max = 960, .flags = REQ, .label = N_("Evening shift minutes")) \
	F(REC, FT_MINUTES, n_start, .min = 0, .max = 1439, .flags = REQ, .label = N_("Night shift starts")) \
	F(REC, FT_INT, n_len, .min = 1, .max = 960, .flags = REQ, .label = N_("Night shift minutes")) \
	F(REC, FT_INT, buffer_min, .min = 0, .max = 480, .flags = REQ, .label = N_("Travel buffer")) \
	F(REC, FT_INT, rest_after_n_min, .min = 0, .max = 1440, .flags = REQ, .label = N_("Rest after night"))

struct person { RECORD_HEAD PERSON_FIELDS(FIELD_MEMBER, person) };
struct student { RECORD_HEAD STUDENT_FIELDS(FIELD_MEMBER, student) };
struct employment { RECORD_HEAD EMPLOYMENT_FIELDS(FIELD_MEMBER, employment) };
struct shift_pattern { RECORD_HEAD SHIFT_PATTERN_FIELDS(FIELD_MEMBER, shift_pattern) };

extern const struct field_table person_fields, student_fields,
	employment_fields, shift_pattern_fields;

#endif
