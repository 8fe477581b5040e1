/* option_list.h: rows of the option table; see option.h. No include guard: it
 * is included once for each use.
 *   O(ID, name, type, default, min, max, choices, flag, help)
 * The name is section.key of overpass.ini, and OVERPASS_SECTION_KEY in the
 * environment. The flag is the command line's ("" for none). A range is for
 * numbers; choices are separated by |. */

O(STORE_URL, "store.url", OPTION_TEXT, "", 0, 0, "", "--store",
  N_("the store: sqlite:PATH, memory:, postgres://USER@HOST/DB, https://HOST; empty for the database in the user's data folder"))
O(STORE_LOGIN, "store.login", OPTION_TEXT, "", 0, 0, "", "--as",
  N_("the login that acts when none is named"))
O(STORE_EVIDENCE, "store.evidence", OPTION_TEXT, "", 0, 0, "", "",
  N_("the folder of evidence files of a store in PostgreSQL; empty for one in the user's data folder"))
O(STORE_CA_FILE, "store.ca_file", OPTION_TEXT, "", 0, 0, "", "",
  N_("a file with the certificates that prove an https store; empty for those of the system"))
O(SERVER_PUBLIC_URL, "server.public_url", OPTION_TEXT, "", 0, 0, "", "",
  N_("where people reach the server, for links made on the database itself: https://centre.example"))
O(UI_THEME, "ui.theme", OPTION_TEXT, "day", 0, 0, "", "--theme",
  N_("the theme: day, night, high-contrast, mono, or the name of a file of your own"))
O(UI_LANGUAGE, "ui.language", OPTION_CHOICE, "auto", 0, 0, "auto|en|zh_CN", "--lang",
  N_("the language of messages; auto follows the locale"))
O(UI_CURSOR, "ui.cursor", OPTION_CHOICE, "auto", 0, 0, "marker|bar|auto", "",
  N_("how the focused row is marked: a sign at its start, a bar, or what the terminal can do"))
O(UI_AMBIGUOUS, "ui.ambiguous", OPTION_CHOICE, "narrow", 0, 0, "narrow|wide", "",
  N_("how wide the terminal draws characters of ambiguous width"))
O(UI_ESCDELAY, "ui.escdelay", OPTION_NUMBER, "25", 0, 1000, "", "",
  N_("milliseconds to wait after Esc for the rest of a key; raise it on a slow line"))
O(UI_REVEAL_SECONDS, "ui.reveal_seconds", OPTION_NUMBER, "60", 5, 60, "", "",
  N_("seconds a revealed value stays on the screen"))
O(UI_LOCK_MINUTES, "ui.lock_minutes", OPTION_NUMBER, "10", 0, 240, "", "",
  N_("minutes without a key until the screen locks itself; 0 for never; a person may choose fewer"))
O(UI_LOCK_SECONDS, "ui.lock_seconds", OPTION_NUMBER, "0", 0, 3600, "", "",
  N_("the same in seconds, for a desk in the open where a minute is long; 0 for what ui.lock_minutes says"))
O(UI_COPY, "ui.copy", OPTION_CHOICE, "on", 0, 0, "on|off", "",
  N_("whether C-y may put a number into the terminal's clipboard"))
O(UI_KEYS, "ui.keys", OPTION_TEXT, "", 0, 0, "", "",
  N_("a file of key bindings that is laid over the built-in ones"))
O(CENTRE_CODE, "centre.code", OPTION_TEXT, "", 0, 0, "", "",
  N_("the code of the learning centre this desk belongs to"))
O(CENTRE_UTC_OFFSET, "centre.utc_offset", OPTION_NUMBER, "28800", -43200, 50400, "", "",
  N_("seconds east of UTC of the centre's clock"))
O(CENTRE_INSTITUTION, "centre.institution", OPTION_TEXT, "ouc", 0, 0, "", "",
  N_("the institution file whose number plan holds"))
O(PLANNER_FILE, "planner.file", OPTION_TEXT, "", 0, 0, "", "",
  N_("a file of limits and weights for planning; empty for the one that comes with the program"))
O(IMPORT_ENCODING, "import.encoding", OPTION_CHOICE, "auto", 0, 0, "auto|utf-8|gb18030", "--encoding",
  N_("the encoding of files to import; auto takes UTF-8 where it is valid"))
O(IMPORT_LINE_LIMIT, "import.line_limit", OPTION_NUMBER, "1048576", 1024, 67108864, "", "",
  N_("the longest line a file to import may have, in bytes"))
