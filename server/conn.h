/* conn.h: the open connections, and how long each may stay as it is.
 *
 * One thread looks at them once a second and shuts down what took too long: a
 * client that sends or reads a byte a second looks busy to any other limit.
 * Limits are set without a lock, because each request sets several. */
#ifndef OV_SERVER_CONN_H
#define OV_SERVER_CONN_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct conns;

struct conn {
	struct conn *next, **back; /* conns' own */
	int fd;
	_Atomic int64_t deadline;  /* monotonic ms; INT64_MAX: none */
	size_t url_bytes;          /* of the request under way */
	bool refused;              /* the transport's: the last answer came before the body */
	char peer[64];             /* the transport's: the address as text, once it was asked for */
};

/* Starts the thread; NULL when it can't. */
struct conns *conns_new(void);
void conns_free(struct conns *conns); /* after the last connection; NULL is fine */

/* The descriptor stays the transport's, which removes the conn before it
 * closes it. */
struct conn *conn_new(struct conns *conns, int fd, int64_t ms);
void conn_free(struct conns *conns, struct conn *conn);

/* MS from now, INT64_MAX for as long as it takes. CONN may be NULL. */
void conn_limit(struct conn *conn, int64_t ms);
/* Shuts down each that has a limit: that is, all but those that wait for a
 * commit or a change. */
void conns_cut(struct conns *conns);

#endif
