/* csv_test.c: CSV read and written, good, odd and bad. */
#include "tests/unit/shared.h"

#include "core/base/arena.h"
#include "core/base/civil.h"
#include "core/base/text.h"
#include "core/codec/csv.h"
#include "core/model/reason.h"

#include <jansson.h>

static char file_name[] = "/tmp/ov-csv-XXXXXX";

static int file_up(void **state)
{
	int fd;

	(void)state;
	memcpy(file_name + sizeof file_name - 7, "XXXXXX", 6);
	fd = mkstemp(file_name);
	return fd < 0 ? -1 : close(fd);
}

static int file_down(void **state)
{
	(void)state;
	return unlink(file_name);
}

static void file_write(const void *bytes, size_t len)
{
	FILE *file = fopen(file_name, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	fclose(file);
}

/* The whole file as text: fields in [], records ended by /, then how it ended. */
static void shape(const char *path, enum csv_encoding encoding, size_t limit, struct buf *out)
{
	struct error err = ERROR_INIT;
	struct csv_record record;
	struct csv_reader *reader;
	int rc;

	buf_clear(out);
	rc = csv_open(path, encoding, limit, &reader, &err);
	while (!rc && (rc = csv_next(reader, &record, &err)) != 0) {
		for (size_t i = 0; i < record.count; i++)
			buf_printf(out, "[%.*s]", (int)record.fields[i].len, record.fields[i].text);
		if (record.count)
			buf_text(out, "/");
		if (rc < 0) {
			const char *colon = strrchr(err.place, ':');

			buf_printf(out, "%s%s", reason_code(err.reason), colon ? colon : "");
			if (err.reason != REASON_CSV_COLUMNS)
				break;
			buf_text(out, "/");
		}
		rc = 0;
	}
	if (!reader)
		buf_printf(out, "%s%s", reason_code(err.reason), strrchr(err.place, ':'));
	csv_close(reader);
}

static void records_are_read(void **state)
{
	static const struct {
		const char *text, *shape;
	} rows[] = {
		{ "a,b\n1,2\n", "[a][b]/[1][2]/" },
		{ "a,b\r\n1,2\r\n", "[a][b]/[1][2]/" },
		{ "a,b\n1,2", "[a][b]/[1][2]/" }, { "a,b\r\n1,2\r", "[a][b]/[1][2]/" },
		{ "a,b\n,\n", "[a][b]/[][]/" },
		{ "\xef\xbb\xbf" "a\n1\n", "[a]/[1]/" },
		{ "\xef\xbb\xbf\"a\"\n1\n", "[a]/[1]/" },
		{ "a,b\n\n\r\n1,2\n\n", "[a][b]/[1][2]/" },
		{ "\"a\",\"b\"\r\n\"1,2\",\"x\ny\"\r\n", "[a][b]/[1,2][x\ny]/" },
		{ "a\n\"\"\"\"\n\"\"\n\"x\"\"y\"\"\"\n", "[a]/[\"]/[]/[x\"y\"]/" },
		{ "a\n36'37.8\"N\n", "[a]/[36'37.8\"N]/" },
		{ "a,b\n\"1\"\"\",\"\"\"2\"\n", "[a][b]/[1\"][\"2]/" },
		{ "a\rb,c\n1,2\n", "[a\rb][c]/[1][2]/" },
		{ "a,b\n1\n1,2,3\n1,2\n", "[a][b]/[1]/CSV_COLUMNS:2/[1][2][3]/CSV_COLUMNS:3/[1][2]/" },
		{ "", "CSV_EMPTY" }, { "\n\n", "CSV_EMPTY" }, { "\xef\xbb\xbf", "CSV_EMPTY" },
		{ "a\n1\n\"open\nx\n", "[a]/[1]/CSV_QUOTE:3" },
		{ "a\n\"x\"y\n", "[a]/CSV_QUOTE:2" },
		{ "a,b\n\"x\ny\",\"z\"w\n", "[a][b]/CSV_QUOTE:3" },
		{ "a\n\"x\"\ry\n", "[a]/CSV_QUOTE:2" },
		{ "a\n\"", "[a]/CSV_QUOTE:2" },
		{ "学号,姓名\n1,王小明\n", "[学号][姓名]/[1][王小明]/" },
		/* GB18030: 学号,姓名 · a four-byte character · rubbish in both */
		{ "\xd1\xa7\xba\xc5,\xd0\xd5\xc3\xfb\n1,\xcd\xf5\n", "[学号][姓名]/[1][王]/" },
		{ "a\n\x95\x32\x82\x36\xcd\xf5\n", "[a]/[\xf0\xa0\x80\x80王]/" },
		{ "a\n1\n\xff\xff\n", "[a]/[1]/FILE_ENCODING:3" },
		{ "a\n1\n\x81", "[a]/[1]/FILE_ENCODING:3" },
	};
	struct buf got = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		file_write(rows[i].text, strlen(rows[i].text));
		shape(file_name, CSV_AUTO, 0, &got);
		assert_string_equal(buf_cstr(&got), rows[i].shape);
	}
	file_write("a\nb\n\xcd\xf5", 6);
	shape(file_name, CSV_UTF8, 0, &got);
	assert_string_equal(buf_cstr(&got), "FILE_ENCODING:3");
	file_write("a\n1\0\n", 5);
	shape(file_name, CSV_AUTO, 0, &got);
	assert_string_equal(buf_cstr(&got), "[a]/FILE_NUL:2");
	file_write("a\n\"x\n\0\"\n", 8);
	shape(file_name, CSV_AUTO, 0, &got);
	assert_string_equal(buf_cstr(&got), "[a]/FILE_NUL:2");
	buf_release(&got);
}

/* Records that lie across every edge of the buffer read the same. */
static void edges_of_the_buffer_do_not_show(void **state)
{
	struct buf text = BUF_INIT, got = BUF_INIT;
	struct error err = ERROR_INIT;
	struct csv_record record;
	struct csv_reader *reader;
	size_t rows = 60000, n = 0;

	(void)state;
	buf_text(&text, "a,b,c\r\n");
	for (size_t i = 0; i < rows; i++)
		buf_printf(&text, "%zu,\"王\"\"%zu\n\",%.*s\r\n", i, i, (int)(i % 37),
			   "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
	file_write(text.bytes, text.len);
	assert_int_equal(csv_open(file_name, CSV_AUTO, 0, &reader, &err), 0);
	assert_int_equal(csv_next(reader, &record, &err), 1);
	while (csv_next(reader, &record, &err) == 1) {
		char want[64];

		assert_int_equal(record.count, 3);
		assert_int_equal(record.line, 2 + 2 * n);
		snprintf(want, sizeof want, "王\"%zu\n", n);
		assert_int_equal(record.fields[1].len, strlen(want));
		assert_memory_equal(record.fields[1].text, want, strlen(want));
		assert_int_equal(record.fields[2].len, n % 37);
		assert_true(csv_has_crlf(reader));
		buf_add(&got, record.raw, record.raw_len);
		buf_text(&got, "\r\n");
		n++;
	}
	assert_int_equal(err.code, 0);
	assert_int_equal(n, rows);
	/* The records' own bytes are the file again. */
	assert_memory_equal(got.bytes, text.bytes + 7, text.len - 7);
	assert_int_equal(csv_done(reader), csv_size(reader));
	csv_close(reader);
	buf_release(&text);
	buf_release(&got);
}

static void limits_hold(void **state)
{
	size_t len = 100 << 20;
	char *text = malloc(len);
	struct buf got = BUF_INIT;

	(void)state;
	assert_non_null(text);
	memset(text, 'x', len);
	memcpy(text, "a\n", 2);
	file_write(text, len);
	shape(file_name, CSV_AUTO, 0, &got);
	assert_string_equal(buf_cstr(&got), "[a]/FILE_LIMIT:2");
	text[2] = '"';
	file_write(text, len);
	shape(file_name, CSV_AUTO, 0, &got);
	assert_string_equal(buf_cstr(&got), "[a]/FILE_LIMIT:2");
	memset(text + 100, '\n', 50);
	file_write(text, len);
	shape(file_name, CSV_AUTO, 0, &got);
	assert_string_equal(buf_cstr(&got), "[a]/CSV_QUOTE:2");
	/* Just as long as allowed, and one byte more. */
	memset(text, 'x', 5000);
	memcpy(text, "a\n", 2);
	file_write(text, 2 + 2048);
	shape(file_name, CSV_AUTO, 2048, &got);
	assert_null(strstr(buf_cstr(&got), "LIMIT"));
	file_write(text, 2 + 2049);
	shape(file_name, CSV_AUTO, 2048, &got);
	assert_string_equal(buf_cstr(&got), "[a]/FILE_LIMIT:2");
	memset(text, ',', 5000);
	file_write(text, 5000);
	shape(file_name, CSV_AUTO, 0, &got);
	assert_string_equal(buf_cstr(&got), "FILE_BAD:1");
	free(text);
	buf_release(&got);
}

static void missing_files_are_refused(void **state)
{
	struct error err = ERROR_INIT;
	struct csv_reader *reader;

	(void)state;
	assert_int_equal(csv_open("/nowhere/x.csv", CSV_AUTO, 0, &reader, &err), OV_EINPUT);
	assert_int_equal(err.reason, REASON_FILE_OPEN);
	assert_null(reader);
	assert_int_equal(csv_open("/", CSV_AUTO, 0, &reader, &err), OV_EINPUT);
	assert_int_equal(err.reason, REASON_FILE_OPEN);
}

static void rows_are_written(void **state)
{
	static const struct {
		const char *value;
		unsigned flags;
		const char *line;
	} rows[] = {
		{ "x", 0, "x\r\n" }, { "x", CSV_LF, "x\n" }, { "", 0, "\"\"\r\n" },
		{ NULL, 0, "\"\"\r\n" }, { "a,b", 0, "\"a,b\"\r\n" },
		{ "a\"b\"", 0, "\"a\"\"b\"\"\"\r\n" }, { "a\nb", 0, "\"a\nb\"\r\n" },
		{ " a", 0, "\" a\"\r\n" }, { "=1+1", 0, "=1+1\r\n" },
		{ "=1+1", CSV_GUARD, "'=1+1\r\n" }, { "@x,y", CSV_GUARD, "\"'@x,y\"\r\n" },
		{ "-3.00", CSV_GUARD, "'-3.00\r\n" }, { "\tx", CSV_GUARD, "'\tx\r\n" },
	};
	struct buf out = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		buf_clear(&out);
		csv_write_row(&out, &rows[i].value, 1, rows[i].flags);
		assert_string_equal(buf_cstr(&out), rows[i].line);
	}
	buf_clear(&out);
	csv_write_row(&out, (const char *const[]){ "a", NULL, "c" }, 3, 0);
	assert_string_equal(buf_cstr(&out), "a,,c\r\n");
	buf_release(&out);
}

static void spreadsheets_are_seen_through(void **state)
{
	static const struct {
		const char *text;
		bool lost;
	} rows[] = {
		{ "1.51011E+12", true }, { "1.1E+17", true }, { "2e12", true }, { "4.40524E17", true },
		{ "110100199001010000", true }, { "1234567890123450", true },
		{ "110100199001010019", false }, { "1510106400001", false }, { "100000000000000", false },
		{ "11010519491231002X", false }, { "E12", false }, { "1.E+12", false },
		{ "12E5", false }, { "1E", false }, { "", false }, { "1.5", false },
	};
	size_t len = 4;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (csv_digits_lost(rows[i].text, strlen(rows[i].text)) != rows[i].lost)
			fail_msg("%s", rows[i].text);
	assert_memory_equal(csv_unguard("'123", &len), "123", 3);
	assert_int_equal(len, 3);
	assert_memory_equal(csv_unguard("123", &len), "123", 3);
	assert_int_equal(len, 3);
	len = 0;
	csv_unguard("", &len);
	assert_int_equal(len, 0);
}

static void rejected_rows_keep_the_encoding(void **state)
{
	struct error err = ERROR_INIT;
	struct csv_record record;
	struct csv_reader *reader;
	struct buf out = BUF_INIT;

	(void)state;
	file_write("\xd1\xa7\xba\xc5\n\xcd\xf5\x95\x32\x82\x36\n", 12);
	assert_int_equal(csv_open(file_name, CSV_AUTO, 0, &reader, &err), 0);
	assert_int_equal(csv_encoding(reader), CSV_GB18030);
	assert_int_equal(csv_next(reader, &record, &err), 1);
	assert_int_equal(csv_next(reader, &record, &err), 1);
	csv_encode(reader, record.raw, record.raw_len, &out);
	assert_string_equal(buf_cstr(&out), "\xcd\xf5\x95\x32\x82\x36");
	csv_close(reader);
	buf_release(&out);
}

static void spectrum_file(const char *name)
{
	char path[512], file[128];
	struct error err = ERROR_INIT;
	struct csv_record record;
	struct csv_reader *reader;
	json_t *want, *row;
	size_t n = 0;
	struct arena arena = ARENA_INIT;
	const char *keys[32];
	size_t key_count;

	snprintf(file, sizeof file, "data/csv/csv-spectrum/json/%s.json", name);
	assert_true(shared_path(file, path, sizeof path));
	want = json_load_file(path, 0, NULL);
	assert_non_null(want);
	snprintf(file, sizeof file, "data/csv/csv-spectrum/csvs/%s.csv", name);
	assert_true(shared_path(file, path, sizeof path));
	assert_int_equal(csv_open(path, CSV_AUTO, 0, &reader, &err), 0);
	assert_int_equal(csv_next(reader, &record, &err), 1);
	key_count = record.count;
	for (size_t i = 0; i < key_count; i++)
		keys[i] = arena_strndup(&arena, record.fields[i].text, record.fields[i].len);
	while (csv_next(reader, &record, &err) == 1) {
		row = json_is_array(want) ? json_array_get(want, n) : want;
		n++;
		assert_non_null(row);
		for (size_t i = 0; i < key_count; i++) {
			json_t *value = json_object_get(row, keys[i]);

			assert_non_null(value);
			if (json_string_length(value) != record.fields[i].len ||
			    memcmp(json_string_value(value), record.fields[i].text,
				   record.fields[i].len))
				fail_msg("%s: row %zu, %s", name, n, keys[i]);
		}
	}
	assert_int_equal(err.code, 0);
	assert_int_equal(json_is_array(want) ? json_array_size(want) : 1, n);
	json_decref(want);
	csv_close(reader);
	arena_release(&arena);
}

static void files_that_break_parsers(void **state)
{
	/* location_coordinates has another number in its JSON, newlines_crlf has
	 * lost its CRs. */
	static const char *const names[] = {
		"comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json",
		"newlines", "quotes_and_newlines",
		"simple", "simple_crlf", "utf8",
	};
	char path[512];

	(void)state;
	shared_need("data/csv/csv-spectrum/csvs/simple.csv", path, sizeof path);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		spectrum_file(names[i]);
}

static bool is_private(uint32_t cp)
{
	return cp >= 0xe000 && cp <= 0xf8ff;
}

static void gb18030_is_read_as_the_standard_says(void **state)
{
	char path[512], *index, *save = NULL;
	struct error err = ERROR_INIT;
	struct csv_record record;
	struct csv_reader *reader;
	struct buf text = BUF_INIT;
	uint32_t *want = malloc(24000 * sizeof *want);
	size_t len, count = 0, differ = 0, n = 0;

	(void)state;
	assert_non_null(want);
	shared_need("data/gb18030/index-gb18030.txt", path, sizeof path);
	index = shared_read(path, &len);
	buf_text(&text, "a\n");
	for (char *line = strtok_r(index, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		unsigned long pointer;
		char *at;

		if (*line == '#')
			continue;
		pointer = strtoul(line, &at, 10);
		want[count++] = (uint32_t)strtoul(at, NULL, 16);
		buf_char(&text, (char)(0x81 + pointer / 190));
		buf_char(&text, (char)(pointer % 190 + (pointer % 190 < 0x3f ? 0x40 : 0x41)));
		buf_char(&text, '\n');
	}
	file_write(text.bytes, text.len);
	assert_int_equal(csv_open(file_name, CSV_GB18030, 0, &reader, &err), 0);
	assert_int_equal(csv_next(reader, &record, &err), 1);
	while (csv_next(reader, &record, &err) == 1) {
		uint32_t cp;

		assert_int_equal(utf8_decode(record.fields[0].text, record.fields[0].len, &cp),
				 record.fields[0].len);
		/* The edition of 2022 moved two dozen signs out of the private use area. */
		if (cp != want[n] && !is_private(cp) && !is_private(want[n]))
			differ++;
		n++;
	}
	assert_int_equal(err.code, 0);
	assert_int_equal(n, count);
	assert_int_equal(differ, 0);
	csv_close(reader);
	buf_release(&text);
	free(index);
	free(want);
}

/* 110,000 rows of 16 columns: the figure is printed, for the eye; the bound is
 * ten times what it takes, for broken scanning. */
static void a_large_file_is_quick(void **state)
{
	struct buf text = BUF_INIT;
	struct error err = ERROR_INIT;
	struct csv_record record;
	struct csv_reader *reader;
	size_t rows = 110000, n = 0, bytes = 0;
	int64_t start;

	(void)state;
	buf_text(&text, "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p\n");
	for (size_t i = 0; i < rows; i++)
		buf_printf(&text, "15101064%05zu,王小明,男,110100199001%06zu,138%08zu,汽车制造,一班,"
			   "2015春,专科,北汽集团,株洲工厂,焊工,ROT-6,2,%06zu,\n", i % 50000, i, i, i);
	file_write(text.bytes, text.len);
	start = clock_monotonic_ms();
	assert_int_equal(csv_open(file_name, CSV_AUTO, 0, &reader, &err), 0);
	while (csv_next(reader, &record, &err) == 1) {
		n++;
		for (size_t i = 0; i < record.count; i++)
			bytes += record.fields[i].len;
	}
	print_message("%zu rows, %zu bytes: %lld ms\n", n, text.len,
		      (long long)(clock_monotonic_ms() - start));
	assert_int_equal(n, rows + 1);
	assert_true(bytes > rows * 60);
	if (!getenv("OV_SLOW"))
		assert_true(clock_monotonic_ms() - start < 1500);
	csv_close(reader);
	buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(records_are_read, file_up, file_down),
		cmocka_unit_test_setup_teardown(edges_of_the_buffer_do_not_show, file_up, file_down),
		cmocka_unit_test_setup_teardown(limits_hold, file_up, file_down),
		cmocka_unit_test(missing_files_are_refused),
		cmocka_unit_test(rows_are_written),
		cmocka_unit_test(spreadsheets_are_seen_through),
		cmocka_unit_test_setup_teardown(rejected_rows_keep_the_encoding, file_up, file_down),
		cmocka_unit_test(files_that_break_parsers),
		cmocka_unit_test_setup_teardown(gb18030_is_read_as_the_standard_says, file_up, file_down),
		cmocka_unit_test_setup_teardown(a_large_file_is_quick, file_up, file_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
