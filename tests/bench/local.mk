# Not part of `make check`: figures need a quiet machine. See tests/bench/run.
EXTRA_DIST += \
	tests/bench/find_bench.sh \
	tests/bench/import_bench.sh \
	tests/bench/line_bench.sh \
	tests/bench/lib.sh \
	tests/bench/run \
	tests/bench/tty_bench.sh

EXTRA_PROGRAMS = tests/bench/line_client
tests_bench_line_client_LDADD = $(CORE_LIBS)
CLEANFILES += tests/bench/line_client

bench: all tests/bench/line_client
	bash $(top_srcdir)/tests/bench/run
.PHONY: bench
