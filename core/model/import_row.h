/* import_row.h: one row of a student file, as the file has it.
 *
 * All texts: a value that is wrong must reach the import command, which says
 * what is wrong with it, row by row. What the columns mean and which codes
 * refuse them is DOMAIN.md 9.4; how a file's columns become these fields is
 * codec/map.h. NULL or empty: the file says nothing about it. */
#ifndef OV_MODEL_IMPORT_ROW_H
#define OV_MODEL_IMPORT_ROW_H

#include "core/model/field.h"

enum { IMPORT_VALUE_MAX = 200 }; /* characters of one value */

/* doc_kind holds an enum code (empty: CITIZEN_ID), sex 男/女 or M/F/U, level
 * 专科/专升本/本科 or an enum code, intake 2015春, 2015秋季, 2015-03 or 2015S,
 * programme, cohort and shift codes (or unique names), branch and centre
 * codes, registered_on a day. */
#define IMPORT_ROW_FIELDS(F, REC) \
	F(REC, FT_TEXT, student_no, .max = IMPORT_VALUE_MAX, .flags = REQ, .pii = P1, .label = N_("Student number"), .width = 13) \
	F(REC, FT_TEXT, full_name, .max = IMPORT_VALUE_MAX, .flags = REQ, .pii = P1, .label = N_("Name"), .width = 12) \
	F(REC, FT_TEXT, sex, .max = IMPORT_VALUE_MAX, .pii = P1, .label = N_("Sex"), .width = 4) \
	F(REC, FT_TEXT, doc_kind, .max = IMPORT_VALUE_MAX, .pii = P1, .label = N_("Document"), .width = 10) \
	F(REC, FT_TEXT, doc_no, .max = IMPORT_VALUE_MAX, .flags = REQ, .pii = P3, .mask = MASK_CITIZEN_ID, .label = N_("Document number"), .width = 18) \
	F(REC, FT_TEXT, mobile, .max = IMPORT_VALUE_MAX, .pii = P2, .mask = MASK_MOBILE, .label = N_("Mobile"), .width = 11) \
	F(REC, FT_TEXT, email, .max = IMPORT_VALUE_MAX, .pii = P2, .label = N_("E-mail"), .width = 20) \
	F(REC, FT_TEXT, programme, .max = IMPORT_VALUE_MAX, .flags = REQ, .pii = P1, .label = N_("Programme"), .width = 12) \
	F(REC, FT_TEXT, cohort, .max = IMPORT_VALUE_MAX, .pii = P1, .label = N_("Cohort"), .width = 12) \
	F(REC, FT_TEXT, intake, .max = IMPORT_VALUE_MAX, .pii = P1, .label = N_("Intake"), .width = 8) \
	F(REC, FT_TEXT, level, .max = IMPORT_VALUE_MAX, .pii = P1, .label = N_("Level"), .width = 8) \
	F(REC, FT_TEXT, registered_on, .max = IMPORT_VALUE_MAX, .pii = P1, .label = N_("Registered"), .width = 10) \
	F(REC, FT_TEXT, branch, .max = IMPORT_VALUE_MAX, .label = N_("Branch"), .width = 4) \
	F(REC, FT_TEXT, centre, .max = IMPORT_VALUE_MAX, .label = N_("Centre"), .width = 4) \
	F(REC, FT_TEXT, employer, .max = IMPORT_VALUE_MAX, .pii = P2, .label = N_("Employer"), .width = 20) \
	F(REC, FT_TEXT, plant, .max = IMPORT_VALUE_MAX, .pii = P2, .label = N_("Plant"), .width = 16) \
	F(REC, FT_TEXT, workshop, .max = IMPORT_VALUE_MAX, .pii = P2, .label = N_("Workshop"), .width = 12) \
	F(REC, FT_TEXT, post, .max = IMPORT_VALUE_MAX, .pii = P2, .label = N_("Post"), .width = 10) \
	F(REC, FT_TEXT, shift, .max = IMPORT_VALUE_MAX, .pii = P2, .label = N_("Shift pattern"), .width = 8) \
	F(REC, FT_TEXT, team, .max = IMPORT_VALUE_MAX, .pii = P2, .label = N_("Shift team"), .width = 4) \
	F(REC, FT_TEXT, employee_no, .max = IMPORT_VALUE_MAX, .pii = P2, .label = N_("Employee number"), .width = 10) \
	F(REC, FT_TEXT, remark, .max = IMPORT_VALUE_MAX, .pii = P2, .label = N_("Remark"), .width = 16)

struct import_row { IMPORT_ROW_FIELDS(FIELD_MEMBER, import_row) };

extern const struct field_table import_row_fields;

#endif
