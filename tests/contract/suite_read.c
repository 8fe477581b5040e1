/* Who may read what, and how it looks. */
#include "tests/contract/suite.h"

#include "tests/contract/fixture.h"

static void nobody_gets_nothing(void **state)
{
	struct bench *bench = *state;
	struct command command = bench_command(bench, "term.create", "code", "2026S", "starts_on",
					       "2026-03-01", "ends_on", "2026-07-01", NULL);
	struct card_request card = { .kind = KIND_STUDENT, .id = 1, .from = OV_NULL, .to = OV_NULL };
	struct query query = { .kind = KIND_TERM };
	struct outcome outcome;
	struct bundle bundle;
	struct page page;
	void *record;
	struct store *s = bench->store;

	bench_expect(bench, store_get(s, KIND_TERM, 1, &bench->arena, &record, &bench->err), REASON_LOGIN_NEEDED);
	bench_expect(bench, store_find(s, &query, &bench->arena, &page, &bench->err), REASON_LOGIN_NEEDED);
	bench_expect(bench, store_search(s, "1", 0, &bench->arena, &page, &bench->err), REASON_LOGIN_NEEDED);
	bench_expect(bench, store_card(s, &card, &bench->arena, &bundle, &bench->err), REASON_LOGIN_NEEDED);
	bench_expect(bench, store_changes(s, NULL, 0, &bench->arena, &page, &bench->err), REASON_LOGIN_NEEDED);
	bench_expect(bench, store_assess(s, &command, &bench->arena, &outcome, &bench->err), REASON_LOGIN_NEEDED);
	bench_expect(bench, store_execute(s, &command, 1, &bench->arena, &outcome, NULL, &bench->err),
		     REASON_LOGIN_NEEDED);
}

static void logins_are_checked(void **state)
{
	static const struct {
		const char *login, *password;
		enum reason reason;
	} rows[] = {
		{ "registrar", "overpass", REASON_OK },
		{ "registrar", "Overpass", REASON_LOGIN_FAILED },
		{ "registrar", "", REASON_LOGIN_FAILED },
		{ "Registrar", "overpass", REASON_LOGIN_FAILED },
		{ "nobody", "overpass", REASON_LOGIN_FAILED },
		{ "", "", REASON_LOGIN_FAILED },
		{ "system", "", REASON_LOGIN_FAILED },
		{ "system", "overpass", REASON_LOGIN_FAILED },
		{ "gone", "overpass", REASON_LOGIN_CLOSED },
		{ "gone", "wrong", REASON_LOGIN_FAILED },
		{ "x' OR '1'='1", "overpass", REASON_LOGIN_FAILED },
	};
	struct bench *bench = *state;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int rc = store_login(bench->store, rows[i].login, rows[i].password, &bench->err);

		if (rows[i].reason != REASON_OK)
			bench_expect(bench, rc, rows[i].reason);
		else
			assert_int_equal(rc, 0);
		assert_int_equal(bench->store->actor.user_id > 0, rc == 0);
	}
}

/* A failed login logs the one before out: nobody works on under a wrong name. */
static void a_failed_login_leaves_nobody(void **state)
{
	struct bench *bench = *state;
	void *record;

	bench_login(bench, "registrar");
	assert_string_equal(bench->store->actor.login, "registrar");
	bench_expect(bench, store_login(bench->store, "viewer", "wrong", &bench->err),
		     REASON_LOGIN_FAILED);
	bench_expect(bench, store_get(bench->store, KIND_BRANCH, 1, &bench->arena, &record,
				      &bench->err), REASON_LOGIN_NEEDED);
	bench_login(bench, "viewer");
	assert_int_equal(store_login(bench->store, NULL, NULL, &bench->err), 0);
	assert_int_equal(bench->store->actor.user_id, 0);
}

static void get_answers_the_record(void **state)
{
	struct bench *bench = *state;
	struct student *student;
	void *record;

	bench_login(bench, "registrar");
	assert_int_equal(store_get(bench->store, KIND_STUDENT, 7, &bench->arena,
				   (void **)&student, &bench->err), 0);
	assert_int_equal(student->id, 7);
	assert_int_equal(student->rev, 1);
	assert_true(student->created_at > 0);
	assert_string_equal(student->student_no, "1510106400007");
	assert_int_equal(student->status, STUDENT_ACTIVE);
	assert_int_equal(student->registered_on, 16500);
	assert_true(student->cohort_id == OV_NULL);
	bench_expect(bench, store_get(bench->store, KIND_STUDENT, 99999, &bench->arena, &record,
				      &bench->err), REASON_NOT_FOUND);
	assert_null(record);
	bench_expect(bench, store_get(bench->store, KIND_STUDENT, -1, &bench->arena, &record,
				      &bench->err), REASON_NOT_FOUND);
	bench_expect(bench, store_get(bench->store, KIND_STUDENT_HIT, 1, &bench->arena, &record,
				      &bench->err), REASON_KIND_UNKNOWN);
	bench_expect(bench, store_get(bench->store, (enum kind)9999, 1, &bench->arena, &record,
				      &bench->err), REASON_KIND_UNKNOWN);
}

/* The route, also of what is supposed; who may not see the account doesn't get it. */
static void the_route_is_a_card(void **state)
{
	struct bench *bench = *state;
	struct card_request card = { .kind = KIND_STUDENT_ROUTE, .id = 7, .from = OV_NULL,
				     .to = OV_NULL };
	const struct student_route *route;
	struct bundle bundle;

	bench_login(bench, "registrar");
	assert_int_equal(store_card(bench->store, &card, &bench->arena, &bundle, &bench->err), 0);
	route = bundle_first(&bundle, &student_route_fields);
	assert_non_null(route);
	assert_string_equal(route->student_no, "1510106400007");
	assert_true(bundle_list(&bundle, &graduation_way_fields)->count > 0);
	assert_true(bundle_list(&bundle, &module_gap_fields)->count > 0);
	card.assume = "NO-SUCH-SOURCE";
	bench_expect(bench, store_card(bench->store, &card, &bench->arena, &bundle, &bench->err),
		     REASON_NOT_FOUND);
}

/* DOMAIN.md 7.2, by role. NULL: the value is not shown at all. */
static void personal_values_are_masked(void **state)
{
	static const struct {
		const char *login, *doc_no, *mobile;
		bool born;
	} rows[] = {
		{ "registrar", "110***********008X", "13900000008", false },
		{ "desk", "110***********008X", "13900000008", false },
		{ "auditor", "110***********008X", "139****0008", false },
		{ "viewer", NULL, "139****0008", false },
	};
	struct bench *bench = *state;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct person *person;

		bench_login(bench, rows[i].login);
		if (store_get(bench->store, KIND_PERSON, 8, &bench->arena, (void **)&person,
			      &bench->err) < 0)
			fail_msg("%s: %s", rows[i].login, bench->err.message);
		assert_string_equal(person->full_name, "Learner 8");
		if (rows[i].doc_no)
			assert_string_equal(person->doc_no, rows[i].doc_no);
		else
			assert_null(person->doc_no);
		assert_string_equal(person->mobile, rows[i].mobile);
		assert_int_equal(person->birth_date != OV_NULL, rows[i].born);
	}
}

static void kinds_have_permissions(void **state)
{
	static const struct {
		const char *login;
		enum kind kind;
		bool allowed;
	} rows[] = {
		{ "registrar", KIND_STUDENT, true }, { "viewer", KIND_STUDENT, true },
		{ "admin", KIND_STUDENT, false }, { "admin", KIND_PERSON, false },
		{ "expert", KIND_STUDENT, false }, { "expert", KIND_BRANCH, true },
		{ "admin", KIND_USER_ROLE, true }, { "registrar", KIND_USER_ROLE, false },
		{ "auditor", KIND_AUDIT_EVENT, true }, { "registrar", KIND_AUDIT_EVENT, false },
		{ "admin", KIND_AUDIT_EVENT, false }, { "viewer", KIND_ACCOUNT, true },
		{ "viewer", KIND_COURSE_RESULT, false },
	};
	struct bench *bench = *state;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct query query = { .kind = rows[i].kind };
		struct page page;
		void *record;
		int found, got;

		bench_login(bench, rows[i].login);
		found = store_find(bench->store, &query, &bench->arena, &page, &bench->err);
		got = store_get(bench->store, rows[i].kind, 1, &bench->arena, &record, &bench->err);
		if ((found == 0) != rows[i].allowed || (got == OV_EREFUSED) == rows[i].allowed)
			fail_msg("%s, %s", rows[i].login, kind_fields(rows[i].kind)->name);
	}
}

static void secrets_never_leave(void **state)
{
	static const char *const logins[] = { "admin", "auditor", "registrar" };
	struct bench *bench = *state;

	for (size_t i = 0; i < sizeof logins / sizeof logins[0]; i++) {
		struct query query = { .kind = KIND_USER };
		struct filter filter = { .field = "secret", .op = FILTER_GE, .text = "$" };
		struct page page;

		bench_login(bench, logins[i]);
		assert_int_equal(store_find(bench->store, &query, &bench->arena, &page,
					    &bench->err), 0);
		assert_true(page.count > 5);
		for (size_t u = 0; u < page.count; u++)
			assert_null(((struct user *)page.records[u])->secret);
		query.filters = &filter;
		query.filter_count = 1;
		assert_true(store_find(bench->store, &query, &bench->arena, &page, &bench->err) < 0);
	}
}

/* "far" sees branch 2 only: even ids. Another branch's record is not there. */
static void branches_are_apart(void **state)
{
	static const enum kind kinds[] = { KIND_STUDENT, KIND_PERSON };
	struct bench *bench = *state;

	bench_login(bench, "far");
	for (size_t k = 0; k < 2; k++) {
		struct query query = { .kind = kinds[k], .limit = 500 };
		struct page page;
		void *record;

		assert_int_equal(store_get(bench->store, kinds[k], 2, &bench->arena, &record,
					   &bench->err), 0);
		bench_expect(bench, store_get(bench->store, kinds[k], 3, &bench->arena, &record,
					      &bench->err), REASON_NOT_FOUND);
		assert_null(record);
		assert_int_equal(store_find(bench->store, &query, &bench->arena, &page,
					    &bench->err), 0);
		assert_int_equal(page.count, FIXTURE_LEARNERS / 2);
		for (size_t i = 0; i < page.count; i++)
			assert_int_equal(((struct record_head *)page.records[i])->id % 2, 0);
	}
}

static void search_finds_by_number(void **state)
{
	struct bench *bench = *state;
	struct page page;

	bench_login(bench, "registrar");
	assert_int_equal(store_search(bench->store, "1510106400007", 10, &bench->arena, &page,
				      &bench->err), 0);
	assert_int_equal(page.count, 1);
	assert_int_equal(((struct student_hit *)page.records[0])->id, 7);
	bench_login(bench, "far");
	assert_int_equal(store_search(bench->store, "1510106400007", 10, &bench->arena, &page,
				      &bench->err), 0);
	assert_int_equal(page.count, 0);
	bench_login(bench, "admin");
	bench_expect(bench, store_search(bench->store, "1", 10, &bench->arena, &page, &bench->err),
		     REASON_PERM_DENIED);
}

static void status_tells_where_and_what(void **state)
{
	struct bench *bench = *state;
	struct store_status status;

	assert_int_equal(store_status(bench->store, &bench->arena, &status, &bench->err), 0);
	assert_true(*status.where);
	assert_true(status.schema >= 1);
	assert_int_equal(strlen(status.epoch), ULID_TEXT - 1);
	assert_int_equal(status.queued, 0);
}

const struct CMUnitTest suite_read_tests[] = {
	SUITE_TEST(nobody_gets_nothing),
	SUITE_TEST(logins_are_checked),
	SUITE_TEST(a_failed_login_leaves_nobody),
	SUITE_TEST(get_answers_the_record),
	SUITE_TEST(the_route_is_a_card),
	SUITE_TEST(personal_values_are_masked),
	SUITE_TEST(kinds_have_permissions),
	SUITE_TEST(secrets_never_leave),
	SUITE_TEST(branches_are_apart),
	SUITE_TEST(search_finds_by_number),
	SUITE_TEST(status_tells_where_and_what),
};
const size_t suite_read_count = sizeof suite_read_tests / sizeof suite_read_tests[0];
