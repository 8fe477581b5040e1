#!/usr/bin/env bash
# Calls that cannot be used safely, or that belong to main alone; words that
# mean unfinished work; sleeps in tests; paths of somebody's machine.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

mapfile -t all < <(c_files core tui cli server tests)
mapfile -t product < <(c_files core tui cli server)

calls() { # NAMES FILES...
	local names=$1
	shift
	c_code "$@" | grep -E "(^|[^A-Za-z0-9_>.])($names)[[:space:]]*\(" |
		cut -c1-160
}

lint "no unsafe string calls" \
	"$(calls 'strcpy|strcat|strncpy|stpcpy|sprintf|vsprintf|gets|strtok' "${all[@]}")"
lint "no number calls that cannot fail" "$(calls 'atoi|atol|atoll|atof' "${all[@]}")"
lint "no shell, no stack of unknown size" \
	"$(calls 'system|popen|alloca|tmpnam|mktemp|tempnam' "${all[@]}")"
lint "no calls with a hidden static answer" \
	"$(calls 'gmtime|localtime|ctime|asctime' "${product[@]}")"
lint "only main ends the process" \
	"$(mapfile -t library < <(c_files core tui)
	calls 'exit|_exit|quick_exit' "${library[@]}")"
lint "core prints nothing" \
	"$(mapfile -t core < <(c_files core)
	calls 'printf|vprintf|puts|putchar|perror' "${core[@]}")"
lint "no unfinished work" \
	"$(grep -nIiE '\b(todo|fixme|xxx|not implemented|stub|placeholder|for now|coming soon)\b' \
		"${all[@]}" configure.ac Makefile.am README.md docs/*.md bootstrap 2>/dev/null | cut -c1-160)"
lint "no sleeps in tests" \
	"$(grep -rnE '\b(usleep|nanosleep|sleep)[[:space:]]*\(?[[:space:]]*[0-9.]' tests \
		--include='*.c' --include='*.h' --include='*.sh' --include='*.py' | grep -v 'tests/lint/banned.sh' | cut -c1-160)"
lint "no paths of somebody's machine" \
	"$(find . \( -name .git -o -name autom4te.cache -o -name 'build*' \) -prune -o -type f \
		\( -name '*.[ch]' -o -name '*.mk' -o -name '*.am' -o -name '*.ac' -o -name '*.md' -o -name '*.sh' \
		-o -name '*.ini' -o -name '*.po' -o -name '*.py' -o -name run -o -name bootstrap \) -print0 |
		xargs -0 grep -nE '(^|[^A-Za-z0-9_./])/(work|farm|root|home/[a-z]+|Users)/' | grep -v 'tests/lint/banned.sh' | cut -c1-160)"
lint "tabs indent C, no blanks at line ends" \
	"$(grep -nE '^ {8,}|^ {2,}(if|for|while|return|switch)\b|[[:space:]]$' "${all[@]}" |
		grep -v '^[^:]*_list\.h:[0-9]*:  ' | cut -c1-120 | head -n 20)"
lint_end
