/* memory: */
#include "tests/contract/suite.h"

#include "core/base/hash.h"
#include "tests/contract/fixture.h"

static struct store *open_memory(void)
{
	struct store_options options = SUITE_OPTIONS_INIT;
	struct error err = ERROR_INIT;
	struct store *store;

	if (store_open("memory:", &options, &store, &err) < 0 || fixture_make(store, &err) < 0) {
		print_error("%s\n", err.message);
		return NULL;
	}
	return store;
}

int main(void)
{
	const struct suite suite = { .name = "memory:", .open = open_memory, .close = store_close };

	return hash_setup() < 0 ? 1 : suite_run(&suite);
}
