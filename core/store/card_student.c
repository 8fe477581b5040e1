/* The learner's card, and the credit account. */
#include "core/store/card_timetable.h"
#include "core/store/card.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/store/graduation_input.h"
#include "core/store/student_sums.h"

static int employment_add(struct card *card, int64_t person_id, struct error *err)
{
	const struct filter current[] = {
		FILTER_INT("person_id", person_id), FILTER_INT("valid_to", OV_NULL),
	};
	struct employment *employment;

	if (!card_may(card, PERM_SEE_P2))
		return 0;
	if (tx_find_one(card->tx, KIND_EMPLOYMENT, current, 2, (void **)&employment, err) < 0)
		return err->code;
	if (!employment)
		return 0;
	bundle_add(card->bundle, &employment_fields, employment);
	return card_add(card, KIND_SHIFT_PATTERN, employment->shift_pattern_id, err);
}

int card_add_certificates(struct card *card, int64_t person_id, struct error *err)
{
	const struct filter of_person[] = { FILTER_INT("person_id", person_id) };
	struct record_list list;

	if (!card_may(card, kind_permission(KIND_CERTIFICATE)))
		return 0;
	if (tx_find_all(card->tx, KIND_CERTIFICATE, of_person, 1, 0, &list, err) < 0)
		return err->code;
	for (size_t i = 0; i < list.count; i++) {
		const struct certificate *certificate = list.items[i];

		bundle_add(card->bundle, &certificate_fields, list.items[i]);
		if (card_add_once(card, KIND_CERTIFICATE_TYPE, certificate->type_id, err) < 0)
			return err->code;
	}
	return 0;
}

static int credits_add(struct card *card, const struct student *student, struct error *err)
{
	const struct curriculum *curriculum = bundle_first(card->bundle, &curriculum_fields);
	bool account = card_may(card, PERM_ACCOUNT), check = card_may(card, PERM_GRAD_CHECK);
	struct grad_result result;
	struct student_sums sums;

	if (!curriculum || (!account && !check))
		return 0;
	if (student_sums_load(card->tx, student, &sums, err) < 0)
		return err->code;
	if (account)
		module_credits_add(card->tx, &sums, curriculum, card->bundle);
	if (!check)
		return 0;
	if (graduation_run(card->tx, student, &sums, &result, err) < 0)
		return err->code;
	graduation_findings_add(card->tx, &result, card->bundle);
	return 0;
}

/* Numbers are typed in many ways; the store has one. */
int card_subject_student(struct card *card, struct student **student, struct error *err)
{
	const char *key = card->request->key;

	return card_subject(card, KIND_STUDENT, "student_no",
			    key ? text_normalise_id(key, card->tx->arena) : NULL,
			    (void **)student, err);
}

int card_student(struct card *card, struct error *err)
{
	struct student *student;

	if (card_subject_student(card, &student, err) < 0 ||
	    card_add_learner(card, student, err) < 0 ||
	    card_add(card, KIND_PROGRAMME, student->programme_id, err) < 0 ||
	    card_add(card, KIND_CURRICULUM, student->curriculum_id, err) < 0 ||
	    card_add(card, KIND_COHORT, student->cohort_id, err) < 0 ||
	    card_add(card, KIND_BRANCH, student->branch_id, err) < 0 ||
	    card_add_once(card, KIND_BRANCH, student->centre_id, err) < 0 ||
	    employment_add(card, student->person_id, err) < 0 ||
	    credits_add(card, student, err) < 0 ||
	    card_add_claims(card, student->id, err) < 0 ||
	    card_add_certificates(card, student->person_id, err) < 0)
		return err->code;
	search_recent_add(&card->tx->local->recent,
			  card->tx->local->store.actor.user_id, student->id);
	return timetable_slots_add(card, AXIS_STUDENT, student->id, err);
}

static int entry_order(const void *a, const void *b)
{
	const struct statement *x = *(void *const *)a, *y = *(void *const *)b;

	return x->seq < y->seq ? -1 : x->seq > y->seq;
}

static int statement_of(struct card *card, const struct account *account,
			const struct ledger_entry *entry, int64_t balance,
			struct statement **out, struct error *err)
{
	struct statement *row = record_new(card->tx->arena, &statement_fields);
	struct credit_claim *claim;
	struct claim_line *line;
	struct course *course;

	row->seq = entry->seq;
	row->booked_on = entry->booked_on;
	row->account = account->kind;
	row->kind = entry->kind;
	row->amount_centi = entry->amount_centi;
	row->balance_centi = balance;
	row->module_code = entry->module_code;
	row->reverses_seq = entry->reverses_seq;
	if (entry->course_id != OV_NULL) {
		if (tx_get(card->tx, KIND_COURSE, entry->course_id, (void **)&course, err) < 0)
			return err->code;
		row->course = course->code;
	}
	if (entry->claim_line != OV_NULL) {
		if (tx_get(card->tx, KIND_CLAIM_LINE, entry->claim_line, (void **)&line, err) < 0 ||
		    tx_get(card->tx, KIND_CREDIT_CLAIM, line->claim_id, (void **)&claim, err) < 0)
			return err->code;
		row->claim_no = claim->claim_no;
	}
	*out = row;
	return 0;
}

/* All entries of all accounts by seq, each with the balance of its account. */
static int statements_add(struct card *card, const struct student_sums *sums, struct error *err)
{
	size_t count = 0, room = 0;
	void **rows;

	for (int kind = 0; kind <= ACCOUNT_POOL; kind++)
		room += sums->entries[kind].count;
	rows = arena_array(card->tx->arena, room, sizeof *rows);
	for (int kind = 0; kind <= ACCOUNT_POOL; kind++) {
		int64_t balance = 0;

		for (size_t i = 0; i < sums->entries[kind].count; i++) {
			const struct ledger_entry *entry = sums->entries[kind].items[i];

			balance += entry->amount_centi;
			if (statement_of(card, sums->accounts[kind], entry, balance,
					 (struct statement **)&rows[count++], err) < 0)
				return err->code;
		}
	}
	if (count)
		qsort(rows, count, sizeof *rows, entry_order);
	for (size_t i = 0; i < count; i++)
		bundle_add(card->bundle, &statement_fields, rows[i]);
	return 0;
}

int card_account(struct card *card, struct error *err)
{
	struct curriculum *curriculum;
	struct student_sums sums;
	struct student *student;

	if (card_subject_student(card, &student, err) < 0 ||
	    card_add_learner(card, student, err) < 0 ||
	    tx_get(card->tx, KIND_CURRICULUM, student->curriculum_id, (void **)&curriculum,
		   err) < 0 ||
	    student_sums_load(card->tx, student, &sums, err) < 0)
		return err->code;
	card->centre_id = student->centre_id;
	for (int kind = 0; kind <= ACCOUNT_POOL; kind++)
		if (sums.accounts[kind])
			bundle_add(card->bundle, &account_fields,
				   record_copy(card->tx->arena, &account_fields,
					       sums.accounts[kind]));
	module_credits_add(card->tx, &sums, curriculum, card->bundle);
	return statements_add(card, &sums, err);
}
