#!/usr/bin/env bash
# The QR code of a calendar feed as it stands on the screen (the golden files of
# tests/screen/views_test), read by a scanner that knows nothing of us.
set -u

command -v zbarimg >/dev/null || { echo "1..0 # SKIP zbarimg (zbar-tools) is not here"; exit 0; }
command -v python3 >/dev/null || { echo "1..0 # SKIP python3 is not here"; exit 0; }
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

# shellcheck source-path=SCRIPTDIR source=../tap.sh
. "$(dirname "$0")/../tap.sh"

for file in "$OV_SRCDIR"/tests/screen/golden/feed-[0-9]*.txt; do
	python3 - "$file" >"$work/code.pbm" <<'EOF'
import sys
lines = [line[1:].rstrip("\n") for line in open(sys.argv[1], encoding="utf-8") if line.startswith("|")]
# The screen's title is above; the code is the widest run of blocks at the left.
first = next(i for i, line in enumerate(lines) if "█▀▀▀▀▀█" in line)
code = [line.ljust(41)[:41] for line in lines[first:first + 17]]
rows = [[c in dark for c in line] for line in code for dark in ("▀█", "▄█")]
blank = [[False] * 41] * 4
print("P1", 41 * 6, (len(rows) + 8) * 6)
for row in blank + rows + blank:
    for _ in range(6):
        print(*(int(dark) for dark in row for _ in range(6)))
EOF
	read -r said < <(zbarimg --quiet --raw -Sdisable -Sqrcode.enable "$work/code.pbm" 2>/dev/null)
	result "a scanner reads $(basename "$file")" \
		"$([ "$said" = "https://overpass.example.cn:8443/v1/feeds/Qm9sdHpNYWtlRmVlZHMt4x.ics" ] || echo "$said")"
done
echo "1..$cases"
[ $bad = 0 ]
