/* The SQL engine on SQLite. The only file that knows sqlite3.h. */
#include "core/db/db_sqlite.h"

#include <errno.h>
#include <poll.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/db/db_file.h"
#include "core/model/reason.h"

enum {
	WAL_KEEP = 64 << 20,        /* bytes of log that a file keeps after a checkpoint */
	PROGRESS_STEPS = 5000,      /* virtual machine steps between two questions */
	BACKUP_PAGES = 512,
	LOG_WORDS = sizeof(struct db_state) / sizeof(uint64_t), LOG_FRAMES = 1000 /* SQLite folds a longer log in */
};

struct sqlite_stmt {
	struct stmt base; /* first */
	sqlite3_stmt *handle;
	bool rows; /* over SQLITE_ROWS */
};

struct sqlite_db {
	struct db base; /* first */
	sqlite3 *handle;
	sqlite3_stmt *rollback, *nothing;
	bool has_rows;
	const uint64_t *log_head; /* in memory shared with who else has the file open */
	struct db_state seen; /* what stood there at the last sqlite_mark() */
};

static struct sqlite_db *own(struct db *db)
{
	return (struct sqlite_db *)db;
}

static sqlite3_stmt *handle_of(struct stmt *stmt)
{
	return ((struct sqlite_stmt *)stmt)->handle;
}

/* --- errors --- */

static int io_error(struct db *db, struct error *err)
{
	int why = sqlite3_system_errno(own(db)->handle);

	if (why == ENOSPC || why == EDQUOT || why == EFBIG)
		return error_reason(err, REASON_STORE_FULL, NULL);
	if (why == EROFS || why == EACCES || why == EPERM)
		return error_reason(err, REASON_STORE_READONLY, "file", db->path, NULL);
	return error_reason(err, REASON_STORE_IO, "why",
			    why ? strerror(why) : sqlite3_errmsg(own(db)->handle), NULL);
}

/* "UNIQUE constraint failed: person.doc_kind, person.doc_no" → "doc_no" */
static int constraint_error(struct db *db, struct error *err)
{
	const char *said = sqlite3_errmsg(own(db)->handle), *dot = strrchr(said, '.');
	const char *column = dot ? dot + 1 : "";

	switch (sqlite3_extended_errcode(own(db)->handle)) {
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
	int rc = sqlite3_errcode(own(db)->handle) & 0xff;

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
		return error_reason(err, REASON_STORE_DAMAGED, "why", sqlite3_errmsg(own(db)->handle), NULL);
	case SQLITE_NOTADB:
		return error_reason(err, REASON_STORE_NOT_OURS, "file", db->path, NULL);
	case SQLITE_CONSTRAINT:
		return constraint_error(db, err);
	default:
		return error_reason(err, REASON_BUG, "what", sqlite3_errmsg(own(db)->handle), NULL);
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

static int share(struct db *db, struct error *err)
{
	sqlite3_db_config(own(db)->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
	return db_exec(db, "PRAGMA journal_mode=WAL", err);
}

static int open_file(const char *path, unsigned flags, int64_t busy_ms, struct db **out,
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
	db = mem_alloc(sizeof(struct sqlite_db));
	db->engine = &sqlite_engine;
	db->path = mem_strdup(path);
	db->busy_ms = busy_ms;
	if (sqlite3_open_v2(path, &own(db)->handle, how, NULL) != SQLITE_OK) {
		rc = db_error(db, err);
		goto fail;
	}
	/* Another's log, or a newer one's, is not ours to fold in: see db_share(). */
	sqlite3_db_config(own(db)->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sqlite3_db_config(own(db)->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(own(db)->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(own(db)->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(own(db)->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_busy_handler(own(db)->handle, on_busy, db);
	sqlite3_progress_handler(own(db)->handle, PROGRESS_STEPS, on_progress, db);
	sqlite3_prepare_v2(own(db)->handle, "ROLLBACK", -1, &own(db)->rollback, NULL);
	sqlite3_prepare_v2(own(db)->handle, "SELECT 1", -1, &own(db)->nothing, NULL);
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

static void close_all(struct db *db)
{
	sqlite3_finalize(own(db)->rollback);
	sqlite3_finalize(own(db)->nothing);
	sqlite3_close(own(db)->handle);
	free(db->path);
	free(db);
}

/* --- statements --- */

static int compile(struct db *db, const char *sql, bool many, struct stmt **out,
		   struct error *err)
{
	struct sqlite_stmt *stmt;
	sqlite3_stmt *handle;

	(void)many; /* rows come one by one anyway */
	if (sqlite3_prepare_v3(own(db)->handle, sql, -1, SQLITE_PREPARE_PERSISTENT,
			       &handle, NULL) != SQLITE_OK)
		return db_error(db, err);
	stmt = mem_alloc(sizeof *stmt);
	stmt->handle = handle;
	*out = &stmt->base;
	return 0;
}

static void discard(struct stmt *stmt)
{
	sqlite3_finalize(handle_of(stmt));
	free(stmt);
}

static void bind_int(struct stmt *stmt, int index, int64_t value)
{
	if (value == OV_NULL)
		sqlite3_bind_null(handle_of(stmt), index);
	else
		sqlite3_bind_int64(handle_of(stmt), index, value);
}

static void bind_text(struct stmt *stmt, int index, const char *text)
{
	sqlite3_bind_text(handle_of(stmt), index, text, -1, SQLITE_STATIC);
}

static void bind_text_len(struct stmt *stmt, int index, const char *text, size_t len)
{
	sqlite3_bind_text64(handle_of(stmt), index, text, len, SQLITE_STATIC, SQLITE_UTF8);
}

static void bind_blob(struct stmt *stmt, int index, const void *bytes, size_t len)
{
	sqlite3_bind_blob64(handle_of(stmt), index, bytes, len, SQLITE_STATIC);
}

static int step(struct stmt *stmt, struct error *err)
{
	int rc;

	if (atomic_load(&stmt->db->interrupted)) {
		stmt_reset(stmt);
		return error_reason(err, REASON_CANCELLED, NULL);
	}
	rc = sqlite3_step(handle_of(stmt));
	if (rc == SQLITE_ROW)
		return 1;
	if (rc == SQLITE_DONE)
		return 0;
	if (!((struct sqlite_stmt *)stmt)->rows || err->code == 0) /* else the source said why */
		db_error(stmt->db, err);
	stmt_reset(stmt);
	return err->code;
}

static void reset(struct stmt *stmt)
{
	sqlite3_reset(handle_of(stmt));
	sqlite3_clear_bindings(handle_of(stmt));
	stmt->taken = false;
}

static int64_t get_int(struct stmt *stmt, int column)
{
	int64_t value = sqlite3_column_int64(handle_of(stmt), column); /* 0 for null */

	return !value && sqlite3_column_type(handle_of(stmt), column) == SQLITE_NULL ? OV_NULL : value;
}

static const char *get_text(struct stmt *stmt, int column)
{
	return (const char *)sqlite3_column_text(handle_of(stmt), column);
}

static const char *get_chars(struct stmt *stmt, int column, size_t *len)
{
	const char *text = sqlite3_column_blob(handle_of(stmt), column);

	*len = (size_t)sqlite3_column_bytes(handle_of(stmt), column);
	/* An empty one has no bytes. */
	return text || sqlite3_column_type(handle_of(stmt), column) == SQLITE_NULL ? text : "";
}

static const void *get_blob(struct stmt *stmt, int column, size_t *len)
{
	const void *bytes = sqlite3_column_blob(handle_of(stmt), column);

	*len = (size_t)sqlite3_column_bytes(handle_of(stmt), column);
	return bytes;
}

static int exec(struct db *db, const char *sql, struct error *err)
{
	if (sqlite3_exec(own(db)->handle, sql, NULL, NULL, NULL) != SQLITE_OK)
		return db_error(db, err);
	return 0;
}

/* --- transactions --- */

static bool in_transaction(const struct db *db)
{
	return !sqlite3_get_autocommit(((const struct sqlite_db *)db)->handle);
}

static void rollback(struct db *db)
{
	/* One interrupt may be on its way still, and would strike the rollback. */
	db_hold(db, true);
	for (int tries = 0; in_transaction(db) && tries < 100; tries++) {
		sqlite3_step(own(db)->rollback);
		sqlite3_reset(own(db)->rollback);
	}
	db_hold(db, false);
}

static bool stands(const struct db *db)
{
	return in_transaction(db) ||
	       sqlite3_txn_state(((const struct sqlite_db *)db)->handle, NULL) != SQLITE_TXN_NONE;
}

/* The head of the index of the log, 48 bytes that differ after each commit of anybody
 * (sqlite.org/walformat.html, 2.1); mapped by then, since a look stands. */
static const uint64_t *log_head(struct sqlite_db *db)
{
	sqlite3_file *file = NULL;
	void volatile *page = NULL;

	if (!db->log_head && sqlite_has_log(&db->base) &&
	    !sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_FILE_POINTER, &file) &&
	    file->pMethods->iVersion >= 2 && !file->pMethods->xShmMap(file, 0, 32768, 0, &page))
		db->log_head = (const uint64_t *)(uintptr_t)page;
	return db->log_head;
}

void sqlite_mark(struct db *db, bool log)
{
	own(db)->log_head = log ? own(db)->log_head : NULL;
	for (size_t i = 0; own(db)->log_head && i < LOG_WORDS; i++)
		own(db)->seen.words[i] = __atomic_load_n(own(db)->log_head + i, __ATOMIC_ACQUIRE);
}

static bool look_state(struct db *db, struct db_state *state)
{
	const uint64_t *head = stands(db) ? log_head(own(db)) : NULL;
	uint32_t frames;
	size_t i = 0;

	*state = own(db)->seen;
	while (head && i < LOG_WORDS && state->words[i] == __atomic_load_n(head + i, __ATOMIC_ACQUIRE))
		i++;
	memcpy(&frames, state->words + 2, sizeof frames);
	return i == LOG_WORDS && frames < LOG_FRAMES;
}

static int64_t last_id(struct db *db)
{
	return sqlite3_last_insert_rowid(own(db)->handle);
}

static int64_t changed(struct db *db)
{
	return sqlite3_changes64(own(db)->handle);
}

static void interrupt(struct db *db)
{
	sqlite3_interrupt(own(db)->handle);
}

static void resume(struct db *db)
{
	/* SQLite forgets an interrupt that struck nothing when a step begins; a
	 * prepare before that would still fail of it. */
	sqlite3_step(own(db)->nothing);
	sqlite3_reset(own(db)->nothing);
}

int sqlite_copy(struct db *db, const char *path, db_progress *progress, void *context,
		struct error *err)
{
	struct sqlite_db copy = { .base.path = db->path };
	sqlite3_backup *backup = NULL;
	int rc = sqlite3_open_v2(path, &copy.handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
				 SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXCLUSIVE, NULL);
	int result = 0;

	if (rc == SQLITE_OK)
		backup = sqlite3_backup_init(copy.handle, "main", own(db)->handle, "main");
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
		result = db_error(&copy.base, err);
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

int sqlite_rows_prepare(struct db *db, const char *sql, struct stmt **out, struct error *err)
{
	if (!own(db)->has_rows)
		own(db)->has_rows = !sqlite3_create_module(own(db)->handle, SQLITE_ROWS, &rows_module, db);
	if (db_prepare(db, sql, out, err) == 0)
		((struct sqlite_stmt *)*out)->rows = true;
	return err->code;
}

const struct db_engine sqlite_engine = {
	.open = open_file, .close = close_all, .compile = compile, .discard = discard,
	.bind_int = bind_int, .bind_text = bind_text, .bind_text_len = bind_text_len,
	.bind_blob = bind_blob, .step = step, .reset = reset, .get_int = get_int,
	.get_text = get_text, .get_chars = get_chars, .get_blob = get_blob, .exec = exec,
	.insert_rows = sqlite_insert_rows, .begin = sqlite_begin, .commit = sqlite_commit,
	.rollback = rollback, .in_transaction = in_transaction, .stands = stands,
	.look = sqlite_look, .look_at = sqlite_look_at, .look_state = look_state, .last_id = last_id, .changed = changed, .interrupt = interrupt,
	.resume = resume, .share = share, .alone = sqlite_alone, .bulk = sqlite_bulk,
	.shrink = sqlite_shrink, .has_table = sqlite_has_table, .backup = sqlite_backup,
	.settle = sqlite_settle, .check = sqlite_check,
};
