/* One call of the server: waits, retries, states of the link, problems. */
#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/codec/json_record.h"
#include "core/model/reason.h"
#include "core/store/store_rest.h"

enum {
	SILENCE_S = 60,       /* a line that stalls that long is gone */
	BULK_SILENCE_S = 900, /* the server works, and says nothing meanwhile */
	TRIES = 3,            /* to reach the server, or to get an answer read again */
	COMMAND_TRIES = 8,    /* to learn what became of a command that was sent */
	BACKOFF_MAX_MS = 8000,
	PATIENCE_S = 30       /* a longer Retry-After is told, not waited for */
};

struct attempt {
	struct rest *rest;
	const struct rest_request *request;
	char *body; /* the JSON, frozen before it is first sent */
	int count;  /* attempts so far */
	bool lost;  /* something was sent and not answered */
};

/* --- problems --- */

static const struct {
	int status, code;
} by_status[] = {
	{ 400, OV_EUSAGE }, { 401, OV_EREFUSED }, { 403, OV_EREFUSED }, { 404, OV_ENOTFOUND },
	{ 405, OV_EUSAGE }, { 409, OV_EREFUSED }, { 410, OV_EUSAGE }, { 412, OV_ECONFLICT },
	{ 413, OV_EUSAGE }, { 414, OV_EUSAGE }, { 415, OV_EUSAGE }, { 422, OV_EREFUSED },
	{ 428, OV_EUSAGE }, { 431, OV_EUSAGE },
};

static int status_code(int status)
{
	for (size_t i = 0; i < sizeof by_status / sizeof by_status[0]; i++)
		if (by_status[i].status == status)
			return by_status[i].code;
	return OV_ESTORAGE;
}

static void copy_text(char *out, size_t size, const json_t *json, const char *name)
{
	const char *text = json_string_value(json_object_get(json, name));

	snprintf(out, size, "%s", text ? text : "");
}

static void one_problem(const json_t *json, int status, struct error *err)
{
	const char *code = json_string_value(json_object_get(json, "code"));
	enum reason reason = code ? reason_find(code) : REASON_NONE;

	error_clear(err);
	err->reason = (int)reason;
	err->code = reason != REASON_NONE ? reason_get(reason)->result : status_code(status);
	if (err->code == OV_OK)
		err->code = status_code(status);
	copy_text(err->field, sizeof err->field, json, "field");
	copy_text(err->message, sizeof err->message, json, "detail");
	copy_text(err->next, sizeof err->next, json, "next");
	err->current_rev = json_integer_value(json_object_get(json, "current_rev"));
}

int rest_problem(const struct rest *rest, int status, const json_t *json,
		 struct problems *problems, size_t *failed, struct error *err)
{
	json_t *item;
	char number[16];
	size_t index;

	if (!json_string_value(json_object_get(json, "detail"))) {
		snprintf(number, sizeof number, "HTTP %d", status);
		return rest_peer_error(rest, number, err);
	}
	one_problem(json, status, err);
	if (failed)
		*failed = (size_t)json_integer_value(json_object_get(json, "failed"));
	if (!problems)
		return err->code;
	json_array_foreach(json_object_get(json, "problems"), index, item)
		one_problem(item, status, problems_add(problems));
	if (problems->count == 0)
		*problems_add(problems) = *err;
	return err->code;
}

/* --- the link --- */

/* Says that it waits long, and that it is not heard of at all. */
static bool on_waiting(void *context, int64_t waited_ms, int64_t sent, int64_t to_send)
{
	struct attempt *attempt = context;
	struct store *store = &attempt->rest->store;

	if (waited_ms > REST_SLOW_MS && store_link(store) == LINK_ONLINE)
		store_set_link(store, LINK_SLOW);
	if (!attempt->request->bulk || !store->progress)
		return false;
	return store->progress(store->progress_context, sent, to_send);
}

static void answered(struct rest *rest, const struct http_answer *answer)
{
	atomic_store(&rest->store.round_trip_ms, answer->round_trip_ms);
	rest->answered_at = clock_monotonic_ms();
	store_set_link(&rest->store, answer->round_trip_ms > REST_SLOW_MS ? LINK_SLOW : LINK_ONLINE);
}

/* The language in which the screens speak: the catalogue in use says it. */
static const char *language(void)
{
	return _("en");
}

/* --- one attempt and the next --- */

static enum http_result send_once(struct attempt *attempt, struct http_answer *answer)
{
	const struct rest_request *request = attempt->request;
	struct rest *rest = attempt->rest;
	const struct http_request http = {
		.path = request->path,
		.body = request->file ? request->file->bytes : attempt->body,
		.len = request->file ? request->file->len : attempt->body ? strlen(attempt->body) : 0,
		.type = request->file ? "application/octet-stream" : NULL,
		.token = rest->token,
		.language = language(),
		.etag = request->kept && *request->kept->etag ? request->kept->etag : NULL,
		.silence_s = request->bulk ? BULK_SILENCE_S : SILENCE_S,
		.steadfast = request->command,
		.begun = request->command && attempt->lost,
		.waiting = on_waiting,
		.context = attempt,
	};

	if (!http_connected(rest->http))
		store_set_link(&rest->store, LINK_CONNECTING);
	return http_call(rest->http, &http, answer);
}

static bool is_busy(int status)
{
	return status == 408 || status == 425 || status == 429 || status == 502 ||
	       status == 503 || status == 504;
}

/* A relay in between has lost the answer. */
static bool is_relay(int status)
{
	return status == 502 || status == 504;
}

/* Half of the wait is by chance, so that desks that were cut off together do
 * not come back together. */
static int64_t backoff_ms(const struct attempt *attempt)
{
	int64_t ms = attempt->rest->backoff_ms;
	uint16_t chance;

	for (int i = 1; i < attempt->count && ms < BACKOFF_MAX_MS; i++)
		ms *= 2;
	random_bytes(&chance, sizeof chance);
	return ms / 2 + ms / 2 * chance / UINT16_MAX;
}

/* How long to wait before the same is sent again; -1: it isn't. */
static int64_t again_in_ms(const struct attempt *attempt, enum http_result result,
			   const struct http_answer *answer)
{
	int tries = attempt->request->command && attempt->lost ? COMMAND_TRIES : TRIES;
	int64_t ms = backoff_ms(attempt), asked;

	if (attempt->count >= tries || (result == HTTP_DONE && attempt->request->once))
		return -1;
	if (result == HTTP_UNREACHED || result == HTTP_LOST)
		return ms;
	if (result != HTTP_DONE || !is_busy(answer->status))
		return -1;
	if (answer->retry_after_s > PATIENCE_S)
		return -1;
	asked = answer->retry_after_s * 1000;
	return asked > 0 ? asked + ms : ms;
}

/* --- how it ended --- */

static int no_answer(struct attempt *attempt, enum http_result result,
		     const struct http_answer *answer, struct error *err)
{
	struct rest *rest = attempt->rest;
	const char *host = rest->url.host;

	switch (result) {
	case HTTP_REFUSED:
		store_set_link(&rest->store, LINK_REFUSED);
		return error_reason(err, REASON_STORE_CERTIFICATE, "host", host, "why", answer->why,
				    NULL);
	case HTTP_TOO_LARGE:
		return rest_peer_error(rest, _("the answer is too large"), err);
	case HTTP_CANCELLED:
		if (!attempt->lost)
			return error_reason(err, REASON_CANCELLED, NULL);
		break;
	default:
		store_set_link(&rest->store, LINK_OFFLINE);
	}
	if (attempt->lost && attempt->request->command)
		return error_reason(err, REASON_STORE_UNSURE, "host", host, NULL);
	if (result == HTTP_CANCELLED)
		return error_reason(err, REASON_CANCELLED, NULL);
	return error_reason(err, REASON_STORE_OFFLINE, "host", host, "why", answer->why, NULL);
}

/* A token that the server doesn't know any more is of no use to anybody. */
static void refused(struct rest *rest, const struct rest_request *request, int status)
{
	if (status != 401 || request->open)
		return;
	rest_session_end(rest);
	store_set_link(&rest->store, LINK_REFUSED);
}

static int read_answer(struct attempt *attempt, struct http_answer *answer,
		       struct rest_reply *reply, struct problems *problems, size_t *failed,
		       struct error *err)
{
	struct rest *rest = attempt->rest;
	struct error bad = ERROR_INIT;
	bool raw = attempt->request->raw && answer->status == 200;
	int rc = 0;

	reply->status = answer->status;
	snprintf(reply->etag, sizeof reply->etag, "%s", answer->etag);
	if (answer->status == 204 || answer->status == 304)
		return 0;
	if (raw) {
		reply->text = answer->body.bytes;
		reply->len = answer->body.len;
		buf_init(&answer->body, 0);
		return 0;
	}
	if (answer->body.len)
		rc = json_parse(answer->body.bytes, answer->body.len, rest->url.host, &reply->json,
				&bad);
	if (answer->status >= 300 || answer->status < 200) {
		refused(rest, attempt->request, answer->status);
		return rest_problem(rest, answer->status, reply->json, problems, failed, err);
	}
	if (rc < 0 || !reply->json)
		return rest_peer_error(rest, _("the answer is not JSON"), err);
	if (attempt->request->kept && *answer->etag) {
		reply->text = answer->body.bytes;
		reply->len = answer->body.len;
		buf_init(&answer->body, 0);
	}
	return 0;
}

static int finish(struct attempt *attempt, enum http_result result, struct http_answer *answer,
		  struct rest_reply *reply, struct problems *problems, size_t *failed,
		  struct error *err)
{
	if (result != HTTP_DONE || (attempt->request->command && is_relay(answer->status)))
		return no_answer(attempt, result, answer, err);
	answered(attempt->rest, answer);
	return read_answer(attempt, answer, reply, problems, failed, err);
}

int rest_call(struct rest *rest, const struct rest_request *request, struct rest_reply *reply,
	      struct problems *problems, size_t *failed, struct error *err)
{
	struct attempt attempt = { .rest = rest, .request = request };
	struct http_answer answer;
	enum http_result result;
	int64_t pause;
	int rc;

	memset(reply, 0, sizeof *reply);
	if (request->body) {
		attempt.body = json_dumps(request->body, JSON_COMPACT | JSON_ENCODE_ANY);
		json_decref(request->body);
		if (!attempt.body)
			abort(); /* no memory: as arena.h says */
	}
	if (!*rest->token && !request->open) {
		free(attempt.body);
		return error_reason(err, REASON_LOGIN_NEEDED, NULL);
	}
	for (;;) {
		result = send_once(&attempt, &answer);
		attempt.count++;
		attempt.lost |= result == HTTP_LOST ||
				(result == HTTP_DONE && is_relay(answer.status));
		pause = again_in_ms(&attempt, result, &answer);
		if (pause < 0)
			break;
		if (result != HTTP_DONE)
			store_set_link(&rest->store, LINK_CONNECTING);
		if (http_wait(rest->http, pause, request->command && attempt.lost)) {
			result = HTTP_CANCELLED;
			break;
		}
		http_answer_release(&answer);
	}
	reply->lost = attempt.lost;
	rc = finish(&attempt, result, &answer, reply, problems, failed, err);
	http_answer_release(&answer);
	if (attempt.body)
		explicit_bzero(attempt.body, strlen(attempt.body)); /* maybe a password */
	free(attempt.body);
	return rc;
}

void rest_reply_release(struct rest_reply *reply)
{
	json_decref(reply->json);
	free(reply->text);
	memset(reply, 0, sizeof *reply);
}
