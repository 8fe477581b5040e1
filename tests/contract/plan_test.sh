#!/usr/bin/env bash
# `overpass plan solve` and `plan check` as scripts see them: files in and out,
# exit statuses, what bad input gets, and the same numbers as the benchmark's
# own checker.
set -u
overpass=${OV_BUILDDIR:?run it through tests/run}/overpass
seeds=${OV_SRCDIR:?}/tests/fuzz/seeds/ctt
shared=${OV_SHARED:-$OV_SRCDIR/../shared}/scheduling
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

[ -x "$overpass" ] || { echo "1..0 # SKIP overpass is not built"; exit 0; }

# shellcheck source-path=SCRIPTDIR source=../tap.sh
. "$(dirname "$0")/../tap.sh"

plan() { # ARGUMENTS…: runs it; $status, out and err are its answer
	"$overpass" plan "$@" >"$work/out" 2>"$work/err" </dev/null
	status=$?
}

small=$seeds/small.ctt
plan solve "$small" --moves 200000 --out "$work/small.sol"
result "solve writes a solution" "$(says 0 out '^violations 0$'; [ -s "$work/small.sol" ] || echo "no file")"
plan check "$small" "$work/small.sol"
result "check finds it without fault" "$(says 0 out '^violations 0$')"
plan solve "$small" --moves 200000
mv "$work/out" "$work/again.sol"
result "the same seed and moves give the same bytes, on standard output" \
	"$(cmp "$work/small.sol" "$work/again.sol" 2>&1)"
plan check "$small" "$seeds/small.sol"
result "a line that can't be read is named" "$(says 5 err 'small.sol, line 10')"
sed '$d' "$seeds/small.sol" >"$work/wrong.sol"
plan check "$small" "$work/wrong.sol"
result "faults are counted, exit 3" "$(says 3 out '^hard unknown +3$')"
plan check --json "$small" "$work/wrong.sol"
result "the same as JSON" "$(says 3 out '"hard_total": *16')"

# Bad instances: each is told by its line, nothing is written.
broken() { # STATUS PATTERN TITLE; the instance is on standard input
	cat >"$work/broken.ctt"
	rm -f "$work/broken.sol"
	plan solve "$work/broken.ctt" --moves 1000 --out "$work/broken.sol"
	result "$3" "$(says "$1" err "$2"; [ "$1" != 5 ] || [ ! -e "$work/broken.sol" ] || echo "a file was written"
		find "$work" -name 'broken.sol.*' -printf 'left behind: %f\n')"
}
broken 5 'line 12: .*END' "truncated" < <(head -n 12 "$small")
broken 5 'without a line' "no END" < <(sed '/^END/d' "$small")
broken 5 'line 16: COURSES has 5 lines, the header says 6' "header against section" < <(sed 's/^Courses: 5/Courses: 6/' "$small")
broken 5 '"Welding" stands twice' "one course twice" < <(sed 's/^Lathe /Welding /' "$small")
broken 5 'line 22: ' "a curriculum that is short" < <(sed 's/2 Drawing English/3 Drawing English/' "$small")
broken 5 'no course "Engish"' "a curriculum of unknown courses" < <(sed 's/2 Drawing English/2 Drawing Engish/' "$small")
broken 5 'line 27: 3 is not in 0' "a period that is not there" < <(sed 's/^English 2 2/English 2 3/' "$small")
broken 5 'line 5: 99999999' "a number beyond all bounds" < <(sed 's/^Periods_per_day: 3/Periods_per_day: 99999999/' "$small")
broken 5 'line 10: "x" is not' "a word for a number" < <(sed 's/ 4 3 28/ 4 x 28/' "$small")
broken 5 'line 10: -3' "a negative number" < <(sed 's/ 4 3 28/ 4 -3 28/' "$small")
broken 5 'line' "bytes that are no text" < <(printf 'Name: x\0\377\377')
broken 5 'END' "an empty file" </dev/null
broken 3 'there is no room' "no rooms: the reason, and what there is" < <(sed -e 's/^Rooms: 2/Rooms: 0/' -e '/^R101/d' -e '/^Hall/d' "$small")
broken 3 'Welding has 9 lectures, but only 7 periods' "more lectures than periods" < <(sed 's/^Welding   Ada.*/Welding Ada 9 3 28/' "$small")
grep -q '^# Welding: .* have no place' "$work/broken.sol"
result "and the file says which found no place" "$([ $? = 0 ] || cat "$work/broken.sol")"
plan solve "$work/nowhere.ctt" --out "$work/x"
result "a file that is not there" "$(says 5 err 'nowhere.ctt')"
plan solve "$small" --moves 1000 --out "$work/no/where"
result "a place that can't be written, before any work" "$(says 6 err 'no/where')"
plan solve "$small" --seconds 0
result "no seconds" "$(says 2 err 'seconds')"
plan solve "$small" --seconds 1e3
result "seconds that are no number" "$(says 2 err 'seconds')"

# Ctrl-C: the best so far is written, at once.
if [ -d "$shared/ctt" ]; then
	# What runs beside a script ignores SIGINT unless told otherwise.
	env --default-signal=INT "$overpass" plan solve "$shared/ctt/comp01.ctt" --seconds 600 --out "$work/cut.sol" \
		>"$work/out" 2>"$work/err" </dev/null &
	pid=$!
	# It has begun once the file it will write is there.
	for ((i = 0; i < 600; i++)); do
		compgen -G "$work/cut.sol.*" >"$work/made" && break
		read -rt 0.05 <> <(:)
	done
	kill -INT $pid
	wait $pid
	status=$?
	result "an interrupt writes the best so far, exit 130" "$([ $status = 130 ] || echo "status $status"
		"$overpass" plan check "$shared/ctt/comp01.ctt" "$work/cut.sol" >/dev/null 2>"$work/err"
		[ $? -le 3 ] || cat "$work/err")"
else
	cases=$((cases + 1))
	echo "ok $cases - an interrupt writes the best so far # SKIP no shared instances"
fi

# The benchmark's checker is the judge: the same lines for right and wrong solutions.
judge=$shared/ctt_check.py
if [ -f "$judge" ] && command -v python3 >/dev/null; then
	for instance in "$small" "$shared"/ctt/comp01.ctt "$shared"/ctt/comp05.ctt; do
		plan solve "$instance" --moves 300000 --out "$work/good.sol"
		python3 - "$work" <<'PY'
import random, sys
work = sys.argv[1]
lines = [l.split() for l in open(work + "/good.sol") if not l.startswith("#")]
rng = random.Random(7)
for n in range(12):
    some = [list(l) for l in lines]
    for _ in range(rng.randrange(1, 40)):
        i = rng.randrange(len(some))
        kind = rng.randrange(9)
        if kind == 0: some[i][2] = str(rng.randrange(-1, 7))
        elif kind == 1: some[i][3] = str(rng.randrange(-1, 10))
        elif kind == 2: some[i][1] = rng.choice(some)[1]
        elif kind == 3: some.append(list(some[i]))
        elif kind == 4 and len(some) > 1: del some[i]
        elif kind == 5: some[i][0] = rng.choice(some)[0]
        elif kind == 6: some[i][rng.randrange(2)] = "nobody"
        elif kind == 7: some[i][2:] = ["+0", "1_0"]
        else: some[i] = list(rng.choice(some)); some[i][1] = rng.choice(some)[1]
    rng.shuffle(some)
    with open("%s/bad%d.sol" % (work, n), "w", newline="") as out:
        for l in some:
            out.write(rng.choice(["", "# x\n", " \t", "\n"]))
            out.write("\t ".join(l) + rng.choice(["\n", "\r\n", " \n", " extra words\n", "\u3000\n"]))
PY
		wrong=
		for solution in "$work/good.sol" "$work"/bad*.sol; do
			python3 "$judge" "$instance" "$solution" >"$work/want" 2>"$work/err"
			wants=$?
			plan check "$instance" "$solution"
			cmp -s "$work/want" "$work/out" && [ $status = $((wants * 3)) ] ||
				wrong="$wrong${solution##*/}: $(diff "$work/want" "$work/out" | head -n 4) $status $wants"$'\n'
		done
		result "the judge says the same of ${instance##*/}" "$wrong"
	done
else
	cases=$((cases + 1))
	echo "ok $cases - the judge says the same # SKIP the judge or python3 is not there"
fi

echo "1..$cases"
[ $bad = 0 ]
