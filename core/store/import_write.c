/* The writes of a student import: changed records one by one, new ones in bulk. */
#include "core/store/import_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/store/bulk.h"
#include "core/store/search_table.h"

/* What name_read() would say again. */
static void one_reading(const struct person *person, struct name_readings *readings)
{
	readings->count = 1;
	memcpy(readings->reading[0].syllables, person->name_pinyin, strlen(person->name_pinyin) + 1);
	memcpy(readings->reading[0].initials, person->name_initials,
	       strlen(person->name_initials) + 1);
}

/* A new learner has neither credits nor claims. */
static size_t line_of(const struct import_person *person, const struct student *student,
		      struct import_index *index, uint8_t line[SEARCH_LINE_BYTES])
{
	uint8_t packed[SEARCH_NUMBER_PACKED];
	const struct employment *job = person->job;
	struct civil day = date_to_civil(student->registered_on);
	struct search_group group = {
		.branch_id = student->branch_id, .centre_id = student->centre_id,
		.programme_id = student->programme_id, .curriculum_id = student->curriculum_id,
		.cohort_id = student->cohort_id == OV_NULL ? 0 : student->cohort_id,
		.year = day.year % 100,
	};
	struct search_line read = {
		.group_id = search_groups_id(&index->groups, &group), .status = student->status,
		.full_name = person->record->full_name,
		.name_len = strlen(person->record->full_name),
	};

	if (job && job->valid_to == OV_NULL) {
		read.work_id = search_works_id(&index->works, job->plant, job->workshop, job->post);
		read.pattern_id = job->shift_pattern_id == OV_NULL ? 0 : job->shift_pattern_id;
	}
	search_line_number_set(&read, student->student_no, packed);
	return search_line_write(&read, line);
}

void import_terms(const struct import_state *state, size_t from, struct import_index *index)
{
	struct search_terms *terms = &index->terms;
	uint8_t line[SEARCH_LINE_BYTES];
	struct name_readings one;

	for (size_t i = from; i < state->learner_count; i++) {
		const struct import_learner *learner = &state->learners[i];
		const struct student *student = learner->record;
		const struct person *person = state->persons[learner->person].record;
		struct search_subject subject = {
			.student_id = student->id, .student_no = student->student_no,
			.full_name = person->full_name, .mobile = person->mobile,
			.doc_no = person->doc_no
		};

		if (!learner->fresh)
			continue;
		subject.line = line;
		subject.line_len = line_of(&state->persons[learner->person], student,
					   index, line);
		if (state->persons[learner->person].one_reading) {
			one_reading(person, &one);
			subject.readings = &one;
		}
		search_terms_add(terms, &subject);
	}
}

int import_index_write(struct import_index *index, struct db *db, struct error *err)
{
	int rc = search_works_save(&index->works, db, err);

	if (rc == 0)
		rc = search_groups_save(&index->groups, db, err);
	return rc < 0 ? rc : search_table_put(db, &index->terms, err);
}

void import_index_release(struct import_index *index)
{
	search_works_release(&index->works);
	search_groups_release(&index->groups);
	search_terms_release(&index->terms);
}

/* Of people who were there before not all is known here: new jobs of theirs and
 * new registrations have their lines written anew at the end. */
static int known_mark(struct tx *tx, const struct import_lot *lot, struct error *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < lot->learners.count; i++)
		if (((const struct student *)lot->learners.items[i])->person_id < lot->first_person)
			rc = search_mark(tx, KIND_STUDENT, lot->learners.items[i], false,
					 err);

	for (size_t i = 0; rc == 0 && i < lot->jobs.count; i++)
		if (((const struct employment *)lot->jobs.items[i])->person_id < lot->first_person)
			rc = search_mark(tx, KIND_EMPLOYMENT, lot->jobs.items[i], false, err);
	return rc;
}

static int update_all(struct tx *tx, enum kind kind, const struct import_list *list,
		      struct error *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < list->count; i++)
		rc = tx_update(tx, kind, list->items[i], err);
	return rc;
}

static int insert_all(struct tx *tx, enum kind kind, const struct import_list *list,
		      struct error *err)
{
	return bulk_insert(tx, kind, list->items, list->count, 0, 0, err);
}

/* Old persons change before their new registrations come, whose search terms
 * are written at the end; old jobs end before new ones begin, since nobody has
 * two at a time. */
int import_write(struct tx *tx, const struct import_lot *lot, struct error *err)
{
	int rc = update_all(tx, KIND_PERSON, &lot->changed_persons, err);

	if (rc == 0)
		rc = update_all(tx, KIND_STUDENT, &lot->changed_learners, err);
	if (rc == 0)
		rc = update_all(tx, KIND_EMPLOYMENT, &lot->closed_jobs, err);
	if (rc == 0)
		rc = update_all(tx, KIND_EMPLOYMENT, &lot->changed_jobs, err);
	if (rc == 0)
		rc = insert_all(tx, KIND_PERSON, &lot->persons, err);
	if (rc == 0)
		rc = insert_all(tx, KIND_STUDENT, &lot->learners, err);
	if (rc == 0)
		rc = insert_all(tx, KIND_EMPLOYMENT, &lot->jobs, err);
	if (rc == 0)
		rc = known_mark(tx, lot, err);
	return rc;
}
