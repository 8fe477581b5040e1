/* admin.h: the first administrator, made on the machine itself. */
#ifndef OV_SERVER_ADMIN_H
#define OV_SERVER_ADMIN_H

#include "core/store/store.h"

/* Adds the login with the role admin; refused (EXISTS) when there is an active
 * administrator already: that one makes further accounts. */
int admin_init(struct store *store, const char *login, const char *password, struct error *err);

#endif
