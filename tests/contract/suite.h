/* suite.h: the contract of struct store, run unchanged against every backend.
 *
 * A backend's program fills struct suite and calls suite_run(). The suite
 * knows store.h and command.h only: no SQL, no file, no process. */
#ifndef OV_TESTS_CONTRACT_SUITE_H
#define OV_TESTS_CONTRACT_SUITE_H

#include "tests/unit/shared.h"

#include "core/model/reason.h"
#include "core/store/command.h"
#include "core/store/store.h"

struct suite {
	const char *name;
	/* A store on a database that holds the fixture (fixture.h) and nothing
	 * else; a new one at each call. NULL: it could not be made. */
	struct store *(*open)(void);
	void (*close)(struct store *store);
};

/* What a backend opens its stores with. */
#define SUITE_OPTIONS_INIT { .clock = CLOCK_INIT, .public_url = "https://centre.example" }

int suite_run(const struct suite *suite); /* for main() */

/* What each test gets: a store of its own, an arena, an error. */
struct bench {
	struct store *store;
	struct arena arena;
	struct error err;
};

void bench_login(struct bench *bench, const char *login);
/* A call of the command NAME with name, value pairs ended by NULL. */
struct command bench_command(struct bench *bench, const char *name, ...)
	__attribute__((sentinel));
/* Executes one command; fails the test when it is refused. */
struct outcome bench_run(struct bench *bench, const struct command *command);
void bench_expect(struct bench *bench, int rc, enum reason reason);
size_t bench_count(struct bench *bench, enum kind kind);

extern const struct CMUnitTest suite_read_tests[], suite_find_tests[], suite_execute_tests[];
extern const size_t suite_read_count, suite_find_count, suite_execute_count;

int suite_setup(void **state);
int suite_teardown(void **state);
#define SUITE_TEST(NAME) cmocka_unit_test_setup_teardown(NAME, suite_setup, suite_teardown)

#endif
