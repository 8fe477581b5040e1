/* The review desk on a terminal: what decides a claim, and what doesn't. */
#include <string.h>

#include "core/base/i18n.h"
#include "core/model/reason.h"
#include "tests/screen/cmocka.h"
#include "tests/screen/fake_store.h"
#include "tests/screen/harness.h"
#include "tui/views/views.h"

static struct fake_world world;

static struct screen *start(void)
{
	struct screen_options options = { .rows = 24, .cols = 80, .language = "en",
					  .views = &overpass_views, .login = "reviewer1.1" };

	memset(&world, 0, sizeof world);
	options.source = fake_source(&world);
	return screen_open(&options);
}

/* The first CELLS cells of a text, as they stand on one row of the dialog. */
static const char *beginning(const char *text, int cells, struct arena *arena)
{
	size_t len = 0;

	while (text[len] && text_width(arena_strndup(arena, text, len)) < cells)
		len += utf8_prefix(text + len, 1);
	return arena_strndup(arena, text, len);
}

/* What the store doesn't know is said, and what stood on the screen stays. */
/* What is overdue, refused and granted, in the colours of a theme: the same
 * marks and words as without. */
static void colours_only_support_the_marks(void **state)
{
	struct screen_options options = { .rows = 24, .cols = 80, .language = "en",
					  .views = &overpass_views, .login = "reviewer1.1",
					  .theme = "night" };
	struct screen *screen;

	(void)state;
	memset(&world, 0, sizeof world);
	options.source = fake_source(&world);
	screen = screen_open(&options);
	screen_keys(screen, "F4");
	screen_golden(screen, "claims-night-80x24-en");
	assert_true(screen_shows(screen, "!2]"));
	assert_true(screen_shows(screen, "02-06 -23d"));
	screen_close(screen);
}

static void the_next_claim_is_there_after_a_decision(void **state)
{
	struct screen *screen = start();

	(void)state;
	screen_keys(screen, "F4 n");
	assert_true(screen_shows(screen, "> C-2026-0000021"));
	/* The fake queue keeps the claim: the marker stays where it was. */
	screen_keys(screen, "a Enter");
	assert_int_equal(world.executed, 1);
	assert_true(screen_shows(screen, "> C-2026-0000021"));
	screen_keys(screen, "Enter n");
	assert_true(screen_shows(screen, "Credit claim"));
	screen_close(screen);
}

/* The claim below is painted only once the marker rests (BUDGETS.md: a row at
 * most 130 bytes). */
static void moving_in_the_queue_costs_few_bytes(void **state)
{
	struct screen *screen = start();
	size_t bytes;

	(void)state;
	screen_keys(screen, "F4");
	screen_settle_wakes(screen);
	screen_written(screen);
	screen_keys(screen, "Down");
	bytes = screen_written(screen);
	print_message("# a row in the queue: %zu bytes\n", bytes);
	assert_true(bytes > 0 && bytes <= 130);
	screen_close(screen);
}

/* The whole form has what was chosen in the dialog, code and text. */
static void the_form_takes_over_what_was_chosen(void **state)
{
	struct screen *screen = start();

	(void)state;
	screen_keys(screen, "F4 r 2 F4");
	assert_true(screen_shows(screen, "Reason code    EVIDENCE_UNREADABLE"));
	assert_true(screen_shows(screen, "A copy can't be read"));
	screen_keys(screen, "C-s");
	assert_string_equal(world.last_command, "claim.return");
	assert_int_equal(world.executed, 1);
	screen_close(screen);
}

static void a_what_if_that_is_unknown_changes_nothing(void **state)
{
	struct screen *screen = start();

	(void)state;
	screen_keys(screen, "F4 O i");
	screen_type(screen, "NOBODY-KNOWS 3");
	screen_keys(screen, "Enter");
	assert_true(screen_shows(screen, "There is no code \"NOBODY-KNOWS,level=3\""));
	assert_true(screen_shows(screen, "R-010@1"));
	assert_false(screen_shows(screen, "? if"));
	screen_close(screen);
}

static void a_claim_is_decided_in_three_keys(void **state)
{
	struct screen *screen = start();

	(void)state;
	screen_keys(screen, "F4");
	screen_keys(screen, "a Enter");
	assert_string_equal(world.last_command, "claim.pass_first");
	assert_int_equal(world.executed, 1);
	assert_true(screen_shows(screen, "Done: Pass first review C-2026-0000021"));
	/* Returned with a reason by its number. */
	screen_keys(screen, "Down r 2 Enter");
	assert_string_equal(world.last_command, "claim.return");
	assert_int_equal(world.executed, 2);
	screen_close(screen);
}

/* What is typed ahead, or comes by a paste without brackets, opens the dialog
 * and no more: Enter counts only once it has been seen. */
static void nothing_typed_ahead_decides(void **state)
{
	struct screen *screen = start();

	(void)state;
	screen_keys(screen, "F4");
	screen_bytes(screen, "a\r\r\r", 4);
	assert_int_equal(world.executed, 0);
	assert_true(screen_shows(screen, "Enter: do it"));
	screen_keys(screen, "Enter");
	assert_int_equal(world.executed, 1);
	screen_close(screen);
}

static void like_claims_are_decided_at_once(void **state)
{
	struct screen *screen = start();

	(void)state;
	screen_keys(screen, "F4 Space Space a");
	assert_true(screen_shows(screen, "2 can be done, 0 can't"));
	assert_int_equal(world.executed, 0);
	screen_keys(screen, "Enter");
	assert_true(screen_shows(screen, "Done: 2, refused: 0, left: 0"));
	assert_int_equal(world.executed, 2);
	screen_keys(screen, "Enter");
	/* Esc stops after the claim that is under way. */
	screen_keys(screen, "Home Space Space a");
	screen_bytes(screen, "\r\033", 2);
	assert_true(screen_shows(screen, "Done: 1, refused: 0, left: 1"));
	assert_int_equal(world.executed, 3);
	screen_keys(screen, "Enter");
	/* Refused ones say why and aren't tried. */
	world.refuse = true;
	screen_keys(screen, "Home Space Space a");
	assert_true(screen_shows(screen, "0 can be done, 2 can't"));
	assert_true(screen_shows(screen, "You verified the evidence, so"));
	screen_keys(screen, "Enter");
	assert_true(screen_shows(screen, "Done: 0, refused: 2, left: 0"));
	assert_int_equal(world.executed, 3);
	screen_close(screen);
}

static void a_reason_is_needed_to_return(void **state)
{
	struct screen *screen = start();

	(void)state;
	screen_keys(screen, "F4 Enter r C-s");
	assert_int_equal(world.executed, 0);
	assert_true(screen_shows(screen, "Choose a reason by its number"));
	screen_type(screen, "not legible");
	screen_keys(screen, "C-s");
	assert_string_equal(world.last_command, "claim.return");
	assert_int_equal(world.executed, 1);
	screen_close(screen);
}

static void a_refusal_is_shown_before_saving(void **state)
{
	struct screen *screen = start();

	(void)state;
	world.refuse = true;
	screen_keys(screen, "F4 Enter a");
	assert_true(screen_shows(screen, "! You verified the evidence, so"));
	assert_int_equal(world.executed, 0);
	screen_close(screen);
}

/* Every refusal of the workflow stands in the dialog whole, with its next
 * step, at 80x24 in both languages. */
static void every_refusal_is_drawn_with_its_next_step(void **state)
{
	struct arena arena = ARENA_INIT;
	int reason;
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		for (reason = 1; reason < REASON_COUNT; reason++) {
			const struct reason_def *def = reason_get((enum reason)reason);
			struct screen *screen;
			const char *head;

			if (strncmp(def->code, "SM_", 3) != 0 || def->result != OV_EREFUSED)
				continue;
			screen = start();
			screen_keys(screen, i ? "F9 F4" : "F4");
			world.refuse = true;
			world.refuse_as = reason;
			screen_keys(screen, "a");
			head = beginning(_(def->message), 10, &arena);
			assert_true(screen_shows(screen,
				arena_strndup(&arena, head, strcspn(head, "{"))));
			if (*def->next)
				assert_true(screen_shows(screen, _(def->next)));
			assert_false(screen_shows(screen, "{"));
			assert_true(screen_shows(screen, i ? "不做" : "Esc: leave it"));
			screen_keys(screen, "Enter");
			assert_int_equal(world.executed, 0);
			screen_close(screen);
		}
	}
	arena_release(&arena);
}

static void a_newer_version_is_shown_beside_mine(void **state)
{
	struct screen *screen = start();

	(void)state;
	world.conflict_once = true;
	screen_keys(screen, "F4 Enter a C-s");
	assert_true(screen_shows(screen, "Somebody changed this meanwhile"));
	assert_true(screen_shows(screen, "As it is now"));
	assert_int_equal(world.executed, 0);
	screen_golden(screen, "versions-80x24-en");
	/* Having seen it, the person decides again, on the newer version. */
	screen_keys(screen, "Enter C-s");
	assert_int_equal(world.executed, 1);
	screen_close(screen);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_claim_is_decided_in_three_keys),
		cmocka_unit_test(nothing_typed_ahead_decides),
		cmocka_unit_test(like_claims_are_decided_at_once),
		cmocka_unit_test(a_reason_is_needed_to_return),
		cmocka_unit_test(a_refusal_is_shown_before_saving),
		cmocka_unit_test(every_refusal_is_drawn_with_its_next_step),
		cmocka_unit_test(a_newer_version_is_shown_beside_mine),
		cmocka_unit_test(a_what_if_that_is_unknown_changes_nothing),
		cmocka_unit_test(colours_only_support_the_marks),
		cmocka_unit_test(the_form_takes_over_what_was_chosen),
		cmocka_unit_test(moving_in_the_queue_costs_few_bytes),
		cmocka_unit_test(the_next_claim_is_there_after_a_decision),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
