/* The edges of the credit bank: lines and amounts that no claim can have, a
 * certificate that was found false, a pool that was paid out, a rule outside its
 * days, roles that one login must not have together. */
#include "tests/unit/shared.h"

#include "core/store/commands/claim_args.h"
#include "core/store/commands/staff_args.h"
#include "tests/unit/claim_world.h"

static const char post[] = "T-POST,no=K1,level=4,issued=2015-06-01,evidence=COPY";
static const char odd[] = "T-ODD,kind=COURSE,mark=70,credits=2.00,name=Forklift,"
			  "issued=2015-05-01,evidence=COPY";

static const struct credit_claim *claim_of(struct world *w, int64_t id)
{
	return world_get(w, KIND_CREDIT_CLAIM, id);
}

static void step(struct world *w, int64_t id, const char *login, const char *command)
{
	world_as(w, login);
	assert_done(w, world_run(w, command, id, "reason", "As it is", NULL));
}

static int64_t posted(struct world *w, int64_t student, const char *line)
{
	int64_t id = world_claim(w, student, line);

	world_advance(w, id, CLAIM_POSTED);
	return id;
}

/* I1: what a claim left in the pool, a later one was paid from. */
static void the_later_claim_is_revoked_first(void **state)
{
	struct world *w = *state;
	int64_t first = posted(w, w->students[3], "OPEN-1,mark=65,hours=20,issued=2015-06-01,evidence=COPY");
	int64_t second;

	world_day(w, "2015-12-01");
	second = posted(w, w->students[3], "OPEN-2,mark=65,hours=8,issued=2015-06-01,evidence=COPY");
	step(w, first, "reviewer2.2", "claim.revoke");
	world_as(w, "auditor.1");
	assert_refused(w, world_run(w, "claim.revoke", first, "reason", "A mistake", NULL), "SM_POOL_PAID");
	assert_non_null(strstr(w->err.message, claim_of(w, second)->claim_no));
	assert_int_equal(world_state(w, first), CLAIM_POSTED);
	step(w, second, "reviewer2.2", "claim.revoke");
	step(w, second, "auditor.1", "claim.revoke");
	step(w, first, "auditor.1", "claim.revoke");
	assert_int_equal(world_state(w, first), CLAIM_REVOKED);
}

/* T30: a certificate that was found false meanwhile, in another registration
 * of the learner, never pays again. */
static void a_false_certificate_stays_spent(void **state)
{
	struct world *w = *state;
	struct student *other = record_new(&w->arena, &student_fields);
	int64_t first = posted(w, w->students[0], post), id;
	struct record_list uses;

	*other = *(struct student *)world_get(w, KIND_STUDENT, w->students[3]);
	other->id = 0;
	other->person_id = ((struct student *)world_get(w, KIND_STUDENT, w->students[0]))->person_id;
	other->student_no = "1510106400099";
	world_insert(w, KIND_STUDENT, other);
	id = world_claim(w, other->id, "T-POST,no=K1,evidence=COPY");
	world_advance(w, id, CLAIM_ACCEPTED);
	step(w, id, "verifier.2", "claim.reject_false");
	step(w, first, "reviewer2.2", "claim.revoke");
	step(w, first, "auditor.1", "claim.revoke");
	world_find(w, KIND_SOURCE_USE, "claim_id", first, &uses);
	assert_int_equal(uses.count, 1);
	assert_int_equal(((struct source_use *)uses.items[0])->released_on, OV_NULL);
}

/* I9: a rule that ended, and one that begins tomorrow, pay nothing today. */
static void a_rule_pays_within_its_days_alone(void **state)
{
	static const struct {
		const char *from, *to;
		int64_t proposed;
	} days[] = {
		{ "2015-01-01", "'2015-09-01'", 0 }, { "2015-01-01", "'2015-09-02'", 800 },
		{ "2015-09-02", "NULL", 0 }, { "2015-09-01", "NULL", 800 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
		struct error err = ERROR_INIT;
		struct world *w;
		void *own;
		int64_t id;

		world_setup(&own);
		w = own;
		assert_int_equal(db_exec(w->local->db, arena_printf(&w->arena, "UPDATE transfer_rule SET "
			"effective_from = '%s', effective_to = %s WHERE rule_code = 'R-001'", days[i].from,
			days[i].to), &err), 0);
		id = world_claim(w, w->students[0], post);
		world_advance(w, id, CLAIM_VERIFIED);
		assert_int_equal(claim_of(w, id)->proposed_centi, days[i].proposed);
		world_teardown(&own);
	}
}

/* I13 within one claim, and what makes a line no claim can have. */
static void bad_lines_are_refused(void **state)
{
	struct world *w = *state;
	char student[24];
	int64_t id;

	snprintf(student, sizeof student, "%lld", (long long)w->students[0]);
	world_as(w, "front_desk.1");
	world_line(w, &claim_source_fields, post);
	world_line(w, &claim_source_fields, "T-POST,no=ｋ 1,evidence=COPY"); /* the same, full-width */
	assert_done(w, world_run(w, "claim.create", 0, "student_id", student, NULL));
	id = w->outcome.id;
	assert_refused(w, world_run(w, "claim.submit", id, NULL), "SM_SOURCE_BUSY");
	assert_int_equal(world_state(w, id), CLAIM_DRAFT);
	/* the same number by another learner, however it is written (I6) */
	snprintf(student, sizeof student, "%lld", (long long)w->students[1]);
	world_line(w, &claim_source_fields, "T-POST,no= ｋ１ ,level=4,issued=2015-06-01,evidence=COPY");
	assert_refused(w, world_run(w, "claim.create", 0, "student_id", student, NULL), "FIELD_UNIQUE");
	assert_string_equal(w->err.field, "no");
	assert_null(strstr(w->err.message, "K1")); /* no number in an error's text */
	/* days in the wrong order, and one that is still to come */
	world_line(w, &claim_source_fields, "T-SAFE,no=S1,issued=2015-06-01,expires=2015-05-01,evidence=COPY");
	assert_refused(w, world_run(w, "claim.create", 0, "student_id", student, NULL), "FIELD_DATES");
	world_line(w, &claim_source_fields, "T-SAFE,no=S1,issued=2031-06-01,evidence=COPY");
	assert_true(world_run(w, "claim.create", 0, "student_id", student, NULL) < 0);
	assert_int_equal(w->err.code, OV_EREFUSED);
	assert_int_equal(world_find(w, KIND_CREDIT_CLAIM, "student_id", w->students[1],
				    &(struct record_list){ 0 }), 0);
}

/* Amounts are hundredths within bounds, wherever they are typed. */
static void bad_amounts_are_refused(void **state)
{
	static const struct {
		const char *text, *code;
	} amounts[] = {
		{ "1.505", "FIELD_TYPE" }, { "-1.00", "FIELD_RANGE" }, { "42949672.96", "FIELD_RANGE" },
		{ "92233720368547758.08", "FIELD_TYPE" }, { "1e3", "FIELD_TYPE" }, { "１.5０x", "FIELD_TYPE" },
	};
	const struct field *credits = field_find(&claim_source_fields, "credits");
	struct world *w = *state;
	char student[24];

	snprintf(student, sizeof student, "%lld", (long long)w->students[0]);
	world_as(w, "front_desk.1");
	for (size_t i = 0; i < sizeof amounts / sizeof amounts[0]; i++) {
		struct claim_source *item;
		int rc;

		world_line(w, &claim_source_fields, odd);
		item = w->lines[0].item;
		rc = field_parse(credits, amounts[i].text, item, &w->arena, &w->err);
		if (rc == 0)
			rc = world_run(w, "claim.create", 0, "student_id", student, NULL);
		w->line_count = 0;
		if (rc >= 0 || strcmp(reason_code(w->err.reason), amounts[i].code) != 0)
			fail_msg("%s: %s %s", amounts[i].text, reason_code(w->err.reason), w->err.message);
		assert_true(*w->err.message && *w->err.next);
	}
	assert_int_equal(world_find(w, KIND_CREDIT_CLAIM, NULL, 0, &(struct record_list){ 0 }), 0);
}

/* 10,000 lines: one sentence, nothing stored, and not after a long while. */
static void too_many_lines_are_refused(void **state)
{
	enum { LINES = 10000 };
	struct world *w = *state;
	struct record_list list = { .table = &claim_source_fields, .count = LINES };
	struct command command;

	world_as(w, "front_desk.1");
	world_line(w, &claim_source_fields, odd);
	list.items = arena_array(&w->arena, LINES, sizeof *list.items);
	for (size_t i = 0; i < LINES; i++)
		list.items[i] = w->lines[0].item;
	w->line_count = 0;
	command_init(&command, command_find("claim.create"), &w->arena);
	field_set_int(field_find(command.def->args, "student_id"), command.args, w->students[0]);
	field_set_list(field_find(command.def->args, "lines"), command.args, &list);
	assert_refused(w, store_execute(w->store, &command, 1, &w->arena, &w->outcome, NULL, &w->err),
		       "FIELD_RANGE");
	assert_string_equal(w->err.field, "lines");
	assert_int_equal(world_find(w, KIND_CREDIT_CLAIM, NULL, 0, &(struct record_list){ 0 }), 0);
	assert_int_equal(world_find(w, KIND_PRIOR_RESULT, NULL, 0, &(struct record_list){ 0 }), 0);
}

/* F7: roles that one login must not have together. */
static void forbidden_roles_are_refused(void **state)
{
	static const struct {
		enum role a, b;
		bool fine;
	} pairs[] = {
		{ ROLE_ADMIN, ROLE_VIEWER, false }, { ROLE_ADMIN, ROLE_AUDITOR, false },
		{ ROLE_AUDITOR, ROLE_FRONT_DESK, false }, { ROLE_AUDITOR, ROLE_SCHEDULER, false },
		{ ROLE_AUDITOR, ROLE_LEDGER_KEEPER, false }, { ROLE_AUDITOR, ROLE_VIEWER, true },
		{ ROLE_FRONT_DESK, ROLE_REVIEWER2, false }, { ROLE_VERIFIER, ROLE_REVIEWER2, false },
		{ ROLE_FRONT_DESK, ROLE_VERIFIER, true }, { ROLE_REVIEWER1, ROLE_LEDGER_KEEPER, true },
		{ ROLE_REVIEWER1, ROLE_REVIEWER2, true },
	};
	struct world *w = *state;

	world_as(w, "admin.1");
	for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
		world_line(w, &role_item_fields, enum_code(&role_enum, pairs[i].a));
		world_line(w, &role_item_fields, enum_code(&role_enum, pairs[i].b));
		if (pairs[i].fine)
			assert_done(w, world_run(w, "user.create", 0, "login",
				arena_printf(&w->arena, "pair.%zu", i), NULL));
		else
			assert_refused(w, world_run(w, "user.create", 0, "login",
				arena_printf(&w->arena, "pair.%zu", i), NULL), "ROLES_FORBIDDEN");
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)
	const struct CMUnitTest tests[] = {
		TEST(the_later_claim_is_revoked_first), TEST(a_false_certificate_stays_spent),
		cmocka_unit_test(a_rule_pays_within_its_days_alone), TEST(bad_lines_are_refused),
		TEST(bad_amounts_are_refused), TEST(too_many_lines_are_refused),
		TEST(forbidden_roles_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
