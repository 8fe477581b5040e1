/* daemon.h: a real overpassd on loopback, and a poor line before it.
 *
 * The programs are $OV_BUILDDIR/overpassd and ../shared/tools/slowlink.py; a
 * test that lacks one of them is skipped with the reason. */
#ifndef OV_TESTS_CONTRACT_DAEMON_H
#define OV_TESTS_CONTRACT_DAEMON_H

#include <stdbool.h>
#include <sys/types.h>

struct daemon {
	pid_t pid;
	int out;      /* its standard output */
	char url[96]; /* "http://127.0.0.1:PORT" */
};

/* NULL when it can be run, else why not. */
const char *daemon_missing(void);
const char *slowlink_missing(void);

/* Serves the database in FILE; CERTIFICATE (with its key) NULL: without TLS.
 * False when it does not come up. */
bool daemon_start(struct daemon *daemon, const char *file, const char *certificate,
		  const char *key);
/* A line to UPSTREAM as the arguments (ended by NULL) say; its url has the
 * scheme of UPSTREAM's. */
bool slowlink_start(struct daemon *link, const struct daemon *upstream,
		    const char *const *arguments);
/* SIGTERM, and its exit status; -1 when it was killed. */
int daemon_stop(struct daemon *daemon);

#endif
