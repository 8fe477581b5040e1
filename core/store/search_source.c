#include "core/store/search_source.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/model/claim_state.h"
#include "core/store/search_group.h"
#include "core/store/search_work.h"

/* The credits are those of student_sums.h: what was earned and transferred. */
static const char columns[] =
	"SELECT s.id, s.student_no, p.full_name, p.mobile, p.doc_no, s.branch_id, s.centre_id, "
	"s.programme_id, s.curriculum_id, s.cohort_id, s.status, s.registered_on, "
	"e.plant, e.workshop, e.post, e.shift_pattern_id, "
	"(SELECT coalesce(sum(l.amount_centi), 0) FROM account a "
	"JOIN ledger_entry l ON l.account_id = a.id "
	"WHERE a.student_id = s.id AND a.kind IN ('EARNED', 'TRANSFER')), "
	"(SELECT count(*) FROM credit_claim c WHERE c.student_id = s.id AND c.state IN (";
static const char tables[] =
	")) FROM student s JOIN person p ON p.id = s.person_id "
	"LEFT JOIN employment e ON e.person_id = s.person_id AND e.valid_to IS NULL ";

static char one_sql[2048], all_sql[2048];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void sql_make(void)
{
	struct buf sql = BUF_INIT;
	const char *comma = "";

	buf_printf(&sql, "%s", columns);
	for (size_t state = 0; state < claim_state_enum.count; state++)
		if (claim_state_open((enum claim_state)state)) {
			buf_printf(&sql, "%s'%s'", comma, claim_state_enum.values[state].code);
			comma = ", ";
		}
	buf_printf(&sql, "%s", tables);
	snprintf(one_sql, sizeof one_sql, "%sWHERE s.id = ?", buf_cstr(&sql));
	snprintf(all_sql, sizeof all_sql, "%sWHERE s.id >= ? ORDER BY s.id", buf_cstr(&sql));
	buf_release(&sql);
}

static int64_t id_of(struct stmt *stmt, int column)
{
	int64_t id = stmt_int(stmt, column);

	return id == OV_NULL ? 0 : id;
}

void search_source_row(struct stmt *stmt, struct arena *arena, struct search_source *source)
{
	struct search_line *line = &source->line;
	const char *on = stmt_text(stmt, 11);
	int64_t status = enum_find(&student_status_enum, stmt_text(stmt, 10));

	memset(source, 0, sizeof *source);
	source->student_id = stmt_int(stmt, 0);
	source->student_no = arena_strdup(arena, stmt_text(stmt, 1));
	source->full_name = arena_strdup(arena, stmt_text(stmt, 2));
	source->mobile = arena_strdup(arena, stmt_text(stmt, 3));
	source->doc_no = arena_strdup(arena, stmt_text(stmt, 4));
	source->plant = arena_strdup(arena, stmt_text(stmt, 12));
	source->workshop = arena_strdup(arena, stmt_text(stmt, 13));
	source->post = arena_strdup(arena, stmt_text(stmt, 14));
	search_line_number_set(line, source->student_no ? source->student_no : "", source->packed);
	line->full_name = source->full_name ? source->full_name : "";
	line->name_len = strlen(line->full_name);
	source->group.branch_id = id_of(stmt, 5);
	source->group.centre_id = id_of(stmt, 6);
	source->group.programme_id = id_of(stmt, 7);
	source->group.curriculum_id = id_of(stmt, 8);
	source->group.cohort_id = id_of(stmt, 9);
	line->status = status == OV_NULL ? STUDENT_WITHDRAWN : status;
	source->group.year = on && strlen(on) >= 4 ? (on[2] - '0') * 10 + (on[3] - '0') : 0;
	line->pattern_id = id_of(stmt, 15);
	line->earned_centi = stmt_int(stmt, 16);
	line->open_claims = stmt_int(stmt, 17);
}

int search_source_all(struct db *db, int64_t first_id, struct stmt **stmt, struct error *err)
{
	int rc;

	pthread_once(&once, sql_make);
	rc = db_prepare_many(db, all_sql, stmt, err);
	if (rc == 0)
		stmt_bind_int(*stmt, 1, first_id);
	return rc;
}

int search_source_get(struct db *db, int64_t student_id, struct arena *arena,
		      struct search_source *source, struct error *err)
{
	struct stmt *stmt;
	int rc;

	pthread_once(&once, sql_make);
	rc = db_prepare(db, one_sql, &stmt, err);
	if (rc < 0)
		return rc;
	stmt_bind_int(stmt, 1, student_id);
	rc = stmt_step(stmt, err);
	if (rc > 0)
		search_source_row(stmt, arena, source);
	if (rc >= 0)
		stmt_reset(stmt);
	if (rc <= 0)
		return rc;
	rc = search_work_id(db, source->plant, source->workshop, source->post,
			    &source->line.work_id, err);
	if (rc == 0)
		rc = search_group_id(db, &source->group, &source->line.group_id, err);
	return rc < 0 ? rc : 1;
}
