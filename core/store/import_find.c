/* Who of a student file is here already. A small database is read whole, which
 * costs less than three questions for each row; of a large one each row asks
 * for its own. */
#include "core/store/import_internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/store/local.h"

enum { LOAD_FACTOR = 4, LOAD_LEAST = 2000, KEY_MAX = 512 };

/* A key of two parts; the parts are checked values, far shorter than KEY_MAX. */
static size_t pair_key(char key[KEY_MAX], const char *a, const char *b)
{
	size_t first = strlen(a), second = strlen(b);

	if (first + second + 2 > KEY_MAX) { /* of the database, and absurd: no row says it */
		first = first < KEY_MAX / 2 ? first : KEY_MAX / 2 - 1;
		second = second < KEY_MAX / 2 ? second : KEY_MAX / 2 - 1;
	}
	memcpy(key, a, first);
	key[first] = '\x1f';
	memcpy(key + first + 1, b, second);
	key[first + 1 + second] = '\0';
	return first + 1 + second;
}

static size_t doc_key(char key[KEY_MAX], int64_t doc_kind, const char *doc_no)
{
	const char kind[2] = { (char)('0' + doc_kind), '\0' };

	return pair_key(key, kind, doc_no);
}

static const char *id_key(char key[KEY_MAX], int64_t id)
{
	snprintf(key, KEY_MAX, "%" PRId64, id);
	return key;
}

size_t import_person_add(struct import_state *state, struct person *record)
{
	size_t index = state->person_count++;
	char key[KEY_MAX];

	if (state->person_count > state->person_room) {
		state->person_room = state->person_room ? state->person_room * 2 : 256;
		state->persons = mem_grow(state->persons,
					  state->person_room * sizeof *state->persons);
	}
	state->persons[index] = (struct import_person){ .record = record };
	if (record->doc_no) {
		size_t len = doc_key(key, record->doc_kind, record->doc_no);

		text_map_put(&state->by_doc, arena_strndup(&state->arena, key, len),
			     (int64_t)index);
	}
	return index;
}

size_t import_learner_add(struct import_state *state, struct student *record, size_t person)
{
	size_t index = state->learner_count++;

	if (state->learner_count > state->learner_room) {
		state->learner_room = state->learner_room ? state->learner_room * 2 : 256;
		state->learners = mem_grow(state->learners,
					   state->learner_room * sizeof *state->learners);
	}
	state->learners[index] = (struct import_learner){ .record = record, .person = person,
							  .row = -1 };
	text_map_put(&state->by_number, record->student_no, (int64_t)index);
	return index;
}

void import_job_known(struct import_state *state, size_t person)
{
	const struct employment *job = state->persons[person].job;
	char key[KEY_MAX];
	size_t len;

	if (!job || !job->employee_no)
		return;
	len = pair_key(key, job->employer, job->employee_no);
	text_map_put(&state->by_job, arena_strndup(&state->arena, key, len), (int64_t)person);
}

/* --- reading --- */

/* Every record of a kind, in the order of ids, given to KEEP. */
static int each(struct import_state *state, enum kind kind, const char *where,
		void (*keep)(struct import_state *state, void *record), struct error *err)
{
	struct tx *tx = state->tx;
	const char *sql = arena_printf(tx->arena, "SELECT %s FROM \"%s\" t %s ORDER BY t.id",
				       local_sql(tx->local, kind)->columns,
				       kind_fields(kind)->name, where);
	struct stmt *stmt;
	int rc = db_prepare_many(tx->db, sql, &stmt, err);

	if (rc < 0)
		return rc;
	while ((rc = stmt_step(stmt, err)) > 0)
		keep(state, local_row(kind_fields(kind), stmt, 0, tx->arena));
	if (rc == 0)
		stmt_reset(stmt);
	return rc;
}

static void person_keep(struct import_state *state, void *record)
{
	const struct person *person = record;
	char key[KEY_MAX];

	text_map_put(&state->by_id, arena_strdup(&state->arena, id_key(key, person->id)),
		     (int64_t)import_person_add(state, record));
}

static size_t person_index(const struct import_state *state, int64_t id)
{
	char key[KEY_MAX];
	const int64_t *at = text_map_get(&state->by_id, id_key(key, id));

	return at ? (size_t)*at : SIZE_MAX;
}

static void job_keep(struct import_state *state, void *record)
{
	size_t person = person_index(state, ((const struct employment *)record)->person_id);

	if (person == SIZE_MAX)
		return;
	state->persons[person].job = record;
	import_job_known(state, person);
}

static void learner_keep(struct import_state *state, void *record)
{
	size_t person = person_index(state, ((const struct student *)record)->person_id);

	if (person != SIZE_MAX)
		import_learner_add(state, record, person);
}

int import_load(struct import_state *state, struct error *err)
{
	struct stmt *stmt;
	int64_t last;
	int rc = db_prepare(state->tx->db, "SELECT coalesce(max(id), 0) FROM person", &stmt, err);

	if (rc == 0)
		rc = stmt_step(stmt, err);
	if (rc < 0)
		return rc;
	last = stmt_int(stmt, 0);
	stmt_reset(stmt);
	text_map_reserve(&state->by_number, state->item_count);
	text_map_reserve(&state->by_doc, state->item_count);
	text_map_reserve(&state->by_job, state->item_count);
	state->all_loaded = last <= LOAD_LEAST ||
			    last <= (int64_t)state->item_count * LOAD_FACTOR;
	if (!state->all_loaded)
		return 0;
	rc = each(state, KIND_PERSON, "", person_keep, err);
	if (rc == 0)
		rc = each(state, KIND_EMPLOYMENT, "WHERE t.valid_to IS NULL", job_keep, err);
	if (rc == 0)
		rc = each(state, KIND_STUDENT, "", learner_keep, err);
	return rc;
}

/* A person of the database by id, with the present job. */
static int person_by_id(struct import_state *state, int64_t id, size_t *index, struct error *err)
{
	struct filter filters[] = {
		{ .field = "person_id", .op = FILTER_EQ, .number = id },
		{ .field = "valid_to", .op = FILTER_EQ, .number = OV_NULL },
	};
	void *record = NULL, *job = NULL;
	int rc;

	*index = person_index(state, id);
	if (*index != SIZE_MAX)
		return 0;
	rc = tx_get(state->tx, KIND_PERSON, id, &record, err);
	if (rc == 0)
		rc = tx_find_one(state->tx, KIND_EMPLOYMENT, filters, 2, &job, err);
	if (rc < 0)
		return rc;
	person_keep(state, record);
	*index = state->person_count - 1;
	if (job)
		job_keep(state, job);
	return 0;
}

int import_find_learner(struct import_state *state, const char *student_no, size_t *index,
			struct error *err)
{
	struct filter filter = FILTER_TEXT("student_no", student_no);
	const int64_t *at = text_map_get(&state->by_number, student_no);
	void *record;
	size_t person;
	int rc;

	*index = at ? (size_t)*at : SIZE_MAX;
	if (at || state->all_loaded)
		return 0;
	rc = tx_find_one(state->tx, KIND_STUDENT, &filter, 1, &record, err);
	if (rc < 0 || !record)
		return rc;
	rc = person_by_id(state, ((struct student *)record)->person_id, &person, err);
	if (rc == 0)
		*index = import_learner_add(state, record, person);
	return rc;
}

int import_find_person(struct import_state *state, int64_t doc_kind, const char *doc_no,
		       size_t *index, struct error *err)
{
	struct filter filters[] = {
		{ .field = "doc_kind", .op = FILTER_EQ, .number = doc_kind },
		{ .field = "doc_no", .op = FILTER_EQ, .number = OV_NULL, .text = doc_no },
	};
	const int64_t *at;
	void *record = NULL;
	char key[KEY_MAX];
	int rc = 0;

	doc_key(key, doc_kind, doc_no);
	at = text_map_get(&state->by_doc, key);
	*index = at ? (size_t)*at : SIZE_MAX;
	if (!at && !state->all_loaded) {
		rc = tx_find_one(state->tx, KIND_PERSON, filters, 2, &record, err);
		if (rc == 0 && record)
			rc = person_by_id(state, ((struct person *)record)->id, index, err);
	}
	/* Whoever was merged is the person he was merged into. */
	if (rc == 0 && *index != SIZE_MAX && !state->persons[*index].fresh &&
	    state->persons[*index].record->merged_into != OV_NULL)
		rc = person_by_id(state, state->persons[*index].record->merged_into, index, err);
	return rc;
}

int import_find_job(struct import_state *state, const char *employer, const char *employee_no,
		    size_t *index, struct error *err)
{
	struct filter filters[] = {
		{ .field = "employer", .op = FILTER_EQ, .number = OV_NULL, .text = employer },
		{ .field = "employee_no", .op = FILTER_EQ, .number = OV_NULL, .text = employee_no },
		{ .field = "valid_to", .op = FILTER_EQ, .number = OV_NULL },
	};
	char key[KEY_MAX];
	const int64_t *at;
	void *record;
	int rc;

	pair_key(key, employer, employee_no);
	at = text_map_get(&state->by_job, key);
	*index = at ? (size_t)*at : SIZE_MAX;
	if (at || state->all_loaded)
		return 0;
	rc = tx_find_one(state->tx, KIND_EMPLOYMENT, filters, 3, &record, err);
	if (rc < 0 || !record)
		return rc;
	return person_by_id(state, ((struct employment *)record)->person_id, index, err);
}

void import_state_release(struct import_state *state)
{
	text_map_release(&state->by_number);
	text_map_release(&state->by_doc);
	text_map_release(&state->by_job);
	text_map_release(&state->by_id);
	free(state->persons);
	free(state->learners);
	free(state->dirty.items);
}
