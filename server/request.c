#include "server/request.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/report/report.h"

enum { KEPT_BYTES = 16 << 10 }; /* of an arena, for the next request */

/* An id for the log is no secret: a generator of each thread's own, where a
 * system call for each request would cost more than looking its answer up. */
static void name_it(struct request *request)
{
	static _Thread_local struct rng rng;
	static _Thread_local bool seeded;
	uint8_t random[10];
	struct timespec now;
	uint64_t first, second;

	if (!seeded) {
		random_bytes(&first, sizeof first);
		rng_seed(&rng, first);
		seeded = true;
	}
	first = rng_next(&rng);
	second = rng_next(&rng);
	memcpy(random, &first, sizeof first);
	memcpy(random + sizeof first, &second, sizeof random - sizeof first);
	clock_gettime(CLOCK_REALTIME, &now);
	ulid_make((int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000, random, request->id);
}

void request_init(struct request *request, struct service *service)
{
	struct arena arena = request->arena;

	memset(request, 0, sizeof *request);
	request->arena = arena;
	request->service = service;
	request->actor.person_id = request->actor.branch_id = OV_NULL;
	buf_init(&request->body, 0);
	buf_init(&request->response.body, 0);
	name_it(request);
	request->started_ms = clock_monotonic_ms();
}

void request_finish(struct request *request)
{
	buf_release(&request->body);
	buf_release(&request->response.body);
	if (request->arena.used_total > KEPT_BYTES)
		arena_release(&request->arena);
	else
		arena_clear(&request->arena);
}

void request_release(struct request *request)
{
	request_finish(request);
	arena_release(&request->arena);
}

const char *request_param(const struct request *request, const char *name)
{
	for (size_t i = 0; i < request->param_count; i++)
		if (!strcmp(request->params[i].name, name))
			return request->params[i].value;
	return NULL;
}

const char *request_header(const struct request *request, const char *name)
{
	return request->header ? request->header(request, name) : NULL;
}

const char *body_type(enum body_kind kind)
{
	switch (kind) {
	case BODY_JSON:
		return "application/json";
	case BODY_PROBLEM:
		return "application/problem+json";
	case BODY_BYTES:
		return "application/octet-stream";
	case BODY_TEXT: /* what Prometheus asks of /metrics */
		return "text/plain; version=0.0.4; charset=utf-8";
	case BODY_PLAIN:
		return report_media_types[REPORT_AS_TEXT];
	case BODY_CALENDAR:
		return "text/calendar; charset=utf-8";
	case BODY_CSV:
		return report_media_types[REPORT_AS_CSV];
	case BODY_PDF:
		return report_media_types[REPORT_AS_PDF];
	default:
		return NULL;
	}
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

char *percent_decode(struct arena *arena, const char *text, size_t len, bool plus)
{
	char *out = arena_alloc(arena, len + 1);
	size_t used = 0;

	for (size_t i = 0; i < len; i++) {
		int high, low;

		if (text[i] != '%') {
			out[used++] = plus && text[i] == '+' ? ' ' : text[i];
			continue;
		}
		if (len - i < 3)
			return NULL;
		high = hex_digit(text[i + 1]);
		low = hex_digit(text[i + 2]);
		if (high < 0 || low < 0 || (high == 0 && low == 0))
			return NULL;
		out[used++] = (char)(high << 4 | low);
		i += 2;
	}
	return out;
}

bool request_query(struct request *request, const char *query)
{
	while (*query) {
		size_t len = strcspn(query, "&");
		const char *equals = memchr(query, '=', len);
		size_t name_len = equals ? (size_t)(equals - query) : len;
		struct param *param = &request->params[request->param_count];

		if (request->param_count == PARAMS_MAX) {
			request->params_overflow = true;
			return true;
		}
		param->name = percent_decode(&request->arena, query, name_len, true);
		param->value = equals ? percent_decode(&request->arena, equals + 1,
						       len - name_len - 1, true) : "";
		if (!param->name || !param->value)
			return false;
		request->param_count++;
		query += len + (query[len] == '&');
	}
	return true;
}

void response_header(struct request *request, const char *name, const char *value)
{
	struct response *response = &request->response;

	if (response->header_count < HEADERS_MAX)
		response->headers[response->header_count++] =
			(struct param){ name, arena_strdup(&request->arena, value) };
}

static int dump(const char *bytes, size_t len, void *buf)
{
	buf_add(buf, bytes, len);
	return 0;
}

int respond_json(struct request *request, int status, json_t *json)
{
	request->response.status = status;
	request->response.kind = BODY_JSON;
	request->response.spoken = true;
	buf_clear(&request->response.body);
	json_dump_callback(json, dump, &request->response.body, JSON_COMPACT);
	json_decref(json);
	return REQUEST_DONE;
}

int respond_written(struct request *request, int status, bool spoken)
{
	request->response.status = status;
	request->response.spoken = spoken;
	request->response.kind = BODY_JSON;
	return REQUEST_DONE;
}

int respond_empty(struct request *request, int status)
{
	request->response.status = status;
	request->response.kind = BODY_NONE;
	buf_clear(&request->response.body);
	return REQUEST_DONE;
}

int respond_text(struct request *request, int status, const char *text)
{
	request->response.status = status;
	request->response.kind = BODY_TEXT;
	buf_clear(&request->response.body);
	buf_text(&request->response.body, text);
	return REQUEST_DONE;
}
