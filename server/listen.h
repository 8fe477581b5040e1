/* listen.h: the socket that listens, made here or handed over by systemd, and
 * telling systemd how it goes. */
#ifndef OV_SERVER_LISTEN_H
#define OV_SERVER_LISTEN_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"

/* The socket of systemd's socket activation (LISTEN_FDS), else one bound to
 * "HOST:PORT" or "[ADDRESS]:PORT". Port 0 lets the system choose. *LOCAL: it
 * can be reached from this machine only. SERVER_LISTEN. */
int listen_open(const char *address, int *out, bool *local, struct error *err);
/* "127.0.0.1:8080" of a listening socket. */
void listen_address(int socket, char *out, size_t size);
/* "READY=1", "STOPPING=1" … to systemd, if it asked to be told. */
void listen_notify(const char *state);

#endif
