#include "core/store/trace.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/model/reason.h"
#include "core/store/command.h"

struct trace {
	struct store store; /* first */
	struct store *inner;
	FILE *file;
	int64_t started; /* of the call under way, monotonic microseconds */
};

static int64_t microseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* The inner store works with the state of the outer one. */
static struct store *begin(struct store *store)
{
	struct trace *trace = (struct trace *)store;

	trace->inner->progress = store->progress;
	trace->inner->progress_context = store->progress_context;
	trace->started = microseconds();
	return trace->inner;
}

static int end(struct store *store, int rc, const struct error *err, const char *slot,
	       const char *name, int64_t asked, size_t answered)
{
	struct trace *trace = (struct trace *)store;

	store->actor = trace->inner->actor;
	fprintf(trace->file, "%s %s %" PRId64 " -> %s, %zu, %" PRId64 " us\n", slot, name, asked,
		rc < 0 ? reason_code(err->reason) : "ok", rc < 0 ? 0 : answered,
		microseconds() - trace->started);
	fflush(trace->file);
	return rc;
}

static const char *kind_name(enum kind kind)
{
	return kind > KIND_NONE && kind < KIND_COUNT ? kind_fields(kind)->name : "?";
}

static size_t bundle_records(const struct bundle *bundle)
{
	size_t count = 0;

	for (size_t i = 0; i < bundle->count; i++)
		count += bundle->lists[i].count;
	return count;
}

static void trace_close(struct store *store)
{
	struct trace *trace = (struct trace *)store;

	store_close(trace->inner);
	if (trace->file != stderr)
		fclose(trace->file);
	free(trace);
}

static int trace_login(struct store *store, const char *login, const char *password,
		       struct error *err)
{
	int rc = store_login(begin(store), login, password, err);

	return end(store, rc, err, "login", login ? "in" : "out", password != NULL, 0);
}

static int trace_get(struct store *store, enum kind kind, int64_t id,
		     struct arena *arena, void **record, struct error *err)
{
	int rc = store_get(begin(store), kind, id, arena, record, err);

	return end(store, rc, err, "get", kind_name(kind), id, 1);
}

static int trace_find(struct store *store, const struct query *query,
		      struct arena *arena, struct page *page, struct error *err)
{
	int rc = store_find(begin(store), query, arena, page, err);

	return end(store, rc, err, "find", kind_name(query->kind), (int64_t)query->filter_count,
		   page->count);
}

static int trace_search(struct store *store, const char *text, int limit,
			struct arena *arena, struct page *page, struct error *err)
{
	int rc = store_search(begin(store), text, limit, arena, page, err);

	return end(store, rc, err, "search", "bytes", (int64_t)strlen(text), page->count);
}

static int trace_card(struct store *store, const struct card_request *request,
		      struct arena *arena, struct bundle *bundle, struct error *err)
{
	int rc = store_card(begin(store), request, arena, bundle, err);

	return end(store, rc, err, "card", kind_name(request->kind), request->id,
		   bundle_records(bundle));
}

static int trace_assess(struct store *store, const struct command *command,
			struct arena *arena, struct outcome *outcome, struct error *err)
{
	int rc = store_assess(begin(store), command, arena, outcome, err);

	return end(store, rc, err, "assess", command->def->name, command->target,
		   bundle_records(&outcome->records));
}

static int trace_execute(struct store *store, const struct command *commands, size_t count,
			 struct arena *arena, struct outcome *outcomes, size_t *failed,
			 struct error *err)
{
	int rc = store_execute(begin(store), commands, count, arena, outcomes, failed, err);

	return end(store, rc, err, "execute", count ? commands[0].def->name : "",
		   count ? commands[0].target : 0, count);
}

static int trace_changes(struct store *store, const char *cursor, int limit,
			 struct arena *arena, struct page *page, struct error *err)
{
	int rc = store_changes(begin(store), cursor, limit, arena, page, err);

	return end(store, rc, err, "changes", cursor ? "after" : "all", limit, page->count);
}

static int trace_evidence_put(struct store *store, const void *bytes, size_t len,
			      uint8_t sha256[HASH_BYTES], struct error *err)
{
	int rc = store_evidence_put(begin(store), bytes, len, sha256, err);

	return end(store, rc, err, "evidence_put", "bytes", (int64_t)len, 1);
}

static int trace_evidence_get(struct store *store, const uint8_t sha256[HASH_BYTES],
			      struct buf *bytes, struct error *err)
{
	int rc = store_evidence_get(begin(store), sha256, bytes, err);

	return end(store, rc, err, "evidence_get", "bytes", (int64_t)bytes->len, 1);
}

static int trace_status(struct store *store, struct arena *arena,
			struct store_status *status, struct error *err)
{
	int rc = store_status(begin(store), arena, status, err);

	return end(store, rc, err, "status", "", 0, 1);
}

static void trace_rest(struct store *store)
{
	store_rest(((struct trace *)store)->inner);
}

static void trace_cancel(struct store *store)
{
	/* Any thread: nothing is written here, the call that stops says so. */
	store_cancel(((struct trace *)store)->inner);
}

static const struct store_ops trace_ops = {
	.name = "trace",
	.close = trace_close,
	.login = trace_login,
	.get = trace_get,
	.find = trace_find,
	.search = trace_search,
	.card = trace_card,
	.assess = trace_assess,
	.execute = trace_execute,
	.changes = trace_changes,
	.evidence_put = trace_evidence_put,
	.evidence_get = trace_evidence_get,
	.status = trace_status,
	.cancel = trace_cancel, .rest = trace_rest,
};

struct store *trace_inner(const struct store *store)
{
	return store->ops == &trace_ops ? ((const struct trace *)store)->inner : NULL;
}

int trace_open(struct store *inner, const struct store_options *options,
	       struct store **out, struct error *err)
{
	FILE *file = options->trace_file ? fopen(options->trace_file, "ae") : stderr;
	struct trace *trace;

	*out = NULL;
	if (!file) {
		store_close(inner);
		return error_reason(err, REASON_FILE_WRITE, "file", options->trace_file,
				    "why", strerror(errno), NULL);
	}
	trace = mem_alloc(sizeof *trace);
	trace->store.ops = &trace_ops;
	trace->store.actor = inner->actor;
	trace->inner = inner;
	trace->file = file;
	*out = &trace->store;
	return 0;
}
