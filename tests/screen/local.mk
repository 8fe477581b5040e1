# Views on a libvterm screen: harness.h says how. The parts that need no
# terminal are tested alone.
if HAVE_CMOCKA
TUI_TESTS = \
	tests/screen/input_test \
	tests/screen/layout_test \
	tests/screen/line_test \
	tests/screen/theme_test \
	tests/screen/worker_test
check_PROGRAMS += $(TUI_TESTS)
TESTS += $(TUI_TESTS)
TUI_TEST_LIBS = $(TUI_LIBS) $(CMOCKA_LIBS)
tests_screen_input_test_LDADD = $(TUI_TEST_LIBS)
tests_screen_layout_test_LDADD = $(TUI_TEST_LIBS)
tests_screen_line_test_LDADD = $(TUI_TEST_LIBS)
tests_screen_theme_test_LDADD = $(TUI_TEST_LIBS) -lm
tests_screen_worker_test_LDADD = $(TUI_TEST_LIBS)

if HAVE_VTERM
SCREEN_TESTS = \
	tests/screen/app_test \
	tests/screen/comfort_test \
	tests/screen/find_test \
	tests/screen/claims_test \
	tests/screen/evidence_test \
	tests/screen/feed_test \
	tests/screen/views_test \
	tests/screen/week_test
check_PROGRAMS += $(SCREEN_TESTS)
TESTS += $(SCREEN_TESTS) tests/screen/feed_scan.sh
check_LIBRARIES += tests/screen/libscreen.a
tests_screen_libscreen_a_SOURCES = \
	tests/screen/fake_store.c \
	tests/screen/fake_week.c \
	tests/screen/harness.c \
	tests/screen/vt.c
tests_screen_libscreen_a_CFLAGS = $(AM_CFLAGS) $(VTERM_CFLAGS)
SCREEN_LIBS = tests/screen/libscreen.a $(TUI_TEST_LIBS) $(VTERM_LIBS)
tests_screen_app_test_LDADD = $(SCREEN_LIBS)
tests_screen_comfort_test_LDADD = $(SCREEN_LIBS)
tests_screen_find_test_LDADD = $(SCREEN_LIBS)
tests_screen_claims_test_LDADD = $(SCREEN_LIBS)
tests_screen_evidence_test_SOURCES = tests/screen/evidence_test.c tests/contract/scratch.c
tests_screen_evidence_test_LDADD = $(SCREEN_LIBS)
tests_screen_feed_test_LDADD = $(SCREEN_LIBS)
tests_screen_week_test_LDADD = $(SCREEN_LIBS)
tests_screen_views_test_LDADD = $(SCREEN_LIBS)
endif
endif
noinst_HEADERS += \
	tests/screen/cmocka.h \
	tests/screen/fake_store.h \
	tests/screen/harness.h \
	tests/screen/vt.h
EXTRA_DIST += tests/screen/feed_scan.sh tests/screen/to_svg
EXTRA_DIST += $(sort $(patsubst $(top_srcdir)/%,%,$(wildcard $(top_srcdir)/tests/screen/golden/*.txt)))
