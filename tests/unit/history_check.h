/* history_check.h: DOMAIN.md's invariants, read from the database by SQL of its
 * own: nothing of the code under test is asked. */
#ifndef OV_TESTS_HISTORY_CHECK_H
#define OV_TESTS_HISTORY_CHECK_H

#include "tests/unit/claim_world.h"

/* Remembers what must not change from now on. Once for each world. */
void history_check_begin(struct world *world);
/* Everything must hold; fails the test, naming the invariant and SEED. */
void history_check(struct world *world, uint64_t seed);
/* The same of one learner's records, however many others there are. */
void history_check_learner(struct world *world, int64_t student, uint64_t seed);
/* The slow ones: both chains hashed anew, each claim's trail is a path. */
void history_check_all(struct world *world, uint64_t seed);

#endif
