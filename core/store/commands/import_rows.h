/* import_rows.h: how one row of a file becomes what a command is given; shared
 * by the files of the row imports. */
#ifndef OV_STORE_COMMANDS_IMPORT_ROWS_H
#define OV_STORE_COMMANDS_IMPORT_ROWS_H

#include "core/store/commands/rows_args.h"
#include "core/model/reason.h"
#include "core/store/tx.h"

enum row_done { ROW_CREATED, ROW_UPDATED, ROW_UNCHANGED };

/* Values as people write them; empty leaves the null of a new record. They name
 * the field and answer OV_EREFUSED: IM_DECIMALS for more than two decimals,
 * FIELD_RANGE, FIELD_TYPE, FIELD_CHOICE. */
int row_centi(const char *text, const char *field, const char *label, int64_t min, int64_t max,
	      int64_t *value, struct error *err);
int row_number(const char *text, const char *field, const char *label, int64_t min, int64_t max,
	       int64_t *value, struct error *err);
int row_date(const char *text, const char *field, const char *label, int64_t *value,
	     struct error *err);
int row_choice(const char *text, const char *field, const char *label,
	       const struct enum_table *table, int64_t *value, struct error *err);
/* 1–5, or 初级工 … 高级技师 (5 … 1). */
int row_level(const char *text, int64_t *value, struct error *err);
int row_needed(const char *text, const char *field, const char *label, struct error *err);
/* The record with this text, NOT_FOUND with the field. */
int row_record(struct tx *tx, enum kind kind, const char *key, const char *text,
	       const char *field, void **record, struct error *err);
/* The next piece of "A; B; C", NULL at the end. */
const char *row_piece(const char **at, struct arena *arena);

/* Calls the handler of another command within this transaction. */
int row_command(struct tx *tx, const char *name, int64_t target, const void *args,
		int64_t *id, struct error *err);

/* One row (a claim: and those after it of the same learner; *used says how many). */
int import_rule_row(struct tx *tx, const struct rows_import_args *args, size_t at, size_t *used,
		    enum row_done *done, struct error *err);
int import_result_row(struct tx *tx, const struct rows_import_args *args, size_t at,
		      size_t *used, enum row_done *done, struct error *err);
int import_day_row(struct tx *tx, const struct rows_import_args *args, size_t at, size_t *used,
		   enum row_done *done, struct error *err);
int import_attendance_row(struct tx *tx, const struct rows_import_args *args, size_t at,
			  size_t *used, enum row_done *done, struct error *err);
int import_claim_row(struct tx *tx, const struct rows_import_args *args, size_t at, size_t *used,
		     enum row_done *done, struct error *err);

#endif
