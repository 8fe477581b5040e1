/* Transactions of the PostgreSQL engine, and rows that are sent in lots. */
#include "core/db/pg_db.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/hash.h"
#include "core/db/dialect.h"
#include "core/model/reason.h"

enum {
	COPY_BYTES = 1 << 20, /* of rows that are sent at once */
	DOUBT_TRIES = 50,     /* while the server comes back, PAUSE_MS each */
	PAUSE_MS = 200
};

void postgres_look_end(struct pg_db *pg)
{
	if (pg->state != LOOKING)
		return;
	if (!pg_line_broken(&pg->line))
		pg_line_quietly(&pg->line, "COMMIT");
	pg->state = IDLE;
}

void postgres_rollback(struct db *db)
{
	struct pg_db *pg = own(db);

	if (pg->state != IDLE && !pg_line_broken(&pg->line))
		pg_line_quietly(&pg->line, "ROLLBACK");
	pg->state = IDLE;
}

/* Runs SQL that begins a transaction; its last statement's first text is *WORD. */
static int begin_by(struct pg_db *pg, const char *sql, enum state state, char *word, size_t size,
		    struct error *err)
{
	struct pg_result *answer = NULL;
	bool again = !pg_line_broken(&pg->line);
	const char *text;
	size_t len;
	int rc;

	if (atomic_load(&pg->base.interrupted))
		return error_reason(err, REASON_CANCELLED, NULL);
	rc = postgres_line_whole(pg, err);
	if (rc == 0)
		rc = pg_line_simple(&pg->line, sql, &answer, err);
	if (rc < 0 && again && pg_line_broken(&pg->line)) { /* it broke since the last one */
		error_clear(err);
		rc = postgres_connect(pg, err);
		if (rc == 0)
			rc = pg_line_simple(&pg->line, sql, &answer, err);
	}
	pg->state = state;
	if (rc < 0) {
		postgres_rollback(&pg->base);
		return rc;
	}
	text = pg_answer_rows(answer) > 0 ? pg_answer_value(answer, 0, 0, &len) : NULL;
	snprintf(word, size, "%s", text ? text : "");
	pg_answer_free(answer);
	return 0;
}

int postgres_begin(struct db *db, enum db_begin mode, struct error *err)
{
	struct pg_db *pg = own(db);
	char sql[320], none[1];

	postgres_look_end(pg);
	if (mode == DB_READ)
		return begin_by(pg, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", READING, none,
				sizeof none, err);
	snprintf(sql, sizeof sql, "BEGIN ISOLATION LEVEL READ COMMITTED; %s"
		 "SELECT pg_current_xact_id()::text FROM "
		 "pg_advisory_xact_lock(%d, hashtext(current_schema()::text))",
		 pg->bulk ? "SET CONSTRAINTS ALL DEFERRED; " : "", (int)DB_APPLICATION_ID);
	return begin_by(pg, sql, WRITING, pg->transaction, sizeof pg->transaction, err);
}

/* 1: the transaction is there; 0: it is not; negative: nobody can say yet. */
static int became(struct pg_db *pg, struct error *err)
{
	struct pg_result *answer;
	const char *text;
	char sql[80];
	size_t len;
	int result = -1;

	if (pg_line_broken(&pg->line) && postgres_connect(pg, err) < 0)
		return -1;
	snprintf(sql, sizeof sql, "SELECT pg_xact_status('%s'::xid8)", pg->transaction);
	if (pg_line_simple(&pg->line, sql, &answer, err) < 0)
		return pg_line_broken(&pg->line) ? -1 : 0; /* a number that was never given */
	text = pg_answer_rows(answer) > 0 ? pg_answer_value(answer, 0, 0, &len) : NULL;
	if (text && strcmp(text, "in progress") != 0)
		result = !strcmp(text, "committed");
	pg_answer_free(answer);
	return result;
}

/* The line broke after COMMIT was sent: only the server knows. */
static int doubt(struct pg_db *pg, struct error *err)
{
	struct error ignored = ERROR_INIT;
	int there = -1;

	for (int tries = 0; there < 0 && tries < DOUBT_TRIES; tries++) {
		if (tries > 0)
			poll(NULL, 0, PAUSE_MS);
		error_clear(&ignored);
		there = became(pg, &ignored);
	}
	if (there < 0)
		return error_reason(err, REASON_STORE_UNSURE, "host", pg->base.path, NULL);
	if (there > 0)
		error_clear(err);
	return err->code;
}

int postgres_commit(struct db *db, struct error *err)
{
	struct pg_db *pg = own(db);
	struct pg_result *answer = NULL;
	bool wrote = pg->state == WRITING;
	int rc;

	if (atomic_load(&db->interrupted) && !atomic_load(&db->held)) {
		postgres_rollback(db);
		return error_reason(err, REASON_CANCELLED, NULL);
	}
	db_hold(db, true);
	rc = pg_line_simple(&pg->line, "COMMIT", &answer, err);
	if (rc == 0 && !pg_answer_is(answer, "COMMIT")) /* one of its statements had failed */
		rc = error_reason(err, REASON_BUG, "what", "the transaction had failed", NULL);
	pg_answer_free(answer);
	pg->state = IDLE;
	if (rc < 0 && wrote && pg_line_broken(&pg->line))
		rc = doubt(pg, err);
	db_hold(db, false);
	return rc;
}

bool postgres_in_transaction(const struct db *db)
{
	enum state state = ((const struct pg_db *)db)->state;

	return state == READING || state == WRITING;
}

bool postgres_stands(const struct db *db)
{
	return ((const struct pg_db *)db)->state != IDLE;
}

static int look_by(struct pg_db *pg, const char *sql, struct stmt **out, char said[64],
		   struct error *err)
{
	struct buf text = BUF_INIT;
	int rc;

	*out = NULL;
	postgres_look_end(pg);
	buf_text(&text, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ");
	dialect_statement(sql, &text);
	rc = begin_by(pg, buf_cstr(&text), LOOKING, said, 64, err);
	buf_release(&text);
	if (rc < 0)
		return rc;
	pg->look.base.taken = true;
	*out = &pg->look.base;
	return 0;
}

/* Within a state that stands already it is a statement like any other. */
static int look_within(struct db *db, const char *sql, struct stmt **out, int64_t *number,
		       struct error *err)
{
	int rc = db_prepare(db, sql, out, err);

	if (rc == 0)
		rc = stmt_step(*out, err);
	if (rc < 0) {
		*out = NULL;
		return rc;
	}
	*number = rc > 0 ? stmt_int(*out, 0) : 0;
	return 0;
}

int postgres_look_at(struct db *db, const char *sql, struct stmt **out, int64_t *number,
		     struct error *err)
{
	char said[64] = "";
	int rc;

	if (own(db)->state != IDLE)
		return look_within(db, sql, out, number, err);
	rc = look_by(own(db), sql, out, said, err);
	if (rc == 0)
		*number = *said ? strtoll(said, NULL, 10) : OV_NULL;
	return rc;
}

/* A state is what transactions it sees: whoever commits changes these. */
int postgres_look(struct db *db, struct stmt **out, int64_t *version, struct error *err)
{
	char said[64] = "";
	int rc = look_by(own(db), "SELECT md5(pg_current_snapshot()::text)", out, said, err);

	if (rc == 0)
		*version = (int64_t)(hash_text(said) >> 1);
	return rc;
}

/* --- many rows --- */

/* The source may ask the database between two rows: they go in lots. */
static int copy_lot(struct pg_db *pg, const char *sql, int64_t *row, struct error *err)
{
	struct db_value values[DB_ROW_COLUMNS];
	struct db *db = &pg->base;
	struct buf bytes = BUF_INIT;
	int64_t before = *row;
	int rc = 1;

	postgres_copy_begin(&bytes);
	while (bytes.len < COPY_BYTES && (rc = db->source(db->source_context, *row, values, err)) > 0) {
		postgres_copy_row(&bytes, values, db->source_columns);
		++*row;
	}
	postgres_copy_end(&bytes);
	if (rc >= 0 && *row > before && pg_line_copy(&pg->line, sql, bytes.bytes, bytes.len, err) < 0)
		rc = err->code;
	buf_release(&bytes);
	return rc;
}

int postgres_insert_rows(struct db *db, const char *table, const char *const *columns,
			 size_t column_count, struct error *err)
{
	struct pg_db *pg = own(db);
	struct buf sql = BUF_INIT;
	int64_t row = 0;
	int rc;

	if (pg->state != WRITING)
		return error_reason(err, REASON_BUG, "what", "rows outside a transaction", NULL);
	buf_printf(&sql, "COPY \"%s\" (", table);
	for (size_t i = 0; i < column_count; i++)
		buf_printf(&sql, "%s\"%s\"", i ? ", " : "", columns[i]);
	buf_text(&sql, ") FROM STDIN (FORMAT binary)");
	rc = pg_line_simple(&pg->line, "SAVEPOINT overpass_rows", NULL, err);
	if (rc == 0)
		do
			rc = copy_lot(pg, buf_cstr(&sql), &row, err);
		while (rc > 0);
	if (rc == 0)
		rc = pg_line_simple(&pg->line, "RELEASE overpass_rows", NULL, err);
	else if (!pg_line_broken(&pg->line))
		pg_line_quietly(&pg->line, "ROLLBACK TO overpass_rows; RELEASE overpass_rows");
	buf_release(&sql);
	return rc;
}
