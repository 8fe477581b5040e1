/* pg_db.h: a database and a statement of the PostgreSQL engine, for the two files
 * that are its inside: db_postgres.c (opening, statements) and db_postgres_tx.c
 * (transactions, rows that are sent in lots). */
#ifndef OV_DB_PG_DB_H
#define OV_DB_PG_DB_H

#include "core/db/pg_line.h"

/* What the connection is within. */
enum state { IDLE, READING, WRITING, LOOKING };

struct pg_stmt {
	struct stmt base; /* first */
	char *sql;        /* in PostgreSQL's words */
	char name[24];    /* as the server knows it, "" when not */
	char cursor[24];  /* that is open, "" for none */
	unsigned line;    /* the number of the connection that knows it */
	bool many, reads, writes, ready;
	bool numbered;    /* it returns the number of the row it made */
	bool more;        /* the cursor may have more rows */
	int count;        /* of values */
	unsigned *types, *known; /* as bound; as the server was told */
	const char **bytes;
	int *lens, *formats;
	char (*numbers)[8];
	struct pg_result *result;
	int row;
	char text[24];    /* a number as text */
};

struct pg_db {
	struct db base; /* first */
	struct pg_line line;
	unsigned names; /* given to statements */
	enum state state;
	bool bulk, readonly;
	char transaction[24]; /* the number of one that writes */
	int64_t last_id, changed;
	struct pg_stmt look;
};

static inline struct pg_db *own(struct db *db)
{
	return (struct pg_db *)db;
}

static inline struct pg_stmt *mine(struct stmt *stmt)
{
	return (struct pg_stmt *)stmt;
}

/* Anew; what was prepared is forgotten with the line. */
int postgres_connect(struct pg_db *pg, struct error *err);
/* The same between two transactions, when the line is found broken. */
int postgres_line_whole(struct pg_db *pg, struct error *err);

int postgres_begin(struct db *db, enum db_begin mode, struct error *err);
int postgres_commit(struct db *db, struct error *err);
void postgres_rollback(struct db *db);
bool postgres_in_transaction(const struct db *db);
bool postgres_stands(const struct db *db);
int postgres_look(struct db *db, struct stmt **out, int64_t *version, struct error *err);
int postgres_look_at(struct db *db, const char *sql, struct stmt **out, int64_t *number,
		     struct error *err);
void postgres_look_end(struct pg_db *pg); /* if there is one */
int postgres_insert_rows(struct db *db, const char *table, const char *const *columns,
			 size_t column_count, struct error *err);

#endif
