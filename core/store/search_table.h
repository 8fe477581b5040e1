/* search_table.h: the blocks of the search index in the database.
 *
 * Table search_block has the blocks, search_first the key from which on entries
 * belong to each: all of them up to the next one's. The first block's key is
 * empty, so that there is one for every entry. Here they are written;
 * search_scan.h reads them. */
#ifndef OV_STORE_SEARCH_TABLE_H
#define OV_STORE_SEARCH_TABLE_H

#include "core/store/search_block.h"
#include "core/store/search_index.h"

int search_damaged(struct error *err); /* a block that is none */
/* The row of the block that KEY belongs to; *stmt stands at it until it is reset. NEXT is
 * the key of the block behind it, empty for the last one. */
enum { BLOCK_ROW_KEY, BLOCK_ROW_BYTES, BLOCK_ROW_NEXT, BLOCK_ROW_ID };
int search_block_row(struct db *db, const char *key, size_t len, struct stmt **stmt,
		     struct error *err);

/* Writes the sorted terms: new ones come, those that stand there already get
 * their lines. */
int search_table_put(struct db *db, const struct search_terms *terms, struct error *err);
/* Removes the sorted terms; one that isn't there is fine. */
int search_table_remove(struct db *db, const struct search_terms *terms, struct error *err);
/* An empty index. */
int search_table_clear(struct db *db, struct error *err);

#endif
