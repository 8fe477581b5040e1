#include "core/config/planner.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "core/base/civil.h"
#include "core/base/i18n.h"
#include "core/config/ini.h"
#include "core/config/paths.h"

struct planner_row {
	const char *section, *key;
	size_t offset;
	int32_t fallback, least, most;
};

static const struct planner_row rows[] = {
#define PLANNER_ROW(section, key, fallback, least, most) \
	{ #section, #key, offsetof(struct planner_options, key), fallback, least, most },
	PLANNER_OPTIONS(PLANNER_ROW)
#undef PLANNER_ROW
};

enum { ROWS = sizeof rows / sizeof rows[0] };

static int32_t *value_at(struct planner_options *options, const struct planner_row *row)
{
	return (int32_t *)(void *)((char *)options + row->offset);
}

void planner_options_init(struct planner_options *options)
{
	for (size_t i = 0; i < ROWS; i++)
		*value_at(options, &rows[i]) = rows[i].fallback;
}

int64_t planner_ratio(const struct planner_options *options, int64_t rank)
{
	const int32_t ratio[] = { options->rank_1, options->rank_2, options->rank_3,
				  options->rank_4, options->rank_5 };

	return rank < 1 || rank > 5 || !ratio[rank - 1] ? OV_NULL : ratio[rank - 1];
}

static const struct planner_row *row_find(const struct ini_entry *entry)
{
	for (size_t i = 0; i < ROWS; i++)
		if (!strcmp(rows[i].section, entry->section) && !strcmp(rows[i].key, entry->key))
			return &rows[i];
	return NULL;
}

static int entry_read(const struct ini *ini, const struct ini_entry *entry,
		      struct planner_options *options, struct error *err)
{
	const struct planner_row *row = row_find(entry);
	const char *known[ROWS];
	char name[200], range[96];
	struct arena arena = ARENA_INIT;
	int64_t number;
	int rc;

	if (row && ini_number(entry->value, row->least, row->most, &number)) {
		*value_at(options, row) = (int32_t)number;
		return 0;
	}
	if (row) {
		snprintf(range, sizeof range, _("a whole number from %d to %d"), row->least, row->most);
		return ini_value_error(ini, entry, range, err);
	}
	for (size_t i = 0; i < ROWS; i++)
		known[i] = arena_printf(&arena, "%s.%s", rows[i].section, rows[i].key);
	snprintf(name, sizeof name, "%.80s.%.80s", entry->section, entry->key);
	rc = ini_key_error(ini, entry, name, known, ROWS, err);
	arena_release(&arena);
	return rc;
}

/* What two keys say must go together. */
static int options_check(const struct ini *ini, const struct planner_options *options,
			 struct error *err)
{
	if (options->first_min + options->meeting_min > options->last_min)
		return ini_line_error(ini, 1, _("a meeting must fit between day.first_min and day.last_min"),
				      err);
	if (options->meeting_min % options->grain_min)
		return ini_line_error(ini, 1, _("day.meeting_min must be a multiple of day.grain_min"), err);
	return 0;
}

int planner_options_load(const char *file, struct planner_options *options, struct error *err)
{
	struct arena arena = ARENA_INIT;
	const char *path = file && *file ? file : path_program_file(&arena, "data/planner.ini", err);
	struct ini ini = { .count = 0 };
	int rc = path ? ini_load(path, &ini, err) : err->code;

	planner_options_init(options);
	if (rc == 0) {
		for (size_t i = 0; i < ini.count && rc == 0; i++)
			rc = entry_read(&ini, &ini.entries[i], options, err);
		if (rc == 0)
			rc = options_check(&ini, options, err);
		ini_release(&ini);
	}
	arena_release(&arena);
	return rc;
}
