/* T1–T30 of DOMAIN.md 4 through the store's commands: each brings a claim to
 * where it begins, is refused to whoever has not the role, to a relative, and
 * (where four eyes are asked for) to the second login of somebody who prepared
 * the claim; then done, with what it must leave behind. */
#include "tests/unit/shared.h"

#include "core/store/claim_sweep.h"
#include "core/store/commands/claim_args.h"
#include "tests/unit/claim_world.h"

static const char post[] = "T-POST,no=K1,level=4,issued=2015-06-01,evidence=COPY";
static const char odd[] = "T-ODD,kind=COURSE,mark=70,credits=2.00,name=Forklift,"
			  "issued=2015-05-01,evidence=COPY";

static const struct credit_claim *claim_of(struct world *w, int64_t id)
{
	return world_get(w, KIND_CREDIT_CLAIM, id);
}

static int64_t user_of(struct world *w, const char *login)
{
	return world_id(w, KIND_USER, "login", login);
}

static int64_t drafted(struct world *w, const char *line)
{
	world_as(w, "front_desk.1");
	world_line(w, &claim_source_fields, line);
	assert_done(w, world_run(w, "claim.create", 0, "student_id", arena_printf(&w->arena, "%lld",
				 (long long)w->students[0]), NULL));
	return w->outcome.id;
}

static void step(struct world *w, int64_t id, const char *login, const char *command)
{
	world_as(w, login);
	assert_done(w, world_run(w, command, id, "reason", "As it is", NULL));
}

/* A claim in a state, by the ordinary people. */
static int64_t claim_in(struct world *w, const char *state)
{
	int64_t id;

	if (!strcmp(state, "EXPERT")) {
		id = drafted(w, odd);
		world_advance(w, id, CLAIM_VERIFIED);
		step(w, id, "reviewer1.1", "claim.ask_expert");
		return id;
	}
	id = drafted(w, post);
	if (!strcmp(state, "RETURNED")) {
		world_advance(w, id, CLAIM_SUBMITTED);
		step(w, id, "front_desk.1", "claim.return");
	} else if (!strcmp(state, "REJECTED") || !strcmp(state, "APPEALED")) {
		world_advance(w, id, CLAIM_VERIFIED);
		step(w, id, "reviewer1.1", "claim.reject");
		if (!strcmp(state, "APPEALED"))
			step(w, id, "front_desk.1", "claim.appeal");
	} else if (!strcmp(state, "OBJECTED")) {
		world_advance(w, id, CLAIM_NOTICE);
		step(w, id, "front_desk.1", "claim.object");
	} else if (!strcmp(state, "ASKED")) { /* POSTED, and its revocation asked for */
		world_advance(w, id, CLAIM_POSTED);
		step(w, id, "reviewer2.2", "claim.revoke");
	} else {
		world_advance(w, id, (enum claim_state)enum_find(&claim_state_enum, state));
	}
	return id;
}

enum { NONE = -1, WD = 1000 }; /* no deadline; working days */

static const struct {
	int number;
	const char *from, *command, *login, *other; /* OTHER: may not */
	const char *to;
	int deadline;    /* days from today, WD + working days, NONE, 0: not looked at */
	bool four_eyes;  /* who prepared it may not, with whatever login */
	enum role role;  /* that the second login gets */
	bool reasoned;   /* SM_REASON without one */
} rows[] = {
	{ 2, "DRAFT", "edit", "front_desk.2", "verifier.1", "DRAFT", 90, false, 0, false },
	{ 3, "DRAFT", "submit", "registrar.1", "verifier.1", "SUBMITTED", 90, false, 0, false },
	{ 4, "SUBMITTED", "accept", "front_desk.2", "registrar.1", "ACCEPTED", WD + 5, false, 0, false },
	{ 5, "SUBMITTED", "return", "front_desk.2", "verifier.1", "RETURNED", 30, false, 0, true },
	{ 6, "ACCEPTED", "verify", "verifier.1", "front_desk.1", "VERIFIED", NONE, false, 0, false },
	{ 7, "ACCEPTED", "return", "verifier.1", "front_desk.1", "RETURNED", 30, false, 0, true },
	{ 8, "ACCEPTED", "reject_false", "verifier.1", "front_desk.1", "REJECTED", WD + 10, false, 0, true },
	{ 9, "VERIFIED", "pass_first", "reviewer1.1", "reviewer2.1", "FIRST_OK", NONE, true, ROLE_REVIEWER1, false },
	{ 10, "EXPERT", "", "reviewer1.1", "reviewer2.1", "EXPERT", 0, false, 0, false },
	{ 11, "VERIFIED", "return", "reviewer1.1", "verifier.1", "RETURNED", 30, true, ROLE_REVIEWER1, true },
	{ 12, "VERIFIED", "reject", "reviewer1.1", "reviewer2.1", "REJECTED", WD + 10, true, ROLE_REVIEWER1, true },
	{ 13, "EXPERT", "opine", "expert.1", "reviewer1.1", "FIRST_OK", NONE, true, ROLE_EXPERT, false },
	{ 14, "EXPERT", "reject", "expert.1", "reviewer1.2", "REJECTED", WD + 10, true, ROLE_EXPERT, true },
	{ 15, "FIRST_OK", "pass_second", "reviewer2.1", "ledger_keeper.1", "SECOND_OK", NONE, true, ROLE_REVIEWER2, false },
	{ 16, "FIRST_OK", "send_back", "reviewer2.1", "reviewer1.2", "VERIFIED", NONE, true, ROLE_REVIEWER2, true },
	{ 17, "FIRST_OK", "reject", "reviewer2.1", "reviewer1.2", "REJECTED", WD + 10, true, ROLE_REVIEWER2, true },
	{ 18, "SECOND_OK", "publish", "registrar.1", "reviewer2.1", "NOTICE", WD + 5, false, 0, false },
	{ 19, "NOTICE", "object", "front_desk.1", "reviewer2.1", "OBJECTED", WD + 10, false, 0, true },
	{ 20, "OBJECTED", "dismiss", "reviewer2.2", "front_desk.1", "NOTICE", 0, true, ROLE_REVIEWER2, true },
	{ 21, "OBJECTED", "uphold", "reviewer1.2", "front_desk.1", "REJECTED", WD + 10, true, ROLE_REVIEWER1, true },
	{ 23, "APPROVED", "post", "ledger_keeper.1", "registrar.1", "POSTED", NONE, false, 0, false },
	{ 24, "RETURNED", "resubmit", "registrar.1", "verifier.1", "SUBMITTED", 0, false, 0, false },
	{ 26, "REJECTED", "appeal", "front_desk.2", "registrar.1", "APPEALED", NONE, false, 0, false },
	{ 27, "APPEALED", "allow", "reviewer2.1", "reviewer1.2", "VERIFIED", NONE, true, ROLE_REVIEWER2, false },
	{ 28, "APPEALED", "deny", "reviewer2.1", "reviewer1.2", "REJECTED", NONE, true, ROLE_REVIEWER2, true },
	{ 29, "DRAFT", "withdraw", "registrar.1", "verifier.1", "WITHDRAWN", NONE, false, 0, false },
	{ 29, "SUBMITTED", "withdraw", "front_desk.1", "verifier.1", "WITHDRAWN", NONE, false, 0, false },
	{ 29, "ACCEPTED", "withdraw", "front_desk.1", "verifier.1", "WITHDRAWN", NONE, false, 0, false },
	{ 29, "VERIFIED", "withdraw", "front_desk.1", "verifier.1", "WITHDRAWN", NONE, false, 0, false },
	{ 29, "RETURNED", "withdraw", "front_desk.1", "verifier.1", "WITHDRAWN", NONE, false, 0, false },
	{ 30, "POSTED", "revoke", "reviewer2.2", "reviewer1.1", "POSTED", NONE, false, 0, true },
	{ 30, "ASKED", "revoke", "auditor.1", "reviewer2.2", "REVOKED", NONE, false, 0, true },
};
enum { ROWS = sizeof rows / sizeof rows[0] };

static int run(struct world *w, size_t row, int64_t id, bool reason)
{
	const char *command = arena_printf(&w->arena, "claim.%s", rows[row].command);

	if (!strcmp(rows[row].command, "edit"))
		world_line(w, &claim_source_fields, post);
	if (!strcmp(rows[row].command, "opine"))
		world_line(w, &claim_opinion_fields, "1,centi=1.50,module=M4,text=Comparable");
	if (!strcmp(rows[row].command, "verify"))
		return world_run(w, command, id, "all_ok", "true", NULL);
	return world_run(w, command, id, reason && strcmp(rows[row].command, "edit") != 0 ? "reason" : NULL,
			 "As it is", NULL);
}

static void refused_to(struct world *w, size_t row, int64_t id, const char *login, const char *code)
{
	int64_t rev = claim_of(w, id)->rev;

	world_as(w, login);
	if (run(w, row, id, true) >= 0 || strcmp(reason_code(w->err.reason), code) != 0)
		fail_msg("T%d by %s: %s, not %s", rows[row].number, login, reason_code(w->err.reason), code);
	assert_int_equal(claim_of(w, id)->rev, rev);
}

static size_t events_of(struct world *w, int64_t id)
{
	struct record_list list;
	size_t count = 0;

	world_find(w, KIND_AUDIT_EVENT, "object_id", id, &list);
	for (size_t i = 0; i < list.count; i++) {
		const struct audit_event *event = list.items[i];

		count += event->object_kind && !strcmp(event->object_kind, "credit_claim");
	}
	return count;
}

static void every_step_and_who_may_not(void **state)
{
	(void)state;
	for (size_t r = 0; r < ROWS; r++) {
		void *own;
		struct world *w;
		struct user_conflict *conflict;
		struct error err = ERROR_INIT;
		int64_t id;
		size_t events;

		if (!*rows[r].command)
			continue; /* T10: tests of its own below */
		world_setup(&own);
		w = own;
		id = claim_in(w, rows[r].from);
		refused_to(w, r, id, rows[r].other, "PERM_DENIED");
		refused_to(w, r, id, "viewer.1", "PERM_DENIED");
		if (rows[r].four_eyes) { /* F1 and F9: another login of who submitted and accepted */
			struct user *second = record_new(&w->arena, &user_fields);

			second->login = "second.login";
			second->state = USER_ACTIVE;
			second->person_id = ((struct user *)world_get(w, KIND_USER,
							user_of(w, "front_desk.1")))->person_id;
			world_insert(w, KIND_USER, second);
			world_role(w, "second.login", rows[r].role);
			refused_to(w, r, id, "second.login", "SM_FOUR_EYES");
		}
		conflict = record_new(&w->arena, &user_conflict_fields); /* F8 */
		conflict->user_id = user_of(w, rows[r].login);
		conflict->person_id = ((struct student *)world_get(w, KIND_STUDENT,
								   w->students[0]))->person_id;
		world_insert(w, KIND_USER_CONFLICT, conflict);
		refused_to(w, r, id, rows[r].login, "SM_CONFLICT_OF_INTEREST");
		assert_int_equal(db_exec(w->local->db, "UPDATE user_conflict SET removed_on = '2015-09-01'", &err), 0);
		world_as(w, rows[r].login);
		if (rows[r].reasoned)
			assert_refused(w, run(w, r, id, false), "SM_REASON");
		events = events_of(w, id);
		if (run(w, r, id, rows[r].reasoned) < 0)
			fail_msg("T%d: %s", rows[r].number, w->err.message);
		assert_string_equal(enum_code(&claim_state_enum, claim_of(w, id)->state), rows[r].to);
		assert_int_equal(events_of(w, id), events + 1); /* I14 */
		if (rows[r].deadline == NONE)
			assert_int_equal(claim_of(w, id)->deadline_on, OV_NULL);
		else if (rows[r].deadline >= WD) /* from 1 September 2015: no holiday near */
			assert_in_range(claim_of(w, id)->deadline_on - local_today(w->local),
					rows[r].deadline - WD, (rows[r].deadline - WD) * 2);
		else if (rows[r].deadline)
			assert_int_equal(claim_of(w, id)->deadline_on,
					 local_today(w->local) + rows[r].deadline);
		world_teardown(&own);
	}
}

/* T1 and T25 have no state before or no person behind them. */
static void only_an_active_learner_opens_a_claim(void **state)
{
	struct world *w = *state;
	struct error err = ERROR_INIT;
	char id[24];

	snprintf(id, sizeof id, "%lld", (long long)w->students[0]);
	world_as(w, "verifier.1");
	assert_refused(w, world_run(w, "claim.create", 0, "student_id", id, NULL), "PERM_DENIED");
	assert_int_equal(db_exec(w->local->db, "UPDATE student SET status = 'LEAVE'", &err), 0);
	world_as(w, "front_desk.1");
	assert_refused(w, world_run(w, "claim.create", 0, "student_id", id, NULL), "SM_LEARNER");
	assert_int_equal(world_find(w, KIND_CREDIT_CLAIM, NULL, 0, &(struct record_list){ 0 }), 0);
	assert_int_equal(db_exec(w->local->db, "UPDATE student SET status = 'ACTIVE'", &err), 0);
	assert_done(w, world_run(w, "claim.create", 0, "student_id", id, NULL));
	assert_int_equal(claim_of(w, w->outcome.id)->deadline_on, local_today(w->local) + 90);
	/* the refused ones took no number (I26) */
	assert_string_equal(claim_of(w, w->outcome.id)->claim_no, "CL201509000001");
}

/* What a step leaves in the claim: who, when, how much. */
static void steps_leave_their_marks(void **state)
{
	struct world *w = *state;
	int64_t id = claim_in(w, "SUBMITTED"), certificate, today = local_today(w->local);
	struct record_list list;

	assert_int_equal(claim_of(w, id)->submitted_on, today);
	assert_int_equal(claim_of(w, id)->submitted_by, user_of(w, "front_desk.1"));
	assert_int_equal(claim_of(w, id)->requested_centi, 800);
	world_advance(w, id, CLAIM_ACCEPTED);
	assert_int_equal(claim_of(w, id)->accepted_by, user_of(w, "front_desk.1"));
	world_advance(w, id, CLAIM_VERIFIED);
	assert_int_equal(claim_of(w, id)->verified_by, user_of(w, "verifier.1"));
	assert_int_equal(claim_of(w, id)->proposed_centi, 800);
	certificate = world_id(w, KIND_CERTIFICATE, "cert_no", "K1");
	assert_int_equal(((struct certificate *)world_get(w, KIND_CERTIFICATE, certificate))->state,
			 CERT_VERIFIED);
	/* T11 drops the calculation, T24 asks for it anew */
	step(w, id, "reviewer1.1", "claim.return");
	assert_int_equal(claim_of(w, id)->proposed_centi, OV_NULL);
	world_find(w, KIND_CLAIM_EXPLANATION, "claim_id", id, &list);
	for (size_t i = 0; i < list.count; i++)
		assert_int_equal(((struct claim_explanation *)list.items[i])->superseded, 1);
	world_day(w, "2015-09-03");
	step(w, id, "front_desk.2", "claim.resubmit");
	assert_int_equal(claim_of(w, id)->submitted_on, today + 2);
	assert_int_equal(claim_of(w, id)->submitted_by, user_of(w, "front_desk.2"));
	world_advance(w, id, CLAIM_FIRST_OK);
	assert_int_equal(claim_of(w, id)->first_by, user_of(w, "reviewer1.1"));
	/* T16 clears the review; the trail keeps the names */
	step(w, id, "reviewer2.1", "claim.send_back");
	assert_int_equal(claim_of(w, id)->first_by, OV_NULL);
	world_advance(w, id, CLAIM_SECOND_OK);
	assert_int_equal(claim_of(w, id)->second_by, user_of(w, "reviewer2.1"));
	assert_int_equal(claim_of(w, id)->granted_centi, 800);
	world_advance(w, id, CLAIM_NOTICE);
	assert_int_equal(claim_of(w, id)->notice_from, local_today(w->local));
	world_advance(w, id, CLAIM_POSTED);
	assert_int_equal(claim_of(w, id)->posted_by, user_of(w, "ledger_keeper.1"));
	assert_int_equal(world_find(w, KIND_SOURCE_USE, "claim_id", id, &list), 1);
	assert_int_equal(world_find(w, KIND_OUTBOX, NULL, 0, &list), 1);
	assert_non_null(strstr(((struct outbox *)list.items[0])->payload, "\"amount_centi\":800"));
	step(w, id, "reviewer2.2", "claim.revoke");
	assert_int_equal(claim_of(w, id)->revoke_by, user_of(w, "reviewer2.2"));
	step(w, id, "auditor.1", "claim.revoke");
	assert_int_equal(world_find(w, KIND_OUTBOX, NULL, 0, &list), 2);
	assert_non_null(strstr(((struct outbox *)list.items[1])->payload, "\"amount_centi\":-800"));
}

/* Who refused, and who gave an opinion, by each of their rows. */
static void refusals_name_who_refused(void **state)
{
	static const struct {
		const char *from, *login;
		size_t member;
	} refusals[] = {
		{ "VERIFIED", "reviewer1.1", offsetof(struct credit_claim, first_by) },
		{ "EXPERT", "expert.1", offsetof(struct credit_claim, expert_by) },
		{ "FIRST_OK", "reviewer2.1", offsetof(struct credit_claim, second_by) },
	};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		const struct credit_claim *claim;
		struct world *w;
		void *own;
		int64_t id;

		world_setup(&own);
		w = own;
		id = claim_in(w, refusals[i].from);
		step(w, id, refusals[i].login, "claim.reject");
		claim = claim_of(w, id);
		assert_int_equal(*(const int64_t *)(const void *)((const char *)claim + refusals[i].member),
				 user_of(w, refusals[i].login));
		/* its source is free again */
		id = drafted(w, i == 1 ? odd : post);
		assert_done(w, world_run(w, "claim.submit", id, NULL));
		world_teardown(&own);
	}
}

/* T10, T13: an expert is asked, and his amount counts. */
static void an_expert_is_asked_once_it_is_needed(void **state)
{
	struct world *w = *state;
	int64_t id = drafted(w, odd);

	world_advance(w, id, CLAIM_VERIFIED);
	world_as(w, "reviewer2.1");
	assert_refused(w, world_run(w, "claim.ask_expert", id, NULL), "PERM_DENIED");
	world_as(w, "reviewer1.1");
	assert_done(w, world_run(w, "claim.ask_expert", id, NULL));
	assert_int_equal(world_state(w, id), CLAIM_EXPERT);
	assert_int_equal(claim_of(w, id)->first_by, user_of(w, "reviewer1.1"));
	assert_int_equal(claim_of(w, id)->deadline_on, date_from_civil(2015, 9, 22));
	/* F2, F9: the first reviewer's other login is no second pair of eyes */
	world_role(w, "reviewer1.1", ROLE_EXPERT);
	world_as(w, "reviewer1.1");
	world_line(w, &claim_opinion_fields, "1,centi=1.50,module=M4,text=Comparable");
	assert_refused(w, world_run(w, "claim.opine", id, NULL), "SM_FOUR_EYES");
	assert_refused(w, world_run(w, "claim.reject", id, "reason", "Not so", NULL), "SM_FOUR_EYES");
	world_as(w, "expert.1");
	assert_refused(w, world_run(w, "claim.opine", id, NULL), "SM_OPINION");
	world_line(w, &claim_opinion_fields, "1,centi=1.50,module=M4,text=Comparable");
	assert_done(w, world_run(w, "claim.opine", id, NULL));
	assert_int_equal(claim_of(w, id)->expert_by, user_of(w, "expert.1"));
	assert_int_equal(claim_of(w, id)->proposed_centi, 150);
	world_role(w, "expert.1", ROLE_REVIEWER2);
	world_as(w, "expert.1");
	assert_refused(w, world_run(w, "claim.pass_second", id, NULL), "SM_FOUR_EYES");
	assert_refused(w, world_run(w, "claim.reject", id, "reason", "Not so", NULL), "SM_FOUR_EYES");
	/* T16 forgets the opinion with the review */
	step(w, id, "reviewer2.1", "claim.send_back");
	assert_int_equal(claim_of(w, id)->expert_by, OV_NULL);
	assert_int_equal(claim_of(w, id)->proposed_centi, 0);
}

/* F10 for the verifier: who called it false verifies it no more. */
static void who_called_it_false_is_out(void **state)
{
	struct world *w = *state;
	int64_t id = claim_in(w, "ACCEPTED");

	step(w, id, "verifier.1", "claim.reject_false");
	step(w, id, "front_desk.1", "claim.appeal");
	step(w, id, "reviewer2.1", "claim.allow");
	assert_int_equal(world_state(w, id), CLAIM_ACCEPTED);
	world_as(w, "verifier.1");
	assert_refused(w, world_run(w, "claim.verify", id, "all_ok", "true", NULL), "SM_FOUR_EYES");
	assert_refused(w, world_run(w, "claim.return", id, "reason", "Again", NULL), "SM_FOUR_EYES");
	assert_refused(w, world_run(w, "claim.reject_false", id, "reason", "Again", NULL), "SM_FOUR_EYES");
	world_as(w, "verifier.2");
	assert_done(w, world_run(w, "claim.verify", id, "all_ok", "true", NULL));
}

/* The learner himself, with whatever login; and one conflict that ended. */
static void nobody_handles_his_own_claim(void **state)
{
	struct world *w = *state;
	struct user *self = record_new(&w->arena, &user_fields);
	int64_t id = claim_in(w, "SUBMITTED");

	self->login = "the.learner";
	self->state = USER_ACTIVE;
	self->person_id = ((struct student *)world_get(w, KIND_STUDENT, w->students[0]))->person_id;
	world_insert(w, KIND_USER, self);
	world_role(w, "the.learner", ROLE_FRONT_DESK);
	world_as(w, "the.learner");
	assert_refused(w, world_run(w, "claim.accept", id, NULL), "SM_CONFLICT_OF_INTEREST");
	world_line(w, &claim_source_fields, "T-SAFE,no=S1,issued=2015-06-01,evidence=COPY");
	assert_refused(w, world_run(w, "claim.create", 0, "student_id", arena_printf(&w->arena, "%lld",
		       (long long)w->students[0]), NULL), "SM_CONFLICT_OF_INTEREST");
}

/* The sweep goes by the centre's day: 16:00 UTC is midnight there. Twice does
 * no more than once. */
static void the_sweep_goes_by_the_centres_day(void **state)
{
	struct world *w = *state;
	int64_t id = claim_in(w, "RETURNED"), midnight;
	struct claim_sweep sweep;

	midnight = (claim_of(w, id)->deadline_on + 1) * DAY_SECONDS - CENTRE_OFFSET;
	w->local->clock.fixed_today = OV_NULL;
	world_as(w, "registrar.1");
	for (int64_t second = -1; second <= 0; second++)
		for (int time = 0; time < 2; time++) {
			w->local->clock.fixed_now = midnight + second;
			assert_done(w, claim_sweep(w->store, &sweep, &w->err));
			assert_int_equal(sweep.lapsed, second == 0 && time == 0);
			assert_int_equal(world_state(w, id), second < 0 ? CLAIM_RETURNED : CLAIM_LAPSED);
		}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_step_and_who_may_not),
		TEST(only_an_active_learner_opens_a_claim), TEST(steps_leave_their_marks),
		cmocka_unit_test(refusals_name_who_refused),
		TEST(an_expert_is_asked_once_it_is_needed), TEST(who_called_it_false_is_out),
		TEST(nobody_handles_his_own_claim), TEST(the_sweep_goes_by_the_centres_day), };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
