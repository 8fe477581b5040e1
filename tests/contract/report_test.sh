#!/usr/bin/env bash
# The documents as scripts and people get them: every one in every form and
# language, whole files or none, equal worlds equal bytes, fonts that are
# embedded, and a receipt that a stranger checks from paper.
# Time limit: 240 s
set -u
overpass=${OV_BUILDDIR:?run it through tests/run}/overpass
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

[ -x "$overpass" ] || { echo "1..0 # SKIP overpass is not built"; exit 0; }

# shellcheck source-path=SCRIPTDIR source=../tap.sh
. "$(dirname "$0")/../tap.sh"
ov() { "$overpass" --store "sqlite:$work/$world.db" "$@"; }
# wants STATUS TITLE ARGUMENTS…
wants() {
	local want=$1 title=$2 got
	shift 2
	ov "$@" >"$work/out" 2>"$work/err"
	got=$?
	result "$title" "$([ $got = "$want" ] || { echo "exit status $got, not $want"; cat "$work/err"; })"
}

for world in one two; do
	ov init --demo --students 200 --seed 7 >/dev/null || { echo "Bail out! no demo world"; exit 1; }
done
world=one
claim=$(ov claim list --state POSTED --limit 1 --json | sed -n 's/.*"claim_no":"\([^"]*\)".*/\1/p' | head -n 1)
number=$(ov claim list --state POSTED --limit 1 --json | sed -n 's/.*"student_no":"\([^"]*\)".*/\1/p' | head -n 1)
draft=$(ov claim list --state DRAFT --limit 1 --json | sed -n 's/.*"claim_no":"\([^"]*\)".*/\1/p' | head -n 1)
cohort=$(ov student show "$number" --json | sed -n 's/.*"cohort":{"[^}]*"code":"\([^"]*\)".*/\1/p' | head -n 1)
[ -n "$cohort" ] || cohort=$(ov cohort list --limit 1 --json | sed -n 's/.*"code":"\([^"]*\)".*/\1/p' | head -n 1)

declare -A subject=([transcript]=$number [receipt]=$claim [decision]=$claim [statement]=$number
	[notice]="" [timetable]=$cohort [attendance]=$cohort [statistics]="" [personal]=$number
	[graduation]=$cohort [caps]="" [audit]="" [week]=$number)

# --- every document, each form and language, twice from equal worlds ---
languages=(en zh_CN)
[ -z "${OV_TEST_SHORT-}" ] || languages=(zh_CN)
for name in "${!subject[@]}"; do
	wrong=
	for lang in "${languages[@]}"; do
		for format in text pdf csv; do
			for world in one two; do
				# shellcheck disable=SC2086
				"$overpass" --store "sqlite:$work/$world.db" --lang $lang report $name ${subject[$name]} \
					--format $format >"$work/$world.$lang.$format" 2>"$work/err"
				status=$?
				case $name.$format in
				transcript.csv | receipt.csv | decision.csv | personal.csv)
					[ $status = 3 ] || wrong="$wrong $format:$status" ;;
				*) [ $status = 0 ] || wrong="$wrong $lang.$format:$status $(cat "$work/err")" ;;
				esac
			done
			# These two have what was asked a moment ago in them.
			[ "$name" = audit ] || [ "$name" = personal ] || cmp -s "$work/one.$lang.$format" "$work/two.$lang.$format" ||
				wrong="$wrong $lang.$format differs between equal worlds"
		done
		wide=$(LC_ALL=C.UTF-8 python3 - "$work/one.$lang.text" <<'END'
import sys, unicodedata
def cells(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
               for c in text)
lines = open(sys.argv[1], encoding="utf-8").read().replace("\f", "").split("\n")
most = max(cells(line) for line in lines)
print(most if most > 132 or (most > 80 and most != 132) else "")
END
)
		[ -z "$wide" ] || wrong="$wrong $lang: a line of $wide cells"
		cp "$work/one.$lang.pdf" "$work/$name.$lang.pdf"
	done
	result "report $name: text, CSV and PDF in two languages, equal worlds equal bytes" "$wrong"
done
world=one

# --- what stands on every page ---
ov report statement "$number" >"$work/out"
for mark in "page 1/" "ledger [0-9a-f]\{8\}" "Printed by front_desk.1" "2026-"; do
	grep -q "$mark" "$work/out" || result "each page says $mark" "missing"
done
result "title, time, user, page and ledger are on the page" ""

# --- names and codes; who may ---
wants 0 "D4 is the statement" report D4 "$number"
cmp -s "$work/out" <(ov report statement "$number")
result "and prints the same" "$([ $? = 0 ] || echo differs)"
wants 2 "an unknown document is refused" report novel "$number"
wants 0 "the list of documents" report list
wants 3 "a viewer gets no copy of personal values" --as viewer.1 report personal "$number"
ov --as registrar.1 report personal "$number" --reason "asked at the desk" >"$work/out" 2>&1
after=$(ov audit show --action person.copy --json | grep -o '"seq"' | wc -l)
result "the copy of personal values is logged" "$([ "$after" -gt 0 ] || echo "no event")"
grep -q "[0-9]\{17\}[0-9X]" "$work/out"
result "and is in clear" "$([ $? = 0 ] || echo "no document number in it")"
ov report notice --format csv >"$work/out"
grep -qE '[0-9]{13}' "$work/out"
result "the public notice has no whole student number" "$([ $? != 0 ] || echo "it has")"
[ -z "$draft" ] || wants 1 "a draft has no receipt" report receipt "$draft"
[ -z "$draft" ] || wants 3 "and no decision" report decision "$draft"
wants 1 "nobody has no transcript" report transcript 0000000000000
wants 2 "a day that is none" report statement "$number" --from 2026-02-30
wants 2 "days in the wrong order" report statistics --from 2026-03-01 --to 2026-02-01
wants 2 "a form that is none" report statement "$number" --format docx

# --- files: whole or not at all ---
echo mine >"$work/there"
wants 3 "a file that is there is left alone" report statement "$number" --out "$work/there"
result "it is as it was" "$([ "$(cat "$work/there")" = mine ] || echo changed)"
wants 0 "unless asked to" report statement "$number" --out "$work/there" --force
result "then it is the document" "$(grep -q "Credit statement" "$work/there" || echo not)"
wants 6 "a folder that is not there" report statement "$number" --out "$work/no/where.txt"
result "no half file is left" "$(find "$work" -name '*.part')"

# --- PDF ---
if command -v pdffonts >/dev/null; then
	wrong=
	shopt -s nullglob
	for pdf in "$work"/*.{en,zh_CN}.pdf; do
		[ "${pdf##*/}" = one.en.pdf ] && continue
		# One line a font: the three columns behind the encoding are emb, sub, uni.
		pdffonts "$pdf" 2>&1 | awk 'NR > 2 && !/ yes yes (yes|no) / { print "not embedded: " $0 } END { if (NR < 3) print "no fonts" }' >"$work/fonts"
		wrong="$wrong$(cat "$work/fonts")"
		pdfinfo "$pdf" 2>/dev/null | grep -q 'Page size: .*A4' || wrong="$wrong ${pdf##*/} is not A4"
	done
	result "fonts are embedded, sheets are A4" "$wrong"
	pdftotext -layout "$work/statement.zh_CN.pdf" - >"$work/out"
	result "the words of a PDF can be read back" "$(grep -q 学分对账单 "$work/out" || echo "no title in it")"
else
	skip "fonts are embedded, sheets are A4" "pdffonts (poppler-utils) is not here"
fi
cat >"$work/fonts.conf" <<'END'
<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>/nonexistent</dir></fontconfig>
END
FONTCONFIG_FILE=$work/fonts.conf ov report statement "$number" --format pdf >"$work/out" 2>"$work/err"
status=$?
result "without a Chinese font there is an error and no boxes" "$([ $status = 6 ] && grep -q fonts-noto-cjk "$work/err" || { echo "exit status $status"; cat "$work/err"; })"

# --- the receipt, checked by somebody who has paper and the public key ---
ov --as auditor.1 --json ledger key >"$work/key.json" 2>/dev/null
grep -o 'OVKEY1\.[A-Za-z0-9_-]*' "$work/key.json" | head -n 1 >"$work/key"
ov --json report receipt "$claim" >"$work/receipt.json"
seal=$(grep -o '"text":"OV1[^"]*"' "$work/receipt.json" | sed 's/"text":"//; s/"//')
"$overpass" receipt verify "$seal" --key "$work/key" >"$work/out" 2>"$work/err"
status=$?
result "the receipt's text is good" "$([ $status = 0 ] && grep -q "^ok $claim " "$work/out" || { echo "exit status $status"; cat "$work/out" "$work/err"; })"
wrong=
for at in 8 20 40 90 "$((${#seal} - 20))"; do
	was=${seal:$at:1}
	other=A
	[ "$was" = A ] && other=B
	"$overpass" receipt verify "${seal:0:$at}$other${seal:$((at + 1))}" --key "$work/key" >/dev/null 2>&1 &&
		wrong="$wrong $at"
done
result "with one changed character it is not" "$wrong"
"$overpass" receipt verify "$seal" >/dev/null 2>&1
result "the key is needed" "$([ $? = 2 ] || echo "it was not asked for")"
"$overpass" receipt verify "no receipt" --key "$work/key" >/dev/null 2>&1
result "what is no receipt is refused" "$([ $? != 0 ] || echo accepted)"
if command -v zbarimg >/dev/null && command -v pdftoppm >/dev/null; then
	pdftoppm -r 150 -png -singlefile "$work/receipt.zh_CN.pdf" "$work/page"
	read=$(zbarimg --quiet --raw -Sdisable -Sqrcode.enable "$work/page.png" 2>/dev/null)
	result "a scanner reads the same from the printed sheet" "$([ "$read" = "$seal" ] || echo "read: $read")"
else
	skip "a scanner reads the same from the printed sheet" "zbarimg (zbar-tools) or pdftoppm is not here"
fi
# --- a sheet with the code of a calendar feed ---
export OVERPASS_SERVER_PUBLIC_URL=https://centre.example
wants 0 "a week is written with --feed" report week "$number" --feed --format pdf --out "$work/week.pdf"
wants 2 "no code stands in a CSV" report week "$number" --feed --format csv
result "nor is a feed made for it" "$(ov feed list --json | grep -o '"id"' | wc -l | grep -v '^1$')"
if command -v zbarimg >/dev/null && command -v pdftoppm >/dev/null; then
	pdftoppm -r 150 -png -singlefile "$work/week.pdf" "$work/week"
	read=$(zbarimg --quiet --raw -Sdisable -Sqrcode.enable "$work/week.png" 2>/dev/null)
	result "a scanner reads its address from the printed week" \
		"$([[ $read =~ ^https://centre\.example/v1/feeds/[A-Za-z0-9_-]{22}\.ics$ ]] || echo "read: $read")"
else
	skip "a scanner reads its address from the printed week" "zbarimg (zbar-tools) or pdftoppm is not here"
fi
wants 0 "a cohort's week has one, too" report timetable "$cohort" --feed --format text --out "$work/week.txt"
result "with the address in words" "$(tr -d '\n ' <"$work/week.txt" | grep -q 'https://centre.example/v1/feeds/' || echo "not there")"
unset OVERPASS_SERVER_PUBLIC_URL
wants 3 "without the address of a server there is none" report week "$number" --feed
result "and no feed is left behind" "$(ov feed list --json | grep -o '"id"' | wc -l | grep -v '^2$')"

# --- names of two hundred cells ---
if command -v sqlite3 >/dev/null; then
	world=two
	long=$(printf '机械制造与自动化专业%.0s' {1..10})
	sqlite3 "$work/two.db" "UPDATE cohort SET name = '$long'; UPDATE course SET name = '$long';
		UPDATE person SET full_name = '$long'; UPDATE room SET name = '$long'"
	busy=$(sqlite3 "$work/two.db" "SELECT h.code || ' ' || x.on_date || ' ' || s.student_no FROM session x
		JOIN session_cohort j ON j.session_id = x.id JOIN cohort h ON h.id = j.cohort_id
		JOIN student s ON s.cohort_id = h.id WHERE x.state = 'PUBLISHED' LIMIT 1")
	read -r cohort day number <<<"$busy"
	for name in "timetable $cohort" "week $number"; do
		# shellcheck disable=SC2086
		ov report $name --from "$day" >"$work/out" 2>"$work/err"
		result "report ${name% *} breaks no line for them" "$(LC_ALL=C.UTF-8 python3 - "$work/out" <<'END'
import sys, unicodedata
def cells(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
lines = open(sys.argv[1], encoding="utf-8").read().replace("\f", "").split("\n")
for line in lines:
    if cells(line) > 132:
        print(cells(line), line[:60])
rows = [line for line in lines if line.startswith(("│", "|"))]
if "机械制造" not in "".join(lines):
    print("the names are not in it")
if len({cells(row) for row in rows}) > 1:
    print("rows of the grid differ in width")
END
)"
		# shellcheck disable=SC2086
		wants 0 "and is a PDF" report $name --from "$day" --format pdf --out "$work/long.pdf" --force
	done
	world=one
else
	skip "names of two hundred cells" "sqlite3 is not here"
fi

ov report receipt "$claim" --qr ascii --columns 132 | grep -q '##########'
result "a text draws it with ## where blocks can't be printed" "$([ $? = 0 ] || echo "no drawing")"

echo "1..$cases"
[ $bad = 0 ]
