/* search_peers.h: what the search is measured beside: the same keys and rows
 * in LMDB, in sorted arrays in memory, and in FTS5. */
#ifndef OV_BENCH_SEARCH_PEERS_H
#define OV_BENCH_SEARCH_PEERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/db/db.h"

/* The whole index of a database, in memory, by term and id. */
struct keys {
	struct key {
		size_t term; /* where in texts: the kind, then what is typed */
		int64_t id;
	} *items;
	size_t count, room;
	char *texts;
	size_t texts_used, texts_room;
	/* what a list shows, by id */
	struct row {
		const uint8_t *bytes;
		size_t len;
	} *rows;
	uint8_t *bytes;
	int64_t last_id, learners;
	size_t bytes_used;
};

static inline const char *key_term(const struct keys *keys, size_t i)
{
	return keys->texts + keys->items[i].term;
}

int keys_read(struct keys *keys, struct db *db, struct error *err);

/* Does the learner of this row fit the word that narrows? */
typedef bool row_fits(void *context, const uint8_t *row, size_t len);

/* A peer answers the first ROWS rows of the keys that begin with PREFIX: it finds
 * them, copies what the list shows into OUT (ROWS * 512 bytes), says how many.
 * ask_fitting: only of those that fit; NULL for a peer that can't. */
struct peer {
	const char *name;
	void *state;
	size_t (*ask)(void *state, const char *prefix, size_t rows, uint8_t *out);
	size_t (*ask_fitting)(void *state, const char *prefix, size_t rows, row_fits *fits,
			      void *context, uint8_t *out);
	double bytes_per_student, build_seconds;
};

bool peer_array(struct peer *peer, const struct keys *keys);
bool peer_lmdb(struct peer *peer, const struct keys *keys, const char *folder);
bool peer_fts5(struct peer *peer, const struct keys *keys, const char *folder);

#endif
