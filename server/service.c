#include "server/service.h"

#include <stdlib.h>
#include <string.h>

#include "core/model/reason.h"
#include "server/feed.h"
#include "server/guess.h"
#include "server/hasher.h"
#include "server/keeper.h"
#include "server/look.h"
#include "server/problem.h"
#include "server/session.h"

struct reader {
	struct reader *next;
	struct store *store;
	struct local *local;
	struct session_memo memo;
	struct look *look;
	int64_t version; /* of the state that is looked at */
};

/* Of this thread. */
static _Thread_local struct {
	bool begun;
	struct look *taken;
} now;

static void changed(void *context)
{
	struct service *service = context;

	feed_wake(service->feed);
}

static int open_local(const struct service_options *options, struct store **store,
		      struct error *err)
{
	int rc = store_open(options->url, &options->store, store, err);

	if (rc == 0 && (!local_of(*store) || local_of(*store)->memory)) {
		store_close(*store);
		*store = NULL;
		rc = error_reason(err, REASON_STORE_URL, "url", options->url, NULL);
	}
	return rc;
}

static void know(struct service *service, const struct local *local)
{
	service->demo = local->demo;
	service->schema = local->schema;
	memcpy(service->epoch, local->epoch, sizeof service->epoch);
	memcpy(service->secret, local->secret, sizeof service->secret);
}

int service_start(const struct service_options *options, struct service **out,
		  struct error *err)
{
	struct service *service = mem_alloc(sizeof *service);
	struct store *writing = NULL, *watching = NULL, *keeping = NULL;
	int rc;

	*out = NULL;
	service->options = *options;
	service->url = mem_strdup(options->url);
	service->options.url = service->url;
	pthread_key_create(&service->reader_key, NULL);
	pthread_mutex_init(&service->lock, NULL);
	rc = open_local(&service->options, &writing, err);
	if (rc == 0)
		rc = open_local(&service->options, &watching, err);
	if (rc == 0)
		rc = open_local(&service->options, &keeping, err);
	if (rc == 0) {
		know(service, local_of(writing));
		service->guesses = guesses_new();
		service->feed = feed_start(watching);
		watching = NULL;
		service->writer = writer_start(writing, changed, service);
		writing = NULL;
		service->looks = looks_new();
		service->hasher = hasher_start(options->hash_threads);
		service->keeper = keeper_start(keeping, changed, service);
		keeping = NULL;
		if (!service->feed || !service->writer || !service->looks || !service->hasher ||
		    !service->keeper)
			rc = error_reason(err, REASON_BUG, "what", "threads", NULL);
	}
	store_close(writing);
	store_close(watching);
	store_close(keeping);
	if (rc < 0)
		service_stop(service);
	else
		*out = service;
	return rc;
}

void service_drain(struct service *service)
{
	atomic_store(&service->stopping, true);
	feed_wake(service->feed);
}

void service_stop(struct service *service)
{
	struct reader *next;

	if (!service)
		return;
	keeper_stop(service->keeper);
	hasher_stop(service->hasher);
	writer_stop(service->writer);
	feed_stop(service->feed);
	guesses_free(service->guesses);
	looks_free(service->looks);
	for (struct reader *reader = service->readers; reader; reader = next) {
		next = reader->next;
		store_close(reader->store);
		free(reader);
	}
	pthread_key_delete(service->reader_key);
	pthread_mutex_destroy(&service->lock);
	free(service->openapi[0]);
	free(service->openapi[1]);
	free(service->url);
	free(service);
}

static struct reader *reader_of(struct service *service, struct error *err)
{
	struct reader *reader = pthread_getspecific(service->reader_key);

	if (reader)
		return reader;
	reader = mem_alloc(sizeof *reader);
	if (open_local(&service->options, &reader->store, err) < 0) {
		free(reader);
		return NULL;
	}
	reader->local = local_of(reader->store);
	reader->look = look_new(service->looks, reader->local->db);
	pthread_setspecific(service->reader_key, reader);
	pthread_mutex_lock(&service->lock);
	reader->next = service->readers;
	service->readers = reader;
	pthread_mutex_unlock(&service->lock);
	return reader;
}

/* One state for the whole request: without it each statement would take the
 * locks of the log anew, and could see another state than the one before. */
struct local *service_reader(struct service *service, struct error *err)
{
	struct reader *reader = reader_of(service, err);

	if (!reader)
		return NULL;
	if (now.begun) {
		now.taken = reader->look;
		if (look_take(reader->look, &reader->version, err) < 0)
			return NULL;
	}
	return reader->local;
}

struct session_memo *service_memo(struct service *service, int64_t *version)
{
	struct reader *reader = pthread_getspecific(service->reader_key);

	*version = reader->version;
	return &reader->memo;
}

void service_look_anew(void)
{
	if (now.taken)
		look_renew(now.taken);
}

void service_look(bool begin)
{
	if (now.taken)
		look_leave(now.taken);
	now.taken = NULL;
	now.begun = begin;
}

struct store *service_store(struct request *request, struct error *err)
{
	struct local *local = service_reader(request->service, err);

	if (!local)
		return NULL;
	local_act_as(&local->store, &request->actor);
	return &local->store;
}

int service_post(struct request *request, struct write_job *job)
{
	job->arena = &request->arena;
	job->language = request->language;
	if (writer_post(request->service->writer, job))
		return REQUEST_WAIT;
	return respond_reason(request, atomic_load(&request->service->stopping) ?
			      REASON_HTTP_STOPPING : REASON_HTTP_MANY);
}
