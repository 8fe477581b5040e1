#!/usr/bin/env bash
# A search from far away: how long, and how many bytes cross the line, TLS
# included, for ten results. The floor is the round trip of the line itself.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

build=${OV_BUILDDIR:-$PWD}
slowlink=$OV_SHARED/tools/slowlink.py
for needed in "$build/overpassd" "$build/tests/bench/line_client" "$slowlink"; do
	[ -e "$needed" ] || { echo "skipped: $needed is missing"; exit 0; }
done
command -v openssl >/dev/null || { echo "skipped: openssl is missing"; exit 0; }

world
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 \
	-subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 \
	-keyout "$work/key.pem" -out "$work/ca.pem" 2>/dev/null

pids=()
stop_all() {
	[ ${#pids[@]} = 0 ] || kill "${pids[@]}" 2>/dev/null
	pids=()
	wait
}
trap 'stop_all; rm -rf "$work"' EXIT

# wait_line FILE: until its first line is there.
wait_line() { timeout 20 tail -n +1 -F "$1" 2>/dev/null | head -n 1; }

"$build/overpassd" --store "sqlite:$db" --listen 127.0.0.1:0 --log errors \
	--certificate "$work/ca.pem" --key "$work/key.pem" >"$work/server" 2>"$work/server.log" &
pids+=($!)
upstream=$(wait_line "$work/server")
upstream=${upstream#*://}
port=$((20000 + $$ % 20000))

# line NAME SLOWLINK-ARGUMENTS…: a line on $port, its bytes in $work/NAME.
line() {
	local name=$1
	shift
	port=$((port + 1))
	: >"$work/$name.out"
	python3 "$slowlink" --listen "$port" --upstream "$upstream" --drop-every 0 \
		--stats "$work/$name" "$@" >"$work/$name.out" 2>&1 &
	pids+=($!)
	wait_line "$work/$name.out" >/dev/null
}

# client TEXT COUNT: login_ms first_ms median_ms results
client() {
	"$build/tests/bench/line_client" "https://127.0.0.1:$port" front_desk.1 "$work/state" \
		"$work/ca.pem" "$1" "$2"
}

# bytes LINES FILE: up and down of the last connection that ended, once LINES
# did; one ends a moment after its client.
bytes() {
	local lines=$1 file=$2
	timeout 20 sh -c 'while [ "$(grep -c . "$1" 2>/dev/null)" -lt "$2" ]; do :; done' - "$file" "$lines"
	tail -n 1 "$file" | sed -E 's/.*"up": ([0-9]+), "down": ([0-9]+).*/\1 \2/'
}

head_line "search behind a line, ten results"
line bytes --kbps 0 --rtt-ms 0
client w 1 >/dev/null # the session is kept from here on
bytes 1 "$work/bytes" >/dev/null
ended=1
for text in w wang 1; do
	client "$text" 1 >/dev/null
	read -r up1 down1 <<<"$(bytes $((ended + 1)) "$work/bytes")"
	read -r _ _ _ results <<<"$(client "$text" 21)"
	ended=$((ended + 2))
	read -r up2 down2 <<<"$(bytes "$ended" "$work/bytes")"
	total=$(((up2 + down2 - up1 - down1) / 20))
	row "bytes of \"$text\", $results results" "$total B" \
		"$(((up2 - up1) / 20))+$(((down2 - down1) / 20)) B" "up and down, TLS included; 1,100 B" \
		"$(at_most "$total" 1100)"
done
for rtt in 300 600; do
	line "rtt$rtt" --rtt-ms "$rtt" --kbps "$([ "$rtt" = 600 ] && echo 64 || echo 0)"
	read -r login first median _ <<<"$(client wang 9)"
	row "search, $rtt ms round trip" "$median ms" "$rtt ms" \
		"the line; first $first ms, TLS and session $login ms before" \
		"$(at_most "$median" $((rtt * 3 / 2)))"
done
exit $missed
