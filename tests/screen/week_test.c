/* The cohort pane at its edges: headings, names of two hundred cells, a cohort
 * of ten thousand. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/text.h"
#include "tests/screen/cmocka.h"
#include "tests/screen/fake_store.h"
#include "tests/screen/harness.h"
#include "tui/app_internal.h"
#include "tui/views/views.h"

static struct fake_world world;

static struct screen *start(int rows, int cols, const char *language)
{
	struct screen_options options = { .rows = rows, .cols = cols, .language = language,
					  .views = &overpass_views, .login = "scheduler.1" };

	options.source = fake_source(&world);
	return screen_open(&options);
}

static const struct {
	int rows, cols;
	const char *language;
} shapes[] = { { 24, 80, "en" }, { 24, 80, "zh_CN" }, { 40, 120, "zh_CN" }, { 50, 200, "en" } };

enum { SHAPES = sizeof shapes / sizeof shapes[0] };

static void headings_are_whole(void **state)
{
	(void)state;
	memset(&world, 0, sizeof world);
	for (size_t i = 0; i < SHAPES; i++) {
		struct screen *screen = start(shapes[i].rows, shapes[i].cols, shapes[i].language);

		screen_keys(screen, "F3");
		assert_null(strchr(screen_row(screen, 3), '~'));
		assert_non_null(strstr(screen_row(screen, 3), strcmp(shapes[i].language, "en") ? "入学批次" :
				       "Intake"));
		/* Nor is any name of the demo cohorts. */
		assert_null(strchr(screen_row(screen, 4), '~'));
		assert_null(strchr(screen_row(screen, 5), '~'));
		screen_keys(screen, "o"); /* how busy rooms are, day by day */
		assert_null(strchr(screen_row(screen, 3), '~'));
		screen_close(screen);
	}
}

/* Days of the week stand in one row, whatever a name holds; so does the date. */
static void long_names_break_no_line(void **state)
{
	static const char *const keys[] = { "F3 Enter", "Down", "m", "Esc Tab", "Down" };

	(void)state;
	for (size_t i = 0; i < SHAPES; i++) {
		struct screen *screen;

		world = (struct fake_world){ .long_names = true };
		screen = start(shapes[i].rows, shapes[i].cols, shapes[i].language);
		for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++) {
			screen_keys(screen, keys[k]);
			for (int row = 0; row < shapes[i].rows; row++)
				assert_true(text_width(screen_row(screen, row)) <= shapes[i].cols);
			/* Title and keys are where they were. */
			assert_non_null(strstr(screen_row(screen, 0), "Overpass"));
			assert_non_null(strstr(screen_row(screen, shapes[i].rows - 1), "F1"));
			if (k < 2) {
				assert_non_null(strstr(screen_row(screen, 1), "2026-02-23..03-01"));
				assert_non_null(strstr(screen_row(screen, 3), "23"));
			}
		}
		screen_close(screen);
	}
}

static int64_t cpu_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* What a key costs doesn't grow with the members: it would be seconds. */
static void ten_thousand_members_answer_keys(void **state)
{
	static const char keys[] = "Tab Down Down PgDn PgDn End PgUp Home Tab ] [ Down Right Left Up Tab End Tab";
	int64_t took[2];

	(void)state;
	for (int large = 0; large < 2; large++) {
		struct screen *screen;
		int64_t began;

		world = (struct fake_world){ .members = large ? 10000 : 100 };
		screen = start(24, 80, "en");
		screen_keys(screen, "F3 Enter");
		assert_true(screen_shows(screen, large ? "10006 learners" : "106 learners"));
		began = cpu_us();
		screen_keys(screen, keys);
		took[large] = cpu_us() - began;
		assert_true(screen_shows(screen, "2026-02-23..03-01"));
		screen_keys(screen, "Tab End");
		assert_true(screen_shows(screen, large ? "1500100010099" : "1500100000199"));
		screen_close(screen);
	}
	print_message("# keys of a week: %lld us with 106 members, %lld us with 10006\n",
		      (long long)took[0], (long long)took[1]);
	/* ] and [ read the card again, ten thousand records each. */
	if (!getenv("OV_SLOW"))
		assert_true(took[1] < 2000000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headings_are_whole),
		cmocka_unit_test(long_names_break_no_line),
		cmocka_unit_test(ten_thousand_members_answer_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
