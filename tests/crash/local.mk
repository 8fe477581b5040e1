CRASH_TESTS = \
	tests/crash/kill.sh \
	tests/crash/powercut.sh
TESTS += $(CRASH_TESTS)
EXTRA_DIST += $(CRASH_TESTS) tests/crash/lib.sh
