#include "tui/worker.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "core/model/reason.h"

enum { REST_SECONDS = 1, REST_WAIT_MS = 200 };

struct queue {
	struct job *head, **tail;
};

struct worker {
	struct store_source source;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wanted, rested;
	int event;
	/* Under the lock. */
	struct queue waiting, finished;
	struct job *running;
	int64_t running_since; /* clock_monotonic_ms() */
	struct store *store;
	bool stop;
	bool resting; /* somebody waits until it rests */
};

static void queue_init(struct queue *queue)
{
	queue->head = NULL;
	queue->tail = &queue->head;
}

static void queue_add(struct queue *queue, struct job *job)
{
	job->next = NULL;
	*queue->tail = job;
	queue->tail = &job->next;
}

static struct job *queue_take(struct queue *queue)
{
	struct job *job = queue->head;

	if (!job)
		return NULL;
	queue->head = job->next;
	if (!queue->head)
		queue->tail = &queue->head;
	job->next = NULL;
	return job;
}

static bool matches(const struct job *job, uint64_t owner, int channel)
{
	return job->owner == owner && (channel == 0 || job->channel == channel);
}

/* Frees all of OWNER on CHANNEL that wait in the queue. */
static void queue_drop(struct queue *queue, uint64_t owner, int channel)
{
	struct job **at = &queue->head;

	while (*at) {
		struct job *job = *at;

		if (matches(job, owner, channel)) {
			*at = job->next;
			job_free(job);
		} else {
			at = &job->next;
		}
	}
	queue->tail = at;
}

struct job *job_new(size_t size)
{
	struct job *job = mem_alloc(sizeof *job);

	arena_init(&job->arena);
	job->question = arena_alloc(&job->arena, size);
	return job;
}

void job_free(struct job *job)
{
	if (!job)
		return;
	if (job->release)
		job->release(job);
	arena_release(&job->arena);
	free(job);
}

void job_keep(struct job *job, struct arena *arena)
{
	arena_release(arena);
	*arena = job->arena;
	arena_init(&job->arena);
}

static void notify(struct worker *worker)
{
	uint64_t one = 1;

	while (write(worker->event, &one, sizeof one) < 0 && errno == EINTR)
		continue;
}

/* Opens the store at the first job and again after a failed opening, so that
 * "try again" is only the next question. */
static int run(struct worker *worker, struct job *job)
{
	struct store *store = worker->store;
	int rc = 0;

	if (!store) {
		rc = worker->source.open(worker->source.context, &store, &job->error);
		pthread_mutex_lock(&worker->lock);
		worker->store = rc ? NULL : store;
		pthread_mutex_unlock(&worker->lock);
	}
	return rc ? rc : job->run(job, store);
}

static struct timespec after_ms(int64_t ms)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += (until.tv_nsec / 1000000 + ms) / 1000;
	until.tv_nsec = (until.tv_nsec / 1000000 + ms) % 1000 * 1000000;
	return until;
}

/* Until there may be a job. When none came for a while after one, or it is told to, the
 * store lets go of what it kept for the next one. */
static void wait_wanted(struct worker *worker, bool *asked)
{
	const struct timespec until = after_ms(REST_SECONDS * 1000);
	const bool keeps = *asked && worker->store && worker->source.rest;
	int rc = 0;

	if (!worker->resting)
		rc = keeps ? pthread_cond_timedwait(&worker->wanted, &worker->lock, &until) :
			     pthread_cond_wait(&worker->wanted, &worker->lock);
	if (rc != ETIMEDOUT && !worker->resting)
		return;
	if (keeps) {
		pthread_mutex_unlock(&worker->lock);
		worker->source.rest(worker->store);
		pthread_mutex_lock(&worker->lock);
	}
	*asked = false;
	worker->resting = false;
	pthread_cond_signal(&worker->rested);
}

void worker_rest(struct worker *worker)
{
	const struct timespec until = after_ms(REST_WAIT_MS);
	int rc = 0;

	pthread_mutex_lock(&worker->lock);
	worker->resting = true;
	pthread_cond_signal(&worker->wanted);
	while (worker->resting && rc != ETIMEDOUT)
		rc = pthread_cond_timedwait(&worker->rested, &worker->lock, &until);
	worker->resting = false;
	pthread_mutex_unlock(&worker->lock);
}

static void *work(void *arg)
{
	struct worker *worker = arg;
	bool asked = false; /* since it rested */

	pthread_mutex_lock(&worker->lock);
	while (!worker->stop) {
		struct job *job = queue_take(&worker->waiting);

		if (!job) {
			wait_wanted(worker, &asked);
			continue;
		}
		asked = true;
		worker->running = job;
		worker->running_since = clock_monotonic_ms();
		pthread_mutex_unlock(&worker->lock);
		job->result = run(worker, job);
		pthread_mutex_lock(&worker->lock);
		worker->running = NULL;
		queue_add(&worker->finished, job);
		notify(worker);
	}
	pthread_mutex_unlock(&worker->lock);
	if (worker->store)
		worker->source.close(worker->store);
	return NULL;
}

int worker_new(const struct store_source *source, struct worker **out, struct error *err)
{
	struct worker *worker = mem_alloc(sizeof *worker);
	sigset_t all, before;
	int rc;

	worker->source = *source;
	queue_init(&worker->waiting);
	queue_init(&worker->finished);
	pthread_mutex_init(&worker->lock, NULL);
	pthread_cond_init(&worker->wanted, NULL);
	pthread_cond_init(&worker->rested, NULL);
	worker->event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	/* Signals are the main thread's. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	rc = worker->event < 0 ? errno : pthread_create(&worker->thread, NULL, work, worker);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (rc) {
		if (worker->event >= 0)
			close(worker->event);
		free(worker);
		return error_reason(err, REASON_STORE_IO, "why", strerror(rc), NULL);
	}
	*out = worker;
	return 0;
}

void worker_free(struct worker *worker)
{
	struct job *job;

	if (!worker)
		return;
	pthread_mutex_lock(&worker->lock);
	worker->stop = true;
	if (worker->running && worker->store)
		worker->source.cancel(worker->store);
	pthread_cond_signal(&worker->wanted);
	pthread_mutex_unlock(&worker->lock);
	pthread_join(worker->thread, NULL);
	while ((job = queue_take(&worker->waiting)) != NULL)
		job_free(job);
	while ((job = queue_take(&worker->finished)) != NULL)
		job_free(job);
	close(worker->event);
	pthread_cond_destroy(&worker->wanted);
	pthread_cond_destroy(&worker->rested);
	pthread_mutex_destroy(&worker->lock);
	free(worker);
}

int worker_fd(const struct worker *worker)
{
	return worker->event;
}

static void supersede(struct worker *worker, uint64_t owner, int channel)
{
	struct job *job;

	queue_drop(&worker->waiting, owner, channel);
	for (job = worker->finished.head; job; job = job->next) {
		if (matches(job, owner, channel))
			job->superseded = true;
	}
	job = worker->running;
	if (job && matches(job, owner, channel)) {
		job->superseded = true;
		if (worker->store)
			worker->source.cancel(worker->store);
	}
}

void worker_submit(struct worker *worker, struct job *job)
{
	pthread_mutex_lock(&worker->lock);
	if (job->channel > 0)
		supersede(worker, job->owner, job->channel);
	queue_add(&worker->waiting, job);
	pthread_cond_signal(&worker->wanted);
	pthread_mutex_unlock(&worker->lock);
}

struct job *worker_take(struct worker *worker)
{
	struct job *job;
	uint64_t count;

	pthread_mutex_lock(&worker->lock);
	job = queue_take(&worker->finished);
	if (!job && read(worker->event, &count, sizeof count) < 0 && errno != EAGAIN)
		job = NULL;
	pthread_mutex_unlock(&worker->lock);
	return job;
}

void worker_cancel(struct worker *worker, uint64_t owner, int channel)
{
	pthread_mutex_lock(&worker->lock);
	supersede(worker, owner, channel);
	pthread_mutex_unlock(&worker->lock);
}

void worker_look(struct worker *worker, struct worker_look *look)
{
	pthread_mutex_lock(&worker->lock);
	*look = (struct worker_look){
		.busy = worker->running || worker->waiting.head,
		.since_ms = worker->running ? worker->running_since : clock_monotonic_ms(),
		.owner = worker->running ? worker->running->owner : 0,
		.open = worker->store
	};
	if (worker->store) {
		look->link = store_link(worker->store);
		look->round_trip_ms = store_round_trip(worker->store);
	}
	pthread_mutex_unlock(&worker->lock);
}

void worker_stop(struct worker *worker)
{
	pthread_mutex_lock(&worker->lock);
	if (worker->running && worker->store)
		worker->source.cancel(worker->store);
	pthread_mutex_unlock(&worker->lock);
}

bool worker_idle(struct worker *worker)
{
	bool idle;

	pthread_mutex_lock(&worker->lock);
	idle = !worker->running && !worker->waiting.head && !worker->finished.head;
	pthread_mutex_unlock(&worker->lock);
	return idle;
}
