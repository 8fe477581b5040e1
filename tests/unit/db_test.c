/* Bad databases: each gets a message that says what, an exit status, and
 * nothing changed. And what db.h promises about statements. */
#include "tests/unit/shared.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "core/base/hash.h"
#include "core/db/db_file.h"
#include "core/model/reason.h"
#include "core/store/admin.h"
#include "core/store/command.h"
#include "core/store/local.h"
#include "tests/contract/scratch.h"

static const char *made; /* path of a good database that tests copy */

static int setup(void **state)
{
	struct store_options options = STORE_OPTIONS_INIT;
	struct error err = ERROR_INIT;
	struct store *store;

	(void)state;
	scratch_make();
	chmod(scratch_path(""), 0755);
	if (store_create(scratch_url("sqlite:", "made.db"), &options, &store, &err) < 0) {
		print_error("%s\n", err.message);
		return -1;
	}
	store_close(store);
	made = mem_strdup(scratch_path("made.db"));
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	scratch_remove();
	free((void *)(uintptr_t)made);
	return 0;
}

static void write_file(const char *path, const void *bytes, size_t len)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
}

/* A copy of the good database with LEN bytes at AT replaced. */
static const char *copy_with(const char *name, size_t at, const void *bytes, size_t len)
{
	const char *path = scratch_path(name);
	size_t size;
	char *all = shared_read(made, &size);

	if (len)
		memcpy(all + at, bytes, len);
	write_file(path, all, size);
	free(all);
	return path;
}

static const char *data_dir; /* NULL: the program's own */

static int open_path(const char *path, struct store **store, struct error *err)
{
	struct store_options options = STORE_OPTIONS_INIT;
	char url[600];

	snprintf(url, sizeof url, "sqlite:%s", path);
	options.busy_ms = 30;
	options.data_dir = data_dir;
	return store_open(url, &options, store, err);
}

static void file_hash(const char *path, uint8_t out[HASH_BYTES])
{
	size_t len;
	char *all = shared_read(path, &len);

	hash_sha256(all, len, out);
	free(all);
}

/* Opening is refused for REASON, and not one byte of the file is changed. */
static void refused(const char *path, enum reason reason)
{
	struct error err = ERROR_INIT;
	uint8_t before[HASH_BYTES], after[HASH_BYTES];
	struct stat st;
	struct store *store;
	bool file = stat(path, &st) == 0 && S_ISREG(st.st_mode);
	int rc;

	if (file)
		file_hash(path, before);
	rc = open_path(path, &store, &err);
	if (rc == 0)
		fail_msg("%s was opened", path);
	if (err.reason != (int)reason)
		fail_msg("%s: %s was expected, but: %s", path, reason_code(reason), err.message);
	assert_null(store);
	assert_non_null(strstr(err.message, path));
	assert_true(*err.next);
	assert_int_equal(rc, reason_get(reason)->result);
	if (file) {
		file_hash(path, after);
		assert_memory_equal(before, after, HASH_BYTES);
	}
}

static void foreign_files_are_left_alone(void **state)
{
	static const char text[] = "学号,姓名\n1510106400001,张三\n";
	static const uint8_t other_id[4] = { 0x0f, 0x05, 0x51, 0x12 }, no_id[4] = { 0 };
	static const char long_text[300] = "SQLite format 2";

	(void)state;
	write_file(scratch_path("roster.csv"), text, sizeof text - 1);
	refused(scratch_path("roster.csv"), REASON_STORE_NOT_OURS);
	write_file(scratch_path("old.db"), long_text, sizeof long_text);
	refused(scratch_path("old.db"), REASON_STORE_NOT_OURS);
	write_file(scratch_path("head.db"), "SQLite format 3", 16);
	refused(scratch_path("head.db"), REASON_STORE_NOT_OURS);
	write_file(scratch_path("empty.db"), "", 0);
	refused(scratch_path("empty.db"), REASON_STORE_NOT_OURS);
	refused(copy_with("theirs.db", 68, other_id, 4), REASON_STORE_NOT_OURS);
	refused(copy_with("nobody.db", 68, no_id, 4), REASON_STORE_NOT_OURS);
	assert_int_equal(mkdir(scratch_path("folder"), 0700), 0);
	refused(scratch_path("folder"), REASON_STORE_NOT_OURS);
	refused(scratch_path("missing.db"), REASON_STORE_MISSING);
	refused(scratch_path("no/such/folder.db"), REASON_STORE_MISSING);
}

static void unknown_urls_are_refused(void **state)
{
	static const char *const urls[] = { "", "sqlite:", "memory", "mysql://x", "trace+", "trace+x:" };
	struct store_options options = STORE_OPTIONS_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++) {
		struct error err = ERROR_INIT;
		struct store *store;

		assert_int_equal(store_open(urls[i], &options, &store, &err), OV_EUSAGE);
		assert_int_equal(err.reason, REASON_STORE_URL);
		assert_null(store);
	}
}

/* Runs SQL on a copy, then it must be refused. */
static void changed(const char *name, const char *sql, enum reason reason)
{
	const char *path = copy_with(name, 0, NULL, 0);
	struct error err = ERROR_INIT;
	struct db *db;

	assert_int_equal(db_open(path, 0, 100, &db, &err), 0);
	if (db_exec(db, sql, &err) < 0 || db_settle(db, &err) < 0)
		fail_msg("%s", err.message);
	db_close(db);
	refused(path, reason);
}

static void other_schemas_are_refused(void **state)
{
	(void)state;
	changed("newer.db", "INSERT INTO migration SELECT max(version) + 1, 'later', zeroblob(32), 0 FROM migration",
		REASON_STORE_NEWER);
	changed("far.db", "INSERT INTO migration VALUES (4711, 'later', zeroblob(32), 0)",
		REASON_STORE_NEWER);
	changed("edited.db", "UPDATE migration SET checksum = zeroblob(32)", REASON_STORE_SCHEMA);
	changed("none.db", "DELETE FROM migration", REASON_STORE_SCHEMA);
	changed("broken_off.db", "INSERT INTO meta VALUES ('unfinished', '1')", REASON_STORE_SCHEMA);
}

/* Every page in turn is overwritten: nothing crashes, and a full check finds it. */
static void damage_is_found(void **state)
{
	char junk[4096];
	struct stat st;

	(void)state;
	memset(junk, 0xa5, sizeof junk);
	assert_int_equal(stat(made, &st), 0);
	for (off_t at = 4096; at < st.st_size; at += 4096) {
		const char *path = copy_with("damaged.db", (size_t)at, junk, sizeof junk);
		struct error err = ERROR_INIT;
		struct store *store;
		int rc = open_path(path, &store, &err);

		if (rc == 0) {
			rc = store_check(store, &err);
			store_close(store);
		}
		if (rc == 0)
			fail_msg("page %d", (int)(at / 4096) + 1);
		if (err.reason != REASON_STORE_DAMAGED && err.reason != REASON_STORE_SCHEMA)
			fail_msg("page %d: %s", (int)(at / 4096) + 1, err.message);
		unlink(path);
	}
}

static void truncated_files_are_damaged(void **state)
{
	struct stat st;

	(void)state;
	assert_int_equal(stat(made, &st), 0);
	for (off_t len = 100; len < st.st_size; len += st.st_size / 23) {
		const char *path = copy_with("short.db", 0, NULL, 0);
		struct error err = ERROR_INIT;
		struct store *store;
		int rc;

		assert_int_equal(truncate(path, len), 0);
		rc = open_path(path, &store, &err);
		if (rc == 0) {
			rc = store_check(store, &err);
			store_close(store);
		}
		assert_true(rc < 0);
		assert_int_equal(rc, OV_ESTORAGE);
		db_file_remove(path);
	}
}

static struct command new_day(struct arena *arena, int day)
{
	const struct command_def *def = command_find("calendar.set");
	struct error err = ERROR_INIT;
	struct command command;
	char text[DATE_TEXT];

	command_init(&command, def, arena);
	assert_int_equal(command_set(&command, "on_date", date_format(day, text), arena, &err), 0);
	assert_int_equal(command_set(&command, "kind", "CLOSED", arena, &err), 0);
	assert_int_equal(command_set(&command, "name", "x", arena, &err), 0);
	return command;
}

static int set_day(struct store *store, int day, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct command command = new_day(&arena, day);
	struct outcome outcome;
	int rc;

	local_act_as(store, &system_actor);
	rc = store_execute(store, &command, 1, &arena, &outcome, NULL, err);
	arena_release(&arena);
	return rc;
}

static void a_locked_database_says_so(void **state)
{
	const char *path = copy_with("locked.db", 0, NULL, 0);
	struct error err = ERROR_INIT;
	struct store *store;
	struct db *other;

	(void)state;
	assert_int_equal(open_path(path, &store, &err), 0);
	assert_int_equal(db_open(path, 0, 100, &other, &err), 0);
	assert_int_equal(db_begin(other, DB_WRITE, &err), 0);
	assert_int_equal(set_day(store, 1, &err), OV_ESTORAGE);
	assert_int_equal(err.reason, REASON_STORE_LOCKED);
	db_rollback(other);
	db_close(other);
	assert_int_equal(set_day(store, 1, &err), 0);
	store_close(store);
}

/* Runs WORK as somebody without root's rights; its exit status. */
static int as_nobody(int (*work)(void))
{
	int status;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0)
		_exit((geteuid() == 0 && setuid(65534) < 0) ? 77 : work());
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static const char *readonly_path;

/* The file may be read, its folder not written: the message says read-only. */
static int open_readonly(void)
{
	struct error err = ERROR_INIT;
	struct store *store;
	int rc = open_path(readonly_path, &store, &err);

	if (rc == 0) {
		rc = set_day(store, 1, &err);
		store_close(store);
	}
	return rc < 0 && err.reason == REASON_STORE_READONLY ? 0 : 1;
}

/* The source tree may lie where only its owner can read: the migrations are
 * copied to where everybody can. */
static void readable_data(char *out, size_t size)
{
	const char *source = getenv("OV_SRCDIR");
	char from[600], name[1200];
	struct dirent *entry;
	DIR *folder;

	snprintf(out, size, "%s", scratch_path("program"));
	assert_int_equal(mkdir(out, 0755), 0);
	snprintf(name, sizeof name, "%s/data", out);
	assert_int_equal(mkdir(name, 0755), 0);
	snprintf(name, sizeof name, "%s/data/migrations", out);
	assert_int_equal(mkdir(name, 0755), 0);
	snprintf(from, sizeof from, "%s/data/migrations", source ? source : ".");
	folder = opendir(from);
	assert_non_null(folder);
	while ((entry = readdir(folder)) != NULL) {
		size_t len;
		char *all;

		if (!strstr(entry->d_name, ".sql"))
			continue;
		snprintf(name, sizeof name, "%s/%s", from, entry->d_name);
		all = shared_read(name, &len);
		snprintf(name, sizeof name, "%s/data/migrations/%s", out, entry->d_name);
		write_file(name, all, len);
		free(all);
	}
	closedir(folder);
}

static void a_readonly_database_says_so(void **state)
{
	static char program[600];
	char folder[600], path[600];
	uint8_t before[HASH_BYTES], after[HASH_BYTES];
	size_t len;
	char *all = shared_read(made, &len);

	(void)state;
	snprintf(folder, sizeof folder, "%s", scratch_path("readonly"));
	assert_int_equal(mkdir(folder, 0755), 0);
	snprintf(path, sizeof path, "%.500s/file.db", folder);
	write_file(path, all, len);
	free(all);
	readonly_path = path;
	readable_data(program, sizeof program);
	data_dir = program;
	file_hash(path, before);
	assert_int_equal(chmod(path, 0444), 0);
	assert_int_equal(chmod(folder, 0555), 0);
	assert_int_equal(as_nobody(open_readonly), 0);
	assert_int_equal(chmod(folder, 0777), 0); /* only the file is read-only */
	assert_int_equal(as_nobody(open_readonly), 0);
	data_dir = NULL;
	file_hash(path, after);
	assert_memory_equal(before, after, HASH_BYTES);
}

/* SQLite's writes go through here: a disk with room for so many bytes, after
 * which every write fails with this errno. */
static int64_t disk_room = INT64_MAX;
static int disk_errno;

ssize_t pwrite64(int fd, const void *bytes, size_t len, int64_t at);
ssize_t pwrite64(int fd, const void *bytes, size_t len, int64_t at)
{
	if ((disk_room -= (int64_t)len) < 0) {
		errno = disk_errno;
		return -1;
	}
	return syscall(SYS_pwrite64, fd, bytes, len, at);
}

/* A command on a disk that fails after ROOM bytes: done or not done, and the
 * answer says which. Returns the error's reason, REASON_OK when done. */
static int try_with_room(const char *path, int day, int64_t room)
{
	struct error err = ERROR_INIT, unused = ERROR_INIT;
	struct chain_result chain;
	struct store *store;
	int64_t days, events;
	int rc;

	assert_int_equal(open_path(path, &store, &err), 0);
	disk_room = room;
	rc = set_day(store, day, &err);
	disk_room = INT64_MAX;
	store_close(store);
	assert_int_equal(open_path(path, &store, &unused), 0);
	assert_int_equal(store_check(store, &unused), 0);
	assert_int_equal(store_verify(store, CHAIN_AUDIT, &chain, &unused), 0);
	assert_true(chain.ok);
	assert_int_equal(db_number(local_of(store)->db, "SELECT count(*) FROM calendar_day", &days,
				   &unused), 0);
	assert_int_equal(db_number(local_of(store)->db, "SELECT count(*) FROM audit_event", &events,
				   &unused), 0);
	assert_int_equal(days, events);
	assert_int_equal(days, day + (rc == 0));
	store_close(store);
	return rc < 0 ? err.reason : REASON_OK;
}

static void a_failing_disk_loses_nothing(void **state)
{
	static const struct {
		int number;
		enum reason reason;
	} rows[] = { { ENOSPC, REASON_STORE_FULL }, { EIO, REASON_STORE_IO } };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const char *path = copy_with("failing.db", 0, NULL, 0);
		int day = 0, refused_times = 0;

		disk_errno = rows[i].number;
		for (int64_t room = 0; day == 0; room += 1500) {
			int reason = try_with_room(path, day, room);

			day += reason == REASON_OK;
			refused_times += reason != REASON_OK;
			if (reason != REASON_OK && reason != (int)rows[i].reason)
				fail_msg("room %d: %s", (int)room, reason_code(reason));
		}
		assert_true(refused_times > 5);
		assert_int_equal(try_with_room(path, 1, INT64_MAX), REASON_OK);
		db_file_remove(path);
	}
}

/* One prepared text may be in use twice at once. */
static void a_statement_may_be_nested(void **state)
{
	struct error err = ERROR_INIT;
	struct stmt *outer, *inner;
	struct db *db;

	(void)state;
	assert_int_equal(db_open(NULL, DB_MEMORY, 0, &db, &err), 0);
	assert_int_equal(db_prepare(db, "SELECT ? + 1", &outer, &err), 0);
	stmt_bind_int(outer, 1, 1);
	assert_int_equal(stmt_step(outer, &err), 1);
	assert_int_equal(db_prepare(db, "SELECT ? + 1", &inner, &err), 0);
	assert_ptr_not_equal(outer, inner);
	stmt_bind_int(inner, 1, 10);
	assert_int_equal(stmt_step(inner, &err), 1);
	assert_int_equal(stmt_int(inner, 0), 11);
	assert_int_equal(stmt_int(outer, 0), 2);
	stmt_reset(inner);
	stmt_reset(outer);
	assert_int_equal(db_prepare(db, "SELECT ? + 1", &inner, &err), 0);
	assert_int_equal(stmt_step(inner, &err), 1);
	assert_true(stmt_int(inner, 0) == OV_NULL); /* binds are forgotten */
	stmt_reset(inner);
	assert_int_equal(db_prepare(db, "SELECT nonsense FROM", &inner, &err), OV_EBUG);
	db_close(db);
}

static int five_rows(void *context, int64_t row, struct db_value *values, struct error *err)
{
	static const char *const texts[] = { "a", "b", "c", "d", "e" };

	if (row == 5 || row == *(int *)context)
		return row == 5 ? 0 : error_reason(err, REASON_CANCELLED, NULL);
	values[0] = (struct db_value){ .type = DB_INT, .number = row };
	values[1] = (struct db_value){ .type = DB_TEXT, .bytes = texts[row], .len = 1 };
	return 1;
}

static void rows_are_inserted_together(void **state)
{
	static const char *const columns[] = { "n", "t" };
	struct error err = ERROR_INIT;
	int64_t count;
	struct db *db;
	int stop = 3;

	(void)state;
	assert_int_equal(db_open(NULL, DB_MEMORY, 0, &db, &err), 0);
	assert_int_equal(db_exec(db, "CREATE TABLE x (n INTEGER PRIMARY KEY, t TEXT)", &err), 0);
	assert_int_equal(db_insert_rows(db, "x", columns, 2, five_rows, &stop, &err), OV_ECANCELLED);
	assert_int_equal(db_number(db, "SELECT count(*) FROM x", &count, &err), 0);
	assert_int_equal(count, 0);
	stop = -1;
	error_clear(&err);
	assert_int_equal(db_insert_rows(db, "x", columns, 2, five_rows, &stop, &err), 0);
	assert_int_equal(db_number(db, "SELECT sum(n) FROM x WHERE t >= 'c'", &count, &err), 0);
	assert_int_equal(count, 9);
	assert_int_equal(db_insert_rows(db, "x", columns, 2, five_rows, &stop, &err), OV_EREFUSED);
	assert_int_equal(err.reason, REASON_FIELD_UNIQUE);
	db_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(foreign_files_are_left_alone),
		cmocka_unit_test(unknown_urls_are_refused),
		cmocka_unit_test(other_schemas_are_refused),
		cmocka_unit_test(damage_is_found),
		cmocka_unit_test(truncated_files_are_damaged),
		cmocka_unit_test(a_locked_database_says_so),
		cmocka_unit_test(a_readonly_database_says_so),
		cmocka_unit_test(a_failing_disk_loses_nothing),
		cmocka_unit_test(a_statement_may_be_nested),
		cmocka_unit_test(rows_are_inserted_together),
	};

	return hash_setup() < 0 ? 1 : cmocka_run_group_tests(tests, setup, teardown);
}
