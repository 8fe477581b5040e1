/* The SQL engine on PostgreSQL.
 *
 * What a statement answers is fetched whole, but for those of db_prepare_many(),
 * which are read through a cursor; so other statements may run between two steps.
 * A statement that writes within a transaction stands in a savepoint of its own:
 * as in SQLite, only that statement is undone when it fails.
 *
 * Who writes holds one advisory lock until the commit: one writer at a time, as
 * the store expects. A line that broke is made anew when no transaction was open;
 * when it broke during a commit, the server is asked what became of it. */
#include "core/db/pg_db.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/db/db_url.h"
#include "core/db/dialect.h"
#include "core/model/reason.h"

enum { FETCH_ROWS = 1000 }; /* of a cursor at once */

/* --- opening --- */

int postgres_connect(struct pg_db *pg, struct error *err)
{
	int rc = pg_line_open(&pg->line, err);

	pg->state = IDLE;
	if (rc == 0 && pg->readonly)
		rc = pg_line_simple(&pg->line, "SET default_transaction_read_only = on", NULL, err);
	return rc;
}

static int open_server(const char *where, unsigned flags, int64_t busy_ms, struct db **out,
		       struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct pg_db *pg = mem_alloc(sizeof *pg);
	int rc;

	pg->base.engine = &postgres_engine;
	pg->base.path = mem_strdup(db_url_shown(where, &arena));
	pg->base.busy_ms = busy_ms;
	pg->readonly = flags & DB_READONLY;
	pg->look.base.engine = &postgres_engine;
	pg->look.base.db = &pg->base;
	arena_release(&arena);
	pg_line_init(&pg->line, &pg->base, where);
	rc = postgres_connect(pg, err);
	if (rc == 0)
		rc = postgres_ours(&pg->base, flags, err);
	if (rc < 0)
		db_close(&pg->base);
	else
		*out = &pg->base;
	return rc;
}

static void close_line(struct db *db)
{
	pg_line_release(&own(db)->line);
	free(db->path);
	free(db);
}

/* Between two transactions nothing is lost with a line. */
int postgres_line_whole(struct pg_db *pg, struct error *err)
{
	return pg->state == IDLE && pg_line_broken(&pg->line) ? postgres_connect(pg, err) : 0;
}

/* --- statements --- */

static int compile(struct db *db, const char *sql, bool many, struct stmt **out,
		   struct error *err)
{
	struct pg_stmt *stmt = mem_alloc(sizeof *stmt);
	struct buf text = BUF_INIT;
	size_t count;

	(void)db, (void)err;
	stmt->count = dialect_statement(sql, &text);
	stmt->sql = mem_strdup(buf_cstr(&text));
	buf_release(&text);
	stmt->many = many;
	stmt->reads = dialect_reads(sql);
	stmt->writes = dialect_writes(sql);
	count = (size_t)stmt->count + 1;
	stmt->types = mem_alloc(count * sizeof *stmt->types);
	stmt->known = mem_alloc(count * sizeof *stmt->known);
	stmt->bytes = mem_alloc(count * sizeof *stmt->bytes);
	stmt->lens = mem_alloc(count * sizeof *stmt->lens);
	stmt->formats = mem_alloc(count * sizeof *stmt->formats);
	stmt->numbers = mem_alloc(count * sizeof *stmt->numbers);
	for (size_t i = 0; i < count; i++) {
		stmt->formats[i] = 1; /* binary */
		stmt->known[i] = dialect_takes(stmt->sql, (int)i + 1) ? 0 : OID_INT8;
	}
	*out = &stmt->base;
	return 0;
}

static void discard(struct stmt *base)
{
	struct pg_stmt *stmt = mine(base);

	pg_answer_free(stmt->result);
	free(stmt->sql);
	free(stmt->types);
	free(stmt->known);
	free(stmt->bytes);
	free(stmt->lens);
	free(stmt->formats);
	free(stmt->numbers);
	free(stmt);
}

static void bind(struct stmt *base, int index, unsigned type, const char *bytes, size_t len)
{
	struct pg_stmt *stmt = mine(base);

	if (index < 1 || index > stmt->count)
		return; /* SQLite takes no notice either */
	stmt->bytes[index - 1] = bytes;
	stmt->lens[index - 1] = (int)len;
	stmt->types[index - 1] = bytes ? type : 0;
}

static void bind_int(struct stmt *base, int index, int64_t value)
{
	struct pg_stmt *stmt = mine(base);

	if (index < 1 || index > stmt->count)
		return;
	postgres_put_int(stmt->numbers[index - 1], value);
	bind(base, index, OID_INT8, value == OV_NULL ? NULL : stmt->numbers[index - 1], 8);
}

static void bind_text(struct stmt *base, int index, const char *text)
{
	bind(base, index, OID_TEXT, text, text ? strlen(text) : 0);
}

static void bind_text_len(struct stmt *base, int index, const char *text, size_t len)
{
	bind(base, index, OID_TEXT, text, len);
}

static void bind_blob(struct stmt *base, int index, const void *bytes, size_t len)
{
	bind(base, index, OID_BYTEA, bytes, len);
}

static struct pg_values values_of(const struct pg_stmt *stmt, const unsigned *types)
{
	return (struct pg_values){ .count = stmt->count, .types = types, .bytes = stmt->bytes,
				     .lens = stmt->lens, .formats = stmt->formats };
}

/* INSERT … RETURNING the number of the row, for db_last_id(). */
static int returning_add(struct pg_db *pg, struct pg_stmt *stmt, struct error *err)
{
	char table[64], column[64] = "";
	struct buf text = BUF_INIT;
	int rc = 0;

	if (dialect_insert_table(stmt->base.sql, table, sizeof table))
		rc = postgres_number_column(&pg->base, table, column, err);
	stmt->ready = rc == 0;
	if (rc < 0 || !*column)
		return rc;
	stmt->numbered = true;
	buf_printf(&text, "%s RETURNING \"%s\"", stmt->sql, column);
	free(stmt->sql);
	stmt->sql = mem_strdup(buf_cstr(&text));
	buf_release(&text);
	return 0;
}

/* Is it prepared for what is bound now? A null has any type. */
static bool fits(const struct pg_db *pg, const struct pg_stmt *stmt)
{
	if (!*stmt->name || stmt->line != pg->line.number)
		return false;
	for (int i = 0; i < stmt->count; i++)
		if (stmt->types[i] && stmt->types[i] != stmt->known[i])
			return false;
	return true;
}

static void types_learn(struct pg_stmt *stmt)
{
	for (int i = 0; i < stmt->count; i++)
		if (stmt->types[i])
			stmt->known[i] = stmt->types[i];
}

static int make_ready(struct pg_db *pg, struct pg_stmt *stmt, struct error *err)
{
	struct pg_values values = values_of(stmt, stmt->known);
	char sql[48];
	int rc = 0;

	if (!stmt->ready)
		rc = returning_add(pg, stmt, err);
	if (rc < 0 || fits(pg, stmt))
		return rc;
	if (*stmt->name && stmt->line == pg->line.number) {
		snprintf(sql, sizeof sql, "DEALLOCATE %s", stmt->name);
		pg_line_quietly(&pg->line, sql);
	}
	types_learn(stmt);
	snprintf(stmt->name, sizeof stmt->name, "s%u", ++pg->names);
	stmt->line = pg->line.number;
	rc = pg_line_prepare(&pg->line, stmt->name, stmt->sql, &values, err);
	if (rc < 0)
		*stmt->name = '\0';
	return rc;
}

static int cursor_fetch(struct pg_db *pg, struct pg_stmt *stmt, struct error *err)
{
	char sql[64];

	pg_answer_free(stmt->result);
	stmt->result = NULL;
	snprintf(sql, sizeof sql, "FETCH %d FROM %s", FETCH_ROWS, stmt->cursor);
	if (pg_line_ask(&pg->line, sql, NULL, &stmt->result, err) < 0)
		return err->code;
	stmt->more = pg_answer_rows(stmt->result) == FETCH_ROWS;
	return 0;
}

static int cursor_open(struct pg_db *pg, struct pg_stmt *stmt, struct error *err)
{
	struct pg_values values = values_of(stmt, stmt->known);
	struct buf sql = BUF_INIT;
	char name[24];
	int rc;

	types_learn(stmt);
	snprintf(name, sizeof name, "c%u", ++pg->names);
	buf_printf(&sql, "DECLARE %s NO SCROLL CURSOR FOR %s", name, stmt->sql);
	rc = pg_line_ask(&pg->line, buf_cstr(&sql), &values, NULL, err);
	buf_release(&sql);
	if (rc < 0)
		return rc;
	memcpy(stmt->cursor, name, sizeof name);
	return cursor_fetch(pg, stmt, err);
}

static int run_once(struct pg_db *pg, struct pg_stmt *stmt, struct error *err)
{
	struct pg_values values = values_of(stmt, stmt->known);
	int rc = postgres_line_whole(pg, err);

	if (rc == 0 && stmt->many && pg->state != IDLE)
		return cursor_open(pg, stmt, err);
	if (rc == 0)
		rc = make_ready(pg, stmt, err);
	if (rc < 0)
		return rc;
	if (pg->state == WRITING && stmt->writes)
		return pg_line_run_saved(&pg->line, stmt->name, &values, &stmt->result, err);
	return pg_line_run(&pg->line, stmt->name, &values, &stmt->result, err);
}

static int run(struct pg_db *pg, struct pg_stmt *stmt, struct error *err)
{
	int rc = run_once(pg, stmt, err), rows;
	size_t len;

	/* The server went away since the last one: what only reads is asked again. */
	if (rc < 0 && pg_line_broken(&pg->line) && pg->state == IDLE && stmt->reads) {
		error_clear(err);
		rc = run_once(pg, stmt, err);
	}
	if (rc < 0)
		return rc;
	stmt->row = -1;
	if (!stmt->writes)
		return 0;
	pg->changed = pg_answer_changed(stmt->result);
	rows = pg_answer_rows(stmt->result);
	if (stmt->numbered && rows > 0)
		pg->last_id = postgres_int(OID_INT8, pg_answer_value(stmt->result, rows - 1, 0, &len), 8);
	if (stmt->numbered)
		stmt->row = rows; /* whoever inserts steps through nothing */
	return 0;
}

static int step(struct stmt *base, struct error *err)
{
	struct pg_db *pg = own(base->db);
	struct pg_stmt *stmt = mine(base);
	int rc = 0;

	if (atomic_load(&base->db->interrupted) && !atomic_load(&base->db->held))
		rc = error_reason(err, REASON_CANCELLED, NULL);
	else if (!stmt->result)
		rc = run(pg, stmt, err);
	if (rc == 0 && stmt->row < pg_answer_rows(stmt->result))
		stmt->row++;
	if (rc == 0 && stmt->row >= pg_answer_rows(stmt->result) && stmt->more) {
		rc = cursor_fetch(pg, stmt, err);
		stmt->row = 0;
	}
	if (rc == 0)
		return stmt->row < pg_answer_rows(stmt->result);
	stmt_reset(base);
	return rc;
}

static void reset(struct stmt *base)
{
	struct pg_db *pg = own(base->db);
	struct pg_stmt *stmt = mine(base);
	char sql[48];

	base->taken = false;
	if (stmt == &pg->look) {
		postgres_look_end(pg);
		return;
	}
	if (*stmt->cursor && pg->state != IDLE && pg_line_within(&pg->line)) {
		snprintf(sql, sizeof sql, "CLOSE %s", stmt->cursor);
		pg_line_quietly(&pg->line, sql);
	}
	*stmt->cursor = '\0';
	stmt->more = false;
	pg_answer_free(stmt->result);
	stmt->result = NULL;
	for (int i = 0; i < stmt->count; i++) {
		stmt->bytes[i] = NULL;
		stmt->types[i] = 0;
	}
}

static const char *value(const struct pg_stmt *stmt, int column, size_t *len)
{
	*len = 0;
	if (!stmt->result || stmt->row < 0 || column >= pg_answer_columns(stmt->result))
		return NULL;
	return pg_answer_value(stmt->result, stmt->row, column, len);
}

static int64_t get_int(struct stmt *base, int column)
{
	const struct pg_stmt *stmt = mine(base);
	size_t len;
	const char *bytes = value(stmt, column, &len);

	return bytes ? postgres_int(pg_answer_type(stmt->result, column), bytes, len) : OV_NULL;
}

static const char *get_text(struct stmt *base, int column)
{
	struct pg_stmt *stmt = mine(base);
	size_t len;
	const char *bytes = value(stmt, column, &len);

	if (!bytes || !postgres_is_number(pg_answer_type(stmt->result, column)))
		return bytes; /* libpq puts a NUL behind every value */
	snprintf(stmt->text, sizeof stmt->text, "%lld", (long long)get_int(base, column));
	return stmt->text;
}

static const char *get_chars(struct stmt *base, int column, size_t *len)
{
	return value(mine(base), column, len);
}

/* NULL for no bytes, as SQLite has it. */
static const void *get_blob(struct stmt *base, int column, size_t *len)
{
	const char *bytes = value(mine(base), column, len);

	return *len ? bytes : NULL;
}

static int exec(struct db *db, const char *sql, struct error *err)
{
	struct pg_db *pg = own(db);
	struct buf text = BUF_INIT;
	int rc = postgres_line_whole(pg, err);

	dialect_statement(sql, &text);
	if (rc == 0)
		rc = pg_line_simple(&pg->line, buf_cstr(&text), NULL, err);
	buf_release(&text);
	return rc;
}

static int64_t last_id(struct db *db)
{
	return own(db)->last_id;
}

static int64_t changed(struct db *db)
{
	return own(db)->changed;
}

static void interrupt(struct db *db)
{
	pg_line_wake(&own(db)->line);
}

static void resume(struct db *db)
{
	pg_line_forget(&own(db)->line);
}

/* --- what a server does by itself --- */

static int bulk(struct db *db, bool on, struct error *err)
{
	(void)err;
	own(db)->bulk = on;
	return 0;
}

static int nothing(struct db *db, struct error *err)
{
	(void)db, (void)err;
	return 0;
}

static int alone(struct db *db, int64_t cache_kib, struct error *err)
{
	(void)cache_kib;
	return nothing(db, err);
}

static void shrink(struct db *db)
{
	(void)db;
}

const struct db_engine postgres_engine = {
	.open = open_server, .close = close_line, .compile = compile, .discard = discard,
	.bind_int = bind_int, .bind_text = bind_text, .bind_text_len = bind_text_len,
	.bind_blob = bind_blob, .step = step, .reset = reset, .get_int = get_int,
	.get_text = get_text, .get_chars = get_chars, .get_blob = get_blob, .exec = exec,
	.insert_rows = postgres_insert_rows, .begin = postgres_begin, .commit = postgres_commit,
	.rollback = postgres_rollback, .in_transaction = postgres_in_transaction,
	.stands = postgres_stands, .look = postgres_look, .look_at = postgres_look_at,
	.last_id = last_id, .changed = changed,
	.interrupt = interrupt, .resume = resume, .share = nothing, .alone = alone, .bulk = bulk,
	.shrink = shrink, .has_table = postgres_has_table, .backup = postgres_backup,
	.clear = postgres_clear, .settle = nothing, .check = postgres_check,
};
