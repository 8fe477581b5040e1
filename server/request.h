/* request.h: one HTTP request and its answer, without a socket.
 *
 * The transport (http.c) or a test fills the upper half and calls
 * service_begin() when the headers are there, service_handle() when the body
 * is. A request that waits (for a commit, a password, a change) is handed back
 * through ->wake from another thread; service_handle() is then called again. */
#ifndef OV_SERVER_REQUEST_H
#define OV_SERVER_REQUEST_H

#include <jansson.h>

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/hash.h"
#include "core/model/permission.h"

struct service; /* service.h */
struct route;   /* routes.h */

enum method { METHOD_GET = 1, METHOD_POST = 2, METHOD_OTHER = 4 };

enum { PARAMS_MAX = 24, HEADERS_MAX = 8, SEGMENTS_MAX = 4 };

struct param {
	const char *name, *value;
};

enum body_kind { BODY_NONE, BODY_JSON, BODY_PROBLEM, BODY_TEXT, BODY_PLAIN, BODY_CSV, BODY_PDF,
		 BODY_BYTES, BODY_CALENDAR };

/* The media type; NULL of BODY_NONE. */
const char *body_type(enum body_kind kind);

struct response {
	int status; /* 0: not answered yet */
	enum body_kind kind;
	struct buf body;
	const char *encoding; /* "gzip", "zstd" or NULL */
	bool spoken; /* may have sentences in the language of the request */
	struct param headers[HEADERS_MAX];
	size_t header_count;
};

enum language { LANGUAGE_EN, LANGUAGE_ZH };

struct request {
	struct service *service;
	struct arena arena;
	char id[ULID_TEXT];
	enum method method;
	const char *method_name; /* "GET", for the log */
	const char *path;        /* as sent, without the query */
	struct param params[PARAMS_MAX];
	size_t param_count;
	bool params_overflow;    /* there were more */
	const char *(*header)(const struct request *request, const char *name);
	void *context;           /* the transport's */
	char peer[64];           /* address, for slowing guesses; never logged */
	bool secure;             /* TLS, loopback, or a proxy that says so */
	size_t header_bytes, url_bytes;
	struct buf body;
	size_t body_limit;
	/* Called once for each time service_handle() answered REQUEST_WAIT. */
	void (*wake)(struct request *request);

	/* the service's own */
	const struct route *route;
	const char *segments[SEGMENTS_MAX]; /* decoded parts behind /v1/ */
	size_t segment_count;
	enum language language;
	struct actor actor;
	int64_t session_id; /* 0: nobody */
	int (*resume)(struct request *request); /* what to do when woken */
	void *state;        /* of the route, in the arena */
	int64_t started_ms;
	struct response response;
};

/* What service_handle() answers. */
enum { REQUEST_DONE = 0, REQUEST_WAIT = 1 };

/* The memory is zeroed, or is of a request that was finished: the arena's first
 * block serves again, since a block comes and goes slower than it is used. */
void request_init(struct request *request, struct service *service);
void request_finish(struct request *request);
void request_release(struct request *request);

/* The value of a parameter, NULL when it is not there. */
const char *request_param(const struct request *request, const char *name);
const char *request_header(const struct request *request, const char *name);

/* Takes a percent-encoded query apart; for tests and for transports that have
 * it in one piece. False for broken escapes. */
bool request_query(struct request *request, const char *query);
/* Decodes %XX (and + when PLUS) into the arena; NULL when an escape is broken
 * or hides a NUL. */
char *percent_decode(struct arena *arena, const char *text, size_t len, bool plus);

void response_header(struct request *request, const char *name, const char *value);
/* The answer; JSON is released. */
int respond_json(struct request *request, int status, json_t *json);
/* The same with JSON that was written to response.body. SPOKEN: not records
 * alone, whose members are the same in every language. */
int respond_written(struct request *request, int status, bool spoken);
int respond_empty(struct request *request, int status);
int respond_text(struct request *request, int status, const char *text);

#endif
