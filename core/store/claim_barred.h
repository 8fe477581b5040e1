/* claim_barred.h: whose claim it can't be. What waits in somebody's queue must be
 * something he may decide on: the four-eyes rules F1 to F3, F5, F8 and F10 as
 * conditions of SQL, by person (F9). core/rules/workflow.c decides all the same;
 * this only keeps what it would refuse out of a list. */
#ifndef OV_STORE_CLAIM_BARRED_H
#define OV_STORE_CLAIM_BARRED_H

#include "core/store/local.h"

/* Leaves out claims (credit_claim c) in STATE on which ACTOR may take no step. */
void claim_barred_add(struct where *where, const struct actor *actor, int64_t state);

#endif
