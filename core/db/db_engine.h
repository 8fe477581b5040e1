/* db_engine.h: what an engine is to db.h. Private to core/db.
 *
 * Each database and each statement carries its engine; db.c passes every call of
 * db.h on by one jump through a pointer. What the engines share (statements kept
 * by their text, the flags of long work) is in db.c as well, so that an engine
 * has only what is its own. */
#ifndef OV_DB_DB_ENGINE_H
#define OV_DB_DB_ENGINE_H

#include <stdatomic.h>

#include "core/db/db.h"

enum { DB_BUCKETS = 256 };

/* First in the engine's own struct. */
struct stmt {
	const struct db_engine *engine;
	struct stmt *next; /* in its bucket */
	struct db *db;
	uint64_t hash;
	char *sql;
	bool taken;
};

/* First in the engine's own struct. */
struct db {
	const struct db_engine *engine;
	char *path; /* as it is said in messages */
	int64_t busy_ms;
	atomic_bool interrupted;
	atomic_bool held; /* see db_hold() */
	bool (*stop)(void *context);
	void *stop_context;
	struct stmt *buckets[DB_BUCKETS];
	/* of db_insert_rows() while it runs */
	db_row_source *source;
	void *source_context;
	struct error *source_err;
	size_t source_columns;
};

typedef bool db_progress(void *context, int64_t done, int64_t total);

struct db_engine {
	/* db_close() frees the statements, then calls close, which frees the rest. */
	int (*open)(const char *where, unsigned flags, int64_t busy_ms, struct db **out,
		    struct error *err);
	void (*close)(struct db *db);

	/* A new statement; db.c fills its head and keeps it. */
	int (*compile)(struct db *db, const char *sql, bool many, struct stmt **out,
		       struct error *err);
	void (*discard)(struct stmt *stmt); /* what compile made, and the memory of it */
	void (*bind_int)(struct stmt *stmt, int index, int64_t value);
	void (*bind_text)(struct stmt *stmt, int index, const char *text);
	void (*bind_text_len)(struct stmt *stmt, int index, const char *text, size_t len);
	void (*bind_blob)(struct stmt *stmt, int index, const void *bytes, size_t len);
	int (*step)(struct stmt *stmt, struct error *err);
	void (*reset)(struct stmt *stmt);
	int64_t (*get_int)(struct stmt *stmt, int column);
	const char *(*get_text)(struct stmt *stmt, int column);
	const char *(*get_chars)(struct stmt *stmt, int column, size_t *len);
	const void *(*get_blob)(struct stmt *stmt, int column, size_t *len);
	int (*exec)(struct db *db, const char *sql, struct error *err);
	int (*insert_rows)(struct db *db, const char *table, const char *const *columns,
			   size_t column_count, struct error *err);

	int (*begin)(struct db *db, enum db_begin mode, struct error *err);
	int (*commit)(struct db *db, struct error *err);
	void (*rollback)(struct db *db); /* every statement is reset already */
	bool (*in_transaction)(const struct db *db);
	bool (*stands)(const struct db *db);
	int (*look)(struct db *db, struct stmt **look, int64_t *version, struct error *err);
	int (*look_at)(struct db *db, const char *sql, struct stmt **look, int64_t *number,
		       struct error *err);
	bool (*look_state)(struct db *db, struct db_state *state); /* NULL: it can't say */
	int64_t (*last_id)(struct db *db);
	int64_t (*changed)(struct db *db);

	void (*interrupt)(struct db *db);
	void (*resume)(struct db *db); /* something had been interrupted */

	int (*share)(struct db *db, struct error *err);
	int (*alone)(struct db *db, int64_t cache_kib, struct error *err);
	int (*bulk)(struct db *db, bool on, struct error *err);
	void (*shrink)(struct db *db);
	int (*has_table)(struct db *db, const char *name, bool *there, struct error *err);
	int (*backup)(struct db *db, const char *path, db_progress *progress, void *context,
		      struct error *err);
	int (*clear)(struct db *db, struct error *err); /* NULL: a file, which can be removed */
	int (*settle)(struct db *db, struct error *err);
	int (*check)(struct db *db, struct error *err);
};

extern const struct db_engine sqlite_engine;   /* db_sqlite.c */
extern const struct db_engine postgres_engine; /* db_postgres.c */

#endif
