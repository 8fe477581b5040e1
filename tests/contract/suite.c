#include "tests/contract/suite.h"

static const struct suite *current;

int suite_setup(void **state)
{
	struct bench *bench = mem_alloc(sizeof *bench);

	bench->store = current->open();
	arena_init(&bench->arena);
	*state = bench;
	return bench->store ? 0 : -1;
}

int suite_teardown(void **state)
{
	struct bench *bench = *state;

	if (bench->store)
		current->close(bench->store);
	arena_release(&bench->arena);
	free(bench);
	return 0;
}

void bench_login(struct bench *bench, const char *login)
{
	if (store_login(bench->store, login, "overpass", &bench->err) < 0)
		fail_msg("login %s: %s", login, bench->err.message);
}

struct command bench_command(struct bench *bench, const char *name, ...)
{
	const struct command_def *def = command_find(name);
	struct command command;
	const char *field;
	va_list args;

	assert_non_null(def);
	command_init(&command, def, &bench->arena);
	va_start(args, name);
	while ((field = va_arg(args, const char *)) != NULL)
		if (command_set(&command, field, va_arg(args, const char *), &bench->arena,
				&bench->err) < 0)
			fail_msg("%s.%s: %s", name, field, bench->err.message);
	va_end(args);
	return command;
}

struct outcome bench_run(struct bench *bench, const struct command *command)
{
	struct outcome outcome;

	if (store_execute(bench->store, command, 1, &bench->arena, &outcome, NULL,
			  &bench->err) < 0)
		fail_msg("%s: %s", command->def->name, bench->err.message);
	return outcome;
}

void bench_expect(struct bench *bench, int rc, enum reason reason)
{
	if (rc >= 0)
		fail_msg("accepted, but %s was expected", reason_code(reason));
	if (bench->err.reason != (int)reason)
		fail_msg("%s was expected, but: %s", reason_code(reason), bench->err.message);
	assert_int_equal(rc, reason_get(reason)->result);
	assert_int_equal(rc, bench->err.code);
	assert_true(*bench->err.message);
	error_clear(&bench->err);
}

size_t bench_count(struct bench *bench, enum kind kind)
{
	struct query query = { .kind = kind, .limit = 500 };
	struct page page;

	if (store_find(bench->store, &query, &bench->arena, &page, &bench->err) < 0)
		fail_msg("%s", bench->err.message);
	assert_null(page.next);
	return page.count;
}

int suite_run(const struct suite *suite)
{
	int failed = 0;

	current = suite;
	failed += _cmocka_run_group_tests("read", suite_read_tests, suite_read_count, NULL, NULL);
	failed += _cmocka_run_group_tests("find", suite_find_tests, suite_find_count, NULL, NULL);
	failed += _cmocka_run_group_tests("execute", suite_execute_tests, suite_execute_count,
					  NULL, NULL);
	return failed;
}
