/* ctt_words.h: lines of words, as the benchmark's files have them; the codec's
 * own. Any blank separates, any line end ends, numbers may have a sign and `_`
 * between digits: what the benchmark's own checker takes, so do we. */
#ifndef OV_CODEC_CTT_WORDS_H
#define OV_CODEC_CTT_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "core/base/error.h"

struct ctt_word {
	const char *text; /* no NUL behind it */
	size_t len;
};

struct ctt_words {
	const char *at, *end;
	const char *file;
	int64_t line;
	struct ctt_word *items; /* of the present line */
	size_t count, cap;
	struct arena *arena;
};

/* The next line that has words: false at the end. */
bool ctt_words_next(struct ctt_words *words);
bool ctt_word_is(const struct ctt_word *word, const char *text);
/* Is it a whole number? Too large ones come as INT64_MAX or INT64_MIN. */
bool ctt_word_number(const struct ctt_word *word, int64_t *number);
/* FILE_BAD at the present line; WHY is translated. */
int ctt_words_bad(const struct ctt_words *words, struct error *err, const char *why);

/* Names and what they stand for. */
struct ctt_names {
	struct ctt_name {
		struct ctt_word word;
		int32_t index;
	} *items;
	size_t count;
};

/* Sorts them; false when two are the same, *TWICE is the later one's index. */
bool ctt_names_sort(struct ctt_names *names, int32_t *twice);
int32_t ctt_names_find(const struct ctt_names *names, const struct ctt_word *word); /* or -1 */

#endif
