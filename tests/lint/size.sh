#!/usr/bin/env bash
# Files stay one idea: at most 600 lines. Functions over 60 lines are a report,
# over 100 an error.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

mapfile -t all < <(c_files core tui cli server tests)

# "LINES FILE:LINE NAME" of every function: from a "{" in column one to its "}".
functions() {
	awk '
	/^[A-Za-z_].*\(/ && !/;[ \t]*$/ { head = $0; sub(/\(.*/, "", head); sub(/.*[ *]/, "", head) }
	/^\{/ { start = FNR }
	/^\}/ { if (start) { print FNR - start - 1, FILENAME ":" start, head; start = 0 } }
	' "${all[@]}"
}

lint "files have at most 600 lines" \
	"$(wc -l "${all[@]}" | awk '$2 != "total" && $1 > 600 { print $2 ": " $1 " lines" }')"
lint "functions have at most 100 lines" \
	"$(functions | awk '$1 > 100 { print $2 ": " $3 " has " $1 " lines" }')"
functions | awk '$1 > 60 { print "# long: " $2 " " $3 ", " $1 " lines" }' | sort
lint_end
