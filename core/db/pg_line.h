/* pg_line.h: a connection to a PostgreSQL server: what is sent, waited for and
 * answered. pg_line.c is the only file that knows libpq-fe.h. Private to core/db.
 *
 * A call that waits ends early by db_interrupt() of another thread, or when
 * db_on_progress() says so: the server is told to cancel, and answers CANCELLED. */
#ifndef OV_DB_PG_LINE_H
#define OV_DB_PG_LINE_H

#include "core/db/db_postgres.h"

struct pg_conn;   /* libpq's PGconn */
struct pg_result; /* and PGresult: an answer */

struct pg_line {
	struct db *db; /* its flags are looked at while waiting; its path is told */
	struct pg_conn *conn;
	char *url;
	int wake;        /* an eventfd for db_interrupt() */
	unsigned number; /* counts connections */
};

/* Values of a statement, in binary. */
struct pg_values {
	int count;
	const unsigned *types; /* 0: the server finds out */
	const char *const *bytes;
	const int *lens, *formats;
};

void pg_line_init(struct pg_line *line, struct db *db, const char *url);
void pg_line_release(struct pg_line *line);
/* STORE_URL, STORE_OFFLINE, or what about the server does not do. Again: anew. */
int pg_line_open(struct pg_line *line, struct error *err);
bool pg_line_broken(const struct pg_line *line);
/* Within a transaction that has not failed. */
bool pg_line_within(const struct pg_line *line);
void pg_line_wake(struct pg_line *line); /* any thread */
void pg_line_forget(struct pg_line *line); /* such a call */

/* One or several statements without values. *ANSWER (unless NULL) is the last one's,
 * in text; the caller frees it. */
int pg_line_simple(struct pg_line *line, const char *sql, struct pg_result **answer,
		struct error *err);
/* The same when nobody minds what it answers. */
void pg_line_quietly(struct pg_line *line, const char *sql);
int pg_line_prepare(struct pg_line *line, const char *name, const char *sql,
		 const struct pg_values *values, struct error *err);
/* Runs what was prepared. */
int pg_line_run(struct pg_line *line, const char *name, const struct pg_values *values,
	     struct pg_result **answer, struct error *err);
/* The same in a savepoint, so that the transaction goes on after an error. */
int pg_line_run_saved(struct pg_line *line, const char *name, const struct pg_values *values,
		   struct pg_result **answer, struct error *err);
/* One statement that is not prepared; values may be NULL. */
int pg_line_ask(struct pg_line *line, const char *sql, const struct pg_values *values,
	     struct pg_result **answer, struct error *err);
/* A COPY … FROM STDIN with its rows. */
int pg_line_copy(struct pg_line *line, const char *sql, const char *bytes, size_t len,
	      struct error *err);

void pg_answer_free(struct pg_result *answer); /* NULL is fine */
int pg_answer_rows(const struct pg_result *answer);
int pg_answer_columns(const struct pg_result *answer);
int64_t pg_answer_changed(struct pg_result *answer);
unsigned pg_answer_type(const struct pg_result *answer, int column);
/* NULL for null. */
const char *pg_answer_value(const struct pg_result *answer, int row, int column, size_t *len);
/* What the server says was done: "COMMIT". */
bool pg_answer_is(struct pg_result *answer, const char *done);

#endif
