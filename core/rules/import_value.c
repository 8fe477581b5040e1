#include "core/rules/import_value.h"

#include <string.h>

#include "core/base/arena.h"
#include "core/base/civil.h"
#include "core/base/text.h"
#include "core/model/person.h"
#include "core/model/programme.h"

/* Digits at *text, at most `most` of them; -1 when there is none. */
static int64_t digits(const char **text, int most)
{
	int64_t value = -1;

	for (; most > 0 && **text >= '0' && **text <= '9'; most--, (*text)++)
		value = (value < 0 ? 0 : value * 10) + (**text - '0');
	return value;
}

static bool skip(const char **text, const char *what)
{
	size_t len = strlen(what);

	if (strncmp(*text, what, len) != 0)
		return false;
	*text += len;
	return true;
}

/* A year, a month and perhaps a day, however they are separated. */
static bool day_read(const char *text, int64_t part[3], int *count)
{
	bool solid;

	part[0] = digits(&text, 4);
	if (part[0] < 1000)
		return false;
	*count = 1;
	solid = *text >= '0' && *text <= '9';
	if (!solid && !skip(&text, "-") && !skip(&text, "/") && !skip(&text, "\u5e74") &&
	    !skip(&text, "."))
		return false;
	part[1] = digits(&text, 2);
	if (part[1] < 1 || part[1] > 12)
		return false;
	*count = 2;
	if (!*text || (skip(&text, "\u6708") && !*text))
		return true;
	if (!solid && !skip(&text, "-") && !skip(&text, "/") && !skip(&text, ".") &&
	    (text[0] < '0' || text[0] > '9'))
		return false;
	part[2] = digits(&text, 2);
	*count = 3;
	skip(&text, "\u65e5");
	return !*text && part[2] > 0 &&
	       civil_valid((int)part[0], (int)part[1], (int)part[2]);
}

static bool intake_read(const char *text, int64_t *year, char *season)
{
	const char *at = text;
	int64_t y = digits(&at, 4), part[3];
	int count;

	if (y < 1000)
		return false;
	skip(&at, "\u5e74");
	if (!strcmp(at, "\u6625") || !strcmp(at, "\u6625\u5b63") || !strcmp(at, "s")) {
		*year = y;
		*season = 'S';
		return true;
	}
	if (!strcmp(at, "\u79cb") || !strcmp(at, "\u79cb\u5b63") || !strcmp(at, "a")) {
		*year = y;
		*season = 'A';
		return true;
	}
	if (!day_read(text, part, &count))
		return false;
	*season = part[1] >= 2 && part[1] <= 7 ? 'S' : 'A';
	*year = part[0] - (part[1] == 1);
	return true;
}

bool import_intake(const char *text, int64_t *year, char *season)
{
	struct arena arena = ARENA_INIT;
	char *fold, *to;
	bool good;

	if (intake_read(text, year, season)) /* as most write it */
		return true;
	to = fold = text_fold(text, &arena);
	for (const char *c = fold; *c; c++)
		if (*c != ' ')
			*to++ = *c;
	*to = '\0';
	good = intake_read(fold, year, season);
	arena_release(&arena);
	return good;
}

int64_t import_intake_start(int64_t year, char season)
{
	return date_from_civil((int)year, season == 'S' ? 3 : 9, 1);
}

bool import_intake_allows(int64_t year, char season, int64_t registered_on)
{
	int64_t start = import_intake_start(year, season);

	return registered_on >= start && registered_on < date_add_months(start, 6 + 12);
}

bool import_date(const char *text, int64_t *date)
{
	struct arena arena = ARENA_INIT;
	int64_t part[3];
	int count = 0;
	bool good = day_read(text_trim(text_ascii_width(text, &arena), &arena), part, &count) &&
		    count == 3;

	if (good)
		*date = date_from_civil((int)part[0], (int)part[1], (int)part[2]);
	arena_release(&arena);
	return good;
}

struct word {
	const char *text;
	int64_t value;
};

static bool word_is(const char *text, const struct word *words, size_t count, int64_t *value)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(words[i].text, text)) {
			*value = words[i].value;
			return true;
		}
	return false;
}

static bool word_find(const char *text, const struct word *words, size_t count, int64_t *value)
{
	struct arena arena = ARENA_INIT;
	bool found = word_is(text, words, count, value) ||
		     word_is(text_trim(text_fold(text, &arena), &arena), words, count, value);

	arena_release(&arena);
	return found;
}

bool import_sex(const char *text, int64_t *sex)
{
	static const struct word words[] = {
		{ "\u7537", SEX_M }, { "\u5973", SEX_F }, { "m", SEX_M }, { "f", SEX_F },
		{ "u", SEX_U }, { "male", SEX_M }, { "female", SEX_F },
	};

	return word_find(text, words, sizeof words / sizeof words[0], sex);
}

bool import_level(const char *text, int64_t *level)
{
	static const struct word words[] = {
		{ "\u4e13\u79d1", LEVEL_ZHUANKE }, { "\u4e13\u5347\u672c", LEVEL_BENKE_TOPUP },
		{ "\u672c\u79d1", LEVEL_BENKE }, { "zhuanke", LEVEL_ZHUANKE },
		{ "benke_topup", LEVEL_BENKE_TOPUP }, { "benke", LEVEL_BENKE },
	};

	return word_find(text, words, sizeof words / sizeof words[0], level);
}
