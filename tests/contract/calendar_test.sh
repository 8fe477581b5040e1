#!/usr/bin/env bash
# Timetables that leave the house: iCalendar files of a cohort, room, teacher and
# learner, read back by two libraries as the same meetings; what a change does to
# them; and the questions about where a meeting could stand.
set -u
overpass=${OV_BUILDDIR:?run it through tests/run}/overpass
check=${OV_SRCDIR:?}/tests/contract/calendar_check.py
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

[ -x "$overpass" ] || { echo "1..0 # SKIP overpass is not built"; exit 0; }
# Debian's own python: another one on PATH has not its packages.
python=
for candidate in python3 /usr/bin/python3; do
	"$candidate" -c 'import icalendar, vobject' 2>/dev/null && { python=$candidate; break; }
done

# shellcheck source-path=SCRIPTDIR source=../tap.sh
. "$(dirname "$0")/../tap.sh"

skip() {
	cases=$((cases + 1))
	echo "ok $cases - $1 # SKIP python3-icalendar and python3-vobject are not here"
}

ov() { # ARGUMENTS…: runs it; $status, out and err are its answer
	"$overpass" --lang en --store "sqlite:$work/x.db" --as scheduler.1 --today 2026-11-20 "$@" \
		>"$work/out" 2>"$work/err" </dev/null
	status=$?
}

sql() { sqlite3 "$work/x.db" "$1"; }

"$overpass" --store "sqlite:$work/x.db" --quiet init --demo --students 60 >/dev/null 2>"$work/err" ||
	{ echo "Bail out! no demo world"; exit 1; }
from=2026-08-01
to=2027-03-01
days="--from $from --to $to"
cohort=$(sql "SELECT h.code FROM session_cohort j JOIN cohort h ON h.id = j.cohort_id JOIN session x
	ON x.id = j.session_id WHERE x.state = 'PUBLISHED' GROUP BY h.id ORDER BY count(*) DESC LIMIT 1")
room=$(sql "SELECT r.code FROM session x JOIN room r ON r.id = x.room_id GROUP BY r.id
	ORDER BY count(*) DESC LIMIT 1")
teacher=$(sql "SELECT teacher_id FROM session GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")
student=$(sql "SELECT s.student_no FROM student s JOIN cohort h ON h.id = s.cohort_id
	WHERE h.code = '$cohort' AND s.status = 'ACTIVE' LIMIT 1")

# One meeting past midnight, one with every character that is escaped in its name.
sql "PRAGMA foreign_keys = 0; UPDATE session SET start_min = 1380, end_min = 1530 WHERE id =
	(SELECT max(x.id) FROM session x JOIN session_cohort j ON j.session_id = x.id JOIN cohort h
	ON h.id = j.cohort_id WHERE h.code = '$cohort');
	UPDATE course SET name = 'a,b;c\\d 汽车制造与装配技术汽车制造与装配技术汽车制造' WHERE id =
	(SELECT course_id FROM session WHERE start_min = 1380 LIMIT 1)"

compare() { # TITLE OPTION VALUE
	# shellcheck disable=SC2086 # two words, and two again
	ov calendar ics "--$2" "$3" $days
	cp "$work/out" "$work/$2.ics"
	# shellcheck disable=SC2086
	ov --json session list "--$2" "$3" $days
	[ -n "$python" ] || { skip "$1"; return; }
	result "$1" "$("$python" "$check" "$work/$2.ics" "$work/out" 2>&1
		grep -q BEGIN:VEVENT "$work/$2.ics" || echo "no event")"
}
compare "two libraries read a cohort's calendar as the same meetings" cohort "$cohort"
compare "a room's" room "$room"
compare "a teacher's" teacher "$teacher"
compare "a learner's" student "$student"

result "no learner's name is in any of them" "$(sql "SELECT DISTINCT p.full_name FROM student s JOIN person p
	ON p.id = s.person_id WHERE length(p.full_name) > 2 AND p.id NOT IN (SELECT person_id FROM teacher)" |
	while read -r name; do cat "$work"/*.ics | tr -d '\r' | grep -F -- "$name"; done)"
# shellcheck disable=SC2086
ov calendar ics --cohort "$cohort" $days
result "nothing changed, the same bytes" "$(cmp "$work/out" "$work/cohort.ics" 2>&1)"

event() { # ID: the lines of that event in out
	tr -d '\r' <"$work/out" | awk -v uid="UID:session-$1@" '
		/^BEGIN:VEVENT/ { text = "" } { text = text $0 "\n" }
		/^END:VEVENT/ && index(text, uid) { printf "%s", text }'
}
meeting=$(sql "SELECT x.id FROM session x JOIN session_cohort j ON j.session_id = x.id JOIN cohort h
	ON h.id = j.cohort_id WHERE h.code = '$cohort' AND x.state = 'PUBLISHED' AND x.on_date > '2026-11-23' ORDER BY x.on_date LIMIT 1")
before=$(event "$meeting")
monday=$(sql "SELECT date(on_date, '-6 days', 'weekday 1') FROM session WHERE id = $meeting")
ov --json session places "$meeting" --from "$monday" --to "$(date -d "$monday + 7 days" +%F)"
place=$(python3 -c 'import json, sys
for offer in json.load(open(sys.argv[1]))["items"]:
	if offer["rank"] == 1: print(offer["on_date"], offer["start_min"], offer["room"] or "")' "$work/out")
read -r day start at <<<"$place"
result "a place is proposed" "$([ -n "$day" ] || echo "none")"
case $start in *:*) ;; *) start=$(printf '%02d:%02d' $((start / 60)) $((start % 60))) ;; esac
ov session move "$meeting" --on-date "$day" --start-min "$start" ${at:+--room "$at"}
result "what is proposed is not refused" "$(says 0 out .)"
# shellcheck disable=SC2086
ov calendar ics --cohort "$cohort" $days
result "a moved meeting keeps its UID, counts up, and stands at its new time" "$(
	after=$(event "$meeting")
	[ "$(grep ^UID <<<"$after")" = "$(grep ^UID <<<"$before")" ] || echo "another UID"
	[ "$(sed -n 's/SEQUENCE://p' <<<"$after")" -gt "$(sed -n 's/SEQUENCE://p' <<<"$before")" ] || echo "$after"
	grep -q "^DTSTART;TZID=Asia/Shanghai:$(tr -d - <<<"$day")T$(tr -d : <<<"$start")00" <<<"$after" || echo "$after"
	grep -q '^STATUS:TENTATIVE' <<<"$after" || echo "$after")"
ov session cancel "$meeting" --reason "the teacher is ill"
# shellcheck disable=SC2086
ov calendar ics --cohort "$cohort" $days
result "a cancelled one is said to be, it doesn't vanish" "$(event "$meeting" |
	grep -q '^STATUS:CANCELLED' || echo "no STATUS:CANCELLED")"

ov session places "$meeting"
result "a cancelled meeting has no places" "$(says 3 err .)"
held=$(sql "SELECT x.id FROM session x JOIN session_cohort j ON j.session_id = x.id JOIN cohort h
	ON h.id = j.cohort_id JOIN student s ON s.cohort_id = h.id WHERE s.student_no = '$student'
	AND x.state = 'HELD' ORDER BY x.on_date DESC LIMIT 1")
ov --json session makeup "$held" --student "$student"
result "make-ups of a missed meeting are of its course" "$(says 0 out '"items"'
	python3 -c 'import json, sys
for offer in json.load(open(sys.argv[1]))["items"]: print(offer["session_id"])' "$work/out" |
	while read -r id; do sql "SELECT 'another course: ' || id FROM session WHERE id = $id AND
		course_id <> (SELECT course_id FROM session WHERE id = $held)"; done)"
ov --json session load rooms --from "$monday"
result "the load of rooms" "$(says 0 out '"load": ?"[0-9]{21}"')"

ov calendar ics --room NOWHERE
result "an unknown room" "$(says 1 err NOWHERE)"
ov calendar ics --room "$room" --cohort "$cohort"
result "two subjects at once" "$(says 2 err 'One of')"
ov calendar ics --teacher 1x
result "a teacher is a number" "$(says 1 err .)"
ov session load chairs
result "no load of chairs" "$(says 2 err chairs)"
ov session makeup "$held" --student 0000000000000
result "an unknown learner" "$(says 1 err .)"
ov calendar ics --cohort "$cohort" --from 1990-01-01 --to 1990-01-08
result "a week without meetings is an empty calendar" "$(says 0 out BEGIN:VTIMEZONE
	! grep -q VEVENT "$work/out" || echo "an event")"

echo "1..$cases"
[ $bad = 0 ]
