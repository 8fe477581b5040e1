#!/usr/bin/env bash
# overpassd is broken off under eight writing clients: by kill -9, by power cuts,
# and behind a line that swallows answers. Every acknowledged command is there
# once and only once, what was unsure can be sent again, both chains verify.
# Time limit: 3600 s
# shellcheck source-path=SCRIPTDIR source=lib.sh
OV_CRASH_SHORT=8
. "$(dirname "$0")/lib.sh"

command -v python3 >/dev/null || skip_all "python3 is not here"
[ -x "$OV_BUILDDIR/overpassd" ] || skip_all "overpassd is not built"
make_base desk 200

# trial TITLE HOW [TOOL]
trial() {
	python3 "$OV_SRCDIR/tests/crash/server_clients.py" "$OV_BUILDDIR" "$work/desk" "$work" "$runs" "$seed" \
		"$2" ${3+"$3"} >"$work/out" 2>"$work/said" || cat "$work/said" >>"$work/out"
	grep '^#' "$work/out"
	grep -v '^#' "$work/out" >"$work/complaints"
	result "$1" "$work/complaints"
}

trial "kill -9 under eight clients loses and doubles nothing" kill
slowlink=$OV_SHARED/tools/slowlink.py
if [ -r "$slowlink" ]; then
	trial "the same with answers lost on the way" lost "$slowlink"
else
	cases=$((cases + 1))
	echo "ok $cases - answers lost on the way # SKIP $slowlink is not there"
fi
source=$OV_SHARED/tools/powercut.c
if [ "$sanitized" != 0 ]; then
	why="a build with sanitizers takes no preloaded library"
elif [ ! -r "$source" ]; then
	why="$source is not there"
elif ! ${OV_CC:-cc} -O2 -shared -fPIC -w -o "$work/powercut.so" "$source" -ldl 2>"$work/said"; then
	why="powercut.c does not compile here"
else
	why=
fi
if [ -z "$why" ]; then
	trial "power cuts under eight clients lose and double nothing" cut "$work/powercut.so"
else
	cases=$((cases + 1))
	echo "ok $cases - power cuts under eight clients # SKIP $why"
fi
end
