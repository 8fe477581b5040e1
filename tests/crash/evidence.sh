#!/usr/bin/env bash
# A file of evidence and its row: power cuts, a full disk and failing writes in
# the middle of adding one. A row never stands without its file; a fault is told.
# Time limit: 600 s
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

source=$OV_SHARED/tools/powercut.c
[ -r "$source" ] || skip_all "$source is not there"
[ "$sanitized" = 0 ] || skip_all "a build with sanitizers takes no preloaded library"
${OV_CC:-cc} -O2 -shared -fPIC -w -o "$work/powercut.so" "$source" -ldl 2>"$work/said" ||
	skip_all "powercut.c does not compile here"

make_base desk 60
head -c 40000 /dev/urandom >"$work/scan.pdf"
db=$work/desk/world.db
learner=$(ov --as front_desk.1 --json student find 2 --limit 1 | grep -oE '"student_no": *"[^"]*"' | grep -oE '[0-9]+')
ov --as front_desk.1 claim create --student "$learner" \
	--line T-POST,no=E1,level=4,issued=2015-06-01,evidence=COPY >/dev/null 2>"$work/said"
db=$work/now/world.db
fresh desk
claim=$(claims_in DRAFT | head -n 1)
[ -n "$claim" ] || { echo "Bail out! no draft: $(cat "$work/said")"; exit 1; }

pieces() { ov --as auditor.1 --json claim show "$claim" 2>/dev/null | grep -o '"size_bytes"' | wc -l; }
before=$(pieces)

# trial TITLE KNOB HOW-MANY
trial() {
	local at status reached=0
	: >"$work/complaints"
	for ((at = 1; at <= $3; at++)); do
		fresh desk
		env PC_DIR="$work/now" "$2=$at" PC_TORN=$((at % 2)) PC_SEED=$((seed + at)) \
			LD_PRELOAD="$work/powercut.so" "$overpass" --store "sqlite:$db" --no-progress \
			--as front_desk.1 claim evidence_add "$claim" --line-no 1 --evidence COPY \
			--file "$work/scan.pdf" >/dev/null 2>"$work/said"
		status=$?
		[ $status = 0 ] || reached=$((reached + 1))
		[ "$2" = PC_AFTER ] || case $status in 0 | 6) ;; *)
			echo "$2=$at: exit status $status: $(cat "$work/said")" >>"$work/complaints" ;;
		esac
		whole "$work/complaints" "$2=$at"
		[ $status != 0 ] || [ "$(pieces)" -gt "$before" ] ||
			echo "$2=$at: acknowledged, but not there" >>"$work/complaints"
		ov evidence check >"$work/check" 2>&1 || echo "$2=$at: $(cat "$work/check")" >>"$work/complaints"
	done
	[ $reached -gt 0 ] || echo "no fault was reached" >>"$work/complaints"
	result "$1" "$work/complaints"
}
trial "after a power cut no row stands without its file" PC_AFTER $((runs / 2))
trial "a full disk is told, and no row is there" PC_ENOSPC_AFTER $((runs / 8 + 2))
trial "so is a failing write" PC_EIO_AT $((runs / 8 + 2))
end
