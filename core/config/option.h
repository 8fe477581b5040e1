/* option.h: the option table.
 *
 * A row of option_list.h is the definition of an option; from it come the key
 * of overpass.ini, the variable of the environment, the flag, the help, the
 * manual page and `overpass config`. Later sources win: built-in, system file,
 * user file, environment, command line. Each value remembers its source. */
#ifndef OV_CONFIG_OPTION_H
#define OV_CONFIG_OPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "core/base/error.h"

enum option {
#define O(id, name, type, value, min, max, choices, flag, help) OPT_##id,
#include "core/config/option_list.h"
#undef O
	OPT_COUNT
};

enum option_type { OPTION_TEXT, OPTION_NUMBER, OPTION_CHOICE };

enum option_source {
	OPTION_BUILT_IN, OPTION_SYSTEM, OPTION_USER, OPTION_ENVIRONMENT, OPTION_COMMAND_LINE
};

struct option_def {
	const char *name;    /* "ui.theme" */
	enum option_type type;
	const char *value;   /* built-in */
	int64_t min, max;    /* of OPTION_NUMBER */
	const char *choices; /* of OPTION_CHOICE, separated by | */
	const char *flag;    /* "--theme", "" for none; it takes one value */
	const char *help;    /* untranslated */
};

struct option_value {
	const char *text;
	int64_t number; /* of OPTION_NUMBER; of OPTION_CHOICE the choice's place from 0 */
	enum option_source source;
	const char *place; /* "FILE:LINE", "OVERPASS_UI_THEME", "--theme"; "" when built in */
};

struct options {
	struct option_value value[OPT_COUNT];
	struct arena arena;
};

const struct option_def *option_def(enum option option);
enum option option_find(const char *name); /* OPT_COUNT when unknown */
enum option option_find_flag(const char *flag);
/* "OVERPASS_UI_THEME" */
char *option_variable(enum option option, char *out, size_t size);

void options_init(struct options *options); /* built-in values */
void options_release(struct options *options);

/* Files and environment. CONFIG_FILE (NULL for none) stands in place of system
 * and user file and must exist; those two need not. Returns 0, or OV_EUSAGE or
 * OV_EINPUT with file, line and key: an unknown key is refused with the nearest
 * known one. After an error the values are those before the bad one. */
int options_load(struct options *options, const char *config_file, struct error *err);
/* One value from a flag. OPTION_VALUE (OV_EUSAGE) when it is not allowed. */
int option_set(struct options *options, enum option option, const char *text,
	       enum option_source source, const char *place, struct error *err);

const char *option_text(const struct options *options, enum option option);
int64_t option_number(const struct options *options, enum option option);
/* Is the value of a choice this one? */
bool option_is(const struct options *options, enum option option, const char *choice);
/* "built in", "system file", … translated */
const char *option_source_label(enum option_source source);

#endif
