/* rule.import, result.import, calendar.import, session.import, claim.import:
 * files of rows, each of which is what one command would be given. All rows or
 * none: the outcome has an import_count and an import_finding for each refusal,
 * also when IM_REFUSED says that nothing was done. */
#include "core/store/commands/import_rows.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/store/commands/handlers.h"
#include "core/store/local.h"

#define ROWS_IMPORT_TABLE(REC, LIST) FIELD_TABLE(REC, LIST, #REC, N_("Import"), false, NULL);
ROWS_IMPORTS(ROWS_IMPORT_TABLE)

typedef int row_import(struct tx *tx, const struct rows_import_args *args, size_t at,
		       size_t *used, enum row_done *done, struct error *err);

int row_command(struct tx *tx, const char *name, int64_t target, const void *args,
		int64_t *id, struct error *err)
{
	const struct command_def *def = command_find(name);
	struct command command = { .def = def, .target = target, .expected_rev = OV_NULL,
				   .args = arena_memdup(tx->arena, args, def->args->size) };
	struct outcome outcome = { .id = 0 };
	int rc;

	bundle_init(&outcome.records, tx->arena);
	rc = def->run(tx, &command, &outcome, err);
	if (id)
		*id = outcome.id;
	return rc;
}

static void finding_add(struct outcome *outcome, size_t row, const struct error *why)
{
	struct import_finding *finding = record_new(outcome->records.arena, &import_finding_fields);

	finding->row = (int64_t)row + 1;
	finding->code = reason_code(why->reason);
	finding->field = arena_strdup(outcome->records.arena, why->field);
	finding->message = arena_strdup(outcome->records.arena, why->message);
	finding->refused = 1;
	bundle_add(&outcome->records, &import_finding_fields, finding);
}

/* What a row may be refused for; anything else ends the import. */
static bool of_the_row(const struct error *why)
{
	return why->code == OV_EREFUSED || why->code == OV_ENOTFOUND || why->code == OV_EUSAGE ||
	       why->code == OV_EINPUT;
}

static int progress(const struct tx *tx, size_t at, size_t count, struct error *err)
{
	const struct store *store = &tx->local->store;

	if (store->progress && store->progress(store->progress_context, (int64_t)at, (int64_t)count))
		return error_reason(err, REASON_CANCELLED, NULL);
	return 0;
}

/* The very file that was imported already changes nothing. */
static int imported_before(struct tx *tx, const char *noun, const struct rows_import_args *args,
			   bool *before, struct error *err)
{
	const struct filter filters[] = { FILTER_TEXT("noun", noun), FILTER_INT("refused", 0) };
	struct record_list list;

	*before = false;
	if (tx_find_all(tx, KIND_IMPORT_BATCH, filters, 2, 0, &list, err) < 0)
		return err->code;
	for (size_t i = 0; i < list.count && !*before; i++) {
		const struct import_batch *batch = list.items[i];

		*before = batch->sha256 && !memcmp(batch->sha256, args->sha256, HASH_BYTES);
	}
	return 0;
}

static int rows_run(struct tx *tx, const struct rows_import_args *args, row_import *run,
		    struct import_count *counts, struct outcome *outcome, struct error *err)
{
	const struct record_list *rows = args->rows;
	struct problems *problems = tx->problems;

	tx->problems = NULL;
	for (size_t at = 0; at < rows->count;) {
		enum row_done done = ROW_CREATED;
		struct error why = ERROR_INIT;
		size_t used = 1;

		if (at % 64 == 0 && progress(tx, at, rows->count, err) < 0)
			return err->code;
		if (run(tx, args, at, &used, &done, &why) < 0) {
			if (!of_the_row(&why)) {
				*err = why;
				return why.code;
			}
			finding_add(outcome, at, &why);
			counts->refused += (int64_t)used;
		} else {
			*(done == ROW_CREATED ? &counts->created : done == ROW_UPDATED ?
			  &counts->updated : &counts->unchanged) += (int64_t)used;
		}
		at += used;
	}
	tx->problems = problems;
	return 0;
}

static int rows_import(struct tx *tx, const struct command *command, const char *noun,
		       row_import *run, struct outcome *outcome, struct error *err)
{
	const struct rows_import_args *args = command->args;
	struct import_count *counts = record_new(tx->arena, &import_count_fields);
	struct import_batch *batch = record_new(tx->arena, &import_batch_fields);
	char count[24];
	bool before;

	*counts = (struct import_count){ .read = args->rows ? (int64_t)args->rows->count : 0 };
	bundle_add(&outcome->records, &import_count_fields, counts);
	if (imported_before(tx, noun, args, &before, err) < 0)
		return err->code;
	if (before)
		counts->unchanged = counts->read;
	else if (args->rows && rows_run(tx, args, run, counts, outcome, err) < 0)
		return err->code;
	snprintf(count, sizeof count, "%" PRId64, counts->refused);
	if (counts->refused)
		return error_reason(err, REASON_IM_REFUSED, "count", count, NULL);
	batch->noun = noun;
	batch->source = args->source;
	batch->sha256 = args->sha256;
	batch->read = counts->read;
	batch->created = counts->created;
	batch->updated = counts->updated;
	batch->unchanged = counts->unchanged;
	batch->refused = 0;
	tx->audit_detail = arena_printf(tx->arena, "read %" PRId64 ", created %" PRId64
					", updated %" PRId64 ", unchanged %" PRId64, counts->read,
					counts->created, counts->updated, counts->unchanged);
	tx->object_kind = KIND_IMPORT_BATCH;
	if (tx_insert(tx, KIND_IMPORT_BATCH, batch, err) < 0)
		return err->code;
	tx->object_id = outcome->id = batch->id;
	return 0;
}

int command_rule_import(struct tx *tx, const struct command *command, struct outcome *outcome,
			struct error *err)
{
	return rows_import(tx, command, "rule", import_rule_row, outcome, err);
}

int command_result_import(struct tx *tx, const struct command *command, struct outcome *outcome,
			  struct error *err)
{
	return rows_import(tx, command, "result", import_result_row, outcome, err);
}

int command_calendar_import(struct tx *tx, const struct command *command,
			    struct outcome *outcome, struct error *err)
{
	return rows_import(tx, command, "calendar", import_day_row, outcome, err);
}

int command_session_import(struct tx *tx, const struct command *command,
			   struct outcome *outcome, struct error *err)
{
	return rows_import(tx, command, "attendance", import_attendance_row, outcome, err);
}

int command_claim_import(struct tx *tx, const struct command *command, struct outcome *outcome,
			 struct error *err)
{
	return rows_import(tx, command, "claim", import_claim_row, outcome, err);
}
