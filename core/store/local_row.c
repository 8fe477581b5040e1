/* Rows of the database as records, by the field tables. */
#include "core/store/local.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/model/reason.h"

static const struct field head_fields[] = {
	{ .name = "id", .type = FT_INT, .offset = offsetof(struct record_head, id), .label = N_("Id") },
	{ .name = "rev", .type = FT_INT, .offset = offsetof(struct record_head, rev), .label = N_("Version") },
	{ .name = "created_at", .type = FT_INSTANT, .offset = offsetof(struct record_head, created_at), .label = N_("Created") },
	{ .name = "created_by", .type = FT_REF, .offset = offsetof(struct record_head, created_by), .ref = KIND_USER, .label = N_("Created by") },
};
enum { HEAD_COUNT = sizeof head_fields / sizeof head_fields[0] };

const struct field *local_field(const struct field_table *table, const char *name)
{
	for (size_t i = 0; table->head && i < HEAD_COUNT; i++)
		if (!strcmp(head_fields[i].name, name))
			return &head_fields[i];
	return field_find(table, name);
}

/* Column I of a stored kind: the head first. */
static const struct field *column_field(const struct field_table *table, size_t i)
{
	return i < HEAD_COUNT ? &head_fields[i] : &table->fields[i - HEAD_COUNT];
}

const struct kind_sql *local_sql(struct local *local, enum kind kind)
{
	struct kind_sql *sql = &local->sql[kind];
	const struct field_table *table = kind_fields(kind);
	struct buf read = BUF_INIT, names = BUF_INIT, marks = BUF_INIT, sets = BUF_INIT;

	if (sql->get)
		return sql;
	for (size_t i = 0; i < HEAD_COUNT + table->count; i++) {
		const char *name = column_field(table, i)->name;

		buf_printf(&read, "%st.\"%s\"", i ? ", " : "", name);
		buf_printf(&names, "%s\"%s\"", i ? ", " : "", name);
		buf_text(&marks, i ? ", ?" : "?");
		if (i >= HEAD_COUNT)
			buf_printf(&sets, ", \"%s\" = ?", name);
	}
	sql->columns = arena_strdup(&local->texts, buf_cstr(&read));
	sql->insert = arena_printf(&local->texts, "INSERT INTO \"%s\" (%s) VALUES (%s)",
				   table->name, buf_cstr(&names), buf_cstr(&marks));
	sql->update = arena_printf(&local->texts,
				   "UPDATE \"%s\" SET rev = rev + 1%s WHERE id = ? AND rev = ?",
				   table->name, buf_cstr(&sets));
	sql->get = arena_printf(&local->texts, "SELECT %s FROM \"%s\" t WHERE t.id = ?",
				sql->columns, table->name);
	buf_release(&read);
	buf_release(&names);
	buf_release(&marks);
	buf_release(&sets);
	return sql;
}

static int64_t int_of(const struct field *field, struct stmt *stmt, int column)
{
	const char *text;
	int64_t value;
	size_t len;

	if (field->type != FT_DATE && field->type != FT_ENUM)
		return stmt_int(stmt, column);
	text = stmt_chars(stmt, column, &len);
	if (!text)
		return OV_NULL;
	if (field->type == FT_ENUM)
		return enum_find_len(field->enums, text, len);
	return date_parse_len(text, len, &value) ? value : OV_NULL;
}

void *local_row(const struct field_table *table, struct stmt *stmt, int column,
		struct arena *arena)
{
	void *record = arena_alloc(arena, table->size);

	for (size_t i = table->head ? 0 : HEAD_COUNT; i < HEAD_COUNT + table->count; i++) {
		const struct field *field = column_field(table, i);
		const void *bytes;
		size_t len;

		if (field->type == FT_TEXT) {
			bytes = stmt_chars(stmt, column, &len);
			field_set_text(field, record, bytes ? arena_strndup(arena, bytes, len) : NULL);
		} else if (field->type == FT_HASH) {
			bytes = stmt_blob(stmt, column, &len);
			if (bytes && len == HASH_BYTES)
				field_set_hash(field, record, arena_memdup(arena, bytes, len));
		} else {
			field_set_int(field, record, int_of(field, stmt, column));
		}
		column++;
	}
	return record;
}

void local_bind(struct stmt *stmt, int index, const struct field *field,
		const void *record, struct arena *arena)
{
	const uint8_t *hash;
	int64_t value;

	switch (field->type) {
	case FT_TEXT:
		stmt_bind_text(stmt, index, field_text(field, record));
		return;
	case FT_HASH:
		hash = field_hash(field, record);
		stmt_bind_blob(stmt, index, hash, hash ? HASH_BYTES : 0);
		return;
	default:
		break;
	}
	value = field_int(field, record);
	if (value == OV_NULL)
		stmt_bind_int(stmt, index, OV_NULL);
	else if (field->type == FT_ENUM)
		stmt_bind_text(stmt, index, enum_code(field->enums, value));
	else if (field->type == FT_DATE)
		stmt_bind_text(stmt, index, date_format(value, arena_alloc(arena, DATE_TEXT)));
	else
		stmt_bind_int(stmt, index, value);
}

int local_load(struct local *local, enum kind kind, int64_t id, struct arena *arena,
	       void **record, struct error *err)
{
	struct stmt *stmt;
	int rc = db_prepare(local->db, local_sql(local, kind)->get, &stmt, err);

	*record = NULL;
	if (rc < 0)
		return rc;
	stmt_bind_int(stmt, 1, id);
	rc = stmt_step(stmt, err);
	if (rc > 0)
		*record = local_row(kind_fields(kind), stmt, 0, arena);
	if (rc >= 0)
		stmt_reset(stmt);
	return rc < 0 ? rc : 0;
}

int local_not_found(enum kind kind, int64_t id, const char *key, struct error *err)
{
	char number[24];

	snprintf(number, sizeof number, "%" PRId64, id);
	return error_reason(err, REASON_NOT_FOUND, "what", _(kind_fields(kind)->label),
			    "key", key ? key : number, NULL);
}
