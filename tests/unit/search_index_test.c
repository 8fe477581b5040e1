/* search_index_test.c: lines of bytes, and an index that is at every moment
 * what search_build() would make of the records. */
#include "tests/unit/import_fixture.h"

#include "core/store/demo_world.h"
#include "core/store/search_scan.h"
#include "core/store/search_table.h"

/* --- lines --- */

static void lines_come_back(void **state)
{
	static const char *const numbers[] = {
		"1510106400001", "0000000000000", "9999999999999", "", "A-17", "151010640000",
		"十五一〇一〇六四〇〇〇〇一",
	};
	static const int64_t values[] = { 0, 1, 63, 64, 127, 128, 7600, INT32_MAX, INT64_MAX };
	static const int64_t credits[] = { 0, -1, 7600, -250, INT64_MIN, INT64_MAX };
	enum { NUMBERS = sizeof numbers / sizeof numbers[0], VALUES = sizeof values / sizeof values[0],
	       CREDITS = sizeof credits / sizeof credits[0] };

	(void)state;
	for (size_t i = 0; i < NUMBERS * VALUES * CREDITS; i++) {
		int64_t v = values[i % VALUES], w = values[(i + 3) % VALUES];
		struct search_line line = {
			.group_id = v, .pattern_id = 0, .work_id = w, .status = 4,
			.earned_centi = credits[i % CREDITS], .open_claims = v,
			.full_name = "阿依古丽·买买提", .name_len = 23,
		}, back;
		uint8_t bytes[SEARCH_LINE_BYTES], packed[SEARCH_NUMBER_PACKED];
		char number[SEARCH_NUMBER_TEXT];
		size_t len;

		search_line_number_set(&line, numbers[i / VALUES / CREDITS], packed);
		len = search_line_write(&line, bytes);
		assert_true(len <= SEARCH_LINE_BYTES);
		assert_true(search_line_read(bytes, len, &back));
		search_line_number(&back, number);
		assert_string_equal(number, numbers[i / VALUES / CREDITS]);
		assert_int_equal(back.name_len, line.name_len);
		assert_memory_equal(back.full_name, line.full_name, line.name_len);
		assert_int_equal(back.earned_centi, line.earned_centi);
		assert_int_equal(back.open_claims, line.open_claims);
		assert_int_equal(back.group_id, v);
		assert_int_equal(back.work_id, w);
		assert_int_equal(back.status, 4);
		for (size_t cut = 0; cut < len - line.name_len; cut++)
			assert_false(search_line_read(bytes, cut, &back));
	}
}

static void rubbish_is_no_line(void **state)
{
	char number[SEARCH_NUMBER_TEXT];
	uint8_t bytes[64];
	struct search_line line;

	(void)state;
	for (unsigned seed = 0; seed < 20000; seed++) {
		unsigned next = seed * 2654435761u;

		for (size_t i = 0; i < sizeof bytes; i++)
			bytes[i] = (uint8_t)((next = next * 1103515245u + 12345u) >> 16);
		if (search_line_read(bytes, seed % sizeof bytes, &line)) {
			assert_true(line.name_len < sizeof bytes);
			assert_true(search_line_number(&line, number) < SEARCH_NUMBER_TEXT);
		}
	}
}

/* --- the whole index --- */

/* Every entry of it in one hash. */
static void index_hash(struct store *store, uint8_t hash[HASH_BYTES])
{
	struct db *db = local_of(store)->db;
	struct buf all = { .limit = 1u << 30 };
	struct error err = ERROR_INIT;
	struct search_blocks blocks;
	struct search_scan scan;
	uint8_t line[SEARCH_LINE_BYTES];

	search_blocks_init(&blocks, db);
	search_scan_begin(&scan, &blocks, "", false);
	while (search_scan_next(&scan, &err) > 0) {
		const struct search_entry *entry = &scan.entry;

		buf_printf(&all, "%s/%lld/", entry->term, (long long)entry->student_id);
		buf_add(&all, line, search_line_write(&entry->line, line));
	}
	search_blocks_release(&blocks);
	assert_int_equal(err.code, 0);
	assert_true(all.len > 0);
	hash_sha256(all.bytes, all.len, hash);
	buf_release(&all);
}

static void index_is_right(struct store *store, const char *after)
{
	uint8_t have[HASH_BYTES], made[HASH_BYTES];
	struct db *db = local_of(store)->db;
	struct error err = ERROR_INIT;

	index_hash(store, have);
	assert_int_equal(db_begin(db, DB_WRITE, &err), 0);
	if (search_build(db, NULL, NULL, &err) < 0)
		fail_msg("%s", err.message);
	index_hash(store, made);
	db_rollback(db);
	if (memcmp(have, made, sizeof have) != 0)
		fail_msg("after %s the index is not what the records say", after);
}

static void follows_imports(void **state)
{
	struct centre *c = *state;
	struct import_row row = row_good();

	assert_int_equal(rows_import(c, &row, 1, false, false), 0);
	index_is_right(c->store, "an import");
	row.plant = "另一工厂";
	row.employer = "北汽";
	assert_int_equal(rows_import(c, &row, 1, false, false), 0);
	index_is_right(c->store, "a new job");
	row.full_name = "单雄信";
	assert_int_equal(rows_import(c, &row, 1, false, false), 0);
	index_is_right(c->store, "another name");
	row.student_no = "1610106400009"; /* a second registration */
	row.intake = row.cohort = NULL;
	assert_int_equal(rows_import(c, &row, 1, false, false), 0);
	index_is_right(c->store, "a second registration");
}

static void *first_of(struct tx *tx, enum kind kind)
{
	struct record_list list;
	struct error err = ERROR_INIT;

	assert_int_equal(tx_find_all(tx, kind, NULL, 0, 1, &list, &err), 0);
	assert_int_equal(list.count, 1);
	return list.items[0];
}

static void commit(struct tx *tx, const char *after)
{
	struct store *store = &tx->local->store;
	struct error err = ERROR_INIT;

	if (tx_commit(tx, &err) < 0)
		fail_msg("%s: %s", after, err.message);
	index_is_right(store, after);
}

/* A demo world has everything; each kind of record that a line shows changes once. */
static void follows_records(void **state)
{
	struct store_options options = STORE_OPTIONS_INIT;
	struct error err = ERROR_INIT;
	struct arena arena = ARENA_INIT;
	struct credit_claim *claim;
	struct employment *job;
	struct ledger_entry *entry;
	struct student *student;
	struct account *account;
	struct person *person;
	struct store *store;
	struct tx tx;

	(void)state;
	assert_int_equal(store_open("memory:", &options, &store, &err), 0);
	assert_int_equal(demo_create(store, 300, 1, &err), 0);
	local_act_as(store, &system_actor);
	index_is_right(store, "a demo world");

	assert_int_equal(tx_begin(&tx, local_of(store), &arena, false, &err), 0);
	student = first_of(&tx, KIND_STUDENT);
	student->status = STUDENT_LEAVE;
	assert_int_equal(tx_update(&tx, KIND_STUDENT, student, &err), 0);
	commit(&tx, "a change of status");

	assert_int_equal(tx_begin(&tx, local_of(store), &arena, false, &err), 0);
	person = first_of(&tx, KIND_PERSON);
	person->full_name = "尉迟·恭 明";
	person->mobile = NULL;
	assert_int_equal(tx_update(&tx, KIND_PERSON, person, &err), 0);
	commit(&tx, "a change of name");

	assert_int_equal(tx_begin(&tx, local_of(store), &arena, false, &err), 0);
	job = first_of(&tx, KIND_EMPLOYMENT);
	job->plant = "新厂";
	job->workshop = "焊装车间";
	assert_int_equal(tx_update(&tx, KIND_EMPLOYMENT, job, &err), 0);
	commit(&tx, "a change of work");

	assert_int_equal(tx_begin(&tx, local_of(store), &arena, false, &err), 0);
	claim = first_of(&tx, KIND_CREDIT_CLAIM);
	claim->state = claim->state == CLAIM_WITHDRAWN ? CLAIM_DRAFT : CLAIM_WITHDRAWN;
	assert_int_equal(tx_update(&tx, KIND_CREDIT_CLAIM, claim, &err), 0);
	commit(&tx, "a change of a claim's state");

	assert_int_equal(tx_begin(&tx, local_of(store), &arena, false, &err), 0);
	entry = record_copy(&arena, &ledger_entry_fields, first_of(&tx, KIND_LEDGER_ENTRY));
	account = first_of(&tx, KIND_ACCOUNT);
	entry->account_id = account->id;
	entry->prev_hash = entry->hash = NULL;
	entry->id = entry->seq = entry->booked_on = OV_NULL;
	entry->amount_centi = 350;
	assert_int_equal(tx_ledger_append(&tx, entry, &err), 0);
	commit(&tx, "an entry of the ledger");

	/* What is rolled back leaves no mark behind. */
	assert_int_equal(tx_begin(&tx, local_of(store), &arena, false, &err), 0);
	student = first_of(&tx, KIND_STUDENT);
	student->status = STUDENT_ACTIVE;
	assert_int_equal(tx_update(&tx, KIND_STUDENT, student, &err), 0);
	tx_rollback(&tx);
	index_is_right(store, "a rollback");
	arena_release(&arena);
	store_close(store);
}

static int setup(void **state)
{
	(void)state;
	return hash_setup();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_come_back), cmocka_unit_test(rubbish_is_no_line),
		cmocka_unit_test_setup_teardown(follows_imports, centre_open, centre_close),
		cmocka_unit_test(follows_records),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
