/* session_conflicts.h: the one conflict engine, asked about meetings of the
 * store: before a meeting is saved, and for the week of a cohort. */
#ifndef OV_STORE_SESSION_CONFLICTS_H
#define OV_STORE_SESSION_CONFLICTS_H

#include "core/model/kind.h"
#include "core/store/tx.h"

/* A meeting as it is or shall be. */
struct meeting_draft {
	const struct session *session; /* id 0: not saved yet */
	const int64_t *cohort_ids;
	size_t cohort_count;
};

/* Adds a conflict record for every finding about DRAFT to BUNDLE; *hard counts
 * the hard ones, *fixed those among them that nobody may override. Meetings
 * from two days before to two days after are looked at. */
int session_conflicts(struct tx *tx, const struct meeting_draft *draft, struct bundle *bundle,
		      int64_t *hard, int64_t *fixed, struct error *err);

/* All conflicts of the meetings of a cohort in [from, to), for its card; also
 * counts them in the session_slot records of the bundle. */
int cohort_conflicts(struct tx *tx, int64_t cohort_id, int64_t from, int64_t to,
		     struct bundle *bundle, struct error *err);

#endif
