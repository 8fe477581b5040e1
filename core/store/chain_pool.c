#include "core/store/chain_pool.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/arena.h"

enum { BATCHES = 12, HELPERS_MAX = 3 };
enum { FREE, FILLING, FULL, HASHING };

struct chain_pool {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	pthread_t helpers[HELPERS_MAX];
	size_t helper_count;
	struct chain_batch batches[BATCHES];
	bool closing;
	int64_t broken; /* the first bad row, 0 for none */
	enum chain_fault fault;
};

static enum chain_fault item_fault(const struct chain_item *item)
{
	uint8_t sum[HASH_BYTES];

	hash_sha256(item->hash_from, item->hash_len, sum);
	if (memcmp(sum, item->hash, HASH_BYTES) != 0)
		return CHAIN_BAD_HASH;
	if (!item->seal)
		return CHAIN_GOOD;
	hash_sha256(item->seal_from, item->seal_len, sum);
	return memcmp(sum, item->seal, HASH_BYTES) != 0 ? CHAIN_BAD_SEAL : CHAIN_GOOD;
}

/* With the lock held, which is given up meanwhile. */
static void hash_batch(struct chain_pool *pool, struct chain_batch *batch)
{
	enum chain_fault fault = CHAIN_GOOD;
	int64_t seq = 0;

	batch->state = HASHING;
	pthread_mutex_unlock(&pool->lock);
	for (size_t i = 0; i < batch->count && fault == CHAIN_GOOD; i++) {
		fault = item_fault(&batch->items[i]);
		seq = batch->items[i].seq;
	}
	pthread_mutex_lock(&pool->lock);
	if (fault != CHAIN_GOOD && (!pool->broken || seq < pool->broken)) {
		pool->broken = seq;
		pool->fault = fault;
	}
	batch->state = FREE;
	batch->count = batch->used = 0;
	pthread_cond_broadcast(&pool->changed);
}

static struct chain_batch *in_state(struct chain_pool *pool, int state)
{
	for (size_t i = 0; i < BATCHES; i++)
		if (pool->batches[i].state == state)
			return &pool->batches[i];
	return NULL;
}

static void *help(void *context)
{
	struct chain_pool *pool = context;
	struct chain_batch *batch;

	pthread_mutex_lock(&pool->lock);
	for (;;) {
		batch = in_state(pool, FULL);
		if (batch)
			hash_batch(pool, batch);
		else if (pool->closing)
			break;
		else
			pthread_cond_wait(&pool->changed, &pool->lock);
	}
	pthread_mutex_unlock(&pool->lock);
	return NULL;
}

struct chain_pool *chain_pool_new(void)
{
	struct chain_pool *pool = mem_alloc(sizeof *pool);
	long processors = sysconf(_SC_NPROCESSORS_ONLN);

	pthread_mutex_init(&pool->lock, NULL);
	pthread_cond_init(&pool->changed, NULL);
	for (size_t i = 0; i < BATCHES; i++)
		pool->batches[i].bytes = mem_alloc(CHAIN_BATCH_BYTES);
	while (pool->helper_count < HELPERS_MAX && (long)pool->helper_count + 1 < processors &&
	       pthread_create(&pool->helpers[pool->helper_count], NULL, help, pool) == 0)
		pool->helper_count++;
	return pool;
}

struct chain_batch *chain_pool_batch(struct chain_pool *pool)
{
	struct chain_batch *batch, *full;

	pthread_mutex_lock(&pool->lock);
	while (!(batch = in_state(pool, FREE))) {
		full = in_state(pool, FULL);
		if (full)
			hash_batch(pool, full);
		else
			pthread_cond_wait(&pool->changed, &pool->lock);
	}
	batch->state = FILLING;
	pthread_mutex_unlock(&pool->lock);
	return batch;
}

void chain_pool_give(struct chain_pool *pool, struct chain_batch *batch)
{
	pthread_mutex_lock(&pool->lock);
	batch->state = FULL;
	pthread_cond_signal(&pool->changed);
	pthread_mutex_unlock(&pool->lock);
}

bool chain_pool_broken(struct chain_pool *pool)
{
	bool broken;

	pthread_mutex_lock(&pool->lock);
	broken = pool->broken != 0;
	pthread_mutex_unlock(&pool->lock);
	return broken;
}

enum chain_fault chain_pool_finish(struct chain_pool *pool, int64_t *seq)
{
	struct chain_batch *full;

	pthread_mutex_lock(&pool->lock);
	while ((full = in_state(pool, FULL)))
		hash_batch(pool, full);
	while (in_state(pool, HASHING))
		pthread_cond_wait(&pool->changed, &pool->lock);
	*seq = pool->broken;
	pthread_mutex_unlock(&pool->lock);
	return pool->fault;
}

void chain_pool_free(struct chain_pool *pool)
{
	pthread_mutex_lock(&pool->lock);
	pool->closing = true;
	pthread_cond_broadcast(&pool->changed);
	pthread_mutex_unlock(&pool->lock);
	for (size_t i = 0; i < pool->helper_count; i++)
		pthread_join(pool->helpers[i], NULL);
	for (size_t i = 0; i < BATCHES; i++)
		free(pool->batches[i].bytes);
	pthread_cond_destroy(&pool->changed);
	pthread_mutex_destroy(&pool->lock);
	free(pool);
}
