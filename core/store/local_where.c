/* Conditions: filters by field tables, and the branch or centre somebody may
 * see. */
#include "core/store/local.h"

#include <stdarg.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/model/reason.h"

void where_init(struct where *where, struct arena *arena)
{
	memset(where, 0, sizeof *where);
	where->arena = arena;
}

void where_release(struct where *where)
{
	buf_release(&where->sql);
}

static void value_add(struct where *where, bool is_text, int64_t number, const char *text)
{
	if (where->count == WHERE_MAX)
		return; /* where_bind() reports it */
	where->values[where->count].is_text = is_text;
	where->values[where->count].number = number;
	where->values[where->count].text = text;
	where->count++;
}

static void begin(struct where *where)
{
	buf_text(&where->sql, where->sql.len ? " AND " : " WHERE ");
}

void where_add(struct where *where, const char *text, const char *types, ...)
{
	va_list args;

	begin(where);
	buf_text(&where->sql, text);
	va_start(args, types);
	for (; *types; types++)
		if (*types == 't')
			value_add(where, true, 0, va_arg(args, const char *));
		else
			value_add(where, false, va_arg(args, int64_t), NULL);
	va_end(args);
}

/* In tables with both, seq is id, and only id has an index. */
static const char *column(const struct field *field)
{
	return strcmp(field->name, "seq") ? field->name : "id";
}

static void filter_value(struct where *where, const struct field *field,
			 const struct filter *filter)
{
	switch (field->type) {
	case FT_TEXT:
		value_add(where, true, 0, filter->text);
		break;
	case FT_ENUM:
		value_add(where, true, 0, enum_code(field->enums, filter->number));
		break;
	case FT_DATE:
		value_add(where, true, 0,
			  date_format(filter->number, arena_alloc(where->arena, DATE_TEXT)));
		break;
	default:
		value_add(where, false, filter->number, NULL);
	}
}

int where_filters(struct where *where, const struct field_table *table,
		  const struct filter *filters, size_t count, struct error *err)
{
	static const char *const ops[] = {
		[FILTER_EQ] = "=", [FILTER_NE] = "<>", [FILTER_LT] = "<",
		[FILTER_LE] = "<=", [FILTER_GT] = ">", [FILTER_GE] = ">=",
	};

	for (size_t i = 0; i < count; i++) {
		const struct filter *filter = &filters[i];
		const struct field *field = local_field(table, filter->field);
		bool null;

		if (!field || field->flags & SECRET || field->type == FT_HASH ||
		    (filter->op != FILTER_EQ && filter->op != FILTER_NE && field->type == FT_ENUM))
			return error_reason(err, REASON_FIELD_UNKNOWN, "name", filter->field, NULL);
		null = field->type == FT_TEXT ? !filter->text : filter->number == OV_NULL;
		begin(where);
		if (null) {
			buf_printf(&where->sql, "t.\"%s\" IS %sNULL", column(field),
				   filter->op == FILTER_EQ ? "" : "NOT ");
			continue;
		}
		buf_printf(&where->sql, "t.\"%s\" %s ?", column(field), ops[filter->op]);
		filter_value(where, field, filter);
	}
	return 0;
}

/* How a kind's records hang on a learner, whose branch and centre decide. The
 * text stands between "EXISTS (SELECT 1 FROM student s" and ")". Kinds that
 * are not here belong to everybody. */
static const char *learner_of(enum kind kind)
{
	switch (kind) {
	case KIND_ENROLMENT:
	case KIND_COURSE_RESULT:
	case KIND_ATTENDANCE:
	case KIND_COHORT_WAIT:
	case KIND_CREDIT_CLAIM:
	case KIND_SOURCE_USE:
	case KIND_ACCOUNT:
		return " WHERE s.id = t.student_id";
	case KIND_EMPLOYMENT:
	case KIND_CERTIFICATE:
	case KIND_PRIOR_RESULT:
		return " WHERE s.person_id = t.person_id";
	case KIND_CLAIM_LINE:
	case KIND_CLAIM_EXCLUDED:
	case KIND_CLAIM_EXPLANATION:
		return ", credit_claim c WHERE c.id = t.claim_id AND s.id = c.student_id";
	case KIND_EVIDENCE:
		return ", credit_claim c, claim_line l WHERE l.id = t.line_id "
		       "AND c.id = l.claim_id AND s.id = c.student_id";
	case KIND_LEDGER_ENTRY:
		return ", account a WHERE a.id = t.account_id AND s.id = a.student_id";
	default:
		return NULL;
	}
}

void where_scope(struct where *where, enum kind kind, const struct actor *actor)
{
	const char *learner = learner_of(kind);
	int64_t branch = actor->branch_id;

	if (actor->system || branch == OV_NULL)
		return;
	if (kind == KIND_STUDENT) {
		where_add(where, "(t.branch_id = ? OR t.centre_id = ?)", "ii", branch, branch);
	} else if (kind == KIND_COHORT) {
		where_add(where, "t.centre_id IN (SELECT id FROM branch WHERE id = ? "
			  "OR parent_id = ?)", "ii", branch, branch);
	} else if (kind == KIND_PERSON) { /* staff and teachers belong to everybody */
		where_add(where, "(EXISTS (SELECT 1 FROM student s WHERE s.person_id = t.id "
			  "AND (s.branch_id = ? OR s.centre_id = ?)) OR NOT EXISTS "
			  "(SELECT 1 FROM student s WHERE s.person_id = t.id))", "ii",
			  branch, branch);
	} else if (kind == KIND_CALENDAR_FEED) { /* those of rooms and teachers belong to everybody */
		where_add(where, "(t.student_id IS NULL OR EXISTS (SELECT 1 FROM student s "
			  "WHERE s.id = t.student_id AND (s.branch_id = ? OR s.centre_id = ?)))", "ii",
			  branch, branch);
		where_add(where, "(t.cohort_id IS NULL OR EXISTS (SELECT 1 FROM cohort c "
			  "JOIN branch b ON b.id = c.centre_id WHERE c.id = t.cohort_id "
			  "AND (b.id = ? OR b.parent_id = ?)))", "ii", branch, branch);
	} else if (learner) {
		where_add(where, arena_printf(where->arena, "EXISTS (SELECT 1 FROM student s%s "
			  "AND (s.branch_id = ? OR s.centre_id = ?))", learner), "ii",
			  branch, branch);
	}
}

int where_bind(const struct where *where, struct stmt *stmt, int index)
{
	for (size_t i = 0; i < where->count; i++, index++)
		if (where->values[i].is_text)
			stmt_bind_text(stmt, index, where->values[i].text);
		else
			stmt_bind_int(stmt, index, where->values[i].number);
	return index;
}

int local_in_scope(struct local *local, enum kind kind, int64_t id, bool *inside,
		   struct arena *arena, struct error *err)
{
	struct where where;
	struct stmt *stmt;
	int rc;

	*inside = true;
	where_init(&where, arena);
	where_scope(&where, kind, &local->store.actor);
	if (!where.sql.len) {
		where_release(&where);
		return 0;
	}
	where_add(&where, "t.id = ?", "i", id);
	rc = db_prepare(local->db, arena_printf(arena, "SELECT 1 FROM \"%s\" t%s",
			kind_fields(kind)->name, buf_cstr(&where.sql)), &stmt, err);
	if (rc == 0) {
		where_bind(&where, stmt, 1);
		rc = stmt_step(stmt, err);
		*inside = rc > 0;
		if (rc >= 0)
			stmt_reset(stmt);
	}
	where_release(&where);
	return rc < 0 ? rc : 0;
}
