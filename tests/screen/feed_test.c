/* The address of a calendar feed on the screen: a bearer secret that is shown
 * once, with a code that a phone reads. */
#include <string.h>

#include "tests/screen/cmocka.h"
#include "tests/screen/fake_store.h"
#include "tests/screen/harness.h"
#include "tui/app_internal.h"
#include "tui/views/feed_view.h"
#include "tui/views/views.h"

static struct fake_world world;

static struct screen *start_as(const char *login)
{
	struct screen_options options = { .rows = 24, .cols = 80, .language = "en",
					  .views = &overpass_views, .login = login };

	memset(&world, 0, sizeof world);
	options.source = fake_source(&world);
	return screen_open(&options);
}

/* Rows on which a code stands. */
static int code_rows(struct screen *screen)
{
	int rows = 0;

	for (int row = 0; row < 24; row++)
		rows += strstr(screen_row(screen, row), "▀") != NULL;
	return rows;
}

static void it_is_made_once_and_shown(void **state)
{
	struct screen *screen = start_as("front_desk.1");

	(void)state;
	screen_type(screen, "wxm");
	screen_keys(screen, "Enter f");
	assert_int_equal(world.executed, 0); /* not before it is saved */
	assert_true(screen_shows(screen, "Learner     王小明 "));
	assert_false(screen_shows(screen, "王小王小明"));
	assert_int_equal(code_rows(screen), 0);
	screen_keys(screen, "C-s");
	assert_string_equal(world.last_command, "feed.create");
	assert_true(screen_shows(screen, "/v1/f"));
	assert_true(code_rows(screen) > 10);
	screen_keys(screen, "Esc");
	assert_int_equal(code_rows(screen), 0);
	assert_false(screen_shows(screen, "https://"));
	assert_int_equal(world.executed, 1);
	screen_close(screen);
}

static void who_may_not_gets_no_form(void **state)
{
	struct screen *screen = start_as("viewer.1");

	(void)state;
	screen_type(screen, "wxm");
	screen_keys(screen, "Enter f C-s");
	assert_int_equal(world.assessed, 0);
	assert_int_equal(world.executed, 0);
	assert_int_equal(code_rows(screen), 0);
	screen_close(screen);
}

/* A person's is never copied; a cohort's hangs on the wall anyway. */
static void a_person_s_address_is_not_copied(void **state)
{
	struct screen *screen = start_as("scheduler.1");

	(void)state;
	screen_app(screen)->options.may_copy = true;
	screen_type(screen, "wxm");
	screen_keys(screen, "Enter f C-s C-y");
	assert_string_equal(screen_clipboard(screen), "");
	assert_true(screen_shows(screen, "isn't copied"));
	screen_keys(screen, "Esc F3 Enter f C-s C-y");
	assert_string_not_equal(screen_clipboard(screen), "");
	screen_close(screen);
}

/* Locked, or left alone for some minutes: the address is gone for good. */
static void it_goes_with_the_lock(void **state)
{
	struct screen *screen = start_as("front_desk.1");

	(void)state;
	screen_type(screen, "wxm");
	screen_keys(screen, "Enter f C-s");
	app_lock(screen_app(screen));
	screen_settle(screen);
	assert_false(screen_shows(screen, "https://"));
	assert_int_equal(code_rows(screen), 0);
	app_unlock(screen_app(screen));
	screen_settle(screen);
	assert_false(screen_shows(screen, "https://"));
	assert_int_equal(code_rows(screen), 0);
	screen_close(screen);
}

static void it_goes_by_itself(void **state)
{
	struct screen *screen = start_as("front_desk.1");
	struct view *view;

	(void)state;
	screen_type(screen, "wxm");
	screen_keys(screen, "Enter f C-s");
	view = app_top(screen_app(screen));
	assert_ptr_equal(view->class, &feed_class);
	assert_true(view->wake_at > clock_monotonic_ms());
	assert_true(view->wake_at <= clock_monotonic_ms() + FEED_SHOWN_S * 1000);
	view->class->wake(view);
	app_repaint(screen_app(screen));
	screen_settle(screen);
	assert_true(screen_shows(screen, "put away"));
	assert_int_equal(code_rows(screen), 0);
	screen_close(screen);
}

/* A longer address costs the code some quiet zone, a very long one the code. */
static void long_addresses_stay_within_the_screen(void **state)
{
	static const struct {
		const char *url;
		bool coded;
	} cases[] = {
		{ "https://c.cn/v1/feeds/Qm9sdHpNYWtlRmVlZHMt4x.ics", true },
		{ "https://timetables.learning-centre-of-the-plant.example.edu.cn:8443/v1/feeds/Qm9sdHpNYWtlRmVlZHMt4x.ics", true },
		{ "https://timetables.learning-centre-of-the-plant.example.edu.cn:8443/a/very/long/way/to/it/"
		  "that/no/small/code/has/room/for/v1/feeds/Qm9sdHpNYWtlRmVlZHMt4x.ics", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct screen *screen = start_as("front_desk.1");

		world.feed_url = cases[i].url;
		screen_type(screen, "wxm");
		screen_keys(screen, "Enter f C-s");
		assert_int_equal(code_rows(screen) > 0, cases[i].coded);
		assert_int_equal(screen_shows(screen, "too small"), !cases[i].coded);
		assert_true(screen_shows(screen, "Esc: done"));
		assert_true(screen_shows(screen, "4x.ics"));
		screen_close(screen);
	}
}

/* The first answer got lost: the second has no address, and says so. */
static void a_lost_answer_is_told(void **state)
{
	struct screen *screen = start_as("front_desk.1");

	(void)state;
	world.feed_url = "";
	screen_type(screen, "wxm");
	screen_keys(screen, "Enter f C-s");
	assert_int_equal(code_rows(screen), 0);
	assert_true(screen_shows(screen, "make another feed"));
	screen_close(screen);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_made_once_and_shown),
		cmocka_unit_test(who_may_not_gets_no_form),
		cmocka_unit_test(a_person_s_address_is_not_copied),
		cmocka_unit_test(it_goes_with_the_lock),
		cmocka_unit_test(it_goes_by_itself),
		cmocka_unit_test(long_addresses_stay_within_the_screen),
		cmocka_unit_test(a_lost_answer_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
