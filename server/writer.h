/* writer.h: the one thread that writes.
 *
 * Whatever is waiting when a transaction begins is done in it, each job within
 * a savepoint of its own, and answered after the one commit: a job that is
 * refused leaves nothing behind and the others go on. If the commit fails, all
 * of them failed, and none was acknowledged. */
#ifndef OV_SERVER_WRITER_H
#define OV_SERVER_WRITER_H

#include "core/store/tx.h"
#include "server/request.h"

struct writer;

struct write_job {
	struct write_job *next; /* the writer's own */
	struct actor actor;     /* who acts; read again before RUN unless he is the system */
	enum language language;
	struct arena *arena;    /* outlives the job */
	bool alone;             /* long work: a transaction of its own */
	/* One of the two. RUN gets the open transaction; ASSESS the store, outside
	 * of any transaction, with the actor set. */
	int (*run)(struct tx *tx, struct write_job *job, struct error *err);
	int (*assess)(struct store *store, struct write_job *job, struct error *err);
	/* On the writer's thread, once, when rc and err are final. */
	void (*done)(struct write_job *job);
	int rc;
	struct error err;
};

/* STORE is the writer's own from now on. CHANGED is called after a commit. */
struct writer *writer_start(struct store *store, void (*changed)(void *context), void *context);
/* Does what is queued, then ends; closes the store. NULL is fine. */
void writer_stop(struct writer *writer);
/* False when too many are waiting already (HTTP_MANY). */
bool writer_post(struct writer *writer, struct write_job *job);
size_t writer_waiting(struct writer *writer);
/* Counters for the metrics. */
void writer_counts(struct writer *writer, uint64_t *jobs, uint64_t *commits);

#endif
