/* Teaching that has no place in its term: NOT_PLACED of CONFLICTS.md. */
#include "core/model/reason.h"
#include "core/store/local.h"
#include "core/store/session_conflicts.h"

/* Hours wanted and minutes planned of each course of a cohort in a term; twins
 * of a lesson count once, examinations not at all. */
static const char covered_sql[] =
	"SELECT h.code, k.code, k.hours, k.kind, (SELECT coalesce(sum(x.end_min - x.start_min), 0)"
	" FROM session_cohort j JOIN session x ON x.id = j.session_id WHERE j.cohort_id = h.id"
	" AND x.course_id = k.id AND x.on_date >= ?2 AND x.on_date <= ?3 AND x.twin_id IS NULL"
	" AND x.state <> 'CANCELLED' AND coalesce(x.exam, 0) = 0) FROM enrolment n JOIN cohort h ON h.id = n.cohort_id"
	" JOIN course k ON k.id = n.course_id JOIN student s ON s.id = n.student_id"
	" WHERE n.term_id = ?1 AND n.state = 'ENROLLED' AND s.status = 'ACTIVE'"
	" AND (?4 = 0 OR n.cohort_id = ?4) GROUP BY h.id, k.id ORDER BY h.code, k.code";

static int term_of(struct tx *tx, int64_t from, int64_t to, struct term **out, struct error *err)
{
	const struct filter holds[] = {
		{ .field = "starts_on", .op = FILTER_LT, .number = to },
		{ .field = "ends_on", .op = FILTER_GE, .number = from },
	};

	return tx_find_one(tx, KIND_TERM, holds, 2, (void **)out, err);
}

static void conflict_put(struct tx *tx, struct stmt *stmt, int64_t wanted, struct bundle *bundle)
{
	struct conflict *to = record_new(tx->arena, &conflict_fields);
	struct error words = ERROR_INIT;
	int64_t lacks = wanted - stmt_int(stmt, 4);

	to->kind = enum_code(&conflict_kind_enum, CONFLICT_NOT_PLACED);
	to->hard = 1;
	to->overridden = 0;
	to->what = arena_printf(tx->arena, "%s %s", stmt_text(stmt, 1), stmt_text(stmt, 0));
	error_reason(&words, REASON_CF_NOT_PLACED, "a", to->what, "count",
		     arena_printf(tx->arena, "%lld", (long long)lacks), "of",
		     arena_printf(tx->arena, "%lld", (long long)wanted), NULL);
	to->message = arena_strdup(tx->arena, words.message);
	to->next = arena_strdup(tx->arena, words.next);
	bundle_add(bundle, &conflict_fields, to);
}

int not_placed(struct tx *tx, int64_t cohort_id, int64_t from, int64_t to, struct bundle *bundle,
	       struct error *err)
{
	const struct planner_options *planner;
	char first[DATE_TEXT], last[DATE_TEXT];
	struct term *term;
	struct stmt *stmt;
	int step;

	if (local_planner(tx->local, &planner, err) < 0 || term_of(tx, from, to, &term, err) < 0)
		return err->code;
	if (!term)
		return 0;
	if (db_prepare(tx->db, covered_sql, &stmt, err) < 0)
		return err->code;
	stmt_bind_int(stmt, 1, term->id);
	stmt_bind_text(stmt, 2, date_format(term->starts_on, first));
	stmt_bind_text(stmt, 3, date_format(term->ends_on, last));
	stmt_bind_int(stmt, 4, cohort_id);
	while ((step = stmt_step(stmt, err)) > 0) {
		bool practice = enum_find(&course_kind_enum, stmt_text(stmt, 3)) == COURSE_PRACTICE;
		int64_t wanted = stmt_int(stmt, 2) * planner->lesson_min *
				 (practice ? planner->practice_percent : planner->taught_percent) / 100;

		if (stmt_int(stmt, 4) < wanted)
			conflict_put(tx, stmt, wanted, bundle);
	}
	stmt_reset(stmt);
	return step < 0 ? err->code : 0;
}
