/* The SQL engine on SQLite. The only file that knows sqlite3.h. */
#include "core/db/db.h"

#include <errno.h>
#include <poll.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/base/hash.h"
#include "core/db/db_file.h"
#include "core/model/reason.h"

enum {
	BUCKETS = 256,
	WAL_KEEP = 64 << 20,        /* bytes of log that a file keeps after a checkpoint */
	PROGRESS_STEPS = 5000,      /* virtual machine steps between two questions */
	BACKUP_PAGES = 512
};

struct stmt {
	struct stmt *next; /* in its bucket */
	struct db *db;
	sqlite3_stmt *handle;
	uint64_t hash;
	char *sql;
	bool taken;
	bool rows; /* of db_rows_prepare() */
};

struct db {
	sqlite3 *handle;
	char *path;
	int64_t busy_ms;
	atomic_bool interrupted;
	atomic_bool held; /* see db_hold() */
	bool (*stop)(void *context);
	void *stop_context;
	struct stmt *buckets[BUCKETS];
	sqlite3_stmt *rollback, *nothing;
	bool has_rows; /* the rest is of db_insert_rows() while it runs */
	db_row_source *source;
	void *source_context;
	struct error *source_err;
};

/* --- errors --- */

static int io_error(struct db *db, struct error *err)
{
	int why = sqlite3_system_errno(db->handle);

	if (why == ENOSPC || why == EDQUOT || why == EFBIG)
		return error_reason(err, REASON_STORE_FULL, NULL);
	if (why == EROFS || why == EACCES || why == EPERM)
		return error_reason(err, REASON_STORE_READONLY, "file", db->path, NULL);
	return error_reason(err, REASON_STORE_IO, "why",
			    why ? strerror(why) : sqlite3_errmsg(db->handle), NULL);
}

/* "UNIQUE constraint failed: person.doc_kind, person.doc_no" → "doc_no" */
static int constraint_error(struct db *db, struct error *err)
{
	const char *said = sqlite3_errmsg(db->handle), *dot = strrchr(said, '.');
	const char *column = dot ? dot + 1 : "";

	switch (sqlite3_extended_errcode(db->handle)) {
	case SQLITE_CONSTRAINT_UNIQUE: case SQLITE_CONSTRAINT_PRIMARYKEY: case SQLITE_CONSTRAINT_ROWID:
		return error_reason(err, REASON_FIELD_UNIQUE, "field", column, "label", column, NULL);
	case SQLITE_CONSTRAINT_TRIGGER: /* its message is the table */
		return error_reason(err, REASON_APPEND_ONLY, "table", said, NULL);
	case SQLITE_CONSTRAINT_FOREIGNKEY:
		return error_reason(err, REASON_FIELD_REFERENCE, "label", "", NULL);
	default:
		return error_reason(err, REASON_BUG, "what", said, NULL);
	}
}

static int db_error(struct db *db, struct error *err)
{
	int rc = sqlite3_errcode(db->handle) & 0xff;

	switch (rc) {
	case SQLITE_NOMEM:
		abort(); /* as arena.h says */
	case SQLITE_INTERRUPT:
	case SQLITE_ABORT:
		return error_reason(err, REASON_CANCELLED, NULL);
	case SQLITE_BUSY: case SQLITE_LOCKED: case SQLITE_PROTOCOL:
		if (atomic_load(&db->interrupted))
			return error_reason(err, REASON_CANCELLED, NULL);
		return error_reason(err, REASON_STORE_LOCKED, NULL);
	case SQLITE_READONLY: case SQLITE_PERM: case SQLITE_CANTOPEN:
		return error_reason(err, REASON_STORE_READONLY, "file", db->path, NULL);
	case SQLITE_FULL:
		return error_reason(err, REASON_STORE_FULL, NULL);
	case SQLITE_IOERR:
		return io_error(db, err);
	case SQLITE_CORRUPT:
		return error_reason(err, REASON_STORE_DAMAGED, "why", sqlite3_errmsg(db->handle), NULL);
	case SQLITE_NOTADB:
		return error_reason(err, REASON_STORE_NOT_OURS, "file", db->path, NULL);
	case SQLITE_CONSTRAINT:
		return constraint_error(db, err);
	default:
		return error_reason(err, REASON_BUG, "what", sqlite3_errmsg(db->handle), NULL);
	}
}

/* --- opening --- */

/* Called while another writer holds the lock: short waits at first. */
static int on_busy(void *context, int tries)
{
	struct db *db = context;
	int waited = 0, pause = 1;

	for (int i = 0; i < tries; i++) {
		waited += pause;
		pause = pause < 16 ? pause * 2 : 25;
	}
	if (waited >= db->busy_ms || atomic_load(&db->interrupted))
		return 0;
	poll(NULL, 0, pause);
	return 1;
}

static int on_progress(void *context)
{
	struct db *db = context;

	return !atomic_load(&db->held) &&
	       (atomic_load(&db->interrupted) || (db->stop && db->stop(db->stop_context)));
}

/* Looks before anything is written. *fresh: nothing is in it yet. */
static int ours(struct db *db, bool *fresh, struct error *err)
{
	int64_t id = 0, tables = 0;
	int rc = db_number(db, "PRAGMA application_id", &id, err);

	if (rc == 0)
		rc = db_number(db, "SELECT count(*) FROM sqlite_schema", &tables, err);
	if (rc < 0)
		return rc;
	*fresh = id == 0 && tables == 0;
	if (id != DB_APPLICATION_ID && !*fresh)
		return error_reason(err, REASON_STORE_NOT_OURS, "file", db->path, NULL);
	return 0;
}

static int settings(struct db *db, unsigned flags, bool fresh, struct error *err)
{
	char sql[400];

	snprintf(sql, sizeof sql,
		 "PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL; PRAGMA cache_size=-%d;"
		 "PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=%d; PRAGMA cell_size_check=ON;",
		 DB_CACHE_KIB, WAL_KEEP);
	if (db_exec(db, sql, err) < 0)
		return err->code;
	if (fresh && !(flags & (DB_CREATE | DB_MEMORY)))
		return error_reason(err, REASON_STORE_NOT_OURS, "file", db->path, NULL);
	snprintf(sql, sizeof sql, "PRAGMA application_id=%d;", DB_APPLICATION_ID);
	return fresh ? db_exec(db, sql, err) : 0;
}

int db_share(struct db *db, struct error *err)
{
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
	return db_exec(db, "PRAGMA journal_mode=WAL", err);
}

int db_open(const char *path, unsigned flags, int64_t busy_ms, struct db **out,
	    struct error *err)
{
	int how = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
	static atomic_flag once = ATOMIC_FLAG_INIT;
	bool fresh = false;
	struct db *db;
	int rc;

	*out = NULL;
	if (!atomic_flag_test_and_set(&once)) /* the count is kept under one lock for all threads */
		sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	if (flags & DB_MEMORY)
		path = ":memory:";
	else if (db_file_check(path, flags & DB_CREATE, err) < 0)
		return err->code;
	how |= flags & DB_READONLY ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
	how |= flags & (DB_CREATE | DB_MEMORY) ? SQLITE_OPEN_CREATE : 0;
	db = mem_alloc(sizeof *db);
	db->path = mem_strdup(path);
	db->busy_ms = busy_ms;
	if (sqlite3_open_v2(path, &db->handle, how, NULL) != SQLITE_OK) {
		rc = db_error(db, err);
		goto fail;
	}
	/* Another's log, or a newer one's, is not ours to fold in: see db_share(). */
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_busy_handler(db->handle, on_busy, db);
	sqlite3_progress_handler(db->handle, PROGRESS_STEPS, on_progress, db);
	sqlite3_prepare_v2(db->handle, "ROLLBACK", -1, &db->rollback, NULL);
	sqlite3_prepare_v2(db->handle, "SELECT 1", -1, &db->nothing, NULL);
	rc = ours(db, &fresh, err);
	if (rc == 0)
		rc = settings(db, flags, fresh, err);
	if (rc == 0) {
		db_file_opened(path);
		*out = db;
		return 0;
	}
fail:
	db_close(db);
	return rc;
}

void db_close(struct db *db)
{
	if (!db)
		return;
	for (size_t i = 0; i < BUCKETS; i++)
		while (db->buckets[i]) {
			struct stmt *stmt = db->buckets[i];

			db->buckets[i] = stmt->next;
			sqlite3_finalize(stmt->handle);
			free(stmt->sql);
			free(stmt);
		}
	sqlite3_finalize(db->rollback);
	sqlite3_finalize(db->nothing);
	sqlite3_close(db->handle);
	free(db->path);
	free(db);
}

/* --- statements --- */

int db_prepare(struct db *db, const char *sql, struct stmt **out, struct error *err)
{
	uint64_t hash = hash_text(sql);
	struct stmt **bucket = &db->buckets[hash % BUCKETS];
	sqlite3_stmt *handle;
	struct stmt *stmt;

	for (stmt = *bucket; stmt; stmt = stmt->next)
		if (!stmt->taken && stmt->hash == hash && !strcmp(stmt->sql, sql)) {
			stmt->taken = true;
			*out = stmt;
			return 0;
		}
	*out = NULL;
	if (sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT,
			       &handle, NULL) != SQLITE_OK)
		return db_error(db, err);
	stmt = mem_alloc(sizeof *stmt);
	*stmt = (struct stmt){ .next = *bucket, .db = db, .handle = handle,
			       .hash = hash, .sql = mem_strdup(sql), .taken = true };
	*bucket = stmt;
	*out = stmt;
	return 0;
}

void stmt_bind_int(struct stmt *stmt, int index, int64_t value)
{
	if (value == OV_NULL)
		sqlite3_bind_null(stmt->handle, index);
	else
		sqlite3_bind_int64(stmt->handle, index, value);
}

void stmt_bind_text(struct stmt *stmt, int index, const char *text)
{
	sqlite3_bind_text(stmt->handle, index, text, -1, SQLITE_STATIC);
}

void stmt_bind_text_len(struct stmt *stmt, int index, const char *text, size_t len)
{
	sqlite3_bind_text64(stmt->handle, index, text, len, SQLITE_STATIC, SQLITE_UTF8);
}

void stmt_bind_blob(struct stmt *stmt, int index, const void *bytes, size_t len)
{
	sqlite3_bind_blob64(stmt->handle, index, bytes, len, SQLITE_STATIC);
}

int stmt_step(struct stmt *stmt, struct error *err)
{
	int rc;

	if (atomic_load(&stmt->db->interrupted)) {
		stmt_reset(stmt);
		return error_reason(err, REASON_CANCELLED, NULL);
	}
	rc = sqlite3_step(stmt->handle);
	if (rc == SQLITE_ROW)
		return 1;
	if (rc == SQLITE_DONE)
		return 0;
	if (!stmt->rows || err->code == 0) /* else the source said why */
		db_error(stmt->db, err);
	stmt_reset(stmt);
	return err->code;
}

void stmt_reset(struct stmt *stmt)
{
	sqlite3_reset(stmt->handle);
	sqlite3_clear_bindings(stmt->handle);
	stmt->taken = false;
}

int64_t stmt_int(struct stmt *stmt, int column)
{
	int64_t value = sqlite3_column_int64(stmt->handle, column); /* 0 for null */

	return !value && sqlite3_column_type(stmt->handle, column) == SQLITE_NULL ? OV_NULL : value;
}

const char *stmt_text(struct stmt *stmt, int column)
{
	return (const char *)sqlite3_column_text(stmt->handle, column);
}

const char *stmt_chars(struct stmt *stmt, int column, size_t *len)
{
	const char *text = stmt_blob(stmt, column, len);

	/* An empty one has no bytes. */
	return text || sqlite3_column_type(stmt->handle, column) == SQLITE_NULL ? text : "";
}

const void *stmt_blob(struct stmt *stmt, int column, size_t *len)
{
	const void *bytes = sqlite3_column_blob(stmt->handle, column);

	*len = (size_t)sqlite3_column_bytes(stmt->handle, column);
	return bytes;
}

int db_exec(struct db *db, const char *sql, struct error *err)
{
	if (sqlite3_exec(db->handle, sql, NULL, NULL, NULL) != SQLITE_OK)
		return db_error(db, err);
	return 0;
}

/* --- transactions --- */

void db_rollback(struct db *db)
{
	/* Whoever failed between a step and a reset left his statement open. */
	for (size_t i = 0; i < BUCKETS; i++)
		for (struct stmt *stmt = db->buckets[i]; stmt; stmt = stmt->next)
			if (stmt->taken)
				stmt_reset(stmt);
	/* One interrupt may be on its way still, and would strike the rollback. */
	db_hold(db, true);
	for (int tries = 0; db_in_transaction(db) && tries < 100; tries++) {
		sqlite3_step(db->rollback);
		sqlite3_reset(db->rollback);
	}
	db_hold(db, false);
}

bool db_in_transaction(const struct db *db)
{
	return !sqlite3_get_autocommit(db->handle);
}

bool db_stands(const struct db *db)
{
	return db_in_transaction(db) || sqlite3_txn_state(db->handle, "main") != SQLITE_TXN_NONE;
}

int64_t db_last_id(struct db *db)
{
	return sqlite3_last_insert_rowid(db->handle);
}

int64_t db_changed(struct db *db)
{
	return sqlite3_changes64(db->handle);
}

/* --- long work --- */

void db_interrupt(struct db *db)
{
	atomic_store(&db->interrupted, true);
	if (!atomic_load(&db->held))
		sqlite3_interrupt(db->handle);
}

void db_hold(struct db *db, bool held)
{
	atomic_store(&db->held, held);
}

void db_resume(struct db *db)
{
	if (!atomic_exchange(&db->interrupted, false))
		return;
	/* SQLite forgets an interrupt that struck nothing when a step begins; a
	 * prepare before that would still fail of it. */
	sqlite3_step(db->nothing);
	sqlite3_reset(db->nothing);
}

void db_on_progress(struct db *db, bool (*stop)(void *context), void *context)
{
	db->stop = stop;
	db->stop_context = context;
}

int db_copy(struct db *db, const char *path, bool (*progress)(void *context, int64_t done,
	    int64_t total), void *context, struct error *err)
{
	struct db copy = { .path = db->path };
	sqlite3_backup *backup = NULL;
	int rc = sqlite3_open_v2(path, &copy.handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
				 SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXCLUSIVE, NULL);
	int result = 0;

	if (rc == SQLITE_OK)
		backup = sqlite3_backup_init(copy.handle, "main", db->handle, "main");
	while (backup && rc == SQLITE_OK && result == 0) {
		int64_t total;

		rc = sqlite3_backup_step(backup, BACKUP_PAGES);
		total = sqlite3_backup_pagecount(backup);
		if (atomic_load(&db->interrupted) || (rc == SQLITE_OK && progress &&
		    progress(context, total - sqlite3_backup_remaining(backup), total)))
			result = error_reason(err, REASON_CANCELLED, NULL);
	}
	rc = backup ? sqlite3_backup_finish(backup) : SQLITE_ERROR;
	/* One file alone: no log beside it. */
	if (rc == SQLITE_OK)
		rc = sqlite3_exec(copy.handle, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL);
	if (rc != SQLITE_OK && result == 0)
		result = db_error(&copy, err);
	sqlite3_close(copy.handle);
	return result;
}

/* --- many rows by one statement ---
 *
 * A virtual table whose rows are what the source says: SQLite's own loop runs
 * INSERT … SELECT over it, without a bind, a step and a reset for each row. */

struct rows {
	sqlite3_vtab base; /* first */
	struct db *db;
};

struct rows_cursor {
	sqlite3_vtab_cursor base; /* first */
	int64_t row;
	bool end;
	struct db_value values[DB_ROW_COLUMNS];
};

static int rows_connect(sqlite3 *handle, void *db, int argc, const char *const *argv,
			sqlite3_vtab **out, char **why)
{
	char sql[DB_ROW_COLUMNS * 5 + 32] = "CREATE TABLE x (c0";
	size_t at = strlen(sql);
	struct rows *rows;

	(void)argc, (void)argv, (void)why;
	for (int i = 1; i < DB_ROW_COLUMNS; i++)
		at += (size_t)snprintf(sql + at, sizeof sql - at, ", c%d", i);
	snprintf(sql + at, sizeof sql - at, ")");
	rows = sqlite3_malloc(sizeof *rows);
	if (!rows)
		return SQLITE_NOMEM;
	*rows = (struct rows){ .db = db };
	*out = &rows->base;
	return sqlite3_declare_vtab(handle, sql);
}

static int rows_disconnect(sqlite3_vtab *table)
{
	sqlite3_free(table);
	return SQLITE_OK;
}

static int rows_plan(sqlite3_vtab *table, sqlite3_index_info *info)
{
	(void)table;
	info->estimatedCost = 1e6;
	return SQLITE_OK;
}

static int rows_open(sqlite3_vtab *table, sqlite3_vtab_cursor **out)
{
	struct rows_cursor *cursor = sqlite3_malloc(sizeof *cursor);

	(void)table;
	if (!cursor)
		return SQLITE_NOMEM;
	memset(cursor, 0, sizeof *cursor);
	*out = &cursor->base;
	return SQLITE_OK;
}

static int rows_close(sqlite3_vtab_cursor *cursor)
{
	sqlite3_free(cursor);
	return SQLITE_OK;
}

static int rows_read(struct rows_cursor *cursor)
{
	struct db *db = ((struct rows *)cursor->base.pVtab)->db;
	int rc;

	rc = db->source ? db->source(db->source_context, cursor->row, cursor->values,
				     db->source_err) : 0;
	cursor->end = rc <= 0;
	return rc < 0 ? SQLITE_ERROR : SQLITE_OK;
}

static int rows_filter(sqlite3_vtab_cursor *base, int plan, const char *name, int argc,
		       sqlite3_value **argv)
{
	struct rows_cursor *cursor = (struct rows_cursor *)base;

	(void)plan, (void)name, (void)argc, (void)argv;
	cursor->row = 0;
	return rows_read(cursor);
}

static int rows_next(sqlite3_vtab_cursor *base)
{
	struct rows_cursor *cursor = (struct rows_cursor *)base;

	cursor->row++;
	return rows_read(cursor);
}

static int rows_eof(sqlite3_vtab_cursor *base)
{
	return ((struct rows_cursor *)base)->end;
}

static int rows_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column)
{
	const struct db_value *value = &((struct rows_cursor *)base)->values[column];

	if (value->type == DB_INT && value->number != OV_NULL)
		sqlite3_result_int64(context, value->number);
	else if (value->type == DB_TEXT)
		sqlite3_result_text64(context, value->bytes, value->len, SQLITE_STATIC, SQLITE_UTF8);
	else if (value->type == DB_BLOB)
		sqlite3_result_blob64(context, value->bytes, value->len, SQLITE_STATIC);
	else
		sqlite3_result_null(context);
	return SQLITE_OK;
}

static int rows_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *id)
{
	*id = ((struct rows_cursor *)base)->row;
	return SQLITE_OK;
}

static const sqlite3_module rows_module = {
	.xConnect = rows_connect, .xBestIndex = rows_plan, .xDisconnect = rows_disconnect,
	.xOpen = rows_open, .xClose = rows_close, .xFilter = rows_filter, .xNext = rows_next,
	.xEof = rows_eof, .xColumn = rows_column, .xRowid = rows_rowid,
};

int db_rows_prepare(struct db *db, const char *sql, db_row_source *source, void *context,
		    struct stmt **out, struct error *err)
{
	if (!db->has_rows)
		db->has_rows = !sqlite3_create_module(db->handle, DB_ROWS, &rows_module, db);
	db->source = source;
	db->source_context = context;
	db->source_err = err;
	error_clear(err);
	if (db_prepare(db, sql, out, err) == 0)
		(*out)->rows = true;
	return err->code;
}
