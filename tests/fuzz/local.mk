# With --enable-fuzzing (clang) these are libFuzzer programs, run by hand:
#   tests/fuzz/fuzz_csv SCRATCH_FOLDER tests/fuzz/seeds/csv
# Else they are tests that run over the seeds; see fuzz.h.
FUZZ_TARGETS = \
	tests/fuzz/fuzz_csv \
	tests/fuzz/fuzz_ctt \
	tests/fuzz/fuzz_ini \
	tests/fuzz/fuzz_json \
	tests/fuzz/fuzz_query \
	tests/fuzz/fuzz_rules \
	tests/fuzz/fuzz_text
check_PROGRAMS += $(FUZZ_TARGETS)
noinst_HEADERS += tests/fuzz/fuzz.h
EXTRA_DIST += tests/fuzz/driver.c \
	$(sort $(patsubst $(top_srcdir)/%,%,$(wildcard $(top_srcdir)/tests/fuzz/seeds/*/*)))

if ENABLE_FUZZING
ENGINE_FLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
ENGINE_LIBS = $(CORE_LIBS)
else
TESTS += $(FUZZ_TARGETS)
check_LIBRARIES += tests/fuzz/libdriver.a
tests_fuzz_libdriver_a_SOURCES = tests/fuzz/driver.c
ENGINE_FLAGS = $(AM_LDFLAGS)
ENGINE_LIBS = tests/fuzz/libdriver.a $(CORE_LIBS)
endif

tests_fuzz_fuzz_csv_LDFLAGS = $(ENGINE_FLAGS)
tests_fuzz_fuzz_csv_LDADD = $(ENGINE_LIBS)
tests_fuzz_fuzz_ctt_LDFLAGS = $(ENGINE_FLAGS)
tests_fuzz_fuzz_ctt_LDADD = $(ENGINE_LIBS)
tests_fuzz_fuzz_ini_LDFLAGS = $(ENGINE_FLAGS)
tests_fuzz_fuzz_ini_LDADD = $(ENGINE_LIBS)
tests_fuzz_fuzz_json_LDFLAGS = $(ENGINE_FLAGS)
tests_fuzz_fuzz_json_LDADD = $(ENGINE_LIBS)
tests_fuzz_fuzz_query_LDFLAGS = $(ENGINE_FLAGS)
tests_fuzz_fuzz_query_LDADD = $(ENGINE_LIBS)
tests_fuzz_fuzz_rules_LDFLAGS = $(ENGINE_FLAGS)
tests_fuzz_fuzz_rules_LDADD = $(ENGINE_LIBS)
tests_fuzz_fuzz_text_LDFLAGS = $(ENGINE_FLAGS)
tests_fuzz_fuzz_text_LDADD = $(ENGINE_LIBS)
