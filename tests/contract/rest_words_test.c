/* What the store behind a line says and hears: addresses, problems, and the
 * answers of servers that are none of ours or none at all. */
#include "tests/contract/line.h"

#include "core/base/hash.h"
#include "core/store/commands/calendar_args.h"

/* --- addresses --- */

static void urls_are_checked(void **state)
{
	static const struct {
		const char *url, *base, *host;
		enum reason reason;
	} rows[] = {
		{ "https://centre.example:8443", "https://centre.example:8443", "centre.example:8443", 0 },
		{ "https://centre.example", "https://centre.example", "centre.example", 0 },
		{ "https://centre.example:443/", "https://centre.example", "centre.example", 0 },
		{ "https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443", "[2001:db8::1]:8443", 0 },
		{ "http://localhost:8080", "http://localhost:8080", "localhost:8080", 0 },
		{ "http://127.1.2.3", "http://127.1.2.3", "127.1.2.3", 0 },
		{ "http://[::1]:1", "http://[::1]:1", "[::1]:1", 0 },
		{ "http://centre.example", NULL, NULL, REASON_STORE_PLAIN },
		{ "http://127.0.0.1.example", NULL, NULL, REASON_STORE_PLAIN },
		{ "http://127.0.0.256", NULL, NULL, REASON_STORE_PLAIN },
		{ "http://localhost.example", NULL, NULL, REASON_STORE_PLAIN },
		{ "https://", NULL, NULL, REASON_STORE_URL },
		{ "https://:8443", NULL, NULL, REASON_STORE_URL },
		{ "https://a b", NULL, NULL, REASON_STORE_URL },
		{ "https://centre.example:0", NULL, NULL, REASON_STORE_URL },
		{ "https://centre.example:65536", NULL, NULL, REASON_STORE_URL },
		{ "https://centre.example:99999999999999999999", NULL, NULL, REASON_STORE_URL },
		{ "https://centre.example:", NULL, NULL, REASON_STORE_URL },
		{ "https://centre.example/path", NULL, NULL, REASON_STORE_URL },
		{ "https://centre.example?q", NULL, NULL, REASON_STORE_URL },
		{ "https://desk:geheim@centre.example", NULL, NULL, REASON_STORE_URL },
		{ "https://[]", NULL, NULL, REASON_STORE_URL },
		{ "https://[::1", NULL, NULL, REASON_STORE_URL },
		{ "ftp://centre.example", NULL, NULL, REASON_STORE_URL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct error err = ERROR_INIT;
		struct rest_url url;
		int rc = rest_url_read(rows[i].url, &url, &err);

		if (err.reason != (int)rows[i].reason || (rc < 0) != (rows[i].reason != 0))
			fail_msg("%s: %s", rows[i].url, reason_code(err.reason));
		assert_null(strstr(err.message, "geheim"));
		if (rc == 0) {
			assert_string_equal(url.base, rows[i].base);
			assert_string_equal(url.host, rows[i].host);
		}
	}
}

static void questions_become_addresses(void **state)
{
	static const struct {
		struct query query;
		struct filter filter[2];
		size_t count;
		const char *path;
	} rows[] = {
		{ { .kind = KIND_TERM }, { { 0 } }, 0, "/v1/terms" },
		{ { .kind = KIND_TERM, .order = "starts_on", .descending = true, .limit = 7,
		    .cursor = "a.b&c" }, { { 0 } }, 0, "/v1/terms?order=-starts_on&limit=7&cursor=a.b%26c" },
		{ { .kind = KIND_TERM, .descending = true }, { { 0 } }, 0, "/v1/terms?order=-id" },
		{ { .kind = KIND_STUDENT },
		  { { .field = "status", .op = FILTER_NE, .number = STUDENT_GRADUATED },
		    { .field = "graduated_on", .op = FILTER_EQ, .number = OV_NULL } }, 2,
		  "/v1/students?status.ne=GRADUATED&graduated_on.null=true" },
		{ { .kind = KIND_STUDENT },
		  { { .field = "registered_on", .op = FILTER_LE, .number = 16500 },
		    { .field = "student_no", .op = FILTER_GE, .text = "1 &é=%" } }, 2,
		  "/v1/students?registered_on.le=2015-03-06&student_no.ge=1%20%26%C3%A9%3D%25" },
		{ { .kind = KIND_STUDENT },
		  { { .field = "id", .op = FILTER_GT, .number = -3 },
		    { .field = "cohort_id", .op = FILTER_NE, .number = OV_NULL } }, 2,
		  "/v1/students?id.gt=-3&cohort_id.null=false" },
		{ { .kind = KIND_STUDENT },
		  { { .field = "created_at", .op = FILTER_LT, .number = 0 } }, 1,
		  "/v1/students?created_at.lt=1970-01-01T00%3A00%3A00Z" },
		{ { .kind = KIND_STUDENT }, { { .field = "none", .op = FILTER_EQ } }, 1, NULL },
		{ { .kind = KIND_USER }, { { .field = "secret", .op = FILTER_GE, .text = "$" } }, 1, NULL },
	};
	struct arena arena = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct query query = rows[i].query;
		struct error err = ERROR_INIT;
		const char *path;
		int rc;

		query.filters = rows[i].filter;
		query.filter_count = rows[i].count;
		rc = rest_find_path(&query, &arena, &path, &err);
		assert_int_equal(rc < 0, !rows[i].path);
		if (rows[i].path)
			assert_string_equal(path, rows[i].path);
		else
			assert_int_equal(err.reason, REASON_FIELD_UNKNOWN);
	}
	assert_string_equal(rest_search_path("王 xm", 10, &arena),
			    "/v1/students?q=%E7%8E%8B%20xm&limit=10");
	assert_string_equal(rest_card_path(&(struct card_request){ KIND_CREDIT_CLAIM, 12, NULL, 16500,
			    16507, NULL }, &arena), "/v1/cards/credit_claim/12?from=2015-03-06&to=2015-03-13");
	assert_string_equal(rest_card_path(&(struct card_request){ KIND_STUDENT, 0, "15/1", OV_NULL,
			    OV_NULL, NULL }, &arena), "/v1/cards/student?key=15%2F1");
	assert_string_equal(rest_card_path(&(struct card_request){ KIND_STUDENT_ROUTE, 7, NULL, OV_NULL,
			    OV_NULL, "T-WELD,level=3;C302" }, &arena),
			    "/v1/cards/student_route/7?assume=T-WELD%2Clevel%3D3%3BC302");
	assert_string_equal(rest_changes_path(NULL, 0, &arena), "/v1/changes");
	assert_string_equal(rest_changes_path("", 5, &arena), "/v1/changes?after=&limit=5");
	arena_release(&arena);
}

/* --- wrong answers --- */

static void problems_become_errors(void **state)
{
	static const struct {
		int status;
		const char *body;
		int code;
		enum reason reason;
		const char *field, *message;
		int64_t rev;
	} rows[] = {
		{ 412, "{\"detail\":\"Somebody changed it\",\"code\":\"SM_STALE\",\"field\":null,"
		  "\"next\":\"Look\",\"current_rev\":5}", OV_ECONFLICT, REASON_SM_STALE, "",
		  "Somebody changed it", 5 },
		{ 422, "{\"detail\":\"Name is needed\",\"code\":\"FIELD_REQUIRED\",\"field\":\"name\","
		  "\"next\":\"\"}", OV_EREFUSED, REASON_FIELD_REQUIRED, "name", "Name is needed", 0 },
		{ 404, "{\"detail\":\"Not there\",\"code\":\"NOT_FOUND\"}", OV_ENOTFOUND,
		  REASON_NOT_FOUND, "", "Not there", 0 },
		{ 403, "{\"detail\":\"New rule\",\"code\":\"OF_A_LATER_VERSION\"}", OV_EREFUSED,
		  REASON_NONE, "", "New rule", 0 },
		{ 500, "{\"detail\":\"Broken\",\"code\":\"OK\"}", OV_ESTORAGE, REASON_OK, "", "Broken", 0 },
	};
	struct line_bench *bench = *state;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct command command = line_term(bench);
		struct outcome outcome;

		peer_script(bench->peer, SCRIPT({ .status = rows[i].status, .body = rows[i].body }));
		assert_int_equal(line_execute(bench, &command, &outcome), rows[i].code);
		assert_int_equal(bench->err.code, rows[i].code);
		assert_int_equal(bench->err.reason, rows[i].reason);
		assert_string_equal(bench->err.field, rows[i].field);
		assert_string_equal(bench->err.message, rows[i].message);
		assert_int_equal(bench->err.current_rev, rows[i].rev);
		assert_int_equal(outcome.problems.count, 1);
	}
}

static void every_problem_of_a_list_is_told(void **state)
{
	struct line_bench *bench = *state;
	struct command commands[3] = { line_term(bench), line_term(bench), line_term(bench) };
	struct outcome outcomes[3];
	size_t failed = 9;

	peer_script(bench->peer, SCRIPT({ .status = 422, .body =
		"{\"detail\":\"A\",\"code\":\"FIELD_REQUIRED\",\"field\":\"code\",\"next\":\"\",\"failed\":2,"
		"\"problems\":[{\"code\":\"FIELD_REQUIRED\",\"field\":\"code\",\"detail\":\"A\"},"
		"{\"code\":\"FIELD_LENGTH\",\"field\":\"name\",\"detail\":\"B\",\"next\":\"C\"}]}" }));
	assert_int_equal(store_execute(bench->store, commands, 3, &bench->arena, outcomes, &failed,
				       &bench->err), OV_EREFUSED);
	assert_int_equal(failed, 2);
	assert_int_equal(outcomes[2].problems.count, 2);
	assert_int_equal(outcomes[2].problems.item[1].reason, REASON_FIELD_LENGTH);
	assert_string_equal(outcomes[2].problems.item[1].next, "C");
	/* A number past the list is no place of it. */
	peer_script(bench->peer, SCRIPT({ .status = 422, .body =
		"{\"detail\":\"A\",\"code\":\"FIELD_REQUIRED\",\"failed\":77}" }));
	assert_int_equal(store_execute(bench->store, commands, 3, &bench->arena, outcomes, &failed,
				       &bench->err), OV_EREFUSED);
	assert_int_equal(failed, 0);
}

static void wrong_answers_are_errors(void **state)
{
	static const struct peer_step rows[] = {
		{ .body = "" }, { .body = "<html><body>It works!</body></html>" }, { .body = "[]" },
		{ .body = "{\"id\":\"x\"}" }, { .body = "{\"code\":7}" },
		{ .body = "{\"starts_on\":\"2026-02-30\"}" }, { .body = "{\"id\":1,\"id\":2}" },
		{ .body = "{\"code\":\"\\u0000\"}" }, { .body = "{\"code\":\"\\ud800\"}" },
		{ .body = "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[" }, { .body = "{\"code\":1e999}" },
		{ .status = 304 }, { .status = 204 }, { .status = 404, .body = "not here" },
		{ .status = 500, .body = "{\"detail\":7}" },
		{ .status = 302, .headers = "Location: http://127.0.0.1:1/\r\n", .body = "{}" },
		{ .headers = "Content-Encoding: gzip\r\n", .body = "this is not gzip" },
		{ .headers = "Content-Encoding: br\r\n", .body = "{}" },
		{ .act = PEER_RAW, .body = "SSH-2.0-OpenSSH_9.2\r\n" },
		{ .act = PEER_RAW, .body = "HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{\"id\":1" },
		{ .act = PEER_RAW, .body = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}" },
		{ .act = PEER_RAW, .body = "HTTP/1.1 999999 OK\r\n\r\n" },
		{ .act = PEER_RAW, .body = "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n" },
	};
	struct line_bench *bench = *state;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct term *term = (void *)bench;
		int rc;

		peer_script(bench->peer, &rows[i], 1);
		rc = line_get(bench, &term);
		if (rc != OV_ESTORAGE)
			fail_msg("row %zu: %d %s", i, rc, bench->err.message);
		assert_null(term);
		assert_true(*bench->err.message);
		error_clear(&bench->err);
	}
	peer_script(bench->peer, SCRIPT({ .body = TERM }));
	assert_int_equal(line_get(bench, &(struct term *){ NULL }), 0);
}

static void another_version_is_told(void **state)
{
	struct line_bench *bench = *state;
	struct store_status status;

	store_close(bench->store);
	line_open(bench, peer_url(bench->peer));
	peer_script(bench->peer, SCRIPT({ .body = "{\"api\":2,\"schema\":9,\"epoch\":\"01H\"}" }));
	line_expect(bench, store_status(bench->store, &bench->arena, &status, &bench->err),
	       REASON_STORE_VERSION);
	assert_int_equal(store_link(bench->store), LINK_VERSION);
	peer_script(bench->peer, SCRIPT({ .body = "{\"some\":\"other service\"}" }));
	line_expect(bench, store_status(bench->store, &bench->arena, &status, &bench->err),
	       REASON_STORE_PEER);
}

/* What JSON can't say is refused here, not changed on the way. */
static void texts_are_sent_as_they_are_or_not_at_all(void **state)
{
	struct line_bench *bench = *state;
	struct command command = line_term(bench);
	struct outcome outcome;

	peer_script(bench->peer, SCRIPT({ .body = OUTCOME }));
	((struct term_create_args *)command.args)->code = "\xff\xfe";
	line_expect(bench, line_execute(bench, &command, &outcome), REASON_FIELD_UTF8);
	assert_int_equal(peer_count(bench->peer, 0), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(urls_are_checked),
		cmocka_unit_test(questions_become_addresses),
		LINE_TEST(problems_become_errors),
		LINE_TEST(every_problem_of_a_list_is_told),
		LINE_TEST(wrong_answers_are_errors),
		LINE_TEST(another_version_is_told),
		LINE_TEST(texts_are_sent_as_they_are_or_not_at_all),
	};

	if (hash_setup() < 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
