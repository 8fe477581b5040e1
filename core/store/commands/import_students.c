/* student.import: the rows of a file of learners, DOMAIN.md 9.1 and 9.4. The
 * outcome has an import_count, and an import_finding for each refusal and each
 * advice in the order of rows, also when IM_REFUSED says that nothing was done. */
#include "core/store/commands/handlers.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/config/institution.h"
#include "core/store/bulk.h"
#include "core/store/commands/import_args.h"
#include "core/store/import_internal.h"

FIELD_TABLE(student_import_args, STUDENT_IMPORT_ARGS, "student_import_args", N_("Import"), false, NULL);

enum { PROGRESS_ROWS = 4096, THREAD_ROWS = 2000 };

static const char default_institution[] = "ouc";

/* --- each row alone, in two halves --- */

struct half {
	const struct import_context *context;
	const struct record_list *rows;
	struct import_item *items;
	size_t from, to;
	struct arena arena;
	struct import_notes notes;
	struct tx *tx; /* of the half that shows progress, else NULL */
	struct error *err;
	int rc;
};

static void *half_run(void *pointer)
{
	struct half *half = pointer;

	half->notes.arena = &half->arena;
	for (size_t i = half->from; i < half->to && half->rc == 0; i++) {
		if (half->tx && (i - half->from) % PROGRESS_ROWS == 0)
			half->rc = import_progress(half->tx, 0, 0, half->err);
		import_prepare(half->context, half->rows->items[i], (int64_t)i, &half->items[i],
			       &half->arena, &half->notes);
	}
	return NULL;
}

static int prepare_all(struct import_context *context, const struct record_list *rows,
		       struct import_item *items, struct half halves[2], struct tx *tx,
		       struct error *err)
{
	size_t middle = rows->count >= THREAD_ROWS ? rows->count / 2 : rows->count;
	pthread_t thread;
	bool threaded;

	halves[0] = (struct half){ .context = context, .rows = rows, .items = items,
				   .to = middle, .tx = tx, .err = err };
	halves[1] = (struct half){ .context = context, .rows = rows, .items = items,
				   .from = middle, .to = rows->count };
	threaded = middle < rows->count &&
		   pthread_create(&thread, NULL, half_run, &halves[1]) == 0;
	half_run(&halves[0]);
	if (threaded)
		pthread_join(thread, NULL);
	else
		half_run(&halves[1]);
	return halves[0].rc;
}

/* --- findings --- */

static int note_order(const void *a, const void *b)
{
	const struct import_note *const *x = a, *const *y = b;

	if ((*x)->row != (*y)->row)
		return (*x)->row < (*y)->row ? -1 : 1;
	return (*x > *y) - (*x < *y); /* as they were found */
}

static void findings_add(const struct import_notes *notes, struct bundle *bundle)
{
	const struct import_note **order = mem_alloc(notes->count * sizeof *order);

	for (size_t i = 0; i < notes->count; i++)
		order[i] = &notes->items[i];
	if (notes->count)
		qsort(order, notes->count, sizeof *order, note_order);
	for (size_t i = 0; i < notes->count; i++) {
		struct import_finding *finding = record_new(bundle->arena, &import_finding_fields);

		finding->row = order[i]->row + 1;
		finding->code = reason_code((int)order[i]->reason);
		finding->field = order[i]->field;
		finding->message = order[i]->message;
		finding->refused = reason_get(order[i]->reason)->result != OV_OK;
		bundle_add(bundle, &import_finding_fields, finding);
	}
	free(order);
}

static void notes_take(struct import_notes *all, struct import_notes *part)
{
	if (part->count) {
		all->items = mem_grow(all->items, (all->count + part->count) * sizeof *all->items);
		memcpy(all->items + all->count, part->items, part->count * sizeof *all->items);
		all->count += part->count;
		all->room = all->count;
	}
	free(part->items);
	*part = (struct import_notes){ .items = NULL };
}

/* --- the whole --- */

static int batch_add(struct tx *tx, const struct student_import_args *args,
		     const struct import_count *counts, int64_t *id, struct error *err)
{
	struct import_batch *batch = record_new(tx->arena, &import_batch_fields);
	int rc;

	batch->noun = "student";
	batch->source = args->source;
	batch->sha256 = args->sha256;
	batch->read = counts->read;
	batch->created = counts->created;
	batch->updated = counts->updated;
	batch->unchanged = counts->unchanged;
	batch->refused = counts->refused;
	rc = tx_insert(tx, KIND_IMPORT_BATCH, batch, err);
	*id = batch->id;
	tx->audit_detail = arena_printf(tx->arena, "read %" PRId64 ", created %" PRId64
					", updated %" PRId64 ", unchanged %" PRId64
					", refused %" PRId64, counts->read, counts->created,
					counts->updated, counts->unchanged, counts->refused);
	return rc;
}

static int ids_reserve(struct import_state *state, struct error *err)
{
	int rc = bulk_ids(state->tx, KIND_PERSON, &state->next_person, err);

	if (rc == 0)
		rc = bulk_ids(state->tx, KIND_STUDENT, &state->next_student, err);
	if (rc == 0)
		rc = bulk_ids(state->tx, KIND_EMPLOYMENT, &state->next_job, err);
	return rc;
}

/* What was decided goes into the outcome, refused or not. */
static int conclude(struct import_state *state, const struct student_import_args *args,
		    struct outcome *outcome, struct error *err)
{
	char count[24];

	bundle_add(&outcome->records, &import_count_fields,
		   arena_memdup(state->tx->arena, &state->counts, sizeof state->counts));
	findings_add(state->notes, &outcome->records);
	if (!state->counts.refused || args->partial == 1)
		return 0;
	snprintf(count, sizeof count, "%" PRId64, state->counts.refused);
	return error_reason(err, REASON_IM_REFUSED, "count", count, NULL);
}

static int import_run(struct import_context *context, struct tx *tx,
		      const struct student_import_args *args, struct outcome *outcome,
		      struct error *err)
{
	const struct record_list *rows = args->rows;
	struct import_item *items = mem_alloc(rows->count * sizeof *items);
	struct import_notes notes = { .arena = tx->arena };
	struct import_state state = { .tx = tx, .refs = context->refs, .items = items,
				      .item_count = rows->count, .notes = &notes };
	struct half halves[2];
	int rc = prepare_all(context, rows, items, halves, tx, err);

	notes_take(&notes, &halves[0].notes);
	notes_take(&notes, &halves[1].notes);
	arena_adopt(tx->arena, &halves[0].arena);
	arena_adopt(tx->arena, &halves[1].arena);
	if (rc == 0)
		rc = ids_reserve(&state, err);
	if (rc == 0)
		rc = import_resolve(&state, err);
	if (rc == 0)
		rc = conclude(&state, args, outcome, err);
	if (rc == 0)
		rc = import_write(&state, err);
	if (rc == 0)
		rc = batch_add(tx, args, &state.counts, &outcome->id, err);
	import_state_release(&state);
	free(notes.items);
	free(items);
	return rc;
}

int command_student_import(struct tx *tx, const struct command *command,
			   struct outcome *outcome, struct error *err)
{
	const struct student_import_args *args = command->args;
	struct institution institution;
	struct import_refs refs;
	struct import_context context = { .refs = &refs, .plan = &institution.plan,
					  .actor = tx->actor, .today = tx->today };
	int rc = institution_load(args->institution ? args->institution : default_institution,
				  &institution, err);

	if (rc < 0)
		return rc;
	rc = import_institution(tx, &institution, err);
	if (rc == 0)
		rc = import_refs_load(&refs, tx, err);
	if (rc == 0) {
		rc = import_run(&context, tx, args, outcome, err);
		import_refs_release(&refs);
	}
	institution_release(&institution);
	return rc;
}
