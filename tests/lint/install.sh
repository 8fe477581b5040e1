#!/usr/bin/env bash
# An installed Overpass stands alone: it finds its data, its translations and
# themes beside it, brings its manual and completion, and can be removed.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

cd "${OV_BUILDDIR:?run it through tests/run}" || exit 1
unset MAKEFLAGS MAKELEVEL MFLAGS
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
root=$work/root

said=$(make install DESTDIR="$root" 2>&1) && said=
lint "make install" "$said"
prefix=$root$(sed -n 's/^prefix = //p' Makefile)
overpass=$prefix/bin/overpass
cd "$work" || exit 1

# runs TITLE PATTERN COMMAND…: what the command says holds the pattern.
runs() {
	local title=$1 want=$2 said
	shift 2
	said=$("$@" 2>&1) && grep -q -e "$want" <<<"$said" && said=
	lint "$title" "$said"
}
store=sqlite:$work/world.db
runs "it makes a world from its own data" Created "$overpass" --store "$store" init --demo --students 2000
runs "it finds a learner" '[0-9]\{13\}' "$overpass" --store "$store" --json student find 王 --limit 5
runs "it speaks Chinese" '学员' "$overpass" --lang zh_CN --help
runs "it is content with itself" ok "$overpass" --store "$store" doctor
lint "doctor names no other place" \
	"$("$overpass" --store "$store" doctor | grep -E '^(data|translations) ' | grep -vF "$root")"
lint "themes are installed" "$(for theme in day night high-contrast mono; do
	[ -s "$prefix/share/overpass/themes/$theme.ini" ] || echo "$theme"
done)"
for page in man1/overpass.1 man5/overpass.ini.5 man8/overpassd.8; do
	if command -v mandoc >/dev/null; then
		lint "manual page $page" "$(mandoc -T lint -W error "$prefix/share/man/$page" 2>&1)"
	else
		lint "manual page $page" "$([ -s "$prefix/share/man/$page" ] || echo missing)"
	fi
done
units=$prefix/lib/systemd/system
lint "units are installed" "$(for unit in overpassd.service overpassd.socket; do
	[ -s "$units/$unit" ] || echo "$unit"
done
grep -n '@' "$units"/overpassd.service | grep -v 'SystemCallFilter=')"
if command -v systemd-analyze >/dev/null; then
	# Above 2.0 systemd no longer calls a service well locked in.
	lint "the service is locked in" "$(systemd-analyze security --offline=yes --threshold=20 "$units/overpassd.service" 2>&1 | grep -E 'UNSAFE|EXPOSED|MEDIUM|exceeds|Failed')"
else
	lint_skip "the service is locked in" "systemd-analyze is not here"
fi
lint "the completion parses" "$(bash -n "$prefix/share/bash-completion/completions/overpass" 2>&1)"
lint "nothing names the build" "$(grep -rIlF "$OV_BUILDDIR" "$root" 2>/dev/null)"

said=$(make -C "$OV_BUILDDIR" uninstall DESTDIR="$root" 2>&1) && said=
lint "make uninstall" "$said$(find "$root" -type f)"
lint_end
