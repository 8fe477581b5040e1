#!/usr/bin/env bash
# The server and its OpenAPI document, held against each other by others' tools:
# redocly lints the document, prism watches the contract suite go by, dredd asks
# every route. Their versions are pinned in package.json and package-lock.json.
# Time limit: 600 s
set -u

here=$OV_SRCDIR/tests/conformance
build=$OV_BUILDDIR/tests/conformance
skip() {
	echo "1..0 # SKIP $1"
	exit 0
}
command -v node >/dev/null && command -v npm >/dev/null || skip "node and npm are not here"
command -v curl >/dev/null || skip "curl is not here"
[ -x "$OV_BUILDDIR/overpassd" ] || skip "overpassd is not built"
[ -x "$OV_BUILDDIR/tests/contract/rest_test" ] || skip "the contract suite is not built"
case ${OV_CFLAGS:-} in *-fsanitize=*)
	skip "the plain build does it; under sanitizers it would only take longer" ;;
esac

# Installed once for each lock file. HOME is the test's own, the cache is not.
mkdir -p "$build"
if ! cmp -s "$here/package-lock.json" "$build/installed.json"; then
	cp "$here/package.json" "$here/package-lock.json" "$build/"
	chmod u+w "$build/package.json" "$build/package-lock.json"
	(cd "$build" && npm_config_cache=$build/cache npm_config_update_notifier=false \
		timeout 300 npm ci --ignore-scripts --no-audit --no-fund) >"$build/npm.log" 2>&1 ||
		skip "the pinned packages can't be had: $(tail -n 1 "$build/npm.log")"
	cp "$here/package-lock.json" "$build/installed.json"
	rm -rf "$build/cache"
fi
tools=$build/node_modules/.bin

work=$(mktemp -d) || exit 2
pids=()
finish() {
	for pid in "${pids[@]}"; do
		kill "$pid" 2>/dev/null
	done
	rm -rf "$work"
}
trap finish EXIT
number=0
failed=0
# result NAME STATUS [FILE WITH THE STORY]
result() {
	number=$((number + 1))
	if [ "$2" = 0 ]; then
		echo "ok $number - $1"
	else
		failed=$((failed + 1))
		echo "not ok $number - $1"
		[ $# -lt 3 ] || cut -c1-400 "$3" | head -n 60 | sed 's/^/# /'
	fi
}
port() {
	python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
# until_said TEXT FILE PID
until_said() {
	until grep -q "$1" "$2"; do
		kill -0 "$3" 2>/dev/null || return 1
		read -rt 0.1 <> <(:)
	done
	return 0
}

# --- the document ---

"$OV_BUILDDIR/overpass" --store "sqlite:$work/world.db" init --demo --students 200 >/dev/null || {
	echo "Bail out! the demo world could not be made"
	exit 1
}
mkfifo "$work/ready"
"$OV_BUILDDIR/overpassd" --store "sqlite:$work/world.db" --listen 127.0.0.1:0 --log errors \
	>"$work/ready" 2>"$work/log" &
pids+=($!)
read -r server <"$work/ready"
for language in en zh; do
	curl -sS -H "Accept-Language: $language" "$server/v1/openapi.json" >"$work/openapi.$language.json"
	(cd "$work" && "$tools/redocly" lint --config "$here/redocly.yaml" --format json \
		"openapi.$language.json") >"$work/lint" 2>"$work/lint.said"
	rc=$?
	tr -d ' \n' <"$work/lint" | grep -q '"totals":{"errors":0,"warnings":0,"ignored":0}' || rc=1
	result "redocly finds no error and no warning ($language)" $rc "$work/lint"
done

# --- dredd: every route ---

node "$here/openapi30.cjs" "$work/openapi.en.json" "$work/openapi30.json"
OV_DOCUMENT=$work/openapi.en.json OV_SERVER=$server "$tools/dredd" "$work/openapi30.json" "$server" \
	--hookfiles="$here/hooks.cjs" --loglevel=error --no-color >"$work/dredd" 2>&1
rc=$?
grep -v '^pass\|^skip\|^warn\|^bodySchema\|left out' "$work/dredd" >"$work/dredd.short"
result "dredd finds no difference: $(sed -n 's/.*complete: \([0-9]* passing\).*/\1/p' "$work/dredd")" $rc "$work/dredd.short"
asked=$(sed -n 's/^routes \([0-9]*\), asked \([0-9]*\)$/\1 \2/p' "$work/dredd")
result "of every route (${asked#* })" "$([ -n "$asked" ] && [ "${asked% *}" = "${asked#* }" ]; echo $?)" "$work/dredd.short"

# --- prism: the contract suite passes by ---

front=$(port) proxy=$(port) behind=$(port)
node "$tools/prism" proxy -h 127.0.0.1 -p "$proxy" "$work/openapi.en.json" "http://127.0.0.1:$behind" \
	>"$work/prism" 2>&1 &
prism=$!
node --max-http-header-size=16777216 "$here/plain.cjs" "$front" "$proxy" "$behind" >"$work/plain" 2>&1 &
plain=$!
pids+=("$prism" "$plain")
until_said 'Prism is listening' "$work/prism" "$prism" && until_said listening "$work/plain" "$plain"
result "prism reads the document" $? "$work/prism"
OV_REST_VIA=http://127.0.0.1:$front OV_REST_LISTEN=127.0.0.1:$behind OV_REST_LOG=all \
	CMOCKA_MESSAGE_OUTPUT=TAP "$OV_BUILDDIR/tests/contract/rest_test" >"$work/suite" 2>"$work/suite.log"
rc=$?
grep '^not ok\|^# ' "$work/suite" >"$work/suite.short"
result "the contract suite passes through prism ($(grep -c '^ok' "$work/suite") cases)" $rc "$work/suite.short"
kill "$plain"
wait "$plain" 2>/dev/null
said=$(grep '^requests' "$work/plain")
result "without a difference: ${said:-nothing was counted}" \
	"$(echo "$said" | grep -q '^requests [1-9].*differences 0$'; echo $?)" "$work/plain"
grep 'Violation: response' "$work/prism" >"$work/prism.short"
result "and prism's log knows none" "$([ ! -s "$work/prism.short" ]; echo $?)" "$work/prism.short"
result "each request has its line in the log" \
	"$([ "$(grep -c '"event":"request"' "$work/suite.log")" -ge 1000 ]; echo $?)"
echo "1..$number"
exit $((failed > 0))
