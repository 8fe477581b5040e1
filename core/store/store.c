/* Stores by URL, and the calls that pass on to the backend. */
#include "core/store/store.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "core/db/db_url.h"
#include "core/model/reason.h"
#include "core/store/local.h"
#include "core/store/store_rest.h"
#include "core/store/trace.h"

/* A backend that lacks a slot is a bug of ours; better seen at once. */
static bool complete(const struct store_ops *ops)
{
	return ops->name && ops->close && ops->login && ops->get && ops->find &&
	       ops->search && ops->card && ops->assess && ops->execute && ops->changes &&
	       ops->evidence_put && ops->evidence_get && ops->status && ops->cancel;
}

static const char *after(const char *url, const char *scheme)
{
	size_t len = strlen(scheme);

	return strncmp(url, scheme, len) ? NULL : url + len;
}

int store_open(const char *url, const struct store_options *options,
	       struct store **out, struct error *err)
{
	const char *rest;
	int rc;

	*out = NULL;
	if ((rest = after(url, "trace+")) != NULL) {
		rc = store_open(rest, options, out, err);
		if (rc == 0)
			rc = trace_open(*out, options, out, err);
	} else if ((rest = after(url, "sqlite:")) != NULL && *rest) {
		rc = local_open(rest, options, out, err);
	} else if (db_url_is_server(url)) {
		rc = local_open(url, options, out, err);
	} else if (!strcmp(url, "memory:")) {
		rc = local_open(NULL, options, out, err);
	} else if (after(url, "https://") || after(url, "http://")) {
		rc = rest_open(url, options, out, err);
	} else {
		rc = error_reason(err, REASON_STORE_URL, "url", url, NULL);
	}
	if (rc == 0 && *out && !complete((*out)->ops)) {
		store_close(*out);
		*out = NULL;
		rc = error_reason(err, REASON_BUG, "what", "store_ops", NULL);
	}
	return rc;
}

void store_close(struct store *store)
{
	if (store)
		store->ops->close(store);
}

void store_set_progress(struct store *store, store_progress *progress, void *context)
{
	store->progress = progress;
	store->progress_context = context;
}

int store_login(struct store *store, const char *login, const char *password,
		struct error *err)
{
	return store->ops->login(store, login, password, err);
}

int store_get(struct store *store, enum kind kind, int64_t id,
	      struct arena *arena, void **record, struct error *err)
{
	return store->ops->get(store, kind, id, arena, record, err);
}

int store_find(struct store *store, const struct query *query,
	       struct arena *arena, struct page *page, struct error *err)
{
	return store->ops->find(store, query, arena, page, err);
}

int store_search(struct store *store, const char *text, int limit,
		 struct arena *arena, struct page *page, struct error *err)
{
	return store->ops->search(store, text, limit, arena, page, err);
}

int store_card(struct store *store, const struct card_request *request,
	       struct arena *arena, struct bundle *bundle, struct error *err)
{
	return store->ops->card(store, request, arena, bundle, err);
}

int store_assess(struct store *store, const struct command *command,
		 struct arena *arena, struct outcome *outcome, struct error *err)
{
	return store->ops->assess(store, command, arena, outcome, err);
}

int store_execute(struct store *store, const struct command *commands, size_t count,
		  struct arena *arena, struct outcome *outcomes, size_t *failed,
		  struct error *err)
{
	return store->ops->execute(store, commands, count, arena, outcomes, failed, err);
}

int store_changes(struct store *store, const char *cursor, int limit,
		  struct arena *arena, struct page *page, struct error *err)
{
	return store->ops->changes(store, cursor, limit, arena, page, err);
}

void outcomes_init(struct outcome *outcomes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		memset(&outcomes[i], 0, offsetof(struct outcome, problems));
		outcomes[i].problems.count = 0;
	}
}

void store_rest(struct store *store)
{
	if (store->ops->rest)
		store->ops->rest(store);
}

int store_evidence_put(struct store *store, const void *bytes, size_t len,
		       uint8_t sha256[HASH_BYTES], struct error *err)
{
	return store->ops->evidence_put(store, bytes, len, sha256, err);
}

int store_evidence_get(struct store *store, const uint8_t sha256[HASH_BYTES],
		       struct buf *bytes, struct error *err)
{
	return store->ops->evidence_get(store, sha256, bytes, err);
}

int store_status(struct store *store, struct arena *arena,
		 struct store_status *status, struct error *err)
{
	return store->ops->status(store, arena, status, err);
}

void store_cancel(struct store *store)
{
	store->ops->cancel(store);
}

static const struct store *innermost(const struct store *store)
{
	const struct store *inner;

	while ((inner = trace_inner(store)) != NULL)
		store = inner;
	return store;
}

enum link_state store_link(const struct store *store)
{
	return (enum link_state)atomic_load(&innermost(store)->link);
}

int64_t store_round_trip(const struct store *store)
{
	return atomic_load(&innermost(store)->round_trip_ms);
}

void store_set_link(struct store *store, enum link_state link)
{
	atomic_store(&store->link, (int)link);
}
