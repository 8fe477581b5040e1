/* SQL in PostgreSQL's words, and URLs without their passwords. */
#include "tests/unit/shared.h"

#include "core/base/arena.h"
#include "core/db/db_url.h"
#include "core/db/dialect.h"

static void becomes(const char *ours, int values, const char *theirs)
{
	struct buf out = BUF_INIT;

	assert_int_equal(dialect_statement(ours, &out), values);
	assert_string_equal(buf_cstr(&out), theirs);
	buf_release(&out);
}

static void statements(void **state)
{
	(void)state;
	becomes("SELECT ?, ?", 2, "SELECT $1, $2");
	becomes("SELECT ?2, ?1, ?2", 2, "SELECT $2, $1, $2");
	becomes("SELECT '?''?', \"a?\" FROM t -- it's ?\nWHERE x = ?", 1,
		"SELECT '?''?', \"a?\" FROM t -- it's ?\nWHERE x = $1");
	becomes("(?4 IS NULL OR b = ?4)", 4, "($4::bigint IS NULL OR b = $4)");
	becomes("CAST(v AS INTEGER), x'0a', x.y", 0, "CAST(v AS bigint), '\\x0a'::bytea, x.y");
	becomes("a CROSS JOIN b ON c", 0, "a  JOIN b ON c");
	becomes("group_concat(c, ' ')", 0, "string_agg(c, ' ')");
	becomes("'学号' || ?", 1, "'学号' || $1");
	becomes("", 0, "");
	becomes("'never closed ?", 0, "'never closed ?");
}

static void kinds(void **state)
{
	char table[8];

	(void)state;
	assert_true(dialect_takes("SELECT $1, $12", 12));
	assert_true(dialect_takes("SELECT $1, $12", 1));
	assert_false(dialect_takes("SELECT $1, $12", 2));
	assert_true(dialect_reads(" SELECT 1"));
	assert_false(dialect_reads("SELECTED"));
	assert_true(dialect_writes("DELETE FROM t"));
	assert_false(dialect_writes("SAVEPOINT s"));
	assert_true(dialect_insert_table("INSERT INTO \"user\" (id) VALUES (1)", table, sizeof table));
	assert_string_equal(table, "\"user\"");
	assert_false(dialect_insert_table("INSERT INTO longer_than_that (id)", table, sizeof table));
	assert_false(dialect_insert_table("UPDATE t SET x = 1", table, sizeof table));
}

static void schema(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	dialect_schema("CREATE TABLE t (\n\tid INTEGER PRIMARY KEY CHECK (id > 0),\n"
		       "\tby INTEGER NOT NULL REFERENCES \"user\" (id),\n"
		       "\tname TEXT CHECK (name = 'REFERENCES' OR name = 'TEXT')\n) STRICT, WITHOUT ROWID;\n"
		       "ALTER TABLE t ADD COLUMN u INTEGER REFERENCES t (id);\n", &out);
	assert_string_equal(buf_cstr(&out),
		"CREATE TABLE t (\n\tid bigint PRIMARY KEY CHECK (id > 0),\n"
		"\tby bigint NOT NULL ,\n"
		"\tname text COLLATE \"C\" CHECK (name = 'REFERENCES' OR name = 'TEXT')\n)  ;\n"
		"CREATE TRIGGER assign_number BEFORE INSERT ON t FOR EACH ROW WHEN (NEW.id IS NULL) "
		"EXECUTE FUNCTION overpass_next_number('id');\n"
		"ALTER TABLE t ADD COLUMN u bigint REFERENCES t (id) DEFERRABLE INITIALLY IMMEDIATE;\n"
		"ALTER TABLE t ADD FOREIGN KEY (by) REFERENCES \"user\" (id) DEFERRABLE INITIALLY IMMEDIATE;\n");
	buf_release(&out);
}

static void urls(void **state)
{
	static const char *const pairs[][2] = {
		{ "postgres://u:pw@h:5432/d", "postgres://u@h:5432/d" },
		{ "postgresql://u:p/@s@h1,h2/d?password=y&host=z&sslpassword=q", "postgresql://u@h1,h2/d?host=z" },
		{ "postgres://h/d?sslmode=require", "postgres://h/d?sslmode=require" },
		{ "postgres://u@/d?password=y", "postgres://u@/d" },
		{ "trace+postgres://u:pw@h/d", "trace+postgres://u@h/d" },
		{ "sqlite:a:b@c?password=d", "sqlite:a:b@c?password=d" },
		{ "postgres://", "postgres://" },
	};
	struct arena arena = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
		assert_string_equal(db_url_shown(pairs[i][0], &arena), pairs[i][1]);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(statements),
		cmocka_unit_test(kinds),
		cmocka_unit_test(schema),
		cmocka_unit_test(urls),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
