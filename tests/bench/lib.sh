# lib.sh: what the benchmarks share. A figure is printed beside a floor or a peer
# that was measured in the same run on the same machine, because only the ratio
# travels.
set -u
export LC_ALL=C.UTF-8
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
OV_SRCDIR=${OV_SRCDIR:-$here}
OV_SHARED=${OV_SHARED:-$OV_SRCDIR/../shared}
overpass=${OVERPASS:-${OV_BUILDDIR:-$PWD}/overpass}
students=${OV_BENCH_STUDENTS:-110000}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
missed=0

[ -x "$overpass" ] || {
	echo "overpass is not there: run it in the build folder, or set OVERPASS" >&2
	exit 2
}

micros() { echo "${EPOCHREALTIME/[.,]/}"; }

# timed COMMAND…: its wall time in µs, in $took. Its words go to $work/said.
timed() {
	local start
	start=$(micros)
	"$@" >"$work/out" 2>"$work/said" || {
		echo "failed: $*" >&2
		cat "$work/said" >&2
		exit 1
	}
	took=$(($(micros) - start))
}

# median N COMMAND…: the median and the worst wall time of N runs, in $took and $worst.
median() {
	local count=$1 i times=()
	shift
	for ((i = 0; i < count; i++)); do
		timed "$@"
		times+=("$took")
	done
	mapfile -t times < <(printf '%s\n' "${times[@]}" | sort -n)
	took=${times[count / 2]}
	worst=${times[count - 1]}
}

ms() { printf '%d.%02d ms' $(($1 / 1000)) $(($1 % 1000 / 10)); }

head_line() { printf '%-44s %14s %14s  %s\n' "$1" "figure" "beside it" "what stands beside it, budget"; }

# row TITLE FIGURE BESIDE WHAT [ok|missed]
row() {
	[ "${5-ok}" = ok ] || missed=1
	printf '%-44s %14s %14s  %s%s\n' "$1" "$2" "$3" "$4" "$([ "${5-ok}" = ok ] || echo '  MISSED')"
}

at_most() { [ "$1" -le "$2" ] && echo ok || echo missed; }

# The big demo world, made once for all benchmarks of a run.
world() {
	db=${OV_BENCH_WORLD:-$work/world.db}
	if [ ! -s "$db" ]; then
		timed "$overpass" --store "sqlite:$db" --no-progress init --demo --students "$students"
		world_took=$took
	fi
}
