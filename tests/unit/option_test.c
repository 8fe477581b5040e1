/* option_test.c: where option values come from, and where files are. */
#include "tests/unit/shared.h"

#include "core/base/civil.h"
#include "core/config/option.h"
#include "core/config/paths.h"
#include "core/model/reason.h"

#include <sys/stat.h>

static char folder[64];

static int folder_up(void **state)
{
	(void)state;
	snprintf(folder, sizeof folder, "/tmp/ov-option-XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	return setenv("XDG_CONFIG_HOME", folder, 1);
}

static int folder_down(void **state)
{
	char path[256];

	(void)state;
	snprintf(path, sizeof path, "%s/overpass/overpass.ini", folder);
	unlink(path);
	snprintf(path, sizeof path, "%s/overpass", folder);
	rmdir(path);
	rmdir(folder);
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("OVERPASS_UI_THEME");
	unsetenv("OVERPASS_UI_ESCDELAY");
	return 0;
}

static void config_write(const char *text)
{
	struct error err = ERROR_INIT;
	char path[256];
	FILE *file;

	snprintf(path, sizeof path, "%s/overpass", folder);
	assert_int_equal(path_make_folder(path, &err), 0);
	snprintf(path, sizeof path, "%s/overpass/overpass.ini", folder);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void later_sources_win(void **state)
{
	struct error err = ERROR_INIT;
	struct options o;

	(void)state;
	config_write("[ui]\ntheme = night\nescdelay = 50\ncursor = bar\n");
	setenv("OVERPASS_UI_THEME", "mono", 1);
	options_init(&o);
	assert_string_equal(option_text(&o, OPT_UI_THEME), "day");
	assert_int_equal(options_load(&o, NULL, &err), 0);
	assert_string_equal(option_text(&o, OPT_UI_THEME), "mono");
	assert_int_equal(o.value[OPT_UI_THEME].source, OPTION_ENVIRONMENT);
	assert_string_equal(o.value[OPT_UI_THEME].place, "OVERPASS_UI_THEME");
	assert_int_equal(option_number(&o, OPT_UI_ESCDELAY), 50);
	assert_non_null(strstr(o.value[OPT_UI_ESCDELAY].place, "overpass.ini:3"));
	assert_int_equal(option_number(&o, OPT_UI_CURSOR), 1);
	assert_true(option_is(&o, OPT_UI_CURSOR, "bar"));
	assert_int_equal(o.value[OPT_UI_AMBIGUOUS].source, OPTION_BUILT_IN);
	assert_int_equal(option_set(&o, OPT_UI_THEME, "day", OPTION_COMMAND_LINE, "--theme", &err), 0);
	assert_string_equal(option_text(&o, OPT_UI_THEME), "day");
	assert_true(option_set(&o, OPT_UI_CURSOR, "x", OPTION_COMMAND_LINE, "--x", &err) < 0);
	assert_true(option_is(&o, OPT_UI_CURSOR, "bar"));
	options_release(&o);
}

static void bad_values_are_refused(void **state)
{
	static const struct {
		const char *text;
		enum reason reason;
		const char *said;
	} rows[] = {
		{ "[ui]\nthem = night\n", REASON_INI_KEY, "ui.theme" },
		{ "theme = night\n", REASON_INI_KEY, "theme" },
		{ "[ui]\nescdelay = 5000\n", REASON_INI_VALUE, "1000" },
		{ "[ui]\nescdelay = ten\n", REASON_INI_VALUE, "escdelay" },
		{ "[ui]\n\ncursor = big\n", REASON_INI_VALUE, "marker|bar|auto" },
		{ "[ui]\nnonsense\n", REASON_INI_LINE, "2" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct error err = ERROR_INIT;
		struct options o;

		config_write(rows[i].text);
		options_init(&o);
		assert_true(options_load(&o, NULL, &err) < 0);
		assert_int_equal(err.reason, rows[i].reason);
		if (!strstr(err.message, rows[i].said))
			fail_msg("%s", err.message);
		assert_non_null(strstr(err.place, "overpass.ini:"));
		options_release(&o);
	}
}

static void a_named_file_must_exist(void **state)
{
	struct error err = ERROR_INIT;
	struct options o;

	(void)state;
	options_init(&o);
	assert_true(options_load(&o, "/nowhere/overpass.ini", &err) < 0);
	assert_int_equal(err.reason, REASON_FILE_OPEN);
	options_release(&o);
}

static void the_environment_is_checked(void **state)
{
	struct error err = ERROR_INIT;
	struct options o;

	(void)state;
	setenv("OVERPASS_UI_ESCDELAY", "-1", 1);
	options_init(&o);
	assert_true(options_load(&o, NULL, &err) < 0);
	assert_int_equal(err.reason, REASON_OPTION_VALUE);
	assert_non_null(strstr(err.message, "OVERPASS_UI_ESCDELAY"));
	options_release(&o);
}

static void the_table_is_sound(void **state)
{
	(void)state;
	for (int i = 0; i < OPT_COUNT; i++) {
		const struct option_def *def = option_def((enum option)i);
		struct error err = ERROR_INIT;
		struct options o;

		options_init(&o);
		assert_int_equal(option_find(def->name), i);
		assert_int_equal(option_set(&o, (enum option)i, def->value, OPTION_USER, "", &err), 0);
		assert_true(*def->help);
		if (*def->flag)
			assert_int_equal(option_find_flag(def->flag), i);
		options_release(&o);
	}
	assert_int_equal(option_find("ui.nothing"), OPT_COUNT);
	assert_int_equal(option_find_flag(""), OPT_COUNT);
}

static void files_are_found(void **state)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	char path[256];

	(void)state;
	setenv("XDG_DATA_HOME", "/x/data/", 1);
	assert_string_equal(path_data_home(&arena), "/x/data/overpass");
	setenv("XDG_DATA_HOME", "relative", 1);
	setenv("HOME", "/h", 1);
	assert_string_equal(path_data_home(&arena), "/h/.local/share/overpass");
	assert_string_equal(path_join(&arena, "/", "a"), "/a");
	assert_non_null(path_program_file(&arena, "data", &err));
	setenv("OVERPASS_DATADIR", "/nowhere", 1);
	assert_null(path_program_file(&arena, "data/keys.ini", &err));
	assert_int_equal(err.reason, REASON_DATA_MISSING);
	unsetenv("OVERPASS_DATADIR");
	snprintf(path, sizeof path, "%s/overpass", folder);
	assert_int_equal(path_make_folder(path, &err), 0);
	assert_int_equal(path_make_folder(path, &err), 0);
	assert_true(path_make_folder("/dev/null/x", &err) < 0);
	assert_int_equal(err.code, OV_ESTORAGE);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(later_sources_win, folder_up, folder_down),
		cmocka_unit_test_setup_teardown(bad_values_are_refused, folder_up, folder_down),
		cmocka_unit_test_setup_teardown(a_named_file_must_exist, folder_up, folder_down),
		cmocka_unit_test_setup_teardown(the_environment_is_checked, folder_up, folder_down),
		cmocka_unit_test(the_table_is_sound),
		cmocka_unit_test_setup_teardown(files_are_found, folder_up, folder_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
