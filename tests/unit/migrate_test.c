/* Migrations of a folder of our own: order, one transaction each, refusal. */
#include "tests/unit/shared.h"

#include <sys/stat.h>

#include "core/base/hash.h"
#include "core/db/migrate.h"
#include "core/model/reason.h"
#include "tests/contract/scratch.h"

static struct error err;
static char folder[512];

static const char first[] =
	"CREATE TABLE migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL, "
	"checksum BLOB NOT NULL, applied_at INTEGER NOT NULL);"
	"CREATE TABLE a (x INTEGER); INSERT INTO a VALUES (1);";

static void write_file(const char *name, const char *text)
{
	char path[600];
	FILE *file;

	snprintf(path, sizeof path, "%.500s/%s", folder, name);
	file = fopen(path, "wb");
	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

static void remove_file(const char *name)
{
	char path[600];

	snprintf(path, sizeof path, "%.500s/%s", folder, name);
	assert_int_equal(unlink(path), 0);
}

static int setup(void **state)
{
	(void)state;
	scratch_make();
	snprintf(folder, sizeof folder, "%s", scratch_path("migrations"));
	return mkdir(folder, 0700);
}

static int teardown(void **state)
{
	(void)state;
	scratch_remove();
	return 0;
}

static int run(struct db *db, bool create, int64_t *version)
{
	error_clear(&err);
	return migrate(db, folder, "file.db", create, true, 7, version, &err);
}

static int64_t number(struct db *db, const char *sql)
{
	struct error unused = ERROR_INIT;
	int64_t value = -1;

	if (db_number(db, sql, &value, &unused) < 0)
		return -1;
	return value;
}

static void they_are_applied_in_order(void **state)
{
	int64_t version;
	struct db *db;

	(void)state;
	assert_int_equal(db_open(NULL, DB_MEMORY, 0, &db, &err), 0);
	assert_int_equal(run(db, true, &version), OV_ESTORAGE); /* there are none */
	assert_int_equal(err.reason, REASON_DATA_MISSING);
	write_file("0001_first.sql", first);
	assert_int_equal(run(db, false, &version), OV_ESTORAGE); /* not one applied */
	assert_int_equal(err.reason, REASON_STORE_SCHEMA);
	assert_int_equal(run(db, true, &version), 0);
	assert_int_equal(version, 1);
	write_file("0002_second.sql", "ALTER TABLE a ADD COLUMN y INTEGER; UPDATE a SET y = x + 1;");
	write_file("0003_third.sql", "UPDATE a SET y = y * 10;");
	write_file("README", "not a migration");
	write_file("0004_draft.sql~", "DROP TABLE a;");
	assert_int_equal(migrate(db, folder, "file.db", false, false, 7, &version, &err), OV_ESTORAGE);
	assert_int_equal(run(db, false, &version), 0);
	assert_int_equal(version, 3);
	assert_int_equal(number(db, "SELECT y FROM a"), 20);
	assert_int_equal(number(db, "SELECT count(*) FROM migration WHERE applied_at = 7"), 3);
	assert_int_equal(run(db, false, &version), 0); /* again: nothing to do */
	assert_int_equal(number(db, "SELECT y FROM a"), 20);

	/* One that fails in its middle leaves nothing of itself. */
	write_file("0004_bad.sql", "UPDATE a SET y = 0; CREATE TABLE b (x); SELECT nonsense;");
	assert_true(run(db, false, &version) < 0);
	assert_int_equal(number(db, "SELECT y FROM a"), 20);
	assert_int_equal(number(db, "SELECT count(*) FROM sqlite_schema WHERE name = 'b'"), 0);
	assert_int_equal(number(db, "SELECT count(*) FROM migration"), 3);
	assert_false(db_in_transaction(db));
	remove_file("0004_bad.sql");

	/* A newer database, a changed file, a gap. */
	remove_file("0003_third.sql");
	assert_int_equal(run(db, false, &version), OV_ESTORAGE);
	assert_int_equal(err.reason, REASON_STORE_NEWER);
	write_file("0003_third.sql", "UPDATE a SET y = y * 11;");
	assert_int_equal(run(db, false, &version), OV_ESTORAGE);
	assert_int_equal(err.reason, REASON_STORE_SCHEMA);
	assert_non_null(strstr(err.message, "0003_third"));
	remove_file("0002_second.sql");
	assert_int_equal(run(db, false, &version), OV_ESTORAGE);
	assert_int_equal(err.reason, REASON_DATA_MISSING);
	assert_int_equal(number(db, "SELECT y FROM a"), 20);
	db_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(they_are_applied_in_order) };

	return hash_setup() < 0 ? 1 : cmocka_run_group_tests(tests, setup, teardown);
}
