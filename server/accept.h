/* accept.h: takes connections and deals them out.
 *
 * A thread of its own, because threads that accept for themselves take what
 * comes in a burst all to one of them, and the others look on. */
#ifndef OV_SERVER_ACCEPT_H
#define OV_SERVER_ACCEPT_H

#include <sys/socket.h>

struct acceptor;

/* TAKE owns FD from then on. SOCKET listens; it is closed by acceptor_stop().
 * NULL when the thread can't be started (SOCKET stays open). */
struct acceptor *acceptor_start(int socket,
				void (*take)(void *context, int fd,
					     const struct sockaddr *address, socklen_t len),
				void *context);
/* No connection is taken any more. NULL is fine. */
void acceptor_stop(struct acceptor *acceptor);

#endif
