#include "core/store/bulk.h"

#include <string.h>

#include "core/model/reason.h"
#include "core/store/local.h"

enum { HEAD = 4, PROGRESS_ROWS = 4096 };

int bulk_ids(struct tx *tx, enum kind kind, int64_t *first, struct error *err)
{
	const char *sql = arena_printf(tx->arena, "SELECT coalesce(max(id), 0) FROM \"%s\"",
				       kind_fields(kind)->name);
	struct stmt *stmt;
	int rc = db_prepare(tx->db, sql, &stmt, err);

	if (rc < 0)
		return rc;
	rc = stmt_step(stmt, err);
	if (rc < 0)
		return rc;
	*first = stmt_int(stmt, 0) + 1;
	stmt_reset(stmt);
	return 0;
}

/* Ids of one referenced kind that are known to be there. */
enum { SEEN = 8 };
struct seen {
	int64_t ids[SEEN];
	size_t next;
};

struct bulk {
	struct tx *tx;
	enum kind kind;
	const struct field_table *table;
	int64_t first; /* id of the first record */
	void *const *records;
	size_t count;
	int64_t done_before, total;
	char dates[DB_ROW_COLUMNS][DATE_TEXT]; /* of the present row */
	int64_t dated[DB_ROW_COLUMNS];         /* what dates[] says now */
	struct seen seen[DB_ROW_COLUMNS];      /* by field; the last for created_by */
};

/* Is it one of the records this transaction wrote? */
static bool noted(const struct tx *tx, enum kind kind, int64_t id)
{
	for (size_t i = tx->note_count; i-- > 0 && tx->note_count - i <= SEEN;)
		if (tx->notes[i].kind == kind && id >= tx->notes[i].first && id <= tx->notes[i].last)
			return true;
	return false;
}

static int stored(struct tx *tx, enum kind kind, int64_t id, bool *there, struct error *err)
{
	const char *sql = arena_printf(tx->arena, "SELECT 1 FROM \"%s\" WHERE id = ?",
				       kind_fields(kind)->name);
	struct stmt *stmt;
	int rc = db_prepare(tx->db, sql, &stmt, err);

	if (rc < 0)
		return rc;
	stmt_bind_int(stmt, 1, id);
	rc = stmt_step(stmt, err);
	*there = rc > 0;
	if (rc >= 0)
		stmt_reset(stmt);
	return rc < 0 ? rc : 0;
}

static int reference_check(struct bulk *bulk, struct seen *seen, enum kind kind, int64_t id,
			   const struct field *field, struct error *err)
{
	bool there = false;
	int rc = 0;

	for (size_t i = 0; i < SEEN; i++)
		if (seen->ids[i] == id)
			return 0;
	if (noted(bulk->tx, kind, id))
		return 0;
	rc = stored(bulk->tx, kind, id, &there, err);
	if (rc == 0 && !there)
		rc = error_reason(err, REASON_FIELD_REFERENCE, "field", field->name, "label",
				  _(field->label), NULL);
	if (rc == 0)
		seen->ids[seen->next++ % SEEN] = id;
	return rc;
}

static int references_check(struct bulk *bulk, const struct record_head *head, struct error *err)
{
	static const struct field created_by = { .name = "created_by", .label = N_("User") };
	int rc = reference_check(bulk, &bulk->seen[DB_ROW_COLUMNS - 1], KIND_USER,
				 head->created_by, &created_by, err);

	for (size_t i = 0; rc == 0 && i < bulk->table->count; i++) {
		const struct field *field = &bulk->table->fields[i];
		int64_t id;

		if (field->type != FT_REF)
			continue;
		id = field_int(field, head);
		/* To a record of its own kind: one of this lot, or stored. */
		if (id != OV_NULL && !((enum kind)field->ref == bulk->kind && id >= bulk->first &&
				       id < bulk->first + (int64_t)bulk->count))
			rc = reference_check(bulk, &bulk->seen[i], (enum kind)field->ref, id, field, err);
	}
	return rc;
}

static void value_text(struct db_value *value, const char *text)
{
	*value = (struct db_value){ .type = text ? DB_TEXT : DB_NULL, .bytes = text,
				    .len = text ? strlen(text) : 0 };
}

static void value_of(struct bulk *bulk, size_t i, const void *record, struct db_value *value)
{
	const struct field *field = &bulk->table->fields[i];
	int64_t number;

	if (field->type == FT_TEXT) {
		value_text(value, field_text(field, record));
		return;
	}
	if (field->type == FT_HASH) {
		const uint8_t *hash = field_hash(field, record);

		*value = (struct db_value){ .type = hash ? DB_BLOB : DB_NULL,
					    .bytes = (const char *)hash, .len = HASH_BYTES };
		return;
	}
	number = field_int(field, record);
	if (number == OV_NULL) {
		*value = (struct db_value){ .type = DB_NULL };
	} else if (field->type == FT_ENUM) {
		value_text(value, enum_code(field->enums, number));
	} else if (field->type == FT_DATE) {
		if (bulk->dated[i] != number)
			date_format(number, bulk->dates[i]);
		bulk->dated[i] = number;
		value_text(value, bulk->dates[i]);
	} else {
		*value = (struct db_value){ .type = DB_INT, .number = number };
	}
}

static int bulk_row(void *context, int64_t row, struct db_value *values, struct error *err)
{
	struct bulk *bulk = context;
	struct store *store = &bulk->tx->local->store;
	struct record_head *head;

	if ((size_t)row >= bulk->count)
		return 0;
	if (row % PROGRESS_ROWS == 0 && store->progress &&
	    store->progress(store->progress_context, bulk->done_before + row, bulk->total))
		return error_reason(err, REASON_CANCELLED, NULL);
	head = bulk->records[row];
	if (head->rev <= 0)
		head->rev = 1;
	if (head->created_at <= 0)
		head->created_at = bulk->tx->now;
	if (head->created_by <= 0)
		head->created_by = bulk->tx->actor->user_id;
	if (bulk->tx->bulk && references_check(bulk, head, err) < 0)
		return err->code;
	values[0] = (struct db_value){ .type = DB_INT, .number = head->id };
	values[1] = (struct db_value){ .type = DB_INT, .number = head->rev };
	values[2] = (struct db_value){ .type = DB_INT, .number = head->created_at };
	values[3] = (struct db_value){ .type = DB_INT, .number = head->created_by };
	for (size_t i = 0; i < bulk->table->count; i++)
		value_of(bulk, i, head, &values[HEAD + i]);
	return 1;
}

int bulk_insert(struct tx *tx, enum kind kind, void *const *records, size_t count,
		int64_t done_before, int64_t total, struct error *err)
{
	const struct field_table *table = kind_fields(kind);
	struct bulk bulk = { .tx = tx, .kind = kind, .table = table, .records = records, .count = count,
			     .done_before = done_before, .total = total };
	const char *columns[DB_ROW_COLUMNS] = { "id", "rev", "created_at", "created_by" };
	int rc;

	if (!count)
		return 0;
	bulk.first = ((const struct record_head *)records[0])->id;
	if (HEAD + table->count > DB_ROW_COLUMNS)
		return error_reason(err, REASON_BUG, "what", "a table has too many columns", NULL);
	for (size_t i = 0; i < table->count; i++) {
		columns[HEAD + i] = table->fields[i].name;
		bulk.dated[i] = OV_NULL;
	}
	rc = db_insert_rows(tx->db, table->name, columns, HEAD + table->count, bulk_row, &bulk, err);
	if (rc == 0)
		tx_note(tx, kind, bulk.first, ((const struct record_head *)records[count - 1])->id);
	return rc;
}
