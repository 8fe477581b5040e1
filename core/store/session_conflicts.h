/* session_conflicts.h: the one conflict engine, asked about meetings of the
 * store: before a meeting is saved, for the week of a cohort, for a term. */
#ifndef OV_STORE_SESSION_CONFLICTS_H
#define OV_STORE_SESSION_CONFLICTS_H

#include "core/model/kind.h"
#include "core/store/session_input.h"
#include "core/store/tx.h"

/* A meeting as it is or shall be. */
struct meeting_draft {
	const struct session *session; /* id 0: not saved yet */
	const int64_t *cohort_ids;
	size_t cohort_count;
};

/* Hard conflicts: all, those that were overridden, those nobody may override. */
struct conflict_counts {
	int64_t hard, overridden, fixed;
};

/* Adds a conflict record for every finding about DRAFT to BUNDLE. Meetings
 * of the days around are looked at (session_days_around()), and, of any day, what
 * the order of courses or an examination ties to it. */
int session_conflicts(struct tx *tx, const struct meeting_draft *draft, struct bundle *bundle,
		      struct conflict_counts *counts, struct error *err);

/* All conflicts of the meetings of a cohort in [from, to), for its card; also
 * counts them in the session_slot records of the bundle. With WHO, a member_clash
 * for each learner they name. */
int cohort_conflicts(struct tx *tx, bool who, int64_t from, int64_t to,
		     struct bundle *bundle, struct error *err);

/* All conflicts, soft ones of the whole too, of the meetings that take place
 * in [from, to); of one cohort when COHORT_ID is not 0. */
int timetable_conflicts(struct tx *tx, int64_t cohort_id, int64_t from, int64_t to,
			struct bundle *bundle, struct error *err);

/* A NOT_PLACED record for each course of a cohort whose hours are not covered
 * by meetings of the term that holds day FROM; of one cohort when COHORT_ID is
 * not 0. Nothing for days without a term. */
int not_placed(struct tx *tx, int64_t cohort_id, int64_t from, int64_t to, struct bundle *bundle,
	       struct error *err);

/* Of twins a learner needs one: takes out of the findings about shifts those
 * learners who can come to another meeting of the same lesson, and the findings
 * that nobody is left in. */
void session_twins_relieve(const struct session_input *si, struct conflict_list *list);

/* One finding about the meetings of SI as a record, seen from meeting ASKED. */
int conflict_record(struct session_input *si, const struct conflict_finding *from, int asked,
		    struct conflict **out, struct error *err);
/* Was this kind of conflict overridden at the meeting? */
bool session_overrides(const struct session *session, enum conflict_kind kind);

#endif
