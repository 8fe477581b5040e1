/* store_rest_http.h: one HTTP exchange at a time with one server.
 *
 * The one file that knows libcurl is behind it. The library is loaded when the
 * first REST store is opened: linked, it would cost every start of the program
 * some ten milliseconds that a look-up in a local database does not have.
 *
 * One connection is kept, TLS sessions are resumed, HTTP/2 is taken where the
 * server has it. There is no limit on the whole exchange, only on connecting
 * and on silence: a slow line is slow, not broken.
 *
 * Threads: one thread calls; only http_cancel() may come from another. A
 * cancelled exchange that only reads is left to end by itself on its
 * connection, since a new connection would cost a slow line four times what
 * the rest of the answer does; the next call waits for it a little. */
#ifndef OV_STORE_STORE_REST_HTTP_H
#define OV_STORE_STORE_REST_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buf.h"
#include "core/base/error.h"

struct http;

struct http_options {
	const char *base;    /* https://HOST[:PORT], no slash at the end */
	const char *ca_file; /* certificates to trust; NULL: the system's */
	bool loopback;       /* never by way of a proxy */
};

struct http_request {
	const char *path;      /* "/v1/…", already escaped */
	const char *body;      /* NULL: a GET */
	size_t len;
	const char *type;      /* of a body that is not JSON; sent as it is, never zipped */
	const char *token;     /* "": none */
	const char *language;  /* of messages; "en" is not said, since it is the usual one */
	const char *etag;      /* If-None-Match, or NULL */
	int silence_s;         /* give up after that many seconds without a byte */
	bool steadfast;        /* it changes something: once sent, wait for the answer */
	bool begun;            /* it was sent before, and the answer was lost */
	/* Called now and then while it waits, with what went up and came down so
	 * far; true asks to stop, like http_cancel(). May be NULL. */
	bool (*waiting)(void *context, int64_t waited_ms, int64_t sent, int64_t to_send);
	void *context;
};

struct http_answer {
	int status;
	struct buf body;       /* decompressed */
	char etag[40];         /* without its quotes */
	int64_t retry_after_s; /* -1: the server did not say */
	int64_t round_trip_ms; /* from the last byte of the request to the first back */
	char why[160];         /* what went wrong, for people */
};

enum http_result {
	HTTP_DONE,      /* an answer of any status */
	HTTP_CANCELLED, /* nothing was sent, or nothing that matters */
	HTTP_UNREACHED, /* nothing was sent */
	HTTP_LOST,      /* something was sent, and no whole answer came */
	HTTP_REFUSED,   /* the server could not prove who it is, or TLS failed */
	HTTP_TOO_LARGE  /* the answer is larger than any of ours */
};

/* 0, or DATA_MISSING when the library is not there. */
int http_new(const struct http_options *options, struct http **out, struct error *err);
void http_free(struct http *http); /* NULL is fine */
/* ANSWER is filled anew; http_answer_release() frees it. */
enum http_result http_call(struct http *http, const struct http_request *request,
			   struct http_answer *answer);
void http_answer_release(struct http_answer *answer);

/* A call, with its waits and retries, is between these two. */
void http_enter(struct http *http);
void http_leave(struct http *http);
/* Waits; true when it was cancelled meanwhile. BEGUN: as in the request. */
bool http_wait(struct http *http, int64_t ms, bool begun);
/* Any thread: what runs between enter and leave stops at once. What changes
 * something and was sent goes on for some seconds more, since nobody can say
 * without the answer whether it was done; asking again later stops that too. */
void http_cancel(struct http *http);
/* The kept connection is there, as far as one can tell. */
bool http_connected(const struct http *http);

#endif
