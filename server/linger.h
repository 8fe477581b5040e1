/* linger.h: connections that were answered while their client still sends.
 *
 * A request is refused by its headers (413, 401, 415 …) and its body is not
 * taken. Closing the socket then, with bytes in it that nobody read, makes the
 * kernel send a reset, and a reset throws away the answer the client hasn't
 * read yet (RFC 9112 9.6). So such a socket is read, and what comes is thrown
 * away, until the client closes its side or has had its time. */
#ifndef OV_SERVER_LINGER_H
#define OV_SERVER_LINGER_H

struct lingering;

/* Starts the thread, which sleeps while there is no such connection; NULL when
 * it can't. */
struct lingering *lingering_new(void);
/* Closes what is left. NULL is fine. */
void lingering_free(struct lingering *lingering);

/* Everything that is to be said has been written to FD, a connected TCP socket,
 * and stays the caller's to close: a duplicate is kept. With too many already,
 * nothing happens. */
void lingering_keep(struct lingering *lingering, int fd);

#endif
