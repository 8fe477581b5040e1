#include "core/store/search_table.h"

#include <string.h>

#include "core/model/reason.h"

int search_damaged(struct error *err)
{
	return error_reason(err, REASON_STORE_DAMAGED, "why", "search_block", NULL);
}

int search_block_row(struct db *db, const char *key, size_t len, struct stmt **stmt,
		     struct error *err)
{
	int rc = db_prepare(db, "SELECT f.key, b.bytes, "
			    "(SELECT n.key FROM search_first n WHERE n.key > f.key ORDER BY n.key LIMIT 1), "
			    "f.block FROM search_first f CROSS JOIN search_block b ON b.id = f.block "
			    "WHERE f.key <= ? ORDER BY f.key DESC LIMIT 1", stmt, err);

	if (rc < 0)
		return rc;
	stmt_bind_blob(*stmt, 1, key, len);
	rc = stmt_step(*stmt, err);
	if (rc != 0)
		return rc < 0 ? rc : 0;
	stmt_reset(*stmt);
	return search_damaged(err);
}

/* The block that is changed, and the terms that go into it. */
struct block_edit {
	struct db *db;
	int64_t block; /* its id; 0 once that was used */
	char key[SEARCH_KEY_BYTES], next[SEARCH_KEY_BYTES]; /* of it, of the next one */
	size_t key_len, next_len; /* next_len 0: it is the last one */
	uint8_t *bytes;
	size_t len;
	const struct search_term *from, *to;
	bool remove, changed;
	struct search_writer *writer;
};

static int key_copy(struct stmt *stmt, int column, char out[SEARCH_KEY_BYTES], size_t *len,
		    struct error *err)
{
	const void *key = stmt_blob(stmt, column, len);

	if (*len > SEARCH_KEY_BYTES)
		return search_damaged(err);
	if (*len)
		memcpy(out, key, *len);
	return 0;
}

/* The block that KEY belongs to. */
static int block_find(struct block_edit *change, const char *key, size_t key_len,
		      struct arena *arena, struct error *err)
{
	struct stmt *stmt;
	const void *bytes;
	int rc = search_block_row(change->db, key, key_len, &stmt, err);

	if (rc < 0)
		return rc;
	rc = key_copy(stmt, BLOCK_ROW_KEY, change->key, &change->key_len, err);
	change->block = stmt_int(stmt, BLOCK_ROW_ID);
	bytes = stmt_blob(stmt, BLOCK_ROW_BYTES, &change->len);
	change->bytes = change->len ? arena_memdup(arena, bytes, change->len) : NULL;
	if (rc == 0)
		rc = key_copy(stmt, BLOCK_ROW_NEXT, change->next, &change->next_len, err);
	stmt_reset(stmt);
	return rc;
}

/* Writes what is gathered: the first piece in place of the old block. */
static int piece_write(struct block_edit *change, struct error *err)
{
	const struct search_writer *writer = change->writer;
	struct stmt *stmt;
	bool old = change->block > 0;
	int64_t id;
	int rc = db_prepare(change->db, old ? "UPDATE search_block SET bytes = ? WHERE id = ?" :
			    "INSERT INTO search_block (bytes, id) VALUES (?, ?)", &stmt, err);

	if (rc < 0)
		return rc;
	stmt_bind_blob(stmt, 1, writer->used ? (const void *)writer->bytes : "", writer->used);
	stmt_bind_int(stmt, 2, old ? change->block : OV_NULL);
	rc = stmt_run(stmt, err);
	change->block = 0;
	if (rc < 0 || old)
		return rc;
	id = db_last_id(change->db);
	rc = db_prepare(change->db, "INSERT INTO search_first (key, block) VALUES (?, ?)", &stmt, err);
	if (rc < 0)
		return rc;
	stmt_bind_blob(stmt, 1, writer->key, writer->key_len);
	stmt_bind_int(stmt, 2, id);
	return stmt_run(stmt, err);
}

/* Nothing is left of the block. */
static int block_remove(struct block_edit *change, struct error *err)
{
	struct stmt *stmt;
	int rc;

	if (!change->key_len)
		return piece_write(change, err); /* the first one stays, empty */
	rc = db_prepare(change->db, "DELETE FROM search_block WHERE id = ?", &stmt, err);
	if (rc < 0)
		return rc;
	stmt_bind_int(stmt, 1, change->block);
	rc = stmt_run(stmt, err);
	if (rc == 0)
		rc = db_prepare(change->db, "DELETE FROM search_first WHERE key = ?", &stmt, err);
	if (rc < 0)
		return rc;
	stmt_bind_blob(stmt, 1, change->key, change->key_len);
	return stmt_run(stmt, err);
}

static int entry_write(struct block_edit *change, const struct search_entry *entry,
		       const struct search_reader *reader, struct error *err)
{
	size_t limit = change->writer->limit;
	int rc = 0;

	if (reader && search_writer_copy(change->writer, reader))
		return 0;
	if (search_writer_add(change->writer, entry))
		return 0;
	rc = piece_write(change, err);
	change->changed = true;
	search_writer_init(change->writer, limit);
	if (rc == 0 && !search_writer_add(change->writer, entry))
		rc = error_reason(err, REASON_BUG, "what", "an entry of the search is too long", NULL);
	return rc;
}

static int term_write(struct block_edit *change, const struct search_term *term, struct error *err)
{
	struct search_entry entry = { .term = term->text, .term_len = term->len,
				      .student_id = term->student_id };

	if (!term->line || !search_line_read(term->line, term->line_len, &entry.line))
		return error_reason(err, REASON_BUG, "what", "a search term has no line", NULL);
	return entry_write(change, &entry, NULL, err);
}

static int order_of(const struct search_entry *entry, const struct search_term *term)
{
	int order = strcmp(entry->term, term->text);

	return order ? order : (entry->student_id > term->student_id) -
			       (entry->student_id < term->student_id);
}

static bool line_same(const struct search_line *line, const struct search_term *term)
{
	uint8_t bytes[SEARCH_LINE_BYTES];

	return term->line && search_line_write(line, bytes) == term->line_len &&
	       !memcmp(bytes, term->line, term->line_len);
}

/* Entries of the block and terms in one order, into the writer. */
static int merge(struct block_edit *change, struct error *err)
{
	const struct search_term *term = change->from;
	struct search_reader reader;
	bool just = true; /* the entry before the reader's was the last one written */
	int rc = 0;

	search_reader_init(&reader, change->bytes, change->len);
	while (rc == 0 && search_reader_next(&reader)) {
		int order = 1;

		while (rc == 0 && term < change->to && (order = order_of(&reader.entry, term)) > 0) {
			if (!change->remove) {
				rc = term_write(change, term, err);
				just = false;
				change->changed = true;
			}
			term++;
		}
		if (rc < 0)
			break;
		if (term == change->to || order != 0) {
			rc = entry_write(change, &reader.entry, just ? &reader : NULL, err);
			just = true;
			continue;
		}
		if (change->remove) {
			change->changed = true;
			just = false;
		} else if (line_same(&reader.entry.line, term)) {
			rc = entry_write(change, &reader.entry, just ? &reader : NULL, err);
			just = true;
		} else {
			rc = term_write(change, term, err);
			just = false;
			change->changed = true;
		}
		term++;
	}
	if (rc == 0 && reader.damaged)
		return search_damaged(err);
	for (; rc == 0 && !change->remove && term < change->to; term++) {
		rc = term_write(change, term, err);
		change->changed = true;
	}
	return rc;
}

/* How full the pieces of the block are to be: one that overflows is cut in two
 * halves, and what is far too long fills its pieces. */
static size_t piece_limit(const struct block_edit *change)
{
	size_t total = change->len;

	for (const struct search_term *term = change->from; !change->remove && term < change->to &&
	     total <= 2 * SEARCH_BLOCK_BYTES; term++)
		total += (size_t)term->line_len + 8;
	if (total <= SEARCH_BLOCK_BYTES || total > 2 * SEARCH_BLOCK_BYTES)
		return SEARCH_BLOCK_BYTES;
	return total / 2 + 64;
}

static bool belongs(const struct block_edit *change, const struct search_term *term)
{
	char key[SEARCH_KEY_BYTES];

	return !change->next_len ||
	       search_key_compare(key, search_key(term->text, term->len, term->student_id, key),
				  change->next, change->next_len) < 0;
}

/* Changes one block by the terms from FROM on that belong to it; they end at
 * change->to then. */
static int block_change(struct block_edit *change, const struct search_term *from,
			const struct search_term *end, struct error *err)
{
	struct search_writer writer;
	struct arena arena = ARENA_INIT;
	char key[SEARCH_KEY_BYTES];
	int rc = block_find(change, key, search_key(from->text, from->len, from->student_id, key),
			    &arena, err);

	change->from = from;
	change->to = from + 1;
	change->changed = false;
	while (rc == 0 && change->to < end && belongs(change, change->to))
		change->to++;
	change->writer = &writer;
	if (rc == 0) {
		search_writer_init(&writer, piece_limit(change));
		rc = merge(change, err);
	}
	if (rc == 0 && change->changed)
		rc = writer.used ? piece_write(change, err) : block_remove(change, err);
	arena_release(&arena);
	return rc;
}

static int terms_apply(struct db *db, const struct search_terms *terms, bool remove,
		       struct error *err)
{
	struct block_edit change = { .db = db, .remove = remove };
	const struct search_term *at = terms->items, *end = at + terms->count;
	int rc = 0;

	for (; rc == 0 && at < end; at = change.to)
		rc = block_change(&change, at, end, err);
	return rc;
}

int search_table_put(struct db *db, const struct search_terms *terms, struct error *err)
{
	return terms->count ? terms_apply(db, terms, false, err) : 0;
}

int search_table_remove(struct db *db, const struct search_terms *terms, struct error *err)
{
	return terms->count ? terms_apply(db, terms, true, err) : 0;
}

int search_table_clear(struct db *db, struct error *err)
{
	return db_exec(db, "DELETE FROM search_first; DELETE FROM search_block;"
		       "INSERT INTO search_block (id, bytes) VALUES (1, x'');"
		       "INSERT INTO search_first (key, block) VALUES (x'', 1)", err);
}
