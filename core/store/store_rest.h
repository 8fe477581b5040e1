/* store_rest.h: the store at the other end of a line: overpassd by HTTP.
 *
 * What is asked and answered is docs/rest.md; records are read by their field
 * tables, as everywhere. This header is the backend's own:
 *
 *	store_rest.c         the slots of struct store_ops
 *	store_rest_call.c    one call: waits, retries, states of the link, problems
 *	store_rest_path.c    questions as addresses
 *	store_rest_answer.c  answers from JSON
 *	store_rest_login.c   who acts; the session's token and its file
 *	store_rest_evidence.c files of evidence, as raw bytes
 *	store_rest_url.c     https://HOST[:PORT]
 *	store_rest_http.c    libcurl
 *
 * What was sent and not answered is sent again with the same idempotency key,
 * so that it is done once. When no answer comes at all the error says that it
 * may have been done (STORE_UNSURE), never that it was not. */
#ifndef OV_STORE_STORE_REST_H
#define OV_STORE_STORE_REST_H

#include <jansson.h>

#include "core/store/command.h"
#include "core/store/store.h"
#include "core/store/store_rest_http.h"

enum {
	REST_API = 1,        /* the version of docs/rest.md, in /v1/status */
	REST_TOKEN = 129,    /* room for a token and its NUL */
	REST_SLOW_MS = 500,  /* a longer wait is a slow line */
	REST_KEPT = 64,      /* records that are asked for again by their ETag */
	REST_KEYS = 64       /* commands of which it is known that they were asked for */
};

struct rest_url {
	char base[300]; /* "https://host:8443" */
	char host[270]; /* "host:8443", for people; the port only when it isn't 443 */
	bool loopback;
};

/* A record that was read before, with the rev that the server calls its ETag. */
struct rest_kept {
	enum kind kind;
	int64_t id;
	char etag[40];
	char *json;
	size_t len;
};

struct rest {
	struct store store; /* first */
	struct http *http;
	struct rest_url url;
	char *state_dir;
	char token[REST_TOKEN]; /* "" while nobody is logged in */
	struct rest_kept kept[REST_KEPT];
	/* What the server said of itself; schema 0 while it has said nothing. */
	int64_t schema;
	bool demo;
	char epoch[ULID_TEXT];
	int64_t answered_at; /* the last time, monotonic */
	int64_t backoff_ms;  /* first wait before a second try */
	char keys[REST_KEYS][ULID_TEXT]; /* of the last commands that were done */
	size_t key_next;
	bool searched;       /* somebody types: the next letter may be on its way */
};

/* A JSON document to send and how to treat it. */
struct rest_request {
	const char *path;
	json_t *body;     /* given away; NULL: a GET */
	const struct buf *file; /* bytes to send instead; the caller's */
	bool raw;         /* the answer is bytes: reply->text and len */
	bool open;        /* needs no token */
	bool command;     /* changes something and has a key: sent until answered */
	bool once;        /* not sent again by itself when the server is busy */
	bool bulk;        /* may work for minutes; shows progress */
	struct rest_kept *kept;
};

/* The answer's JSON: NULL for 204 and 304. The caller releases it. */
struct rest_reply {
	json_t *json;
	int status;
	bool lost; /* it was sent more than once */
	char etag[40];
	char *text; /* of a GET that may be kept, or raw; the caller frees it */
	size_t len;
};

/* store_rest_url.c: STORE_URL, or STORE_PLAIN for http:// to another machine. */
int rest_url_read(const char *text, struct rest_url *url, struct error *err);

/* store_rest_call.c. Everything that can go wrong comes back in ERR;
 * PROBLEMS and FAILED (may be NULL) get what a refused command says. */
int rest_call(struct rest *rest, const struct rest_request *request, struct rest_reply *reply,
	      struct problems *problems, size_t *failed, struct error *err);
void rest_reply_release(struct rest_reply *reply);
/* Fills ERR from a problem document (RFC 9457) or, without one, from the status. */
int rest_problem(const struct rest *rest, int status, const json_t *json,
		 struct problems *problems, size_t *failed, struct error *err);

/* store_rest_path.c: texts in ARENA. */
int rest_find_path(const struct query *query, struct arena *arena, const char **path,
		   struct error *err);
const char *rest_search_path(const char *text, int limit, struct arena *arena);
const char *rest_card_path(const struct card_request *request, struct arena *arena);
const char *rest_changes_path(const char *cursor, int limit, struct arena *arena);

/* store_rest_answer.c. Members that this program does not know are passed
 * over: a newer server may say more. What is missing is STORE_PEER. */
int rest_read_page(const struct rest *rest, const json_t *json, const struct field_table *table,
		   struct arena *arena, struct page *page, struct error *err);
int rest_read_record(const struct rest *rest, const json_t *json,
		     const struct field_table *table, struct arena *arena, void **record,
		     struct error *err);
int rest_read_bundle(const struct rest *rest, const json_t *json, struct arena *arena,
		     struct bundle *bundle, struct error *err);
int rest_read_outcome(const struct rest *rest, const json_t *json, struct arena *arena,
		      struct outcome *outcome, struct error *err);
/* What a status or a session says of the server: STORE_VERSION. */
int rest_read_server(struct rest *rest, const json_t *json, struct error *err);
/* A command as JSON; KEYED with its key. FIELD_UTF8 and what record_check()
 * finds when a text of it can't be said in JSON. */
int rest_write_command(const struct command *command, bool keyed, json_t **out,
		       struct problems *problems, struct error *err);
int rest_peer_error(const struct rest *rest, const char *why, struct error *err);

/* store_rest_evidence.c */
int rest_evidence_put(struct store *store, const void *bytes, size_t len,
		      uint8_t sha256[HASH_BYTES], struct error *err);
int rest_evidence_get(struct store *store, const uint8_t sha256[HASH_BYTES],
		      struct buf *bytes, struct error *err);

/* store_rest_login.c */
int rest_login(struct store *store, const char *login, const char *password,
	       struct error *err);
/* The server does not know the session any more: nobody acts. */
void rest_session_end(struct rest *rest);

/* Asks the server what it is: rest_read_server() of /v1/status. */
int rest_ask_server(struct rest *rest, struct error *err);

int rest_open(const char *url, const struct store_options *options, struct store **out,
	      struct error *err);

#endif
