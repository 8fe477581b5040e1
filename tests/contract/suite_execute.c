/* Commands: what is written, once, all of it or nothing. */
#include "tests/contract/suite.h"

#include <pthread.h>
#include <stdatomic.h>

static struct command new_term(struct bench *bench, const char *code)
{
	char from[] = "2000-03-01", to[] = "2000-07-01";

	memcpy(from, code, 4); /* a term of its own year overlaps no other */
	memcpy(to, code, 4);
	return bench_command(bench, "term.create", "code", code, "starts_on", from, "ends_on", to,
			     NULL);
}

static int execute(struct bench *bench, const struct command *command, struct outcome *outcome)
{
	return store_execute(bench->store, command, 1, &bench->arena, outcome, NULL, &bench->err);
}

static int64_t last_change(struct bench *bench)
{
	const char *cursor = NULL;
	int64_t seq = 0;
	struct page page;

	do {
		if (store_changes(bench->store, cursor, 500, &bench->arena, &page, &bench->err) < 0)
			fail_msg("%s", bench->err.message);
		for (size_t i = 0; i < page.count; i++) {
			struct change *change = page.records[i];

			assert_int_equal(change->seq, seq + 1); /* no gap, in order */
			seq = change->seq;
		}
		cursor = page.next;
		assert_non_null(cursor);
	} while (page.count);
	return seq;
}

static void what_was_done_is_there(void **state)
{
	struct bench *bench = *state;
	struct command command;
	struct outcome outcome;
	struct term *term;

	bench_login(bench, "registrar");
	command = new_term(bench, "2026S");
	outcome = bench_run(bench, &command);
	assert_true(outcome.id > 0);
	assert_int_equal(outcome.rev, 1);
	assert_false(outcome.repeated);
	assert_int_equal(outcome.seq, last_change(bench));
	assert_int_equal(store_get(bench->store, KIND_TERM, outcome.id, &bench->arena,
				   (void **)&term, &bench->err), 0);
	assert_string_equal(term->code, "2026S");
	assert_int_equal(term->created_by, bench->store->actor.user_id);
	assert_true(record_equal(&term_fields, term,
				 bundle_first(&outcome.records, &term_fields)));
}

static void assess_writes_nothing(void **state)
{
	struct bench *bench = *state;
	struct outcome before, after;
	struct command command;
	int64_t seq;

	bench_login(bench, "registrar");
	seq = last_change(bench);
	command = new_term(bench, "2026S");
	for (int i = 0; i < 2; i++)
		assert_int_equal(store_assess(bench->store, &command, &bench->arena, &before,
					      &bench->err), 0);
	assert_int_equal(bench_count(bench, KIND_TERM), 0);
	assert_int_equal(last_change(bench), seq);
	assert_int_equal(before.seq, 0);
	after = bench_run(bench, &command);
	assert_int_equal(before.id, after.id);
	assert_int_equal(before.rev, after.rev);
	assert_true(record_equal(&term_fields, bundle_first(&before.records, &term_fields),
				 bundle_first(&after.records, &term_fields)));
}

static void a_key_gives_the_first_answer(void **state)
{
	struct bench *bench = *state;
	struct outcome first, again;
	struct command command, other;

	bench_login(bench, "registrar");
	command = new_term(bench, "2026S");
	first = bench_run(bench, &command);
	for (int i = 0; i < 3; i++) {
		again = bench_run(bench, &command);
		assert_true(again.repeated);
		assert_int_equal(again.id, first.id);
		assert_int_equal(again.rev, first.rev);
		assert_int_equal(again.seq, first.seq);
		assert_true(record_equal(&term_fields, bundle_first(&first.records, &term_fields),
					 bundle_first(&again.records, &term_fields)));
	}
	assert_int_equal(bench_count(bench, KIND_TERM), 1);
	/* The same key for anything else, or by anybody else, is refused. */
	other = new_term(bench, "2027S");
	memcpy(other.key, command.key, sizeof other.key);
	bench_expect(bench, execute(bench, &other, &again), REASON_KEY_REUSED);
	other = bench_command(bench, "calendar.set", "on_date", "2026-10-01", "kind", "HOLIDAY",
			      "name", "国庆节", NULL);
	memcpy(other.key, command.key, sizeof other.key);
	bench_expect(bench, execute(bench, &other, &again), REASON_KEY_REUSED);
	bench_login(bench, "far");
	bench_expect(bench, execute(bench, &command, &again), REASON_KEY_REUSED);
	bench_login(bench, "registrar");
	assert_int_equal(bench_count(bench, KIND_TERM), 1);
}

static void a_refused_key_may_be_used_again(void **state)
{
	struct bench *bench = *state;
	struct command command;
	struct outcome outcome;

	bench_login(bench, "viewer");
	command = new_term(bench, "2026S");
	bench_expect(bench, execute(bench, &command, &outcome), REASON_PERM_DENIED);
	bench_login(bench, "registrar");
	outcome = bench_run(bench, &command);
	assert_false(outcome.repeated);
}

static void keys_are_ulids(void **state)
{
	static const char *const bad[] = {
		"", "x", "01ARZ3NDEKTSV4RRFFQ69G5FA", "01arz3ndektsv4rrffq69g5fav",
		"01ARZ3NDEKTSV4RRFFQ69G5FAU", "01ARZ3NDEKTSV4RRFFQ69G5FA'",
	};
	struct bench *bench = *state;
	struct command command;
	struct outcome outcome;

	bench_login(bench, "registrar");
	command = new_term(bench, "2026S");
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		snprintf(command.key, sizeof command.key, "%s", bad[i]);
		bench_expect(bench, execute(bench, &command, &outcome), REASON_KEY_BAD);
	}
	assert_int_equal(bench_count(bench, KIND_TERM), 0);
}

static void a_stale_rev_is_a_conflict(void **state)
{
	static const int64_t revs[] = { 0, 1, 3, -1, INT64_MAX };
	struct bench *bench = *state;
	struct command create, edit;
	struct outcome outcome;
	struct term *term;

	bench_login(bench, "registrar");
	create = new_term(bench, "2026S");
	outcome = bench_run(bench, &create);
	edit = bench_command(bench, "term.edit", "ends_on", "2026-07-05", NULL);
	edit.target = outcome.id;
	edit.expected_rev = 1;
	outcome = bench_run(bench, &edit);
	assert_int_equal(outcome.rev, 2);
	for (size_t i = 0; i < sizeof revs / sizeof revs[0]; i++) {
		struct command late = bench_command(bench, "term.edit", "ends_on", "2026-08-01", NULL);

		late.target = outcome.id;
		late.expected_rev = revs[i];
		assert_int_equal(execute(bench, &late, &outcome), OV_ECONFLICT);
		assert_int_equal(bench->err.current_rev, 2);
		bench_expect(bench, OV_ECONFLICT, REASON_SM_STALE);
		assert_int_equal(store_assess(bench->store, &late, &bench->arena, &outcome,
					      &bench->err), OV_ECONFLICT);
		error_clear(&bench->err);
		outcome.id = edit.target;
	}
	assert_int_equal(store_get(bench->store, KIND_TERM, edit.target, &bench->arena,
				   (void **)&term, &bench->err), 0);
	assert_int_equal(term->rev, 2);
	assert_int_equal(term->ends_on, date_from_civil(2026, 7, 5));
	edit = bench_command(bench, "term.edit", "ends_on", "2026-08-01", NULL);
	edit.target = 777;
	bench_expect(bench, execute(bench, &edit, &outcome), REASON_NOT_FOUND);
}

static void a_list_is_all_or_nothing(void **state)
{
	struct bench *bench = *state;
	struct command commands[4];
	struct outcome outcomes[4];
	size_t failed = 99;
	int64_t seq;

	bench_login(bench, "registrar");
	seq = last_change(bench);
	commands[0] = new_term(bench, "2026S");
	commands[1] = new_term(bench, "2027S");
	commands[2] = new_term(bench, "2026S"); /* the code is taken by the first */
	commands[3] = new_term(bench, "2028S");
	assert_true(store_execute(bench->store, commands, 4, &bench->arena, outcomes, &failed,
				  &bench->err) < 0);
	assert_int_equal(failed, 2);
	assert_true(outcomes[2].problems.count > 0);
	error_clear(&bench->err);
	assert_int_equal(bench_count(bench, KIND_TERM), 0);
	assert_int_equal(last_change(bench), seq);
	commands[2] = new_term(bench, "2029S");
	assert_int_equal(store_execute(bench->store, commands, 4, &bench->arena, outcomes, &failed,
				       &bench->err), 0);
	assert_int_equal(bench_count(bench, KIND_TERM), 4);
	for (int i = 0; i < 4; i++)
		assert_int_equal(outcomes[i].rev, 1);
	/* Sent again, all of it is answered as it was. */
	assert_int_equal(store_execute(bench->store, commands, 4, &bench->arena, outcomes, &failed,
				       &bench->err), 0);
	for (int i = 0; i < 4; i++)
		assert_true(outcomes[i].repeated);
	memcpy(commands[1].key, commands[0].key, sizeof commands[0].key);
	bench_expect(bench, store_execute(bench->store, commands, 4, &bench->arena, outcomes,
					  &failed, &bench->err), REASON_KEY_REUSED);
	/* Each has left its own event. */
	bench_login(bench, "auditor");
	assert_int_equal(bench_count(bench, KIND_AUDIT_EVENT), 4);
}

static void commands_need_permission(void **state)
{
	static const struct {
		const char *login;
		bool allowed;
	} rows[] = {
		{ "registrar", true }, { "viewer", false }, { "expert", false },
		{ "admin", false }, { "auditor", false }, { "desk", false },
	};
	struct bench *bench = *state;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct command command = new_term(bench, "2026S");
		struct outcome outcome;
		int rc;

		bench_login(bench, rows[i].login);
		rc = store_assess(bench->store, &command, &bench->arena, &outcome, &bench->err);
		if (rows[i].allowed) {
			assert_int_equal(rc, 0);
			continue;
		}
		bench_expect(bench, rc, REASON_PERM_DENIED);
		bench_expect(bench, execute(bench, &command, &outcome), REASON_PERM_DENIED);
	}
}

static void every_fault_is_told_at_once(void **state)
{
	struct bench *bench = *state;
	struct command command = bench_command(bench, "calendar.set", "acts_as", "3", NULL);
	struct outcome outcome;

	bench_login(bench, "registrar");
	bench_expect(bench, execute(bench, &command, &outcome), REASON_FIELD_REQUIRED);
	assert_int_equal(outcome.problems.count, 3); /* on_date, kind, name */
	assert_string_equal(outcome.problems.item[0].field, "on_date");
	assert_string_equal(outcome.problems.item[1].field, "kind");
	assert_string_equal(outcome.problems.item[2].field, "name");
	assert_int_equal(bench_count(bench, KIND_CALENDAR_DAY), 0);
}

static void a_taken_value_names_its_field(void **state)
{
	struct bench *bench = *state;
	struct command first, second;
	struct outcome outcome;

	bench_login(bench, "registrar");
	first = new_term(bench, "2026S");
	bench_run(bench, &first);
	second = bench_command(bench, "term.create", "code", "2026S", "starts_on", "2030-03-01",
			       "ends_on", "2030-07-01", NULL);
	assert_true(execute(bench, &second, &outcome) < 0);
	assert_string_equal(bench->err.field, "code");
	bench_expect(bench, bench->err.code, REASON_FIELD_UNIQUE);
	assert_int_equal(outcome.problems.count, 1);
}

static void hostile_values_are_values(void **state)
{
	static const struct {
		const char *name;
		enum reason reason;
	} rows[] = {
		{ "'; DROP TABLE term; --", REASON_OK }, { "\"%s%n\\", REASON_OK },
		{ "\xff\xfe", REASON_FIELD_UTF8 }, { "a\x01z", REASON_FIELD_CONTROL },
		{ "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一",
		  REASON_FIELD_LENGTH },
		{ "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十",
		  REASON_OK },
	};
	struct bench *bench = *state;

	bench_login(bench, "registrar");
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct command command = bench_command(bench, "calendar.set", "on_date",
						       "2026-10-01", "kind", "HOLIDAY", NULL);
		struct outcome outcome;
		struct calendar_day *day;
		int rc;

		field_set_text(field_find(command.def->args, "name"), command.args, rows[i].name);
		rc = execute(bench, &command, &outcome);
		if (rows[i].reason != REASON_OK) {
			bench_expect(bench, rc, rows[i].reason);
			continue;
		}
		assert_int_equal(rc, 0);
		assert_int_equal(store_get(bench->store, KIND_CALENDAR_DAY, outcome.id, &bench->arena,
					   (void **)&day, &bench->err), 0);
		assert_string_equal(day->name, rows[i].name);
	}
	assert_int_equal(bench_count(bench, KIND_CALENDAR_DAY), 1);
}

static void changes_go_on_where_they_stopped(void **state)
{
	struct bench *bench = *state;
	struct command command;
	struct page page;
	const char *cursor;
	char other[128];

	bench_login(bench, "registrar");
	last_change(bench);
	assert_int_equal(store_changes(bench->store, NULL, 500, &bench->arena, &page, &bench->err), 0);
	cursor = page.next;
	assert_int_equal(store_changes(bench->store, cursor, 500, &bench->arena, &page, &bench->err), 0);
	assert_int_equal(page.count, 0);
	assert_string_equal(page.next, cursor);
	command = new_term(bench, "2026S");
	bench_run(bench, &command);
	assert_int_equal(store_changes(bench->store, cursor, 1, &bench->arena, &page, &bench->err), 0);
	assert_int_equal(page.count, 1);
	assert_string_equal(((struct change *)page.records[0])->kind, "term");
	/* A cursor of another epoch, or of the future, begins nowhere. */
	snprintf(other, sizeof other, "%s", cursor);
	other[5] = other[5] == '0' ? '1' : '0';
	bench_expect(bench, store_changes(bench->store, other, 1, &bench->arena, &page, &bench->err),
		     REASON_CURSOR_BAD);
	snprintf(other, sizeof other, "%.*s.999999", (int)(strrchr(cursor, '.') - cursor), cursor);
	bench_expect(bench, store_changes(bench->store, other, 1, &bench->arena, &page, &bench->err),
		     REASON_CURSOR_BAD);
	bench_expect(bench, store_changes(bench->store, "", 1, &bench->arena, &page, &bench->err),
		     REASON_CURSOR_BAD);
}

static void a_stale_cancel_strikes_nothing(void **state)
{
	struct bench *bench = *state;
	struct command command;

	bench_login(bench, "registrar");
	for (int i = 0; i < 3; i++)
		store_cancel(bench->store);
	command = new_term(bench, "2026S");
	bench_run(bench, &command);
	store_cancel(bench->store);
	assert_int_equal(bench_count(bench, KIND_TERM), 1);
}

/* The address of a feed is a secret that is told once: not by a preview, and not
 * by the first answer given again. */
static void the_address_of_a_feed_is_told_once(void **state)
{
	struct bench *bench = *state;
	const struct feed_link *link;
	struct outcome outcome;
	struct command command;
	struct calendar_feed *feed;

	bench_login(bench, "viewer");
	command = bench_command(bench, "feed.create", "student_id", "1", NULL);
	bench_expect(bench, execute(bench, &command, &outcome), REASON_PERM_DENIED);
	bench_login(bench, "registrar");
	command = bench_command(bench, "feed.create", "student_id", "1", NULL);
	assert_int_equal(store_assess(bench->store, &command, &bench->arena, &outcome, &bench->err), 0);
	assert_null(bundle_first(&outcome.records, &feed_link_fields));
	outcome = bench_run(bench, &command);
	link = bundle_first(&outcome.records, &feed_link_fields);
	assert_non_null(link);
	assert_memory_equal(link->url, "http", 4);
	assert_non_null(strstr(link->url, "/v1/feeds/"));
	assert_int_equal(strlen(strstr(link->url, "/v1/feeds/")), 10 + 22 + 4);
	outcome = bench_run(bench, &command);
	assert_true(outcome.repeated);
	assert_null(bundle_first(&outcome.records, &feed_link_fields));
	assert_int_equal(bench_count(bench, KIND_CALENDAR_FEED), 1);
	assert_int_equal(store_get(bench->store, KIND_CALENDAR_FEED, outcome.id, &bench->arena,
				   (void **)&feed, &bench->err), 0);
	assert_int_equal(feed->student_id, 1);
	assert_null(feed->token_hash);
	assert_int_equal(feed->revoked_on, OV_NULL);
	/* A registrar of another branch neither sees it nor makes one. */
	bench_login(bench, "far");
	assert_int_equal(bench_count(bench, KIND_CALENDAR_FEED), 0);
	command = bench_command(bench, "feed.revoke", NULL);
	command.target = feed->id;
	bench_expect(bench, execute(bench, &command, &outcome), REASON_NOT_FOUND);
	command = bench_command(bench, "feed.create", "student_id", "1", NULL);
	bench_expect(bench, execute(bench, &command, &outcome), REASON_NOT_FOUND);
	bench_login(bench, "registrar");
	command = bench_command(bench, "feed.revoke", NULL);
	command.target = feed->id;
	command.expected_rev = feed->rev;
	bench_run(bench, &command);
	assert_int_equal(store_get(bench->store, KIND_CALENDAR_FEED, feed->id, &bench->arena,
				   (void **)&feed, &bench->err), 0);
	assert_int_not_equal(feed->revoked_on, OV_NULL);
}

struct canceller {
	struct store *store;
	atomic_bool end;
};

static void *cancel_often(void *context)
{
	struct canceller *canceller = context;

	while (!atomic_load(&canceller->end))
		store_cancel(canceller->store);
	return NULL;
}

/* Whatever a cancel strikes is done or not done, never half; and the answer
 * says which. */
static void a_cancel_leaves_nothing_half_done(void **state)
{
	struct bench *bench = *state;
	struct canceller canceller = { .store = bench->store };
	size_t done = 0;
	pthread_t thread;

	bench_login(bench, "registrar");
	assert_int_equal(pthread_create(&thread, NULL, cancel_often, &canceller), 0);
	for (int i = 0; i < 60; i++) {
		char day[DATE_TEXT];
		struct command command = bench_command(bench, "calendar.set", "on_date",
			date_format(20000 + i, day), "kind", "CLOSED", "name", "x", NULL);
		struct outcome outcome;
		int rc = execute(bench, &command, &outcome);

		if (rc < 0)
			bench_expect(bench, rc, REASON_CANCELLED);
		done += rc == 0;
	}
	atomic_store(&canceller.end, true);
	pthread_join(thread, NULL);
	assert_int_equal(bench_count(bench, KIND_CALENDAR_DAY), done);
	bench_login(bench, "auditor");
	assert_int_equal(bench_count(bench, KIND_AUDIT_EVENT), done);
}

const struct CMUnitTest suite_execute_tests[] = {
	SUITE_TEST(what_was_done_is_there),
	SUITE_TEST(assess_writes_nothing),
	SUITE_TEST(a_key_gives_the_first_answer),
	SUITE_TEST(a_refused_key_may_be_used_again),
	SUITE_TEST(keys_are_ulids),
	SUITE_TEST(a_stale_rev_is_a_conflict),
	SUITE_TEST(a_list_is_all_or_nothing),
	SUITE_TEST(commands_need_permission),
	SUITE_TEST(every_fault_is_told_at_once),
	SUITE_TEST(a_taken_value_names_its_field),
	SUITE_TEST(hostile_values_are_values),
	SUITE_TEST(changes_go_on_where_they_stopped),
	SUITE_TEST(the_address_of_a_feed_is_told_once),
	SUITE_TEST(a_stale_cancel_strikes_nothing),
	SUITE_TEST(a_cancel_leaves_nothing_half_done),
};
const size_t suite_execute_count = sizeof suite_execute_tests / sizeof suite_execute_tests[0];
