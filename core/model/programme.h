/* programme.h: what is studied: programmes, curricula, courses, results, and
 * the caps on transfer. DOMAIN.md 2.5–2.7, 2.17. */
#ifndef OV_MODEL_PROGRAMME_H
#define OV_MODEL_PROGRAMME_H

#include "core/model/field.h"

enum programme_kind { PROGRAMME_DEGREE, PROGRAMME_NON_DEGREE };
enum programme_level { LEVEL_ZHUANKE, LEVEL_BENKE_TOPUP, LEVEL_BENKE };
enum training_model { TRAINING_WORK_STUDY, TRAINING_ONLINE_BLEND, TRAINING_APPRENTICE, TRAINING_FULL_ONLINE };
enum curriculum_state { CURRICULUM_DRAFT, CURRICULUM_PUBLISHED, CURRICULUM_RETIRED };
enum course_kind { COURSE_REGULAR, COURSE_OPEN, COURSE_PRACTICE, COURSE_THESIS };
enum course_outcome { OUTCOME_PASS, OUTCOME_FAIL, OUTCOME_PENDING, OUTCOME_EXEMPT };

extern const struct enum_table programme_kind_enum, programme_level_enum,
	training_model_enum, curriculum_state_enum, course_kind_enum,
	course_outcome_enum;

#define PROGRAMME_FIELDS(F, REC) \
	F(REC, FT_TEXT, code, .max = 20, .flags = REQ | UNIQ, .label = N_("Code"), .width = 12) \
	F(REC, FT_TEXT, name, .max = 80, .flags = REQ, .label = N_("Programme"), .width = 20) \
	F(REC, FT_ENUM, kind, .flags = REQ, .enums = &programme_kind_enum, .label = N_("Kind"), .width = 10) \
	F(REC, FT_ENUM, level, .enums = &programme_level_enum, .label = N_("Level"), .width = 10) \
	F(REC, FT_ENUM, training_model, .flags = REQ, .enums = &training_model_enum, .label = N_("Training model"), .width = 12) \
	F(REC, FT_BOOL, two_cert_required, .flags = REQ, .label = N_("Two certificates required")) \
	F(REC, FT_INT, min_months, .min = 0, .max = 240, .flags = REQ, .label = N_("Least months")) \
	F(REC, FT_INT, max_months, .min = 1, .max = 480, .flags = REQ, .label = N_("Most months")) \
	F(REC, FT_REF, cap_profile, .ref = KIND_CAP_PROFILE, .flags = REQ, .label = N_("Cap profile"))

#define CURRICULUM_FIELDS(F, REC) \
	F(REC, FT_REF, programme_id, .ref = KIND_PROGRAMME, .flags = REQ | INDEXED, .label = N_("Programme")) \
	F(REC, FT_TEXT, version, .max = 12, .flags = REQ, .label = N_("Version"), .width = 8) \
	F(REC, FT_CENTI, min_total_centi, .min = 1, .max = 100000, .flags = REQ, .label = N_("Minimum credits"), .width = 7) \
	F(REC, FT_DATE, effective_from, .flags = REQ, .label = N_("From"), .width = 10) \
	F(REC, FT_DATE, effective_to, .label = N_("To"), .width = 10) \
	F(REC, FT_ENUM, state, .flags = REQ, .enums = &curriculum_state_enum, .label = N_("State"), .width = 10)

#define CURRICULUM_MODULE_FIELDS(F, REC) \
	F(REC, FT_REF, curriculum_id, .ref = KIND_CURRICULUM, .flags = REQ | INDEXED, .label = N_("Curriculum")) \
	F(REC, FT_TEXT, code, .max = 8, .flags = REQ, .label = N_("Module"), .width = 6) \
	F(REC, FT_TEXT, name, .max = 60, .flags = REQ, .label = N_("Title"), .width = 16) \
	F(REC, FT_CENTI, min_centi, .min = 0, .max = 100000, .flags = REQ, .label = N_("Minimum credits"), .width = 7) \
	F(REC, FT_CENTI, transfer_max_centi, .min = 0, .max = 100000, .label = N_("Transfer ceiling"), .width = 7)

#define CURRICULUM_COURSE_FIELDS(F, REC) \
	F(REC, FT_REF, curriculum_id, .ref = KIND_CURRICULUM, .flags = REQ | INDEXED, .label = N_("Curriculum")) \
	F(REC, FT_REF, module_id, .ref = KIND_CURRICULUM_MODULE, .flags = REQ, .label = N_("Module")) \
	F(REC, FT_REF, course_id, .ref = KIND_COURSE, .flags = REQ, .label = N_("Course")) \
	F(REC, FT_BOOL, required, .flags = REQ, .label = N_("Compulsory")) \
	F(REC, FT_INT, term_no, .min = 1, .max = 10, .label = N_("Suggested term"))

#define COURSE_FIELDS(F, REC) \
	F(REC, FT_TEXT, code, .max = 20, .flags = REQ | UNIQ, .label = N_("Code"), .width = 10) \
	F(REC, FT_TEXT, name, .max = 80, .flags = REQ, .label = N_("Course"), .width = 20) \
	F(REC, FT_TEXT, name_en, .max = 80, .label = N_("English name"), .width = 20) \
	F(REC, FT_CENTI, credit_centi, .min = 1, .max = 3000, .flags = REQ, .label = N_("Credits"), .width = 6) \
	F(REC, FT_INT, hours, .min = 0, .max = 1000, .flags = REQ, .label = N_("Study hours"), .width = 5) \
	F(REC, FT_ENUM, kind, .flags = REQ, .enums = &course_kind_enum, .label = N_("Kind"), .width = 8) \
	F(REC, FT_BP, formative_bp, .min = 0, .max = 10000, .flags = REQ, .label = N_("Formative share"), .width = 8) \
	F(REC, FT_TEXT, owner, .max = 60, .label = N_("Offered by"), .width = 16)

/* All meetings that a cohort has of the course begin after those of the other end:
 * ORDER of CONFLICTS.md. Never a circle. */
#define COURSE_ORDER_FIELDS(F, REC) \
	F(REC, FT_REF, course_id, .ref = KIND_COURSE, .flags = REQ | INDEXED, .label = N_("Course")) \
	F(REC, FT_REF, after_id, .ref = KIND_COURSE, .flags = REQ | INDEXED, .label = N_("After course")) \
	F(REC, FT_DATE, removed_on, .flags = SYSTEM, .label = N_("Removed"), .width = 10)

#define COURSE_RESULT_FIELDS(F, REC) \
	F(REC, FT_REF, student_id, .ref = KIND_STUDENT, .flags = REQ | INDEXED, .pii = P3, .label = N_("Learner")) \
	F(REC, FT_REF, course_id, .ref = KIND_COURSE, .flags = REQ, .pii = P3, .label = N_("Course")) \
	F(REC, FT_REF, term_id, .ref = KIND_TERM, .flags = REQ, .pii = P3, .label = N_("Term")) \
	F(REC, FT_MARK, formative, .min = 0, .max = 10000, .pii = P3, .label = N_("Formative mark"), .width = 6) \
	F(REC, FT_MARK, final, .min = 0, .max = 10000, .pii = P3, .label = N_("Final mark"), .width = 6) \
	F(REC, FT_MARK, composite, .min = 0, .max = 10000, .flags = SYSTEM, .pii = P3, .label = N_("Composite mark"), .width = 6) \
	F(REC, FT_ENUM, outcome, .flags = REQ, .pii = P3, .enums = &course_outcome_enum, .label = N_("Outcome"), .width = 8) \
	F(REC, FT_DATE, result_on, .flags = REQ, .pii = P3, .label = N_("Result day"), .width = 10) \
	F(REC, FT_REF, replaces_id, .ref = KIND_COURSE_RESULT, .flags = SYSTEM, .pii = P3, .label = N_("Replaces"))

#define CAP_PROFILE_FIELDS(F, REC) \
	F(REC, FT_TEXT, code, .max = 12, .flags = REQ, .label = N_("Code"), .width = 8) \
	F(REC, FT_INT, version, .min = 1, .max = 9999, .flags = REQ, .label = N_("Version"), .width = 4) \
	F(REC, FT_BP, overall_bp, .min = 0, .max = 10000, .label = N_("Overall cap"), .width = 8) \
	F(REC, FT_BP, s1_bp, .min = 0, .max = 10000, .label = N_("Cap S1"), .width = 8) \
	F(REC, FT_BP, s2_bp, .min = 0, .max = 10000, .label = N_("Cap S2"), .width = 8) \
	F(REC, FT_BP, s3_bp, .min = 0, .max = 10000, .label = N_("Cap S3"), .width = 8) \
	F(REC, FT_BP, s4_bp, .min = 0, .max = 10000, .label = N_("Cap S4"), .width = 8) \
	F(REC, FT_BOOL, partial_module_credit, .flags = REQ, .label = N_("Partial module credit")) \
	F(REC, FT_DATE, effective_from, .flags = REQ, .label = N_("From"), .width = 10) \
	F(REC, FT_DATE, effective_to, .label = N_("To"), .width = 10)

struct programme { RECORD_HEAD PROGRAMME_FIELDS(FIELD_MEMBER, programme) };
struct curriculum { RECORD_HEAD CURRICULUM_FIELDS(FIELD_MEMBER, curriculum) };
struct curriculum_module { RECORD_HEAD CURRICULUM_MODULE_FIELDS(FIELD_MEMBER, curriculum_module) };
struct curriculum_course { RECORD_HEAD CURRICULUM_COURSE_FIELDS(FIELD_MEMBER, curriculum_course) };
struct course { RECORD_HEAD COURSE_FIELDS(FIELD_MEMBER, course) };
struct course_order { RECORD_HEAD COURSE_ORDER_FIELDS(FIELD_MEMBER, course_order) };
struct course_result { RECORD_HEAD COURSE_RESULT_FIELDS(FIELD_MEMBER, course_result) };
struct cap_profile { RECORD_HEAD CAP_PROFILE_FIELDS(FIELD_MEMBER, cap_profile) };

extern const struct field_table programme_fields, curriculum_fields,
	curriculum_module_fields, curriculum_course_fields, course_fields,
	course_result_fields, course_order_fields, cap_profile_fields;

#endif
