/* The reason table and the texts made from it. */
#include "tests/unit/shared.h"

#include <locale.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/model/reason.h"

static void every_row_is_complete(void **state)
{
	(void)state;
	for (int i = 1; i < REASON_COUNT; i++) {
		const struct reason_def *def = reason_get((enum reason)i);

		assert_true(*def->code && *def->message);
		assert_int_equal(reason_find(def->code), i);
		assert_true(strlen(def->message) < 200 && strlen(def->next) < 100);
		assert_int_equal(error_exit_status(def->result) != 0, def->result != OV_OK);
		/* Whoever is refused is told what to do now. */
		if (def->result != OV_OK && i != REASON_CANCELLED && !*def->next)
			fail_msg("%s has no next step", def->code);
	}
}

static void an_unknown_code_is_none(void **state)
{
	(void)state;
	assert_int_equal(reason_find("NO_SUCH_CODE"), REASON_NONE);
	assert_int_equal(reason_find(""), REASON_NONE);
	assert_string_equal(reason_code(-1), "");
	assert_string_equal(reason_code(REASON_COUNT), "");
}

static void parameters_are_filled_in(void **state)
{
	struct error err = ERROR_INIT;
	int result = error_reason(&err, REASON_FIELD_RANGE, "label", "Seats", "min", "1",
				  "max", "500", "field", "seats", NULL);

	(void)state;
	assert_int_equal(result, OV_EREFUSED);
	assert_int_equal(err.code, OV_EREFUSED);
	assert_string_equal(err.message, "Seats must be between 1 and 500");
	assert_string_equal(err.field, "seats");
}

static void an_unknown_parameter_stays_visible(void **state)
{
	char out[64];

	(void)state;
	reason_format(REASON_FIELD_REQUIRED, out, sizeof out, "nothing", "x", NULL);
	assert_string_equal(out, "{label} is needed");
}

/* A text that has no room is cut between characters, at every size. */
static void a_long_text_is_cut_between_characters(void **state)
{
	static const char *han = "甘肃开放大学学习中心";
	static const struct {
		size_t size;
		const char *want;
	} rows[] = {
		{ 1, "" }, { 2, "" }, { 3, "" }, { 4, "甘" }, { 6, "甘" },
		{ 7, "甘肃" }, { 31, "甘肃开放大学学习中心" },
		{ 33, "甘肃开放大学学习中心 i" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char out[64];

		memset(out, '#', sizeof out);
		reason_format(REASON_FIELD_REQUIRED, out, rows[i].size, "label", han, NULL);
		assert_string_equal(out, rows[i].want);
		assert_int_equal(out[rows[i].size], '#');
	}
}

/* gettext("") answers with the catalogue's header. */
static void nothing_is_translated_as_nothing(void **state)
{
	char folder[4096];

	(void)state;
	snprintf(folder, sizeof folder, "%s/locale", getenv("OV_BUILDDIR") ? getenv("OV_BUILDDIR") : ".");
	setlocale(LC_ALL, "C.UTF-8");
	setenv("LANGUAGE", "zh_CN", 1);
	bindtextdomain("overpass", folder);
	textdomain("overpass");
	assert_string_equal(_("Done"), "完成");
	assert_string_equal(_(""), "");
	unsetenv("LANGUAGE");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_is_complete),
		cmocka_unit_test(an_unknown_code_is_none),
		cmocka_unit_test(parameters_are_filled_in),
		cmocka_unit_test(an_unknown_parameter_stays_visible),
		cmocka_unit_test(a_long_text_is_cut_between_characters),
		cmocka_unit_test(nothing_is_translated_as_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
