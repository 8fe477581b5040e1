#include "core/store/ledger_rows.h"

#include <string.h>

#include "core/base/i18n.h"
#include "core/model/reason.h"
#include "core/store/chain.h"

enum { LIMIT_DEFAULT = 50, ROW_COLUMNS = 16 };

/* Columns in the order of ledger_row_fields, the two of the chain empty; behind
 * them the hash of the entry before, and the columns of the entry itself. */
static const char row_sql[] =
	"SELECT t.seq, t.booked_on, a.student_id, s.student_no, p.full_name, a.kind, t.kind,"
	" t.amount_centi, t.module_code, k.code, l.claim_id, c.claim_no, t.reverses_seq, u.login,"
	" NULL, NULL, b.hash, %s FROM ledger_entry t JOIN account a ON a.id = t.account_id"
	" JOIN student s ON s.id = a.student_id JOIN person p ON p.id = s.person_id"
	" JOIN \"user\" u ON u.id = t.booked_by LEFT JOIN course k ON k.id = t.course_id"
	" LEFT JOIN claim_line l ON l.id = t.claim_line"
	" LEFT JOIN credit_claim c ON c.id = l.claim_id"
	" LEFT JOIN ledger_entry b ON b.seq = t.seq - 1%s ORDER BY t.seq%s LIMIT ?";

static int condition(struct where *where, const struct filter *filter, struct error *err)
{
	static const char *const ops[] = { "=", "<>", "<", "<=", ">", ">=" };
	static const struct {
		const char *field, *sql;
	} exact[] = {
		{ "student_no", "s.student_no = ?" }, { "claim_no", "c.claim_no = ?" },
	};
	char day[DATE_TEXT];

	for (size_t i = 0; i < sizeof exact / sizeof exact[0]; i++) {
		if (!strcmp(filter->field, exact[i].field) && filter->op == FILTER_EQ &&
		    filter->text) {
			where_add(where, exact[i].sql, "t", filter->text);
			return 0;
		}
	}
	if (!strcmp(filter->field, "seq"))
		where_add(where, arena_printf(where->arena, "t.seq %s ?", ops[filter->op]), "i",
			  filter->number);
	else if (!strcmp(filter->field, "booked_on"))
		where_add(where, arena_printf(where->arena, "t.booked_on %s ?", ops[filter->op]),
			  "t", arena_strdup(where->arena, date_format(filter->number, day)));
	else if (!strcmp(filter->field, "student_id") && filter->op == FILTER_EQ)
		where_add(where, "a.student_id = ?", "i", filter->number);
	else if (!strcmp(filter->field, "kind") && filter->op == FILTER_EQ)
		where_add(where, "t.kind = ?", "t", enum_code(&entry_kind_enum, filter->number));
	else if (!strcmp(filter->field, "account") && filter->op == FILTER_EQ)
		where_add(where, "a.kind = ?", "t", enum_code(&account_kind_enum, filter->number));
	else
		return error_reason(err, REASON_FIELD_UNKNOWN, "name", filter->field, NULL);
	return 0;
}

static int conditions(struct local *local, const struct query *query, struct where *where,
		      struct error *err)
{
	const struct actor *actor = &local->store.actor;
	const char *sign = query->descending ? "t.seq < ?" : "t.seq > ?";
	struct cursor at;

	for (size_t i = 0; i < query->filter_count; i++)
		if (condition(where, &query->filters[i], err) < 0)
			return err->code;
	if (!actor->system && actor->branch_id != OV_NULL)
		where_add(where, "(s.branch_id = ? OR s.centre_id = ?)", "ii", actor->branch_id,
			  actor->branch_id);
	if (!query->cursor)
		return 0;
	if (cursor_read(local, cursor_query_mark(query), query->cursor, &at, err) < 0)
		return err->code;
	where_add(where, sign, "i", at.id);
	return 0;
}

/* Reads a row; the entry's own columns begin behind the hash of the one before. */
static struct ledger_row *row_read(struct stmt *stmt, struct buf *bytes, struct arena *arena)
{
	static const uint8_t first[HASH_BYTES];
	struct ledger_row *row = local_row(&ledger_row_fields, stmt, 0, arena);
	const struct ledger_entry *entry =
		local_row(&ledger_entry_fields, stmt, ROW_COLUMNS + 1, arena);
	size_t len = 0;
	const uint8_t *before = stmt_blob(stmt, ROW_COLUMNS, &len);
	uint8_t hash[HASH_BYTES];
	char text[HASH_HEX];

	if (len != HASH_BYTES)
		before = NULL;
	if (entry->seq == 1)
		before = first;
	row->intact = 0;
	if (before && entry->hash && entry->prev_hash) {
		buf_clear(bytes);
		chain_ledger_bytes(bytes, entry, row->claim_id);
		hash_chain(before, bytes->bytes, bytes->len, hash);
		row->intact = !memcmp(before, entry->prev_hash, HASH_BYTES) &&
			      !memcmp(hash, entry->hash, HASH_BYTES);
	}
	row->hash8 = arena_strndup(arena, entry->hash ? hash_hex(entry->hash, text) : "", 8);
	return row;
}

static int read_page(struct local *local, const struct query *query, const char *sql,
		     const struct where *where, struct page *page, struct arena *arena,
		     struct error *err)
{
	size_t limit = query->limit ? (size_t)query->limit : LIMIT_DEFAULT;
	struct buf bytes = BUF_INIT;
	struct stmt *stmt;
	int step;

	if (db_prepare(local->db, sql, &stmt, err) < 0)
		return err->code;
	stmt_bind_int(stmt, where_bind(where, stmt, 1), (int64_t)limit + 1);
	page->records = arena_array(arena, limit, sizeof *page->records);
	while ((step = stmt_step(stmt, err)) > 0) {
		if (page->count == limit) {
			const struct ledger_row *last = page->records[limit - 1];

			page->next = cursor_write(local, cursor_query_mark(query),
						  (struct cursor){ OV_NULL, last->seq }, arena);
			break;
		}
		page->records[page->count] = row_read(stmt, &bytes, arena);
		record_mask(page->table, page->records[page->count++], &local->store.actor, arena);
	}
	stmt_reset(stmt);
	buf_release(&bytes);
	return step < 0 ? err->code : 0;
}

int ledger_rows_find(struct local *local, const struct query *query, struct arena *arena,
		     struct page *page, struct error *err)
{
	struct where where;
	int rc;

	page->table = &ledger_row_fields;
	if (query->limit < 0 || query->limit > STORE_LIMIT_MAX)
		return error_reason(err, REASON_USAGE, "what", _("At most 500 records"), NULL);
	if (query->order && strcmp(query->order, "seq") != 0)
		return error_reason(err, REASON_FIELD_UNKNOWN, "name", query->order, NULL);
	where_init(&where, arena);
	rc = conditions(local, query, &where, err);
	if (rc == 0)
		rc = read_page(local, query,
			       arena_printf(arena, row_sql,
					    local_sql(local, KIND_LEDGER_ENTRY)->columns,
					    buf_cstr(&where.sql), query->descending ? " DESC" : ""),
			       &where, page, arena, err);
	where_release(&where);
	return rc;
}
