#!/usr/bin/env bash
# Files of evidence from outside: by path, read back, changed, lost, cleaned,
# backed up, and all of it through a real overpassd, and over PostgreSQL, as well.
# Time limit: 180 s
set -u
overpass=${OV_BUILDDIR:?run it through tests/run}/overpass
server=$OV_BUILDDIR/overpassd
work=$(mktemp -d) || exit 1
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null; rm -rf "$work"' EXIT

# shellcheck source-path=SCRIPTDIR source=../tap.sh
. "$(dirname "$0")/../tap.sh"
store=sqlite:$work/world.db
folder=$work/world.db.evidence
ov() { "$overpass" --store "$store" --no-progress "$@"; }
# wants STATUS TITLE TEXT ARGUMENTS…: TEXT stands somewhere in what is said
wants() {
	local want=$1 title=$2 text=$3 got
	shift 3
	ov "$@" >"$work/out" 2>&1 </dev/null
	got=$?
	result "$title" "$({ [ $got = "$want" ] && grep -qF -- "$text" "$work/out"; } ||
		{ echo "exit status $got, not $want"; cat "$work/out"; })"
}
value() { sed -n 's/.*"'"$1"'": *"\([^"]*\)".*/\1/p' | head -n 1; }

ov init --demo --students 60 --seed 7 >/dev/null || { echo "Bail out! no demo world"; exit 1; }
number=$(ov --as front_desk.1 student find 2 --limit 1 --json | value student_no)
head -c 3000 /dev/urandom >"$work/scan.pdf"
head -c 20971521 /dev/zero >"$work/large.pdf"
: >"$work/empty.pdf"
mkfifo "$work/pipe"
line=T-POST,no=E1,level=4,issued=2015-06-01,evidence=COPY

# round NAME: everything that goes the same way here and over the line
round() {
	local claim
	ov --as front_desk.1 claim create --student "$number" --json \
		--line "${line/E1/$1},file=$work/scan.pdf" >"$work/out" 2>"$work/err"
	claim=$(value claim_no <"$work/out")
	result "$1: a claim takes a file by its path" "$([ -n "$claim" ] || cat "$work/err")"
	local add=(--as front_desk.1 claim evidence_add "$claim" --line-no 1 --evidence COPY --file)
	wants 5 "$1: a byte too many" "larger than 20 MiB" "${add[@]}" "$work/large.pdf"
	wants 5 "$1: an empty file" "is empty" "${add[@]}" "$work/empty.pdf"
	wants 5 "$1: a pipe is not waited for" "not a file" "${add[@]}" "$work/pipe"
	wants 5 "$1: a folder" "not a file" "${add[@]}" "$work"
	wants 5 "$1: a file that is not there" "can't be read" "${add[@]}" "$work/none"
	wants 3 "$1: a hash alone" "has been sent" --as front_desk.1 claim evidence_add "$claim" \
		--line-no 1 --evidence COPY --file x.pdf --sha256 "$(printf 'a%.0s' {1..64})"
	wants 3 "$1: without a reason" "" --as verifier.1 evidence save "$claim" 1 --out "$work/$1.none" --reason ""
	wants 2 "$1: without a place" "--out is needed" --as verifier.1 evidence save "$claim" 1 --reason "Curious"
	wants 3 "$1: by a viewer" "" --as viewer.1 evidence save "$claim" 1 --out "$work/$1.none" --reason "Curious"
	wants 0 "$1: it comes back" "Saved to" --as verifier.1 evidence save "$claim" 1 \
		--out "$work/$1.pdf" --reason "Compare with the original"
	result "$1: the same bytes" "$(cmp "$work/scan.pdf" "$work/$1.pdf" 2>&1)"
	wants 3 "$1: nothing is overwritten" "exists already" --as verifier.1 evidence save "$claim" 1 \
		--out "$work/$1.pdf" --reason "Compare with the original"
	kept=$(find "$folder" -type f -size 3000c)
	cp "$kept" "$work/kept"
	printf x >>"$kept"
	wants 3 "$1: a changed file is told of, by claim and line" "$claim, line 1 is not the one" \
		--as verifier.1 evidence save "$claim" 1 --out "$work/$1.none" --reason "Compare with the original"
	rm "$kept"
	wants 1 "$1: a lost one too" "$claim, line 1 is missing" \
		--as verifier.1 evidence save "$claim" 1 --out "$work/$1.none" --reason "Compare with the original"
	result "$1: nothing was written" "$(ls "$work/$1.none" 2>/dev/null)"
	cp "$work/kept" "$kept"
}

round HERE
result "the folder and its files are the owner's alone" "$(find "$folder" -perm /077)"

# --- doctor, purge, backup ---
wants 0 "doctor reads the files" "1 files, 3000 bytes; 0 missing" doctor
printf 'given up' >"$work/unused"
hash=$(sha256sum "$work/unused" | cut -d' ' -f1)
mkdir -p "$folder/${hash:0:2}"
cp "$work/unused" "$folder/${hash:0:2}/${hash:2}"
printf half >"$folder/.new-left"
wants 0 "doctor tells of garbage" "without a claim 1, unfinished 1" doctor
wants 0 "today's is left" "0 files removed" evidence purge
touch -d '2 days ago' "$folder/${hash:0:2}/${hash:2}" "$folder/.new-left"
wants 0 "yesterday's is not" "1 files removed that no claim names (8 bytes), 1 unfinished" evidence purge
wants 0 "the trail says what was removed" "files=1 bytes=8 unfinished=1" --as auditor.1 audit show --action evidence.purge
wants 0 "all that a claim names is there" "1 files, 3000 bytes; 0 missing, 0 changed; without a claim 0, unfinished 0" evidence check
wants 0 "a backup" "Saved to" backup "$work/copy.db"
result "takes the file along" "$(cmp "$work/scan.pdf" "$(find "$work/copy.db.evidence" -type f)" 2>&1)"
rm -r "$folder"
wants 1 "doctor misses it" "is missing from the evidence folder" doctor
wants 0 "a restore" "Restored" restore "$work/copy.db"
wants 0 "brings it back" "1 files, 3000 bytes; 0 missing" evidence check

# --- over the line ---
if [ -x "$server" ]; then
	mkfifo "$work/ready"
	"$server" --store "$store" --listen 127.0.0.1:0 --log errors >"$work/ready" 2>"$work/log" &
	pid=$!
	read -r store <"$work/ready"
	rm -r "$folder"
	round LINE
	wants 3 "the folder is cleaned where it is" "" --as admin.1 evidence purge
	if command -v curl >/dev/null; then
		token=$(curl -sS -H 'Content-Type: application/json' -d '{"login":"front_desk.1","password":null}' \
			"$store/v1/login" | value token)
		sent() { # FILE TYPE
			curl -sS -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $token" \
				-H "Content-Type: $2" -H Expect: --data-binary "@$1" "$store/v1/evidence" 2>/dev/null
		}
		got="$(sent "$work/large.pdf" application/octet-stream) $(sent "$work/empty.pdf" application/octet-stream)"
		got="$got $(sent "$work/scan.pdf" application/json) $(sent "$work/scan.pdf" application/octet-stream)"
		result "413, 400, 415, 200" "$([ "$got" = "413 400 415 200" ] || echo "$got")"
	fi
fi
# --- over PostgreSQL: the same records elsewhere, the files in a folder that is named ---
if [ -x "$OV_BUILDDIR/tests/contract/cluster_run" ]; then
	coproc cluster { exec "$OV_BUILDDIR/tests/contract/cluster_run" 2>"$work/cluster"; }
	cluster_pid=$! end=${cluster[1]}
	read -r store <&"${cluster[0]}"
	export OVERPASS_STORE_EVIDENCE=$work/shared
	folder=$work/shared
	case $store in
	postgres:*)
		result "a world on the server" "$(ov init --demo --students 60 --seed 7 2>&1 >/dev/null)"
		round POSTGRES
		result "the named folder and its files are the owner's alone" "$(find "$folder" -perm /077)"
		wants 0 "doctor reads the named folder" "1 files, 3000 bytes; 0 missing" doctor
		cp "$work/unused" "$folder/${hash:0:2}/${hash:2}" 2>/dev/null ||
			{ mkdir "$folder/${hash:0:2}" && cp "$work/unused" "$folder/${hash:0:2}/${hash:2}"; }
		touch -d '2 days ago' "$folder/${hash:0:2}/${hash:2}"
		wants 0 "what no claim names goes" "1 files removed that no claim names (8 bytes)" evidence purge
		wants 0 "and nothing else" "1 files, 3000 bytes; 0 missing, 0 changed; without a claim 0" evidence check
		;;
	*) skip "evidence of a store in PostgreSQL" "$store" ;;
	esac
	exec {end}>&-
	wait "$cluster_pid"
fi
echo "1..$cases"
exit $((bad > 0))
