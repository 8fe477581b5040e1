/* claim.h: a learner's request to have earlier learning count as credits,
 * and the ledger it ends in. DOMAIN.md 2.10, 2.11, 4. Credits are hundredths. */
#ifndef OV_MODEL_CLAIM_H
#define OV_MODEL_CLAIM_H

#include "core/model/claim_state.h"
#include "core/model/field.h"
#include "core/model/rule.h"

enum evidence_kind { EVIDENCE_ORIGINAL_SEEN, EVIDENCE_COPY, EVIDENCE_REGISTRY_CHECK, EVIDENCE_EMPLOYER_LETTER };
enum evidence_check { CHECK_OPEN, CHECK_OK, CHECK_STRUCK, CHECK_FALSE };
enum account_kind { ACCOUNT_EARNED, ACCOUNT_TRANSFER, ACCOUNT_POOL };
enum entry_kind { ENTRY_RESULT, ENTRY_GRANT, ENTRY_POOL_IN, ENTRY_POOL_OUT, ENTRY_REVERSAL };

extern const struct enum_table evidence_kind_enum, evidence_check_enum,
	account_kind_enum, entry_kind_enum;

#define CREDIT_CLAIM_FIELDS(F, REC) \
	F(REC, FT_TEXT, claim_no, .max = 14, .flags = REQ | UNIQ | SYSTEM, .pii = P1, .label = N_("Claim"), .width = 14) \
	F(REC, FT_REF, student_id, .ref = KIND_STUDENT, .flags = REQ | INDEXED, .pii = P1, .label = N_("Learner")) \
	F(REC, FT_ENUM, state, .flags = REQ | SYSTEM | INDEXED, .pii = P1, .enums = &claim_state_enum, .label = N_("State"), .width = 10) \
	F(REC, FT_DATE, submitted_on, .flags = SYSTEM, .pii = P1, .label = N_("Submitted"), .width = 10) \
	F(REC, FT_REF, submitted_by, .ref = KIND_USER, .flags = SYSTEM, .pii = P1, .label = N_("Submitted by")) \
	F(REC, FT_REF, accepted_by, .ref = KIND_USER, .flags = SYSTEM, .pii = P1, .label = N_("Accepted by")) \
	F(REC, FT_REF, verified_by, .ref = KIND_USER, .flags = SYSTEM, .pii = P1, .label = N_("Verified by")) \
	F(REC, FT_REF, first_by, .ref = KIND_USER, .flags = SYSTEM, .pii = P1, .label = N_("First review")) \
	F(REC, FT_REF, expert_by, .ref = KIND_USER, .flags = SYSTEM, .pii = P1, .label = N_("Expert")) \
	F(REC, FT_REF, second_by, .ref = KIND_USER, .flags = SYSTEM, .pii = P1, .label = N_("Second review")) \
	F(REC, FT_REF, posted_by, .ref = KIND_USER, .flags = SYSTEM, .pii = P1, .label = N_("Posted by")) \
	F(REC, FT_REF, revoke_by, .ref = KIND_USER, .flags = SYSTEM, .pii = P1, .label = N_("Revocation asked by")) \
	F(REC, FT_DATE, deadline_on, .flags = SYSTEM | INDEXED, .label = N_("Deadline"), .width = 10) \
	F(REC, FT_DATE, notice_from, .flags = SYSTEM, .label = N_("Notice from"), .width = 10) \
	F(REC, FT_DATE, objected_on, .flags = SYSTEM, .label = N_("Objected"), .width = 10) \
	F(REC, FT_DATE, notice_end_on, .flags = SYSTEM, .label = N_("Notice until"), .width = 10) \
	F(REC, FT_INT, appeal_count, .min = 0, .max = 1, .flags = SYSTEM, .label = N_("Appeals")) \
	F(REC, FT_ENUM, refused_in, .flags = SYSTEM, .enums = &claim_state_enum, .label = N_("Refused in")) \
	F(REC, FT_CENTI, requested_centi, .min = 0, .max = 1000000, .flags = SYSTEM, .pii = P1, .label = N_("Requested"), .width = 7) \
	F(REC, FT_CENTI, proposed_centi, .min = 0, .max = 1000000, .flags = SYSTEM, .pii = P1, .label = N_("Proposed"), .width = 7) \
	F(REC, FT_CENTI, granted_centi, .min = 0, .max = 1000000, .flags = SYSTEM, .pii = P1, .label = N_("Granted"), .width = 7) \
	F(REC, FT_TEXT, reason_code, .max = 24, .flags = SYSTEM, .pii = P2, .label = N_("Reason code"), .width = 12) \
	F(REC, FT_TEXT, reason_text, .max = 400, .flags = SYSTEM | MULTILINE, .pii = P2, .label = N_("Reason"), .width = 20)

#define CLAIM_LINE_FIELDS(F, REC) \
	F(REC, FT_REF, claim_id, .ref = KIND_CREDIT_CLAIM, .flags = REQ | INDEXED, .pii = P1, .label = N_("Claim")) \
	F(REC, FT_INT, line_no, .min = 1, .max = 99, .flags = REQ | SYSTEM, .label = N_("Line"), .width = 3) \
	F(REC, FT_ENUM, source_kind, .flags = REQ, .pii = P1, .enums = &source_kind_enum, .label = N_("Source"), .width = 8) \
	F(REC, FT_INT, source_ref, .flags = REQ, .pii = P1, .label = N_("Source id")) \
	F(REC, FT_TEXT, source_code, .max = 20, .flags = REQ | SYSTEM, .pii = P1, .label = N_("Source code"), .width = 10) \
	F(REC, FT_REF, rule_ref, .ref = KIND_TRANSFER_RULE, .flags = SYSTEM, .label = N_("Rule")) \
	F(REC, FT_CENTI, proposed_centi, .min = 0, .max = 1000000, .flags = SYSTEM, .pii = P1, .label = N_("Proposed"), .width = 6) \
	F(REC, FT_CENTI, granted_centi, .min = 0, .max = 1000000, .flags = SYSTEM, .pii = P1, .label = N_("Granted"), .width = 6) \
	F(REC, FT_TEXT, code, .max = 24, .flags = SYSTEM, .pii = P1, .label = N_("Result"), .width = 14) \
	F(REC, FT_CENTI, opinion_centi, .min = 0, .max = 1000000, .flags = SYSTEM, .pii = P1, .label = N_("Expert's amount"), .width = 6) \
	F(REC, FT_REF, opinion_course, .ref = KIND_COURSE, .flags = SYSTEM, .label = N_("Expert's course")) \
	F(REC, FT_ENUM, opinion_class, .flags = SYSTEM, .enums = &source_class_enum, .label = N_("Source class")) \
	F(REC, FT_TEXT, opinion_module, .max = 8, .flags = SYSTEM, .label = N_("Expert's module"), .width = 6) \
	F(REC, FT_TEXT, opinion_text, .max = 400, .flags = SYSTEM, .pii = P1, .label = N_("Expert's opinion"), .width = 20) \
	F(REC, FT_DATE, removed_on, .flags = SYSTEM, .label = N_("Removed"))

#define EVIDENCE_FIELDS(F, REC) \
	F(REC, FT_REF, line_id, .ref = KIND_CLAIM_LINE, .flags = REQ | INDEXED, .pii = P2, .label = N_("Line")) \
	F(REC, FT_ENUM, kind, .flags = REQ, .pii = P2, .enums = &evidence_kind_enum, .label = N_("Evidence"), .width = 14) \
	F(REC, FT_TEXT, file_name, .max = 120, .pii = P3, .label = N_("File"), .width = 16) \
	F(REC, FT_INT, size_bytes, .min = 0, .max = 20971520, .pii = P3, .label = N_("Bytes"), .width = 8) \
	F(REC, FT_HASH, sha256, .label = N_("SHA-256")) \
	F(REC, FT_ENUM, checked, .flags = REQ | SYSTEM, .enums = &evidence_check_enum, .label = N_("Checked"), .width = 8) \
	F(REC, FT_REF, checked_by, .ref = KIND_USER, .flags = SYSTEM, .pii = P1, .label = N_("Checked by"))

/* People barred from a claim by F8 or F10; grows only. */
#define CLAIM_EXCLUDED_FIELDS(F, REC) \
	F(REC, FT_REF, claim_id, .ref = KIND_CREDIT_CLAIM, .flags = REQ | INDEXED, .pii = P1, .label = N_("Claim")) \
	F(REC, FT_REF, user_id, .ref = KIND_USER, .flags = REQ, .pii = P1, .label = N_("User"))

/* The stored calculation, DOMAIN.md 5.6. A new calculation adds its rows and
 * marks those of the one before as superseded. */
#define CLAIM_EXPLANATION_FIELDS(F, REC) \
	F(REC, FT_REF, claim_id, .ref = KIND_CREDIT_CLAIM, .flags = REQ | INDEXED, .pii = P1, .label = N_("Claim")) \
	F(REC, FT_INT, position, .flags = REQ, .label = N_("Position"), .width = 3) \
	F(REC, FT_INT, line_no, .flags = REQ, .label = N_("Line"), .width = 3) \
	F(REC, FT_TEXT, rule, .max = 20, .label = N_("Rule"), .width = 8) \
	F(REC, FT_TEXT, code, .max = 24, .flags = REQ, .label = N_("Result"), .width = 16) \
	F(REC, FT_CENTI, granted_centi, .flags = REQ, .pii = P1, .label = N_("Credits"), .width = 6) \
	F(REC, FT_TEXT, need, .max = 40, .label = N_("Needs"), .width = 8) \
	F(REC, FT_TEXT, have, .max = 40, .label = N_("Has"), .width = 8) \
	F(REC, FT_TEXT, detail, .max = 400, .label = N_("Detail"), .width = 30) \
	F(REC, FT_BOOL, superseded, .flags = REQ, .label = N_("Superseded"))

#define ACCOUNT_FIELDS(F, REC) \
	F(REC, FT_REF, student_id, .ref = KIND_STUDENT, .flags = REQ | INDEXED, .pii = P1, .label = N_("Learner")) \
	F(REC, FT_ENUM, kind, .flags = REQ, .pii = P1, .enums = &account_kind_enum, .label = N_("Account"), .width = 9)

/* id = seq. hash = SHA-256(prev_hash ‖ canonical bytes); the canonical bytes
 * are the ledger export's row without its hash (core/store/chain.h). */
#define LEDGER_ENTRY_FIELDS(F, REC) \
	F(REC, FT_INT, seq, .flags = REQ | UNIQ | SYSTEM, .label = N_("No."), .width = 8) \
	F(REC, FT_REF, account_id, .ref = KIND_ACCOUNT, .flags = REQ | INDEXED, .pii = P1, .label = N_("Account")) \
	F(REC, FT_CENTI, amount_centi, .flags = REQ, .pii = P1, .label = N_("Credits"), .width = 7) \
	F(REC, FT_ENUM, kind, .flags = REQ, .pii = P1, .enums = &entry_kind_enum, .label = N_("Kind"), .width = 9) \
	F(REC, FT_TEXT, module_code, .max = 8, .pii = P1, .label = N_("Module"), .width = 6) \
	F(REC, FT_REF, course_id, .ref = KIND_COURSE, .pii = P1, .label = N_("Course")) \
	F(REC, FT_ENUM, source_class, .pii = P1, .enums = &source_class_enum, .label = N_("Source class"), .width = 4) \
	F(REC, FT_REF, claim_line, .ref = KIND_CLAIM_LINE, .flags = INDEXED, .pii = P1, .label = N_("Claim line")) \
	F(REC, FT_REF, result_id, .ref = KIND_COURSE_RESULT, .pii = P1, .label = N_("Result")) \
	F(REC, FT_INT, reverses_seq, .flags = UNIQ, .label = N_("Reverses"), .width = 8) \
	F(REC, FT_DATE, booked_on, .flags = REQ, .pii = P1, .label = N_("Booked"), .width = 10) \
	F(REC, FT_REF, booked_by, .ref = KIND_USER, .flags = REQ, .pii = P1, .label = N_("Booked by")) \
	F(REC, FT_HASH, prev_hash, .flags = REQ, .label = N_("Previous hash")) \
	F(REC, FT_HASH, hash, .flags = REQ, .label = N_("Hash")) \
	F(REC, FT_HASH, seal, .flags = SYSTEM, .label = N_("Seal"))

struct credit_claim { RECORD_HEAD CREDIT_CLAIM_FIELDS(FIELD_MEMBER, credit_claim) };
struct claim_line { RECORD_HEAD CLAIM_LINE_FIELDS(FIELD_MEMBER, claim_line) };
struct evidence { RECORD_HEAD EVIDENCE_FIELDS(FIELD_MEMBER, evidence) };
struct claim_excluded { RECORD_HEAD CLAIM_EXCLUDED_FIELDS(FIELD_MEMBER, claim_excluded) };
struct claim_explanation { RECORD_HEAD CLAIM_EXPLANATION_FIELDS(FIELD_MEMBER, claim_explanation) };
struct account { RECORD_HEAD ACCOUNT_FIELDS(FIELD_MEMBER, account) };
struct ledger_entry { RECORD_HEAD LEDGER_ENTRY_FIELDS(FIELD_MEMBER, ledger_entry) };

extern const struct field_table credit_claim_fields, claim_line_fields,
	evidence_fields, claim_excluded_fields, claim_explanation_fields,
	account_fields, ledger_entry_fields;

#endif
