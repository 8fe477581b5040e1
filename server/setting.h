/* setting.h: the server's settings: built in, then a file, then flags. */
#ifndef OV_SERVER_SETTING_H
#define OV_SERVER_SETTING_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "core/base/error.h"

enum setting {
#define S(id, key, argument, value, help) SET_##id,
#include "server/setting_list.h"
#undef S
	SETTING_COUNT
};

struct settings {
	struct arena arena;
	const char *value[SETTING_COUNT];
	const char *flag[SETTING_COUNT]; /* given on the command line, or NULL */
};

struct setting_def {
	const char *key, *argument, *value, *help; /* help untranslated */
};

const struct setting_def *setting_def(enum setting setting);
/* "--idle-minutes" → SET_IDLE_MINUTES; SETTING_COUNT when unknown. */
enum setting setting_flag(const char *flag);

/* Built-in values, then FILE (NULL: none), then the flags. INI errors name file
 * and line; a value out of range is OV_EUSAGE. */
int settings_read(struct settings *settings, const char *file, struct error *err);
void settings_release(struct settings *settings);

int64_t setting_number(const struct settings *settings, enum setting setting);
bool setting_is(const struct settings *settings, enum setting setting, const char *value);

#endif
