#!/usr/bin/env bash
# The whole contract suite over HTTP/2: libmicrohttpd speaks HTTP/1.1, so nghttpx
# stands before it, as a centre's proxy may. Each request has to have been HTTP/2.
# Time limit: 300 s
program=${OV_BUILDDIR:?run it through tests/run}/tests/contract/rest_test
skip() {
	echo "1..0 # SKIP $1"
	exit 77
}
[ -x "$program" ] || skip "rest_test is not built"
[ -x "$OV_BUILDDIR/overpassd" ] || skip "overpassd is not built"
command -v nghttpx >/dev/null || skip "nghttpx is not here"
command -v openssl >/dev/null || skip "openssl, to make a certificate, is not here"
curl --version 2>/dev/null | grep -q HTTP2 || skip "libcurl speaks no HTTP/2 here"

work=$(mktemp -d) || exit 1
proxy=
trap '[ -z "$proxy" ] || kill "$proxy" 2>/dev/null; wait; rm -rf "$work"' EXIT
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj /CN=localhost \
	-addext subjectAltName=IP:127.0.0.1 -keyout "$work/key.pem" -out "$work/ca.pem" 2>/dev/null
back=$((20000 + $$ % 10000))
front=$((back + 10000))
nghttpx --no-ocsp --workers=1 --frontend="127.0.0.1,$front" --backend="127.0.0.1,$back;;proto=http/1.1" \
	--accesslog-file="$work/log" --accesslog-format='$alpn' --errorlog-file="$work/said" \
	"$work/key.pem" "$work/ca.pem" &
proxy=$!
until (: <"/dev/tcp/127.0.0.1/$front") 2>/dev/null; do
	kill -0 "$proxy" 2>/dev/null || skip "nghttpx does not start: $(tail -n 1 "$work/said")"
done
OV_REST_VIA=https://127.0.0.1:$front OV_REST_LISTEN=127.0.0.1:$back OV_REST_CA=$work/ca.pem "$program"
status=$?
kill "$proxy" 2>/dev/null
wait "$proxy" 2>/dev/null
proxy=
echo "# $(grep -c '^h2' "$work/log") requests over HTTP/2"
if [ ! -s "$work/log" ] || grep -qv '^h2$' "$work/log"; then
	echo "not ok - every request was HTTP/2"
	sort "$work/log" | uniq -c | sed 's/^/# /'
	exit 1
fi
exit $status
