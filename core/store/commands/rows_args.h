/* rows_args.h: arguments of the imports of DOMAIN.md 9.5 and 9.6: the same as
 * those of student.import, each with rows of its own. */
#ifndef OV_STORE_COMMANDS_ROWS_ARGS_H
#define OV_STORE_COMMANDS_ROWS_ARGS_H

#include "core/model/file_rows.h"

/* sha256 stands for the rows in the request's hash (CMD_BULK). */
#define ROWS_ARGS(F, REC, ITEMS) \
	F(REC, FT_LIST, rows, .flags = REQ, .items = &ITEMS, .label = N_("Rows")) \
	F(REC, FT_TEXT, source, .max = 120, .label = N_("File")) \
	F(REC, FT_HASH, sha256, .flags = REQ, .label = N_("SHA-256")) \
	F(REC, FT_TEXT, reason, .max = 200, .pii = P2, .label = N_("Reason"))

#define RULE_IMPORT_ARGS(F, REC) ROWS_ARGS(F, REC, rule_row_fields)
#define RESULT_IMPORT_ARGS(F, REC) ROWS_ARGS(F, REC, result_row_fields)
#define CALENDAR_IMPORT_ARGS(F, REC) ROWS_ARGS(F, REC, day_row_fields)
#define SESSION_IMPORT_ARGS(F, REC) ROWS_ARGS(F, REC, attendance_row_fields)
#define CLAIM_IMPORT_ARGS(F, REC) ROWS_ARGS(F, REC, claim_file_row_fields)

#define ROWS_IMPORTS(X) \
	X(rule_import_args, RULE_IMPORT_ARGS) \
	X(result_import_args, RESULT_IMPORT_ARGS) \
	X(calendar_import_args, CALENDAR_IMPORT_ARGS) \
	X(session_import_args, SESSION_IMPORT_ARGS) \
	X(claim_import_args, CLAIM_IMPORT_ARGS)

/* They are one struct under several names. */
struct rows_import_args { ROWS_ARGS(FIELD_MEMBER, rows_import_args, rule_row_fields) };

#define ROWS_IMPORT_STRUCT(REC, LIST) \
	struct REC { LIST(FIELD_MEMBER, REC) }; \
	extern const struct field_table REC##_fields;
ROWS_IMPORTS(ROWS_IMPORT_STRUCT)
#undef ROWS_IMPORT_STRUCT

#endif
