/* Letters as southerners say them: zh is z, n is l, ang is an. */
#include "core/base/pinyin.h"

#include "core/base/pinyin_table.h"

#include <string.h>

void pinyin_say(const char *text, char *out, size_t size)
{
	size_t to = 0;

	for (const char *c = text; *c && to + 1 < size; c++) {
		const char letter = *c;

		/* An l begins a syllable and nothing else, so that n may stand for it. */
		out[to++] = letter == 'l' ? 'n' : letter;
		if (c[1] == 'h' && (letter == 'z' || letter == 'c' || letter == 's'))
			c++;
		if (c[1] == 'n' && c[2] == 'g' && to + 1 < size &&
		    (letter == 'a' || letter == 'e' || letter == 'i')) {
			out[to++] = 'n';
			c += 2;
		}
	}
	out[to] = '\0';
}

bool pinyin_sounds(const char *said, const char *syllables)
{
	char text[PINYIN_TEXT];

	pinyin_say(syllables, text, sizeof text);
	return pinyin_match(said, text) != PINYIN_NONE;
}

size_t pinyin_covered(const char *typed, const char *syllables)
{
	char part[PINYIN_TEXT];
	size_t count = 0, at = 0, len = strlen(syllables);

	while (at < len && len < sizeof part) {
		at += strcspn(syllables + at, " ");
		memcpy(part, syllables, at);
		part[at] = '\0';
		count++;
		if (pinyin_match(typed, part) > PINYIN_START)
			return count;
		at += syllables[at] == ' ';
	}
	return 0;
}

static size_t choice_add(char out[SOUND_CHOICES][64], size_t count, const char *typed,
			 const char *initial, const char *middle, size_t middle_len, const char *end)
{
	char *text = out[count];
	size_t at = strlen(initial);

	if (count == SOUND_CHOICES || at + middle_len + strlen(end) >= 64)
		return count;
	memcpy(text, initial, at);
	memcpy(text + at, middle, middle_len);
	memcpy(text + at + middle_len, end, strlen(end) + 1);
	return count + (strcmp(text, typed) != 0 && pinyin_is_prefix(text, strlen(text)));
}

size_t pinyin_sound_choices(const char *typed, char out[SOUND_CHOICES][64])
{
	static const char *const alike[][2] = {
		{ "zh", "z" }, { "ch", "c" }, { "sh", "s" }, { "n", "l" },
	};
	const char *initials[2] = { "", NULL }, *ends[2] = { "", NULL };
	size_t len = strlen(typed), from = 0, to = len, count = 0;

	if (!pinyin_is_prefix(typed, len) || strchr(typed, ' '))
		return 0;
	for (size_t i = 0; i < sizeof alike / sizeof alike[0] && !initials[1]; i++)
		for (int k = 0; k < 2 && !initials[1]; k++)
			if (!strncmp(typed, alike[i][k], strlen(alike[i][k]))) {
				initials[0] = alike[i][0];
				initials[1] = alike[i][1];
				from = strlen(alike[i][k]);
			}
	for (size_t tail = 2; tail >= 1 && !ends[1]; tail--) /* ng, n behind a, e or i */
		if (len > from + tail && strchr("aei", typed[len - tail - 1]) &&
		    !strcmp(typed + len - tail, tail == 2 ? "ng" : "n")) {
			ends[0] = "ng";
			ends[1] = "n";
			to = len - tail;
		}
	for (int i = 0; i < 2; i++)
		for (int k = 0; k < 2; k++)
			if (initials[i] && ends[k])
				count = choice_add(out, count, typed, initials[i], typed + from,
						   to - from, ends[k]);
	return count;
}

size_t pinyin_sound_initials(const char *typed, char out[][INITIALS_TEXT], size_t max)
{
	char said[64], first[INITIALS_CHOICES][INITIALS_TEXT];
	size_t choices, count = 0;

	pinyin_say(typed, said, sizeof said);
	choices = pinyin_initials(said, first, NULL, INITIALS_CHOICES);
	for (size_t i = 0; i < choices; i++) {
		size_t ns = 0, at[3];

		for (size_t c = 0; first[i][c] && ns < 3; c++)
			if (first[i][c] == 'n')
				at[ns++] = c;
		for (unsigned mask = 0; mask < 1u << ns && count < max; mask++) {
			memcpy(out[count], first[i], INITIALS_TEXT);
			for (size_t n = 0; n < ns; n++)
				out[count][at[n]] = mask & 1u << n ? 'l' : 'n';
			count++;
		}
	}
	return count;
}
