#!/usr/bin/env bash
# The application on a terminal: first paint, memory, bytes for a key. Measured
# by ../shared/tools/ttybench.py; less shows the same list as the peer.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

bench=$OV_SHARED/tools/ttybench.py
python=
for candidate in /usr/bin/python3 python3; do
	"$candidate" -c 'import pyte' 2>/dev/null && python=$candidate && break
done
if [ ! -r "$bench" ] || [ -z "$python" ]; then
	echo "tty: ttybench.py or python3-pyte is not there"
	exit 0
fi
world

cat >"$work/keys" <<'END'
label start
settle 100
label letter
type wxm
label move
key Down x8
key Up x8
label page
key PgDn x2
key PgUp x2
label held
burst Down 40 5
label resize
resize 100x30
resize 80x24
label idle
idle 5
END
echo "The application, 80x24, $students students; budgets: ux/BUDGETS.md"
"$python" "$bench" --repeat 3 --script "$work/keys" \
	--budget 'start.first_text_ms<=60' --budget 'start.bytes<=1800' --budget 'rss_kib<=30720' \
	--budget 'groups.letter.bytes.p50<=400' --budget 'groups.letter.bytes.p95<=1000' \
	--budget 'groups.move.bytes.p50<=60' --budget 'groups.move.bytes.p95<=130' \
	--budget 'groups.page.bytes.p95<=1400' --budget 'groups.resize.bytes.p95<=2500' \
	-- "$overpass" --store "sqlite:$db" --as front_desk.1 || missed=1

if command -v less >/dev/null; then
	echo
	echo "The peer in this run: less on a list of learners"
	awk -v rows=2000 -f "$OV_SRCDIR/tests/students.awk" | cut -d, -f1,2,6 >"$work/list"
	grep -v letter "$work/keys" | grep -v '^type' >"$work/peer"
	"$python" "$bench" --repeat 3 --script "$work/peer" -- less "$work/list" || true
fi
exit $missed
