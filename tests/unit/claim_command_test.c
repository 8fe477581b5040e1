/* The commands on credit claims through a real store: the worked vectors SM-01
 * to SM-21 of DOMAIN.md 4, posting, revoking, appeals. */
#include "tests/unit/shared.h"

#include "core/store/claim_sweep.h"
#include "core/store/commands/claim_args.h"
#include "tests/unit/claim_world.h"

static const char post[] = "T-POST,no=K1,level=4,issued=2015-06-01,evidence=ORIGINAL_SEEN";
static const char maint[] = "T-MAINT,no=K5,level=2,issued=2015-06-01,evidence=ORIGINAL_SEEN";

static struct credit_claim *claim_of(struct world *world, int64_t id)
{
	return world_get(world, KIND_CREDIT_CLAIM, id);
}

static int64_t balance(struct world *world, int64_t student)
{
	struct record_list accounts, entries;
	int64_t sum = 0;

	world_find(world, KIND_ACCOUNT, "student_id", student, &accounts);
	for (size_t i = 0; i < accounts.count; i++) {
		const struct account *account = accounts.items[i];

		if (account->kind != ACCOUNT_TRANSFER)
			continue;
		world_find(world, KIND_LEDGER_ENTRY, "account_id", account->id, &entries);
		for (size_t k = 0; k < entries.count; k++)
			sum += ((struct ledger_entry *)entries.items[k])->amount_centi;
	}
	return sum;
}

static size_t entry_count(struct world *world)
{
	struct record_list list;

	return world_find(world, KIND_LEDGER_ENTRY, NULL, 0, &list);
}

static void ordinary_way(void **state)
{
	struct world *w = *state;
	int64_t id = world_claim(w, w->students[0], post);

	assert_string_equal(claim_of(w, id)->claim_no, "CL201509000001");
	assert_int_equal(claim_of(w, id)->requested_centi, 800);
	world_advance(w, id, CLAIM_POSTED);
	assert_int_equal(claim_of(w, id)->granted_centi, 800);
	assert_int_equal(balance(w, w->students[0]), 800);
	assert_int_equal(entry_count(w), 3);
}

/* SM-01 */
static void own_submission_may_be_accepted(void **state)
{
	struct world *w = *state;
	int64_t id = world_claim(w, w->students[0], post);
	const struct advice *advice;

	assert_done(w, world_run(w, "claim.accept", id, NULL));
	assert_int_equal(world_state(w, id), CLAIM_ACCEPTED);
	advice = bundle_first(&w->outcome.records, &advice_fields);
	assert_non_null(advice);
	assert_string_equal(advice->code, "SM_OWN_SUBMISSION");
}

/* SM-02, SM-03 */
static void preparers_do_not_decide(void **state)
{
	struct world *w = *state;
	int64_t id = world_claim(w, w->students[0], post);

	world_advance(w, id, CLAIM_VERIFIED);
	assert_int_equal(claim_of(w, id)->proposed_centi, 800);
	world_role(w, "front_desk.1", ROLE_REVIEWER1);
	world_as(w, "front_desk.1");
	assert_refused(w, world_run(w, "claim.pass_first", id, NULL), "SM_FOUR_EYES");
	assert_int_equal(world_state(w, id), CLAIM_VERIFIED);
	world_as(w, "reviewer1.1");
	assert_done(w, world_run(w, "claim.pass_first", id, NULL));
	assert_int_equal(world_state(w, id), CLAIM_FIRST_OK);
}

/* SM-04; and T10, T13: with the expert the claim goes on */
static void ten_credits_need_an_expert(void **state)
{
	struct world *w = *state;
	int64_t id = world_claim(w, w->students[3], maint);

	world_advance(w, id, CLAIM_VERIFIED);
	assert_int_equal(claim_of(w, id)->proposed_centi, 1000);
	world_as(w, "reviewer1.1");
	assert_refused(w, world_run(w, "claim.pass_first", id, NULL), "SM_NEEDS_EXPERT");
	assert_done(w, world_run(w, "claim.ask_expert", id, NULL));
	world_as(w, "expert.1");
	assert_done(w, world_run(w, "claim.opine", id, NULL));
	assert_int_equal(world_state(w, id), CLAIM_FIRST_OK);
	world_advance(w, id, CLAIM_POSTED);
	assert_int_equal(balance(w, w->students[3]), 1000);
}

/* A line without rule: the expert says what it is worth, within the caps. */
static void expert_values_a_line_without_rule(void **state)
{
	struct world *w = *state;
	int64_t id = world_claim(w, w->students[3], post); /* no rule in P-ZK-AUTO */

	world_advance(w, id, CLAIM_VERIFIED);
	world_as(w, "reviewer1.1");
	assert_refused(w, world_run(w, "claim.pass_first", id, NULL), "SM_ZERO");
	assert_done(w, world_run(w, "claim.ask_expert", id, NULL));
	world_as(w, "expert.1");
	assert_refused(w, world_run(w, "claim.opine", id, NULL), "SM_OPINION");
	world_line(w, &claim_opinion_fields, "1,centi=2.50,module=M4,text=Comparable");
	assert_done(w, world_run(w, "claim.opine", id, NULL));
	assert_int_equal(claim_of(w, id)->proposed_centi, 250);
	world_advance(w, id, CLAIM_POSTED);
	assert_int_equal(balance(w, w->students[3]), 250);
}

/* SM-06 */
static void first_reviewer_is_not_the_second(void **state)
{
	struct world *w = *state;
	int64_t id = world_claim(w, w->students[0], post);

	world_role(w, "reviewer1.1", ROLE_REVIEWER2);
	world_advance(w, id, CLAIM_FIRST_OK);
	world_as(w, "reviewer1.1");
	assert_refused(w, world_run(w, "claim.pass_second", id, NULL), "SM_FOUR_EYES");
}

/* SM-07: 7.00 proposed; a posting in between leaves room for 4.00 */
static void recalculation_must_agree(void **state)
{
	struct world *w = *state;
	int64_t weld = world_claim(w, w->students[3],
		"T-WELD,no=K2,level=3,issued=2015-06-01,evidence=ORIGINAL_SEEN");
	int64_t other;

	world_advance(w, weld, CLAIM_FIRST_OK);
	assert_int_equal(claim_of(w, weld)->proposed_centi, 700);
	other = world_claim(w, w->students[3],
		"EXT-OWN,kind=COURSE,mark=80,issued=2014-06-01,evidence=COPY");
	world_advance(w, other, CLAIM_VERIFIED);
	world_as(w, "reviewer1.1");
	assert_done(w, world_run(w, "claim.ask_expert", other, NULL));
	world_as(w, "expert.1");
	world_line(w, &claim_opinion_fields, "1,centi=20.00,module=M2,text=Half of it");
	assert_done(w, world_run(w, "claim.opine", other, NULL));
	world_advance(w, other, CLAIM_POSTED); /* 26.60 is the cap: 6.60 are left */
	world_as(w, "reviewer2.1");
	assert_refused(w, world_run(w, "claim.pass_second", weld, NULL), "SM_RECALC");
	assert_int_equal(world_state(w, weld), CLAIM_FIRST_OK);
}

static int64_t notice_of_september(struct world *w)
{
	int64_t id = world_claim(w, w->students[0], post);

	world_advance(w, id, CLAIM_SECOND_OK);
	world_day(w, "2015-09-29");
	world_advance(w, id, CLAIM_NOTICE);
	return id;
}

/* SM-08, SM-09 */
static void notice_lasts_five_working_days(void **state)
{
	struct world *w = *state;
	int64_t id = notice_of_september(w);

	world_day(w, "2015-10-12");
	world_as(w, "system");
	assert_refused(w, world_run(w, "claim.close", id, NULL), "SM_EARLY");
	world_day(w, "2015-10-13");
	assert_done(w, world_run(w, "claim.close", id, NULL));
	assert_int_equal(world_state(w, id), CLAIM_APPROVED);
}

/* SM-10, T20, T21 */
static void an_objection_stops_the_notice(void **state)
{
	struct world *w = *state;
	int64_t id = notice_of_september(w);

	world_day(w, "2015-10-12");
	world_as(w, "front_desk.1");
	assert_refused(w, world_run(w, "claim.object", id, NULL), "SM_REASON");
	assert_done(w, world_run(w, "claim.object", id, "reason", "A colleague doubts it", NULL));
	assert_int_equal(world_state(w, id), CLAIM_OBJECTED);
	world_as(w, "reviewer1.1");
	assert_refused(w, world_run(w, "claim.dismiss", id, "reason", "Unfounded", NULL),
		       "SM_FOUR_EYES");
	world_as(w, "reviewer1.2");
	assert_done(w, world_run(w, "claim.dismiss", id, "reason", "Unfounded", NULL));
	assert_int_equal(world_state(w, id), CLAIM_NOTICE);
	assert_int_equal(claim_of(w, id)->deadline_on, date_from_civil(2015, 10, 13));
	world_as(w, "front_desk.1");
	assert_done(w, world_run(w, "claim.object", id, "reason", "Another doubt", NULL));
	world_as(w, "reviewer2.2");
	assert_done(w, world_run(w, "claim.uphold", id, "reason", "Right after all", NULL));
	assert_int_equal(world_state(w, id), CLAIM_REJECTED);
	assert_int_equal(claim_of(w, id)->granted_centi, 0);
	assert_int_equal(entry_count(w), 0);
}

/* SM-11 */
static void second_reviewer_does_not_post(void **state)
{
	struct world *w = *state;
	int64_t id = world_claim(w, w->students[0], post);

	world_role(w, "reviewer2.1", ROLE_LEDGER_KEEPER);
	world_advance(w, id, CLAIM_APPROVED);
	world_as(w, "reviewer2.1");
	assert_refused(w, world_run(w, "claim.post", id, NULL), "SM_FOUR_EYES");
	assert_int_equal(entry_count(w), 0);
}

/* SM-12 */
static void a_source_pays_once(void **state)
{
	struct world *w = *state;
	int64_t id = world_claim(w, w->students[0], post);
	struct source_use *use = record_new(&w->arena, &source_use_fields);
	int64_t other;

	world_advance(w, id, CLAIM_APPROVED);
	other = world_claim(w, w->students[1],
			    "T-POST,no=K9,level=4,issued=2015-06-01,evidence=COPY");
	use->source_kind = SOURCE_CERTIFICATE;
	use->source_ref = world_id(w, KIND_CERTIFICATE, "cert_no", "K1");
	use->programme_id = world_id(w, KIND_PROGRAMME, "code", "P-ZK-LOG");
	use->student_id = w->students[0];
	use->claim_id = other;
	world_insert(w, KIND_SOURCE_USE, use);
	world_as(w, "ledger_keeper.1");
	assert_refused(w, world_run(w, "claim.post", id, NULL), "SM_SPENT");
	assert_int_equal(world_state(w, id), CLAIM_APPROVED);
	assert_int_equal(entry_count(w), 0);
}

/* SM-13, SM-15, SM-21 */
static void only_the_table_leads_on(void **state)
{
	struct world *w = *state;
	int64_t id;

	world_as(w, "front_desk.1");
	world_line(w, &claim_source_fields, post);
	assert_done(w, world_run(w, "claim.create", 0, "student_id",
				 arena_printf(&w->arena, "%lld", (long long)w->students[0]), NULL));
	id = w->outcome.id;
	world_as(w, "reviewer2.1");
	assert_refused(w, world_run(w, "claim.pass_second", id, NULL), "SM_NO_TRANSITION");
	world_advance(w, id, CLAIM_FIRST_OK);
	world_as(w, "ledger_keeper.1");
	assert_refused(w, world_run(w, "claim.pass_second", id, NULL), "PERM_DENIED");
	world_advance(w, id, CLAIM_POSTED);
	world_as(w, "front_desk.1");
	assert_refused(w, world_run(w, "claim.withdraw", id, NULL), "SM_NO_TRANSITION");
}

/* SM-14 */
static void revoking_takes_two_people_and_reverses(void **state)
{
	struct world *w = *state;
	int64_t id = world_claim(w, w->students[0], post);
	struct record_list uses;

	world_advance(w, id, CLAIM_POSTED);
	world_as(w, "auditor.1");
	assert_refused(w, world_run(w, "claim.revoke", id, "reason", "Found late", NULL),
		       "SM_CONSENT");
	world_as(w, "reviewer2.1"); /* second_by */
	assert_refused(w, world_run(w, "claim.revoke", id, "reason", "Found late", NULL),
		       "SM_FOUR_EYES");
	world_as(w, "reviewer2.2");
	assert_done(w, world_run(w, "claim.revoke", id, "reason", "Found late", NULL));
	assert_int_equal(world_state(w, id), CLAIM_POSTED);
	assert_int_equal(balance(w, w->students[0]), 800);
	world_as(w, "auditor.1");
	assert_done(w, world_run(w, "claim.revoke", id, "reason", "Agreed", NULL));
	assert_int_equal(world_state(w, id), CLAIM_REVOKED);
	assert_int_equal(balance(w, w->students[0]), 0);
	assert_int_equal(entry_count(w), 6);
	world_find(w, KIND_SOURCE_USE, "claim_id", id, &uses);
	assert_int_equal(uses.count, 1);
	assert_int_not_equal(((struct source_use *)uses.items[0])->released_on, OV_NULL);
	/* and the certificate may pay again */
	id = world_claim(w, w->students[0], "T-POST,no=k 1,evidence=COPY");
	world_advance(w, id, CLAIM_POSTED);
	assert_int_equal(balance(w, w->students[0]), 800);
}

/* SM-16 */
static void a_returned_claim_has_thirty_days(void **state)
{
	struct world *w = *state;
	int64_t id = world_claim(w, w->students[0], post);
	char day[DATE_TEXT];

	assert_done(w, world_run(w, "claim.return", id, "reason", "A page is missing", NULL));
	assert_string_equal(claim_of(w, id)->reason_text, "A page is missing");
	world_day(w, date_format(claim_of(w, id)->deadline_on + 1, day));
	assert_refused(w, world_run(w, "claim.resubmit", id, NULL), "SM_LATE");
	assert_refused(w, world_run(w, "claim.lapse", id, NULL), "PERM_DENIED");
	world_as(w, "system");
	assert_done(w, world_run(w, "claim.lapse", id, NULL));
	assert_int_equal(world_state(w, id), CLAIM_LAPSED);
	assert_refused(w, world_run(w, "claim.resubmit", id, NULL), "SM_NO_TRANSITION");
}

/* The daily sweep: each claim by a command of its own, for whoever is late. */
static void the_sweep_keeps_the_time_limits(void **state)
{
	struct world *w = *state;
	int64_t returned = world_claim(w, w->students[1],
				       "T-POST,no=K2,level=4,issued=2015-06-01,evidence=COPY");
	int64_t notice = notice_of_september(w);
	struct claim_sweep sweep;

	world_as(w, "front_desk.1");
	assert_done(w, world_run(w, "claim.return", returned, "reason", "A page is missing", NULL));
	world_day(w, "2015-10-12");
	assert_done(w, claim_sweep(w->store, &sweep, &w->err));
	assert_int_equal(sweep.lapsed + sweep.closed, 0);
	world_day(w, "2015-11-20");
	world_as(w, "viewer.1");
	assert_refused(w, claim_sweep(w->store, &sweep, &w->err), "PERM_DENIED");
	world_as(w, "front_desk.1");
	assert_done(w, claim_sweep(w->store, &sweep, &w->err));
	assert_int_equal(sweep.lapsed, 1);
	assert_int_equal(sweep.closed, 1);
	assert_int_equal(world_state(w, returned), CLAIM_LAPSED);
	assert_int_equal(world_state(w, notice), CLAIM_APPROVED);
	assert_string_equal(w->store->actor.login, "front_desk.1");
	assert_done(w, claim_sweep(w->store, &sweep, &w->err));
	assert_int_equal(sweep.lapsed + sweep.closed, 0);
}

static int64_t rejected(struct world *w)
{
	int64_t id = world_claim(w, w->students[0], post);

	world_advance(w, id, CLAIM_VERIFIED);
	world_as(w, "reviewer1.1");
	assert_done(w, world_run(w, "claim.reject", id, "reason", "NOT_COMPARABLE", NULL));
	assert_string_equal(claim_of(w, id)->reason_code, "NOT_COMPARABLE");
	world_as(w, "front_desk.2");
	assert_done(w, world_run(w, "claim.appeal", id, NULL));
	return id;
}

/* SM-17, SM-19 */
static void an_appeal_is_decided_by_somebody_new(void **state)
{
	struct world *w = *state;
	int64_t id = rejected(w);

	world_role(w, "reviewer1.1", ROLE_REVIEWER2);
	world_as(w, "reviewer1.1");
	assert_refused(w, world_run(w, "claim.allow", id, NULL), "SM_FOUR_EYES");
	assert_int_equal(world_state(w, id), CLAIM_APPEALED);
	world_as(w, "reviewer2.1");
	assert_done(w, world_run(w, "claim.deny", id, "reason", "As before", NULL));
	world_as(w, "front_desk.1");
	assert_refused(w, world_run(w, "claim.appeal", id, NULL), "SM_APPEALED");
}

/* F10: who refused before takes no decision after the appeal was allowed. */
static void a_refuser_stays_excluded(void **state)
{
	struct world *w = *state;
	int64_t id = rejected(w);

	world_as(w, "reviewer2.1");
	assert_done(w, world_run(w, "claim.allow", id, NULL));
	assert_int_equal(world_state(w, id), CLAIM_VERIFIED);
	assert_int_equal(claim_of(w, id)->first_by, OV_NULL);
	world_as(w, "reviewer1.1");
	assert_refused(w, world_run(w, "claim.pass_first", id, NULL), "SM_FOUR_EYES");
	world_as(w, "reviewer1.2");
	assert_done(w, world_run(w, "claim.pass_first", id, NULL));
	world_as(w, "reviewer2.1"); /* who allowed the appeal may */
	assert_done(w, world_run(w, "claim.pass_second", id, NULL));
}

/* T8, and T27 after it: the certificate is FALSE, then HELD again. */
static void false_evidence_marks_the_certificate(void **state)
{
	struct world *w = *state;
	int64_t id = world_claim(w, w->students[0], post);
	int64_t certificate = world_id(w, KIND_CERTIFICATE, "cert_no", "K1");

	world_advance(w, id, CLAIM_ACCEPTED);
	world_as(w, "verifier.1");
	assert_refused(w, world_run(w, "claim.verify", id, NULL), "SM_UNCHECKED");
	assert_done(w, world_run(w, "claim.evidence_check", id, "line_no", "1", "result", "FALSE",
				 NULL));
	assert_done(w, world_run(w, "claim.reject_false", id, "reason", "The seal is copied", NULL));
	assert_int_equal(world_state(w, id), CLAIM_REJECTED);
	assert_int_equal(((struct certificate *)world_get(w, KIND_CERTIFICATE, certificate))->state,
			 CERT_FALSE);
	assert_refused(w, world_run(w, "claim.evidence_check", id, "line_no", "1", "result", "OK",
				    NULL), "SM_NO_TRANSITION");
	world_as(w, "front_desk.1");
	assert_done(w, world_run(w, "claim.appeal", id, NULL));
	world_as(w, "reviewer2.1");
	assert_done(w, world_run(w, "claim.allow", id, NULL));
	assert_int_equal(world_state(w, id), CLAIM_ACCEPTED);
	assert_int_equal(((struct certificate *)world_get(w, KIND_CERTIFICATE, certificate))->state,
			 CERT_HELD);
}

/* SM-18 */
static void two_screens_one_decision(void **state)
{
	struct world *w = *state;
	int64_t id = world_claim(w, w->students[0], post);
	int64_t rev = claim_of(w, id)->rev;

	w->expected_rev = rev;
	assert_done(w, world_run(w, "claim.accept", id, NULL));
	w->expected_rev = rev;
	assert_refused(w, world_run(w, "claim.return", id, "reason", "Too late", NULL), "SM_STALE");
	assert_int_equal(w->err.code, OV_ECONFLICT);
	assert_int_equal(w->err.current_rev, claim_of(w, id)->rev);
	assert_int_equal(world_state(w, id), CLAIM_ACCEPTED);
	/* who has no role for the step is told that first */
	world_as(w, "viewer.1");
	w->expected_rev = rev;
	assert_refused(w, world_run(w, "claim.return", id, "reason", "Too late", NULL), "PERM_DENIED");
}

/* SM-20, and what a withdrawal frees */
static void a_source_is_reserved_once(void **state)
{
	struct world *w = *state;
	int64_t first = world_claim(w, w->students[0], post), second;
	char id[24];

	snprintf(id, sizeof id, "%lld", (long long)w->students[0]);
	world_line(w, &claim_source_fields, "T-POST,no=K1,evidence=COPY");
	assert_done(w, world_run(w, "claim.create", 0, "student_id", id, NULL));
	second = w->outcome.id;
	assert_refused(w, world_run(w, "claim.submit", second, NULL), "SM_SOURCE_BUSY");
	assert_int_equal(world_state(w, second), CLAIM_DRAFT);
	assert_done(w, world_run(w, "claim.withdraw", first, NULL));
	assert_done(w, world_run(w, "claim.submit", second, NULL));
}

static void submission_needs_lines_and_evidence(void **state)
{
	struct world *w = *state;
	char id[24];
	int64_t claim;

	snprintf(id, sizeof id, "%lld", (long long)w->students[0]);
	world_as(w, "front_desk.1");
	assert_done(w, world_run(w, "claim.create", 0, "student_id", id, NULL));
	claim = w->outcome.id;
	assert_refused(w, world_run(w, "claim.submit", claim, NULL), "SM_EMPTY");
	world_line(w, &claim_source_fields, "T-POST,no=K1,level=4,issued=2015-06-01");
	assert_done(w, world_run(w, "claim.edit", claim, NULL));
	assert_refused(w, world_run(w, "claim.submit", claim, NULL), "SM_NO_EVIDENCE");
	assert_done(w, world_run(w, "claim.evidence_add", claim, "line_no", "1", "evidence",
				 "ORIGINAL_SEEN", NULL));
	assert_done(w, world_run(w, "claim.submit", claim, NULL));
}

static void a_certificate_belongs_to_one_person(void **state)
{
	struct world *w = *state;
	char id[24];

	world_claim(w, w->students[0], post);
	snprintf(id, sizeof id, "%lld", (long long)w->students[1]);
	world_line(w, &claim_source_fields, post);
	assert_refused(w, world_run(w, "claim.create", 0, "student_id", id, NULL), "FIELD_UNIQUE");
	world_line(w, &claim_source_fields, "T-POST,no=K7,issued=2015-06-01");
	assert_refused(w, world_run(w, "claim.create", 0, "student_id", id, NULL), "FIELD_REQUIRED");
}

static void a_relative_takes_no_part(void **state)
{
	struct world *w = *state;
	struct user_conflict *row = record_new(&w->arena, &user_conflict_fields);
	int64_t id = world_claim(w, w->students[0], post);

	row->user_id = world_id(w, KIND_USER, "login", "reviewer1.1");
	row->person_id = ((struct student *)world_get(w, KIND_STUDENT, w->students[0]))->person_id;
	world_insert(w, KIND_USER_CONFLICT, row);
	world_advance(w, id, CLAIM_VERIFIED);
	world_as(w, "reviewer1.1");
	assert_refused(w, world_run(w, "claim.pass_first", id, NULL), "SM_CONFLICT_OF_INTEREST");
}

/* Open courses: what is left of a step stays in the pool, and comes back out
 * of it when the claim is revoked. */
static void the_pool_carries_the_rest(void **state)
{
	struct world *w = *state;
	struct record_list accounts, entries;
	int64_t id, pool = 0;
	size_t found = 0;

	world_day(w, "2016-03-01");
	world_as(w, "front_desk.1");
	world_line(w, &claim_source_fields,
		   "OPEN-1,mark=65,hours=20,issued=2016-01-01,evidence=COPY");
	id = world_claim(w, w->students[3],
			 "OPEN-2,mark=80,hours=25,issued=2016-01-01,evidence=COPY");
	world_advance(w, id, CLAIM_POSTED);
	assert_int_equal(balance(w, w->students[3]), 200);
	world_find(w, KIND_ACCOUNT, "student_id", w->students[3], &accounts);
	for (size_t i = 0; i < accounts.count; i++)
		if (((struct account *)accounts.items[i])->kind == ACCOUNT_POOL) {
			world_find(w, KIND_LEDGER_ENTRY, "account_id",
				   ((struct account *)accounts.items[i])->id, &entries);
			for (size_t k = 0; k < entries.count; k++)
				pool += ((struct ledger_entry *)entries.items[k])->amount_centi;
			found = entries.count;
		}
	assert_int_equal(pool, 49);
	assert_int_equal(found, 3);
	world_as(w, "reviewer2.2");
	assert_done(w, world_run(w, "claim.revoke", id, "reason", "A mistake", NULL));
	world_as(w, "auditor.1");
	assert_done(w, world_run(w, "claim.revoke", id, "reason", "A mistake", NULL));
	assert_int_equal(balance(w, w->students[3]), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)
	const struct CMUnitTest tests[] = {
		TEST(ordinary_way), TEST(own_submission_may_be_accepted),
		TEST(preparers_do_not_decide), TEST(ten_credits_need_an_expert),
		TEST(expert_values_a_line_without_rule), TEST(first_reviewer_is_not_the_second),
		TEST(recalculation_must_agree), TEST(notice_lasts_five_working_days),
		TEST(an_objection_stops_the_notice), TEST(second_reviewer_does_not_post),
		TEST(a_source_pays_once), TEST(only_the_table_leads_on),
		TEST(revoking_takes_two_people_and_reverses),
		TEST(a_returned_claim_has_thirty_days),
		TEST(an_appeal_is_decided_by_somebody_new), TEST(a_refuser_stays_excluded),
		TEST(false_evidence_marks_the_certificate), TEST(two_screens_one_decision),
		TEST(a_source_is_reserved_once), TEST(submission_needs_lines_and_evidence),
		TEST(a_certificate_belongs_to_one_person), TEST(a_relative_takes_no_part),
		TEST(the_pool_carries_the_rest), TEST(the_sweep_keeps_the_time_limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
