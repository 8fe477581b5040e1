/* QR codes: the fixed parts of every symbol, both ways of drawing, limits. That
 * others read them is tested in tests/contract/report_test.sh with zbarimg. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "core/base/text.h"
#include "core/codec/qr.h"
#include "core/model/reason.h"

static void make(const char *text, enum qr_level level, struct qr *qr, struct arena *arena)
{
	struct error err = ERROR_INIT;

	assert_int_equal(qr_make(text, level, qr, arena, &err), 0);
}

/* The three corner patterns and their light edge: a dark frame of seven around
 * a light one around three by three. */
static void test_finder(void **state)
{
	struct arena arena = ARENA_INIT;
	struct qr qr;

	(void)state;
	make("HTTPS://EXAMPLE.ORG/1", QR_MEDIUM, &qr, &arena);
	assert_int_equal(qr.side, 25);
	for (int corner = 0; corner < 3; corner++) {
		const int left = corner == 1 ? qr.side - 7 : 0, top = corner == 2 ? qr.side - 7 : 0;

		for (int y = -1; y < 8; y++)
			for (int x = -1; x < 8; x++) {
				const int dx = x > 3 ? x - 3 : 3 - x, dy = y > 3 ? y - 3 : 3 - y;
				const int ring = dx > dy ? dx : dy;

				if (x + left < qr.side && y + top < qr.side)
					assert_int_equal(qr_dark(&qr, left + x, top + y),
							 ring == 3 || ring <= 1);
			}
	}
	arena_release(&arena);
}

/* Both drawings hold the same modules. */
static void test_drawings(void **state)
{
	struct buf half = BUF_INIT, ascii = BUF_INIT;
	struct arena arena = ARENA_INIT;
	struct qr qr;

	(void)state;
	make("学分申请受理单", QR_LOW, &qr, &arena);
	for (int inverted = 0; inverted < 2; inverted++)
		for (int n = 0; n < qr_lines(&qr, QR_ASCII); n++) {
			const char *at;

			buf_clear(&ascii);
			buf_clear(&half);
			qr_line(&qr, QR_ASCII, inverted, n, &ascii);
			qr_line(&qr, QR_HALF_BLOCKS, inverted, n / 2, &half);
			assert_int_equal(ascii.len, qr_cells(&qr, QR_ASCII));
			assert_int_equal(text_width(buf_cstr(&half)), qr_cells(&qr, QR_HALF_BLOCKS));
			at = buf_cstr(&half);
			for (size_t x = 0; x < ascii.len / 2; x++) {
				uint32_t cp;
				bool ink;

				at += utf8_decode(at, strlen(at), &cp);
				ink = cp == 0x2588 || cp == (n % 2 ? 0x2584u : 0x2580u);
				assert_int_equal(ink, ascii.bytes[2 * x] == '#');
			}
		}
	buf_release(&half);
	buf_release(&ascii);
	arena_release(&arena);
}

/* The quiet zone is four light modules on every side. */
static void test_quiet(void **state)
{
	struct arena arena = ARENA_INIT;
	struct buf out = BUF_INIT;
	struct qr qr;

	(void)state;
	make("1", QR_LOW, &qr, &arena);
	for (int n = 0; n < QR_QUIET; n++) {
		buf_clear(&out);
		qr_line(&qr, QR_ASCII, false, n, &out);
		assert_null(strchr(buf_cstr(&out), '#'));
		buf_clear(&out);
		qr_line(&qr, QR_ASCII, false, qr_lines(&qr, QR_ASCII) - 1 - n, &out);
		assert_null(strchr(buf_cstr(&out), '#'));
	}
	for (int n = 0; n < qr_lines(&qr, QR_ASCII); n++) {
		buf_clear(&out);
		qr_line(&qr, QR_ASCII, false, n, &out);
		assert_true(strspn(buf_cstr(&out), " ") >= 2 * QR_QUIET);
	}
	assert_false(qr_dark(&qr, -1, 0));
	assert_false(qr_dark(&qr, 0, qr.side));
	buf_release(&out);
	arena_release(&arena);
}

static void test_too_long(void **state)
{
	static char text[QR_BYTES_MAX * 2];
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct qr qr;

	(void)state;
	memset(text, 'a', QR_BYTES_MAX);
	make(text, QR_MEDIUM, &qr, &arena);
	assert_int_equal(qr.side, QR_SIDE_MAX);
	memset(text, 'a', QR_BYTES_MAX + 1);
	assert_int_equal(qr_make(text, QR_MEDIUM, &qr, &arena, &err), OV_EREFUSED);
	assert_int_equal(err.reason, REASON_QR_TOO_LONG);
	assert_int_equal(qr.side, 0);
	arena_release(&arena);
}

static void test_empty(void **state)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct qr qr;

	(void)state;
	assert_int_equal(qr_make("", QR_LOW, &qr, &arena, &err), OV_EREFUSED);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_finder), cmocka_unit_test(test_drawings),
		cmocka_unit_test(test_quiet), cmocka_unit_test(test_too_long),
		cmocka_unit_test(test_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
