/* http.h: the transport on libmicrohttpd: sockets, TLS, time limits. Requests
 * go to the service; this file alone knows microhttpd.h. */
#ifndef OV_SERVER_HTTP_H
#define OV_SERVER_HTTP_H

#include "server/service.h"

struct http;
struct tls;

struct http_options {
	int socket;           /* listens already; the transport closes it */
	int threads;          /* of the pool */
	unsigned connections; /* at most; more are closed at once */
	unsigned per_address; /* at most from one address, 0: any number */
	bool behind_proxy;    /* the last X-Forwarded-For is the peer */
	struct tls *tls;      /* NULL: plain HTTP */
	int64_t keep_ms;      /* an idle connection is closed; 0: 75 s */
	int64_t header_ms;    /* for all headers of a request; 0: 20 s */
	int64_t body_ms;      /* for a body, and for an answer, plus its size at 1 kB/s; 0: 30 s */
};

int http_start(struct service *service, const struct http_options *options,
	       struct http **out, struct error *err);
/* Takes no more connections; refuses new requests, lets those under way end. */
void http_drain(struct http *http);
/* The same, then ends. NULL is fine. */
void http_stop(struct http *http);

#endif
