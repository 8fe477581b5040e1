/* Which engine a database has, and what all engines share. */
#include "core/db/db.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/base/hash.h"
#include "core/db/db_engine.h"
#include "core/model/reason.h"

int db_open(const char *where, unsigned flags, int64_t busy_ms, struct db **out,
	    struct error *err)
{
	*out = NULL;
	if (!(flags & DB_SERVER))
		return sqlite_engine.open(where, flags, busy_ms, out, err);
#ifdef HAVE_LIBPQ
	return postgres_engine.open(where, flags, busy_ms, out, err);
#else
	return error_reason(err, REASON_STORE_ENGINE, "engine", "PostgreSQL", NULL);
#endif
}

void db_close(struct db *db)
{
	if (!db)
		return;
	for (size_t i = 0; i < DB_BUCKETS; i++)
		while (db->buckets[i]) {
			struct stmt *stmt = db->buckets[i];

			db->buckets[i] = stmt->next;
			free(stmt->sql);
			db->engine->discard(stmt);
		}
	db->engine->close(db);
}

/* --- statements by their text --- */

static int prepare(struct db *db, const char *sql, bool many, struct stmt **out,
		   struct error *err)
{
	uint64_t hash = hash_text(sql);
	struct stmt **bucket = &db->buckets[hash % DB_BUCKETS];
	struct stmt *stmt;
	int rc;

	for (stmt = *bucket; stmt; stmt = stmt->next)
		if (!stmt->taken && stmt->hash == hash && !strcmp(stmt->sql, sql)) {
			stmt->taken = true;
			*out = stmt;
			return 0;
		}
	*out = NULL;
	rc = db->engine->compile(db, sql, many, &stmt, err);
	if (rc < 0)
		return rc;
	stmt->engine = db->engine;
	stmt->db = db;
	stmt->hash = hash;
	stmt->sql = mem_strdup(sql);
	stmt->taken = true;
	stmt->next = *bucket;
	*bucket = stmt;
	*out = stmt;
	return 0;
}

int db_prepare(struct db *db, const char *sql, struct stmt **out, struct error *err)
{
	return prepare(db, sql, false, out, err);
}

int db_prepare_many(struct db *db, const char *sql, struct stmt **out, struct error *err)
{
	return prepare(db, sql, true, out, err);
}

void stmt_bind_int(struct stmt *stmt, int index, int64_t value)
{
	stmt->engine->bind_int(stmt, index, value);
}

void stmt_bind_text(struct stmt *stmt, int index, const char *text)
{
	stmt->engine->bind_text(stmt, index, text);
}

void stmt_bind_text_len(struct stmt *stmt, int index, const char *text, size_t len)
{
	stmt->engine->bind_text_len(stmt, index, text, len);
}

void stmt_bind_blob(struct stmt *stmt, int index, const void *bytes, size_t len)
{
	stmt->engine->bind_blob(stmt, index, bytes, len);
}

int stmt_step(struct stmt *stmt, struct error *err)
{
	return stmt->engine->step(stmt, err);
}

void stmt_reset(struct stmt *stmt)
{
	stmt->engine->reset(stmt);
}

int64_t stmt_int(struct stmt *stmt, int column)
{
	return stmt->engine->get_int(stmt, column);
}

const char *stmt_text(struct stmt *stmt, int column)
{
	return stmt->engine->get_text(stmt, column);
}

const char *stmt_chars(struct stmt *stmt, int column, size_t *len)
{
	return stmt->engine->get_chars(stmt, column, len);
}

const void *stmt_blob(struct stmt *stmt, int column, size_t *len)
{
	return stmt->engine->get_blob(stmt, column, len);
}

int db_exec(struct db *db, const char *sql, struct error *err)
{
	return db->engine->exec(db, sql, err);
}

int db_insert_rows(struct db *db, const char *table, const char *const *columns,
		   size_t column_count, db_row_source *source, void *context,
		   struct error *err)
{
	db->source = source;
	db->source_context = context;
	db->source_err = err;
	db->source_columns = column_count;
	error_clear(err);
	return db->engine->insert_rows(db, table, columns, column_count, err);
}

/* --- transactions --- */

int db_begin(struct db *db, enum db_begin mode, struct error *err)
{
	return db->engine->begin(db, mode, err);
}

int db_commit(struct db *db, struct error *err)
{
	return db->engine->commit(db, err);
}

void db_rollback(struct db *db)
{
	/* Whoever failed between a step and a reset left his statement open. */
	for (size_t i = 0; i < DB_BUCKETS; i++)
		for (struct stmt *stmt = db->buckets[i]; stmt; stmt = stmt->next)
			if (stmt->taken)
				stmt_reset(stmt);
	db->engine->rollback(db);
}

bool db_in_transaction(const struct db *db)
{
	return db->engine->in_transaction(db);
}

int db_look(struct db *db, struct stmt **look, int64_t *version, struct error *err)
{
	return db->engine->look(db, look, version, err);
}

int db_look_at(struct db *db, const char *sql, struct stmt **look, int64_t *number,
	       struct error *err)
{
	return db->engine->look_at(db, sql, look, number, err);
}

bool db_look_state(struct db *db, struct db_state *state)
{
	return db->engine->look_state && db->engine->look_state(db, state);
}

bool db_look_stands(struct db *db)
{
	struct db_state state;

	return db_look_state(db, &state);
}

bool db_stands(const struct db *db)
{
	return db->engine->stands(db);
}

int64_t db_last_id(struct db *db)
{
	return db->engine->last_id(db);
}

int64_t db_changed(struct db *db)
{
	return db->engine->changed(db);
}

/* --- long work --- */

void db_interrupt(struct db *db)
{
	atomic_store(&db->interrupted, true);
	if (!atomic_load(&db->held))
		db->engine->interrupt(db);
}

void db_resume(struct db *db)
{
	if (atomic_exchange(&db->interrupted, false))
		db->engine->resume(db);
}

void db_hold(struct db *db, bool held)
{
	atomic_store(&db->held, held);
}

void db_on_progress(struct db *db, bool (*stop)(void *context), void *context)
{
	db->stop = stop;
	db->stop_context = context;
}

/* --- the whole of it --- */

int db_share(struct db *db, struct error *err)
{
	return db->engine->share(db, err);
}

int db_alone(struct db *db, int64_t cache_kib, struct error *err)
{
	return db->engine->alone(db, cache_kib, err);
}

int db_bulk(struct db *db, bool on, struct error *err)
{
	return db->engine->bulk(db, on, err);
}

void db_shrink(struct db *db)
{
	db->engine->shrink(db);
}

int db_has_table(struct db *db, const char *name, bool *there, struct error *err)
{
	return db->engine->has_table(db, name, there, err);
}

bool db_is_server(const struct db *db)
{
	return db->engine != &sqlite_engine;
}

const char *db_name(const struct db *db)
{
	return db->path;
}

int db_clear(struct db *db, struct error *err)
{
	if (!db->engine->clear)
		return error_reason(err, REASON_BUG, "what", "a file is removed, not emptied", NULL);
	return db->engine->clear(db, err);
}

int db_backup(struct db *db, const char *path, db_progress *progress, void *context,
	      struct error *err)
{
	return db->engine->backup(db, path, progress, context, err);
}

int db_settle(struct db *db, struct error *err)
{
	return db->engine->settle(db, err);
}

int db_check(struct db *db, struct error *err)
{
	return db->engine->check(db, err);
}
