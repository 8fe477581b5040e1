/* problem.h: errors as RFC 9457 problem details, and the HTTP status of every
 * reason. The status comes from the reason table's OV_E… code; the few reasons
 * for which HTTP has a better word are listed in problem.c. */
#ifndef OV_SERVER_PROBLEM_H
#define OV_SERVER_PROBLEM_H

#include "core/model/reason.h"
#include "server/request.h"

int problem_status(const struct error *err);
const char *status_title(int status);

/* The answer for an error; REQUEST_DONE. 429 and 503 get Retry-After. */
int respond_error(struct request *request, const struct error *err);
/* The same with a status of its own and members that are added; EXTRA (may be
 * NULL) is released. PROBLEMS may be NULL. */
int respond_problem(struct request *request, int status, const struct error *err,
		    const struct problems *problems, json_t *extra);
/* A reason without parameters. */
int respond_reason(struct request *request, enum reason reason);

#endif
