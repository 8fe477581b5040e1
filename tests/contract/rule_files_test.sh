#!/usr/bin/env bash
# Files of rules, results, calendar days, attendance and claims; comparing a
# rule with the past; what bad rows get.
set -u
overpass=${OV_BUILDDIR:?run it through tests/run}/overpass
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
db=$work/world.db
cases=0
[ -x "$overpass" ] || { echo "1..0 # SKIP overpass is not built"; exit 0; }

result() { # TITLE COMPLAINT
	cases=$((cases + 1))
	if [ -n "$2" ]; then
		echo "not ok $cases - $1"
		printf '%s\n' "$2" | head -n 12 | sed 's/^/# /'
	else
		echo "ok $cases - $1"
	fi
}
ov() {
	"$overpass" --store "sqlite:$db" "$@" >"$work/out" 2>"$work/err" </dev/null
	status=$?
}
# counts STATUS READ CREATED UPDATED UNCHANGED REFUSED TITLE ARGUMENTS…
counts() {
	local want="{\"read\":$2,\"created\":$3,\"updated\":$4,\"unchanged\":$5,\"refused\":$6}"
	local title=$7 code=$1
	shift 7
	ov --json "$@"
	result "$title" "$([ "$status" = "$code" ] || echo "exit status $status"
		[ "$(tr -d ' \n' <"$work/out")" = "$want" ] || cat "$work/out" "$work/err")"
}
says() { # PATTERN TITLE
	result "$2" "$(grep -qE -- "$1" "$work/err" "$work/out" || cat "$work/err")"
}
file() { cat >"$work/$1"; }

head='规则编号,版本,类型,来源代码,目标代码,学分,等级,最低成绩,来源类别,优先级,生效日期,失效日期,依据'
ov init --demo --students 60 --seed 5
result "a demo world" "$([ "$status" = 0 ] || cat "$work/err")"

# --- rules ---
file good.csv <<END
$head
R-600,1,TX,T-SAFE,M2,2.50,,,S4,5,2035-01-01,,文件 1
R-601,1,TC,T-WELD,C302; C203,,中级工,,S4,30,2035-01-01,,文件 2
R-602,1,NM,MC-1；MC-2；MC-3,C401,,,60,S4,,2035-01-01,,文件 3
R-603,1,OA,OPEN-*,M4,,,60,S4,,2035-01-01,,文件 4
R-604,1,CC,EXT-X,C201,,,60.00,S2,,2035/1/1,,文件 5
END
counts 0 5 5 0 0 0 "rules: a dry run" rules import "$work/good.csv" --dry-run
counts 0 5 5 0 0 0 "rules: five drafts" rules import "$work/good.csv"
counts 0 5 0 0 5 0 "rules: the same file changes nothing" rules import "$work/good.csv"
(cat "$work/good.csv"; echo) >"$work/again.csv"
counts 0 5 0 0 5 0 "rules: the same rows in another file change nothing" \
	rules import "$work/again.csv"
ov rules show R-601@1
says '焊|T-WELD' "rules: the draft is there"
ov --as registrar.1 rules release R-601@1
says 'may not' "rules: who entered it doesn't release it"
ov --as reviewer2.1 rules release R-601@1
result "rules: another one does" "$([ "$status" = 0 ] || cat "$work/err")"

# refused ROW CODE TITLE: what one bad row gets
refused() {
	printf '%s\n%s\n' "$head" "$1" >"$work/bad.csv"
	ov rules import "$work/bad.csv"
	result "$3" "$([ "$status" = 3 ] || echo "exit status $status"
		grep -q "row 1: $2: " "$work/err" || cat "$work/err")"
}
refused 'R-700,1,TX,T-SAFE,M2,2.505,,,S4,5,2035-01-01,,x' IM_DECIMALS "three decimals"
refused 'R-700,1,TX,T-SAFE,M2,-2,,,S4,5,2035-01-01,,x' FIELD_RANGE "a negative amount"
refused 'R-700,1,TX,T-SAFE,M2,42949672960,,,S4,5,2035-01-01,,x' FIELD_RANGE "beyond 32 bits"
refused 'R-700,1,TX,T-SAFE,M2,two,,,S4,5,2035-01-01,,x' FIELD_TYPE "no number"
refused 'R-700,1,TC,T-NONE,C302,,,,S4,5,2035-01-01,,x' RULE_SOURCE "an unknown certificate"
refused 'R-700,1,TC,T-WELD,C999,,,,S4,5,2035-01-01,,x' NOT_FOUND "an unknown course"
refused 'R-700,1,TX,T-SAFE,M9,2.00,,,S4,5,2035-01-01,,x' RULE_TARGET "an unknown module"
refused 'R-700,1,CC,C201,C201,,,,S2,5,2035-01-01,,x' RULE_CIRCLE "a course for itself"
refused 'R-700,3,CC,EXT-Q,C203,,,,S2,5,2035-01-01,,x' RULE_VERSION "a version left out"
refused 'R-003,1,TC,T-WELD,C302,,,,S4,5,2035-01-01,,x' RULE_VERSION "a version changed"
refused 'X-1,1,CC,EXT-Q,C203,,,,S2,5,2035-01-01,,x' FIELD_TYPE "a code that is none"
refused 'R-700,1,CC,EXT-Q,C203,,,,S9,5,2035-01-01,,x' FIELD_CHOICE "an unknown class"
refused 'R-700,1,CC,EXT-Q,C203,,,,S2,5,2035-01-01,2034-01-01,x' FIELD_DATES "it ends before it begins"
refused 'R-700,1,TC,T-WELD,C302,,7,,S4,5,2035-01-01,,x' FIELD_RANGE "a level out of range"
refused 'R-700,1,CC,EXT-Q,,,,,S2,5,2035-01-01,,x' FIELD_REQUIRED "no target"
file circle.csv <<END
$head
R-700,1,CC,C202,C203,,,,S2,5,2035-01-01,,x
R-701,1,CC,C203,C301,,,,S2,5,2035-01-01,,x
R-702,1,CC,C301,C202,,,,S2,5,2035-01-01,,x
END
ov rules import "$work/circle.csv"
says 'row 3: RULE_CIRCLE: .*C202 → C203 → C301 → C202' "three courses round: the way is told"
counts 3 3 2 0 0 1 "all or nothing" rules import "$work/circle.csv"
ov rules show R-700
result "nothing was entered" "$([ "$status" = 1 ] || cat "$work/out")"
counts 3 3 2 0 0 1 "the refused row goes to a file" rules import "$work/circle.csv" \
	--rejects "$work/rejects.csv"
result "with its code" "$(grep -q 'R-702.*RULE_CIRCLE' "$work/rejects.csv" || cat "$work/rejects.csv")"
counts 0 3 2 0 0 1 "partial: the good rows" rules import "$work/circle.csv" --partial
ov rules show R-701
result "partial: they are there" "$([ "$status" = 0 ] || cat "$work/err")"
printf '%s\n' "$head" >"$work/none.csv"
counts 0 0 0 0 0 0 "a file without rows" rules import "$work/none.csv"
file header.csv <<<'规则编号,版本'
ov rules import "$work/header.csv"
result "a missing column" "$([ "$status" = 5 ] || cat "$work/err")"

# --- overlap, and comparing with the past ---
printf '%s\n%s\n' "$head" 'R-601,2,TC,T-WELD,C302,,4,,S4,30,2034-06-01,,x' >"$work/overlap.csv"
ov rules import "$work/overlap.csv"
result "a version that overlaps isn't entered" "$([ "$status" = 3 ] || echo "status $status"
	grep -q 'RULE_OVERLAP' "$work/err" || cat "$work/err"
	grep -q 'version 1 is in force at the same time' "$work/err" || cat "$work/err")"
ov --json rules compare R-601@1
result "compare: sums are those of the claims" "$([ "$status" = 0 ] || cat "$work/err"
	command -v python3 >/dev/null || exit
	python3 - "$work/out" <<'END'
import json, sys
d = json.load(open(sys.argv[1]))
assert d["changed"] == len(d["items"]) <= d["claims"], d
assert all(i["change_centi"] == i["new_centi"] - i["old_centi"] for i in d["items"]), d
assert d["new_centi"] - d["old_centi"] == sum(i["change_centi"] for i in d["items"]), d
END
)"
ov rules compare R-999
result "compare: an unknown rule" "$([ "$status" = 1 ] || cat "$work/err")"

# --- results ---
ov --json student find 2 --limit 60
number=$(grep -oE '\{[^}]*P-ZK-AUTO[^}]*"status":"ACTIVE"[^}]*\}' "$work/out" |
	grep -oE '"student_no":"[0-9]+"' | grep -oE '[0-9]{13}' | head -n 1)
result "a learner" "$([ -n "$number" ] || cat "$work/out")"
file results.csv <<END
学号,课程代码,学期,形成性成绩,终结性成绩,成绩日期
$number,C999,2015S,80,70,2026-07-01
$number,C404,2015S,80.005,70,2026-07-01
0000000000000,C404,2015S,80,70,2026-07-01
END
ov result import "$work/results.csv"
says 'row 1: NOT_FOUND' "results: an unknown course"
says 'row 2: IM_DECIMALS' "results: three decimals"
says 'row 3: NOT_FOUND' "results: an unknown learner"

file results2.csv <<END
学号,课程代码,学期,形成性成绩,终结性成绩,成绩日期
$number,C404,2015S,80,70,2026-07-01
END
counts 0 1 1 0 0 0 "results: a dry run" result import "$work/results2.csv" --dry-run
counts 0 1 1 0 0 0 "results: one is entered" result import "$work/results2.csv"
(cat "$work/results2.csv"; echo) >"$work/results3.csv"
counts 0 1 0 0 1 0 "results: once" result import "$work/results3.csv"
ov --as front_desk.1 ledger show "$number"
result "results: the pass is in the account" "$(grep -q C404 "$work/out" || cat "$work/out")"

# --- the calendar, attendance, claims ---
file days.csv <<END
日期,类型,名称,按星期几上课
2035-05-01,法定节假日,劳动节,
2035年5月6日,调休上班日,调休,5
END
counts 0 2 2 0 0 0 "calendar: two days" calendar import "$work/days.csv"
sed 's/劳动节/五一/' "$work/days.csv" >"$work/days2.csv"
counts 0 2 0 1 1 0 "calendar: one changed" calendar import "$work/days2.csv"
file days3.csv <<END
日期,类型,名称,按星期几上课
2035-02-30,法定节假日,没有的日子,
2035-05-07,过节,x,
2035-05-08,调休,x,9
END
ov calendar import "$work/days3.csv"
says 'row 1: FIELD_TYPE' "calendar: a day that isn't"
says 'row 2: FIELD_CHOICE' "calendar: an unknown kind"
says 'row 3: FIELD_RANGE' "calendar: a weekday that isn't"
file attendance.csv <<END
课次编号,学号,考勤,分钟
999999,$number,出勤,90
x,$number,出勤,90
1,$number,睡觉,90
END
ov session import "$work/attendance.csv"
says 'row 1: NOT_FOUND' "attendance: an unknown meeting"
says 'row 2: FIELD_TYPE' "attendance: no number"
says 'row 3: FIELD_CHOICE' "attendance: an unknown mark"
# A meeting that was held, of this learner's: whichever takes the row.
meeting=0 status=3
while [ "$status" != 0 ] && ((++meeting <= 820)); do
	printf '课次编号,学号,考勤,分钟\n%s,%s,出勤,41\n' "$meeting" "$number" >"$work/held.csv"
	ov session import "$work/held.csv" --dry-run
done
result "attendance: a meeting takes it" "$([ "$status" = 0 ] || cat "$work/err")"
ov --json session import "$work/held.csv"
result "attendance: one mark is entered" "$(tr -d ' \n' <"$work/out" |
	grep -qE '"read":1,("created":1,"updated":0|"created":0,"updated":1),"unchanged":0' || cat "$work/out" "$work/err")"
(cat "$work/held.csv"; echo) >"$work/held2.csv"
counts 0 1 0 0 1 0 "attendance: once" session import "$work/held2.csv"
file claims.csv <<END
学号,来源类型,来源代码,来源名称,证书编号,等级,成绩,学分,学时,取得日期,有效期至,材料文件,备注
$number,证书,T-MAINT,维修工证书,QZ-77-1,高级工,,,,2026-01-10,,,
$number,课程,EXT-CAD,机械制图,,,72.5,3.2,,20240701,,,
END
counts 0 2 2 0 0 0 "claims: two rows are one draft" claim import "$work/claims.csv"
ov --json claim list --student "$number" --state DRAFT
result "claims: with two lines" "$(grep -q '"lines":2' "$work/out" || cat "$work/out" "$work/err")"
counts 0 2 0 0 2 0 "claims: once" claim import "$work/claims.csv"
(cat "$work/claims.csv"; echo) >"$work/claims3.csv"
counts 0 2 0 0 2 0 "claims: the same rows in another file are that draft" claim import "$work/claims3.csv"
sed '2d' "$work/claims.csv" >"$work/claims4.csv"
counts 0 1 1 0 0 0 "claims: other lines are another claim" claim import "$work/claims4.csv"
sed 's/72.5/7.505/; s/高级工/六级/' "$work/claims.csv" >"$work/claims2.csv"
counts 3 2 0 0 0 2 "claims: a bad row refuses its claim" claim import "$work/claims2.csv"
ov --as viewer.1 rules import "$work/good.csv"
result "without the permission" "$([ "$status" = 3 ] || cat "$work/out")"
ov --as auditor.1 audit verify
result "the trail verifies" "$([ "$status" = 0 ] || cat "$work/out")"
echo "1..$cases"
