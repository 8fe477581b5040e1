/* postgres://…: the contract of every store, and what is PostgreSQL's own: the
 * triggers, the line that breaks, the server that is killed. */
#include "tests/contract/suite.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/arena.h"
#include "core/base/hash.h"
#include "core/db/db.h"
#include "core/db/db_url.h"
#include "core/store/admin.h"
#include "core/store/demo_world.h"
#include "core/store/local.h"
#include "tests/contract/cluster.h"
#include "tests/contract/fixture.h"
#include "tests/contract/scratch.h"

static bool make_template(void)
{
	struct store_options options = STORE_OPTIONS_INIT;
	struct error err = ERROR_INIT;
	struct store *store;
	int rc = cluster_database("made", NULL) ?
		 store_create(cluster_url("made"), &options, &store, &err) : -1;

	if (rc == 0) {
		rc = fixture_make(store, &err);
		store_close(store);
	}
	if (rc < 0)
		print_error("%s\n", err.message);
	return rc == 0;
}

static const char *copy_made(void)
{
	static int number;
	static char name[32];

	snprintf(name, sizeof name, "copy%d", number++);
	return cluster_database(name, "made") ? name : NULL;
}

static struct store *open_named(const char *name)
{
	struct store_options options = SUITE_OPTIONS_INIT;
	struct error err = ERROR_INIT;
	struct store *store;

	if (store_open(cluster_url(name), &options, &store, &err) < 0) {
		print_error("%s\n", err.message);
		return NULL;
	}
	return store;
}

static struct store *open_postgres(void)
{
	const char *name = copy_made();

	return name ? open_named(name) : NULL;
}

/* --- the engine --- */

static struct db *db_of(const char *name)
{
	struct error err = ERROR_INIT;
	struct db *db = NULL;

	if (db_open(cluster_url(name), DB_SERVER | DB_CREATE, 200, &db, &err) < 0)
		fail_msg("%s", err.message);
	return db;
}

static void expect(struct db *db, const char *sql, enum reason reason)
{
	struct error err = ERROR_INIT;

	if (db_exec(db, sql, &err) == 0)
		fail_msg("not refused: %s", sql);
	if (err.reason != (int)reason)
		fail_msg("%s: %s", sql, err.message);
}

/* A row that would be good, but for its number or seal. */
#define LEDGER_ROW(ID, SEAL) "INSERT INTO ledger_entry (id, rev, created_at, created_by, seq," \
	" account_id, amount_centi, kind, claim_line, result_id, booked_on, booked_by, prev_hash," \
	" hash, seal) VALUES (" ID ", 1, 1, 1, " ID ", 1, 100, 'RESULT', NULL, 1, '2026-01-01', 1," \
	" '\\x" ZEROES "', '\\x" ZEROES "', " SEAL ")"
#define ZEROES "0000000000000000000000000000000000000000000000000000000000000000"
#define AUDIT_ROW(ID) "INSERT INTO audit_event (id, rev, created_at, created_by, seq, at, user_id," \
	" action, prev_hash, hash) VALUES (" ID ", 1, 1, 1, " ID ", 1, 1, 'x', '\\x" ZEROES "'," \
	" '\\x" ZEROES "')"

/* The owner of the tables himself, and past the program. */
static void books_only_grow(void **state)
{
	struct db *db = db_of(copy_made());
	struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(db_exec(db, "SET session_replication_role = replica;" /* no references */
		LEDGER_ROW("1", "'\\x" ZEROES "'") "; SET session_replication_role = origin", &err), 0);
	expect(db, "UPDATE ledger_entry SET amount_centi = 200", REASON_APPEND_ONLY);
	expect(db, "DELETE FROM ledger_entry", REASON_APPEND_ONLY);
	expect(db, "TRUNCATE ledger_entry", REASON_APPEND_ONLY);
	expect(db, LEDGER_ROW("3", "'\\x" ZEROES "'"), REASON_APPEND_ONLY);
	expect(db, LEDGER_ROW("2", "NULL"), REASON_APPEND_ONLY);
	assert_int_equal(db_exec(db, AUDIT_ROW("coalesce((SELECT max(id) FROM audit_event), 0) + 1"),
				 &err), 0);
	expect(db, "UPDATE audit_event SET action = 'y'", REASON_APPEND_ONLY);
	expect(db, "DELETE FROM audit_event", REASON_APPEND_ONLY);
	expect(db, "TRUNCATE audit_event", REASON_APPEND_ONLY);
	expect(db, AUDIT_ROW("(SELECT max(id) FROM audit_event) + 2"), REASON_APPEND_ONLY);
	db_close(db);
}

/* With the triggers off the row is another one: both look-outs see it. */
static void meddling_shows(void **state)
{
	const char *name = copy_made();
	struct store *store = open_named(name);
	struct error err = ERROR_INIT;
	struct chain_result result;

	(void)state;
	assert_non_null(store);
	assert_int_equal(store_check(store, &err), 0);
	assert_int_equal(store_verify(store, CHAIN_AUDIT, &result, &err), 0);
	assert_true(result.ok);
	assert_int_equal(store_verify(store, CHAIN_LEDGER, &result, &err), 0);
	assert_true(result.ok);
	assert_true(cluster_sql(name, AUDIT_ROW("coalesce((SELECT max(id) FROM audit_event), 0) + 1")));
	assert_int_equal(store_verify(store, CHAIN_AUDIT, &result, &err), 0);
	assert_false(result.ok);
	assert_true(cluster_sql(name, "ALTER TABLE audit_event DISABLE TRIGGER audit_event_kept"));
	assert_int_equal(store_check(store, &err), OV_ESTORAGE);
	assert_int_equal(err.reason, REASON_STORE_DAMAGED);
	store_close(store);
}

/* As in SQLite: the statement that failed is undone, the transaction goes on. */
static void a_refused_row_undoes_itself_alone(void **state)
{
	struct db *db = db_of(copy_made());
	struct error err = ERROR_INIT;
	int64_t count = 0;

	(void)state;
	assert_int_equal(db_begin(db, DB_WRITE, &err), 0);
	assert_int_equal(db_run(db, "INSERT INTO meta (key, value) VALUES ('a', '1')", &err), 0);
	assert_true(db_run(db, "INSERT INTO meta (key, value) VALUES ('a', '2')", &err) < 0);
	assert_int_equal(err.reason, REASON_FIELD_UNIQUE);
	assert_string_equal(err.field, "key");
	error_clear(&err);
	assert_int_equal(db_run(db, "INSERT INTO meta (key, value) VALUES ('b', '3')", &err), 0);
	assert_int_equal(db_commit(db, &err), 0);
	assert_int_equal(db_number(db, "SELECT count(*) FROM meta WHERE key IN ('a', 'b')", &count, &err), 0);
	assert_int_equal(count, 2);
	assert_true(db_run(db, "INSERT INTO user_role (rev, created_at, created_by, user_id, role) "
			   "VALUES (1, 1, 1, 9999, 'viewer')", &err) < 0);
	assert_int_equal(err.reason, REASON_FIELD_REFERENCE);
	db_close(db);
}

/* The second waits for busy_ms, then says so. */
static void one_writer_at_a_time(void **state)
{
	const char *name = copy_made();
	struct db *first = db_of(name), *second = db_of(name);
	struct error err = ERROR_INIT;
	int64_t before, after, number;
	struct stmt *look, *within;

	(void)state;
	assert_int_equal(db_begin(first, DB_WRITE, &err), 0);
	assert_int_equal(db_begin(second, DB_WRITE, &err), OV_ESTORAGE);
	assert_int_equal(err.reason, REASON_STORE_LOCKED);
	assert_false(db_in_transaction(second));
	error_clear(&err);
	assert_int_equal(db_look(second, &look, &before, &err), 0);
	assert_true(db_stands(second));
	stmt_reset(look);
	assert_false(db_stands(second));
	assert_int_equal(db_run(first, "INSERT INTO meta (key, value) VALUES ('a', '1')", &err), 0);
	assert_int_equal(db_commit(first, &err), 0);
	assert_int_equal(db_look(second, &look, &after, &err), 0);
	assert_true(before != after);
	stmt_reset(look);
	assert_int_equal(db_look(second, &look, &before, &err), 0);
	assert_true(before == after);
	assert_int_equal(db_look_at(second, "SELECT 7", &within, &number, &err), 0);
	assert_int_equal(number, 7);
	stmt_reset(within);
	assert_true(db_stands(second)); /* the outer one */
	stmt_reset(look);
	assert_false(db_stands(second));
	assert_int_equal(db_look_at(second, "SELECT max(seq) + 5000000000 FROM change", &look, &number,
				    &err), 0);
	assert_true(number > 5000000000 && db_stands(second));
	stmt_reset(look);
	db_close(first);
	db_close(second);
}

static void many_rows_come_in_lots(void **state)
{
	struct db *db = db_of(copy_made());
	struct error err = ERROR_INIT;
	struct stmt *stmt;
	int64_t seen = 0, one;

	(void)state;
	assert_int_equal(db_begin(db, DB_READ, &err), 0);
	assert_int_equal(db_prepare_many(db, "SELECT n FROM generate_series(1, CAST(? AS INTEGER)) n",
					 &stmt, &err), 0);
	stmt_bind_int(stmt, 1, 4000);
	while (stmt_step(stmt, &err) > 0) {
		assert_int_equal(stmt_int(stmt, 0), ++seen);
		assert_int_equal(db_number(db, "SELECT 1", &one, &err), 0); /* meanwhile */
	}
	assert_int_equal(err.code, 0);
	assert_int_equal(seen, 4000);
	stmt_reset(stmt);
	db_rollback(db);
	db_close(db);
}

/* A value that is bound and not asked for, a null of no known type, then a number. */
static void values_of_any_kind(void **state)
{
	struct db *db = db_of(copy_made());
	struct error err = ERROR_INIT;
	struct stmt *stmt;
	size_t len;

	(void)state;
	for (int many = 0; many < 2; many++)
		for (int64_t value = 0; value < 3; value++) {
			const char *sql = "SELECT ?4, sum(id), coalesce(?2, 7), '' || '', 5 = 5 FROM \"user\""
					  " WHERE id = 1 AND (?2 IS NULL OR ?2 > 0)";

			assert_int_equal(db_begin(db, DB_READ, &err), 0);
			assert_int_equal((many ? db_prepare_many : db_prepare)(db, sql, &stmt, &err), 0);
			stmt_bind_int(stmt, 2, value ? 5000000000 + value : OV_NULL);
			stmt_bind_text(stmt, 4, value == 1 ? NULL : "a");
			if (stmt_step(stmt, &err) < 0)
				fail_msg("%s", err.message);
			if (value == 1)
				assert_null(stmt_text(stmt, 0));
			else
				assert_string_equal(stmt_text(stmt, 0), "a");
			assert_int_equal(stmt_int(stmt, 1), 1); /* numeric */
			assert_int_equal(stmt_int(stmt, 2), value ? 5000000000 + value : 7);
			assert_string_equal(stmt_text(stmt, 3), "");
			assert_null(stmt_blob(stmt, 3, &len));
			assert_string_equal(stmt_text(stmt, 4), "1");
			assert_int_equal(stmt_step(stmt, &err), 0);
			stmt_reset(stmt);
			db_rollback(db);
		}
	db_close(db);
}

static struct db *watcher;

/* As soon as the server is at it. */
static void *interrupt_soon(void *db)
{
	struct error err = ERROR_INIT;
	int64_t running = 0;

	while (!running && db_number(watcher, "SELECT count(*) FROM pg_stat_activity WHERE state = 'active'"
				     " AND query LIKE '%pg_sleep(30)%' AND pid <> pg_backend_pid()",
				     &running, &err) == 0)
		;
	db_interrupt(db);
	return NULL;
}

static void another_thread_stops_it(void **state)
{
	const char *name = copy_made();
	struct db *db = db_of(name);
	struct error err = ERROR_INIT;
	pthread_t thread;
	int64_t one = 0;

	(void)state;
	watcher = db_of(name);
	pthread_create(&thread, NULL, interrupt_soon, db);
	assert_int_equal(db_number(db, "SELECT count(pg_sleep(30))", &one, &err), OV_ECANCELLED);
	pthread_join(thread, NULL);
	error_clear(&err);
	assert_int_equal(db_number(db, "SELECT 1", &one, &err), OV_ECANCELLED);
	db_resume(db);
	error_clear(&err);
	assert_int_equal(db_number(db, "SELECT 1", &one, &err), 0);
	db_close(watcher);
	db_close(db);
}

/* --- lines that break --- */

#define CUT "SELECT pg_terminate_backend(pid) FROM pg_stat_activity " \
	"WHERE pid <> pg_backend_pid() AND datname = current_database()"

static void a_line_is_made_anew_between_transactions(void **state)
{
	const char *name = copy_made();
	struct db *db = db_of(name);
	struct error err = ERROR_INIT;
	int64_t one = 0;

	(void)state;
	assert_int_equal(db_number(db, "SELECT 1", &one, &err), 0);
	assert_true(cluster_sql(name, CUT));
	assert_int_equal(db_number(db, "SELECT 1", &one, &err), 0);
	assert_true(cluster_sql(name, CUT));
	assert_int_equal(db_begin(db, DB_WRITE, &err), 0);
	assert_int_equal(db_run(db, "INSERT INTO meta (key, value) VALUES ('a', '1')", &err), 0);
	assert_true(cluster_sql(name, CUT));
	assert_int_equal(db_commit(db, &err), OV_ESTORAGE); /* the server says: it isn't there */
	assert_int_equal(err.reason, REASON_STORE_OFFLINE);
	assert_null(strstr(err.message, "hush"));
	error_clear(&err);
	assert_int_equal(db_number(db, "SELECT count(*) FROM meta WHERE key = 'a'", &one, &err), 0);
	assert_int_equal(one, 0);
	db_close(db);
}

/* Writes until the server is gone; says each number that was said to be written. */
static void write_on(const char *name, int out)
{
	struct store *store = open_named(name);
	struct db *db = store ? local_of(store)->db : NULL;
	struct error err = ERROR_INIT;

	for (int64_t i = 1; db; i++) {
		char sql[120];

		snprintf(sql, sizeof sql, "INSERT INTO meta (key, value) VALUES ('n%lld', '1')",
			 (long long)i);
		if (db_begin(db, DB_WRITE, &err) < 0 || db_exec(db, sql, &err) < 0 ||
		    db_commit(db, &err) < 0 || write(out, &i, sizeof i) < 0)
			break;
	}
	_exit(0);
}

static void a_killed_server_keeps_what_it_said(void **state)
{
	const char *name = copy_made();
	struct error err = ERROR_INIT;
	int64_t said = 0, one, there = 0;
	int pipes[2];
	struct db *db;
	pid_t pid;

	(void)state;
	assert_int_equal(pipe(pipes), 0);
	pid = fork();
	if (pid == 0)
		write_on(name, pipes[1]);
	close(pipes[1]);
	while (said < 200 && read(pipes[0], &one, sizeof one) == sizeof one)
		said = one;
	cluster_kill();
	while (read(pipes[0], &one, sizeof one) == sizeof one)
		said = one;
	close(pipes[0]);
	waitpid(pid, NULL, 0);
	assert_true(said >= 200);
	assert_true(cluster_start());
	db = db_of(name);
	assert_int_equal(db_number(db, "SELECT count(*) FROM meta WHERE key LIKE 'n%'", &there, &err), 0);
	assert_true(there == said || there == said + 1); /* the last may have been unsaid */
	db_close(db);
}

/* --- opening --- */

static void strangers_and_secrets(void **state)
{
	struct store_options options = STORE_OPTIONS_INIT;
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct store_status status;
	struct store *store;

	(void)state;
	assert_true(cluster_database("empty", NULL));
	assert_true(store_open(cluster_url("empty"), &options, &store, &err) < 0);
	assert_int_equal(err.reason, REASON_STORE_MISSING);
	assert_null(strstr(err.message, "hush"));
	assert_true(cluster_sql("empty", "CREATE TABLE theirs (id bigint)"));
	assert_true(store_create(cluster_url("empty"), &options, &store, &err) < 0);
	assert_int_equal(err.reason, REASON_STORE_NOT_OURS);
	assert_true(store_create(cluster_url("made"), &options, &store, &err) < 0);
	assert_int_equal(err.reason, REASON_STORE_EXISTS);
	assert_true(store_open(cluster_url("nowhere"), &options, &store, &err) < 0);
	assert_int_equal(err.reason, REASON_STORE_OFFLINE);
	assert_null(strstr(err.message, "hush"));
	assert_true(store_open("postgres://a:hush@[h/x?password=hush", &options, &store, &err) < 0);
	assert_int_equal(err.reason, REASON_STORE_URL);
	assert_null(strstr(err.message, "hush"));
	assert_string_equal(db_url_shown("postgres://a:p/@s@h/x?password=y&host=z&sslpassword=q", &arena),
			    "postgres://a@h/x?host=z");
	store = open_postgres();
	assert_int_equal(store_status(store, &arena, &status, &err), 0);
	assert_null(strstr(status.where, "hush"));
	assert_true(store_backup(store, "copy.db", &(struct evidence_tally){ 0 }, &err) < 0);
	assert_int_equal(err.reason, REASON_STORE_BACKUP);
	store_close(store);
	arena_release(&arena);
}

/* A making that was broken off is begun anew, unless somebody is at it. */
static void a_half_made_one_is_made_anew(void **state)
{
	struct store_options options = STORE_OPTIONS_INIT;
	struct error err = ERROR_INIT;
	struct store *store, *again;
	pid_t pid;

	(void)state;
	assert_true(cluster_database("half", NULL));
	pid = fork();
	if (pid == 0)
		_exit(store_create(cluster_url("half"), &options, &store, &err) == 0 ? 0 : 1);
	waitpid(pid, NULL, 0);
	assert_true(store_open(cluster_url("half"), &options, &store, &err) < 0);
	assert_int_equal(err.reason, REASON_STORE_SCHEMA);
	if (store_create(cluster_url("half"), &options, &store, &err) < 0)
		fail_msg("%s", err.message);
	assert_true(store_create(cluster_url("half"), &options, &again, &err) < 0);
	assert_int_equal(err.reason, REASON_STORE_LOCKED);
	store_close(store);
	assert_int_equal(store_open(cluster_url("half"), &options, &store, &err), 0);
	store_close(store);
}

/* --- the same seed --- */

/* What `overpass --store URL --json --as …` says. */
static char *said(const char *url, const char *login, const char *const words[4])
{
	const char *folder = getenv("OV_BUILDDIR");
	char program[400], *text = NULL;
	size_t len = 0, room = 0;
	int pipes[2];
	ssize_t got;
	pid_t pid;

	snprintf(program, sizeof program, "%s/overpass", folder ? folder : ".");
	assert_int_equal(pipe(pipes), 0);
	pid = fork();
	if (pid == 0) {
		dup2(pipes[1], 1);
		close(pipes[0]);
		close(pipes[1]);
		execl(program, "overpass", "--store", url, "--json", "--as", login, words[0], words[1],
		      words[2], words[3], (char *)NULL);
		_exit(127);
	}
	close(pipes[1]);
	do {
		if (room - len < 4096)
			text = mem_grow(text, room += 1 << 16);
		got = read(pipes[0], text + len, room - len - 1);
		len += got > 0 ? (size_t)got : 0;
	} while (got > 0);
	text[len] = '\0';
	close(pipes[0]);
	waitpid(pid, NULL, 0);
	return text;
}

static int64_t learners(void)
{
	const char *text = getenv("OV_POSTGRES_LEARNERS");

	return text && *text ? strtol(text, NULL, 10) : 200;
}

static void make_world(const char *url)
{
	struct store_options options = STORE_OPTIONS_INIT;
	struct error err = ERROR_INIT;
	struct store *store;

	if (store_create(url, &options, &store, &err) < 0 || demo_create(store, learners(), 7, &err) < 0)
		fail_msg("%s", err.message);
	store_close(store);
}

/* The same world is made in both, to the byte. Lists are asked for whole: a cursor
 * holds the epoch, which is each one's own. */
static void one_seed_one_world(void **state)
{
	static const struct {
		const char *login, *words[4];
	} questions[] = {
		{ "front_desk.1", { "student", "find", "zhang" } },
		{ "front_desk.1", { "student", "find", "\u674e" } },
		{ "reviewer1.1", { "claim", "list", "--limit", "500" } },
		{ "reviewer1.1", { "claim", "list", "--mine" } },
		{ "auditor.1", { "ledger", "verify", NULL } },
		{ "auditor.1", { "audit", "verify", NULL } },
		{ "registrar.1", { "report", "statistics", NULL } },
		{ "registrar.1", { "cohort", "list", "--limit", "500" } },
		{ "registrar.1", { "course", "list", "--limit", "500" } },
	};
	char url[400];

	(void)state;
	snprintf(url, sizeof url, "%s", scratch_url("sqlite:", "world.db"));
	make_world(url);
	assert_true(cluster_database("world", NULL));
	make_world(cluster_url("world"));
	for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++) {
		char *one = said(url, questions[i].login, questions[i].words);
		char *other = said(cluster_url("world"), questions[i].login, questions[i].words);

		assert_true(strlen(one) > 10);
		assert_null(strstr(one, "\"error\""));
		assert_string_equal(one, other);
		free(one);
		free(other);
	}
}

static int engine_run(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(books_only_grow),
		cmocka_unit_test(meddling_shows),
		cmocka_unit_test(a_refused_row_undoes_itself_alone),
		cmocka_unit_test(one_writer_at_a_time),
		cmocka_unit_test(many_rows_come_in_lots),
		cmocka_unit_test(values_of_any_kind),
		cmocka_unit_test(another_thread_stops_it),
		cmocka_unit_test(a_line_is_made_anew_between_transactions),
		cmocka_unit_test(strangers_and_secrets),
		cmocka_unit_test(a_half_made_one_is_made_anew),
		cmocka_unit_test(one_seed_one_world),
		cmocka_unit_test(a_killed_server_keeps_what_it_said),
	};

	return cmocka_run_group_tests_name("postgres: engine", tests, NULL, NULL);
}

int main(void)
{
	const struct suite suite = { .name = "postgres:", .open = open_postgres, .close = store_close };
	const char *why = cluster_missing();
	int failed;

	if (why) {
		printf("skipped: %s\n", why);
		return 77;
	}
	scratch_make();
	failed = hash_setup() < 0 || !make_template() ? 1 : suite_run(&suite) + engine_run();
	scratch_remove();
	cluster_stop();
	return failed;
}
