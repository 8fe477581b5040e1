#!/usr/bin/env bash
# Power cuts, a full disk and I/O errors in an import and in a claim decision,
# simulated under the program by ../shared/tools/powercut.c: at the cut, writes
# that were not synced are taken back, some of them or parts of them kept.
# Time limit: 1800 s
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

source=$OV_SHARED/tools/powercut.c
[ -r "$source" ] || skip_all "$source is not there"
[ "$sanitized" = 0 ] || skip_all "a build with sanitizers takes no preloaded library"
${OV_CC:-cc} -O2 -shared -fPIC -w -o "$work/powercut.so" "$source" -ldl 2>"$work/said" ||
	skip_all "powercut.c does not compile here"

clerk=$OV_BUILDDIR/tests/crash/clerk
make_base empty 0
make_base desk 600
rows=400
awk -v rows=$rows -f "$OV_SRCDIR/tests/students.awk" >"$work/students.csv"
plan_decisions >"$work/plan"
mapfile -t plan <"$work/plan"

# faulty VARIABLE=VALUE… -- COMMAND…: under the simulator; the answer is that of
# the command, what it said is in $work/said.
faulty() {
	local knobs=()
	while [ "$1" != -- ]; do
		knobs+=("$1")
		shift
	done
	shift
	env PC_DIR="$work/now" "${knobs[@]}" LD_PRELOAD="$work/powercut.so" \
		"$overpass" --store "sqlite:$db" --no-progress "$@" >/dev/null 2>"$work/said"
}

# within LIMIT: a random count of writes, 1…LIMIT.
within() { echo $(((RANDOM * 32768 + RANDOM) % $1 + 1)); }

# expect_status COMPLAINTS WHERE STATUS: a fault is told as such, with exit 6.
expect_status() {
	case $3 in
	0 | 6) ;;
	*) echo "$2: exit status $3: $(cat "$work/said")" >>"$1" ;;
	esac
	[ "$3" = 0 ] || [ -s "$work/said" ] || echo "$2: exit status $3 without a word" >>"$1"
}

# trial TITLE HOW-MANY KNOB: breaks imports and decisions in turn. The range of
# the knob follows what a whole command needs.
trial() {
	local title=$1 count=$2 knob=$3 run status at where acknowledged length reached=0
	local import_limit=60 decision_limit=30
	: >"$work/complaints"
	for ((run = 1; run <= count; run++)); do
		acknowledged=no
		if [ $((run % 2)) = 1 ] || [ ${#plan[@]} = 0 ]; then
			fresh empty
			at=$(within $import_limit)
			where="import $run, $knob=$at"
			faulty "$knob=$at" PC_TORN=$((run / 2 % 2)) PC_SEED=$((seed + run)) -- \
				--as registrar.1 student import "$work/students.csv"
			status=$?
			if [ $status = 0 ]; then acknowledged=yes import_limit=$at; else
				reached=$((reached + 1)) import_limit=$((import_limit + import_limit / 4 + 1))
			fi
			[ "$knob" = PC_AFTER ] || expect_status "$work/complaints" "$where" $status
			whole "$work/complaints" "$where"
			import_is "$work/complaints" "$where" $acknowledged
		else
			fresh desk
			read -r login event from to claim <<<"${plan[(run * 7) % ${#plan[@]}]}"
			length=$(audit_length "$work/complaints" "before $run")
			at=$(within $decision_limit)
			where="$event $run, $knob=$at"
			faulty "$knob=$at" PC_TORN=$((run / 2 % 2)) PC_SEED=$((seed + run)) -- \
				--as "$login" claim "$event" "$claim"
			status=$?
			if [ $status = 0 ]; then acknowledged=yes decision_limit=$at; else
				reached=$((reached + 1)) decision_limit=$((decision_limit + decision_limit / 4 + 1))
			fi
			[ "$knob" = PC_AFTER ] || expect_status "$work/complaints" "$where" $status
			decision_is "$work/complaints" "$where" $acknowledged "$length" "$from" "$to" "$claim"
			whole "$work/complaints" "$where"
		fi
	done
	[ $reached -gt 0 ] || echo "no fault was reached in $count runs" >>"$work/complaints"
	echo "# $knob: $reached of $count commands met the fault"
	result "$title" "$work/complaints"
}

# A desk that does command after command: at the cut, every one that was
# acknowledged is there, and at most the one that was under way besides.
days_trial() {
	local run reached=0 limit=2500 at before after lost
	: >"$work/complaints"
	for ((run = 1; run <= runs; run++)); do
		fresh empty
		before=$(audit_length "$work/complaints" "before $run")
		at=$(within $limit)
		if env PC_DIR="$work/now" PC_AFTER="$at" PC_TORN=$((run % 2)) PC_SEED=$((seed + run)) \
			LD_PRELOAD="$work/powercut.so" "$clerk" "sqlite:$db" >"$work/acknowledged" 2>"$work/said"; then
			limit=$at
		else
			reached=$((reached + 1))
		fi
		"$clerk" "sqlite:$db" check 2>>"$work/complaints" | sort >"$work/there"
		lost=$(sort "$work/acknowledged" | comm -23 - "$work/there" | wc -l)
		[ "$lost" = 0 ] || echo "run $run, cut $at: $lost acknowledged commands are lost" >>"$work/complaints"
		after=$(wc -l <"$work/there")
		[ $((after - $(wc -l <"$work/acknowledged"))) -le 1 ] ||
			echo "run $run, cut $at: more is there than was begun" >>"$work/complaints"
		[ $(($(audit_length "$work/complaints" "run $run") - before)) = "$after" ] ||
			echo "run $run, cut $at: $after commands, but not as many audit entries" >>"$work/complaints"
		whole "$work/complaints" "run $run, cut $at"
	done
	[ $reached -gt 0 ] || echo "no fault was reached in $runs runs" >>"$work/complaints"
	echo "# $reached of $runs desks lost their power"
	result "what was acknowledged before a power cut is there after it" "$work/complaints"
}

[ ${#plan[@]} -gt 0 ] || {
	echo "Bail out! the demo world has no claim to decide"
	exit 1
}
days_trial
trial "power cuts leave every acknowledged command and no half one" "$runs" PC_AFTER
trial "a disk that fills up changes nothing, and is told" $((runs / 4 + 2)) PC_ENOSPC_AFTER
trial "a failing write changes nothing half, and is told" $((runs / 4 + 2)) PC_EIO_AT
end
