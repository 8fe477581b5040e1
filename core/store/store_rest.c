#include "core/store/store_rest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/codec/json_record.h"
#include "core/config/paths.h"
#include "core/model/reason.h"

enum {
	LIST_MAX = 100,       /* commands in one request, docs/rest.md */
	BACKOFF_MS = 250,
	TYPING_MS = 120,      /* between two letters of somebody who types */
	STATUS_AGE_MS = 60000 /* a status younger than that is told from memory */
};

static struct rest *enter(struct store *store)
{
	struct rest *rest = (struct rest *)store;

	http_enter(rest->http);
	return rest;
}

static int leave(struct rest *rest, struct rest_reply *reply, int rc)
{
	rest_reply_release(reply);
	http_leave(rest->http);
	return rc;
}

static bool kind_known(enum kind kind)
{
	return kind > KIND_NONE && kind < KIND_COUNT;
}

static int kind_error(const struct rest *rest, enum kind kind, struct error *err)
{
	if (!*rest->token)
		return error_reason(err, REASON_LOGIN_NEEDED, NULL);
	return error_reason(err, REASON_KIND_UNKNOWN, "name",
			    kind_known(kind) ? kind_fields(kind)->name : "?", NULL);
}

/* --- reading --- */

/* The place where a record is kept that was read before. */
static struct rest_kept *kept_find(struct rest *rest, enum kind kind, int64_t id)
{
	struct rest_kept *kept = &rest->kept[((uint64_t)id * 31 + kind) % REST_KEPT];

	if (kept->kind != kind || kept->id != id) {
		free(kept->json);
		memset(kept, 0, sizeof *kept);
		kept->kind = kind;
		kept->id = id;
	}
	return kept;
}

/* A 304 says that the record we have is the one that is there. */
static int kept_use(const struct rest *rest, struct rest_kept *kept, struct rest_reply *reply,
		    struct error *err)
{
	if (reply->status == 304) {
		if (!kept->json || json_parse(kept->json, kept->len, rest->url.host,
					      &reply->json, err) < 0)
			return rest_peer_error(rest, "HTTP 304", err);
		return 0;
	}
	free(kept->json);
	kept->json = reply->text;
	kept->len = reply->len;
	reply->text = NULL;
	snprintf(kept->etag, sizeof kept->etag, "%s", kept->json ? reply->etag : "");
	return 0;
}

static int rest_get(struct store *store, enum kind kind, int64_t id,
		    struct arena *arena, void **record, struct error *err)
{
	struct rest *rest = enter(store);
	struct rest_request request = { .path = NULL };
	struct rest_reply reply = { .json = NULL };
	int rc;

	*record = NULL;
	if (!kind_known(kind) || !kind_stored(kind))
		return leave(rest, &reply, kind_error(rest, kind, err));
	if (id < 1 && *rest->token) /* no record has it, and no address */
		return leave(rest, &reply, error_reason(err, REASON_NOT_FOUND, "what",
			     _(kind_fields(kind)->label), "key", "0", NULL));
	request.path = arena_printf(arena, "/v1/%s/%lld", kind_fields(kind)->plural, (long long)id);
	request.kept = kept_find(rest, kind, id);
	rc = rest_call(rest, &request, &reply, NULL, NULL, err);
	if (rc == 0)
		rc = kept_use(rest, request.kept, &reply, err);
	if (rc == 0)
		rc = rest_read_record(rest, reply.json, kind_fields(kind), arena, record, err);
	if (rc < 0)
		*record = NULL;
	return leave(rest, &reply, rc);
}

static int read_page(struct rest *rest, const char *path, const struct field_table *table,
		     struct arena *arena, struct page *page, struct error *err)
{
	const struct rest_request request = { .path = path };
	struct rest_reply reply;
	int rc = rest_call(rest, &request, &reply, NULL, NULL, err);

	if (rc == 0)
		rc = rest_read_page(rest, reply.json, table, arena, page, err);
	if (rc < 0)
		memset(page, 0, sizeof *page);
	return leave(rest, &reply, rc);
}

static int rest_find(struct store *store, const struct query *query,
		     struct arena *arena, struct page *page, struct error *err)
{
	struct rest *rest = enter(store);
	struct rest_reply none = { .json = NULL };
	const char *path;
	int rc;

	memset(page, 0, sizeof *page);
	if (!kind_known(query->kind))
		return leave(rest, &none, kind_error(rest, query->kind, err));
	rc = rest_find_path(query, arena, &path, err);
	if (rc < 0)
		return leave(rest, &none, *rest->token ? rc : kind_error(rest, query->kind, err));
	return read_page(rest, path, kind_fields(query->kind), arena, page, err);
}

/* On a line that takes its time a letter is not asked for at once: the next
 * one would only have to wait for the answer that nobody wants any more. */
static int64_t typing_ms(const struct store *store)
{
	int64_t ms = store_round_trip(store) / 3;

	return ms < TYPING_MS ? ms : TYPING_MS;
}

static int rest_search(struct store *store, const char *text, int limit,
		       struct arena *arena, struct page *page, struct error *err)
{
	struct rest *rest = enter(store);
	struct rest_reply none = { .json = NULL };

	memset(page, 0, sizeof *page);
	if (rest->searched && http_wait(rest->http, typing_ms(store), false))
		return leave(rest, &none, error_reason(err, REASON_CANCELLED, NULL));
	rest->searched = true;
	return read_page(rest, rest_search_path(text, limit, arena), &student_hit_fields,
			 arena, page, err);
}

static int rest_changes(struct store *store, const char *cursor, int limit,
			struct arena *arena, struct page *page, struct error *err)
{
	struct rest *rest = enter(store);
	struct rest_reply none = { .json = NULL };

	memset(page, 0, sizeof *page);
	if (*rest->token && (limit < 0 || limit > STORE_CHANGES_MAX))
		return leave(rest, &none, error_reason(err, REASON_USAGE, "what",
						       _("At most 1000 changes"), NULL));
	return read_page(rest, rest_changes_path(cursor, limit, arena), &change_fields,
			 arena, page, err);
}

static int rest_card(struct store *store, const struct card_request *card,
		     struct arena *arena, struct bundle *bundle, struct error *err)
{
	struct rest *rest = enter(store);
	struct rest_request request = { .path = NULL };
	struct rest_reply reply = { .json = NULL };
	int rc;

	bundle_init(bundle, arena);
	if (!kind_known(card->kind))
		return leave(rest, &reply, kind_error(rest, card->kind, err));
	request.path = rest_card_path(card, arena);
	rc = rest_call(rest, &request, &reply, NULL, NULL, err);
	if (rc == 0)
		rc = rest_read_bundle(rest, reply.json, arena, bundle, err);
	return leave(rest, &reply, rc);
}

/* --- doing --- */

static int rest_assess(struct store *store, const struct command *command,
		       struct arena *arena, struct outcome *outcome, struct error *err)
{
	struct rest *rest = enter(store);
	struct rest_request request = {
		.path = "/v1/assess", .bulk = command->def->flags & CMD_BULK
	};
	struct rest_reply reply = { .json = NULL };
	int rc;

	outcomes_init(outcome, 1);
	bundle_init(&outcome->records, arena);
	if (!*rest->token)
		return leave(rest, &reply, error_reason(err, REASON_LOGIN_NEEDED, NULL));
	rc = rest_write_command(command, false, &request.body, &outcome->problems, err);
	if (rc == 0)
		rc = rest_call(rest, &request, &reply, &outcome->problems, NULL, err);
	if (rc == 0)
		rc = rest_read_outcome(rest, reply.json, arena, outcome, err);
	return leave(rest, &reply, rc);
}

/* One command as itself, several as a list. *at: the one that can't be said. */
static int write_commands(const struct command *commands, size_t count,
			  struct outcome *outcomes, json_t **out, size_t *at, struct error *err)
{
	json_t *list = json_array(), *item;

	for (size_t i = 0; i < count; i++) {
		*at = i;
		if (rest_write_command(&commands[i], true, &item, &outcomes[i].problems, err) < 0) {
			json_decref(list);
			return err->code;
		}
		json_array_append_new(list, item);
	}
	*out = count == 1 ? json_incref(json_array_get(list, 0)) : json_incref(list);
	json_decref(list);
	return 0;
}

static int read_outcomes(const struct rest *rest, const json_t *json, size_t count,
			 struct arena *arena, struct outcome *outcomes, struct error *err)
{
	if (count == 1 && json_is_object(json))
		return rest_read_outcome(rest, json, arena, &outcomes[0], err);
	if (json_array_size(json) != count)
		return rest_peer_error(rest, "outcomes", err);
	for (size_t i = 0; i < count; i++)
		if (rest_read_outcome(rest, json_array_get(json, i), arena, &outcomes[i], err) < 0)
			return err->code;
	return 0;
}

static bool key_known(const struct rest *rest, const char *key)
{
	for (size_t i = 0; i < REST_KEYS; i++)
		if (!strcmp(rest->keys[i], key))
			return true;
	return false;
}

/* The server says that it knows the key when our own first sending was the
 * one: that is no repetition to whoever asked once. */
static void keys_note(struct rest *rest, const struct command *commands, size_t count,
		      bool lost, struct outcome *outcomes)
{
	for (size_t i = 0; i < count; i++) {
		if (key_known(rest, commands[i].key))
			continue;
		outcomes[i].repeated &= !lost;
		memcpy(rest->keys[rest->key_next++ % REST_KEYS], commands[i].key, ULID_TEXT);
	}
}

static int execute(struct rest *rest, const struct command *commands, size_t count,
		   struct arena *arena, struct outcome *outcomes, size_t *at, struct error *err)
{
	struct rest_request request = { .path = "/v1/commands", .command = true };
	struct problems *problems = mem_alloc(sizeof *problems);
	struct rest_reply reply = { .json = NULL };
	int rc = write_commands(commands, count, outcomes, &request.body, at, err);

	for (size_t i = 0; i < count; i++)
		request.bulk |= (commands[i].def->flags & CMD_BULK) != 0;
	if (rc == 0) {
		*at = 0;
		rc = rest_call(rest, &request, &reply, problems, at, err);
		*at = *at < count ? *at : 0;
		if (rc < 0)
			outcomes[*at].problems = *problems;
	}
	if (rc == 0)
		rc = read_outcomes(rest, reply.json, count, arena, outcomes, err);
	if (rc == 0)
		keys_note(rest, commands, count, reply.lost, outcomes);
	free(problems);
	rest_reply_release(&reply);
	return rc;
}

static int rest_execute(struct store *store, const struct command *commands, size_t count,
			struct arena *arena, struct outcome *outcomes, size_t *failed,
			struct error *err)
{
	struct rest *rest = enter(store);
	struct rest_reply none = { .json = NULL };
	size_t at = 0;
	int rc = 0;

	outcomes_init(outcomes, count);
	for (size_t i = 0; i < count; i++)
		bundle_init(&outcomes[i].records, arena);
	if (!*rest->token)
		rc = error_reason(err, REASON_LOGIN_NEEDED, NULL);
	else if (count > LIST_MAX)
		rc = error_reason(err, REASON_USAGE, "what", _("At most 100 commands at once"), NULL);
	else if (count)
		rc = execute(rest, commands, count, arena, outcomes, &at, err);
	if (failed)
		*failed = at;
	return leave(rest, &none, rc);
}

/* --- the link --- */

int rest_ask_server(struct rest *rest, struct error *err)
{
	const struct rest_request request = { .path = "/v1/status", .open = true };
	struct rest_reply reply;
	int rc = rest_call(rest, &request, &reply, NULL, NULL, err);

	if (rc == 0)
		rc = rest_read_server(rest, reply.json, err);
	rest_reply_release(&reply);
	return rc;
}

/* The state of the link is an answer, not an error; other failures are, as a
 * server that is none of ours. */
static int rest_status(struct store *store, struct arena *arena,
		       struct store_status *status, struct error *err)
{
	struct rest *rest = (struct rest *)store;
	bool known = rest->schema && clock_monotonic_ms() - rest->answered_at < STATUS_AGE_MS;
	int rc = 0;

	if (!known) {
		http_enter(rest->http);
		rc = rest_ask_server(rest, err);
		http_leave(rest->http);
		if (rc < 0 && err->reason == REASON_STORE_OFFLINE) {
			error_clear(err);
			rc = 0;
		}
	}
	*status = (struct store_status){
		.link = store_link(store),
		.where = arena_strdup(arena, rest->url.host),
		.schema = rest->schema,
		.round_trip_ms = store_round_trip(store),
		.demo = rest->demo,
		.epoch = arena_strdup(arena, rest->epoch),
	};
	return rc;
}

static void rest_cancel(struct store *store)
{
	http_cancel(((struct rest *)store)->http);
}

/* --- opening --- */

static void rest_close(struct store *store)
{
	struct rest *rest = (struct rest *)store;

	http_free(rest->http);
	for (size_t i = 0; i < REST_KEPT; i++)
		free(rest->kept[i].json);
	explicit_bzero(rest->token, sizeof rest->token);
	free(rest->state_dir);
	free(rest);
}

static const struct store_ops rest_ops = {
	.name = "rest",
	.close = rest_close,
	.login = rest_login,
	.get = rest_get,
	.find = rest_find,
	.search = rest_search,
	.card = rest_card,
	.assess = rest_assess,
	.execute = rest_execute,
	.changes = rest_changes,
	.evidence_put = rest_evidence_put,
	.evidence_get = rest_evidence_get,
	.status = rest_status,
	.cancel = rest_cancel,
};

/* Nothing is sent yet: whether the server is there shows with the first call. */
int rest_open(const char *url, const struct store_options *options, struct store **out,
	      struct error *err)
{
	struct rest *rest = mem_alloc(sizeof *rest);
	struct http_options http = { .base = rest->url.base, .ca_file = options->ca_file };
	struct arena arena = ARENA_INIT;
	int rc = rest_url_read(url, &rest->url, err);

	*out = NULL;
	rest->store.ops = &rest_ops;
	rest->store.actor = (struct actor){ .person_id = OV_NULL, .branch_id = OV_NULL };
	rest->backoff_ms = BACKOFF_MS;
	store_set_link(&rest->store, LINK_CONNECTING);
	http.loopback = rest->url.loopback;
	if (rc == 0 && (options->clock.fixed_now != OV_NULL ||
			options->clock.fixed_today != OV_NULL))
		rc = error_reason(err, REASON_STORE_CLOCK, NULL);
	if (rc == 0)
		rc = http_new(&http, &rest->http, err);
	if (rc < 0) {
		free(rest);
		return rc;
	}
	rest->state_dir = mem_strdup(options->state_dir ? options->state_dir :
				     path_state_home(&arena));
	arena_release(&arena);
	*out = &rest->store;
	return 0;
}
