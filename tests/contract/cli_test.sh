#!/usr/bin/env bash
# The contract of the command line as scripts see it: exit statuses, JSON, bad
# input. Every case runs the real program in a process of its own.
set -u
overpass=${OV_BUILDDIR:?run it through tests/run}/overpass
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
base=$work/base/world.db
db=$work/world.db
unset NO_COLOR TERM

[ -x "$overpass" ] || { echo "1..0 # SKIP overpass is not built"; exit 0; }

# shellcheck source-path=SCRIPTDIR source=../tap.sh
. "$(dirname "$0")/../tap.sh"

# ov ARGUMENTS…: runs it on $db; $status, $work/out and $work/err are its answer.
run() {
	"$overpass" "$@" >"$work/out" 2>"$work/err" </dev/null
	status=$?
}
ov() { run --store "sqlite:$db" "$@"; }

complain() { # WANTED-STATUS: what is wrong with the last answer, if anything
	[ "$status" = "$1" ] && return
	echo "exit status $status, not $1"
	head -n 5 "$work/out" "$work/err"
}

# expect STATUS TITLE ARGUMENTS…
expect() {
	local want=$1 title=$2
	shift 2
	ov "$@"
	result "$title" "$(complain "$want")"
}

# says STATUS FILE PATTERN TITLE ARGUMENTS…: FILE is out or err.
says() {
	local want=$1 file=$2 pattern=$3 title=$4
	shift 4
	ov "$@"
	result "$title" "$(complain "$want"
		grep -qE -- "$pattern" "$work/$file" || {
			echo "std$file doesn't say: $pattern"
			head -n 8 "$work/$file"
		})"
}

fresh() { # the world as it was made
	rm -rf "$db" "$db-wal" "$db-shm"
	cp "$base" "$db"
}

# value EXPRESSION: of the JSON in $work/out, by python.
value() { python3 -c "
import json, sys
d = json.load(open(sys.argv[1]))
print($1)" "$work/out" 2>&1; }

checksum() { sha256sum "$@" 2>/dev/null | cut -d' ' -f1; }

mkdir "$work/base"
run --store "sqlite:$base" --no-progress init --demo --students 300 --seed 7
result "init --demo makes a world" "$(complain 0)"
[ "$status" = 0 ] || { echo "1..$cases"; exit 1; }
fresh

# --- calling ---
run --help
result "--help" "$(complain 0; grep -q 'overpass \[GLOBAL\]' "$work/out" || echo "no usage")"
result "--help names each noun once" "$(sed -n '/^Nouns/,/^$/p' "$work/out" | awk 'NF > 1 { print $1 }' | sort | uniq -d)"
run completion bash
result "completion has all verbs of a noun in one place" "$(complain 0
	sed -n 's/^\t\t\([a-z]*\)) words=.*/\1/p' "$work/out" | sort | uniq -d
	grep -q $'\tsession) words="list .*load.* move' "$work/out" || echo "session: $(grep 'session) words' "$work/out")")"
for noun in student claim ledger rules cohort session user audit; do
	run $noun --help
	result "$noun --help" "$(complain 0; [ -s "$work/out" ] || echo "nothing said")"
done
run claim pass_first --help
result "a verb of the command table has help" \
	"$(complain 0; grep -q -- '--reason' "$work/out" || echo "no --reason"
	grep -q -- '--rev' "$work/out" || echo "no --rev")"
run --version
result "--version" "$(complain 0)"
run studnet find x
result "an unknown noun names the nearest" \
	"$(complain 2; grep -q '"student"' "$work/err" || cat "$work/err")"
run student fnd x
result "an unknown verb names the nearest" \
	"$(complain 2; grep -q '"find"' "$work/err" || cat "$work/err")"
says 2 err '"--limit"' "an unknown option names the nearest" \
	--as viewer.1 student find x --limt 3
expect 2 "a noun without a verb" student
expect 2 "a missing word" --as viewer.1 student show
expect 2 "a word too many" --as viewer.1 student show 1 2
expect 2 "a number that is none" --as viewer.1 student find x --limit ten
expect 2 "an option without its value" --as
run --store nonsense:there --as viewer.1 student find x
result "a store of no known kind" "$(complain 2)"
run claim list --state NONSENSE --store "sqlite:$db" --as viewer.1
result "options may stand anywhere; a wrong state names the choices" \
	"$(complain 2; grep -q 'DRAFT' "$work/err" || cat "$work/err")"
run </dev/null
result "without a terminal the application says so" \
	"$(complain 2; grep -qi 'terminal' "$work/err" || cat "$work/err")"
ov --lang zh_CN student show 9999999999999 --as viewer.1
result "--lang zh_CN speaks Chinese" \
	"$(complain 1; LC_ALL=C.UTF-8 grep -q '没有' "$work/err" || cat "$work/err")"
LC_ALL=C "$overpass" --lang zh_CN --help >"$work/out" 2>&1
result "in the C locale too" "$(grep -q '命令' "$work/out" || head -n 3 "$work/out")"

LC_ALL=xx_YY.ISO-8859-1 "$overpass" --store "sqlite:$db" </dev/null >"$work/out" 2>"$work/err"
status=$?
result "a locale that isn't UTF-8 is named" \
	"$(complain 2; grep -q 'xx_YY.ISO-8859-1' "$work/err" || cat "$work/err")"

# --- reading ---
ov --as front_desk.1 --json student find 1
number=$(sed 's/.*"student_no":"\([0-9]*\)".*/\1/' "$work/out" | cut -c1-13)
result "student find" "$(complain 0; [ ${#number} = 13 ] || echo "no number in the answer")"
expect 1 "student find without an answer is 1" --as front_desk.1 student find zzqqxx
says 1 out '"items":\[\]' "and prints an empty list with --json" \
	--as front_desk.1 --json student find zzqqxx
expect 0 "student show" --as front_desk.1 student show "$number"
expect 1 "student show of nobody" --as front_desk.1 student show 9999999999999
expect 0 "claim list" --as front_desk.1 claim list
expect 0 "cohort list" --as registrar.1 cohort list
expect 0 "rules list" --as viewer.1 rules list
expect 0 "user list" --as admin.1 user list
expect 0 "ledger show" --as front_desk.1 ledger show "$number"
says 0 out '^ok [0-9]+$' "audit verify" --as auditor.1 audit verify
says 0 out '^ok [0-9]+$' "ledger verify" --as auditor.1 ledger verify
expect 3 "audit verify by a viewer is refused" --as viewer.1 audit verify
expect 0 "audit verify by nobody: the file's permissions decide" audit verify
says 0 out '"ok":true,"count":[0-9]+' "audit verify --json" --as auditor.1 --json audit verify

# --- the graduation list ---
ov --as registrar.1 --json cohort list --limit 1
cohort=$(value 'd["items"][0]["code"]')
ov --as registrar.1 --json graduation list --cohort "$cohort"
result "graduation list: learners of the cohort with their findings" "$(complain 0
	first=$(value 'd["items"][0]["student_no"]')
	[ "$(value 'all(i["findings"] or i["result"] == "GD_OK" for i in d["items"])')" = True ] ||
		cat "$work/out"
	ov --as registrar.1 --json cohort show "$cohort"
	[ "$(value "'$first' in [m['student_no'] for m in d['members']]")" = True ] ||
		echo "$first is no member")"
says 1 err 'There is no' "graduation list: an unknown cohort" --as registrar.1 \
	graduation list --cohort NONE
says 3 err 'may not' "graduation list: not for a viewer" --as viewer.1 \
	graduation list --cohort "$cohort"

# --- the route ---
ov --as front_desk.1 --json route show "$number" --if T-WELD,level=3
result "route: a supposed certificate counts, and nothing is written" "$(complain 0
	[ "$(value '[s["code"] for s in d["sources"] if s["assumed"] and s["result"]]')" = \
		"['T-WELD']" ] ||
		value 'd["sources"]'
	[ "$(value 'len(d["ways"]) > 0 and all(w["exact"] for w in d["ways"])')" = True ] ||
		value 'd["ways"]'
	ov --as front_desk.1 --json route show "$number"
	[ "$(value '[s for s in d["sources"] if s["assumed"]]')" = "[]" ] || value 'd["sources"]')"
says 1 err 'There is no .* "T-NONE"' "route: an unknown code" --as front_desk.1 \
	route show "$number" --if T-NONE
says 3 err 'between 1 and 5' "route: a level out of range" --as front_desk.1 \
	route show "$number" --if T-WELD,level=9
says 2 err 'no field "lev=3"' "route: an unknown value" --as front_desk.1 \
	route show "$number" --if T-WELD,lev=3
says 3 err 'may not' "route: an administrator sees no learner" --as admin.1 route show "$number"

# --- JSON ---
if command -v python3 >/dev/null; then
	for call in "student find $number" "student show $number" "claim list --limit 5" \
		"ledger show $number" "rules list" "route show $number" \
		"graduation check $number"; do
		# shellcheck disable=SC2086 # several words
		ov --as front_desk.1 --json $call
		result "JSON of ${call%% [0-9]*}" "$(complain 0
			python3 -m json.tool "$work/out" 2>&1 >/dev/null)"
	done
	ov --as registrar.1 --json cohort list
	cohort=$(value 'd["items"][0]["code"]')
	ov --as registrar.1 --json cohort show "$cohort"
	result "JSON of cohort show" "$(complain 0
		[ "$(value 'sorted(d)[:3]')" = "['cohort', 'conflicts', 'days']" ] || value d)"
	ov --as front_desk.1 --json student find "$number"
	result "find has the fields of the contract" "$(
		[ "$(value 'all(k in d["items"][0] for k in "id student_no full_name programme cohort plant status matched".split()) and "next" in d')" = True ] || value d)"
	ov --as front_desk.1 --json student show "$number"
	result "show has the parts of the card" "$(
		[ "$(value 'all(k in d for k in "student person employment modules totals cohort claims certificates sessions".split())')" = True ] || value 'sorted(d)')"
	result "a citizen ID is masked" "$(value 'd["person"]["doc_no"]' | grep -q '\*' ||
		value 'd["person"]["doc_no"]')"
	ov --as viewer.1 --json student show "$number"
	result "a viewer sees no document at all" \
		"$([ "$(value 'd["person"]["doc_no"]')" = None ] || value 'd["person"]["doc_no"]')"
	ov --as admin.1 --json student show "$number"
	result "an administrator sees no learner" "$(complain 3)"
	ov --as viewer.1 --json student show "$(printf '\377\376\033[2J')"
	result "words that aren't UTF-8 make no broken JSON" "$(complain 1
		python3 -m json.tool "$work/err" 2>&1 >/dev/null)"
	ov --as viewer.1 student show "$(printf '\033[2J')"
	result "and move no cursor" "$(complain 1; grep -q "$(printf '\033')" "$work/err" && echo "they do")"
	ov --as front_desk.1 --json student show "$number" --reveal "ID card compared at the desk"
	result "a reveal shows the document" "$(complain 0; value 'd["person"]["doc_no"]' | grep -q '\*' &&
		echo "still masked")"
	ov --as auditor.1 --json audit show --action pii.reveal
	result "and is in the trail, with a reason the auditor sees masked" \
		"$([ "$(value 'd["items"][0]["reason"]')" = '***' ] || value d)"
	ov --as front_desk.1 --json student show "$number" --reveal ok
	result "a reveal needs a reason of four characters" "$(complain 3)"
	ov --as viewer.1 --json student show "$number" --reveal "just to look"
	result "a viewer may not reveal" "$(complain 3
		python3 -c "import json,sys; e=json.load(open(sys.argv[1]))['error']; print('' if e['code']=='PERM_DENIED' and set(e)>={'code','message','field','next'} else e)" "$work/err")"
else
	skip "JSON" "python3 is not installed"
fi

# --- who acts ---
printf 'overpass\n' >"$work/right"
printf 'wrong\n' >"$work/wrong"
expect 0 "the right password from a file" --as viewer.1 --password-file "$work/right" rules list
expect 3 "a wrong password" --as viewer.1 --password-file "$work/wrong" rules list
expect 3 "a login that isn't there" --as nobody.9 rules list
expect 5 "a password file that isn't there" --as viewer.1 --password-file "$work/none" rules list
"$overpass" --store "sqlite:$db" --as viewer.1 --password-file - rules list \
	<"$work/right" >"$work/out" 2>"$work/err"
status=$?
result "a password from standard input" "$(complain 0)"
expect 3 "a change needs somebody who is named" claim create --student "$number" --line T-WELD

# --- changing ---
if command -v python3 >/dev/null; then
	ov --as front_desk.1 --json claim list --state SUBMITTED --limit 1
	claim=$(value 'd["items"][0]["claim_no"]')
	rev=$(value 'd["items"][0]["rev"]')
	ov --as front_desk.1 --json student find 26 --limit 200
	active=$(value 'next(i["student_no"] for i in d["items"] if i["status"] == "ACTIVE" and i["open_claims"] == 0)')
	expect 3 "a step that isn't of the role" --as viewer.1 claim accept "$claim"
	expect 3 "a step that isn't of the state" --as ledger_keeper.1 claim post "$claim"
	expect 4 "a version that is old" --as front_desk.1 claim accept "$claim" --rev 99
	expect 0 "a dry run" --as front_desk.1 claim accept "$claim" --dry-run
	key=01JDZ0000000000000000000AB
	ov --as front_desk.1 --json claim accept "$claim" --rev "$rev" --key $key
	result "a step is done and the claim printed" "$(complain 0
		[ "$(value 'd["claim"]["state"]')" = ACCEPTED ] || value 'd["claim"]')"
	ov --as front_desk.1 --json claim accept "$claim" --rev "$rev" --key $key
	result "the same key gives the first answer again" "$(complain 0)"
	says 3 err 'SM_NO_TRANSITION' "a refusal is JSON on standard error" \
		--as front_desk.1 --json claim accept "$claim"
	expect 1 "a claim that isn't there" --as front_desk.1 claim accept CL209901999999
	expect 3 "verify leaves open evidence open when asked to" \
		--as verifier.1 claim verify "$claim" --only-checked
	expect 0 "verify states that the evidence was compared" --as verifier.1 claim verify "$claim"
	ov --as front_desk.1 --json claim assess "$claim"
	result "claim assess" "$(complain 0; python3 -m json.tool "$work/out" 2>&1 >/dev/null)"
	ov --as front_desk.1 --json claim create --student "$active" \
		--line T-WELD,no=W-777001,level=3,issued=2024-06-01,evidence=ORIGINAL_SEEN
	result "claim create" "$(complain 0; [ "$(value 'd["claim"]["state"]')" = DRAFT ] || value d)"
	made=$(value 'd["claim"]["claim_no"]')
	expect 0 "claim submit" --as front_desk.1 claim submit "$made"
	expect 0 "claim return with a reason" --as front_desk.1 claim return "$made" \
		--reason "the copy can't be read"
	expect 3 "claim return without one" --as reviewer1.1 claim return "$claim"
	expect 2 "an unknown key in a line" --as front_desk.1 claim create --student "$active" \
		--line T-WELD,colour=red
else
	skip "claims" "python3 is not installed"
fi

# --- the clock ---
expect 0 "--today in a demo world" --today 2026-11-25 --as viewer.1 rules list
expect 2 "a day that is none" --today 2026-02-30 --as viewer.1 rules list
run --store "sqlite:$work/real.db" init
result "init makes an empty database" "$(complain 0)"
run --store "sqlite:$work/real.db" --today 2026-11-25 --as system rules list
result "--today is refused in a real one" "$(complain 3
	grep -q -- '--today' "$work/err" || cat "$work/err")"
run --store "sqlite:$work/real.db" init
result "init leaves an existing database alone" "$(complain 3)"
run --store "sqlite:$work/real.db" rules list
result "in a real one somebody must be named" "$(complain 3)"

# --- the first user, and the next ---
printf 'correct horse battery\n' >"$work/root"
printf 'staple of the desk\n' >"$work/desk"
run --store "sqlite:$work/centre.db" init --admin chief --password-file "$work/root"
result "init --admin makes the first user" "$(complain 0)"
centre=(--store "sqlite:$work/centre.db" --as chief --password-file "$work/root")
run "${centre[@]}" user create --login desk --role front_desk --new-password-file "$work/desk"
result "who makes the next" "$(complain 0)"
run --store "sqlite:$work/centre.db" --as desk --password-file "$work/desk" claim list
result "who logs in with a password of his own" "$(complain 0)"
run --store "sqlite:$work/centre.db" --as desk --password-file "$work/root" claim list
result "and not with another's" "$(complain 3)"
run "${centre[@]}" user roles desk --role admin --role auditor
result "roles that exclude each other are refused" "$(complain 3)"
run --store "sqlite:$work/centre.db" audit verify
result "the chain has them all" "$(complain 0)"

# --- backup ---
before=$(checksum "$db")
expect 0 "backup" --as admin.1 backup "$work/copy.db"
expect 3 "backup doesn't overwrite" --as admin.1 backup "$work/copy.db"
expect 3 "backup by a viewer" --as viewer.1 backup "$work/copy2.db"
cp "$work/copy.db" "$work/torn.db"
printf 'xxxxxxxx' | dd of="$work/torn.db" bs=1 seek=5000 conv=notrunc 2>/dev/null
head -c 20000 "$work/copy.db" >"$work/short.db"
expect 0 "restore" restore "$work/copy.db"
expect 0 "and the database works" --as front_desk.1 student show "$number"
expect 5 "restore of nothing" restore "$work/none.db"
before=$(checksum "$db")
ov restore "$work/short.db"
result "restore of half a file" "$(complain 6; [ "$(checksum "$db")" = "$before" ] || echo "changed")"

# --- bad databases ---
fresh
printf 'this is a text, not a database, and long enough to be looked at\n%.0s' {1..40} >"$work/text.db"
sum=$(checksum "$work/text.db")
run --store "sqlite:$work/text.db" --as viewer.1 rules list
result "a file that isn't a database" "$(complain 6
	[ "$(checksum "$work/text.db")" = "$sum" ] || echo "it was changed")"
run --store "sqlite:$work/nowhere/x.db" --as viewer.1 rules list
result "a database that isn't there" "$(complain 1)"
result "and none was made" "$([ -e "$work/nowhere" ] && echo "made")"
if [ "$(id -u)" != 0 ]; then
	chmod a-w "$db"
	expect 6 "a read-only database" --as registrar.1 term create --code 2099S \
		--starts-on 2099-03-01 --ends-on 2099-07-01
	chmod u+w "$db"
else
	skip "a read-only database" "root may write everything"
fi
size=$(stat -c %s "$db")
dd if=/dev/urandom of="$db" bs=4096 seek=10 count=$((size / 4096 - 10)) conv=notrunc 2>/dev/null
ov doctor
result "doctor finds damage" "$(complain 6; grep -q bad "$work/out" || cat "$work/out")"
fresh
expect 0 "doctor on a good one" doctor
if command -v python3 >/dev/null; then
	python3 - "$db" "$work/newer.db" <<-'END'
		import shutil, sqlite3, sys
		shutil.copy(sys.argv[1], sys.argv[2])
		db = sqlite3.connect(sys.argv[2])
		db.execute("insert into migration (version, name, checksum, applied_at) "
		           "select 9999, 'later', checksum, applied_at from migration limit 1")
		db.commit()
	END
	cp "$base" "$work/forged.db"
	python3 - "$work/forged.db" <<-'END'
		import sqlite3, sys
		db = sqlite3.connect(sys.argv[1])
		guards = db.execute("select name from sqlite_schema where type = 'trigger'").fetchall()
		db.executescript("".join("drop trigger %s;" % name for name in guards))
		db.execute("update audit_event set action = 'claim.forged' where seq = 5")
		db.execute("update ledger_entry set amount_centi = amount_centi + 100 where seq = 3")
		db.commit()
	END
	run --store "sqlite:$work/forged.db" audit verify
	result "a forged event is found" "$(complain 3
		grep -q '^broken at 5: ' "$work/out" || cat "$work/out")"
	run --store "sqlite:$work/forged.db" --json ledger verify
	result "a forged entry too" "$(complain 3; [ "$(value 'd["ok"], d["broken"]')" = 'False 3' ] || value d)"
	sum=$(checksum "$work/newer.db")
	run --store "sqlite:$work/newer.db" --as viewer.1 rules list
	result "a database of a newer program" "$(complain 6
		[ "$(checksum "$work/newer.db")" = "$sum" ] || echo "it was changed"
		grep -qi 'newer' "$work/err" || cat "$work/err")"
	OV_DB=$db python3 - <<-'END' >"$work/locked"
		import os, sqlite3, subprocess
		db = sqlite3.connect(os.environ["OV_DB"], isolation_level=None)
		db.execute("begin exclusive")
		p = subprocess.run([os.environ["OV_BUILDDIR"] + "/overpass", "--store",
		    "sqlite:" + os.environ["OV_DB"], "--as", "registrar.1", "term", "create",
		    "--code", "2099S", "--starts-on", "2099-03-01", "--ends-on", "2099-07-01"],
		    stdout=subprocess.PIPE, stderr=subprocess.PIPE)
		print(p.returncode, p.stderr.decode())
	END
	result "a locked database" "$(grep -q '^6' "$work/locked" || cat "$work/locked")"
fi

# --- bad configuration ---
printf '[ui]\ntheme = day\nthis is no line\n' >"$work/bad.ini"
run --config "$work/bad.ini" config
result "a wrong INI line is named" "$(complain 2; grep -q 'line 3' "$work/err" || cat "$work/err")"
printf '[ui]\nthem = day\n' >"$work/key.ini"
run --config "$work/key.ini" config
result "an unknown key names the nearest" \
	"$(complain 2; grep -q 'ui.theme\|"theme"' "$work/err" || cat "$work/err")"
run --config "$work/none.ini" config
result "a configuration that isn't there" "$(complain 5)"
OVERPASS_UI_THEME=night run config
result "config says where a value came from" \
	"$(complain 0; grep -q 'ui.theme.*night.*OVERPASS_UI_THEME' "$work/out" || cat "$work/out")"

# --- bad files to import ---
head='学号,姓名,身份证号,专业'
printf '%s\n1,"a\n' "$head" >"$work/quote.csv"
printf '%s\n1,a\0b,c,d\n' "$head" >"$work/nul.csv"
printf '%s\n1,\xff\xfe\x80,c,d\n' "$head" >"$work/bytes.csv"
: >"$work/empty.csv"
printf 'a,b\n1,2\n' >"$work/header.csv"
{
	printf '%s\n1,' "$head"
	head -c 100000000 /dev/zero | tr '\0' x
	printf ',c,d\n'
} >"$work/long.csv"
for file in quote nul bytes empty header long none; do
	before=$(checksum "$db" "$db-wal")
	ov --as registrar.1 student import "$work/$file.csv"
	result "import of $file.csv" "$(complain 5; [ -s "$work/err" ] || echo "nothing said"
		[ "$(checksum "$db" "$db-wal")" = "$before" ] || echo "the database was changed")"
done
rm -f "$work/long.csv"

# --- export, and the world again ---
expect 0 "student export" --as registrar.1 student export "$work/all.csv"
says 0 out ',P-ZK-LOG,' "student export to standard output, with a condition" \
	--as registrar.1 student export - --where programme=P-ZK-LOG
expect 3 "student export leaves an existing file alone" --as registrar.1 student export "$work/all.csv"
expect 3 "student export by a viewer" --as viewer.1 student export "$work/viewer.csv"
expect 2 "student export with a field that isn't there" \
	--as registrar.1 student export "$work/where.csv" --where colour=red
result "and no file is left behind" "$(ls "$work"/viewer.csv* "$work"/where.csv* 2>/dev/null)"
if command -v python3 >/dev/null; then
	ov --as registrar.1 --json student import "$work/all.csv" --dry-run
	result "what was exported is known" "$(value 'd["created"]' | grep -qx 0 || value d)"
fi
run --store "sqlite:$work/again.db" --no-progress init --demo --students 300 --seed 7
run --store "sqlite:$work/again.db" --as registrar.1 student export "$work/again.csv"
fresh
ov --as registrar.1 student export "$work/first.csv"
result "the same seed gives the same export" "$(cmp "$work/first.csv" "$work/again.csv" 2>&1)"

# --- the rest ---
run completion bash
result "completion bash is bash" "$(complain 0; bash -n "$work/out" 2>&1)"
# shellcheck disable=SC2016 # for the other bash
run_completion='. "$1" && shift && COMP_WORDS=("$@") && COMP_CWORD=$(($# - 1)) && _overpass &&
	printf "%s\n" "${COMPREPLY[@]}"'
complete_words() { bash -c "$run_completion" bash "$work/out" "$@"; }
result "it completes nouns" "$(complete_words overpass stu | grep -qx student || echo "no student")"
result "it completes verbs behind options" "$(
	complete_words overpass --store sqlite:x student "fi" | grep -qx find || echo "no find")"
result "it completes options" "$(
	complete_words overpass claim pass_first X --rea | grep -qx -- --reason || echo "no --reason")"
run completion fish
result "no other shell" "$(complain 2)"
if [ -e /dev/full ]; then
	"$overpass" --help >/dev/full 2>"$work/err"
	status=$?
	: >"$work/out"
	result "an output that is full" "$(complain 6)"
fi
printf '{"format": "overpass-vectors/1", ' >"$work/cut.json"
run rules test "$work/cut.json"
result "rules test of half a file" "$(complain 5)"
vectors=${OV_SHARED:-}/vectors/rules.json
if [ -r "$vectors" ]; then
	run rules test "$vectors"
	result "rules test" "$(complain 0; tail -n 1 "$work/out" | grep -q ' passed, 0 failed' ||
		tail -n 3 "$work/out")"
else
	skip "rules test" "../shared/vectors/rules.json is not there"
fi
run --print-man overpass.1
result "the manual page" "$(complain 0; grep -q '^.TH OVERPASS 1' "$work/out" || echo "no title")"

echo "1..$cases"
exit $((bad > 0))
