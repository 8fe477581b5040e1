/* service.h: everything behind the transport: stores, writer, passwords, the
 * people who wait for changes. One service answers requests of many threads. */
#ifndef OV_SERVER_SERVICE_H
#define OV_SERVER_SERVICE_H

#include <pthread.h>
#include <stdatomic.h>

#include "core/store/local.h"
#include "core/store/store.h"
#include "server/request.h"
#include "server/writer.h"

struct hasher;  /* hasher.h */
struct guesses; /* guess.h */
struct feed;    /* feed.h */
struct keeper;  /* keeper.h */

struct service_options {
	const char *url;           /* sqlite:PATH */
	struct store_options store;
	int64_t idle_seconds;      /* a token that isn't used ends */
	int64_t session_seconds;   /* a token ends in any case */
	size_t body_max;           /* bytes of a body, after decompression */
	int hash_threads;          /* passwords checked at a time */
	bool allow_plain;          /* behind a proxy that did TLS */
};

#define SERVICE_OPTIONS_INIT { .store = STORE_OPTIONS_INIT, .idle_seconds = 3600, \
	.session_seconds = 43200, .body_max = 16 << 20, .hash_threads = 1 }

/* For /metrics; each is only counted up. */
struct counters {
	_Atomic uint64_t requests, by_class[6], logins, login_failures, reads_us;
	_Atomic uint64_t bytes_out;
	_Atomic int64_t connections;
};

struct looks; /* look.h */
struct reader;
struct session_memo; /* session.h */

struct service {
	struct service_options options;
	char *url;
	struct writer *writer;
	struct hasher *hasher;
	struct guesses *guesses;
	struct feed *feed;
	struct keeper *keeper;
	struct looks *looks;
	pthread_key_t reader_key;
	pthread_mutex_t lock;    /* of readers and openapi */
	struct reader *readers;
	char *openapi[2];        /* by language, made when first asked for */
	struct counters counters;
	atomic_bool stopping;
	bool demo;
	int64_t schema;
	char epoch[ULID_TEXT];
	uint8_t secret[HASH_BYTES];
};

/* Opens the store (one connection for the writer) and starts the threads. */
int service_start(const struct service_options *options, struct service **out,
		  struct error *err);
/* Refuses new work, finishes what is under way, wakes whoever waits. */
void service_drain(struct service *service);
void service_stop(struct service *service); /* after the last request; NULL is fine */

/* The read store of this thread, made at its first call. NULL with ERR filled.
 * Between service_look(true) and (false) all that is read with it is of one
 * state of the database: who asks, what he may, and the answer. */
struct local *service_reader(struct service *service, struct error *err);
/* The same, with the request's actor acting. */
struct store *service_store(struct request *request, struct error *err);

/* What that store's thread knows of sessions, and the version of the state that
 * is looked at; after service_reader(), while a look is begun. */
struct session_memo *service_memo(struct service *service, int64_t *version);

/* Begins and ends a look of this thread (look.h); a look that reads nothing costs nothing.
 * service_look_anew(): what is read from here on is of a newer state. */
void service_look(bool begin);
void service_look_anew(void);

/* Headers are here: route, method, size, type, who asks. REQUEST_DONE when
 * the answer is ready (a refusal) and the body need not be read, else
 * REQUEST_WAIT for the body. */
int service_begin(struct request *request);
/* The body is here, or the request was woken. */
int service_handle(struct request *request);
/* Both at once, for a request without a body. */
int service_request(struct request *request);

/* Posts a job; REQUEST_WAIT, or the answer HTTP_MANY. */
int service_post(struct request *request, struct write_job *job);

#endif
