/* chain_pool.h: hashing rows of a chain on other threads while more are read.
 *
 * Reading rows and hashing them cost about the same, and each row brings the
 * hash of the one before, so that rows can be checked apart from each other.
 * The reader fills batches; helpers, one less than the machine has processors,
 * hash them; where no batch is free the reader hashes one itself, so that one
 * processor is enough. Internal to core/store. */
#ifndef OV_STORE_CHAIN_POOL_H
#define OV_STORE_CHAIN_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/hash.h"

enum { CHAIN_BATCH_ROWS = 512 };

/* What is hashed for one row: two runs of bytes, each with what it must give. */
struct chain_item {
	int64_t seq;
	const uint8_t *hash, *seal; /* expected; in the batch's bytes; NULL: not looked at */
	const char *hash_from, *seal_from; /* the bytes, previous value first */
	size_t hash_len, seal_len;
};

struct chain_batch {
	struct chain_item items[CHAIN_BATCH_ROWS];
	size_t count;
	char *bytes; /* CHAIN_BATCH_BYTES */
	size_t used;
	int state;
};

/* A row needs at most this, however long its texts are (they are bounded). */
enum { CHAIN_ROW_BYTES = 16384, CHAIN_BATCH_BYTES = CHAIN_BATCH_ROWS * 512 + CHAIN_ROW_BYTES };

enum chain_fault { CHAIN_GOOD, CHAIN_BAD_HASH, CHAIN_BAD_SEAL };

struct chain_pool;

/* Never fails: without a thread the reader does all. */
struct chain_pool *chain_pool_new(void);
/* An empty batch to fill; hashes full ones meanwhile when there is none. */
struct chain_batch *chain_pool_batch(struct chain_pool *pool);
/* Gives a filled batch away. */
void chain_pool_give(struct chain_pool *pool, struct chain_batch *batch);
/* Is a bad row known already? For the reader to stop early. */
bool chain_pool_broken(struct chain_pool *pool);
/* Waits for all that was given; the first bad row and what is wrong with it. */
enum chain_fault chain_pool_finish(struct chain_pool *pool, int64_t *seq);
void chain_pool_free(struct chain_pool *pool); /* after finish, or to give up */

#endif
