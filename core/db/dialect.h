/* dialect.h: the SQL of this program as PostgreSQL wants it.
 *
 * What the store and the migrations say is what SQLite and PostgreSQL both
 * understand, but for some words. Those are a table here; a program that
 * writes SQL keeps to what db.h says. Nothing within quotes is touched. */
#ifndef OV_DB_DIALECT_H
#define OV_DB_DIALECT_H

#include "core/base/buf.h"

/* A statement: ? and ?1 become $1, some words others. Returns how many values it
 * takes. Only a number may be asked whether it is null: PostgreSQL has to know the
 * type of what it is asked about before it sees the value. */
int dialect_statement(const char *sql, struct buf *out);

/* Does a statement in PostgreSQL's words use value NUMBER? It may leave some out. */
bool dialect_takes(const char *sql, int number);

/* A migration. Beyond words: an INTEGER PRIMARY KEY takes the next number when none
 * is given, references are added once all tables are there and are looked up at the
 * commit when db_bulk() asks for it, and texts are in the order of their bytes. */
void dialect_schema(const char *sql, struct buf *out);

/* The table that an INSERT writes to, as it is written; false for anything else. */
bool dialect_insert_table(const char *sql, char *table, size_t size);

/* SELECT; INSERT, UPDATE and DELETE. */
bool dialect_reads(const char *sql);
bool dialect_writes(const char *sql);

#endif
