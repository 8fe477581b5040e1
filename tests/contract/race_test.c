/* Two people at once, through one SQLite file or one PostgreSQL database by two
 * processes, and through a server by two clients: two reviewers of one claim, two claims for one cap,
 * one certificate for two learners. Exactly one wins, the other is told why,
 * and the books hold. OV_RACE_ROUNDS: 20, or 1,000 for the long run. */
#include "tests/unit/shared.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/hash.h"
#include "core/store/admin.h"
#include "core/store/commands/claim_args.h"
#include "core/store/demo_world.h"
#include "tests/contract/cluster.h"
#include "tests/contract/rest_store.h"
#include "tests/contract/scratch.h"
#include "tests/unit/claim_world.h"

enum track_by { BY_FILE, BY_REST, BY_POSTGRES };
enum { RACERS = 2, LEARNERS_A_ROUND = 4 };

struct order {
	char login[24], command[24], line[120];
	int64_t target, rev, student;
};

struct answer {
	int rc, reason;
	char message[200];
};

struct racer {
	pid_t pid;
	int to, from;
};

struct track { /* where it is run */
	struct world world; /* the parent's own connection */
	struct racer racers[RACERS];
	struct daemon daemon;
	bool rest;
	int round;
	char file[300];
};

static const char *no_postgres; /* why */

/* --- a racer: another process, with a connection of its own --- */

static struct store *racer_store(const char *url)
{
	struct store_options options = STORE_OPTIONS_INIT;
	struct error err = ERROR_INIT;
	struct store *store = NULL;

	if (!strncmp(url, "http", 4))
		return rest_client(url);
	options.busy_ms = 60000;
	if (store_open(url, &options, &store, &err) < 0)
		fprintf(stderr, "%s\n", err.message);
	return store;
}

static int order_ready(struct store *store, const struct order *order, struct command *command,
		       struct arena *arena, struct error *err)
{
	struct record_list *list;
	void *item;
	int rc = store_login(store, order->login, "overpass", err);

	command_init(command, command_find(order->command), arena);
	command->target = order->target;
	command->expected_rev = order->rev;
	if (rc < 0 || !order->student)
		return rc;
	list = arena_alloc(arena, sizeof *list);
	item = record_new(arena, &claim_source_fields);
	field_set_text(field_find(&claim_source_fields, "source"), item, "T-POST");
	field_set_text(field_find(&claim_source_fields, "no"), item, order->line);
	field_set_int(field_find(&claim_source_fields, "level"), item, 4);
	field_set_int(field_find(&claim_source_fields, "issued"), item, date_from_civil(2024, 6, 1));
	*list = (struct record_list){ &claim_source_fields, 1, arena_array(arena, 1, sizeof(void *)) };
	list->items[0] = item;
	field_set_list(field_find(command->def->args, "lines"), command->args, list);
	field_set_int(field_find(command->def->args, "student_id"), command->args, order->student);
	return 0;
}

/* No assertion of the test framework may leave this process. */
static int race(const char *url, int from, int to)
{
	struct store *store = racer_store(url);
	struct order order;
	char go;

	while (store && read(from, &order, sizeof order) == sizeof order) {
		struct arena arena = ARENA_INIT;
		struct answer answer = { .rc = 0 };
		struct error err = ERROR_INIT;
		struct outcome outcome;
		struct command command;
		int rc = order_ready(store, &order, &command, &arena, &err);

		if (write(to, "r", 1) != 1 || read(from, &go, 1) != 1)
			break;
		if (rc == 0)
			rc = store_execute(store, &command, 1, &arena, &outcome, NULL, &err);
		answer.rc = rc;
		answer.reason = err.reason;
		snprintf(answer.message, sizeof answer.message, "%.199s", err.message);
		arena_release(&arena);
		if (write(to, &answer, sizeof answer) != sizeof answer)
			break;
	}
	store_close(store);
	return 0;
}

/* EARLIER: the pipe to the racer before, which must end with the parent's end. */
static void racer_start(struct racer *racer, const char *url, int earlier)
{
	int down[2], up[2];

	assert_true(pipe(down) == 0 && pipe(up) == 0);
	racer->pid = fork();
	assert_true(racer->pid >= 0);
	if (racer->pid == 0) {
		close(down[1]);
		close(up[0]);
		if (earlier >= 0)
			close(earlier);
		_exit(race(url, down[0], up[1]));
	}
	close(down[0]);
	close(up[1]);
	racer->to = down[1];
	racer->from = up[0];
}

/* --- the parent --- */

/* Both at once; the index of the winner. The loser's reason is CODE. */
static int run_both(struct track *course, const struct order *orders, const char *code)
{
	struct answer answers[RACERS];
	char ready;
	int winner;

	for (int i = 0; i < RACERS; i++)
		assert_true(write(course->racers[i].to, &orders[i], sizeof orders[i]) == sizeof orders[i]);
	for (int i = 0; i < RACERS; i++)
		assert_true(read(course->racers[i].from, &ready, 1) == 1);
	for (int i = 0; i < RACERS; i++) /* now the one first, now the other */
		assert_true(write(course->racers[(i + course->round) % RACERS].to, "g", 1) == 1);
	for (int i = 0; i < RACERS; i++)
		assert_true(read(course->racers[i].from, &answers[i], sizeof answers[i]) == sizeof answers[i]);
	if ((answers[0].rc == 0) == (answers[1].rc == 0))
		fail_msg("round %d, %s: \"%s\" and \"%s\"", course->round, orders[0].command,
			 answers[0].message, answers[1].message);
	winner = answers[0].rc == 0 ? 0 : 1;
	if (strcmp(reason_code(answers[1 - winner].reason), code) != 0)
		fail_msg("round %d, %s: %s (%s)", course->round, orders[0].command,
			 reason_code(answers[1 - winner].reason), answers[1 - winner].message);
	assert_true(*answers[1 - winner].message);
	return winner;
}

static int64_t learner_new(struct world *w, int number)
{
	struct person *person = record_new(&w->arena, &person_fields);
	struct student *student = record_new(&w->arena, &student_fields);

	person->full_name = arena_printf(&w->arena, "Racer %d", number);
	person->doc_kind = DOC_OTHER;
	person->doc_no = arena_printf(&w->arena, "R-%d", number);
	person->consent_on = 16000;
	world_insert(w, KIND_PERSON, person);
	student->person_id = person->id;
	student->student_no = arena_printf(&w->arena, "15101064%05d", number);
	student->programme_id = world_id(w, KIND_PROGRAMME, "code", "P-ZK-LOG");
	student->curriculum_id = ((struct curriculum *)world_get(w, KIND_CURRICULUM, 2))->id;
	student->centre_id = world_id(w, KIND_BRANCH, "code", "001");
	student->branch_id = ((struct branch *)world_get(w, KIND_BRANCH, student->centre_id))->parent_id;
	student->registered_on = student->status_since = date_from_civil(2015, 3, 1);
	student->status = STUDENT_ACTIVE;
	world_insert(w, KIND_STUDENT, student);
	return student->id;
}

/* 14.00 in M3, by an expert: two of these are more than CAP-A lets through. */
static int64_t approved(struct world *w, int64_t student, int mark)
{
	int64_t id = world_claim(w, student, arena_printf(&w->arena,
		"T-ODD,kind=COURSE,mark=%d,credits=2.00,issued=2024-05-01,evidence=COPY", mark));

	world_advance(w, id, CLAIM_VERIFIED);
	world_as(w, "reviewer1.1");
	assert_done(w, world_run(w, "claim.ask_expert", id, NULL));
	world_as(w, "expert.1");
	world_line(w, &claim_opinion_fields, "1,centi=14.00,module=M3,text=Comparable");
	assert_done(w, world_run(w, "claim.opine", id, NULL));
	world_advance(w, id, CLAIM_APPROVED);
	return id;
}

static int64_t rev_of(struct world *w, int64_t id)
{
	return ((struct credit_claim *)world_get(w, KIND_CREDIT_CLAIM, id))->rev;
}

static void two_reviewers(struct track *course, int64_t student)
{
	struct world *w = &course->world;
	/* By another process a screen may decide without a version: then the table says no. */
	bool blind = !course->rest && course->round % 2;
	int64_t id = world_claim(w, student, arena_printf(&w->arena,
		"T-POST,no=P%d,level=4,issued=2024-06-01,evidence=COPY", course->round));
	struct order orders[RACERS] = { { .login = "reviewer1.1" }, { .login = "reviewer1.2" } };
	int winner;

	world_advance(w, id, CLAIM_VERIFIED);
	for (int i = 0; i < RACERS; i++) {
		snprintf(orders[i].command, sizeof orders[i].command, "claim.pass_first");
		orders[i].target = id;
		orders[i].rev = blind ? OV_NULL : rev_of(w, id);
	}
	winner = run_both(course, orders, blind ? "SM_NO_TRANSITION" : "SM_STALE");
	assert_int_equal(world_state(w, id), CLAIM_FIRST_OK);
	assert_int_equal(((struct credit_claim *)world_get(w, KIND_CREDIT_CLAIM, id))->first_by,
			 world_id(w, KIND_USER, "login", orders[winner].login));
}

static void two_claims_one_cap(struct track *course, int64_t student)
{
	struct world *w = &course->world;
	struct order orders[RACERS] = { { .login = "ledger_keeper.1" }, { .login = "ledger_keeper.2" } };
	int64_t sum = 0;
	char text[160];
	int winner;

	for (int i = 0; i < RACERS; i++) {
		snprintf(orders[i].command, sizeof orders[i].command, "claim.post");
		orders[i].target = approved(w, student, 70 + i);
		orders[i].rev = rev_of(w, orders[i].target);
	}
	winner = run_both(course, orders, "SM_CAP_NOW");
	assert_int_equal(world_state(w, orders[winner].target), CLAIM_POSTED);
	assert_int_equal(world_state(w, orders[1 - winner].target), CLAIM_APPROVED);
	snprintf(text, sizeof text, "SELECT sum(amount_centi) FROM ledger_entry e JOIN account a "
		 "ON a.id = e.account_id WHERE a.student_id = %lld", (long long)student);
	assert_int_equal(db_number(w->local->db, text, &sum, &w->err), 0);
	assert_int_equal(sum, 1400);
}

/* Once as it is printed, once in full-width letters. */
static void one_certificate_two_learners(struct track *course, int64_t a, int64_t b)
{
	struct order orders[RACERS] = {
		{ .login = "front_desk.1", .student = a, .rev = OV_NULL },
		{ .login = "front_desk.2", .student = b, .rev = OV_NULL },
	};
	struct world *w = &course->world;
	struct record_list list;
	int winner;

	for (int i = 0; i < RACERS; i++)
		snprintf(orders[i].command, sizeof orders[i].command, "claim.create");
	snprintf(orders[0].line, sizeof orders[0].line, "RACE%d", course->round);
	snprintf(orders[1].line, sizeof orders[1].line, "ｒａｃｅ %d", course->round);
	winner = run_both(course, orders, "FIELD_UNIQUE");
	assert_int_equal(world_find(w, KIND_CREDIT_CLAIM, "student_id", orders[winner].student, &list), 1);
	assert_int_equal(world_find(w, KIND_CREDIT_CLAIM, "student_id", orders[1 - winner].student, &list), 0);
}

static int rounds(void)
{
	const char *text = getenv("OV_RACE_ROUNDS");

	return text && *text ? (int)strtol(text, NULL, 10) : 20;
}

static void course_open(struct track *course, enum track_by by)
{
	struct store_options options = STORE_OPTIONS_INIT;
	struct world *w = &course->world;
	const char *name = by == BY_REST ? "rest.db" : "file.db";
	bool rest = by == BY_REST;
	char url[400];

	memset(course, 0, sizeof *course);
	course->rest = rest;
	w->expected_rev = OV_NULL;
	snprintf(course->file, sizeof course->file, "%s", scratch_path(name));
	if (by == BY_POSTGRES)
		assert_true(cluster_database("race", NULL));
	snprintf(url, sizeof url, "%s", by == BY_POSTGRES ? cluster_url("race") :
		 scratch_url("sqlite:", name));
	assert_int_equal(store_create(url, &options, &w->store, &w->err), 0);
	assert_int_equal(demo_create(w->store, 0, 1, &w->err), 0);
	store_close(w->store);
	options.busy_ms = 60000;
	assert_int_equal(store_open(url, &options, &w->store, &w->err), 0);
	w->local = local_of(w->store);
	if (rest) {
		assert_true(daemon_start(&course->daemon, course->file, NULL, NULL));
		snprintf(url, sizeof url, "%s", course->daemon.url);
	}
	for (int i = 0; i < RACERS; i++)
		racer_start(&course->racers[i], url, i ? course->racers[i - 1].to : -1);
}

static void course_close(struct track *course)
{
	struct chain_result result;
	struct world *w = &course->world;
	int status;

	for (int i = 0; i < RACERS; i++) {
		close(course->racers[i].to);
		assert_int_equal(waitpid(course->racers[i].pid, &status, 0), course->racers[i].pid);
		course->racers[i].pid = 0;
		close(course->racers[i].from);
	}
	if (course->rest)
		daemon_stop(&course->daemon);
	course->daemon.pid = 0;
	local_act_as(w->store, &system_actor);
	for (int chain = CHAIN_LEDGER; chain <= CHAIN_AUDIT; chain++) {
		assert_int_equal(chain_verify(w->local, (enum chain)chain, &result, &w->err), 0);
		assert_true(result.ok);
	}
	world_close(w);
}

static struct track course;

/* Also after a failure nobody is left behind. */
static int nobody_left(void **state)
{
	(void)state;
	for (int i = 0; i < RACERS; i++)
		if (course.racers[i].pid > 0)
			kill(course.racers[i].pid, SIGKILL);
	if (course.daemon.pid > 0)
		daemon_stop(&course.daemon);
	memset(&course, 0, sizeof course);
	return 0;
}

static void run_course(enum track_by by)
{
	course_open(&course, by);
	for (course.round = 0; course.round < rounds(); course.round++) {
		struct world *w = &course.world;
		int64_t learners[LEARNERS_A_ROUND];

		w->local->clock.fixed_today = w->local->clock.fixed_now = OV_NULL;
		for (int i = 0; i < LEARNERS_A_ROUND; i++)
			learners[i] = learner_new(w, course.round * LEARNERS_A_ROUND + i);
		two_reviewers(&course, learners[0]);
		two_claims_one_cap(&course, learners[1]);
		one_certificate_two_learners(&course, learners[2], learners[3]);
		arena_clear(&w->arena);
	}
	course_close(&course);
}

static void two_processes_one_file(void **state)
{
	(void)state;
	run_course(BY_FILE);
}

static void two_processes_one_postgres(void **state)
{
	(void)state;
	if (no_postgres) {
		print_message("skipped: %s\n", no_postgres);
		skip();
	}
	run_course(BY_POSTGRES);
}

static void two_clients_one_server(void **state)
{
	(void)state;
	if (daemon_missing()) {
		print_message("skipped: %s\n", daemon_missing());
		skip();
	}
	run_course(BY_REST);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(two_processes_one_file, nobody_left),
		cmocka_unit_test_teardown(two_processes_one_postgres, nobody_left),
		cmocka_unit_test_teardown(two_clients_one_server, nobody_left),
	};
	int failed;

	if (hash_setup() < 0)
		return 1;
	scratch_make();
	no_postgres = cluster_missing();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	if (!no_postgres)
		cluster_stop();
	scratch_remove();
	return failed;
}
