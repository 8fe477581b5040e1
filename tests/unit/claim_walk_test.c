/* A random walk: anybody tries anything on some learners' claims, in a fixed
 * order of chance; afterwards DOMAIN.md's invariants hold and both chains
 * verify. What is refused is refused by a known reason and changes nothing. */
#include "tests/unit/shared.h"

#include "core/store/chain.h"
#include "core/store/commands/claim_args.h"
#include "core/rules/workflow.h"
#include "tests/unit/claim_world.h"

enum { STEPS = 8000, CLAIMS_MAX = 160, CAP_A_CENTI = 2660 };

struct walk {
	struct world world;
	struct rng rng;
	int64_t claims[CLAIMS_MAX];
	size_t claim_count;
	int64_t day;
	size_t done, refused, states[CLAIM_STATE_COUNT];
};

static const char *const logins[] = {
	"front_desk.1", "front_desk.2", "verifier.1", "verifier.2", "reviewer1.1", "reviewer1.2",
	"expert.1", "expert.2", "reviewer2.1", "reviewer2.2", "ledger_keeper.1", "ledger_keeper.2",
	"registrar.1", "registrar.2", "auditor.1", "auditor.2", "scheduler.1", "viewer.1", "system",
};

static const char *const sources[] = {
	"T-POST,no=K%d,level=4,issued=2015-06-01,evidence=COPY",
	"T-WELD,no=W%d,level=3,issued=2015-06-01,evidence=ORIGINAL_SEEN",
	"T-SAFE,no=S%d,issued=2015-06-01,evidence=COPY",
	"T-MAINT,no=M%d,level=2,issued=2015-06-01,evidence=REGISTRY_CHECK",
	"OPEN-%d,mark=65,hours=40,issued=2015-06-01,evidence=COPY",
	"EXT-CAD,kind=COURSE,mark=72.50,credits=4.00,name=No. %d,issued=2014-07-01,evidence=COPY",
};

static uint64_t below(struct walk *walk, uint64_t limit)
{
	return rng_below(&walk->rng, limit);
}

static void claim_open(struct walk *walk)
{
	struct world *w = &walk->world;
	size_t learner = below(walk, WORLD_LEARNERS);
	char line[128], id[24];

	if (walk->claim_count == CLAIMS_MAX)
		return;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(line, sizeof line, sources[below(walk, 6)], (int)(learner * 100 + below(walk, 12)));
#pragma GCC diagnostic pop
	world_as(w, below(walk, 2) ? "front_desk.1" : "registrar.1");
	world_line(w, &claim_source_fields, line);
	snprintf(id, sizeof id, "%lld", (long long)w->students[learner]);
	assert_done(w, world_run(w, "claim.create", 0, "student_id", id, NULL));
	walk->claims[walk->claim_count++] = w->outcome.id;
}

/* Somebody whose role fits, three times of four. */
static const char *somebody(struct walk *walk, int64_t state, enum claim_event event)
{
	struct world *w = &walk->world;
	const char *login = logins[below(walk, sizeof logins / sizeof logins[0])];

	for (int tries = 0; tries < 40 && below(walk, 4); tries++) {
		world_as(w, login);
		if (claim_event_open(state, event, &w->store->actor))
			break;
		login = logins[below(walk, sizeof logins / sizeof logins[0])];
	}
	/* The program itself keeps time limits and does nothing else. */
	if (!strcmp(login, "system") && event != EVENT_CLOSE && event != EVENT_LAPSE)
		return "viewer.1";
	return login;
}

static enum claim_event something(struct walk *walk, int64_t state)
{
	enum claim_event event = (enum claim_event)below(walk, CLAIM_EVENT_COUNT);

	for (int tries = 0; tries < 60 && below(walk, 12); tries++) {
		bool ends = event == EVENT_WITHDRAW || event == EVENT_EDIT || event == EVENT_RETURN ||
			    event == EVENT_REJECT || event == EVENT_REJECT_FALSE;

		if (event != EVENT_CREATE && claim_transition_find(state, event) &&
		    !(ends && below(walk, event == EVENT_WITHDRAW ? 60 : 8)))
			break;
		event = (enum claim_event)below(walk, CLAIM_EVENT_COUNT);
	}
	return event == EVENT_CREATE || event == EVENT_EDIT ? EVENT_SUBMIT : event;
}

/* Mostly one to which something can still happen. */
static int64_t claim_any(struct walk *walk)
{
	int64_t id = walk->claims[below(walk, walk->claim_count)];

	for (int tries = 0; tries < 40 && below(walk, 20); tries++) {
		if (!claim_state_final((enum claim_state)world_state(&walk->world, id)))
			break;
		id = walk->claims[below(walk, walk->claim_count)];
	}
	return id;
}

static void claim_check_some(struct walk *walk)
{
	struct world *w = &walk->world;
	int64_t id = claim_any(walk);
	static const char *const results[] = { "OK", "OK", "OK", "STRUCK", "FALSE" };

	if (world_state(w, id) != CLAIM_ACCEPTED)
		return;
	world_as(w, below(walk, 2) ? "verifier.1" : "verifier.2");
	assert_done(w, world_run(w, "claim.evidence_check", id, "line_no", "1", "result",
				 results[below(walk, 5)], NULL));
}

static void claim_step_try(struct walk *walk)
{
	struct world *w = &walk->world;
	int64_t id = claim_any(walk), rev;
	const struct credit_claim *claim = world_get(w, KIND_CREDIT_CLAIM, id);
	enum claim_event event = something(walk, claim->state);
	char name[40];
	int result;

	rev = claim->rev;
	snprintf(name, sizeof name, "claim.%s", enum_code(&claim_event_enum, event));
	world_as(w, somebody(walk, claim->state, event));
	if (event == EVENT_OPINE && below(walk, 4) && claim->state == CLAIM_EXPERT)
		world_line(w, &claim_opinion_fields, "1,centi=1.50,module=M4,text=Comparable");
	result = world_run(w, name, id, below(walk, 8) ? "reason" : NULL, "For the walk", NULL);
	if (result < 0) {
		walk->refused++;
		assert_string_not_equal(reason_code(w->err.reason), "BUG");
		assert_string_not_equal(reason_code(w->err.reason), "");
		claim = world_get(w, KIND_CREDIT_CLAIM, id);
		assert_int_equal(claim->rev, rev);
		return;
	}
	walk->done++;
	walk->states[world_state(w, id)]++;
}

static void walk_day(struct walk *walk)
{
	char text[DATE_TEXT];

	walk->day += (int64_t)below(walk, 9);
	world_day(&walk->world, date_format(walk->day, text));
}

/* --- what must hold --- */

static void entries_of_claim(struct world *w, int64_t claim, int64_t *sum, size_t *count)
{
	struct record_list lines, entries;

	*sum = 0;
	*count = 0;
	world_find(w, KIND_CLAIM_LINE, "claim_id", claim, &lines);
	for (size_t i = 0; i < lines.count; i++) {
		world_find(w, KIND_LEDGER_ENTRY, "claim_line",
			   ((struct claim_line *)lines.items[i])->id, &entries);
		for (size_t k = 0; k < entries.count; k++) {
			const struct ledger_entry *entry = entries.items[k];
			const struct account *account = world_get(w, KIND_ACCOUNT,
								  entry->account_id);

			++*count;
			if (account->kind == ACCOUNT_TRANSFER)
				*sum += entry->amount_centi;
		}
	}
}

/* I4, I17 */
static void claim_amounts_hold(struct world *w, const struct credit_claim *claim)
{
	struct record_list lines;
	int64_t sum;
	size_t count;

	entries_of_claim(w, claim->id, &sum, &count);
	if (claim->state == CLAIM_POSTED)
		assert_int_equal(sum, claim->granted_centi);
	else if (claim->state == CLAIM_REVOKED)
		assert_int_equal(sum, 0);
	else
		assert_int_equal(count, 0);
	world_find(w, KIND_CLAIM_LINE, "claim_id", claim->id, &lines);
	for (size_t i = 0; i < lines.count; i++) {
		const struct claim_line *line = lines.items[i];

		if (line->granted_centi != OV_NULL)
			assert_in_range(line->granted_centi, 0, line->proposed_centi);
	}
}

static int64_t person_of(struct world *w, int64_t user_id)
{
	const struct user *user;

	if (user_id == OV_NULL)
		return 0;
	user = world_get(w, KIND_USER, user_id);
	return claim_party(user->person_id, user->id);
}

/* I11 */
static void people_differ(struct world *w, const struct credit_claim *claim)
{
	const int64_t preparers[] = {
		person_of(w, claim->created_by), person_of(w, claim->submitted_by),
		person_of(w, claim->accepted_by), person_of(w, claim->verified_by),
	};
	const int64_t deciders[] = {
		person_of(w, claim->first_by), person_of(w, claim->expert_by),
		person_of(w, claim->second_by),
	};

	for (size_t i = 0; i < 3; i++) {
		for (size_t k = 0; deciders[i] && k < 4; k++)
			assert_int_not_equal(deciders[i], preparers[k]);
		for (size_t k = 0; deciders[i] && k < i; k++)
			assert_int_not_equal(deciders[i], deciders[k]);
	}
	if (claim->posted_by != OV_NULL)
		assert_int_not_equal(person_of(w, claim->posted_by), person_of(w, claim->second_by));
}

/* I14: the trail is a path of the table, from nothing to the present state. */
static void trail_is_a_path(struct world *w, const struct credit_claim *claim)
{
	struct record_list events;
	int64_t state = OV_NULL;

	world_find(w, KIND_AUDIT_EVENT, "object_id", claim->id, &events);
	for (size_t i = 0; i < events.count; i++) {
		const struct audit_event *event = events.items[i];
		int64_t step = enum_find(&claim_event_enum, event->action + 6);
		const char *to;
		char code[24];

		if (!event->object_kind || strcmp(event->object_kind, "credit_claim") ||
		    step == OV_NULL)
			continue;
		assert_non_null(claim_transition_find(state, (enum claim_event)step));
		to = strchr(event->detail, '>');
		assert_non_null(to);
		if (state != OV_NULL)
			assert_memory_equal(event->detail, enum_code(&claim_state_enum, state),
					    (size_t)(to - event->detail));
		snprintf(code, sizeof code, "%.*s", (int)strcspn(to + 1, " "), to + 1);
		state = enum_find(&claim_state_enum, code);
		assert_int_not_equal(state, OV_NULL);
	}
	assert_int_equal(state, claim->state);
}

static bool reserves(int64_t state)
{
	return state != CLAIM_DRAFT && claim_state_open((enum claim_state)state);
}

/* I13 */
static void sources_are_reserved_once(struct walk *walk)
{
	struct world *w = &walk->world;

	for (size_t a = 0; a < walk->claim_count; a++)
		for (size_t b = 0; b < a; b++) {
			const struct credit_claim *x = world_get(w, KIND_CREDIT_CLAIM, walk->claims[a]);
			const struct credit_claim *y = world_get(w, KIND_CREDIT_CLAIM, walk->claims[b]);
			struct record_list p, q;

			if (x->student_id != y->student_id || !reserves(x->state) || !reserves(y->state))
				continue;
			world_find(w, KIND_CLAIM_LINE, "claim_id", x->id, &p);
			world_find(w, KIND_CLAIM_LINE, "claim_id", y->id, &q);
			assert_false(((struct claim_line *)p.items[0])->source_kind ==
				     ((struct claim_line *)q.items[0])->source_kind &&
				     ((struct claim_line *)p.items[0])->source_ref ==
				     ((struct claim_line *)q.items[0])->source_ref);
		}
}

/* I1, I7, I8, I18: balances, courses once, the overall cap, the pool. */
static void accounts_hold(struct world *w, int64_t student)
{
	struct record_list accounts, entries;

	world_find(w, KIND_ACCOUNT, "student_id", student, &accounts);
	for (size_t i = 0; i < accounts.count; i++) {
		const struct account *account = accounts.items[i];
		int64_t sum = 0;

		world_find(w, KIND_LEDGER_ENTRY, "account_id", account->id, &entries);
		for (size_t k = 0; k < entries.count; k++) {
			const struct ledger_entry *entry = entries.items[k];
			int64_t course = 0;

			sum += entry->amount_centi;
			assert_true(sum >= 0);
			for (size_t m = 0; entry->course_id != OV_NULL && m < entries.count; m++)
				if (((struct ledger_entry *)entries.items[m])->course_id ==
				    entry->course_id)
					course += ((struct ledger_entry *)entries.items[m])->amount_centi;
			if (course)
				assert_int_equal(course, ((struct course *)world_get(
					w, KIND_COURSE, entry->course_id))->credit_centi);
		}
		if (account->kind == ACCOUNT_TRANSFER)
			assert_true(sum <= CAP_A_CENTI);
		if (account->kind == ACCOUNT_POOL)
			assert_true(sum < 600);
	}
}

/* I26 */
static void numbers_have_no_gaps(struct walk *walk)
{
	struct world *w = &walk->world;
	const char *month = "";
	int expected = 1;

	for (size_t i = 0; i < walk->claim_count; i++) {
		const struct credit_claim *claim = world_get(w, KIND_CREDIT_CLAIM, walk->claims[i]);

		if (strncmp(claim->claim_no, month, 8))
			expected = 1;
		month = claim->claim_no;
		assert_int_equal(strtol(claim->claim_no + 8, NULL, 10), expected++);
	}
}

static void everything_holds(struct walk *walk)
{
	struct world *w = &walk->world;
	struct chain_result result;

	for (size_t i = 0; i < walk->claim_count; i++) {
		const struct credit_claim *claim = world_get(w, KIND_CREDIT_CLAIM, walk->claims[i]);

		claim_amounts_hold(w, claim);
		people_differ(w, claim);
		trail_is_a_path(w, claim);
	}
	for (int i = 0; i < WORLD_LEARNERS; i++)
		accounts_hold(w, w->students[i]);
	sources_are_reserved_once(walk);
	numbers_have_no_gaps(walk);
	assert_int_equal(chain_verify(w->local, CHAIN_LEDGER, &result, &w->err), 0);
	assert_true(result.ok);
	assert_int_equal(chain_verify(w->local, CHAIN_AUDIT, &result, &w->err), 0);
	assert_true(result.ok);
}

static void invariants_survive_a_random_walk(void **state)
{
	struct walk *walk = mem_alloc(sizeof *walk);

	(void)state;
	world_open(&walk->world);
	rng_seed(&walk->rng, 20150910);
	walk->day = date_from_civil(2015, 9, 1);
	for (int i = 0; i < STEPS; i++) {
		if (walk->claim_count < 6 || !below(walk, 30))
			claim_open(walk);
		if (!below(walk, 30))
			walk_day(walk);
		claim_check_some(walk);
		claim_step_try(walk);
		if (i % 2000 == 1999)
			everything_holds(walk);
	}
	print_message("%zu steps done, %zu refused\n", walk->done, walk->refused);
	/* The walk must have been somewhere, or it proves nothing. */
	assert_true(walk->done > STEPS / 16 && walk->refused > STEPS / 16);
	assert_true(walk->states[CLAIM_POSTED] > 0 && walk->states[CLAIM_REVOKED] > 0);
	assert_true(walk->states[CLAIM_REJECTED] > 0 && walk->states[CLAIM_LAPSED] > 0);
	assert_true(walk->states[CLAIM_OBJECTED] > 0 && walk->states[CLAIM_EXPERT] > 0);
	world_close(&walk->world);
	free(walk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(invariants_survive_a_random_walk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
