/* ledger_verify ENTRIES EVENTS DATABASE: builds a ledger and an audit trail of
 * that size in a scratch database, walks both as `ledger verify` and `audit
 * verify` do, and hashes the same bytes with libsodium alone, row by row, in
 * the same run. Prints milliseconds for each: verify, floor, and the processor
 * time of all threads of a verify. */
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/hash.h"
#include "core/store/admin.h"
#include "core/store/chain.h"
#include "core/store/local.h"

enum { LEARNER = 35, BLOCK = 100000, ROUNDS = 3 };

static struct error err = ERROR_INIT;

static void must(int rc, const char *what)
{
	if (rc >= 0)
		return;
	fprintf(stderr, "%s: %s\n", what, err.message);
	exit(1);
}

/* --- the rows: of each 35 of a learner, 30 are course results --- */

struct maker {
	struct ledger_entry entry;
	struct audit_event event;
	int64_t claim;
	uint8_t hash[HASH_BYTES], seal[HASH_BYTES];
	struct arena arena;
	struct buf bytes;
	int64_t count;
	char texts[4][HASH_HEX];
};

static void entry_make(struct maker *m, int64_t row)
{
	struct ledger_entry *e = &m->entry;
	int64_t learner = row / LEARNER, of = row % LEARNER;

	memset(e, 0, sizeof *e);
	arena_clear(&m->arena);
	e->id = e->seq = row + 1;
	e->rev = 1;
	e->created_by = e->booked_by = 5;
	e->booked_on = 16000 + row / 4000;
	e->created_at = e->booked_on * DAY_SECONDS + row % 3600;
	e->account_id = learner * 2 + (of >= 30) + 1;
	e->amount_centi = 200 + of * 10;
	e->kind = of >= 30 ? ENTRY_GRANT : ENTRY_RESULT;
	e->module_code = of % 3 ? "M2" : "M1";
	e->course_id = of < 32 ? of + 1 : OV_NULL;
	e->source_class = of >= 30 ? CLASS_S1 : OV_NULL;
	e->claim_line = of >= 30 ? learner * 5 + of - 29 : OV_NULL;
	e->result_id = of < 30 ? row + 1 : OV_NULL;
	e->reverses_seq = OV_NULL;
	m->claim = of >= 30 ? learner + 1 : OV_NULL;
	chain_ledger_close(e, m->claim, row ? m->hash : NULL, row ? m->seal : NULL, &m->arena);
	memcpy(m->hash, e->hash, HASH_BYTES);
	memcpy(m->seal, e->seal, HASH_BYTES);
}

static const uint8_t zeroes[HASH_BYTES];

static void event_make(struct maker *m, int64_t row)
{
	struct audit_event *e = &m->event;
	uint8_t before[HASH_BYTES], sum[HASH_BYTES];

	memset(e, 0, sizeof *e);
	arena_clear(&m->arena);
	e->id = e->seq = row + 1;
	e->rev = 1;
	e->at = e->created_at = 1400000000 + row;
	e->user_id = e->created_by = 2 + row % 20;
	e->action = row % 3 ? "claim.accept" : "pii.reveal";
	e->object_kind = "credit_claim";
	e->object_id = row / 10 + 1;
	e->detail = row % 3 ? "SUBMITTED>ACCEPTED" : NULL;
	e->reason = row % 3 ? NULL : "Asked at the desk";
	memset(before, (int)(row & 0xff), sizeof before);
	e->before_hash = before;
	e->after_hash = m->seal;
	buf_clear(&m->bytes);
	chain_audit_bytes(&m->bytes, e);
	hash_chain(row ? m->hash : zeroes, buf_cstr(&m->bytes), m->bytes.len, sum);
	e->prev_hash = arena_memdup(&m->arena, row ? m->hash : zeroes, HASH_BYTES);
	e->before_hash = arena_memdup(&m->arena, before, HASH_BYTES);
	memcpy(m->hash, sum, HASH_BYTES);
	e->hash = m->hash;
}

/* --- into the table --- */

static void value_of(struct maker *m, const struct field *field, const void *record,
		     struct db_value *value)
{
	int64_t number;

	memset(value, 0, sizeof *value);
	if (field->type == FT_TEXT || field->type == FT_HASH) {
		value->bytes = field->type == FT_TEXT ? field_text(field, record) :
			       (const char *)field_hash(field, record);
		value->type = value->bytes ? field->type == FT_TEXT ? DB_TEXT : DB_BLOB : DB_NULL;
		value->len = !value->bytes ? 0 : field->type == FT_TEXT ? strlen(value->bytes) :
			     HASH_BYTES;
		return;
	}
	number = field_int(field, record);
	value->number = number;
	value->type = number == OV_NULL ? DB_NULL : DB_INT;
	if (number == OV_NULL || (field->type != FT_ENUM && field->type != FT_DATE))
		return;
	value->type = DB_TEXT;
	value->bytes = field->type == FT_ENUM ? enum_code(field->enums, number) :
		       date_format(number, arena_alloc(&m->arena, DATE_TEXT));
	value->len = strlen(value->bytes);
}

static int row_of(struct maker *m, const struct field_table *table, const struct record_head *head,
		  struct db_value *values)
{
	values[0] = (struct db_value){ .type = DB_INT, .number = head->id };
	values[1] = (struct db_value){ .type = DB_INT, .number = head->rev };
	values[2] = (struct db_value){ .type = DB_INT, .number = head->created_at };
	values[3] = (struct db_value){ .type = DB_INT, .number = head->created_by };
	for (size_t i = 0; i < table->count; i++)
		value_of(m, &table->fields[i], head, &values[4 + i]);
	return 1;
}

static int entry_source(void *context, int64_t row, struct db_value *values, struct error *error)
{
	struct maker *m = context;

	(void)error;
	if (row == m->count)
		return 0;
	entry_make(m, row);
	return row_of(m, &ledger_entry_fields, (struct record_head *)&m->entry, values);
}

static int event_source(void *context, int64_t row, struct db_value *values, struct error *error)
{
	struct maker *m = context;

	(void)error;
	if (row == m->count)
		return 0;
	event_make(m, row);
	return row_of(m, &audit_event_fields, (struct record_head *)&m->event, values);
}

static void fill(struct db *db, const struct field_table *table, db_row_source *source,
		 int64_t count)
{
	const char *columns[DB_ROW_COLUMNS] = { "id", "rev", "created_at", "created_by" };
	struct maker m = { .count = count };

	for (size_t i = 0; i < table->count; i++)
		columns[4 + i] = table->fields[i].name;
	must(db_insert_rows(db, table->name, columns, 4 + table->count, source, &m, &err),
	     table->name);
	arena_release(&m.arena);
	buf_release(&m.bytes);
}

static void build(struct db *db, int64_t entries, int64_t events)
{
	char sql[1200];

	snprintf(sql, sizeof sql,
		 "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %" PRId64 ") "
		 "INSERT INTO claim_line (id, rev, created_at, created_by, claim_id, line_no, "
		 "source_kind, source_ref, source_code) "
		 "SELECT i, 1, 0, 1, (i - 1) / 5 + 1, (i - 1) %% 5 + 1, 'CERTIFICATE', i, 'T-POST' FROM n;"
		 "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %" PRId64 ") "
		 "INSERT INTO account (id, rev, created_at, created_by, student_id, kind) "
		 "SELECT i, 1, 0, 1, (i + 1) / 2, iif(i %% 2, 'EARNED', 'TRANSFER') FROM n",
		 (entries / LEARNER + 1) * 5, (entries / LEARNER + 1) * 2);
	must(db_bulk(db, true, &err), "bulk");
	must(db_begin(db, DB_WRITE, &err), "begin");
	must(db_exec(db, sql, &err), "lines and accounts");
	fill(db, &ledger_entry_fields, entry_source, entries);
	fill(db, &audit_event_fields, event_source, events);
	must(db_commit(db, &err), "commit");
	must(db_bulk(db, false, &err), "bulk");
}

/* --- the floor: the same bytes, hashed one row after the other --- */

struct run {
	size_t at, len;
};

static void run_add(struct buf *out, struct run *run, const uint8_t *prev, const uint8_t *also,
		    const struct buf *bytes)
{
	run->at = out->len;
	buf_add(out, prev, HASH_BYTES);
	if (also)
		buf_add(out, also, HASH_BYTES);
	buf_add(out, buf_cstr(bytes), bytes->len);
	run->len = out->len - run->at;
}

static void entry_runs(struct maker *m, int64_t row, struct buf *out, struct run *runs)
{
	uint8_t seal[HASH_BYTES];
	struct ledger_entry *e = &m->entry;

	memcpy(seal, m->seal, HASH_BYTES);
	entry_make(m, row);
	buf_clear(&m->bytes);
	chain_ledger_bytes(&m->bytes, e, m->claim);
	run_add(out, &runs[0], e->prev_hash, NULL, &m->bytes);
	buf_clear(&m->bytes);
	buf_printf(&m->bytes, "1,%" PRId64 ",5,%s,", e->created_at, e->claim_line == OV_NULL ? "" : "S1");
	if (e->result_id != OV_NULL)
		buf_printf(&m->bytes, "%" PRId64, e->result_id);
	buf_text(&m->bytes, ",5\n");
	run_add(out, &runs[1], row ? seal : zeroes, e->hash, &m->bytes);
}

static void event_runs(struct maker *m, int64_t row, struct buf *out, struct run *runs)
{
	event_make(m, row);
	run_add(out, &runs[0], m->event.prev_hash, NULL, &m->bytes);
	runs[1].len = 0;
}

static int64_t floor_ms(int64_t count, void (*make)(struct maker *m, int64_t row, struct buf *out,
						    struct run *runs))
{
	struct maker m = { .count = count };
	struct run *runs = mem_alloc(2 * BLOCK * sizeof *runs);
	struct buf out;
	uint8_t sum[HASH_BYTES];
	int64_t took = 0, from;

	buf_init(&out, (size_t)1 << 30);
	for (int64_t row = 0; row < count;) {
		int64_t rows = 0;

		buf_clear(&out);
		for (; rows < BLOCK && row < count; rows++, row++)
			make(&m, row, &out, &runs[2 * rows]);
		from = clock_monotonic_ms();
		for (int64_t i = 0; i < 2 * rows; i++)
			if (runs[i].len)
				crypto_hash_sha256(sum, (uint8_t *)out.bytes + runs[i].at, runs[i].len);
		took += clock_monotonic_ms() - from;
	}
	/* That the last one is the chain's shows that the bytes are the same. */
	if (memcmp(sum, make == entry_runs ? m.seal : m.hash, HASH_BYTES) != 0) {
		fprintf(stderr, "the floor hashed other bytes\n");
		exit(1);
	}
	buf_release(&out);
	buf_release(&m.bytes);
	arena_release(&m.arena);
	free(runs);
	return took;
}

/* Of all threads: what a machine that does other things besides can say. */
static int64_t processor_ms(void)
{
	struct timespec time;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
	return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static int64_t verify_ms(struct store *store, enum chain chain, int64_t count, int64_t *processor)
{
	struct chain_result result;
	int64_t from = clock_monotonic_ms(), used = processor_ms();

	must(store_verify(store, chain, &result, &err), "verify");
	if (!result.ok || result.count != count) {
		fprintf(stderr, "broken at %" PRId64 ": %s\n", result.broken, result.why);
		exit(1);
	}
	*processor = processor_ms() - used;
	return clock_monotonic_ms() - from;
}

static void measure(struct store *store, enum chain chain, int64_t count)
{
	int64_t best = 0, floor = 0, processor = 0;

	for (int round = 0; round < ROUNDS; round++) {
		int64_t verify = verify_ms(store, chain, count, &processor);
		int64_t alone = floor_ms(count, chain == CHAIN_LEDGER ? entry_runs : event_runs);

		best = !best || verify < best ? verify : best;
		floor = !floor || alone < floor ? alone : floor;
	}
	printf("%" PRId64 " %" PRId64 " %" PRId64 "\n", best, floor, processor);
}

int main(int argc, char **argv)
{
	struct store_options options = STORE_OPTIONS_INIT;
	struct store *store;
	int64_t entries = argc == 4 ? strtoll(argv[1], NULL, 10) : 0;
	int64_t events = argc == 4 ? strtoll(argv[2], NULL, 10) : 0;
	char url[4096];

	if (entries < 1 || events < 1 || hash_setup() < 0)
		return 2;
	snprintf(url, sizeof url, "sqlite:%s", argv[3]);
	must(store_create(url, &options, &store, &err), "create");
	build(local_of(store)->db, entries, events);
	measure(store, CHAIN_LEDGER, entries);
	measure(store, CHAIN_AUDIT, events);
	store_close(store);
	return 0;
}
