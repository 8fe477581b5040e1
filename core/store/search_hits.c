#include "core/store/search_hits.h"

#include "core/model/claim_state.h"

/* Everything but the claims, in the order of hit_row(). */
static const char hit_sql[] =
	"SELECT s.student_no, p.full_name, g.code, g.name, c.code, s.status, u.min_total_centi, "
	"(SELECT e.plant FROM employment e WHERE e.person_id = s.person_id AND e.valid_to IS NULL), "
	"(SELECT coalesce(sum(l.amount_centi), 0) FROM account a "
	"JOIN ledger_entry l ON l.account_id = a.id "
	"WHERE a.student_id = s.id AND a.kind IN ('EARNED', 'TRANSFER')) "
	"FROM student s JOIN person p ON p.id = s.person_id "
	"JOIN programme g ON g.id = s.programme_id "
	"JOIN curriculum u ON u.id = s.curriculum_id "
	"LEFT JOIN cohort c ON c.id = s.cohort_id WHERE s.id = ?";

static struct student_hit *hit_row(struct stmt *stmt, struct arena *arena)
{
	struct student_hit *hit = record_new(arena, &student_hit_fields);

	hit->student_no = arena_strdup(arena, stmt_text(stmt, 0));
	hit->full_name = arena_strdup(arena, stmt_text(stmt, 1));
	hit->programme = arena_strdup(arena, stmt_text(stmt, 2));
	hit->programme_name = arena_strdup(arena, stmt_text(stmt, 3));
	hit->cohort = arena_strdup(arena, stmt_text(stmt, 4));
	hit->status = enum_find(&student_status_enum, stmt_text(stmt, 5));
	hit->min_total_centi = stmt_int(stmt, 6);
	hit->plant = arena_strdup(arena, stmt_text(stmt, 7));
	hit->earned_centi = stmt_int(stmt, 8);
	return hit;
}

static int claims_count(struct db *db, int64_t student_id, int64_t *open, struct error *err)
{
	struct stmt *stmt;
	int rc = db_prepare(db, "SELECT state FROM credit_claim WHERE student_id = ?", &stmt, err);

	*open = 0;
	if (rc < 0)
		return rc;
	stmt_bind_int(stmt, 1, student_id);
	while ((rc = stmt_step(stmt, err)) > 0) {
		int64_t state = enum_find(&claim_state_enum, stmt_text(stmt, 0));

		*open += state != OV_NULL && claim_state_open((enum claim_state)state);
	}
	if (rc == 0)
		stmt_reset(stmt);
	return rc;
}

int search_hit_read(struct db *db, const struct actor *actor, int64_t student_id,
		    enum match matched, struct arena *arena, struct student_hit **hit,
		    struct error *err)
{
	struct stmt *stmt;
	int rc = db_prepare(db, hit_sql, &stmt, err);

	*hit = NULL;
	if (rc < 0)
		return rc;
	stmt_bind_int(stmt, 1, student_id);
	rc = stmt_step(stmt, err);
	if (rc > 0)
		*hit = hit_row(stmt, arena);
	if (rc >= 0)
		stmt_reset(stmt);
	if (rc <= 0)
		return rc;
	(*hit)->id = student_id;
	(*hit)->matched = matched;
	if (!permission_has(actor, PERM_ACCOUNT))
		(*hit)->earned_centi = OV_NULL;
	rc = 0;
	if (permission_has(actor, PERM_CLAIM_READ))
		rc = claims_count(db, student_id, &(*hit)->open_claims, err);
	record_mask(&student_hit_fields, *hit, actor, arena);
	return rc;
}
