/* fixture.h: what every backend's store holds before the contract suite runs:
 * staff of several roles, two branches, and learners of both. Logins have the
 * password "overpass". The fixture is made behind the interface (local.h); the
 * suite itself knows store.h only. */
#ifndef OV_TESTS_CONTRACT_FIXTURE_H
#define OV_TESTS_CONTRACT_FIXTURE_H

#include "core/store/store.h"

enum {
	FIXTURE_LEARNERS = 120, /* ids 1…120 of student; odd ones of branch 1 */
	FIXTURE_BRANCH_1 = 1, FIXTURE_BRANCH_2 = 2
};

/* Logins: registrar, viewer, expert, admin, auditor, desk; "far" is a registrar
 * of branch 2 only; "gone" is closed. */
int fixture_make(struct store *store, struct error *err);

#endif
