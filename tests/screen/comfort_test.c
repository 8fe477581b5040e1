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
#include "tui/views/undo.h"
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

/* z puts a person aside with what was typed; Alt-1 brings both back: two keys. */
static void a_person_is_put_aside_and_brought_back(void **state)
{
	struct screen *screen = start_as("front_desk.1", NULL);

	(void)state;
	screen_type(screen, "wxm");
	screen_keys(screen, "Enter z");
	assert_true(screen_shows(screen, "Put aside: 王小明. Alt-1 brings it back"));
	assert_true(screen_shows(screen, "1 王小明"));
	/* A form goes with its text; the one served now takes the place. */
	screen_type(screen, "wxm3n");
	screen_keys(screen, "F4 a");
	screen_type(screen, "T-WELD");
	screen_bytes(screen, "\0331", 2);
	assert_false(screen_shows(screen, "T-WELD"));
	screen_keys(screen, "Esc");
	screen_close(screen);
	screen = start_as("reviewer1.1", NULL);
	screen_keys(screen, "F4 Enter r");
	screen_type(screen, "not legible");
	screen_bytes(screen, "\033z", 2);
	assert_true(screen_shows(screen, "Lookup"));
	assert_false(screen_shows(screen, "not legible"));
	screen_bytes(screen, "\0331", 2);
	assert_true(screen_shows(screen, "not legible"));
	screen_bytes(screen, "\0332", 2);
	assert_true(screen_shows(screen, "not legible"));
	screen_close(screen);
}

/* Put aside by one, never shown to another. */
static void the_next_person_finds_nobody_put_aside(void **state)
{
	struct screen *screen = start_as("front_desk.1", NULL);

	(void)state;
	screen_type(screen, "wxm");
	screen_keys(screen, "Enter z");
	screen_bytes(screen, "\030l", 2);
	assert_false(screen_shows(screen, "王小明"));
	assert_true(screen_shows(screen, "any key goes on"));
	screen_keys(screen, "Tab C-u");
	screen_type(screen, "verifier.1");
	screen_keys(screen, "Enter Enter");
	screen_bytes(screen, "\0331", 2);
	assert_false(screen_shows(screen, "王小明"));
	screen_close(screen);
}

/* A scanner's burst is a look-up wherever the focus is, and what was under way
 * is put aside. */
static void a_scanned_number_is_looked_up(void **state)
{
	struct screen *screen = start_as("reviewer1.1", NULL);

	(void)state;
	screen_keys(screen, "F4 Enter r");
	screen_type(screen, "not legible");
	screen_bytes(screen, "1500110417001\r", 14);
	assert_string_equal(world.last_text, "1500110417001");
	assert_int_equal(world.executed, 0);
	screen_keys(screen, "F4");
	assert_true(screen_shows(screen, "not legible"));
	/* Few digits are typed ones. */
	screen_keys(screen, "Esc Esc F2 C-u");
	screen_bytes(screen, "417\r", 4);
	assert_string_equal(world.last_text, "417");
	screen_close(screen);
}

/* Enter behind letters opens who these letters find, not who stood there. */
static void enter_waits_for_its_answer(void **state)
{
	struct screen *screen = start_as("front_desk.1", NULL);

	(void)state;
	screen_bytes(screen, "wxm\r", 4);
	assert_string_equal(world.last_text, "wxm");
	assert_true(screen_shows(screen, "Learner  王小明"));
	screen_keys(screen, "Esc C-u");
	screen_bytes(screen, "w3", 2);
	screen_keys(screen, "Esc C-u");
	assert_string_equal(world.last_text, "#3 #1");
	screen_close(screen);
}

static void a_count_goes_before_a_key(void **state)
{
	struct screen *screen = start_as("reviewer1.1", NULL);
	int row, col, first;

	(void)state;
	screen_keys(screen, "F4");
	screen_cursor(screen, &first, &col);
	screen_keys(screen, "2 j");
	screen_cursor(screen, &row, &col);
	assert_int_equal(row, first + 2);
	screen_keys(screen, "k");
	screen_cursor(screen, &row, &col);
	assert_int_equal(row, first + 1);
	screen_keys(screen, "3 G");
	screen_cursor(screen, &row, &col);
	assert_int_equal(row, first + 2);
	screen_close(screen);
}

/* The budgets of the desk, counted while they are played: each key is one of
 * screen_keys()' names or a typed character. */
static void the_desk_needs_few_keys(void **state)
{
	struct screen *screen = start_as("front_desk.1", NULL);

	(void)state;
	/* Three initials and Enter: 4. The status was seen before: 0. */
	screen_type(screen, "wxm");
	screen_settle_wakes(screen);
	assert_true(screen_shows(screen, "Standing active"));
	screen_keys(screen, "Enter");
	assert_true(screen_shows(screen, "Learner  王小明"));
	/* The first claim under way: 1 more. */
	screen_keys(screen, "Enter");
	assert_true(screen_shows(screen, "C-2026-0000021"));
	assert_true(screen_shows(screen, "Credit claim"));
	screen_close(screen);
	/* With a pick by its digit: 4. Last four digits and Enter: 5. */
	screen = start_as("front_desk.1", NULL);
	screen_type(screen, "wxm2");
	screen_keys(screen, "Esc C-u");
	assert_string_equal(world.last_text, "#2");
	screen_type(screen, "7001");
	screen_keys(screen, "Enter");
	assert_string_equal(world.last_text, "7001");
	assert_true(screen_shows(screen, "Learner"));
	screen_close(screen);
	/* Approve: 2. Return with a reason: 3. */
	screen = start_as("reviewer1.1", NULL);
	screen_keys(screen, "F4");
	screen_keys(screen, "a Enter");
	assert_string_equal(world.last_command, "claim.pass_first");
	screen_keys(screen, "r 2 Enter");
	assert_string_equal(world.last_command, "claim.return");
	screen_close(screen);
}

/* u: one key, for a minute, unless somebody went on; else it says why. */
static void undo_is_one_key_for_a_minute(void **state)
{
	struct screen *screen = start_as("verifier.1", NULL);
	int done;

	(void)state;
	screen_keys(screen, "F4 u");
	assert_true(screen_shows(screen, "Nothing was done here yet"));
	screen_keys(screen, "o u");
	assert_string_equal(world.last_command, "claim.evidence_check");
	assert_int_equal(world.executed, 2);
	assert_true(screen_shows(screen, "Undone: C-2026-0000021"));
	/* A second u undoes nothing more. */
	screen_keys(screen, "u");
	assert_int_equal(world.executed, 2);
	screen_keys(screen, "o");
	world.conflict_once = true;
	screen_keys(screen, "u");
	assert_true(screen_shows(screen, "Somebody went on with it meanwhile"));
	screen_keys(screen, "F5 o");
	done = world.executed;
	screen_app(screen)->undo.at_ms -= 61000;
	screen_keys(screen, "u");
	assert_true(screen_shows(screen, "more than 60 s ago"));
	assert_true(screen_shows(screen, "Check evidence"));
	assert_int_equal(world.executed, done);
	screen_close(screen);
	screen = start_as("reviewer1.1", NULL);
	screen_keys(screen, "F4 a Enter u");
	assert_true(screen_shows(screen, "stands in the trail, it isn't undone"));
	screen_close(screen);
}

/* What takes its values back: a command that is its own opposite. */
static void an_edit_is_undone_with_the_values_before(void **state)
{
	struct screen *screen = start_as("registrar.1", NULL);
	const struct undo *undo;
	struct arena arena = ARENA_INIT;
	struct command command;
	struct outcome outcome = { .id = 1, .rev = 2 };
	struct cohort before = { .id = 1, .rev = 1, .code = "GC1501", .name = "first", .capacity = 50 };
	struct error err = ERROR_INIT;

	(void)state;
	command_init(&command, command_find("cohort.edit"), &arena);
	command_set(&command, "capacity", "40", &arena, &err);
	undo_keep(screen_app(screen), &command, &before, &outcome, "GC1501");
	undo = app_undo(screen_app(screen));
	assert_true(undo->ready);
	assert_string_equal(undo->args, "capacity=50\n");
	/* Without the record as it was, the form asks. */
	undo_keep(screen_app(screen), &command, NULL, &outcome, "GC1501");
	assert_false(app_undo(screen_app(screen))->ready);
	/* The opposite of adding takes what adding took. */
	command_init(&command, command_find("cohort.add"), &arena);
	command_set(&command, "student_id", "7", &arena, &err);
	undo_keep(screen_app(screen), &command, NULL, &outcome, "GC1501");
	undo = app_undo(screen_app(screen));
	assert_true(undo->ready);
	assert_string_equal(undo->name, "cohort.remove");
	assert_string_equal(undo->args, "student_id=7\n");
	arena_release(&arena);
	screen_close(screen);
}

/* Those put aside are a queue: n serves who came first, and closes who is
 * served unless there is unsaved work. */
static void the_next_one_is_called(void **state)
{
	struct screen *screen = start_as("front_desk.1", NULL);

	(void)state;
	/* Nobody waits: n is a letter. */
	screen_keys(screen, "n");
	screen_settle_wakes(screen);
	assert_string_equal(world.last_text, "n");
	screen_keys(screen, "C-u");
	screen_type(screen, "wxm+");
	assert_true(screen_shows(screen, "Waits now: 王小明"));
	screen_type(screen, "wxm");
	screen_keys(screen, "Down + n");
	assert_true(screen_shows(screen, "Next: 王小明"));
	assert_true(screen_shows(screen, "Learner  王小明"));
	/* Unsaved work stays: he waits behind the other one. */
	screen_bytes(screen, "\033n", 2);
	assert_true(screen_shows(screen, "Next: 王"));
	assert_false(screen_shows(screen, " 1 王小明"));
	screen_close(screen);
	screen = start_as("reviewer1.1", NULL);
	screen_type(screen, "wxm+");
	screen_keys(screen, "F4 Enter r");
	screen_type(screen, "not legible");
	screen_bytes(screen, "\033n", 2);
	assert_true(screen_shows(screen, "Next: 王小明"));
	assert_false(screen_shows(screen, "not legible"));
	screen_bytes(screen, "\0332", 2);
	assert_true(screen_shows(screen, "not legible"));
	screen_close(screen);
}

/* Two keys in one packet are two keys. */
static void a_key_behind_esc_is_not_lost(void **state)
{
	struct screen *screen = start_as("front_desk.1", NULL);

	(void)state;
	screen_type(screen, "wxm");
	screen_keys(screen, "Enter");
	screen_bytes(screen, "\033\025", 2); /* Esc C-u: back, and the field is emptied */
	assert_true(screen_shows(screen, "opened last"));
	screen_close(screen);
}

/* Commands, learners, cohorts and claims, in groups, by pinyin too. */
static void the_palette_finds_things(void **state)
{
	struct screen *screen = start_as("reviewer1.1", NULL);

	(void)state;
	screen_keys(screen, "C-p");
	screen_type(screen, "wxm");
	assert_string_equal(world.last_text, "wxm");
	assert_true(screen_shows(screen, "王小明  1500110417001"));
	assert_true(screen_shows(screen, "C-2026-0000021  王小明  Verified"));
	screen_keys(screen, "C-u");
	/* In one packet with its Enter, which waits for the answer. */
	screen_bytes(screen, "wxm\r", 4);
	assert_true(screen_shows(screen, "Learner  王小明"));
	/* A cohort by the initials of its name. */
	screen_keys(screen, "C-p");
	screen_type(screen, "zzgcqxb");
	assert_true(screen_shows(screen, "GC1503  株洲工厂汽修班"));
	screen_keys(screen, "Esc C-p");
	screen_type(screen, "0000022");
	assert_true(screen_shows(screen, "C-2026-0000022  吴雪梅"));
	/* What names a command stays first, and Enter does it. */
	screen_keys(screen, "C-u");
	screen_type(screen, "app.language");
	screen_keys(screen, "Enter");
	assert_true(screen_shows(screen, "学员"));
	screen_keys(screen, "C-p");
	screen_type(screen, "zzz");
	assert_false(screen_shows(screen, "王小明  1500110417001"));
	screen_close(screen);
	/* Above a dialog nothing is opened, so nothing is looked for. */
	screen = start_as("reviewer1.1", NULL);
	screen_keys(screen, "F4 a");
	world.searches = 0;
	screen_keys(screen, "C-p");
	screen_type(screen, "wxm");
	assert_int_equal(world.searches, 0);
	screen_close(screen);
}

/* Left alone it locks itself: nothing personal stays, nothing is lost, and what
 * is answered meanwhile is not said. */
static void it_locks_itself(void **state)
{
	struct screen *screen = start_as("front_desk.1", NULL);
	struct app *app = screen_app(screen);

	(void)state;
	app->lock_seconds = 300;
	screen_type(screen, "wxm");
	screen_keys(screen, "Enter n F4 a");
	screen_type(screen, "T-WELD");
	screen_settle(screen);
	assert_true(screen_shows(screen, "T-WELD"));
	app->typed_at -= 5 * 60000 + 1;
	screen_settle(screen);
	assert_true(screen_shows(screen, "any key goes on"));
	assert_false(screen_shows(screen, "T-WELD"));
	assert_false(screen_shows(screen, "王小明"));
	app_say(app, THEME_OK, "Done: 王小明");
	screen_settle(screen);
	assert_false(screen_shows(screen, "王小明"));
	/* The key that opens it does nothing else. */
	screen_keys(screen, "x");
	assert_true(screen_shows(screen, "T-WELD"));
	assert_false(screen_shows(screen, "T-WELDx"));
	/* A key counts, and 0 is never. */
	app->typed_at -= 5 * 60000 - 1000;
	screen_keys(screen, "y");
	assert_true(screen_shows(screen, "T-WELDy"));
	app->lock_seconds = 0;
	app->typed_at = 0;
	screen_settle(screen);
	assert_true(screen_shows(screen, "T-WELDy"));
	screen_close(screen);
}

/* Found by the key fuzzer: a help opened while the login is on its way lay over
 * the login the next time the screen was locked. */
static void a_help_over_the_login_goes_with_it(void **state)
{
	struct screen *screen = start_as("front_desk.1", NULL);

	(void)state;
	/* In one gulp: the login has no time to end before F1. */
	screen_bytes(screen, "\030lx\033OP", 6);
	screen_bytes(screen, "\030l", 2);
	assert_true(screen_shows(screen, "any key goes on"));
	screen_keys(screen, "x");
	assert_false(screen_shows(screen, "any key goes on"));
	screen_close(screen);
}

static void what_waits_is_said_once(void **state)
{
	struct screen *screen = start_as("reviewer1.1", NULL);

	(void)state;
	assert_true(screen_shows(screen, "Claims that wait for you: 4"));
	/* It takes no focus: the first letter is a search. */
	screen_type(screen, "wx");
	assert_string_equal(world.last_text, "wx");
	assert_false(screen_shows(screen, "Claims that wait for you"));
	screen_bytes(screen, "\030l", 2);
	screen_keys(screen, "x");
	assert_false(screen_shows(screen, "Claims that wait for you"));
	screen_close(screen);
}

static void numbers_are_copied_persons_are_not(void **state)
{
	struct screen *screen = start_as("front_desk.1", NULL);
	struct app *app = screen_app(screen);

	(void)state;
	screen_type(screen, "wxm");
	screen_keys(screen, "C-y");
	assert_true(screen_shows(screen, "switched off here"));
	app->options.may_copy = true;
	screen_keys(screen, "C-y");
	assert_true(screen_shows(screen, "Copied: 1500110417001"));
	assert_string_equal(screen_clipboard(screen), "MTUwMDExMDQxNzAwMQ==");
	screen_keys(screen, "Enter C-y");
	assert_true(screen_shows(screen, "Copied: C-2026-0000021"));
	assert_string_equal(screen_clipboard(screen), "Qy0yMDI2LTAwMDAwMjE=");
	screen_keys(screen, "Home C-y");
	assert_true(screen_shows(screen, "This row is personal"));
	assert_string_equal(screen_clipboard(screen), "");
	screen_keys(screen, "n F4 a");
	screen_type(screen, "T-WELD");
	screen_keys(screen, "C-y");
	assert_true(screen_shows(screen, "Copied: T-WELD"));
	screen_clipboard(screen);
	screen_keys(screen, "Tab");
	screen_type(screen, "W2026-0417");
	screen_keys(screen, "C-y");
	assert_true(screen_shows(screen, "personal, so it isn't copied"));
	assert_string_equal(screen_clipboard(screen), "");
	screen_close(screen);
}

static void settings_are_each_persons_own(void **state)
{
	char dir[64], path[128];
	struct screen_options options = { .rows = 24, .cols = 80, .language = "en",
					  .views = &overpass_views, .login = "front_desk.1",
					  .user_dir = state_dir_make(dir) };
	struct error err = ERROR_INIT;
	struct arena arena = ARENA_INIT;
	struct settings settings;
	struct screen *screen;
	FILE *file;

	(void)state;
	memset(&world, 0, sizeof world);
	options.source = fake_source(&world);
	screen = screen_open(&options);
	screen_bytes(screen, "\030s", 2);
	assert_true(screen_shows(screen, "My settings"));
	/* A theme that isn't there changes nothing. */
	screen_keys(screen, "C-u");
	screen_type(screen, "nonsense");
	screen_keys(screen, "C-s");
	assert_true(screen_shows(screen, "nonsense"));
	assert_string_equal(app_theme_name(screen_app(screen)), "mono");
	screen_keys(screen, "C-u");
	screen_type(screen, "night");
	screen_keys(screen, "Tab Right Tab Tab Right Right Tab C-u 7 C-s");
	assert_true(screen_shows(screen, "学员"));
	assert_string_equal(app_theme_name(screen_app(screen)), "night");
	assert_int_equal(screen_app(screen)->lock_seconds, 7 * 60);
	/* Somebody else has the program's own, and the first has hers again. */
	screen_bytes(screen, "\030l", 2);
	screen_keys(screen, "Tab C-u");
	screen_type(screen, "verifier.1");
	screen_keys(screen, "Enter Enter");
	assert_true(screen_shows(screen, "Lookup"));
	assert_string_equal(app_theme_name(screen_app(screen)), "mono");
	screen_close(screen);
	screen = screen_open(&options);
	assert_true(screen_shows(screen, "待我办理")); /* the pane she begins with */
	assert_string_equal(app_theme_name(screen_app(screen)), "night");
	screen_close(screen);
	/* A line nobody understands is named, and nothing else is lost. */
	snprintf(path, sizeof path, "%s/people/front_desk.1.ini", dir);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs("[person]\npane = claims\ncolour = red\n", file);
	fclose(file);
	assert_int_equal(settings_load(dir, "front_desk.1", &arena, &settings, &err), OV_EUSAGE);
	assert_non_null(strstr(err.message, "colour"));
	assert_int_equal(settings.pane, PANE_CLAIMS);
	assert_int_equal(settings_load(dir, "../../etc/passwd", &arena, &settings, &err), 0);
	arena_release(&arena);
	assert_int_equal(unlink(path), 0);
	snprintf(path, sizeof path, "%s/people", dir);
	rmdir(path);
	rmdir(dir);
}

static void keys_load(const char *text, struct keymap *map, struct error *err, int expected)
{
	char path[] = "/tmp/ov-keys-XXXXXX";
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
	keymap_init(map);
	assert_int_equal(keymap_load(map, path, err), expected);
	unlink(path);
}

static void keys_in_conflict_are_refused(void **state)
{
	struct error err = ERROR_INIT;
	struct keymap map, own;

	(void)state;
	/* Both rows are named; the keys stay as they were. */
	keys_load("[keys]\nclaim.forward = a, x\n", &map, &err, OV_EUSAGE);
	assert_non_null(strstr(err.message, "claim.forward"));
	assert_non_null(strstr(err.message, "claim.refuse"));
	keymap_init(&own);
	assert_memory_equal(&map, &own, sizeof map);
	keys_load("[keys]\nlist.down = Down, j\napp.help = j\n", &map, &err, OV_EUSAGE);
	/* Given to the one and taken from the other, or in views that never meet. */
	keys_load("[keys]\nclaim.forward = x\nclaim.refuse = a\n", &map, &err, 0);
	assert_int_equal(map.key[ACTION_CLAIM_FORWARD][0], 'x');
	keys_load("[keys]\nweek.add = a, y\n", &map, &err, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(opened_last_come_first),
		cmocka_unit_test(a_person_is_put_aside_and_brought_back),
		cmocka_unit_test(the_next_person_finds_nobody_put_aside),
		cmocka_unit_test(a_scanned_number_is_looked_up),
		cmocka_unit_test(enter_waits_for_its_answer),
		cmocka_unit_test(a_count_goes_before_a_key),
		cmocka_unit_test(the_desk_needs_few_keys),
		cmocka_unit_test(undo_is_one_key_for_a_minute),
		cmocka_unit_test(an_edit_is_undone_with_the_values_before),
		cmocka_unit_test(the_next_one_is_called),
		cmocka_unit_test(a_key_behind_esc_is_not_lost),
		cmocka_unit_test(the_palette_finds_things),
		cmocka_unit_test(it_locks_itself),
		cmocka_unit_test(a_help_over_the_login_goes_with_it),
		cmocka_unit_test(what_waits_is_said_once),
		cmocka_unit_test(numbers_are_copied_persons_are_not),
		cmocka_unit_test(settings_are_each_persons_own),
		cmocka_unit_test(keys_in_conflict_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
