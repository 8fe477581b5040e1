/* What a request reads: one state, the newest at its beginning, and nobody's log is
 * held up by a thread that has nothing to do. */
#include "tests/unit/shared.h"

#include <poll.h>

#include "core/model/reason.h"
#include "server/look.h"
#include "tests/contract/scratch.h"

static struct db *reading, *writing;
static struct looks *looks;
static struct look *look;
static struct error err = ERROR_INIT;

static int setup(void **state)
{
	(void)state;
	scratch_make();
	if (db_open(scratch_path("look.db"), DB_CREATE, 20, &writing, &err) < 0 ||
	    db_share(writing, &err) < 0 ||
	    db_exec(writing, "CREATE TABLE kept (n INTEGER); INSERT INTO kept VALUES (0)", &err) < 0 ||
	    db_open(scratch_path("look.db"), 0, 1000, &reading, &err) < 0 ||
	    db_share(reading, &err) < 0)
		return -1;
	looks = looks_new();
	look = looks ? look_new(looks, reading) : NULL;
	return look ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	looks_free(looks);
	db_close(reading);
	db_close(writing);
	scratch_remove();
	return 0;
}

static int64_t number(struct db *db, const char *sql)
{
	int64_t value = -1;

	assert_int_equal(db_number(db, sql, &value, &err), 0);
	return value;
}

static void write_one(void)
{
	assert_int_equal(db_exec(writing, "UPDATE kept SET n = n + 1", &err), 0);
}

/* A request that reads once. */
static int64_t ask(int64_t *version)
{
	int64_t n;

	assert_int_equal(look_take(look, version, &err), 0);
	n = number(reading, "SELECT n FROM kept");
	look_leave(look);
	return n;
}

/* Each commit of another connection is seen by the very next request. */
static void test_newest(void **state)
{
	int64_t version, before, n = ask(&before);

	(void)state;
	for (int i = 0; i < 300; i++) {
		assert_int_equal(ask(&version), n);
		assert_int_equal(version, before);
		write_one();
		assert_int_equal(ask(&version), ++n);
		assert_int_not_equal(version, before);
		before = version;
	}
}

static void test_one_state(void **state)
{
	int64_t version, again, n = ask(&version);

	(void)state;
	assert_int_equal(look_take(look, &version, &err), 0);
	write_one();
	assert_int_equal(number(reading, "SELECT n FROM kept"), n);
	assert_int_equal(look_take(look, &again, &err), 0);
	assert_int_equal(again, version);
	assert_int_equal(number(reading, "SELECT n FROM kept"), n);
	look_renew(look);
	assert_int_equal(look_take(look, &again, &err), 0);
	assert_int_not_equal(again, version);
	assert_int_equal(number(reading, "SELECT n FROM kept"), n + 1);
	look_leave(look);
	look_leave(look);
}

/* The second of two requests finds the state that the first one left. */
static void test_kept(void **state)
{
	int64_t version;

	(void)state;
	for (int i = 0; i < 200; i++) {
		ask(&version);
		if (db_stands(reading)) {
			assert_true(db_look_stands(reading));
			return;
		}
	}
	fail_msg("no look was kept");
}

/* 1 as long as a reader holds up the folding of the log. */
static bool held_up(void)
{
	return number(writing, "PRAGMA wal_checkpoint(TRUNCATE)") != 0;
}

static void test_folded(void **state)
{
	int64_t version;
	int tries = 0;

	(void)state;
	for (int i = 0; i < 5; i++) {
		write_one();
		assert_int_equal(look_take(look, &version, &err), 0);
		assert_true(held_up()); /* else this test shows nothing */
		look_leave(look);
	}
	while (held_up() && tries++ < 500)
		poll(NULL, 0, LOOK_REST_MS);
	assert_true(tries < 500);
}

/* Behind a long log none is kept: it waits for a moment without readers. */
static void test_long_log(void **state)
{
	int64_t version;

	(void)state;
	assert_int_equal(db_exec(writing, "PRAGMA wal_autocheckpoint=0", &err), 0);
	for (int i = 0; i < 1100; i++)
		write_one();
	ask(&version);
	assert_false(db_stands(reading));
	assert_false(held_up());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_newest),
		cmocka_unit_test(test_one_state),
		cmocka_unit_test(test_kept),
		cmocka_unit_test(test_folded),
		cmocka_unit_test(test_long_log),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
