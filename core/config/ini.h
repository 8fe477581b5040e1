/* ini.h: INI files, as one wrapper of iniparser.
 *
 * A file is UTF-8 (with or without BOM, LF or CRLF): [section], key = value,
 * comments behind # or ; at the start of a line or after a value, values with
 * blanks at their ends, # or ; in "double quotes" with \" and \\ or in 'single
 * quotes', a backslash at the end of a line to go on in the next. That is
 * iniparser's language; where it drops text behind a closing quote, we keep the
 * whole with its quotes, so that nothing is lost unseen.
 *
 * What iniparser 4.1 does and we may not do: iniparser_load() prints to
 * stderr, folds keys to lower case, fails on lines of more than 1,024 bytes,
 * forgets line numbers and throws the whole file away for one bad line. So the
 * lines are scanned here, by the same rules, and iniparser's dictionary holds
 * and answers the values; iniparser_load() is not called. */
#ifndef OV_CONFIG_INI_H
#define OV_CONFIG_INI_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "core/base/error.h"

enum { INI_FILE_LIMIT = 1 << 20, INI_KEYS_MAX = 10000 };

struct ini_entry {
	const char *section; /* "" before the first [section] */
	const char *key, *value; /* case kept; the value may be "" */
	int line; /* from 1; the first of a continued value */
};

struct ini {
	const char *file;          /* for messages */
	struct ini_entry *entries; /* in file order */
	size_t count;
	struct arena arena;        /* holds all texts */
	struct _dictionary_ *names; /* iniparser's: "section:key" to value */
};

/* Reads a file. 0, or OV_EINPUT / OV_EUSAGE with file and line (FILE_OPEN,
 * FILE_LIMIT, FILE_NUL, FILE_BAD, INI_LINE), and then INI holds nothing. */
int ini_load(const char *path, struct ini *ini, struct error *err);
/* The same from memory; FILE is the name for messages. */
int ini_parse(const char *bytes, size_t len, const char *file, struct ini *ini,
	      struct error *err);
void ini_release(struct ini *ini);

/* The value, NULL when it is not there. The last of several counts. Section
 * and key must have the case of the file. */
const char *ini_get(const struct ini *ini, const char *section, const char *key);
/* The same, FALLBACK when it is not there. */
const char *ini_text(const struct ini *ini, const char *section, const char *key,
		     const char *fallback);
bool ini_has_section(const struct ini *ini, const char *section);

/* INI_KEY for an entry nobody knows, naming the nearest of KNOWN; these are
 * bare keys or "section.key", whichever the caller's format speaks of. */
int ini_key_error(const struct ini *ini, const struct ini_entry *entry, const char *name,
		  const char *const *known, size_t count, struct error *err);
/* INI_VALUE: the value must be EXPECTED (translated words). */
int ini_value_error(const struct ini *ini, const struct ini_entry *entry,
		    const char *expected, struct error *err);
/* FILE_BAD at a line, with translated words. */
int ini_line_error(const struct ini *ini, int line, const char *why, struct error *err);
/* Whole decimal numbers in [min, max]; false leaves *value alone. */
bool ini_number(const char *text, int64_t min, int64_t max, int64_t *value);

#endif
