#!/usr/bin/env bash
# overpassd under load: look-ups with authentication beside libmicrohttpd that
# answers a constant and beside a PouchDB server with the same rows, commands of
# one client beside those of 32, and memory with 1,000 idle connections. Each
# round measures both sides of a ratio one after the other; the ratio is the
# median of OV_BENCH_ROUNDS (5) rounds, the rates are those of that round.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

build=${OV_BUILDDIR:-$PWD}
rounds=${OV_BENCH_ROUNDS:-5}
seconds=${OV_BENCH_SECONDS:-3}
for needed in "$build/overpassd" "$build/tests/bench/constant"; do
	[ -e "$needed" ] || { echo "skipped: $needed is missing"; exit 0; }
done
for needed in wrk curl python3; do
	command -v $needed >/dev/null || { echo "skipped: $needed is missing"; exit 0; }
done

pids=()
trap '[ ${#pids[@]} = 0 ] || kill "${pids[@]}" 2>/dev/null; wait; rm -rf "$work"' EXIT
wait_line() { timeout "${2:-20}" tail -n +1 -F "$1" 2>/dev/null | head -n 1; }

world
cp "$db" "$work/served.db" # commands are done in it
"$build/overpassd" --store "sqlite:$work/served.db" --listen 127.0.0.1:0 --log errors \
	--per-address 0 >"$work/server" 2>"$work/server.log" &
server_pid=$!
pids+=("$server_pid")
server=$(wait_line "$work/server")
token=$(curl -s -H 'Content-Type: application/json' -d '{"login":"scheduler.1","password":null}' "$server/v1/login" |
	sed 's/.*"token":"\([^"]*\)".*/\1/')
ask() { curl -s -H "Authorization: Bearer $token" "$server$1"; }
ask /v1/students/1 >"$work/one"
ask '/v1/students?limit=500&fields=student_no' | grep -o '"student_no":"[0-9]*"' | tr -dc '0-9\n' >"$work/numbers"
"$build/tests/bench/constant" <"$work/one" >"$work/constant" &
pids+=($!)
constant=$(wait_line "$work/constant")

peer=
peer_missing="node and npm are not here"
start_peer() {
	local modules=${OV_BENCH_NODE:-$work/node}
	command -v node >/dev/null && command -v npm >/dev/null || return
	mkdir -p "$modules"
	cp "$here/tests/bench/pouchdb/package.json" "$here/tests/bench/pouchdb/pouch.js" "$modules/"
	peer_missing="npm can't fetch the packages"
	[ -d "$modules/node_modules" ] ||
		(cd "$modules" && npm install --no-audit --no-fund --ignore-scripts >"$work/npm" 2>&1) || return
	(cd "$modules" && exec node pouch.js "$server" "$token") >"$work/peer" 2>"$work/peer.log" &
	pids+=($!)
	peer_missing="it did not start: $(tail -n 1 "$work/peer.log")"
	peer=$(wait_line "$work/peer" 120)
}
start_peer

seed=0
# load CONNECTIONS URL WHAT: requests a second in $rate, the 99th in $nine. What is
# not answered well ends the benchmark: a wrong answer is quick.
load() {
	local line bad
	seed=$((seed + 40000))
	line=$(wrk -t1 -c"$1" -d"${seconds}s" -s "$here/tests/bench/server.lua" "$2" "$3" "$token" \
		"$students" $seed "$work/numbers" | sed -n 's/^figures //p')
	read -r rate _ nine bad <<<"$line"
	[ "${bad:-1}" = 0 ] || { echo "failed: $3 at $2: $line"; exit 1; }
}
# beside TITLE WHAT PERCENT CONNECTIONS URL WHAT CONNECTIONS URL WHAT: the first must
# be PERCENT of the second.
beside() {
	local title=$1 what=$2 percent=$3 round ratio ratios=() ours
	shift 3
	for ((round = 0; round < rounds; round++)); do
		load "$4" "$5" "$6"
		theirs=$rate
		load "$1" "$2" "$3"
		ratios+=("$((rate * 100 / theirs)) $rate $theirs $nine")
	done
	read -r ratio ours theirs nine < <(printf '%s\n' "${ratios[@]}" | sort -n | sed -n "$((rounds / 2 + 1))p")
	row "$title" "$ours/s" "$theirs/s" \
		"$what; $((ratio / 100)).$(printf %02d $((ratio % 100))) times, budget $((percent / 100)).$(printf %02d $((percent % 100))); p99 $(ms "$nine")" \
		"$([ "$ratio" -ge "$percent" ] && echo ok || echo missed)"
}

head_line "overpassd, 32 connections"
beside "a student by id, authenticated" "libmicrohttpd, a constant" 60 \
	32 "$server" id 32 "$constant" id
beside "a student by number, authenticated" "the same" 0 32 "$server" number 32 "$constant" id
beside "ranked search of what clerks type" "the same" 0 32 "$server" search 32 "$constant" id
if [ -n "$peer" ]; then
	beside "a student by id" "PouchDB server in memory, not authenticated" 1000 \
		32 "$server" id 32 "$peer" pouch
else
	echo "skipped: the PouchDB server: $peer_missing"
fi
beside "durable commands, 32 clients" "the same, one client" 500 32 "$server" write 1 "$server" write
# What a group of commits saves is what the disk takes to sync; where that is next to
# nothing, one client is nearly as quick.
timed dd if=/dev/zero of="$work/synced" bs=4k count=500 oflag=dsync
row "a page added to a file and synced" "$((took / 500)) us" "" "what a group can save, by command"

# Each connection asks once with its token, then is kept.
cat >"$work/idle.py" <<'PY'
import socket, sys
host, port = sys.argv[1].rsplit("/", 1)[1].split(":")
kept = []
for _ in range(1000):
    s = socket.create_connection((host, int(port)))
    s.sendall(("GET /v1/students/1 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n" % sys.argv[2]).encode())
    if b" 200 " not in s.recv(65536).split(b"\r\n")[0]:
        sys.exit("not answered")
    kept.append(s)
for line in open("/proc/%s/status" % sys.argv[3]):
    if line.startswith("VmRSS"):
        print(line.split()[1])
PY
rss() { sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$server_pid/status"; }
before=$(rss)
idle=$(python3 "$work/idle.py" "$server" "$token" "$server_pid")
row "resident with 1,000 idle connections" "$((${idle:-999999} / 1024)) MiB" "$((before / 1024)) MiB" \
	"without them, after all of the above; 48 MB" "$(at_most "${idle:-999999}" 46875)"
exit $missed
