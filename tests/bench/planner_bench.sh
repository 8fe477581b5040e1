#!/usr/bin/env bash
# The planner on the ITC-2007 instances, beside a plain annealer of the same run
# and time. Every instance and seed is shown; ctt_check.py judges each solution.
#
#   OV_PLANNER_SECONDS=60 OV_PLANNER_SEEDS="1 2 3 4 5" ../tests/bench/run planner
#
# The short form is one seed and two CPU seconds: no hard violation, and in sum
# cheaper than the floor. At 10 and 60 seconds the targets of the field count:
# the average of the ITC-2007 winner for each instance, and a sum over all.
# OV_PLANNER_FLOOR_SEEDS (all of them) says how many seeds the annealer has too.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

seconds=${OV_PLANNER_SECONDS:-2}
read -ra seeds <<<"${OV_PLANNER_SEEDS:-1}"
floor_seeds=${OV_PLANNER_FLOOR_SEEDS:-${#seeds[@]}}
jobs=${OV_PLANNER_JOBS:-1}
plain=${OV_BUILDDIR:-$PWD}/tests/bench/plain_annealer
judge=$OV_SHARED/scheduling/ctt_check.py
# The winner's average and its best of ten, by instance.
declare -A average=([comp01]=5 [comp02]=61 [comp03]=94 [comp04]=42 [comp05]=343 [comp06]=56
	[comp07]=33 [comp08]=46 [comp09]=113 [comp10]=21 [comp11]=0 [comp12]=351)
declare -A best=([comp01]=5 [comp02]=51 [comp03]=84 [comp04]=37 [comp05]=330 [comp06]=48
	[comp07]=20 [comp08]=41 [comp09]=109 [comp10]=16 [comp11]=0 [comp12]=333)

[ -f "$judge" ] && command -v python3 >/dev/null || {
	echo "planner: the instances or python3 are not there, skipped"
	exit 0
}
[ -x "$plain" ] || {
	echo "planner: make tests/bench/plain_annealer first" >&2
	exit 2
}

# solve INSTANCE SEED NUMBER: both programs, both judged: "cost faults", a line each.
solve() {
	local name=${1##*/} out
	out=$work/${name%.ctt}.$2
	"$overpass" plan solve "$1" --seconds "$seconds" --seed "$2" --out "$out.sol" \
		>"$out.said" 2>&1
	python3 "$judge" "$1" "$out.sol" >"$out.judged"
	[ "$3" -lt "$floor_seeds" ] || return 0
	"$plain" "$1" "$seconds" "$2" "$out.plain" >"$out.moves"
	python3 "$judge" "$1" "$out.plain" >"$out.plain.judged"
}
for i in "${!seeds[@]}"; do
	for instance in "$OV_SHARED"/scheduling/ctt/*.ctt; do
		solve "$instance" "${seeds[i]}" "$i" &
		while [ "$(jobs -rp | wc -l)" -ge "$jobs" ]; do wait -n; done
	done
done
wait

value() { sed -n "s/^$2 //p" "$1"; }
middle() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

head_line "ITC-2007, $seconds CPU s, seeds ${seeds[*]}"
sum=0 floor=0 under=0 count=0
for instance in "$OV_SHARED"/scheduling/ctt/*.ctt; do
	name=${instance##*/}
	name=${name%.ctt}
	costs=() floors=() faults=0
	for i in "${!seeds[@]}"; do
		seed=${seeds[i]}
		costs+=("$(value "$work/$name.$seed.judged" cost)")
		[ "$i" -ge "$floor_seeds" ] || floors+=("$(value "$work/$name.$seed.plain.judged" cost)")
		faults=$((faults + $(value "$work/$name.$seed.judged" violations)))
	done
	cost=$(printf '%s\n' "${costs[@]}" | middle)
	plain_cost=$(printf '%s\n' "${floors[@]}" | middle)
	sum=$((sum + cost)) floor=$((floor + plain_cost)) count=$((count + 1))
	[ "$cost" -gt "${best[$name]}" ] || under=$((under + 1))
	kept=ok
	[ $faults = 0 ] || kept=missed
	[ "${seconds%.*}" -lt 10 ] || [ "$cost" -le "${average[$name]}" ] || kept=missed
	row "$name: ${costs[*]}" "$cost" "$plain_cost" \
		"faults $faults; winner's average ${average[$name]}, best ${best[$name]}" $kept
done
if [ "$floor_seeds" = 0 ]; then
	row "sum of the medians" "$sum" "" ""
else
	row "sum of the medians" "$sum" "$floor" "the plain annealer" "$(at_most $sum $floor)"
fi
row "at or below the winner's best of ten" "$under" "$count" "at 60 s: nine" \
	"$([ "${seconds%.*}" -lt 60 ] || [ $under -ge 9 ] && echo ok || echo missed)"
[ "${seconds%.*}" -lt 60 ] ||
	row "sum at 60 s" "$sum" 1040 "aim: 980" "$(at_most $sum 1040)"
exit $missed
