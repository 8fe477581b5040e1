/* look.h: the state of the database from which a thread answers its requests.
 *
 * A look is begun by the first read of a request and holds for all of it. It is kept for
 * the next request as long as nobody commits, since to begin one costs half of what it
 * costs to read a record. One that is kept while its thread has nothing to do would stop the log
 * from being folded in; so a thread of this module ends what nobody used for LOOK_REST_MS. */
#ifndef OV_SERVER_LOOK_H
#define OV_SERVER_LOOK_H

#include "core/db/db.h"

struct looks;
struct look; /* of one thread that answers, and of its connection */

enum { LOOK_REST_MS = 20 };

struct looks *looks_new(void); /* NULL when the thread can't be started */
/* Ends all looks that are kept, the thread, and frees every look. Before their
 * connections are closed, after the last request. NULL is fine. */
void looks_free(struct looks *looks);

/* DB stays the caller's; the look is freed with LOOKS. */
struct look *look_new(struct looks *looks, struct db *db);

/* From here until look_leave() the newest state is read, and *VERSION is its number: another
 * after each commit. Called again meanwhile it does nothing. Not from two threads. */
int look_take(struct look *look, int64_t *version, struct error *err);
/* What is taken next is a newer state; the one before is gone. */
void look_renew(struct look *look);
/* The end of a request; without a take before, nothing. */
void look_leave(struct look *look);

#endif
