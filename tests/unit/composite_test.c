/* Composite marks: MK-01…08 of DOMAIN.md 5.8 and the edges of rounding. */
#include "tests/unit/shared.h"

#include "core/base/civil.h"
#include "core/rules/composite.h"

#define NONE OV_NULL

static void worked_vectors(void **state)
{
	static const struct {
		int64_t formative, final, bp, mark;
		enum reason code;
		bool passed;
	} rows[] = {
		{ 8000, 7000, 3000, 7300, REASON_MK_OK, true },
		{ NONE, 6000, 0, 6000, REASON_MK_OK, true },
		{ NONE, 9000, 2000, NONE, REASON_MK_NO_FORMATIVE, false },
		{ 5999, 6001, 5000, 6000, REASON_MK_OK, true },
		{ 10000, 3333, 3333, 5555, REASON_MK_OK, false },
		{ 7000, NONE, 10000, 7000, REASON_MK_OK, true },
		{ 7000, NONE, 5000, NONE, REASON_MK_NO_FINAL, false },
		{ 5990, 6000, 500, 6000, REASON_MK_OK, true },
		{ NONE, NONE, 5000, NONE, REASON_MK_NO_FORMATIVE, false },
		{ 0, 0, 5000, 0, REASON_MK_OK, false },
		{ 10000, 10000, 1, 10000, REASON_MK_OK, true },
		/* 5999.5 rounds up, a hair under it does not */
		{ 5999, 6000, 5000, 6000, REASON_MK_OK, true },
		{ 5999, 6000, 5001, 5999, REASON_MK_OK, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int64_t mark;

		assert_int_equal(composite_mark(rows[i].formative, rows[i].final, rows[i].bp, &mark),
				 rows[i].code);
		assert_int_equal(mark, rows[i].mark);
		assert_int_equal(composite_passed(mark), rows[i].passed);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(worked_vectors) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
