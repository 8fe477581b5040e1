/* Working days with holidays and swapped days: DOMAIN.md 2.15. */
#include "tests/unit/shared.h"

#include "core/base/civil.h"
#include "core/rules/workday.h"

static int64_t day(const char *text)
{
	int64_t date;

	assert_true(date_parse(text, &date));
	return date;
}

/* National Day 2015: 1–7 October off, Saturday the 10th worked. */
static void autumn_2015(void **state)
{
	static const struct {
		const char *from;
		int count;
		const char *after;
	} rows[] = {
		{ "2015-09-29", 1, "2015-09-30" }, { "2015-09-29", 2, "2015-10-08" },
		{ "2015-09-29", 4, "2015-10-10" }, { "2015-09-29", 5, "2015-10-12" },
		{ "2015-10-03", 1, "2015-10-08" }, { "2015-10-09", 1, "2015-10-10" },
		{ "2015-10-16", 1, "2015-10-19" },
	};
	int64_t off[7], swapped[] = { day("2015-10-10") };
	struct workday_calendar calendar = { off, 7, swapped, 1 };

	(void)state;
	for (int i = 0; i < 7; i++)
		off[i] = day("2015-10-01") + i;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int64_t from = day(rows[i].from), to = day(rows[i].after);

		assert_int_equal(workday_after(&calendar, from, rows[i].count), to);
		assert_int_equal(workday_count(&calendar, from, to), rows[i].count);
	}
	assert_true(workday_is(&calendar, day("2015-10-10")));
	assert_false(workday_is(&calendar, day("2015-10-11")));
	assert_false(workday_is(&calendar, day("2015-10-07")));
	assert_int_equal(workday_count(&calendar, day("2015-10-12"), day("2015-10-12")), 0);
	assert_int_equal(workday_count(&calendar, day("2015-10-12"), day("2015-10-01")), 0);
}

static void a_year_of_closed_days_ends(void **state)
{
	enum { DAYS = 5000 };
	static int64_t off[DAYS];
	struct workday_calendar calendar = { off, DAYS, NULL, 0 };

	(void)state;
	for (int i = 0; i < DAYS; i++)
		off[i] = i;
	assert_true(workday_after(&calendar, 0, 5) >= 3660);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(autumn_2015),
		cmocka_unit_test(a_year_of_closed_days_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
