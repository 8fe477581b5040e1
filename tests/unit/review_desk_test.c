/* What the review desk asks of the store: the queues' counts, the room under
 * each cap, the ledger as a list, and refusals that name people and numbers. */
#include "tests/unit/shared.h"

#include "core/model/claim_reason.h"
#include "tests/unit/claim_world.h"

static const struct claim_queue *queue_of(struct world *w, int64_t state)
{
	const struct query query = { .kind = KIND_CLAIM_QUEUE };
	struct page page;

	assert_done(w, store_find(w->store, &query, &w->arena, &page, &w->err));
	assert_ptr_equal(page.table, &claim_queue_fields);
	for (size_t i = 0; i < page.count; i++) {
		const struct claim_queue *row = page.records[i];

		if (row->state == state)
			return row;
	}
	return NULL;
}

static int64_t safe_claim(struct world *w, int learner, int number)
{
	return world_claim(w, w->students[learner],
			   arena_printf(&w->arena, "T-SAFE,no=S%d,issued=2015-06-01,evidence=COPY",
					number));
}

static void the_queues_are_counted(void **state)
{
	const struct query odd = { .kind = KIND_CLAIM_QUEUE, .order = "count" };
	struct world *w = *state;
	struct page page;

	for (int i = 0; i < 5; i++) {
		int64_t id = safe_claim(w, i, i);

		if (i >= 3)
			world_advance(w, id, CLAIM_ACCEPTED);
	}
	world_as(w, "front_desk.1");
	assert_int_equal(queue_of(w, CLAIM_SUBMITTED)->count, 3);
	assert_int_equal(queue_of(w, CLAIM_SUBMITTED)->mine, 3);
	assert_int_equal(queue_of(w, CLAIM_ACCEPTED)->count, 2);
	assert_int_equal(queue_of(w, CLAIM_ACCEPTED)->mine, 0);
	assert_int_equal(queue_of(w, CLAIM_VERIFIED)->count, 0);
	assert_int_equal(queue_of(w, CLAIM_VERIFIED)->oldest_on, OV_NULL);
	assert_null(queue_of(w, CLAIM_POSTED));
	world_as(w, "verifier.1");
	assert_int_equal(queue_of(w, CLAIM_ACCEPTED)->mine, 2);
	assert_int_equal(queue_of(w, CLAIM_ACCEPTED)->overdue, 0);
	world_day(w, "2015-12-01");
	assert_int_equal(queue_of(w, CLAIM_ACCEPTED)->overdue, 2);
	/* An expert counts no more than he sees. */
	world_as(w, "expert.1");
	assert_int_equal(queue_of(w, CLAIM_SUBMITTED)->count, 0);
	world_as(w, "front_desk.1");
	assert_refused(w, store_find(w->store, &odd, &w->arena, &page, &w->err), "USAGE");
}

/* Is the claim in the queue "mine" of LOGIN, and in its count? */
static bool offered(struct world *w, const char *login, int64_t id, int64_t state)
{
	const struct filter mine = { .field = "mine", .op = FILTER_EQ, .number = 1 };
	const struct query query = { .kind = KIND_CLAIM_ROW, .filters = &mine, .filter_count = 1 };
	struct page page;
	bool there = false;

	world_as(w, login);
	error_clear(&w->err);
	assert_done(w, store_find(w->store, &query, &w->arena, &page, &w->err));
	for (size_t i = 0; i < page.count; i++)
		there = there || ((struct record_head *)page.records[i])->id == id;
	assert_int_equal(queue_of(w, state)->mine, there);
	return there;
}

static void second_login_add(struct world *w, const char *login, const char *of)
{
	struct user *user = record_new(&w->arena, &user_fields);

	user->login = login;
	user->state = USER_ACTIVE;
	user->person_id = ((struct user *)world_get(w, KIND_USER,
						    world_id(w, KIND_USER, "login", of)))->person_id;
	world_insert(w, KIND_USER, user);
}

/* Four eyes, by person: what somebody would be refused does not wait for him. */
static void mine_is_what_i_may_decide(void **state)
{
	static const struct {
		const char *login;
		enum role role;
	} more[] = {
		{ "front_desk.1", ROLE_REVIEWER1 }, { "verifier.1", ROLE_REVIEWER1 },
		{ "two.verifier", ROLE_REVIEWER1 }, { "verifier.1", ROLE_REVIEWER2 },
		{ "reviewer1.1", ROLE_REVIEWER2 }, { "reviewer1.1", ROLE_LEDGER_KEEPER },
		{ "reviewer2.1", ROLE_LEDGER_KEEPER },
	};
	struct world *w = *state;
	struct user_conflict *conflict = record_new(&w->arena, &user_conflict_fields);
	int64_t id = safe_claim(w, 3, 1);

	second_login_add(w, "two.verifier", "verifier.1");
	for (size_t i = 0; i < sizeof more / sizeof more[0]; i++)
		world_role(w, more[i].login, more[i].role);
	world_advance(w, id, CLAIM_VERIFIED);
	assert_false(offered(w, "front_desk.1", id, CLAIM_VERIFIED));
	assert_false(offered(w, "verifier.1", id, CLAIM_VERIFIED));
	assert_false(offered(w, "two.verifier", id, CLAIM_VERIFIED));
	assert_refused(w, world_run(w, "claim.pass_first", id, NULL), "SM_FOUR_EYES");
	assert_true(offered(w, "reviewer1.1", id, CLAIM_VERIFIED));
	assert_true(offered(w, "reviewer1.2", id, CLAIM_VERIFIED));
	/* F8 */
	conflict->user_id = world_id(w, KIND_USER, "login", "reviewer1.2");
	conflict->person_id = ((struct student *)world_get(w, KIND_STUDENT, w->students[3]))->person_id;
	world_insert(w, KIND_USER_CONFLICT, conflict);
	assert_false(offered(w, "reviewer1.2", id, CLAIM_VERIFIED));
	world_advance(w, id, CLAIM_FIRST_OK);
	assert_false(offered(w, "reviewer1.1", id, CLAIM_FIRST_OK));
	assert_false(offered(w, "verifier.1", id, CLAIM_FIRST_OK));
	assert_true(offered(w, "reviewer2.1", id, CLAIM_FIRST_OK));
	world_advance(w, id, CLAIM_APPROVED);
	assert_false(offered(w, "reviewer2.1", id, CLAIM_APPROVED));
	assert_true(offered(w, "reviewer1.1", id, CLAIM_APPROVED));
	assert_true(offered(w, "ledger_keeper.1", id, CLAIM_APPROVED));
}

/* One step by LOGIN, whatever roles he is short of. */
static void step(struct world *w, const char *login, const char *command, int64_t id)
{
	bool verify = !strcmp(command, "claim.verify");

	world_as(w, login);
	assert_done(w, world_run(w, command, id, verify ? "all_ok" : "reason",
				 verify ? "true" : "As the test wants it", NULL));
}

/* What the columns of a claim say counts where no trail is (an import), and the
 * trail counts where the columns have forgotten. */
static void a_preparer_of_any_round_is_kept_out(void **state)
{
	static const char *const columns[] = { "created_by", "submitted_by", "accepted_by", "verified_by" };
	struct world *w = *state;
	int64_t id = safe_claim(w, 3, 1);

	step(w, "front_desk.2", "claim.accept", id);
	step(w, "verifier.1", "claim.return", id);
	step(w, "front_desk.1", "claim.resubmit", id);
	step(w, "front_desk.1", "claim.accept", id);
	step(w, "verifier.2", "claim.verify", id);
	world_role(w, "front_desk.2", ROLE_REVIEWER1);
	world_role(w, "verifier.1", ROLE_REVIEWER1);
	assert_false(offered(w, "front_desk.2", id, CLAIM_VERIFIED));
	assert_refused(w, world_run(w, "claim.pass_first", id, NULL), "SM_FOUR_EYES");
	assert_true(offered(w, "verifier.1", id, CLAIM_VERIFIED)); /* returning prepares nothing */
	for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
		const char *set = "UPDATE credit_claim SET %s = (SELECT id FROM \"user\" WHERE login = '%s')";

		assert_int_equal(db_exec(w->local->db, arena_printf(&w->arena, set, columns[i],
								    "reviewer1.1"), &w->err), 0);
		assert_false(offered(w, "reviewer1.1", id, CLAIM_VERIFIED));
		assert_int_equal(db_exec(w->local->db, arena_printf(&w->arena, set, columns[i],
								    "front_desk.1"), &w->err), 0);
		assert_true(offered(w, "reviewer1.1", id, CLAIM_VERIFIED));
	}
}

static void the_expert_gives_no_second_review(void **state)
{
	struct world *w = *state;
	int64_t id = world_claim(w, w->students[3], "T-MAINT,no=K5,level=2,issued=2015-06-01,evidence=COPY");

	world_advance(w, id, CLAIM_VERIFIED);
	step(w, "reviewer1.1", "claim.ask_expert", id);
	world_role(w, "reviewer1.1", ROLE_EXPERT);
	assert_false(offered(w, "reviewer1.1", id, CLAIM_EXPERT));
	assert_true(offered(w, "expert.1", id, CLAIM_EXPERT));
	step(w, "expert.1", "claim.opine", id);
	world_role(w, "expert.1", ROLE_REVIEWER2);
	assert_false(offered(w, "expert.1", id, CLAIM_FIRST_OK));
	assert_true(offered(w, "reviewer2.1", id, CLAIM_FIRST_OK));
}

/* F10, T27: before the appeal and after it. */
static void an_appeal_is_for_others(void **state)
{
	struct world *w = *state;
	int64_t id = safe_claim(w, 3, 1), bad = safe_claim(w, 4, 2);

	step(w, "front_desk.1", "claim.accept", id);
	step(w, "verifier.1", "claim.return", id);
	step(w, "front_desk.1", "claim.resubmit", id);
	step(w, "front_desk.1", "claim.accept", id);
	step(w, "verifier.2", "claim.verify", id);
	step(w, "reviewer1.1", "claim.reject", id);
	step(w, "front_desk.1", "claim.appeal", id);
	world_role(w, "verifier.1", ROLE_REVIEWER2);
	assert_false(offered(w, "verifier.1", id, CLAIM_APPEALED));
	assert_true(offered(w, "reviewer2.1", id, CLAIM_APPEALED));
	step(w, "reviewer2.1", "claim.allow", id);
	assert_false(offered(w, "reviewer1.1", id, CLAIM_VERIFIED));
	assert_true(offered(w, "reviewer1.2", id, CLAIM_VERIFIED));
	/* Refused as false: whoever did it doesn't verify it either. */
	step(w, "front_desk.1", "claim.accept", bad);
	step(w, "verifier.1", "claim.reject_false", bad);
	step(w, "front_desk.1", "claim.appeal", bad);
	step(w, "reviewer2.1", "claim.allow", bad);
	assert_int_equal(world_state(w, bad), CLAIM_ACCEPTED);
	assert_false(offered(w, "verifier.1", bad, CLAIM_ACCEPTED));
	assert_true(offered(w, "verifier.2", bad, CLAIM_ACCEPTED));
}

static void a_learner_is_not_offered_his_own_claim(void **state)
{
	struct world *w = *state;
	int64_t id = safe_claim(w, 3, 1);
	struct user *user = record_new(&w->arena, &user_fields);

	user->login = "two.learner";
	user->state = USER_ACTIVE;
	user->person_id = ((struct student *)world_get(w, KIND_STUDENT, w->students[3]))->person_id;
	world_insert(w, KIND_USER, user);
	world_role(w, "two.learner", ROLE_REVIEWER1);
	world_advance(w, id, CLAIM_VERIFIED);
	assert_false(offered(w, "two.learner", id, CLAIM_VERIFIED));
}

static void a_revocation_asked_for_waits_for_the_auditor(void **state)
{
	struct world *w = *state;
	struct user_conflict *conflict = record_new(&w->arena, &user_conflict_fields);
	int64_t id = safe_claim(w, 3, 1);

	world_advance(w, id, CLAIM_POSTED);
	world_as(w, "auditor.1");
	assert_int_equal(queue_of(w, CLAIM_POSTED)->mine, 0);
	world_as(w, "reviewer2.2");
	assert_done(w, world_run(w, "claim.revoke", id, "reason", "posted by mistake", NULL));
	assert_true(offered(w, "auditor.1", id, CLAIM_POSTED));
	/* F5, F8: neither who gave the second review, nor who asked, nor a relative. */
	world_role(w, "reviewer2.1", ROLE_AUDITOR);
	world_role(w, "reviewer2.2", ROLE_AUDITOR);
	assert_false(offered(w, "reviewer2.1", id, CLAIM_POSTED));
	assert_false(offered(w, "reviewer2.2", id, CLAIM_POSTED));
	conflict->user_id = world_id(w, KIND_USER, "login", "auditor.1");
	conflict->person_id = ((struct student *)world_get(w, KIND_STUDENT, w->students[3]))->person_id;
	world_insert(w, KIND_USER_CONFLICT, conflict);
	assert_false(offered(w, "auditor.1", id, CLAIM_POSTED));
	assert_true(offered(w, "auditor.2", id, CLAIM_POSTED));
}

static const struct cap_room *room_of(struct world *w, int64_t id, const char *cap)
{
	const struct card_request request = { .kind = KIND_CREDIT_CLAIM, .id = id,
					      .from = OV_NULL, .to = OV_NULL };
	const struct record_list *list;
	struct bundle card;

	assert_done(w, store_card(w->store, &request, &w->arena, &card, &w->err));
	list = bundle_list(&card, &cap_room_fields);
	for (size_t i = 0; i < list->count; i++) {
		const struct cap_room *room = list->items[i];

		if (!strcmp(room->cap, cap))
			return room;
	}
	return NULL;
}

static void the_room_under_each_cap_adds_up(void **state)
{
	struct world *w = *state;
	int64_t first = world_claim(w, w->students[3],
				    "T-WELD,no=W1,level=3,issued=2015-06-01,evidence=COPY");
	int64_t second = safe_claim(w, 3, 1);
	const struct cap_room *room;

	/* Before the verification: what it asks for. */
	room = room_of(w, first, "CAP_PROGRAMME");
	assert_non_null(room);
	assert_int_equal(room->cap_centi, 2660);
	assert_int_equal(room->used_centi, 0);
	assert_int_equal(room->claim_centi, 700);
	assert_int_equal(room->room_centi, 1960);
	world_advance(w, first, CLAIM_POSTED);
	assert_null(room_of(w, first, "CAP_PROGRAMME"));
	world_advance(w, second, CLAIM_VERIFIED);
	room = room_of(w, second, "CAP_PROGRAMME");
	assert_int_equal(room->used_centi, 700);
	assert_int_equal(room->claim_centi, 200);
	assert_int_equal(room->room_centi, 1760);
	room = room_of(w, second, "CAP_MODULE");
	assert_string_equal(room->scope, "M4");
	assert_int_equal(room->cap_centi, 1200);
	assert_int_equal(room->room_centi, 1000);
}

static void ledger_find(struct world *w, const struct filter *filter, const char *cursor,
			int limit, struct page *page)
{
	const struct query query = { .kind = KIND_LEDGER_ROW, .filters = filter,
				     .filter_count = filter ? 1 : 0, .limit = limit,
				     .cursor = cursor, .descending = true };

	assert_done(w, store_find(w->store, &query, &w->arena, page, &w->err));
}

static void the_ledger_is_paged_and_hashed_again(void **state)
{
	struct world *w = *state;
	int64_t id = world_claim(w, w->students[3],
				 "T-WELD,no=W1,level=3,issued=2015-06-01,evidence=COPY");
	struct filter filter = { .field = "student_id", .op = FILTER_EQ, .number = w->students[3] };
	const struct ledger_row *row;
	struct page page, next;

	world_advance(w, id, CLAIM_POSTED);
	world_advance(w, safe_claim(w, 4, 2), CLAIM_POSTED);
	ledger_find(w, NULL, NULL, 2, &page);
	assert_int_equal(page.count, 2);
	assert_non_null(page.next);
	row = page.records[0];
	assert_int_equal(row->seq, 3);
	assert_int_equal(row->intact, 1);
	assert_int_equal(row->student_id, w->students[4]);
	assert_int_equal(strlen(row->hash8), 8);
	ledger_find(w, NULL, page.next, 2, &next);
	assert_int_equal(next.count, 1);
	assert_null(next.next);
	row = next.records[0];
	assert_int_equal(row->seq, 1);
	assert_int_equal(row->intact, 1);
	assert_int_equal(row->claim_id, id);
	ledger_find(w, &filter, NULL, 0, &page);
	assert_int_equal(page.count, 2);
	filter = (struct filter){ .field = "kind", .op = FILTER_EQ, .number = ENTRY_REVERSAL };
	ledger_find(w, &filter, NULL, 0, &page);
	assert_int_equal(page.count, 0);
	/* Somebody with the file changes an amount: the row says so, and no other. */
	assert_int_equal(db_exec(w->local->db, "DROP TRIGGER ledger_entry_stays", &w->err), 0);
	assert_int_equal(db_exec(w->local->db, "UPDATE ledger_entry SET amount_centi ="
				 " amount_centi + 1 WHERE seq = 2", &w->err), 0);
	ledger_find(w, NULL, NULL, 0, &page);
	for (size_t i = 0; i < page.count; i++) {
		row = page.records[i];
		assert_int_equal(row->intact, row->seq != 2);
	}
}

static void the_ledger_is_for_those_who_may(void **state)
{
	const struct query query = { .kind = KIND_LEDGER_ROW };
	struct filter odd = { .field = "hash8", .op = FILTER_EQ, .text = "0" };
	const struct query wrong = { .kind = KIND_LEDGER_ROW, .filters = &odd, .filter_count = 1 };
	struct world *w = *state;
	struct page page;

	world_as(w, "expert.1");
	assert_refused(w, store_find(w->store, &query, &w->arena, &page, &w->err), "PERM_DENIED");
	world_as(w, "auditor.1");
	assert_refused(w, store_find(w->store, &wrong, &w->arena, &page, &w->err),
		       "FIELD_UNKNOWN");
}

static void refusals_name_people_and_numbers(void **state)
{
	struct world *w = *state;
	int64_t id = safe_claim(w, 3, 1), large;

	world_advance(w, id, CLAIM_VERIFIED);
	world_role(w, "verifier.1", ROLE_REVIEWER1);
	world_as(w, "verifier.1");
	assert_refused(w, world_run(w, "claim.pass_first", id, NULL), "SM_FOUR_EYES");
	assert_non_null(strstr(w->err.message, "You verified the evidence"));
	large = world_claim(w, w->students[4],
			    "T-MAINT,no=K5,level=2,issued=2015-06-01,evidence=COPY");
	world_advance(w, large, CLAIM_VERIFIED);
	world_as(w, "reviewer1.1");
	assert_refused(w, world_run(w, "claim.pass_first", large, NULL), "SM_NEEDS_EXPERT");
	assert_non_null(strstr(w->err.message, "0 lines without rule, 10.00 credits proposed"));
}

static void reasons_fit_the_digits_and_their_field(void **state)
{
	const struct claim_reason *list[CLAIM_REASONS_MAX];

	(void)state;
	for (int event = 0; event < CLAIM_EVENT_COUNT; event++) {
		size_t count = claim_reasons((enum claim_event)event, list);

		assert_true(count <= CLAIM_REASONS_MAX);
		for (size_t i = 0; i < count; i++) {
			assert_true(strlen(list[i]->code) <= 24);
			assert_ptr_equal(claim_reason_find(list[i]->code), list[i]);
		}
	}
	assert_int_equal(claim_reasons(EVENT_RETURN, list), 8);
	assert_null(claim_reason_find("NONE_SUCH"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)
	const struct CMUnitTest tests[] = {
		TEST(the_queues_are_counted), TEST(mine_is_what_i_may_decide), TEST(a_revocation_asked_for_waits_for_the_auditor),
		TEST(a_preparer_of_any_round_is_kept_out), TEST(the_expert_gives_no_second_review),
		TEST(an_appeal_is_for_others), TEST(a_learner_is_not_offered_his_own_claim),
		TEST(the_room_under_each_cap_adds_up), TEST(the_ledger_is_paged_and_hashed_again),
		TEST(the_ledger_is_for_those_who_may), TEST(refusals_name_people_and_numbers),
		cmocka_unit_test(reasons_fit_the_digits_and_their_field),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
