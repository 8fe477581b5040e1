# lib.sh: what the crash tests share. Each makes small worlds, breaks the program
# in the middle of a command, and then asks of the database: does it open, do the
# chains verify, is every acknowledged command there, is no half command there?
#
# OV_CRASH_RUNS says how often (default 40, with sanitizers 10, 200 for the long
# run), OV_CRASH_SEED repeats a run. A command is acknowledged when it has exited with 0.
set -u
overpass=${OV_BUILDDIR:?run it through tests/run}/overpass
# grep reads to the end, so that nm is not cut off
sanitized=$(nm -D "$overpass" 2>/dev/null | grep -c __asan_init)
runs=${OV_CRASH_RUNS:-${OV_CRASH_SHORT:-$((sanitized ? 10 : 40))}}
seed=${OV_CRASH_SEED:-$((RANDOM * 32768 + RANDOM))}
RANDOM=$((seed % 32768))
echo "# seed $seed, $runs runs"

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
db=$work/now/world.db
rows=1500
cases=0
bad=0

result() { # TITLE COMPLAINTS-FILE
	cases=$((cases + 1))
	if [ -s "$2" ]; then
		bad=$((bad + 1))
		echo "not ok $cases - $1"
		head -n 20 "$2" | sed 's/^/# /'
	else
		echo "ok $cases - $1"
	fi
}

end() {
	echo "1..$cases"
	exit $((bad > 0))
}

skip_all() {
	echo "1..0 # SKIP $1"
	exit 0
}

ov() { "$overpass" --store "sqlite:$db" --no-progress "$@"; }

# make_base NAME STUDENTS: a demo world that the runs start from.
make_base() {
	mkdir -p "$work/$1"
	"$overpass" --store "sqlite:$work/$1/world.db" --no-progress init --demo --students "$2" \
		>"$work/said" 2>&1 || {
		sed 's/^/# /' "$work/said"
		echo "Bail out! the demo world could not be made"
		exit 1
	}
}

fresh() { # NAME: the world of that name, as it was
	rm -rf "$work/now"
	cp -r "$work/$1" "$work/now"
}

# number JSON-FILE MEMBER: an integer of a flat JSON answer.
number() { sed -n "s/.*\"$2\": *\\(-\\{0,1\\}[0-9][0-9]*\\).*/\\1/p" "$1" | head -n 1; }

# How long the audit chain is; complains when it does not verify.
audit_length() { # COMPLAINTS WHERE
	local said
	said=$(ov --as auditor.1 audit verify 2>&1) || echo "$2: audit verify: $said" >>"$1"
	echo "${said#ok }"
}

# whole COMPLAINTS WHERE: what must be true after any crash.
whole() {
	local said
	audit_length "$1" "$2" >/dev/null
	said=$(ov --as auditor.1 ledger verify 2>&1) || echo "$2: ledger verify: $said" >>"$1"
	if command -v sqlite3 >/dev/null; then
		said=$(sqlite3 "$db" 'pragma integrity_check; pragma foreign_key_check' 2>&1)
		[ "$said" = ok ] || echo "$2: integrity check: $said" >>"$1"
	fi
}

# import_is COMPLAINTS WHERE ACKNOWLEDGED: all rows of the file or none, all
# when the import was acknowledged; and it can be done to the end afterwards.
import_is() {
	local created unchanged
	ov --as registrar.1 --json student import "$work/students.csv" --dry-run >"$work/count" 2>"$work/said" ||
		echo "$2: dry run: $(cat "$work/said")" >>"$1"
	created=$(number "$work/count" created)
	unchanged=$(number "$work/count" unchanged)
	case $created,$unchanged in
	"$rows,0") [ "$3" = no ] || echo "$2: acknowledged, but nothing is there" >>"$1" ;;
	"0,$rows") ;;
	*) echo "$2: half an import: $created to create, $unchanged there, of $rows" >>"$1" ;;
	esac
	ov --as registrar.1 student import "$work/students.csv" >/dev/null 2>"$work/said" ||
		echo "$2: a new import fails: $(cat "$work/said")" >>"$1"
}

claims_in() { # STATE: the numbers of the claims in it
	ov --as auditor.1 --json claim list --state "$1" --limit 50 2>/dev/null |
		grep -oE '"claim_no": *"[^"]*"' | sed 's/.*: *"//; s/"$//'
}

claim_state() {
	ov --as auditor.1 --json claim show "$1" 2>/dev/null |
		grep -oE '"state": *"[A-Z_0-9]*"' | head -n 1 | sed 's/.*: *"//; s/"$//'
}

# The decisions that are broken off: LOGIN EVENT FROM TO CLAIM, one a line.
plan_decisions() {
	local claim
	fresh desk
	claims_in SUBMITTED | while read -r claim; do echo "front_desk.1 accept SUBMITTED ACCEPTED $claim"; done
	claims_in SECOND_OK | while read -r claim; do echo "ledger_keeper.1 publish SECOND_OK NOTICE $claim"; done
	claims_in APPROVED | while read -r claim; do echo "ledger_keeper.1 post APPROVED POSTED $claim"; done
}

# decision_is COMPLAINTS WHERE ACKNOWLEDGED LENGTH FROM TO CLAIM: the claim has
# moved and one audit entry was written, or neither.
decision_is() {
	local length state
	length=$(audit_length "$1" "$2")
	state=$(claim_state "$7")
	case $state,$((length - $4)) in
	"$6,1") ;;
	"$5,0") [ "$3" = no ] || echo "$2: acknowledged, but the claim is in $state" >>"$1" ;;
	*) echo "$2: half a decision: the claim is in $state, $((length - $4)) audit entries were added" >>"$1" ;;
	esac
}

[ -x "$overpass" ] || {
	echo "Bail out! $overpass is not built"
	exit 1
}
