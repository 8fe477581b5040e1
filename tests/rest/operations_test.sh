#!/usr/bin/env bash
# How a server is run: activation, signals, backup; see operations.py.
# Time limit: 300 s
server=${OV_BUILDDIR:?run it through tests/run}/overpassd
skip() {
	echo "1..0 # SKIP $1"
	exit 0
}
command -v python3 >/dev/null || skip "python3 is not here"
[ -x "$server" ] || skip "overpassd is not built"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
python3 "$OV_SRCDIR/tests/rest/operations.py" "$server" "$OV_BUILDDIR/overpass" "$work"
