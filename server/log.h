/* log.h: one line of JSON on standard error for each thing that happened.
 * Never a name, a number of a learner, an address or a value of a request:
 * routes are logged as patterns. */
#ifndef OV_SERVER_LOG_H
#define OV_SERVER_LOG_H

#include "server/request.h"

enum log_level { LOG_NONE, LOG_ERRORS, LOG_ALL };

void log_set(enum log_level now);
/* A finished request: errors are those with 5xx. */
void log_request(const struct request *request, size_t bytes);
/* What the server itself did or suffered. */
void log_event(const char *event, const char *detail);

#endif
