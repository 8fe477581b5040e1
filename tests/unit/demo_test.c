/* demo_test.c: demo worlds: the same from the same seed, true in themselves,
 * and with something to show in every pane. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/hash.h"
#include "core/codec/json_record.h"
#include "core/model/reason.h"
#include "core/store/chain.h"
#include "core/store/demo_world.h"
#include "core/store/local.h"
#include "core/store/tx.h"

static struct store *world_open(int64_t students, uint64_t seed)
{
	struct store_options options = STORE_OPTIONS_INIT;
	struct error err = ERROR_INIT;
	struct store *store = NULL;

	if (store_open("memory:", &options, &store, &err) < 0)
		fail_msg("open: %s", err.message);
	if (demo_create(store, students, seed, &err) < 0)
		fail_msg("demo: %s", err.message);
	local_act_as(store, &system_actor);
	return store;
}

static void record_dump(const struct field_table *table, const void *record,
			struct arena *arena, struct buf *out)
{
	json_t *json = json_record(table, record, 0);

	buf_text(out, json_canonical(json, arena));
	buf_char(out, '\n');
	json_decref(json);
}

/* All records of a kind, in pages; answers how many, adds their JSON to OUT. */
static size_t kind_dump(struct store *store, enum kind kind, struct buf *out)
{
	struct query query = { .kind = kind, .limit = 500 };
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	size_t count = 0;
	struct page page;
	char *cursor = NULL;

	do {
		query.cursor = cursor;
		if (store_find(store, &query, &arena, &page, &err) < 0)
			fail_msg("%s: %s", kind_fields(kind)->name, err.message);
		for (size_t i = 0; i < page.count && out; i++)
			record_dump(page.table, page.records[i], &arena, out);
		count += page.count;
		free(cursor);
		cursor = page.next ? mem_strdup(page.next) : NULL;
		arena_clear(&arena);
	} while (cursor);
	arena_release(&arena);
	return count;
}

static void world_hash(struct store *store, uint8_t hash[HASH_BYTES])
{
	struct buf all = { .limit = 1u << 30 };

	for (int kind = 1; kind < KIND_STORED_END; kind++)
		kind_dump(store, (enum kind)kind, &all);
	assert_false(all.overflow);
	hash_sha256(all.bytes, all.len, hash);
	buf_release(&all);
}

static void test_fixture_alone(void **state)
{
	struct store *store = world_open(0, DEMO_DEFAULT_SEED);

	(void)state;
	assert_int_equal(kind_dump(store, KIND_STUDENT, NULL), 0);
	assert_int_equal(kind_dump(store, KIND_PROGRAMME, NULL), 3);
	assert_int_equal(kind_dump(store, KIND_TRANSFER_RULE, NULL), 13);
	assert_int_equal(kind_dump(store, KIND_USER, NULL), 23); /* two a role, and the system */
	assert_true(kind_dump(store, KIND_CALENDAR_DAY, NULL) > 400);
	assert_int_equal(kind_dump(store, KIND_CREDIT_CLAIM, NULL), 0);
	store_close(store);
}

static void test_same_seed_same_world(void **state)
{
	uint8_t first[HASH_BYTES], second[HASH_BYTES], other[HASH_BYTES];
	struct store *store = world_open(400, 7);

	(void)state;
	world_hash(store, first);
	store_close(store);
	store = world_open(400, 7);
	world_hash(store, second);
	store_close(store);
	store = world_open(400, 8);
	world_hash(store, other);
	store_close(store);
	assert_memory_equal(first, second, sizeof first);
	assert_memory_not_equal(first, other, sizeof first);
}

static void test_chains(void **state)
{
	struct store *store = world_open(400, 7);
	struct chain_result result;
	struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(chain_verify(local_of(store), CHAIN_LEDGER, &result, &err), 0);
	assert_true(result.ok && result.count > 100);
	assert_int_equal(chain_verify(local_of(store), CHAIN_AUDIT, &result, &err), 0);
	assert_true(result.ok && result.count > 100);
	store_close(store);
}

static void test_claims_in_every_state(void **state)
{
	struct store *store = world_open(400, 7);
	struct arena arena = ARENA_INIT;

	(void)state;
	for (int s = 0; s < CLAIM_STATE_COUNT; s++) {
		struct filter filter = { .field = "state", .op = FILTER_EQ, .number = s };
		struct query query = { .kind = KIND_CREDIT_CLAIM, .filters = &filter,
				       .filter_count = 1 };
		struct error err = ERROR_INIT;
		struct page page;

		assert_int_equal(store_find(store, &query, &arena, &page, &err), 0);
		if (!page.count)
			fail_msg("no claim is %s", enum_code(&claim_state_enum, s));
	}
	arena_release(&arena);
	store_close(store);
}

/* Something to see in each pane. */
static void test_every_pane_has_something(void **state)
{
	static const enum kind kinds[] = {
		KIND_EMPLOYMENT, KIND_COHORT, KIND_ENROLMENT, KIND_COURSE_RESULT, KIND_SESSION,
		KIND_CERTIFICATE, KIND_ACCOUNT, KIND_LEDGER_ENTRY, KIND_CLAIM_EXPLANATION,
		KIND_SOURCE_USE, KIND_OUTBOX, KIND_TEACHER, KIND_ROOM,
	};
	struct store *store = world_open(400, 7);
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct page page;

	(void)state;
	assert_int_equal(kind_dump(store, KIND_STUDENT, NULL), 400);
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (!kind_dump(store, kinds[i], NULL))
			fail_msg("no %s", kind_fields(kinds[i])->name);
	assert_int_equal(store_search(store, "wang", 10, &arena, &page, &err), 0);
	assert_int_equal(page.count, 10);
	arena_release(&arena);
	store_close(store);
}

/* How many records of KIND have NUMBER in FIELD; all of them without one. */
static int64_t count_of(struct store *store, enum kind kind, const char *field, int64_t number)
{
	const struct filter filter = { .field = field, .op = FILTER_EQ, .number = number };
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct tx tx;
	int64_t count = -1;

	assert_int_equal(tx_begin(&tx, local_of(store), &arena, true, &err), 0);
	assert_int_equal(tx_count(&tx, kind, &filter, field ? 1 : 0, &count, &err), 0);
	tx_rollback(&tx);
	arena_release(&arena);
	return count;
}

/* The centre that the planner's figures are about. */
static void test_centre_of_2000(void **state)
{
	struct store *store = world_open(2000, DEMO_DEFAULT_SEED);

	(void)state;
	assert_int_equal(count_of(store, KIND_STUDENT, NULL, 0), 2000);
	assert_int_equal(count_of(store, KIND_COHORT, NULL, 0), 80);
	assert_int_equal(count_of(store, KIND_ROOM, NULL, 0), 30);
	assert_int_equal(count_of(store, KIND_ROOM, "kind", ROOM_BASE), 4);
	assert_int_equal(count_of(store, KIND_TEACHER, NULL, 0), 60);
	for (int64_t c = 1; c <= 80; c++) {
		int64_t members = count_of(store, KIND_STUDENT, "cohort_id", c);

		assert_in_range(members, 20, 30);
	}
	store_close(store);
}

static void test_refuses_nonsense(void **state)
{
	struct store_options options = STORE_OPTIONS_INIT;
	struct error err = ERROR_INIT;
	struct store *store;

	(void)state;
	assert_int_equal(store_open("memory:", &options, &store, &err), 0);
	assert_int_equal(demo_create(store, -1, 1, &err), OV_EUSAGE);
	assert_int_equal(demo_create(store, DEMO_STUDENTS_MAX + 1, 1, &err), OV_EUSAGE);
	store_close(store);
}

static bool stop_at_once(void *context, int64_t done, int64_t total)
{
	(void)context;
	(void)total;
	return done > 0;
}

static void test_cancel_leaves_nothing(void **state)
{
	struct store_options options = STORE_OPTIONS_INIT;
	struct error err = ERROR_INIT;
	struct store *store;

	(void)state;
	assert_int_equal(store_open("memory:", &options, &store, &err), 0);
	store_set_progress(store, stop_at_once, NULL);
	assert_int_equal(demo_create(store, 3000, 1, &err), OV_ECANCELLED);
	store_set_progress(store, NULL, NULL);
	local_act_as(store, &system_actor);
	assert_int_equal(kind_dump(store, KIND_PROGRAMME, NULL), 0);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fixture_alone),
		cmocka_unit_test(test_same_seed_same_world),
		cmocka_unit_test(test_chains),
		cmocka_unit_test(test_claims_in_every_state),
		cmocka_unit_test(test_every_pane_has_something),
		cmocka_unit_test(test_centre_of_2000),
		cmocka_unit_test(test_refuses_nonsense),
		cmocka_unit_test(test_cancel_leaves_nothing),
	};

	return hash_setup() || cmocka_run_group_tests(tests, NULL, NULL);
}
