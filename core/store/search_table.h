/* search_table.h: the blocks of the search index in the database.
 *
 * Table search_block has the blocks, search_first the key from which on entries
 * belong to each: all of them up to the next one's. The first block's key is
 * empty, so that there is one for every entry. */
#ifndef OV_STORE_SEARCH_TABLE_H
#define OV_STORE_SEARCH_TABLE_H

#include "core/store/search_block.h"
#include "core/store/search_index.h"

/* --- reading --- */

/* Walks through the entries whose terms begin with a prefix, in order. */
struct search_scan {
	struct db *db;
	struct stmt *stmt;
	struct search_reader reader;
	struct arena *arena; /* of the blocks: an entry's number and name stay while it does */
	const char *prefix, *from, *end; /* from: where it begins; end: greater than the last key that may fit */
	size_t prefix_len, from_len;
	bool whole;
	size_t blocks; /* read so far */
};

/* WHOLE: the term is PREFIX, nothing longer. PREFIX is kept by the caller. */
int search_scan_begin(struct search_scan *scan, struct db *db, const char *prefix, bool whole,
		      struct arena *arena, struct error *err);
/* The next entry is the first that isn't less than FROM, which begins with the prefix, is
 * greater than the present entry and kept by the caller. */
int search_scan_from(struct search_scan *scan, const char *from, struct error *err);
/* 1: scan->reader.entry is the next one; 0: no more; or an error. */
int search_scan_next(struct search_scan *scan, struct error *err);
void search_scan_end(struct search_scan *scan); /* also after an error */

/* --- writing --- */

/* Writes the sorted terms: new ones come, those that stand there already get
 * their lines. */
int search_table_put(struct db *db, const struct search_terms *terms, struct error *err);
/* Removes the sorted terms; one that isn't there is fine. */
int search_table_remove(struct db *db, const struct search_terms *terms, struct error *err);
/* An empty index. */
int search_table_clear(struct db *db, struct error *err);

#endif
