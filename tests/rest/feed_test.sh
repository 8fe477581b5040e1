#!/usr/bin/env bash
# Calendar feeds over HTTP: what a calendar program gets at an address it was
# given, what everybody else gets, and that the address stands in no log, no
# database and no second answer.
# Time limit: 180 s
set -u

overpass=${OV_BUILDDIR:?run it through tests/run}/overpass
server=$OV_BUILDDIR/overpassd
check=$OV_SRCDIR/tests/contract/calendar_check.py
work=$(mktemp -d) || exit 2
pid=
finish() {
	[ -z "$pid" ] || kill -9 "$pid" 2>/dev/null
	rm -rf "$work"
}
trap finish EXIT
for tool in curl sqlite3; do
	command -v $tool >/dev/null || { echo "1..0 # SKIP $tool is not here"; exit 0; }
done
[ -x "$server" ] || { echo "1..0 # SKIP overpassd is not built"; exit 0; }
python=
for candidate in python3 /usr/bin/python3; do
	"$candidate" -c 'import icalendar, vobject' 2>/dev/null && { python=$candidate; break; }
done

# shellcheck source-path=SCRIPTDIR source=../tap.sh
. "$(dirname "$0")/../tap.sh"

is() { result "$1" "$([ "$2" = "$3" ] || echo "$3, not $2")"; }

db=$work/world.db
"$overpass" --store "sqlite:$db" --no-progress init --demo --students 300 >/dev/null || {
	echo "Bail out! the demo world could not be made"
	exit 1
}
mkfifo "$work/ready"
start() { # FLAG…: starts the server; $base is its address
	"$server" --store "sqlite:$db" --listen 127.0.0.1:0 --log all --today 2026-11-20 "$@" \
		>"$work/ready" 2>>"$work/log" &
	pid=$!
	read -r base <"$work/ready" || { echo "Bail out! the server did not start"; exit 1; }
}
start
sql() { sqlite3 "$db" "$1"; }
ov() { # LOGIN ARGUMENTS…
	"$overpass" --lang en --store "$base" --as "$1" "${@:2}" >"$work/out" 2>"$work/err" </dev/null
	status=$?
}
address() { grep -o 'http[^" ]*/v1/feeds/[^" ]*' "$work/out"; }
get() { # URL [CURL ARGUMENTS…]: prints the status; the body is in body, the headers in head
	: >"$work/body"
	curl -sS -o "$work/body" -D "$work/head" -w '%{http_code}' "${@:2}" "$1" 2>"$work/said"
}
head_of() { sed -n "s/^$1: *\([^\r]*\)\r*$/\1/Ip" "$work/head"; }

# A learner whose cohort meets in the weeks around the day, in every state.
student=$(sql "SELECT s.student_no FROM student s JOIN session_cohort j ON j.cohort_id = s.cohort_id
	JOIN session x ON x.id = j.session_id WHERE s.status = 'ACTIVE'
	AND x.on_date BETWEEN '2026-11-01' AND '2027-03-01' GROUP BY s.id ORDER BY count(*) DESC LIMIT 1")
cohort=$(sql "SELECT h.code FROM cohort h JOIN student s ON s.cohort_id = h.id WHERE s.student_no = '$student'")
room=$(sql "SELECT r.code FROM room r JOIN session x ON x.room_id = r.id WHERE x.on_date > '2026-11-20' LIMIT 1")
teacher=$(sql "SELECT teacher_id FROM session WHERE on_date > '2026-11-20' LIMIT 1")

# --- what a calendar program gets ---
for axis in "student $student" "cohort $cohort" "room $room" "teacher $teacher"; do
	word=${axis% *} of=${axis#* }
	ov front_desk.1 feed create "--$word" "$of"
	url=$(address)
	is "a feed of a $word is read without a login" 200 "$(get "$url")"
	cp "$work/body" "$work/$word.ics"
	result "it has meetings" "$(grep -q '^BEGIN:VEVENT' "$work/$word.ics" || echo none)"
	if [ -n "$python" ]; then
		ov scheduler.1 --json session list "--$word" "$of" --from 2026-10-23 --to 2027-05-22
		cp "$work/out" "$work/list.json"
		result "two libraries read all its meetings as the store lists them" \
			"$("$python" "$check" "$work/$word.ics" "$work/list.json" 2>&1)"
	else
		skip "two libraries read it" "python3 has no icalendar or vobject"
	fi
done
ov front_desk.1 feed create --student "$student"
url=$(address)
token=$(basename "$url" .ics)
get "$url" >/dev/null
is "it is a calendar" "text/calendar; charset=utf-8" "$(head_of Content-Type)"
result "it asks to be looked at again" "$(grep -q '^REFRESH-INTERVAL;VALUE=DURATION:PT4H' "$work/body" || head -n 8 "$work/body")"
is "kept by nobody on the way" "private, no-cache" "$(head_of Cache-Control)"
tag=$(head_of ETag)
is "unchanged it isn't sent again" 304 "$(get "$url" -H "If-None-Match: $tag")"
is "with nothing in it" 0 "$(wc -c <"$work/body")"
is "as little as asked by HEAD" 200 "$(curl -sSI -o /dev/null -w '%{http_code}' "$url")"
get "$url" -H 'Accept-Encoding: gzip' >/dev/null
is "compressed when asked" gzip "$(head_of Content-Encoding)"
names=$(sql "SELECT s.student_no || '|' || p.full_name || '|' || p.doc_no || '|' || p.mobile FROM student s
	JOIN person p ON p.id = s.person_id WHERE s.student_no = '$student'" | tr '|' '\n' | grep .)
result "nothing in it is of the learner" "$(grep -hF "$names" "$work/student.ics")"

# --- a change reaches it ---
moved=$(sql "SELECT x.id FROM session x JOIN session_cohort j ON j.session_id = x.id JOIN cohort h
	ON h.id = j.cohort_id WHERE h.code = '$cohort' AND x.on_date > '2026-11-21'
	AND x.state = 'PUBLISHED' LIMIT 1")
ov scheduler.1 session cancel "$moved" --reason "the teacher is ill"
is "after a change it is sent again" 200 "$(get "$url" -H "If-None-Match: $tag")"
tr -d '\r' <"$work/body" | sed -n "/^UID:session-$moved@/,/^END:VEVENT/p" >"$work/event"
result "the cancelled meeting stands in it as such" "$(grep -q '^STATUS:CANCELLED' "$work/event" || cat "$work/event")"
is "with a higher number" "SEQUENCE:$(($(sql "SELECT rev FROM session WHERE id = $moved") - 1))" \
	"$(grep '^SEQUENCE' "$work/event")"

# --- what others get ---
unknown() { # NAME URL [ARGUMENTS…]: 404, the same to the byte as for any other
	local got
	got=$(get "$2" "${@:3}")
	sed 's/"request_id":"[^"]*"//' "$work/body" >"$work/said"
	[ -f "$work/never" ] || cp "$work/said" "$work/never"
	result "$1" "$([ "$got" = 404 ] && cmp "$work/never" "$work/said" 2>&1 || { echo "$got"; cat "$work/body"; })"
}
unknown "a token that never was" "$base/v1/feeds/AAAAAAAAAAAAAAAAAAAAAA.ics"
used=$(sql "SELECT max(id) FROM calendar_feed")
is "the day of the last use is noted" 2026-11-20 "$(sql "SELECT used_on FROM calendar_feed WHERE id = $used")"
ov front_desk.1 feed revoke "$used"
is "a revoked one says so" 0 "$status"
unknown "and answers like one that never was" "$url"
ov front_desk.1 feed create --student "$student"
left=$(address)
is "a new one works" 200 "$(get "$left")"
kill "$pid"
wait "$pid"
sql "UPDATE student SET status = 'WITHDRAWN' WHERE student_no = '$student'"
start
left=$base/v1/feeds/${left##*/}
unknown "who left has none" "$left"
sql "UPDATE student SET status = 'ACTIVE' WHERE student_no = '$student'"
is "who is back has" 200 "$(get "$left")"
for hostile in '../status' '%2e%2e%2fstatus' "$(printf 'A%.0s' {1..4000}).ics" "%27%20OR%201%3D1.ics" ".ics" "${token}.icsx"; do
	got=$(get "$base/v1/feeds/$hostile" --path-as-is)
	result "hostile: ${hostile:0:24}" "$([[ $got =~ ^(404|400|429)$ ]] || echo "$got")"
done
for _ in 1 2 3 4 5 6; do
	got=$(get "$base/v1/feeds/BBBBBBBBBBBBBBBBBBBBBB.ics")
done
is "who goes on guessing waits" 429 "$got"
result "and is told how long" "$([ "$(head_of Retry-After)" -ge 1 ] || echo "no Retry-After")"
token_of() { curl -s "$base/v1/login" -H 'Content-Type: application/json' -d '{"login":"viewer.1","password":"overpass"}'; }
result "logging in from there is not slowed by it" "$(token_of | grep -q '"token":"' || token_of)"

# --- the secret is nowhere ---
key=01ARZ3NDEKTSV4RRFFQ69G5FAV
ov front_desk.1 --json feed create --room "$room" --key $key
secret=$(basename "$(address)" .ics)
ov front_desk.1 --json feed create --room "$room" --key $key
result "the same key makes no second feed and tells no address" \
	"$(says 0 out '"repeated":true'; grep -F -e "$secret" "$work/out")"
ov front_desk.1 --json feed create --room "$room" --dry-run
result "a preview tells none" "$(says 0 out '"feed_links":\[\]|"records"'; address)"
ov front_desk.1 --json feed list --all
result "nor does the list" "$(says 0 out '"subject"'; grep -F -e "$secret" "$work/out"; grep token_hash "$work/out")"
get "$base/v1/feeds/$secret.ics" >/dev/null
kill "$pid"
wait "$pid"
pid=
result "the log has the route, not the token" "$(grep -c '"route":"/v1/feeds/{token}.ics"' "$work/log" >/dev/null ||
	echo "the route is not logged"; grep -hF -e "$secret" -e "$token" "$work/log")"
result "the database has neither" "$(sql .dump | grep -cF -e "$secret" -e "$token" | grep -v '^0$')"

# --- where the server is reached ---
start --public-url https://centre.example/desk/
ov front_desk.1 feed create --room "$room" --qr ascii
result "links begin as the server is told" "$(says 0 out 'https://centre.example/desk/v1/feeds/')"
# scan STYLE: the drawn code as a picture, read by a scanner
scan() {
	grep -v '^[A-Z]' "$work/out" | "${python:-python3}" -c '
import sys
style, lines = sys.argv[1], sys.stdin.read().split("\n")[:-1]
if style == "ascii":
    rows = [[line[x:x + 1] == "#" for x in range(0, len(line), 2)] for line in lines]
else:
    rows = [[c in dark for c in line] for line in lines for dark in ("▀█", "▄█")]
print("P1", len(rows[0]) * 5, len(rows) * 5)
for row in rows:
    for _ in range(5):
        print(*(int(dark) for dark in row for _ in range(5)))
' "$1" >"$work/code.pbm" && zbarimg --quiet --raw -Sdisable -Sqrcode.enable "$work/code.pbm" 2>/dev/null
}
if command -v zbarimg >/dev/null; then
	is "a scanner reads the drawn code (ascii)" "$(address)" "$(scan ascii)"
	ov front_desk.1 feed create --student "$student" --qr blocks
	is "a scanner reads the drawn code (blocks)" "$(address)" "$(scan blocks)"
else
	skip "a scanner reads the drawn code" "zbarimg (zbar-tools) is not here"
fi
kill "$pid"
wait "$pid"
pid=
"$server" --store "sqlite:$db" --listen 127.0.0.1:0 --public-url centre.example >"$work/out" 2>"$work/err"
status=$?
result "an address that is none is refused at the start" "$(says 2 err 'public_url')"

echo "1..$cases"
[ $bad = 0 ]
