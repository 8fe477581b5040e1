#include "tui/fuzzy.h"

#include <string.h>

#include "core/base/pinyin.h"
#include "core/base/text.h"
#include "tui/key.h"

static uint32_t folded(uint32_t point)
{
	point = key_narrow(point);
	return point >= 'A' && point <= 'Z' ? point + 'a' - 'A' : point;
}

static uint32_t next(const char **at)
{
	uint32_t point;

	*at += utf8_decode(*at, strlen(*at), &point);
	return folded(point);
}

/* Does the letter begin a reading of the Han character at TEXT? */
static bool sounds(uint32_t letter, const char *text, size_t len)
{
	struct name_readings readings;
	char one[UTF8_MAX + 1] = "";
	size_t i;

	if (letter < 'a' || letter > 'z')
		return false;
	memcpy(one, text, len);
	name_read(one, &readings);
	for (i = 0; i < readings.count; i++) {
		if ((uint32_t)readings.reading[i].initials[0] == letter)
			return true;
	}
	return false;
}

enum { SCORE_START = 100 };

/* Score of TYPED matched from TEXT's character at `start` on; 0 when it
 * doesn't. Characters next to each other and word beginnings count more. */
static int match(const char *typed, const char *text)
{
	int score = SCORE_START, run = 0;
	bool start = true;
	uint32_t want;

	while (*typed == ' ')
		typed++;
	while (*typed) {
		const char *here = text;
		uint32_t have;

		if (!*text)
			return 0;
		have = next(&text);
		want = next(&(const char *){ typed });
		if (have == want ||
		    (key_is_han(have) && sounds(want, here, (size_t)(text - here)))) {
			score += 4 + run * 4 + (start ? 6 : 0);
			run++;
			next(&typed);
			while (*typed == ' ')
				typed++;
		} else {
			run = 0;
			score--;
		}
		start = have == ' ' || have == '.' || have == '-' || key_is_han(have);
	}
	return score > 1 ? score : 1;
}

int fuzzy_score(const char *typed, const char *text)
{
	int best = 0;

	if (!*typed)
		return 1;
	for (; *text; next(&text)) {
		int score = match(typed, text);

		if (score > best)
			best = score;
	}
	return best;
}

/* TYPED from the first character of TEXT on, one by one. */
static bool stands_here(const char *typed, const char *text)
{
	while (*typed) {
		const char *here = text;
		uint32_t have, want = next(&typed);

		if (!*text)
			return false;
		have = next(&text);
		if (have != want &&
		    !(key_is_han(have) && sounds(want, here, (size_t)(text - here))))
			return false;
	}
	return true;
}

int fuzzy_stands(const char *typed, const char *text)
{
	const char *at = text;

	if (!*typed)
		return 0;
	for (; *at; next(&at)) {
		if (stands_here(typed, at))
			return at == text ? FUZZY_BEGINS : FUZZY_INSIDE;
	}
	return 0;
}

bool fuzzy_close(const char *typed, int score)
{
	int letters = 0;

	for (; *typed; next(&typed))
		letters += *typed != ' ';
	/* A run of letters earns 4, 8, 12 … each; one alone that begins a word 10. */
	return score - SCORE_START >= (letters > 1 ? 6 * letters : 0);
}
