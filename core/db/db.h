/* db.h: the thin SQL engine under the local store.
 *
 * prepare, bind, step, column, transactions, interrupt, backup; nothing of the
 * domain. SQLite for one machine, PostgreSQL when a centre outgrows it. SQL is
 * in the common dialect with ? placeholders. One thread at a time uses a db;
 * db_interrupt() alone may be called from another one.
 *
 * Statements are prepared once and kept by their text. One that db_prepare()
 * gave belongs to the caller until stmt_reset() (or stmt_run(), or a step that
 * failed); preparing the same text meanwhile gives another one. Values stay
 * valid until the next step or reset. Errors are STORE_… reasons; a broken
 * constraint is FIELD_UNIQUE or FIELD_REFERENCE with the column in err->field. */
#ifndef OV_DB_DB_H
#define OV_DB_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/civil.h"
#include "core/base/error.h"

struct db;
struct stmt;

/* Stands in the header of every Overpass file ("OVPS"); others are refused. */
enum { DB_APPLICATION_ID = 0x4f565053 };

enum db_flag {
	DB_CREATE = 1 << 0,   /* make the file when it isn't there */
	DB_READONLY = 1 << 1,
	DB_MEMORY = 1 << 2,   /* path is ignored */
	DB_SERVER = 1 << 3    /* no file: the URL of a PostgreSQL database */
};

/* Opens the file and looks whether it is ours; a file that isn't is left
 * untouched. With DB_CREATE a missing or empty file becomes an empty database
 * of ours. BUSY_MS is how long a call waits for another writer. A database on a
 * server is not made, but filled when it is empty; errors name it without the
 * password that the URL may have. */
int db_open(const char *where, unsigned flags, int64_t busy_ms, struct db **out,
	    struct error *err);
void db_close(struct db *db); /* NULL is fine */
/* After the file was looked at and found fit for use: readers and a writer
 * work side by side from now on. Before, not a byte of it is changed. */
int db_share(struct db *db, struct error *err);
/* The opposite, for filling a file that is new: pages go to their place at once
 * instead of into a log that is looked through for each page and copied later. Whoever
 * reads waits meanwhile, and nothing of it happens while somebody else has the file
 * open. At most CACHE_KIB of pages are kept. db_share() and db_bulk(false) end it. */
int db_alone(struct db *db, int64_t cache_kib, struct error *err);

int db_prepare(struct db *db, const char *sql, struct stmt **out, struct error *err);
/* One with very many rows: within a transaction a server sends them in lots, so
 * that never all of them are in memory. */
int db_prepare_many(struct db *db, const char *sql, struct stmt **out, struct error *err);
void stmt_bind_int(struct stmt *stmt, int index, int64_t value); /* 1…; OV_NULL binds null */
void stmt_bind_text(struct stmt *stmt, int index, const char *text); /* NULL binds null; kept by the caller until the reset */
void stmt_bind_text_len(struct stmt *stmt, int index, const char *text, size_t len);
void stmt_bind_blob(struct stmt *stmt, int index, const void *bytes, size_t len);
/* 1: a row; 0: done; negative: an error. */
int stmt_step(struct stmt *stmt, struct error *err);
void stmt_reset(struct stmt *stmt); /* also forgets the binds */
int64_t stmt_int(struct stmt *stmt, int column); /* 0…; OV_NULL for null */
const char *stmt_text(struct stmt *stmt, int column); /* NULL for null */
/* A text without a NUL behind it, which is what stmt_text() costs most for. */
const char *stmt_chars(struct stmt *stmt, int column, size_t *len);
const void *stmt_blob(struct stmt *stmt, int column, size_t *len);

/* Runs a text of one or several statements without values. */
int db_exec(struct db *db, const char *sql, struct error *err);
/* Steps a statement to its end and resets it. */
int stmt_run(struct stmt *stmt, struct error *err);
/* A statement without values that is run often; db_exec() reads its text anew. */
int db_run(struct db *db, const char *sql, struct error *err);
/* The one value of a statement; 0 when there is no row. */
int db_number(struct db *db, const char *sql, int64_t *value, struct error *err);

/* One value of a row for db_insert_rows(). */
struct db_value {
	enum { DB_NULL, DB_INT, DB_TEXT, DB_BLOB } type;
	int64_t number;
	const char *bytes; /* TEXT and BLOB; stays valid until the next row is asked for */
	size_t len;
};

/* Fills the values of row 0, 1, 2 …: 1 a row, 0 there are no more, negative
 * an error, which ends the insert with that error. */
typedef int db_row_source(void *context, int64_t row, struct db_value *values,
			  struct error *err);

enum { DB_ROW_COLUMNS = 32 };

/* Inserts the rows of SOURCE by one statement: several times faster than a
 * statement for each row. All or nothing of them is in the transaction.
 * Fastest in the order of the primary key. */
int db_insert_rows(struct db *db, const char *table, const char *const *columns,
		   size_t column_count, db_row_source *source, void *context,
		   struct error *err);

/* Outside a transaction: makes ready for a large one, and back again. Meanwhile
 * references are not looked up for each row that is written (whoever asks for
 * it vouches for them), and more pages are kept, so that few go to the disk
 * twice. */
enum { DB_CACHE_KIB = 7168, DB_BULK_CACHE_KIB = 98304 }; /* pages kept, at most */

int db_bulk(struct db *db, bool on, struct error *err);

enum db_begin { DB_READ, DB_WRITE };
/* WRITE takes the writer's lock at once, waiting at most busy_ms. */
int db_begin(struct db *db, enum db_begin mode, struct error *err);
/* After 0 the changes are on the disk, whatever happens then. After an error
 * the transaction is rolled back and nothing of it is there. */
int db_commit(struct db *db, struct error *err);
void db_rollback(struct db *db);
bool db_in_transaction(const struct db *db);

/* One state of the database for several reads, as db_begin(DB_READ) gives it, at
 * a third of the price: it stands until LOOK is reset, or until db_rollback().
 * VERSION is another after each commit of another connection. */
int db_look(struct db *db, struct stmt **look, int64_t *version, struct error *err);
/* The same by a statement of the caller's, without values and with one number. */
int db_look_at(struct db *db, const char *sql, struct stmt **look, int64_t *number,
	       struct error *err);
/* Whether the state of the last db_look() is still the newest, and may be kept for the next
 * question: false once anybody, in any process, has committed since, and while the log is
 * so long that it waits for its readers to leave. Costs next to nothing; an engine that
 * can't say says no. */
bool db_look_stands(struct db *db);
/* The same; STATE gets what tells that state from all others of this database. */
struct db_state {
	uint64_t words[6];
};
bool db_look_state(struct db *db, struct db_state *state);
/* Such a state, or a transaction, is there already. */
bool db_stands(const struct db *db);
/* Gives the pages back that are kept for next time. */
void db_shrink(struct db *db);

int64_t db_last_id(struct db *db);
int64_t db_changed(struct db *db); /* rows of the last write */

/* Any thread: the statement under way and all that follow fail with
 * OV_ECANCELLED until db_resume(). */
void db_interrupt(struct db *db);
void db_resume(struct db *db);
/* While held, what has begun to run is not stopped any more: a commit that was
 * stopped after its work would be called undone. */
void db_hold(struct db *db, bool held);
/* Between calls of long work: true every few thousand steps asks to stop. */
void db_on_progress(struct db *db, bool (*stop)(void *context), void *context);

/* A consistent copy of the whole database, as it is now, while others work on
 * it. PATH must not exist (FILE_EXISTS); it appears complete and on the disk,
 * or not at all. Not within a transaction. A server has programs of its own for
 * this: STORE_BACKUP names them. */
int db_backup(struct db *db, const char *path, bool (*progress)(void *context, int64_t done,
	      int64_t total), void *context, struct error *err);
/* Folds the log in, so that the file stands alone and may be renamed after
 * db_close(). STORE_LOCKED when somebody else has it open. */
int db_settle(struct db *db, struct error *err);
/* Is it on a server? Then there is no file of it here. */
bool db_is_server(const struct db *db);
/* What messages call it: its path, or its URL without the password. */
const char *db_name(const struct db *db);
/* Empties a database on a server, of which the making was broken off. STORE_LOCKED
 * while somebody else of us is at it. */
int db_clear(struct db *db, struct error *err);
int db_has_table(struct db *db, const char *name, bool *there, struct error *err);
/* Reads every page and index; STORE_DAMAGED names the first trouble. */
int db_check(struct db *db, struct error *err);

#endif
