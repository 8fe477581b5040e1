#!/usr/bin/env bash
# What an edit of the timetable and a check of a whole term cost, in CPU time,
# beside brute force in the same run: 2,000 learners, 60 cohorts, 6,000 meetings.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"
timer=${OV_BUILDDIR:-$PWD}/tests/bench/conflict_timer
[ -x "$timer" ] || {
	echo "conflict_timer is not there: make tests/bench/conflict_timer" >&2
	exit 2
}
read -r edit worst whole plain brute found expected < <("$timer")
us() { printf '%d.%01d us' $(($1 / 1000)) $(($1 % 1000 / 100)); }
head_line "conflicts of a term"
row "one edit, middle of 2,001" "$(us "$edit")" "$(us "$((brute / 6000))")" \
	"brute force of one meeting; 1 ms" "$(at_most "$edit" 1000000)"
row "one edit, worst" "$(us "$worst")" "" "1 ms" "$(at_most "$worst" 1000000)"
row "the whole term, ready index" "$(us "$whole")" "$(us "$brute")" \
	"brute force; 50 ms" "$(at_most "$whole" 50000000)"
row "the whole term from nothing" "$(us "$plain")" "$(us "$brute")" \
	"brute force; 50 ms" "$(at_most "$plain" 50000000)"
row "findings" "$found" "$expected" "brute force; the same" \
	"$([ "$found" = "$expected" ] && echo ok || echo missed)"
exit $missed
