#include "server/writer.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "core/model/reason.h"
#include "core/store/local.h"
#include "core/store/search_line.h"
#include "server/language.h"

enum { GROUP_MAX = 128, QUEUE_MAX = 2048 };

struct writer {
	struct store *store;
	struct local *local;
	void (*changed)(void *context);
	void *context;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t filled;
	struct write_job *first, **last; /* the queue */
	size_t waiting;
	uint64_t jobs;
	_Atomic uint64_t commits;
	bool stopping;
};

/* A role taken away, or a login closed, counts at once (F9). */
static int actor_now(struct writer *writer, struct write_job *job)
{
	int64_t state = USER_ACTIVE;
	int rc = 0;

	if (!job->actor.system)
		rc = local_actor(writer->local, NULL, &job->actor, &state, NULL, job->arena, &job->err);
	if (rc == 0 && state != USER_ACTIVE)
		rc = error_reason(&job->err, REASON_LOGIN_CLOSED, NULL);
	if (rc == 0)
		local_act_as(writer->store, &job->actor);
	return rc;
}

static int run_within(struct writer *writer, struct tx *tx, struct write_job *job)
{
	struct error ignored = ERROR_INIT;
	struct chain_end trail = tx->trail;
	int rc;

	language_use(job->language);
	tx->arena = job->arena;
	tx->problems = NULL;
	rc = db_run(tx->db, "SAVEPOINT job", &job->err);
	if (rc < 0)
		return rc;
	rc = actor_now(writer, job);
	if (rc == 0)
		rc = job->run(tx, job, &job->err);
	if (rc == 0)
		rc = tx_flush(tx, &job->err);
	if (rc < 0) {
		tx->note_count = 0;
		tx->trail = trail;
		search_unmark(tx);
		db_run(tx->db, "ROLLBACK TO job", &ignored);
	}
	db_run(tx->db, "RELEASE job", &ignored);
	return rc;
}

/* The group's error in the language of each: said again, where it says nothing
 * of the case. */
static void fail(struct write_job *job, const struct error *err)
{
	const struct reason_def *def = reason_get((enum reason)err->reason);

	job->rc = err->code;
	job->err = *err;
	language_use(job->language);
	if (err->reason > REASON_NONE && !strchr(def->message, '{'))
		error_reason(&job->err, (enum reason)err->reason, NULL);
}

static void fail_all(struct write_job *group, const struct error *err)
{
	for (struct write_job *job = group; job; job = job->next)
		fail(job, err);
}

/* The jobs of the list that write, in one transaction. A trouble of the
 * database may have ended the transaction itself: then nothing was done. */
static void run_group(struct writer *writer, struct write_job *group)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct tx tx;
	bool wrote = false;
	int rc;

	local_enter(writer->local);
	rc = tx_begin(&tx, writer->local, &arena, false, &err);
	for (struct write_job *job = group; rc == 0 && job; job = job->next) {
		job->rc = run_within(writer, &tx, job);
		wrote = wrote || job->rc == 0;
		if (!db_in_transaction(writer->local->db))
			rc = (err = job->err).code ? err.code :
			     error_reason(&err, REASON_STORE_IO, "why", "rollback", NULL);
	}
	if (rc == 0) {
		tx.arena = &arena;
		if (wrote)
			rc = tx_commit(&tx, &err);
		else
			tx_rollback(&tx);
	}
	local_leave(writer->local);
	if (rc < 0)
		fail_all(group, &err);
	else if (wrote && tx.change_seq > 0)
		writer->changed(writer->context);
	writer->commits += rc == 0 && wrote;
	arena_release(&arena);
}

static void run_assess(struct writer *writer, struct write_job *job)
{
	language_use(job->language);
	job->rc = actor_now(writer, job);
	if (job->rc == 0)
		job->rc = job->assess(writer->store, job, &job->err);
}

/* Takes jobs from the queue that go together: those that write until one that
 * wants to be alone, or one that only asks. */
static struct write_job *take(struct writer *writer)
{
	struct write_job *group = writer->first, *job = group;
	size_t count = 1;

	while (job->next && count < GROUP_MAX && job->run && !job->alone &&
	       job->next->run && !job->next->alone) {
		job = job->next;
		count++;
	}
	writer->first = job->next;
	if (!writer->first)
		writer->last = &writer->first;
	job->next = NULL;
	writer->waiting -= count;
	writer->jobs += count;
	return group;
}

static void *work(void *context)
{
	struct writer *writer = context;
	struct write_job *group, *next;

	pthread_mutex_lock(&writer->lock);
	for (;;) {
		while (!writer->first && !writer->stopping)
			pthread_cond_wait(&writer->filled, &writer->lock);
		if (!writer->first)
			break;
		group = take(writer);
		pthread_mutex_unlock(&writer->lock);
		if (group->assess)
			run_assess(writer, group);
		else
			run_group(writer, group);
		for (; group; group = next) {
			next = group->next; /* done() may free it */
			group->done(group);
		}
		pthread_mutex_lock(&writer->lock);
	}
	pthread_mutex_unlock(&writer->lock);
	return NULL;
}

struct writer *writer_start(struct store *store, void (*changed)(void *context), void *context)
{
	struct writer *writer = mem_alloc(sizeof *writer);

	writer->store = store;
	writer->local = local_of(store);
	writer->changed = changed;
	writer->context = context;
	writer->last = &writer->first;
	pthread_mutex_init(&writer->lock, NULL);
	pthread_cond_init(&writer->filled, NULL);
	if (pthread_create(&writer->thread, NULL, work, writer)) {
		free(writer);
		return NULL;
	}
	return writer;
}

void writer_stop(struct writer *writer)
{
	if (!writer)
		return;
	pthread_mutex_lock(&writer->lock);
	writer->stopping = true;
	pthread_cond_signal(&writer->filled);
	pthread_mutex_unlock(&writer->lock);
	pthread_join(writer->thread, NULL);
	store_close(writer->store);
	pthread_mutex_destroy(&writer->lock);
	pthread_cond_destroy(&writer->filled);
	free(writer);
}

bool writer_post(struct writer *writer, struct write_job *job)
{
	bool room;

	job->next = NULL;
	job->rc = 0;
	error_clear(&job->err);
	pthread_mutex_lock(&writer->lock);
	room = writer->waiting < QUEUE_MAX && !writer->stopping;
	if (room) {
		*writer->last = job;
		writer->last = &job->next;
		writer->waiting++;
		pthread_cond_signal(&writer->filled);
	}
	pthread_mutex_unlock(&writer->lock);
	return room;
}

size_t writer_waiting(struct writer *writer)
{
	size_t waiting;

	pthread_mutex_lock(&writer->lock);
	waiting = writer->waiting;
	pthread_mutex_unlock(&writer->lock);
	return waiting;
}

void writer_counts(struct writer *writer, uint64_t *jobs, uint64_t *commits)
{
	pthread_mutex_lock(&writer->lock);
	*jobs = writer->jobs;
	*commits = writer->commits;
	pthread_mutex_unlock(&writer->lock);
}
