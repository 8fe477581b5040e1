/* Themes from files; the language of themes/NAME.ini is in theme.h. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/i18n.h"
#include "core/config/ini.h"
#include "core/model/reason.h"
#include "tui/theme.h"

static bool color_parse(const char *text, int *color)
{
	static const char *const names[] = { "black", "red", "green", "yellow", "blue",
					     "magenta", "cyan", "white" };
	int bright = 0, i;
	int64_t number;

	if (strcmp(text, "default") == 0) {
		*color = THEME_DEFAULT;
		return true;
	}
	if (ini_number(text, 16, 255, &number)) {
		*color = (int)number;
		return true;
	}
	if (strncmp(text, "bright-", 7) == 0) {
		bright = 8;
		text += 7;
	}
	for (i = 0; i < 8; i++) {
		if (strcmp(text, names[i]) == 0) {
			*color = i + bright;
			return true;
		}
	}
	return false;
}

static bool attribute_parse(const char *text, struct theme_style *style)
{
	if (strcmp(text, "bold") == 0)
		style->bold = true;
	else if (strcmp(text, "underline") == 0)
		style->underline = true;
	else if (strcmp(text, "reverse") == 0)
		style->reverse = true;
	else if (strcmp(text, "dim") == 0)
		style->dim = true;
	else
		return false;
	return true;
}

/* "yellow on default, bold": colours first, then attributes; any may miss. */
static bool style_parse(const char *value, struct arena *arena, struct theme_style *style)
{
	char *copy = arena_strdup(arena, value), *save = NULL, *word;
	bool ground = false, first = true;

	*style = (struct theme_style){ .fg = THEME_DEFAULT, .bg = THEME_DEFAULT };
	for (word = strtok_r(copy, " ,\t", &save); word; word = strtok_r(NULL, " ,\t", &save)) {
		if (strcmp(word, "on") == 0 && !ground)
			ground = true;
		else if (ground && color_parse(word, &style->bg))
			ground = false;
		else if (ground || (!attribute_parse(word, style) &&
				    !(first && color_parse(word, &style->fg))))
			return false;
		first = false;
	}
	return !ground;
}

static int entry_take(struct theme *theme, const struct ini *ini, const struct ini_entry *entry,
		      struct arena *arena, struct error *err)
{
	const char *known[THEME_ROLES];
	int i;

	if (strcmp(entry->section, "theme") == 0 && strcmp(entry->key, "background") == 0) {
		theme->light = strcmp(entry->value, "light") == 0;
		if (!theme->light && strcmp(entry->value, "dark") != 0)
			return ini_value_error(ini, entry, _("dark or light"), err);
		return 0;
	}
	for (i = 0; i < THEME_ROLES; i++) {
		known[i] = theme_role_name((enum theme_role)i);
		if (strcmp(entry->section, "roles") != 0 || strcmp(entry->key, known[i]) != 0)
			continue;
		if (style_parse(entry->value, arena, &theme->style[i]))
			return 0;
		return ini_value_error(ini, entry,
				       _("colours and attributes such as: yellow on default, bold"),
				       err);
	}
	return ini_key_error(ini, entry, entry->key, known, THEME_ROLES, err);
}

int theme_load_file(struct theme *theme, const char *name, const char *path, struct error *err)
{
	struct theme made;
	struct ini ini;
	struct arena arena = ARENA_INIT;
	size_t i;
	int rc = ini_load(path, &ini, err);

	if (rc)
		return rc;
	theme_init(&made);
	for (i = 0; i < ini.count && !rc; i++)
		rc = entry_take(&made, &ini, &ini.entries[i], &arena, err);
	arena_release(&arena);
	ini_release(&ini);
	if (rc)
		return rc;
	*theme = made;
	snprintf(theme->name, sizeof theme->name, "%s", name);
	return 0;
}

/* A name is no path: letters, digits and '-' only. */
static bool name_ok(const char *name)
{
	size_t i;

	for (i = 0; name[i]; i++) {
		if (!isalnum((unsigned char)name[i]) && name[i] != '-')
			return false;
	}
	return i > 0 && i < 31;
}

int theme_load(struct theme *theme, const char *name, const char *const *dirs,
	       struct error *err)
{
	struct arena arena = ARENA_INIT;
	int rc = 1;

	for (; name_ok(name) && *dirs && rc == 1; dirs++) {
		const char *path = arena_printf(&arena, "%s/%s.ini", *dirs, name);

		if (access(path, R_OK) == 0)
			rc = theme_load_file(theme, name, path, err);
	}
	arena_release(&arena);
	if (rc == 1)
		return error_reason(err, REASON_OPTION_VALUE, "key", "ui.theme", "expected",
				    _("the name of a theme: day, night, high-contrast or mono"),
				    NULL);
	return rc;
}
