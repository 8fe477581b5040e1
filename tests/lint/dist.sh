#!/usr/bin/env bash
# Every source file stands in a fragment, so that a tarball is whole; every
# fragment is included; scripts parse.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

fragments() { find . -name local.mk -not -path './build*' | sed 's|^\./||' | sort; }

mapfile -t made < <(fragments)

lint "every source file is listed in a fragment" \
	"$(words=$(cat Makefile.am "${made[@]}" | tr -s ' \t\\' '\n')
	c_files core tui cli server tests | while read -r file; do
		grep -qxF -e "$file" <<<"$words" && continue
		# the source of a program that names none is its own name with .c
		grep -qxF -e "${file%.c}" <<<"$words" || echo "$file"
	done)"
lint "every file that a fragment names is there" \
	"$(cat Makefile.am "${made[@]}" | grep -v '^#' | tr -s ' \t\\=+' '\n' |
		grep -E '^(core|tui|cli|server|tests|docs|po|themes|data)/[A-Za-z0-9_./-]+\.(c|h|sh|py|md|txt|ini)$' |
		sort -u | while read -r file; do [ -e "$file" ] || echo "$file"; done)"
lint "every fragment is included" \
	"$(for file in "${made[@]}"; do
		grep -rqxF "include $file" --include=Makefile.am --include=local.mk . || echo "$file"
	done)"

scripts() {
	grep -rlIE '^#!.*\b(ba)?sh$' bootstrap .ci tests docs data 2>/dev/null | sort
}
lint "scripts parse" "$(scripts | while read -r file; do bash -n "$file" 2>&1; done)"
lint "scripts may be run" "$(scripts | while read -r file; do [ -x "$file" ] || echo "$file"; done)"
if command -v shellcheck >/dev/null; then
	lint "shellcheck" "$(scripts | each_file shellcheck -x -f gcc -S warning 2>&1)"
else
	lint_skip "shellcheck" "shellcheck is not installed"
fi
lint_end
