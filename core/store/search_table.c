#include "core/store/search_table.h"

#include <string.h>

#include "core/model/reason.h"

static int damaged(struct error *err)
{
	return error_reason(err, REASON_STORE_DAMAGED, "why", "search_block", NULL);
}

/* --- reading --- */

/* The block where the scan begins. */
static int first_begin(struct search_scan *scan, struct error *err)
{
	int rc = db_prepare(scan->db, "SELECT b.bytes FROM search_first f "
			    "CROSS JOIN search_block b ON b.id = f.block "
			    "WHERE f.key <= ? ORDER BY f.key DESC LIMIT 1", &scan->stmt, err);

	scan->blocks = 0;
	search_reader_init(&scan->reader, NULL, 0);
	if (rc == 0)
		stmt_bind_blob(scan->stmt, 1, scan->from, scan->from_len);
	return rc;
}

int search_scan_begin(struct search_scan *scan, struct db *db, const char *prefix, bool whole,
		      struct arena *arena, struct error *err)
{
	size_t len = strlen(prefix);
	char *end = arena_memdup(arena, prefix, len + 1);

	end[len] = (char)(whole ? 0x01 : 0xff); /* no UTF-8 has such a byte */
	scan->end = end;
	scan->db = db;
	scan->stmt = NULL;
	scan->arena = arena;
	scan->prefix = scan->from = prefix;
	scan->prefix_len = scan->from_len = len;
	scan->whole = whole;
	return first_begin(scan, err);
}

int search_scan_from(struct search_scan *scan, const char *from, struct error *err)
{
	scan->from = from;
	scan->from_len = strlen(from);
	if (scan->blocks) {
		search_reader_seek(&scan->reader, from, scan->from_len);
		if (scan->reader.damaged)
			return damaged(err);
		if (scan->reader.at < scan->reader.end)
			return 0;
	}
	search_scan_end(scan);
	return first_begin(scan, err);
}

/* The blocks behind the first one; often none is needed. */
static int rest_begin(struct search_scan *scan, struct error *err)
{
	int rc;

	stmt_reset(scan->stmt);
	rc = db_prepare(scan->db, "SELECT b.bytes FROM search_first f "
			"CROSS JOIN search_block b ON b.id = f.block "
			"WHERE f.key > ? AND f.key < ? ORDER BY f.key", &scan->stmt, err);
	if (rc < 0)
		return rc;
	stmt_bind_blob(scan->stmt, 1, scan->from, scan->from_len);
	stmt_bind_blob(scan->stmt, 2, scan->end, scan->prefix_len + 1);
	return 0;
}

static int block_next(struct search_scan *scan, struct error *err)
{
	const void *bytes;
	size_t len;
	int rc;

	if (scan->blocks == 1 && rest_begin(scan, err) < 0)
		return err->code;
	rc = stmt_step(scan->stmt, err);
	if (rc <= 0) {
		if (rc < 0)
			scan->stmt = NULL;
		return rc;
	}
	bytes = stmt_blob(scan->stmt, 0, &len);
	search_reader_init(&scan->reader, len ? arena_memdup(scan->arena, bytes, len) : NULL, len);
	if (!scan->blocks++)
		search_reader_seek(&scan->reader, scan->from, scan->from_len);
	return 1;
}

int search_scan_next(struct search_scan *scan, struct error *err)
{
	const struct search_entry *entry = &scan->reader.entry;

	for (;;) {
		int order;

		if (!search_reader_next(&scan->reader)) {
			int rc = scan->reader.damaged ? damaged(err) : block_next(scan, err);

			if (rc <= 0)
				return rc;
			continue;
		}
		order = strncmp(entry->term, scan->prefix, scan->prefix_len);
		if (order < 0)
			continue;
		if (order > 0 || (scan->whole && entry->term_len > scan->prefix_len))
			return 0;
		return 1;
	}
}

void search_scan_end(struct search_scan *scan)
{
	if (scan->stmt)
		stmt_reset(scan->stmt);
	scan->stmt = NULL;
}

/* --- writing --- */

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
		return damaged(err);
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
	int rc = db_prepare(change->db, "SELECT f.key, f.block, b.bytes, "
			    "(SELECT n.key FROM search_first n WHERE n.key > f.key ORDER BY n.key LIMIT 1) "
			    "FROM search_first f CROSS JOIN search_block b ON b.id = f.block "
			    "WHERE f.key <= ? ORDER BY f.key DESC LIMIT 1", &stmt, err);

	if (rc < 0)
		return rc;
	stmt_bind_blob(stmt, 1, key, key_len);
	rc = stmt_step(stmt, err);
	if (rc < 0)
		return rc;
	if (rc > 0) {
		rc = key_copy(stmt, 0, change->key, &change->key_len, err);
		change->block = stmt_int(stmt, 1);
		bytes = stmt_blob(stmt, 2, &change->len);
		change->bytes = change->len ? arena_memdup(arena, bytes, change->len) : NULL;
		if (rc == 0)
			rc = key_copy(stmt, 3, change->next, &change->next_len, err);
	} else {
		rc = damaged(err);
	}
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
		return damaged(err);
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
	size_t len, common;
	int order;

	if (!change->next_len)
		return true;
	len = search_key(term->text, term->len, term->student_id, key);
	common = len < change->next_len ? len : change->next_len;
	order = memcmp(key, change->next, common);
	return order < 0 || (order == 0 && len < change->next_len);
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
