#include "server/log.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "server/routes.h"

enum { LINE = 1024 };

static _Atomic int level = LOG_ALL;

void log_set(enum log_level now)
{
	atomic_store(&level, (int)now);
}

static void put(json_t *json)
{
	char line[LINE];
	size_t len = json_dumpb(json, line, sizeof line - 1, JSON_COMPACT);

	json_decref(json);
	if (len == 0 || len > sizeof line - 1)
		return;
	line[len++] = '\n';
	/* One write for each line: lines of several threads don't mix. */
	if (write(STDERR_FILENO, line, len) < 0)
		return;
}

static json_t *begun(const char *event)
{
	char at[INSTANT_TEXT];

	return json_pack("{s:s,s:s}", "at", instant_format((int64_t)time(NULL), at), "event", event);
}

void log_request(const struct request *request, size_t bytes)
{
	int now = atomic_load(&level);
	json_t *json;

	if (now == LOG_NONE || (now == LOG_ERRORS && request->response.status < 500))
		return;
	json = begun("request");
	json_object_set_new(json, "id", json_string(request->id));
	json_object_set_new(json, "method", json_string(request->method_name));
	json_object_set_new(json, "route", json_string(request->route ? request->route->path : "-"));
	json_object_set_new(json, "status", json_integer(request->response.status));
	json_object_set_new(json, "ms", json_integer(clock_monotonic_ms() - request->started_ms));
	json_object_set_new(json, "bytes", json_integer((json_int_t)bytes));
	put(json);
}

void log_event(const char *event, const char *detail)
{
	json_t *json;

	if (atomic_load(&level) == LOG_NONE)
		return;
	json = begun(event);
	if (detail)
		json_object_set_new(json, "detail", json_string(detail));
	put(json);
}
