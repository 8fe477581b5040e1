/* The chains of the ledger and the audit trail: rows that nobody changes by
 * mistake, and any byte that somebody changed on purpose. */
#include "tests/unit/shared.h"

#include "core/store/chain.h"
#include "core/store/commands/claim_args.h"
#include "tests/unit/claim_world.h"

static const char *const guards[] = {
	"ledger_entry_stays", "ledger_entry_kept", "ledger_entry_next",
	"audit_event_stays", "audit_event_kept", "audit_event_next",
};

static struct world *world;

static void sql(const char *text)
{
	struct error err = ERROR_INIT;

	if (db_exec(world->local->db, text, &err) < 0)
		fail_msg("%s: %s", text, err.message);
}

static int64_t number(const char *text)
{
	struct error err = ERROR_INIT;
	int64_t value = 0;

	if (db_number(world->local->db, text, &value, &err) < 0)
		fail_msg("%s: %s", text, err.message);
	return value;
}

/* Grants with courses and modules, a pool, reversals, an objection with a
 * comma in its reason: entries and events with every column used. */
static int setup(void **state)
{
	struct world *w = mem_alloc(sizeof *w);
	int64_t id;

	(void)state;
	world = w;
	world_open(w);
	id = world_claim(w, w->students[0], "T-POST,no=K1,level=4,issued=2015-06-01,evidence=COPY");
	world_advance(w, id, CLAIM_NOTICE);
	world_as(w, "front_desk.1");
	assert_done(w, world_run(w, "claim.object", id, "reason", "Doubts, \"said\" so", NULL));
	world_as(w, "reviewer1.2");
	assert_done(w, world_run(w, "claim.dismiss", id, "reason", "Unfounded", NULL));
	world_advance(w, id, CLAIM_POSTED);
	world_as(w, "reviewer2.2");
	assert_done(w, world_run(w, "claim.revoke", id, "reason", "Found late", NULL));
	world_as(w, "auditor.1");
	assert_done(w, world_run(w, "claim.revoke", id, "reason", "Agreed", NULL));
	world_day(w, "2016-03-01");
	world_as(w, "front_desk.1");
	world_line(w, &claim_source_fields, "OPEN-1,mark=65,hours=20,issued=2016-01-01,evidence=COPY");
	id = world_claim(w, w->students[3], "OPEN-2,mark=80,hours=25,issued=2016-01-01,evidence=COPY");
	world_advance(w, id, CLAIM_POSTED);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	world_close(world);
	free(world);
	return 0;
}

static struct chain_result verified(enum chain chain)
{
	struct chain_result result;
	struct error err = ERROR_INIT;

	if (chain_verify(world->local, chain, &result, &err) < 0)
		fail_msg("%s", err.message);
	return result;
}

/* I2: a mistake in SQL changes nothing, also not by way of REPLACE, and leaves
 * no gap. */
static void rows_are_not_changed_by_mistake(void **state)
{
	static const char *const texts[] = {
		"UPDATE ledger_entry SET amount_centi = amount_centi + 1 WHERE id = 2",
		"UPDATE ledger_entry SET rev = rev", "DELETE FROM ledger_entry WHERE id = 1",
		"DELETE FROM ledger_entry", "REPLACE INTO ledger_entry SELECT * FROM ledger_entry",
		"INSERT INTO ledger_entry SELECT id + 50, rev, created_at, created_by, seq + 50, "
		"account_id, amount_centi, kind, module_code, course_id, source_class, claim_line, "
		"result_id, NULL, booked_on, booked_by, prev_hash, hash, seal FROM ledger_entry "
		"WHERE id = 1",
		"UPDATE audit_event SET reason = 'x' WHERE id = 2", "DELETE FROM audit_event",
		"REPLACE INTO audit_event SELECT * FROM audit_event WHERE id = 3",
	};
	int64_t entries = number("SELECT count(*) FROM ledger_entry");

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct error err = ERROR_INIT;

		if (db_exec(world->local->db, texts[i], &err) != OV_EREFUSED)
			fail_msg("%s was let through", texts[i]);
		assert_string_equal(reason_code(err.reason), "APPEND_ONLY");
		assert_non_null(strstr(err.message, strstr(texts[i], "ledger") ? "ledger_entry" :
				       "audit_event"));
	}
	assert_int_equal(number("SELECT count(*) FROM ledger_entry"), entries);
	assert_true(verified(CHAIN_LEDGER).ok && verified(CHAIN_AUDIT).ok);
}

static void unguard(void)
{
	for (size_t i = 0; i < sizeof guards / sizeof guards[0]; i++)
		sql(arena_printf(&world->arena, "DROP TRIGGER IF EXISTS %s", guards[i]));
	sql("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;");
}

/* Ways of changing a value of a declared type, as SQL; %s is the column. */
static const char *const of_integer[] = { "coalesce(%s, 0) + 1", "coalesce(%s, 7) + 1000000",
					  "CASE WHEN %s IS NULL THEN 1 END" };
static const char *const of_text[] = { "coalesce(%s, 'x') || ' '", "coalesce(%s, '') || char(0)",
				       "'x' || substr(coalesce(%s, ''), 2)",
				       "CASE WHEN %s IS NULL THEN '' END",
				       "coalesce(%s, '') || ','" };
static const char *const of_blob[] = { "CAST(X'00' || substr(%s, 2) AS BLOB)",
				       "CAST(substr(%s, 1, 31) || X'00' AS BLOB)",
				       "CASE WHEN %s IS NULL THEN zeroblob(32) END",
				       "coalesce(substr(%s, 1, 31), X'01')" };

struct ways {
	const char *type;
	const char *const *how;
	size_t count;
};

static const struct ways all_ways[] = {
	{ "INTEGER", of_integer, 3 }, { "TEXT", of_text, 5 }, { "BLOB", of_blob, 4 },
};

static const char *tampered(const char *how, const char *column)
{
	const char *at = strstr(how, "%s");

	return arena_printf(&world->arena, "%.*s%s%s", (int)(at - how), how, column, at + 2);
}

/* Changes one value of one row, asks, and puts it back. A way that changes
 * nothing, or that the column can't hold, is passed over. */
static bool change_shows(enum chain chain, const char *table, const char *column,
			 const char *how, int64_t row)
{
	struct arena *arena = &world->arena;
	const char *value = tampered(how, column);
	struct error err = ERROR_INIT;
	struct chain_result result;

	if (number(arena_printf(arena, "SELECT count(*) FROM %s WHERE id = %d AND (%s) IS NOT %s",
				table, (int)row, value, column)) == 0 ||
	    db_exec(world->local->db, arena_printf(arena, "UPDATE %s SET %s = %s WHERE id = %d", table,
						   column, value, (int)row), &err) < 0)
		return false;
	result = verified(chain);
	if (result.ok || result.broken != row || !*result.why)
		fail_msg("%s.%s of row %d set to %s: ok %d, broken at %d: %s", table, column, (int)row,
			 value, result.ok, (int)result.broken, result.why);
	sql(arena_printf(arena, "UPDATE %s SET %s = (SELECT %s FROM kept WHERE rowid = %d) "
			 "WHERE id = %d", table, column, column, (int)row,
			 (int)(strcmp(column, "id") != 0 ? row :
			 number(arena_printf(arena, "SELECT id FROM %s WHERE seq = %d", table, (int)row)))));
	return true;
}

static size_t column_shows(enum chain chain, const char *table, const char *column,
			   const char *type, int64_t rows)
{
	size_t changes = 0;

	for (size_t w = 0; w < sizeof all_ways / sizeof all_ways[0]; w++) {
		if (strcmp(all_ways[w].type, type) != 0)
			continue;
		for (size_t i = 0; i < all_ways[w].count; i++)
			for (int64_t row = 1; row <= rows; row++)
				changes += change_shows(chain, table, column, all_ways[w].how[i], row);
	}
	return changes;
}

/* Every column of every row, the head too, each in several ways. */
static void one_changed_value_is_named(void **state)
{
	static const char *const tables[] = { "ledger_entry", "audit_event" };
	size_t changes = 0, columns = 0;

	(void)state;
	unguard();
	for (int chain = CHAIN_LEDGER; chain <= CHAIN_AUDIT; chain++) {
		const char *table = tables[chain];
		int64_t rows = number(arena_printf(&world->arena, "SELECT count(*) FROM %s", table));
		int64_t count = number(arena_printf(&world->arena,
			"SELECT count(*) FROM pragma_table_info('%s')", table));

		sql(arena_printf(&world->arena, "CREATE TEMP TABLE kept AS SELECT * FROM %s ORDER BY id", table));
		for (int64_t c = 0; c < count; c++) {
			struct error err = ERROR_INIT;
			struct stmt *stmt;
			const char *column, *type;
			size_t done;

			assert_int_equal(db_prepare(world->local->db, "SELECT name, type FROM "
				"pragma_table_info(?) WHERE cid = ?", &stmt, &err), 0);
			stmt_bind_text(stmt, 1, table);
			stmt_bind_int(stmt, 2, c);
			assert_int_equal(stmt_step(stmt, &err), 1);
			column = arena_strdup(&world->arena, stmt_text(stmt, 0));
			type = arena_strdup(&world->arena, stmt_text(stmt, 1));
			stmt_reset(stmt);
			done = column_shows(chain, table, column, type, rows);
			if (!done)
				fail_msg("%s.%s was never changed", table, column);
			changes += done;
			columns++;
		}
		sql("DROP TABLE kept");
		assert_true(verified(chain).ok);
	}
	print_message("%zu changes of %zu columns, each named\n", changes, columns);
	assert_true(columns == 19 + 16);
}

static void broken_at(enum chain chain, int64_t row, const char *what)
{
	struct chain_result result = verified(chain);

	if (result.ok || result.broken != row)
		fail_msg("%s: ok %d, broken at %d: %s", what, result.ok, (int)result.broken, result.why);
}

static void restored(const char *table)
{
	sql(arena_printf(&world->arena, "DELETE FROM %s", table));
	sql(arena_printf(&world->arena, "INSERT INTO %s SELECT * FROM all_%s", table, table));
}

/* Rows that are missing, stand in another's place, or were added by somebody
 * who has no key to the chain. What is cut off at the end, only a checkpoint
 * knows: ledger_test. */
static void rows_out_of_place_are_named(void **state)
{
	static const char *const tables[] = { "ledger_entry", "audit_event" };

	(void)state;
	unguard();
	for (int chain = CHAIN_LEDGER; chain <= CHAIN_AUDIT; chain++) {
		struct arena *arena = &world->arena;
		const char *table = tables[chain];
		int last = (int)number(arena_printf(arena, "SELECT max(id) FROM %s", table));

		sql(arena_printf(arena, "CREATE TEMP TABLE all_%s AS SELECT * FROM %s ORDER BY id", table, table));
		for (int row = 1; row < last; row++) {
			sql(arena_printf(arena, "DELETE FROM %s WHERE id = %d", table, row));
			broken_at(chain, row, "missing");
			restored(table);
			sql(arena_printf(arena, "UPDATE %s SET id = -1, seq = -1 WHERE id = %d;"
				"UPDATE %s SET id = %d, seq = %d WHERE id = %d;"
				"UPDATE %s SET id = %d, seq = %d WHERE id = -1", table, row, table,
				row, row, row + 1, table, row + 1, row + 1));
			broken_at(chain, row, "swapped");
			restored(table);
		}
		/* the rest moved up, so that no number is missing */
		sql(arena_printf(arena, "DELETE FROM %s WHERE id = 2; UPDATE %s SET id = id - 1, "
				 "seq = seq - 1 WHERE id > 2", table, table));
		broken_at(chain, 2, "closed ranks");
		restored(table);
		sql(arena_printf(arena, "CREATE TEMP TABLE more AS SELECT * FROM %s WHERE id = %d;"
				 "UPDATE more SET id = id + 1, seq = seq + 1, prev_hash = hash;"
				 "INSERT INTO %s SELECT * FROM more; DROP TABLE more", table, last, table));
		broken_at(chain, last + 1, "forged tail");
		restored(table);
		assert_true(verified(chain).ok);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(rows_are_not_changed_by_mistake, setup, teardown),
		cmocka_unit_test_setup_teardown(one_changed_value_is_named, setup, teardown),
		cmocka_unit_test_setup_teardown(rows_out_of_place_are_named, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
