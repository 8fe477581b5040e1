/* keeper.h: the server's own clock: what nobody did in time lapses, and notices
 * whose days are over are closed (core/store/claim_sweep.h), at the start and
 * soon after each midnight of the centre, without anybody's asking. */
#ifndef OV_SERVER_KEEPER_H
#define OV_SERVER_KEEPER_H

#include "core/store/store.h"

struct keeper;

/* STORE is the keeper's own from now on. CHANGED is called after a sweep that
 * did something. NULL when there is no thread to be had; the store is closed. */
struct keeper *keeper_start(struct store *store, void (*changed)(void *context), void *context);
/* Ends at once, also in the midst of a sweep; what is done is done. NULL is fine. */
void keeper_stop(struct keeper *keeper);

#endif
