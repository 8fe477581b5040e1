/* The writes of a student import: changed records one by one, new ones in bulk. */
#include "core/store/import_internal.h"

#include <string.h>

#include "core/store/bulk.h"
#include "core/store/search_index.h"

/* What name_read() would say again. */
static void one_reading(const struct person *person, struct name_readings *readings)
{
	readings->count = 1;
	memcpy(readings->reading[0].syllables, person->name_pinyin, strlen(person->name_pinyin) + 1);
	memcpy(readings->reading[0].initials, person->name_initials,
	       strlen(person->name_initials) + 1);
}

void import_terms(const struct import_state *state, size_t from, struct search_terms *terms)
{
	struct name_readings one;

	for (size_t i = from; i < state->learner_count; i++) {
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
		search_terms_add(terms, &subject);
	}
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
	return rc;
}
