#!/usr/bin/env bash
# The unit tests and some commands under valgrind: no bad access, no use of
# unset memory, no leak.
# Time limit: 900 s
#
# OV_VALGRIND_LIMIT: seconds for each program (90). With more than that those are
# tried too that don't make it in 90; the build with sanitizers runs them anyway.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

if ! command -v valgrind >/dev/null; then
	lint_skip "valgrind" "valgrind is not installed"
	lint_end
fi
cd "${OV_BUILDDIR:?run it through tests/run}" || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
limit=${OV_VALGRIND_LIMIT:-90}
slow=' admin_test claim_walk_test demo_test history_test import_test planner_test route_search_test '
export work limit slow OV_SLOW=yes # tests with a bound of time leave it out

# watched NAME COMMAND…: what valgrind complains of goes to NAME.log, LATE when
# the command is too slow for this.
watched() {
	local name=$1 began=$SECONDS
	shift
	if [ "$limit" -le 90 ] && [[ $slow == *" $name "* ]]; then
		echo LATE >"$work/$name.log"
		return
	fi
	timeout -k 5 "$limit" valgrind -q --error-exitcode=99 --leak-check=full \
		--errors-for-leak-kinds=definite,possible --log-file="$work/$name.log" "$@" \
		>"$work/$name.out" 2>&1
	case $? in
	124 | 137) echo LATE >"$work/$name.log" ;;
	99) [ -s "$work/$name.log" ] || echo "valgrind reports an error" >"$work/$name.log" ;;
	*) : >"$work/$name.log" ;;
	esac
	echo $((SECONDS - began)) >"$work/$name.took"
}
export -f watched

judge() { # NAME
	[ "$(cat "$work/$1.took" 2>/dev/null || echo 0)" -lt 30 ] || echo "# $1 took $(cat "$work/$1.took") s"
	if [ "$(cat "$work/$1.log")" = LATE ]; then
		lint_skip "$1 under valgrind" "takes more than $limit s there"
	else
		lint "$1 under valgrind" "$(head -n 30 "$work/$1.log")"
	fi
}

mapfile -t programs < <(find tests/unit -name '*_test' -type f -perm -100 | sort)
printf '%s\n' "${programs[@]}" |
	each_file bash -c 'watched "$(basename "$1")" "./$1"' _
for program in "${programs[@]}"; do
	judge "$(basename "$program")"
done

if [ -x overpass ]; then
	world=sqlite:$work/world.db
	watched init ./overpass --store "$world" --no-progress init --demo --students 40
	watched find ./overpass --store "$world" --as front_desk.1 student find w
	watched claims ./overpass --store "$world" --as front_desk.1 --json claim list
	watched verify ./overpass --store "$world" --as auditor.1 audit verify
	watched wrong ./overpass --store "$world" --no-such-option
	for name in init find claims verify wrong; do
		judge $name
	done
fi
lint_end
