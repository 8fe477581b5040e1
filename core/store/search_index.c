#include "core/store/search_index.h"

#include "core/base/text.h"
#include "core/store/search_block.h"
#include "core/store/search_table.h"
#include "core/store/tx.h"

#include <stdlib.h>
#include <string.h>

enum { LATIN_WORDS = 4, DOC_TAIL = 4, TERM_BYTES = 400, NAME_PARTS = 12,
       HEAD_SORT_MIN = 1024, TERM_MAX = SEARCH_TERM_BYTES - 2 };

void search_terms_release(struct search_terms *terms)
{
	arena_release(&terms->arena);
	free(terms->items);
	*terms = (struct search_terms)SEARCH_TERMS_INIT;
}

char *search_term(enum search_kind kind, const char *text, struct arena *arena)
{
	size_t len = strlen(text);
	char *term = arena_alloc(arena, len + 2);

	term[0] = (char)kind;
	memcpy(term + 1, text, len + 1);
	return term;
}

char *search_reverse(const char *text, struct arena *arena)
{
	size_t len = strlen(text);
	char *out = arena_alloc(arena, len + 1);

	for (size_t i = 0; i < len; i++)
		out[i] = text[len - 1 - i];
	return out;
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
		.text = text, .student_id = subject->student_id, .len = (uint32_t)len + 1,
		.line = subject->line, .line_len = (uint32_t)subject->line_len
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
	if (len > TERM_MAX) /* at a whole character */
		for (len = TERM_MAX; len && ((unsigned char)text[len] & 0xc0) == 0x80;)
			len--;
	out = term_new(terms, subject, kind, len);
	memcpy(out, text, len);
	terms->items[terms->count - 1].head = search_key_head(out - 1, len + 1);
}

static void term_add_reversed(struct search_terms *terms, const struct search_subject *subject,
			      enum search_kind kind, const char *text)
{
	size_t len = strnlen(text, SEARCH_NUMBER_TEXT - 1);
	char *out;

	if (!wanted(terms, kind))
		return;
	out = term_new(terms, subject, kind, len);
	for (size_t i = 0; i < len; i++)
		out[i] = text[len - 1 - i];
	terms->items[terms->count - 1].head = search_key_head(out - 1, len + 1);
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

	if (given->line && !given->line_stays) {
		uint8_t *copy = arena_alloc(&terms->arena, given->line_len);

		memcpy(copy, given->line, given->line_len);
		own_line.line = copy;
	}
	if (subject->full_name && (!terms->only || strchr("nhpi", terms->only))) {
		bool han = name_surname_bytes(subject->full_name) > 0;

		if (!readings && (!terms->only || strchr("pi", terms->only))) {
			name_read(subject->full_name, &own);
			readings = &own;
		}
		name_add(terms, subject, han);
		for (size_t i = 0; readings && i < readings->count; i++)
			reading_add(terms, subject, &readings->reading[i], han);
	}
	if (subject->student_no) {
		term_add_reversed(terms, subject, SEARCH_NUMBER, subject->student_no);
		term_add(terms, subject, SEARCH_NUMBER_FRONT, subject->student_no,
			 strnlen(subject->student_no, SEARCH_NUMBER_TEXT - 1));
	}
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
	free(to);
	items = mem_alloc(terms->room * sizeof *items);
	for (size_t i = 0; i < terms->count; i++)
		items[i] = terms->items[from[i].at];
	free(terms->items);
	free(from);
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
	return texts_equal(a->student_no, b->student_no) && a->person_id == b->person_id;
}

static void subject_add(struct search_terms *terms, const struct student *student,
			const struct person *person)
{
	struct search_subject subject = {
		.student_id = student->id, .student_no = student->student_no,
		.full_name = person->full_name, .mobile = person->mobile, .doc_no = person->doc_no
	};

	search_terms_add(terms, &subject);
}

/* OLD go now, those that stay as well: search_flush() writes all of the learner's
 * terms anew, with his line. */
static int terms_drop(struct tx *tx, struct search_terms *old, struct error *err)
{
	int rc;

	search_terms_sort(old);
	rc = search_table_remove(tx->db, old, err);
	search_terms_release(old);
	return rc;
}

static int student_touch(struct tx *tx, const struct student *before, struct error *err)
{
	struct search_terms old = SEARCH_TERMS_INIT;
	void *person;
	int rc = tx_get(tx, KIND_PERSON, before->person_id, &person, err);

	if (rc < 0)
		return rc;
	subject_add(&old, before, person);
	return terms_drop(tx, &old, err);
}

static int person_touch(struct tx *tx, const struct person *before, struct error *err)
{
	struct filter filter = { .field = "person_id", .op = FILTER_EQ, .number = before->id };
	struct search_terms old = SEARCH_TERMS_INIT;
	struct record_list students;
	int rc = tx_find_all(tx, KIND_STUDENT, &filter, 1, 0, &students, err);

	if (rc < 0)
		return rc;
	for (size_t i = 0; i < students.count; i++)
		subject_add(&old, students.items[i], before);
	return terms_drop(tx, &old, err);
}

int search_touch(struct tx *tx, enum kind kind, const void *before, const void *after,
		 struct error *err)
{
	bool touched = kind == KIND_STUDENT;
	int rc = 0;

	if (tx->unindexed)
		return 0;
	if (kind == KIND_STUDENT && before) {
		touched = !student_same(before, after);
		rc = touched ? student_touch(tx, before, err) : 0;
	} else if (kind == KIND_PERSON && before && !person_same(before, after)) {
		touched = true;
		rc = person_touch(tx, before, err);
	}
	return rc < 0 ? rc : search_mark(tx, kind, after, touched, err);
}
