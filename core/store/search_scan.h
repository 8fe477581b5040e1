/* search_scan.h: reading the search index.
 *
 * Who types asks for the same few blocks again and again (zs, zsa, and zs of the next
 * one in the queue), so those that were read last are kept, taken apart: the terms as
 * texts, so that a place among them is found by halving. What is kept counts for one
 * state of the database, and is dropped when it can't be said that the state is that one
 * still. One thread at a time. */
#ifndef OV_STORE_SEARCH_SCAN_H
#define OV_STORE_SEARCH_SCAN_H

#include "core/db/db.h"
#include "core/store/search_block.h"

struct search_kept;

struct search_blocks {
	struct db *db;
	struct search_kept *items; /* by their first keys; heap */
	size_t count, room;
	size_t most;           /* blocks that are kept from one question to the next */
	uint64_t turn;         /* questions so far */
	struct db_state state; /* of what is kept */
	bool known;            /* the state is */
	struct search_apart apart; /* the block that is read */
};

/* Kept in a server, for each of its readers; at a desk: some 4 MB. */
enum { SEARCH_BLOCKS = 64, SEARCH_BLOCKS_DESK = 512 };

void search_blocks_init(struct search_blocks *blocks, struct db *db);
void search_blocks_release(struct search_blocks *blocks);
/* A question begins: what was found by the one before is no longer used. STATE is that
 * of the database, NULL when it isn't known: then nothing is kept until the next one. */
void search_blocks_turn(struct search_blocks *blocks, const struct db_state *state);

/* Walks through the entries whose terms begin with a prefix, in order. */
struct search_scan {
	struct search_blocks *blocks;
	const struct search_piece *piece; /* the present block; NULL: none yet */
	size_t at;                        /* in it, of the next entry */
	const char *prefix, *from;        /* from: where it goes on; NULL: at the next entry */
	size_t prefix_len;
	bool whole;
	struct search_entry entry; /* its texts stay until the next search_blocks_turn() */
};

/* WHOLE: the term is PREFIX, nothing longer. PREFIX is kept by the caller. */
void search_scan_begin(struct search_scan *scan, struct search_blocks *blocks,
		       const char *prefix, bool whole);
/* The next entry is the first that isn't less than FROM, which begins with the prefix, is
 * greater than the present entry and kept by the caller. */
void search_scan_from(struct search_scan *scan, const char *from);
/* 1: scan->entry is the next one; 0: no more; or an error. */
int search_scan_next(struct search_scan *scan, struct error *err);

#endif
