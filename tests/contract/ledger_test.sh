#!/usr/bin/env bash
# The ledger proved to others: the programs of docs/ledger-format.md, as they
# stand there, on a real export; checkpoints against a database that was cut
# off; the centre's key and who may read it.
# shellcheck source-path=SCRIPTDIR
set -u
export LC_ALL=C.UTF-8 LANGUAGE=
overpass=${OV_BUILDDIR:-$PWD}/overpass
doc=${OV_SRCDIR:-$(dirname "$0")/../..}/docs/ledger-format.md
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
db=$work/centre.db
count=0

result() { # TITLE COMPLAINT
	count=$((count + 1))
	if [ -z "$2" ]; then
		echo "ok $count - $1"
	else
		echo "not ok $count - $1"
		printf '%s\n' "$2" | sed 's/^/# /'
	fi
}
skip() { # TITLE WHY
	count=$((count + 1))
	echo "ok $count - $1 # SKIP $2"
}
run() { # ARGS…: to $work/out and $work/err
	"$overpass" --store "sqlite:$db" --no-progress "$@" >"$work/out" 2>"$work/err"
	status=$?
}
wants() { # STATUS [PATTERN]: complains when it is another, or standard output lacks it
	[ "$status" = "$1" ] || echo "status $status: $(cat "$work/out" "$work/err")"
	[ -z "${2-}" ] || grep -q -- "$2" "$work/out" || cat "$work/out" "$work/err"
}
complains() { # STATUS CODE: a refusal in JSON with that code
	[ "$status" = "$1" ] || echo "status $status"
	grep -q "\"code\":\"$2\"" "$work/err" || cat "$work/err"
}
# The first block of a language of the document.
block() {
	awk -v start="^\`\`\`$1\$" '$0 ~ start && !done { on = 1; next } /^```/ && on { on = 0; done = 1 } on' "$doc"
}
python() { command -v python3 >/dev/null; }
sql() { # TEXT: as somebody with the file, who drops the guards first
	python3 - "$db" "$1" <<-'END'
		import sqlite3, sys
		db = sqlite3.connect(sys.argv[1])
		guards = db.execute("select name from sqlite_schema where type = 'trigger'").fetchall()
		db.executescript("".join("drop trigger %s;" % name for name in guards))
		db.executescript(sys.argv[2])
		db.commit()
	END
}

run init --demo --students 60 --seed 5
result "a world" "$(wants 0)"

# --- the export and the programs of the document ---
block python >"$work/verify.py"
block sh >"$work/verify.sh"
block bash >"$work/signature.bash"
result "the document has its programs, and Python's has thirty lines" "$(
	for file in verify.py verify.sh signature.bash; do
		[ -s "$work/$file" ] || echo "$file is empty"
	done
	[ "$(wc -l <"$work/verify.py")" -le 30 ] || wc -l "$work/verify.py")"
run --as auditor.1 ledger export "$work/ledger.csv"
result "the ledger is exported" "$(wants 0
	head -n 1 "$work/ledger.csv" | grep -q '^seq,account,kind,amount_centi,module,course,claim,line,reverses,booked_on,hash.$' || head -n 1 "$work/ledger.csv")"
entries=$(($(wc -l <"$work/ledger.csv") - 1))
run ledger verify
result "as many entries as the database has" "$(wants 0 "^ok $entries\$")"
run --as auditor.1 ledger export "$work/ledger.csv"
result "a file is never overwritten" "$(wants 3; [ $(($(wc -l <"$work/ledger.csv") - 1)) = "$entries" ] || echo changed)"
run --as viewer.1 --json ledger export "$work/other.csv"
result "not by everybody" "$(complains 3 PERM_DENIED; [ ! -e "$work/other.csv" ] || echo "it was written")"
run --as auditor.1 audit show --action ledger.export
result "the trail knows who took it out" "$(wants 0 "entries=$entries")"

bash "$work/verify.sh" "$work/ledger.csv" >"$work/said" 2>&1
result "sha256sum verifies it" "$(grep -q "^ok $entries [0-9a-f]\{64\}\$" "$work/said" || cat "$work/said")"
for line in 2 $((entries / 2)) $((entries + 1)); do
	sed "${line}s/,RESULT,/,RESULt,/;${line}s/,GRANT,/,GRANt,/" "$work/ledger.csv" >"$work/bad.csv"
	cmp -s "$work/ledger.csv" "$work/bad.csv" && continue
	bash "$work/verify.sh" "$work/bad.csv" >"$work/said" 2>&1
	result "sha256sum finds a changed letter in line $line" "$(
		grep -q "^broken at $((line - 1))\$" "$work/said" || cat "$work/said")"
done
if python; then
	python3 "$work/verify.py" "$work/ledger.csv" >"$work/said" 2>&1
	result "Python verifies it" "$(grep -q "^ok $entries " "$work/said" || cat "$work/said")"
	sed '7d' "$work/ledger.csv" >"$work/bad.csv"
	python3 "$work/verify.py" "$work/bad.csv" >"$work/said" 2>&1
	result "Python finds a missing line" "$(grep -q "^broken at 6:" "$work/said" || cat "$work/said")"
	sed '7s/,300,/,301,/;7s/,400,/,401,/;7s/,200,/,201,/' "$work/ledger.csv" >"$work/bad.csv"
	python3 "$work/verify.py" "$work/bad.csv" >"$work/said" 2>&1
	result "Python finds another amount" "$(grep -q "^broken at 6: the hash" "$work/said" || cat "$work/said")"
else
	skip "Python verifies it" "python3 is not here"
fi

# --- checkpoints ---
run --as ledger_keeper.1 ledger checkpoint
text=$(grep -o 'OV1[^ ]*' "$work/out")
key=$(grep -o 'OVKEY1[^ ]*' "$work/out")
result "the ledger keeper signs a checkpoint" "$(wants 0 "OV1\\.L\\.101\\."; [ ${#text} -le 300 ] || echo "${#text} letters")"
run --as auditor.1 audit checkpoint
trail=$(grep -o 'OV1[^ ]*' "$work/out")
result "the auditor one of the trail" "$(wants 0 'OV1\.A\.')"
run --as front_desk.1 --json ledger checkpoint
result "the desk does not" "$(complains 3 PERM_DENIED)"
run --as front_desk.1 ledger key
result "everybody sees the public key" "$(wants 0 "$key")"
run ledger verify --checkpoint "$text" --key "$key"
result "the database agrees with it" "$(wants 0 "^ok $entries\$")"
printf '%s' "$text" | fold -w 40 >"$work/receipt.txt"
run ledger verify --checkpoint "$work/receipt.txt"
result "also broken into lines, from a file" "$(wants 0 "^ok $entries\$")"
run audit verify --checkpoint "$trail"
result "the trail with its own" "$(wants 0 '^ok ')"
run --json ledger verify --checkpoint "$trail"
result "the other chain's checkpoint" "$(complains 5 CHECKPOINT_BAD)"
run --json ledger verify --checkpoint "${text/.101./.102.}"
result "one other digit" "$(complains 3 CHECKPOINT_FORGED)"
run --json ledger verify --checkpoint "$text" --key "${key%??????????}AAAAAAAAAA"
result "another key" "$(complains 3 CHECKPOINT_FORGED)"
run --json ledger verify --checkpoint "${text%.*}"
result "half of it" "$(complains 5 CHECKPOINT_BAD)"
run --json ledger verify --checkpoint "$work/nothing"
result "no such file" "$(complains 5 FILE_OPEN)"
run --json ledger verify --key "$key"
result "a key alone" "$([ "$status" = 2 ] || echo "status $status")"
if command -v openssl >/dev/null; then
	bash "$work/signature.bash" "$text" "$key" >"$work/said" 2>&1
	result "OpenSSL verifies the signature, and the hash is the last line's" "$(
		grep -q 'Verified Successfully' "$work/said" || cat "$work/said"
		[ "$(tail -n 1 "$work/said")" = "$(tail -n 1 "$work/ledger.csv" | tr -d '\r' | sed 's/.*,//')" ] || cat "$work/said")"
	result "and not a changed one" "$(! bash "$work/signature.bash" "${text/.101./.102.}" "$key" >"$work/said" 2>&1 ||
		cat "$work/said")"
else
	skip "OpenSSL verifies the signature" "openssl is not here"
fi
if python; then
	cp "$db" "$work/kept.db"
	sql "delete from ledger_entry where id > $((entries - 2));"
	run ledger verify
	result "a tail that was cut off hangs together" "$(wants 0 "^ok $((entries - 2))\$")"
	run ledger verify --checkpoint "$text"
	result "but not with the checkpoint" "$(wants 3 "^broken at $((entries - 1)): ")"
	cp "$work/kept.db" "$db"
	sql "update ledger_entry set seal = zeroblob(32) where id = $entries;"
	run ledger verify --checkpoint "$text"
	result "a seal that was changed" "$(wants 3 "^broken at $entries: ")"
	cp "$work/kept.db" "$db"
	events=$(cut -d. -f5 <<<"$trail")
	sql "delete from audit_event where id >= $events;"
	run audit verify --checkpoint "$trail"
	result "a trail that was cut off" "$(wants 3 "^broken at $events: ")"
else
	skip "a tail that was cut off" "python3 is not here"
fi

# --- time limits: the server keeps them itself ---
db=$work/limits.db
run init --demo --students 400 --seed 5
if python && [ -x "${OV_BUILDDIR:-$PWD}/overpassd" ]; then
	due=$(python3 - "$db" <<-'END'
		import sqlite3, sys
		db = sqlite3.connect(sys.argv[1])
		print("lapsed=%d closed=%d" % db.execute("select count(*) filter (where state <> 'NOTICE'), "
			"count(*) filter (where state = 'NOTICE') from credit_claim where deadline_on < '2040-01-01' "
			"and state in ('DRAFT', 'RETURNED', 'NOTICE')").fetchone())
	END
	)
	mkfifo "$work/log"
	"${OV_BUILDDIR:-$PWD}/overpassd" --store "sqlite:$db" --listen 127.0.0.1:0 --today 2040-01-01 \
		2>"$work/log" >"$work/listening" &
	server=$!
	swept=
	while read -r -t 60 line; do
		case $line in *'"swept"'*) swept=$line && break ;; esac
	done <"$work/log"
	kill "$server"
	wait "$server"
	result "a server lets lapse and closes what is due, unasked" "$([ "$due" != "lapsed=0 closed=0" ] || echo "nothing was due"
		[[ $swept = *"$due"* ]] || echo "due $due, swept: $swept")"
	run --as registrar.1 --today 2040-01-01 claim sweep
	result "and nothing is left to do" "$(wants 0 '0 claims lapsed, 0 notices closed')"
	run audit verify
	result "the trail has each of them" "$(wants 0 '^ok ')"
else
	skip "a server keeps the time limits" "python3 or overpassd is not here"
fi

# --- the key of a real centre ---
db=$work/real.db
umask 022
printf 'a long enough password\n' >"$work/password"
run --as root --password-file "$work/password" init --admin root
result "a real centre" "$(wants 0)"
root=(--as root --password-file "$work/password")
for role in auditor ledger_keeper; do
	run "${root[@]}" user create --login "$role" --role "$role" --new-password-file "$work/password"
	[ "$status" = 0 ] || cat "$work/err"
done
auditor=(--as auditor --password-file "$work/password")
run "${auditor[@]}" --json ledger key
result "there is no key yet" "$(complains 1 SIGN_KEY_NONE)"
run "${auditor[@]}" ledger checkpoint --dry-run
result "looking makes none" "$(wants 0; [ ! -e "$db.key" ] || echo made)"
run "${auditor[@]}" ledger checkpoint
first=$(grep -o 'OV1[^ ]*' "$work/out")
key=$(grep -o 'OVKEY1[^ ]*' "$work/out")
result "the first checkpoint makes it, for the owner alone" "$(wants 0 '\.0\.AAAA'
	[ "$(stat -c %a "$db.key")" = 600 ] || stat -c %a "$db.key"
	[ "$(wc -c <"$db.key")" = 65 ] || wc -c "$db.key")"
run ledger verify --checkpoint "$first" --key "$key"
result "an empty ledger agrees" "$(wants 0 '^ok 0$')"
run "${root[@]}" backup "$work/backup.db"
result "no backup holds the secret" "$(wants 0
	grep -qa "$(head -c 64 "$db.key")" "$work/backup.db" "$db" && echo "it does")"
chmod 644 "$db.key"
run "${auditor[@]}" --json ledger checkpoint
result "a key that others can read" "$(complains 6 SIGN_KEY_BAD)"
chmod 600 "$db.key"
mv "$db.key" "$work/safe.key"
run "${auditor[@]}" --json ledger checkpoint
result "a key that is gone" "$(complains 6 SIGN_KEY_MISSING; [ ! -e "$db.key" ] || echo "a new one was made")"
ln -s "$work/safe.key" "$db.key"
run "${auditor[@]}" --json ledger checkpoint
result "a link instead" "$(complains 6 SIGN_KEY_BAD)"
rm "$db.key"
printf '%064d\n' 7 >"$db.key"
chmod 600 "$db.key"
run "${auditor[@]}" --json ledger checkpoint
result "another key" "$(complains 6 SIGN_KEY_MISSING)"
echo short >"$db.key"
run "${auditor[@]}" --json ledger checkpoint
result "half a key" "$(complains 6 SIGN_KEY_BAD)"
run "${auditor[@]}" ledger key
result "the public key is known all the while" "$(wants 0 "$key")"
rm "$db.key"
mkfifo -m 600 "$db.key"
run "${auditor[@]}" --json ledger checkpoint
result "a pipe, and nobody waits" "$(complains 6 SIGN_KEY_BAD)"
rm "$db.key"
cp -p "$work/safe.key" "$db.key"
run "${auditor[@]}" ledger checkpoint
result "the key put back" "$(wants 0 "$key")"
echo "1..$count"
