/* The themes in themes/: all can be read and all can be seen. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/screen/cmocka.h"
#include "tui/theme.h"

static const char *themes_dir(char out[512])
{
	const char *root = getenv("OV_SRCDIR");

	snprintf(out, 512, "%s/themes", root ? root : ".");
	return out;
}

static double linear(int channel)
{
	double c = channel / 255.0;

	return c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(int color, bool light)
{
	int rgb[3];

	theme_rgb(color == THEME_DEFAULT ? (light ? 15 : 0) : color, rgb);
	return 0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2]);
}

/* WCAG 2 contrast; a default text is taken as the opposite of the ground. */
static double contrast(const struct theme *theme, enum theme_role role, int colors)
{
	double fg, bg;
	int front, back;

	theme_pair(theme, role, colors, &front, &back);
	fg = luminance(front, !theme->light);
	bg = luminance(back, theme->light);

	return ((fg > bg ? fg : bg) + 0.05) / ((fg > bg ? bg : fg) + 0.05);
}

/* As the theme says it, and as terminals with fewer colours get it. */
static void role_check(const struct theme *theme, const char *name, enum theme_role role,
		       double least)
{
	static const int colors[] = { 256, 88, 16, 8 };
	size_t i;

	for (i = 0; i < sizeof colors / sizeof colors[0]; i++) {
		double have = contrast(theme, role, colors[i]);
		double bound = colors[i] < 256 && least > 4.5 ? 4.5 : least;

		/* A rule is a line, not a text: 3:1 is its bound. */
		if (have < (role == THEME_RULE ? 3.0 : bound))
			fail_msg("%s: %s has a contrast of %.2f with %d colours", name,
				 theme_role_name(role), have, colors[i]);
	}
}

static void themes_are_readable(void **state)
{
	static const struct {
		const char *name;
		double least;
	} table[] = { { "day", 4.5 }, { "night", 4.5 }, { "high-contrast", 7.0 }, { "mono", 4.5 } };
	char dir[512];
	const char *dirs[] = { themes_dir(dir), NULL };
	size_t i;
	int role;

	(void)state;
	for (i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct error err = ERROR_INIT;
		struct theme theme;

		theme_init(&theme);
		if (theme_load(&theme, table[i].name, dirs, &err))
			fail_msg("%s", err.message);
		for (role = 0; role < THEME_ROLES; role++)
			role_check(&theme, table[i].name, (enum theme_role)role, table[i].least);
	}
}

/* What matters must not be in colour alone. */
static void mono_tells_states_apart(void **state)
{
	char dir[512];
	const char *dirs[] = { themes_dir(dir), NULL };
	struct error err = ERROR_INIT;
	struct theme theme;
	int role;

	(void)state;
	theme_init(&theme);
	assert_int_equal(theme_load(&theme, "mono", dirs, &err), 0);
	assert_true(theme.style[THEME_WARNING].bold && theme.style[THEME_REFUSED].bold);
	assert_true(theme.style[THEME_FIELD_BAD].reverse);
	for (role = 0; role < THEME_ROLES; role++)
		assert_true(theme.style[role].fg == THEME_DEFAULT &&
			    theme.style[role].bg == THEME_DEFAULT);
}

/* Meaning never in colour alone: what tells of a state, a place or a mark looks
 * different without any colour, or says it by its words. These say it by words
 * and signs: ok, waiting, progress, label, muted, value, text, dialog, bar, rule. */
static void meaning_is_not_in_colour_alone(void **state)
{
	static const char *const names[] = { "day", "night", "high-contrast", "mono" };
	static const enum theme_role marked[] = { THEME_TITLE, THEME_KEY, THEME_HEADING,
						  THEME_SELECTION, THEME_MARKER, THEME_WARNING,
						  THEME_REFUSED, THEME_MATCH };
	char dir[512];
	const char *dirs[] = { themes_dir(dir), NULL };
	size_t i, k;

	(void)state;
	for (i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct error err = ERROR_INIT;
		struct theme theme;

		theme_init(&theme);
		assert_int_equal(theme_load(&theme, names[i], dirs, &err), 0);
		for (k = 0; k < sizeof marked / sizeof marked[0]; k++) {
			const struct theme_style *style = &theme.style[marked[k]];

			if (!style->bold && !style->underline && !style->reverse)
				fail_msg("%s: %s differs by colour alone", names[i],
					 theme_role_name(marked[k]));
		}
	}
}

static void colours_are_reduced(void **state)
{
	(void)state;
	assert_int_equal(theme_reduce(24, 256), 24);
	assert_int_equal(theme_reduce(196, 16), 9);
	assert_int_equal(theme_reduce(196, 8), 1);
	assert_int_equal(theme_reduce(231, 16), 15);
	assert_int_equal(theme_reduce(THEME_DEFAULT, 8), THEME_DEFAULT);
}

static void wrong_themes_are_refused(void **state)
{
	static const char *const files[] = {
		"[roles]\nwarnung = red\n", "[roles]\nwarning = redd\n", "[roles]\nok = red on\n",
		"[theme]\nbackground = grey\n", "[roles]\nok = red blue\n", "[roles\n", "rubbish\n",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof files / sizeof files[0]; i++) {
		char path[] = "/tmp/ov-theme-XXXXXX";
		int fd = mkstemp(path);
		struct error err = ERROR_INIT;
		struct theme theme, before;

		assert_true(fd >= 0);
		assert_int_equal(write(fd, files[i], strlen(files[i])), (ssize_t)strlen(files[i]));
		close(fd);
		theme_init(&theme);
		before = theme;
		if (theme_load_file(&theme, "x", path, &err) == 0)
			fail_msg("was taken: %s", files[i]);
		assert_string_not_equal(err.message, "");
		assert_memory_equal(&theme, &before, sizeof theme);
		unlink(path);
	}
}

static void a_name_is_no_path(void **state)
{
	static const char *const names[] = { "../themes/mono", "", "mono.ini", "no-such-theme" };
	char dir[512];
	const char *dirs[] = { themes_dir(dir), NULL };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct error err = ERROR_INIT;
		struct theme theme;

		theme_init(&theme);
		assert_int_equal(theme_load(&theme, names[i], dirs, &err), OV_EUSAGE);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(themes_are_readable), cmocka_unit_test(mono_tells_states_apart),
		cmocka_unit_test(meaning_is_not_in_colour_alone),
		cmocka_unit_test(colours_are_reduced), cmocka_unit_test(wrong_themes_are_refused),
		cmocka_unit_test(a_name_is_no_path),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
