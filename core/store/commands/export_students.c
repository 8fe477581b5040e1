/* student.export: learners as rows that student.import reads. The command is
 * for those who may take rosters out, with a reason that is logged; document
 * and mobile numbers are in clear, which makes each export a reveal. */
#include "core/store/commands/handlers.h"

#include <inttypes.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/store/commands/import_args.h"
#include "core/store/card_print.h"
#include "core/store/import_internal.h"
#include "core/store/local.h"

FIELD_TABLE(student_export_args, STUDENT_EXPORT_ARGS, "student_export_args", N_("Export"), false, NULL);

enum { PROGRESS_ROWS = 1024 };

/* In the order of row_read(). */
static const char export_sql[] =
	"SELECT s.student_no, p.full_name, p.sex, p.doc_kind, p.doc_no, p.mobile, p.email, "
	"g.code, c.code, g.level, s.registered_on, b.code, z.code, e.employer, e.plant, "
	"e.workshop, e.post, h.code, e.team_offset, e.employee_no "
	"FROM student s JOIN person p ON p.id = s.person_id "
	"JOIN programme g ON g.id = s.programme_id "
	"JOIN branch b ON b.id = s.branch_id JOIN branch z ON z.id = s.centre_id "
	"LEFT JOIN cohort c ON c.id = s.cohort_id "
	"LEFT JOIN employment e ON e.person_id = p.id AND e.valid_to IS NULL "
	"LEFT JOIN shift_pattern h ON h.id = e.shift_pattern_id";

static void where_text(struct where *where, const char *condition, const char *value)
{
	if (value && *value)
		where_add(where, condition, "t", value);
}

static void where_fill(struct where *where, const struct student_export_args *args,
		       const struct actor *actor)
{
	int64_t scope = actor->branch_id;

	where_text(where, "s.student_no = ?", args->student_no);
	where_text(where, "g.code = ?", args->programme);
	where_text(where, "c.code = ?", args->cohort);
	where_text(where, "b.code = ?", args->branch);
	where_text(where, "z.code = ?", args->centre);
	where_text(where, "e.employer = ?", args->employer);
	where_text(where, "e.plant = ?", args->plant);
	if (args->status != OV_NULL)
		where_text(where, "s.status = ?", enum_code(&student_status_enum, args->status));
	if (!actor->system && scope != OV_NULL)
		where_add(where, "(s.branch_id = ? OR s.centre_id = ?)", "ii", scope, scope);
}

static const char *level_word(const char *code)
{
	int64_t level = enum_find(&programme_level_enum, code);

	return level == LEVEL_ZHUANKE ? "\u4e13\u79d1" : level == LEVEL_BENKE_TOPUP ?
	       "\u4e13\u5347\u672c" : level == LEVEL_BENKE ? "\u672c\u79d1" : NULL;
}

static const char *sex_word(const char *code)
{
	int64_t sex = enum_find(&sex_enum, code);

	return sex == SEX_M ? "\u7537" : sex == SEX_F ? "\u5973" : NULL;
}

static struct import_row *row_read(struct stmt *stmt, struct arena *arena, const char *mark)
{
	struct import_row *row = record_new(arena, &import_row_fields);
	const char **slots[] = {
		&row->student_no, &row->full_name, &row->sex, &row->doc_kind, &row->doc_no,
		&row->mobile, &row->email, &row->programme, &row->cohort, &row->level,
		&row->registered_on, &row->branch, &row->centre, &row->employer, &row->plant,
		&row->workshop, &row->post, &row->shift, &row->team, &row->employee_no,
	};

	for (int i = 0; i < (int)(sizeof slots / sizeof slots[0]); i++)
		*slots[i] = arena_strdup(arena, stmt_text(stmt, i));
	row->sex = sex_word(row->sex ? row->sex : "");
	row->level = level_word(row->level ? row->level : "");
	if (row->doc_kind && !strcmp(row->doc_kind, "CITIZEN_ID"))
		row->doc_kind = NULL; /* what an import takes it for */
	row->remark = mark;
	return row;
}

/* DOMAIN.md 7.3: exports carry a watermark of user and time. The import keeps
 * remarks in its log only, so the file can come back as it is. */
static const char *watermark(struct tx *tx)
{
	char now[INSTANT_TEXT];

	return arena_printf(tx->arena, "%s %s", tx->actor->login,
			    instant_format(print_instant(tx), now));
}

static int rows_read(struct tx *tx, struct stmt *stmt, struct outcome *outcome, int64_t *count,
		     struct error *err)
{
	const char *mark = watermark(tx);
	int rc;

	*count = 0;
	while ((rc = stmt_step(stmt, err)) > 0) {
		bundle_add(&outcome->records, &import_row_fields, row_read(stmt, tx->arena, mark));
		if (++*count % PROGRESS_ROWS == 0 && import_progress(tx, *count, 0, err) < 0) {
			stmt_reset(stmt);
			return err->code;
		}
	}
	if (rc == 0)
		stmt_reset(stmt);
	return rc;
}

int command_student_export(struct tx *tx, const struct command *command,
			   struct outcome *outcome, struct error *err)
{
	const struct student_export_args *args = command->args;
	struct buf sql = BUF_INIT;
	struct where where;
	struct stmt *stmt;
	int64_t count = 0;
	int rc;

	where_init(&where, tx->arena);
	where_fill(&where, args, tx->actor);
	buf_printf(&sql, "%s%s ORDER BY s.student_no", export_sql, buf_cstr(&where.sql));
	rc = db_prepare_many(tx->db, buf_cstr(&sql), &stmt, err);
	if (rc == 0)
		where_bind(&where, stmt, 1);
	if (rc == 0)
		rc = rows_read(tx, stmt, outcome, &count, err);
	if (rc == 0)
		tx->audit_detail = arena_printf(tx->arena, "rows %" PRId64, count);
	where_release(&where);
	buf_release(&sql);
	return rc;
}
