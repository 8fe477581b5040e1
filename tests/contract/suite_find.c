/* Pages, cursors, filters. */
#include "tests/contract/suite.h"

#include "tests/contract/fixture.h"

/* Is B behind A in the order of the query? Nulls come first, last when
 * descending. */
static bool ordered(const struct query *query, const void *a, const void *b)
{
	const struct field *field = query->order ? field_find(&student_fields, query->order) : NULL;
	int64_t va = field ? field_int(field, a) : 0, vb = field ? field_int(field, b) : 0;
	int64_t ia = ((const struct record_head *)a)->id, ib = ((const struct record_head *)b)->id;

	if (va == vb)
		return query->descending ? ia > ib : ia < ib;
	return query->descending ? va > vb : va < vb; /* OV_NULL is the least number */
}

static void walk(struct bench *bench, struct query query, size_t expected)
{
	bool seen[FIXTURE_LEARNERS + 1] = { false };
	const void *last = NULL;
	size_t count = 0;
	struct page page;

	do {
		if (store_find(bench->store, &query, &bench->arena, &page, &bench->err) < 0)
			fail_msg("order %s: %s", query.order, bench->err.message);
		assert_true(page.count <= (size_t)query.limit);
		for (size_t i = 0; i < page.count; i++) {
			int64_t id = ((struct record_head *)page.records[i])->id;

			assert_false(seen[id]);
			seen[id] = true;
			if (last && !ordered(&query, last, page.records[i]))
				fail_msg("order %s at id %d", query.order, (int)id);
			last = page.records[i];
			count++;
		}
		query.cursor = page.next;
	} while (page.next);
	assert_int_equal(count, expected);
}

static void pages_hold_each_record_once(void **state)
{
	static const char *const orders[] = { NULL, "id", "registered_on", "graduated_on",
					      "created_at", "cohort_id" };
	static const int limits[] = { 1, 7, 40, 119, 120, 121, 500 };
	struct bench *bench = *state;

	bench_login(bench, "registrar");
	for (size_t o = 0; o < sizeof orders / sizeof orders[0]; o++)
		for (size_t l = 0; l < sizeof limits / sizeof limits[0]; l++)
			for (int down = 0; down < 2; down++)
				walk(bench, (struct query){ .kind = KIND_STUDENT, .order = orders[o],
				     .limit = limits[l], .descending = down }, FIXTURE_LEARNERS);
	bench_login(bench, "far");
	walk(bench, (struct query){ .kind = KIND_STUDENT, .order = "graduated_on", .limit = 9,
	     .descending = true }, FIXTURE_LEARNERS / 2);
}

static void limits_are_kept(void **state)
{
	static const int bad[] = { -1, 501, 1000000 };
	struct bench *bench = *state;
	struct query query = { .kind = KIND_STUDENT };
	struct page page;

	bench_login(bench, "registrar");
	assert_int_equal(store_find(bench->store, &query, &bench->arena, &page, &bench->err), 0);
	assert_int_equal(page.count, 50);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		query.limit = bad[i];
		bench_expect(bench, store_find(bench->store, &query, &bench->arena, &page,
					       &bench->err), REASON_USAGE);
		assert_int_equal(page.count, 0);
	}
}

static void a_cursor_is_for_its_query(void **state)
{
	struct bench *bench = *state;
	struct query query = { .kind = KIND_STUDENT, .order = "registered_on", .limit = 5 };
	const struct filter filter = { .field = "branch_id", .op = FILTER_EQ, .number = 1 };
	char text[256];
	struct page page;
	const char *good;

	bench_login(bench, "registrar");
	assert_int_equal(store_find(bench->store, &query, &bench->arena, &page, &bench->err), 0);
	good = query.cursor = page.next;
	query.descending = true;
	bench_expect(bench, store_find(bench->store, &query, &bench->arena, &page, &bench->err),
		     REASON_CURSOR_BAD);
	query.descending = false;
	query.order = "status_since";
	bench_expect(bench, store_find(bench->store, &query, &bench->arena, &page, &bench->err),
		     REASON_CURSOR_BAD);
	query.order = "registered_on";
	query.filters = &filter;
	query.filter_count = 1;
	bench_expect(bench, store_find(bench->store, &query, &bench->arena, &page, &bench->err),
		     REASON_CURSOR_BAD);
	query.filter_count = 0;
	/* No beginning of it up to the last number, and it with no byte changed. */
	for (size_t i = 0; i < strlen(good); i++) {
		query.cursor = text;
		snprintf(text, sizeof text, "%.*s", (int)i, good);
		if (i <= (size_t)(strrchr(good, '.') - good) + 1)
			bench_expect(bench, store_find(bench->store, &query, &bench->arena, &page,
						       &bench->err), REASON_CURSOR_BAD);
		snprintf(text, sizeof text, "%s", good);
		text[i] = '?';
		bench_expect(bench, store_find(bench->store, &query, &bench->arena, &page,
					       &bench->err), REASON_CURSOR_BAD);
	}
	query.cursor = good;
	assert_int_equal(store_find(bench->store, &query, &bench->arena, &page, &bench->err), 0);
}

static void filters_choose(void **state)
{
	static const struct {
		struct filter filters[2];
		size_t count, expected;
	} rows[] = {
		{ { { .field = "student_no", .op = FILTER_EQ, .text = "1510106400007" } }, 1, 1 },
		{ { { .field = "student_no", .op = FILTER_EQ, .text = "' OR 1=1 --" } }, 1, 0 },
		{ { { .field = "status", .op = FILTER_EQ, .number = STUDENT_GRADUATED } }, 1, 40 },
		{ { { .field = "status", .op = FILTER_NE, .number = STUDENT_GRADUATED } }, 1, 80 },
		{ { { .field = "graduated_on", .op = FILTER_EQ, .number = OV_NULL } }, 1, 80 },
		{ { { .field = "graduated_on", .op = FILTER_NE, .number = OV_NULL } }, 1, 40 },
		{ { { .field = "registered_on", .op = FILTER_LT, .number = 16501 } }, 1, 9 },
		{ { { .field = "registered_on", .op = FILTER_GE, .number = 16501 },
		    { .field = "registered_on", .op = FILTER_LE, .number = 16502 } }, 2, 20 },
		{ { { .field = "id", .op = FILTER_GT, .number = 118 } }, 1, 2 },
		{ { { .field = "branch_id", .op = FILTER_EQ, .number = 2 },
		    { .field = "status", .op = FILTER_EQ, .number = STUDENT_GRADUATED } }, 2, 20 },
	};
	struct bench *bench = *state;

	bench_login(bench, "registrar");
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct query query = { .kind = KIND_STUDENT, .filters = rows[i].filters,
				       .filter_count = rows[i].count, .limit = 500 };
		struct page page;

		if (store_find(bench->store, &query, &bench->arena, &page, &bench->err) < 0)
			fail_msg("row %zu: %s", i, bench->err.message);
		if (page.count != rows[i].expected)
			fail_msg("row %zu: %zu records", i, page.count);
	}
}

/* What may not be seen may not be asked for either. */
static void filters_tell_no_secrets(void **state)
{
	static const struct {
		const char *login;
		enum kind kind;
		struct filter filter;
		const char *order;
		enum reason reason;
	} rows[] = {
		{ "registrar", KIND_PERSON, { .field = "doc_no", .op = FILTER_EQ,
		  .text = "11010019800101007X" }, NULL, REASON_OK },
		{ "registrar", KIND_PERSON, { .field = "doc_no", .op = FILTER_GT, .text = "1" },
		  NULL, REASON_PERM_DENIED },
		{ "viewer", KIND_PERSON, { .field = "doc_no", .op = FILTER_EQ, .text = "1" },
		  NULL, REASON_PERM_DENIED },
		{ "viewer", KIND_PERSON, { .field = "mobile", .op = FILTER_GE, .text = "1" },
		  NULL, REASON_PERM_DENIED },
		{ "registrar", KIND_PERSON, { .field = "id", .op = FILTER_GE, .number = 1 },
		  "birth_date", REASON_PERM_DENIED },
		{ "registrar", KIND_PERSON, { .field = "id", .op = FILTER_GE, .number = 1 },
		  "consent_on", REASON_OK },
		{ "registrar", KIND_STUDENT, { .field = "nothing", .op = FILTER_EQ, .number = 1 },
		  NULL, REASON_FIELD_UNKNOWN },
		{ "registrar", KIND_STUDENT, { .field = "id\" OR 1=1 --", .op = FILTER_EQ, .number = 1 },
		  NULL, REASON_FIELD_UNKNOWN },
		{ "registrar", KIND_STUDENT, { .field = "id", .op = FILTER_GE, .number = 1 },
		  "student_no", REASON_FIELD_UNKNOWN },
		{ "registrar", KIND_STUDENT, { .field = "id", .op = FILTER_GE, .number = 1 },
		  "nothing", REASON_FIELD_UNKNOWN },
	};
	struct bench *bench = *state;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct query query = { .kind = rows[i].kind, .filters = &rows[i].filter,
				       .filter_count = 1, .order = rows[i].order };
		struct page page;
		int rc;

		bench_login(bench, rows[i].login);
		rc = store_find(bench->store, &query, &bench->arena, &page, &bench->err);
		if (rows[i].reason == REASON_OK && rc < 0)
			fail_msg("row %zu: %s", i, bench->err.message);
		else if (rows[i].reason != REASON_OK)
			bench_expect(bench, rc, rows[i].reason);
	}
}

/* The queue of claims is derived, but found like a stored kind; no other is. */
static void the_queue_is_found(void **state)
{
	struct bench *bench = *state;
	static const struct filter filters[] = {
		{ .field = "mine", .number = 1 }, { .field = "overdue", .number = 1 },
		{ .field = "state", .number = CLAIM_VERIFIED }, { .field = "student_id", .number = 1 },
		{ .field = "claim_no", .text = "CL201509000001" },
		{ .field = "student_no", .text = "1510106400001" },
	};
	static const enum kind derived[] = { KIND_CLAIM_ROW, KIND_CLAIM_QUEUE, KIND_LEDGER_ROW };
	struct query query = { .kind = KIND_CLAIM_ROW };
	struct page page;

	bench_login(bench, "registrar");
	assert_int_equal(store_find(bench->store, &query, &bench->arena, &page, &bench->err), 0);
	assert_ptr_equal(page.table, &claim_row_fields);
	assert_int_equal(page.count, 0);
	query.filter_count = 1;
	for (size_t i = 0; i < sizeof filters / sizeof filters[0]; i++) { /* as the desk asks */
		query.filters = &filters[i];
		if (store_find(bench->store, &query, &bench->arena, &page, &bench->err) < 0)
			fail_msg("%s: %s", filters[i].field, bench->err.message);
		assert_int_equal(page.count, 0);
	}
	query.filter_count = 0;
	query.descending = true;
	for (size_t i = 0; i < sizeof derived / sizeof derived[0]; i++) { /* the newest first */
		query.kind = derived[i];
		if (store_find(bench->store, &query, &bench->arena, &page, &bench->err) < 0)
			fail_msg("%s: %s", kind_fields(query.kind)->name, bench->err.message);
	}
	query.kind = KIND_CLAIM_STEP;
	bench_expect(bench, store_find(bench->store, &query, &bench->arena, &page, &bench->err),
		     REASON_KIND_UNKNOWN);
}

const struct CMUnitTest suite_find_tests[] = {
	SUITE_TEST(pages_hold_each_record_once),
	SUITE_TEST(limits_are_kept),
	SUITE_TEST(a_cursor_is_for_its_query),
	SUITE_TEST(filters_choose),
	SUITE_TEST(filters_tell_no_secrets),
	SUITE_TEST(the_queue_is_found),
};
const size_t suite_find_count = sizeof suite_find_tests / sizeof suite_find_tests[0];
