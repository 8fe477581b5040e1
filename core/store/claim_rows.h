/* claim_rows.h: the queue of claims, with the names a list shows.
 *
 * store_find() on KIND_CLAIM_ROW comes here. Filters: state (EQ, NE),
 * deadline_on and submitted_on (any comparison, EQ null too), claim_no,
 * student_no, student_id, overdue = 1, and mine = 1: what waits for the
 * actor's roles now. Order: deadline_on, submitted_on or id. */
#ifndef OV_STORE_CLAIM_ROWS_H
#define OV_STORE_CLAIM_ROWS_H

#include "core/store/local.h"
#include "core/store/tx.h"

int claim_rows_find(struct local *local, const struct query *query, struct arena *arena,
		    struct page *page, struct error *err);

/* One line of the queue; an expert gets the claim's number for the learner's
 * and no name (DOMAIN.md 7.2). */
int claim_row_load(struct db *db, int64_t id, const struct actor *actor, int64_t today,
		   struct arena *arena, struct claim_row **out, struct error *err);

/* Does a claim in STATE wait for a step of the actor's roles? NOTICE does only
 * when its days are over, POSTED only when its revocation was asked for. */
bool claim_state_waits(const struct actor *actor, int64_t state);

#endif
