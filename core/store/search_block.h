/* search_block.h: some hundred entries of the search index in one piece.
 *
 * An entry is a term, a learner and what a list shows of him. Entries stand in
 * the order of their keys (term, then id), each written as what it has beyond the
 * one before it:
 *
 *	bytes of the term shared with the one before, bytes that follow, those bytes
 *	id
 *	status << 3 | NAME_AGAIN | NUMBER_PACKED | NUMBER_TERM
 *	group, pattern, work, claims, credits in hundredths (zigzag)
 *	student number: nothing when it is the term itself, six bytes for thirteen
 *	digits, else its length and its bytes
 *	name: nothing when it is that of the entry before, else its length and bytes
 *
 * Numbers have seven bits a byte, lowest first. A block fills one page of the
 * database. Pure: no database here (search_table.h has the blocks in a table). */
#ifndef OV_STORE_SEARCH_BLOCK_H
#define OV_STORE_SEARCH_BLOCK_H

#include "core/store/search_line.h"

enum {
	SEARCH_BLOCK_BYTES = 4040, /* most that fits a page of 4096 beside its id */
	SEARCH_TERM_BYTES = 480,   /* of a term, with its NUL */
	SEARCH_KEY_BYTES = SEARCH_TERM_BYTES + 8,
	SEARCH_ENTRY_BYTES = SEARCH_TERM_BYTES + SEARCH_LINE_BYTES + 16
};

struct search_entry {
	const char *term; /* the kind, then what is typed */
	size_t term_len;
	int64_t student_id;
	struct search_line line; /* its number may point into term */
};

/* Walks through a block. The entry's term changes with the next entry; its name
 * and its number point into the block, unless the number is the term. */
struct search_reader {
	const uint8_t *at, *end, *start; /* start: of the present entry */
	bool damaged;
	char term[SEARCH_TERM_BYTES];
	struct search_entry entry;
};

void search_reader_init(struct search_reader *reader, const uint8_t *bytes, size_t len);
/* False at the end and when the bytes are damaged. */
bool search_reader_next(struct search_reader *reader);

/* Where an entry stands. */
struct search_slot {
	uint32_t term; /* in the texts */
	uint16_t term_len;
	uint16_t rest, name; /* in the block: what is behind the term, the name */
	uint8_t name_len;
};

/* A block with its terms as texts, each with its NUL, so that a place in it can be found
 * by halving. The memory is used again for the next block. */
struct search_apart {
	struct search_slot *slots; /* heap */
	size_t count, room;
	char *texts; /* heap */
	size_t texts_len, texts_room;
};

#define SEARCH_APART_INIT { .count = 0 }

void search_apart_release(struct search_apart *apart);
/* Several times as quickly as by search_reader_next(). False: it is damaged. */
bool search_block_apart(const uint8_t *bytes, size_t len, struct search_apart *apart);
/* The entry of a slot. False: it is damaged. */
bool search_slot_entry(const struct search_slot *slot, const char *texts, const uint8_t *bytes,
		       const uint8_t *end, struct search_entry *entry);

/* Fills a block. */
struct search_writer {
	uint8_t bytes[SEARCH_BLOCK_BYTES];
	size_t used, limit; /* limit: a block is full then */
	char term[SEARCH_TERM_BYTES]; /* of the last entry */
	size_t term_len;
	const char *name; /* of the last entry; kept by whoever adds */
	size_t name_len;
	char key[SEARCH_KEY_BYTES]; /* of the first entry */
	size_t key_len;
};

void search_writer_init(struct search_writer *writer, size_t limit);
/* False: it is full; nothing was added. */
bool search_writer_add(struct search_writer *writer, const struct search_entry *entry);
/* The reader's present entry when the one before it was added just now, too:
 * its bytes as they are. */
bool search_writer_copy(struct search_writer *writer, const struct search_reader *reader);

/* What orders entries: the term, NUL, the id; compared as bytes. */
size_t search_key(const char *term, size_t term_len, int64_t student_id,
		  char key[SEARCH_KEY_BYTES]);
int search_key_compare(const char *a, size_t a_len, const char *b, size_t b_len);
/* The first bytes of a key or a term, big-endian: most comparisons end here. */
uint64_t search_key_head(const char *key, size_t len);

#endif
