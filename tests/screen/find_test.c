/* Finding a row of a list by its letters (views/find_view.h), and who has a number that
 * is typed or scanned (app_scan.c). */
#include <poll.h>
#include <string.h>

#include "tests/screen/cmocka.h"
#include "tests/screen/fake_store.h"
#include "tests/screen/harness.h"
#include "tui/views/views.h"

static struct fake_world world;

static struct screen *start(int cols)
{
	struct screen_options options = { .rows = 24, .cols = cols, .language = "en",
					  .views = &overpass_views, .login = "front_desk.1" };

	memset(&world, 0, sizeof world);
	options.source = fake_source(&world);
	return screen_open(&options);
}

/* The row the marker is on. */
static const char *marked(struct screen *screen)
{
	for (int row = 0; row < 24; row++) {
		const char *text = screen_row(screen, row);

		if (text[0] == '>')
			return text;
	}
	return "";
}

static bool marked_has(struct screen *screen, const char *text)
{
	return strstr(marked(screen), text) != NULL;
}

static void a_row_is_found_in_the_list(void **state)
{
	struct screen *screen = start(80);
	int searches, row, col;

	(void)state;
	screen_keys(screen, "C-s"); /* no rows yet */
	assert_false(screen_shows(screen, "Find in this list"));
	screen_type(screen, "wxm");
	searches = world.searches;
	screen_keys(screen, "C-s");
	screen_type(screen, "ayg"); /* by pinyin */
	assert_true(marked_has(screen, "阿依古丽"));
	screen_keys(screen, "BS BS BS");
	assert_true(marked_has(screen, "王小明"));
	/* Beginnings go before what is inside; on from there, round the end, and back. */
	screen_type(screen, "gc1502");
	assert_true(marked_has(screen, "王晓敏"));
	screen_keys(screen, "C-s");
	assert_true(marked_has(screen, "Wang Xiaoming"));
	screen_keys(screen, "Down");
	assert_true(marked_has(screen, "王晓敏"));
	screen_keys(screen, "C-r");
	assert_true(marked_has(screen, "Wang Xiaoming"));
	assert_true(screen_shows(screen, "王小明")); /* the list is as it was */
	screen_cursor(screen, &row, &col);
	assert_int_equal(row, 22); /* where the letters are typed */
	screen_keys(screen, "Enter");
	assert_false(screen_shows(screen, "Find in this list"));
	assert_true(marked_has(screen, "Wang Xiaoming"));
	/* None has it: said, and nothing moves; Esc goes back to where it began. */
	screen_keys(screen, "C-s");
	screen_type(screen, "小");
	assert_true(marked_has(screen, "王小明"));
	screen_type(screen, "zz");
	assert_true(screen_shows(screen, "No row has it"));
	screen_keys(screen, "C-s C-r");
	assert_true(marked_has(screen, "王小明"));
	screen_keys(screen, "Esc");
	assert_true(marked_has(screen, "Wang Xiaoming"));
	/* A letter that moves no marker costs a byte. */
	screen_keys(screen, "C-s");
	screen_type(screen, "g");
	screen_written(screen);
	screen_type(screen, "c");
	assert_int_equal(screen_written(screen), 1);
	assert_int_equal(world.searches, searches);
	screen_close(screen);
}

static void what_is_not_shown_is_not_found(void **state)
{
	struct screen *screen = start(80); /* no room for the plant */

	(void)state;
	screen_type(screen, "wxm");
	screen_keys(screen, "C-s");
	screen_type(screen, "株洲");
	assert_true(screen_shows(screen, "No row has it"));
	screen_close(screen);
	screen = start(120);
	screen_type(screen, "wxm");
	screen_keys(screen, "C-s");
	screen_type(screen, "株洲");
	assert_true(marked_has(screen, "吴雪梅"));
	screen_close(screen);
}

/* Digits go in as they come; Enter behind a scanner's burst looks up just that. */
static void a_number_is_not_held_back(void **state)
{
	struct screen *screen = start(80);
	int searches;

	(void)state;
	screen_settle_wakes(screen);
	/* One request for all of it. */
	searches = world.searches;
	screen_bytes(screen, "1500110417001\r", 14);
	assert_string_equal(world.last_text, "1500110417001");
	assert_int_equal(world.searches, searches + 1);
	/* What a hand typed before isn't part of it. */
	screen_keys(screen, "F2 Esc Esc C-u");
	screen_type(screen, "25");
	poll(NULL, 0, 40); /* a hand's pause */
	screen_bytes(screen, "1500110417001\r", 14);
	assert_string_equal(world.last_text, "1500110417001");
	/* Letters pick rows by a digit: there a number is a scanner's or it is none. */
	screen_keys(screen, "F2 Esc Esc C-u");
	screen_type(screen, "wxm");
	screen_bytes(screen, "1500110417001\r", 14);
	assert_string_equal(world.last_text, "1500110417001");
	screen_close(screen);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_row_is_found_in_the_list),
		cmocka_unit_test(what_is_not_shown_is_not_found),
		cmocka_unit_test(a_number_is_not_held_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
