# `make check` runs every test through tests/run, which counts single cases; a
# test says what happened as TAP or with its exit status (see tests/run).
# Tests named *.sh and *.py are scripts, all others are programs.
TEST_LIBS = $(CORE_LIBS) $(CMOCKA_LIBS)
# For every test program that names no libraries of its own.
LDADD = $(TEST_LIBS)
TEST_EXTENSIONS = .sh .py
LOG_DRIVER = bash $(top_srcdir)/tests/run
SH_LOG_DRIVER = $(LOG_DRIVER)
PY_LOG_DRIVER = $(LOG_DRIVER)
PY_LOG_COMPILER = python3
AM_TESTS_ENVIRONMENT = \
	OV_SRCDIR='$(abs_top_srcdir)'; export OV_SRCDIR; \
	OV_BUILDDIR='$(abs_top_builddir)'; export OV_BUILDDIR; \
	OV_CC='$(CC)'; export OV_CC; \
	OV_CPPFLAGS='$(DEFS) -I$(abs_top_srcdir) -I$(abs_top_builddir) -DOV_PKGDATADIR=\"\" -DOV_LOCALEDIR=\"\" -DOV_SYSCONFDIR=\"\" $(NCURSES_CFLAGS) $(SQLITE_CFLAGS) $(LIBPQ_CFLAGS) $(JANSSON_CFLAGS) $(SODIUM_CFLAGS) $(ICU_CFLAGS) $(QRENCODE_CFLAGS) $(PANGOCAIRO_CFLAGS) $(CMOCKA_CFLAGS) $(VTERM_CFLAGS)'; export OV_CPPFLAGS; \
	OV_CFLAGS='$(OV_CFLAGS)'; export OV_CFLAGS;
EXTRA_DIST += tests/run tests/tap.sh tests/leaks.supp tests/students.awk tests/mutation/mutants.txt tests/mutation/run

include tests/unit/local.mk
include tests/contract/local.mk
include tests/screen/local.mk
include tests/rest/local.mk
include tests/conformance/local.mk
include tests/pty/local.mk
include tests/crash/local.mk
include tests/fuzz/local.mk
include tests/bench/local.mk
include tests/lint/local.mk
