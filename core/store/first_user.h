/* first_user.h: how a new database gets the administrator who makes all other
 * users. Nobody could be asked for a permission yet, so the program itself
 * acts, and the audit trail says so. */
#ifndef OV_STORE_FIRST_USER_H
#define OV_STORE_FIRST_USER_H

#include "core/store/store.h"

/* For a local store that was just made; the system is logged in afterwards. */
int store_first_user(struct store *store, const char *login, const char *password,
		     struct error *err);

#endif
