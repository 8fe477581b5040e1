#!/usr/bin/env bash
# overpassd on the open net: malformed, huge, slow and idle clients; see hostile.py.
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
mode=memory
[ "$(nm -D "$server" 2>/dev/null | grep -c __asan_init)" = 0 ] || mode=sanitized
python3 "$OV_SRCDIR/tests/rest/hostile.py" "$server" "$OV_BUILDDIR/overpass" "$work" $mode
