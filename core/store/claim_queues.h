/* claim_queues.h: how many claims stand in each state that waits for somebody.
 * store_find() on KIND_CLAIM_QUEUE comes here: one page without filters, order
 * or cursor, one row for each state in the order of enum claim_state. */
#ifndef OV_STORE_CLAIM_QUEUES_H
#define OV_STORE_CLAIM_QUEUES_H

#include "core/store/local.h"

int claim_queues_find(struct local *local, const struct query *query, struct arena *arena,
		      struct page *page, struct error *err);

#endif
