#!/usr/bin/env bash
# cppcheck over the product; what is not wanted, and why, is in
# cppcheck-suppressions.
# Time limit: 900 s
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

if ! command -v cppcheck >/dev/null; then
	lint_skip "cppcheck" "cppcheck is not installed"
	lint_end
fi
mapfile -t sources < <(c_files core tui cli server | grep '\.c$')
lint "cppcheck" \
	"$(cppcheck -q -j "$(nproc)" --std=c11 --language=c --inline-suppr -I. \
		--enable=warning,performance,portability --suppressions-list=tests/lint/cppcheck-suppressions \
		--template='{file}:{line}: {severity} ({id}): {message}' "${sources[@]}" 2>&1)"
lint_end
