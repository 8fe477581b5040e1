#include "server/look.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "core/base/arena.h"

struct look {
	struct look *next;
	struct looks *looks;
	struct db *db;
	pthread_mutex_t lock; /* held by its thread during a request, else by who ends it */
	bool taken;           /* of its thread alone */
	struct stmt *stmt;    /* keeps the state; NULL: none */
	int64_t version;
	bool used;            /* since the last round */
};

struct looks {
	pthread_t thread;
	pthread_mutex_t lock; /* of the list, and for sleeping */
	pthread_cond_t kept;  /* a look is kept while the thread sleeps, or the end */
	struct look *first;
	atomic_bool asleep;
	bool stopping;
};

static void end(struct look *look)
{
	if (look->stmt)
		stmt_reset(look->stmt);
	look->stmt = NULL;
}

/* Ends each look that stands and was not used since the round before; whether any stands. */
static bool end_unused(struct looks *looks)
{
	bool any = false;

	for (struct look *look = looks->first; look; look = look->next) {
		if (pthread_mutex_trylock(&look->lock)) {
			any = true; /* it answers a request */
			continue;
		}
		if (!look->used)
			end(look);
		look->used = false;
		any = any || look->stmt;
		pthread_mutex_unlock(&look->lock);
	}
	return any;
}

static void *watch(void *context)
{
	const struct timespec rest = { .tv_nsec = LOOK_REST_MS * 1000000L };
	struct looks *looks = context;

	pthread_mutex_lock(&looks->lock);
	while (!looks->stopping) {
		/* Asleep before the last round: what is kept after it wakes this thread. */
		atomic_store(&looks->asleep, true);
		if (!end_unused(looks)) {
			while (atomic_load(&looks->asleep) && !looks->stopping)
				pthread_cond_wait(&looks->kept, &looks->lock);
			continue;
		}
		atomic_store(&looks->asleep, false);
		pthread_mutex_unlock(&looks->lock);
		nanosleep(&rest, NULL);
		pthread_mutex_lock(&looks->lock);
	}
	pthread_mutex_unlock(&looks->lock);
	return NULL;
}

struct looks *looks_new(void)
{
	struct looks *looks = mem_alloc(sizeof *looks);

	pthread_mutex_init(&looks->lock, NULL);
	pthread_cond_init(&looks->kept, NULL);
	if (pthread_create(&looks->thread, NULL, watch, looks) == 0)
		return looks;
	pthread_mutex_destroy(&looks->lock);
	pthread_cond_destroy(&looks->kept);
	free(looks);
	return NULL;
}

static void wake(struct looks *looks)
{
	pthread_mutex_lock(&looks->lock);
	atomic_store(&looks->asleep, false);
	pthread_cond_signal(&looks->kept);
	pthread_mutex_unlock(&looks->lock);
}

void looks_free(struct looks *looks)
{
	struct look *next;

	if (!looks)
		return;
	pthread_mutex_lock(&looks->lock);
	looks->stopping = true;
	pthread_cond_signal(&looks->kept);
	pthread_mutex_unlock(&looks->lock);
	pthread_join(looks->thread, NULL);
	for (struct look *look = looks->first; look; look = next) {
		next = look->next;
		end(look);
		pthread_mutex_destroy(&look->lock);
		free(look);
	}
	pthread_mutex_destroy(&looks->lock);
	pthread_cond_destroy(&looks->kept);
	free(looks);
}

struct look *look_new(struct looks *looks, struct db *db)
{
	struct look *look = mem_alloc(sizeof *look);

	look->looks = looks;
	look->db = db;
	pthread_mutex_init(&look->lock, NULL);
	pthread_mutex_lock(&looks->lock);
	look->next = looks->first;
	looks->first = look;
	pthread_mutex_unlock(&looks->lock);
	return look;
}

int look_take(struct look *look, int64_t *version, struct error *err)
{
	if (!look->taken) {
		pthread_mutex_lock(&look->lock);
		look->taken = true;
		if (look->stmt && !db_look_stands(look->db))
			end(look);
	}
	if (!look->stmt && db_look(look->db, &look->stmt, &look->version, err) < 0)
		return err->code;
	*version = look->version;
	return 0;
}

void look_renew(struct look *look)
{
	if (look->taken)
		end(look);
}

void look_leave(struct look *look)
{
	bool kept;

	if (!look->taken)
		return;
	look->taken = false;
	if (look->stmt && !db_look_stands(look->db))
		end(look);
	kept = look->stmt;
	look->used = true;
	pthread_mutex_unlock(&look->lock);
	if (kept && atomic_load(&look->looks->asleep))
		wake(look->looks);
}
