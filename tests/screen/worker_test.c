/* The worker's queue: order, superseding, cancelling, leaving. */
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>

#include "core/base/civil.h"
#include "tests/screen/cmocka.h"
#include "tui/worker.h"

/* A store whose calls wait until they are let go or cancelled. */
static struct {
	pthread_mutex_t lock;
	pthread_cond_t change;
	bool hold, cancelled, running;
	int opened, closed, ran, rested;
	int fail_opens;
} gate = { .lock = PTHREAD_MUTEX_INITIALIZER, .change = PTHREAD_COND_INITIALIZER };

static int gate_open(void *context, struct store **store, struct error *err)
{
	(void)context;
	gate.opened++;
	if (gate.fail_opens-- > 0) {
		err->code = OV_ESTORAGE;
		return OV_ESTORAGE;
	}
	*store = (struct store *)&gate;
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

static void gate_rest(struct store *store)
{
	(void)store;
	pthread_mutex_lock(&gate.lock);
	gate.rested++;
	pthread_cond_broadcast(&gate.change);
	pthread_mutex_unlock(&gate.lock);
}

static void gate_close(struct store *store)
{
	(void)store;
	gate.closed++;
}

static int gate_run(struct job *job, struct store *store)
{
	int rc = 0;

	(void)store;
	(void)job;
	pthread_mutex_lock(&gate.lock);
	gate.running = true;
	gate.cancelled = false;
	pthread_cond_broadcast(&gate.change);
	while (gate.hold && !gate.cancelled)
		pthread_cond_wait(&gate.change, &gate.lock);
	rc = gate.cancelled ? OV_ECANCELLED : 0;
	gate.running = false;
	gate.ran++;
	pthread_mutex_unlock(&gate.lock);
	return rc;
}

static void gate_hold(bool hold)
{
	pthread_mutex_lock(&gate.lock);
	gate.hold = hold;
	pthread_cond_broadcast(&gate.change);
	pthread_mutex_unlock(&gate.lock);
}

static void gate_wait_running(void)
{
	pthread_mutex_lock(&gate.lock);
	while (!gate.running)
		pthread_cond_wait(&gate.change, &gate.lock);
	pthread_mutex_unlock(&gate.lock);
}

static void gate_wait_rested(int times)
{
	pthread_mutex_lock(&gate.lock);
	while (gate.rested < times)
		pthread_cond_wait(&gate.change, &gate.lock);
	assert_int_equal(gate.rested, times);
	pthread_mutex_unlock(&gate.lock);
}

static struct worker *start(void)
{
	static const struct store_source source = { .open = gate_open, .cancel = gate_cancel,
						    .close = gate_close, .rest = gate_rest };
	struct error err = ERROR_INIT;
	struct worker *worker;

	gate.opened = gate.closed = gate.ran = gate.fail_opens = gate.rested = 0;
	gate.hold = false;
	assert_int_equal(worker_new(&source, &worker, &err), 0);
	return worker;
}

static struct job *submit(struct worker *worker, uint64_t owner, int channel)
{
	struct job *job = job_new(8);

	job->owner = owner;
	job->channel = channel;
	job->run = gate_run;
	worker_submit(worker, job);
	return job;
}

static struct job *take(struct worker *worker)
{
	struct job *job;
	int64_t end = clock_monotonic_ms() + 10000;

	while ((job = worker_take(worker)) == NULL) {
		struct pollfd fd = { .fd = worker_fd(worker), .events = POLLIN };

		assert_true(clock_monotonic_ms() < end);
		poll(&fd, 1, 1000);
	}
	return job;
}

static void jobs_come_back_in_order(void **state)
{
	struct worker *worker = start();
	struct job *first = submit(worker, 1, 0), *second = submit(worker, 2, 0), *job;

	(void)state;
	job = take(worker);
	assert_ptr_equal(job, first);
	assert_int_equal(job->result, 0);
	job_free(job);
	job = take(worker);
	assert_ptr_equal(job, second);
	job_free(job);
	assert_true(worker_idle(worker));
	worker_free(worker);
	assert_int_equal(gate.closed, 1);
}

static void a_newer_search_cancels(void **state)
{
	struct worker *worker = start();
	struct job *newest, *job;
	int cancelled = 0;

	(void)state;
	gate_hold(true);
	submit(worker, 1, 1);
	gate_wait_running();
	submit(worker, 1, 1); /* dropped by the next, or begun and cancelled */
	newest = submit(worker, 1, 1);
	while ((job = take(worker)) != newest) {
		assert_true(job->superseded);
		assert_int_equal(job->result, OV_ECANCELLED);
		job_free(job);
		if (++cancelled == 1)
			gate_hold(false);
	}
	assert_false(job->superseded);
	job_free(job);
	assert_true(cancelled >= 1 && cancelled <= 2);
	worker_free(worker);
}

static void other_channels_are_left_alone(void **state)
{
	struct worker *worker = start();
	struct job *job;
	int i;

	(void)state;
	gate_hold(true);
	submit(worker, 1, 1);
	gate_wait_running();
	submit(worker, 1, 2);
	submit(worker, 2, 1);
	gate_hold(false);
	for (i = 0; i < 3; i++) {
		job = take(worker);
		assert_false(job->superseded);
		job_free(job);
	}
	worker_free(worker);
}

static void opening_is_tried_again(void **state)
{
	struct worker *worker = start();
	struct job *job;

	(void)state;
	gate.fail_opens = 1;
	submit(worker, 1, 0);
	job = take(worker);
	assert_int_equal(job->result, OV_ESTORAGE);
	job_free(job);
	submit(worker, 1, 0);
	job = take(worker);
	assert_int_equal(job->result, 0);
	job_free(job);
	assert_int_equal(gate.opened, 2);
	worker_free(worker);
}

static void leaving_does_not_wait(void **state)
{
	struct worker *worker = start();

	(void)state;
	gate_hold(true);
	submit(worker, 1, 0);
	gate_wait_running();
	submit(worker, 1, 0);
	worker_free(worker); /* cancels, drops and joins */
	assert_int_equal(gate.closed, 1);
}

/* A while after the last question, and once: then it waits without waking up. */
static void it_rests_after_questions(void **state)
{
	struct worker *worker = start();

	(void)state;
	for (int times = 1; times <= 2; times++) {
		submit(worker, 1, 0);
		job_free(take(worker));
		gate_wait_rested(times);
	}
	worker_rest(worker); /* there is nothing to let go of */
	assert_int_equal(gate.rested, 2);
	submit(worker, 1, 0);
	job_free(take(worker));
	worker_rest(worker);
	gate_wait_rested(3); /* at once, but for a machine that is busy with something else */
	gate_hold(true);
	submit(worker, 1, 0);
	gate_wait_running();
	worker_rest(worker); /* does not wait for it for ever */
	assert_int_equal(gate.rested, 3);
	gate_hold(false);
	job_free(take(worker));
	worker_free(worker);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(jobs_come_back_in_order), cmocka_unit_test(a_newer_search_cancels),
		cmocka_unit_test(other_channels_are_left_alone),
		cmocka_unit_test(opening_is_tried_again), cmocka_unit_test(leaving_does_not_wait),
		cmocka_unit_test(it_rests_after_questions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
