# The real program with real keys on a pseudo-terminal.
if HAVE_CMOCKA
if HAVE_VTERM
check_PROGRAMS += tests/pty/pty_test
TESTS += tests/pty/pty_test
tests_pty_pty_test_SOURCES = tests/pty/pty_test.c tests/pty/pty.c tests/screen/vt.c
tests_pty_pty_test_CFLAGS = $(AM_CFLAGS) $(VTERM_CFLAGS)
tests_pty_pty_test_LDADD = $(TEST_LIBS) $(VTERM_LIBS) -lutil
endif
endif
noinst_HEADERS += tests/pty/pty.h
