#!/usr/bin/env bash
# Who may include whom: tui → core ← server, cli → core; one file for each
# external library that is wrapped. docs/architecture.md says why.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

includes() { grep -snE '^[[:space:]]*#[[:space:]]*include' "$@" /dev/null; }

# only_in TITLE HEADER-PATTERN ALLOWED-PATTERN: files outside ALLOWED that include it.
only_in() {
	lint "$1" "$(c_files core tui cli server | xargs grep -nE \
		"^[[:space:]]*#[[:space:]]*include[[:space:]]*[<\"]($2)[>\"]" | grep -vE "^($3):")"
}

mapfile -t core < <(c_files core)
mapfile -t cli < <(c_files cli)
mapfile -t server < <(c_files server)
mapfile -t tui < <(c_files tui)

lint "core includes only core" \
	"$(includes "${core[@]}" | grep -E '"(tui|cli|server|tests)/')"
lint "tui includes only tui and core" \
	"$(includes "${tui[@]}" | grep -E '"(cli|server|tests)/')"
lint "cli includes only cli, core and the door of tui" \
	"$(includes "${cli[@]}" | grep -E '"(tui|server|tests)/' | grep -vF '"tui/tui.h"')"
lint "server includes only server and core" \
	"$(includes "${server[@]}" | grep -E '"(tui|cli|tests)/')"
lint "core/planner knows only base and model" \
	"$(includes core/planner/*.[ch] | grep -E '"core/(rules|store|db|codec|config)/')"
lint "core/base and core/model stand alone, core/rules on them" \
	"$(includes core/base/*.[ch] | grep -E '"core/(model|rules|store|db|codec|config)/'
	includes core/model/*.[ch] | grep -E '"core/(rules|store|db|codec|config)/'
	includes core/rules/*.[ch] | grep -E '"core/(store|db|codec|config)/')"
lint "no path with a dot, quotes for ours" \
	"$(c_files core tui cli server tests | xargs grep -nE '^[[:space:]]*#[[:space:]]*include[[:space:]]*"(\.|[^/"]*")' |
		grep -vE '"config\.h"')"
only_in "only tui includes curses" '(ncursesw/)?(n?curses|term|panel|menu|form)\.h' 'tui/.*'
only_in "one file includes sqlite3.h" 'sqlite3\.h' 'core/db/db_sqlite\.c'
only_in "one file includes libpq-fe.h" 'libpq(-fe|/.*)\.h' 'core/db/pg_line\.c'
only_in "one file includes iniparser.h" '(iniparser/)?(iniparser|dictionary)\.h' 'core/config/ini\.c'
only_in "one file includes curl" 'curl/.*' 'core/store/store_rest_http\.c'
only_in "only the server includes microhttpd" 'microhttpd\.h' 'server/http\.c'
only_in "only base/hash includes sodium" 'sodium(/.*)?\.h' 'core/base/.*'
only_in "one file includes qrencode.h" 'qrencode\.h' 'core/codec/qr\.c'
only_in "one file includes pango and cairo" '(pango/|cairo).*' 'core/report/paper\.c'
lint_end
