#!/usr/bin/env bash
# Every text that a person sees is marked, and translated into Chinese with the
# same parameters.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

for tool in xgettext msgcat msgfmt msgattrib; do
	command -v $tool >/dev/null && continue
	lint_skip "translations" "$tool is not installed"
	lint_end
done

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
keywords=(--language=C --from-code=UTF-8 --keyword= --keyword=_ --keyword=N_ "--keyword=ngettext:1,2")

lint "fragments have a header and parse" \
	"$(for file in po/zh_CN.d/*.po; do
		msgfmt --check-format -o /dev/null "$file" 2>&1
		grep -q 'charset=UTF-8' "$file" || echo "$file: no header with charset=UTF-8"
	done)"
msgcat --use-first --force-po --no-wrap -o "$work/zh.po" po/zh_CN.d/*.po
c_files core tui cli server | xgettext "${keywords[@]}" --no-wrap -f - -o "$work/all.pot" 2>"$work/said"
lint "texts are plain literals" "$(grep -v 'warning: The msgid contains' "$work/said")"
lint "nothing is fuzzy" "$(msgattrib --only-fuzzy --no-wrap "$work/zh.po" | grep '^msgid "..*"')"
# The texts of a catalogue, one a line, sorted; with "said" the translated ones.
texts() { # FILE [said]
	awk -v want="${2-}" '
	function flush() {
		gsub(/""/, "", id)
		gsub(/""/, "", said)
		if (id != "" && id != "\"\"" && (want == "" || said != ""))
			print id
		id = said = ""
		into = 0
	}
	/^#~/ { next }
	/^msgid / { flush(); id = substr($0, 7); into = 1; next }
	/^msgid_plural / { into = 0; next }
	/^msgstr/ { sub(/^msgstr(\[[0-9]+\])? /, ""); said = said $0; into = 2; next }
	/^"/ { if (into == 1) id = id $0; else if (into == 2) said = said $0 }
	END { flush() }' "$1" | sort -u
}
lint "every text is translated" \
	"$(comm -23 <(texts "$work/all.pot") <(texts "$work/zh.po" said) | head -n 60)"
lint "no translation is left over" \
	"$(comm -13 <(texts "$work/all.pot") <(texts "$work/zh.po") | head -n 60)"

# "a {x} b %d" → the sorted list of its parameters.
lint "translations keep {parameters} and formats" \
	"$(msgattrib --translated --no-wrap "$work/zh.po" | awk '
	function parameters(text,    list, found, n, i, j, swap) {
		n = 0
		while (match(text, /\{[a-z_]+\}|%[-+ #0-9.*lzjht]*[diouxXeEfgGcsp]/)) {
			found[++n] = substr(text, RSTART, RLENGTH)
			text = substr(text, RSTART + RLENGTH)
		}
		for (i = 1; i < n; i++)
			for (j = i + 1; j <= n; j++)
				if (found[j] < found[i]) { swap = found[i]; found[i] = found[j]; found[j] = swap }
		list = ""
		for (i = 1; i <= n; i++)
			list = list found[i] " "
		return list
	}
	function flush() {
		if (id != "" && parameters(id) != parameters(said))
			print id " → " said
		id = said = ""
	}
	/^msgid / { flush(); id = substr($0, 7); into = 1; next }
	/^msgid_plural / { into = 0; next }
	/^msgstr/ { sub(/^msgstr(\[[0-9]+\])? /, ""); said = $0; into = 2; next }
	/^"/ { if (into == 1) id = id $0; else if (into == 2) said = said $0; next }
	/^$/ { into = 0 }
	END { flush() }')"

# A literal of two or more words in the layers that speak to people is a text,
# unless it is marked, is a format of numbers only, SQL, or names a thing.
lint "visible texts are marked" \
	"$(c_files tui cli | grep '\.c$' | xargs grep -nE '"[^"]*[A-Za-z]{2,} [A-Za-z]{2,}[^"]*"' /dev/null |
		grep -vE '\b(N?_|ngettext)\(|^[^:]*:[0-9]+:[[:space:]]*(/?\*|//|#|")|lint: not for people|^cli/(manual|completion)\.c:|"overpass \[|"%zu passed, ' |
		cut -c1-160)"
lint_end
