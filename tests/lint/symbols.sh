#!/usr/bin/env bash
# No name stands for two things: of a function that two of our libraries define
# the linker takes whichever it sees first, and says nothing.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

build=${OV_BUILDDIR:-.}
twice=$(nm --defined-only -A "$build"/lib*.a 2>/dev/null |
	awk '$2 ~ /^[TDBRC]$/ { split($1, at, ":"); print $3, at[1] ":" at[2] }' | sort -u |
	awk '$1 == name { print name ": " place " and " $2 } { name = $1; place = $2 }' |
	sed "s|$build/||g")

lint "no name stands for two things" "$twice"
lint_end
