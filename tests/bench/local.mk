# Not part of `make check`: figures need a quiet machine. See tests/bench/run.
EXTRA_DIST += \
	tests/bench/find_bench.sh \
	tests/bench/import_bench.sh \
	tests/bench/lib.sh \
	tests/bench/run \
	tests/bench/tty_bench.sh

bench: all
	bash $(top_srcdir)/tests/bench/run
.PHONY: bench
