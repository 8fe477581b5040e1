# Not part of `make check`: figures need a quiet machine. See tests/bench/run.
EXTRA_DIST += \
	tests/bench/conflicts_bench.sh \
	tests/bench/plan_term_bench.sh \
	tests/bench/find_bench.sh \
	tests/bench/import_bench.sh \
	tests/bench/line_bench.sh \
	tests/bench/ledger_bench.sh \
	tests/bench/lib.sh \
	tests/bench/planner_bench.sh \
	tests/bench/pouchdb/package.json \
	tests/bench/pouchdb/pouch.js \
	tests/bench/rules_bench.sh \
	tests/bench/run \
	tests/bench/search_bench.sh \
	tests/bench/server \
	tests/bench/server.lua \
	tests/bench/server_bench.sh \
	tests/bench/tty_bench.sh

EXTRA_PROGRAMS = tests/bench/ledger_verify tests/bench/line_client tests/bench/plain_annealer
tests_bench_ledger_verify_LDADD = $(CORE_LIBS)
tests_bench_line_client_LDADD = $(CORE_LIBS)
tests_bench_plain_annealer_LDADD = $(CORE_LIBS)
CLEANFILES += tests/bench/plain_annealer tests/bench/line_client

EXTRA_PROGRAMS += tests/bench/constant
tests_bench_constant_LDADD = $(MICROHTTPD_LIBS)
CLEANFILES += tests/bench/constant

EXTRA_PROGRAMS += tests/bench/conflict_timer
tests_bench_conflict_timer_SOURCES = tests/bench/conflict_timer.c \
	tests/unit/conflict_oracle.c tests/unit/conflict_oracle.h \
	tests/unit/conflict_oracle_world.c
tests_bench_conflict_timer_LDADD = $(CORE_LIBS)
CLEANFILES += tests/bench/conflict_timer

EXTRA_PROGRAMS += tests/bench/rules_timer
tests_bench_rules_timer_LDADD = $(CORE_LIBS)
CLEANFILES += tests/bench/rules_timer

bench: all tests/bench/constant tests/bench/line_client tests/bench/conflict_timer tests/bench/rules_timer tests/bench/plain_annealer
	bash $(top_srcdir)/tests/bench/run
.PHONY: bench

EXTRA_PROGRAMS += tests/bench/search_client
tests_bench_search_client_SOURCES = tests/bench/search_client.c \
	tests/bench/search_peers.c tests/bench/search_peers.h
tests_bench_search_client_LDADD = $(CORE_LIBS)
tests_bench_search_client_CPPFLAGS = $(AM_CPPFLAGS)
if HAVE_LMDB
tests_bench_search_client_LDADD += $(LMDB_LIBS)
tests_bench_search_client_CPPFLAGS += $(LMDB_CFLAGS) -DHAVE_LMDB
endif
CLEANFILES += tests/bench/search_client
