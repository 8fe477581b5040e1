/* How the application behaves: keys, paste, language, few bytes, drafts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/screen/cmocka.h"
#include "tests/screen/fake_store.h"
#include "tests/screen/harness.h"
#include "tui/app_internal.h"
#include "tui/draft.h"
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

static struct screen *start(void)
{
	return start_as("front_desk.1", NULL);
}

static void login_is_asked_for(void **state)
{
	struct screen *screen = start_as(NULL, NULL);

	(void)state;
	assert_true(screen_shows(screen, "Who works here?"));
	screen_type(screen, "nobody");
	screen_keys(screen, "Enter Enter");
	assert_true(screen_shows(screen, "Login or password is wrong"));
	screen_keys(screen, "Tab C-u");
	screen_type(screen, "verifier.2");
	screen_keys(screen, "Enter Enter");
	assert_true(screen_shows(screen, "Lookup"));
	assert_true(screen_shows(screen, "verifier.2"));
	screen_close(screen);
}

static void search_follows_each_letter(void **state)
{
	struct screen *screen = start();

	(void)state;
	/* One letter alone waits a moment for the second, which is mostly near. */
	screen_type(screen, "w");
	assert_int_equal(world.searches, 0);
	screen_settle_wakes(screen);
	assert_int_equal(world.searches, 1);
	screen_type(screen, "xm");
	assert_int_equal(world.searches, 3);
	assert_string_equal(world.last_text, "wxm");
	assert_true(screen_shows(screen, "6 found (initials)"));
	screen_keys(screen, "Esc");
	assert_false(screen_shows(screen, "王小明"));
	screen_close(screen);
}

/* Typed ahead in one go: one frame, and only what is at rest is shown. */
static void typed_ahead_is_one_search_shown(void **state)
{
	struct screen *screen = start();

	(void)state;
	screen_bytes(screen, "wangxiaoming", 12);
	assert_string_equal(world.last_text, "wangxiaoming");
	assert_true(screen_shows(screen, "6 found"));
	screen_close(screen);
}

static void digits_pick_rows(void **state)
{
	struct screen *screen = start();

	(void)state;
	screen_type(screen, "wxm1");
	assert_true(screen_shows(screen, "Learner  王小明"));
	screen_keys(screen, "Esc");
	assert_true(screen_shows(screen, "6 found"));
	screen_keys(screen, "C-u");
	screen_type(screen, "15001");
	screen_settle_wakes(screen); /* no hand is so quick: it waits for a scanner's next */
	assert_string_equal(world.last_text, "15001");
	screen_close(screen);
}

static void letters_are_text_in_the_field_and_keys_in_the_list(void **state)
{
	struct screen *screen = start();

	(void)state;
	screen_type(screen, "q?");
	assert_string_equal(world.last_text, "q?");
	screen_keys(screen, "C-u");
	screen_type(screen, "wxm");
	screen_keys(screen, "Tab j j ?");
	assert_true(screen_shows(screen, "Keys"));
	screen_keys(screen, "Esc");
	/* Full-width letters of an input method are keys, too; Han is a search. */
	screen_type(screen, "Ｔ");
	assert_true(screen_shows(screen, "cohorts"));
	screen_keys(screen, "F2");
	screen_type(screen, "王");
	assert_string_equal(world.last_text, "王");
	screen_close(screen);
}

static void paste_is_never_obeyed(void **state)
{
	struct screen *screen = start_as("reviewer1.1", NULL);
	static const char paste[] = "\033[200~a\ra\r\033[201~";

	(void)state;
	screen_keys(screen, "F4 Enter");
	screen_bytes(screen, paste, sizeof paste - 1);
	assert_true(screen_shows(screen, "Credit claim"));
	assert_int_equal(world.executed, 0);
	screen_keys(screen, "F2");
	screen_bytes(screen, paste, sizeof paste - 1);
	assert_string_equal(world.last_text, "a a ");
	screen_close(screen);
}

static void language_changes_while_running(void **state)
{
	struct screen *screen = start();

	(void)state;
	assert_true(screen_shows(screen, "number, name, pinyin"));
	screen_keys(screen, "F9");
	assert_true(screen_shows(screen, "学号、姓名"));
	screen_keys(screen, "F9");
	assert_true(screen_shows(screen, "number, name, pinyin"));
	screen_close(screen);
}

static void palette_finds_by_pinyin_and_runs(void **state)
{
	struct screen *screen = start();

	(void)state;
	screen_keys(screen, "F9 C-p");
	screen_type(screen, "zdxfsq"); /* 转到学分申请 */
	screen_keys(screen, "Enter");
	assert_true(screen_shows(screen, "待我办理"));
	screen_close(screen);
}

static const char *state_dir_make(char out[64])
{
	snprintf(out, 64, "/tmp/overpass-draft-XXXXXX");
	assert_non_null(mkdtemp(out));
	return out;
}

static void a_hang_up_keeps_the_form(void **state)
{
	char dir[64];
	struct arena arena = ARENA_INIT;
	struct draft *list = arena_array(&arena, 4, sizeof *list);
	struct screen *screen = start_as("reviewer1.1", state_dir_make(dir));

	(void)state;
	screen_keys(screen, "F4 Enter r");
	screen_type(screen, "not legible");
	screen_hang_up(screen);
	assert_true(screen_ended(screen));
	screen_close(screen);
	assert_int_equal(drafts_load(dir, &arena, list, 4), 1);
	assert_string_equal(draft_get(&list[0], "reason"), "not legible");
	/* Offered at the next start; gone once it is saved. */
	screen = start_as("reviewer1.1", dir);
	assert_true(screen_shows(screen, "Kept drafts of unsaved work: 1"));
	screen_bytes(screen, "\030d", 2);
	assert_true(screen_shows(screen, "not legible"));
	screen_keys(screen, "C-s");
	assert_string_equal(world.last_command, "claim.return");
	screen_close(screen);
	assert_int_equal(drafts_load(dir, &arena, list, 4), 0);
	assert_int_equal(rmdir(dir), 0);
	arena_release(&arena);
}

static void esc_keeps_what_was_typed(void **state)
{
	struct screen *screen = start_as("reviewer1.1", NULL);

	(void)state;
	screen_keys(screen, "F4 Enter r");
	screen_type(screen, "not legible");
	screen_keys(screen, "Esc");
	assert_true(screen_shows(screen, "What you typed is kept"));
	screen_bytes(screen, "\030d", 2);
	assert_true(screen_shows(screen, "> Reason"));
	assert_true(screen_shows(screen, "not legible"));
	screen_close(screen);
}

static void lock_shows_nothing_to_another(void **state)
{
	struct screen_options options = { .rows = 24, .cols = 80, .language = "en",
					  .views = &overpass_views, .login = "front_desk.1" };
	struct screen *screen;

	(void)state;
	memset(&world, 0, sizeof world);
	world.secured = true;
	options.source = fake_source(&world);
	screen = screen_open(&options);
	screen_type(screen, "wxm");
	screen_keys(screen, "Enter");
	screen_bytes(screen, "\030l", 2);
	assert_true(screen_shows(screen, "Who works here?"));
	assert_true(screen_shows(screen, "Locked; nothing is lost"));
	assert_false(screen_shows(screen, "王小明"));
	/* No way round it by the palette or a kept draft. */
	screen_bytes(screen, "\030d", 2);
	screen_keys(screen, "C-p");
	screen_type(screen, "claim");
	assert_false(screen_shows(screen, "claim.create"));
	screen_keys(screen, "Esc");
	assert_true(screen_shows(screen, "Who works here?"));
	/* Neither nothing nor a wrong word opens it. */
	screen_keys(screen, "C-u Enter");
	assert_true(screen_shows(screen, "Login or password is wrong"));
	screen_type(screen, "geheim");
	screen_keys(screen, "Enter");
	assert_true(screen_shows(screen, "Learner  王小明")); /* the same person goes on */
	screen_bytes(screen, "\030l", 2);
	screen_keys(screen, "Tab C-u");
	screen_type(screen, "verifier.1");
	screen_keys(screen, "Enter");
	screen_type(screen, "geheim");
	screen_keys(screen, "Enter");
	assert_true(screen_shows(screen, "Lookup"));
	assert_false(screen_shows(screen, "王小明"));
	screen_close(screen);
}

static void rows_of_a_claim_are_edited(void **state)
{
	struct screen *screen = start();

	(void)state;
	screen_type(screen, "wxm");
	screen_keys(screen, "Enter n F4 a");
	screen_type(screen, "T-WELD");
	screen_keys(screen, "Enter");
	screen_type(screen, "W-123");
	screen_keys(screen, "C-s");
	assert_true(screen_shows(screen, "T-WELD"));
	screen_keys(screen, "C-s");
	assert_true(screen_shows(screen, "1 rows"));
	screen_keys(screen, "C-s");
	assert_string_equal(world.last_command, "claim.create");
	screen_close(screen);
}

static void reveal_asks_and_hides_again(void **state)
{
	struct screen *screen = start();

	(void)state;
	screen_type(screen, "wxm");
	screen_keys(screen, "Enter v");
	assert_true(screen_shows(screen, "Show which value?"));
	screen_keys(screen, "Enter");
	/* Nothing is asked of the store before there is a reason. */
	assert_int_equal(world.assessed, 0);
	screen_keys(screen, "C-s");
	assert_int_equal(world.executed, 0);
	screen_type(screen, "compare with the card");
	screen_keys(screen, "C-s");
	assert_int_equal(world.assessed, 0);
	assert_string_equal(world.last_command, "pii.reveal");
	assert_true(screen_shows(screen, "420111199001013317"));
	/* Suspending leaves nothing in clear behind. */
	screen_keys(screen, "C-z");
	assert_false(screen_shows(screen, "420111199001013317"));
	assert_true(screen_shows(screen, "4201**********3317"));
	screen_close(screen);
}

static void meetings_show_conflicts_before_saving(void **state)
{
	struct screen *screen = start_as("scheduler.1", NULL);

	(void)state;
	screen_keys(screen, "F3 Enter e");
	assert_true(screen_shows(screen, "! 14 of 42 learners work then (team 2)"));
	assert_int_equal(world.executed, 0);
	screen_keys(screen, "C-s");
	assert_string_equal(world.last_command, "session.move");
	screen_keys(screen, "d");
	screen_type(screen, "teacher is ill");
	screen_keys(screen, "C-s");
	assert_string_equal(world.last_command, "session.cancel");
	screen_keys(screen, "Tab x C-s");
	assert_string_equal(world.last_command, "cohort.remove");
	screen_keys(screen, "u");
	assert_string_equal(world.last_command, "cohort.add");
	assert_true(screen_shows(screen, "Undone"));
	screen_close(screen);
}

/* m, 1, Enter: three keys; u, one more. */
static void a_meeting_moves_by_three_keys(void **state)
{
	struct screen *screen = start_as("scheduler.1", NULL);

	(void)state;
	screen_keys(screen, "F3 Enter Down Left Left Left Left Left");
	world.last_command[0] = '\0';
	screen_keys(screen, "m");
	assert_true(screen_shows(screen, "Proposals: 1 Mon 19:00"));
	screen_keys(screen, "1");
	assert_true(screen_shows(screen, "Mon 02-23 19:00-20:40 A1-201  free"));
	assert_string_equal(world.last_command, "");
	screen_keys(screen, "Enter");
	assert_string_equal(world.last_command, "session.move");
	assert_true(screen_shows(screen, "Moved; u puts it back"));
	world.last_command[0] = '\0';
	screen_keys(screen, "u");
	assert_string_equal(world.last_command, "session.move");
	assert_true(screen_shows(screen, "Undone"));
	screen_close(screen);
}

/* Why a place is impossible is told before anything is done; to insist, a reason
 * is asked for. */
static void an_impossible_place_says_why(void **state)
{
	struct screen *screen = start_as("scheduler.1", NULL);

	(void)state;
	screen_keys(screen, "F3 Enter Down Left Left Left Left Left m Right Right");
	assert_true(screen_shows(screen, "impossible"));
	assert_true(screen_shows(screen, "A1-201 is taken by GC1502 at that time"));
	assert_int_equal(world.executed, 0);
	screen_keys(screen, "Enter");
	assert_int_equal(world.executed, 0);
	assert_true(screen_shows(screen, "Override"));
	screen_keys(screen, "Esc Esc");
	assert_true(screen_shows(screen, "GC1501"));
	assert_int_equal(world.executed, 0);
	screen_close(screen);
}

static void a_refused_move_changes_nothing(void **state)
{
	struct screen *screen = start_as("scheduler.1", NULL);

	(void)state;
	screen_keys(screen, "F3 Enter Down Left Left Left Left Left m 2");
	world.conflict_once = true;
	screen_keys(screen, "Enter");
	assert_int_equal(world.executed, 0);
	assert_true(screen_shows(screen, "Proposals")); /* still in hand */
	screen_close(screen);
}

static void a_roll_is_one_key_a_learner(void **state)
{
	struct screen *screen = start_as("scheduler.1", NULL);

	(void)state;
	screen_keys(screen, "F3 Enter t");
	assert_true(screen_shows(screen, "0 of 4 called"));
	screen_keys(screen, "p l");
	assert_true(screen_shows(screen, "2 of 4 called   present 1   late 1"));
	screen_keys(screen, "="); /* one of the two has a last time */
	assert_true(screen_shows(screen, "3 of 4 called"));
	screen_keys(screen, "Esc n"); /* nothing is lost by a slip */
	assert_true(screen_shows(screen, "3 of 4 called"));
	assert_int_equal(world.executed, 0);
	screen_keys(screen, "End a C-s");
	assert_true(screen_shows(screen, "The roll is recorded"));
	assert_int_equal(world.executed, 1);
	assert_string_equal(world.last_command, "session.hold");
	screen_close(screen);
}

static void two_meetings_are_exchanged(void **state)
{
	struct screen *screen = start_as("scheduler.1", NULL);

	(void)state;
	screen_keys(screen, "F3 Enter x");
	assert_true(screen_shows(screen, "Exchange with"));
	screen_keys(screen, "Esc"); /* dropped, not left */
	screen_keys(screen, "x Down x");
	assert_string_equal(world.last_command, "session.exchange");
	assert_true(screen_shows(screen, "Exchanged"));
	screen_close(screen);
}

/* tests/bench/tty_bench.sh counts more; these are the week's own. */
static void the_week_costs_few_bytes(void **state)
{
	struct screen *screen = start_as("scheduler.1", NULL);

	(void)state;
	screen_keys(screen, "F3 Enter m Down");
	screen_written(screen);
	screen_keys(screen, "Down");
	assert_in_range(screen_written(screen), 1, 130);
	screen_keys(screen, "Esc t Down");
	screen_written(screen);
	screen_keys(screen, "p");
	assert_in_range(screen_written(screen), 1, 250);
	screen_close(screen);
}

static void leaving_goes_back_then_out(void **state)
{
	struct screen *screen = start();

	(void)state;
	screen_type(screen, "wxm");
	screen_keys(screen, "Enter F10");
	assert_false(screen_ended(screen));
	assert_true(screen_shows(screen, "6 found"));
	screen_keys(screen, "F10");
	assert_true(screen_ended(screen));
	screen_close(screen);
}

static void few_bytes_waits_for_the_typist(void **state)
{
	struct screen *screen = start();

	(void)state;
	screen_keys(screen, "C-l C-l");
	assert_true(screen_shows(screen, "Few bytes: on"));
	screen_type(screen, "wxm");
	assert_int_equal(world.searches, 0);
	screen_settle_wakes(screen);
	assert_int_equal(world.searches, 1);
	assert_string_equal(world.last_text, "wxm");
	screen_close(screen);
}

static void too_small_says_so(void **state)
{
	struct screen_options options = { .rows = 5, .cols = 20, .language = "en",
					  .views = &overpass_views, .login = "viewer.1" };
	struct screen *screen;

	(void)state;
	memset(&world, 0, sizeof world);
	options.source = fake_source(&world);
	screen = screen_open(&options);
	assert_true(screen_shows(screen, "60x18 needed"));
	screen_type(screen, "wxm");
	screen_keys(screen, "Enter F4 F3 F1 Esc");
	assert_true(screen_shows(screen, "60x18 needed"));
	screen_close(screen);
}

/* --- bytes to the terminal, BUDGETS.md --- */

static int by_size(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return (x > y) - (x < y);
}

/* p50 and p95 of the bytes that each of `count` presses of KEY costs. */
static void measure(struct screen *screen, const char *key, size_t count, size_t *p50, size_t *p95)
{
	size_t bytes[64], i;

	for (i = 0; i < count; i++) {
		screen_written(screen);
		screen_keys(screen, key);
		bytes[i] = screen_written(screen);
	}
	qsort(bytes, count, sizeof bytes[0], by_size);
	*p50 = bytes[count / 2];
	*p95 = bytes[count * 95 / 100];
	print_message("# %s: %zu bytes p50, %zu p95\n", key, *p50, *p95);
}

static void keys_stay_within_their_bytes(void **state)
{
	struct screen *screen = start();
	size_t first = screen_written(screen), p50, p95;

	(void)state;
	print_message("# start: %zu bytes\n", first);
	assert_true(first <= 1800);
	screen_type(screen, "many");
	screen_settle_wakes(screen);
	measure(screen, "Down", 5, &p50, &p95);
	assert_true(p50 <= 60 && p95 <= 130);
	screen_keys(screen, "Down Down Down Down Down Down Down");
	measure(screen, "Down", 40, &p50, &p95);
	assert_true(p95 <= 250);
	measure(screen, "PgDn", 5, &p50, &p95);
	assert_true(p95 <= 1400);
	screen_settle_wakes(screen);
	measure(screen, "x", 8, &p50, &p95);
	assert_true(p50 <= 400 && p95 <= 1000);
	screen_close(screen);
}

static void held_keys_cost_one_frame(void **state)
{
	struct screen *screen = start();
	char held[40 * 3];
	size_t i;

	(void)state;
	screen_type(screen, "many");
	screen_settle_wakes(screen);
	for (i = 0; i < sizeof held; i += 3)
		memcpy(held + i, "\033OB", 3);
	screen_written(screen);
	screen_bytes(screen, held, sizeof held);
	i = screen_written(screen);
	print_message("# 40 held keys: %zu bytes\n", i);
	assert_true(i <= 1500);
	screen_close(screen);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(login_is_asked_for),
		cmocka_unit_test(search_follows_each_letter),
		cmocka_unit_test(typed_ahead_is_one_search_shown),
		cmocka_unit_test(digits_pick_rows),
		cmocka_unit_test(letters_are_text_in_the_field_and_keys_in_the_list),
		cmocka_unit_test(paste_is_never_obeyed),
		cmocka_unit_test(language_changes_while_running),
		cmocka_unit_test(palette_finds_by_pinyin_and_runs),
		cmocka_unit_test(a_hang_up_keeps_the_form),
		cmocka_unit_test(esc_keeps_what_was_typed),
		cmocka_unit_test(lock_shows_nothing_to_another),
		cmocka_unit_test(rows_of_a_claim_are_edited),
		cmocka_unit_test(reveal_asks_and_hides_again),
		cmocka_unit_test(meetings_show_conflicts_before_saving),
		cmocka_unit_test(a_meeting_moves_by_three_keys),
		cmocka_unit_test(an_impossible_place_says_why),
		cmocka_unit_test(a_refused_move_changes_nothing),
		cmocka_unit_test(a_roll_is_one_key_a_learner),
		cmocka_unit_test(two_meetings_are_exchanged),
		cmocka_unit_test(the_week_costs_few_bytes),
		cmocka_unit_test(leaving_goes_back_then_out),
		cmocka_unit_test(few_bytes_waits_for_the_typist),
		cmocka_unit_test(too_small_says_so),
		cmocka_unit_test(keys_stay_within_their_bytes),
		cmocka_unit_test(held_keys_cost_one_frame),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
