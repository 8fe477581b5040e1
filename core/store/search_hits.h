/* search_hits.h: the line that shows a learner in a list: found by a search,
 * or a member of a cohort. */
#ifndef OV_STORE_SEARCH_HITS_H
#define OV_STORE_SEARCH_HITS_H

#include "core/db/db.h"
#include "core/model/kind.h"

/* Reads one line, masked for the actor: without the right to see the account
 * or claims, those numbers are null. *hit is NULL when there is no such learner. */
int search_hit_read(struct db *db, const struct actor *actor, int64_t student_id,
		    enum match matched, struct arena *arena, struct student_hit **hit,
		    struct error *err);

#endif
