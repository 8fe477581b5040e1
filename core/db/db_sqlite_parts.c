/* The part of the SQLite engine that is made of prepare and step alone. */
#include "core/db/db_sqlite.h"

#include <errno.h>
#include <limits.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/db/db_file.h"
#include "core/model/reason.h"

static int simple(struct db *db, const char *sql, struct error *err)
{
	struct stmt *stmt;
	int rc = db_prepare(db, sql, &stmt, err);

	if (rc < 0)
		return rc;
	db_hold(db, true);
	rc = stmt_run(stmt, err);
	db_hold(db, false);
	return rc;
}

int sqlite_alone(struct db *db, int64_t cache_kib, struct error *err)
{
	char sql[48];
	int rc;

	sqlite_mark(db, false);
	rc = db_exec(db, "PRAGMA journal_mode=TRUNCATE", err);

	if (rc < 0 && err->reason == REASON_STORE_LOCKED) {
		error_clear(err);
		rc = 0;
	}
	snprintf(sql, sizeof sql, "PRAGMA cache_size=-%" PRId64, cache_kib);
	return rc < 0 ? rc : db_exec(db, sql, err);
}

int sqlite_bulk(struct db *db, bool on, struct error *err)
{
	char sql[80];

	snprintf(sql, sizeof sql, "PRAGMA foreign_keys=%s; PRAGMA cache_size=-%d",
		 on ? "OFF" : "ON", on ? DB_BULK_CACHE_KIB : DB_CACHE_KIB);
	return db_exec(db, sql, err);
}

int sqlite_begin(struct db *db, enum db_begin mode, struct error *err)
{
	int rc = simple(db, mode == DB_WRITE ? "BEGIN IMMEDIATE" : "BEGIN", err);

	if (rc < 0)
		db_rollback(db);
	return rc;
}

/* A statement that is stepped and not reset keeps its read transaction open. */
int sqlite_look_at(struct db *db, const char *sql, struct stmt **look, int64_t *number,
		   struct error *err)
{
	int rc = db_prepare(db, sql, look, err);

	/* Before: what is committed in between makes it look old, not new. */
	if (!db_stands(db))
		sqlite_mark(db, true);
	if (rc == 0)
		rc = stmt_step(*look, err);
	if (rc < 0) {
		*look = NULL;
		return rc;
	}
	*number = rc > 0 ? stmt_int(*look, 0) : 0;
	return 0;
}

int sqlite_look(struct db *db, struct stmt **look, int64_t *version, struct error *err)
{
	return sqlite_look_at(db, "PRAGMA data_version", look, version, err);
}

void sqlite_shrink(struct db *db)
{
	struct error ignored = ERROR_INIT;

	db_exec(db, "PRAGMA shrink_memory", &ignored);
}

int sqlite_commit(struct db *db, struct error *err)
{
	int rc = simple(db, "COMMIT", err);

	if (rc < 0)
		db_rollback(db);
	return rc;
}

/* The read transaction that is open meanwhile keeps the source still, however
 * much others write. */
int sqlite_backup(struct db *db, const char *path, db_progress *progress, void *context,
		  struct error *err)
{
	char part[PATH_MAX];
	int64_t tables;
	int rc;

	if (access(path, F_OK) == 0)
		return error_reason(err, REASON_FILE_EXISTS, "file", path, NULL);
	if (snprintf(part, sizeof part, "%s.%ld.part", path, (long)getpid()) >= (int)sizeof part)
		return error_reason(err, REASON_FILE_WRITE, "file", path, "why",
				    strerror(ENAMETOOLONG), NULL);
	rc = db_begin(db, DB_READ, err);
	if (rc == 0)
		rc = db_number(db, "SELECT count(*) FROM sqlite_schema", &tables, err);
	if (rc == 0)
		rc = sqlite_copy(db, part, progress, context, err);
	db_rollback(db);
	if (rc == 0)
		rc = db_file_place(part, path, false, err);
	if (rc < 0)
		db_file_remove(part);
	return rc;
}

/* The first line a check answers, "" when there is none. */
static int first_line(struct db *db, const char *sql, char *line, size_t size,
		      struct error *err)
{
	struct stmt *stmt;
	int rc = db_prepare(db, sql, &stmt, err);

	line[0] = '\0';
	if (rc < 0)
		return rc;
	rc = stmt_step(stmt, err);
	if (rc > 0) {
		const char *text = stmt_text(stmt, 0);

		snprintf(line, size, "%s", text ? text : "");
	}
	if (rc >= 0)
		stmt_reset(stmt);
	return rc < 0 ? rc : 0;
}

int sqlite_check(struct db *db, struct error *err)
{
	char line[200];
	int rc = first_line(db, "PRAGMA integrity_check(1)", line, sizeof line, err);

	if (rc < 0)
		return rc;
	if (strcmp(line, "ok") != 0)
		return error_reason(err, REASON_STORE_DAMAGED, "why", line, NULL);
	rc = first_line(db, "PRAGMA foreign_key_check", line, sizeof line, err);
	if (rc < 0)
		return rc;
	if (*line)
		return error_reason(err, REASON_STORE_DAMAGED, "why", line, NULL);
	return 0;
}

bool sqlite_has_log(struct db *db)
{
	struct error ignored = ERROR_INIT;
	char mode[16];

	return first_line(db, "PRAGMA journal_mode", mode, sizeof mode, &ignored) == 0 &&
	       !strcmp(mode, "wal");
}

int sqlite_settle(struct db *db, struct error *err)
{
	char mode[16];
	int rc;

	sqlite_mark(db, false);
	rc = first_line(db, "PRAGMA journal_mode=DELETE", mode, sizeof mode, err);

	if (rc == 0 && strcmp(mode, "delete") != 0)
		rc = error_reason(err, REASON_STORE_LOCKED, NULL);
	return rc;
}

int sqlite_has_table(struct db *db, const char *name, bool *there, struct error *err)
{
	struct stmt *stmt;
	int rc = db_prepare(db, "SELECT count(*) FROM sqlite_schema WHERE type = 'table' "
			    "AND name = ?", &stmt, err);

	if (rc < 0)
		return rc;
	stmt_bind_text(stmt, 1, name);
	rc = stmt_step(stmt, err);
	if (rc < 0)
		return rc;
	*there = stmt_int(stmt, 0) > 0;
	stmt_reset(stmt);
	return 0;
}

int sqlite_insert_rows(struct db *db, const char *table, const char *const *columns,
		       size_t column_count, struct error *err)
{
	struct buf sql = BUF_INIT;
	struct stmt *stmt;
	int rc;

	buf_printf(&sql, "INSERT INTO \"%s\" (", table);
	for (size_t i = 0; i < column_count; i++)
		buf_printf(&sql, "%s\"%s\"", i ? ", " : "", columns[i]);
	buf_text(&sql, ") SELECT ");
	for (size_t i = 0; i < column_count; i++)
		buf_printf(&sql, "%sc%zu", i ? ", " : "", i);
	buf_text(&sql, " FROM " SQLITE_ROWS);
	rc = sqlite_rows_prepare(db, buf_cstr(&sql), &stmt, err);
	buf_release(&sql);
	if (rc == 0)
		rc = stmt_run(stmt, err);
	return rc;
}
