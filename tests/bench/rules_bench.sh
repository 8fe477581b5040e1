#!/usr/bin/env bash
# A claim of 20 lines under 4,278 rules, and a learner's ways among 1,500 kinds
# of certificates under as many.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"
timer=${OV_BUILDDIR:-$PWD}/tests/bench/rules_timer
[ -x "$timer" ] || {
	echo "rules_timer is not there: make tests/bench/rules_timer" >&2
	exit 2
}
read -r claim floor ways < <("$timer")
head_line "4,278 transfer rules"
row "reckoning a claim of 20 lines" "$(ms "$claim")" "$(ms "$floor")" \
	"comparing each line's code with each source; 2 ms" "$(at_most "$claim" 2000)"
row "the ways of a learner" "$(ms "$ways")" "" "1 s" "$(at_most "$ways" 1000000)"
exit $missed
