/* The writes of a student import: changed records one by one, new ones in
 * bulk, search terms last, gathered by a second thread meanwhile. */
#include "core/store/import_internal.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "core/store/bulk.h"
#include "core/store/local.h"
#include "core/store/search_index.h"

/* Records to be inserted, in the order of their ids. */
struct fresh {
	void **items;
	size_t count;
};

struct terms_work {
	const struct import_state *state;
	struct search_terms terms;
};

/* What name_read() would say again. */
static void one_reading(const struct person *person, struct name_readings *readings)
{
	readings->count = 1;
	memcpy(readings->reading[0].syllables, person->name_pinyin, strlen(person->name_pinyin) + 1);
	memcpy(readings->reading[0].initials, person->name_initials,
	       strlen(person->name_initials) + 1);
}

static void *terms_gather(void *context)
{
	struct terms_work *work = context;
	const struct import_state *state = work->state;
	struct name_readings one;

	for (size_t i = 0; i < state->learner_count; i++) {
		const struct import_learner *learner = &state->learners[i];
		const struct student *student = learner->record;
		const struct person *person = state->persons[learner->person].record;
		struct search_subject subject = {
			.student_id = student->id, .branch_id = student->branch_id,
			.centre_id = student->centre_id,
			.active = student->status == STUDENT_ACTIVE,
			.student_no = student->student_no, .full_name = person->full_name,
			.mobile = person->mobile, .doc_no = person->doc_no
		};

		if (!learner->fresh)
			continue;
		if (state->persons[learner->person].one_reading) {
			one_reading(person, &one);
			subject.readings = &one;
		}
		search_terms_add(&work->terms, &subject);
	}
	search_terms_sort(&work->terms);
	return NULL;
}

/* Persons and jobs that are here already; the old job is closed first, since
 * nobody has two at a time. */
static int person_write(struct import_state *state, struct import_person *person,
			struct error *err)
{
	struct tx *tx = state->tx;
	int rc = 0;

	if (person->changed && !person->fresh)
		rc = tx_update(tx, KIND_PERSON, person->record, err);
	if (rc == 0 && person->old_job) {
		person->old_job->valid_to = tx->today;
		rc = tx_update(tx, KIND_EMPLOYMENT, person->old_job, err);
	}
	if (rc == 0 && person->job_changed)
		rc = tx_update(tx, KIND_EMPLOYMENT, person->job, err);
	return rc;
}

static int changed_write(struct import_state *state, struct error *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < state->person_count; i++)
		rc = person_write(state, &state->persons[i], err);
	for (size_t i = 0; rc == 0 && i < state->learner_count; i++)
		if (state->learners[i].changed && !state->learners[i].fresh)
			rc = tx_update(state->tx, KIND_STUDENT, state->learners[i].record, err);
	return rc;
}

static void fresh_collect(struct import_state *state, struct fresh *persons,
			  struct fresh *learners, struct fresh *jobs)
{
	struct arena *arena = state->tx->arena;

	persons->items = arena_array(arena, state->person_count, sizeof(void *));
	jobs->items = arena_array(arena, state->person_count, sizeof(void *));
	learners->items = arena_array(arena, state->learner_count, sizeof(void *));
	for (size_t i = 0; i < state->person_count; i++) {
		struct import_person *person = &state->persons[i];

		if (person->fresh)
			persons->items[persons->count++] = person->record;
		if (person->job_fresh) {
			person->job->id = state->next_job++;
			person->job->person_id = person->record->id;
			jobs->items[jobs->count++] = person->job;
		}
	}
	for (size_t i = 0; i < state->learner_count; i++)
		if (state->learners[i].fresh)
			learners->items[learners->count++] = state->learners[i].record;
}

static int fresh_write(struct import_state *state, struct error *err)
{
	struct fresh persons = { 0 }, learners = { 0 }, jobs = { 0 };
	struct tx *tx = state->tx;
	int64_t total, done = 0;
	int rc;

	fresh_collect(state, &persons, &learners, &jobs);
	total = (int64_t)(persons.count + learners.count + jobs.count);
	rc = bulk_insert(tx, KIND_PERSON, persons.items, persons.count, done, total, err);
	done += (int64_t)persons.count;
	if (rc == 0)
		rc = bulk_insert(tx, KIND_STUDENT, learners.items, learners.count, done, total, err);
	done += (int64_t)learners.count;
	if (rc == 0)
		rc = bulk_insert(tx, KIND_EMPLOYMENT, jobs.items, jobs.count, done, total, err);
	if (rc == 0)
		rc = import_progress(tx, total, total, err);
	return rc;
}

int import_write(struct import_state *state, struct error *err)
{
	struct terms_work work = { .state = state, .terms = SEARCH_TERMS_INIT };
	pthread_t thread;
	bool threaded;
	int rc;

	threaded = pthread_create(&thread, NULL, terms_gather, &work) == 0;
	rc = changed_write(state, err);
	if (rc == 0)
		rc = fresh_write(state, err);
	if (threaded)
		pthread_join(thread, NULL);
	else
		terms_gather(&work);
	if (rc == 0)
		rc = search_terms_insert(&work.terms, state->tx->db, err);
	search_terms_release(&work.terms);
	return rc;
}
