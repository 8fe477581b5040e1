#!/usr/bin/env bash
# tests/run itself: what it counts for programs that pass, fail, skip, hang,
# crash or break off.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# counts TITLE WANT SCRIPT: the closing line of a program with that body.
counts() {
	local got
	printf '#!/bin/sh\n%s\n' "$3" >"$work/program"
	chmod +x "$work/program"
	got=$(OV_TEST_TIMEOUT=1 tests/run "$work/program" 2>/dev/null | tail -n 1)
	lint "$1" "$([ "$got" = "$2" ] || echo "wanted $2, got $got")"
}

counts "exit 0 passes" "1 passed, 0 failed, 0 skipped" 'exit 0'
counts "exit 1 fails" "0 passed, 1 failed, 0 skipped" 'exit 1'
counts "exit 77 with a reason skips" "0 passed, 0 failed, 1 skipped" 'echo skipped: no data; exit 77'
counts "exit 77 without a word fails" "0 passed, 1 failed, 0 skipped" 'exit 77'
counts "cases are counted" "2 passed, 1 failed, 1 skipped" \
	'printf "1..4\nok 1 - a\nok 2 - b\nnot ok 3 - c\nok 4 - d # SKIP why\n"; exit 1'
counts "cmocka's way to skip" "1 passed, 0 failed, 1 skipped" \
	'printf "1..2\nskipped: no data\nnot ok 1 # SKIP a\nok 2 - b\n"'
counts "a skipped case without a reason fails" "0 passed, 1 failed, 0 skipped" \
	'printf "1..1\nnot ok 1 # SKIP a\n"'
counts "a program can be skipped as a whole" "0 passed, 0 failed, 1 skipped" 'echo "1..0 # SKIP no curses"'
counts "a plan must be fulfilled" "1 passed, 1 failed, 0 skipped" 'printf "1..3\nok 1 - a\n"'
counts "good cases and a bad exit fail" "1 passed, 1 failed, 0 skipped" 'printf "1..1\nok 1 - a\n"; exit 3'
counts "a crash fails" "1 passed, 1 failed, 0 skipped" 'printf "1..1\nok 1 - a\n"; kill -SEGV $$'
counts "a program that hangs fails" "1 passed, 1 failed, 0 skipped" \
	'printf "1..1\nok 1 - a\n"; exec tail -f /dev/null'
lint_end
