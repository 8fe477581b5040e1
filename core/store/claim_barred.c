#include "core/store/claim_barred.h"

#include "core/model/claim_state.h"

/* The actor's logins: his own and those of the same person. Each takes ?, ?. */
#define LOGINS "(SELECT u.id FROM \"user\" u WHERE u.id = ? OR u.person_id = ?)"
#define PREPARES "'claim.create', 'claim.submit', 'claim.resubmit', 'claim.accept', 'claim.verify'"
#define TRAIL "NOT EXISTS (SELECT 1 FROM audit_event v WHERE v.object_kind = 'credit_claim'" \
	" AND v.object_id = c.id AND v.user_id IN " LOGINS

static void logins_add(struct where *where, const struct actor *actor, const char *condition)
{
	where_add(where, condition, "ii", actor->user_id,
		  actor->person_id == OV_NULL ? 0 : actor->person_id);
}

/* F8: the learner himself, and who has a recorded interest. */
static void interest_add(struct where *where, const struct actor *actor)
{
	if (actor->person_id != OV_NULL)
		where_add(where, "NOT EXISTS (SELECT 1 FROM student z WHERE z.id = c.student_id"
				 " AND z.person_id = ?)", "i", actor->person_id);
	logins_add(where, actor, "NOT EXISTS (SELECT 1 FROM student z JOIN user_conflict k"
				 " ON k.person_id = z.person_id WHERE z.id = c.student_id AND"
				 " k.removed_on IS NULL AND k.user_id IN " LOGINS ")");
}

static void column_add(struct where *where, const struct actor *actor, const char *column)
{
	logins_add(where, actor, arena_printf(where->arena, "coalesce(c.%s NOT IN " LOGINS ", TRUE)",
					      column));
}

/* F1; the trail keeps whom the columns have forgotten. */
static void preparers_add(struct where *where, const struct actor *actor)
{
	static const char *const columns[] = { "created_by", "submitted_by", "accepted_by",
					       "verified_by" };

	for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
		column_add(where, actor, columns[i]);
	logins_add(where, actor, TRAIL " AND v.action IN (" PREPARES "))");
}

/* F10; T6 asks for it as well, after an appeal against T8. */
static void excluded_add(struct where *where, const struct actor *actor)
{
	logins_add(where, actor, "NOT EXISTS (SELECT 1 FROM claim_excluded x WHERE"
		   " x.claim_id = c.id AND x.user_id IN " LOGINS ")");
}

void claim_barred_add(struct where *where, const struct actor *actor, int64_t state)
{
	const bool objected = state == CLAIM_OBJECTED || state == CLAIM_APPEALED;
	const bool review = state == CLAIM_VERIFIED || state == CLAIM_EXPERT ||
			    state == CLAIM_FIRST_OK || objected;

	if (actor->system)
		return;
	interest_add(where, actor);
	if (review)
		preparers_add(where, actor);
	if (review || state == CLAIM_ACCEPTED)
		excluded_add(where, actor);
	if (state == CLAIM_EXPERT || state == CLAIM_FIRST_OK || objected) /* F2 */
		column_add(where, actor, "first_by");
	if (state == CLAIM_FIRST_OK || objected)
		column_add(where, actor, "expert_by");
	if (state == CLAIM_APPROVED || state == CLAIM_POSTED || objected) /* F3, F5 */
		column_add(where, actor, "second_by");
	if (state == CLAIM_POSTED) /* F5 */
		column_add(where, actor, "revoke_by");
	if (state == CLAIM_APPEALED) /* T27, T28: no part before */
		logins_add(where, actor, TRAIL " AND v.action LIKE 'claim.%')");
}
