#!/usr/bin/env bash
# A term planned from a demo world: when the first timetable without faults is
# there, what 15 seconds give beside 60, how many learners have no meeting in a
# shift or in the rest after one, and what memory a whole company takes. Times are
# computing time of one core. OV_PLAN_LONG=1 adds the large world (110,000
# learners) and the 60 seconds; the short form compares 5 seconds with 15.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

number() { tr ',' '\n' <"$work/out" | sed -n "s/^{\{0,1\}\"$1\": *\(-\?[0-9]*\).*/\1/p" | head -n 1; }

# draft SECONDS: in $unplaced, $cost, $first, $learners, $clear, $sessions and $memory (KB)
draft() {
	local time=()
	[ -x /usr/bin/time ] && time=(/usr/bin/time -f %M -o "$work/memory")
	timed "${time[@]}" "$overpass" --store "sqlite:$term_db" --as scheduler.1 --no-progress --json \
		plan draft --term 2027S --seconds "$1"
	unplaced=$(number unplaced) cost=$(number cost) first=$(number first_feasible_ms)
	learners=$(number learners) clear=$(number learners_clear) sessions=$(number sessions)
	memory=$(cat "$work/memory" 2>/dev/null || echo 0)
}

# world_row COHORTS ROOMS BASES TEACHERS: is the centre as large as is said?
world_row() {
	local got
	got=$(sqlite3 "$term_db" "SELECT (SELECT count(*) FROM cohort) || ' ' || (SELECT count(*) FROM room) || ' ' ||
		(SELECT count(*) FROM room WHERE kind = 'BASE') || ' ' || (SELECT count(*) FROM teacher)")
	row "cohorts, rooms, bases, teachers" "$got" "$*" "as asked" "$(yes_if "$([ "$got" = "$*" ] && echo 1)")"
}

yes_if() { [ "$1" ] && echo ok || echo missed; }

term_db=$work/term.db
timed "$overpass" --store "sqlite:$term_db" --no-progress init --demo --students 2000
head_line "a term of 2,000 learners (2027S)"
world_row 80 30 4 60
short=5 long=15
[ -n "${OV_PLAN_LONG-}" ] && short=15 long=60
draft "$long"
best=$cost
draft "$short"
row "meetings, without a place" "$sessions" "$unplaced" "all have one" "$(yes_if "$([ "$unplaced" = 0 ] && echo 1)")"
row "first without faults" "$first ms" "5000 ms" "budget" "$(at_most "${first/-1/999999}" 5000)"
row "cost after $short s" "$cost" "$best" "after $long s; 2 % more" "$(at_most $((cost * 100)) $((best * 102)))"
row "learners without shift clash" "$clear" "$learners" "98 %" \
	"$(yes_if "$([ $((clear * 100)) -ge $((learners * 98)) ] && echo 1)")"

if [ -n "${OV_PLAN_LONG-}" ]; then
	world
	term_db=$work/large.db
	cp "$db" "$term_db"
	head_line "a term of $students learners"
	[ "$students" = 110000 ] && world_row 4000 1500 200 3000
	draft 100
	row "meetings, without a place" "$sessions" "$unplaced" "all have one" "$(yes_if "$([ "$unplaced" = 0 ] && echo 1)")"
	row "first without faults" "$first ms" "120000 ms" "budget" "$(at_most "${first/-1/9999999}" 120000)"
	row "memory" "$((memory / 1024)) MB" "1024 MB" "budget" "$(at_most "$memory" 1048576)"
	row "learners without shift clash" "$clear" "$learners" "98 %" \
		"$(yes_if "$([ $((clear * 100)) -ge $((learners * 98)) ] && echo 1)")"
fi
exit $missed
