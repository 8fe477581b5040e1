#!/usr/bin/env bash
# Importing a student file, beside what the sqlite3 shell's .import of the same
# file into a bare table costs.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

command -v sqlite3 >/dev/null || {
	echo "import: the sqlite3 shell is not there to compare with"
	exit 0
}
awk -v rows="$students" -f "$OV_SRCDIR/tests/students.awk" >"$work/students.csv"
into() { "$overpass" --store "sqlite:$1" --no-progress --as registrar.1 student import "$work/students.csv"; }
bare() {
	rm -f "$work/bare.db"
	sqlite3 "$work/bare.db" ".mode csv" ".import $work/students.csv bare"
}

timed "$overpass" --store "sqlite:$work/empty.db" --no-progress init --demo --students 0
head_line "student import of $students rows"
best=0 peer=0
for round in 1 2 3; do
	timed bare
	if [ $peer = 0 ] || [ "$took" -lt $peer ]; then peer=$took; fi
	cp "$work/empty.db" "$work/import.db"
	timed into "$work/import.db"
	if [ $best = 0 ] || [ "$took" -lt $best ]; then best=$took; fi
	[ $round = 3 ] || rm -f "$work/import.db"*
done
row "import, best of 3" "$(ms $best)" "$(ms $peer)" "sqlite3 .import, bare table; 4 times" "$(at_most $best $((peer * 4)))"
row "times the peer" "$((best * 100 / peer))%" "400%" "budget"
timed into "$work/import.db"
row "the same file again (changes nothing)" "$(ms "$took")" "$(ms $peer)" "sqlite3 .import"
exit $missed
