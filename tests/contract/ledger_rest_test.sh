#!/usr/bin/env bash
# The ledger verified and taken out through a server: the client reads it page by
# page and hashes it itself, so a server whose database was changed by hand is
# found out, entry by entry.
# shellcheck source-path=SCRIPTDIR
# Time limit: 180 s
set -u
export LC_ALL=C.UTF-8 LANGUAGE=
overpass=${OV_BUILDDIR:?run it through tests/run}/overpass
server=$OV_BUILDDIR/overpassd
doc=${OV_SRCDIR:-$(dirname "$0")/../..}/docs/ledger-format.md
work=$(mktemp -d) || exit 1
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null; rm -rf "$work"' EXIT
db=$work/centre.db
count=0

if [ ! -x "$server" ] || ! command -v python3 >/dev/null; then
	echo "1..0 # SKIP overpassd or python3 is not here"
	exit 77
fi

result() { # TITLE COMPLAINT
	count=$((count + 1))
	if [ -z "$2" ]; then
		echo "ok $count - $1"
	else
		echo "not ok $count - $1"
		printf '%s\n' "$2" | sed 's/^/# /'
	fi
}
here() { # ARGS…: on the database itself
	"$overpass" --store "sqlite:$db" --no-progress "$@" >"$work/out" 2>"$work/err"
	status=$?
}
there() { # ARGS…: through the server
	"$overpass" --store "$url" --no-progress "$@" >"$work/out" 2>"$work/err"
	status=$?
}
wants() { # STATUS [PATTERN]
	[ "$status" = "$1" ] || echo "status $status: $(cat "$work/out" "$work/err")"
	[ -z "${2-}" ] || grep -q -- "$2" "$work/out" || cat "$work/out" "$work/err"
}
complains() { # STATUS CODE: a refusal in JSON with that code
	[ "$status" = "$1" ] || echo "status $status: $(cat "$work/out")"
	grep -q "\"code\":\"$2\"" "$work/err" || cat "$work/err"
}
serve() {
	rm -f "$work/url"
	mkfifo "$work/url"
	"$server" --store "sqlite:$db" --listen 127.0.0.1:0 >"$work/url" 2>>"$work/log" &
	pid=$!
	read -r url <"$work/url"
}
stop() {
	kill "$pid"
	wait "$pid"
	pid=
}
sql() { # TEXT: as somebody with the file, who drops the guards first
	python3 - "$db" "$1" <<-'END'
		import sqlite3, sys
		db = sqlite3.connect(sys.argv[1])
		guards = db.execute("select sql, name from sqlite_schema where type = 'trigger'").fetchall()
		db.executescript("".join("drop trigger %s;" % name for _, name in guards))
		db.executescript(sys.argv[2])
		db.executescript("".join(text + ";" for text, _ in guards))
		db.commit()
	END
}

here init --demo --students 900 --seed 5
result "a world" "$(wants 0)"
here ledger verify
entries=$(sed 's/^ok //' "$work/out")
result "more than two pages of entries" "$(wants 0; [ "$entries" -gt 1000 ] || echo "$entries")"
here --as ledger_keeper.1 ledger checkpoint
text=$(grep -o 'OV1[^ ]*' "$work/out")
key=$(grep -o 'OVKEY1[^ ]*' "$work/out")
here --as auditor.1 audit checkpoint
trail=$(grep -o 'OV1[^ ]*' "$work/out")
events=$(sed 's/^OV1\.A\.\([0-9]*\)\..*/\1/' <<<"$trail")
here --as auditor.1 ledger export "$work/here.csv"
result "taken out where it is" "$(wants 0)"

serve
there --as auditor.1 ledger verify
result "as many entries through the server" "$(wants 0 "^ok $entries\$")"
there --as auditor.1 --json ledger verify
result "the same in JSON" "$(wants 0 "\"count\":$entries")"
there --as auditor.1 ledger verify --checkpoint "$text" --key "$key"
result "a checkpoint of before agrees" "$(wants 0 "^ok $entries\$")"
there --as auditor.1 ledger verify --checkpoint "$text"
result "also with the key that the server says" "$(wants 0 "^ok $entries\$")"
there --as auditor.1 --json ledger verify --checkpoint "${text/.101./.102.}"
result "one other digit of it" "$(complains 3 CHECKPOINT_FORGED)"
there --as front_desk.1 --json ledger verify
result "the desk doesn't verify" "$(complains 3 PERM_DENIED)"
there --as auditor.1 audit verify
result "the trail, by the server" "$(wants 0 "^ok [1-9][0-9]*\$")"
there --as front_desk.1 --json audit verify
result "not for the desk" "$(complains 3 PERM_DENIED)"
there --as auditor.1 audit verify --checkpoint "$trail" --key "$key"
result "a checkpoint of the trail agrees" "$(wants 0 "^ok [1-9][0-9]*\$")"
there --as auditor.1 --json audit verify --checkpoint "$text" --key "$key"
result "one of the ledger is none of the trail" "$(complains 5 CHECKPOINT_BAD)"

there --as auditor.1 ledger export "$work/there.csv"
result "taken out through the server: the same bytes" "$(wants 0
	cmp "$work/here.csv" "$work/there.csv" 2>&1)"
result "and its thirty lines of Python verify it" "$(
	awk '/^```python$/ && !done { on = 1; next } /^```/ && on { on = 0; done = 1 } on' "$doc" >"$work/verify.py"
	python3 "$work/verify.py" "$work/there.csv" | grep -q "^ok $entries " || echo "they don't")"
there --as auditor.1 ledger export -
result "to standard output" "$(wants 0; cmp "$work/here.csv" "$work/out" 2>&1)"
there --as auditor.1 audit show --action ledger.export
result "the trail knows each time" "$(wants 0
	[ "$(grep -c "entries=$entries" "$work/out")" = 3 ] || cat "$work/out")"
there --as auditor.1 --json ledger export "$work/there.csv"
result "a file is never overwritten" "$(complains 3 FILE_EXISTS)"
there --as viewer.1 --json ledger export "$work/other.csv"
result "not by everybody" "$(complains 3 PERM_DENIED; [ ! -e "$work/other.csv" ] || echo "it was written")"

# A branch sees its own learners' part, and part of a chain proves nothing.
here --as admin.1 --json branch list
branch=$(grep -o '"id":[0-9]*' "$work/out" | tail -n 1 | tr -dc 0-9)
if [ -n "$branch" ]; then
	sql "update user set branch_id = $branch where login = 'auditor.2'"
	there --as auditor.2 --json ledger verify
	result "part of a chain is no chain" "$(complains 3 LEDGER_PART)"
	there --as auditor.2 --json ledger export "$work/part.csv"
	result "nor is it taken out" "$(complains 3 LEDGER_PART; ls "$work"/part* 2>/dev/null)"
fi
stop

# Somebody with the file changes a row; the server goes on as if nothing were.
cp "$db" "$work/good.db"
changed() { # TITLE SQL SEQ WHY [CHAIN]
	cp "$work/good.db" "$db"
	rm -f "$db-wal" "$db-shm"
	sql "$2"
	serve
	there --as auditor.1 "${5:-ledger}" verify
	result "$1" "$(wants 3 "^broken at $3: $4")"
	stop
}
changed "another amount" "update ledger_entry set amount_centi = amount_centi + 100 where id = 700" \
	700 "the hash does not match"
changed "another account" "update ledger_entry set account_id = account_id + 1 where id = 3" \
	3 "the hash does not match"
changed "a line of another claim" "update claim_line set claim_id = claim_id + 1 where id =
	(select claim_line from ledger_entry where claim_line is not null order by id limit 1)" \
	"[0-9]*" "the hash does not match"
changed "what only the seal holds" "update ledger_entry set booked_by = booked_by + 1 where id = 600" \
	600 "the seal does not match"
changed "a seal that is gone" "update ledger_entry set seal = null where id = 501" \
	501 "the seal is missing"
changed "a row that is gone" "pragma foreign_keys = off; delete from ledger_entry where id = 650" \
	650 "it is missing"
changed "a day before the one before, hashed anew or not" \
	"update ledger_entry set booked_on = '2001-01-01' where id = 900" 900 "the hash does not match"
changed "another reason in the trail" "update audit_event set reason = 'none' where id = 90" \
	90 "the hash does not match" audit
cut_off() { # CHAIN TABLE LAST CHECKPOINT
	cp "$work/good.db" "$db"
	rm -f "$db-wal" "$db-shm"
	sql "pragma foreign_keys = off; delete from $2 where id >= $3"
	serve
	there --as auditor.1 "$1" verify
	result "$1: a tail cut off leaves a good chain" "$(wants 0 "^ok $(($3 - 1))\$")"
	there --as auditor.1 "$1" verify --checkpoint "$4" --key "$key"
	result "$1: but not the one of the checkpoint" "$(wants 3 "^broken at $3: it is missing")"
	stop
}
cut_off audit audit_event "$events" "$trail"
cut_off ledger ledger_entry "$entries" "$text"
echo "1..$count"
