/* search_query.h: what a person meant by a line typed into the search.
 *
 * DESIGN's list: full or partial student number, tail of a citizen ID or
 * phone, Han name, full pinyin, initials, mixed, with typos of full width or
 * case. One line may be several things at once ("an" is Latin and pinyin):
 * `kinds` has a bit for each, and the searcher tries them all. */
#ifndef OV_BASE_SEARCH_QUERY_H
#define OV_BASE_SEARCH_QUERY_H

#include <stdint.h>

#include "core/base/arena.h"
#include "core/base/pinyin.h"

enum query_kind {
	QUERY_HAN = 1 << 0,    /* the name begins with .han */
	QUERY_LATIN = 1 << 1,  /* the folded name has a word that begins with .latin */
	QUERY_PINYIN = 1 << 2, /* a reading fits .letters; ranges in .initials */
	QUERY_DIGITS = 1 << 3, /* a number begins with, ends with or holds .digits */
	QUERY_DOC_TAIL = 1 << 4, /* a document number ends with .digits ("002X") */
	QUERY_IDS = 1 << 5     /* "#5 #7": exactly these learners, in this order */
};

enum { QUERY_WORDS_MAX = 3, QUERY_IDS_MAX = 64 };

struct search_query {
	unsigned kinds;       /* 0: nothing that can be searched for */
	const char *text;     /* folded, trimmed, single blanks */
	const char *han;      /* NFKC, as stored, without blanks and dots; "" when none */
	const char *latin;    /* as text, without a year */
	char letters[64];     /* for pinyin_match(); Han characters typed before
	                       * letters stand here by their reading */
	char initials[INITIALS_CHOICES][INITIALS_TEXT];
	struct pinyin_cut cuts[INITIALS_CHOICES]; /* of these */
	size_t initials_count;
	const char *digits;   /* separators dropped, X upper case; "" when none */
	const char *year;     /* "22": two digits typed behind letters narrow by
	                       * intake year (wxm22); "" when none */
	const char *words[QUERY_WORDS_MAX]; /* that narrow: class, plant, programme, shift */
	size_t word_count;
	int64_t ids[QUERY_IDS_MAX];
	size_t id_count;
};

/* Never fails: rubbish gives kinds 0. Texts are in the arena. */
void search_query_parse(const char *text, struct arena *arena, struct search_query *query);

/* Words behind a blank may belong to the learner ("zhang san") or narrow ("zs
 * 焊装"). This reads all but the last WORDS as above, and those as words that
 * narrow; false when there aren't more words than that. */
bool search_query_split(const char *text, size_t words, struct arena *arena,
			struct search_query *query);

#endif
