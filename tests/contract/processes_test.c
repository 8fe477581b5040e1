/* One file, several processes that write it at once: no command is lost or
 * done twice, the change feed has every change in commit order, and the audit
 * chain holds. */
#include "tests/contract/suite.h"

#include <sys/wait.h>

#include "core/base/hash.h"
#include "core/store/admin.h"
#include "tests/contract/fixture.h"
#include "tests/contract/scratch.h"

enum { PROCESSES = 4, OWN = 40, COMMON = 20 };

/* Days of a process of its own, then days that all of them set with the same
 * key and the same words: only the first of these is done. */
static int write_days(struct bench *bench, int process)
{
	char day[DATE_TEXT];
	int first = 0;

	bench_login(bench, "registrar");
	for (int i = 0; i < OWN + COMMON; i++) {
		bool common = i >= OWN;
		int64_t date = common ? 30000 + i : 10000 + process * 1000 + i;
		struct command command = bench_command(bench, "calendar.set", "on_date",
			date_format(date, day), "kind", "CLOSED", "name", "x", NULL);
		uint8_t random[10] = { (uint8_t)i };
		struct outcome outcome;

		if (common)
			ulid_make(1, random, command.key);
		outcome = bench_run(bench, &command);
		assert_int_equal(outcome.rev, 1);
		first += common && !outcome.repeated;
	}
	return first;
}

static struct store *open_shared(void)
{
	struct store_options options = STORE_OPTIONS_INIT;
	struct error err = ERROR_INIT;
	struct store *store;

	options.busy_ms = 60000;
	if (store_open(scratch_url("sqlite:", "shared.db"), &options, &store, &err) < 0)
		fail_msg("%s", err.message);
	return store;
}

/* Reads the feed while others write: each seq once, without a gap. */
static int64_t follow(struct bench *bench, int64_t until)
{
	const char *cursor = NULL;
	int64_t seq = 0, records = 0;

	bench_login(bench, "registrar");
	while (records < until) {
		struct page page;

		if (store_changes(bench->store, cursor, 7, &bench->arena, &page, &bench->err) < 0)
			fail_msg("%s", bench->err.message);
		for (size_t i = 0; i < page.count; i++) {
			const struct change *change = page.records[i];

			if (change->seq != seq + 1)
				fail_msg("change %d follows %d", (int)change->seq, (int)seq);
			seq = change->seq;
			if (!strcmp(change->kind, "calendar_day"))
				records += change->last_id - change->first_id + 1;
		}
		cursor = arena_strdup(&bench->arena, page.next);
	}
	return records;
}

static pid_t start(int (*work)(struct bench *bench, int process), int process)
{
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		struct bench bench = { .store = open_shared() };

		_exit(work(&bench, process));
	}
	return pid;
}

static void many_write_one_file(void **state)
{
	const int64_t days = PROCESSES * OWN + COMMON;
	struct store_options options = STORE_OPTIONS_INIT;
	struct bench bench = { .store = NULL };
	struct chain_result chain;
	pid_t pids[PROCESSES];
	int first = 0;

	(void)state;
	assert_int_equal(store_create(scratch_url("sqlite:", "shared.db"), &options, &bench.store,
				      &bench.err), 0);
	assert_int_equal(fixture_make(bench.store, &bench.err), 0);
	store_close(bench.store);
	for (int i = 0; i < PROCESSES; i++)
		pids[i] = start(write_days, i);
	bench.store = open_shared();
	assert_int_equal(follow(&bench, days), days);
	for (int i = 0; i < PROCESSES; i++) {
		int status;

		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		assert_true(WIFEXITED(status));
		first += WEXITSTATUS(status);
	}
	assert_int_equal(first, COMMON);
	assert_int_equal(bench_count(&bench, KIND_CALENDAR_DAY), days);
	bench_login(&bench, "auditor");
	assert_int_equal(store_verify(bench.store, CHAIN_AUDIT, &chain, &bench.err), 0);
	assert_true(chain.ok);
	assert_int_equal(chain.count, days);
	store_close(bench.store);
	arena_release(&bench.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(many_write_one_file) };
	int failed;

	if (hash_setup() < 0)
		return 1;
	scratch_make();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	scratch_remove();
	return failed;
}
