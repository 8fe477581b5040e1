#include "server/keeper.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core/store/claim_sweep.h"
#include "core/store/local.h"
#include "server/log.h"

enum { LOOK_SECONDS = 30 };

struct keeper {
	struct store *store;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t ends;
	atomic_bool ending;
	void (*changed)(void *context);
	void *context;
};

static bool asked_to_end(void *context, int64_t done, int64_t total)
{
	struct keeper *keeper = context;

	(void)done;
	(void)total;
	return atomic_load(&keeper->ending);
}

/* A day is done when its sweep went through; else it is tried again soon. */
static bool sweep(struct keeper *keeper)
{
	struct error err = ERROR_INIT;
	struct claim_sweep done;
	char counts[80];
	int rc = claim_sweep(keeper->store, &done, &err);

	if (done.lapsed || done.closed) {
		snprintf(counts, sizeof counts, "lapsed=%lld closed=%lld", (long long)done.lapsed,
			 (long long)done.closed);
		log_event("swept", counts);
		keeper->changed(keeper->context);
	}
	if (rc < 0 && rc != OV_ECANCELLED)
		log_event("sweep failed", err.message);
	db_shrink(local_of(keeper->store)->db); /* until tomorrow */
	return rc == 0;
}

static void *keep(void *context)
{
	struct keeper *keeper = context;
	const struct local *local = local_of(keeper->store);
	int64_t swept = OV_NULL;

	pthread_mutex_lock(&keeper->lock);
	while (!atomic_load(&keeper->ending)) {
		int64_t today = local_today(local);
		struct timespec until;

		if (today != swept) {
			pthread_mutex_unlock(&keeper->lock);
			if (sweep(keeper))
				swept = today;
			pthread_mutex_lock(&keeper->lock);
		}
		clock_gettime(CLOCK_MONOTONIC, &until);
		until.tv_sec += LOOK_SECONDS;
		while (!atomic_load(&keeper->ending) &&
		       pthread_cond_timedwait(&keeper->ends, &keeper->lock, &until) != ETIMEDOUT)
			;
	}
	pthread_mutex_unlock(&keeper->lock);
	return NULL;
}

struct keeper *keeper_start(struct store *store, void (*changed)(void *context), void *context)
{
	struct keeper *keeper = mem_alloc(sizeof *keeper);
	pthread_condattr_t attributes;

	*keeper = (struct keeper){ .store = store, .changed = changed, .context = context };
	pthread_mutex_init(&keeper->lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&keeper->ends, &attributes);
	pthread_condattr_destroy(&attributes);
	local_act_as(store, &system_actor);
	store_set_progress(store, asked_to_end, keeper);
	if (pthread_create(&keeper->thread, NULL, keep, keeper) == 0)
		return keeper;
	store_close(store);
	pthread_cond_destroy(&keeper->ends);
	pthread_mutex_destroy(&keeper->lock);
	free(keeper);
	return NULL;
}

void keeper_stop(struct keeper *keeper)
{
	if (!keeper)
		return;
	pthread_mutex_lock(&keeper->lock);
	atomic_store(&keeper->ending, true);
	pthread_cond_signal(&keeper->ends);
	pthread_mutex_unlock(&keeper->lock);
	pthread_join(keeper->thread, NULL);
	store_close(keeper->store);
	pthread_cond_destroy(&keeper->ends);
	pthread_mutex_destroy(&keeper->lock);
	free(keeper);
}
