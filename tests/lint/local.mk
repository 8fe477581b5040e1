LINTS = \
	tests/lint/banned.sh \
	tests/lint/clang_tidy.sh \
	tests/lint/cppcheck.sh \
	tests/lint/dist.sh \
	tests/lint/headers.sh \
	tests/lint/install.sh \
	tests/lint/layers.sh \
	tests/lint/runner.sh \
	tests/lint/size.sh \
	tests/lint/symbols.sh \
	tests/lint/translations.sh \
	tests/lint/valgrind.sh
EXTRA_DIST += $(LINTS) tests/lint/lib.sh tests/lint/cppcheck-suppressions .clang-tidy

# The sources are the same in a build with sanitizers; once is enough.
if !ENABLE_SANITIZERS
TESTS += $(LINTS)
endif
