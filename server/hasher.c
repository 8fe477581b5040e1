#include "server/hasher.h"

#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"

enum { THREADS_MAX = 4, QUEUE_MAX = 16, ORIGIN_MAX = QUEUE_MAX / 2 };

struct hasher {
	pthread_t threads[THREADS_MAX];
	int count;
	pthread_mutex_t lock;
	pthread_cond_t filled;
	struct hash_job *first, **last;
	int waiting;
	bool stopping;
};

static void run(struct hash_job *job)
{
	job->hash[0] = '\0';
	job->right = false;
	if (job->may && !job->may(job))
		return;
	job->right = password_verify(job->secret, job->password);
	if (job->right && job->wanted && !password_hash(job->wanted, PASSWORD_REAL, job->hash))
		job->hash[0] = '\0';
}

static void *work(void *context)
{
	struct hasher *hasher = context;
	struct hash_job *job;

	pthread_mutex_lock(&hasher->lock);
	for (;;) {
		while (!hasher->first && !hasher->stopping)
			pthread_cond_wait(&hasher->filled, &hasher->lock);
		job = hasher->first;
		if (!job)
			break;
		hasher->first = job->next;
		if (!hasher->first)
			hasher->last = &hasher->first;
		hasher->waiting--;
		pthread_mutex_unlock(&hasher->lock);
		run(job);
		job->done(job);
		pthread_mutex_lock(&hasher->lock);
	}
	pthread_mutex_unlock(&hasher->lock);
	return NULL;
}

struct hasher *hasher_start(int threads)
{
	struct hasher *hasher = mem_alloc(sizeof *hasher);

	hasher->last = &hasher->first;
	pthread_mutex_init(&hasher->lock, NULL);
	pthread_cond_init(&hasher->filled, NULL);
	for (int i = 0; i < threads && i < THREADS_MAX; i++)
		if (!pthread_create(&hasher->threads[hasher->count], NULL, work, hasher))
			hasher->count++;
	if (hasher->count)
		return hasher;
	hasher_stop(hasher);
	return NULL;
}

void hasher_stop(struct hasher *hasher)
{
	if (!hasher)
		return;
	pthread_mutex_lock(&hasher->lock);
	hasher->stopping = true;
	pthread_cond_broadcast(&hasher->filled);
	pthread_mutex_unlock(&hasher->lock);
	for (int i = 0; i < hasher->count; i++)
		pthread_join(hasher->threads[i], NULL);
	pthread_mutex_destroy(&hasher->lock);
	pthread_cond_destroy(&hasher->filled);
	free(hasher);
}

static int waiting_of(const struct hasher *hasher, const char *origin)
{
	int count = 0;

	for (const struct hash_job *job = hasher->first; job; job = job->next)
		count += !strcmp(job->origin, origin);
	return count;
}

bool hasher_post(struct hasher *hasher, struct hash_job *job)
{
	bool room;

	job->next = NULL;
	pthread_mutex_lock(&hasher->lock);
	room = hasher->waiting < QUEUE_MAX && !hasher->stopping &&
	       waiting_of(hasher, job->origin) < ORIGIN_MAX;
	if (room) {
		*hasher->last = job;
		hasher->last = &job->next;
		hasher->waiting++;
		pthread_cond_signal(&hasher->filled);
	}
	pthread_mutex_unlock(&hasher->lock);
	return room;
}
