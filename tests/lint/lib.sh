# lib.sh: what the lint tests share. A lint looks at the source tree, prints TAP
# (one case a rule) and names each place that breaks the rule.
set -u
export LC_ALL=C.UTF-8
cd "${OV_SRCDIR:?run it through tests/run}" || exit 1

cases=0
broken=0

# lint TITLE TEXT: passed when TEXT, the places that break the rule, is empty.
lint() {
	cases=$((cases + 1))
	if [ -z "$2" ]; then
		echo "ok $cases - $1"
	else
		broken=$((broken + 1))
		echo "not ok $cases - $1"
		printf '%s\n' "$2" | sed 's/^/# /'
	fi
}

lint_skip() { # TITLE REASON
	cases=$((cases + 1))
	echo "ok $cases - $1 # SKIP $2"
}

lint_end() {
	echo "1..$cases"
	exit $((broken > 0))
}

# The C files of the project, sorted; arguments are folders.
c_files() {
	local folder
	for folder in "${@:-core tui cli server tests}"; do
		# shellcheck disable=SC2086 # the default is a list of words
		find $folder -name '*.[ch]' 2>/dev/null
	done | sort
}

# Prints "FILE:LINE:CODE" of the given files without comments, and with string
# and character literals emptied, so that words in them are not taken for code.
c_code() {
	awk '
	FNR == 1 { inside = 0 }
	{
		line = $0
		out = ""
		while (line != "") {
			if (inside) {
				if ((at = index(line, "*/")) == 0) { line = ""; break }
				line = substr(line, at + 2)
				inside = 0
				continue
			}
			if (!match(line, /\/\*|\/\/|"|\047/)) { out = out line; break }
			out = out substr(line, 1, RSTART - 1)
			mark = substr(line, RSTART, RLENGTH)
			line = substr(line, RSTART + RLENGTH)
			if (mark == "//") break
			if (mark == "/*") { inside = 1; continue }
			while (line != "") {
				c = substr(line, 1, 1)
				line = substr(line, c == "\\" ? 3 : 2)
				if (c == mark) break
			}
			out = out mark mark
		}
		if (out ~ /[^ \t]/)
			print FILENAME ":" FNR ":" out
	}' "$@"
}

# Splits COMMAND… over the cores, one file each; prints all they print.
each_file() { some_files 1 "$@"; }

# The same with COUNT files each, for what takes long to start.
some_files() { # COUNT COMMAND…
	local count=$1
	shift
	xargs -r -P "$(nproc)" -n "$count" "$@"
}
