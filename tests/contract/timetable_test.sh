#!/usr/bin/env bash
# Timetables as scripts see them: drafts made, compared, published as one and
# taken back as one; conflicts and overrides; calendars that are amended; leave
# and swaps; series; and what bad input gets.
set -u
overpass=${OV_BUILDDIR:?run it through tests/run}/overpass
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
db=$work/world.db

[ -x "$overpass" ] || { echo "1..0 # SKIP overpass is not built"; exit 0; }
command -v sqlite3 >/dev/null || { echo "1..0 # SKIP sqlite3 is not there"; exit 0; }

# shellcheck source-path=SCRIPTDIR source=../tap.sh
. "$(dirname "$0")/../tap.sh"

ov() { # ARGUMENTS…: runs it as a scheduler
	"$overpass" --store "sqlite:$db" --as scheduler.1 --today 2026-11-28 "$@" \
		>"$work/out" 2>"$work/err" </dev/null
	status=$?
}

number() { grep -o "\"$1\": *-\?[0-9]*" "$work/out" | head -n 1 | tr -dc '0-9-'; }
sql() { sqlite3 "$db" "$1"; }
is() { result "$1" "$([ "$2" = "$3" ] || echo "$3, not $2")"; }

"$overpass" --store "sqlite:$db" --no-progress init --demo --students 1000 >/dev/null 2>"$work/err" ||
	{ echo "Bail out! no demo world"; exit 1; }

# --- a draft ---
ov --json plan draft --term 2027S --moves 400000 --name first
result "a draft is made" "$(says 0 out '"state": *"DRAFT"')"
first=$(number id)
is "everything has a place" 0 "$(number unplaced)"
learners=$(number learners) clear=$(number learners_clear)
result "98 % of the learners have no meeting in a shift or in the rest after one" \
	"$([ $((clear * 100)) -ge $((learners * 98)) ] || echo "$clear of $learners")"
is "a draft is not the timetable" 0 "$(sql "SELECT count(*) FROM session WHERE on_date >= '2027-03-01'")"
ov --json plan draft --term 2027S --moves 400000
second=$(number id)
ov plan compare "$first" "$second"
result "the same seed gives the same draft" "$(says 0 out ' 0 in another room, 0 at another time')"
ov --json plan draft --term 2027S --moves 400000 --seed 2
third=$(number id)
ov plan compare "$first" "$third"
result "another seed gives another" "$(says 0 out 'meetings alike'; grep -q ' 0 at another time' "$work/out" && echo "the same")"
ov plan show "$first"
result "a draft is shown" "$(says 0 out '^2027-0[3-7]-')"
ov plan discard "$third"
result "a draft is discarded" "$(says 0 out 'discarded')"
ov plan publish "$third" --override-reason "it is a try"
result "what is discarded is not published" "$(says 3 err 'discarded')"

# --- published as one, taken back as one ---
ov plan publish "$first"
result "a year without calendar needs an override" "$(says 3 err 'CALENDAR_UNKNOWN')"
ov plan publish "$first" --override-reason "no notice yet"
result "published with a reason" "$(says 0 out 'published')"
is "all of it is there" "$(sql "SELECT count(*) FROM plan_session WHERE plan_id = $first")" \
	"$(sql "SELECT count(*) FROM session WHERE plan_id = $first AND state = 'PLANNED'")"
ov --json plan conflicts --from 2027-03-01 --to 2027-07-13
result "overridden conflicts stay visible, counted apart" "$(says 0 out '"overridden": *[1-9]')"
is "none is left open" 0 "$(grep -o '"hard": *[0-9][0-9]*' "$work/out" | tail -n 1 | tr -dc 0-9)"
is "the person is named" "scheduler.1" "$(grep -o '"override_by": *"[^"]*"' "$work/out" | head -n 1 | cut -d'"' -f4)"

ov session makeup 1
result "a make-up for nobody" "$(says 2 err '--student is needed')"
ov session attend --help
result "who is present is said by number" "$(says 0 out '--mark NUMBER')"

# --- equipment, closed rooms, certificates ---
one=$(sql "SELECT min(id) FROM session WHERE plan_id = $first AND room_id IS NOT NULL")
room=$(sql "SELECT r.code FROM session x JOIN room r ON r.id = x.room_id WHERE x.id = $one")
course=$(sql "SELECT k.code FROM session x JOIN course k ON k.id = x.course_id WHERE x.id = $one")
teacher=$(sql "SELECT teacher_id FROM session WHERE id = $one")
day=$(sql "SELECT on_date FROM session WHERE id = $one")
after=$(sql "SELECT date('$day', '+1 day')")
found() { # KIND: how many of the meeting's day
	ov --json plan conflicts --from "$day" --to "$after"
	grep -o "\"kind\": *\"$1\"" "$work/out" | grep -c .
}
is "no room is closed" 0 "$(found ROOM_CLOSED)"
ov --json room close --room "$room" --on-date "$day" --note "new floor"
result "a room is closed for a day" "$(says 0 out "$day")"
closure=$(number id)
result "its meetings are in conflict" "$([ "$(found ROOM_CLOSED)" -gt 0 ] || echo "none")"
ov room reopen "$closure"
is "reopened, they are not" 0 "$(found ROOM_CLOSED)"
ov room close --room "$room" --on-date "$day" --start-min 12:00 --end-min 12:00
result "a closure that ends where it begins" "$(says 3 err 'End')"
ov --json course require --course "$course" --item lathe --certified
result "a course needs a lathe" "$(says 0 out 'lathe')"
need=$(number id)
ov course require --course "$course" --item " lathe "
result "twice is once" "$(says 3 err 'taken already')"
result "a room without one is a conflict" "$([ "$(found EQUIPMENT)" -gt 0 ] || echo "none")"
result "so is a teacher without a certificate" "$([ "$(found CERTIFICATE)" -gt 0 ] || echo "none")"
for each in $(sql "SELECT code FROM room"); do ov room equip --room "$each" --item lathe; done
is "once the rooms have one, none" 0 "$(found EQUIPMENT)"
for each in $(sql "SELECT id FROM teacher"); do ov teacher certify --teacher "$each" --item lathe --last-on "$day"; done
is "a certificate is valid on its last day" 0 "$(found CERTIFICATE)"
ov --json plan draft --term 2027S --moves 50000
is "the planner keeps to the last day" 0 "$(sql "SELECT count(*) FROM plan_session p JOIN course k
	ON k.id = p.course_id WHERE p.plan_id = $(number id) AND k.code = '$course' AND p.on_date > '$day'")"
ov teacher certify --teacher "$teacher" --item lathe
result "a renewed one" "$(says 0 out 'lathe')"
ov course unrequire "$need"
result "the need is taken back" "$(says 0 out '.')"

# --- hours and limits of rooms, portable items, the order of courses, examinations ---
ov --json room edit "$room" --open-from 00:30 --open-to 01:00
result "a room opens for half an hour" "$(says 0 out '"open_to": *60')"
result "its meetings are in conflict" "$([ "$(found ROOM_CLOSED)" -gt 0 ] || echo "none")"
ov room edit "$room" --open-from 00:00 --open-to 24:00
is "always open, they are not" 0 "$(found ROOM_CLOSED)"
ov room edit "$room" --open-from 09:00
result "an opening alone" "$(says 3 err 'Closes is needed')"
ov room edit "$room" --open-from 09:00 --open-to 09:00
result "hours that end where they begin" "$(says 3 err 'Closes must be after Opens')"
ov room edit "$room" --open-from nine --open-to 12:00
result "hours that are none" "$(says 2 err 'a time like 08:30')"
for wrong in "--setup-min 241" "--clear-min -1" "--stations 501" "--min-staff 3"; do
	# shellcheck disable=SC2086 # an option and its value
	ov room edit "$room" $wrong
	result "a limit out of range: $wrong" "$(says 3 err 'must be between')"
done
ov --json pool create --code projector --name 投影仪 --stock 0
result "a portable item, all of them lost" "$(says 0 out '投影仪')"
ov pool create --code projector --stock 1
result "twice is once" "$(says 3 err 'taken already')"
ov pool create --code p2 --stock 10001
result "more than anybody has" "$(says 3 err 'must be between')"
ov --json course use --course "$course" --pool projector --pieces 1
result "a course uses one" "$(says 0 out '"pieces": *1')"
use=$(number id)
ov course uses
result "what is used is listed by its codes" "$(says 0 out "^ *$use  $course .*projector .*1")"
result "there are too few" "$([ "$(found POOL_EXCEEDED)" -gt 0 ] || echo "none")"
ov plan conflicts --from "$day" --to "$after"
result "named by what is short" "$(says 0 out '投影仪')"
ov pool edit projector --stock 99
is "there are enough" 0 "$(found POOL_EXCEEDED)"
ov --json pool list
result "how many there are" "$(says 0 out '"stock": *99')"
ov course use --course "$course" --pool beamer --pieces 1
result "an item nobody has" "$(says 1 err 'beamer')"
ov course unuse "$use"
result "no longer used" "$(says 0 out '.')"
other=$(sql "SELECT k.code FROM session x JOIN session_cohort j ON j.session_id = x.id
	JOIN course k ON k.id = x.course_id WHERE j.cohort_id IN (SELECT q.cohort_id FROM session_cohort q
	WHERE q.session_id = $one) AND k.code <> '$course' ORDER BY k.code LIMIT 1")
is "courses are in no order" 0 "$(found ORDER)"
ov --json course follow --course "$course" --after "$other"
result "now they are" "$(says 0 out '"id"')"
order=$(number id)
ov --json course orders
result "the order is listed" "$(says 0 out "\"after\": *\"$other\"")"
result "what is taught side by side is in conflict" "$([ "$(found ORDER)" -gt 0 ] || echo "none")"
ov course follow --course "$other" --after "$course"
result "a circle is refused by its name" "$(says 3 err "$other > $course > $other")"
ov course unfollow "$order"
ov --json course orders
result "and no more" "$(says 0 out '"items": *\[\]')"
is "in no order again" 0 "$(found ORDER)"
first_of=$(sql "SELECT x.id FROM session x JOIN course k ON k.id = x.course_id JOIN session_cohort j
	ON j.session_id = x.id WHERE k.code = '$course' AND j.cohort_id IN (SELECT q.cohort_id
	FROM session_cohort q WHERE q.session_id = $one) ORDER BY x.on_date, x.start_min LIMIT 1")
ov session edit "$first_of" --exam
result "no lesson follows the examination" "$(says 3 err 'EXAM_GAP')"
ov session edit "$first_of" --exam --override-reason "a placement test"
result "unless somebody says why" "$(says 0 out '.')"
ov calendar ics --cohort "$(sql "SELECT h.code FROM session_cohort j JOIN cohort h ON h.id = j.cohort_id
	WHERE j.session_id = $first_of LIMIT 1")" --from 2027-01-01 --to 2027-12-31
result "the calendar says so" "$(says 0 out 'SUMMARY:.*Examination')"
ov session edit "$first_of" --no-exam
result "it was a lesson after all" "$(says 0 out '.')"
helper=$(sql "SELECT min(id) FROM teacher WHERE id <> (SELECT teacher_id FROM session WHERE id = $first_of)")
ov session edit "$first_of" --assistant "$helper" --override-reason "to show how"
result "somebody assists" "$(says 0 out '.')"
ov session list --teacher "$helper" --from 2027-03-01 --to 2027-07-13
result "who has it in the timetable, with both names" "$(says 0 out "^ *$first_of .* + ")"
ov session edit "$first_of" --alone --override-reason "to show how"
ov session list --teacher "$helper" --from 2027-03-01 --to 2027-07-13
result "and has it no more" "$(grep -q "^ *$first_of " "$work/out" && echo "still there")"

# --- the planner keeps to all of it ---
ov pool edit projector --stock 3
ov --json course use --course C101 --pool projector --pieces 1
use=$(number id)
ov --json course use --course C102 --pool projector --pieces 2
use2=$(number id)
ov --json course follow --course C102 --after C101
order=$(number id)
for each in $(sql "SELECT code FROM room"); do
	ov room edit "$each" --open-from 08:30 --open-to 21:30 --setup-min 10 --clear-min 5
done
ov --json plan draft --term 2027S --moves 200000
ruled=$(number id)
is "there is room for it" 0 "$(number unplaced)"
is "no meeting out of hours" 0 "$(sql "SELECT count(*) FROM plan_session WHERE plan_id = $ruled
	AND room_id IS NOT NULL AND (start_min < 510 OR end_min > 1290)")"
is "every room is set up and cleared" 0 "$(sql "SELECT count(*) FROM plan_session a JOIN plan_session b
	ON b.plan_id = a.plan_id AND b.room_id = a.room_id AND b.on_date = a.on_date AND b.id <> a.id
	AND b.start_min >= a.start_min AND b.start_min < a.end_min + 15 WHERE a.plan_id = $ruled")"
is "no item is in too many rooms" 0 "$(sql "SELECT count(*) FROM plan_session a JOIN course k
	ON k.id = a.course_id AND k.code IN ('C101', 'C102') WHERE a.plan_id = $ruled AND 3 <
	(SELECT sum(CASE c.code WHEN 'C101' THEN 1 ELSE 2 END) FROM plan_session b JOIN course c
	ON c.id = b.course_id AND c.code IN ('C101', 'C102') WHERE b.plan_id = a.plan_id
	AND b.on_date = a.on_date AND b.start_min <= a.start_min AND a.start_min < b.end_min)")"
result "both are taught" "$([ "$(sql "SELECT count(DISTINCT k.code) FROM plan_session p JOIN course k
	ON k.id = p.course_id WHERE p.plan_id = $ruled AND k.code IN ('C101', 'C102')")" = 2 ] || echo "not")"
is "one after the other" 0 "$(sql "SELECT count(*) FROM plan_session a JOIN course k ON k.id = a.course_id
	AND k.code = 'C101' JOIN plan_session b ON b.plan_id = a.plan_id AND b.cohort_id = a.cohort_id
	JOIN course c ON c.id = b.course_id AND c.code = 'C102' WHERE a.plan_id = $ruled
	AND a.on_date || printf('%04d', a.end_min) > b.on_date || printf('%04d', b.start_min)")"
ov plan discard "$ruled"
for each in $(sql "SELECT code FROM room"); do
	ov room edit "$each" --open-from 00:00 --open-to 24:00 --setup-min 0 --clear-min 0
done
ov course unuse "$use"
ov course unuse "$use2"
ov course unfollow "$order"

# --- locks, and as few changes as possible ---
locked=$(sql "SELECT min(id) FROM session WHERE plan_id = $first")
where="SELECT on_date || start_min || ' ' || ifnull(room_id, 0) FROM session WHERE id = $locked"
before=$(sql "$where")
ov session lock "$locked" --lock-time --lock-room
result "a meeting is locked" "$(says 0 out '.')"
ov --json plan draft --term 2027S --moves 200000 --keep
is "with --keep nothing need change" 0 "$(number changes)"
ov --json plan draft --term 2027S --moves 200000 --seed 5
anew=$(number id)
result "without it much does" "$([ "$(number changes)" -gt 50 ] || echo "$(number changes) changes")"
ov plan publish "$anew" --override-reason "no notice yet"
result "published over the first" "$(says 0 out 'published')"
is "a locked meeting stays" "$before" "$(sql "$where")"
ov plan unpublish "$anew" --reason "back to the first"
result "taken back as one" "$(says 0 out 'taken back')"
is "every meeting stands where it stood" "" "$(sql "SELECT x.id FROM session x JOIN plan_session p
	ON p.session_id = x.id AND p.plan_id = $first WHERE x.on_date <> p.on_date
	OR x.start_min <> p.start_min OR x.room_id IS NOT p.room_id")"
one=$(sql "SELECT max(session_id) FROM plan_session WHERE plan_id = $first")
ov session cancel "$one" --reason "teacher ill"
ov plan unpublish "$first" --reason "all of it"
result "what was changed since is not overwritten" "$(says 4 err 'changed since')"
ov plan publish "$second" --override-reason "late"
result "a draft of before makes its own meetings, and they clash" "$(says 0 out '.' >/dev/null; [ "$status" = 3 ] || [ "$status" = 0 ] || echo "status $status")"

# --- nothing to plan ---
ov plan draft --term 2015S
result "a term that is over" "$(says 3 err 'no day of it is left')"
ov plan draft --term 2027A
result "a term without enrolments" "$(says 3 err 'no learner is enrolled')"
ov plan draft --term 2099S
result "a term that is not there" "$(says 1 err '2099S')"
ov plan draft
result "no term" "$(says 2 err 'term')"
cp "$db" "$work/small.db"
sqlite3 "$work/small.db" 'PRAGMA foreign_keys = OFF; DELETE FROM room'
"$overpass" --store "sqlite:$work/small.db" --as scheduler.1 --today 2026-11-28 plan draft --term 2027S \
	--seconds 1 >"$work/out" 2>"$work/err"
status=$?
result "no room at all" "$(says 3 err 'No room')"

# --- a draft is stopped ---
"$overpass" --store "sqlite:$db" --as scheduler.1 --today 2026-11-28 plan draft --term 2027S --seconds 600 \
	>"$work/out" 2>"$work/err" &
search=$!
# It is searching once it has used a tenth of a second of computing time.
until [ "$(awk '{ print $14 }' "/proc/$search/stat" 2>/dev/null || echo 99)" -ge 30 ]; do read -rt 0.02 <> <(:); done
kill -INT "$search"
wait "$search"
status=$?
result "Ctrl-C keeps the best so far" "$(says 130 out 'saved')"

# --- calendars ---
notice() { # VERSION LINES…: a notice for 2027
	printf '[calendar]\nyear = 2027\nversion = %s\nsource = notice\n[days]\n' "$1"
	shift
	printf '%s\n' "$@"
}
notice 2027-1 '2027-01-01 = HOLIDAY 元旦' '2027-04-05 = HOLIDAY 清明节' '2027-05-01 = HOLIDAY 劳动节' \
	'2027-05-08 = SWAPPED_WORKDAY 劳动节' >"$work/n1.ini"
ov calendar load "$work/n1.ini"
result "a notice is loaded" "$(says 0 out '2027-1')"
result "meetings on days whose type changed are listed" "$(grep -qE '^2027-0(4-05|5-01|5-08).* [0-9][0-9]:[0-9][0-9]' "$work/out" || echo "none is")"
ov calendar load "$work/n1.ini"
result "the same version twice" "$(says 3 err 'loaded already')"
notice 2027-2 '2027-01-01 = HOLIDAY 元旦' '2027-04-05 = HOLIDAY 清明节' '2027-05-01 = HOLIDAY 劳动节' \
	'2027-05-03 = HOLIDAY 劳动节' >"$work/n2.ini"
ov calendar load "$work/n2.ini"
result "it is amended" "$(says 0 out '2027-05-03')"
result "a day that is ordinary again is told" "$(grep -q '^2027-05-08' "$work/out" || echo "2027-05-08 is not there")"
is "the earlier version is kept" "4 SUPERSEDED" "$(sql "SELECT count(*) || ' ' || v.state FROM calendar_version v
	JOIN calendar_version_day d ON d.version_id = v.id WHERE v.version = '2027-1'")"
ov --json plan conflicts --from 2027-03-01 --to 2027-07-13
is "the year is known now" 0 "$(number calendar_unknown)"
notice 2027-3 '2027-05-01 = HOLIDAY 劳动节' '2027-05-01 = SWAPPED_WORKDAY 劳动节' >"$work/n3.ini"
ov calendar load "$work/n3.ini"
result "a day both holiday and working" "$(says 5 err '2027-05-01')"
notice 2027-4 '2028-05-01 = HOLIDAY 劳动节' >"$work/n4.ini"
ov calendar load "$work/n4.ini"
result "a day of another year" "$(says 5 err '2028-05-01')"
notice 2027-5 '2027-02-30 = HOLIDAY 劳动节' >"$work/n5.ini"
ov calendar load "$work/n5.ini"
result "a day that does not exist" "$(says 5 err 'n5.ini')"
notice 2027-6 '2027-05-01 = FEAST 劳动节' >"$work/n6.ini"
ov calendar load "$work/n6.ini"
result "an unknown type of day" "$(says 5 err 'HOLIDAY')"
is "and nothing of them is kept" 2 "$(sql "SELECT count(*) FROM calendar_version WHERE year = 2027")"
ov calendar revoke 2027-2 --reason "printed wrongly"
result "a version is revoked" "$(says 0 out 'revoked')"

# --- leave, swaps, overtime ---
student=$(sql "SELECT student_no FROM student WHERE status = 'ACTIVE' LIMIT 1")
ov shift except --student "$student" --kind LEAVE --off-on 2027-03-08
result "leave" "$(says 0 out '2027-03-08')"
ov shift except --student "$student" --kind LEAVE --off-on 2027-03-08
result "the same leave again" "$(says 3 err 'taken already')"
ov shift except --student "$student" --kind SWAP --off-on 2027-03-09
result "a swap without the other shift" "$(says 3 err 'swap')"
ov shift except --student "$student" --kind OVERTIME --work-on 2027-03-10 --start-min 20:00 --end-min 08:00
result "overtime over midnight" "$(says 0 out '20:00')"
ov shift except --student "$student" --kind OVERTIME --work-on 2027-03-11 --start-min 08:00 --end-min 07:00
result "a shift of 23 hours" "$(says 3 err 'swap')"

# --- series ---
cohort=$(sql "SELECT code FROM cohort ORDER BY id DESC LIMIT 1")
course=$(sql "SELECT code FROM course LIMIT 1")
repeat=(session repeat --cohort "$cohort" --course "$course" --teacher 1 --join-url https://learn.example/1
	--start-min 23:00 --end-min 24:30 --override-reason "a test of series")
ov "${repeat[@]}" --on-date 2027-03-06 --until-on 2027-04-03 --except 2027-03-20
is "a series has a meeting each week but one" 4 "$(sql "SELECT count(*) FROM session WHERE series_id IS NOT NULL")"
ov "${repeat[@]}" --on-date 2027-03-06 --until-on 2037-04-03
result "a series of ten years" "$(says 3 err 'most')"
ov "${repeat[@]}" --on-date 2027-03-06 --until-on 2027-03-01
result "a series that ends before it begins" "$(says 3 err 'no day')"

ov "${repeat[@]}" --on-date 2027-03-06 --until-on 2032-03-06
result "a series of five years is planned" "$(says 0 out '2032-03-06')"
is "a meeting a week" 262 "$(sql "SELECT count(*) FROM session WHERE series_id = (SELECT max(series_id) FROM session)")"

# --- names of 200 cells ---
wide=$(printf '班%.0s' {1..100})
ov cohort create --code WIDE --name "$wide" --programme P-ZK-AUTO --centre 1 --intake 2026A --capacity 40
[ "$status" = 0 ] && status=taken
result "a cohort's name of 200 cells" "$(says 3 err 'Name is longer than 60')"
is "nothing is made of it" 0 "$(sql "SELECT count(*) FROM cohort WHERE code = 'WIDE'")"

# --- a cohort larger than every room ---
sqlite3 "$work/small.db" "ATTACH '$db' AS big; INSERT INTO room SELECT * FROM big.room;
	UPDATE student SET cohort_id = (SELECT min(cohort_id) FROM enrolment e JOIN term t ON t.id = e.term_id
	WHERE t.code = '2027S') WHERE status = 'ACTIVE'" 2>"$work/err"
"$overpass" --store "sqlite:$work/small.db" --as scheduler.1 --today 2026-11-28 --json plan draft --term 2027S \
	--moves 100000 >"$work/out" 2>"$work/err"
status=$?
huge=$(number id)
result "a cohort larger than every room leaves its lessons out" "$(says 0 out '"unplaced": *[1-9]')"
"$overpass" --store "sqlite:$work/small.db" --as scheduler.1 plan show "$huge" >"$work/out" 2>"$work/err"
status=$?
result "and says why" "$(says 0 out 'no room for')"

# --- wishes of teachers ---
weekday=$(date -d "$day" +%a | tr '[:lower:]' '[:upper:]')
is "nobody has a wish" 0 "$(found TEACHER_WISH)"
ov --json teacher wish --teacher "$teacher" --weekday "$weekday" --wish UNWANTED
result "a day is not wanted" "$(says 0 out '"end_min": *1440')"
wish=$(number id)
result "meetings of that day are against it" "$([ "$(found TEACHER_WISH)" -gt 0 ] || echo "none")"
grep -q '"hard": *true[^}]*TEACHER_WISH\|TEACHER_WISH", *"hard": *true' "$work/out"
result "which hinders nothing" "$([ $? = 1 ] || echo "it is a hard conflict")"
ov teacher wish --teacher "$teacher" --weekday "$weekday" --start-min 18:00 --end-min 20:00 --wish WANTED
result "one hour has one wish" "$(says 3 err "wish $wish, from 00:00 to 24:00")"
ov teacher wish --teacher "$teacher" --weekday SUN --start-min 12:00 --end-min 11:00 --wish WANTED
result "a wish that ends before it begins" "$(says 3 err 'End')"
ov teacher wish --teacher "$teacher" --weekday FUNDAY --wish WANTED
result "a day that no week has" "$(says 2 err 'MON, TUE')"
ov teacher wishes --teacher "$teacher"
result "it is listed with its number" "$(says 0 out "^ *$wish .* 00:00 24:00 ")"
ov teacher wishes --teacher none
result "a teacher is a number" "$(says 2 err 'teacher')"
ov --json plan draft --term 2027S --moves 300000
kept=$(number id)
is "a draft tells what it costs" 10 "$(sql "SELECT length(costs) - length(replace(costs, ',', '')) + 1
	FROM plan_draft WHERE id = $kept")"
is "the planner keeps to it" 0 "$(sql "SELECT count(*) FROM plan_session WHERE plan_id = $kept
	AND teacher_id = $teacher AND strftime('%w', on_date) = strftime('%w', '$day')")"
ov teacher unwish "$wish"
is "withdrawn, nothing is against it" 0 "$(found TEACHER_WISH)"
ov teacher wishes --teacher "$teacher"
result "and it is listed no more" "$([ ! -s "$work/out" ] || echo "it is")"

# --- a cohort of 10,000 ---
huge=$(sql "SELECT h.code FROM cohort h WHERE h.id = (SELECT min(e.cohort_id) FROM enrolment e
	JOIN term t ON t.id = e.term_id WHERE t.code = '2027S')")
sqlite3 "$db" >"$work/out" 2>"$work/err" <<'SQL'
CREATE TEMP TABLE target AS SELECT min(e.cohort_id) AS id FROM enrolment e JOIN term t ON t.id = e.term_id WHERE t.code = '2027S';
CREATE TEMP TABLE model AS SELECT s.id AS student_id, s.person_id FROM student s WHERE s.status = 'ACTIVE' ORDER BY s.id LIMIT 100;
CREATE TEMP TABLE copy AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) SELECT i, student_id, person_id, i * 100000 + student_id AS new_person, i * 100000 + student_id AS new_student FROM model, n;
INSERT INTO person (id, rev, created_at, created_by, full_name, doc_kind) SELECT new_person, 1, 0, 1, '学员' || new_person, 'OTHER' FROM copy;
INSERT INTO student (id, rev, created_at, created_by, person_id, student_no, programme_id, curriculum_id, branch_id, centre_id, registered_on, status, status_since, cohort_id)
 SELECT new_student, 1, 0, 1, new_person, printf('26101%08d', new_student), s.programme_id, s.curriculum_id, s.branch_id, s.centre_id, '2026-09-01', 'ACTIVE', '2026-09-01', (SELECT id FROM target) FROM copy JOIN student s ON s.id = student_id;
INSERT INTO employment (rev, created_at, created_by, person_id, employer, plant, shift_pattern_id, team_offset, valid_from) SELECT 1, 0, 1, new_person, e.employer, e.plant, e.shift_pattern_id, e.team_offset, e.valid_from FROM copy JOIN employment e ON e.person_id = copy.person_id AND e.valid_to IS NULL;
SQL
is "ten thousand come" 1 "$(sql "SELECT count(*) >= 10000 FROM student s JOIN cohort h ON h.id = s.cohort_id
	WHERE h.code = '$huge'")"
big() { # ARGUMENTS…: runs it; a hang is a status of 124
	timeout 120 "$overpass" --store "sqlite:$db" --as scheduler.1 --today 2026-11-28 "$@" \
		>"$work/out" 2>"$work/err" </dev/null
	status=$?
}
big cohort show "$huge" --json
result "it is opened, with everybody" "$(says 0 out '"student_no"'
	[ "$(grep -o '"student_no"' "$work/out" | wc -l)" -ge 10000 ] || echo "some are missing")"
big --json plan draft --term 2027S --cohort "$huge" --moves 100000
result "it is planned as far as rooms go" "$(says 0 out '"unplaced": *[1-9]')"
big plan show "$(number id)"
result "and told what is in the way" "$(says 0 out 'no room for')"

echo "1..$cases"
exit $((bad > 0))
