/* print.h: derived records that only documents show (DOMAIN.md 8). Each is the
 * answer of the card of its kind, see struct card_request in store.h. */
#ifndef OV_MODEL_PRINT_H
#define OV_MODEL_PRINT_H

#include "core/model/claim.h"
#include "core/model/cohort.h"
#include "core/model/person.h"
#include "core/model/programme.h"

/* What stands on every page: one snapshot with the records it came with. */
#define PRINT_HEAD_FIELDS(F, REC) \
	F(REC, FT_INSTANT, at, .label = N_("Printed"), .width = 16) \
	F(REC, FT_TEXT, centre, .max = 60, .label = N_("Centre"), .width = 20) \
	F(REC, FT_TEXT, centre_code, .max = 3, .label = N_("Code"), .width = 4) \
	F(REC, FT_TEXT, login, .max = 32, .pii = P1, .label = N_("Printed by"), .width = 14) \
	F(REC, FT_INT, ledger_seq, .label = N_("Last entry"), .width = 8) \
	F(REC, FT_HASH, ledger_hash, .label = N_("Last hash"))

/* D1: what the ledger and the results say of one course. Credits are sums of
 * ledger entries; a result that earned nothing has 0. */
#define TRANSCRIPT_ROW_FIELDS(F, REC) \
	F(REC, FT_TEXT, module, .max = 80, .label = N_("Module"), .width = 16) \
	F(REC, FT_TEXT, course_code, .max = 20, .label = N_("Code"), .width = 6) \
	F(REC, FT_TEXT, course, .max = 80, .label = N_("Course"), .width = 18) \
	F(REC, FT_BOOL, required, .label = N_("Compulsory"), .width = 4) \
	F(REC, FT_CENTI, credit_centi, .pii = P1, .label = N_("Credits"), .width = 6) \
	F(REC, FT_MARK, composite, .pii = P3, .label = N_("Composite"), .width = 6) \
	F(REC, FT_ENUM, outcome, .pii = P3, .enums = &course_outcome_enum, .label = N_("Outcome"), .width = 6) \
	F(REC, FT_DATE, on_date, .pii = P3, .label = N_("Day"), .width = 10) \
	F(REC, FT_BOOL, replaced, .pii = P1, .label = N_("Replaced"), .width = 4) \
	F(REC, FT_TEXT, basis, .max = 40, .pii = P1, .label = N_("Rule and claim"), .width = 21)

/* D2: a signed statement of the claim, as the QR code carries it. */
#define RECEIPT_SEAL_FIELDS(F, REC) \
	F(REC, FT_TEXT, claim_no, .max = 14, .pii = P1, .label = N_("Claim"), .width = 14) \
	F(REC, FT_TEXT, text, .max = 300, .pii = P1, .label = N_("Sealed statement"), .width = 40)

/* D5: one granted line of a claim on public notice. */
#define NOTICE_ROW_FIELDS(F, REC) \
	F(REC, FT_TEXT, programme, .max = 80, .label = N_("Programme"), .width = 14) \
	F(REC, FT_TEXT, name, .max = 60, .label = N_("Name"), .width = 8) \
	F(REC, FT_TEXT, number, .max = 5, .label = N_("Number"), .width = 6) \
	F(REC, FT_TEXT, source, .max = 80, .label = N_("Source"), .width = 16) \
	F(REC, FT_TEXT, target, .max = 120, .label = N_("Counts for"), .width = 16) \
	F(REC, FT_CENTI, granted_centi, .label = N_("Credits"), .width = 6) \
	F(REC, FT_DATE, notice_from, .label = N_("Notice from"), .width = 10) \
	F(REC, FT_DATE, notice_to, .label = N_("Notice until"), .width = 10)

/* D7: one learner at one meeting of the cohort. */
#define ROLL_MARK_FIELDS(F, REC) \
	F(REC, FT_INT, session_id, .label = N_("Session")) \
	F(REC, FT_INT, student_id, .label = N_("Learner")) \
	F(REC, FT_TEXT, shift, .max = 1, .pii = P2, .label = N_("Shift"), .width = 1) \
	F(REC, FT_ENUM, mark, .pii = P2, .enums = &attendance_mark_enum, .label = N_("Attendance"), .width = 8)

/* D8: one figure. */
#define STATISTIC_FIELDS(F, REC) \
	F(REC, FT_TEXT, section, .max = 60, .label = N_("Section"), .width = 20) \
	F(REC, FT_TEXT, item, .max = 80, .label = N_("Item"), .width = 24) \
	F(REC, FT_INT, count, .label = N_("Count"), .width = 9) \
	F(REC, FT_CENTI, credit_centi, .label = N_("Credits"), .width = 12) \
	F(REC, FT_BP, share_bp, .label = N_("Share"), .width = 9) \
	F(REC, FT_TEXT, note, .max = 60, .label = N_("Note"), .width = 16)

/* D9: one value held on a person, in clear. */
#define COPY_FIELD_FIELDS(F, REC) \
	F(REC, FT_TEXT, entity, .max = 80, .label = N_("Record"), .width = 16) \
	F(REC, FT_TEXT, field, .max = 80, .label = N_("Field"), .width = 18) \
	F(REC, FT_TEXT, value, .max = 2000, .pii = P3, .label = N_("Value"), .width = 30)

/* D10: one learner's graduation check. */
#define GRADUATION_ROW_FIELDS(F, REC) \
	F(REC, FT_TEXT, result, .max = 24, .pii = P1, .label = N_("Result"), .width = 8) \
	F(REC, FT_TEXT, student_no, .max = 13, .pii = P1, .label = N_("Student number"), .width = 13) \
	F(REC, FT_TEXT, name, .max = 60, .pii = P1, .label = N_("Name"), .width = 8) \
	F(REC, FT_TEXT, programme, .max = 20, .label = N_("Programme"), .width = 10) \
	F(REC, FT_CENTI, counted_centi, .pii = P1, .label = N_("Credits"), .width = 6) \
	F(REC, FT_CENTI, missing_centi, .pii = P1, .label = N_("Missing"), .width = 6) \
	F(REC, FT_TEXT, findings, .max = 400, .pii = P1, .label = N_("Findings"), .width = 24) \
	F(REC, FT_TEXT, certificate, .max = 120, .pii = P1, .label = N_("Certificate"), .width = 12)

/* D11: what one learner has transferred in one source class, or in all. */
#define CAP_ROW_FIELDS(F, REC) \
	F(REC, FT_TEXT, student_no, .max = 13, .pii = P1, .label = N_("Student number"), .width = 13) \
	F(REC, FT_TEXT, name, .max = 60, .pii = P1, .label = N_("Name"), .width = 8) \
	F(REC, FT_TEXT, programme, .max = 20, .label = N_("Programme"), .width = 10) \
	F(REC, FT_TEXT, profile, .max = 20, .label = N_("Cap profile"), .width = 8) \
	F(REC, FT_TEXT, source_class, .max = 12, .label = N_("Class"), .width = 6) \
	F(REC, FT_CENTI, transferred_centi, .pii = P1, .label = N_("Transferred"), .width = 8) \
	F(REC, FT_CENTI, cap_centi, .label = N_("Cap"), .width = 8) \
	F(REC, FT_CENTI, room_centi, .pii = P1, .label = N_("Room"), .width = 8) \
	F(REC, FT_BP, share_bp, .pii = P1, .label = N_("Share"), .width = 9)

/* D12: one event of the trail. */
#define AUDIT_LINE_FIELDS(F, REC) \
	F(REC, FT_INT, seq, .label = N_("No."), .width = 8) \
	F(REC, FT_INSTANT, at, .label = N_("When"), .width = 20) \
	F(REC, FT_TEXT, login, .max = 32, .pii = P1, .label = N_("Who"), .width = 14) \
	F(REC, FT_TEXT, action, .max = 32, .label = N_("Action"), .width = 18) \
	F(REC, FT_TEXT, object_kind, .max = 24, .label = N_("Kind"), .width = 12) \
	F(REC, FT_INT, object_id, .label = N_("Id"), .width = 8) \
	F(REC, FT_TEXT, detail, .max = 200, .label = N_("Detail"), .width = 20) \
	F(REC, FT_TEXT, reason, .max = 200, .pii = P2, .label = N_("Reason"), .width = 16) \
	F(REC, FT_TEXT, hash, .max = 8, .label = N_("Hash"), .width = 8)

/* What the walk along a chain says, for who is far from the database; hash and seal are
 * those of the row that was asked for. Made for no document. */
#define CHAIN_CHECK_FIELDS(F, REC) \
	F(REC, FT_BOOL, whole, .label = N_("Whole"), .width = 4) \
	F(REC, FT_INT, rows, .label = N_("Rows"), .help = N_("Good ones, from the first on"), .width = 8) \
	F(REC, FT_INT, broken, .label = N_("Broken at"), .width = 8) \
	F(REC, FT_TEXT, why, .max = 160, .label = N_("Why"), .width = 20) \
	F(REC, FT_HASH, hash, .label = N_("Hash")) \
	F(REC, FT_HASH, seal, .label = N_("Seal"))

#define PRINTS(X) \
	X(print_head, PRINT_HEAD_FIELDS, "print_heads", N_("page head")) \
	X(transcript_row, TRANSCRIPT_ROW_FIELDS, "transcript_rows", N_("line of a transcript")) \
	X(receipt_seal, RECEIPT_SEAL_FIELDS, "receipt_seals", N_("receipt")) \
	X(notice_row, NOTICE_ROW_FIELDS, "notice_rows", N_("line of the public notice")) \
	X(roll_mark, ROLL_MARK_FIELDS, "roll_marks", N_("attendance")) \
	X(statistic, STATISTIC_FIELDS, "statistics", N_("figure")) \
	X(copy_field, COPY_FIELD_FIELDS, "copy_fields", N_("value held on a person")) \
	X(graduation_row, GRADUATION_ROW_FIELDS, "graduation_rows", N_("line of a graduation list")) \
	X(cap_row, CAP_ROW_FIELDS, "cap_rows", N_("line of a cap report")) \
	X(audit_line, AUDIT_LINE_FIELDS, "audit_lines", N_("audit event")) \
	X(chain_check, CHAIN_CHECK_FIELDS, "chain_checks", N_("check of a chain"))

/* Rows of DERIVED_KINDS: X(enum tail, struct name, permission to read). */
#define PRINT_KINDS(X) \
	X(PRINT_HEAD, print_head, PUBLIC) \
	X(TRANSCRIPT_ROW, transcript_row, ACCOUNT) \
	X(RECEIPT_SEAL, receipt_seal, CLAIM_READ) \
	X(NOTICE_ROW, notice_row, CLAIM_READ) \
	X(ROLL_MARK, roll_mark, LOOKUP) \
	X(STATISTIC, statistic, REPORT) \
	X(COPY_FIELD, copy_field, ROSTER) \
	X(GRADUATION_ROW, graduation_row, GRAD_CHECK) \
	X(CAP_ROW, cap_row, ACCOUNT) \
	X(AUDIT_LINE, audit_line, AUDIT) \
	X(CHAIN_CHECK, chain_check, AUDIT)

#define PRINT_STRUCT(REC, LIST, PLURAL, LABEL) \
	struct REC { LIST(FIELD_MEMBER, REC) }; \
	extern const struct field_table REC##_fields;
PRINTS(PRINT_STRUCT)
#undef PRINT_STRUCT

#endif
