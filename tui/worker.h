/* worker.h: the one thread that talks to the store, and its queue.
 *
 * The main thread submits jobs and takes back finished ones; a job is owned
 * by one side at a time. The store is opened by the worker itself, so that
 * the screen never waits for a disk. */
#ifndef OV_TUI_WORKER_H
#define OV_TUI_WORKER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "core/base/error.h"
#include "core/store/store.h"

struct view;
struct worker;

/* Where the store comes from. open() is called in the worker thread; cancel()
 * from the main thread while a call is under way. */
struct store_source {
	int (*open)(void *context, struct store **store, struct error *err);
	void (*cancel)(struct store *store);
	void (*close)(struct store *store);
	void *context;
	/* In the worker thread, a while after the last call; may be NULL. */
	void (*rest)(struct store *store);
};

struct job {
	struct job *next;   /* the queue's */
	uint64_t owner;     /* serial of the view that waits */
	int channel;        /* > 0: a newer one of this owner replaces it */
	struct arena arena; /* question and answer; freed with the job */
	/* Worker thread. Returns 0 or an OV_E… code with job->error filled. */
	int (*run)(struct job *job, struct store *store);
	/* Main thread, when the owner is still open. Answers that stay longer
	 * move out with job_keep(). */
	void (*done)(struct job *job, struct view *view);
	int result;
	struct error error;
	bool superseded;    /* a newer one came: done() is not called */
	/* When the job is freed: lets go of what isn't in its arena. May be NULL. */
	void (*release)(struct job *job);
	void *question, *answer;
};

/* A job with a zeroed question of `size` bytes in its arena. */
struct job *job_new(size_t size);
void job_free(struct job *job);
/* Moves the job's arena into *arena (which is released first). */
void job_keep(struct job *job, struct arena *arena);

int worker_new(const struct store_source *source, struct worker **out, struct error *err);
/* Cancels what is under way, drops what waits, closes the store, joins. */
void worker_free(struct worker *worker);
/* Becomes readable when a job is finished. */
int worker_fd(const struct worker *worker);
void worker_submit(struct worker *worker, struct job *job);
/* The next finished job, NULL when there is none. */
struct job *worker_take(struct worker *worker);
/* Cancels and drops all jobs of an owner (channel 0: of every channel). */
void worker_cancel(struct worker *worker, uint64_t owner, int channel);
/* What the worker waits for, for the title. */
struct worker_look {
	bool busy;            /* a job runs or waits */
	int64_t since_ms;     /* clock_monotonic_ms() when the job that runs began */
	uint64_t owner;       /* of the job that runs, 0 for none */
	bool open;            /* there is a store */
	enum link_state link; /* LINK_LOCAL while there is none */
	int64_t round_trip_ms;
};
void worker_look(struct worker *worker, struct worker_look *look);
/* The process is going to stand still: what is kept for the next question would keep others
 * from it. Waits a moment for a job under way, not longer. */
void worker_rest(struct worker *worker);
/* Stops the job under way, whoever asked for it; its done() is called. */
void worker_stop(struct worker *worker);
/* Nothing waits, runs or is finished but not taken. */
bool worker_idle(struct worker *worker);

#endif
