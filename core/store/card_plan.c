/* Cards for planning: what a term's planner works from, a draft, and the
 * conflicts of the timetable. */
#include "core/store/card.h"

#include <string.h>

#include "core/store/local.h"
#include "core/store/session_conflicts.h"

/* Rows of one statement as records of TABLE; ?1 is the term, ?2 and ?3 days,
 * ?4 the actor's branch or null. */
static int rows_add(struct card *card, const struct field_table *table, const char *sql,
		    int64_t id, int64_t from, int64_t to, struct error *err)
{
	char first[DATE_TEXT], last[DATE_TEXT];
	struct stmt *stmt;
	int step;

	if (db_prepare(card->tx->db, sql, &stmt, err) < 0)
		return err->code;
	stmt_bind_int(stmt, 1, id);
	if (strstr(sql, "?2")) {
		stmt_bind_text(stmt, 2, date_format(from, first));
		stmt_bind_text(stmt, 3, date_format(to, last));
	}
	if (strstr(sql, "?4"))
		stmt_bind_int(stmt, 4, card->tx->actor->branch_id);
	while ((step = stmt_step(stmt, err)) > 0)
		bundle_add(card->bundle, table, local_row(table, stmt, 0, card->tx->arena));
	stmt_reset(stmt);
	return step < 0 ? err->code : 0;
}

/* The cohorts of a term whose learners the actor may plan for. */
#define TERM_COHORTS \
	"SELECT DISTINCT n.cohort_id FROM enrolment n JOIN cohort h ON h.id = n.cohort_id" \
	" WHERE n.term_id = ?1 AND n.state = 'ENROLLED' AND (?4 IS NULL OR h.centre_id IN" \
	" (SELECT b.id FROM branch b WHERE b.id = ?4 OR b.parent_id = ?4))"

/* Columns in the order of plan_need_fields. Learners: those at home in the
 * cohort, as the conflict engine counts them, and the guests of the course. */
static const char need_sql[] =
	"SELECT n.cohort_id, h.code, n.course_id, k.code, k.hours, k.kind,"
	" (SELECT count(*) FROM student s WHERE s.cohort_id = n.cohort_id AND s.status = 'ACTIVE')"
	" + count(DISTINCT CASE WHEN t.cohort_id IS DISTINCT FROM n.cohort_id THEN t.id END),"
	" (SELECT e.plant FROM student s JOIN employment e ON e.person_id = s.person_id"
	" AND e.valid_to IS NULL WHERE s.cohort_id = n.cohort_id AND s.status = 'ACTIVE'"
	" GROUP BY e.plant ORDER BY count(*) DESC, e.plant NULLS FIRST LIMIT 1),"
	" (SELECT min(x.teacher_id) FROM session_cohort j JOIN session x ON x.id = j.session_id"
	" WHERE j.cohort_id = n.cohort_id AND x.course_id = n.course_id AND x.on_date >= ?2"
	" AND x.on_date <= ?3 AND x.state <> 'CANCELLED'), h.shift_tolerance"
	" FROM enrolment n JOIN student t ON t.id = n.student_id JOIN cohort h ON h.id = n.cohort_id"
	" JOIN course k ON k.id = n.course_id WHERE n.term_id = ?1 AND n.state = 'ENROLLED'"
	" AND t.status = 'ACTIVE' AND n.cohort_id IN (" TERM_COHORTS ")"
	" GROUP BY n.cohort_id, n.course_id, h.id, k.id ORDER BY n.cohort_id, n.course_id";

static const char home_sql[] =
	"SELECT s.cohort_id, NULL, e.shift_pattern_id, coalesce(e.team_offset, 0), count(*)"
	" FROM student s LEFT JOIN employment e ON e.person_id = s.person_id AND e.valid_to IS NULL"
	" WHERE s.status = 'ACTIVE' AND s.cohort_id IN (" TERM_COHORTS ")"
	" GROUP BY 1, 3, 4 ORDER BY 1, 3 NULLS FIRST, 4";

static const char guest_sql[] =
	"SELECT n.cohort_id, n.course_id, e.shift_pattern_id, coalesce(e.team_offset, 0), count(*)"
	" FROM enrolment n JOIN student s ON s.id = n.student_id LEFT JOIN employment e"
	" ON e.person_id = s.person_id AND e.valid_to IS NULL WHERE n.term_id = ?1"
	" AND n.state = 'ENROLLED' AND s.status = 'ACTIVE' AND s.cohort_id IS DISTINCT FROM n.cohort_id"
	" AND n.cohort_id IN (" TERM_COHORTS ") GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3 NULLS FIRST, 4";

/* A guest ties the course to all of his home cohort's, and to where else he is
 * a guest. */
static const char tie_sql[] =
	"SELECT n.cohort_id, n.course_id, s.cohort_id, NULL, count(*) FROM enrolment n"
	" JOIN student s ON s.id = n.student_id WHERE n.term_id = ?1 AND n.state = 'ENROLLED'"
	" AND s.status = 'ACTIVE' AND s.cohort_id IS NOT NULL AND s.cohort_id <> n.cohort_id"
	" GROUP BY 1, 2, 3 UNION ALL"
	" SELECT n.cohort_id, n.course_id, m.cohort_id, m.course_id, count(*) FROM enrolment n"
	" JOIN student s ON s.id = n.student_id JOIN enrolment m ON m.student_id = s.id"
	" AND m.term_id = n.term_id AND m.id > n.id WHERE n.term_id = ?1 AND n.state = 'ENROLLED'"
	" AND m.state = 'ENROLLED' AND s.status = 'ACTIVE' AND n.cohort_id IS DISTINCT FROM s.cohort_id"
	" AND m.cohort_id IS DISTINCT FROM s.cohort_id GROUP BY 1, 2, 3, 4";

static int kind_add(struct card *card, enum kind kind, const struct filter *filters, size_t count,
		    struct error *err)
{
	struct record_list list;

	if (tx_find_all(card->tx, kind, filters, count, 0, &list, err) < 0)
		return err->code;
	for (size_t i = 0; i < list.count; i++)
		bundle_add(card->bundle, list.table, list.items[i]);
	return 0;
}

static int stored_rows(struct card *card, enum kind kind, const char *where, int64_t id,
		       int64_t from, int64_t to, struct error *err)
{
	const char *sql = arena_printf(card->tx->arena, "SELECT %s FROM %s t WHERE %s",
				       local_sql(card->tx->local, kind)->columns,
				       kind_fields(kind)->name, where);

	return rows_add(card, kind_fields(kind), sql, id, from, to, err);
}

static int term_facts(struct card *card, int64_t from, int64_t to, struct error *err)
{
	const struct filter in_view[] = {
		{ .field = "on_date", .op = FILTER_GE, .number = from - 8 },
		{ .field = "on_date", .op = FILTER_LE, .number = to + 8 },
	};
	const struct filter in_force[] = { FILTER_INT("state", CALENDAR_CURRENT) };
	const struct filter kept[] = { FILTER_INT("removed_on", OV_NULL) };

	if (kind_add(card, KIND_ROOM_FEATURE, kept, 1, err) < 0 ||
	    kind_add(card, KIND_ROOM_CLOSURE, kept, 1, err) < 0 ||
	    kind_add(card, KIND_COURSE_NEED, kept, 1, err) < 0 ||
	    kind_add(card, KIND_TEACHER_CERTIFICATE, kept, 1, err) < 0 ||
	    kind_add(card, KIND_POOL, NULL, 0, err) < 0 ||
	    kind_add(card, KIND_COURSE_USE, kept, 1, err) < 0 ||
	    kind_add(card, KIND_COURSE_ORDER, kept, 1, err) < 0 ||
	    kind_add(card, KIND_TEACHER_WISH, kept, 1, err) < 0)
		return err->code;
	if (kind_add(card, KIND_ROOM, NULL, 0, err) < 0 ||
	    kind_add(card, KIND_TEACHER, NULL, 0, err) < 0 ||
	    kind_add(card, KIND_SHIFT_PATTERN, NULL, 0, err) < 0 ||
	    kind_add(card, KIND_CALENDAR_VERSION, in_force, 1, err) < 0 ||
	    kind_add(card, KIND_CALENDAR_DAY, in_view, 2, err) < 0)
		return err->code;
	return !card_may(card, PERM_SEE_P2) ? 0 :
	       kind_add(card, KIND_TEACHER_AWAY, in_view, 2, err);
}

int card_term(struct card *card, struct error *err)
{
	struct term *term;
	int64_t from, to;

	if (card_subject(card, KIND_TERM, "code", card->request->key, (void **)&term, err) < 0)
		return err->code;
	from = card->request->from != OV_NULL ? card->request->from : term->starts_on;
	to = card->request->to != OV_NULL ? card->request->to - 1 : term->ends_on;
	bundle_add(card->bundle, &term_fields, term);
	if (term_facts(card, from, to, err) < 0 ||
	    rows_add(card, &plan_need_fields, need_sql, term->id, term->starts_on, term->ends_on, err) < 0 ||
	    rows_add(card, &plan_tie_fields, tie_sql, term->id, 0, 0, err) < 0 ||
	    stored_rows(card, KIND_SESSION, "?1 > 0 AND t.on_date >= ?2 AND t.on_date <= ?3"
			" AND t.state <> 'CANCELLED' ORDER BY t.id", term->id, from, to, err) < 0 ||
	    stored_rows(card, KIND_SESSION_COHORT, "?1 > 0 AND t.session_id IN (SELECT x.id FROM session x"
			" WHERE x.on_date >= ?2 AND x.on_date <= ?3 AND x.state <> 'CANCELLED')"
			" ORDER BY t.session_id, t.id", term->id, from, to, err) < 0)
		return err->code;
	if (!card_may(card, PERM_TIMETABLE)) /* crews say who works when */
		return 0;
	if (rows_add(card, &plan_crew_fields, home_sql, term->id, 0, 0, err) < 0)
		return err->code;
	return rows_add(card, &plan_crew_fields, guest_sql, term->id, 0, 0, err);
}

/* --- a draft --- */

/* The meetings of a draft as a timetable shows them; the id is that of the
 * plan_session. Columns in the order of session_slot_fields. */
static const char slot_sql[] =
	"SELECT x.id, x.rev, x.on_date, x.start_min, x.end_min, k.code, k.name, p.full_name,"
	" r.code, r.site, h.code, x.mode, 'PLANNED',"
	" (SELECT count(*) FROM plan_clash q WHERE q.meeting_id = x.id)"
	" FROM plan_session x JOIN course k ON k.id = x.course_id JOIN cohort h ON h.id = x.cohort_id"
	" JOIN teacher t ON t.id = x.teacher_id JOIN person p ON p.id = t.person_id"
	" LEFT JOIN room r ON r.id = x.room_id WHERE x.plan_id = ?1 AND x.on_date >= ?2"
	" AND x.on_date <= ?3 ORDER BY x.on_date, x.start_min, h.code, x.id";

int card_plan(struct card *card, struct error *err)
{
	struct plan_draft *plan;
	int64_t from, to;

	if (card_subject(card, KIND_PLAN_DRAFT, "name", card->request->key, (void **)&plan, err) < 0)
		return err->code;
	from = card->request->from != OV_NULL ? card->request->from : plan->from_on;
	to = card->request->to != OV_NULL ? card->request->to - 1 : plan->to_on;
	bundle_add(card->bundle, &plan_draft_fields, plan);
	if (card_add(card, KIND_TERM, plan->term_id, err) < 0 ||
	    rows_add(card, &session_slot_fields, slot_sql, plan->id, from, to, err) < 0 ||
	    stored_rows(card, KIND_PLAN_SESSION, "t.plan_id = ?1 AND t.state = 'UNPLACED' ORDER BY t.id",
			plan->id, 0, 0, err) < 0 ||
	    stored_rows(card, KIND_PLAN_BLOCKER, "t.plan_id = ?1 ORDER BY t.id", plan->id, 0, 0, err) < 0 ||
	    stored_rows(card, KIND_COHORT, "t.id IN (SELECT q.cohort_id FROM plan_session q"
			" WHERE q.plan_id = ?1) ORDER BY t.id", plan->id, 0, 0, err) < 0 ||
	    stored_rows(card, KIND_COURSE, "t.id IN (SELECT q.course_id FROM plan_session q"
			" WHERE q.plan_id = ?1) ORDER BY t.id", plan->id, 0, 0, err) < 0)
		return err->code;
	if (!card_may(card, PERM_SEE_P2))
		return 0;
	if (stored_rows(card, KIND_PLAN_CLASH, "t.plan_id = ?1 ORDER BY t.id", plan->id, 0, 0, err) < 0)
		return err->code;
	return stored_rows(card, KIND_STUDENT, "t.id IN (SELECT q.student_id FROM plan_clash q"
			   " WHERE q.plan_id = ?1) ORDER BY t.id", plan->id, 0, 0, err);
}

/* --- conflicts of the timetable --- */

/* KEY is a cohort's code, or nothing (or "-") for all. */
int card_conflicts(struct card *card, struct error *err)
{
	const char *key = card->request->key;
	struct cohort *cohort = NULL;

	if (card->request->id > 0 || (key && *key && strcmp(key, "-") != 0)) {
		if (card_subject(card, KIND_COHORT, "code", key, (void **)&cohort, err) < 0)
			return err->code;
		bundle_add(card->bundle, &cohort_fields, cohort);
	}
	if (timetable_conflicts(card->tx, cohort ? cohort->id : 0, card->from, card->to, card->bundle,
				err) < 0)
		return err->code;
	return not_placed(card->tx, cohort ? cohort->id : 0, card->from, card->to, card->bundle, err);
}
