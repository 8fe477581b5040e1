/* Timetables as iCalendar: folding, escapes, times past midnight. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "core/base/text.h"
#include "core/codec/ics.h"

static void test_escape(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	ics_line(&out, "SUMMARY", "a,b;c\\d\ne\r");
	assert_string_equal(buf_cstr(&out), "SUMMARY:a\\,b\\;c\\\\d\\ne\r\n");
	buf_release(&out);
}

/* No line has more than 75 octets, none begins inside a character, and with
 * the folds taken out the text is as it was. */
static void test_fold(void **state)
{
	const char *han = "汽车制造与装配技术汽车制造与装配技术汽车制造与装配技术汽车制造与装配技术汽车";
	struct buf out = BUF_INIT, joined = BUF_INIT;
	const char *line, *end;

	(void)state;
	ics_line(&out, "SUMMARY", han);
	for (line = buf_cstr(&out); *line; line = end + 2) {
		end = strstr(line, "\r\n");
		assert_non_null(end);
		assert_true(end - line <= 75);
		assert_true(utf8_valid(line, (size_t)(end - line)));
		if (line != out.bytes)
			assert_int_equal(*line++, ' ');
		buf_add(&joined, line, (size_t)(end - line));
	}
	assert_memory_equal(buf_cstr(&joined), "SUMMARY:", 8);
	assert_string_equal(buf_cstr(&joined) + 8, han);
	buf_release(&out);
	buf_release(&joined);
}

static void test_event(void **state)
{
	const struct calendar_event event = {
		.id = 7, .rev = 3, .mode = MODE_PRACTICE, .state = SESSION_PUBLISHED,
		.on_date = date_from_civil(2015, 9, 12), .start_min = 1380, .end_min = 1500,
		.course = "Welding", .room = "B2-101", .room_name = "Hall", .cohorts = "C-1",
		.branch = "101", .changed_at = 0,
	};
	struct buf out = BUF_INIT;
	const char *text;

	(void)state;
	ics_begin(&out, "C-1", 8 * 3600, 0);
	ics_add(&out, &event);
	ics_end(&out);
	text = buf_cstr(&out);
	assert_non_null(strstr(text, "UID:session-7@101.overpass\r\n"));
	assert_non_null(strstr(text, "SEQUENCE:2\r\n"));
	assert_non_null(strstr(text, "DTSTAMP:19700101T000000Z\r\n"));
	assert_non_null(strstr(text, "DTSTART;TZID=Asia/Shanghai:20150912T230000\r\n"));
	assert_non_null(strstr(text, "DTEND;TZID=Asia/Shanghai:20150913T010000\r\n"));
	assert_non_null(strstr(text, "STATUS:CONFIRMED\r\n"));
	assert_non_null(strstr(text, "CATEGORIES:PRACTICE\r\n"));
	assert_non_null(strstr(text, "TZOFFSETTO:+0800\r\n"));
	assert_memory_equal(text, "BEGIN:VCALENDAR\r\n", 17);
	buf_release(&out);
}

static void test_cancelled(void **state)
{
	const struct calendar_event event = {
		.id = 1, .rev = 1, .mode = MODE_ONLINE, .state = SESSION_CANCELLED, .end_min = 60,
		.course = "Maths", .join_url = "https://example.org/a,b",
	};
	struct buf out = BUF_INIT;

	(void)state;
	ics_add(&out, &event);
	assert_non_null(strstr(buf_cstr(&out), "STATUS:CANCELLED\r\n"));
	assert_non_null(strstr(buf_cstr(&out), "URL:https://example.org/a,b\r\n"));
	assert_non_null(strstr(buf_cstr(&out), "LOCATION:https://example.org/a\\,b\r\n"));
	buf_release(&out);
}

/* A moved meeting takes place at its new time until it is published again. */
static void test_moved(void **state)
{
	const struct calendar_event event = { .id = 2, .rev = 5, .state = SESSION_MOVED,
					      .end_min = 60, .course = "Maths" };
	struct buf out = BUF_INIT;

	(void)state;
	ics_add(&out, &event);
	assert_non_null(strstr(buf_cstr(&out), "STATUS:TENTATIVE\r\n"));
	assert_non_null(strstr(buf_cstr(&out), "SEQUENCE:4\r\n"));
	buf_release(&out);
}

/* Nothing that a person typed makes a line of its own, or a control character. */
static void test_hostile(void **state)
{
	const struct calendar_event event = {
		.id = 3, .rev = 1, .mode = MODE_ONLINE, .end_min = 60,
		.course = "A\x01\x1b[31m\x7f", .teacher = "X\r\nATTENDEE:mailto:x",
		.join_url = "https://x/\r\nEND:VCALENDAR",
	};
	struct buf out = BUF_INIT;

	(void)state;
	ics_add(&out, &event);
	assert_non_null(strstr(buf_cstr(&out), "SUMMARY:A[31m · "));
	assert_non_null(strstr(buf_cstr(&out), "URL:https://x/END:VCALENDAR\r\n"));
	assert_null(strstr(buf_cstr(&out), "\r\nATTENDEE"));
	assert_null(strstr(buf_cstr(&out), "\r\nEND:VCALENDAR"));
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_escape),
		cmocka_unit_test(test_fold),
		cmocka_unit_test(test_event),
		cmocka_unit_test(test_cancelled),
		cmocka_unit_test(test_moved),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
