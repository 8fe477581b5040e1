/* Databases as a whole: chains that were tampered with, backup and restore. */
#include "tests/unit/shared.h"

#include "core/base/hash.h"
#include "core/model/reason.h"
#include "core/store/admin.h"
#include "core/store/command.h"
#include "core/store/tx.h"
#include "tests/contract/fixture.h"
#include "tests/contract/scratch.h"

enum { ENTRIES = 12 };

static struct error err;
static struct evidence_tally tally;

static int setup(void **state)
{
	(void)state;
	scratch_make();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	scratch_remove();
	return 0;
}

static struct ledger_entry *entry_new(struct tx *tx, int64_t account, int64_t amount)
{
	struct ledger_entry *entry = record_new(tx->arena, &ledger_entry_fields);

	entry->account_id = account;
	entry->amount_centi = amount;
	entry->kind = ENTRY_RESULT;
	entry->module_code = "M1";
	entry->result_id = 1;
	return entry;
}

static int result_and_accounts(struct tx *tx)
{
	struct course *course = record_new(tx->arena, &course_fields);
	struct term *term = record_new(tx->arena, &term_fields);
	struct course_result *result = record_new(tx->arena, &course_result_fields);
	int rc;

	course->code = "C-1";
	course->name = "Course";
	course->credit_centi = 400;
	course->hours = 72;
	course->kind = COURSE_REGULAR;
	course->formative_bp = 3000;
	term->code = "2015S";
	term->starts_on = 16000;
	term->ends_on = 16100;
	rc = tx_insert(tx, KIND_COURSE, course, &err);
	if (rc == 0)
		rc = tx_insert(tx, KIND_TERM, term, &err);
	result->student_id = result->course_id = result->term_id = 1;
	result->outcome = OUTCOME_PASS;
	result->result_on = 16090;
	if (rc == 0)
		rc = tx_insert(tx, KIND_COURSE_RESULT, result, &err);
	for (int i = 1; rc == 0 && i <= 2; i++) {
		struct account *account = record_new(tx->arena, &account_fields);

		account->student_id = i;
		account->kind = ACCOUNT_EARNED;
		rc = tx_insert(tx, KIND_ACCOUNT, account, &err);
	}
	return rc;
}

/* A closed database with both chains: entry 6 reverses entry 5. */
static void make_chains(const char *name)
{
	struct store_options options = STORE_OPTIONS_INIT;
	struct arena arena = ARENA_INIT;
	struct store *store;
	struct tx tx;
	int rc;

	error_clear(&err);
	assert_int_equal(store_create(scratch_url("sqlite:", name), &options, &store, &err), 0);
	assert_int_equal(fixture_make(store, &err), 0);
	local_act_as(store, &system_actor);
	assert_int_equal(tx_begin(&tx, local_of(store), &arena, false, &err), 0);
	rc = result_and_accounts(&tx);
	for (int i = 1; rc == 0 && i <= ENTRIES; i++) {
		struct ledger_entry *entry = entry_new(&tx, 1 + i % 2, 100 * i);
		struct audit_event *event = record_new(&arena, &audit_event_fields);

		if (i == 6) {
			entry->kind = ENTRY_REVERSAL;
			entry->account_id = 2;
			entry->reverses_seq = 5;
			entry->amount_centi = -500;
		}
		rc = tx_ledger_append(&tx, entry, &err);
		event->action = "test";
		event->detail = i % 2 ? "a, \"b\"" : NULL;
		if (rc == 0)
			rc = tx_audit_append(&tx, event, &err);
	}
	if (rc == 0)
		rc = tx_commit(&tx, &err);
	if (rc < 0)
		fail_msg("%s", err.message);
	store_close(store);
	arena_release(&arena);
}

static struct store *open_it(const char *name)
{
	struct store_options options = STORE_OPTIONS_INIT;
	struct store *store;

	if (store_open(scratch_url("sqlite:", name), &options, &store, &err) < 0)
		fail_msg("%s", err.message);
	return store;
}

static const char unguard[] =
	"DROP TRIGGER ledger_entry_stays; DROP TRIGGER ledger_entry_kept;"
	"DROP TRIGGER ledger_entry_next; DROP TRIGGER audit_event_stays;"
	"DROP TRIGGER audit_event_kept; DROP TRIGGER audit_event_next;";

/* What somebody with a SQL shell can do; the guards are dropped first. */
static void tampering_shows(void **state)
{
	static const struct {
		const char *sql;
		enum chain chain;
		int64_t broken;
	} rows[] = {
		{ "SELECT 1", CHAIN_LEDGER, 0 },
		{ "SELECT 1", CHAIN_AUDIT, 0 },
		{ "UPDATE ledger_entry SET amount_centi = amount_centi + 1 WHERE id = 4", CHAIN_LEDGER, 4 },
		{ "UPDATE ledger_entry SET module_code = 'M2' WHERE id = 12", CHAIN_LEDGER, 12 },
		{ "UPDATE ledger_entry SET account_id = 1 WHERE id = 1", CHAIN_LEDGER, 1 },
		{ "UPDATE ledger_entry SET booked_on = '2030-01-01' WHERE id = 2", CHAIN_LEDGER, 2 },
		{ "UPDATE ledger_entry SET hash = zeroblob(32) WHERE id = 7", CHAIN_LEDGER, 7 },
		{ "UPDATE ledger_entry SET prev_hash = zeroblob(32) WHERE id = 7", CHAIN_LEDGER, 7 },
		{ "DELETE FROM ledger_entry WHERE id = 9", CHAIN_LEDGER, 9 },
		{ "DELETE FROM ledger_entry WHERE id = 1", CHAIN_LEDGER, 1 },
		{ "UPDATE audit_event SET detail = 'x' WHERE id = 3", CHAIN_AUDIT, 3 },
		{ "UPDATE audit_event SET at = at + 1 WHERE id = 12", CHAIN_AUDIT, 12 },
		{ "UPDATE audit_event SET user_id = 2 WHERE id = 2", CHAIN_AUDIT, 2 },
		{ "UPDATE audit_event SET reason = '' WHERE id = 2", CHAIN_AUDIT, 2 },
		{ "DELETE FROM audit_event WHERE id = 5", CHAIN_AUDIT, 5 },
	};

	(void)state;
	make_chains("chains.db");
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct store *store = open_it("chains.db");
		struct db *db = local_of(store)->db;
		struct chain_result result;

		assert_int_equal(db_exec(db, "PRAGMA foreign_keys=OFF; BEGIN", &err), 0);
		assert_int_equal(db_exec(db, unguard, &err), 0);
		if (db_exec(db, rows[i].sql, &err) < 0)
			fail_msg("%s: %s", rows[i].sql, err.message);
		assert_int_equal(db_exec(db, "COMMIT", &err), 0);
		assert_int_equal(store_verify(store, rows[i].chain, &result, &err), 0);
		if (result.ok != (rows[i].broken == 0) || result.broken != rows[i].broken)
			fail_msg("%s: ok %d, broken at %d (%s)", rows[i].sql, result.ok,
				 (int)result.broken, result.why);
		if (result.ok)
			assert_int_equal(result.count, ENTRIES);
		store_close(store);
		store_remove(scratch_url("sqlite:", "chains.db"));
		make_chains("chains.db");
	}
}

/* I1 and I3 hold when an entry is written, not only when the chain is walked. */
static void the_ledger_refuses_nonsense(void **state)
{
	static const struct {
		int64_t account, amount, reverses, booked_on;
		enum reason reason;
	} rows[] = {
		{ 1, -100000, OV_NULL, OV_NULL, REASON_BUG },          /* below zero */
		{ 99, 100, OV_NULL, OV_NULL, REASON_FIELD_REFERENCE }, /* no such account */
		{ 1, 100, OV_NULL, 10, REASON_FIELD_DATES },           /* before the last */
		{ 1, -300, 3, OV_NULL, REASON_BUG },                   /* another account's */
		{ 2, -200, 3, OV_NULL, REASON_BUG },                   /* another amount */
		{ 2, 500, 6, OV_NULL, REASON_BUG },                    /* of a reversal */
		{ 2, -500, 5, OV_NULL, REASON_FIELD_UNIQUE },          /* twice */
		{ 2, -100, 99, OV_NULL, REASON_NOT_FOUND },
	};
	struct store *store;

	(void)state;
	make_chains("rules.db");
	store = open_it("rules.db");
	local_act_as(store, &system_actor);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct arena arena = ARENA_INIT;
		struct ledger_entry *entry;
		struct tx tx;
		int rc;

		assert_int_equal(tx_begin(&tx, local_of(store), &arena, false, &err), 0);
		entry = entry_new(&tx, rows[i].account, rows[i].amount);
		entry->booked_on = rows[i].booked_on;
		if (rows[i].reverses != OV_NULL)
			entry->kind = ENTRY_REVERSAL;
		entry->reverses_seq = rows[i].reverses;
		rc = tx_ledger_append(&tx, entry, &err);
		if (rc == 0 || err.reason != (int)rows[i].reason)
			fail_msg("row %zu: %s", i, rc ? err.message : "accepted");
		tx_rollback(&tx);
		arena_release(&arena);
	}
	store_close(store);
}

static void a_backup_comes_back(void **state)
{
	struct store_options options = STORE_OPTIONS_INIT;
	struct arena arena = ARENA_INIT;
	struct store_status before, after;
	struct store *store;
	struct chain_result chain;
	struct page page;
	const char *cursor;

	(void)state;
	make_chains("live.db");
	store = open_it("live.db");
	local_act_as(store, &system_actor);
	assert_int_equal(store_backup(store, scratch_path("copy.db"), &tally, &err), 0);
	assert_int_equal(store_backup(store, scratch_path("copy.db"), &tally, &err), OV_EREFUSED);
	assert_int_equal(err.reason, REASON_FILE_EXISTS);
	assert_int_equal(store_changes(store, NULL, 5, &arena, &page, &err), 0);
	cursor = page.next;
	assert_int_equal(store_status(store, &arena, &before, &err), 0);
	/* Somebody is at work in it: not now. */
	assert_int_equal(store_restore(scratch_url("sqlite:", "live.db"), scratch_path("copy.db"),
				       &err), OV_ESTORAGE);
	assert_int_equal(err.reason, REASON_STORE_LOCKED);
	store_close(store);
	error_clear(&err);
	if (store_restore(scratch_url("sqlite:", "live.db"), scratch_path("copy.db"), &err) < 0)
		fail_msg("%s", err.message);
	store = open_it("live.db");
	local_act_as(store, &system_actor);
	assert_int_equal(store_status(store, &arena, &after, &err), 0);
	assert_string_not_equal(before.epoch, after.epoch);
	assert_int_equal(store_changes(store, cursor, 5, &arena, &page, &err), OV_EUSAGE);
	assert_int_equal(err.reason, REASON_CURSOR_BAD);
	assert_int_equal(store_verify(store, CHAIN_LEDGER, &chain, &err), 0);
	assert_true(chain.ok);
	assert_int_equal(chain.count, ENTRIES);
	store_close(store);
	/* init never takes the place of what is there */
	assert_int_equal(store_create(scratch_url("sqlite:", "live.db"), &options, &store, &err),
			 OV_EREFUSED);
	assert_int_equal(err.reason, REASON_STORE_EXISTS);
	arena_release(&arena);
}

/* A bad backup replaces nothing. */
static void a_bad_backup_is_refused(void **state)
{
	uint8_t before[HASH_BYTES], after[HASH_BYTES];
	struct store *store;
	size_t len;
	char *all;

	(void)state;
	make_chains("good.db");
	make_chains("bad.db");
	store = open_it("bad.db");
	assert_int_equal(db_exec(local_of(store)->db, unguard, &err), 0);
	assert_int_equal(db_exec(local_of(store)->db, "UPDATE audit_event SET detail = 'x' WHERE id = 3", &err), 0);
	store_close(store);
	all = shared_read(scratch_path("good.db"), &len);
	hash_sha256(all, len, before);
	free(all);
	assert_int_equal(store_restore(scratch_url("sqlite:", "good.db"), scratch_path("bad.db"), &err),
			 OV_EREFUSED);
	assert_int_equal(err.reason, REASON_CHAIN_BROKEN);
	assert_true(store_restore(scratch_url("sqlite:", "good.db"), scratch_path("no.db"), &err) < 0);
	assert_int_equal(err.reason, REASON_STORE_MISSING);
	all = shared_read(scratch_path("good.db"), &len);
	hash_sha256(all, len, after);
	free(all);
	assert_memory_equal(before, after, HASH_BYTES);
}

static void roles_bind_administration_too(void **state)
{
	struct chain_result chain;
	struct store *store;

	(void)state;
	make_chains("roles.db");
	store = open_it("roles.db");
	assert_int_equal(store_login(store, "viewer", "overpass", &err), 0);
	assert_int_equal(store_verify(store, CHAIN_AUDIT, &chain, &err), OV_EREFUSED);
	assert_int_equal(store_backup(store, scratch_path("x.db"), &tally, &err), OV_EREFUSED);
	assert_int_equal(store_login(store, "auditor", "overpass", &err), 0);
	assert_int_equal(store_verify(store, CHAIN_AUDIT, &chain, &err), 0);
	assert_int_equal(store_login(store, "admin", "overpass", &err), 0);
	assert_int_equal(store_backup(store, scratch_path("x.db"), &tally, &err), 0);
	assert_int_equal(store_check(store, &err), 0);
	store_close(store);
}

static int set_day(struct store *store, int64_t day)
{
	struct arena arena = ARENA_INIT;
	struct command command;
	struct outcome outcome;
	char text[DATE_TEXT];
	int rc;

	command_init(&command, command_find("calendar.set"), &arena);
	assert_int_equal(command_set(&command, "on_date", date_format(day, text), &arena, &err), 0);
	assert_int_equal(command_set(&command, "kind", "EXAM", &arena, &err), 0);
	assert_int_equal(command_set(&command, "name", "x", &arena, &err), 0);
	error_clear(&err);
	rc = store_execute(store, &command, 1, &arena, &outcome, NULL, &err);
	arena_release(&arena);
	return rc;
}

/* F9: what somebody may do is read where it is used, not where he logged in. */
static void a_right_taken_away_counts_at_once(void **state)
{
	struct store *store;
	struct db *db;

	(void)state;
	make_chains("rights.db");
	store = open_it("rights.db");
	db = local_of(store)->db;
	assert_int_equal(store_login(store, "registrar", "overpass", &err), 0);
	assert_int_equal(set_day(store, 1), 0);
	assert_int_equal(db_exec(db, "UPDATE user_role SET removed_on = '2026-01-01' WHERE user_id = "
		"(SELECT id FROM \"user\" WHERE login = 'registrar')", &err), 0);
	assert_int_equal(set_day(store, 2), OV_EREFUSED);
	assert_int_equal(err.reason, REASON_PERM_DENIED);
	assert_int_equal(db_exec(db, "UPDATE user_role SET removed_on = NULL;"
		"UPDATE \"user\" SET state = 'LOCKED' WHERE login = 'registrar'", &err), 0);
	assert_int_equal(set_day(store, 2), OV_EREFUSED);
	assert_int_equal(err.reason, REASON_LOGIN_CLOSED);
	store_close(store);
}

/* I15: behind a broken link nothing is posted. */
static void nothing_is_posted_behind_a_broken_link(void **state)
{
	struct arena arena = ARENA_INIT;
	struct store *store;
	struct tx tx;

	(void)state;
	make_chains("link.db");
	store = open_it("link.db");
	local_act_as(store, &system_actor);
	assert_int_equal(db_exec(local_of(store)->db, unguard, &err), 0);
	assert_int_equal(db_exec(local_of(store)->db, "UPDATE ledger_entry SET amount_centi = 1 WHERE id = 12", &err), 0);
	assert_int_equal(tx_begin(&tx, local_of(store), &arena, false, &err), 0);
	assert_int_equal(tx_ledger_append(&tx, entry_new(&tx, 1, 100), &err), OV_EREFUSED);
	assert_int_equal(err.reason, REASON_CHAIN_BROKEN);
	tx_rollback(&tx);
	store_close(store);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tampering_shows),
		cmocka_unit_test(the_ledger_refuses_nonsense),
		cmocka_unit_test(a_backup_comes_back),
		cmocka_unit_test(a_bad_backup_is_refused),
		cmocka_unit_test(roles_bind_administration_too),
		cmocka_unit_test(a_right_taken_away_counts_at_once),
		cmocka_unit_test(nothing_is_posted_behind_a_broken_link),
	};

	return hash_setup() < 0 ? 1 : cmocka_run_group_tests(tests, setup, teardown);
}
