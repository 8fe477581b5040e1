/* Searches through a store again and again, as a person who types rests:
 * prints "LOGIN_MS FIRST_MS MEDIAN_MS RESULTS" for line_bench.sh. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/civil.h"
#include "core/base/hash.h"
#include "core/store/store.h"

enum { SEARCHES_MAX = 1000, RESULTS = 10 };

static int by_value(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

	return (left > right) - (left < right);
}

static int searches(struct store *store, const char *text, int count, int64_t *ms,
		    size_t *results, struct error *err)
{
	struct arena arena = ARENA_INIT;
	int rc = 0;

	for (int i = 0; rc == 0 && i < count; i++) {
		int64_t started = clock_monotonic_ms();
		struct page page;

		rc = store_search(store, text, RESULTS, &arena, &page, err);
		ms[i] = clock_monotonic_ms() - started;
		*results = page.count;
		arena_clear(&arena);
	}
	arena_release(&arena);
	return rc;
}

int main(int argc, char **argv)
{
	struct store_options options = STORE_OPTIONS_INIT;
	int count = argc == 7 ? (int)strtol(argv[6], NULL, 10) : 0;
	static int64_t ms[SEARCHES_MAX];
	struct error err = ERROR_INIT;
	struct store *store = NULL;
	size_t results = 0;
	int64_t started, login_ms, first_ms;

	if (count < 1 || count > SEARCHES_MAX || hash_setup() < 0) {
		fprintf(stderr, "line_client URL LOGIN STATE-DIR CA-FILE TEXT COUNT\n");
		return 2;
	}
	options.state_dir = argv[3];
	options.ca_file = *argv[4] ? argv[4] : NULL;
	started = clock_monotonic_ms();
	if (store_open(argv[1], &options, &store, &err) < 0 ||
	    store_login(store, argv[2], NULL, &err) < 0)
		goto failed;
	login_ms = clock_monotonic_ms() - started;
	if (searches(store, argv[5], count, ms, &results, &err) < 0)
		goto failed;
	first_ms = ms[0];
	qsort(ms, (size_t)count, sizeof *ms, by_value);
	printf("%d %d %d %zu\n", (int)login_ms, (int)first_ms, (int)ms[count / 2], results);
	store_close(store);
	return 0;
failed:
	fprintf(stderr, "%s\n", err.message);
	store_close(store);
	return 1;
}
