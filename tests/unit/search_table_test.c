/* search_table_test.c: the blocks of the search index beside a plain list, through
 * random writes, and bytes that are no block. */
#include "tests/unit/import_fixture.h"

#include "core/store/search_scan.h"
#include "core/store/search_table.h"

enum { TERMS_MAX = 60000, TEXT = 32, LINE = 64 };

struct known {
	char term[TEXT];
	int64_t id;
	uint8_t line[LINE];
	size_t line_len;
};

struct model {
	struct known *items;
	size_t count;
};

static uint64_t seed;

static unsigned random_below(unsigned limit)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % limit;
}

static int known_order(const void *a, const void *b)
{
	const struct known *x = a, *y = b;
	int order = strcmp(x->term, y->term);

	return order ? order : (x->id > y->id) - (x->id < y->id);
}

static struct known *model_find(struct model *model, const struct known *want)
{
	return model->count ? bsearch(want, model->items, model->count, sizeof *want, known_order) : NULL;
}

static void known_random(struct known *known, unsigned ids)
{
	static const char *const names[] = { "王小明", "阿依古丽·买买提", "李", "", "𠮷田", "Anna Schmidt" };
	static const char kinds[] = "cdfhimnp";
	const char *name = names[random_below(6)];
	struct search_line line = {
		.group_id = random_below(300), .pattern_id = random_below(3), .work_id = random_below(200),
		.status = random_below(5), .earned_centi = (int64_t)random_below(20000) - 5000,
		.open_claims = random_below(3), .full_name = name, .name_len = strlen(name),
	};
	uint8_t packed[SEARCH_NUMBER_PACKED], bytes[SEARCH_LINE_BYTES];
	char number[16] = "A-1";
	size_t len = 1 + random_below(13);

	memset(known, 0, sizeof *known);
	known->id = 1 + random_below(ids);
	known->term[0] = kinds[random_below(8)];
	if (random_below(4))
		snprintf(number, sizeof number, "%06u%07u", random_below(40), random_below(10000000));
	search_line_number_set(&line, number, packed);
	for (size_t i = 0; i < len; i++)
		known->term[1 + i] = (char)('a' + random_below(3));
	if (known->term[0] == 'f' && random_below(2))
		memcpy(known->term + 1, number, strlen(number) + 1);
	for (size_t i = 0; known->term[0] == 'd' && i <= strlen(number); i++)
		known->term[1 + i] = i < strlen(number) ? number[strlen(number) - 1 - i] : '\0';
	known->line_len = search_line_write(&line, bytes);
	assert_true(known->line_len <= LINE);
	memcpy(known->line, bytes, known->line_len);
}

static void term_gather(struct search_terms *terms, struct arena *arena, const struct known *known,
			bool remove)
{
	if (terms->count == terms->room) {
		terms->room = terms->room ? terms->room * 2 : 64;
		terms->items = mem_grow(terms->items, terms->room * sizeof *terms->items);
	}
	terms->items[terms->count++] = (struct search_term){
		.text = arena_strdup(arena, known->term), .len = (uint32_t)strlen(known->term),
		.student_id = known->id,
		.line = remove ? NULL : arena_memdup(arena, known->line, known->line_len),
		.line_len = remove ? 0 : (uint32_t)known->line_len,
	};
}

static void model_put(struct model *model, struct known *batch, size_t count)
{
	size_t old = model->count;

	for (size_t i = 0; i < count; i++) {
		struct model before = { model->items, old };
		struct known *have = model_find(&before, &batch[i]);

		if (have)
			*have = batch[i];
		else
			model->items[model->count++] = batch[i];
	}
	qsort(model->items, model->count, sizeof *model->items, known_order);
}

static void model_remove(struct model *model, const struct known *gone)
{
	struct known *have = model_find(model, gone);

	if (have) {
		size_t after = model->count - (size_t)(have - model->items) - 1;

		memmove(have, have + 1, after * sizeof *have);
		model->count--;
	}
}

/* A batch of different entries, some of them there already. */
static size_t batch_make(struct model *model, struct known *batch, size_t want, unsigned ids)
{
	size_t count = 0, kept = 0;

	while (count < want) {
		known_random(&batch[count], ids);
		if (model->count && !random_below(3)) { /* another line for one that is there */
			const struct known *old = &model->items[random_below((unsigned)model->count)];

			memcpy(batch[count].term, old->term, TEXT);
			batch[count].id = old->id;
		}
		count++;
	}
	qsort(batch, count, sizeof *batch, known_order);
	for (size_t i = 0; i < count; i++)
		if (!kept || known_order(&batch[kept - 1], &batch[i]) != 0)
			batch[kept++] = batch[i];
	return kept;
}

static void scan_is(struct db *db, const struct model *model, const char *prefix, bool whole)
{
	struct error err = ERROR_INIT;
	struct search_blocks blocks;
	struct search_scan scan;
	int rc;

	search_blocks_init(&blocks, db);
	search_scan_begin(&scan, &blocks, prefix, whole);
	for (size_t i = 0; i < model->count; i++) {
		const struct known *want = &model->items[i];
		uint8_t line[SEARCH_LINE_BYTES];

		if (strncmp(want->term, prefix, strlen(prefix)) != 0 || (whole && strcmp(want->term, prefix) != 0))
			continue;
		rc = search_scan_next(&scan, &err);
		if (rc <= 0)
			fail_msg("%s is not found under \"%s\": %s", want->term, prefix, err.message);
		assert_string_equal(scan.entry.term, want->term);
		assert_int_equal(scan.entry.student_id, want->id);
		assert_int_equal(search_line_write(&scan.entry.line, line), want->line_len);
		assert_memory_equal(line, want->line, want->line_len);
	}
	assert_int_equal(search_scan_next(&scan, &err), 0);
	search_blocks_release(&blocks);
}

static void step(struct db *db, struct model *model, struct known *batch, size_t want)
{
	struct search_terms terms = { .arena = ARENA_INIT };
	struct error err = ERROR_INIT;
	size_t count = batch_make(model, batch, want, 50000);
	bool remove = !random_below(3);
	int rc;

	if (remove) /* half of them are there */
		for (size_t i = 0; i < count && model->count; i += 2)
			batch[i] = model->items[random_below((unsigned)model->count)];
	qsort(batch, count, sizeof *batch, known_order);
	for (size_t i = 0; i < count; i++)
		if (!i || known_order(&batch[i - 1], &batch[i]) != 0)
			term_gather(&terms, &terms.arena, &batch[i], remove);
	rc = remove ? search_table_remove(db, &terms, &err) : search_table_put(db, &terms, &err);
	if (rc < 0)
		fail_msg("%s", err.message);
	if (!remove)
		model_put(model, batch, count);
	for (size_t i = 0; remove && i < count; i++)
		model_remove(model, &batch[i]);
	search_terms_release(&terms);
}

/* No block is longer than a page has room for, none but the first is empty. */
static void blocks_fit(struct db *db)
{
	struct error err = ERROR_INIT;
	int64_t wrong = 0;

	assert_int_equal(db_number(db, "SELECT count(*) FROM search_first f LEFT JOIN search_block b "
		"ON b.id = f.block WHERE b.id IS NULL OR length(b.bytes) > 4040 OR "
		"(length(b.bytes) = 0 AND f.key <> x'')", &wrong, &err), 0);
	assert_int_equal(wrong, 0);
	assert_int_equal(db_number(db, "SELECT count(*) - (SELECT count(*) FROM search_first) "
				   "FROM search_block", &wrong, &err), 0);
	assert_int_equal(wrong, 0);
}

static void random_writes(void **state)
{
	struct store_options options = STORE_OPTIONS_INIT;
	struct model model = { .count = 0 };
	struct error err = ERROR_INIT;
	struct known *batch = mem_alloc(TERMS_MAX * sizeof *batch);
	struct store *store;
	struct db *db;
	struct search_terms all = SEARCH_TERMS_INIT;

	(void)state;
	model.items = mem_alloc(2 * TERMS_MAX * sizeof *model.items);
	assert_int_equal(store_open("memory:", &options, &store, &err), 0);
	db = local_of(store)->db;
	assert_int_equal(db_begin(db, DB_WRITE, &err), 0);
	assert_int_equal(search_table_clear(db, &err), 0);
	for (int round = 0; round < 200; round++) {
		step(db, &model, batch, random_below(10) ? 1 + random_below(12) : 400 + random_below(3000));
		if (round % 10 == 9) {
			static const char *const prefixes[] = { "", "n", "iab", "d1", "f00001", "zz", "cabc" };

			for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++)
				scan_is(db, &model, prefixes[i], false);
			scan_is(db, &model, model.items[model.count / 2].term, true);
			blocks_fit(db);
		}
	}
	for (size_t i = 0; i < model.count; i++) /* and all of it away */
		term_gather(&all, &all.arena, &model.items[i], true);
	assert_int_equal(search_table_remove(db, &all, &err), 0);
	model.count = 0;
	scan_is(db, &model, "", false);
	blocks_fit(db);
	search_terms_release(&all);
	db_rollback(db);
	store_close(store);
	free(batch);
	free(model.items);
}

/* The longest terms, names and numbers there may be. */
static void long_entries(void **state)
{
	struct store_options options = STORE_OPTIONS_INIT;
	struct error err = ERROR_INIT;
	struct search_terms terms = SEARCH_TERMS_INIT;
	struct search_blocks blocks;
	struct search_scan scan;
	struct store *store;
	char name[241] = "";
	size_t seen = 0;

	(void)state;
	for (int i = 0; i < 60; i++)
		memcpy(name + (size_t)i * 4, "𠮷", 5);
	assert_int_equal(store_open("memory:", &options, &store, &err), 0);
	for (int64_t id = 1; id <= 40; id++) {
		struct search_line line = { .group_id = INT64_MAX, .work_id = INT64_MAX,
			.pattern_id = INT64_MAX, .status = 4, .earned_centi = INT64_MIN,
			.open_claims = INT64_MAX, .full_name = name, .name_len = 240 };
		uint8_t bytes[SEARCH_LINE_BYTES], packed[SEARCH_NUMBER_PACKED];
		struct search_subject subject = { .student_id = INT64_MAX - id, .full_name = name,
			.student_no = "一二三四五六七八九十一二三", .line = bytes };

		search_line_number_set(&line, subject.student_no, packed);
		subject.line_len = search_line_write(&line, bytes);
		search_terms_add(&terms, &subject);
	}
	search_terms_sort(&terms);
	if (search_table_put(local_of(store)->db, &terms, &err) < 0)
		fail_msg("%s", err.message);
	search_blocks_init(&blocks, local_of(store)->db);
	search_scan_begin(&scan, &blocks, "", false);
	while (search_scan_next(&scan, &err) > 0)
		seen++;
	assert_int_equal(err.code, 0);
	search_blocks_release(&blocks);
	assert_int_equal(seen, terms.count);
	blocks_fit(local_of(store)->db);
	search_terms_release(&terms);
	store_close(store);
}

/* Taken apart, a block has the entries that are read one after the other, or is damaged. */
static void apart_is_the_same(const uint8_t *bytes, size_t len)
{
	static struct search_reader reader;
	static struct search_apart apart = SEARCH_APART_INIT;
	struct search_entry entry = { .term_len = 0 };
	const bool whole = search_block_apart(bytes, len, &apart);
	size_t at = 0;

	search_reader_init(&reader, bytes, len);
	while (search_reader_next(&reader)) {
		uint8_t a[SEARCH_LINE_BYTES], b[SEARCH_LINE_BYTES];
		size_t a_len = search_line_write(&reader.entry.line, a);

		assert_true(at < apart.count);
		assert_true(search_slot_entry(&apart.slots[at++], apart.texts, bytes, bytes + len, &entry));
		assert_string_equal(entry.term, reader.entry.term);
		assert_int_equal(entry.student_id, reader.entry.student_id);
		assert_int_equal(search_line_write(&entry.line, b), a_len);
		assert_memory_equal(a, b, a_len);
	}
	if (!reader.damaged)
		assert_true(whole && at == apart.count);
	else if (at < apart.count) /* what is passed by is looked at when it is needed */
		assert_false(search_slot_entry(&apart.slots[at], apart.texts, bytes, bytes + len, &entry));
	search_apart_release(&apart);
}

static void rubbish_is_no_block(void **state)
{
	static struct search_reader reader;
	uint8_t bytes[256];

	(void)state;
	for (unsigned tries = 0; tries < 50000; tries++) {
		size_t len = random_below(sizeof bytes), entries = 0;

		for (size_t i = 0; i < len; i++)
			bytes[i] = (uint8_t)(random_below(3) ? random_below(12) : random_below(256));
		search_reader_init(&reader, bytes, len);
		apart_is_the_same(bytes, len);
		while (search_reader_next(&reader)) {
			char number[SEARCH_NUMBER_TEXT];

			assert_true(reader.entry.term_len < SEARCH_TERM_BYTES);
			assert_true(search_line_number(&reader.entry.line, number) < SEARCH_NUMBER_TEXT);
			entries++;
		}
		assert_true(entries <= len);
	}
}

/* Half a block in the database is an error that says so, not half an answer. */
static void damage_is_said(void **state)
{
	struct centre *c = *state;
	struct import_row row = row_good();
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct page page;

	assert_int_equal(rows_import(c, &row, 1, false, false), 0);
	assert_int_equal(store_search(c->store, row.full_name, 0, &arena, &page, &err), 0);
	assert_int_equal(page.count, 1);
	assert_int_equal(db_exec(local_of(c->store)->db,
		"UPDATE search_block SET bytes = substr(bytes, 1, length(bytes) - 3)", &err), 0);
	assert_true(store_search(c->store, "zzzz", 0, &arena, &page, &err) < 0);
	assert_int_equal(err.reason, REASON_STORE_DAMAGED);
	arena_release(&arena);
}

static int setup(void **state)
{
	(void)state;
	seed = 7;
	return hash_setup();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_writes), cmocka_unit_test(long_entries),
		cmocka_unit_test(rubbish_is_no_block),
		cmocka_unit_test_setup_teardown(damage_is_said, centre_open, centre_close),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
