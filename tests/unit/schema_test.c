/* The migrated schema and the field tables say the same. */
#include "tests/unit/shared.h"

#include "core/base/hash.h"
#include "core/store/local.h"

static struct store *store;
static struct db *db;

static int open_store(void **state)
{
	struct store_options options = STORE_OPTIONS_INIT;
	struct error err = ERROR_INIT;

	(void)state;
	if (hash_setup() < 0 || store_open("memory:", &options, &store, &err) < 0) {
		print_error("%s\n", err.message);
		return -1;
	}
	db = local_of(store)->db;
	return 0;
}

static int close_store(void **state)
{
	(void)state;
	store_close(store);
	return 0;
}

static struct stmt *prepared(const char *sql, const char *value, const char *second)
{
	struct error err = ERROR_INIT;
	struct stmt *stmt;

	if (db_prepare(db, sql, &stmt, &err) < 0)
		fail_msg("%s", err.message);
	stmt_bind_text(stmt, 1, value);
	if (second)
		stmt_bind_text(stmt, 2, second);
	return stmt;
}

static bool next(struct stmt *stmt)
{
	struct error err = ERROR_INIT;
	int rc = stmt_step(stmt, &err);

	if (rc < 0)
		fail_msg("%s", err.message);
	if (rc == 0)
		stmt_reset(stmt);
	return rc > 0;
}

static const char *sql_type(const struct field *field)
{
	switch (field->type) {
	case FT_TEXT:
	case FT_ENUM:
	case FT_DATE:
		return "TEXT";
	case FT_HASH:
		return "BLOB";
	default:
		return "INTEGER";
	}
}

/* Column I of a table is its head, then its fields in their order. */
static void columns_are_the_fields(void **state)
{
	static const char *const head[] = { "id", "rev", "created_at", "created_by" };

	(void)state;
	for (int k = 1; k < KIND_STORED_END; k++) {
		const struct field_table *table = kind_fields((enum kind)k);
		struct stmt *stmt = prepared("SELECT name, type, \"notnull\" FROM pragma_table_info(?)",
					     table->name, NULL);
		size_t i = 0;

		for (; next(stmt); i++) {
			const struct field *field = i < 4 ? NULL : &table->fields[i - 4];

			assert_true(i < 4 + table->count);
			assert_string_equal(stmt_text(stmt, 0), field ? field->name : head[i]);
			assert_string_equal(stmt_text(stmt, 1), field ? sql_type(field) : "INTEGER");
			if (field && stmt_int(stmt, 2) != ((field->flags & REQ) != 0))
				fail_msg("%s.%s: NOT NULL differs", table->name, field->name);
		}
		if (i != 4 + table->count)
			fail_msg("%s has %zu columns", table->name, i);
	}
}

static const char *table_sql(const char *name)
{
	struct stmt *stmt = prepared("SELECT sql FROM sqlite_schema WHERE name = ?", name, NULL);
	static char sql[16384];

	assert_true(next(stmt));
	snprintf(sql, sizeof sql, "%s", stmt_text(stmt, 0));
	stmt_reset(stmt);
	return sql;
}

/* The definition of one column: from its name to the next column's line. */
static void column_text(const char *sql, const char *name, char *out, size_t size)
{
	char start[80];
	const char *at, *end;

	snprintf(start, sizeof start, "\n\t%s ", name);
	at = strstr(sql, start);
	assert_non_null(at);
	for (end = at + 1; *end && !(end[0] == '\n' && end[1] != '\t') &&
	     !(end[0] == '\n' && end[1] == '\t' && end[2] != '\t'); end++)
		;
	snprintf(out, size, "%.*s", (int)(end - at), at);
}

static void enums_are_checked(void **state)
{
	(void)state;
	for (int k = 1; k < KIND_STORED_END; k++) {
		const struct field_table *table = kind_fields((enum kind)k);
		const char *sql = table_sql(table->name);

		for (size_t i = 0; i < table->count; i++) {
			const struct field *field = &table->fields[i];
			char column[2000], code[80];
			size_t quotes = 0;

			if (field->type != FT_ENUM)
				continue;
			column_text(sql, field->name, column, sizeof column);
			for (const char *p = column; *p; p++)
				quotes += *p == '\'';
			if (quotes != 2 * field->enums->count)
				fail_msg("%s.%s allows other values", table->name, field->name);
			for (size_t v = 0; v < field->enums->count; v++) {
				snprintf(code, sizeof code, "'%s'", field->enums->values[v].code);
				if (!strstr(column, code))
					fail_msg("%s.%s: %s", table->name, field->name, code);
			}
		}
	}
}

static void references_are_kept(void **state)
{
	(void)state;
	for (int k = 1; k < KIND_STORED_END; k++) {
		const struct field_table *table = kind_fields((enum kind)k);

		for (size_t i = 0; i < table->count; i++) {
			const struct field *field = &table->fields[i];
			struct stmt *stmt;

			if (field->type != FT_REF)
				continue;
			stmt = prepared("SELECT 1 FROM pragma_foreign_key_list(?) WHERE \"from\" = ?",
					table->name, field->name);
			if (!next(stmt))
				fail_msg("%s.%s refers to nothing", table->name, field->name);
			stmt_reset(stmt);
		}
	}
}

/* Is there an index that begins with this column, and (unique) has only it? */
static bool indexed(const char *table, const char *column, bool unique)
{
	struct stmt *stmt = prepared(
		"SELECT i.\"unique\", (SELECT count(*) FROM pragma_index_info(i.name)) "
		"FROM pragma_index_list(?) i WHERE i.partial = 0 AND "
		"(SELECT x.name FROM pragma_index_info(i.name) x WHERE x.seqno = 0) = ?",
		table, column);
	bool found = false;

	while (next(stmt))
		found |= !unique || (stmt_int(stmt, 0) == 1 && stmt_int(stmt, 1) == 1);
	return found;
}

static void indexed_fields_have_an_index(void **state)
{
	(void)state;
	for (int k = 1; k < KIND_STORED_END; k++) {
		const struct field_table *table = kind_fields((enum kind)k);

		for (size_t i = 0; i < table->count; i++) {
			const struct field *field = &table->fields[i];

			if (!(field->flags & (INDEXED | UNIQ)))
				continue;
			if (!strcmp(field->name, "seq"))
				assert_non_null(strstr(table_sql(table->name), "CHECK (seq = id)"));
			else if (!indexed(table->name, field->name, field->flags & UNIQ))
				fail_msg("%s.%s has no index", table->name, field->name);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_are_the_fields),
		cmocka_unit_test(enums_are_checked),
		cmocka_unit_test(references_are_kept),
		cmocka_unit_test(indexed_fields_have_an_index),
	};

	return cmocka_run_group_tests(tests, open_store, close_store);
}
