#include "core/config/option.h"

#include "core/base/civil.h"
#include "core/base/i18n.h"
#include "core/base/text.h"
#include "core/config/ini.h"
#include "core/config/paths.h"
#include "core/model/reason.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct option_def defs[OPT_COUNT] = {
#define O(id, name, type, value, min, max, choices, flag, help) \
	[OPT_##id] = { name, type, value, min, max, choices, flag, help },
#include "core/config/option_list.h"
#undef O
};

static const char *const names[OPT_COUNT] = {
#define O(id, name, type, value, min, max, choices, flag, help) name,
#include "core/config/option_list.h"
#undef O
};

const struct option_def *option_def(enum option option)
{
	return &defs[option];
}

enum option option_find(const char *name)
{
	for (int i = 0; i < OPT_COUNT; i++)
		if (!strcmp(defs[i].name, name))
			return (enum option)i;
	return OPT_COUNT;
}

enum option option_find_flag(const char *flag)
{
	for (int i = 0; i < OPT_COUNT; i++)
		if (*defs[i].flag && !strcmp(defs[i].flag, flag))
			return (enum option)i;
	return OPT_COUNT;
}

char *option_variable(enum option option, char *out, size_t size)
{
	snprintf(out, size, "OVERPASS_%s", defs[option].name);
	for (char *c = out; *c; c++)
		*c = *c == '.' ? '_' : (char)toupper((unsigned char)*c);
	return out;
}

/* The place of a word among the choices, -1 when it is none of them. */
static int64_t choice_find(const char *choices, const char *word)
{
	size_t len = strlen(word);

	for (int64_t at = 0; *choices; at++) {
		size_t have = strcspn(choices, "|");

		if (have == len && !memcmp(choices, word, len))
			return at;
		choices += have + (choices[have] == '|');
	}
	return -1;
}

/* Is TEXT a value of the option? Fills *number; writes what would be one. */
static bool value_read(const struct option_def *def, const char *text, int64_t *number,
		       char *expected, size_t size)
{
	switch (def->type) {
	case OPTION_NUMBER:
		snprintf(expected, size, _("a whole number from %lld to %lld"),
			 (long long)def->min, (long long)def->max);
		return ini_number(text, def->min, def->max, number);
	case OPTION_CHOICE:
		snprintf(expected, size, _("one of %s"), def->choices);
		*number = choice_find(def->choices, text);
		return *number >= 0;
	case OPTION_TEXT:
		break;
	}
	snprintf(expected, size, "%s", _("a line of text in UTF-8"));
	*number = OV_NULL;
	return utf8_valid(text, strlen(text)) && !text_has_control(text);
}

static void value_set(struct options *options, enum option option, const char *text,
		      int64_t number, enum option_source source, const char *place)
{
	options->value[option] = (struct option_value){
		.text = arena_strdup(&options->arena, text), .number = number,
		.source = source, .place = arena_strdup(&options->arena, place),
	};
}

void options_init(struct options *options)
{
	char expected[128];

	arena_init(&options->arena);
	for (int i = 0; i < OPT_COUNT; i++) {
		int64_t number = OV_NULL;

		value_read(&defs[i], defs[i].value, &number, expected, sizeof expected);
		value_set(options, (enum option)i, defs[i].value, number, OPTION_BUILT_IN, "");
	}
}

void options_release(struct options *options)
{
	arena_release(&options->arena);
}

int option_set(struct options *options, enum option option, const char *text,
	       enum option_source source, const char *place, struct error *err)
{
	char expected[128];
	int64_t number;
	int rc;

	if (!value_read(&defs[option], text, &number, expected, sizeof expected)) {
		rc = error_reason(err, REASON_OPTION_VALUE, "key",
				  *place ? place : defs[option].name,
				  "expected", expected, NULL);
		snprintf(err->place, sizeof err->place, "%s", place);
		return rc;
	}
	value_set(options, option, text, number, source, place);
	return 0;
}

static int entry_set(struct options *options, const struct ini *ini,
		     const struct ini_entry *entry, enum option_source source,
		     struct error *err)
{
	char name[256], place[512], expected[128];
	enum option option;
	int64_t number;

	snprintf(name, sizeof name, "%s%s%s", entry->section, *entry->section ? "." : "",
		 entry->key);
	option = option_find(name);
	if (option == OPT_COUNT)
		return ini_key_error(ini, entry, name, names, OPT_COUNT, err);
	if (!value_read(&defs[option], entry->value, &number, expected, sizeof expected))
		return ini_value_error(ini, entry, expected, err);
	snprintf(place, sizeof place, "%s:%d", ini->file, entry->line);
	value_set(options, option, entry->value, number, source, place);
	return 0;
}

static int file_load(struct options *options, const char *path, enum option_source source,
		     struct error *err)
{
	struct ini ini;
	int rc = ini_load(path, &ini, err);

	for (size_t i = 0; !rc && i < ini.count; i++)
		rc = entry_set(options, &ini, &ini.entries[i], source, err);
	ini_release(&ini);
	return rc;
}

static int environment_load(struct options *options, struct error *err)
{
	int rc = 0;

	for (int i = 0; !rc && i < OPT_COUNT; i++) {
		char variable[64];
		const char *value = getenv(option_variable((enum option)i, variable,
							   sizeof variable));

		if (value)
			rc = option_set(options, (enum option)i, value, OPTION_ENVIRONMENT,
					variable, err);
	}
	return rc;
}

int options_load(struct options *options, const char *config_file, struct error *err)
{
	const char *path;
	int rc = 0;

	if (config_file) {
		rc = file_load(options, config_file, OPTION_USER, err);
	} else {
		path = path_system_config(&options->arena);
		if (access(path, F_OK) == 0)
			rc = file_load(options, path, OPTION_SYSTEM, err);
		path = path_join(&options->arena, path_config_home(&options->arena),
				 "overpass.ini");
		if (!rc && access(path, F_OK) == 0)
			rc = file_load(options, path, OPTION_USER, err);
	}
	return rc ? rc : environment_load(options, err);
}

const char *option_text(const struct options *options, enum option option)
{
	return options->value[option].text;
}

int64_t option_number(const struct options *options, enum option option)
{
	return options->value[option].number;
}

bool option_is(const struct options *options, enum option option, const char *choice)
{
	return !strcmp(options->value[option].text, choice);
}

const char *option_source_label(enum option_source source)
{
	static const char *const labels[] = {
		[OPTION_BUILT_IN] = N_("built in"), [OPTION_SYSTEM] = N_("system file"),
		[OPTION_USER] = N_("user file"), [OPTION_ENVIRONMENT] = N_("environment"),
		[OPTION_COMMAND_LINE] = N_("command line"),
	};

	return _(labels[source]);
}
