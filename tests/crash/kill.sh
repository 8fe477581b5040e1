#!/usr/bin/env bash
# kill -9 at random moments of an import and of a claim decision.
# Time limit: 1800 s
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

micros() { echo "${EPOCHREALTIME/[.,]/}"; }

# killed LIMIT COMMAND…: runs it, and kills it after at most LIMIT microseconds.
# In the foreground, because timeout then waits until the program is gone: one
# that dies in its last write is still there for a moment.
killed() {
	local after=$((RANDOM * 32768 + RANDOM))
	after=$((after % $1 + 1))
	shift
	timeout --foreground -s KILL "$((after / 1000000)).$(printf %06d $((after % 1000000)))" "$@" >/dev/null 2>"$work/said"
}

make_base empty 0
make_base desk 600
awk -v rows=$rows -f "$OV_SRCDIR/tests/students.awk" >"$work/students.csv"

: >"$work/complaints"
fresh empty
start=$(micros)
ov --as registrar.1 student import "$work/students.csv" >/dev/null 2>"$work/said" ||
	cat "$work/said" >>"$work/complaints"
span=$(($(micros) - start))
broken=0
for ((run = 1; run <= runs; run++)); do
	fresh empty
	acknowledged=no
	killed $((span * 5 / 4)) "$overpass" --store "sqlite:$db" --no-progress --as registrar.1 \
		student import "$work/students.csv" 2>/dev/null && acknowledged=yes
	[ $acknowledged = yes ] || broken=$((broken + 1))
	whole "$work/complaints" "import $run"
	import_is "$work/complaints" "import $run" $acknowledged
done 2>/dev/null
echo "# $broken of $runs imports were killed within $span µs"
result "kill -9 in an import leaves all of it or nothing" "$work/complaints"

: >"$work/complaints"
plan_decisions >"$work/plan"
mapfile -t plan <"$work/plan"
[ ${#plan[@]} -gt 0 ] || echo "the demo world has no claim to decide" >>"$work/complaints"
broken=0
fresh desk
span=0
for ((run = 1; run <= runs && ${#plan[@]} > 0; run++)); do
	[ $((run % 20)) = 1 ] && fresh desk
	read -r login event from to claim <<<"${plan[(run * 7) % ${#plan[@]}]}"
	[ "$(claim_state "$claim")" = "$from" ] || fresh desk
	length=$(audit_length "$work/complaints" "before $run")
	if [ $span = 0 ]; then
		start=$(micros)
		ov --as "$login" claim "$event" "$claim" >/dev/null 2>"$work/said" ||
			cat "$work/said" >>"$work/complaints"
		span=$(($(micros) - start))
		decision_is "$work/complaints" "undisturbed" yes "$length" "$from" "$to" "$claim"
		continue
	fi
	acknowledged=no
	killed $((span * 5 / 4)) "$overpass" --store "sqlite:$db" --as "$login" claim "$event" "$claim" &&
		acknowledged=yes
	[ $acknowledged = yes ] || broken=$((broken + 1))
	decision_is "$work/complaints" "$event $run" $acknowledged "$length" "$from" "$to" "$claim"
	whole "$work/complaints" "$event $run"
done 2>/dev/null
echo "# $broken of $runs decisions were killed within $span µs"
result "kill -9 in a claim decision leaves all of it or nothing" "$work/complaints"
end
