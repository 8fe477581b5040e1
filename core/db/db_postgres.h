/* db_postgres.h: the parts of the PostgreSQL engine: db_postgres.c is the engine,
 * pg_line.c speaks with the server. Private to core/db. */
#ifndef OV_DB_DB_POSTGRES_H
#define OV_DB_DB_POSTGRES_H

#include "core/base/buf.h"
#include "core/db/db_engine.h"

/* --- errors (db_postgres_error.c) --- */

/* By SQLSTATE. MESSAGE and DETAIL are the server's; only such of it is told as
 * holds no value of a row. */
int postgres_error(const struct db *db, const char *state, const char *message,
		   const char *detail, struct error *err);
/* The line is broken: WHY is libpq's, of which the first line is told. */
int postgres_offline(const struct db *db, const char *why, struct error *err);

/* --- values on the wire (db_postgres_value.c) --- */

/* Types by their numbers in pg_type. */
enum { OID_BOOL = 16, OID_BYTEA = 17, OID_INT8 = 20, OID_INT2 = 21, OID_INT4 = 23, OID_TEXT = 25,
       OID_NUMERIC = 1700 };

bool postgres_is_number(unsigned type);
void postgres_put_int(char out[8], int64_t value);
/* A value of any type as a number, as SQLite would read it. */
int64_t postgres_int(unsigned type, const char *bytes, size_t len);
/* The head and the end of COPY … (FORMAT binary), and a row of it. */
void postgres_copy_begin(struct buf *out);
void postgres_copy_row(struct buf *out, const struct db_value *values, size_t count);
void postgres_copy_end(struct buf *out);

/* --- made of prepare and step alone (db_postgres_parts.c) --- */

int postgres_has_table(struct db *db, const char *name, bool *there, struct error *err);
int postgres_backup(struct db *db, const char *path, db_progress *progress, void *context,
		    struct error *err);
int postgres_check(struct db *db, struct error *err);
/* Is it an Overpass database, or nothing yet? Changes nothing. */
int postgres_ours(struct db *db, unsigned flags, struct error *err);
/* The column that numbers a table's rows, "" for none. TABLE as SQL has it. */
int postgres_number_column(struct db *db, const char *table, char column[64], struct error *err);
/* Removes every table of ours. */
int postgres_clear(struct db *db, struct error *err);

#endif
