/* The line of a branch office: 64 kbit/s, 600 ms there and back, a stall now
 * and then, with TLS. What a person does there costs one round trip. */
#include "tests/contract/suite.h"

#include <spawn.h>
#include <sys/wait.h>

#include "core/base/hash.h"
#include "tests/contract/rest_store.h"
#include "tests/contract/scratch.h"

extern char **environ;

enum { ROUND_TRIP_MS = 600 };

static const char *const branch_office[] = {
	"--kbps", "64", "--rtt-ms", "600", "--drop-every", "0", NULL
};

static struct daemon server, line;

static const char *missing(void)
{
	const char *why = daemon_missing();

	return why ? why : slowlink_missing();
}

/* A certificate of our own making for 127.0.0.1. */
static bool make_certificate(void)
{
	const char *arguments[] = {
		"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
		"ec_paramgen_curve:prime256v1", "-nodes", "-days", "3650", "-subj",
		"/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout",
		scratch_path("key.pem"), "-out", scratch_path("ca.pem"), NULL
	};
	posix_spawn_file_actions_t actions;
	int status = 1;
	pid_t pid;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", 1, 0);
	if (posix_spawnp(&pid, arguments[0], &actions, NULL, (char *const *)(uintptr_t)arguments,
			 environ) == 0)
		waitpid(pid, &status, 0);
	posix_spawn_file_actions_destroy(&actions);
	return status == 0;
}

static int setup(void **state)
{
	struct bench *bench = mem_alloc(sizeof *bench);
	static int number;

	*state = bench;
	if (!daemon_start(&server, rest_copy(number++), scratch_path("ca.pem"),
			  scratch_path("key.pem")) ||
	    !slowlink_start(&line, &server, branch_office))
		return -1;
	bench->store = rest_client(line.url);
	return bench->store ? 0 : -1;
}

static int teardown(void **state)
{
	struct bench *bench = *state;

	store_close(bench->store);
	arena_release(&bench->arena);
	free(bench);
	daemon_stop(&line);
	return daemon_stop(&server);
}

static int64_t search_ms(struct bench *bench, const char *text, size_t *count)
{
	int64_t started = clock_monotonic_ms();
	struct page page;

	if (store_search(bench->store, text, 10, &bench->arena, &page, &bench->err) < 0)
		fail_msg("%s", bench->err.message);
	*count = page.count;
	return clock_monotonic_ms() - started;
}

static void a_search_is_one_round_trip(void **state)
{
	struct bench *bench = *state;
	struct store_status status;
	size_t count;
	int64_t ms;

	bench_login(bench, "registrar");
	ms = search_ms(bench, "learner", &count);
	assert_int_equal(count, 10);
	if (ms > 2 * ROUND_TRIP_MS)
		fail_msg("%d ms", (int)ms);
	print_message("%d ms for ten results\n", (int)ms);
	assert_int_equal(store_status(bench->store, &bench->arena, &status, &bench->err), 0);
	assert_int_equal(status.link, LINK_SLOW);
	assert_in_range(status.round_trip_ms, ROUND_TRIP_MS, 2 * ROUND_TRIP_MS);
}

static void a_command_is_one_round_trip(void **state)
{
	struct bench *bench = *state;
	struct command command;
	int64_t started;

	bench_login(bench, "registrar");
	command = bench_command(bench, "term.create", "code", "2026S", "starts_on", "2026-03-01",
				"ends_on", "2026-07-01", NULL);
	started = clock_monotonic_ms();
	bench_run(bench, &command);
	assert_in_range(clock_monotonic_ms() - started, ROUND_TRIP_MS, 2 * ROUND_TRIP_MS);
}

/* Another's certificate, or none that this machine trusts. */
static void a_stranger_is_refused(void **state)
{
	struct bench *bench = *state;
	struct store_options options = STORE_OPTIONS_INIT;

	store_close(bench->store);
	options.state_dir = scratch_path("state");
	assert_int_equal(store_open(line.url, &options, &bench->store, &bench->err), 0);
	bench_expect(bench, store_login(bench->store, "registrar", "overpass", &bench->err),
		     REASON_STORE_CERTIFICATE);
	assert_int_equal(store_link(bench->store), LINK_REFUSED);
}

#define SLOW_TEST(NAME) cmocka_unit_test_setup_teardown(NAME, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		SLOW_TEST(a_search_is_one_round_trip),
		SLOW_TEST(a_command_is_one_round_trip),
		SLOW_TEST(a_stranger_is_refused),
	};
	int failed;

	if (hash_setup() < 0)
		return 1;
	if (missing())
		return rest_skip(missing());
	scratch_make();
	if (!make_certificate())
		failed = rest_skip("openssl, to make a certificate, is missing");
	else
		failed = rest_template() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
	scratch_remove();
	return failed;
}
