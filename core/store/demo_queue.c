/* Records of a demo world on their way into the tables: queued by kind, written
 * in blocks with the bulk writer, in the order in which references need them. */
#include "core/store/demo_parts.h"

#include "core/base/hash.h"
#include "core/store/chain.h"

#include <stdlib.h>
#include <string.h>

enum { QUEUE_ROOM = 4096 };

struct demo_queue {
	struct kind_queue {
		int64_t next_id; /* 0: not asked for yet */
		size_t count;
		void **records;  /* QUEUE_ROOM */
	} kinds[KIND_STORED_END];
	struct arena arena; /* of the records */
	int64_t last_seq;   /* of the chain */
	uint8_t prev_hash[HASH_BYTES], last_hash[HASH_BYTES], last_seal[HASH_BYTES];
	struct arena closing;
};

/* A world begins with an empty ledger: its first entry follows zero bytes. */
void demo_queue_init(struct world *w)
{
	w->queue = mem_alloc(sizeof *w->queue);
}

void demo_queue_release(struct world *w)
{
	if (!w->queue)
		return;
	for (int k = 0; k < KIND_STORED_END; k++)
		free(w->queue->kinds[k].records);
	arena_release(&w->queue->arena);
	arena_release(&w->queue->closing);
	free(w->queue);
	w->queue = NULL;
}

int demo_flush(struct world *w, struct error *err)
{
	int rc = 0;

	for (int k = 1; k < KIND_STORED_END && rc == 0; k++) {
		struct kind_queue *queue = &w->queue->kinds[k];

		if (!queue->count)
			continue;
		rc = bulk_insert(w->tx, (enum kind)k, queue->records, queue->count, 0, 0, err);
		queue->count = 0;
	}
	arena_clear(&w->queue->arena);
	return rc;
}

int demo_put(struct world *w, enum kind kind, void *record, struct error *err)
{
	struct kind_queue *queue = &w->queue->kinds[kind];
	struct record_head *head = record;
	int rc = 0;

	if (!queue->records)
		queue->records = mem_alloc(QUEUE_ROOM * sizeof *queue->records);
	if (!queue->next_id) {
		rc = bulk_ids(w->tx, kind, &queue->next_id, err);
		if (rc < 0)
			return rc;
	}
	if (queue->count == QUEUE_ROOM)
		rc = demo_flush(w, err);
	head->id = queue->next_id++;
	head->rev = 1;
	head->created_at = w->tx->now;
	head->created_by = w->tx->actor->user_id;
	queue->records[queue->count++] = record_copy(&w->queue->arena, kind_fields(kind), record);
	return rc;
}

int demo_put_entry(struct world *w, struct ledger_entry *entry, struct error *err)
{
	struct demo_queue *q = w->queue;

	entry->seq = q->last_seq + 1;
	entry->rev = 1; /* as demo_put() will */
	entry->created_at = w->tx->now;
	entry->created_by = w->tx->actor->user_id;
	memcpy(q->prev_hash, q->last_hash, HASH_BYTES);
	chain_ledger_close(entry, OV_NULL, q->prev_hash, q->last_seal, &q->closing);
	memcpy(q->last_hash, entry->hash, HASH_BYTES);
	memcpy(q->last_seal, entry->seal, HASH_BYTES);
	arena_clear(&q->closing);
	entry->prev_hash = q->prev_hash;
	entry->hash = q->last_hash;
	entry->seal = q->last_seal;
	q->last_seq++;
	return demo_put(w, KIND_LEDGER_ENTRY, entry, err);
}
