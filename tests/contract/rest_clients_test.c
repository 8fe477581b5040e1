/* Several desks at one server at once, on a good line and on one that breaks
 * and swallows answers: no command is lost or done twice, the change feed has
 * every change in commit order, and the audit chain holds. */
#include "tests/contract/suite.h"

#include <pthread.h>

#include "core/base/hash.h"
#include "core/store/admin.h"
#include "tests/contract/fixture.h"
#include "tests/contract/rest_store.h"
#include "tests/contract/scratch.h"

enum { DESKS = 3, OWN = 30, COMMON = 15 };

struct desk {
	pthread_t thread;
	const char *url;
	int number;
	int first; /* common commands that this desk did first */
	int done, unsure;
	char failure[600];
};

/* "It may have been done": sent again until the server says. */
static int execute_surely(struct bench *bench, const struct command *command,
			  struct outcome *outcome, struct desk *desk)
{
	int rc;

	do {
		error_clear(&bench->err);
		rc = store_execute(bench->store, command, 1, &bench->arena, outcome, NULL,
				   &bench->err);
		desk->unsure += rc < 0 && bench->err.reason == REASON_STORE_UNSURE;
	} while (rc < 0 && (bench->err.reason == REASON_STORE_UNSURE ||
			    bench->err.reason == REASON_STORE_OFFLINE));
	return rc;
}

static bool work_days(struct bench *bench, struct desk *desk)
{
	char day[DATE_TEXT];

	for (int i = 0; i < OWN + COMMON; i++) {
		bool common = i >= OWN;
		int64_t date = common ? 30000 + i : 10000 + desk->number * 1000 + i;
		struct command command;
		uint8_t random[10] = { (uint8_t)i };
		struct outcome outcome;

		command_init(&command, command_find("calendar.set"), &bench->arena);
		if (command_set(&command, "on_date", date_format(date, day), &bench->arena,
				&bench->err) < 0 ||
		    command_set(&command, "kind", "CLOSED", &bench->arena, &bench->err) < 0 ||
		    command_set(&command, "name", "x", &bench->arena, &bench->err) < 0)
			return false;
		if (common)
			ulid_make(1, random, command.key);
		if (execute_surely(bench, &command, &outcome, desk) < 0 || outcome.rev != 1)
			return false;
		desk->done++;
		desk->first += common && !outcome.repeated;
	}
	return true;
}

/* A thread of its own: no assertion of the test framework may leave it. */
static void *work(void *context)
{
	struct desk *desk = context;
	struct bench bench = { .store = rest_client(desk->url) };
	int rc = -1;

	for (int i = 0; bench.store && rc < 0 && i < 20; i++) {
		error_clear(&bench.err);
		rc = store_login(bench.store, "registrar", "overpass", &bench.err);
	}
	if (rc < 0 || !work_days(&bench, desk))
		snprintf(desk->failure, sizeof desk->failure, "%d: %s", desk->done, bench.err.message);
	store_close(bench.store);
	arena_release(&bench.arena);
	return NULL;
}

/* Reads the feed while others write: each seq once, without a gap. */
static void follow(struct bench *bench, int64_t until)
{
	const char *cursor = NULL;
	int64_t seq = 0, records = 0;

	while (records < until) {
		struct page page;

		if (store_changes(bench->store, cursor, 7, &bench->arena, &page, &bench->err) < 0)
			fail_msg("%s", bench->err.message);
		for (size_t i = 0; i < page.count; i++) {
			const struct change *change = page.records[i];

			assert_int_equal(change->seq, seq + 1);
			seq = change->seq;
			if (!strcmp(change->kind, "calendar_day"))
				records += change->last_id - change->first_id + 1;
		}
		cursor = page.next;
	}
	assert_int_equal(records, until);
}

/* With the server gone: what is in the database it leaves. */
static void check_database(const char *file, int64_t days)
{
	struct store_options options = STORE_OPTIONS_INIT;
	struct bench bench = { .store = NULL };
	struct chain_result chain;
	char url[600];

	snprintf(url, sizeof url, "sqlite:%s", file);
	assert_int_equal(store_open(url, &options, &bench.store, &bench.err), 0);
	bench_login(&bench, "auditor");
	assert_int_equal(bench_count(&bench, KIND_CALENDAR_DAY), days);
	assert_int_equal(store_verify(bench.store, CHAIN_AUDIT, &chain, &bench.err), 0);
	assert_true(chain.ok);
	assert_int_equal(chain.count, days);
	store_close(bench.store);
	arena_release(&bench.arena);
}

static void desks_at_once(const char *const *line_arguments, int number)
{
	const int64_t days = DESKS * OWN + COMMON;
	struct daemon server = { .pid = 0 }, line = { .pid = 0 };
	struct bench bench = { .store = NULL };
	struct desk desks[DESKS] = { { .url = NULL } };
	char file[512];
	int first = 0, unsure = 0;

	snprintf(file, sizeof file, "%s", rest_copy(number));
	assert_true(daemon_start(&server, file, NULL, NULL));
	if (line_arguments)
		assert_true(slowlink_start(&line, &server, line_arguments));
	for (int i = 0; i < DESKS; i++) {
		desks[i].url = line_arguments ? line.url : server.url;
		desks[i].number = i;
		assert_int_equal(pthread_create(&desks[i].thread, NULL, work, &desks[i]), 0);
	}
	bench.store = rest_client(server.url);
	assert_non_null(bench.store);
	bench_login(&bench, "registrar");
	for (int i = 0; i < DESKS; i++) {
		pthread_join(desks[i].thread, NULL);
		if (*desks[i].failure)
			fail_msg("desk %d: %s", i, desks[i].failure);
		first += desks[i].first;
		unsure += desks[i].unsure;
	}
	follow(&bench, days);
	/* Nobody did a common one twice. Whose answer was lost can't tell
	 * whether he was the first; without losses each has one first. */
	if (line_arguments)
		print_message("%d first, %d unsure\n", first, unsure);
	else
		assert_int_equal(first, COMMON);
	store_close(bench.store);
	arena_release(&bench.arena);
	daemon_stop(&line);
	assert_int_equal(daemon_stop(&server), 0);
	check_database(file, days);
}

static void on_a_good_line(void **state)
{
	(void)state;
	desks_at_once(NULL, 1);
}

static void on_a_line_that_breaks_and_swallows(void **state)
{
	static const char *const arguments[] = {
		"--kbps", "4000", "--rtt-ms", "4", "--drop-every", "0", "--reset-after", "3000",
		"--lose-reply", "2", NULL
	};

	(void)state;
	if (slowlink_missing()) {
		print_message("skipped: %s\n", slowlink_missing());
		skip();
	}
	desks_at_once(arguments, 2);
}

static void on_a_line_that_goes_dark(void **state)
{
	static const char *const arguments[] = {
		"--kbps", "0", "--rtt-ms", "20", "--drop-every", "40", "--stall-ms", "200",
		"--blackout", "2:0.7", NULL
	};

	(void)state;
	if (slowlink_missing()) {
		print_message("skipped: %s\n", slowlink_missing());
		skip();
	}
	desks_at_once(arguments, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(on_a_good_line),
		cmocka_unit_test(on_a_line_that_breaks_and_swallows),
		cmocka_unit_test(on_a_line_that_goes_dark),
	};
	int failed;

	if (hash_setup() < 0)
		return 1;
	if (daemon_missing())
		return rest_skip(daemon_missing());
	scratch_make();
	failed = rest_template() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
	scratch_remove();
	return failed;
}
