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
"$overpass" --store "sqlite:$work/world.db" --as scheduler.1 teacher wish --teacher 1 --weekday FRI \
	--start-min 18:00 --wish UNWANTED >/dev/null
mkfifo "$work/ready"
"$server" --store "sqlite:$work/world.db" --listen 127.0.0.1:0 --log all --body-max 65536 \
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
from=127.0.0.1
login() {
	ask POST /v1/login "${json[@]}" --interface $from -d '{"login":"'"$1"'","password":"overpass"}' >/dev/null
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
registrar=(-H "Authorization: Bearer $(login registrar.1)")
auditor=(-H "Authorization: Bearer $(login auditor.1)")
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
is "a teacher's week" 200 "$(ask GET "/v1/cards/session_slot?key=teacher:1" "${desk[@]}")"
is "has the teacher's wishes" FRI "$(field weekday)"
is "another's has none" 200 "$(ask GET "/v1/cards/session_slot?key=teacher:2" "${desk[@]}")"
is "of the first" "" "$(field weekday)"
is "the trail is walked" 200 "$(ask GET '/v1/cards/chain_check?key=audit:1' "${auditor[@]}")"
is "and is whole" 1 "$(grep -c '"whole":true' "$work/body")"
is "with the hash of the row" 1 "$(grep -cE '"hash":"[0-9a-f]{64}"' "$work/body")"
for chain in audits audit: audit:x audit:-1 "ledger:$(printf '9%.0s' {1..40})" ''; do
	is "no chain: '$chain'" "400 CHAIN_KEY" "$(ask GET "/v1/cards/chain_check?key=$chain" "${auditor[@]}") $(field code)"
done
is "a row that isn't there has no hash" '"hash":null' \
	"$(ask GET '/v1/cards/chain_check?key=ledger:999999999' "${auditor[@]}" >/dev/null; grep -o '"hash":[a-z]*' "$work/body")"
is "the desk walks no chain" 403 "$(ask GET '/v1/cards/chain_check?key=audit' "${desk[@]}")"
is "wishes are records" 200 "$(ask GET /v1/teacher_wishes "${desk[@]}")"
is "with their words" UNWANTED "$(field wish)"
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
# --- each status again, in two languages, as a problem with a code ---
problem() { # NAME STATUS CODE METHOD PATH [CURL ARGUMENTS…]
	local name=$1 want="$2 $3" language
	shift 3
	for language in en zh-CN; do
		is "$name ($language)" "$want" "$(ask "$@" -H "Accept-Language: $language") $(field code)"
		is "$name is told in $language" "$language" "$(sed -n 's/^[Cc]ontent-[Ll]anguage: *\([^\r]*\)\r*$/\1/p' "$work/head")"
		is "$name has type, detail, next, request id ($language)" 4 \
			"$(grep -o '"type":"/v1/reasons/\|"detail":"[^"]\|"next":\|"request_id":"' "$work/body" | wc -l)"
	done
	is "$name in Chinese is Chinese" 1 "$(LC_ALL=C.UTF-8 grep -Pc '"detail":"[^"]*[\x{4e00}-\x{9fa5}]' "$work/body")"
}
post=(POST /v1/commands "${desk[@]}" "${json[@]}")
problem "400" 400 FIELD_UNKNOWN GET '/v1/students?nme=x' "${desk[@]}"
problem "401" 401 LOGIN_NEEDED GET /v1/students
is "401 says how" 1 "$(grep -ci '^www-authenticate: Bearer' "$work/head")"
problem "403" 403 PERM_DENIED GET /v1/persons "${admin[@]}"
problem "404" 404 NOT_FOUND GET /v1/students/999999 "${desk[@]}"
problem "405" 405 HTTP_METHOD DELETE /v1/students "${desk[@]}"
is "405 says what may be" 1 "$(grep -ci '^allow: GET, HEAD' "$work/head")"
posted=$(ask GET '/v1/claims?state=POSTED&limit=1' "${desk[@]}" >/dev/null; grep -o '"id":[0-9]*' "$work/body" | head -n 1 | tr -dc 0-9)
problem "409" 409 SM_NO_TRANSITION "${post[@]}" \
	-d '{"command":"claim.withdraw","rev":"*","key":"'"$(key 20)"'","target":'"$posted"',"args":{}}'
problem "410" 410 CURSOR_BAD GET '/v1/changes?after=rubbish' "${desk[@]}"
problem "412" 412 SM_STALE "${post[@]}" \
	-d '{"command":"claim.withdraw","rev":999,"key":"'"$(key 21)"'","target":'"$posted"',"args":{}}'
is "412 shows the record as it is" 1 "$(grep -c '"current":{"id":'"$posted"',' "$work/body")"
head -c 200000 /dev/zero >"$work/large"
problem "413" 413 HTTP_BODY_LARGE "${post[@]}" --data-binary "@$work/large"
problem "414" 414 HTTP_URL_LARGE GET "/v1/students?q=$(head -c 9000 /dev/zero | tr '\0' a)" "${desk[@]}"
problem "415" 415 HTTP_TYPE POST /v1/commands "${desk[@]}" -H 'Content-Type: text/plain' -d x
problem "422" 422 REASON_NEEDED POST /v1/commands "${registrar[@]}" "${json[@]}" \
	-d '{"command":"student.status","rev":"*","key":"'"$(key 22)"'","target":1,"args":{"status":"LEAVE"}}'
problem "428" 428 REV_NEEDED "${post[@]}" \
	-d '{"command":"claim.withdraw","key":"'"$(key 23)"'","target":1,"args":{}}'
problem "431" 431 HTTP_HEADERS_LARGE GET /healthz -H "X-Flood: $(head -c 10000 /dev/zero | tr '\0' a)"

# --- pages ---
is "only the named members" '{"id":1,"rev":1,"student_no":' \
	"$(ask GET '/v1/students?limit=1&fields=student_no' "${desk[@]}" >/dev/null; grep -o '{"id":1,"rev":[0-9]*,"student_no":' "$work/body")"
is "HEAD has the same headers" "200 0" "$(curl -sS -I -o "$work/head" -w '%{http_code} %{size_download}' "$base/v1/students/1" "${desk[@]}")"
is "and the tag" 1 "$(grep -ci '^etag: "' "$work/head")"
is "and the date and the request's id" 2 "$(grep -ci '^date: \|^x-request-id: ' "$work/head")"
id_of_request=$(sed -n 's/^[Xx]-[Rr]equest-[Ii]d: *\([^\r]*\)\r*$/\1/p' "$work/head")
is "which is in the log" 1 "$(grep -c "$id_of_request" "$work/log")"
ask GET '/v1/claims?limit=3&order=-id' "${desk[@]}" >/dev/null
cursor=$(field next)
last=$(grep -o '{"id":[0-9]*' "$work/body" | tail -n 1 | tr -dc 0-9)
ask "${post[@]}" -d '{"command":"claim.create","key":"'"$(key 24)"'","args":{"student_id":'"$student"',"lines":[]}}' >/dev/null
ask GET "/v1/claims?limit=3&order=-id&cursor=$cursor" "${desk[@]}" >/dev/null
is "a cursor goes on where it stopped though one was added" "$((last - 1))" \
	"$(grep -o '{"id":[0-9]*' "$work/body" | head -n 1 | tr -dc 0-9)"

# --- guesses ---
wrong='{"login":"front_desk.2","password":"guess"}'
right='{"login":"front_desk.2","password":"overpass"}'
device=$(ask POST /v1/login "${json[@]}" -d "$right" >/dev/null; field token)
for _ in {1..96}; do
	printf 'next\nurl = "%s/v1/login"\nheader = "Content-Type: application/json"\ndata = "%s"\n' "$base" "${wrong//\"/\\\"}"
	printf 'output = "/dev/null"\nwrite-out = "%%{http_code}\\n"\n'
done | sed 1d >"$work/attack"
curl -sS --parallel --parallel-immediate --parallel-max 48 -K "$work/attack" >"$work/attacked" 2>/dev/null &
attack=$!
colleague=$(ask POST /v1/login "${json[@]}" -d "$right" --interface 127.0.0.2; field code)
is "while somebody guesses, the colleague at another address logs in" 200 "$colleague"
wait "$attack"
is "whoever guesses is slowed" 1 "$([ "$(grep -c 429 "$work/attacked")" -gt 10 ] && echo 1)"
is "at once, however many come together" 1 "$([ "$(grep -c 401 "$work/attacked")" -lt 20 ] && echo 1)"
is "and guessed nothing" 0 "$(grep -c 200 "$work/attacked")"
# He goes on until he has to wait long enough for what is asked next; curl waits
# as long as it is told before it tries again.
told=
for _ in {1..8}; do
	told=$(ask POST /v1/login "${json[@]}" -d "$wrong")
	grep -qiE '^retry-after: ([89]|[1-9][0-9])' "$work/head" && break
	ask POST /v1/login "${json[@]}" -d "$wrong" --retry 1 >/dev/null
done
is "he is told to wait" 429 "$told"
is "how long" 1 "$(grep -ciE '^retry-after: [1-9]' "$work/head")"
is "a device that was logged in before is let in, at the same address" 200 \
	"$(ask POST /v1/login "${json[@]}" -d "$right" -H "Authorization: Bearer $device")"
problem "429" 429 LOGIN_SLOW POST /v1/login "${json[@]}" -d "$wrong"

# --- tokens ---
from=127.0.0.3 # on a slow machine the address that guessed has to wait by now
other=(-H "Authorization: Bearer $(login verifier.1)")
mine=(-H "Authorization: Bearer $(login verifier.1)")
is "a new password" 204 "$(ask POST /v1/password "${mine[@]}" "${json[@]}" -d '{"old":"overpass","new":"a longer passphrase"}')"
is "ends the account's other tokens" 401 "$(ask GET /v1/session "${other[@]}")"
is "not the one it was changed with" 200 "$(ask GET /v1/session "${mine[@]}")"
is "the old password is dead" 401 "$(ask POST /v1/login "${json[@]}" --interface $from -d '{"login":"verifier.1","password":"overpass"}')"
is "nobody revokes a colleague's tokens" 403 "$(ask POST /v1/logout "${desk[@]}" "${json[@]}" -d '{"login":"verifier.1"}')"
is "an administrator does" 204 "$(ask POST /v1/logout "${admin[@]}" "${json[@]}" -d '{"login":"verifier.1"}')"
is "then they are dead" 401 "$(ask GET /v1/session "${mine[@]}")"
is "and the trail knows who did it" 1 "$(ask GET '/v1/audit_events?action=user.logout' "${auditor[@]}" >/dev/null; grep -c '"action":"user.logout"' "$work/body")"
one=(-H "Authorization: Bearer $(login scheduler.1)")
two=(-H "Authorization: Bearer $(login scheduler.1)")
is "log out everywhere" 204 "$(ask POST /v1/logout "${one[@]}" "${json[@]}" -d '{"all":true}')"
is "is everywhere" "401 401" "$(ask GET /v1/session "${one[@]}") $(ask GET /v1/session "${two[@]}")"
if command -v sqlite3 >/dev/null; then
	sqlite3 "$work/world.db" 'SELECT count(*) FROM person' >/dev/null
	"$overpass" --store "sqlite:$work/world.db" --as viewer.1 claim list >/dev/null 2>&1
	is "another program that looks at the database leaves its log to the server" 1 "$([ -s "$work/world.db-wal" ] && echo 1)"
	age() { sqlite3 "$work/world.db" "PRAGMA busy_timeout = 5000; UPDATE auth_session SET $1 WHERE user_id = (SELECT id FROM user WHERE login = 'viewer.2')" >/dev/null; }
	idle=(-H "Authorization: Bearer $(login viewer.2)")
	age 'seen_at = seen_at - 3500'
	is "a token that was used within the hour" 200 "$(ask GET /v1/session "${idle[@]}")"
	idle=(-H "Authorization: Bearer $(login viewer.2)")
	age 'seen_at = seen_at - 3601'
	is "one that was not" 401 "$(ask GET /v1/session "${idle[@]}")"
	idle=(-H "Authorization: Bearer $(login viewer.2)")
	age 'expires_at = expires_at - 43201'
	is "one that is older than half a day" 401 "$(ask GET /v1/session "${idle[@]}")"
	is "tokens are kept as hashes only" "${#idle[1]} 0" "65 $(cat "$work/world.db" "$work/world.db-wal" | grep -c -a -F -e "${idle[1]##* }")"
	# Somebody else holds the database for longer than one waits.
	mkfifo "$work/hold"
	sqlite3 "$work/world.db" <"$work/hold" >"$work/held" 2>&1 &
	holder=$!
	exec 8>"$work/hold"
	printf 'PRAGMA busy_timeout = 5000;\nBEGIN IMMEDIATE;\nSELECT 1;\n' >&8
	until grep -q '^1$' "$work/held"; do read -rt 0.05 <> <(:); done
	problem "503" 503 STORE_LOCKED "${post[@]}" \
		-d '{"command":"claim.create","key":"'"$(key 30)"'","args":{"student_id":'"$student"',"lines":[]}}'
	is "503 says when to come back" 1 "$(grep -ci '^retry-after: [1-9]' "$work/head")"
	exec 8>&-
	wait "$holder"
fi
ask GET '/v1/students?limit=20' "${desk[@]}" -H 'Accept-Encoding: zstd, gzip' >/dev/null
is "zstd where it is taken" "zstd 28b52ffd" "$(sed -n 's/^[Cc]ontent-[Ee]ncoding: *\([a-z]*\).*/\1/p' "$work/head") $(od -An -tx1 -N4 "$work/body" | tr -d ' \n')"
ask GET '/v1/students?limit=20' "${desk[@]}" -H 'Accept-Encoding: zstd;q=0, gzip;q=0' >/dev/null
is "nothing where nothing is" 0 "$(grep -ci '^content-encoding' "$work/head")"
ask GET '/v1/students?limit=20' "${desk[@]}" >/dev/null
cp "$work/body" "$work/plain"
ask GET '/v1/students?limit=20' "${desk[@]}" --compressed >/dev/null
is "and it unpacks to the same" 0 "$(cmp -s "$work/body" "$work/plain"; echo $?)"
is "log out" 204 "$(ask POST /v1/logout "${expert[@]}")"
is "then the token is dead" 401 "$(ask GET /v1/session "${expert[@]}")"

kill -TERM "$pid"
wait "$pid"
is "SIGTERM ends it well" 0 $?
pid=
# --- a centre's own limits for the timetable ---
printf '[policy]\ncomute = 720\n' >"$work/planner.ini"
is "a planner file with an unknown key stops it, and is named" 1 "$("$server" --store "sqlite:$work/world.db" \
	--listen 127.0.0.1:0 --planner "$work/planner.ini" >"$work/said" 2>&1 || grep -c 'comute' "$work/said")"
is "so does one that isn't there" 1 "$("$server" --store "sqlite:$work/world.db" --listen 127.0.0.1:0 \
	--planner "$work/no.ini" >"$work/said" 2>&1 || grep -c 'no.ini' "$work/said")"
tired() { # STORE: how many meetings leave too little rest
	"$overpass" --store "$1" --as scheduler.1 --no-progress --json plan conflicts --from 2026-11-21 \
		--to 2026-12-20 | grep -o '"REST_SHORT"' | wc -l
}
printf '[policy]\ncommute = 720\n' >"$work/planner.ini"
"$server" --store "sqlite:$work/world.db" --listen 127.0.0.1:0 --log none --planner "$work/planner.ini" \
	>"$work/ready" 2>/dev/null &
pid=$!
read -r base <"$work/ready"
is "the server checks by the file it was given" 1 \
	"$([ "$(tired "$base")" -gt "$(tired "sqlite:$work/world.db")" ] && echo 1)"
kill -TERM "$pid"
wait "$pid"
pid=
# --- the first administrator, on the machine itself ---
is "no administrator without a database" 1 "$(printf 'a first passphrase\n' |
	"$server" --store "sqlite:$work/none.db" --init-admin root >"$work/said" 2>&1 || [ -e "$work/none.db" ] || echo 1)"
"$overpass" --store "sqlite:$work/centre.db" init >/dev/null 2>&1
is "a short password is none" 1 "$(printf 'short\n' | "$server" --store "sqlite:$work/centre.db" --init-admin root >"$work/said" 2>&1 || echo 1)"
is "the first administrator" 0 "$(printf 'a first passphrase\n' | "$server" --store "sqlite:$work/centre.db" --init-admin root >"$work/said" 2>&1; echo $?)"
is "there is but one first" 1 "$(printf 'a first passphrase\n' | "$server" --store "sqlite:$work/centre.db" --init-admin boss >"$work/said" 2>&1 || echo 1)"
"$server" --store "sqlite:$work/centre.db" --listen 127.0.0.1:0 --log none >"$work/ready" 2>/dev/null &
pid=$!
read -r base <"$work/ready"
is "who logs in with it" 200 "$(ask POST /v1/login "${json[@]}" -d '{"login":"root","password":"a first passphrase"}')"
is "not without it: this is no demo world" 400 "$(ask POST /v1/login "${json[@]}" -d '{"login":"root","password":null}')"
kill -TERM "$pid"
wait "$pid"
pid=
is "the log names nobody and holds no body" 0 "$(grep -c 'overpass"\|wang' "$work/log")"
echo "1..$number"
exit $((failed > 0))
