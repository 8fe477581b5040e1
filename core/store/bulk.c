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

struct bulk {
	struct tx *tx;
	const struct field_table *table;
	void *const *records;
	size_t count;
	int64_t done_before, total;
	char dates[DB_ROW_COLUMNS][DATE_TEXT]; /* of the present row */
	int64_t dated[DB_ROW_COLUMNS];         /* what dates[] says now */
};

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
	struct bulk bulk = { .tx = tx, .table = table, .records = records, .count = count,
			     .done_before = done_before, .total = total };
	const char *columns[DB_ROW_COLUMNS] = { "id", "rev", "created_at", "created_by" };
	int rc;

	if (!count)
		return 0;
	if (HEAD + table->count > DB_ROW_COLUMNS)
		return error_reason(err, REASON_BUG, "what", "a table has too many columns", NULL);
	for (size_t i = 0; i < table->count; i++) {
		columns[HEAD + i] = table->fields[i].name;
		bulk.dated[i] = OV_NULL;
	}
	rc = db_insert_rows(tx->db, table->name, columns, HEAD + table->count, bulk_row, &bulk, err);
	if (rc == 0)
		tx_note(tx, kind, ((const struct record_head *)records[0])->id,
			((const struct record_head *)records[count - 1])->id);
	return rc;
}
