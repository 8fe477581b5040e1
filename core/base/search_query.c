#include "core/base/search_query.h"

#include "core/base/text.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

enum { QUERY_CHARS_MAX = 120 };

/* Folded, trimmed, with one blank where any white space was. */
static char *tidy(const char *text, struct arena *arena)
{
	/* Dots that stand between the parts of a name, however they are typed. */
	static const char *const dots[] = {
		"\xe2\x80\xa2", "\xe2\x80\xa7", "\xe3\x83\xbb", "\xef\xbd\xa5", "\xe2\x8b\x85"
	};
	const char *cut = strlen(text) <= QUERY_CHARS_MAX ? text :
			  arena_strndup(arena, text, utf8_prefix(text, QUERY_CHARS_MAX));
	char *fold = text_trim(text_fold(cut, arena), arena);
	char *to = fold;
	size_t ascii = 0;

	while (fold[ascii] && !(fold[ascii] & 0x80))
		ascii++;
	for (size_t i = 0; fold[ascii] && i < sizeof dots / sizeof dots[0]; i++)
		for (char *at = strstr(fold, dots[i]); at; at = strstr(at, dots[i])) {
			at[0] = '\xc2';
			at[1] = '\xb7';
			memmove(at + 2, at + 3, strlen(at + 3) + 1);
		}
	for (const char *c = fold; *c; c++) {
		char put = *c == '\t' || *c == '\n' || *c == '\r' ? ' ' : *c;

		if (put != ' ' || (to > fold && to[-1] != ' '))
			*to++ = put;
	}
	*to = '\0';
	return fold;
}

/* Digits with blanks and dashes between them, perhaps an X at the end, and a
 * leading +86 of a phone. */
static void digits_parse(struct search_query *query, struct arena *arena)
{
	char *digits = text_normalise_id(query->text, arena);
	size_t len;

	if (!strncmp(digits, "+86", 3))
		digits += 3;
	len = strspn(digits, "0123456789");
	if (len && digits[len] == 'x' && !digits[len + 1]) {
		digits[len] = 'X';
		query->kinds |= QUERY_DOC_TAIL;
	} else if (!len || digits[len]) {
		return;
	} else {
		query->kinds |= QUERY_DIGITS | QUERY_DOC_TAIL;
	}
	query->digits = digits;
}

/* Cuts two digits behind letters off the text: wxm22. */
static const char *year_cut(char *text, struct arena *arena)
{
	size_t len = strlen(text), at = len;
	const char *year;

	while (at > 0 && text[at - 1] >= '0' && text[at - 1] <= '9')
		at--;
	if (len - at != 2 || at == 0)
		return "";
	year = arena_strdup(arena, text + at);
	while (at > 0 && text[at - 1] == ' ')
		at--;
	text[at] = '\0';
	return year;
}

static size_t han_length(const char *text)
{
	size_t len = strlen(text), at = 0;

	while (at < len) {
		uint32_t cp;
		size_t step = utf8_decode(text + at, len - at, &cp);

		if (!u_hasBinaryProperty((UChar32)cp, UCHAR_UNIFIED_IDEOGRAPH) &&
		    cp != 0x3007 && cp != 0xb7 && cp != ' ')
			break;
		at += step;
	}
	return at;
}

static char *without_blanks(const char *text, size_t len, struct arena *arena)
{
	char *copy = arena_strndup(arena, text, len), *to = copy;

	for (const char *c = copy; *c; c++) {
		if (!strncmp(c, "\xc2\xb7", 2)) /* the middle dot */
			c++;
		else if (*c != ' ')
			*to++ = *c;
	}
	*to = '\0';
	return copy;
}

static void pinyin_parse(struct search_query *query, const char *letters)
{
	if (!pinyin_typed(letters, query->letters))
		return;
	query->initials_count = pinyin_initials(query->letters, query->initials,
						query->cuts, INITIALS_CHOICES);
	if (query->initials_count)
		query->kinds |= QUERY_PINYIN;
}

/* Han first, then letters: the Han part counts by its reading as well. */
static void mixed_parse(struct search_query *query, const char *rest)
{
	struct name_readings readings;
	char letters[PINYIN_TEXT + 64], typed[64];

	if (!pinyin_typed(rest, typed))
		return;
	name_read(query->han, &readings);
	if (!readings.count)
		return;
	snprintf(letters, sizeof letters, "%s %s", readings.reading[0].syllables, typed);
	pinyin_parse(query, letters);
}

/* "#5 #7 #12" */
static bool ids_parse(struct search_query *query)
{
	const char *at = query->text;

	if (*at != '#')
		return false;
	while (*at == '#' && query->id_count < QUERY_IDS_MAX) {
		char *end;
		long long id = at[1] >= '0' && at[1] <= '9' ? strtoll(at + 1, &end, 10) : 0;

		if (id <= 0)
			break;
		query->ids[query->id_count++] = id;
		at = *end == ' ' ? end + 1 : end;
	}
	query->kinds = query->id_count && !*at ? QUERY_IDS : 0;
	return true;
}

static void parse(struct arena *arena, struct search_query *query)
{
	size_t han;
	char *words;

	if (!*query->text || ids_parse(query))
		return;
	digits_parse(query, arena);
	if (query->kinds)
		return;
	words = arena_strdup(arena, query->text);
	query->year = year_cut(words, arena);
	han = han_length(words);
	if (han) {
		query->han = without_blanks(words, han, arena);
		if (*query->han)
			query->kinds |= QUERY_HAN;
		if (words[han])
			mixed_parse(query, words + han);
		if (words[han] && !(query->kinds & QUERY_PINYIN))
			query->kinds = 0; /* Han and rubbish: no name is so */
		return;
	}
	query->latin = words;
	query->kinds |= QUERY_LATIN;
	pinyin_parse(query, words);
}

static void start(const char *text, struct arena *arena, struct search_query *query)
{
	query->kinds = 0;
	query->initials_count = query->word_count = query->id_count = 0;
	query->letters[0] = query->initials[0][0] = '\0'; /* the rest of it as the counts say */
	query->cuts[0] = (struct pinyin_cut){ .full = false };
	query->han = query->latin = query->digits = query->year = "";
	query->text = tidy(text, arena);
}

void search_query_parse(const char *text, struct arena *arena, struct search_query *query)
{
	start(text, arena, query);
	parse(arena, query);
}

bool search_query_split(const char *text, size_t words, struct arena *arena,
			struct search_query *query)
{
	char *line, *blank;

	start(text, arena, query);
	line = arena_strdup(arena, query->text);
	for (size_t i = 0; i < words && i < QUERY_WORDS_MAX; i++) {
		blank = strrchr(line, ' ');
		if (!blank || !blank[1])
			return false;
		query->words[query->word_count++] = blank + 1;
		*blank = '\0';
	}
	query->text = line;
	parse(arena, query);
	return true;
}
