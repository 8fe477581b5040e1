/* ini_test.c: INI files, good, odd and bad. */
#include "tests/unit/shared.h"

#include "core/base/nearest.h"
#include "core/config/ini.h"
#include "core/model/reason.h"

static int parse(const char *text, struct ini *ini, struct error *err)
{
	return ini_parse(text, strlen(text), "t.ini", ini, err);
}

static void values_are_read(void **state)
{
	static const struct {
		const char *text, *section, *key, *value;
	} rows[] = {
		{ "[a]\nk=v\n", "a", "k", "v" },
		{ "[a]\nk = v w \n", "a", "k", "v w" },
		{ "[a]\r\nk=v\r\n", "a", "k", "v" },
		{ "\xef\xbb\xbf[a]\nk=v", "a", "k", "v" },
		{ "[A]\nKey=VaLue\n", "A", "Key", "VaLue" },
		{ "k=v\n", "", "k", "v" },
		{ "[a]\nk=\n", "a", "k", "" },
		{ "[a]\nk=;nothing\n", "a", "k", "" },
		{ "[a]\nk=v;c\n", "a", "k", "v" }, { "[a]\nk=v # c\n", "a", "k", "v" },
		{ "[a]\nk=\" v;#\" ; c\n", "a", "k", " v;#" },
		{ "[a]\nk=\"str\\\"ing\"\n", "a", "k", "str\"ing" },
		{ "[a]\nk=str\"ing\n", "a", "k", "str\"ing" },
		{ "[a]\nk='v;w' ; c\n", "a", "k", "v;w" }, { "[a]\nk=''\n", "a", "k", "" },
		{ "[a]\nk=\"open ; c\n", "a", "k", "\"open" },
		{ "[a]\nk=\"x\" y\n", "a", "k", "\"x\" y" },
		{ "[a]\nk=C:\\dir\n", "a", "k", "C:\\dir" },
		{ "[a]\nk=one \\\n two\n", "a", "k", "one  two" }, { "[a]\nk=1 \\ \n2\n", "a", "k", "1 2" },
		{ "[a]\nk=1\nk=2\n", "a", "k", "2" },
		{ "[ a b ] # c ]\nk=v\n", "a b", "k", "v" }, { "[ open[ ]\nk=v", "open[", "k", "v" },
		{ "; c\n# c\n\n[a]\n\"k=x\"=v\n", "a", "\"k", "x\"=v" },
		{ "[学员]\n姓名 = 王\n", "学员", "姓名", "王" },
		{ "[a]\nk=a=b\n", "a", "k", "a=b" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct error err = ERROR_INIT;
		struct ini ini;
		const char *value;

		if (parse(rows[i].text, &ini, &err))
			fail_msg("row %zu: %s", i, err.message);
		value = ini_get(&ini, rows[i].section, rows[i].key);
		assert_non_null(value);
		assert_string_equal(value, rows[i].value);
		assert_null(ini_get(&ini, "nowhere", "k"));
		ini_release(&ini);
	}
}

static void bad_lines_are_named(void **state)
{
	static const struct {
		const char *text;
		enum reason reason;
		const char *place;
	} rows[] = {
		{ "[a]\nk=v\nerror is here\na=b\n", REASON_INI_LINE, "t.ini:3" },
		{ "[a\nk=v\n", REASON_INI_LINE, "t.ini:1" },
		{ "[]\n", REASON_INI_LINE, "t.ini:1" },
		{ "[a] x\n", REASON_INI_LINE, "t.ini:1" },
		{ "\n= v\n", REASON_INI_LINE, "t.ini:2" },
		{ "a=1\\\n2\nbad\n", REASON_INI_LINE, "t.ini:3" },
		{ "a=1\nb=\xff\n", REASON_FILE_BAD, "t.ini:2" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct error err = ERROR_INIT;
		struct ini ini;

		assert_true(parse(rows[i].text, &ini, &err) < 0);
		assert_int_equal(err.reason, rows[i].reason);
		assert_string_equal(err.place, rows[i].place);
		assert_int_equal(ini.count, 0);
		assert_null(ini_get(&ini, "a", "k"));
		ini_release(&ini);
	}
}

static void limits_hold(void **state)
{
	struct error err = ERROR_INIT;
	size_t len = 3000;
	char *text = mem_alloc(INI_FILE_LIMIT + 2);
	struct ini ini;

	(void)state;
	/* A line three times as long as iniparser's. */
	memset(text, 'x', len);
	text[1] = '=';
	text[len] = '\0';
	assert_int_equal(parse(text, &ini, &err), 0);
	assert_int_equal(strlen(ini_get(&ini, "", "x")), len - 2);
	ini_release(&ini);
	assert_true(ini_parse("a=1\nb=\0", 7, "t.ini", &ini, &err) < 0);
	assert_int_equal(err.reason, REASON_FILE_NUL);
	assert_string_equal(err.place, "t.ini:2");
	memset(text, '#', INI_FILE_LIMIT + 1);
	assert_true(ini_parse(text, INI_FILE_LIMIT + 1, "t.ini", &ini, &err) < 0);
	assert_int_equal(err.reason, REASON_FILE_LIMIT);
	for (size_t i = 0; i <= INI_KEYS_MAX; i++)
		memcpy(text + i * 4, "k=v\n", 4);
	assert_true(ini_parse(text, (INI_KEYS_MAX + 1) * 4, "t.ini", &ini, &err) < 0);
	assert_int_equal(err.reason, REASON_FILE_BAD);
	free(text);
	assert_true(ini_load("/nowhere/x.ini", &ini, &err) < 0);
	assert_int_equal(err.reason, REASON_FILE_OPEN);
	assert_true(ini_load("/", &ini, &err) < 0);
	assert_int_equal(err.reason, REASON_FILE_OPEN);
}

static void entries_keep_their_lines(void **state)
{
	struct error err = ERROR_INIT;
	struct ini ini;

	(void)state;
	assert_int_equal(parse("# c\n[b]\nx=1\\\n2\n\ny=3\n[a]\nz=4\n", &ini, &err), 0);
	assert_int_equal(ini.count, 3);
	assert_int_equal(ini.entries[0].line, 3);
	assert_string_equal(ini.entries[0].value, "12");
	assert_int_equal(ini.entries[1].line, 6);
	assert_string_equal(ini.entries[2].section, "a");
	assert_true(ini_has_section(&ini, "b"));
	assert_false(ini_has_section(&ini, "B"));
	ini_release(&ini);
}

static void numbers_are_whole(void **state)
{
	int64_t value = 7;

	(void)state;
	assert_true(ini_number("-12", -20, 0, &value));
	assert_int_equal(value, -12);
	assert_false(ini_number("12x", 0, 99, &value));
	assert_false(ini_number("", 0, 99, &value));
	assert_false(ini_number(" 1", 0, 99, &value));
	assert_false(ini_number("100", 0, 99, &value));
	assert_false(ini_number("99999999999999999999", 0, INT64_MAX, &value));
	assert_int_equal(value, -12);
}

static void the_nearest_word_is_found(void **state)
{
	static const char *const known[] = { "ui.theme", "ui.cursor", "store.url" };

	(void)state;
	assert_int_equal(nearest_word("ui.them", known, 3), 0);
	assert_int_equal(nearest_word("ui.hteme", known, 3), 0);
	assert_int_equal(nearest_word("STORE.ULR", known, 3), 2);
	assert_int_equal(nearest_word("", known, 0), 0);
}

static void files_that_break_parsers(void **state)
{
	static const struct {
		const char *file;
		bool good;
		const char *section, *key, *value;
	} rows[] = {
		{ "good_ini/empty.ini", true, "", "", NULL },
		{ "good_ini/spaced.ini", true, "", "", NULL },
		{ "good_ini/spaced2.ini", true, "blanks", "c", "1" },
		{ "quotes.ini", true, "quotes", "string2", "str#ing" },
		{ "quotes.ini", true, "quotes", "string4", "str" },
		{ "utf8.ini", true, "拉麺", "メンマ", "そうだね" },
		{ "gruezi.ini", true, "Chuchichäschtli", "Gruss", "Grüzi" },
		{ "old.ini", true, "section", "key_01", "hello world" },
		{ "bad_ini/ends_well.ini", false, "", "", NULL },
		{ "bad_ini/twisted-errors.ini", false, "", "", NULL },
		{ "bad_ini/twisted-ofval.ini", true, "", "", NULL },
		{ "bad_ini/twisted-ofkey.ini", true, "", "", NULL },
		{ "good_ini/twisted.ini", true, "multi", "d", "1234" },
	};
	char path[512];

	(void)state;
	shared_need("data/ini/quotes.ini", path, sizeof path);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct error err = ERROR_INIT;
		char name[128];
		struct ini ini;
		int rc;

		snprintf(name, sizeof name, "data/ini/%s", rows[i].file);
		assert_true(shared_path(name, path, sizeof path));
		rc = ini_load(path, &ini, &err);
		if ((rc == 0) != rows[i].good)
			fail_msg("%s: %s", rows[i].file, err.message);
		if (rows[i].value)
			assert_string_equal(ini_text(&ini, rows[i].section, rows[i].key, ""),
					    rows[i].value);
		ini_release(&ini);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_read),
		cmocka_unit_test(bad_lines_are_named),
		cmocka_unit_test(limits_hold),
		cmocka_unit_test(entries_keep_their_lines),
		cmocka_unit_test(numbers_are_whole),
		cmocka_unit_test(the_nearest_word_is_found),
		cmocka_unit_test(files_that_break_parsers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
