#!/usr/bin/env bash
# Every header compiles alone and has a guard named after its place. A *_list.h
# is a table of rows that is included inside another, so it has neither.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

compile() {
	local said
	said=$(eval "\$OV_CC $OV_CPPFLAGS $OV_CFLAGS" -w -fsyntax-only -x c - <<<"#include \"$1\"" 2>&1) ||
		printf '%s does not compile alone\n%s\n' "$1" "$said" | head -n 4
}
export -f compile

headers() { c_files core tui cli server | grep '\.h$' | grep -v '_list\.h$'; }

if [ -z "${OV_CC-}" ]; then
	lint_skip "headers compile alone" "no compiler is given: run it through make check"
else
	lint "headers compile alone" "$(headers | each_file bash -c 'compile "$1"' _)"
fi
lint "headers have a guard OV_…_H" \
	"$(headers | while read -r file; do
		guard=$(sed -n 's/^#ifndef //p' "$file" | head -n 1)
		case $guard in OV_*_H) grep -q "^#define $guard\$" "$file" && continue ;; esac
		echo "$file"
	done)"
lint "guards are unique" \
	"$(headers | xargs sed -n 's/^#ifndef \(OV_.*_H\)$/\1/p' | sort | uniq -d)"
lint "headers say what they are for in their first line" \
	"$(headers | while read -r file; do
		head -n 1 "$file" | grep -qF "/* ${file##*/}: " || echo "$file"
	done)"
lint_end
