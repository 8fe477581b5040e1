#include "core/codec/ctt_words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/model/reason.h"

/* How many bytes of blank are at TEXT; 0 for none. Blanks of Unicode count. */
static size_t blank(const char *text, const char *end)
{
	static const char *const wide[] = { "\xc2\x85", "\xc2\xa0", "\u1680", "\u2028", "\u2029",
					    "\u202f", "\u205f", "\u3000" };
	const unsigned char c = (unsigned char)*text;

	if (c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f))
		return 1;
	if (c < 0xc2)
		return 0;
	for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++) {
		const size_t len = strlen(wide[i]);

		if ((size_t)(end - text) >= len && !memcmp(text, wide[i], len))
			return len;
	}
	/* U+2000 … U+200A */
	if (end - text >= 3 && !memcmp(text, "\xe2\x80", 2) && (unsigned char)text[2] >= 0x80 &&
	    (unsigned char)text[2] <= 0x8a)
		return 3;
	return 0;
}

static void add_word(struct ctt_words *words, const char *text, size_t len)
{
	if (words->count == words->cap) {
		const size_t cap = words->cap ? words->cap * 2 : 16;
		struct ctt_word *items = arena_array(words->arena, cap, sizeof *items);

		if (words->count)
			memcpy(items, words->items, sizeof *items * words->count);
		words->items = items;
		words->cap = cap;
	}
	words->items[words->count++] = (struct ctt_word){ text, len };
}

/* Splits the line up to STOP. */
static void split(struct ctt_words *words, const char *from, const char *stop)
{
	const char *word = NULL;

	words->count = 0;
	while (from < stop) {
		const size_t skip = blank(from, stop);

		if (!skip && !word)
			word = from;
		if (skip && word) {
			add_word(words, word, (size_t)(from - word));
			word = NULL;
		}
		from += skip ? skip : 1;
	}
	if (word)
		add_word(words, word, (size_t)(stop - word));
}

bool ctt_words_next(struct ctt_words *words)
{
	while (words->at < words->end) {
		const char *stop = words->at;

		while (stop < words->end && *stop != '\n' && *stop != '\r')
			stop++;
		split(words, words->at, stop);
		words->line++;
		words->at = stop + (stop < words->end);
		if (stop < words->end && *stop == '\r' && words->at < words->end &&
		    *words->at == '\n')
			words->at++;
		if (words->count)
			return true;
	}
	return false;
}

bool ctt_word_is(const struct ctt_word *word, const char *text)
{
	return strlen(text) == word->len && !memcmp(word->text, text, word->len);
}

bool ctt_word_number(const struct ctt_word *word, int64_t *number)
{
	const bool minus = word->len && word->text[0] == '-';
	size_t i = word->len && (minus || word->text[0] == '+');
	int64_t value = 0;
	bool digit = false, huge = false;

	for (; i < word->len; i++) {
		const char c = word->text[i];

		if (c == '_' && digit && i + 1 < word->len) {
			digit = false; /* another digit has to follow */
			continue;
		}
		if (c < '0' || c > '9')
			return false;
		digit = true;
		huge = huge || value > (INT64_MAX - 9) / 10;
		value = huge ? INT64_MAX : value * 10 + (c - '0');
	}
	*number = !minus ? value : huge ? INT64_MIN : -value;
	return digit;
}

int ctt_words_bad(const struct ctt_words *words, struct error *err, const char *why)
{
	char line[24];

	(void)snprintf(line, sizeof line, "%lld", (long long)words->line);
	return error_reason(err, REASON_FILE_BAD, "file", words->file, "line", line, "why", why,
			    NULL);
}

static int compare(const struct ctt_word *a, const struct ctt_word *b)
{
	const size_t least = a->len < b->len ? a->len : b->len;
	const int order = memcmp(a->text, b->text, least);

	return order ? order : a->len < b->len ? -1 : a->len > b->len;
}

static int by_name(const void *a, const void *b)
{
	const struct ctt_name *x = a, *y = b;
	const int order = compare(&x->word, &y->word);

	return order ? order : x->index < y->index ? -1 : x->index > y->index;
}

bool ctt_names_sort(struct ctt_names *names, int32_t *twice)
{
	if (names->count)
		qsort(names->items, names->count, sizeof *names->items, by_name);
	for (size_t i = 1; i < names->count; i++)
		if (!compare(&names->items[i - 1].word, &names->items[i].word)) {
			*twice = names->items[i].index;
			return false;
		}
	return true;
}

int32_t ctt_names_find(const struct ctt_names *names, const struct ctt_word *word)
{
	size_t low = 0, high = names->count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		const int order = compare(&names->items[middle].word, word);

		if (!order)
			return names->items[middle].index;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return -1;
}
