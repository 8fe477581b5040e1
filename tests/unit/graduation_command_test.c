/* Graduation through the store: who confirms it, and what it closes. */
#include "tests/unit/shared.h"

#include "core/store/commands/claim_args.h"
#include "tests/unit/claim_world.h"

static void certificate_enter(struct world *w, int64_t student, const char *login)
{
	struct certificate *certificate = record_new(&w->arena, &certificate_fields);

	certificate->person_id = ((struct student *)world_get(w, KIND_STUDENT, student))->person_id;
	certificate->type_id = world_id(w, KIND_CERTIFICATE_TYPE, "code", "T-POST");
	certificate->cert_no = "K77";
	certificate->state = CERT_VERIFIED;
	certificate->issued_on = date_from_civil(2015, 6, 1);
	world_insert(w, KIND_CERTIFICATE, certificate);
	assert_int_equal(db_exec(w->local->db, arena_printf(&w->arena, "UPDATE certificate SET created_by ="
		" (SELECT id FROM \"user\" WHERE login = '%s')", login), &w->err), 0);
}

/* F6, I20: whoever entered a result doesn't confirm; after that nothing moves. */
static void a_graduation_closes_the_ledger(void **state)
{
	struct world *w = *state;
	const char *course = world_id_text(w, KIND_COURSE, "code", "C201");
	const char *term = world_id_text(w, KIND_TERM, "code", "2015A");
	int64_t id = w->students[3], entries;
	const struct student *student;

	/* A programme of one course, for which this learner has studied long enough. */
	assert_int_equal(db_exec(w->local->db, "UPDATE programme SET min_months = 0, two_cert_required = 0;"
				 "UPDATE curriculum SET min_total_centi = 400;"
				 "UPDATE curriculum_module SET min_centi = 0", &w->err), 0);
	world_role(w, "registrar.1", ROLE_REVIEWER2);
	world_as(w, "reviewer2.1");
	assert_refused(w, world_run(w, "graduation.confirm", id, NULL), "GD_REFUSED");
	world_as(w, "registrar.1");
	assert_done(w, world_run(w, "result.record", id, "course_id", course, "term_id", term,
				 "formative", "80.00", "final", "70.00", NULL));
	assert_refused(w, world_run(w, "graduation.confirm", id, NULL), "GD_FOUR_EYES");
	world_as(w, "front_desk.1");
	assert_refused(w, world_run(w, "graduation.confirm", id, NULL), "PERM_DENIED");
	certificate_enter(w, id, "reviewer2.2");
	world_as(w, "reviewer2.2");
	assert_refused(w, world_run(w, "graduation.confirm", id, NULL), "GD_FOUR_EYES");
	world_as(w, "reviewer2.1");
	assert_done(w, world_run(w, "graduation.confirm", id, NULL));
	student = world_get(w, KIND_STUDENT, id);
	assert_int_equal(student->status, STUDENT_GRADUATED);
	assert_int_equal(student->graduated_on, local_today(w->local));
	assert_int_equal(db_number(w->local->db, "SELECT count(*) FROM ledger_entry", &entries, &w->err), 0);
	assert_true(world_run(w, "graduation.confirm", id, NULL) < 0);
	world_as(w, "registrar.1");
	assert_refused(w, world_run(w, "result.record", id, "course_id", course, "term_id", term,
				    "formative", "50", "final", "50", "reason", "Wrong sheet", NULL),
		       "SM_GRADUATED");
	assert_refused(w, world_run(w, "student.status", id, "status", "ACTIVE", "reason", "By mistake",
				    NULL), "STATUS_GRADUATED");
	world_as(w, "front_desk.1");
	world_line(w, &claim_source_fields, "T-POST,no=K9,level=4,issued=2015-06-01,evidence=COPY");
	assert_true(world_run(w, "claim.create", 0, "student_id", world_number(w, id), NULL) < 0);
	assert_int_equal(db_number(w->local->db, "SELECT count(*) FROM ledger_entry", &entries, &w->err), 0);
	assert_int_equal(entries, 1);
	student = world_get(w, KIND_STUDENT, id);
	assert_int_equal(student->status, STUDENT_GRADUATED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_graduation_closes_the_ledger, world_setup, world_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
