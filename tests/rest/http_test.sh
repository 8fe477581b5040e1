#!/usr/bin/env bash
# The routes of a real overpassd on loopback, asked with curl: statuses, problem
# details, conditional requests, hostile bodies, and that it drains on SIGTERM.
# Time limit: 120 s
set -u

server=${OV_BUILDDIR:-.}/overpassd
overpass=${OV_BUILDDIR:-.}/overpass
skip() {
	echo "1..0 # SKIP $1"
	exit 0
}
command -v curl >/dev/null || skip "curl is not here"
[ -x "$server" ] || skip "overpassd is not built"

work=$(mktemp -d) || exit 2
pid=
finish() {
	[ -z "$pid" ] || kill -9 "$pid" 2>/dev/null
	rm -rf "$work"
}
trap finish EXIT
number=0
failed=0
# is NAME WANT GOT
is() {
	number=$((number + 1))
	if [ "$2" = "$3" ]; then
		echo "ok $number - $1"
	else
		failed=$((failed + 1))
		echo "not ok $number - $1"
		echo "# wanted: $2"
		echo "# got:    $3"
	fi
}

"$overpass" --store "sqlite:$work/world.db" init --demo --students 300 >/dev/null || {
	echo "Bail out! the demo world could not be made"
	exit 1
}
mkfifo "$work/ready"
"$server" --store "sqlite:$work/world.db" --listen 127.0.0.1:0 --log errors --body-max 65536 \
	>"$work/ready" 2>"$work/log" &
pid=$!
read -r base <"$work/ready" || {
	echo "Bail out! the server did not start"
	exit 1
}

# ask METHOD PATH [CURL ARGUMENTS…]: prints the status; the body is in body,
# the headers in head.
ask() {
	local method=$1 path=$2
	shift 2
	curl -sS -o "$work/body" -D "$work/head" -w '%{http_code}' -X "$method" "$@" "$base$path" 2>"$work/said"
}
field() { sed -n 's/.*"'"$1"'":"\([^"]*\)".*/\1/p' "$work/body" | head -n 1; }
json=(-H 'Content-Type: application/json')
login() {
	ask POST /v1/login "${json[@]}" -d '{"login":"'"$1"'","password":"overpass"}' >/dev/null
	field token
}

is "healthz is open" 200 "$(ask GET /healthz)"
is "readyz is open" 200 "$(ask GET /readyz)"
is "metrics are open" 200 "$(ask GET /metrics)"
is "the OpenAPI document is open" 200 "$(ask GET /v1/openapi.json)"
is "and is 3.1" 1 "$(grep -c '"openapi": *"3\.1' "$work/body")"
is "records need a token" 401 "$(ask GET /v1/students)"
is "as a problem" LOGIN_NEEDED "$(field code)"
is "a wrong token" 401 "$(ask GET /v1/students -H 'Authorization: Bearer nonsense')"
is "a wrong password" 401 "$(ask POST /v1/login "${json[@]}" -d '{"login":"viewer.1","password":"no"}')"
is "an unknown login looks the same" 401 "$(ask POST /v1/login "${json[@]}" -d '{"login":"nobody.9","password":"no"}')"

desk=(-H "Authorization: Bearer $(login front_desk.1)")
expert=(-H "Authorization: Bearer $(login expert.1)")
admin=(-H "Authorization: Bearer $(login admin.1)")
key() { printf '01ARZ3NDEKTSV4RRFFQ69G%04d' "$1"; }

is "a page of records" 200 "$(ask GET '/v1/students?limit=2' "${desk[@]}")"
is "has a cursor" 1 "$(grep -c '"next":"' "$work/body")"
is "the ranked search" 200 "$(ask GET '/v1/students?q=wang&limit=3' "${desk[@]}")"
is "an expert looks nobody up" 403 "$(ask GET '/v1/students?q=wang' "${expert[@]}")"
is "nor does an administrator" 403 "$(ask GET /v1/persons "${admin[@]}")"
is "one record" 200 "$(ask GET /v1/students/1 "${desk[@]}")"
tag=$(sed -n 's/^[Ee][Tt]ag: *\([^\r]*\)\r*$/\1/p' "$work/head")
is "unchanged" 304 "$(ask GET /v1/students/1 "${desk[@]}" -H "If-None-Match: $tag")"
is "a card" 200 "$(ask GET /v1/cards/student/1 "${desk[@]}")"
is "no such record" 404 "$(ask GET /v1/students/999999 "${desk[@]}")"
is "no such kind" 404 "$(ask GET /v1/nothings "${desk[@]}")"
is "no such address" 404 "$(ask GET /nothing)"
is "no such method" 405 "$(ask DELETE /v1/students "${desk[@]}")"
is "an unknown parameter" 400 "$(ask GET '/v1/students?nme=x' "${desk[@]}")"
is "a cursor of ours it is not" 410 "$(ask GET '/v1/changes?after=rubbish' "${desk[@]}")"
is "secrets never leave" 0 "$(ask GET /v1/users "${admin[@]}" >/dev/null; grep -c argon2 "$work/body")"

student=$(ask GET '/v1/students?status=ACTIVE&limit=1' "${desk[@]}" >/dev/null; sed -n 's/.*"items":\[{"id":\([0-9]*\).*/\1/p' "$work/body")
term='{"command":"term.create","key":"'$(key 1)'","args":{}}'
is "not JSON" 415 "$(ask POST /v1/commands "${desk[@]}" -H 'Content-Type: text/plain' -d 'x')"
is "broken JSON" 400 "$(ask POST /v1/commands "${desk[@]}" "${json[@]}" -d '{"command":')"
is "deep JSON" 400 "$(ask POST /v1/commands "${desk[@]}" "${json[@]}" -d "$(printf '[%.0s' {1..2000})")"
is "a member twice" 400 "$(ask POST /v1/commands "${desk[@]}" "${json[@]}" -d '{"command":"x","command":"y"}')"
is "NUL in a text" 400 "$(ask POST /v1/commands "${desk[@]}" "${json[@]}" -d '{"command":"a\u0000b"}')"
is "half a surrogate pair" 400 "$(ask POST /v1/commands "${desk[@]}" "${json[@]}" -d '{"command":"\ud800"}')"
is "no key" 400 "$(ask POST /v1/commands "${desk[@]}" "${json[@]}" -d '{"command":"term.create","args":{}}')"
is "a role that may not" 403 "$(ask POST /v1/commands "${desk[@]}" "${json[@]}" -d "$term")"
is "no version" 428 "$(ask POST /v1/commands "${desk[@]}" "${json[@]}" \
	-d '{"command":"claim.withdraw","key":"'"$(key 2)"'","target":1,"args":{}}')"
is "an old version" 412 "$(ask POST /v1/commands "${desk[@]}" "${json[@]}" -H 'If-Match: "999"' \
	-d '{"command":"claim.withdraw","key":"'"$(key 3)"'","target":1,"args":{}}')"
claim='{"command":"claim.create","key":"'$(key 4)'","args":{"student_id":'$student',"lines":[]}}'
other='{"command":"claim.create","key":"'$(key 4)'","args":{"student_id":999999,"lines":[]}}'
first=$(ask POST /v1/commands "${desk[@]}" "${json[@]}" -d "$claim")
id=$(sed -n 's/.*"id":\([0-9]*\).*/\1/p' "$work/body" | head -n 1)
is "a claim is made" 200 "$first"
again=$(ask POST /v1/commands "${desk[@]}" "${json[@]}" -d "$claim")
is "the same key gives the first answer" "$first" "$again"
is "of the same record" "$id" "$(sed -n 's/.*"id":\([0-9]*\).*/\1/p' "$work/body" | head -n 1)"
is "the same key for another request" 422 "$(ask POST /v1/commands "${desk[@]}" "${json[@]}" -d "$other")"
is "a body that is too large" 413 "$(head -c 200000 /dev/zero | ask POST /v1/commands "${desk[@]}" "${json[@]}" --data-binary @-)"
is "headers that are too large" 431 "$(ask GET /healthz -H "X-Flood: $(head -c 30000 /dev/zero | tr '\0' a)")"
is "an answer in Chinese" 1 "$(ask GET /v1/nothings "${desk[@]}" -H 'Accept-Language: zh-CN' >/dev/null; grep -c 没有 "$work/body")"
is "compressed when asked" 1 "$(ask GET '/v1/students?limit=20' "${desk[@]}" -H 'Accept-Encoding: gzip' >/dev/null; grep -ci '^content-encoding: gzip' "$work/head")"
is "log out" 204 "$(ask POST /v1/logout "${expert[@]}")"
is "then the token is dead" 401 "$(ask GET /v1/session "${expert[@]}")"

kill -TERM "$pid"
wait "$pid"
is "SIGTERM ends it well" 0 $?
pid=
is "the log names nobody and holds no body" 0 "$(grep -c 'overpass"\|wang' "$work/log")"
echo "1..$number"
exit $((failed > 0))
