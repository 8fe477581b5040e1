/* ledger_pages.h: the ledger read through any store, page by page, from its
 * first entry to its last, and held against itself here: whoever asks a server
 * whether its ledger is whole need not believe the answer. */
#ifndef OV_STORE_LEDGER_PAGES_H
#define OV_STORE_LEDGER_PAGES_H

#include "core/store/chain.h"
#include "core/store/store.h"

/* Where somebody is in it. Starts as LEDGER_PAGES_INIT. */
struct ledger_pages {
	struct store *store;
	struct arena arena;  /* of the page */
	struct page page;
	size_t at;           /* in the page */
	bool begun;
	/* Which claim a line belongs to, by ascending id, as far as it was needed. */
	struct line_claim {
		int64_t line, claim;
	} *lines;
	size_t line_count, line_room;
	char *line_cursor;   /* NULL at the start and at the end */
	bool lines_ended;
	int64_t read;
};

#define LEDGER_PAGES_INIT { .store = NULL }

/* 1: *entry is the next one, valid until the next call, and *claim the claim of
 * its line (OV_NULL without one); 0: there is no more. LEDGER_PART when the
 * actor sees one branch's part only. Reports to the store's progress, stops on
 * cancel. What comes in no order stays in none: the reader has to look. */
int ledger_pages_next(struct ledger_pages *pages, const struct ledger_entry **entry,
		      int64_t *claim, struct error *err);
void ledger_pages_release(struct ledger_pages *pages);

/* What chain_verify() of the ledger looks at, by what the store tells: order,
 * hashes, seals, days, balances, reversals. MARK (may be NULL) gets hash and seal
 * of the entry whose seq it has; `found` says that it is there. An entry without
 * a seal is taken only before the first that has one (a database of schema 2). */
struct ledger_mark {
	int64_t seq;
	bool found;
	uint8_t hash[HASH_BYTES], seal[HASH_BYTES];
};
int ledger_pages_verify(struct store *store, struct ledger_mark *mark,
			struct chain_result *result, struct error *err);

#endif
