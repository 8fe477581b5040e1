/* Calendar feeds: who may have one, what is kept of its address, and what the
 * address opens. Over HTTP: tests/rest/feed_test.sh. */
#include "tests/unit/shared.h"

#include "core/base/hash.h"
#include "core/store/feed_read.h"
#include "core/store/feed_token.h"
#include "tests/unit/claim_world.h"

static int setup(void **state)
{
	struct world *world = mem_alloc(sizeof *world);

	world_open(world);
	world->local->public_url = "https://centre.example";
	world_as(world, "registrar.1");
	*state = world;
	return 0;
}

/* Makes a feed of a learner; the token of its address. */
static const char *make(struct world *w, int64_t student)
{
	const struct feed_link *link;
	const char *slash;

	assert_done(w, world_run(w, "feed.create", 0, "student_id", world_number(w, student), NULL));
	link = bundle_first(&w->outcome.records, &feed_link_fields);
	assert_non_null(link);
	assert_memory_equal(link->url, "https://centre.example/v1/feeds/", 32);
	slash = strrchr(link->url, '/') + 1;
	assert_string_equal(slash + FEED_TOKEN_TEXT - 1, ".ics");
	return arena_strndup(&w->arena, slash, FEED_TOKEN_TEXT - 1);
}

static enum feed_found look(struct world *w, const char *token)
{
	struct calendar_feed *feed;
	enum feed_found found;

	assert_done(w, feed_find(w->local, token, &w->arena, &found, &feed, &w->err));
	assert_int_equal(feed == NULL, found == FEED_STRANGE);
	return found;
}

static void tokens_are_long_and_different(void **state)
{
	char one[FEED_TOKEN_TEXT], other[FEED_TOKEN_TEXT];
	uint8_t secret[HASH_BYTES] = { 1 }, hash[HASH_BYTES], again[HASH_BYTES];
	bool seen[128] = { false };
	int letters = 0;

	(void)state;
	for (int i = 0; i < 200; i++) {
		feed_token_new(one);
		feed_token_new(other);
		assert_string_not_equal(one, other);
		assert_true(feed_token_good(one));
		for (const char *c = one; *c; c++) {
			letters += !seen[(unsigned char)*c];
			seen[(unsigned char)*c] = true;
		}
	}
	assert_int_equal(letters, 64); /* every letter comes, so all six bits count */
	feed_token_hash(secret, one, hash);
	feed_token_hash(secret, one, again);
	assert_memory_equal(hash, again, HASH_BYTES);
	secret[0] = 2;
	feed_token_hash(secret, one, again);
	assert_memory_not_equal(hash, again, HASH_BYTES);
}

static void hostile_tokens_are_strange(void **state)
{
	static const char *const texts[] = {
		"", "x", "' OR 1=1 --", "AAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAA",
		"AAAAAAAAAAAAAAAAAAAAA=", "AAAAAAAAAAAAAAAAAAAAA/", "AAAAAAAAAAAAAAAAAAAA%2",
		"\xff\xfe", "令牌令牌令牌", "AAAAAAAAAAAAAAAAAAAAAA",
	};
	struct world *w = *state;

	make(w, w->students[0]);
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		assert_int_equal(look(w, texts[i]), FEED_STRANGE);
}

static void an_address_is_made_of_a_good_base(void **state)
{
	static const char *const good[] = { "https://a", "http://127.0.0.1:80", "https://a.b/c/" };
	static const char *const bad[] = { "", "a", "ftp://a", "https://", "https:///x", "https://a b",
					   "https://a\n", "https://a?x", "https://a#x", "https://中" };
	struct world *w = *state;
	char *long_one = arena_alloc(&w->arena, 400);

	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
		assert_true(feed_base_good(good[i]));
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_false(feed_base_good(bad[i]));
	memset(long_one, 'a', 399);
	memcpy(long_one, "https://", 8);
	assert_false(feed_base_good(long_one));
	assert_false(feed_base_good(NULL));
	assert_string_equal(feed_url("https://a.b/c/", "T", &w->arena), "https://a.b/c/v1/feeds/T.ics");
}

static void a_feed_is_of_one_thing(void **state)
{
	struct world *w = *state;
	const char *student = world_number(w, w->students[0]);
	struct room *row = record_new(&w->arena, &room_fields);
	const char *room;

	row->code = row->name = "R101";
	row->kind = ROOM_CLASSROOM;
	row->site = "x";
	row->capacity = 30;
	world_insert(w, KIND_ROOM, row);
	world_as(w, "registrar.1");
	room = world_number(w, row->id);
	assert_refused(w, world_run(w, "feed.create", 0, NULL), "FEED_SUBJECT");
	assert_refused(w, world_run(w, "feed.create", 0, "student_id", student, "room_id", room, NULL),
		       "FEED_SUBJECT");
	assert_refused(w, world_run(w, "feed.create", 0, "student_id", "99999", NULL), "NOT_FOUND");
	assert_done(w, world_run(w, "feed.create", 0, "room_id", room, NULL));
	w->local->public_url = NULL;
	assert_refused(w, world_run(w, "feed.create", 0, "room_id", room, NULL), "FEED_NO_SERVER");
	w->local->public_url = "centre.example";
	assert_refused(w, world_run(w, "feed.create", 0, "room_id", room, NULL), "FEED_NO_SERVER");
	world_as(w, "viewer.1");
	assert_refused(w, world_run(w, "feed.create", 0, "room_id", room, NULL), "PERM_DENIED");
}

/* How often the token stands anywhere in the database. */
static int64_t traces(struct world *w, const char *token)
{
	static const char *const columns[] = {
		"SELECT count(*) FROM command_key WHERE instr(reply, ?) > 0",
		"SELECT count(*) FROM audit_event WHERE instr(coalesce(detail, '') || coalesce(reason, ''), ?) > 0",
		"SELECT count(*) FROM calendar_feed WHERE instr(hex(token_hash), ?) > 0",
	};
	int64_t sum = 0;

	for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
		struct stmt *stmt;

		assert_done(w, db_prepare(w->local->db, columns[i], &stmt, &w->err));
		stmt_bind_text(stmt, 1, token);
		assert_int_equal(stmt_step(stmt, &w->err), 1);
		sum += stmt_int(stmt, 0);
		stmt_reset(stmt);
	}
	return sum;
}

static void the_token_is_kept_nowhere(void **state)
{
	struct world *w = *state;
	const char *token = make(w, w->students[0]);
	const struct calendar_feed *feed = bundle_first(&w->outcome.records, &calendar_feed_fields);
	int64_t replies = 0;

	assert_null(feed->token_hash);
	assert_int_equal(traces(w, token), 0);
	/* The reply is there to be searched, with the record and without the link. */
	assert_done(w, db_number(w->local->db, "SELECT count(*) FROM command_key WHERE "
				 "instr(reply, 'calendar_feed') > 0", &replies, &w->err));
	assert_int_equal(replies, 1);
	assert_done(w, db_number(w->local->db, "SELECT count(*) FROM command_key WHERE "
				 "instr(reply, '/v1/feeds/') > 0", &replies, &w->err));
	assert_int_equal(replies, 0);
}

static void a_feed_ends(void **state)
{
	struct world *w = *state;
	const char *token = make(w, w->students[0]), *other = make(w, w->students[1]);
	const int64_t id = w->outcome.id;
	struct calendar_feed *feed = world_get(w, KIND_CALENDAR_FEED, id);
	char day[DATE_TEXT];

	assert_int_equal(look(w, token), FEED_OPEN);
	assert_int_equal(look(w, other), FEED_OPEN);
	assert_done(w, world_run(w, "feed.revoke", id, NULL));
	assert_int_equal(look(w, other), FEED_OVER);
	assert_int_equal(look(w, token), FEED_OPEN);
	assert_refused(w, world_run(w, "feed.revoke", id, NULL), "FEED_ENDED");
	/* The day before its last one, and the day itself. */
	world_day(w, date_format(feed->expires_on - 1, day));
	assert_int_equal(look(w, token), FEED_OPEN);
	world_day(w, date_format(feed->expires_on, day));
	assert_int_equal(look(w, token), FEED_OVER);
}

static void a_learner_s_feed_ends_when_the_learner_leaves(void **state)
{
	struct world *w = *state;
	const char *token = make(w, w->students[0]);

	assert_done(w, world_run(w, "student.status", w->students[0], "status", "LEAVE", "reason",
				 "a year abroad", NULL));
	assert_int_equal(look(w, token), FEED_OPEN);
	assert_done(w, world_run(w, "student.status", w->students[0], "status", "WITHDRAWN", "reason",
				 "left the plant", NULL));
	assert_int_equal(look(w, token), FEED_OVER);
	assert_refused(w, world_run(w, "feed.create", 0, "student_id", world_number(w, w->students[0]), NULL),
		       "FEED_LEFT");
}

static void a_calendar_names_nobody(void **state)
{
	struct world *w = *state;
	const char *token = make(w, w->students[0]);
	struct buf out = BUF_INIT;
	struct calendar_feed *feed;
	enum feed_found found;

	assert_done(w, feed_find(w->local, token, &w->arena, &found, &feed, &w->err));
	assert_done(w, feed_calendar(w->local, feed, &w->arena, &out, &w->err));
	assert_memory_equal(buf_cstr(&out), "BEGIN:VCALENDAR\r\n", 17);
	assert_null(strstr(buf_cstr(&out), "15101064"));
	assert_null(strstr(buf_cstr(&out), "Learner"));
	assert_null(strstr(buf_cstr(&out), "L-0"));
	assert_null(strstr(buf_cstr(&out), token));
	buf_release(&out);
}

static void the_last_use_is_a_day(void **state)
{
	struct world *w = *state;
	struct calendar_feed *feed;
	int64_t today;

	make(w, w->students[0]);
	today = local_today(w->local);
	for (int i = 0; i < 2; i++) {
		struct tx tx;

		assert_done(w, tx_begin(&tx, w->local, &w->arena, false, &w->err));
		assert_done(w, feed_note_use(&tx, w->outcome.id, &w->err));
		assert_done(w, tx_commit(&tx, &w->err));
		feed = world_get(w, KIND_CALENDAR_FEED, w->outcome.id);
		assert_int_equal(feed->used_on, today);
		assert_int_equal(feed->rev, 2); /* once a day */
	}
}

/* A program that is given a token must not take it for an option. */
static void a_token_never_begins_like_an_option(void **state)
{
	char token[FEED_TOKEN_TEXT];

	(void)state;
	for (int i = 0; i < 4000; i++) {
		random_letters(token, FEED_TOKEN_TEXT - 1);
		assert_true(token[0] != '-' && token[0] != '_');
		assert_int_equal(strspn(token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
					"0123456789-_"), FEED_TOKEN_TEXT - 1);
	}
}

int main(void)
{
#define FEED_TEST(NAME) cmocka_unit_test_setup_teardown(NAME, setup, world_teardown)
	const struct CMUnitTest tests[] = {
		FEED_TEST(tokens_are_long_and_different),
		FEED_TEST(hostile_tokens_are_strange),
		FEED_TEST(an_address_is_made_of_a_good_base),
		FEED_TEST(a_feed_is_of_one_thing),
		FEED_TEST(the_token_is_kept_nowhere),
		FEED_TEST(a_feed_ends),
		FEED_TEST(a_learner_s_feed_ends_when_the_learner_leaves),
		FEED_TEST(a_calendar_names_nobody),
		FEED_TEST(the_last_use_is_a_day),
		cmocka_unit_test(a_token_never_begins_like_an_option),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
