/* What a file of evidence is, told from its bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "core/codec/file_look.h"

struct sample {
	const char *bytes;
	size_t len;
	const char *kind, *ending;
};

#define BYTES(text) text, sizeof text - 1

static const struct sample samples[] = {
	{ BYTES("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), "PDF document", ".pdf" },
	{ BYTES("\xff\xd8\xff\xe0\0\x10JFIF"), "JPEG picture", ".jpg" },
	{ BYTES("\x89PNG\r\n\x1a\n\0\0"), "PNG picture", ".png" },
	{ BYTES("II*\0\x08"), "TIFF picture", ".tif" },
	{ BYTES("MM\0*\0"), "TIFF picture", ".tif" },
	{ BYTES("RIFF\1\2\3\4WEBPVP8 "), "WebP picture", ".webp" },
	{ BYTES("\0\0\0\x18" "ftypheic"), "HEIC picture", ".heic" },
	{ BYTES("PK\3\4\x14"), "ZIP archive or office document", ".zip" },
	{ BYTES("MZ\x90"), "program", "" },
	{ BYTES("%PDF"), "text", ".txt" }, /* cut before the sign is whole */
	{ BYTES("\xff\xd8"), "unknown kind", "" },
	{ BYTES("one\0two"), "unknown kind", "" },
	{ BYTES("\x1b[2J"), "unknown kind", "" }, /* would clear the screen */
	{ BYTES("成绩 85\n"), "text", ".txt" },
	{ "", 0, "unknown kind", "" },
};

static void kind_comes_from_the_bytes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
		struct file_look look = file_look(samples[i].bytes, samples[i].len);

		assert_string_equal(look.kind, samples[i].kind);
		assert_string_equal(look.ending, samples[i].ending);
	}
}

static void text_is_utf8_or_gb18030(void **state)
{
	struct arena arena = ARENA_INIT;

	(void)state;
	assert_string_equal(file_text(BYTES("\xef\xbb\xbf" "焊工\r\n"), &arena), "焊工\r\n");
	/* The same in GB18030, and a character of four bytes (U+20000). */
	assert_string_equal(file_text(BYTES("\xba\xb8\xb9\xa4"), &arena), "焊工");
	assert_string_equal(file_text(BYTES("\xba\xb8\x95\x32\x82\x36"), &arena), "焊𠀀");
	assert_null(file_text(BYTES("\xba\xb8\xb9"), &arena)); /* cut in the middle */
	assert_null(file_text(BYTES("a\x07" "b"), &arena));
	assert_null(file_text(BYTES("\xc2\x9b" "2J"), &arena)); /* a C1 control */
	assert_null(file_text("", 0, &arena));
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kind_comes_from_the_bytes),
		cmocka_unit_test(text_is_utf8_or_gb18030),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
