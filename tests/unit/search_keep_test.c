/* What a search keeps for the next one: the state of the database, blocks of the index,
 * what a word narrows to. Whoever writes, the next question is answered as if nothing
 * had been kept, and what is kept holds nobody up. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/id_table.h"
#include "core/store/demo_world.h"
#include "core/store/local.h"
#include "core/store/search_scan.h"
#include "core/store/tx.h"
#include "tests/screen/cmocka.h"

enum { STUDENTS = 2000, STUDENTS_SLOW = 300 /* under valgrind: many more blocks than are kept, still */ };

/* Two processes would be the same: what they share is the file. */
static struct {
	char path[512];
	struct store *desk, *other; /* the desk keeps */
} two;

static struct store *opened(bool create, bool rests)
{
	struct store_options options = STORE_OPTIONS_INIT;
	struct error err = ERROR_INIT;
	struct store *store;
	char url[600];

	snprintf(url, sizeof url, "sqlite:%s", two.path);
	options.create = create;
	options.rests = rests;
	if (store_open(url, &options, &store, &err) < 0)
		fail_msg("%s", err.message);
	local_act_as(store, &system_actor);
	return store;
}

static int both_open(void **state)
{
	const char *tmp = getenv("TMPDIR");
	struct error err = ERROR_INIT;
	struct store *made;

	(void)state;
	snprintf(two.path, sizeof two.path, "%s/search-keep.db", tmp ? tmp : "/tmp");
	remove(two.path);
	made = opened(true, false);
	assert_int_equal(demo_create(made, getenv("OV_SLOW") ? STUDENTS_SLOW : STUDENTS, 1, &err), 0);
	store_close(made);
	two.desk = opened(false, true);
	two.other = opened(false, false);
	return 0;
}

static int both_close(void **state)
{
	(void)state;
	store_close(two.desk);
	store_close(two.other);
	return remove(two.path);
}

static int64_t found(struct store *store, const char *text, size_t *count)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct page page;
	int64_t id = 0;

	if (store_search(store, text, 0, &arena, &page, &err) < 0)
		fail_msg("%s: %s", text, err.message);
	*count = page.count;
	if (page.count)
		id = ((const struct student_hit *)page.records[0])->id;
	arena_release(&arena);
	return id;
}

static void finds(struct store *store, const char *text, int64_t id)
{
	size_t count;
	int64_t have = found(store, text, &count);

	if (count != (id != 0) || have != id)
		fail_msg("%s finds %zu, the first is %lld instead of %lld", text, count,
			 (long long)have, (long long)id);
}

/* Gives the student's person another name, within TX. */
static int64_t person_rename(struct tx *tx, int64_t student_id, const char *name)
{
	struct error err = ERROR_INIT;
	void *student, *person;

	assert_int_equal(tx_get(tx, KIND_STUDENT, student_id, &student, &err), 0);
	assert_int_equal(tx_get(tx, KIND_PERSON, ((struct student *)student)->person_id, &person,
				&err), 0);
	((struct person *)person)->full_name = name;
	if (tx_update(tx, KIND_PERSON, person, &err) < 0 || tx_flush(tx, &err) < 0)
		fail_msg("%s", err.message);
	return student_id;
}

static void renamed(struct store *store, int64_t student_id, const char *name)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct tx tx;

	store_rest(store); /* as each call of the store but a search does */
	assert_int_equal(tx_begin(&tx, local_of(store), &arena, false, &err), 0);
	person_rename(&tx, student_id, name);
	if (tx_commit(&tx, &err) < 0)
		fail_msg("%s", err.message);
	arena_release(&arena);
}

static const char *const names[] = { "魑魅", "魍魉", "饕餮", "耄耋", "踟蹰", "彷徨" };
enum { NAMES = sizeof names / sizeof names[0] };

static void writes_are_seen(void **state)
{
	(void)state;
	finds(two.desk, names[0], 0);
	for (int i = 0; i < 40; i++) {
		struct store *writer = i % 3 ? two.other : two.desk;

		renamed(writer, 7, names[i % NAMES]);
		finds(two.desk, names[i % NAMES], 7);
		finds(two.desk, names[i % NAMES], 7);
		finds(two.desk, names[(i + NAMES - 1) % NAMES], 0);
		finds(two.other, names[i % NAMES], 7);
	}
}

/* A search within a transaction sees what it wrote; after it was rolled back, nobody. */
static void what_was_rolled_back_is_gone(void **state)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct tx tx;

	(void)state;
	renamed(two.other, 7, names[0]);
	for (int i = 1; i < 2 * NAMES; i++) {
		const char *name = names[1 + i % (NAMES - 1)];

		finds(two.desk, name, 0);
		store_rest(two.desk);
		assert_int_equal(tx_begin(&tx, local_of(two.desk), &arena, false, &err), 0);
		person_rename(&tx, 7, name);
		finds(two.desk, name, 7);
		tx_rollback(&tx);
		finds(two.desk, name, 0);
		finds(two.desk, names[0], 7);
	}
	arena_release(&arena);
}

/* What a word narrows to is known anew when a class is called otherwise. */
static void a_class_is_renamed(void **state)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	int64_t id = 8;
	void *record;
	struct tx tx;

	(void)state;
	while (tx_begin(&tx, local_of(two.other), &arena, false, &err) == 0) { /* somebody who has one */
		assert_int_equal(tx_get(&tx, KIND_STUDENT, id, &record, &err), 0);
		tx_rollback(&tx);
		if (((struct student *)record)->cohort_id != OV_NULL)
			break;
		id++;
	}
	renamed(two.other, id, names[1]);
	finds(two.desk, "魍魉 踟蹰班", 0);
	assert_int_equal(tx_begin(&tx, local_of(two.other), &arena, false, &err), 0);
	assert_int_equal(tx_get(&tx, KIND_STUDENT, id, &record, &err), 0);
	assert_int_equal(tx_get(&tx, KIND_COHORT, ((struct student *)record)->cohort_id, &record, &err), 0);
	((struct cohort *)record)->name = "踟蹰班";
	assert_int_equal(tx_update(&tx, KIND_COHORT, record, &err), 0);
	assert_int_equal(tx_commit(&tx, &err), 0);
	finds(two.desk, "魍魉 踟蹰班", id);
	finds(two.desk, "魍魉 彷徨班", 0);
	arena_release(&arena);
}

static atomic_bool done;

static void *cancels(void *context)
{
	while (!atomic_load(&done))
		store_cancel(context);
	return NULL;
}

/* A cancel strikes the question it was meant for and none behind it. */
static void a_cancel_is_not_handed_on(void **state)
{
	static const char *const asked[] = { "zs", "w", "1", "li 焊装", "zhang" };
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct page page;
	pthread_t thread;
	size_t count;

	(void)state;
	renamed(two.other, 7, names[2]);
	for (int round = 0; round < 20; round++) {
		atomic_store(&done, false);
		assert_int_equal(pthread_create(&thread, NULL, cancels, two.desk), 0);
		for (int i = 0; i < 50; i++) {
			int rc = store_search(two.desk, asked[i % 5], 0, &arena, &page, &err);

			if (rc < 0 && rc != OV_ECANCELLED)
				fail_msg("%s", err.message);
			error_clear(&err);
			arena_clear(&arena);
		}
		atomic_store(&done, true);
		pthread_join(thread, NULL);
		finds(two.desk, names[2], 7);
		assert_true(found(two.desk, "zs", &count) && count > 0);
	}
	arena_release(&arena);
}

/* After a rest, nobody stands in the way of folding the log in. */
static void a_rest_lets_go(void **state)
{
	struct error err = ERROR_INIT;
	int64_t busy = 1;

	(void)state;
	renamed(two.other, 7, names[3]);
	finds(two.desk, names[3], 7);
	finds(two.desk, names[3], 7);
	store_rest(two.desk);
	assert_int_equal(db_number(local_of(two.other)->db, "PRAGMA wal_checkpoint(TRUNCATE)", &busy,
				   &err), 0);
	assert_int_equal(busy, 0);
	finds(two.desk, names[3], 7);
}

/* --- blocks that come and go --- */

enum { SOME = 8000 };

static uint64_t text_sum(uint64_t sum, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		sum = sum * 31 + (unsigned char)text[i];
	return sum;
}

/* Terms, ids and lines of what a prefix finds, at most MOST of them. What was found first
 * is still there when the last one is. */
static size_t read_some(struct search_blocks *blocks, const char *prefix, size_t most,
			uint64_t *sum)
{
	struct error err = ERROR_INIT;
	static struct search_entry entries[SOME];
	uint8_t line[SEARCH_LINE_BYTES];
	struct search_scan scan;
	uint64_t terms = 0, again = 0;
	size_t count = 0;
	int rc = 0;

	search_scan_begin(&scan, blocks, prefix, false);
	while (count < most && (rc = search_scan_next(&scan, &err)) > 0) {
		const size_t len = search_line_write(&scan.entry.line, line);

		terms = text_sum(terms, scan.entry.term, scan.entry.term_len);
		terms = text_sum(terms, scan.entry.line.full_name, scan.entry.line.name_len);
		*sum = text_sum(*sum, (const char *)line, len) * 31 + (uint64_t)scan.entry.student_id;
		entries[count++] = scan.entry;
	}
	for (size_t i = 0; i < count; i++) {
		again = text_sum(again, entries[i].term, entries[i].term_len);
		again = text_sum(again, entries[i].line.full_name, entries[i].line.name_len);
	}
	assert_true(terms == again);
	*sum += terms;
	if (rc < 0)
		fail_msg("%s", err.message);
	return count;
}

/* Few are kept, many are needed: the same is read as with none kept. */
static void few_are_kept(void **state)
{
	static const char *const kinds[] = { "n", "p", "i", "f", "d", "m", "c", "h" };
	const struct db_state one = { { 1 } };
	struct search_blocks kept, fresh;
	unsigned seed = 3;

	(void)state;
	search_blocks_init(&kept, local_of(two.other)->db);
	kept.most = 6;
	for (int i = 0; i < 3000; i++) {
		uint64_t a = 0, b = 0;
		char prefix[8];
		size_t most;

		seed = seed * 1103515245 + 12345;
		snprintf(prefix, sizeof prefix, "%s%c", kinds[seed >> 16 & 7],
			 seed >> 20 & 1 ? (int)('0' + (seed >> 21) % 10) : (int)('a' + (seed >> 21) % 26));
		most = i % 50 ? 1 + (seed >> 8) % 300 : SOME;
		prefix[i % 50 ? 2 : 1] = '\0'; /* all of a kind are many more than are kept */
		search_blocks_turn(&kept, &one);
		search_blocks_init(&fresh, local_of(two.other)->db);
		assert_int_equal(read_some(&kept, prefix, most, &a), read_some(&fresh, prefix, most, &b));
		assert_true(a == b);
		search_blocks_release(&fresh);
		if (i % 50)
			assert_true(kept.count <= 2 * 6 + 80);
	}
	search_blocks_turn(&kept, NULL);
	assert_int_equal(kept.count, 0);
	search_blocks_release(&kept);
}

/* A value stays where it is when others come; what is no id has none. */
static void values_by_id(void **state)
{
	static const size_t sizes[] = { 1, 8, 56, 3000 };

	(void)state;
	for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
		struct id_table table;
		unsigned char *first;

		id_table_init(&table, sizes[s]);
		assert_null(id_table_find(&table, 1));
		first = id_table_make(&table, 70001);
		assert_int_equal(*first, 0);
		memset(first, 7, sizes[s]);
		for (int64_t id = 1; id < ID_TABLE_MAX; id += 9973) {
			unsigned char *value = id_table_make(&table, id);

			assert_int_equal(value[0], 0);
			assert_int_equal(value[sizes[s] - 1], 0);
			memset(value, 1, sizes[s]);
			assert_ptr_equal(id_table_find(&table, id), value);
		}
		assert_ptr_equal(id_table_find(&table, 70001), first);
		assert_int_equal(first[0], 7);
		assert_int_equal(first[sizes[s] - 1], 7);
		assert_non_null(id_table_make(&table, ID_TABLE_MAX));
		assert_null(id_table_make(&table, ID_TABLE_MAX + 1));
		assert_null(id_table_find(&table, INT64_MAX));
		assert_null(id_table_make(&table, 0));
		assert_null(id_table_find(&table, -1));
		id_table_clear(&table);
		assert_null(id_table_find(&table, 70001));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writes_are_seen),
		cmocka_unit_test(what_was_rolled_back_is_gone),
		cmocka_unit_test(a_class_is_renamed),
		cmocka_unit_test(a_cancel_is_not_handed_on),
		cmocka_unit_test(a_rest_lets_go),
		cmocka_unit_test(few_are_kept),
		cmocka_unit_test(values_by_id),
	};

	return cmocka_run_group_tests(tests, both_open, both_close);
}
