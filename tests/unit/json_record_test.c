/* Records as JSON and back, and what is refused. */
#include "tests/unit/shared.h"

#include "core/base/hash.h"
#include "core/codec/json_record.h"
#include "core/codec/json_write.h"
#include "core/model/reason.h"
#include "core/store/command.h"

static struct arena arena;
static struct error err;

static int clear(void **state)
{
	(void)state;
	arena_release(&arena);
	error_clear(&err);
	return 0;
}

/* A record with some value in every slot, differing by kind. */
static void *filled(const struct field_table *table)
{
	uint8_t hash[HASH_BYTES];
	void *record = record_new(&arena, table);

	for (size_t i = 0; i < HASH_BYTES; i++)
		hash[i] = (uint8_t)(i * 7);
	for (size_t i = 0; i < table->count; i++) {
		const struct field *field = &table->fields[i];

		if (field->type == FT_TEXT)
			field_set_text(field, record, "é \"张\"\\\n\t/");
		else if (field->type == FT_HASH)
			field_set_hash(field, record, arena_memdup(&arena, hash, HASH_BYTES));
		else if (field->type == FT_ENUM)
			field_set_int(field, record, (int64_t)field->enums->count - 1);
		else if (field->type == FT_BOOL)
			field_set_int(field, record, 1);
		else if (field->type != FT_LIST)
			field_set_int(field, record, 16000 + (int64_t)i);
	}
	return record;
}

static char *text_of(const struct field_table *table, const void *record)
{
	json_t *json = json_record(table, record, 0);
	char *text = json_canonical(json, &arena);

	json_decref(json);
	return text;
}

/* A secret is never written. */
static bool has_secret(const struct field_table *table)
{
	bool secret = false;

	for (size_t i = 0; i < table->count; i++)
		secret = secret || table->fields[i].flags & SECRET;
	return secret;
}

static void every_kind_comes_back(void **state)
{
	(void)state;
	for (int k = 1; k < KIND_COUNT; k++) {
		const struct field_table *table = kind_fields((enum kind)k);
		void *records[2] = { filled(table), record_new(&arena, table) };

		if (!table)
			continue;
		for (int r = 0; r < 2; r++) {
			char *text = text_of(table, records[r]);
			json_t *parsed;
			void *back;

			assert_int_equal(json_parse(text, strlen(text), "x", &parsed, &err), 0);
			if (json_record_read(parsed, table, &arena, &back, &err) < 0)
				fail_msg("%s: %s", table->name, err.message);
			if (!has_secret(table) && !record_equal(table, records[r], back))
				fail_msg("%s", table->name);
			assert_string_equal(text_of(table, back), text);
			json_decref(parsed);
		}
	}
}

static void the_form_is_the_contract(void **state)
{
	struct term *term = record_new(&arena, &term_fields);
	struct course *course = record_new(&arena, &course_fields);
	struct user *user = record_new(&arena, &user_fields);

	(void)state;
	term->id = 3;
	term->rev = 2;
	term->created_by = 1;
	term->created_at = 0;
	term->code = "2026S";
	term->starts_on = date_from_civil(2026, 3, 1);
	assert_string_equal(text_of(&term_fields, term),
		"{\"code\":\"2026S\",\"created_at\":\"1970-01-01T00:00:00Z\",\"created_by\":1,"
		"\"ends_on\":null,\"id\":3,\"rev\":2,\"starts_on\":\"2026-03-01\"}");
	course->credit_centi = 800;
	course->kind = COURSE_OPEN;
	assert_non_null(strstr(text_of(&course_fields, course),
			       "\"credit_centi\":800"));
	assert_non_null(strstr(text_of(&course_fields, course),
			       "\"kind\":\"OPEN\""));
	user->secret = "$argon2id$";
	assert_null(strstr(text_of(&user_fields, user), "secret"));
}

static void bad_documents_are_refused(void **state)
{
	static const struct {
		const char *text;
		size_t len; /* 0: to the NUL */
		enum reason reason;
	} rows[] = {
		{ "{\"code\":\"2026S\"}", 0, REASON_OK },
		{ "", 0, REASON_FILE_BAD },
		{ "{", 0, REASON_FILE_BAD },
		{ "{}x", 0, REASON_FILE_BAD },
		{ "{\"code\":\"a\",\"code\":\"b\"}", 0, REASON_FILE_BAD },
		{ "{\"code\":\"a\\u0000b\"}", 0, REASON_FILE_BAD },
		{ "{\"code\":\"a\0b\"}", 14, REASON_FILE_BAD },
		{ "{\"code\":\"\\ud800\"}", 0, REASON_FILE_BAD },
		{ "{\"code\":\"\\udc00x\"}", 0, REASON_FILE_BAD },
		{ "{\"code\":\"\xff\"}", 0, REASON_FILE_BAD },
		{ "{\"code\":\"\xed\xa0\x80\"}", 0, REASON_FILE_BAD },
		{ "{'code':1}", 0, REASON_FILE_BAD },
		{ "{\"rev\":99999999999999999999}", 0, REASON_FILE_BAD },
		{ "[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]", 0, REASON_FILE_BAD },
		{ "[]", 0, REASON_FIELD_TYPE },
		{ "3", 0, REASON_FIELD_TYPE },
		{ "{\"cod\":\"2026S\"}", 0, REASON_FIELD_UNKNOWN },
		{ "{\"\":1}", 0, REASON_FIELD_UNKNOWN },
		{ "{\"code\":2026}", 0, REASON_FIELD_TYPE },
		{ "{\"code\":{}}", 0, REASON_FIELD_TYPE },
		{ "{\"starts_on\":\"2026-02-30\"}", 0, REASON_FIELD_TYPE },
		{ "{\"starts_on\":20260301}", 0, REASON_FIELD_TYPE },
		{ "{\"starts_on\":\"\"}", 0, REASON_FIELD_TYPE },
		{ "{\"id\":\"3\"}", 0, REASON_FIELD_TYPE },
		{ "{\"id\":3.0}", 0, REASON_FIELD_TYPE },
		{ "{\"created_at\":5}", 0, REASON_FIELD_TYPE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		json_t *json;
		void *record;
		int rc = json_parse(rows[i].text, rows[i].len ? rows[i].len : strlen(rows[i].text),
				    "request", &json, &err);

		if (rc == 0)
			rc = json_record_read(json, &term_fields, &arena, &record, &err);
		if (rows[i].reason == REASON_OK ? rc != 0 : rc == 0 || err.reason != (int)rows[i].reason)
			fail_msg("row %zu: %s", i, rc ? err.message : "accepted");
		json_decref(json);
	}
}

static void very_deep_documents_cost_nothing(void **state)
{
	const size_t len = 4 << 20;
	char *deep = mem_alloc(len);
	json_t *json;

	(void)state;
	memset(deep, '[', len);
	assert_int_equal(json_parse(deep, len, "x", &json, &err), OV_EINPUT);
	free(deep);
}

static void bundles_come_back(void **state)
{
	struct bundle bundle, back;
	json_t *json;

	(void)state;
	bundle_init(&bundle, &arena);
	for (int i = 0; i < 9; i++)
		bundle_add(&bundle, &term_fields, filled(&term_fields));
	bundle_add(&bundle, &advice_fields, filled(&advice_fields));
	json = json_bundle(&bundle);
	assert_int_equal(json_bundle_read(json, &arena, &back, &err), 0);
	assert_int_equal(bundle_list(&back, &term_fields)->count, 9);
	assert_int_equal(bundle_list(&back, &advice_fields)->count, 1);
	json_object_set_new(json, "nonsense", json_array());
	assert_int_equal(json_bundle_read(json, &arena, &back, &err), OV_EUSAGE);
	json_decref(json);
}

/* What is hashed is the canonical text: of records, and of what commands are asked. */
static void the_hashed_text_is_canonical(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < KIND_COUNT - 1 + command_count(); i++) {
		const struct field_table *table = i < KIND_COUNT - 1 ? kind_fields((enum kind)(i + 1)) :
						  command_at(i - (KIND_COUNT - 1))->args;
		void *records[2] = { filled(table), record_new(&arena, table) };

		for (unsigned k = 0; k < 2 * 4; k++) { /* with each of the flags */
			json_t *json = json_record(table, records[k % 2], k / 2);

			buf_clear(&out);
			json_write_canonical(&out, table, records[k % 2], k / 2);
			assert_string_equal(buf_cstr(&out), json_canonical(json, &arena));
			json_decref(json);
		}
	}
	buf_release(&out);
}

static void written_as_the_tree(const struct buf *out, json_t *json)
{
	char *text = json_dumps(json, JSON_COMPACT);

	assert_string_equal(buf_cstr(out), text);
	free(text);
	json_decref(json);
}

/* What is written straight is byte for byte what the tree would say. */
static void the_writer_says_the_same(void **state)
{
	static const char *const texts[] = {
		"", "plain", "\x01\x1f\b\f\n\r\t\x7f", "\"\\/", "\xf0\xa0\xae\xb7\xe9\x87\x8e",
		"bad \xff\xc0\x80 \xed\xa0\x80 \xe5", "\xe2\x80\xae turned",
	};
	struct buf out = BUF_INIT;
	struct bundle bundle;
	struct page page = { .table = &term_fields, .next = "a\"b" };

	(void)state;
	for (int k = 1; k < KIND_COUNT; k++) {
		const struct field_table *table = kind_fields((enum kind)k);
		void *records[2] = { filled(table), record_new(&arena, table) };

		for (size_t i = 0; table && i < 2; i++) {
			buf_clear(&out);
			json_write_record(&out, table, records[i]);
			written_as_the_tree(&out, json_record(table, records[i], 0));
		}
	}
	bundle_init(&bundle, &arena);
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct term *term = filled(&term_fields);

		term->code = texts[i];
		term->id = i % 2 ? INT64_MAX : -INT64_MAX;
		bundle_add(&bundle, &term_fields, term);
	}
	bundle_add(&bundle, &advice_fields, filled(&advice_fields));
	buf_clear(&out);
	json_write_bundle(&out, &bundle);
	written_as_the_tree(&out, json_bundle(&bundle));
	for (size_t count = 0; count <= bundle.lists[0].count; count++) {
		page.count = count;
		page.records = bundle.lists[0].items;
		page.next = count ? page.next : NULL;
		buf_clear(&out);
		json_write_page(&out, &page);
		written_as_the_tree(&out, json_page(&page));
	}
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(the_hashed_text_is_canonical, clear),
		cmocka_unit_test_teardown(the_writer_says_the_same, clear),
		cmocka_unit_test_teardown(every_kind_comes_back, clear),
		cmocka_unit_test_teardown(the_form_is_the_contract, clear),
		cmocka_unit_test_teardown(bad_documents_are_refused, clear),
		cmocka_unit_test_teardown(very_deep_documents_cost_nothing, clear),
		cmocka_unit_test_teardown(bundles_come_back, clear),
	};

	return hash_setup() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
