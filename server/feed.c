#include "server/feed.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "core/store/local.h"

enum { WAITERS_MAX = 1024 };

struct feed {
	struct store *store;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t news;
	struct feed_waiter *first;
	size_t count;
	uint64_t generation;
	bool stopping;
};

uint64_t feed_generation(struct feed *feed)
{
	uint64_t generation;

	pthread_mutex_lock(&feed->lock);
	generation = feed->generation;
	pthread_mutex_unlock(&feed->lock);
	return generation;
}

bool feed_wait(struct feed *feed, struct feed_waiter *waiter, uint64_t generation)
{
	bool waits;

	pthread_mutex_lock(&feed->lock);
	waits = feed->generation == generation && feed->count < WAITERS_MAX && !feed->stopping;
	if (waits) {
		waiter->next = feed->first;
		feed->first = waiter;
		if (feed->count++ == 0)
			pthread_cond_signal(&feed->news);
	}
	pthread_mutex_unlock(&feed->lock);
	return waits;
}

size_t feed_waiting(struct feed *feed)
{
	size_t count;

	pthread_mutex_lock(&feed->lock);
	count = feed->count;
	pthread_mutex_unlock(&feed->lock);
	return count;
}

/* Takes all waiters, or those whose time is over, out of the list. */
static struct feed_waiter *take(struct feed *feed, bool all)
{
	int64_t now = clock_monotonic_ms();
	struct feed_waiter **at = &feed->first, *taken = NULL;

	while (*at) {
		struct feed_waiter *waiter = *at;

		if (!all && waiter->until_ms > now) {
			at = &waiter->next;
			continue;
		}
		*at = waiter->next;
		waiter->next = taken;
		taken = waiter;
		feed->count--;
	}
	return taken;
}

static void wake_list(struct feed_waiter *waiter)
{
	while (waiter) {
		struct feed_waiter *next = waiter->next; /* gone with its request */

		waiter->request->wake(waiter->request);
		waiter = next;
	}
}

void feed_wake(struct feed *feed)
{
	struct feed_waiter *list;

	pthread_mutex_lock(&feed->lock);
	feed->generation++;
	list = take(feed, true);
	pthread_mutex_unlock(&feed->lock);
	wake_list(list);
}

/* What another program commits makes another version. */
static bool others_wrote(struct feed *feed, int64_t *version)
{
	struct error err = ERROR_INIT;
	int64_t now = *version;
	struct stmt *look;

	if (db_look(local_of(feed->store)->db, &look, &now, &err) < 0)
		return false;
	stmt_reset(look);
	if (now == *version)
		return false;
	*version = now;
	return true;
}

static void *watch(void *context)
{
	struct feed *feed = context;
	int64_t version = 0;

	others_wrote(feed, &version);
	pthread_mutex_lock(&feed->lock);
	while (!feed->stopping) {
		struct feed_waiter *list;
		struct timespec at;
		bool news;

		if (!feed->first) {
			pthread_cond_wait(&feed->news, &feed->lock);
			continue;
		}
		clock_gettime(CLOCK_REALTIME, &at);
		at.tv_sec++;
		pthread_cond_timedwait(&feed->news, &feed->lock, &at);
		pthread_mutex_unlock(&feed->lock);
		news = others_wrote(feed, &version);
		pthread_mutex_lock(&feed->lock);
		feed->generation += news;
		list = take(feed, news || feed->stopping);
		pthread_mutex_unlock(&feed->lock);
		wake_list(list);
		pthread_mutex_lock(&feed->lock);
	}
	pthread_mutex_unlock(&feed->lock);
	return NULL;
}

struct feed *feed_start(struct store *store)
{
	struct feed *feed = mem_alloc(sizeof *feed);

	feed->store = store;
	pthread_mutex_init(&feed->lock, NULL);
	pthread_cond_init(&feed->news, NULL);
	if (pthread_create(&feed->thread, NULL, watch, feed)) {
		store_close(store);
		free(feed);
		return NULL;
	}
	return feed;
}

void feed_stop(struct feed *feed)
{
	if (!feed)
		return;
	pthread_mutex_lock(&feed->lock);
	feed->stopping = true;
	pthread_cond_signal(&feed->news);
	pthread_mutex_unlock(&feed->lock);
	pthread_join(feed->thread, NULL);
	store_close(feed->store);
	pthread_mutex_destroy(&feed->lock);
	pthread_cond_destroy(&feed->news);
	free(feed);
}
