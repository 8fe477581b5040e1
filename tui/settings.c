#include "tui/settings.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/i18n.h"
#include "core/config/ini.h"
#include "core/config/paths.h"
#include "core/model/reason.h"

static const struct enum_value languages[] = { { "en", N_("English") }, { "zh_CN", N_("Chinese") } };
const struct enum_table settings_language_enum = { "language", languages, 2 };
/* In the order of enum cursor_style and enum pane. */
static const struct enum_value cursors[] = { { "auto", N_("as fits") }, { "marker", N_("a sign") },
					     { "bar", N_("a bar") } };
const struct enum_table settings_cursor_enum = { "cursor", cursors, 3 };
static const struct enum_value panes[] = { { "lookup", N_("Lookup") }, { "cohorts", N_("Cohorts") },
					   { "claims", N_("Claims") } };
const struct enum_table settings_pane_enum = { "pane", panes, 3 };

FIELD_TABLE(settings, SETTINGS_FIELDS, "settings", N_("settings"), false, NULL);

/* A server may have any logins; one that is no file name has no settings. */
static const char *path_make(const char *user_dir, const char *login, struct arena *arena)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789._-";

	if (!user_dir || !login || login[0] < 'a' || login[0] > 'z' || login[strspn(login, allowed)])
		return NULL;
	return arena_printf(arena, "%s/people/%s.ini", user_dir, login);
}

static int entry_take(const struct ini *ini, const struct ini_entry *entry, struct arena *arena,
		      struct settings *settings, struct error *err)
{
	const struct field *field = field_find(&settings_fields, entry->key);
	const char *known[8];
	size_t i;

	for (i = 0; i < settings_fields.count; i++)
		known[i] = settings_fields.fields[i].name;
	if (!field || strcmp(entry->section, "person") != 0)
		return ini_key_error(ini, entry, entry->key, known, settings_fields.count, err);
	if (field_parse(field, entry->value, settings, arena, err) < 0)
		return ini_value_error(ini, entry, _("what the settings (C-x s) offer"), err);
	return 0;
}

int settings_load(const char *user_dir, const char *login, struct arena *arena,
		  struct settings *settings, struct error *err)
{
	const char *path = path_make(user_dir, login, arena);
	struct ini ini;
	size_t i;
	int rc;

	*settings = *(struct settings *)record_new(arena, &settings_fields);
	if (!path || access(path, F_OK) != 0)
		return 0;
	rc = ini_load(path, &ini, err);
	if (rc)
		return rc;
	for (i = 0; i < ini.count && !rc; i++)
		rc = entry_take(&ini, &ini.entries[i], arena, settings, err);
	ini_release(&ini);
	return rc;
}

static int file_write(const char *path, const struct buf *text, struct arena *arena,
		      struct error *err)
{
	const char *part = arena_printf(arena, "%s.part", path);
	int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	bool ok = fd >= 0 && write(fd, text->bytes, text->len) == (ssize_t)text->len;

	if (fd >= 0)
		ok = close(fd) == 0 && ok;
	if (ok && rename(part, path) == 0)
		return 0;
	error_reason(err, REASON_FILE_WRITE, "file", path, "why", strerror(errno), NULL);
	unlink(part);
	return err->code;
}

int settings_save(const char *user_dir, const char *login, const struct settings *settings,
		  struct error *err)
{
	struct arena arena = ARENA_INIT;
	const char *path = path_make(user_dir, login, &arena);
	struct buf text = BUF_INIT;
	char value[64];
	size_t i;
	int rc;

	if (!path)
		return error_reason(err, REASON_LOGIN_BAD, NULL);
	rc = path_make_folder(arena_printf(&arena, "%s/people", user_dir), err);
	buf_printf(&text, "; %s\n[person]\n", _("What this person wants of the screen; C-x s changes it"));
	for (i = 0; i < settings_fields.count; i++) {
		const struct field *field = &settings_fields.fields[i];

		if (!field_is_null(field, settings))
			buf_printf(&text, "%s = %s\n", field->name,
				   field_format(field, settings, value, sizeof value));
	}
	if (!rc)
		rc = file_write(path, &text, &arena, err);
	buf_release(&text);
	arena_release(&arena);
	return rc;
}
