/* file_rows.h: rows of the files of DOMAIN.md 9.5 and 9.6, as the file has
 * them: all texts, like import_row.h; the import command says what is wrong.
 *
 * Lists inside a value are separated by semicolons. Of a rule: the targets of
 * CC, TC and NM are course codes, of TX and OA a module. Columns that 9.6 does
 * not have (programmes, need_count, hours, step, ceiling, ratio, age,
 * specificity) may be missing: a rule then holds in every programme that has
 * its targets, NM needs all its sources, and OA reckons 18 hours for a credit
 * in steps of 0.50. */
#ifndef OV_MODEL_FILE_ROWS_H
#define OV_MODEL_FILE_ROWS_H

#include "core/model/import_row.h"

#define ROW_TEXT(F, REC, NAME, FLAGS, LABEL, WIDTH) \
	F(REC, FT_TEXT, NAME, .max = 400, .flags = FLAGS, .label = LABEL, .width = WIDTH)

#define RULE_ROW_FIELDS(F, REC) \
	ROW_TEXT(F, REC, rule_code, REQ, N_("Rule"), 8) \
	ROW_TEXT(F, REC, version, REQ, N_("Version"), 3) \
	ROW_TEXT(F, REC, kind, REQ, N_("Kind"), 4) \
	ROW_TEXT(F, REC, sources, REQ, N_("Sources"), 12) \
	ROW_TEXT(F, REC, targets, REQ, N_("Targets"), 12) \
	ROW_TEXT(F, REC, credits, 0, N_("Credits"), 6) \
	ROW_TEXT(F, REC, level, 0, N_("Level at least"), 4) \
	ROW_TEXT(F, REC, mark, 0, N_("Least mark"), 6) \
	ROW_TEXT(F, REC, source_class, REQ, N_("Source class"), 4) \
	ROW_TEXT(F, REC, priority, 0, N_("Priority"), 4) \
	ROW_TEXT(F, REC, effective_from, REQ, N_("From"), 10) \
	ROW_TEXT(F, REC, effective_to, 0, N_("To"), 10) \
	ROW_TEXT(F, REC, basis, REQ, N_("Basis"), 20) \
	ROW_TEXT(F, REC, programmes, 0, N_("Programmes"), 12) \
	ROW_TEXT(F, REC, need_count, 0, N_("Sources needed"), 4) \
	ROW_TEXT(F, REC, hours, 0, N_("Hours for a credit"), 4) \
	ROW_TEXT(F, REC, step, 0, N_("Step"), 6) \
	ROW_TEXT(F, REC, ceiling, 0, N_("Ceiling of the rule"), 6) \
	ROW_TEXT(F, REC, ratio, 0, N_("Least credit ratio"), 6) \
	ROW_TEXT(F, REC, age, 0, N_("Oldest, years"), 4) \
	ROW_TEXT(F, REC, specificity, 0, N_("Specificity"), 3)

#define RESULT_ROW_FIELDS(F, REC) \
	ROW_TEXT(F, REC, student_no, REQ, N_("Student number"), 13) \
	ROW_TEXT(F, REC, course, REQ, N_("Course"), 10) \
	ROW_TEXT(F, REC, term, REQ, N_("Term"), 5) \
	ROW_TEXT(F, REC, formative, 0, N_("Formative mark"), 6) \
	ROW_TEXT(F, REC, final, 0, N_("Final mark"), 6) \
	ROW_TEXT(F, REC, result_on, 0, N_("Result day"), 10)

#define DAY_ROW_FIELDS(F, REC) \
	ROW_TEXT(F, REC, on_date, REQ, N_("Day"), 10) \
	ROW_TEXT(F, REC, kind, REQ, N_("Kind"), 10) \
	ROW_TEXT(F, REC, name, REQ, N_("Title"), 12) \
	ROW_TEXT(F, REC, acts_as, 0, N_("Acts as weekday"), 3)

#define ATTENDANCE_ROW_FIELDS(F, REC) \
	ROW_TEXT(F, REC, session, REQ, N_("Session"), 8) \
	ROW_TEXT(F, REC, student_no, REQ, N_("Student number"), 13) \
	ROW_TEXT(F, REC, mark, REQ, N_("Attendance"), 8) \
	ROW_TEXT(F, REC, minutes, 0, N_("Minutes"), 4)

#define CLAIM_FILE_ROW_FIELDS(F, REC) \
	ROW_TEXT(F, REC, student_no, REQ, N_("Student number"), 13) \
	ROW_TEXT(F, REC, kind, REQ, N_("Source"), 8) \
	ROW_TEXT(F, REC, source, REQ, N_("Code"), 10) \
	ROW_TEXT(F, REC, name, 0, N_("Name"), 20) \
	F(REC, FT_TEXT, no, .max = 400, .pii = P3, .label = N_("Certificate number"), .width = 16) \
	ROW_TEXT(F, REC, level, 0, N_("Skill level"), 3) \
	ROW_TEXT(F, REC, mark, 0, N_("Mark"), 6) \
	ROW_TEXT(F, REC, credits, 0, N_("Credits"), 6) \
	ROW_TEXT(F, REC, hours, 0, N_("Study hours"), 5) \
	ROW_TEXT(F, REC, issued, 0, N_("Issued"), 10) \
	ROW_TEXT(F, REC, expires, 0, N_("Expires"), 10) \
	ROW_TEXT(F, REC, file, 0, N_("File"), 16) \
	ROW_TEXT(F, REC, remark, 0, N_("Remark"), 16)

#define FILE_ROWS(X) \
	X(rule_row, RULE_ROW_FIELDS, "rule_rows") \
	X(result_row, RESULT_ROW_FIELDS, "result_rows") \
	X(day_row, DAY_ROW_FIELDS, "day_rows") \
	X(attendance_row, ATTENDANCE_ROW_FIELDS, "attendance_rows") \
	X(claim_file_row, CLAIM_FILE_ROW_FIELDS, "claim_file_rows")

#define FILE_ROW_STRUCT(REC, LIST, PLURAL) \
	struct REC { LIST(FIELD_MEMBER, REC) }; \
	extern const struct field_table REC##_fields;
FILE_ROWS(FILE_ROW_STRUCT)
#undef FILE_ROW_STRUCT

#endif
