/* What the title says of the line to the store, and Esc while it waits. */
#include <poll.h>
#include <pthread.h>

#include "core/base/civil.h"
#include "core/model/reason.h"
#include "core/store/store.h"
#include "tests/screen/cmocka.h"
#include "tui/app_internal.h"

/* A store whose calls last until they are cancelled. */
static struct {
	struct store store; /* first */
	pthread_mutex_t lock;
	pthread_cond_t change;
	bool running, cancelled;
} gate = { .lock = PTHREAD_MUTEX_INITIALIZER, .change = PTHREAD_COND_INITIALIZER };

static int gate_open(void *context, struct store **store, struct error *err)
{
	(void)context;
	(void)err;
	*store = &gate.store;
	return 0;
}

static void gate_cancel(struct store *store)
{
	(void)store;
	pthread_mutex_lock(&gate.lock);
	gate.cancelled = true;
	pthread_cond_broadcast(&gate.change);
	pthread_mutex_unlock(&gate.lock);
}

static void gate_close(struct store *store)
{
	(void)store;
}

static int gate_run(struct job *job, struct store *store)
{
	(void)store;
	pthread_mutex_lock(&gate.lock);
	gate.cancelled = false;
	gate.running = true;
	pthread_cond_broadcast(&gate.change);
	while (!gate.cancelled)
		pthread_cond_wait(&gate.change, &gate.lock);
	gate.running = false;
	pthread_mutex_unlock(&gate.lock);
	return error_reason(&job->error, REASON_CANCELLED, NULL);
}

/* None of the store's slots is called: the job is the call. */
static const struct store_ops gate_ops = { .name = "gate" };

static void start(struct app *app, enum link_state link)
{
	const struct store_source source = { gate_open, gate_cancel, gate_close, NULL, NULL };
	struct error err = ERROR_INIT;
	struct job *job = job_new(1);

	gate.store.ops = &gate_ops;
	store_set_link(&gate.store, link);
	assert_int_equal(worker_new(&source, &app->worker, &err), 0);
	job->run = gate_run;
	worker_submit(app->worker, job);
	pthread_mutex_lock(&gate.lock);
	while (!gate.running)
		pthread_cond_wait(&gate.change, &gate.lock);
	pthread_mutex_unlock(&gate.lock);
}

static void expect(struct app *app, const char *text, enum theme_role role)
{
	struct arena arena = ARENA_INIT;
	enum theme_role got;

	assert_string_equal(line_text(app, &arena, &got), text);
	assert_int_equal(got, role);
	arena_release(&arena);
}

static void each_state_has_its_words(void **state)
{
	static const struct {
		enum link_state link;
		const char *text;
		enum theme_role role;
	} rows[] = {
		{ LINK_LOCAL, "centre", THEME_TITLE },
		{ LINK_CONNECTING, "connecting centre", THEME_WARNING },
		{ LINK_ONLINE, "online centre 34 ms", THEME_TITLE },
		{ LINK_SLOW, "slow centre 34 ms", THEME_WARNING },
		{ LINK_OFFLINE, "offline centre", THEME_WARNING },
		{ LINK_REFUSED, "refused centre", THEME_WARNING },
		{ LINK_VERSION, "other version centre", THEME_WARNING },
	};
	struct app app = { .where = "centre" };
	struct job *job;

	(void)state;
	start(&app, LINK_LOCAL);
	gate.store.round_trip_ms = 34;
	worker_stop(app.worker);
	while (!(job = worker_take(app.worker)))
		continue;
	job_free(job);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		store_set_link(&gate.store, rows[i].link);
		expect(&app, rows[i].text, rows[i].role);
		assert_int_equal(line_wait(&app), -1);
	}
	worker_free(app.worker);
}

static void a_wait_is_told_and_stopped(void **state)
{
	struct app app = { .where = "centre" };
	struct job *job;
	int wait;

	(void)state;
	start(&app, LINK_ONLINE);
	assert_false(line_stop(&app)); /* it has hardly begun: Esc is for the view */
	wait = line_wait(&app);
	assert_in_range(wait, 1, 400);
	poll(NULL, 0, wait);
	expect(&app, "waiting for centre, 0 s, Esc stops", THEME_WAITING);
	store_set_link(&gate.store, LINK_CONNECTING);
	expect(&app, "connecting centre, 0 s, Esc stops", THEME_WAITING);
	assert_in_range(line_wait(&app), 1, 1000);
	assert_true(line_stop(&app));
	while (!(job = worker_take(app.worker)))
		continue;
	assert_false(job->superseded); /* its view is told */
	assert_int_equal(job->result, OV_ECANCELLED);
	job_free(job);
	worker_free(app.worker);
}

/* With a database on this machine Esc stays what it is, however long it takes. */
static void a_local_store_says_nothing(void **state)
{
	struct app app = { .where = "overpass.db" };

	(void)state;
	start(&app, LINK_LOCAL);
	assert_int_equal(line_wait(&app), -1);
	assert_false(line_stop(&app));
	expect(&app, "overpass.db", THEME_TITLE);
	worker_free(app.worker);
}

static void an_ended_session_asks_who_works(void **state)
{
	static const struct view_class login = { .name = "login" };
	static const struct tui_views views = { .login = &login };
	struct app app = { .options = { .views = &views } };
	struct error err = ERROR_INIT;

	(void)state;
	error_reason(&err, REASON_SM_STALE, "rev", "2", NULL);
	line_check(&app, &err);
	assert_int_not_equal(app.current, STACK_LOGIN);
	error_reason(&err, REASON_LOGIN_NEEDED, NULL);
	line_check(&app, &err);
	assert_int_equal(app.current, STACK_LOGIN);
	assert_true(app.said[0]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_state_has_its_words),
		cmocka_unit_test(a_wait_is_told_and_stopped),
		cmocka_unit_test(a_local_store_says_nothing),
		cmocka_unit_test(an_ended_session_asks_who_works),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
