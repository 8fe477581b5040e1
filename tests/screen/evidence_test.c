/* Files of evidence on a terminal: opened with a reason, shown, saved, added. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/model/reason.h"
#include "core/store/evidence.h"
#include "tests/contract/scratch.h"
#include "tests/screen/cmocka.h"
#include "tests/screen/fake_store.h"
#include "tests/screen/harness.h"
#include "tui/views/views.h"

static struct fake_world world;

static struct screen *start(const char *login)
{
	struct screen_options options = { .rows = 24, .cols = 80, .language = "en",
					  .views = &overpass_views, .login = login };

	memset(&world, 0, sizeof world);
	options.source = fake_source(&world);
	return screen_open(&options);
}

static int dir_make(void **state)
{
	(void)state;
	scratch_make();
	/* Names in messages are as short as they were typed. */
	return setenv("HOME", scratch_path(""), 1) || chdir(scratch_path(""));
}

static int dir_remove(void **state)
{
	(void)state;
	scratch_remove();
	return 0;
}

static void file_put(const char *name, const char *text, off_t size)
{
	FILE *file = fopen(scratch_path(name), "wb");

	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fflush(file), 0);
	if (size)
		assert_int_equal(ftruncate(fileno(file), size), 0);
	fclose(file);
}

static const char *file_get(const char *name)
{
	static char text[256];
	FILE *file = fopen(scratch_path(name), "rb");
	size_t len;

	assert_non_null(file);
	len = fread(text, 1, sizeof text - 1, file);
	text[len] = 0;
	fclose(file);
	return text;
}

/* Clears the line of a prompt and says something else. */
static void answer(struct screen *screen, const char *text)
{
	screen_keys(screen, "C-u");
	screen_type(screen, text);
	screen_keys(screen, "Enter");
}

static void a_text_is_shown_after_a_reason(void **state)
{
	struct screen *screen = start("reviewer1.1");

	(void)state;
	world.file = "\xef\xbb\xbf成绩单\n\tWelding 85\r\nEsc is \xe2\x80\xae turned\n";
	screen_keys(screen, "F4 e v");
	assert_true(screen_shows(screen, "No file belongs to this piece"));
	screen_keys(screen, "Down v");
	assert_true(screen_shows(screen, "Why must you see this file?"));
	assert_int_equal(world.executed, 0);
	screen_type(screen, "no");
	screen_keys(screen, "Enter");
	assert_true(screen_shows(screen, "At least 4 characters are needed"));
	assert_int_equal(world.executed, 0);
	screen_keys(screen, "C-u 1 Enter");
	assert_string_equal(world.last_command, "claim.evidence_open");
	assert_int_equal(world.executed, 1);
	assert_true(screen_shows(screen, "成绩单"));
	assert_true(screen_shows(screen, " Welding 85"));
	assert_true(screen_shows(screen, "5eed100d"));
	assert_false(screen_shows(screen, "\xe2\x80\xae"));
	/* Within ten minutes it is opened again without a reason. */
	screen_keys(screen, "Esc v");
	assert_true(screen_shows(screen, "成绩单"));
	assert_int_equal(world.executed, 1);
	screen_close(screen);
}

static void a_long_text_is_folded_and_cut(void **state)
{
	struct screen *screen = start("reviewer1.1");
	struct buf text = BUF_INIT;

	(void)state;
	for (int i = 0; i < 20000; i++)
		buf_text(&text, "焊工");
	buf_text(&text, "\nend");
	world.file = buf_cstr(&text);
	screen_keys(screen, "F4 e Down v 1 Enter");
	assert_true(screen_shows(screen, "焊工焊工焊工焊工焊工焊工焊工焊工焊工焊工焊工焊工焊工焊工"));
	screen_keys(screen, "End");
	assert_true(screen_shows(screen, "end"));
	screen_keys(screen, "Esc");
	for (int i = 0; i < 3000; i++)
		buf_printf(&text, "line %d of a long list of marks and of hours, and more\n%100d\n", i, i);
	world.file = buf_cstr(&text);
	screen_keys(screen, "v End");
	assert_true(screen_shows(screen, "bytes more are not shown: save the file to read them"));
	buf_release(&text);
	screen_close(screen);
}

static void what_is_no_text_is_named_and_saved(void **state)
{
	struct screen *screen = start("reviewer1.1");
	struct stat st;

	(void)state;
	screen_keys(screen, "F4 e Down v 2 Enter");
	assert_true(screen_shows(screen, "PDF document"));
	assert_true(screen_shows(screen, "9 bytes"));
	assert_true(screen_shows(screen, "This file is no text"));
	screen_keys(screen, "s Enter"); /* the name offered: claim, line, hash, kind */
	assert_true(screen_shows(screen, "Saved: "));
	assert_string_equal(file_get("C-2026-0000021-1-5eed.pdf"), "%PDF-1.7\n");
	assert_int_equal(stat(scratch_path("C-2026-0000021-1-5eed.pdf"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	/* Once more: it is there already. */
	screen_keys(screen, "s Enter");
	assert_true(screen_shows(screen, "Choose another name, or move the old file away"));
	screen_keys(screen, "Enter s");
	answer(screen, scratch_path("new.pdf"));
	assert_string_equal(file_get("new.pdf"), "%PDF-1.7\n");
	assert_int_equal(mkdir(scratch_path("folder"), 0700), 0);
	screen_keys(screen, "s");
	answer(screen, scratch_path("folder/"));
	assert_string_equal(file_get("folder/C-2026-0000021-1-5eed.pdf"), "%PDF-1.7\n");
	screen_keys(screen, "s");
	answer(screen, scratch_path("folder"));
	assert_true(screen_shows(screen, "Choose another name, or move the old file away"));
	screen_keys(screen, "Enter s");
	answer(screen, "nowhere/x.pdf");
	assert_true(screen_shows(screen, "nowhere/ can't be written: No such file or directory"));
	screen_close(screen);
}

/* What the store refuses is a sentence, and nothing opens. */
static void refusals_are_said(void **state)
{
	struct screen *screen = start("reviewer1.1");

	(void)state;
	world.file_refused = REASON_EVIDENCE_CHANGED;
	screen_keys(screen, "F4 e Down v");
	assert_true(screen_shows(screen, "SHA-256 differs"));
	assert_true(screen_shows(screen, "Don't decide by it"));
	world.file_refused = REASON_EVIDENCE_MISSING;
	screen_keys(screen, "Enter v");
	assert_true(screen_shows(screen, "is missing from"));
	assert_int_equal(world.executed, 0);
	screen_close(screen);
	screen = start("ledger_keeper.1");
	screen_keys(screen, "F4 e Down v");
	assert_true(screen_shows(screen, "show a sensitive value in clear"));
	assert_int_equal(world.executed, 0);
	screen_close(screen);
}

/* Locked: the text goes, and has to be fetched again. */
static void a_locked_screen_puts_the_file_away(void **state)
{
	struct screen *screen = start("reviewer1.1");

	(void)state;
	world.file = "a secret mark\n";
	screen_keys(screen, "F4 e Down v 1 Enter");
	assert_true(screen_shows(screen, "a secret mark"));
	screen_keys(screen, "C-z");
	assert_false(screen_shows(screen, "a secret mark"));
	assert_true(screen_shows(screen, "The file was put away; open it again"));
	screen_keys(screen, "s"); /* nothing to save */
	assert_false(screen_shows(screen, "Save the file"));
	screen_keys(screen, "Esc v");
	assert_true(screen_shows(screen, "a secret mark"));
	screen_close(screen);
}

struct bad_file {
	const char *name, *said;
};

static const struct bad_file bad_files[] = {
	{ "nothing.pdf", "nothing.pdf can't be read: No such file or directory" },
	{ "shelf", "shelf is a folder, a pipe or a device, not a file" },
	{ "large.tif", "The file large.tif is larger than 20 MiB" },
	{ "empty.txt", "The file empty.txt is empty" },
};

static void a_file_is_added_by_its_path(void **state)
{
	struct screen *screen = start("front_desk.1");

	(void)state;
	mkdir(scratch_path("shelf"), 0700);
	file_put("large.tif", "II*", EVIDENCE_MAX + 1);
	file_put("empty.txt", "", 0);
	file_put("good.txt", "85\n", 0);
	for (size_t i = 0; i < sizeof bad_files / sizeof bad_files[0]; i++) {
		screen_keys(screen, "F4 e n Tab Tab");
		screen_type(screen, bad_files[i].name);
		screen_keys(screen, "C-s");
		assert_true(screen_shows(screen, bad_files[i].said));
		assert_int_equal(world.executed, 0);
		screen_keys(screen, "Esc Esc Esc");
	}
	screen_keys(screen, "F4 e n Tab Tab");
	screen_type(screen, "good.txt");
	screen_keys(screen, "C-s");
	assert_string_equal(world.last_command, "claim.evidence_add");
	assert_int_equal(world.executed, 1);
	screen_close(screen);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_is_shown_after_a_reason),
		cmocka_unit_test(a_long_text_is_folded_and_cut),
		cmocka_unit_test(what_is_no_text_is_named_and_saved),
		cmocka_unit_test(refusals_are_said),
		cmocka_unit_test(a_locked_screen_puts_the_file_away),
		cmocka_unit_test(a_file_is_added_by_its_path),
	};

	return cmocka_run_group_tests(tests, dir_make, dir_remove);
}
