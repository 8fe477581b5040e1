#!/usr/bin/env bash
# ledger verify and audit verify, beside hashing the same bytes with libsodium
# alone, on one thread, in the same run. OV_BENCH_ENTRIES (default 3,900,000,
# DOMAIN.md 11) and OV_BENCH_EVENTS (1,000,000); needs 2 GB of scratch space.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

entries=${OV_BENCH_ENTRIES:-3900000} events=${OV_BENCH_EVENTS:-1000000}
build=${OV_BUILDDIR:-$PWD}
[ -x "$build/tests/bench/ledger_verify" ] || make -s -C "$build" tests/bench/ledger_verify || exit 1
timed "$build/tests/bench/ledger_verify" "$entries" "$events" "$work/ledger.db"
{ read -r ledger ledger_floor ledger_cpu && read -r trail trail_floor trail_cpu; } <"$work/out"
head_line "verifying $entries entries, $events events"
row "ledger verify, best of 3" "$ledger ms" "$ledger_floor ms" "libsodium, the same bytes; 1.5 times" \
	"$(at_most $((ledger * 10)) $((ledger_floor * 15)))"
row "times the floor" "$((ledger * 100 / ledger_floor))%" "150%" "budget"
row "processor time of all threads" "$ledger_cpu ms" "" "$(nproc) processors"
row "audit verify, best of 3" "$trail ms" "$trail_floor ms" "libsodium, the same bytes; 1.5 times" \
	"$(at_most $((trail * 10)) $((trail_floor * 15)))"
row "times the floor" "$((trail * 100 / trail_floor))%" "150%" "budget"
row "processor time of all threads" "$trail_cpu ms" "" ""
exit $missed
