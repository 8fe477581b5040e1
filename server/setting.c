#include "server/setting.h"

#include <stdio.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/config/ini.h"
#include "core/model/reason.h"

static const struct setting_def defs[SETTING_COUNT] = {
#define S(id, name, takes, built_in, sentence) \
	[SET_##id] = { .key = name, .argument = takes, .value = built_in, .help = sentence },
#include "server/setting_list.h"
#undef S
};

const struct setting_def *setting_def(enum setting setting)
{
	return &defs[setting];
}

enum setting setting_flag(const char *flag)
{
	for (int i = 0; i < SETTING_COUNT; i++) {
		const char *key = defs[i].key, *at = flag + 2;

		if (strncmp(flag, "--", 2) != 0)
			break;
		while (*key && (*key == *at || (*key == '_' && *at == '-'))) {
			key++;
			at++;
		}
		if (!*key && !*at)
			return (enum setting)i;
	}
	return SETTING_COUNT;
}

/* "16-100000" of a row that takes a number. */
static bool range_of(const char *argument, int64_t *min, int64_t *max)
{
	const char *dash = strchr(argument, '-');
	char low[24];

	if (!strcmp(argument, "SECONDS")) {
		*min = -43200;
		*max = 50400;
		return true;
	}
	if (!dash || *argument < '0' || *argument > '9')
		return false;
	snprintf(low, sizeof low, "%.*s", (int)(dash - argument), argument);
	return ini_number(low, 0, INT64_MAX, min) && ini_number(dash + 1, 0, INT64_MAX, max);
}

static bool choice_of(const char *argument, const char *value)
{
	size_t len = strlen(value);

	while (*argument) {
		size_t part = strcspn(argument, "|");

		if (part == len && !strncmp(argument, value, len))
			return true;
		argument += part + (argument[part] == '|');
	}
	return false;
}

static bool good(const struct setting_def *def, const char *value)
{
	int64_t min, max, number;

	if (range_of(def->argument, &min, &max))
		return ini_number(value, min, max, &number);
	return !strchr(def->argument, '|') || choice_of(def->argument, value);
}

static int read_file(struct settings *settings, const char *file, struct error *err)
{
	const char *known[SETTING_COUNT];
	struct ini ini;
	int rc = ini_load(file, &ini, err);

	for (size_t i = 0; i < SETTING_COUNT; i++)
		known[i] = defs[i].key;
	for (size_t i = 0; rc == 0 && i < ini.count; i++) {
		const struct ini_entry *entry = &ini.entries[i];
		size_t k = 0;

		while (k < SETTING_COUNT && strcmp(known[k], entry->key) != 0)
			k++;
		if (k == SETTING_COUNT || strcmp(entry->section, "server") != 0)
			rc = ini_key_error(&ini, entry, entry->key, known, SETTING_COUNT, err);
		else if (!good(&defs[k], entry->value))
			rc = ini_value_error(&ini, entry, defs[k].argument, err);
		else
			settings->value[k] = arena_strdup(&settings->arena, entry->value);
	}
	ini_release(&ini);
	return rc;
}

int settings_read(struct settings *settings, const char *file, struct error *err)
{
	int rc;

	for (size_t i = 0; i < SETTING_COUNT; i++)
		settings->value[i] = defs[i].value;
	rc = file ? read_file(settings, file, err) : 0;
	for (size_t i = 0; rc == 0 && i < SETTING_COUNT; i++) {
		if (!settings->flag[i])
			continue;
		if (!good(&defs[i], settings->flag[i]))
			return error_reason(err, REASON_USAGE, "what",
					    arena_printf(&settings->arena, "%s: %s", defs[i].key,
							 defs[i].argument), NULL);
		settings->value[i] = settings->flag[i];
	}
	return rc;
}

void settings_release(struct settings *settings)
{
	arena_release(&settings->arena);
}

int64_t setting_number(const struct settings *settings, enum setting setting)
{
	int64_t value = 0;

	ini_number(settings->value[setting], INT64_MIN + 1, INT64_MAX, &value);
	return value;
}

bool setting_is(const struct settings *settings, enum setting setting, const char *value)
{
	return !strcmp(settings->value[setting], value);
}
