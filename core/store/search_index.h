/* search_index.h: what a learner can be found by.
 *
 * The index has an entry for each thing a clerk may type for a learner,
 * normalised when the record is written, never when a key is pressed:
 *
 *	n  the folded name; a Latin name once more from each later word on
 *	h  a Han name from its second character on, from its third …
 *	p  full pinyin without blanks, for each reading of a Han name
 *	i  initials, a blank, the syllables: "wxm wang xiao ming"
 *	f  the student number
 *	d  the student number backwards
 *	m  the mobile number backwards
 *	c  the last four characters of the document number
 *
 * Beside each stands all that a list shows of the learner (search_line.h), so a
 * search is a few ranges of terms and nothing else. Entries lie in blocks of a page,
 * written as what they differ in (search_block.h, search_table.h). They follow from
 * the records alone and can be made again at any time (search_build()). */
#ifndef OV_STORE_SEARCH_INDEX_H
#define OV_STORE_SEARCH_INDEX_H

#include "core/base/arena.h"
#include "core/base/pinyin.h"
#include "core/db/db.h"
#include "core/model/kind.h"

struct tx;

enum search_kind {
	SEARCH_NAME = 'n', SEARCH_PART = 'h', SEARCH_PINYIN = 'p', SEARCH_INITIALS = 'i',
	SEARCH_NUMBER = 'd', SEARCH_NUMBER_FRONT = 'f', SEARCH_MOBILE = 'm', SEARCH_DOC = 'c'
};

struct search_term {
	uint64_t head;    /* first bytes of text, big-endian: most comparisons end here */
	const char *text; /* the kind, then the term */
	int64_t student_id;
	const uint8_t *line; /* NULL: it is to be removed */
	uint32_t len;     /* of text */
	uint32_t line_len;
};

/* Terms gathered for one write, in key order after search_terms_sort(). */
struct search_terms {
	struct arena arena; /* of the texts */
	struct search_term *items;
	size_t count, room;
	char only; /* gathers terms of this kind alone; 0: of all */
};

#define SEARCH_TERMS_INIT { .arena = ARENA_INIT }

/* What the terms of one learner are made of. Texts may be NULL. */
struct search_subject {
	int64_t student_id;
	const char *student_no, *full_name, *mobile, *doc_no;
	const struct name_readings *readings; /* NULL: they are worked out here */
	const uint8_t *line; /* copied; NULL: the terms are to be removed */
	size_t line_len;
	bool line_stays; /* as long as the terms do: it isn't copied */
};

void search_terms_release(struct search_terms *terms);
void search_terms_add(struct search_terms *terms, const struct search_subject *given);
void search_terms_sort(struct search_terms *terms);
/* Two sorted sets become one; B is empty afterwards. */
void search_terms_merge(struct search_terms *a, struct search_terms *b);
/* What is looked for: the kind, then the text. */
char *search_term(enum search_kind kind, const char *text, struct arena *arena);
/* The bytes of TEXT backwards; for ASCII numbers. */
char *search_reverse(const char *text, struct arena *arena);

/* Keeps the index right when a record is written: called by tx.c after the
 * write; BEFORE is NULL for a new record, and for kinds that have no terms. */
int search_touch(struct tx *tx, enum kind kind, const void *before, const void *after,
		 struct error *err);

#endif
