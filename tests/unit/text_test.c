/* text_test.c: UTF-8, cells and normal forms. */
#include "tests/unit/shared.h"

#include "core/base/text.h"

#include <locale.h>
#include <unicode/uchar.h>
#include <wchar.h>


static struct arena arena;

static int arena_down(void **state)
{
	(void)state;
	text_set_ambiguous(false);
	arena_release(&arena);
	return 0;
}

static void decode_accepts_what_encode_writes(void **state)
{
	char bytes[UTF8_MAX];

	(void)state;
	for (uint32_t cp = 0; cp <= 0x10ffff; cp++) {
		uint32_t back;
		size_t len;

		if (cp >= 0xd800 && cp <= 0xdfff)
			continue;
		len = utf8_encode(cp, bytes);
		if (utf8_decode(bytes, len, &back) != len || back != cp || !utf8_valid(bytes, len))
			fail_msg("U+%04X", cp);
	}
}

static void invalid_bytes_become_signs(void **state)
{
	static const struct {
		const char *bytes;
		size_t valid, count;
	} rows[] = {
		{ "abc", 3, 3 },
		{ "\xff", 0, 1 },
		{ "a\xc0\x80", 1, 3 },           /* overlong NUL */
		{ "\xe0\x9f\xbf", 0, 3 },         /* overlong */
		{ "\xed\xa0\x80", 0, 3 },         /* a surrogate */
		{ "\xf4\x90\x80\x80", 0, 4 },     /* past U+10FFFF */
		{ "\xf0\x9f\x98", 0, 1 },         /* cut short: one sign */
		{ "\xe4\xb8", 0, 1 },
		{ "\xe4\xb8x", 0, 2 },
		{ "\xe4\xb8\xad\x80", 3, 2 },     /* a lone continuation */
		{ "12345678\xe4\xb8\xad", 11, 9 },
		{ "1234567\xc3", 7, 8 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		assert_int_equal(utf8_invalid_at(rows[i].bytes, strlen(rows[i].bytes)), rows[i].valid);
		assert_int_equal(utf8_count(rows[i].bytes), rows[i].count);
	}
	assert_string_equal(text_sanitise("a\xff" "b", &arena), "a\xef\xbf\xbd" "b");
}

static void widths_of_known_characters(void **state)
{
	static const struct {
		const char *text;
		int narrow, wide;
	} rows[] = {
		{ "", 0, 0 }, { "abc", 3, 3 }, { "王小明", 6, 6 }, { "ｱ", 1, 1 },
		{ "１２", 4, 4 }, { "e\xcc\x81", 1, 1 }, { "한", 2, 2 },
		{ "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", 2, 2 }, /* conjoining jamo */
		{ "·", 1, 2 }, { "…", 1, 2 }, { "─", 1, 2 }, { "\t", 1, 1 }, { "\x7f", 1, 1 },
		{ "\xf0\xa0\xae\xb7", 2, 2 },                     /* 𠮷 */
		{ "\xe2\x80\xae", 1, 2 },                         /* an override shows */
		{ "\xe2\x80\x8b", 0, 0 }, { "😀", 2, 2 }, { "\xff", 1, 2 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		text_set_ambiguous(false);
		assert_int_equal(text_width(rows[i].text), rows[i].narrow);
		text_set_ambiguous(true);
		assert_int_equal(text_width(rows[i].text), rows[i].wide);
	}
}

/* What ncursesw will do with everything we let through. The C library's
 * Unicode version and ICU's need not be the same: what either does not know
 * is left out. */
static void widths_agree_with_the_c_library(void **state)
{
	int differ = 0, compared = 0;

	(void)state;
	if (!setlocale(LC_CTYPE, "C.UTF-8")) {
		print_message("skipped: no C.UTF-8 locale\n");
		skip();
	}
	for (uint32_t cp = 0x20; cp < 0x20000; cp++) {
		char bytes[UTF8_MAX + 1] = "";
		int lib = wcwidth((wchar_t)cp);

		bytes[utf8_encode(cp, bytes)] = '\0';
		if (lib < 0 || strcmp(text_sanitise(bytes, &arena), bytes))
			continue;
		compared++;
		if (text_cp_width(cp) != lib && differ++ < 40)
			print_message("U+%04X: %d, the C library says %d (type %d)\n", cp,
				      text_cp_width(cp), lib, u_charType((UChar32)cp));
		arena_clear(&arena);
	}
	assert_true(compared > 60000);
	assert_true(differ == 0);
}

static void cut_never_splits(void **state)
{
	static const struct {
		const char *text;
		int cells;
		size_t bytes;
		int used;
	} rows[] = {
		{ "王小明", 6, 9, 6 }, { "王小明", 5, 6, 4 }, { "王小明", 1, 0, 0 },
		{ "王小明", 0, 0, 0 }, { "abc", 2, 2, 2 }, { "e\xcc\x81x", 1, 3, 1 },
		{ "a王", 2, 1, 1 }, { "", 3, 0, 0 }, { "x", -1, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int used;

		assert_int_equal(text_cut(rows[i].text, rows[i].cells, &used), rows[i].bytes);
		assert_int_equal(used, rows[i].used);
	}
}

static void fit_fills_exactly(void **state)
{
	static const struct {
		const char *text;
		int cells;
		enum text_align align;
		const char *want;
	} rows[] = {
		{ "ab", 4, TEXT_LEFT, "ab  " }, { "ab", 4, TEXT_RIGHT, "  ab" },
		{ "ab", 5, TEXT_CENTRE, " ab  " }, { "王小明", 6, TEXT_LEFT, "王小明" },
		{ "王小明", 5, TEXT_LEFT, "王小…" }, { "王小明", 4, TEXT_LEFT, "王… " },
		{ "王小明", 1, TEXT_LEFT, " " }, { "abcdef", 3, TEXT_RIGHT, "ab…" },
		{ "a\nb", 3, TEXT_LEFT, "a\xe2\x90\x8a" "b" }, { "x", 0, TEXT_LEFT, "" },
	};
	static const char *const hostile[] = {
		"王\xff小\x01明e\xcc\x81\xe2\x80\xae", "\xf0\x9f", "", "ａｂｃ·…─",
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_string_equal(text_fit_arena(rows[i].text, rows[i].cells, rows[i].align,
						   &arena), rows[i].want);
	for (int wide = 0; wide < 2; wide++) {
		text_set_ambiguous(wide);
		for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++)
			for (int cells = 0; cells < 24; cells++)
				assert_int_equal(text_width(text_fit_arena(hostile[i], cells,
					TEXT_CENTRE, &arena)), cells);
	}
}

static void cursor_steps_over_marks(void **state)
{
	const char *text = "ae\xcc\x81王\xff";

	(void)state;
	assert_int_equal(text_next(text, 0), 1);
	assert_int_equal(text_next(text, 1), 4);
	assert_int_equal(text_next(text, 4), 7);
	assert_int_equal(text_next(text, 7), 8);
	assert_int_equal(text_next(text, 8), 8);
	assert_int_equal(text_prev(text, 8), 7);
	assert_int_equal(text_prev(text, 4), 1);
	assert_int_equal(text_prev(text, 1), 0);
	assert_int_equal(text_prev(text, 0), 0);
	assert_int_equal(text_prev(text, 99), 7);
}

static void normal_forms(void **state)
{
	static const char *const ids[][2] = {
		{ "15 101 064 00123", "1510106400123" },
		{ "１５１０１０６４０００４２", "1510106400042" },
		{ "15-101-064-00001", "1510106400001" },
		{ "15\xc2\xa0" "101\xe3\x80\x80" "06\t4", "15101064" },
		{ "１５－１０１", "15101" },
		{ "15\n101", "15\n101" },       /* nothing else is dropped */
		{ "15\xe2\x80\x93" "101", "15\xe2\x80\x93" "101" },
		{ "", "" },
		{ "１\xff", "1\xef\xbf\xbd" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++)
		assert_string_equal(text_normalise_id(ids[i][0], &arena), ids[i][1]);
	assert_string_equal(text_nfkc("ﬁ①\xe2\x84\xab", &arena), "fi1\xc3\x85");
	assert_string_equal(text_fold("ＷangＸＭ ÄSS ß", &arena), "wangxm äss ss");
	assert_string_equal(text_fold("ABC-9", &arena), "abc-9");
	assert_string_equal(text_trim(" \t\xe3\x80\x80王 明\xc2\xa0\r\n", &arena), "王 明");
	assert_string_equal(text_trim("\xef\xbb\xbf x", &arena), "x");
	assert_string_equal(text_trim("   ", &arena), "");
	assert_string_equal(text_ascii_width("ＡＢ　１２ａ·王", &arena), "AB 12a·王");
	assert_true(text_has_control("a\x1b[2J"));
	assert_true(text_has_control("a\xc2\x85"));
	assert_true(text_has_control("a\xe2\x80\xa8"));
	assert_false(text_has_control("买买提·艾力"));
}

static void long_texts_grow(void **state)
{
	size_t count = 30000;
	char *text = mem_alloc(count * 3 + 1);
	char *out;

	(void)state;
	for (size_t i = 0; i < count; i++)
		memcpy(text + i * 3, "\xef\xb7\xba", 3); /* U+FDFA: 18 units each */
	out = text_nfkc(text, &arena);
	assert_int_equal(utf8_count(out), count * 18);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(decode_accepts_what_encode_writes),
		cmocka_unit_test(invalid_bytes_become_signs),
		cmocka_unit_test_teardown(widths_of_known_characters, arena_down),
		cmocka_unit_test_teardown(widths_agree_with_the_c_library, arena_down),
		cmocka_unit_test(cut_never_splits),
		cmocka_unit_test_teardown(fit_fills_exactly, arena_down),
		cmocka_unit_test(cursor_steps_over_marks),
		cmocka_unit_test_teardown(normal_forms, arena_down),
		cmocka_unit_test_teardown(long_texts_grow, arena_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
