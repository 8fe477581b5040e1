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
#include "core/store/search_index.h"

FIELD_TABLE(student_import_args, STUDENT_IMPORT_ARGS, "student_import_args", N_("Import"), false, NULL);

enum { LOTS = 8, LOT_ROWS = 4096 }; /* lots of a file; fewest rows of one */

static const char default_institution[] = "ouc";

/* --- lots --- */

/* The thread that decides, and what it is to do next. */
struct decider {
	const struct import_context *context;
	const struct record_list *rows;
	struct import_item *items;
	struct import_state *state;
	struct import_lot lot;
	size_t from, to;
	struct import_index index; /* of all new learners so far */
	bool sort;                 /* all rows are decided: only that is left */
	pthread_t thread;
	bool running;
	struct error err;
	int rc;
};

static void *decide(void *pointer)
{
	struct decider *d = pointer;
	size_t learners = d->state->learner_count;

	if (d->sort) {
		search_terms_sort(&d->index.terms);
		return NULL;
	}
	for (size_t i = d->from; i < d->to; i++)
		import_prepare(d->context, d->rows->items[i], (int64_t)i, &d->items[i],
			       &d->state->arena, d->state->notes);
	d->rc = import_resolve(d->state, d->from, d->to, &d->lot, &d->err);
	if (d->rc == 0)
		import_terms(d->state, learners, &d->index);
	return NULL;
}

/* The next lot, or after the last one the order of the search terms. */
static void decider_start(struct decider *d, size_t lot_rows, bool beside)
{
	d->from = d->to;
	d->to = d->rows->count - d->from > lot_rows ? d->from + lot_rows : d->rows->count;
	d->sort = d->from == d->to;
	d->running = beside && pthread_create(&d->thread, NULL, decide, d) == 0;
	if (!d->running)
		decide(d);
}

static void decider_wait(struct decider *d)
{
	if (d->running)
		pthread_join(d->thread, NULL);
	d->running = false;
}

/* Decides all rows and, as long as nothing speaks against it, writes them. The
 * database is asked by one thread only: unless all of it that matters was read
 * before, there is one lot and no second thread. */
static int lots_run(struct decider *d, struct tx *tx, bool partial, struct error *err)
{
	const struct import_count *counts = &d->state->counts;
	bool beside = d->state->all_loaded && d->rows->count > LOT_ROWS;
	size_t lot_rows = !beside ? d->rows->count : d->rows->count / LOTS > LOT_ROWS ?
			  d->rows->count / LOTS : LOT_ROWS;
	int rc = 0;

	d->state->quiet = beside;
	decider_start(d, lot_rows, false);
	while (rc == 0 && d->rc == 0 && !d->sort) {
		struct import_lot lot = d->lot;
		bool write = partial || !counts->refused;

		d->lot = (struct import_lot){ .persons = { .items = NULL } };
		decider_start(d, lot_rows, beside);
		if (write)
			rc = import_write(tx, &lot, err);
		if (rc == 0)
			rc = import_progress(tx, (int64_t)d->from, (int64_t)d->rows->count, err);
		decider_wait(d);
		import_lot_release(&lot);
	}
	if (rc == 0 && d->rc < 0) {
		*err = d->err;
		rc = d->rc;
	}
	import_lot_release(&d->lot);
	return rc;
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

	state->first_person = state->next_person;
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
	struct import_notes notes = { .items = NULL };
	struct import_state state = { .tx = tx, .refs = context->refs, .items = items,
				      .item_count = rows->count, .notes = &notes };
	struct decider decider = { .context = context, .rows = rows, .items = items,
				   .state = &state, .index = { .terms = SEARCH_TERMS_INIT } };
	int rc;

	notes.arena = &state.arena;
	rc = ids_reserve(&state, err);
	if (rc == 0)
		rc = import_load(&state, err);
	if (rc == 0)
		rc = search_works_load(&decider.index.works, tx->db, err);
	if (rc == 0)
		rc = search_groups_load(&decider.index.groups, tx->db, err);
	if (rc == 0)
		rc = lots_run(&decider, tx, args->partial == 1, err);
	arena_adopt(tx->arena, &state.arena);
	if (rc == 0)
		rc = conclude(&state, args, outcome, err);
	if (rc == 0)
		rc = import_index_write(&decider.index, tx->db, err);
	if (rc == 0)
		rc = batch_add(tx, args, &state.counts, &outcome->id, err);
	import_index_release(&decider.index);
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
