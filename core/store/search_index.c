#include "core/store/search_index.h"

#include "core/base/text.h"
#include "core/store/search_line.h"
#include "core/store/tx.h"

#include <stdlib.h>
#include <string.h>

enum { LATIN_WORDS = 4, DOC_TAIL = 4, TERM_BYTES = 400, NAME_PARTS = 12,
       HEAD_SORT_MIN = 1024, PREFETCH = 8 };

void search_terms_release(struct search_terms *terms)
{
	arena_release(&terms->arena);
	free(terms->items);
	*terms = (struct search_terms)SEARCH_TERMS_INIT;
}

char *search_reverse(const char *text, struct arena *arena)
{
	size_t len = strlen(text);
	char *out = arena_alloc(arena, len + 1);

	for (size_t i = 0; i < len; i++)
		out[i] = text[len - 1 - i];
	return out;
}

static uint64_t head_of(const char *text)
{
	uint64_t head = 0;

	for (int i = 0; i < 8; i++) {
		head = head << 8 | (unsigned char)*text;
		text += *text != '\0';
	}
	return head;
}

/* Room for a term of LEN bytes behind its kind. */
static char *term_new(struct search_terms *terms, const struct search_subject *subject,
		      enum search_kind kind, size_t len)
{
	char *text;

	if (terms->count == terms->room) {
		terms->room = terms->room ? terms->room * 2 : 64;
		terms->items = mem_grow(terms->items, terms->room * sizeof *terms->items);
	}
	text = arena_alloc(&terms->arena, len + 2);
	text[0] = (char)kind;
	terms->items[terms->count++] = (struct search_term){
		.text = text, .student_id = subject->student_id,
		.place = search_place(subject->branch_id, subject->centre_id, subject->active),
		.len = (uint32_t)len + 1
	};
	return text + 1;
}

static bool wanted(const struct search_terms *terms, enum search_kind kind)
{
	return !terms->only || terms->only == (char)kind;
}

static void term_add(struct search_terms *terms, const struct search_subject *subject,
		     enum search_kind kind, const char *text, size_t len)
{
	char *out;

	if (!wanted(terms, kind))
		return;
	out = term_new(terms, subject, kind, len);
	memcpy(out, text, len);
	terms->items[terms->count - 1].head = head_of(out - 1);
}

static void term_add_reversed(struct search_terms *terms, const struct search_subject *subject,
			      enum search_kind kind, const char *text)
{
	size_t len = strlen(text);
	char *out;

	if (!wanted(terms, kind))
		return;
	out = term_new(terms, subject, kind, len);
	for (size_t i = 0; i < len; i++)
		out[i] = text[len - 1 - i];
	terms->items[terms->count - 1].head = head_of(out - 1);
}

/* Without the blanks and middle dots, in place. */
static void han_solid(char *text)
{
	char *to = text;

	for (const char *c = text; *c; c++) {
		if (*c == ' ')
			continue;
		if ((unsigned char)*c == 0xc2 && (unsigned char)c[1] == 0xb7)
			c++;
		else
			*to++ = *c;
	}
	*to = '\0';
}

/* The folded name; blanks and dots between Han characters mean nothing, and a
 * part of it may be all that is known. */
static void name_add(struct search_terms *terms, const struct search_subject *subject,
		     bool han)
{
	struct arena scratch = ARENA_INIT;
	char *fold = text_fold(subject->full_name, &scratch);
	int words = 0, parts = 0;

	if (han)
		han_solid(fold);
	term_add(terms, subject, SEARCH_NAME, fold, strlen(fold));
	for (size_t at = utf8_prefix(fold, 1); han && fold[at] && parts < NAME_PARTS;
	     at += utf8_prefix(fold + at, 1), parts++)
		term_add(terms, subject, SEARCH_PART, fold + at, strlen(fold + at));
	for (const char *c = strchr(fold, ' '); !han && c && words < LATIN_WORDS;
	     c = strchr(c, ' '), words++)
		if (*++c && *c != ' ')
			term_add(terms, subject, SEARCH_NAME, c, strlen(c));
	arena_release(&scratch);
}

static void reading_add(struct search_terms *terms, const struct search_subject *subject,
			const struct name_reading *reading, bool han)
{
	char term[TERM_BYTES], *to = term;
	size_t initials = strlen(reading->initials), len = strlen(reading->syllables);

	if (initials < 2 && !han)
		return; /* a single Latin word: its name says all of it */
	memcpy(term, reading->initials, initials);
	term[initials] = ' ';
	memcpy(term + initials + 1, reading->syllables, len);
	term_add(terms, subject, SEARCH_INITIALS, term, initials + 1 + len);
	if (subject->line && wanted(terms, SEARCH_INITIALS)) {
		terms->items[terms->count - 1].line = subject->line;
		terms->items[terms->count - 1].line_len = (uint32_t)subject->line_len;
	}
	for (const char *c = reading->syllables; *c; c++)
		if (*c != ' ')
			*to++ = *c;
	term_add(terms, subject, SEARCH_PINYIN, term, (size_t)(to - term));
}

void search_terms_add(struct search_terms *terms, const struct search_subject *given)
{
	struct search_subject own_line = *given;
	const struct search_subject *subject = &own_line;
	const struct name_readings *readings = subject->readings;
	struct name_readings own;

	if (given->line && wanted(terms, SEARCH_INITIALS)) {
		uint8_t *copy = arena_alloc(&terms->arena, given->line_len);

		memcpy(copy, given->line, given->line_len);
		own_line.line = copy;
	}

	if (subject->full_name) {
		bool han = name_surname_bytes(subject->full_name) > 0;

		if (!readings) {
			name_read(subject->full_name, &own);
			readings = &own;
		}
		name_add(terms, subject, han);
		for (size_t i = 0; i < readings->count; i++)
			reading_add(terms, subject, &readings->reading[i], han);
	}
	if (subject->student_no)
		term_add_reversed(terms, subject, SEARCH_NUMBER, subject->student_no);
	if (subject->mobile)
		term_add_reversed(terms, subject, SEARCH_MOBILE, subject->mobile);
	if (subject->doc_no && strlen(subject->doc_no) >= DOC_TAIL)
		term_add(terms, subject, SEARCH_DOC,
			 subject->doc_no + strlen(subject->doc_no) - DOC_TAIL, DOC_TAIL);
}

static int term_compare(const void *a, const void *b)
{
	const struct search_term *x = a, *y = b;
	int order;

	if (x->head != y->head)
		return x->head < y->head ? -1 : 1;
	order = strcmp(x->text, y->text);
	if (order)
		return order;
	return (x->student_id > y->student_id) - (x->student_id < y->student_id);
}

/* By head alone, one byte after the other from the last: the order of equal
 * heads is left as it is. */
static void head_sort(struct search_terms *terms)
{
	struct head {
		uint64_t head;
		size_t at;
	} *from = mem_alloc(terms->count * sizeof *from), *to, *swap;
	struct search_term *items;

	to = mem_alloc(terms->count * sizeof *to);
	for (size_t i = 0; i < terms->count; i++)
		from[i] = (struct head){ terms->items[i].head, i };
	for (int shift = 0; shift < 64; shift += 8) {
		size_t starts[257] = { 0 };

		for (size_t i = 0; i < terms->count; i++)
			starts[(from[i].head >> shift & 0xff) + 1]++;
		for (int b = 0; b < 256; b++)
			starts[b + 1] += starts[b];
		for (size_t i = 0; i < terms->count; i++)
			to[starts[from[i].head >> shift & 0xff]++] = from[i];
		swap = from;
		from = to;
		to = swap;
	}
	items = mem_alloc(terms->room * sizeof *items);
	for (size_t i = 0; i < terms->count; i++)
		items[i] = terms->items[from[i].at];
	free(terms->items);
	free(from);
	free(to);
	terms->items = items;
}

/* In key order; a name that is read in two ways alike has one term. */
void search_terms_sort(struct search_terms *terms)
{
	size_t kept = 0, end;

	if (terms->count >= HEAD_SORT_MIN)
		head_sort(terms);
	else if (terms->count)
		qsort(terms->items, terms->count, sizeof *terms->items, term_compare);
	/* What has one head is ordered by the rest. */
	for (size_t i = 0; terms->count >= HEAD_SORT_MIN && i < terms->count; i = end) {
		for (end = i + 1; end < terms->count &&
		     terms->items[end].head == terms->items[i].head; end++)
			;
		if (end - i > 1)
			qsort(terms->items + i, end - i, sizeof *terms->items, term_compare);
	}
	for (size_t i = 0; i < terms->count; i++)
		if (!kept || term_compare(&terms->items[kept - 1], &terms->items[i]) != 0)
			terms->items[kept++] = terms->items[i];
	terms->count = kept;
}

void search_terms_merge(struct search_terms *a, struct search_terms *b)
{
	size_t count = a->count + b->count, x = 0, y = 0;
	struct search_term *items = mem_alloc(count * sizeof *items);

	for (size_t i = 0; i < count; i++)
		items[i] = y == b->count || (x < a->count &&
			   term_compare(&a->items[x], &b->items[y]) <= 0) ?
			   a->items[x++] : b->items[y++];
	free(a->items);
	a->items = items;
	a->count = a->room = count;
	arena_adopt(&a->arena, &b->arena);
	search_terms_release(b);
}

/* --- the table --- */

static int term_row(void *context, int64_t row, struct db_value *values, struct error *err)
{
	const struct search_terms *terms = context;
	const struct search_term *term;

	(void)err;
	if ((size_t)row >= terms->count)
		return 0;
	term = &terms->items[row];
	/* Texts lie in the order they were made in, far from that of the keys. */
	if ((size_t)row + PREFETCH < terms->count)
		__builtin_prefetch(term[PREFETCH].text);
	values[0] = (struct db_value){ .type = DB_TEXT, .bytes = term->text, .len = term->len };
	values[1] = (struct db_value){ .type = DB_INT, .number = term->student_id };
	values[2] = (struct db_value){ .type = term->place == OV_NULL ? DB_NULL : DB_INT,
				       .number = term->place };
	values[3] = (struct db_value){ .type = term->line ? DB_BLOB : DB_NULL,
				       .bytes = (const char *)term->line, .len = term->line_len };
	return 1;
}

/* Few terms go one by one: a statement that stays prepared is quicker then. */
static int insert_few(const struct search_terms *terms, struct db *db, struct error *err)
{
	for (size_t i = 0; i < terms->count; i++) {
		const struct search_term *term = &terms->items[i];
		struct stmt *stmt;
		int rc = db_prepare(db, "INSERT INTO search_term (term, student_id, place, line) "
				    "VALUES (?, ?, ?, ?)", &stmt, err);

		if (rc < 0)
			return rc;
		stmt_bind_text(stmt, 1, term->text);
		stmt_bind_int(stmt, 2, term->student_id);
		stmt_bind_int(stmt, 3, term->place);
		stmt_bind_blob(stmt, 4, term->line, term->line_len);
		rc = stmt_run(stmt, err);
		if (rc < 0)
			return rc;
	}
	return 0;
}

int search_terms_insert(const struct search_terms *terms, struct db *db, struct error *err)
{
	static const char *const columns[] = {
		"term", "student_id", "place", "line"
	};

	if (terms->count < 64)
		return insert_few(terms, db, err);
	return db_insert_rows(db, "search_term", columns, 4, term_row,
			      (void *)(uintptr_t)terms, err);
}

int search_terms_remove(const struct search_terms *terms, struct db *db, struct error *err)
{
	for (size_t i = 0; i < terms->count; i++) {
		const struct search_term *term = &terms->items[i];
		struct stmt *stmt;
		int rc = db_prepare(db, "DELETE FROM search_term WHERE term = ? "
				    "AND student_id = ?", &stmt, err);

		if (rc < 0)
			return rc;
		stmt_bind_text(stmt, 1, term->text);
		stmt_bind_int(stmt, 2, term->student_id);
		rc = stmt_run(stmt, err);
		if (rc < 0)
			return rc;
	}
	return 0;
}

/* --- one record --- */

static bool texts_equal(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

static bool person_same(const struct person *a, const struct person *b)
{
	return texts_equal(a->full_name, b->full_name) && texts_equal(a->mobile, b->mobile) &&
	       texts_equal(a->doc_no, b->doc_no);
}

static bool student_same(const struct student *a, const struct student *b)
{
	return texts_equal(a->student_no, b->student_no) && a->person_id == b->person_id &&
	       a->branch_id == b->branch_id && a->centre_id == b->centre_id &&
	       (a->status == STUDENT_ACTIVE) == (b->status == STUDENT_ACTIVE);
}

static void subject_add(struct search_terms *terms, const struct student *student,
			const struct person *person)
{
	struct search_subject subject = {
		.student_id = student->id, .branch_id = student->branch_id,
		.centre_id = student->centre_id,
		.active = student->status == STUDENT_ACTIVE,
		.student_no = student->student_no, .full_name = person->full_name,
		.mobile = person->mobile, .doc_no = person->doc_no
	};

	search_terms_add(terms, &subject);
}

/* OLD goes, FRESH comes; both are released. */
static int terms_swap(struct tx *tx, struct search_terms *old, struct search_terms *fresh,
		      struct error *err)
{
	int rc;

	search_terms_sort(old);
	search_terms_sort(fresh);
	rc = search_terms_remove(old, tx->db, err);
	if (rc == 0)
		rc = search_terms_insert(fresh, tx->db, err);
	search_terms_release(old);
	search_terms_release(fresh);
	return rc;
}

static int student_touch(struct tx *tx, const struct student *before,
			 const struct student *after, struct error *err)
{
	struct search_terms old = SEARCH_TERMS_INIT, fresh = SEARCH_TERMS_INIT;
	void *person, *person_before;
	int rc;

	if (before && student_same(before, after))
		return 0;
	rc = tx_get(tx, KIND_PERSON, after->person_id, &person, err);
	if (rc < 0)
		return rc;
	person_before = person;
	if (before && before->person_id != after->person_id)
		rc = tx_get(tx, KIND_PERSON, before->person_id, &person_before, err);
	if (rc < 0)
		return rc;
	if (before)
		subject_add(&old, before, person_before);
	subject_add(&fresh, after, person);
	return terms_swap(tx, &old, &fresh, err);
}

static int person_touch(struct tx *tx, const struct person *before,
			const struct person *after, struct error *err)
{
	struct filter filter = { .field = "person_id", .op = FILTER_EQ, .number = after->id };
	struct search_terms old = SEARCH_TERMS_INIT, fresh = SEARCH_TERMS_INIT;
	struct record_list students;
	int rc;

	if (!before || person_same(before, after))
		return 0;
	rc = tx_find_all(tx, KIND_STUDENT, &filter, 1, 0, &students, err);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < students.count; i++) {
		subject_add(&old, students.items[i], before);
		subject_add(&fresh, students.items[i], after);
	}
	return terms_swap(tx, &old, &fresh, err);
}

int search_touch(struct tx *tx, enum kind kind, const void *before, const void *after,
		 struct error *err)
{
	int rc = 0;

	if (tx->unindexed)
		return 0;
	if (kind == KIND_STUDENT)
		rc = student_touch(tx, before, after, err);
	if (kind == KIND_PERSON)
		rc = person_touch(tx, before, after, err);
	return rc < 0 ? rc : search_mark(tx, kind, after, err);
}
