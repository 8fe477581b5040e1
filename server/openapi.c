/* The OpenAPI document: paths, from the table of routes. */
#include "server/openapi.h"

#include <stdlib.h>
#include <stdio.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/base/i18n.h"
#include "core/model/kind.h"
#include "core/report/report.h"
#include "server/problem.h"
#include "server/routes.h"

#include "config.h"

/* --- what is answered --- */

static json_t *content(enum body_kind kind, json_t *schema)
{
	return json_pack("{s:{s:o}}", body_type(kind), "schema", schema);
}

static json_t *page_of(const char *schema)
{
	return json_pack("{s:s,s:{s:{s:s,s:o},s:{s:[s,s]}},s:[s,s],s:b}", "type", "object",
			 "properties", "items", "type", "array", "items", openapi_ref(schema),
			 "next", "type", "string", "null", "required", "items", "next",
			 "additionalProperties", 0);
}

static json_t *list_of(const char *schema)
{
	return json_pack("{s:s,s:o}", "type", "array", "items", openapi_ref(schema));
}

/* A page of learners is what was searched for, or records; with fields= only
 * some of their members. */
static json_t *page_schema(enum kind kind)
{
	char part[64];
	json_t *page;

	snprintf(part, sizeof part, "%s.part", kind_fields(kind)->name);
	page = page_of(part);

	if (kind != KIND_STUDENT)
		return page;
	return json_pack("{s:[o,o]}", "anyOf", page, page_of("student_hit.part"));
}

/* A text in one of three forms. */
static json_t *report_content(void)
{
	json_t *json = json_object();

	for (int i = 0; i < REPORT_FORMATS; i++)
		json_object_set_new(json, report_media_types[i],
				    json_pack("{s:{s:s}}", "schema", "type", "string"));
	return json;
}

static json_t *bytes_type(void)
{
	return json_pack("{s:s,s:s}", "type", "string", "format", "binary");
}

static json_t *answer_content(const struct route *route, enum kind kind)
{
	switch (route->answer) {
	case ANSWER_TEXT:
		return content(BODY_TEXT, json_pack("{s:s}", "type", "string"));
	case ANSWER_DOCUMENT:
		return content(BODY_JSON, json_pack("{s:s}", "type", "object"));
	case ANSWER_SESSION:
		return content(BODY_JSON, openapi_ref("session_token"));
	case ANSWER_RECORD:
		return content(BODY_JSON, openapi_ref(kind_fields(kind)->name));
	case ANSWER_PAGE:
		return content(BODY_JSON, page_schema(kind));
	case ANSWER_BUNDLE:
		return content(BODY_JSON, openapi_ref("bundle"));
	case ANSWER_OUTCOME:
		return content(BODY_JSON, openapi_ref("outcome"));
	case ANSWER_OUTCOMES:
		return content(BODY_JSON, json_pack("{s:[o,o]}", "oneOf",
			       openapi_ref("outcome"), list_of("outcome")));
	case ANSWER_CHANGES:
		return content(BODY_JSON, page_of("change"));
	case ANSWER_STATUS:
		return content(BODY_JSON, openapi_ref("status"));
	case ANSWER_REASON:
		return content(BODY_JSON, openapi_ref("reason"));
	case ANSWER_REASONS:
		return content(BODY_JSON, list_of("reason"));
	case ANSWER_REPORT:
		return report_content();
	case ANSWER_KEPT:
		return content(BODY_JSON, openapi_ref("kept_file"));
	case ANSWER_BYTES:
		return content(BODY_BYTES, bytes_type());
	case ANSWER_CALENDAR:
		return content(BODY_CALENDAR, json_pack("{s:s}", "type", "string"));
	case ANSWER_EMPTY:
		break;
	}
	return NULL;
}

/* --- refusals --- */

/* When a route may answer what; the document's whole knowledge of statuses.
 * 405 belongs to what is not in the document, 500 to what should not be. */
enum when { ALWAYS, TOKEN, BODY, MANY, RULES, NAMED, RECORD_WRITES, CURSOR };

static const struct {
	int status;
	enum when when;
} refusals[] = {
	{ 400, ALWAYS }, { 401, TOKEN }, { 403, TOKEN }, { 404, NAMED }, { 409, RECORD_WRITES },
	{ 410, CURSOR }, { 412, RECORD_WRITES }, { 413, BODY }, { 414, ALWAYS }, { 415, BODY },
	{ 422, RULES }, { 428, RECORD_WRITES }, { 429, MANY }, { 431, ALWAYS }, { 503, ALWAYS },
};

static bool answers(const struct route *route, enum when when)
{
	bool commands = route->takes == TAKES_COMMANDS || route->takes == TAKES_COMMAND;

	switch (when) {
	case TOKEN:
		return !(route->flags & ROUTE_OPEN) || route->takes == TAKES_LOGIN;
	case BODY:
		return route->flags & ROUTE_BODY;
	case MANY: /* it waits for the writer or the hasher, or slows who guesses */
		return route->flags & ROUTE_BODY || route->answer == ANSWER_CALENDAR;
	case RULES:
		return route->flags & ROUTE_BODY || route->answer == ANSWER_BYTES;
	case NAMED: /* a record, code or login is named */
		return strstr(route->path, "{id}") || strstr(route->path, "{code}") ||
		       strstr(route->path, "{card}") || strstr(route->path, "{report}") ||
		       strstr(route->path, "{sha256}") || strstr(route->path, "{token}") || commands || route->takes == TAKES_LOGOUT;
	case RECORD_WRITES:
		return commands;
	case CURSOR:
		return route->answer == ANSWER_CHANGES || route->answer == ANSWER_PAGE;
	default:
		return true;
	}
}

static json_t *header_refs(const char *const *names)
{
	json_t *headers = json_object();

	for (; *names; names++)
		json_object_set_new(headers, *names, json_pack("{s:o}", "$ref",
				    json_sprintf("#/components/headers/%s", *names)));
	return headers;
}

/* "problem_404": one for each status, which the routes point at. */
static json_t *problem_responses(void)
{
	static const char *const usual[] = { "X-Request-Id", NULL };
	static const char *const login[] = { "X-Request-Id", "WWW-Authenticate", NULL };
	static const char *const later[] = { "X-Request-Id", "Retry-After", NULL };
	json_t *responses = json_object();

	for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
		int status = refusals[i].status;
		char name[16];

		snprintf(name, sizeof name, "problem_%d", status);
		json_object_set_new(responses, name, json_pack("{s:s,s:o,s:o}", "description",
			status_title(status), "headers",
			header_refs(status == 401 ? login : status == 429 || status == 503 ? later : usual),
			"content", content(BODY_PROBLEM, openapi_ref("problem"))));
	}
	return responses;
}

static json_t *headers_of_answers(void)
{
	static const struct {
		const char *name, *text;
	} headers[] = {
		{ "X-Request-Id", N_("The request's id; the server's log has it too") },
		{ "ETag", N_("The answer's version in quotes") },
		{ "Retry-After", N_("Seconds to wait before the next try") },
		{ "WWW-Authenticate", N_("How to say who asks") },
	};
	json_t *json = json_object();

	for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++)
		json_object_set_new(json, headers[i].name, json_pack("{s:s,s:{s:s}}", "description",
				    _(headers[i].text), "schema", "type", "string"));
	return json;
}

/* Answers that a reader who has them needn't be sent again. */
static bool tagged_answer(const struct route *route)
{
	return route->answer == ANSWER_RECORD || route->answer == ANSWER_CALENDAR;
}

static json_t *responses_of(const struct route *route, enum kind kind)
{
	static const char *const usual[] = { "X-Request-Id", NULL };
	static const char *const tagged[] = { "X-Request-Id", "ETag", NULL };
	bool record = tagged_answer(route);
	json_t *responses = json_object(), *good;
	json_t *type = answer_content(route, kind);

	good = json_pack("{s:s,s:o}", "description", type ? "OK" : "No Content", "headers",
			 header_refs(record ? tagged : usual));
	if (type)
		json_object_set_new(good, "content", type);
	json_object_set_new(responses, type ? "200" : "204", good);
	if (record)
		json_object_set_new(responses, "304", json_pack("{s:s,s:o}", "description",
				    status_title(304), "headers", header_refs(tagged)));
	for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
		char code[8];

		if (!answers(route, refusals[i].when))
			continue;
		snprintf(code, sizeof code, "%d", refusals[i].status);
		json_object_set_new(responses, code, json_pack("{s:o}", "$ref",
			json_sprintf("#/components/responses/problem_%s", code)));
	}
	return responses;
}

/* --- what is taken --- */

static json_t *parameter(const char *name, const char *place, bool required, json_t *schema)
{
	return json_pack("{s:s,s:s,s:b,s:o}", "name", name, "in", place, "required", (int)required,
			 "schema", schema);
}

static json_t *text_type(void)
{
	return json_pack("{s:s}", "type", "string");
}

/* The documents that are no commands. */
static json_t *report_names(void)
{
	json_t *names = json_array();

	for (size_t i = 0; i < report_count; i++)
		if (!report_defs[i].command)
			json_array_append_new(names, json_string(report_defs[i].name));
	return json_pack("{s:s,s:o}", "type", "string", "enum", names);
}

static json_t *named_type(const struct route *route, const char *name)
{
	if (!strcmp(name, "limit"))
		return json_pack("{s:s,s:i,s:i}", "type", "integer", "minimum", 1, "maximum",
				 route->answer == ANSWER_CHANGES ? CHANGES_MAX : LIMIT_MAX);
	if (!strcmp(name, "wait"))
		return json_pack("{s:s,s:i,s:i}", "type", "integer", "minimum", 0, "maximum", WAIT_MAX);
	if (!strcmp(name, "format"))
		return json_pack("{s:s,s:[s,s,s]}", "type", "string", "enum", report_format_names[0],
				 report_format_names[1], report_format_names[2]);
	if (!strcmp(name, "from") || !strcmp(name, "to"))
		return json_pack("{s:s,s:s}", "type", "string", "format", "date");
	return text_type();
}

/* Conditions on fields: FIELD and FIELD.op. */
static void add_fields(json_t *list, const struct field_table *table)
{
	for (size_t i = 0; table && i < table->count; i++) {
		const struct field *field = &table->fields[i];
		json_t *one;

		if (field->flags & SECRET || field->type == FT_HASH || field->type == FT_LIST)
			continue;
		one = parameter(field->name, "query", false, openapi_field(field));
		json_object_set_new(one, "description",
				    json_sprintf("%s; also %s followed by .ne .lt .le .gt .ge or .null", _(field->label),
						 field->name));
		json_array_append_new(list, one);
	}
}

static void add_conditions(json_t *list, enum kind kind)
{
	if (kind == KIND_STUDENT)
		json_array_append_new(list, parameter("q", "query", false, text_type()));
	add_fields(list, kind_fields(kind));
	add_fields(list, kind_conditions(kind));
}

static json_t *parameters_of(const struct route *route, enum kind kind)
{
	json_t *list = json_array();
	const char *names = route->params;

	while (*names) {
		size_t len = strcspn(names, " ");
		char name[32];

		snprintf(name, sizeof name, "%.*s", (int)len, names);
		json_array_append_new(list, parameter(name, "query", !strcmp(name, "key") &&
						      route->answer != ANSWER_REPORT,
						      named_type(route, name)));
		names += len + (names[len] == ' ');
	}
	if (strstr(route->path, "{id}"))
		json_array_append_new(list, parameter("id", "path", true, json_pack("{s:s,s:i}", "type",
								"integer", "minimum", 1)));
	if (strstr(route->path, "{report}"))
		json_array_append_new(list, parameter("report", "path", true, report_names()));
	if (strstr(route->path, "{sha256}"))
		json_array_append_new(list, parameter("sha256", "path", true, json_pack("{s:s,s:s}",
						      "type", "string", "pattern", "^[0-9a-f]{64}$")));
	if (strstr(route->path, "{token}"))
		json_array_append_new(list, parameter("token", "path", true, json_pack("{s:s,s:s}",
						      "type", "string", "pattern", "^[A-Za-z0-9_-]{22}$")));
	if (strstr(route->path, "{code}"))
		json_array_append_new(list, parameter("code", "path", true, text_type()));
	if (route->flags & ROUTE_PAGED)
		add_conditions(list, kind);
	if (tagged_answer(route))
		json_array_append_new(list, parameter("If-None-Match", "header", false, text_type()));
	if (route->takes == TAKES_COMMANDS) {
		json_array_append_new(list, parameter("Idempotency-Key", "header", false, openapi_ref("key")));
		json_array_append_new(list, parameter("If-Match", "header", false, text_type()));
	}
	json_array_append_new(list, parameter("Accept-Language", "header", false, text_type()));
	return list;
}

static json_t *body_of(const struct route *route)
{
	json_t *schema = NULL;

	switch (route->takes) {
	case TAKES_LOGIN:
		schema = openapi_ref("login");
		break;
	case TAKES_LOGOUT:
		schema = openapi_ref("logout");
		break;
	case TAKES_PASSWORD:
		schema = openapi_ref("password_change");
		break;
	case TAKES_COMMAND:
		schema = openapi_ref("command");
		break;
	case TAKES_COMMANDS:
		schema = json_pack("{s:[o,o]}", "oneOf", openapi_ref("command"),
				   json_pack("{s:s,s:o,s:i,s:i}", "type", "array", "items",
					     openapi_ref("command"), "minItems", 1, "maxItems", LIST_MAX));
		break;
	case TAKES_BYTES:
		return json_pack("{s:b,s:o}", "required", 1, "content", content(BODY_BYTES, bytes_type()));
	case TAKES_NOTHING:
		return NULL;
	}
	return json_pack("{s:b,s:o}", "required", route->takes != TAKES_LOGOUT, "content",
			 content(BODY_JSON, schema));
}

/* --- operations --- */

/* NAME is of the kind the route was expanded for, NULL for none. */
static json_t *operation(const struct route *route, enum kind kind, const char *name)
{
	json_t *json = json_object(), *body = body_of(route);

	json_object_set_new(json, "operationId", name ? json_sprintf("%s_%s", route->name, name) :
			    json_string(route->name));
	json_object_set_new(json, "summary", name ? json_sprintf("%s: %s", _(route->title),
			    _(kind_fields(kind)->label)) : json_string(_(route->title)));
	json_object_set_new(json, "tags", json_pack("[s]", name ? "records" : "service"));
	json_object_set_new(json, "parameters", parameters_of(route, kind));
	if (body)
		json_object_set_new(json, "requestBody", body);
	json_object_set_new(json, "responses", responses_of(route, kind));
	if (route->flags & ROUTE_OPEN)
		json_object_set_new(json, "security", json_array());
	return json;
}

static void add_path(json_t *paths, const char *path, const struct route *route, json_t *made)
{
	json_t *item = json_object_get(paths, path);

	if (!item) {
		item = json_object();
		json_object_set_new(paths, path, item);
	}
	json_object_set_new(item, route->method == METHOD_GET ? "get" : "post", made);
}

/* "/v1/{kind}/{id}" for each kind: "/v1/students/{id}". */
static void expand(json_t *paths, const struct route *route, const char *hole)
{
	const char *at = strstr(route->path, hole);
	bool card = !strcmp(hole, "{card}");

	for (int k = 1; k < KIND_COUNT; k++) {
		enum kind kind = (enum kind)k;
		char path[128];

		if (card ? !routes_card(kind) : !routes_kind(kind))
			continue;
		if (route->answer == ANSWER_RECORD && !kind_stored(kind))
			continue; /* rows that are found have no address of their own */
		snprintf(path, sizeof path, "%.*s%s%s", (int)(at - route->path), route->path,
			 card ? kind_fields(kind)->name : kind_fields(kind)->plural, at + strlen(hole));
		add_path(paths, path, route, operation(route, kind, kind_fields(kind)->name));
	}
}

static json_t *paths_of(void)
{
	json_t *paths = json_object();

	for (size_t i = 0; i < route_count(); i++) {
		const struct route *route = route_at(i);

		if (strstr(route->path, "{kind}"))
			expand(paths, route, "{kind}");
		else if (strstr(route->path, "{card}"))
			expand(paths, route, "{card}");
		else
			add_path(paths, route->path, route, operation(route, KIND_NONE, NULL));
	}
	return paths;
}

char *openapi_text(void)
{
	json_t *json = json_object();
	char *text;

	json_object_set_new(json, "openapi", json_string("3.1.0"));
	json_object_set_new(json, "info", json_pack("{s:s,s:s,s:s,s:{s:s,s:s}}", "title", "Overpass",
		"version", PACKAGE_VERSION, "description",
		_("Credits, claims and timetables of a learning centre. docs/rest.md says it in words."),
		"license", "name", "MIT", "identifier", "MIT"));
	json_object_set_new(json, "servers", json_pack("[{s:s}]", "url", "/"));
	json_object_set_new(json, "security", json_pack("[{s:[]}]", "token"));
	json_object_set_new(json, "tags", json_pack("[{s:s,s:s},{s:s,s:s}]", "name", "records",
		"description", _("Records and cards"), "name", "service", "description",
		_("Logging in, commands, changes and the server itself")));
	json_object_set_new(json, "paths", paths_of());
	json_object_set_new(json, "components", json_pack("{s:o,s:o,s:o,s:{s:{s:s,s:s}}}", "schemas",
		openapi_schemas(), "responses", problem_responses(), "headers", headers_of_answers(),
		"securitySchemes", "token", "type", "http", "scheme", "bearer"));
	text = json_dumps(json, JSON_COMPACT);
	json_decref(json);
	if (!text)
		abort(); /* no memory: as arena.h says */
	return text;
}
