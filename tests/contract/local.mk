PLAN_TESTS = tests/contract/plan_stop_test.py
TESTS += $(PLAN_TESTS)
EXTRA_DIST += $(PLAN_TESTS)

# Documents, read by others' programs.
REPORT_TESTS = tests/contract/closing_test.py tests/contract/report_test.sh
TESTS += $(REPORT_TESTS)
EXTRA_DIST += $(REPORT_TESTS)

# One suite for every backend: a program a backend, of a few lines.
if HAVE_CMOCKA
CONTRACT_SUITE = \
	tests/contract/fixture.c tests/contract/fixture.h \
	tests/contract/scratch.c tests/contract/scratch.h \
	tests/contract/suite.c tests/contract/suite.h \
	tests/contract/suite_execute.c \
	tests/contract/suite_find.c \
	tests/contract/suite_read.c
# The store behind a line, without a server of ours at its other end.
LINE_BENCH = \
	tests/contract/line.c tests/contract/line.h \
	tests/contract/peer.c tests/contract/peer.h
REST_BENCH = \
	tests/contract/daemon.c tests/contract/daemon.h \
	tests/contract/rest_store.c tests/contract/rest_store.h
CONTRACT_TESTS = \
	tests/contract/memory_test \
	tests/contract/postgres_test \
	tests/contract/processes_test \
	tests/contract/race_test \
	tests/contract/rest_clients_test \
	tests/contract/rest_line_test \
	tests/contract/rest_slow_test \
	tests/contract/rest_test \
	tests/contract/rest_words_test \
	tests/contract/sqlite_test \
	tests/contract/trace_test
tests_contract_memory_test_SOURCES = tests/contract/memory_test.c $(CONTRACT_SUITE)
tests_contract_postgres_test_SOURCES = tests/contract/postgres_test.c \
	tests/contract/cluster.c tests/contract/cluster.h $(CONTRACT_SUITE)
tests_contract_processes_test_SOURCES = tests/contract/processes_test.c $(CONTRACT_SUITE)
tests_contract_race_test_SOURCES = tests/contract/race_test.c \
	tests/contract/cluster.c tests/contract/cluster.h \
	tests/unit/claim_world.c tests/unit/claim_world.h \
	tests/contract/fixture.c tests/contract/fixture.h \
	tests/contract/scratch.c tests/contract/scratch.h $(REST_BENCH)
tests_contract_rest_clients_test_SOURCES = \
	tests/contract/rest_clients_test.c $(REST_BENCH) $(CONTRACT_SUITE)
tests_contract_rest_line_test_SOURCES = tests/contract/rest_line_test.c $(LINE_BENCH)
tests_contract_rest_slow_test_SOURCES = \
	tests/contract/rest_slow_test.c $(REST_BENCH) $(CONTRACT_SUITE)
tests_contract_rest_test_SOURCES = tests/contract/rest_test.c $(REST_BENCH) $(CONTRACT_SUITE)
tests_contract_rest_words_test_SOURCES = tests/contract/rest_words_test.c $(LINE_BENCH)
tests_contract_sqlite_test_SOURCES = tests/contract/sqlite_test.c $(CONTRACT_SUITE)
tests_contract_trace_test_SOURCES = tests/contract/trace_test.c $(CONTRACT_SUITE)
tests_contract_cluster_run_SOURCES = tests/contract/cluster_run.c \
	tests/contract/cluster.c tests/contract/cluster.h
check_PROGRAMS += $(CONTRACT_TESTS) tests/contract/cluster_run
TESTS += $(CONTRACT_TESTS)
endif

CLI_TESTS = \
	tests/contract/cli_test.sh \
	tests/contract/evidence_test.sh \
	tests/contract/ledger_rest_test.sh \
	tests/contract/ledger_test.sh \
	tests/contract/calendar_test.sh \
	tests/contract/cohort_test.sh \
	tests/contract/plan_test.sh \
	tests/contract/timetable_test.sh \
	tests/contract/rest_h2_test.sh \
	tests/contract/rest_poor_test.sh \
	tests/contract/rule_files_test.sh
TESTS += $(CLI_TESTS)
EXTRA_DIST += $(CLI_TESTS)
