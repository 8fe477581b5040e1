CRASH_TESTS = \
	tests/crash/evidence.sh \
	tests/crash/kill.sh \
	tests/crash/powercut.sh \
	tests/crash/server.sh
TESTS += $(CRASH_TESTS)
EXTRA_DIST += $(CRASH_TESTS) tests/crash/lib.sh tests/crash/server_clients.py

check_PROGRAMS += tests/crash/clerk
tests_crash_clerk_LDADD = $(CORE_LIBS)
