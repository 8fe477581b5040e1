#!/usr/bin/env bash
# counter.sh does the counter's work with curl alone; between notice and posting
# the server is stopped and started again, three weeks later.
# Time limit: 120 s
set -u
server=$OV_BUILDDIR/overpassd
skip() {
	echo "1..0 # SKIP $1"
	exit 0
}
command -v curl >/dev/null || skip "curl is not here"
[ -x "$server" ] || skip "overpassd is not built"

work=$(mktemp -d) || exit 2
pid=
finish() {
	[ -z "$pid" ] || kill "$pid" 2>/dev/null
	rm -rf "$work"
}
trap finish EXIT
number=0
failed=0
is() {
	number=$((number + 1))
	if [ "$2" = "$3" ]; then
		echo "ok $number - $1"
	else
		failed=$((failed + 1))
		echo "not ok $number - $1"
		printf '%s\n' "wanted: $2" "got:    $3" "$(cat "$work/said")" | sed 's/^/# /'
	fi
}
serve() {
	"$server" --store "sqlite:$work/world.db" --listen 127.0.0.1:0 --log errors "$@" \
		>"$work/ready" 2>>"$work/log" &
	pid=$!
	read -r base <"$work/ready"
}

"$OV_BUILDDIR/overpass" --store "sqlite:$work/world.db" init --demo --students 300 >/dev/null || {
	echo "Bail out! the demo world could not be made"
	exit 1
}
mkfifo "$work/ready"
serve
bash "$OV_SRCDIR/tests/rest/counter.sh" "$base" begin "$work/claim" >"$work/out" 2>"$work/said"
is "six people bring a claim to its notice" 0 $?
is "step by step" "DRAFT SUBMITTED ACCEPTED ACCEPTED VERIFIED FIRST_OK SECOND_OK NOTICE" \
	"$(awk '{ print $2 }' "$work/out" | paste -sd ' ')"
bash "$OV_SRCDIR/tests/rest/counter.sh" "$base" end "$work/claim" >"$work/out" 2>"$work/said"
is "the notice can't be closed at once" 1 $?
is "and the server says why" 1 "$(grep -c '"code":"SM_' "$work/said")"
kill "$pid"
wait "$pid"
serve --today "$(date -u -d '+21 days' +%F)"
bash "$OV_SRCDIR/tests/rest/counter.sh" "$base" end "$work/claim" >"$work/out" 2>"$work/said"
is "three weeks later the ledger keeper posts it" 0 $?
is "the claim is posted" POSTED "$(awk '/claim.post/ { print $2 }' "$work/out")"
is "the ledger has its credits" 1 "$(tail -n 1 "$work/out" | grep -c '"amount_centi":[1-9]')"
"$OV_BUILDDIR/overpass" --store "sqlite:$work/world.db" --as auditor.1 ledger verify >"$work/said" 2>&1
is "and its chain holds" 0 $?
echo "1..$number"
exit $((failed > 0))
