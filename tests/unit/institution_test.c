/* institution_test.c: institution files, shipped and bad. */
#include "tests/unit/shared.h"

#include "core/config/institution.h"
#include "core/model/reason.h"

static int load_text(const char *text, struct institution *inst, struct error *err)
{
	char path[] = "/tmp/ov-inst-XXXXXX";
	int fd = mkstemp(path), rc;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
	rc = institution_load(path, inst, err);
	unlink(path);
	return rc;
}

static void numbers_follow_the_plans(void **state)
{
	static const struct {
		const char *plan, *number;
		enum reason reason;
		const char *text;
	} rows[] = {
		{ "ouc", "15 101 064 00123", REASON_NONE, "1510106400123" },
		{ "ouc", "1590006400001", REASON_SN_BRANCH, NULL },
		{ "ouc", "1510199900001", REASON_SN_TYPE, NULL },
		{ "ouc", "0910106400001", REASON_SN_YEAR, NULL },
		{ "ouc", "1510106450000", REASON_SN_SERIAL, NULL },
		{ "oulad", "11391A3J", REASON_NONE, "11391A3J" },
		{ "oulad", "2698591C4J", REASON_NONE, "2698591C4J" },
		{ "oulad", "6516G4B", REASON_NONE, "6516G4B" },
		{ "oulad", "11391H3J", REASON_SN_PATTERN, NULL },
		{ "oulad", "11391", REASON_SN_PATTERN, NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct student_number number;
		struct institution inst;
		struct error err = ERROR_INIT;

		assert_int_equal(institution_load(rows[i].plan, &inst, &err), 0);
		if (rows[i].text) {
			if (student_number_parse(&inst.plan, rows[i].number, 20500, &number, &err))
				fail_msg("%s: %s", rows[i].number, err.message);
			assert_string_equal(number.text, rows[i].text);
			assert_true(strlen(number.text) <= 13);
		} else {
			assert_true(student_number_parse(&inst.plan, rows[i].number, 20500,
							 &number, &err) < 0);
			if (err.reason != (int)rows[i].reason)
				fail_msg("%s: %s", rows[i].number, reason_code(err.reason));
		}
		institution_release(&inst);
	}
}

static void reference_records_are_listed(void **state)
{
	struct institution inst;
	struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(institution_load("oulad", &inst, &err), 0);
	assert_string_equal(inst.code, "oulad");
	assert_int_equal(inst.branch_count, 2);
	assert_string_equal(inst.branches[1].parent, "OU");
	assert_string_equal(inst.branches[1].kind, "CENTRE");
	assert_null(inst.branches[0].parent);
	assert_int_equal(inst.programme_count, 7);
	assert_string_equal(inst.programmes[6].code, "GGG");
	assert_string_equal(inst.programmes[6].kind, "NON_DEGREE");
	assert_int_equal(inst.programmes[6].min_total_centi, 6000);
	institution_release(&inst);
	assert_int_equal(institution_load("ouc", &inst, &err), 0);
	assert_int_equal(inst.type_count, 3);
	assert_string_equal(inst.types[1].code, "064");
	assert_int_equal(inst.plan.autumn_serial, 50000);
	institution_release(&inst);
}

static void bad_files_are_refused(void **state)
{
#define HEAD "[institution]\ncode=x\n[number]\nparts=a\n"
	static const struct {
		const char *text;
		enum reason reason;
	} rows[] = {
		{ "", REASON_FILE_BAD },
		{ HEAD, REASON_MAP_BAD },
		{ HEAD "[part a]\nkind=digits\nlength=1-40\n", REASON_INI_VALUE },
		{ HEAD "[part a]\nkind=digits\nlength=5-2\n", REASON_INI_VALUE },
		{ HEAD "[part a]\nkind=digit\nlength=5\n", REASON_INI_VALUE },
		{ HEAD "[part a]\nkind=code\nlength=5\n", REASON_FILE_BAD },
		{ HEAD "[part a]\nkind=digits\nsize=5\n", REASON_INI_KEY },
		{ HEAD "[parts a]\nkind=digits\n", REASON_INI_KEY },
		{ HEAD "first_yaer=1\n", REASON_INI_KEY },
		{ HEAD "first_year=x\n", REASON_INI_VALUE },
		{ "[institution]\nkode=x\n", REASON_INI_KEY },
		{ "[institution]\ncode=x\n[number]\nparts=a b c d e f g h i\n", REASON_FILE_BAD },
		{ HEAD "[programme P]\nmin_months=-1\n", REASON_INI_VALUE },
		{ HEAD "[branch B]\nnam=x\n", REASON_INI_KEY },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct institution inst;
		struct error err = ERROR_INIT;

		assert_true(load_text(rows[i].text, &inst, &err) < 0);
		if (err.reason != (int)rows[i].reason)
			fail_msg("row %zu: %s %s", i, reason_code(err.reason), err.message);
		assert_null(inst.code);
	}
}

static void unknown_names_are_refused(void **state)
{
	struct institution inst;
	struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(institution_load("nowhere", &inst, &err), OV_ESTORAGE);
	assert_int_equal(institution_load("/nowhere.ini", &inst, &err), OV_EINPUT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_follow_the_plans),
		cmocka_unit_test(reference_records_are_listed),
		cmocka_unit_test(bad_files_are_refused),
		cmocka_unit_test(unknown_names_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
