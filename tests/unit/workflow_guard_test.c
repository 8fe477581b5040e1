/* Each guard of each transition, alone: DOMAIN.md's table in letters, read off
 * the document and not off our table. With every fact in order the step is
 * allowed; with one fact out of order it is refused by that fact's code. */
#include "tests/unit/shared.h"

#include "core/rules/workflow.h"

enum { OTHER = 90, ACTOR = 7, DAY = 16700 };

static const int64_t actor_alone[] = { ACTOR };
#define US { actor_alone, 1 }

/* What a letter puts out of order, and the refusal it must give. */
static void interest(struct claim_facts *f) { f->interested = (struct claim_parties)US; }
static void prepared(struct claim_facts *f) { f->prepared = (struct claim_parties)US; }
static void created(struct claim_facts *f) { f->created = ACTOR; }
static void submitted(struct claim_facts *f) { f->submitted = ACTOR; }
static void accepted(struct claim_facts *f) { f->accepted = ACTOR; }
static void verified(struct claim_facts *f) { f->verified = ACTOR; }
static void excluded(struct claim_facts *f) { f->excluded = (struct claim_parties)US; }
static void took_part(struct claim_facts *f) { f->took_part = (struct claim_parties)US; }
static void first(struct claim_facts *f) { f->first = ACTOR; }
static void expert(struct claim_facts *f) { f->expert = ACTOR; }
static void second(struct claim_facts *f) { f->second = ACTOR; }
static void learner(struct claim_facts *f) { f->student_active = false; }
static void graduated(struct claim_facts *f) { f->student_graduated = true; }
static void lines(struct claim_facts *f) { f->line_count = 0; }
static void evidence(struct claim_facts *f) { f->line_no_evidence = 2; }
static void busy(struct claim_facts *f) { f->line_busy = 2; }
static void unchecked(struct claim_facts *f) { f->line_unchecked = 2; }
static void reason(struct claim_facts *f) { f->reason_given = false; }
static void zero(struct claim_facts *f) { f->proposed_centi = 0; }
static void ruleless(struct claim_facts *f) { f->lines_without_rule = 1; }
static void ten(struct claim_facts *f) { f->proposed_centi = 1000; }
static void nine(struct claim_facts *f) { f->proposed_centi = 999; f->lines_without_rule = 0; }
static void opinion(struct claim_facts *f) { f->line_no_opinion = 1; }
static void sum(struct claim_facts *f) { f->recalculated_centi--; }
static void entries(struct claim_facts *f) { f->recalculated_same = false; }
static void late(struct claim_facts *f) { f->today = f->deadline_on + 1; }
static void early(struct claim_facts *f) { f->today = f->deadline_on; }
static void cap(struct claim_facts *f) { f->line_over_cap = 1; }
static void spent(struct claim_facts *f) { f->line_spent = 1; }
static void appealed(struct claim_facts *f) { f->appeal_count = 1; }
static void asked(struct claim_facts *f) { f->revoke_asked = ACTOR; }

static const struct {
	char letter;
	void (*spoil)(struct claim_facts *facts);
	enum reason refusal;
} spoils[] = {
	{ 'i', interest, REASON_SM_CONFLICT_OF_INTEREST },
	{ 'p', prepared, REASON_SM_FOUR_EYES }, { 'p', created, REASON_SM_FOUR_EYES },
	{ 'p', submitted, REASON_SM_FOUR_EYES }, { 'p', accepted, REASON_SM_FOUR_EYES },
	{ 'p', verified, REASON_SM_FOUR_EYES },
	{ 'x', excluded, REASON_SM_FOUR_EYES }, { 'n', took_part, REASON_SM_FOUR_EYES },
	{ '1', first, REASON_SM_FOUR_EYES }, { 'e', expert, REASON_SM_FOUR_EYES },
	{ '2', second, REASON_SM_FOUR_EYES },
	{ 'L', learner, REASON_SM_LEARNER }, { 'G', graduated, REASON_SM_GRADUATED },
	{ '#', lines, REASON_SM_EMPTY }, { 'v', evidence, REASON_SM_NO_EVIDENCE },
	{ 'b', busy, REASON_SM_SOURCE_BUSY }, { 'c', unchecked, REASON_SM_UNCHECKED },
	{ 'r', reason, REASON_SM_REASON }, { '0', zero, REASON_SM_ZERO },
	{ 'E', ruleless, REASON_SM_NEEDS_EXPERT }, { 'E', ten, REASON_SM_NEEDS_EXPERT },
	{ 'N', nine, REASON_SM_NO_EXPERT }, { 'o', opinion, REASON_SM_OPINION },
	{ '=', sum, REASON_SM_RECALC }, { '=', entries, REASON_SM_RECALC },
	{ '<', late, REASON_SM_LATE }, { '>', early, REASON_SM_EARLY },
	{ 'C', cap, REASON_SM_CAP_NOW }, { 'S', spent, REASON_SM_SPENT },
	{ 'A', appealed, REASON_SM_APPEALED }, { 't', asked, REASON_SM_FOUR_EYES },
};

/* F8 (i) keeps people out of every step that a person takes; F10 (x) where
 * DOMAIN.md says "takes no decision". */
static const struct {
	int number;
	const char *from; /* a state, "" before create */
	enum claim_event event;
	enum role role;
	const char *guards;
	enum claim_state to;
} rows[] = {
	{ 1, "", EVENT_CREATE, ROLE_FRONT_DESK, "iL", CLAIM_DRAFT },
	{ 1, "", EVENT_CREATE, ROLE_REGISTRAR, "iL", CLAIM_DRAFT },
	{ 2, "DRAFT", EVENT_EDIT, ROLE_FRONT_DESK, "i", CLAIM_DRAFT },
	{ 2, "DRAFT", EVENT_EDIT, ROLE_REGISTRAR, "i", CLAIM_DRAFT },
	{ 3, "DRAFT", EVENT_SUBMIT, ROLE_FRONT_DESK, "i#vb", CLAIM_SUBMITTED },
	{ 3, "DRAFT", EVENT_SUBMIT, ROLE_REGISTRAR, "i#vb", CLAIM_SUBMITTED },
	{ 4, "SUBMITTED", EVENT_ACCEPT, ROLE_FRONT_DESK, "i", CLAIM_ACCEPTED },
	{ 5, "SUBMITTED", EVENT_RETURN, ROLE_FRONT_DESK, "ir", CLAIM_RETURNED },
	{ 6, "ACCEPTED", EVENT_VERIFY, ROLE_VERIFIER, "ixc", CLAIM_VERIFIED },
	{ 7, "ACCEPTED", EVENT_RETURN, ROLE_VERIFIER, "ixr", CLAIM_RETURNED },
	{ 8, "ACCEPTED", EVENT_REJECT_FALSE, ROLE_VERIFIER, "ixr", CLAIM_REJECTED },
	{ 9, "VERIFIED", EVENT_PASS_FIRST, ROLE_REVIEWER1, "ipx0E", CLAIM_FIRST_OK },
	{ 10, "VERIFIED", EVENT_ASK_EXPERT, ROLE_REVIEWER1, "ipxN", CLAIM_EXPERT },
	{ 11, "VERIFIED", EVENT_RETURN, ROLE_REVIEWER1, "ipxr", CLAIM_RETURNED },
	{ 12, "VERIFIED", EVENT_REJECT, ROLE_REVIEWER1, "ipxr", CLAIM_REJECTED },
	{ 13, "EXPERT", EVENT_OPINE, ROLE_EXPERT, "ipx1o", CLAIM_FIRST_OK },
	{ 14, "EXPERT", EVENT_REJECT, ROLE_EXPERT, "ipx1r", CLAIM_REJECTED },
	{ 15, "FIRST_OK", EVENT_PASS_SECOND, ROLE_REVIEWER2, "ipx1e=", CLAIM_SECOND_OK },
	{ 16, "FIRST_OK", EVENT_SEND_BACK, ROLE_REVIEWER2, "ipxr", CLAIM_VERIFIED },
	{ 17, "FIRST_OK", EVENT_REJECT, ROLE_REVIEWER2, "ipx1er", CLAIM_REJECTED },
	{ 18, "SECOND_OK", EVENT_PUBLISH, ROLE_LEDGER_KEEPER, "i", CLAIM_NOTICE },
	{ 18, "SECOND_OK", EVENT_PUBLISH, ROLE_REGISTRAR, "i", CLAIM_NOTICE },
	{ 19, "NOTICE", EVENT_OBJECT, ROLE_FRONT_DESK, "i<r", CLAIM_OBJECTED },
	{ 20, "OBJECTED", EVENT_DISMISS, ROLE_REVIEWER1, "ipx1e2r", CLAIM_NOTICE },
	{ 20, "OBJECTED", EVENT_DISMISS, ROLE_REVIEWER2, "ipx1e2r", CLAIM_NOTICE },
	{ 21, "OBJECTED", EVENT_UPHOLD, ROLE_REVIEWER1, "ipx1e2r", CLAIM_REJECTED },
	{ 21, "OBJECTED", EVENT_UPHOLD, ROLE_REVIEWER2, "ipx1e2r", CLAIM_REJECTED },
	{ 22, "NOTICE", EVENT_CLOSE, ROLE_LEDGER_KEEPER, "i>", CLAIM_APPROVED },
	{ 23, "APPROVED", EVENT_POST, ROLE_LEDGER_KEEPER, "i2CS", CLAIM_POSTED },
	{ 24, "RETURNED", EVENT_RESUBMIT, ROLE_FRONT_DESK, "i#vb<", CLAIM_SUBMITTED },
	{ 24, "RETURNED", EVENT_RESUBMIT, ROLE_REGISTRAR, "i#vb<", CLAIM_SUBMITTED },
	{ 26, "REJECTED", EVENT_APPEAL, ROLE_FRONT_DESK, "iA<b", CLAIM_APPEALED },
	{ 27, "APPEALED", EVENT_ALLOW, ROLE_REVIEWER2, "ipxn1e2", CLAIM_VERIFIED },
	{ 28, "APPEALED", EVENT_DENY, ROLE_REVIEWER2, "ipxn1e2r", CLAIM_REJECTED },
	{ 29, "DRAFT", EVENT_WITHDRAW, ROLE_FRONT_DESK, "i", CLAIM_WITHDRAWN },
	{ 29, "SUBMITTED", EVENT_WITHDRAW, ROLE_REGISTRAR, "i", CLAIM_WITHDRAWN },
	{ 29, "ACCEPTED", EVENT_WITHDRAW, ROLE_REGISTRAR, "i", CLAIM_WITHDRAWN },
	{ 29, "VERIFIED", EVENT_WITHDRAW, ROLE_REGISTRAR, "i", CLAIM_WITHDRAWN },
	{ 29, "RETURNED", EVENT_WITHDRAW, ROLE_REGISTRAR, "i", CLAIM_WITHDRAWN },
	{ 30, "POSTED", EVENT_REVOKE, ROLE_AUDITOR, "ir2tG", CLAIM_REVOKED },
};

/* Everything in order for the row: also the opposite of "too early". */
static struct claim_facts in_order(size_t row)
{
	bool closes = strchr(rows[row].guards, '>') != NULL;

	return (struct claim_facts){
		.state = *rows[row].from ? enum_find(&claim_state_enum, rows[row].from) : OV_NULL,
		.rev = 3, .expected_rev = 3, .today = closes ? DAY + 1 : DAY, .deadline_on = DAY,
		.student_active = true, .line_count = 1, .reason_given = true,
		.proposed_centi = strchr(rows[row].guards, 'N') ? 1000 : 800,
		.recalculated_centi = 800, .recalculated_same = true,
		.objected_on = DAY - 1, .notice_end_on = DAY,
		.created = OTHER, .submitted = OTHER, .accepted = OTHER + 1, .verified = OTHER + 2,
		.first = OTHER + 3, .expert = OTHER + 4, .second = OTHER + 5,
		.revoke_asked = rows[row].event == EVENT_REVOKE ? OTHER + 6 : 0,
	};
}

static int judge(const struct claim_facts *facts, size_t row, enum role role,
		 struct claim_outcome *step, struct error *err)
{
	const struct workday_calendar none = { NULL, 0, NULL, 0 };
	const struct actor actor = { .user_id = 500, .person_id = ACTOR, .branch_id = OV_NULL,
				     .roles = 1u << role };

	*err = (struct error)ERROR_INIT;
	return claim_may(facts, rows[row].event, &actor, &none, step, err);
}

static void each_guard_alone_refuses(void **state)
{
	struct claim_outcome step;
	struct error err;

	(void)state;
	for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++) {
		struct claim_facts facts = in_order(r);

		if (judge(&facts, r, rows[r].role, &step, &err) < 0)
			fail_msg("T%d: %s", rows[r].number, err.message);
		assert_int_equal(step.to, rows[r].to);
		assert_int_equal(step.row->number, rows[r].number);
		for (size_t s = 0; s < sizeof spoils / sizeof spoils[0]; s++) {
			bool guarded = strchr(rows[r].guards, spoils[s].letter) != NULL;

			facts = in_order(r);
			spoils[s].spoil(&facts);
			judge(&facts, r, rows[r].role, &step, &err);
			if (guarded && err.reason != (int)spoils[s].refusal)
				fail_msg("T%d with '%c' out of order: %s", rows[r].number,
					 spoils[s].letter, err.code ? reason_code(err.reason) : "allowed");
		}
	}
}

/* What no letter of a row names does not hinder it. */
static void nothing_else_refuses(void **state)
{
	struct claim_outcome step;
	struct error err;

	(void)state;
	for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++)
		for (size_t s = 0; s < sizeof spoils / sizeof spoils[0]; s++) {
			struct claim_facts facts = in_order(r);

			if (strchr(rows[r].guards, spoils[s].letter) ||
			    (strchr("<>", spoils[s].letter) && strpbrk(rows[r].guards, "<>")) ||
			    (strchr("0NE", spoils[s].letter) && strpbrk(rows[r].guards, "0NE=")) ||
			    (strchr("pn1e2x", spoils[s].letter) && strchr(rows[r].guards, 'n')))
				continue;
			spoils[s].spoil(&facts);
			if (judge(&facts, r, rows[r].role, &step, &err) < 0)
				fail_msg("T%d with '%c': %s", rows[r].number, spoils[s].letter,
					 reason_code(err.reason));
		}
}

/* Each step by each role: only those of DOMAIN.md's column. */
static void only_the_roles_of_the_table(void **state)
{
	struct claim_outcome step;
	struct error err;

	(void)state;
	for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++)
		for (int role = 0; role < ROLE_COUNT; role++) {
			struct claim_facts facts = in_order(r);
			bool may = role == (int)rows[r].role;

			for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++)
				may = may || (rows[k].number == rows[r].number && role == (int)rows[k].role);
			judge(&facts, r, (enum role)role, &step, &err);
			if (may != (err.code == 0) || (!may && err.reason != REASON_PERM_DENIED &&
						       err.reason != REASON_SM_CONSENT))
				fail_msg("T%d by %s: %s", rows[r].number, enum_code(&role_enum, role),
					 err.code ? reason_code(err.reason) : "allowed");
		}
}

/* T25 and T22 by the program itself, at the edge of the day. */
static void the_clock_keeps_the_limits(void **state)
{
	const struct workday_calendar none = { NULL, 0, NULL, 0 };
	const struct actor system = { .system = true };
	static const struct {
		enum claim_state from;
		enum claim_event event;
	} steps[] = { { CLAIM_DRAFT, EVENT_LAPSE }, { CLAIM_RETURNED, EVENT_LAPSE },
		      { CLAIM_NOTICE, EVENT_CLOSE } };

	(void)state;
	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
		for (int64_t day = DAY - 1; day <= DAY + 1; day++) {
			struct claim_facts facts = { .state = steps[i].from, .expected_rev = OV_NULL,
						     .today = day, .deadline_on = DAY };
			struct claim_outcome step;
			struct error err = ERROR_INIT;
			int rc = claim_may(&facts, steps[i].event, &system, &none, &step, &err);

			if (day > DAY)
				assert_int_equal(rc, 0);
			else
				assert_int_equal(err.reason, REASON_SM_EARLY);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_guard_alone_refuses),
		cmocka_unit_test(nothing_else_refuses),
		cmocka_unit_test(only_the_roles_of_the_table),
		cmocka_unit_test(the_clock_keeps_the_limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
