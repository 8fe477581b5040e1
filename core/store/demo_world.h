/* demo_world.h: a whole learning centre made from a number and a seed.
 *
 * The same N and seed give the same world, byte for byte in every export: all
 * chance comes from mix(seed, stream, index), all clocks stand at days reckoned
 * from WORLD_DAY. Everything is written in one transaction; the claims are made
 * by the real command handlers under a simulated clock, so that chains, caps
 * and histories are true by construction.
 *
 * Reference records come first, from data/demo/ (seed_records.h). Learners are
 * made intake by intake, in the order of their numbers; each learner's
 * attributes are a pure function of seed and index, so that nothing but a few
 * bytes a learner is kept in memory, at 5,000,000 too. */
#ifndef OV_STORE_DEMO_WORLD_H
#define OV_STORE_DEMO_WORLD_H

#include <stdint.h>

#include "core/base/error.h"
#include "core/store/store.h"

enum { DEMO_STUDENTS_MAX = 5000000, DEMO_DEFAULT_SEED = 20150301 };

/* Fills an empty, migrated local store with a demo world and marks it as one.
 * Shows progress through STORE->progress and can be cancelled; then nothing is
 * there. Passwords of all logins are "overpass". */
int demo_create(struct store *store, int64_t students, uint64_t seed, struct error *err);

/* The moment a demo world was made at, by its own clock. */
int64_t demo_instant(void);

#endif
