# One suite for every backend: a program a backend, of a few lines.
if HAVE_CMOCKA
CONTRACT_SUITE = \
	tests/contract/fixture.c tests/contract/fixture.h \
	tests/contract/scratch.c tests/contract/scratch.h \
	tests/contract/suite.c tests/contract/suite.h \
	tests/contract/suite_execute.c \
	tests/contract/suite_find.c \
	tests/contract/suite_read.c
CONTRACT_TESTS = \
	tests/contract/memory_test \
	tests/contract/processes_test \
	tests/contract/sqlite_test \
	tests/contract/trace_test
tests_contract_memory_test_SOURCES = tests/contract/memory_test.c $(CONTRACT_SUITE)
tests_contract_processes_test_SOURCES = tests/contract/processes_test.c $(CONTRACT_SUITE)
tests_contract_sqlite_test_SOURCES = tests/contract/sqlite_test.c $(CONTRACT_SUITE)
tests_contract_trace_test_SOURCES = tests/contract/trace_test.c $(CONTRACT_SUITE)
check_PROGRAMS += $(CONTRACT_TESTS)
TESTS += $(CONTRACT_TESTS)
endif

CLI_TESTS = tests/contract/cli_test.sh
TESTS += $(CLI_TESTS)
EXTRA_DIST += $(CLI_TESTS)
