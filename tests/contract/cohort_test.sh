#!/usr/bin/env bash
# Seats of a cohort, who waits for one, and cohorts that are split and merged.
set -u
overpass=${OV_BUILDDIR:?run it through tests/run}/overpass
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

[ -x "$overpass" ] || { echo "1..0 # SKIP overpass is not built"; exit 0; }

# shellcheck source-path=SCRIPTDIR source=../tap.sh
. "$(dirname "$0")/../tap.sh"

ov() { # ARGUMENTS…: runs it; $status, out and err are its answer
	"$overpass" --lang en --store "sqlite:$work/x.db" --as registrar.1 --today 2026-11-20 "$@" \
		>"$work/out" 2>"$work/err" </dev/null
	status=$?
}

sql() { sqlite3 "$work/x.db" "$1"; }

is() { # WANTED GOT
	[ "$1" = "$2" ] || echo "$2, not $1"
}

"$overpass" --store "sqlite:$work/x.db" --quiet init --demo --students 300 >/dev/null 2>"$work/err" ||
	{ echo "Bail out! no demo world"; exit 1; }
# Two cohorts of one programme and centre, the first with four members and meetings.
pair=$(sql "SELECT a.code, b.code FROM cohort a JOIN cohort b ON b.programme_id = a.programme_id
	AND b.centre_id = a.centre_id AND b.id <> a.id
	WHERE (SELECT count(*) FROM student s WHERE s.cohort_id = a.id) BETWEEN 4 AND 20
	AND (SELECT count(*) FROM student s WHERE s.cohort_id = b.id) BETWEEN 3 AND 20
	AND EXISTS (SELECT 1 FROM session_cohort j JOIN session x ON x.id = j.session_id
		WHERE j.cohort_id = a.id AND x.state = 'PUBLISHED' AND x.on_date > '2026-11-20') LIMIT 1")
a=${pair%|*}
b=${pair#*|}
members() { sql "SELECT count(*) FROM student s JOIN cohort h ON h.id = s.cohort_id WHERE h.code = '$1'"; }
of() { # COHORT NTH: a member's number
	sql "SELECT student_no FROM student s JOIN cohort h ON h.id = s.cohort_id WHERE h.code = '$1'
		ORDER BY s.id LIMIT 1 OFFSET $2"
}
waiting() { sql "SELECT group_concat(s.student_no || ' ' || w.state, ',') FROM (SELECT * FROM cohort_wait
	ORDER BY id) w JOIN student s ON s.id = w.student_id"; }

first=$(of "$b" 0)
second=$(of "$b" 1)
# Demo learners belong to the centre of their branch; these two shall fit.
sql "UPDATE student SET centre_id = (SELECT centre_id FROM cohort WHERE code = '$a'),
	programme_id = (SELECT programme_id FROM cohort WHERE code = '$a')
	WHERE student_no IN ('$first', '$second')"
leaver=$(of "$a" 0)
full=$(members "$a")
ov cohort wait "$a" --student "$first"
result "nobody waits while there is a seat" "$(says 3 err 'has a free seat')"
ov cohort edit "$a" --capacity "$full"
ov cohort add "$a" --student "$first"
result "a full cohort takes nobody, and says what to do" "$(says 3 err 'waiting list')"
ov cohort wait "$a" --student "$first"
ov cohort wait "$a" --student "$second"
result "two wait, in order" "$(is "$first WAITING,$second WAITING" "$(waiting)")"
ov cohort wait "$a" --student "$first"
result "nobody waits twice" "$(says 3 err 'already')"
ov --json cohort waiting "$a"
result "the list is shown" "$(says 0 out "$first")"
ov cohort remove "$a" --student "$leaver"
result "a freed seat is offered to who waited longest" "$(is "$first OFFERED,$second WAITING" "$(waiting)"
	says 0 out .)"
ov cohort add "$a" --student "$second"
result "an offered seat is kept" "$(says 3 err 'full')"
ov cohort add "$a" --student "$first"
result "who was offered it takes it" "$(is "$first PLACED,$second WAITING" "$(waiting)")"
ov cohort unwait "$a" --student "$second"
result "one leaves the list" "$(is "$first PLACED,$second LEFT" "$(waiting)")"
ov cohort unwait "$a" --student "$second"
result "once" "$(says 3 err 'not on the waiting list')"
ov cohort edit "$a" --capacity 45

# --- split and merged ---
state() { # what members and open meetings of the two are
	sql "SELECT s.id, s.cohort_id FROM student s ORDER BY s.id"
	sql "SELECT j.session_id, j.cohort_id FROM session_cohort j JOIN session x ON x.id = j.session_id
		ORDER BY j.session_id, j.id"
}
count=$(members "$a")
ov cohort split "$a" --code NEW1 --member "$(of "$a" 0)" --member "$(of "$a" 1)"
result "a cohort is split" "$(says 0 out .; is 2 "$(members NEW1)"; is $((count - 2)) "$(members "$a")")"
result "nobody loses a meeting by it" "$(sql "SELECT j.session_id || ' lost' FROM session_cohort j JOIN cohort h
	ON h.id = j.cohort_id JOIN session x ON x.id = j.session_id WHERE h.code = '$a' AND x.on_date >= '2026-11-20'
	AND x.state IN ('PLANNED', 'PUBLISHED', 'MOVED') AND NOT EXISTS (SELECT 1 FROM session_cohort k JOIN cohort g
	ON g.id = k.cohort_id WHERE k.session_id = j.session_id AND g.code = 'NEW1')")"
ov cohort split "$a" --code NEW2 --member "$(of "$b" 0)"
result "only members are split off, and nothing is left behind" "$(says 3 err .
	is 0 "$(sql "SELECT count(*) FROM cohort WHERE code = 'NEW2'")")"
ov cohort merge "$a" --other NEW1
result "and merged again" "$(says 0 out .; is "$count" "$(members "$a")"; is 0 "$(members NEW1)")"

state >"$work/before"
ov cohort merge "$a" --other "$b"
result "two cohorts become one" "$(says 0 out .; is 0 "$(members "$b")"
	is 0 "$(sql "SELECT count(*) FROM session_cohort j JOIN cohort h ON h.id = j.cohort_id JOIN session x
		ON x.id = j.session_id WHERE h.code = '$b' AND x.on_date >= '2026-11-20'
		AND x.state IN ('PLANNED', 'PUBLISHED', 'MOVED') AND NOT EXISTS (SELECT 1 FROM session_cohort k
		JOIN cohort g ON g.id = k.cohort_id WHERE k.session_id = x.id AND g.code = '$a')")")"
ov cohort unmerge "$a" --other "$b"
state >"$work/after"
result "taken back, everybody and every meeting is where it was" "$(says 0 out .; cmp "$work/before" "$work/after" 2>&1)"
ov cohort unmerge "$a" --other "$b"
result "once" "$(says 3 err 'Nothing went')"
ov cohort merge "$a" --other "$a"
result "not with itself" "$(says 3 err .)"
other=$(sql "SELECT b.code FROM cohort a JOIN cohort b ON b.programme_id <> a.programme_id WHERE a.code = '$a' LIMIT 1")
ov cohort merge "$a" --other "$other"
result "not with another programme's" "$(says 3 err 'another programme')"
ov --json audit show --action cohort.merge
"$overpass" --lang en --store "sqlite:$work/x.db" --as auditor.1 audit verify >"$work/out" 2>"$work/err"
status=$?
result "the trail holds" "$(says 0 out '^ok')"

echo "1..$cases"
[ $bad = 0 ]
