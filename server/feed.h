/* feed.h: requests that wait for a change, and who wakes them: the writer
 * after each commit, and a look at the database every second for what other
 * programs committed. */
#ifndef OV_SERVER_FEED_H
#define OV_SERVER_FEED_H

#include "core/store/store.h"
#include "server/request.h"

struct feed;

struct feed_waiter {
	struct feed_waiter *next;
	struct request *request;
	int64_t until_ms; /* monotonic */
};

/* STORE is the feed's own from now on. */
struct feed *feed_start(struct store *store);
void feed_stop(struct feed *feed); /* NULL is fine */

/* A number that grows with each change: read it before asking the store. */
uint64_t feed_generation(struct feed *feed);
/* Waits until something is newer than GENERATION or the time is over; the
 * request is then woken. False when there is news already, or too many wait. */
bool feed_wait(struct feed *feed, struct feed_waiter *waiter, uint64_t generation);
void feed_wake(struct feed *feed);
size_t feed_waiting(struct feed *feed);

#endif
