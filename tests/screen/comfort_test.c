/* What makes the work easy: those opened last, people put aside, keys by habit. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/screen/cmocka.h"
#include "tests/screen/fake_store.h"
#include "tests/screen/harness.h"
#include "tui/app_internal.h"
#include "tui/views/views.h"

static struct fake_world world;

static struct screen *start_as(const char *login, const char *state_dir)
{
	struct screen_options options = { .rows = 24, .cols = 80, .language = "en",
					  .views = &overpass_views, .login = login,
					  .state_dir = state_dir };

	memset(&world, 0, sizeof world);
	options.source = fake_source(&world);
	return screen_open(&options);
}

static const char *state_dir_make(char out[64])
{
	snprintf(out, 64, "/tmp/overpass-state-XXXXXX");
	assert_non_null(mkdtemp(out));
	return out;
}

static void state_dir_remove(const char *dir)
{
	struct dirent *entry;
	DIR *list = opendir(dir);

	assert_non_null(list);
	while ((entry = readdir(list)) != NULL) {
		if (entry->d_name[0] != '.')
			assert_int_equal(unlinkat(dirfd(list), entry->d_name, 0), 0);
	}
	closedir(list);
	assert_int_equal(rmdir(dir), 0);
}

/* Those opened last stand there before a key is typed, each person's own; and
 * in the file are ids alone. */
static void opened_last_come_first(void **state)
{
	char dir[64];
	struct screen *screen = start_as("front_desk.1", state_dir_make(dir));

	(void)state;
	assert_int_equal(world.searches, 0);
	screen_type(screen, "wxm");
	screen_keys(screen, "Enter Esc C-u");
	assert_string_equal(world.last_text, "#1");
	assert_true(screen_shows(screen, "opened last"));
	screen_type(screen, "wxm3");
	screen_keys(screen, "Esc C-u");
	assert_string_equal(world.last_text, "#3 #1");
	/* Pinned: first, and it stays there. */
	screen_type(screen, "wxm5");
	screen_keys(screen, "* Esc C-u");
	assert_string_equal(world.last_text, "#5 #3 #1");
	screen_type(screen, "wxm2");
	screen_keys(screen, "Esc C-u");
	assert_string_equal(world.last_text, "#5 #2 #3 #1");
	screen_close(screen);
	screen = start_as("verifier.1", dir);
	assert_string_equal(world.last_text, "");
	screen_close(screen);
	screen = start_as("front_desk.1", dir);
	assert_string_equal(world.last_text, "#5 #2 #3 #1");
	screen_close(screen);
	state_dir_remove(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(opened_last_come_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
