/* What the learners of a demo world have studied: enrolments, results and the
 * entries of the ledger, term by term, so that booking days never go back. */
#include "core/store/demo_parts.h"

#include <stdlib.h>
#include <string.h>

enum { CURRENT_TERM = INTAKES - 1 };

/* The courses a learner takes in the K-th term of study: [*from, *to). */
static void term_courses(const struct world *w, const struct demo_student *d, int k,
			 size_t *from, size_t *to)
{
	size_t most = w->course_count[d->programme];
	size_t all = d->courses < most ? d->courses : most;

	*from = all * (size_t)k / STUDY_TERMS;
	*to = all * (size_t)(k + 1) / STUDY_TERMS;
}

struct study {
	struct world *w;
	int64_t student, student_id;
	int term;
	struct arena arena;
};

static int enrolment_add(struct study *st, const struct demo_course *course,
			 enum enrolment_state state, struct error *err)
{
	const struct demo_student *d = &st->w->student[st->student];
	struct enrolment *e = record_new(&st->arena, &enrolment_fields);

	e->student_id = st->student_id;
	e->course_id = course->id;
	e->term_id = st->w->term_id[st->term];
	e->cohort_id = st->w->cohorts[d->cohort].id;
	e->state = state;
	return demo_put(st->w, KIND_ENROLMENT, e, err);
}

static int result_add(struct study *st, const struct demo_course *course, size_t index,
		      struct error *err)
{
	struct world *w = st->w;
	const struct demo_student *d = &w->student[st->student];
	uint64_t chance = demo_mix(w->seed, STREAM_MARK + 1000 * (index + 1), (uint64_t)st->student);
	bool passed = d->status == STUDENT_GRADUATED || chance % 100 >= 8;
	struct course_result *r = record_new(&st->arena, &course_result_fields);
	struct ledger_entry *entry;
	int rc;

	r->student_id = st->student_id;
	r->course_id = course->id;
	r->term_id = w->term_id[st->term];
	r->formative = passed ? 6000 + (int64_t)(chance / 128 % 4001) : 3000 + (int64_t)(chance / 128 % 2500);
	r->final = passed ? 6000 + (int64_t)(chance / 65536 % 3901) : 2000 + (int64_t)(chance / 65536 % 3500);
	r->composite = (r->formative * 3000 + r->final * 7000 + 5000) / 10000;
	r->outcome = passed ? OUTCOME_PASS : OUTCOME_FAIL;
	r->result_on = w->term_end[st->term];
	rc = demo_put(w, KIND_COURSE_RESULT, r, err);
	if (rc < 0 || !passed)
		return rc;
	entry = record_new(&st->arena, &ledger_entry_fields);
	entry->account_id = w->first_account_id + st->student;
	entry->amount_centi = course->credit_centi;
	entry->kind = ENTRY_RESULT;
	entry->module_code = course->module;
	entry->course_id = course->id;
	entry->result_id = r->id;
	entry->booked_on = r->result_on;
	entry->booked_by = w->registrar_id;
	return demo_put_entry(w, entry, err);
}

static int student_term(struct study *st, struct error *err)
{
	struct world *w = st->w;
	const struct demo_student *d = &w->student[st->student];
	int k = st->term - d->intake;
	size_t from, to;
	int rc = 0;

	if (k < 0 || k >= STUDY_TERMS)
		return 0;
	if (st->term == CURRENT_TERM) {
		if (d->status != STUDENT_ACTIVE || w->course_count[d->programme] < 2)
			return 0;
		from = d->courses < w->course_count[d->programme] - 1 ? d->courses : 0;
		to = from + 1;
	} else {
		term_courses(w, d, k, &from, &to);
	}
	for (size_t i = from; i < to && rc == 0; i++) {
		const struct demo_course *course = &w->course[d->programme][i];

		rc = enrolment_add(st, course, st->term == CURRENT_TERM ?
				   ENROL_ENROLLED : ENROL_COMPLETED, err);
		if (rc == 0 && st->term != CURRENT_TERM)
			rc = result_add(st, course, i, err);
	}
	return rc;
}

static int accounts_add(struct world *w, struct error *err)
{
	struct arena arena = ARENA_INIT;
	int rc = 0;

	for (int64_t s = 0; s < w->students && rc == 0; s++) {
		struct account *a = record_new(&arena, &account_fields);

		a->student_id = w->first_student_id + s;
		a->kind = ACCOUNT_EARNED;
		rc = demo_put(w, KIND_ACCOUNT, a, err);
		if (s == 0)
			w->first_account_id = a->id;
		if (s % 1000 == 999)
			arena_clear(&arena);
	}
	arena_release(&arena);
	return rc;
}

int demo_studies(struct world *w, struct error *err)
{
	struct study st = { .w = w, .arena = ARENA_INIT };
	int rc = accounts_add(w, err);

	for (st.term = 0; st.term < INTAKES && rc == 0; st.term++)
		for (st.student = 0; st.student < w->students && rc == 0; st.student++) {
			st.student_id = w->first_student_id + st.student;
			rc = student_term(&st, err);
			if (st.student % 1000 == 999) {
				arena_clear(&st.arena);
				if (rc == 0)
					rc = demo_step(w, 1000 / 20, err);
			}
		}
	arena_release(&st.arena);
	return rc;
}

/* --- certificates --- */

static const struct {
	const char *code;
	bool level;
	int months; /* 0: no expiry */
	unsigned share; /* of 1000 persons */
} kinds[] = {
	{ "T-WELD", true, 0, 110 }, { "T-MAINT", true, 0, 70 }, { "T-SAFE", false, 0, 130 },
	{ "T-FORK", true, 48, 50 }, { "T-EXCEL", true, 36, 60 }, { "T-POST", true, 0, 30 },
	{ "TR-SAFETY", false, 0, 80 }, { "MC-1", false, 0, 20 }, { "MC-3", false, 0, 20 },
};

static int certificate_add(struct world *w, int64_t person, size_t k, int64_t type_id,
			   struct arena *arena, struct error *err)
{
	uint64_t p = (uint64_t)person;
	uint64_t chance = demo_mix(w->seed, STREAM_CERT_LEVEL + 1000 * (k + 1), p);
	struct certificate *c = record_new(arena, &certificate_fields);

	c->person_id = w->first_person_id + person;
	c->type_id = type_id;
	c->cert_no = arena_printf(arena, "%s-%08lld", kinds[k].code, (long long)person + 1);
	if (kinds[k].level)
		c->level = 5 - (int64_t)(chance % 100 < 35 ? 0 : chance % 100 < 75 ? 1 : chance % 100 < 93 ? 2 : 3);
	if (kinds[k].code[0] == 'M')
		c->mark = 6000 + (int64_t)(chance / 128 % 4001);
	c->issued_on = w->today - 200 - (int64_t)(chance / 4096 % 2800);
	if (kinds[k].months)
		c->expires_on = date_add_months(c->issued_on, kinds[k].months) - 1;
	c->state = CERT_HELD;
	if (chance / 65536 % 100 < 55) {
		c->state = CERT_VERIFIED;
		c->verified_by = w->registrar_id;
		c->verified_on = c->issued_on + 60;
	}
	return demo_put(w, KIND_CERTIFICATE, c, err);
}

int demo_certificates(struct world *w, struct error *err)
{
	enum { COUNT = sizeof kinds / sizeof kinds[0] };
	int64_t type_id[COUNT];
	struct arena arena = ARENA_INIT;
	int rc = 0;

	for (size_t k = 0; k < COUNT && rc == 0; k++) {
		void *type = NULL;

		rc = tx_by_text(w->tx, KIND_CERTIFICATE_TYPE, "code", kinds[k].code, &type, err);
		if (rc == 0)
			type_id[k] = ((struct certificate_type *)type)->id;
	}
	for (int64_t person = 0; person < w->persons && rc == 0; person++) {
		for (size_t k = 0; k < COUNT && rc == 0; k++)
			if (demo_pick(w, STREAM_CERT + 1000 * (k + 1), (uint64_t)person, 1000) <
			    kinds[k].share)
				rc = certificate_add(w, person, k, type_id[k], &arena, err);
		if (person % 1000 == 999) {
			arena_clear(&arena);
			if (rc == 0)
				rc = demo_step(w, 100, err);
		}
	}
	arena_release(&arena);
	return rc;
}
