#include "core/codec/calendar_file.h"

#include <string.h>

#include "core/config/ini.h"

static int head_read(const struct ini *ini, const struct ini_entry *entry,
		     struct calendar_load_args *args, struct arena *arena, struct error *err)
{
	static const char *const known[] = { "year", "version", "source", "published_on" };
	size_t at = 0;

	while (at < 4 && strcmp(entry->key, known[at]) != 0)
		at++;
	switch (at) {
	case 0:
		return ini_number(entry->value, 1990, 2100, &args->year) ? 0 :
		       ini_line_error(ini, entry->line, _("a year from 1990 to 2100 is expected"), err);
	case 1:
		args->version = arena_strdup(arena, entry->value);
		return 0;
	case 2:
		args->source = arena_strdup(arena, entry->value);
		return 0;
	case 3:
		return date_parse(entry->value, &args->published_on) ? 0 :
		       ini_line_error(ini, entry->line, _("a day like 2026-11-04 is expected"), err);
	default:
		return ini_key_error(ini, entry, entry->key, known, 4, err);
	}
}

static int day_read(const struct ini *ini, const struct ini_entry *entry,
		    struct calendar_load_args *args, struct arena *arena, struct error *err)
{
	struct calendar_day_item *item = record_new(arena, &calendar_day_item_fields);
	size_t len = strcspn(entry->value, " \t");
	const char *name = entry->value + len + strspn(entry->value + len, " \t");

	if (!date_parse(entry->key, &item->on_date))
		return ini_line_error(ini, entry->line, _("a day like 2026-11-04 is expected before ="), err);
	item->kind = enum_find(&day_kind_enum, arena_strndup(arena, entry->value, len));
	if ((item->kind != DAY_HOLIDAY && item->kind != DAY_SWAPPED_WORKDAY) || !*name)
		return ini_line_error(ini, entry->line, _("HOLIDAY or SWAPPED_WORKDAY and a name are expected"), err);
	item->name = arena_strdup(arena, name);
	args->days->items[args->days->count++] = item;
	return 0;
}

static int entry_read(const struct ini *ini, const struct ini_entry *entry,
		      struct calendar_load_args *args, struct arena *arena, struct error *err)
{
	static const char *const sections[] = { "calendar", "days" };

	if (!strcmp(entry->section, "calendar"))
		return head_read(ini, entry, args, arena, err);
	if (!strcmp(entry->section, "days"))
		return day_read(ini, entry, args, arena, err);
	return ini_key_error(ini, entry, entry->section, sections, 2, err);
}

int calendar_file_read(const char *file, struct calendar_load_args *args, struct arena *arena,
		       struct error *err)
{
	struct ini ini;
	int rc = ini_load(file, &ini, err);

	if (rc < 0)
		return rc;
	args->days = arena_alloc(arena, sizeof *args->days);
	args->days->table = &calendar_day_item_fields;
	args->days->items = arena_array(arena, ini.count + 1, sizeof *args->days->items);
	for (size_t i = 0; i < ini.count && rc == 0; i++)
		rc = entry_read(&ini, &ini.entries[i], args, arena, err);
	if (rc == 0 && (args->year == OV_NULL || !args->version || !args->source))
		rc = ini_line_error(&ini, 1, _("[calendar] needs year, version and source"), err);
	ini_release(&ini);
	return rc;
}
