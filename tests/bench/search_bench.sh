#!/usr/bin/env bash
# Each kind of search, fifty rows with all that the list shows, beside the same
# keys and rows in LMDB and in sorted arrays in memory, in turn, and in FTS5, in one
# run. OV_BENCH_SEARCH says how many learners (default: the world of the run;
# the budget is meant for 5000000, which takes ten minutes and 12 GB to make);
# OV_BENCH_KIND names the kinds of search that are asked (the beginning of their
# titles), OV_BENCH_FTS5=no leaves FTS5 out.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

build=${OV_BUILDDIR:-$PWD}
make -s -C "$build" tests/bench/search_client >"$work/said" 2>&1 || {
	cat "$work/said" >&2
	exit 2
}
if [ -n "${OV_BENCH_SEARCH-}" ]; then
	students=$OV_BENCH_SEARCH
	db=$work/search.db
fi
world
printf '\nSearch over %s learners\n' "$students"
sqlite3 "$db" "select 'the index: ' || round(sum(pgsize) * 1.0 / (select count(*) from student))
	|| ' bytes a student (budget 300)' from dbstat where name like 'search\_%' escape '\\'
	or name like 'sqlite_autoindex_search%'" 2>/dev/null
median 5 "$overpass" --store "sqlite:$db" --as front_desk.1 student find zs --limit 50
row "a new process to its first 50 rows" "$(ms "$took")" "" "100 ms" "$(at_most "$took" 100000)"

# From the key to the last byte of the list, on a terminal.
ttybench=$OV_SHARED/tools/ttybench.py
python=
for candidate in /usr/bin/python3 python3; do
	"$candidate" -c 'import pyte' 2>/dev/null && python=$candidate && break
done
if [ -r "$ttybench" ] && [ -n "$python" ]; then
	printf 'settle 300\nlabel letter\ntype zhangs\nsettle 200\nlabel filler\nkey Backspace x6\nlabel letter\ntype wxm\nsettle 200\nlabel filler\nkey Backspace x3\nlabel digit\ntype 2510\nsettle 200\n' >"$work/keys"
	"$python" "$ttybench" --repeat 3 --script "$work/keys" --budget 'groups.letter.last_ms.p50<=3' --budget 'groups.digit.last_ms.p50<=3' \
		-- "$overpass" --store "sqlite:$db" --as front_desk.1 || missed=1
fi
OV_SRCDIR=$OV_SRCDIR "$build/tests/bench/search_client" "$db" "$work" "${OV_BENCH_ROUNDS:-20}" \
	"$([ "${OV_BENCH_FTS5-yes}" = no ] || echo fts5)" || missed=1
exit $missed
