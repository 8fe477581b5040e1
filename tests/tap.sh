# shellcheck shell=bash
# tap.sh: what the shell tests of the programs share. Sourced; each has its own
# $work, ends with "1..$cases" and with a status that says whether $bad is 0.
# shellcheck disable=SC2034,SC2154
cases=0
bad=0

result() { # TITLE COMPLAINT
	cases=$((cases + 1))
	if [ -n "$2" ]; then
		bad=$((bad + 1))
		echo "not ok $cases - $1"
		printf '%s\n' "$2" | head -n 12 | sed 's/^/# /'
	else
		echo "ok $cases - $1"
	fi
}

skip() { # TITLE REASON
	cases=$((cases + 1))
	echo "ok $cases - $1 # SKIP $2"
}

# What is wrong with the last answer, if anything: $status, and the files out and
# err in $work.
says() { # STATUS FILE PATTERN
	[ "$status" = "$1" ] || { echo "exit status $status, not $1"; head -n 3 "$work/err"; }
	grep -qE -- "$3" "$work/$2" || { echo "std$2 doesn't say: $3"; head -n 5 "$work/$2"; }
}
