/* Random histories: anybody tries anything on some learners' claims: people
 * with two logins, relatives, the same certificates offered by several, changes
 * of rules, stale screens, returned and edited claims, days that pass, the
 * daily sweep. After every fourth step that was done, and each posting and
 * revocation, the invariants of DOMAIN.md are read from the database by
 * history_check.
 *
 * OV_HISTORY_CLAIMS says how many claims (200, 40 with sanitizers; 10,000 for the long run),
 * OV_HISTORY_SEED where to begin. Each history of CLAIMS claims has its seed,
 * which a failure names.
 *
 * OV_HISTORY_UNBROKEN says how many claims one history without a break has (120, 30
 * with sanitizers; 10,000 for the long run). Its learners are as many more, in sixes that know
 * each other, and as much happens to a claim in as many days. After each step that was done the
 * learner's own records are looked at; all records each time the trail has grown by a tenth. */
#include "tests/unit/shared.h"

#include "core/store/claim_sweep.h"
#include "core/store/commands/claim_args.h"
#include "core/store/commands/staff_args.h"
#include "core/rules/workflow.h"
#include "tests/unit/history_check.h"

/* Sanitizers make each step several times slower. */
#ifdef __SANITIZE_ADDRESS__
enum { USUAL_CLAIMS = 40, USUAL_UNBROKEN = 30 };
#else
enum { USUAL_CLAIMS = 200, USUAL_UNBROKEN = 120 };
#endif
enum { CLAIMS = 100, STEPS_A_CLAIM = 36, CHECK_EVERY = 4 };

struct history {
	struct world world;
	struct rng rng;
	uint64_t seed;
	int64_t *claims;
	size_t claim_count, scale; /* how many times CLAIMS */
	bool unbroken;
	size_t next_check; /* unbroken: when so many steps are done */
	int64_t student; /* whose claim the step is on */
	int64_t day;
	size_t done, refused, codes[REASON_COUNT], states[CLAIM_STATE_COUNT];
};

static const char *const logins[] = {
	"front_desk.1", "front_desk.2", "verifier.1", "verifier.2", "reviewer1.1", "reviewer1.2",
	"expert.1", "expert.2", "reviewer2.1", "reviewer2.2", "ledger_keeper.1", "ledger_keeper.2",
	"registrar.1", "registrar.2", "auditor.1", "auditor.2", "viewer.1",
	"two.desk", "two.verifier", "two.first", "two.second", "two.third", "two.learner",
};

/* F9: a second login of a person whose first has other roles. */
static const struct {
	const char *login, *of;
	enum role roles[3];
} doubles[] = {
	{ "two.desk", "front_desk.1", { ROLE_REVIEWER1, ROLE_REVIEWER2, ROLE_EXPERT } },
	{ "two.verifier", "verifier.1", { ROLE_REVIEWER1, ROLE_REVIEWER2, ROLE_LEDGER_KEEPER } },
	{ "two.first", "reviewer1.1", { ROLE_REVIEWER2, ROLE_EXPERT, ROLE_LEDGER_KEEPER } },
	{ "two.second", "reviewer2.1", { ROLE_LEDGER_KEEPER, ROLE_AUDITOR, ROLE_REVIEWER1 } },
	{ "two.third", "reviewer2.2", { ROLE_AUDITOR, ROLE_LEDGER_KEEPER, ROLE_FRONT_DESK } },
	{ "two.learner", NULL, { ROLE_FRONT_DESK, ROLE_REVIEWER1, ROLE_VERIFIER } },
};

static uint64_t below(struct history *h, uint64_t limit)
{
	return rng_below(&h->rng, limit);
}

/* All of it as often as the history's length allows, the learner's part always. */
static void look(struct history *h, bool whole)
{
	if (!h->unbroken) {
		if (whole || h->done % CHECK_EVERY == 0)
			history_check(&h->world, h->seed);
		return;
	}
	if (h->student)
		history_check_learner(&h->world, h->student, h->seed);
	if (h->done < h->next_check)
		return;
	history_check(&h->world, h->seed);
	h->next_check = h->done + CHECK_EVERY + h->done / 10;
}

/* Counts a refusal; whatever it is, our own rules aren't broken. */
static bool tried(struct history *h, int rc)
{
	struct world *w = &h->world;

	if (rc >= 0) {
		h->done++;
		look(h, false);
		return true;
	}
	h->refused++;
	if (w->err.reason == REASON_BUG || w->err.reason <= 0 || w->err.reason >= REASON_COUNT)
		fail_msg("%s (seed %llu)", w->err.message, (unsigned long long)h->seed);
	h->codes[w->err.reason]++;
	return false;
}

static void people_add(struct world *w)
{
	for (size_t i = 0; i < sizeof doubles / sizeof doubles[0]; i++) {
		struct user *user = record_new(&w->arena, &user_fields);

		user->login = doubles[i].login;
		user->state = USER_ACTIVE;
		user->person_id = doubles[i].of ?
			((struct user *)world_get(w, KIND_USER, world_id(w, KIND_USER, "login",
									 doubles[i].of)))->person_id :
			((struct student *)world_get(w, KIND_STUDENT, w->students[1]))->person_id;
		world_insert(w, KIND_USER, user);
		for (size_t k = 0; k < 3; k++)
			world_role(w, doubles[i].login, doubles[i].roles[k]);
	}
	for (size_t i = 0; i < w->learners; i += WORLD_LEARNERS) {
		struct user_conflict *conflict = record_new(&w->arena, &user_conflict_fields);

		conflict->user_id = world_id(w, KIND_USER, "login", "reviewer1.2");
		conflict->person_id = ((struct student *)world_get(w, KIND_STUDENT, w->students[i]))->person_id;
		world_insert(w, KIND_USER_CONFLICT, conflict);
	}
}

/* A source: few numbers, so that it comes again, also in full-width letters, and now
 * and then one of the other five's. */
static void line_add(struct history *h, size_t learner)
{
	size_t first = learner - learner % WORLD_LEARNERS;
	int n = (int)(below(h, 12) ? learner * 100 + below(h, 9) :
		      (first + below(h, WORLD_LEARNERS)) * 100);
	struct arena *arena = &h->world.arena;
	const char *line = NULL;

	switch (below(h, 9)) {
	case 0:
		line = arena_printf(arena, "T-POST,no=%s%d,level=4,issued=2015-06-01,evidence=COPY",
				    below(h, 3) ? "K" : "ｋ ", n);
		break;
	case 1:
		line = arena_printf(arena, "T-WELD,no=W%d,level=%d,issued=2015-06-01,"
				    "evidence=ORIGINAL_SEEN", n, 2 + (int)below(h, 3));
		break;
	case 2:
		line = arena_printf(arena, "T-SAFE,no=S%d,issued=2015-06-01,expires=%s,evidence=COPY", n,
				    below(h, 3) ? "2019-06-01" : "2015-10-01");
		break;
	case 3:
		line = arena_printf(arena, "T-MAINT,no=M%d,level=2,issued=2015-06-01,"
				    "evidence=REGISTRY_CHECK", n);
		break;
	case 4:
	case 5:
		line = arena_printf(arena, "OPEN-%d,mark=65,hours=%d,issued=2015-06-01,evidence=COPY", n,
				    10 + (int)below(h, 60));
		break;
	case 6:
		line = arena_printf(arena, "EXT-CAD,kind=COURSE,mark=72.50,credits=4.00,name=No. %d,"
				    "issued=2014-07-01,evidence=COPY", n);
		break;
	case 7:
		line = arena_printf(arena, "MC-%d,no=C%d,mark=70,issued=2015-06-01,evidence=COPY",
				    1 + (int)below(h, 5), n);
		break;
	default:
		line = arena_printf(arena, "OUC-C101,kind=COURSE,mark=80,credits=3.00,name=No. %d,"
				    "issued=2015-01-10,evidence=COPY", n);
	}
	world_line(&h->world, &claim_source_fields, line);
}

static void claim_open(struct history *h)
{
	struct world *w = &h->world;
	size_t learner = below(h, w->learners);

	h->student = w->students[learner];
	world_as(w, below(h, 2) ? "front_desk.1" : below(h, 4) ? "registrar.1" : "two.learner");
	line_add(h, learner);
	for (size_t more = below(h, 3); more; more--)
		line_add(h, learner);
	if (tried(h, world_run(w, "claim.create", 0, "student_id", arena_printf(&w->arena, "%lld",
			       (long long)w->students[learner]), NULL)))
		h->claims[h->claim_count++] = w->outcome.id;
}

/* Mostly one to which something can still happen. */
static int64_t claim_any(struct history *h)
{
	int64_t id = h->claims[below(h, h->claim_count)];

	for (int tries = 0; tries < 40 && below(h, 20); tries++) {
		if (!claim_state_final((enum claim_state)world_state(&h->world, id)))
			break;
		id = h->claims[below(h, h->claim_count)];
	}
	return id;
}

static const char *somebody(struct history *h, int64_t state, enum claim_event event)
{
	struct world *w = &h->world;
	const char *login = logins[below(h, sizeof logins / sizeof logins[0])];

	for (int tries = 0; tries < 40 && below(h, 14); tries++) {
		world_as(w, login);
		if (claim_event_open(state, event, &w->store->actor))
			break;
		login = logins[below(h, sizeof logins / sizeof logins[0])];
	}
	return login;
}

static enum claim_event something(struct history *h, int64_t state)
{
	enum claim_event event = (enum claim_event)below(h, CLAIM_EVENT_COUNT);

	for (int tries = 0; tries < 60 && below(h, 40); tries++) {
		bool ends = event == EVENT_WITHDRAW || event == EVENT_RETURN || event == EVENT_REJECT ||
			    event == EVENT_REJECT_FALSE || event == EVENT_OBJECT || event == EVENT_UPHOLD;

		if (event != EVENT_CREATE && claim_transition_find(state, event) &&
		    !(ends && below(h, event == EVENT_WITHDRAW ? 250 : 10)))
			break;
		event = (enum claim_event)below(h, CLAIM_EVENT_COUNT);
	}
	return event == EVENT_CREATE ? EVENT_SUBMIT : event;
}

static size_t learner_of(struct history *h, const struct credit_claim *claim)
{
	return (size_t)(claim->student_id - h->world.students[0]);
}

static void claim_step(struct history *h)
{
	struct world *w = &h->world;
	int64_t id = claim_any(h);
	const struct credit_claim *claim = world_get(w, KIND_CREDIT_CLAIM, id);
	enum claim_event event = something(h, claim->state);
	bool reason = event != EVENT_EDIT && below(h, 8);
	bool all_ok = event == EVENT_VERIFY && below(h, 4);

	h->student = claim->student_id;
	world_as(w, somebody(h, claim->state, event));
	if (event == EVENT_OPINE && below(h, 4) && claim->state == CLAIM_EXPERT)
		for (int line = 1; line <= 3; line++)
			if (below(h, 2))
				world_line(w, &claim_opinion_fields, arena_printf(&w->arena,
					   "%d,centi=1.50,module=M4,text=Comparable", line));
	if (event == EVENT_EDIT)
		line_add(h, learner_of(h, claim));
	w->expected_rev = below(h, 10) ? OV_NULL : claim->rev - (int64_t)below(h, 2);
	if (tried(h, world_run(w, arena_printf(&w->arena, "claim.%s", enum_code(&claim_event_enum, event)),
			       id, reason ? "reason" : all_ok ? "all_ok" : NULL,
			       reason ? "For the walk" : "true", NULL))) {
		h->states[world_state(w, id)]++;
		if (world_state(w, id) == CLAIM_POSTED || world_state(w, id) == CLAIM_REVOKED)
			look(h, true);
	} else if (((struct credit_claim *)world_get(w, KIND_CREDIT_CLAIM, id))->rev != claim->rev) {
		fail_msg("a refusal changed the claim (seed %llu)", (unsigned long long)h->seed);
	}
}

static void evidence_check(struct history *h)
{
	static const char *const results[] = { "OK", "OK", "OK", "OK", "STRUCK", "FALSE" };
	struct world *w = &h->world;
	int64_t id = claim_any(h);

	if (world_state(w, id) != CLAIM_ACCEPTED)
		return;
	h->student = ((struct credit_claim *)world_get(w, KIND_CREDIT_CLAIM, id))->student_id;
	world_as(w, below(h, 2) ? "verifier.1" : "verifier.2");
	for (int line = 1; line <= 3; line++)
		tried(h, world_run(w, "claim.evidence_check", id, "line_no",
				   arena_printf(&w->arena, "%d", line), "result", results[below(h, 6)], NULL));
}

static void rule_change(struct history *h)
{
	struct world *w = &h->world;
	int64_t rules = 0;
	char day[DATE_TEXT];

	h->student = 0;
	world_as(w, below(h, 2) ? "registrar.1" : below(h, 2) ? "two.desk" : "reviewer1.1");
	if (!below(h, 3)) {
		world_line(w, &rule_programme_item_fields, arena_printf(&w->arena, "%lld", (long long)
			   world_id(w, KIND_PROGRAMME, "code", below(h, 2) ? "P-ZK-LOG" : "P-ZK-AUTO")));
		world_line(w, &rule_source_item_fields, "T-SAFE");
		date_format(h->day + (int64_t)below(h, 3), day);
		tried(h, world_run(w, "rule.enter", 0, "rule_code", "R-005", "kind", "TX", "source_class", "S4",
				   "target_module", "M4", "amount_centi", below(h, 2) ? "1.00" : "2.50",
				   "effective_from", day, "basis", "A new paper", NULL));
		return;
	}
	assert_int_equal(db_number(w->local->db, "SELECT max(id) FROM transfer_rule", &rules, &w->err), 0);
	world_as(w, below(h, 2) ? "reviewer2.1" : below(h, 2) ? "two.desk" : "two.first");
	tried(h, world_run(w, below(h, 3) ? "rule.release" : "rule.suspend", 1 + (int64_t)below(h, (uint64_t)rules),
			   "reason", "For the walk", NULL));
}

static void result_record(struct history *h)
{
	struct world *w = &h->world;
	int64_t courses = 0;

	h->student = w->students[below(h, w->learners)];
	assert_int_equal(db_number(w->local->db, "SELECT max(id) FROM course", &courses, &w->err), 0);
	world_as(w, "registrar.2");
	tried(h, world_run(w, "result.record", h->student, "course_id",
			   arena_printf(&w->arena, "%d", 1 + (int)below(h, (uint64_t)courses)), "term_id", "1",
			   "formative", "70", "final", below(h, 3) ? "70" : "40", "reason", "Correction", NULL));
}

/* I20: from here on nothing is booked for the last of each six. */
static void graduate(struct history *h)
{
	struct world *w = &h->world;
	struct error err = ERROR_INIT;
	char text[400];

	for (size_t i = WORLD_LEARNERS - 1; i < w->learners; i += WORLD_LEARNERS) {
		snprintf(text, sizeof text, "UPDATE student SET status = 'GRADUATED' WHERE id = %lld;"
			 "INSERT OR IGNORE INTO closed SELECT %lld, coalesce(max(seq), 0) FROM ledger_entry",
			 (long long)w->students[i], (long long)w->students[i]);
		if (db_exec(w->local->db, text, &err) < 0)
			fail_msg("%s", err.message);
	}
}

static void day_pass(struct history *h)
{
	struct claim_sweep sweep, again;
	struct world *w = &h->world;
	char text[DATE_TEXT];

	h->student = 0;
	h->day += (int64_t)below(h, 9);
	world_day(w, date_format(h->day, text));
	if (below(h, 3))
		return;
	world_as(w, "front_desk.1");
	assert_done(w, claim_sweep(w->store, &sweep, &w->err));
	h->states[CLAIM_LAPSED] += (size_t)sweep.lapsed;
	assert_done(w, claim_sweep(w->store, &again, &w->err));
	if (again.lapsed || again.closed)
		fail_msg("a second sweep found more (seed %llu)", (unsigned long long)h->seed);
	look(h, true);
}

/* What happens to the world and not to a claim: as often in each claim's life,
 * however many there are. */
static void world_step(struct history *h)
{
	if (!below(h, 25 * h->scale))
		day_pass(h);
	if (!below(h, 60 * h->scale))
		rule_change(h);
	if (!below(h, 60))
		result_record(h);
}

static void history_run(struct history *h, size_t claims)
{
	bool graduated = false;

	h->scale = (claims + CLAIMS - 1) / CLAIMS;
	h->claims = mem_alloc((claims + 4) * sizeof *h->claims);
	world_open_with(&h->world, h->scale * WORLD_LEARNERS);
	people_add(&h->world);
	history_check_begin(&h->world);
	rng_seed(&h->rng, h->seed);
	h->claim_count = h->next_check = 0;
	h->day = date_from_civil(2015, 9, 1);
	for (size_t i = 0; i < claims * STEPS_A_CLAIM; i++) {
		if (h->claim_count < 4 || (h->claim_count < claims && !below(h, STEPS_A_CLAIM / 2)))
			claim_open(h);
		world_step(h);
		if (!graduated && i > claims * STEPS_A_CLAIM * 3 / 4) {
			graduate(h);
			graduated = true;
		}
		if (h->claim_count > 0) {
			if (!below(h, 4))
				evidence_check(h);
			claim_step(h);
		}
		arena_clear(&h->world.arena); /* nothing of a step is needed by the next */
	}
	history_check_all(&h->world, h->seed);
	world_close(&h->world);
	free(h->claims);
}

static uint64_t number_of(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);

	return text && *text ? strtoull(text, NULL, 10) : otherwise;
}

/* The histories must have been everywhere, or they prove nothing. */
static void tell(const struct history *h, size_t claims, bool everywhere)
{
	print_message("%zu claims, %zu steps done, %zu refused; the last seed was %llu\n", claims, h->done,
		      h->refused, (unsigned long long)h->seed);
	for (int i = 1; i < REASON_COUNT; i++)
		if (h->codes[i] && getenv("OV_HISTORY_CODES"))
			print_message("%6zu %s\n", h->codes[i], reason_code(i));
	for (int i = 0; i < CLAIM_STATE_COUNT; i++)
		if (getenv("OV_HISTORY_CODES"))
			print_message("%6zu %s\n", h->states[i], enum_code(&claim_state_enum, i));
	for (int i = CLAIM_DRAFT + 1; everywhere && i < CLAIM_STATE_COUNT; i++)
		if (!h->states[i])
			fail_msg("no claim was ever %s", enum_code(&claim_state_enum, i));
}

static void invariants_survive_random_histories(void **state)
{
	size_t wanted = (size_t)number_of("OV_HISTORY_CLAIMS", USUAL_CLAIMS), claims = 0;
	struct history *h = mem_alloc(sizeof *h);

	(void)state;
	h->seed = number_of("OV_HISTORY_SEED", 20150910);
	print_message("seeds from %llu\n", (unsigned long long)h->seed);
	for (; claims < wanted; h->seed++) {
		history_run(h, wanted < CLAIMS ? wanted : CLAIMS);
		claims += h->claim_count;
	}
	h->seed--;
	tell(h, claims, wanted >= 2 * CLAIMS);
	free(h);
}

static void invariants_survive_one_long_history(void **state)
{
	size_t wanted = (size_t)number_of("OV_HISTORY_UNBROKEN", USUAL_UNBROKEN);
	struct history *h = mem_alloc(sizeof *h);

	(void)state;
	h->seed = number_of("OV_HISTORY_SEED", 20150911);
	h->unbroken = true;
	print_message("seed %llu, unbroken\n", (unsigned long long)h->seed);
	history_run(h, wanted);
	tell(h, h->claim_count, wanted >= 10 * CLAIMS);
	free(h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(invariants_survive_random_histories),
		cmocka_unit_test(invariants_survive_one_long_history),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
