/* Identifiers: SN-01…14, ID-01…15 and the mobile vectors of DOMAIN.md 3. */
#include "tests/unit/shared.h"

#include "core/rules/identifier.h"

static int64_t day(const char *text)
{
	int64_t date;

	assert_true(date_parse(text, &date));
	return date;
}

static const char *const branches[] = { "101", "110" };
static const char *const types[] = { "064", "065", "001" };
static const struct number_plan ouc = {
	.institution = "OUC", .part_count = 4, .separator = "-", .first_year = 12,
	.autumn_serial = 50000,
	.parts = {
		{ .kind = NUMBER_YEAR, .min_len = 2, .max_len = 2 },
		{ .kind = NUMBER_BRANCH, .min_len = 3, .max_len = 3, .codes = branches, .code_count = 2 },
		{ .kind = NUMBER_TYPE, .min_len = 3, .max_len = 3, .codes = types, .code_count = 3 },
		{ .kind = NUMBER_SERIAL, .min_len = 5, .max_len = 5 },
	},
};

static void student_numbers(void **state)
{
	static const struct {
		const char *input, *code, *decoded;
	} rows[] = {
		{ "1510106400001", "SN_OK", "2015 spring #1" },
		{ "1511006449999", "SN_OK", "2015 spring #49999" },
		{ "1510106450001", "SN_OK", "2015 autumn #1" },
		{ "15 101 064 00123", "SN_OK", "2015 spring #123" },
		{ "１５１０１０６４０００４２", "SN_OK", "2015 spring #42" },
		{ "15-101-064-00001", "SN_OK", "2015 spring #1" },
		{ "15\u3000101\u00a0064\t00001", "SN_OK", "2015 spring #1" },
		{ "1510106400000", "SN_SERIAL", "" }, { "1510106450000", "SN_SERIAL", "" },
		{ "1590006400001", "SN_BRANCH", "" }, { "1510199900001", "SN_TYPE", "" },
		{ "0910106400001", "SN_YEAR", "" }, { "9910106400001", "SN_YEAR", "" },
		{ "151010640001", "SN_LEN", "" }, { "15101064A0001", "SN_CHAR", "" },
		{ "2610106599999", "SN_OK", "2026 autumn #49999" },
		{ "2710106599999", "SN_YEAR", "" }, { "", "SN_LEN", "" }, { "   ", "SN_LEN", "" },
		{ "15101064000011", "SN_LEN", "" }, { "15.101.064.00001", "SN_CHAR", "" },
		{ "甲", "SN_CHAR", "" }, { "\xff\xfe", "SN_CHAR", "" },
		{ "1510106400001\n", "SN_CHAR", "" },
		/* the first failure of several */
		{ "0990099900000", "SN_YEAR", "" }, { "1590099900000", "SN_BRANCH", "" },
		{ "1510199900000", "SN_TYPE", "" }, { "x", "SN_CHAR", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct student_number number;
		struct error err = ERROR_INIT;
		char decoded[64];
		int result = student_number_parse(&ouc, rows[i].input, day("2026-03-01"), &number, &err);

		assert_string_equal(result == 0 ? "SN_OK" : reason_code(err.reason), rows[i].code);
		student_number_decoded(&number, decoded, sizeof decoded);
		if (result == 0)
			assert_string_equal(decoded, rows[i].decoded);
	}
}

static void a_number_is_decoded(void **state)
{
	struct student_number number;
	struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(student_number_parse(&ouc, "15 110 065 50007", day("2026-03-01"),
					      &number, &err), 0);
	assert_string_equal(number.text, "1511006550007");
	assert_string_equal(number.display, "15-110-065-50007");
	assert_string_equal(number.branch, "110");
	assert_string_equal(number.type, "065");
	assert_int_equal(number.year, 2015);
	assert_int_equal(number.season, 'A');
	assert_int_equal(number.ordinal, 7);
}

/* Another institution: digits of any length, then codes with letters. */
static void another_plan(void **state)
{
	static const char *const modules[] = { "A", "G" };
	static const char *const terms[] = { "3B", "4J" };
	static const struct number_plan plan = {
		.institution = "OULAD", .part_count = 3, .separator = "/",
		.parts = {
			{ .kind = NUMBER_DIGITS, .min_len = 1, .max_len = 7 },
			{ .kind = NUMBER_CODE, .min_len = 1, .max_len = 1, .codes = modules, .code_count = 2 },
			{ .kind = NUMBER_CODE, .min_len = 2, .max_len = 2, .codes = terms, .code_count = 2 },
		},
	};
	static const struct {
		const char *input, *code, *display;
	} rows[] = {
		{ "11391A4J", "SN_OK", "11391/A/4J" }, { "7g3b", "SN_OK", "7/G/3B" },
		{ "2698591G3B", "SN_OK", "2698591/G/3B" }, { "26985911G3B", "SN_LEN", "" },
		{ "A3B", "SN_LEN", "" }, { "11391B4J", "SN_PATTERN", "" },
		{ "11391A5J", "SN_PATTERN", "" }, { "113X1A4J", "SN_PATTERN", "" },
		{ "11391A4é", "SN_CHAR", "" },
	};
	struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(number_plan_check(&plan, &err), 0);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct student_number number;
		int result;

		error_clear(&err);
		result = student_number_parse(&plan, rows[i].input, day("2026-03-01"), &number, &err);
		assert_string_equal(result == 0 ? "SN_OK" : reason_code(err.reason), rows[i].code);
		if (result == 0)
			assert_string_equal(number.display, rows[i].display);
	}
}

static void plans_are_checked(void **state)
{
	struct error err = ERROR_INIT;
	struct number_plan plan = ouc;

	(void)state;
	assert_int_equal(number_plan_check(&plan, &err), 0);
	plan.parts[3].max_len = 6;
	assert_int_equal(number_plan_check(&plan, &err), 0);
	plan.parts[2].max_len = 4;
	assert_int_equal(number_plan_check(&plan, &err), OV_EINPUT);
	plan = ouc;
	plan.parts[1].code_count = 0;
	assert_int_equal(number_plan_check(&plan, &err), OV_EINPUT);
	plan = ouc;
	plan.parts[0].max_len = 3;
	assert_int_equal(number_plan_check(&plan, &err), OV_EINPUT);
	plan = ouc;
	plan.part_count = 0;
	assert_int_equal(number_plan_check(&plan, &err), OV_EINPUT);
}

static void citizen_ids(void **state)
{
	static const struct {
		const char *input, *code, *birth;
		char sex;
	} rows[] = {
		{ "11010519491231002X", "ID_OK", "1949-12-31", 'F' },
		{ "440524188001010014", "ID_OK", "1880-01-01", 'M' },
		{ "110100199001010019", "ID_OK", "1990-01-01", 'M' },
		{ "110100199202290029", "ID_OK", "1992-02-29", 'F' },
		{ "320100198512311184", "ID_OK", "1985-12-31", 'F' },
		{ "１１０１０５１９４９１２３１００２ｘ", "ID_OK", "1949-12-31", 'F' },
		{ " 110105 19491231 002x ", "ID_OK", "1949-12-31", 'F' },
		{ "110100199001010010", "ID_CHECK", NULL, 0 },
		{ "11010019910229003X", "ID_DATE", NULL, 0 },
		{ "110100209912310035", "ID_FUTURE", NULL, 0 },
		{ "990100199001010039", "ID_REGION", NULL, 0 },
		{ "110100900101001", "ID_OLD15", NULL, 0 },
		{ "11010019900101", "ID_LEN", NULL, 0 },
		{ "1101001990010100O1", "ID_CHAR", NULL, 0 },
		{ "110100199001010Y11", "ID_CHAR", NULL, 0 },
		{ "", "ID_LEN", NULL, 0 }, { "11010090010100X", "ID_LEN", NULL, 0 },
		{ "11010018791231002X", "ID_DATE", NULL, 0 },
		{ "110100199013010019", "ID_DATE", NULL, 0 },
		{ "十1010519491231002X", "ID_CHAR", NULL, 0 },
		{ "X1010519491231002X", "ID_CHAR", NULL, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct citizen_id id;
		struct error err = ERROR_INIT;
		int result = citizen_id_parse(rows[i].input, day("2026-03-01"), &id, &err);

		assert_string_equal(result == 0 ? "ID_OK" : reason_code(err.reason), rows[i].code);
		if (result != 0) {
			/* no message may hold the number */
			assert_true(rows[i].input[0] == '\0' || !strstr(err.message, rows[i].input));
			continue;
		}
		assert_int_equal(id.birth_date, day(rows[i].birth));
		assert_int_equal(id.sex, rows[i].sex);
		assert_int_equal(strlen(id.text), CITIZEN_ID_LEN);
	}
}

static void the_old_form_gets_a_proposal(void **state)
{
	struct citizen_id id, again;
	struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(citizen_id_parse("110100 900101 001", day("2026-03-01"), &id, &err),
			 OV_EREFUSED);
	assert_int_equal(strlen(id.proposal), CITIZEN_ID_LEN);
	assert_memory_equal(id.proposal, "11010019900101001", 17);
	assert_int_equal(citizen_id_parse(id.proposal, day("2026-03-01"), &again, &err), 0);
	assert_int_equal(again.birth_date, day("1990-01-01"));
}

/* Exactly one of eleven check characters is right. */
static void one_check_character_fits(void **state)
{
	static const char chars[] = "0123456789X";
	int good = 0;

	(void)state;
	for (size_t i = 0; chars[i]; i++) {
		char text[] = "110100199001010010";
		struct citizen_id id;
		struct error err = ERROR_INIT;

		text[17] = chars[i];
		good += citizen_id_parse(text, day("2026-03-01"), &id, &err) == 0;
	}
	assert_int_equal(good, 1);
}

static void ages(void **state)
{
	(void)state;
	assert_true(citizen_id_age_odd(day("2000-03-02"), day("2016-03-01")));
	assert_false(citizen_id_age_odd(day("2000-03-01"), day("2016-03-01")));
	assert_false(citizen_id_age_odd(day("1935-03-02"), day("2016-03-01")));
	assert_true(citizen_id_age_odd(day("1935-03-01"), day("2016-03-01")));
}

static void regions(void **state)
{
	int count = 0;

	(void)state;
	for (int code = 0; code < 100; code++)
		count += citizen_id_region(code);
	/* 31 provinces and cities, 71, 81–83 and 91. */
	assert_int_equal(count, 36);
}

static void mobiles_and_mail(void **state)
{
	static const struct {
		const char *input, *out;
	} mobiles[] = {
		{ "13800001234", "13800001234" }, { "12800001234", NULL }, { "1380000123", NULL },
		{ "+8613800001234", "13800001234" }, { "008613800001234", "13800001234" },
		{ "138-0000 1234", "13800001234" }, { "１３８００００１２３４", "13800001234" },
		{ "+86 +8613800001234", NULL }, { "", NULL }, { "1380000123a", NULL },
		{ "8613800001234", NULL },
	};
	static const struct {
		const char *input;
		bool good;
	} mails[] = {
		{ "a@b", true }, { "", false }, { "a", false }, { "@b", false }, { "a@", false },
		{ "a@b@c", false }, { "a b@c", false }, { "a@b\n", false }, { "a\u3000@b", false },
	};
	struct error err = ERROR_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof mobiles / sizeof mobiles[0]; i++) {
		char out[MOBILE_LEN + 1] = "";

		assert_int_equal(mobile_parse(mobiles[i].input, out, &err),
				 mobiles[i].out ? 0 : OV_EREFUSED);
		assert_string_equal(out, mobiles[i].out ? mobiles[i].out : "");
	}
	for (size_t i = 0; i < sizeof mails / sizeof mails[0]; i++)
		assert_int_equal(email_check(mails[i].input, &err), mails[i].good ? 0 : OV_EREFUSED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(student_numbers),
		cmocka_unit_test(a_number_is_decoded),
		cmocka_unit_test(another_plan),
		cmocka_unit_test(plans_are_checked),
		cmocka_unit_test(citizen_ids),
		cmocka_unit_test(the_old_form_gets_a_proposal),
		cmocka_unit_test(one_check_character_fits),
		cmocka_unit_test(ages),
		cmocka_unit_test(regions),
		cmocka_unit_test(mobiles_and_mail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
