/* db_sqlite.h: the two halves of the SQLite engine. What is made of prepare and
 * step alone stands in db_sqlite_parts.c, away from sqlite3.h. */
#ifndef OV_DB_DB_SQLITE_H
#define OV_DB_DB_SQLITE_H

#include "core/db/db_engine.h"

int sqlite_begin(struct db *db, enum db_begin mode, struct error *err);
int sqlite_commit(struct db *db, struct error *err);
int sqlite_look(struct db *db, struct stmt **look, int64_t *version, struct error *err);
int sqlite_look_at(struct db *db, const char *sql, struct stmt **look, int64_t *number,
		   struct error *err);
int sqlite_insert_rows(struct db *db, const char *table, const char *const *columns,
		       size_t column_count, struct error *err);
int sqlite_alone(struct db *db, int64_t cache_kib, struct error *err);
int sqlite_bulk(struct db *db, bool on, struct error *err);
void sqlite_shrink(struct db *db);
int sqlite_has_table(struct db *db, const char *name, bool *there, struct error *err);
int sqlite_backup(struct db *db, const char *path, db_progress *progress, void *context,
		  struct error *err);
bool sqlite_has_log(struct db *db); /* what db_share() gives a file */
int sqlite_settle(struct db *db, struct error *err);
int sqlite_check(struct db *db, struct error *err);

/* In db_sqlite.c: remembers the newest state, for db_look_state(); LOG false: there is no
 * log any more. */
void sqlite_mark(struct db *db, bool log);
/* In db_sqlite.c: a statement that selects from SQLITE_ROWS, whose rows are those of
 * db->source while it is stepped through, with the columns c0, c1 … */
#define SQLITE_ROWS "overpass_rows"
int sqlite_rows_prepare(struct db *db, const char *sql, struct stmt **out, struct error *err);
/* And there: the pages of the present transaction into a new file. */
int sqlite_copy(struct db *db, const char *path, db_progress *progress, void *context,
		struct error *err);

#endif
