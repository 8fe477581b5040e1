/* Routes about the server itself. */
#include "server/routes.h"

#include <inttypes.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/model/reason.h"
#include "server/feed.h"
#include "server/openapi.h"
#include "server/problem.h"
#include "server/service.h"

#include "config.h"

int route_health(struct request *request)
{
	return respond_text(request, 200, "ok\n");
}

int route_ready(struct request *request)
{
	struct error err = ERROR_INIT;
	struct local *local = service_reader(request->service, &err);
	int64_t one = 0;

	if (atomic_load(&request->service->stopping))
		return respond_reason(request, REASON_HTTP_STOPPING);
	if (!local || db_number(local->db, "SELECT 1 FROM meta LIMIT 1", &one, &err) < 0)
		return respond_error(request, &err);
	return respond_text(request, 200, "ready\n");
}

static void metric(struct buf *out, const char *name, const char *type, const char *help,
		   uint64_t value)
{
	buf_printf(out, "# HELP overpass_%s %s\n# TYPE overpass_%s %s\noverpass_%s %" PRIu64 "\n",
		   name, help, name, type, name, value);
}

int route_metrics(struct request *request)
{
	struct service *service = request->service;
	struct counters *counters = &service->counters;
	struct buf *out = &request->response.body;
	uint64_t jobs, commits;

	writer_counts(service->writer, &jobs, &commits);
	respond_text(request, 200, "");
	metric(out, "requests_total", "counter", "Requests begun.", atomic_load(&counters->requests));
	buf_text(out, "# HELP overpass_responses_total Answers by class of status.\n"
		 "# TYPE overpass_responses_total counter\n");
	for (int class = 2; class <= 5; class++)
		buf_printf(out, "overpass_responses_total{class=\"%dxx\"} %" PRIu64 "\n", class,
			   atomic_load(&counters->by_class[class]));
	metric(out, "response_bytes_total", "counter", "Bytes of bodies sent.",
	       atomic_load(&counters->bytes_out));
	metric(out, "logins_total", "counter", "Successful logins.", atomic_load(&counters->logins));
	metric(out, "login_failures_total", "counter", "Failed logins.",
	       atomic_load(&counters->login_failures));
	metric(out, "write_jobs_total", "counter", "Jobs done by the writer.", jobs);
	metric(out, "commits_total", "counter", "Commits; several jobs share one.", commits);
	metric(out, "write_queue", "gauge", "Jobs that wait for the writer.",
	       writer_waiting(service->writer));
	metric(out, "waiting", "gauge", "Requests that wait for a change.",
	       feed_waiting(service->feed));
	metric(out, "connections", "gauge", "Open connections.",
	       (uint64_t)atomic_load(&counters->connections));
	return REQUEST_DONE;
}

int route_status(struct request *request)
{
	struct error err = ERROR_INIT;
	struct service *service = request->service;
	struct local *local = service_reader(service, &err);
	char now[INSTANT_TEXT], today[DATE_TEXT];

	if (!local)
		return respond_error(request, &err);
	return respond_json(request, 200, json_pack("{s:s,s:i,s:I,s:s,s:b,s:s,s:s}",
		"version", PACKAGE_VERSION, "api", 1, "schema", (json_int_t)service->schema,
		"epoch", service->epoch, "demo", service->demo,
		"now", instant_format(local_now(local), now),
		"today", date_format(local_today(local), today)));
}

static json_t *reason_json(const struct reason_def *def)
{
	struct error err = { .code = def->result, .reason = (int)reason_find(def->code) };

	return json_pack("{s:s,s:i,s:s,s:s}", "code", def->code, "status",
			 def->result ? problem_status(&err) : 200, "message", _(def->message),
			 "next", *def->next ? _(def->next) : "");
}

int route_reasons(struct request *request)
{
	json_t *list = json_array();

	for (int i = REASON_NONE + 1; i < REASON_COUNT; i++)
		json_array_append_new(list, reason_json(reason_get((enum reason)i)));
	return respond_json(request, 200, list);
}

int route_reason(struct request *request)
{
	enum reason reason = reason_find(request->segments[2]);

	if (reason == REASON_NONE)
		return respond_reason(request, REASON_HTTP_ROUTE);
	return respond_json(request, 200, reason_json(reason_get(reason)));
}

int route_openapi(struct request *request)
{
	struct service *service = request->service;
	char **text = &service->openapi[request->language];

	pthread_mutex_lock(&service->lock);
	if (!*text)
		*text = openapi_text();
	pthread_mutex_unlock(&service->lock);
	respond_text(request, 200, *text);
	request->response.kind = BODY_JSON;
	return REQUEST_DONE;
}
