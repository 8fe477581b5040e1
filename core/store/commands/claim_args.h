/* claim_args.h: what the commands on credit claims are given.
 *
 * A list item is written on the command line as SOURCE[,name=value…]: its
 * first field without a name, the others by theirs. */
#ifndef OV_STORE_COMMANDS_CLAIM_ARGS_H
#define OV_STORE_COMMANDS_CLAIM_ARGS_H

#include "core/model/kind.h"

/* One source a learner offers. A certificate is found by its type and number
 * (or by the type alone when the learner holds just one), an earlier result
 * by its code; what isn't here yet is made from the other values, HELD. */
#define CLAIM_SOURCE_FIELDS(F, REC) \
	F(REC, FT_TEXT, source, .max = 20, .flags = REQ, .label = N_("Code"), .help = N_("Code of a certificate type, course or open course"), .width = 10) \
	F(REC, FT_TEXT, no, .max = 40, .pii = P3, .label = N_("Certificate number"), .width = 16) \
	F(REC, FT_INT, level, .min = 1, .max = 5, .label = N_("Skill level"), .width = 3) \
	F(REC, FT_MARK, mark, .min = 0, .max = 10000, .pii = P3, .label = N_("Mark"), .width = 6) \
	F(REC, FT_CENTI, credits, .min = 0, .max = 100000, .label = N_("Credits"), .width = 6) \
	F(REC, FT_INT, hours, .min = 0, .max = 10000, .label = N_("Study hours"), .width = 5) \
	F(REC, FT_DATE, issued, .label = N_("Issued"), .width = 10) \
	F(REC, FT_DATE, expires, .label = N_("Expires"), .width = 10) \
	F(REC, FT_TEXT, name, .max = 80, .label = N_("Name"), .width = 20) \
	F(REC, FT_TEXT, issuer, .max = 80, .label = N_("Issuer"), .width = 16) \
	F(REC, FT_ENUM, kind, .enums = &source_kind_enum, .label = N_("Source"), .help = N_("Only where the code does not say it"), .width = 8) \
	F(REC, FT_ENUM, evidence, .enums = &evidence_kind_enum, .label = N_("Evidence"), .width = 14) \
	F(REC, FT_TEXT, file, .max = 1024, .flags = ATTACH, .pii = P3, .label = N_("File"), .help = N_("A file of 1 byte to 20 MiB"), .width = 16) \
	F(REC, FT_INT, size, .min = 0, .max = 20971520, .pii = P3, .label = N_("Bytes"), .width = 8) \
	F(REC, FT_HASH, sha256, .label = N_("SHA-256"))

/* What an expert says of a line without rule (T13): a course of the
 * curriculum, or an amount in a module; 0.00 refuses the line. */
#define CLAIM_OPINION_FIELDS(F, REC) \
	F(REC, FT_INT, line_no, .min = 1, .max = 99, .flags = REQ, .label = N_("Line"), .width = 3) \
	F(REC, FT_CENTI, centi, .min = 0, .max = 100000, .flags = REQ, .label = N_("Credits"), .width = 6) \
	F(REC, FT_REF, course_id, .ref = KIND_COURSE, .label = N_("Course"), .width = 10) \
	F(REC, FT_TEXT, module, .max = 8, .label = N_("Module"), .width = 6) \
	F(REC, FT_ENUM, source_class, .enums = &source_class_enum, .label = N_("Source class"), .width = 4) \
	F(REC, FT_TEXT, text, .max = 400, .flags = REQ | MULTILINE, .label = N_("Expert's opinion"), .width = 20)

/* A reason in capitals alone (FALSE_DOCUMENT) is taken as a reason code. */
#define CLAIM_REASON_FIELDS(F, REC) \
	F(REC, FT_TEXT, reason_code, .max = 24, .label = N_("Reason code"), .width = 12) \
	F(REC, FT_TEXT, reason, .max = 400, .flags = MULTILINE, .label = N_("Reason"), .width = 20)

#define CLAIM_CREATE_FIELDS(F, REC) \
	F(REC, FT_REF, student_id, .ref = KIND_STUDENT, .flags = REQ, .pii = P1, .label = N_("Learner"), .width = 13) \
	F(REC, FT_LIST, lines, .items = &claim_source_fields, .label = N_("Lines"))

#define CLAIM_EDIT_FIELDS(F, REC) \
	F(REC, FT_LIST, lines, .items = &claim_source_fields, .flags = REQ, .label = N_("Lines"), .help = N_("All lines of the claim as they shall be"))

#define CLAIM_VERIFY_FIELDS(F, REC) \
	F(REC, FT_BOOL, all_ok, .label = N_("All in order"), .help = N_("Evidence that is still open was compared with the original")) \
	CLAIM_REASON_FIELDS(F, REC)

#define CLAIM_OPINE_FIELDS(F, REC) \
	F(REC, FT_LIST, opinions, .items = &claim_opinion_fields, .label = N_("Opinions")) \
	CLAIM_REASON_FIELDS(F, REC)

#define EVIDENCE_ADD_FIELDS(F, REC) \
	F(REC, FT_INT, line_no, .min = 1, .max = 99, .flags = REQ, .label = N_("Line"), .width = 3) \
	F(REC, FT_ENUM, evidence, .flags = REQ, .enums = &evidence_kind_enum, .label = N_("Evidence"), .width = 14) \
	F(REC, FT_TEXT, file, .max = 1024, .flags = ATTACH, .pii = P3, .label = N_("File"), .help = N_("A file of 1 byte to 20 MiB"), .width = 16) \
	F(REC, FT_INT, size, .min = 0, .max = 20971520, .pii = P3, .label = N_("Bytes"), .width = 8) \
	F(REC, FT_HASH, sha256, .label = N_("SHA-256"))

/* Whose files to hand out: those of one line. */
#define EVIDENCE_OPEN_FIELDS(F, REC) \
	F(REC, FT_INT, line_no, .min = 1, .max = 99, .flags = REQ, .label = N_("Line"), .width = 3) \
	F(REC, FT_TEXT, reason, .max = 200, .label = N_("Reason"), .width = 30)

#define EVIDENCE_CHECK_FIELDS(F, REC) \
	F(REC, FT_INT, line_no, .min = 1, .max = 99, .flags = REQ, .label = N_("Line"), .width = 3) \
	F(REC, FT_REF, evidence_id, .ref = KIND_EVIDENCE, .label = N_("Evidence"), .help = N_("Empty: all evidence of the line")) \
	F(REC, FT_ENUM, result, .flags = REQ, .enums = &evidence_check_enum, .label = N_("Result"), .width = 8) \
	CLAIM_REASON_FIELDS(F, REC)

#define CLAIM_ITEMS(X) \
	X(claim_source, CLAIM_SOURCE_FIELDS) \
	X(claim_opinion, CLAIM_OPINION_FIELDS)

#define CLAIM_ARGS(X) \
	X(claim_reason_args, CLAIM_REASON_FIELDS) \
	X(claim_create_args, CLAIM_CREATE_FIELDS) \
	X(claim_edit_args, CLAIM_EDIT_FIELDS) \
	X(claim_verify_args, CLAIM_VERIFY_FIELDS) \
	X(claim_opine_args, CLAIM_OPINE_FIELDS) \
	X(evidence_add_args, EVIDENCE_ADD_FIELDS) \
	X(evidence_open_args, EVIDENCE_OPEN_FIELDS) \
	X(evidence_check_args, EVIDENCE_CHECK_FIELDS)

#define ARGS_STRUCT(REC, LIST) \
	struct REC { LIST(FIELD_MEMBER, REC) }; \
	extern const struct field_table REC##_fields;
CLAIM_ITEMS(ARGS_STRUCT)
CLAIM_ARGS(ARGS_STRUCT)
#undef ARGS_STRUCT

#endif
