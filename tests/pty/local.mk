# The real program with real keys on a pseudo-terminal.
if HAVE_CMOCKA
if HAVE_VTERM
check_PROGRAMS += tests/pty/term_test tests/pty/doctor_test tests/pty/line_test tests/pty/lock_test tests/pty/play_test tests/pty/pty_test tests/pty/recording_test
TESTS += tests/pty/term_test tests/pty/doctor_test tests/pty/line_test tests/pty/lock_test tests/pty/play_test tests/pty/pty_test tests/pty/recording_test
tests_pty_pty_test_SOURCES = tests/pty/pty_test.c tests/pty/pty.c tests/screen/vt.c \
	tests/contract/daemon.c
tests_pty_term_test_SOURCES = tests/pty/term_test.c tests/pty/pty.c tests/screen/vt.c
tests_pty_term_test_CFLAGS = $(AM_CFLAGS) $(VTERM_CFLAGS)
tests_pty_term_test_LDADD = $(TEST_LIBS) $(VTERM_LIBS) -lutil
tests_pty_lock_test_SOURCES = tests/pty/lock_test.c tests/pty/pty.c tests/screen/vt.c
tests_pty_lock_test_CFLAGS = $(AM_CFLAGS) $(VTERM_CFLAGS)
tests_pty_lock_test_LDADD = $(TEST_LIBS) $(VTERM_LIBS) -lutil
tests_pty_doctor_test_SOURCES = tests/pty/doctor_test.c tests/pty/pty.c tests/screen/vt.c
tests_pty_doctor_test_CFLAGS = $(AM_CFLAGS) $(VTERM_CFLAGS)
tests_pty_doctor_test_LDADD = $(TEST_LIBS) $(VTERM_LIBS) -lutil
tests_pty_line_test_SOURCES = tests/pty/line_test.c tests/pty/pty.c tests/screen/vt.c \
	tests/contract/peer.c
tests_pty_play_test_SOURCES = tests/pty/play_test.c tests/pty/cast.c tests/pty/pty.c \
	tests/screen/vt.c tests/contract/daemon.c
tests_pty_recording_test_SOURCES = tests/pty/recording_test.c tests/screen/vt.c
tests_pty_recording_test_CFLAGS = $(AM_CFLAGS) $(VTERM_CFLAGS)
tests_pty_recording_test_LDADD = $(TEST_LIBS) $(VTERM_LIBS)
tests_pty_play_test_CFLAGS = $(AM_CFLAGS) $(VTERM_CFLAGS)
tests_pty_play_test_LDADD = $(TEST_LIBS) $(VTERM_LIBS) -lutil
tests_pty_line_test_CFLAGS = $(AM_CFLAGS) $(VTERM_CFLAGS)
tests_pty_line_test_LDADD = $(TEST_LIBS) $(VTERM_LIBS) -lutil
tests_pty_pty_test_CFLAGS = $(AM_CFLAGS) $(VTERM_CFLAGS)
tests_pty_pty_test_LDADD = $(TEST_LIBS) $(VTERM_LIBS) -lutil
endif
endif
TESTS += tests/pty/rest_pty_test.sh tests/pty/fuzz_keys.sh
EXTRA_DIST += tests/pty/fuzz_keys.sh tests/pty/fuzz_keys.py tests/pty/fuzz_seeds.txt
EXTRA_DIST += tests/pty/rest_pty_test.sh tests/pty/claim_contest.keys tests/pty/claim_life.keys tests/pty/desk_budgets.keys tests/pty/evidence.keys tests/pty/plan.keys tests/pty/timetable.keys docs/claim-life.cast
noinst_HEADERS += tests/pty/cast.h tests/pty/pty.h
