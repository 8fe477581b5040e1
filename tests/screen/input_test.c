/* Keys and their names, the line editor, forms, drafts. */
#include <string.h>

#include "core/model/kind.h"
#include "tests/screen/cmocka.h"
#include "tui/draft.h"
#include "tui/edit.h"
#include "tui/form.h"
#include "tui/fuzzy.h"
#include "tui/key.h"

static void key_names_go_round(void **state)
{
	static const struct {
		const char *name;
		key_press key;
	} table[] = {
		{ "a", 'a' }, { "F1", K_F0 + 1 }, { "F12", K_F0 + 12 }, { "C-p", 16 },
		{ "M-1", KM_ALT | '1' }, { "Enter", K_ENTER }, { "PgDn", K_PGDN },
		{ "C-x l", KM_PREFIX | 'l' }, { "Space", ' ' }, { "?", '?' }, { ",", ',' },
		{ "BackTab", K_BACKTAB }, { "M-Enter", KM_ALT | K_ENTER }, { "学", 0x5b66 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof table / sizeof table[0]; i++) {
		char name[KEY_NAME_MAX];
		key_press key = 0;

		assert_true(key_parse(table[i].name, strlen(table[i].name), &key));
		assert_int_equal(key, table[i].key);
		assert_string_equal(key_label(key, name), table[i].name);
	}
}

static void wrong_key_names_are_refused(void **state)
{
	static const char *const names[] = { "F0", "F13", "F1x", "Entr", "C-1", "C-", "M-", "ab", "" };
	key_press key;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof names / sizeof names[0]; i++)
		assert_false(key_parse(names[i], strlen(names[i]), &key));
}

static void full_width_becomes_ascii(void **state)
{
	(void)state;
	assert_int_equal(key_narrow(0xff41), 'a');
	assert_int_equal(key_narrow(0xff10), '0');
	assert_int_equal(key_narrow(0xff1f), '?');
	assert_int_equal(key_narrow(0xff0f), '/');
	assert_int_equal(key_narrow(0x3002), '.');
	assert_int_equal(key_narrow(0x738b), 0x738b);
	assert_true(key_is_han(0x738b));
	assert_false(key_is_han('w'));
}

static void type(struct edit *edit, const char *text)
{
	while (*text) {
		uint32_t point;

		text += utf8_decode(text, strlen(text), &point);
		edit_key(edit, point);
	}
}

static void editing(void **state)
{
	struct edit edit;

	(void)state;
	edit_init(&edit, 8);
	type(&edit, "王小明ab");
	edit_key(&edit, K_HOME);
	edit_key(&edit, K_RIGHT);
	edit_key(&edit, K_BACKSPACE);
	assert_string_equal(edit.text, "小明ab");
	edit_key(&edit, K_END);
	edit_key(&edit, K_CTRL('w'));
	assert_string_equal(edit.text, "");
	type(&edit, "123456789");
	assert_string_equal(edit.text, "12345678"); /* no ninth */
	edit_set(&edit, "e\xcc\x81x"); /* a letter with a combining accent */
	edit_key(&edit, K_LEFT);
	edit_key(&edit, K_BACKSPACE);
	assert_string_equal(edit.text, "x");
	edit_set(&edit, "");
	edit_paste(&edit, "a\nb\033[c");
	assert_string_equal(edit.text, "a b[c");
	edit_release(&edit);
}

static void form_checks_fields(void **state)
{
	struct arena arena = ARENA_INIT;
	struct form form;
	void *record;

	(void)state;
	form_init(&form, &cohort_fields, NULL);
	form_set(&form, "code", "GC1501");
	form_set(&form, "capacity", "9999");
	assert_int_not_equal(form_read(&form, 20513, &arena, &record), 0);
	assert_null(record);
	/* All problems at once, each beside its field. */
	assert_string_equal(form_find(&form, "code")->problem, "");
	assert_string_not_equal(form_find(&form, "capacity")->problem, "");
	assert_string_not_equal(form_find(&form, "name")->problem, "");
	assert_string_not_equal(form_find(&form, "intake")->problem, "");
	assert_string_equal(form.lines[form.focus].field->name, "name");
	form_release(&form);
	arena_release(&arena);
}

static void form_chooses_enums(void **state)
{
	struct form form;

	(void)state;
	form_init(&form, &room_fields, NULL);
	form.focus = (size_t)(form_find(&form, "kind") - form.lines);
	form_key(&form, K_RIGHT);
	assert_string_equal(form_find(&form, "kind")->edit.text, room_kind_enum.values[0].code);
	form_key(&form, K_LEFT);
	assert_string_equal(form_find(&form, "kind")->edit.text,
			    room_kind_enum.values[room_kind_enum.count - 1].code);
	form_key(&form, K_BACKSPACE);
	assert_string_equal(form_find(&form, "kind")->edit.text, "");
	form_release(&form);
}

static void drafts_go_round(void **state)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct draft draft;
	struct buf text = BUF_INIT;

	(void)state;
	draft_head(&text, "command");
	draft_put(&text, "reason", "two\nlines \\ and =");
	assert_int_equal(draft_parse(text.bytes, text.len, &arena, &draft, &err), 0);
	assert_string_equal(draft.view, "command");
	assert_string_equal(draft_get(&draft, "reason"), "two\nlines \\ and =");
	assert_null(draft_get(&draft, "other"));
	/* Every file that was cut off is refused, unless at a line's end. */
	while (text.len > 0) {
		text.len--;
		if (text.bytes[text.len] == '\n')
			assert_int_equal(draft_parse(text.bytes, text.len, &arena, &draft, &err),
					 OV_EINPUT);
	}
	buf_release(&text);
	arena_release(&arena);
}

static void rubbish_is_no_draft(void **state)
{
	static const char *const files[] = {
		"", "\n", "overpass-draft 2\nview=x\n", "overpass-draft 1\n", "overpass-draft 1\nx=y\n",
		"overpass-draft 1\nview=x\nno equals\n", "overpass-draft 1\nview=\xff\n",
	};
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct draft draft;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof files / sizeof files[0]; i++)
		assert_int_equal(draft_parse(files[i], strlen(files[i]), &arena, &draft, &err),
				 OV_EINPUT);
	assert_int_equal(draft_parse("overpass-draft 1\nview=x\n\0\n", 26, &arena, &draft, &err),
			 OV_EINPUT);
	arena_release(&arena);
}

static void fuzzy_finds(void **state)
{
	static const struct {
		const char *typed, *text;
		bool found;
	} table[] = {
		{ "", "x", true }, { "clm", "claims", true }, { "xyz", "claims", false },
		{ "zdxl", "转到学员查询", false }, { "zdxy", "转到学员查询", true },
		{ "XYCX", "转到学员查询", true }, { "学员", "转到学员查询", true },
		{ "go l", "Go to the learner lookup", true },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof table / sizeof table[0]; i++) {
		if ((fuzzy_score(table[i].typed, table[i].text) > 0) != table[i].found)
			fail_msg("\"%s\" in \"%s\"", table[i].typed, table[i].text);
	}
	assert_int_equal(fuzzy_stands("", "x"), 0);
	assert_int_equal(fuzzy_stands("gc15", "GC1502"), FUZZY_BEGINS);
	assert_int_equal(fuzzy_stands("１５", "GC1502"), FUZZY_INSIDE);
	assert_int_equal(fuzzy_stands("g1", "GC1502"), 0);
	assert_int_equal(fuzzy_stands("wxm", "王小明"), FUZZY_BEGINS);
	assert_int_equal(fuzzy_stands("x明", "王小明"), FUZZY_INSIDE);
	assert_int_equal(fuzzy_stands("王小明明", "王小明"), 0);
	assert_int_equal(fuzzy_stands("z", "曾"), FUZZY_BEGINS);
	assert_int_equal(fuzzy_stands("c", "曾"), FUZZY_BEGINS);
	assert_true(fuzzy_score("help", "app.help") > fuzzy_score("help", "highest level of paper"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(key_names_go_round), cmocka_unit_test(wrong_key_names_are_refused),
		cmocka_unit_test(full_width_becomes_ascii), cmocka_unit_test(editing),
		cmocka_unit_test(form_checks_fields), cmocka_unit_test(form_chooses_enums),
		cmocka_unit_test(drafts_go_round), cmocka_unit_test(rubbish_is_no_draft),
		cmocka_unit_test(fuzzy_finds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
