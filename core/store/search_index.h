/* search_index.h: what a learner can be found by.
 *
 * Table search_term has a row for each thing a clerk may type for a learner,
 * normalised when the record is written, never when a key is pressed:
 *
 *	n  the folded name; a Latin name once more from each later word on
 *	p  full pinyin without blanks, for each reading of a Han name
 *	i  initials, a blank, the syllables: "wxm wang xiao ming"
 *	d  the student number backwards (its beginning is found in student)
 *	m  the mobile number backwards
 *	c  the last four characters of the document number
 *
 * A search is a few ranges of its primary key (kind, term, student_id); branch,
 * centre and standing stand beside, so that ranking needs no other table. The rows
 * follow from person and student alone and can be made again at any time.
 * Layout and why: DESIGN.md 6, figures in STORAGE.md. */
#ifndef OV_STORE_SEARCH_INDEX_H
#define OV_STORE_SEARCH_INDEX_H

#include "core/base/arena.h"
#include "core/base/pinyin.h"
#include "core/db/db.h"
#include "core/model/kind.h"

struct tx;

enum search_kind {
	SEARCH_NAME = 'n', SEARCH_PINYIN = 'p', SEARCH_INITIALS = 'i',
	SEARCH_NUMBER = 'd', SEARCH_MOBILE = 'm', SEARCH_DOC = 'c'
};

struct search_term {
	uint64_t head;    /* first bytes of text, big-endian: most comparisons end here */
	const char *text; /* the kind, then the term */
	int64_t student_id;
	int64_t branch_id, centre_id;
	uint32_t len;     /* of text */
	bool active;
};

/* Terms gathered for one write, in key order after search_terms_sort(). */
struct search_terms {
	struct arena arena; /* of the texts */
	struct search_term *items;
	size_t count, room;
};

#define SEARCH_TERMS_INIT { .arena = ARENA_INIT }

/* What the terms of one learner are made of. Texts may be NULL. */
struct search_subject {
	int64_t student_id, branch_id, centre_id;
	bool active;
	const char *student_no, *full_name, *mobile, *doc_no;
	const struct name_readings *readings; /* NULL: they are worked out here */
};

void search_terms_release(struct search_terms *terms);
void search_terms_add(struct search_terms *terms, const struct search_subject *subject);
void search_terms_sort(struct search_terms *terms);
/* Two sorted sets become one; B is empty afterwards. */
void search_terms_merge(struct search_terms *a, struct search_terms *b);
/* Writes, or removes, what was gathered; sorted first, for speed. */
int search_terms_insert(const struct search_terms *terms, struct db *db, struct error *err);
int search_terms_remove(const struct search_terms *terms, struct db *db, struct error *err);

/* The bytes of TEXT backwards; for ASCII numbers. */
char *search_reverse(const char *text, struct arena *arena);

/* Keeps the index right when a person or student is written: called by tx.c
 * after the write; BEFORE is NULL for a new record. Other kinds are ignored. */
int search_touch(struct tx *tx, enum kind kind, const void *before, const void *after,
		 struct error *err);

#endif
