/* bulk.h: many new records at once, for imports and demo worlds.
 *
 * Within a write transaction, several times faster than tx_insert() for each:
 * ids are given in advance, so that records can point at each other before
 * any is written, rows go in by one statement for a kind, and the change feed
 * gets one range for a kind. In a transaction of tx_begin_bulk() references
 * are looked up here, quicker than the database does it for each row:
 * FIELD_REFERENCE names the field. What else tx_insert() would have checked and indexed
 * is the caller's duty: record_check(), and search_terms_insert() for students. */
#ifndef OV_STORE_BULK_H
#define OV_STORE_BULK_H

#include "core/store/tx.h"

/* The first id of KIND that is free, as all behind it are. */
int bulk_ids(struct tx *tx, enum kind kind, int64_t *first, struct error *err);

/* Inserts records whose ids bulk_ids() gave, in ascending order without gaps.
 * A head slot that is empty (not above 0) gets its value here: rev 1, now, the actor. Calls
 * the store's progress with DONE_BEFORE + rows done of TOTAL (0: unknown). */
int bulk_insert(struct tx *tx, enum kind kind, void *const *records, size_t count,
		int64_t done_before, int64_t total, struct error *err);

#endif
