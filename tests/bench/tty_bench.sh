#!/usr/bin/env bash
# The application on a terminal: every budget of ux/BUDGETS.md, and beside it
# less, mc, neomutt, newsboat and htop with the same keys in the same run.
# Measured by ../shared/tools/ttybench.py. Bytes repeat; times are the host's.
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
measure() { "$python" "$bench" --repeat "${OV_TTY_REPEAT:-3}" "$@"; }

# The list in which a row is found by its number: the members of a cohort.
ov() { "$overpass" --store "sqlite:$db" --as front_desk.1 "$@"; }
cohort=$(ov cohort list --limit 60 2>/dev/null | sed -n '$s/ .*//p')
ov cohort show "$cohort" | awk 'NF > 4 && $1 ~ /^[0-9]+$/ { gsub(/ +/, " "); gsub("/", "-"); print }' >"$work/members"
number=$(tail -n 3 "$work/members" | sed -n '1s/ .*//p')

# The same moves for all: rows in the window, rows that scroll, pages, held keys.
moves='label move
key Down x8
key Up x8
label filler
key Down x24
label scroll
key Down x8
label page
key PgDn x2
key PgUp x2
label held
burst Down 40 5'
{
	printf 'label start\nsettle 150\nlabel letter\ntype wxm\nsettle 300\nlabel filler\nkey Backspace\nsettle 300\n%s\n' "$moves"
	printf 'label filler\nkey F3\nsettle 300\nkey /\ntype %s\nsettle 300\nkey Enter\nsettle 300\nkey Tab\nsettle 300\n' "$cohort"
	printf 'key C-s\nlabel find\ntype %s\nlabel filler\nkey Esc\nkey Esc\nkey F2\nsettle 300\n' "$number"
	printf 'label resize\nresize 100x30\nresize 80x24\nlabel esc\nkey Esc\nlabel small\nresize 10x3\nresize 80x24\nsettle 300\nlabel idle\nidle %s\n' "${OV_TTY_IDLE:-60}"
} >"$work/keys"
echo "The application, 80x24, $students students; budgets: ux/BUDGETS.md"
measure --script "$work/keys" \
	--budget 'start.first_text_ms<=60' --budget 'start.bytes<=1800' --budget 'rss_kib<=20480' \
	--budget 'groups.letter.bytes.p50<=400' --budget 'groups.letter.bytes.p95<=1000' \
	--budget 'groups.move.bytes.p50<=60' --budget 'groups.move.bytes.p95<=130' \
	--budget 'groups.scroll.bytes.p95<=250' --budget 'groups.held.bursts.0.bytes<=1536' \
	--budget 'groups.page.bytes.p95<=1400' --budget 'groups.resize.bytes.p95<=2500' \
	--budget 'groups.esc.first_ms.p95<=40' --budget 'idle.0.bytes<=10' --budget 'idle.0.wakeups<=2' \
	-- "$overpass" --store "sqlite:$db" --as front_desk.1 || missed=1
measure --json --script "$work/keys" -- "$overpass" --store "sqlite:$db" --as front_desk.1 \
	>"$work/overpass.json" 2>/dev/null

# The peers' worlds: the same 2,000 learners as lines, files, mails, articles.
awk -v rows=2000 -f "$OV_SRCDIR/tests/students.awk" | cut -d, -f1,2,6 >"$work/list"
mkdir -p "$work/files" "$work/found" "$work/home/.newsboat"
while IFS= read -r line; do
	: >"$work/found/$line"
done <"$work/members"
export HOME=$work/home
while IFS= read -r line; do
	: >"$work/files/${line//\//-}"
	printf 'From a@b Thu Jan  1 00:00:00 2026\nFrom: %s <a@b>\nSubject: %s\nDate: Thu, 1 Jan 2026 00:00:00 +0000\n\nx\n\n' \
		"${line##*,}" "$line"
done <"$work/list" >"$work/mbox"
{
	printf '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>list</title><link>http://localhost/</link>'
	head -n 500 "$work/list" | awk '{ printf "<item><title>%s</title><guid>%d</guid></item>", $0, NR }'
	printf '</channel></rss>'
} >"$work/feed.xml"
echo "file://$work/feed.xml" >"$work/urls"
printf 'set mbox_type=mbox\nset folder=%s\nset wait_key=no\n' "$work" >"$work/muttrc"

# peer NAME HOW-TO-SEARCH AFTER-THE-LETTERS COMMAND…
peer() {
	local name=$1 open=$2 close=$3
	shift 3
	command -v "$1" >/dev/null || { echo "$name is not there"; return; }
	{
		printf 'settle 300\n%s\n%s\nlabel opener\n%s\nlabel letter\ntype %s\nlabel result\n%s\n' \
			"${prepare-}" "$moves" "$open" "${letters-wxm}" "$close"
		printf 'label resize\nresize 100x30\nresize 80x24\n'
	} >"$work/peer"
	measure --json --script "$work/peer" -- "$@" >"$work/$name.json" 2>/dev/null || true
}
peer less 'key /' 'key Enter' less "$work/list"
letters=251 peer mc 'key C-s' 'key Esc' mc -x --nosubshell "$work/files" "$work/files"
letters=$number peer found 'key C-s' 'key Esc' mc -x --nosubshell "$work/found" "$work/found"
peer neomutt 'key l' 'key Enter' neomutt -n -F "$work/muttrc" -R -f "$work/mbox"
prepare='key Enter' peer newsboat 'key /' 'key Enter' newsboat -r -u "$work/urls" -c "$work/cache" -q
# Processes that are called like a hundred learners, to narrow, or like the members,
# to find one of.
named=()
call() {
	while IFS= read -r name; do
		(exec -a "$name" tail -f /dev/null) &
		named+=($!)
	done < <(head -n 100 "$1" | cut -d, -f1 | cut -d' ' -f1)
}
call "$work/list"
letters=251 peer htop 'key F4' 'key Esc' htop
kill "${named[@]}"
named=()
call "$work/members"
letters=$number peer search 'key F3' 'key Esc' htop
kill "${named[@]}"
wait "${named[@]}" 2>/dev/null

"$python" - "$work" "${#number}" <<'END' || missed=1
import json, os, sys

names = ["overpass", "less", "mc", "neomutt", "newsboat", "htop"]
groups = ["move", "scroll", "page", "letter", "find", "result", "held", "resize"]
letters = int(sys.argv[2])
rows = {}
for name in names + ["found", "search"]:
    path = os.path.join(sys.argv[1], name + ".json")
    try:
        with open(path) as file:
            rows[name] = json.load(file).get("groups", {})
    except (OSError, ValueError):
        pass
# Letters that move a marker through a list that stays as it is, and letters that the
# list follows, are two things; htop has both. mc's are of the first kind.
for name, run in (("mc", "found"), ("htop", "search")):
    if name in rows and run in rows:
        rows[name]["find"] = rows[run].get("letter", {})
rows.get("mc", {}).pop("letter", None)
for run in ("found", "search"):
    rows.pop(run, None)
follows = ("overpass", "htop")


def bytes_of(name, group):
    group = rows[name].get(group, {})
    if group.get("bursts"):
        return group["bursts"][0]["bytes"]
    return group.get("bytes", {}).get("p50")


print("\nBytes for a key, the median, the same keys in the same run. Letter: less, neomutt\n"
      "and newsboat only echo it, and the list comes with Enter (result); htop (F4) and\n"
      "Overpass show the list with each letter. Whole: three letters and the list they\n"
      "lead to. Find: the marker goes to a row with the letters, the list stays (C-s in mc\n"
      "and Overpass, F3 in htop, over the same rows); number: all its letters, which\n"
      "leads to another page. * a pager, not a list.")
print("%-9s" % "" + "".join("%9s" % group for group in groups) + "%9s%9s" % ("whole", "number"))
for name in rows:
    letter, result = bytes_of(name, "letter"), bytes_of(name, "result")
    whole = None if letter is None else 3 * letter + (0 if name in follows else result or 0)
    found = rows[name].get("find", {}).get("bytes", {})
    word = found["total"] / found["n"] * letters if found.get("n") else None
    cells = [bytes_of(name, group) for group in groups] + [whole, word]
    shown = name + " *" if name == "less" else name
    print("%-9s" % shown + "".join("%9s" % ("-" if c is None else int(c)) for c in cells))
# Of a letter, those are compared whose list follows it. less is a pager: it has no
# marker to take along, and the floor of a scrolled row with one is 103 B (BUDGETS).
bad = [(g, n) for g in ("move", "scroll", "letter", "find") for n in rows
       if n not in ("overpass", "less")
       and (g != "letter" or n in follows)
       and (bytes_of(n, g) or 0) > 0 and bytes_of("overpass", g) is not None
       and bytes_of(n, g) < bytes_of("overpass", g)]
for group, name in bad:
    print("%s: %s needs fewer bytes  MISSED" % (group, name))
sys.exit(1 if bad else 0)
END
exit $missed
