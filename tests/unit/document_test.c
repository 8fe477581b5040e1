/* Documents as text and CSV: no line is wider than asked for, whatever stands
 * in it; nothing is lost; a CSV comes back through our own reader. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/codec/csv.h"
#include "core/model/print.h"
#include "core/model/reason.h"
#include "core/report/document.h"

static const struct doc_column columns[] = {
	{ .field = "student_no" },
	{ .field = "name", .cells = 10, .grows = true },
	{ .field = "programme" },
	{ .field = "transferred_centi", .sum = true },
	{ .field = "room_centi" },
};

static const char *const names[] = {
	"王小明", "", "O'Brien, \"Bob\"",
	"欧阳欧阳欧阳欧阳欧阳欧阳欧阳欧阳欧阳欧阳欧阳欧阳欧阳欧阳欧阳欧阳欧阳欧阳欧阳欧阳欧阳欧阳欧阳欧阳欧阳欧阳欧阳欧阳欧阳欧阳",
	"e\xcc\x81" "e\xcc\x81\xcc\x81 combining", "\xe2\x80\xae" "drowssap\xe2\x80\xac", "a\tb\nc\r\x1b[31md",
	"\xf0\xa0\xae\xb7\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9", "=1+1", "-2.00", "@SUM(A1)", "bad\xff" "\xfe",
	"averyveryveryverylongwordwithoutanyblankinitthatdoesnotfitanycolumnofthetable",
};
enum { NAMES = sizeof names / sizeof names[0] };

static void fill(struct document *doc, struct arena *arena, size_t rows, bool grouped)
{
	struct record_list list = { &cap_row_fields, rows, arena_array(arena, rows + 1, sizeof(void *)) };
	struct doc_table *table;

	document_init(doc, arena, "学分 Title");
	doc->subtitle = "2026-01-01 – 2026-01-31";
	doc->centre = "北汽学习中心";
	doc->user = "front_desk.1";
	doc->printed = "2026-03-01 08:30";
	memcpy(doc->ledger, "1a2b3c4d", 9);
	for (size_t i = 0; i < rows; i++) {
		struct cap_row *row = record_new(arena, &cap_row_fields);

		row->student_no = arena_printf(arena, "%013zu", i);
		row->name = names[i % NAMES];
		row->programme = i % 2 ? "P-ZK-AUTO" : "P-BK";
		row->transferred_centi = (int64_t)i * 25;
		row->room_centi = i % 5 ? (int64_t)i : -200;
		list.items[i] = row;
	}
	document_heading(doc, "heading");
	document_pair(doc, document_pairs(doc), "label", names[3]);
	table = DOCUMENT_TABLE(doc, &cap_row_fields, columns);
	table->csv = true;
	document_rows(doc, table, &list, grouped ? "programme" : NULL);
	document_sum(doc, table, DOC_TOTAL, "In all", 0);
	document_paragraph(doc, names[3]);
	document_sign(doc, "____");
}

static void write_text(const struct document *doc, int width, struct buf *out)
{
	const struct doc_options options = { .columns = width };
	const struct doc_sink sink = { document_to_buf, out };
	struct error err = ERROR_INIT;

	buf_clear(out);
	assert_int_equal(document_text(doc, &options, &sink, &err), 0);
}

/* Every line fits, every page has 66 lines, its title and "page n/m". */
static void check_pages(const struct buf *text, int width)
{
	int pages = 1, lines = 0, page = 0, of = 0;
	const char *at = buf_cstr(text);

	assert_true(utf8_valid(at, text->len));
	for (const char *c = at; *c; c++)
		pages += *c == '\f';
	while (*at) {
		const size_t len = strcspn(at, "\n");
		const char *line = at;

		if (*line == '\f') {
			assert_int_equal(lines % 66, 0);
			line++;
		}
		assert_int_equal(at[len], '\n');
		assert_true(text_width_len(line, len - (size_t)(line - at)) <= width);
		for (const char *c = line; c < at + len; c++)
			assert_true((unsigned char)*c >= 0x20 && *c != 0x7f);
		if (lines % 66 == 0)
			assert_non_null(strstr(line, "学分 Title"));
		if (lines % 66 == 65) {
			const char *mark = at + len;

			while (strncmp(mark, "page ", 5) != 0)
				assert_true(--mark > at);
			assert_int_equal(sscanf(mark, "page %d/%d", &page, &of), 2);
			assert_int_equal(page, lines / 66 + 1);
			assert_int_equal(of, pages);
			assert_non_null(strstr(line, "1a2b3c4d"));
		}
		lines++;
		at += len + 1;
	}
	assert_int_equal(lines, pages * 66);
}

static void test_widths(void **state)
{
	static const size_t sizes[] = { 0, 1, NAMES, 200, 10000 };
	struct buf out = BUF_INIT;

	(void)state;
	for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++)
		for (int grouped = 0; grouped < 2; grouped++)
			for (int width = 80; width <= 132; width += 52) {
				struct arena arena = ARENA_INIT;
				struct document doc;

				fill(&doc, &arena, sizes[s], grouped);
				write_text(&doc, width, &out);
				check_pages(&out, width);
				arena_release(&arena);
			}
	buf_release(&out);
}

/* A name of 60 wide characters stands there in full, over several lines. */
static void test_nothing_lost(void **state)
{
	struct arena arena = ARENA_INIT;
	struct buf out = BUF_INIT;
	struct document doc;
	size_t count = 0;

	(void)state;
	fill(&doc, &arena, NAMES, false);
	write_text(&doc, 80, &out);
	for (const char *at = buf_cstr(&out); (at = strstr(at, "欧")) != NULL; at++)
		count++;
	assert_int_equal(count, 3 * 30); /* the pair, the row and the paragraph */
	assert_null(strstr(buf_cstr(&out), "\xe2\x80\xae"));
	assert_null(strchr(buf_cstr(&out), '\x1b'));
	buf_release(&out);
	arena_release(&arena);
}

static void test_empty(void **state)
{
	struct arena arena = ARENA_INIT;
	struct buf out = BUF_INIT;
	struct document doc;

	(void)state;
	document_init(&doc, &arena, "学分 Title");
	DOCUMENT_TABLE(&doc, &cap_row_fields, columns)->csv = true;
	write_text(&doc, 80, &out);
	assert_non_null(strstr(buf_cstr(&out), "(none)"));
	assert_non_null(strstr(buf_cstr(&out), "--------"));
	buf_release(&out);
	arena_release(&arena);
}

static void write_csv(const struct document *doc, const char *path)
{
	const struct doc_options options = { .bom = true };
	struct buf out = BUF_INIT;
	const struct doc_sink sink = { document_to_buf, &out };
	struct error err = ERROR_INIT;
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(document_csv(doc, &options, &sink, &err), 0);
	assert_int_equal(fwrite(buf_cstr(&out), 1, out.len, file), out.len);
	fclose(file);
	buf_release(&out);
}

/* What a program reads is what was there; what a spreadsheet would run is kept
 * from it by an apostrophe. */
static void test_csv(void **state)
{
	char path[] = "/tmp/overpass-document-XXXXXX";
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct csv_reader *reader;
	struct csv_record record;
	struct document doc;
	size_t rows = 0;
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	fill(&doc, &arena, NAMES - 2, true); /* without the bytes that are no UTF-8 */
	write_csv(&doc, path);
	assert_int_equal(csv_open(path, CSV_AUTO, 0, &reader, &err), 0);
	assert_int_equal(csv_next(reader, &record, &err), 1);
	assert_true(csv_has_bom(reader));
	assert_int_equal(record.count, 6);
	assert_memory_equal(record.fields[3].text, "transferred_centi", record.fields[3].len);
	while (csv_next(reader, &record, &err) == 1) {
		size_t len = record.fields[1].len;
		const char *name = record.fields[1].text;

		assert_false(len && strchr("=+@\t", *name));
		if (len && *name == '\'')
			name = csv_unguard(name, &len);
		assert_int_equal(len, strlen(names[rows % NAMES]));
		assert_memory_equal(name, names[rows % NAMES], len);
		if (rows % 5 == 0) /* a number stays a number */
			assert_memory_equal(record.fields[4].text, "-2.00", 5);
		assert_memory_equal(record.fields[5].text, "front_desk.1 2026-03-01 08:30",
				    record.fields[5].len);
		rows++;
	}
	assert_int_equal(rows, NAMES - 2);
	csv_close(reader);
	unlink(path);
	arena_release(&arena);
}

static void test_csv_needs_a_table(void **state)
{
	const struct doc_options options = { .columns = 0 };
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct document doc;

	(void)state;
	document_init(&doc, &arena, "x");
	document_paragraph(&doc, "y");
	assert_int_equal(document_csv(&doc, &options, NULL, &err), OV_EREFUSED);
	assert_int_equal(err.reason, REASON_REPORT_NO_CSV);
	arena_release(&arena);
}

/* Sums are of the record rows alone, to the hundredth. */
static void test_sums(void **state)
{
	struct arena arena = ARENA_INIT;
	struct buf out = BUF_INIT;
	struct document doc;

	(void)state;
	fill(&doc, &arena, 200, true);
	write_text(&doc, 132, &out);
	assert_non_null(strstr(buf_cstr(&out), "4975.00")); /* 25 × (0 + … + 199) hundredths */
	buf_release(&out);
	arena_release(&arena);
}

static bool stop_at_once(void *context, int64_t done, int64_t total)
{
	++*(int *)context;
	return done >= 0 && total > 0;
}

static void test_cancel(void **state)
{
	int asked = 0;
	const struct doc_options options = { .progress = stop_at_once, .progress_context = &asked };
	struct arena arena = ARENA_INIT;
	struct buf out = BUF_INIT;
	const struct doc_sink sink = { document_to_buf, &out };
	struct error err = ERROR_INIT;
	struct document doc;

	(void)state;
	fill(&doc, &arena, 1000, false);
	assert_int_equal(document_text(&doc, &options, &sink, &err), OV_ECANCELLED);
	assert_int_equal(out.len, 0);
	assert_int_equal(document_csv(&doc, &options, &sink, &err), OV_ECANCELLED);
	assert_true(asked >= 2);
	buf_release(&out);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_widths), cmocka_unit_test(test_nothing_lost),
		cmocka_unit_test(test_empty), cmocka_unit_test(test_csv),
		cmocka_unit_test(test_csv_needs_a_table), cmocka_unit_test(test_sums),
		cmocka_unit_test(test_cancel),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
