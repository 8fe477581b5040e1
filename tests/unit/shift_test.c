/* "Is this learner free then?": SH-01…12 of DOMAIN.md 2.4 and our own. */
#include "tests/unit/shared.h"

#include "core/base/civil.h"
#include "core/rules/shift.h"

static int64_t day(const char *text)
{
	int64_t date;

	assert_true(date_parse(text, &date));
	return date;
}

static void worked_vectors(void **state)
{
	static const struct {
		const char *day;
		int64_t offset;
		char slot;
		int64_t start, end;
		const char *result;
	} rows[] = {
		{ "2015-09-01", 0, 'D', 1080, 1200, "free" },
		{ "2015-09-01", 0, 'D', 1020, 1140, "free" },
		{ "2015-09-01", 0, 'D', 1015, 1045, "work D" },
		{ "2015-09-03", 0, 'N', 1080, 1140, "free" },
		{ "2015-09-03", 0, 'N', 600, 1140, "free" },
		{ "2015-09-04", 0, 'N', 900, 1020, "rest after N" },
		{ "2015-09-05", 0, 'R', 900, 1020, "rest after N" },
		{ "2015-09-05", 0, 'R', 960, 1080, "free" },
		{ "2015-09-06", 0, 'R', 480, 600, "free" },
		{ "2015-08-31", 0, 'R', 480, 600, "free" },
		{ "2015-09-02", 3, 'R', 480, 540, "work N" },
		{ "2015-09-07", 0, 'D', 480, 600, "work D" },
		/* the next day's shift is met by a session that ends after midnight */
		{ "2015-09-06", 0, 'R', 1380, 1440 + 421, "work D" },
		{ "2015-09-06", 0, 'R', 1380, 1440 + 420, "free" },
		/* far before the anchor, and a negative offset */
		{ "1999-12-31", -600000, 'R', 0, 1, NULL },
	};
	struct shift_cycle cycle = {
		.cycle = "DDNNRR", .anchor_on = day("2015-09-01"), .buffer_min = 60,
		.rest_after_n_min = 480,
	};

	(void)state;
	cycle.times[SHIFT_D] = (struct shift_times){ 480, 480 };
	cycle.times[SHIFT_N] = (struct shift_times){ 1200, 720 };
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char letter, text[16], slot = shift_slot(&cycle, day(rows[i].day), rows[i].offset);
		enum shift_answer answer = shift_question(&cycle, day(rows[i].day), rows[i].offset,
							  rows[i].start, rows[i].end, &letter);

		assert_non_null(strchr("DNR", slot));
		if (!rows[i].result)
			continue;
		assert_int_equal(slot, rows[i].slot);
		assert_string_equal(shift_answer_text(answer, letter, text), rows[i].result);
	}
}

static void a_pattern_without_letters_or_times_rests(void **state)
{
	struct shift_cycle cycle = { .cycle = "", .buffer_min = 60, .rest_after_n_min = 480 };
	char letter;

	(void)state;
	assert_int_equal(shift_slot(&cycle, 5, 5), 'R');
	assert_int_equal(shift_question(&cycle, 0, 0, 0, 1440, &letter), SHIFT_FREE);
	cycle.cycle = "E";
	assert_int_equal(shift_question(&cycle, 0, 0, 0, 1440, &letter), SHIFT_FREE);
	cycle.times[SHIFT_E] = (struct shift_times){ 960, 480 };
	assert_int_equal(shift_question(&cycle, 0, 0, 0, 1440, &letter), SHIFT_WORK);
	assert_int_equal(letter, 'E');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(worked_vectors),
		cmocka_unit_test(a_pattern_without_letters_or_times_rests),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
