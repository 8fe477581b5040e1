/* settings.h: what one person wants of the screen, kept in an INI file of the
 * user's configuration (people/LOGIN.ini) and changed from the program:
 *
 *	[person]
 *	theme = night
 *	language = zh_CN
 *	cursor = bar
 *	pane = claims
 *	lock_minutes = 5
 *
 * A line that is missing leaves what the program was started with; a flag or
 * a variable of the environment goes before both. */
#ifndef OV_TUI_SETTINGS_H
#define OV_TUI_SETTINGS_H

#include "core/model/field.h"

#define SETTINGS_FIELDS(F, REC) \
	F(REC, FT_TEXT, theme, .max = 31, .label = N_("Theme"), .help = N_("day, night, high-contrast, mono, or the name of a file of your own"), .width = 16) \
	F(REC, FT_ENUM, language, .enums = &settings_language_enum, .label = N_("Language"), .width = 10) \
	F(REC, FT_ENUM, cursor, .enums = &settings_cursor_enum, .label = N_("Marked row"), .help = N_("A bar costs more bytes on a slow line"), .width = 10) \
	F(REC, FT_ENUM, pane, .enums = &settings_pane_enum, .label = N_("First pane"), .help = N_("Shown at the next login"), .width = 10) \
	F(REC, FT_INT, lock_minutes, .min = 0, .max = 240, .label = N_("Lock after minutes"), .help = N_("Without a key; 0: only by hand. The centre's own limit is never longer"), .width = 4)

extern const struct enum_table settings_language_enum, settings_cursor_enum, settings_pane_enum;

struct settings { SETTINGS_FIELDS(FIELD_MEMBER, settings) };
extern const struct field_table settings_fields;

/* All null in ARENA when there is no file. On an error (which names file and
 * line) what came before the bad line holds. */
int settings_load(const char *user_dir, const char *login, struct arena *arena,
		  struct settings *settings, struct error *err);
/* Written whole or not at all. */
int settings_save(const char *user_dir, const char *login, const struct settings *settings,
		  struct error *err);

#endif
