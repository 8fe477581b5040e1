/* The state machine of a claim: SM-01…SM-21 of DOMAIN.md 4, and our own. */
#include "tests/unit/shared.h"

#include "core/rules/workflow.h"

#define ROLES(a) (1u << ROLE_##a)
#define ROLES2(a, b) (ROLES(a) | ROLES(b))

/* People of the vectors; a is the front desk, and so on. */
enum { NOBODY, A, B, C, D, E, F, G, D2 };

static int64_t day(const char *text)
{
	int64_t date;

	assert_true(date_parse(text, &date));
	return date;
}

static struct actor person(int id, unsigned roles)
{
	/* Another login than person: the test must be of persons (F9). */
	return (struct actor){ .user_id = 1000 + id, .person_id = id, .branch_id = OV_NULL,
			       .roles = roles };
}

/* The State Council's days of autumn 2015 that the vectors need. */
static struct workday_calendar calendar_2015(int64_t off[7], int64_t swapped[1])
{
	for (int i = 0; i < 7; i++)
		off[i] = day("2015-10-01") + i;
	swapped[0] = day("2015-10-10");
	return (struct workday_calendar){ off, 7, swapped, 1 };
}

/* A claim that a handed in and accepted and b verified, worth 8.00. */
static struct claim_facts facts_in(enum claim_state state)
{
	return (struct claim_facts){
		.state = state, .rev = 4, .expected_rev = 4, .today = day("2015-09-29"),
		.deadline_on = OV_NULL, .student_active = true, .line_count = 1,
		.proposed_centi = 800, .recalculated_centi = 800, .recalculated_same = true,
		.created = A, .submitted = A, .accepted = A, .verified = B,
	};
}

static int run(struct claim_facts *facts, enum claim_event event, struct actor actor,
	       struct claim_outcome *outcome, enum reason *reason)
{
	struct error err = ERROR_INIT;
	int64_t off[7], swapped[1];
	struct workday_calendar calendar = calendar_2015(off, swapped);
	int result = claim_may(facts, event, &actor, &calendar, outcome, &err);

	*reason = (enum reason)err.reason;
	assert_int_equal(result, err.code);
	return result;
}

static void allowed(struct claim_facts facts, enum claim_event event, struct actor actor,
		    enum claim_state to)
{
	struct claim_outcome outcome;
	enum reason reason;

	if (run(&facts, event, actor, &outcome, &reason) != 0)
		fail_msg("%s refused: %s", enum_code(&claim_event_enum, event), reason_code((int)reason));
	assert_int_equal(outcome.to, to);
}

static void refused(struct claim_facts facts, enum claim_event event, struct actor actor,
		    enum reason want)
{
	struct claim_outcome outcome;
	enum reason reason = REASON_NONE;

	assert_true(run(&facts, event, actor, &outcome, &reason) < 0);
	assert_string_equal(reason_code((int)reason), reason_code((int)want));
}

static void worked_vectors(void **state)
{
	struct claim_facts f;
	struct claim_outcome outcome;
	enum reason reason;

	(void)state;
	/* SM-01 */
	f = facts_in(CLAIM_SUBMITTED);
	f.accepted = f.verified = NOBODY;
	allowed(f, EVENT_ACCEPT, person(A, ROLES(FRONT_DESK)), CLAIM_ACCEPTED);
	run(&f, EVENT_ACCEPT, person(A, ROLES(FRONT_DESK)), &outcome, &reason);
	assert_int_equal(outcome.advice, REASON_SM_OWN_SUBMISSION);
	/* SM-02, 03, 04, 05 */
	f = facts_in(CLAIM_VERIFIED);
	allowed(f, EVENT_PASS_FIRST, person(C, ROLES(REVIEWER1)), CLAIM_FIRST_OK);
	refused(f, EVENT_PASS_FIRST, person(A, ROLES2(FRONT_DESK, REVIEWER1)), REASON_SM_FOUR_EYES);
	f.proposed_centi = 1000;
	refused(f, EVENT_PASS_FIRST, person(C, ROLES(REVIEWER1)), REASON_SM_NEEDS_EXPERT);
	f.proposed_centi = 999;
	allowed(f, EVENT_PASS_FIRST, person(C, ROLES(REVIEWER1)), CLAIM_FIRST_OK);
	/* SM-06, 07 */
	f = facts_in(CLAIM_FIRST_OK);
	f.first = C;
	refused(f, EVENT_PASS_SECOND, person(C, ROLES2(REVIEWER1, REVIEWER2)), REASON_SM_FOUR_EYES);
	f.proposed_centi = 700;
	f.recalculated_centi = 400;
	refused(f, EVENT_PASS_SECOND, person(D, ROLES(REVIEWER2)), REASON_SM_RECALC);
	/* SM-08, 09, 10: the notice began on Tuesday, 29 September */
	f = facts_in(CLAIM_SECOND_OK);
	run(&f, EVENT_PUBLISH, person(E, ROLES(LEDGER_KEEPER)), &outcome, &reason);
	assert_int_equal(outcome.deadline_on, day("2015-10-12"));
	f = facts_in(CLAIM_NOTICE);
	f.deadline_on = outcome.deadline_on;
	f.today = day("2015-10-12");
	refused(f, EVENT_CLOSE, (struct actor){ .system = true }, REASON_SM_EARLY);
	f.reason_given = true;
	allowed(f, EVENT_OBJECT, person(A, ROLES(FRONT_DESK)), CLAIM_OBJECTED);
	f.today++;
	allowed(f, EVENT_CLOSE, (struct actor){ .system = true }, CLAIM_APPROVED);
	refused(f, EVENT_OBJECT, person(A, ROLES(FRONT_DESK)), REASON_SM_LATE);
	/* SM-11, 12 */
	f = facts_in(CLAIM_APPROVED);
	f.first = C;
	f.second = D;
	refused(f, EVENT_POST, person(D, ROLES2(REVIEWER2, LEDGER_KEEPER)), REASON_SM_FOUR_EYES);
	f.line_spent = 1;
	refused(f, EVENT_POST, person(E, ROLES(LEDGER_KEEPER)), REASON_SM_SPENT);
	/* SM-13 */
	refused(facts_in(CLAIM_DRAFT), EVENT_PASS_SECOND, person(D, ROLES(REVIEWER2)),
		REASON_SM_NO_TRANSITION);
	/* SM-14 */
	f = facts_in(CLAIM_POSTED);
	f.second = D;
	f.reason_given = true;
	run(&f, EVENT_REVOKE, person(D2, ROLES(REVIEWER2)), &outcome, &reason);
	assert_int_equal(outcome.to, CLAIM_POSTED);
	assert_int_equal(outcome.effects, EFFECT_ASKED);
	f.revoke_asked = D2;
	allowed(f, EVENT_REVOKE, person(F, ROLES(AUDITOR)), CLAIM_REVOKED);
	/* SM-15, 16, 17 */
	refused(facts_in(CLAIM_POSTED), EVENT_WITHDRAW, person(A, ROLES(FRONT_DESK)),
		REASON_SM_NO_TRANSITION);
	f = facts_in(CLAIM_RETURNED);
	f.deadline_on = f.today - 1;
	refused(f, EVENT_RESUBMIT, person(A, ROLES(FRONT_DESK)), REASON_SM_LATE);
	allowed(f, EVENT_LAPSE, (struct actor){ .system = true }, CLAIM_LAPSED);
	f = facts_in(CLAIM_REJECTED);
	f.appeal_count = 1;
	refused(f, EVENT_APPEAL, person(A, ROLES(FRONT_DESK)), REASON_SM_APPEALED);
	/* SM-18: the other screen accepted meanwhile */
	f = facts_in(CLAIM_ACCEPTED);
	f.rev = 5;
	f.reason_given = true;
	refused(f, EVENT_RETURN, person(A, ROLES(FRONT_DESK)), REASON_SM_STALE);
	/* SM-19, 20, 21 */
	f = facts_in(CLAIM_APPEALED);
	f.first = C;
	refused(f, EVENT_ALLOW, person(C, ROLES2(REVIEWER1, REVIEWER2)), REASON_SM_FOUR_EYES);
	f = facts_in(CLAIM_DRAFT);
	f.line_busy = 1;
	refused(f, EVENT_SUBMIT, person(A, ROLES(FRONT_DESK)), REASON_SM_SOURCE_BUSY);
	refused(facts_in(CLAIM_FIRST_OK), EVENT_PASS_SECOND, person(E, ROLES(LEDGER_KEEPER)),
		REASON_PERM_DENIED);
}

/* The order of refusal, each with everything after it wrong as well. */
static void the_order_of_refusal(void **state)
{
	struct claim_facts f = facts_in(CLAIM_DRAFT);

	(void)state;
	f.rev = 9;
	f.line_count = 0;
	f.line_no_evidence = f.line_busy = 1;
	refused(f, EVENT_PUBLISH, person(A, ROLES(FRONT_DESK)), REASON_PERM_DENIED);
	refused(f, EVENT_RESUBMIT, person(A, ROLES(FRONT_DESK)), REASON_SM_STALE);
	f.rev = f.expected_rev;
	refused(f, EVENT_RESUBMIT, person(A, ROLES(FRONT_DESK)), REASON_SM_NO_TRANSITION);
	refused(f, EVENT_SUBMIT, person(A, ROLES(FRONT_DESK)), REASON_SM_EMPTY);
	f.line_count = 1;
	refused(f, EVENT_SUBMIT, person(A, ROLES(FRONT_DESK)), REASON_SM_NO_EVIDENCE);
	f.line_no_evidence = 0;
	refused(f, EVENT_SUBMIT, person(A, ROLES(FRONT_DESK)), REASON_SM_SOURCE_BUSY);
	/* return has three rows: the desk's at SUBMITTED is not the verifier's. */
	f = facts_in(CLAIM_ACCEPTED);
	f.reason_given = true;
	refused(f, EVENT_RETURN, person(A, ROLES(FRONT_DESK)), REASON_PERM_DENIED);
	allowed(f, EVENT_RETURN, person(B, ROLES(VERIFIER)), CLAIM_RETURNED);
	f.reason_given = false;
	refused(f, EVENT_RETURN, person(B, ROLES(VERIFIER)), REASON_SM_REASON);
	/* proposed > 0 is asked before the expert is */
	f = facts_in(CLAIM_VERIFIED);
	f.proposed_centi = 0;
	f.lines_without_rule = 1;
	refused(f, EVENT_PASS_FIRST, person(C, ROLES(REVIEWER1)), REASON_SM_ZERO);
	allowed(f, EVENT_ASK_EXPERT, person(C, ROLES(REVIEWER1)), CLAIM_EXPERT);
	f = facts_in(CLAIM_VERIFIED);
	refused(f, EVENT_ASK_EXPERT, person(C, ROLES(REVIEWER1)), REASON_SM_NO_EXPERT);
}

/* Who may decide after whom: F1, F2, F3, F5, F8, F10. */
static void four_eyes(void **state)
{
	const int64_t barred[] = { C };
	const int64_t trail[] = { A, B, C, G };
	struct claim_facts f;

	(void)state;
	f = facts_in(CLAIM_EXPERT);
	f.first = C;
	refused(f, EVENT_OPINE, person(C, ROLES2(EXPERT, REVIEWER1)), REASON_SM_FOUR_EYES);
	refused(f, EVENT_OPINE, person(B, ROLES(EXPERT)), REASON_SM_FOUR_EYES);
	f.line_no_opinion = 1;
	refused(f, EVENT_OPINE, person(G, ROLES(EXPERT)), REASON_SM_OPINION);
	f.line_no_opinion = 0;
	allowed(f, EVENT_OPINE, person(G, ROLES(EXPERT)), CLAIM_FIRST_OK);

	f = facts_in(CLAIM_FIRST_OK);
	f.first = C;
	f.expert = G;
	refused(f, EVENT_PASS_SECOND, person(G, ROLES2(EXPERT, REVIEWER2)), REASON_SM_FOUR_EYES);
	allowed(f, EVENT_PASS_SECOND, person(D, ROLES(REVIEWER2)), CLAIM_SECOND_OK);

	f = facts_in(CLAIM_OBJECTED);
	f.reason_given = true;
	f.first = C;
	f.second = D;
	refused(f, EVENT_DISMISS, person(C, ROLES(REVIEWER1)), REASON_SM_FOUR_EYES);
	refused(f, EVENT_UPHOLD, person(D, ROLES(REVIEWER2)), REASON_SM_FOUR_EYES);
	allowed(f, EVENT_UPHOLD, person(D2, ROLES(REVIEWER2)), CLAIM_REJECTED);

	/* F10: whoever refused before an appeal was allowed decides no more */
	f = facts_in(CLAIM_VERIFIED);
	f.excluded = (struct claim_parties){ barred, 1 };
	refused(f, EVENT_PASS_FIRST, person(C, ROLES(REVIEWER1)), REASON_SM_FOUR_EYES);
	/* F8 */
	f.interested = (struct claim_parties){ barred, 1 };
	refused(f, EVENT_PASS_FIRST, person(C, ROLES(REVIEWER1)), REASON_SM_CONFLICT_OF_INTEREST);

	/* An earlier round's preparer stays one although another submitted since. */
	f = facts_in(CLAIM_VERIFIED);
	f.prepared = (struct claim_parties){ barred, 1 };
	refused(f, EVENT_PASS_FIRST, person(C, ROLES(REVIEWER1)), REASON_SM_FOUR_EYES);

	f = facts_in(CLAIM_APPEALED);
	f.took_part = (struct claim_parties){ trail, 4 };
	refused(f, EVENT_ALLOW, person(G, ROLES(REVIEWER2)), REASON_SM_FOUR_EYES);
	allowed(f, EVENT_ALLOW, person(D, ROLES(REVIEWER2)), CLAIM_VERIFIED);
	f.refused_as_false = true;
	allowed(f, EVENT_ALLOW, person(D, ROLES(REVIEWER2)), CLAIM_ACCEPTED);
}

/* A login without a person is its own party, and no person's number. */
static void logins_without_person(void **state)
{
	struct actor nobody = { .user_id = C, .person_id = OV_NULL, .roles = ROLES(REVIEWER1) };
	struct claim_facts f = facts_in(CLAIM_VERIFIED);

	(void)state;
	f.accepted = C;
	allowed(f, EVENT_PASS_FIRST, nobody, CLAIM_FIRST_OK);
	f.accepted = claim_party(OV_NULL, C);
	refused(f, EVENT_PASS_FIRST, nobody, REASON_SM_FOUR_EYES);
	assert_int_equal(claim_party(OV_NULL, OV_NULL), 0);
}

static void revocation_takes_two(void **state)
{
	struct claim_facts f = facts_in(CLAIM_POSTED);

	(void)state;
	f.second = D;
	f.reason_given = true;
	refused(f, EVENT_REVOKE, person(A, ROLES(FRONT_DESK)), REASON_PERM_DENIED);
	refused(f, EVENT_REVOKE, person(F, ROLES(AUDITOR)), REASON_SM_CONSENT);
	refused(f, EVENT_REVOKE, person(D, ROLES(REVIEWER2)), REASON_SM_FOUR_EYES);
	f.revoke_asked = D2;
	refused(f, EVENT_REVOKE, person(D2, ROLES(REVIEWER2)), REASON_PERM_DENIED);
	refused(f, EVENT_REVOKE, person(D2, ROLES2(REVIEWER2, AUDITOR)), REASON_SM_FOUR_EYES);
	f.student_graduated = true;
	refused(f, EVENT_REVOKE, person(F, ROLES(AUDITOR)), REASON_SM_GRADUATED);
	f.reason_given = false;
	refused(f, EVENT_REVOKE, person(F, ROLES(AUDITOR)), REASON_SM_REASON);
}

static void time_limits(void **state)
{
	static const struct {
		enum claim_state from;
		enum claim_event event;
		unsigned roles;
		int who;
		const char *deadline; /* from 2015-09-29, NULL: none */
	} rows[] = {
		{ CLAIM_DRAFT, EVENT_EDIT, ROLES(FRONT_DESK), A, "2015-12-28" },
		{ CLAIM_SUBMITTED, EVENT_ACCEPT, ROLES(FRONT_DESK), A, "2015-10-12" },
		{ CLAIM_SUBMITTED, EVENT_RETURN, ROLES(FRONT_DESK), A, "2015-10-29" },
		{ CLAIM_ACCEPTED, EVENT_VERIFY, ROLES(VERIFIER), B, NULL },
		{ CLAIM_ACCEPTED, EVENT_REJECT_FALSE, ROLES(VERIFIER), B, "2015-10-19" },
		{ CLAIM_VERIFIED, EVENT_REJECT, ROLES(REVIEWER1), C, "2015-10-19" },
		{ CLAIM_FIRST_OK, EVENT_REJECT, ROLES(REVIEWER2), D, "2015-10-19" },
		{ CLAIM_APPEALED, EVENT_DENY, ROLES(REVIEWER2), D, NULL },
	};
	struct claim_facts f;
	struct claim_outcome outcome;
	enum reason reason;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		f = facts_in(rows[i].from);
		f.reason_given = true;
		assert_int_equal(run(&f, rows[i].event, person(rows[i].who, rows[i].roles),
				     &outcome, &reason), 0);
		assert_int_equal(outcome.deadline_on,
				 rows[i].deadline ? day(rows[i].deadline) : OV_NULL);
	}
	/* Objected to on the second of five notice days: three are left. */
	f = facts_in(CLAIM_OBJECTED);
	f.reason_given = true;
	f.objected_on = day("2015-09-30");
	f.notice_end_on = day("2015-10-12");
	f.today = day("2015-10-14");
	run(&f, EVENT_DISMISS, person(D2, ROLES(REVIEWER2)), &outcome, &reason);
	assert_int_equal(outcome.deadline_on, day("2015-10-20"));
	f.objected_on = day("2015-10-12");
	run(&f, EVENT_DISMISS, person(D2, ROLES(REVIEWER2)), &outcome, &reason);
	assert_int_equal(outcome.deadline_on, day("2015-10-15"));
	assert_true(claim_overdue(CLAIM_ACCEPTED, 10, 11));
	assert_false(claim_overdue(CLAIM_ACCEPTED, 10, 10) || claim_overdue(CLAIM_NOTICE, 10, 11));
	assert_false(claim_overdue(CLAIM_ACCEPTED, OV_NULL, 11));
}

/* The table itself: thirty rows in order, one per pair, guards that end. */
static void the_table_is_whole(void **state)
{
	bool seen[CLAIM_EVENT_COUNT] = { false };

	(void)state;
	assert_int_equal(claim_transition_count, 30);
	for (size_t i = 0; i < claim_transition_count; i++) {
		const struct claim_transition *row = &claim_transitions[i];

		assert_int_equal(row->number, (int)i + 1);
		seen[row->event] = true;
		for (int s = 0; s < CLAIM_STATE_COUNT; s++)
			if (row->from >> s & 1u)
				assert_ptr_equal(claim_transition_find(s, row->event), row);
		for (size_t g = 0; row->guards[g]; g++)
			assert_true(g < 10);
	}
	for (int e = 0; e < CLAIM_EVENT_COUNT; e++)
		assert_true(seen[e]);
	for (int s = 0; s < CLAIM_STATE_COUNT; s++)
		for (int e = 0; e < CLAIM_EVENT_COUNT; e++)
			if (claim_state_final((enum claim_state)s))
				assert_null(claim_transition_find(s, (enum claim_event)e));
	/* A person never lets a claim lapse, and the menus know. */
	assert_false(claim_event_open(CLAIM_DRAFT, EVENT_LAPSE,
				      &(struct actor){ .roles = ROLES(FRONT_DESK) }));
	assert_true(claim_event_open(CLAIM_POSTED, EVENT_REVOKE,
				     &(struct actor){ .roles = ROLES(AUDITOR) }));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(worked_vectors),
		cmocka_unit_test(the_order_of_refusal),
		cmocka_unit_test(four_eyes),
		cmocka_unit_test(logins_without_person),
		cmocka_unit_test(revocation_takes_two),
		cmocka_unit_test(time_limits),
		cmocka_unit_test(the_table_is_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
