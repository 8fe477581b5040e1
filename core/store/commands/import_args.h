/* import_args.h: arguments of student.import and student.export. */
#ifndef OV_STORE_COMMANDS_IMPORT_ARGS_H
#define OV_STORE_COMMANDS_IMPORT_ARGS_H

#include "core/model/import_row.h"
#include "core/model/person.h"

/* sha256 stands for the rows in the request's hash (CMD_BULK). Without an
 * institution the plan is that of data/institutions/ouc.ini. */
#define STUDENT_IMPORT_ARGS(F, REC) \
	F(REC, FT_LIST, rows, .flags = REQ, .items = &import_row_fields, .label = N_("Rows")) \
	F(REC, FT_TEXT, source, .max = 120, .label = N_("File")) \
	F(REC, FT_HASH, sha256, .flags = REQ, .label = N_("SHA-256")) \
	F(REC, FT_BOOL, partial, .label = N_("Import the good rows though others are refused")) \
	F(REC, FT_TEXT, institution, .max = 200, .label = N_("Number plan of")) \
	F(REC, FT_TEXT, reason, .max = 200, .pii = P2, .label = N_("Reason"))

/* Each narrows the export; codes for programme, cohort, branch and centre. */
#define STUDENT_EXPORT_ARGS(F, REC) \
	F(REC, FT_TEXT, student_no, .max = 13, .label = N_("Student number")) \
	F(REC, FT_TEXT, programme, .max = 20, .label = N_("Programme")) \
	F(REC, FT_TEXT, cohort, .max = 20, .label = N_("Cohort")) \
	F(REC, FT_TEXT, branch, .max = 3, .label = N_("Branch")) \
	F(REC, FT_TEXT, centre, .max = 3, .label = N_("Centre")) \
	F(REC, FT_ENUM, status, .enums = &student_status_enum, .label = N_("Standing")) \
	F(REC, FT_TEXT, employer, .max = 80, .label = N_("Employer")) \
	F(REC, FT_TEXT, plant, .max = 80, .label = N_("Plant")) \
	F(REC, FT_TEXT, reason, .max = 200, .flags = REQ, .pii = P2, .label = N_("Reason"))

struct student_import_args { STUDENT_IMPORT_ARGS(FIELD_MEMBER, student_import_args) };
struct student_export_args { STUDENT_EXPORT_ARGS(FIELD_MEMBER, student_export_args) };

extern const struct field_table student_import_args_fields, student_export_args_fields;

#endif
