#include "core/config/ini.h"

#include "core/base/i18n.h"
#include "core/base/nearest.h"
#include "core/base/text.h"
#include "core/model/reason.h"

#include <errno.h>
#include <iniparser/iniparser.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One reading of a file: where we are and what the next key belongs to. */
struct scan {
	struct ini *ini;
	const char *at, *end;
	const char *section;
	int line;       /* of the logical line in hand */
	int next_line;  /* of the physical line that comes next */
	size_t room;    /* entries allocated */
	struct error *err;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\v' || c == '\f' || c == '\r';
}

static char *strip(char *text)
{
	size_t len;

	while (is_blank(*text))
		text++;
	len = strlen(text);
	while (len && is_blank(text[len - 1]))
		len--;
	text[len] = '\0';
	return text;
}

static const char *number_text(int64_t number, char out[24])
{
	snprintf(out, 24, "%lld", (long long)number);
	return out;
}

static int line_refused(struct scan *scan, enum reason reason)
{
	char line[24];
	int rc = error_reason(scan->err, reason, "file", scan->ini->file,
			      "line", number_text(scan->line, line), NULL);

	snprintf(scan->err->place, sizeof scan->err->place, "%s:%d", scan->ini->file,
		 scan->line);
	return rc;
}

/* The next logical line: physical lines joined where one ends in a backslash. */
static char *next_line(struct scan *scan)
{
	struct buf line;
	bool more = true;
	char *copy;

	buf_init(&line, 0);
	scan->line = scan->next_line;
	while (more && scan->at < scan->end) {
		const char *eol = memchr(scan->at, '\n', (size_t)(scan->end - scan->at));
		size_t len = (size_t)((eol ? eol : scan->end) - scan->at);
		size_t keep = len;

		while (keep && is_blank(scan->at[keep - 1]))
			keep--;
		more = keep && scan->at[keep - 1] == '\\';
		buf_add(&line, scan->at, more ? keep - 1 : keep);
		scan->at += len + (eol != NULL);
		scan->next_line++;
	}
	copy = arena_strndup(&scan->ini->arena, buf_cstr(&line), line.len);
	buf_release(&line);
	return copy;
}

/* The closing quote of text, which begins with one; NULL when it is not closed
 * or more than a comment follows: then the quotes are part of the value. */
static char *quote_end(char *text)
{
	char *end = text + 1;

	while (*end && *end != *text)
		end += *text == '"' && *end == '\\' && end[1] ? 2 : 1;
	if (!*end)
		return NULL;
	for (text = end + 1; is_blank(*text);)
		text++;
	return *text && *text != '#' && *text != ';' ? NULL : end;
}

/* Takes quotes and comment off a value. */
static char *unquote(char *text)
{
	char *end = *text == '"' || *text == '\'' ? quote_end(text) : NULL;
	char *to = text, *from = text + 1;

	if (!end) {
		text[strcspn(text, "#;")] = '\0';
		return strip(text);
	}
	while (from < end) {
		if (*end == '"' && *from == '\\' && (from[1] == '"' || from[1] == '\\'))
			from++;
		*to++ = *from++;
	}
	*to = '\0';
	return text;
}

static void entry_add(struct scan *scan, const char *key, const char *value)
{
	struct ini *ini = scan->ini;
	const char *name;

	if (ini->count == scan->room) {
		size_t room = scan->room ? scan->room * 2 : 32;
		struct ini_entry *grown = arena_array(&ini->arena, room, sizeof *grown);

		if (ini->count)
			memcpy(grown, ini->entries, ini->count * sizeof *grown);
		ini->entries = grown;
		scan->room = room;
	}
	ini->entries[ini->count++] = (struct ini_entry){ scan->section, key, value, scan->line };
	name = arena_printf(&ini->arena, "%s:%s", scan->section, key);
	if (dictionary_set(ini->names, name, value))
		abort(); /* no memory left */
}

static int section_read(struct scan *scan, char *text)
{
	char *close = strrchr(text, ']');
	char *rest, *comment;

	/* A bracket in a comment behind the header is not its end. */
	comment = close ? strpbrk(text, "#;") : NULL;
	if (comment && comment < close) {
		*comment = '\0';
		close = strrchr(text, ']');
	}
	if (!close)
		return line_refused(scan, REASON_INI_LINE);
	*close = '\0';
	rest = strip(close + 1);
	text = strip(text + 1);
	if (!*text || (*rest && *rest != '#' && *rest != ';'))
		return line_refused(scan, REASON_INI_LINE);
	scan->section = text;
	return 0;
}

static int key_read(struct scan *scan, char *text)
{
	char *equals = strchr(text, '=');
	char *key, *value;

	if (!equals)
		return line_refused(scan, REASON_INI_LINE);
	*equals = '\0';
	key = strip(text);
	value = unquote(strip(equals + 1));
	if (!*key)
		return line_refused(scan, REASON_INI_LINE);
	if (scan->ini->count == INI_KEYS_MAX)
		return ini_line_error(scan->ini, scan->line, _("too many keys"), scan->err);
	entry_add(scan, key, value);
	return 0;
}

static int lines_read(struct scan *scan)
{
	int rc = 0;

	while (!rc && scan->at < scan->end) {
		char *text = strip(next_line(scan));

		if (!*text || *text == '#' || *text == ';')
			continue;
		rc = *text == '[' ? section_read(scan, text) : key_read(scan, text);
	}
	return rc;
}

static int line_of(const char *bytes, size_t at)
{
	int line = 1;

	for (size_t i = 0; i < at; i++)
		line += bytes[i] == '\n';
	return line;
}

/* What no text file of ours may be; 0 when the bytes may be read. */
static int bytes_check(struct scan *scan, const char *bytes, size_t len)
{
	const char *nul = len ? memchr(bytes, '\0', len) : NULL;
	size_t bad;
	char limit[24], line[24];

	if (len > INI_FILE_LIMIT)
		return error_reason(scan->err, REASON_FILE_LIMIT, "file", scan->ini->file, "line",
				    number_text(line_of(bytes, INI_FILE_LIMIT), line),
				    "limit", number_text(INI_FILE_LIMIT, limit), NULL);
	if (nul) {
		scan->line = line_of(bytes, (size_t)(nul - bytes));
		return line_refused(scan, REASON_FILE_NUL);
	}
	bad = utf8_invalid_at(bytes, len);
	if (bad < len)
		return ini_line_error(scan->ini, line_of(bytes, bad), _("not valid UTF-8"),
				      scan->err);
	return 0;
}

int ini_parse(const char *bytes, size_t len, const char *file, struct ini *ini,
	      struct error *err)
{
	struct scan scan = { .ini = ini, .section = "", .next_line = 1, .err = err };
	int rc;

	memset(ini, 0, sizeof *ini);
	arena_init(&ini->arena);
	ini->file = arena_strdup(&ini->arena, file);
	rc = bytes_check(&scan, bytes, len);
	if (!rc) {
		if (len >= 3 && !memcmp(bytes, "\xef\xbb\xbf", 3)) {
			bytes += 3;
			len -= 3;
		}
		scan.at = bytes;
		scan.end = bytes + len;
		ini->names = dictionary_new(0);
		if (!ini->names)
			abort();
		rc = lines_read(&scan);
	}
	if (rc)
		ini_release(ini);
	return rc;
}

int ini_load(const char *path, struct ini *ini, struct error *err)
{
	FILE *file = fopen(path, "rbe");
	struct buf bytes;
	char piece[4096];
	size_t got;
	int rc, why;

	memset(ini, 0, sizeof *ini);
	if (!file)
		return error_reason(err, REASON_FILE_OPEN, "file", path, "why",
				    strerror(errno), NULL);
	buf_init(&bytes, INI_FILE_LIMIT + sizeof piece);
	while (bytes.len <= INI_FILE_LIMIT && (got = fread(piece, 1, sizeof piece, file)) > 0)
		buf_add(&bytes, piece, got);
	why = ferror(file) ? errno : 0;
	fclose(file);
	if (why)
		rc = error_reason(err, REASON_FILE_OPEN, "file", path, "why", strerror(why), NULL);
	else
		rc = ini_parse(buf_cstr(&bytes), bytes.len, path, ini, err);
	buf_release(&bytes);
	return rc;
}

void ini_release(struct ini *ini)
{
	if (ini->names)
		dictionary_del(ini->names);
	arena_release(&ini->arena);
	memset(ini, 0, sizeof *ini);
}

const char *ini_get(const struct ini *ini, const char *section, const char *key)
{
	struct arena arena = ARENA_INIT;
	const char *value = NULL;

	if (ini->names)
		value = dictionary_get(ini->names, arena_printf(&arena, "%s:%s", section, key),
				       NULL);
	arena_release(&arena);
	return value;
}

const char *ini_text(const struct ini *ini, const char *section, const char *key,
		     const char *fallback)
{
	const char *value = ini_get(ini, section, key);

	return value ? value : fallback;
}

bool ini_has_section(const struct ini *ini, const char *section)
{
	for (size_t i = 0; i < ini->count; i++)
		if (!strcmp(ini->entries[i].section, section))
			return true;
	return false;
}

int ini_key_error(const struct ini *ini, const struct ini_entry *entry, const char *name,
		  const char *const *known, size_t count, struct error *err)
{
	size_t near = nearest_word(name, known, count);
	char line[24];
	int rc = error_reason(err, REASON_INI_KEY, "file", ini->file, "line",
			      number_text(entry->line, line), "key", name,
			      "near", near < count ? known[near] : "", NULL);

	snprintf(err->place, sizeof err->place, "%s:%d", ini->file, entry->line);
	return rc;
}

int ini_value_error(const struct ini *ini, const struct ini_entry *entry,
		    const char *expected, struct error *err)
{
	char line[24];
	int rc = error_reason(err, REASON_INI_VALUE, "file", ini->file, "line",
			      number_text(entry->line, line), "key", entry->key,
			      "expected", expected, NULL);

	snprintf(err->place, sizeof err->place, "%s:%d", ini->file, entry->line);
	return rc;
}

int ini_line_error(const struct ini *ini, int line, const char *why, struct error *err)
{
	char number[24];
	int rc = error_reason(err, REASON_FILE_BAD, "file", ini->file, "line",
			      number_text(line, number), "why", why, NULL);

	snprintf(err->place, sizeof err->place, "%s:%d", ini->file, line);
	return rc;
}

bool ini_number(const char *text, int64_t min, int64_t max, int64_t *value)
{
	char *end;
	long long number;

	if (!(*text >= '0' && *text <= '9') && *text != '-')
		return false;
	errno = 0;
	number = strtoll(text, &end, 10);
	if (errno || *end || end == text || number < min || number > max)
		return false;
	*value = number;
	return true;
}
