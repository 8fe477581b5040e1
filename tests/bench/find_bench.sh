#!/usr/bin/env bash
# Finding a learner, as a whole process: start, open, search, print, exit.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

world
# Nobody found is an answer too.
find_one() {
	"$overpass" --store "sqlite:$db" --as front_desk.1 student find "$1" --limit 20 || [ $? = 1 ]
}

# A learner who is there: number and name of a hit.
timed "$overpass" --store "sqlite:$db" --as front_desk.1 --json student find w --limit 50
number=$(grep -oE '"student_no": *"[^"]*"' "$work/out" | sed 's/.*: *"//; s/"$//' | tail -n 1)
name=$(grep -oE '"full_name": *"[^"]*"' "$work/out" | sed 's/.*: *"//; s/"$//' | tail -n 1)

head_line "student find, one process"
median 21 /bin/true
row "starting any process" "$(ms "$took")" "" ""
floor=$took
if command -v sqlite3 >/dev/null; then
	median 21 sqlite3 "$db" "select * from student where student_no = '$number'"
	floor=$took
	row "the sqlite3 shell, by number" "$(ms "$took")" "" ""
fi
for query in "$number" "${number:9}" "$name" "${name:0:1}" "wanganhua" "wang ah" "wa" "wxm" "w"; do
	median 21 find_one "$query"
	row "find \"$query\"" "$(ms "$took")" "$(ms "$floor")" \
		"the floor above; 50 ms; worst of 21: $(ms "$worst")" "$(at_most "$took" 50000)"
done
exit $missed
