/* The store behind a line, against a server that a script makes good or bad:
 * who acts, what is sent, what is sent again, what is stopped. */
#include "tests/contract/line.h"

#include <pthread.h>
#include <sys/stat.h>
#include <zlib.h>

#include "core/base/hash.h"

/* --- who acts --- */

static void the_session_is_kept_and_the_password_not(void **state)
{
	struct line_bench *bench = *state;
	struct actor *actor = &bench->store->actor;
	const char *file = bench->token_file;
	struct stat st;
	char *text;
	size_t len;

	assert_int_equal(actor->user_id, 5);
	assert_string_equal(actor->login, "desk");
	assert_int_equal(actor->branch_id, 2);
	assert_true(actor->person_id == OV_NULL);
	assert_int_equal(actor->roles, 1u << ROLE_FRONT_DESK);
	line_has(bench, 0, "POST /v1/login ");
	line_has(bench, 0, "{\"login\":\"desk\",\"password\":\"secret words\"}");
	line_lacks(bench, 0, "Authorization");
	assert_int_equal(stat(file, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	text = shared_read(file, &len);
	assert_string_equal(text, "TOKEN-1");
	free(text);
	/* The next program needs no password. */
	store_close(bench->store);
	line_open(bench, peer_url(bench->peer));
	peer_script(bench->peer, SCRIPT({ .body = "{\"token\":null," SESSION "}" }));
	assert_int_equal(store_login(bench->store, "desk", NULL, &bench->err), 0);
	assert_int_equal(peer_count(bench->peer, 1), 1);
	line_has(bench, 0, "GET /v1/session ");
	line_has(bench, 0, "Authorization: Bearer TOKEN-1\r\n");
	/* Logging out ends it there and here. */
	peer_script(bench->peer, SCRIPT({ .status = 204 }));
	assert_int_equal(store_login(bench->store, NULL, NULL, &bench->err), 0);
	line_has(bench, 0, "POST /v1/logout ");
	assert_int_equal(bench->store->actor.user_id, 0);
	assert_int_equal(stat(file, &st), -1);
	line_expect(bench, line_get(bench, &(struct term *){ NULL }), REASON_LOGIN_NEEDED);
	assert_int_equal(peer_count(bench->peer, 1), 1);
}

static void a_token_that_others_could_see_is_not_used(void **state)
{
	struct line_bench *bench = *state;
	const char *file = bench->token_file;

	assert_int_equal(chmod(file, 0640), 0);
	peer_script(bench->peer, SCRIPT({ .body = "{\"version\":\"0.1.0\",\"api\":1," SESSION "}" }));
	line_expect(bench, store_login(bench->store, "desk", NULL, &bench->err), REASON_LOGIN_NEEDED);
	for (size_t i = 0; i < peer_count(bench->peer, 0); i++)
		line_lacks(bench, i, "Authorization");
}

static void an_ended_session_asks_for_the_password(void **state)
{
	static const struct peer_step ended = { .status = 401, .body =
		"{\"type\":\"/v1/reasons/LOGIN_NEEDED\",\"status\":401,\"detail\":\"Nobody is logged in\","
		"\"code\":\"LOGIN_NEEDED\",\"field\":null,\"next\":\"Log in\"}" };
	struct line_bench *bench = *state;
	struct term *term;
	struct stat st;

	peer_script(bench->peer, &ended, 1);
	line_expect(bench, line_get(bench, &term), REASON_LOGIN_NEEDED);
	assert_null(term);
	assert_int_equal(bench->store->actor.user_id, 0);
	assert_int_equal(store_link(bench->store), LINK_REFUSED);
	/* What is left of it tells the server that this desk is no guesser. */
	assert_int_equal(stat(bench->token_file, &st), 0);
	peer_script(bench->peer, SCRIPT(LOGIN_ANSWER, { .body = TERM }));
	assert_int_equal(store_login(bench->store, "desk", "secret words", &bench->err), 0);
	assert_int_equal(line_get(bench, &term), 0);
	line_has(bench, 0, "Authorization: Bearer TOKEN-1\r\n");
	assert_int_equal(store_link(bench->store), LINK_ONLINE);
}

/* --- what is sent --- */

static void a_record_comes_whole_and_only_once(void **state)
{
	struct line_bench *bench = *state;
	struct term *term, *again;

	peer_script(bench->peer, SCRIPT({ .headers = "ETag: \"3\"\r\n", .body =
		"{\"id\":7,\"rev\":3,\"created_at\":\"2026-03-01T08:30:00Z\",\"created_by\":1,"
		"\"code\":\"2026S\",\"starts_on\":\"2026-03-01\",\"ends_on\":\"2026-07-01\","
		"\"of_a_later_version\":[{}]}" }, { .status = 304, .headers = "ETag: \"3\"\r\n" }));
	assert_int_equal(line_get(bench, &term), 0);
	assert_int_equal(term->id, 7);
	assert_int_equal(term->rev, 3);
	assert_string_equal(term->code, "2026S");
	assert_int_equal(line_get(bench, &again), 0);
	assert_true(record_equal(&term_fields, term, again));
	line_has(bench, 0, "GET /v1/terms/7 HTTP/1.1\r\n");
	/* What the libcurl of this machine can read. */
	assert_true(strstr(peer_request(bench->peer, 0, NULL), "Accept-Encoding: zstd\r\n") ||
		    strstr(peer_request(bench->peer, 0, NULL), "Accept-Encoding: gzip\r\n"));
	line_lacks(bench, 0, "Accept-Language"); /* English is the usual one */
	line_lacks(bench, 0, "If-None-Match");
	line_has(bench, 1, "If-None-Match: \"3\"\r\n");
	assert_int_equal(peer_connections(bench->peer), 1);
}

static void large_questions_are_compressed(void **state)
{
	struct line_bench *bench = *state;
	struct command commands[20];
	struct outcome outcomes[20];
	const char *request, *body;
	unsigned char plain[PEER_TEXT] = { 0 };
	z_stream stream = { .next_out = plain, .avail_out = sizeof plain - 1 };
	size_t len;

	for (int i = 0; i < 20; i++)
		commands[i] = line_term(bench);
	peer_script(bench->peer, SCRIPT({ .body = "[]" }));
	line_expect(bench, store_execute(bench->store, commands, 20, &bench->arena, outcomes, NULL,
				    &bench->err), REASON_STORE_PEER);
	line_has(bench, 0, "Content-Encoding: gzip\r\n");
	request = peer_request(bench->peer, 0, &len);
	body = strstr(request, "\r\n\r\n") + 4;
	stream.next_in = (z_const Bytef *)(uintptr_t)body;
	stream.avail_in = (uInt)(len - (size_t)(body - request));
	assert_true(stream.avail_in < 1000);
	assert_int_equal(inflateInit2(&stream, 15 + 16), Z_OK);
	assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
	inflateEnd(&stream);
	for (int i = 0; i < 20; i++)
		assert_non_null(strstr((char *)plain, commands[i].key));
}

/* --- what is sent again --- */

static void a_lost_answer_is_asked_for_with_the_same_key(void **state)
{
	struct line_bench *bench = *state;
	struct command command = line_term(bench);
	struct outcome outcome;
	const char *first, *second;

	peer_script(bench->peer, SCRIPT({ .act = PEER_LOSE }, { .act = PEER_LOSE },
		{ .body = "{\"id\":7,\"rev\":1,\"seq\":12,\"repeated\":true,\"records\":{\"term\":["
		  TERM "],\"of_a_later_version\":[{\"a\":1}]}}" }));
	assert_int_equal(line_execute(bench, &command, &outcome), 0);
	assert_false(outcome.repeated); /* it was asked for once */
	assert_int_equal(outcome.id, 7);
	assert_int_equal(outcome.seq, 12);
	assert_non_null(bundle_first(&outcome.records, &term_fields));
	assert_int_equal(peer_count(bench->peer, 3), 3);
	line_has(bench, 0, command.key);
	first = strstr(peer_request(bench->peer, 0, NULL), "\r\n\r\n");
	second = strstr(peer_request(bench->peer, 2, NULL), "\r\n\r\n");
	assert_string_equal(first, second);
	assert_int_equal(line_execute(bench, &command, &outcome), 0);
	assert_true(outcome.repeated);
}

static void without_any_answer_nobody_says_it_was_not_done(void **state)
{
	struct line_bench *bench = *state;
	struct command command = line_term(bench);
	struct outcome outcome;
	struct term *term;

	peer_script(bench->peer, SCRIPT({ .act = PEER_LOSE }));
	line_expect(bench, line_execute(bench, &command, &outcome), REASON_STORE_UNSURE);
	assert_int_equal(store_link(bench->store), LINK_OFFLINE);
	assert_true(peer_count(bench->peer, 8) >= 8);
	/* A relay that lost the server is no better. */
	peer_script(bench->peer, SCRIPT({ .status = 502, .body = "<html>" }));
	line_expect(bench, line_execute(bench, &command, &outcome), REASON_STORE_UNSURE);
	/* A question that changes nothing is simply not answered. */
	peer_script(bench->peer, SCRIPT({ .act = PEER_LOSE }));
	line_expect(bench, line_get(bench, &term), REASON_STORE_OFFLINE);
	peer_script(bench->peer, SCRIPT({ .body = OUTCOME }));
	assert_int_equal(line_execute(bench, &command, &outcome), 0);
	assert_int_equal(store_link(bench->store), LINK_ONLINE);
}

static void a_busy_server_is_waited_for(void **state)
{
	static const char busy[] = "{\"status\":503,\"detail\":\"The server is stopping\","
		"\"code\":\"STORE_LOCKED\",\"next\":\"Try again\"}";
	struct line_bench *bench = *state;
	struct command command = line_term(bench);
	struct outcome outcome;
	int64_t started = clock_monotonic_ms();
	struct term *term;

	peer_script(bench->peer, SCRIPT({ .status = 503, .headers = "Retry-After: 1\r\n", .body = busy },
		{ .body = OUTCOME }));
	assert_int_equal(line_execute(bench, &command, &outcome), 0);
	assert_true(clock_monotonic_ms() - started >= 1000);
	/* Not for ever, and not as long as it says when that is long. */
	peer_script(bench->peer, SCRIPT({ .status = 429, .headers = "Retry-After: 3600\r\n", .body = busy }));
	line_expect(bench, line_get(bench, &term), REASON_STORE_LOCKED);
	assert_int_equal(peer_count(bench->peer, 1), 1);
	peer_script(bench->peer, SCRIPT({ .status = 503, .body = busy }));
	line_expect(bench, line_get(bench, &term), REASON_STORE_LOCKED);
	assert_int_equal(peer_count(bench->peer, 3), 3);
}

static void before_the_first_answer_it_is_connecting(void **state)
{
	struct line_bench *bench = *state;
	size_t asked = peer_count(bench->peer, 0);
	struct term *term;

	store_close(bench->store);
	line_open(bench, peer_url(bench->peer));
	assert_int_equal(store_link(bench->store), LINK_CONNECTING);
	assert_int_equal(peer_count(bench->peer, 0), asked);
	peer_script(bench->peer, SCRIPT({ .body = "{\"token\":null," SESSION "}" }, { .body = TERM }));
	assert_int_equal(store_login(bench->store, "desk", NULL, &bench->err), 0);
	assert_int_equal(line_get(bench, &term), 0);
	assert_int_equal(store_link(bench->store), LINK_ONLINE);
}

static void nobody_there_is_offline(void **state)
{
	struct line_bench *bench = *state;
	struct store_status status;
	struct command command = line_term(bench);
	struct outcome outcome;
	struct peer *peer = bench->peer;

	assert_int_equal(store_status(bench->store, &bench->arena, &status, &bench->err), 0);
	assert_int_equal(status.link, LINK_ONLINE);
	assert_string_equal(status.where, peer_url(peer) + 7);
	assert_string_equal(status.epoch, "01HZZZZZZZZZZZZZZZZZZZZZZZ");
	assert_int_equal(status.schema, 1);
	bench->peer = peer_new(SCRIPT(LOGIN_ANSWER));
	peer_free(peer);
	line_expect(bench, line_execute(bench, &command, &outcome), REASON_STORE_OFFLINE);
	assert_int_equal(bench->store->actor.user_id, 5);
	assert_int_equal(store_status(bench->store, &bench->arena, &status, &bench->err), 0);
	assert_int_equal(status.link, LINK_OFFLINE);
}

/* --- stopping --- */

struct canceller {
	struct line_bench *bench;
	size_t at_request;
	bool release;
	_Atomic int64_t at_ms; /* when it was cancelled */
};

static void *cancel_when_it_came(void *context)
{
	struct canceller *canceller = context;

	peer_count(canceller->bench->peer, canceller->at_request);
	canceller->at_ms = clock_monotonic_ms();
	store_cancel(canceller->bench->store);
	if (canceller->release)
		peer_release(canceller->bench->peer);
	return NULL;
}

static pthread_t cancel_at(struct canceller *canceller)
{
	pthread_t thread;

	assert_int_equal(pthread_create(&thread, NULL, cancel_when_it_came, canceller), 0);
	return thread;
}

static void a_cancelled_question_frees_the_connection(void **state)
{
	struct line_bench *bench = *state;
	struct canceller canceller = { bench, 1, false, 0 };
	int64_t ended;
	struct term *term;
	struct page page;
	pthread_t thread;

	peer_script(bench->peer, SCRIPT({ .act = PEER_HOLD, .body = "{\"items\":[],\"next\":null}" },
		{ .body = TERM }));
	thread = cancel_at(&canceller);
	line_expect(bench, store_search(bench->store, "w", 10, &bench->arena, &page, &bench->err),
	       REASON_CANCELLED);
	ended = clock_monotonic_ms();
	pthread_join(thread, NULL);
	if (!getenv("OV_SLOW"))
		assert_in_range(ended - canceller.at_ms, 0, 99);
	/* The answer nobody waits for comes; the next question uses its line. */
	peer_release(bench->peer);
	assert_int_equal(line_get(bench, &term), 0);
	assert_int_equal(peer_connections(bench->peer), 1);
	assert_int_equal(peer_count(bench->peer, 2), 2);
	line_has(bench, 1, "GET /v1/terms/7 ");
}

/* What was sent can't be taken back: the answer says whether it was done. */
static void a_cancelled_command_says_what_became_of_it(void **state)
{
	struct line_bench *bench = *state;
	struct canceller canceller = { bench, 1, true, 0 };
	struct command command = line_term(bench);
	struct outcome outcome;
	pthread_t thread;

	peer_script(bench->peer, SCRIPT({ .act = PEER_HOLD, .body = OUTCOME }));
	thread = cancel_at(&canceller);
	assert_int_equal(line_execute(bench, &command, &outcome), 0);
	assert_int_equal(outcome.id, 7);
	pthread_join(thread, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LINE_TEST(the_session_is_kept_and_the_password_not),
		LINE_TEST(a_token_that_others_could_see_is_not_used),
		LINE_TEST(an_ended_session_asks_for_the_password),
		LINE_TEST(a_record_comes_whole_and_only_once),
		LINE_TEST(large_questions_are_compressed),
		LINE_TEST(a_lost_answer_is_asked_for_with_the_same_key),
		LINE_TEST(without_any_answer_nobody_says_it_was_not_done),
		LINE_TEST(a_busy_server_is_waited_for),
		LINE_TEST(before_the_first_answer_it_is_connecting),
		LINE_TEST(nobody_there_is_offline),
		LINE_TEST(a_cancelled_question_frees_the_connection),
		LINE_TEST(a_cancelled_command_says_what_became_of_it),
	};

	if (hash_setup() < 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
