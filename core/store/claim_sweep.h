/* claim_sweep.h: the program's own daily work on claims: what nobody did in
 * time lapses (T25), and a notice whose days are over without an objection is
 * closed (T22). Each claim is a command of the system with an audit event of
 * its own (I14). */
#ifndef OV_STORE_CLAIM_SWEEP_H
#define OV_STORE_CLAIM_SWEEP_H

#include "core/store/store.h"

struct claim_sweep {
	int64_t lapsed, closed;
};

/* Whoever may edit claims or publish notices may ask for it; the limits decide
 * the rest. Only a local store does it; the server sees to its own. A claim
 * that somebody changes meanwhile is left to him. OV_ECANCELLED by the store's
 * progress leaves what is done done. */
int claim_sweep(struct store *store, struct claim_sweep *sweep, struct error *err);

#endif
