/* rest_store.h: stores behind a server of their own, for the suite and for
 * tests of several clients. */
#ifndef OV_TESTS_CONTRACT_REST_STORE_H
#define OV_TESTS_CONTRACT_REST_STORE_H

#include "core/store/store.h"
#include "tests/contract/daemon.h"

/* Makes the database that each server gets a copy of. */
bool rest_template(void);
/* The copy of that number; the path is scratch_path()'s. */
const char *rest_copy(int number);
/* A store at URL whose token lies in the scratch folder. NULL: it failed. */
struct store *rest_client(const char *url);
/* Prints a plan that skips everything: for main(). */
int rest_skip(const char *why);

#endif
