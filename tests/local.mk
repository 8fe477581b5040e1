# Every test program prints TAP (CMOCKA_MESSAGE_OUTPUT) so that the runner can
# count single tests; see tests/run.
TEST_LIBS = $(CORE_LIBS) $(CMOCKA_LIBS)
# For every test program that names no libraries of its own.
LDADD = $(TEST_LIBS)
include tests/unit/local.mk
include tests/contract/local.mk
include tests/screen/local.mk
include tests/pty/local.mk
include tests/crash/local.mk
include tests/fuzz/local.mk
include tests/bench/local.mk
include tests/lint/local.mk
