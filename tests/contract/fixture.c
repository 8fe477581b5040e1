#include "tests/contract/fixture.h"

#include <stdio.h>

#include "core/base/password.h"
#include "core/store/local.h"
#include "core/store/tx.h"

struct maker {
	struct tx tx;
	struct arena arena;
	struct error *err;
};

static int insert(struct maker *maker, enum kind kind, void *record)
{
	return tx_insert(&maker->tx, kind, record, maker->err);
}

static int branches(struct maker *maker)
{
	static const char *const codes[] = { "101", "110" };
	int rc = 0;

	for (int i = 0; rc == 0 && i < 2; i++) {
		struct branch *branch = record_new(&maker->arena, &branch_fields);

		branch->code = codes[i];
		branch->name = arena_printf(&maker->arena, "Branch %s", codes[i]);
		branch->kind = BRANCH_BRANCH;
		rc = insert(maker, KIND_BRANCH, branch);
	}
	return rc;
}

static int staff(struct maker *maker)
{
	static const struct {
		const char *login;
		enum role role;
		int64_t branch;
		enum user_state state;
	} rows[] = {
		{ "registrar", ROLE_REGISTRAR, OV_NULL, USER_ACTIVE },
		{ "viewer", ROLE_VIEWER, OV_NULL, USER_ACTIVE },
		{ "expert", ROLE_EXPERT, OV_NULL, USER_ACTIVE },
		{ "admin", ROLE_ADMIN, OV_NULL, USER_ACTIVE },
		{ "auditor", ROLE_AUDITOR, OV_NULL, USER_ACTIVE },
		{ "desk", ROLE_FRONT_DESK, OV_NULL, USER_ACTIVE },
		{ "far", ROLE_REGISTRAR, FIXTURE_BRANCH_2, USER_ACTIVE },
		{ "gone", ROLE_REGISTRAR, OV_NULL, USER_CLOSED },
	};
	char secret[PASSWORD_TEXT];
	int rc = 0;

	if (!password_hash("overpass", PASSWORD_DEMO, secret))
		return -1;
	for (size_t i = 0; rc == 0 && i < sizeof rows / sizeof rows[0]; i++) {
		struct user *user = record_new(&maker->arena, &user_fields);
		struct user_role *role = record_new(&maker->arena, &user_role_fields);

		user->login = rows[i].login;
		user->branch_id = rows[i].branch;
		user->secret = secret;
		user->state = rows[i].state;
		rc = insert(maker, KIND_USER, user);
		role->user_id = user->id;
		role->role = rows[i].role;
		if (rc == 0)
			rc = insert(maker, KIND_USER_ROLE, role);
	}
	return rc;
}

static int programme(struct maker *maker)
{
	struct cap_profile *cap = record_new(&maker->arena, &cap_profile_fields);
	struct programme *p = record_new(&maker->arena, &programme_fields);
	struct curriculum *c = record_new(&maker->arena, &curriculum_fields);
	int rc;

	cap->code = "CAP";
	cap->version = 1;
	cap->partial_module_credit = 0;
	cap->effective_from = 0;
	rc = insert(maker, KIND_CAP_PROFILE, cap);
	p->code = "P-1";
	p->name = "Programme";
	p->kind = PROGRAMME_DEGREE;
	p->level = LEVEL_ZHUANKE;
	p->training_model = TRAINING_WORK_STUDY;
	p->two_cert_required = 1;
	p->min_months = 30;
	p->max_months = 96;
	p->cap_profile = cap->id;
	if (rc == 0)
		rc = insert(maker, KIND_PROGRAMME, p);
	c->programme_id = p->id;
	c->version = "2015S";
	c->min_total_centi = 7600;
	c->effective_from = 0;
	c->state = CURRICULUM_PUBLISHED;
	return rc < 0 ? rc : insert(maker, KIND_CURRICULUM, c);
}

static int learner(struct maker *maker, int i)
{
	struct person *person = record_new(&maker->arena, &person_fields);
	struct student *student = record_new(&maker->arena, &student_fields);
	int rc;

	person->full_name = arena_printf(&maker->arena, "Learner %d", i);
	person->doc_kind = DOC_CITIZEN_ID;
	person->doc_no = arena_printf(&maker->arena, "11010019800101%03dX", i);
	person->birth_date = 3652 + i;
	person->mobile = arena_printf(&maker->arena, "139%08d", i);
	person->consent_on = 16000;
	rc = insert(maker, KIND_PERSON, person);
	student->person_id = person->id;
	student->student_no = arena_printf(&maker->arena, "15%s064%05d", i % 2 ? "101" : "110", i);
	student->programme_id = student->curriculum_id = 1;
	student->branch_id = student->centre_id = i % 2 ? FIXTURE_BRANCH_1 : FIXTURE_BRANCH_2;
	student->registered_on = 16500 + i / 10; /* ten on each day */
	student->status = STUDENT_ACTIVE;
	student->status_since = student->registered_on;
	if (i % 3 == 0) {
		student->status = STUDENT_GRADUATED;
		student->graduated_on = 17500 + i % 4;
		student->status_since = student->graduated_on;
	}
	return rc < 0 ? rc : insert(maker, KIND_STUDENT, student);
}

int fixture_make(struct store *store, struct error *err)
{
	struct actor before = store->actor;
	struct maker maker = { .arena = ARENA_INIT, .err = err };
	int rc;

	local_act_as(store, &system_actor);
	rc = tx_begin(&maker.tx, local_of(store), &maker.arena, false, err);
	if (rc == 0)
		rc = branches(&maker);
	if (rc == 0)
		rc = staff(&maker);
	if (rc == 0)
		rc = programme(&maker);
	for (int i = 1; rc == 0 && i <= FIXTURE_LEARNERS; i++)
		rc = learner(&maker, i);
	if (rc == 0)
		rc = tx_commit(&maker.tx, err);
	else
		tx_rollback(&maker.tx);
	local_act_as(store, &before);
	arena_release(&maker.arena);
	return rc;
}
