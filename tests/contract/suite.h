/* suite.h: the contract of struct store, run unchanged against every backend.
 *
 * A backend's program fills struct suite and calls suite_run(). The suite
 * knows store.h and command.h only. */
#ifndef OV_TESTS_CONTRACT_SUITE_H
#define OV_TESTS_CONTRACT_SUITE_H

#include "core/store/command.h"
#include "core/store/store.h"

struct suite {
	const char *name;
	/* A store on a database that holds the fixture (fixture.h) and nothing
	 * else; a new one at each call. */
	struct store *(*open)(void);
	void (*close)(struct store *store);
};

int suite_run(const struct suite *suite); /* for main() */

/* Tests of suite_find.c and suite_execute.c, each on its own store. */
struct CMUnitTest;
extern const struct CMUnitTest suite_read_tests[], suite_execute_tests[];
extern const size_t suite_read_count, suite_execute_count;

struct store *suite_store(void **state);

#endif
