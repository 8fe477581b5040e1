/* field_test.c: values of fields as people write them; the tables themselves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "core/base/hash.h"
#include "core/model/kind.h"
#include "core/model/reason.h"

static void test_centi(void **state)
{
	static const struct {
		const char *text;
		bool ok;
		int64_t centi;
	} rows[] = {
		{ "8", true, 800 }, { "8.0", true, 800 }, { "8.00", true, 800 },
		{ "7.5", true, 750 }, { "-3.00", true, -300 }, { "0.01", true, 1 },
		{ "+2", true, 200 }, { "7.505", false, 0 }, { "", false, 0 },
		{ ".5", false, 0 }, { "1e3", false, 0 }, { "8,00", false, 0 },
		{ "99999999999999", false, 0 }, { "-", false, 0 }, { "8. 0", false, 0 },
	};
	char out[24];

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int64_t centi = 0;

		assert_int_equal(centi_parse(rows[i].text, &centi), rows[i].ok);
		if (rows[i].ok)
			assert_int_equal(centi, rows[i].centi);
	}
	assert_string_equal(centi_format(-5, out), "-0.05");
	assert_string_equal(centi_format(2660, out), "26.60");
	assert_string_equal(centi_format(OV_NULL, out), "");
}

/* Every field that is written can be read back; every table keeps its rules:
 * known kinds, unique names, labels, slots inside the struct. */
static void test_tables(void **state)
{
	(void)state;
	for (int k = 1; k < KIND_COUNT; k++) {
		const struct field_table *table = kind_fields((enum kind)k);

		assert_non_null(table);
		assert_int_equal(kind_find(table->name), k);
		assert_int_equal(kind_find(table->plural), k);
		assert_int_equal(table->head, kind_stored((enum kind)k));
		for (size_t i = 0; i < table->count; i++) {
			const struct field *field = &table->fields[i];

			assert_true(field->offset + 8 <= table->size);
			assert_non_null(field->label);
			assert_ptr_equal(field_find(table, field->name), field);
			assert_true(field->type != FT_ENUM || field->enums);
			assert_true(field->type != FT_REF || kind_stored((enum kind)field->ref));
			assert_true(field->type != FT_TEXT || field->max > 0);
		}
	}
}

static void test_parse(void **state)
{
	static const struct {
		const struct field_table *table;
		const char *field, *text;
		int reason; /* 0: fine */
		const char *back;
	} rows[] = {
		{ &student_fields, "registered_on", "2015-09-10", 0, "2015-09-10" },
		{ &student_fields, "registered_on", "2015-02-29", REASON_FIELD_TYPE, NULL },
		{ &student_fields, "status", "ACTIVE", 0, "ACTIVE" },
		{ &student_fields, "status", "active", REASON_FIELD_CHOICE, NULL },
		{ &session_fields, "start_min", "08:30", 0, "08:30" },
		{ &session_fields, "start_min", "8:30", 0, "08:30" },
		{ &session_fields, "start_min", "24:00", REASON_FIELD_RANGE, NULL },
		{ &session_fields, "end_min", "26:30", 0, "26:30" },
		{ &session_fields, "start_min", "08:60", REASON_FIELD_TYPE, NULL },
		{ &course_fields, "credit_centi", "3.5", 0, "3.50" },
		{ &course_fields, "credit_centi", "30.01", REASON_FIELD_RANGE, NULL },
		{ &course_fields, "credit_centi", "0", REASON_FIELD_RANGE, NULL },
		{ &course_fields, "hours", "５４", 0, "54" },
		{ &course_fields, "hours", "54h", REASON_FIELD_TYPE, NULL },
		{ &course_fields, "code", "  C101 ", 0, "C101" },
		{ &course_fields, "code", "123456789012345678901", REASON_FIELD_LENGTH, NULL },
		{ &course_fields, "name", "a\x01" "b", REASON_FIELD_CONTROL, NULL },
		{ &course_fields, "name", "\xff", REASON_FIELD_UTF8, NULL },
		{ &course_fields, "name", "汽车构造", 0, "汽车构造" },
		{ &programme_fields, "two_cert_required", "是", 0, "1" },
	};
	struct arena arena = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct field *field = field_find(rows[i].table, rows[i].field);
		void *record = record_new(&arena, rows[i].table);
		struct error err = ERROR_INIT;
		char out[100];
		int rc = field_parse(field, rows[i].text, record, &arena, &err);

		assert_int_equal(err.reason, rows[i].reason);
		if (rows[i].reason) {
			assert_true(rc < 0);
			assert_string_equal(err.field, rows[i].field);
			assert_true(field_is_null(field, record));
		} else {
			assert_int_equal(rc, 0);
			assert_string_equal(field_format(field, record, out, sizeof out), rows[i].back);
		}
	}
	arena_release(&arena);
}

static void test_format_cuts_at_a_character(void **state)
{
	const struct field *field = field_find(&course_fields, "name");
	struct arena arena = ARENA_INIT;
	struct course *course = record_new(&arena, &course_fields);
	char out[6];

	(void)state;
	course->name = "汽车构造";
	assert_string_equal(field_format(field, course, out, sizeof out), "汽");
	arena_release(&arena);
}

static void test_copy_and_equal(void **state)
{
	struct arena arena = ARENA_INIT;
	struct term *a = record_new(&arena, &term_fields);
	struct term *b;

	(void)state;
	a->code = "2015S";
	a->starts_on = 1;
	b = record_copy(&arena, &term_fields, a);
	assert_true(record_equal(&term_fields, a, b));
	assert_ptr_not_equal(a->code, b->code);
	b->ends_on = 5;
	assert_false(record_equal(&term_fields, a, b));
	arena_release(&arena);
}

static void test_check_finds_all(void **state)
{
	struct arena arena = ARENA_INIT;
	struct person *person = record_new(&arena, &person_fields);
	struct problems list = { 0 };

	(void)state;
	assert_true(record_check(&person_fields, person, 0, &list) < 0);
	assert_int_equal(list.count, 2); /* the name and the kind of document */
	assert_string_equal(list.item[0].field, "full_name");
	assert_string_equal(list.item[1].field, "doc_kind");

	list.count = 0;
	person->full_name = "测试";
	person->doc_kind = DOC_OTHER;
	person->mobile = "12800001234";
	person->email = "no-at-sign";
	assert_true(record_check(&person_fields, person, 0, &list) < 0);
	assert_int_equal(list.count, 2);
	assert_int_equal(list.item[0].reason, REASON_MOBILE_BAD);
	assert_int_equal(list.item[1].reason, REASON_EMAIL_BAD);
	arena_release(&arena);
}

static void test_mask(void **state)
{
	struct arena arena = ARENA_INIT;
	struct actor viewer = { .user_id = 1, .roles = 1u << ROLE_VIEWER };
	struct actor desk = { .user_id = 1, .roles = 1u << ROLE_FRONT_DESK };
	struct actor admin = { .user_id = 1, .roles = 1u << ROLE_ADMIN };
	struct person *person = record_new(&arena, &person_fields);
	struct person *p;

	(void)state;
	person->full_name = "测试";
	person->doc_no = "110100199001010019";
	person->mobile = "13800001234";
	person->birth_date = 7305;
	p = record_copy(&arena, &person_fields, person);
	record_mask(&person_fields, p, &desk, &arena);
	assert_string_equal(p->doc_no, "110***********0019");
	assert_string_equal(p->mobile, "13800001234");
	assert_int_equal(p->birth_date, OV_NULL);
	p = record_copy(&arena, &person_fields, person);
	record_mask(&person_fields, p, &viewer, &arena);
	assert_null(p->doc_no);
	assert_string_equal(p->mobile, "138****1234");
	p = record_copy(&arena, &person_fields, person);
	record_mask(&person_fields, p, &admin, &arena);
	assert_null(p->doc_no);
	assert_null(p->mobile);
	arena_release(&arena);
}

static void test_reason_message(void **state)
{
	struct error err = ERROR_INIT;
	char small[12];

	(void)state;
	assert_int_equal(error_reason(&err, REASON_SM_STALE, "rev", "7", NULL), OV_ECONFLICT);
	assert_non_null(strstr(err.message, "rev 7"));
	assert_int_equal(reason_find("SM_STALE"), REASON_SM_STALE);
	assert_int_equal(reason_find("NOPE"), REASON_NONE);
	/* cut inside a multi-byte character: whole characters remain */
	reason_format(REASON_USAGE, small, sizeof small, "what", "汽车构造学习", NULL);
	assert_string_equal(small, "汽车构");
}

static void test_forbidden_roles(void **state)
{
	(void)state;
	assert_true(roles_forbidden(1u << ROLE_ADMIN | 1u << ROLE_VIEWER));
	assert_true(roles_forbidden(1u << ROLE_AUDITOR | 1u << ROLE_FRONT_DESK));
	assert_true(roles_forbidden(1u << ROLE_VERIFIER | 1u << ROLE_REVIEWER2));
	assert_false(roles_forbidden(1u << ROLE_FRONT_DESK | 1u << ROLE_REVIEWER1));
	assert_false(roles_forbidden(1u << ROLE_AUDITOR | 1u << ROLE_VIEWER));
}

static void test_civil(void **state)
{
	int64_t day = 0;
	char out[INSTANT_TEXT];

	(void)state;
	assert_true(date_parse("2015-08-31", &day));
	assert_string_equal(date_format(date_add_months(day, 30), out), "2018-02-28");
	assert_string_equal(date_format(date_add_months(day, -6), out), "2015-02-28");
	assert_int_equal(date_weekday(day), 1);
	assert_false(date_parse("2015-8-31", &day));
	assert_false(date_parse("1900-02-29", &day));
	assert_string_equal(instant_format(0, out), "1970-01-01T00:00:00Z");
	assert_int_equal(instant_date(-1, 0), -1);
	assert_int_equal(instant_date(16 * 3600, 8 * 3600), 1);
	for (int64_t d = -200000; d < 200000; d += 37) {
		struct civil c = date_to_civil(d);

		assert_int_equal(date_from_civil(c.year, c.month, c.day), d);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_centi),
		cmocka_unit_test(test_tables),
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_format_cuts_at_a_character),
		cmocka_unit_test(test_copy_and_equal),
		cmocka_unit_test(test_check_finds_all),
		cmocka_unit_test(test_mask),
		cmocka_unit_test(test_reason_message),
		cmocka_unit_test(test_forbidden_roles),
		cmocka_unit_test(test_civil),
	};

	return hash_setup() || cmocka_run_group_tests(tests, NULL, NULL);
}
