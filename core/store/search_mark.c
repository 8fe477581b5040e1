/* Lines kept right: whose changed in this transaction, and how they read now. */
#include "core/store/search_line.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/store/search_index.h"
#include "core/store/search_source.h"
#include "core/store/tx.h"

static void mark(struct tx *tx, int64_t student_id)
{
	if (tx->mark_count && tx->marks[tx->mark_count - 1] == student_id)
		return;
	if (tx->mark_count == tx->mark_room) {
		size_t room = tx->mark_room ? tx->mark_room * 2 : 16;
		int64_t *grown = arena_array(tx->arena, room, sizeof *grown);

		if (tx->mark_count)
			memcpy(grown, tx->marks, tx->mark_count * sizeof *grown);
		tx->marks = grown;
		tx->mark_room = room;
	}
	tx->marks[tx->mark_count++] = student_id;
}

/* The learners that SQL selects by an id. */
static int mark_selected(struct tx *tx, const char *sql, int64_t id, struct error *err)
{
	struct stmt *stmt;
	int rc = db_prepare(tx->db, sql, &stmt, err);

	if (rc < 0)
		return rc;
	stmt_bind_int(stmt, 1, id);
	while ((rc = stmt_step(stmt, err)) > 0)
		mark(tx, stmt_int(stmt, 0));
	if (rc == 0)
		stmt_reset(stmt);
	return rc;
}

int search_mark(struct tx *tx, enum kind kind, const void *record, struct error *err)
{
	static const char of_person[] = "SELECT id FROM student WHERE person_id = ?";

	if (tx->unindexed)
		return 0;
	switch (kind) {
	case KIND_STUDENT:
		mark(tx, ((const struct student *)record)->id);
		return 0;
	case KIND_PERSON:
		return mark_selected(tx, of_person, ((const struct person *)record)->id, err);
	case KIND_EMPLOYMENT:
		return mark_selected(tx, of_person, ((const struct employment *)record)->person_id, err);
	case KIND_CREDIT_CLAIM:
		mark(tx, ((const struct credit_claim *)record)->student_id);
		return 0;
	case KIND_LEDGER_ENTRY:
		return mark_selected(tx, "SELECT student_id FROM account WHERE id = ?",
				     ((const struct ledger_entry *)record)->account_id, err);
	default:
		return 0;
	}
}

void search_unmark(struct tx *tx)
{
	tx->mark_count = 0;
}

/* Is this what stands there? */
static int line_same(struct db *db, int64_t student_id, const uint8_t *line, size_t len,
		     bool *same, struct error *err)
{
	struct stmt *stmt;
	int rc = db_prepare(db, "SELECT line FROM search_line WHERE student_id = ?", &stmt, err);

	*same = false;
	if (rc < 0)
		return rc;
	stmt_bind_int(stmt, 1, student_id);
	rc = stmt_step(stmt, err);
	if (rc > 0) {
		size_t have_len;
		const void *have = stmt_blob(stmt, 0, &have_len);

		*same = have && have_len == len && !memcmp(have, line, len);
	}
	if (rc >= 0)
		stmt_reset(stmt);
	return rc < 0 ? rc : 0;
}

static int line_store(struct db *db, int64_t student_id, const uint8_t *line, size_t len,
		      struct error *err)
{
	struct stmt *stmt;
	int rc = db_prepare(db, "INSERT INTO search_line (student_id, line) VALUES (?, ?) "
			    "ON CONFLICT (student_id) DO UPDATE SET line = excluded.line", &stmt, err);

	if (rc < 0)
		return rc;
	stmt_bind_int(stmt, 1, student_id);
	stmt_bind_blob(stmt, 2, line, len);
	return stmt_run(stmt, err);
}

/* The copies beside the initials of each reading. */
static int line_copy(struct db *db, const struct search_source *source, const uint8_t *line,
		     size_t len, struct error *err)
{
	struct search_terms terms = { .only = (char)SEARCH_INITIALS, .arena = ARENA_INIT };
	struct search_subject subject = { .student_id = source->student_id,
					  .full_name = source->full_name };
	int rc = 0;

	search_terms_add(&terms, &subject);
	for (size_t i = 0; rc == 0 && i < terms.count; i++) {
		struct stmt *stmt;

		rc = db_prepare(db, "UPDATE search_term SET line = ? WHERE term = ? "
				"AND student_id = ?", &stmt, err);
		if (rc < 0)
			break;
		stmt_bind_blob(stmt, 1, line, len);
		stmt_bind_text(stmt, 2, terms.items[i].text);
		stmt_bind_int(stmt, 3, source->student_id);
		rc = stmt_run(stmt, err);
	}
	search_terms_release(&terms);
	return rc;
}

static int line_refresh(struct tx *tx, int64_t student_id, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct search_source source;
	uint8_t line[SEARCH_LINE_BYTES];
	size_t len = 0;
	bool same = false;
	int rc = search_source_get(tx->db, student_id, &arena, &source, err);

	if (rc > 0) {
		len = search_line_write(&source.line, line);
		rc = line_same(tx->db, student_id, line, len, &same, err);
		if (rc == 0 && !same)
			rc = line_store(tx->db, student_id, line, len, err);
		if (rc == 0 && !same)
			rc = line_copy(tx->db, &source, line, len, err);
	}
	arena_release(&arena);
	return rc;
}

static int by_id(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

int search_flush(struct tx *tx, struct error *err)
{
	int rc = 0;

	if (tx->mark_count > 1)
		qsort(tx->marks, tx->mark_count, sizeof *tx->marks, by_id);
	for (size_t i = 0; rc == 0 && i < tx->mark_count; i++)
		if (i == 0 || tx->marks[i] != tx->marks[i - 1])
			rc = line_refresh(tx, tx->marks[i], err);
	tx->mark_count = 0;
	return rc;
}
