/* rule.h: published transfer rules, and the certificates they speak of.
 * DOMAIN.md 2.8, 2.9. A rule version used by any claim is immutable (I10). */
#ifndef OV_MODEL_RULE_H
#define OV_MODEL_RULE_H

#include "core/model/field.h"

enum rule_kind { RULE_CC, RULE_TC, RULE_TX, RULE_NM, RULE_OA };
enum source_class { CLASS_S1, CLASS_S2, CLASS_S3, CLASS_S4 };
enum rule_state { RULE_DRAFT, RULE_ACTIVE, RULE_SUSPENDED, RULE_RETIRED };
enum source_kind { SOURCE_COURSE, SOURCE_CERTIFICATE, SOURCE_OPEN_COURSE };
enum cert_category { CERT_VQ, CERT_PS, CERT_MC, CERT_TR };
enum cert_state { CERT_HELD, CERT_VERIFIED, CERT_REVOKED, CERT_FALSE };

extern const struct enum_table rule_kind_enum, source_class_enum,
	rule_state_enum, cert_category_enum, cert_state_enum;

#define TRANSFER_RULE_FIELDS(F, REC) \
	F(REC, FT_TEXT, rule_code, .max = 12, .flags = REQ | INDEXED, .label = N_("Rule"), .width = 8) \
	F(REC, FT_INT, version, .min = 1, .max = 9999, .flags = REQ, .label = N_("Version"), .width = 3) \
	F(REC, FT_ENUM, kind, .flags = REQ, .enums = &rule_kind_enum, .label = N_("Kind"), .width = 4) \
	F(REC, FT_ENUM, source_class, .flags = REQ, .enums = &source_class_enum, .label = N_("Source class"), .width = 4) \
	F(REC, FT_TEXT, target_module, .max = 8, .label = N_("Module"), .width = 6) \
	F(REC, FT_INT, need_count, .min = 1, .max = 99, .label = N_("Sources needed"), .width = 4) \
	F(REC, FT_INT, min_level, .min = 1, .max = 5, .label = N_("Level at least"), .width = 4) \
	F(REC, FT_MARK, min_mark, .min = 0, .max = 10000, .label = N_("Least mark"), .width = 6) \
	F(REC, FT_BP, min_ratio_bp, .min = 0, .max = 10000, .label = N_("Least credit ratio"), .width = 8) \
	F(REC, FT_CENTI, amount_centi, .min = 1, .max = 100000, .label = N_("Credits"), .width = 6) \
	F(REC, FT_INT, hours_per_credit, .min = 1, .max = 1000, .label = N_("Hours for a credit"), .width = 4) \
	F(REC, FT_CENTI, step_centi, .min = 1, .max = 100000, .label = N_("Step"), .width = 6) \
	F(REC, FT_CENTI, rule_max_centi, .min = 1, .max = 100000, .label = N_("Ceiling of the rule"), .width = 6) \
	F(REC, FT_INT, max_age_years, .min = 0, .max = 99, .label = N_("Oldest, years"), .width = 4) \
	F(REC, FT_INT, specificity, .min = 0, .max = 2, .flags = REQ, .label = N_("Specificity"), .width = 3) \
	F(REC, FT_INT, priority, .min = -9999, .max = 9999, .flags = REQ, .label = N_("Priority"), .width = 4) \
	F(REC, FT_DATE, effective_from, .flags = REQ, .label = N_("From"), .width = 10) \
	F(REC, FT_DATE, effective_to, .label = N_("To"), .width = 10) \
	F(REC, FT_ENUM, state, .flags = REQ | SYSTEM, .enums = &rule_state_enum, .label = N_("State"), .width = 9) \
	F(REC, FT_TEXT, basis, .max = 200, .flags = REQ, .label = N_("Basis"), .width = 20) \
	F(REC, FT_REF, entered_by, .ref = KIND_USER, .flags = REQ | SYSTEM, .pii = P1, .label = N_("Entered by")) \
	F(REC, FT_REF, released_by, .ref = KIND_USER, .flags = SYSTEM, .pii = P1, .label = N_("Released by"))

#define RULE_PROGRAMME_FIELDS(F, REC) \
	F(REC, FT_REF, rule_id, .ref = KIND_TRANSFER_RULE, .flags = REQ | INDEXED, .label = N_("Rule")) \
	F(REC, FT_REF, programme_id, .ref = KIND_PROGRAMME, .flags = REQ | INDEXED, .label = N_("Programme"))

/* `source` is a course or certificate type code; a final * stands for any ending. */
#define RULE_SOURCE_FIELDS(F, REC) \
	F(REC, FT_REF, rule_id, .ref = KIND_TRANSFER_RULE, .flags = REQ | INDEXED, .label = N_("Rule")) \
	F(REC, FT_INT, position, .min = 1, .max = 99, .flags = REQ, .label = N_("Position")) \
	F(REC, FT_TEXT, source, .max = 20, .flags = REQ | INDEXED, .label = N_("Source"), .width = 12)

#define RULE_TARGET_FIELDS(F, REC) \
	F(REC, FT_REF, rule_id, .ref = KIND_TRANSFER_RULE, .flags = REQ | INDEXED, .label = N_("Rule")) \
	F(REC, FT_INT, position, .min = 1, .max = 99, .flags = REQ, .label = N_("Position")) \
	F(REC, FT_REF, course_id, .ref = KIND_COURSE, .flags = REQ, .label = N_("Course"))

#define CERTIFICATE_TYPE_FIELDS(F, REC) \
	F(REC, FT_TEXT, code, .max = 20, .flags = REQ | UNIQ, .label = N_("Code"), .width = 10) \
	F(REC, FT_TEXT, name, .max = 80, .flags = REQ, .label = N_("Certificate"), .width = 20) \
	F(REC, FT_ENUM, category, .flags = REQ, .enums = &cert_category_enum, .label = N_("Category"), .width = 8) \
	F(REC, FT_BOOL, has_level, .flags = REQ, .label = N_("Has levels")) \
	F(REC, FT_INT, validity_months, .min = 1, .max = 1200, .label = N_("Valid, months"), .width = 4) \
	F(REC, FT_TEXT, issuer, .max = 80, .label = N_("Issuer"), .width = 16)

#define CERTIFICATE_FIELDS(F, REC) \
	F(REC, FT_REF, person_id, .ref = KIND_PERSON, .flags = REQ | INDEXED, .pii = P1, .label = N_("Person")) \
	F(REC, FT_REF, type_id, .ref = KIND_CERTIFICATE_TYPE, .flags = REQ, .pii = P1, .label = N_("Certificate")) \
	F(REC, FT_TEXT, cert_no, .max = 40, .flags = REQ, .pii = P3, .label = N_("Certificate number"), .width = 16) \
	F(REC, FT_INT, level, .min = 1, .max = 5, .pii = P1, .label = N_("Skill level"), .width = 3) \
	F(REC, FT_MARK, mark, .min = 0, .max = 10000, .pii = P3, .label = N_("Mark"), .width = 6) \
	F(REC, FT_DATE, issued_on, .flags = REQ, .pii = P1, .label = N_("Issued"), .width = 10) \
	F(REC, FT_DATE, expires_on, .pii = P1, .label = N_("Expires"), .width = 10) \
	F(REC, FT_ENUM, state, .flags = REQ | SYSTEM, .pii = P1, .enums = &cert_state_enum, .label = N_("State"), .width = 9) \
	F(REC, FT_REF, verified_by, .ref = KIND_USER, .flags = SYSTEM, .pii = P1, .label = N_("Verified by")) \
	F(REC, FT_DATE, verified_on, .flags = SYSTEM, .pii = P1, .label = N_("Verified"), .width = 10)

/* A source (certificate, course or open course result) that has paid in a
 * programme: DOMAIN.md certificate.spent_in, 5.2.6 and I5. */
#define SOURCE_USE_FIELDS(F, REC) \
	F(REC, FT_ENUM, source_kind, .flags = REQ, .pii = P1, .enums = &source_kind_enum, .label = N_("Source")) \
	F(REC, FT_INT, source_ref, .flags = REQ, .pii = P1, .label = N_("Source id")) \
	F(REC, FT_REF, programme_id, .ref = KIND_PROGRAMME, .flags = REQ, .label = N_("Programme")) \
	F(REC, FT_REF, student_id, .ref = KIND_STUDENT, .flags = REQ | INDEXED, .pii = P1, .label = N_("Learner")) \
	F(REC, FT_REF, claim_id, .ref = KIND_CREDIT_CLAIM, .flags = REQ | INDEXED, .pii = P1, .label = N_("Claim")) \
	F(REC, FT_DATE, released_on, .pii = P1, .label = N_("Freed on"))

/* A result from elsewhere that a claim line may offer: another institution's
 * course, a micro-course or an open course (line.source_kind COURSE and
 * OPEN_COURSE point here). */
#define PRIOR_RESULT_FIELDS(F, REC) \
	F(REC, FT_REF, person_id, .ref = KIND_PERSON, .flags = REQ | INDEXED, .pii = P1, .label = N_("Person")) \
	F(REC, FT_ENUM, source_kind, .flags = REQ, .pii = P1, .enums = &source_kind_enum, .label = N_("Source")) \
	F(REC, FT_TEXT, code, .max = 20, .flags = REQ, .pii = P1, .label = N_("Code"), .width = 10) \
	F(REC, FT_TEXT, name, .max = 80, .pii = P1, .label = N_("Name"), .width = 20) \
	F(REC, FT_TEXT, issuer, .max = 80, .pii = P1, .label = N_("Issuer"), .width = 16) \
	F(REC, FT_MARK, mark, .min = 0, .max = 10000, .pii = P3, .label = N_("Mark"), .width = 6) \
	F(REC, FT_CENTI, credit_centi, .min = 0, .max = 100000, .pii = P1, .label = N_("Credits"), .width = 6) \
	F(REC, FT_INT, hours, .min = 0, .max = 10000, .pii = P1, .label = N_("Study hours"), .width = 5) \
	F(REC, FT_DATE, dated_on, .pii = P1, .label = N_("Day"), .width = 10) \
	F(REC, FT_DATE, expires_on, .pii = P1, .label = N_("Expires"), .width = 10) \
	F(REC, FT_ENUM, state, .flags = REQ | SYSTEM, .pii = P1, .enums = &cert_state_enum, .label = N_("State"), .width = 9) \
	F(REC, FT_REF, verified_by, .ref = KIND_USER, .flags = SYSTEM, .pii = P1, .label = N_("Verified by")) \
	F(REC, FT_DATE, verified_on, .flags = SYSTEM, .pii = P1, .label = N_("Verified"), .width = 10)

extern const struct enum_table source_kind_enum; /* COURSE, CERTIFICATE, OPEN_COURSE */

struct transfer_rule { RECORD_HEAD TRANSFER_RULE_FIELDS(FIELD_MEMBER, transfer_rule) };
struct rule_programme { RECORD_HEAD RULE_PROGRAMME_FIELDS(FIELD_MEMBER, rule_programme) };
struct rule_source { RECORD_HEAD RULE_SOURCE_FIELDS(FIELD_MEMBER, rule_source) };
struct rule_target { RECORD_HEAD RULE_TARGET_FIELDS(FIELD_MEMBER, rule_target) };
struct certificate_type { RECORD_HEAD CERTIFICATE_TYPE_FIELDS(FIELD_MEMBER, certificate_type) };
struct certificate { RECORD_HEAD CERTIFICATE_FIELDS(FIELD_MEMBER, certificate) };
struct source_use { RECORD_HEAD SOURCE_USE_FIELDS(FIELD_MEMBER, source_use) };
struct prior_result { RECORD_HEAD PRIOR_RESULT_FIELDS(FIELD_MEMBER, prior_result) };

extern const struct field_table transfer_rule_fields, rule_programme_fields,
	rule_source_fields, rule_target_fields, certificate_type_fields,
	certificate_fields, source_use_fields, prior_result_fields;

#endif
