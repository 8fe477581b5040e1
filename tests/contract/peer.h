/* peer.h: an HTTP server that does what a test tells it, well or badly.
 *
 * Each request is answered by the next step of a script, or by the last one
 * when the script is over. What came in is kept for the test to look at. */
#ifndef OV_TESTS_CONTRACT_PEER_H
#define OV_TESTS_CONTRACT_PEER_H

#include <stdbool.h>
#include <stddef.h>

enum peer_act {
	PEER_ANSWER, /* status, headers, body */
	PEER_RAW,    /* body as it is, then the end of the connection */
	PEER_LOSE,   /* reads the request, then resets the connection */
	PEER_HOLD    /* answers when peer_release() was called, then goes on */
};

struct peer_step {
	enum peer_act act;
	int status;
	const char *headers; /* "Name: value\r\n", or NULL */
	const char *body;    /* NULL: none */
};

enum { PEER_REQUESTS = 64, PEER_TEXT = 65536 };

struct peer;

struct peer *peer_new(const struct peer_step *script, size_t count);
void peer_free(struct peer *peer);
const char *peer_url(const struct peer *peer);
/* A new script from its start; what came in is forgotten. */
void peer_script(struct peer *peer, const struct peer_step *script, size_t count);
/* How many requests came; waits until there are at least AT_LEAST. */
size_t peer_count(struct peer *peer, size_t at_least);
size_t peer_connections(struct peer *peer);
/* Request line, headers and body as they came; *len may be NULL. */
const char *peer_request(struct peer *peer, size_t index, size_t *len);
void peer_release(struct peer *peer);

#endif
