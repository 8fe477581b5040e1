/* The rows of a student file against each other and against what is here:
 * who is new, what changes, what is refused. Nothing is written yet, so a row
 * sees what the rows before it will have done. */
#include "core/store/import_internal.h"

#include <stdlib.h>
#include <string.h>

#include "core/store/local.h"

enum { PROGRESS_ROWS = 4096 };

int import_progress(struct tx *tx, int64_t done, int64_t total, struct error *err)
{
	struct store *store = &tx->local->store;

	if (store->progress && store->progress(store->progress_context, done, total))
		return error_reason(err, REASON_CANCELLED, NULL);
	return 0;
}

void import_list_add(struct import_list *list, void *item)
{
	if (list->count == list->room) {
		list->room = list->room ? list->room * 2 : 64;
		list->items = mem_grow(list->items, list->room * sizeof(void *));
	}
	list->items[list->count++] = item;
}

void import_lot_release(struct import_lot *lot)
{
	free(lot->persons.items);
	free(lot->learners.items);
	free(lot->jobs.items);
	free(lot->changed_persons.items);
	free(lot->changed_learners.items);
	free(lot->changed_jobs.items);
	free(lot->closed_jobs.items);
	*lot = (struct import_lot){ .persons = { .items = NULL } };
}

static bool same(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

/* --- the job --- */

static bool job_named(const struct import_item *item)
{
	return item->employer || item->plant || item->workshop || item->post ||
	       item->employee_no || item->shift_pattern_id != OV_NULL;
}

/* What the job will be: the row's values, and the present ones where the row
 * is silent; another employer takes nothing over. */
static struct employment job_wanted(const struct import_item *item, const struct employment *now)
{
	bool stays = now && (!item->employer || same(item->employer, now->employer));
	struct employment want = {
		.employer = item->employer, .plant = item->plant, .workshop = item->workshop,
		.post = item->post, .employee_no = item->employee_no,
		.shift_pattern_id = item->shift_pattern_id, .team_offset = item->team_offset,
		.valid_from = OV_NULL, .valid_to = OV_NULL
	};

	if (!stays)
		return want;
	want.employer = now->employer;
	want.plant = item->plant ? item->plant : now->plant;
	want.workshop = item->workshop ? item->workshop : now->workshop;
	want.post = item->post ? item->post : now->post;
	want.employee_no = item->employee_no ? item->employee_no : now->employee_no;
	if (item->shift_pattern_id == OV_NULL) {
		want.shift_pattern_id = now->shift_pattern_id;
		want.team_offset = now->team_offset;
	}
	return want;
}

static bool job_same(const struct employment *a, const struct employment *b)
{
	return same(a->employer, b->employer) && same(a->plant, b->plant) &&
	       same(a->workshop, b->workshop) && same(a->post, b->post) &&
	       same(a->employee_no, b->employee_no) &&
	       a->shift_pattern_id == b->shift_pattern_id && a->team_offset == b->team_offset;
}

/* A change closes the present job today and begins another; a job that began
 * today, or has not begun, is corrected instead: it has no day to be closed on. */
static void job_change(struct import_state *state, struct import_person *person,
		       const struct employment *want, int64_t from)
{
	struct employment *job = person->job;

	if (job && !person->job_fresh && job->valid_from < state->tx->today) {
		person->old_job = job;
		job = NULL;
	}
	if (!job) {
		person->job = record_new(&state->arena, &employment_fields);
		person->job->valid_from = person->old_job ? state->tx->today : from;
		person->job_fresh = person->job_made = true;
	} else {
		person->job_changed = !person->job_fresh;
	}
	job = person->job;
	job->employer = want->employer;
	job->plant = want->plant;
	job->workshop = want->workshop;
	job->post = want->post;
	job->employee_no = want->employee_no;
	job->shift_pattern_id = want->shift_pattern_id;
	job->team_offset = want->team_offset;
}

/* --- one row --- */

struct step {
	struct import_state *state;
	const struct import_item *item;
	int64_t row;
	size_t learner, person; /* SIZE_MAX: a new one */
};

static void note(struct step *step, enum reason reason, const char *field)
{
	import_note(step->state->notes, step->row, reason, field, NULL);
}

static bool items_equal(const struct import_item *a, const struct import_item *b)
{
	return same(a->full_name, b->full_name) && same(a->doc_no, b->doc_no) &&
	       same(a->mobile, b->mobile) && same(a->email, b->email) &&
	       same(a->employer, b->employer) && same(a->plant, b->plant) &&
	       same(a->workshop, b->workshop) && same(a->post, b->post) &&
	       same(a->employee_no, b->employee_no) && a->doc_kind == b->doc_kind &&
	       a->sex == b->sex && a->programme_id == b->programme_id &&
	       a->cohort_id == b->cohort_id && a->branch_id == b->branch_id &&
	       a->centre_id == b->centre_id && a->registered_on == b->registered_on &&
	       a->shift_pattern_id == b->shift_pattern_id && a->team_offset == b->team_offset;
}

/* May this row stand with the learner and person it is about? The reason, or
 * REASON_NONE; *field is the field it is about. */
static enum reason row_verdict(const struct step *step, const char **field)
{
	const struct import_state *state = step->state;
	const struct import_item *item = step->item;
	const struct person *person = step->person == SIZE_MAX ? NULL :
				      state->persons[step->person].record;

	if (step->learner != SIZE_MAX) {
		const struct import_learner *learner = &state->learners[step->learner];

		*field = "student_no";
		if (learner->row >= 0)
			return REASON_IM_DUPLICATE;
		*field = "doc_no";
		if (person && person->doc_no && (person->doc_kind != item->doc_kind ||
						 !same(person->doc_no, item->doc_no)))
			return REASON_IM_CLASH;
		*field = "programme";
		if (learner->record->programme_id != item->programme_id)
			return REASON_IM_PROGRAMME_CHANGE;
	}
	*field = "full_name";
	if (person && !same(person->full_name, item->full_name) &&
	    (step->learner == SIZE_MAX || state->persons[step->person].taken))
		return REASON_IM_PERSON;
	*field = "employer";
	if (job_named(item) && !item->employer &&
	    (!person || !state->persons[step->person].job))
		return REASON_FIELD_REQUIRED;
	return REASON_NONE;
}

/* Another person's present number at the same employer. */
static int job_taken(const struct step *step, bool *taken, struct error *err)
{
	struct import_state *state = step->state;
	const struct employment *job = step->person == SIZE_MAX ? NULL :
				       state->persons[step->person].job;
	struct employment want = job_wanted(step->item, job);
	size_t holder;
	int rc;

	*taken = false;
	if (!want.employer || !want.employee_no)
		return 0;
	rc = import_find_job(state, want.employer, want.employee_no, &holder, err);
	if (rc == 0 && holder != SIZE_MAX && holder != step->person) {
		const struct employment *theirs = state->persons[holder].job;

		*taken = theirs && same(theirs->employer, want.employer) &&
			 same(theirs->employee_no, want.employee_no);
	}
	return rc;
}

/* A text of the person: the row's value if it says one. The first row of the
 * file that is about him decides; what a later one says differently is shown. */
static void person_text(struct step *step, struct import_person *person, const char **slot,
			const char *value, const char *field)
{
	if (!value || same(*slot, value))
		return;
	if (person->taken) {
		note(step, REASON_IM_KEPT, field);
		return;
	}
	*slot = value;
	person->changed = true;
}

static void person_apply(struct step *step)
{
	struct import_person *person = &step->state->persons[step->person];
	const struct import_item *item = step->item;
	struct person *record = person->record;
	struct employment want;

	if (!same(record->full_name, item->full_name)) {
		record->name_pinyin = item->name_pinyin;
		record->name_initials = item->name_initials;
	}
	person_text(step, person, &record->full_name, item->full_name, "full_name");
	person_text(step, person, &record->mobile, item->mobile, "mobile");
	person_text(step, person, &record->email, item->email, "email");
	if (!record->doc_no) {
		record->doc_kind = item->doc_kind;
		record->doc_no = item->doc_no;
		record->birth_date = item->birth_date;
		if (record->consent_on == OV_NULL)
			record->consent_on = step->state->tx->today;
		person->changed = true;
	}
	if (item->sex != OV_NULL && item->sex != record->sex) {
		if (person->taken) {
			note(step, REASON_IM_KEPT, "sex");
		} else {
			record->sex = item->sex;
			person->changed = true;
		}
	}
	if (job_named(item)) {
		want = job_wanted(item, person->job);
		if (!person->job || !job_same(&want, person->job)) {
			if (person->taken && person->job)
				note(step, REASON_IM_KEPT, "employer");
			else
				job_change(step->state, person, &want, person->fresh ?
					   item->registered_on : step->state->tx->today);
			import_job_known(step->state, step->person);
		}
	}
	person->taken = true;
	if (!person->listed && (person->changed || person->job_changed || person->job_made)) {
		person->listed = true;
		import_list_add(&step->state->dirty, (void *)(uintptr_t)step->person);
	}
}

static void person_make(struct step *step)
{
	struct person *record = record_new(&step->state->arena, &person_fields);
	const struct import_item *item = step->item;

	record->full_name = item->full_name;
	record->name_pinyin = item->name_pinyin;
	record->name_initials = item->name_initials;
	record->doc_kind = item->doc_kind;
	record->doc_no = item->doc_no;
	record->birth_date = item->birth_date;
	record->sex = item->sex;
	record->mobile = item->mobile;
	record->email = item->email;
	/* The form that the roster was made from holds the consent. */
	record->consent_on = step->state->tx->today;
	record->id = step->state->next_person++;
	step->person = import_person_add(step->state, record);
	step->state->persons[step->person].fresh = true;
	step->state->persons[step->person].one_reading = item->one_reading;
	import_list_add(&step->state->lot->persons, record);
}

static void learner_make(struct step *step)
{
	struct student *record = record_new(&step->state->arena, &student_fields);
	const struct import_item *item = step->item;

	record->id = step->state->next_student++;
	record->person_id = step->state->persons[step->person].record->id;
	record->student_no = item->student_no;
	record->programme_id = item->programme_id;
	record->curriculum_id = item->curriculum_id;
	record->branch_id = item->branch_id;
	record->centre_id = item->centre_id;
	record->registered_on = item->registered_on;
	record->status = STUDENT_ACTIVE;
	record->status_since = item->registered_on;
	record->cohort_id = item->cohort_id;
	step->learner = import_learner_add(step->state, record, step->person);
	step->state->learners[step->learner].fresh = true;
	import_list_add(&step->state->lot->learners, record);
}

/* Only the cohort and the centre of a learner follow a roster: number, branch
 * and day of registration are what he was registered with, and standing and
 * curriculum have commands of their own. */
static bool learner_apply(struct step *step)
{
	struct import_learner *learner = &step->state->learners[step->learner];
	const struct import_item *item = step->item;

	if (item->cohort_id == OV_NULL || item->cohort_id == learner->record->cohort_id)
		return false;
	learner->record->cohort_id = item->cohort_id;
	learner->record->centre_id = item->centre_id;
	import_list_add(&step->state->lot->changed_learners, learner->record);
	return true;
}

static void row_create(struct step *step)
{
	if (step->person == SIZE_MAX)
		person_make(step);
	else
		note(step, REASON_IM_SECOND, "doc_no");
	person_apply(step);
	learner_make(step);
	step->state->learners[step->learner].row = step->row;
	step->state->counts.created++;
}

static void row_update(struct step *step)
{
	struct import_person *person = &step->state->persons[step->person];
	bool was_taken = person->taken, had_job = person->job != NULL;
	bool changed;

	/* Flags that stand from before belong to a row that is counted already. */
	person_apply(step);
	changed = !was_taken && (person->changed || person->job_changed || person->job_made);
	changed = (was_taken && !had_job && person->job_made) || changed;
	changed = learner_apply(step) || changed;
	step->state->learners[step->learner].row = step->row;
	if (changed)
		step->state->counts.updated++;
	else
		step->state->counts.unchanged++;
}

static int row_resolve(struct step *step, struct error *err)
{
	struct import_state *state = step->state;
	const char *field;
	enum reason reason;
	bool taken;
	int rc = import_find_learner(state, step->item->student_no, &step->learner, err);

	if (rc < 0)
		return rc;
	if (step->learner != SIZE_MAX) {
		int64_t earlier = state->learners[step->learner].row;

		step->person = state->learners[step->learner].person;
		if (earlier >= 0 && items_equal(step->item, &state->items[earlier])) {
			state->counts.unchanged++;
			return 0;
		}
	} else {
		rc = import_find_person(state, step->item->doc_kind, step->item->doc_no,
					&step->person, err);
	}
	if (rc < 0)
		return rc;
	reason = row_verdict(step, &field);
	if (reason == REASON_NONE) {
		rc = job_taken(step, &taken, err);
		if (rc < 0)
			return rc;
		field = "employee_no";
		reason = taken ? REASON_FIELD_UNIQUE : REASON_NONE;
	}
	if (reason != REASON_NONE) {
		note(step, reason, field);
		state->counts.refused++;
	} else if (step->learner == SIZE_MAX) {
		row_create(step);
	} else {
		row_update(step);
	}
	return 0;
}

/* The people of the lot who are new or change; their flags are fresh again. */
static void dirty_collect(struct import_state *state)
{
	struct import_lot *lot = state->lot;

	for (size_t i = 0; i < state->dirty.count; i++) {
		struct import_person *person = &state->persons[(uintptr_t)state->dirty.items[i]];

		if (person->changed && !person->fresh)
			import_list_add(&lot->changed_persons, person->record);
		if (person->old_job) {
			person->old_job->valid_to = state->tx->today;
			import_list_add(&lot->closed_jobs, person->old_job);
		}
		if (person->job_changed)
			import_list_add(&lot->changed_jobs, person->job);
		if (person->job_made) {
			person->job->id = state->next_job++;
			person->job->person_id = person->record->id;
			import_list_add(&lot->jobs, person->job);
		}
		person->changed = person->job_changed = person->job_made = person->listed = false;
		person->old_job = NULL;
	}
	state->dirty.count = 0;
}

int import_resolve(struct import_state *state, size_t from, size_t to, struct import_lot *lot,
		   struct error *err)
{
	int rc = 0;

	state->lot = lot;
	lot->first_person = state->first_person;
	for (size_t i = from; rc == 0 && i < to; i++) {
		struct step step = { .state = state, .item = &state->items[i], .row = (int64_t)i,
				     .learner = SIZE_MAX, .person = SIZE_MAX };

		if (!state->quiet && i % PROGRESS_ROWS == 0)
			rc = import_progress(state->tx, 0, 0, err);
		if (rc < 0)
			break;
		state->counts.read++;
		if (step.item->refused)
			state->counts.refused++;
		else
			rc = row_resolve(&step, err);
	}
	dirty_collect(state);
	return rc;
}
