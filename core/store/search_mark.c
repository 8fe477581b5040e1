/* Lines kept right: whose changed in this transaction, and how they read now. */
#include "core/store/search_line.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/store/search_source.h"
#include "core/store/search_scan.h"
#include "core/store/search_table.h"
#include "core/store/tx.h"

enum { AT_ONCE = 8192 }; /* learners whose terms are written in one go */

/* A mark is twice the learner's id, and one more when terms of his are gone. */
static void mark(struct tx *tx, int64_t student_id, bool touched)
{
	int64_t value = student_id * 2 + (touched ? 1 : 0);

	if (tx->mark_count && tx->marks[tx->mark_count - 1] == value)
		return;
	if (tx->mark_count == tx->mark_room) {
		size_t room = tx->mark_room ? tx->mark_room * 2 : 16;
		int64_t *grown = arena_array(tx->arena, room, sizeof *grown);

		if (tx->mark_count)
			memcpy(grown, tx->marks, tx->mark_count * sizeof *grown);
		tx->marks = grown;
		tx->mark_room = room;
	}
	tx->marks[tx->mark_count++] = value;
}

/* The learners that SQL selects by an id. */
static int mark_selected(struct tx *tx, const char *sql, int64_t id, bool touched,
			 struct error *err)
{
	struct stmt *stmt;
	int rc = db_prepare(tx->db, sql, &stmt, err);

	if (rc < 0)
		return rc;
	stmt_bind_int(stmt, 1, id);
	while ((rc = stmt_step(stmt, err)) > 0)
		mark(tx, stmt_int(stmt, 0), touched);
	if (rc == 0)
		stmt_reset(stmt);
	return rc;
}

int search_mark(struct tx *tx, enum kind kind, const void *record, bool touched,
		struct error *err)
{
	static const char of_person[] = "SELECT id FROM student WHERE person_id = ?";

	if (tx->unindexed)
		return 0;
	switch (kind) {
	case KIND_STUDENT:
		mark(tx, ((const struct student *)record)->id, touched);
		return 0;
	case KIND_PERSON:
		return mark_selected(tx, of_person, ((const struct person *)record)->id, touched, err);
	case KIND_EMPLOYMENT:
		return mark_selected(tx, of_person, ((const struct employment *)record)->person_id, false,
				     err);
	case KIND_CREDIT_CLAIM:
		mark(tx, ((const struct credit_claim *)record)->student_id, false);
		return 0;
	case KIND_LEDGER_ENTRY:
		return mark_selected(tx, "SELECT student_id FROM account WHERE id = ?",
				     ((const struct ledger_entry *)record)->account_id, false, err);
	default:
		return 0;
	}
}

void search_unmark(struct tx *tx)
{
	tx->mark_count = 0;
}

/* Is this what stands beside his number? Then it stands beside all of his terms. */
static int line_same(struct search_blocks *blocks, const struct search_source *source, const uint8_t *line,
		     size_t len, struct arena *arena, bool *same, struct error *err)
{
	uint8_t have[SEARCH_LINE_BYTES];
	struct search_scan scan;
	int rc = 0;

	search_scan_begin(&scan, blocks, search_term(SEARCH_NUMBER_FRONT, source->student_no, arena),
			  true);
	*same = false;
	while (rc >= 0 && !*same && (rc = search_scan_next(&scan, err)) > 0)
		*same = scan.entry.student_id == source->student_id &&
			search_line_write(&scan.entry.line, have) == len &&
			!memcmp(have, line, len);
	return rc < 0 ? rc : 0;
}

/* Gathers the terms of a learner whose line is not what stands there. */
static int learner_add(struct tx *tx, int64_t student_id, bool touched,
		       struct search_blocks *blocks, struct search_terms *terms, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct search_source source;
	uint8_t line[SEARCH_LINE_BYTES];
	bool same = false;
	int rc = search_source_get(tx->db, student_id, &arena, &source, err);

	if (rc > 0) {
		struct search_subject subject = {
			.student_id = student_id, .student_no = source.student_no,
			.full_name = source.full_name, .mobile = source.mobile,
			.doc_no = source.doc_no, .line = line,
			.line_len = search_line_write(&source.line, line),
		};

		rc = touched ? 0 : line_same(blocks, &source, line, subject.line_len, &arena, &same, err);
		if (rc == 0 && !same)
			search_terms_add(terms, &subject);
	}
	arena_release(&arena);
	return rc;
}

static int terms_write(struct tx *tx, struct search_terms *terms, struct error *err)
{
	int rc;

	search_terms_sort(terms);
	rc = search_table_put(tx->db, terms, err);
	search_terms_release(terms);
	return rc;
}

static int by_id(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

int search_flush(struct tx *tx, struct error *err)
{
	struct search_terms terms = SEARCH_TERMS_INIT;
	struct search_blocks blocks; /* as they are before the terms are written */
	size_t learners = 0;
	int rc = 0;

	search_blocks_init(&blocks, tx->db);

	if (tx->mark_count > 1)
		qsort(tx->marks, tx->mark_count, sizeof *tx->marks, by_id);
	for (size_t i = 0; rc == 0 && i < tx->mark_count; i++) {
		int64_t id = tx->marks[i] / 2;

		/* The last mark of a learner says whether any of them touched him. */
		if (i + 1 < tx->mark_count && tx->marks[i + 1] / 2 == id)
			continue;
		rc = learner_add(tx, id, tx->marks[i] & 1, &blocks, &terms, err);
		if (rc == 0 && ++learners % AT_ONCE == 0) {
			rc = terms_write(tx, &terms, err);
			search_blocks_turn(&blocks, NULL);
		}
	}
	if (rc == 0)
		rc = terms_write(tx, &terms, err);
	search_terms_release(&terms);
	search_blocks_release(&blocks);
	tx->mark_count = 0;
	return rc;
}
