/* db_url.h: the URL of a database as people may see it. */
#ifndef OV_DB_DB_URL_H
#define OV_DB_DB_URL_H

#include <stdbool.h>

#include "core/base/arena.h"

/* postgres://… or postgresql://… */
bool db_url_is_server(const char *text);
/* Without the passwords in it. Any other text as it is. */
const char *db_url_shown(const char *url, struct arena *arena);

#endif
