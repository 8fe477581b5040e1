/* The table of routes, and from the headers to a handler. */
#include "server/routes.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/base/i18n.h"
#include "core/codec/json_record.h"
#include "core/config/ini.h"
#include "core/model/reason.h"
#include "core/store/evidence_folder.h"
#include "server/compress.h"
#include "server/language.h"
#include "server/problem.h"
#include "server/service.h"
#include "server/session.h"

enum { URL_MAX = 8192, HEADERS_BYTES_MAX = 8192, LOGIN_BODY_MAX = 4096 };

#define GET(PATH, FLAGS, HANDLE, ANSWER, NAME, TITLE, PARAMS) \
	{ PATH, METHOD_GET, FLAGS, HANDLE, TAKES_NOTHING, ANSWER, NAME, TITLE, PARAMS }
#define POST(PATH, FLAGS, HANDLE, TAKES, ANSWER, NAME, TITLE) \
	{ PATH, METHOD_POST, (FLAGS) | ROUTE_BODY, HANDLE, TAKES, ANSWER, NAME, TITLE, "" }

/* The first row that fits wins: fixed words stand before "{kind}". */
static const struct route routes[] = {
	GET("/healthz", ROUTE_OPEN | ROUTE_FIRST, route_health, ANSWER_TEXT, "health",
	    N_("Is the program alive?"), ""),
	GET("/readyz", ROUTE_OPEN | ROUTE_FIRST, route_ready, ANSWER_TEXT, "ready",
	    N_("Can it read its database, and does it take work?"), ""),
	GET("/metrics", ROUTE_OPEN | ROUTE_FIRST, route_metrics, ANSWER_TEXT, "metrics",
	    N_("Counters for Prometheus"), ""),
	GET("/v1/status", ROUTE_OPEN, route_status, ANSWER_STATUS, "status",
	    N_("Versions, epoch and clock"), ""),
	GET("/v1/openapi.json", ROUTE_OPEN, route_openapi, ANSWER_DOCUMENT, "openapi",
	    N_("This document"), ""),
	GET("/v1/reasons", ROUTE_OPEN, route_reasons, ANSWER_REASONS, "reasons",
	    N_("The reasons of refusals"), ""),
	GET("/v1/reasons/{code}", ROUTE_OPEN, route_reason, ANSWER_REASON, "reason",
	    N_("One reason"), ""),
	POST("/v1/login", ROUTE_OPEN, route_login, TAKES_LOGIN, ANSWER_SESSION, "login",
	     N_("Log in")),
	POST("/v1/logout", 0, route_logout, TAKES_LOGOUT, ANSWER_EMPTY, "logout",
	     N_("End one's token, or all of an account")),
	POST("/v1/password", 0, route_password, TAKES_PASSWORD, ANSWER_EMPTY, "password",
	     N_("Change one's password")),
	GET("/v1/session", 0, route_session, ANSWER_SESSION, "session",
	    N_("Who the token is"), ""),
	POST("/v1/commands", 0, route_commands, TAKES_COMMANDS, ANSWER_OUTCOMES, "commands",
	     N_("Do one command, or a list wholly or not at all")),
	POST("/v1/assess", 0, route_assess, TAKES_COMMAND, ANSWER_OUTCOME, "assess",
	     N_("What would the command do? Nothing is written")),
	POST("/v1/evidence", 0, route_evidence_put, TAKES_BYTES, ANSWER_KEPT, "evidence_put",
	     N_("Send a file of evidence; a command then names its hash")),
	GET("/v1/evidence/{sha256}", 0, route_evidence_get, ANSWER_BYTES, "evidence_get",
	    N_("A file of evidence, within ten minutes of claim.evidence_open"), ""),
	GET("/v1/feeds/{token}.ics", ROUTE_OPEN, route_calendar, ANSWER_CALENDAR, "calendar",
	    N_("A timetable for calendar programs; the token is the permission"), ""),
	GET("/v1/changes", 0, route_changes, ANSWER_CHANGES, "changes",
	    N_("What was committed, in order; waits when asked to"), "after limit wait"),
	GET("/v1/cards/{card}", 0, route_card, ANSWER_BUNDLE, "card_by_key",
	    N_("Everything one screen shows, by public number"), "key from to assume"),
	GET("/v1/cards/{card}/{id}", 0, route_card, ANSWER_BUNDLE, "card",
	    N_("Everything one screen shows"), "from to assume"),
	GET("/v1/reports/{report}", 0, route_report, ANSWER_REPORT, "report",
	    N_("A document as text, CSV or PDF"), "format key from to"),
	GET("/v1/{kind}", ROUTE_PAGED, route_find_page, ANSWER_PAGE, "find",
	    N_("A page of records"), "limit order cursor fields"),
	GET("/v1/{kind}/{id}", 0, route_get, ANSWER_RECORD, "get", N_("One record"), ""),
};

enum { ROUTES = sizeof routes / sizeof routes[0] };

size_t route_count(void)
{
	return ROUTES;
}

const struct route *route_at(size_t index)
{
	return &routes[index];
}

bool routes_kind(enum kind kind)
{
	return kind_found(kind);
}

bool routes_card(enum kind kind)
{
	return store_has_card(kind);
}

bool route_number(const char *text, int64_t min, int64_t max, int64_t *value)
{
	return ini_number(text, min, max, value);
}

int route_bad(struct error *err, const char *why, const char *field)
{
	if (field)
		return error_reason(err, REASON_HTTP_REQUEST, "why", why, "field", field, NULL);
	return error_reason(err, REASON_HTTP_REQUEST, "why", why, NULL);
}

int route_body(struct request *request, json_t **json, struct error *err)
{
	return json_parse(request->body.len ? request->body.bytes : "", request->body.len,
			  _("the body"), json, err);
}

/* --- finding --- */

static int split(struct request *request, const char *path, struct error *err)
{
	request->segment_count = 0;
	while (*path == '/') {
		size_t len = strcspn(++path, "/");

		if (request->segment_count == SEGMENTS_MAX)
			return error_reason(err, REASON_HTTP_ROUTE, NULL);
		request->segments[request->segment_count] =
			percent_decode(&request->arena, path, len, false);
		if (!request->segments[request->segment_count])
			return route_bad(err, _("a broken escape in the address"), NULL);
		request->segment_count++;
		path += len;
	}
	return *path ? error_reason(err, REASON_HTTP_ROUTE, NULL) : 0;
}

static unsigned char depths[ROUTES]; /* parts of each path */

static void measure(void)
{
	for (size_t i = 0; i < ROUTES; i++)
		for (const char *at = routes[i].path; *at; at++)
			if (*at == '/')
				depths[i]++;
}

/* Of as many parts as the path that is asked for. */
static bool fits(const struct route *route, const struct request *request)
{
	const char *path = route->path;

	for (size_t i = 0; i < request->segment_count; i++) {
		const char *segment = request->segments[i];

		if (*path++ != '/')
			return false;
		if (*path == '{') {
			path += strcspn(path, "/");
			continue;
		}
		for (; *path && *path != '/' && *path == *segment; path++)
			segment++;
		if (*segment || (*path && *path != '/'))
			return false;
	}
	return !*path;
}

int route_match(struct request *request, struct error *err)
{
	static pthread_once_t measured = PTHREAD_ONCE_INIT;
	const struct route *other = NULL;
	int rc = split(request, request->path, err);

	if (rc < 0)
		return rc;
	pthread_once(&measured, measure);
	for (size_t i = 0; i < ROUTES; i++) {
		if (depths[i] != request->segment_count || !fits(&routes[i], request))
			continue;
		if (routes[i].method == request->method) {
			/* "/v1/login" is not a kind that is read. */
			if (!other)
				request->route = &routes[i];
			break;
		}
		if (!other)
			other = &routes[i];
	}
	if (request->route)
		return 0;
	if (!other)
		return error_reason(err, REASON_HTTP_ROUTE, NULL);
	response_header(request, "Allow", other->method == METHOD_GET ? "GET, HEAD" : "POST");
	return error_reason(err, REASON_HTTP_METHOD, "allow",
			    other->method == METHOD_GET ? "GET" : "POST", NULL);
}

static bool listed(const char *names, const char *name)
{
	size_t len = strlen(name);

	while (*names) {
		size_t part = strcspn(names, " ");

		if (part == len && !strncmp(names, name, len))
			return true;
		names += part + (names[part] == ' ');
	}
	return false;
}

int route_params(struct request *request, struct error *err)
{
	if (request->params_overflow)
		return route_bad(err, _("too many parameters"), NULL);
	for (size_t i = 0; i < request->param_count; i++) {
		const char *name = request->params[i].name;

		if (!(request->route->flags & ROUTE_PAGED) && !listed(request->route->params, name))
			return error_reason(err, REASON_FIELD_UNKNOWN, "name", name, "field", name, NULL);
		for (size_t k = 0; k < i; k++)
			if (!strcmp(request->params[k].name, name))
				return route_bad(err, _("a parameter stands twice"), name);
	}
	return 0;
}

/* --- the stages --- */

static int size_error(struct error *err, enum reason reason, size_t max)
{
	char number[24];

	snprintf(number, sizeof number, "%zu", max);
	return error_reason(err, reason, "max", number, NULL);
}

static bool type_is(const char *type, const char *wanted)
{
	size_t len = type ? strcspn(type, "; \t") : 0;

	return type && len == strlen(wanted) && !strncasecmp(type, wanted, len);
}

/* The body is announced: is it one we take? */
static int check_body(struct request *request, struct error *err)
{
	const char *length = request_header(request, "Content-Length");
	const char *coding = request_header(request, "Content-Encoding");
	const char *type = request_header(request, "Content-Type");
	bool open = request->route->flags & ROUTE_OPEN;
	bool file = request->route->takes == TAKES_BYTES;
	int64_t bytes = 0;

	request->body_limit = open ? LOGIN_BODY_MAX : file ? EVIDENCE_MAX :
			      request->service->options.body_max;
	if (length && !route_number(length, 0, INT64_MAX, &bytes))
		return route_bad(err, _("a wrong Content-Length"), NULL);
	if ((uint64_t)bytes > request->body_limit)
		return size_error(err, REASON_HTTP_BODY_LARGE, request->body_limit);
	/* A logout may come without a body. */
	if ((type || request->route->takes != TAKES_LOGOUT) &&
	    !type_is(type, body_type(file ? BODY_BYTES : BODY_JSON)))
		return error_reason(err, file ? REASON_EVIDENCE_TYPE : REASON_HTTP_TYPE, NULL);
	if (coding && strcasecmp(coding, "gzip") != 0 && strcasecmp(coding, "identity") != 0)
		return error_reason(err, REASON_HTTP_TYPE, NULL);
	buf_release(&request->body);
	buf_init(&request->body, request->body_limit);
	return 0;
}

static int begin(struct request *request, struct error *err)
{
	int rc;

	if (request->url_bytes > URL_MAX)
		return size_error(err, REASON_HTTP_URL_LARGE, URL_MAX);
	if (request->header_bytes > HEADERS_BYTES_MAX)
		return size_error(err, REASON_HTTP_HEADERS_LARGE, HEADERS_BYTES_MAX);
	rc = route_match(request, err);
	if (rc < 0)
		return rc;
	if (atomic_load(&request->service->stopping) && !(request->route->flags & ROUTE_FIRST))
		return error_reason(err, REASON_HTTP_STOPPING, NULL);
	if (!request->secure && !request->service->options.allow_plain &&
	    !(request->route->flags & ROUTE_FIRST))
		return error_reason(err, REASON_HTTP_PLAIN, NULL);
	rc = route_params(request, err);
	if (rc == 0 && !(request->route->flags & ROUTE_OPEN))
		rc = session_find(request, err);
	if (rc == 0 && request->route->flags & ROUTE_BODY)
		rc = check_body(request, err);
	return rc;
}

static int begin_or_refuse(struct request *request)
{
	struct error err = ERROR_INIT;

	language_use(request->language);
	atomic_fetch_add(&request->service->counters.requests, 1);
	if (begin(request, &err) < 0)
		return respond_error(request, &err);
	return REQUEST_WAIT;
}

static int body_ready(struct request *request, struct error *err)
{
	const char *coding = request_header(request, "Content-Encoding");
	int rc = 0;

	if (request->body.overflow)
		return size_error(err, REASON_HTTP_BODY_LARGE, request->body_limit);
	if (coding && !strcasecmp(coding, "gzip") && request->body.len)
		rc = gunzip_body(&request->body, request->body_limit);
	if (rc > 0)
		return size_error(err, REASON_HTTP_BODY_LARGE, request->body_limit);
	return rc < 0 ? route_bad(err, _("the body is not gzip"), NULL) : 0;
}

static int step(struct request *request)
{
	int (*resume)(struct request *request) = request->resume;
	struct error err = ERROR_INIT;

	language_use(request->language);
	request->resume = NULL;
	if (resume)
		return resume(request);
	if (request->route->flags & ROUTE_BODY && body_ready(request, &err) < 0)
		return respond_error(request, &err);
	return request->route->handle(request);
}

int service_begin(struct request *request)
{
	int rc;

	service_look(true);
	request->language = language_accepted(request_header(request, "Accept-Language"));
	rc = begin_or_refuse(request);
	service_look(false);
	return rc;
}

int service_handle(struct request *request)
{
	int rc;

	service_look(true);
	rc = step(request);
	service_look(false);
	return rc;
}

int service_request(struct request *request)
{
	int rc;

	service_look(true);
	request->language = language_accepted(request_header(request, "Accept-Language"));
	rc = begin_or_refuse(request);
	if (rc == REQUEST_WAIT)
		rc = step(request);
	service_look(false);
	return rc;
}
