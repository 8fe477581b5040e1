/* ledger_rows.h: the ledger as a list people page through.
 *
 * store_find() on KIND_LEDGER_ROW comes here. Filters: seq and booked_on (any
 * comparison), student_id, student_no, claim_no, kind and account (EQ). Order:
 * by seq. Each row is hashed again as it is read: `intact`. */
#ifndef OV_STORE_LEDGER_ROWS_H
#define OV_STORE_LEDGER_ROWS_H

#include "core/store/local.h"

int ledger_rows_find(struct local *local, const struct query *query, struct arena *arena,
		     struct page *page, struct error *err);

#endif
