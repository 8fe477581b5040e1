#!/usr/bin/env bash
# clang-tidy over the product, with the checks that .clang-tidy chooses.
# Time limit: 900 s
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

if ! command -v clang-tidy >/dev/null; then
	lint_skip "clang-tidy" "clang-tidy is not installed"
	lint_end
fi

# The analyzer looks at one function at a time: that a negative answer was
# returned with the error filled, it could not follow into another.
tidy() {
	eval "clang-tidy --quiet \"\$@\" -- -std=gnu11 -Xclang -analyzer-config -Xclang ipa=none $OV_CPPFLAGS" 2>/dev/null |
		grep -E '(warning|error):' | sed "s|$OV_SRCDIR/||"
}
export -f tidy

lint "clang-tidy" "$(c_files core tui cli server | grep '\.c$' | some_files 8 bash -c 'tidy "$@"' _ | sort -u)"
lint_end
