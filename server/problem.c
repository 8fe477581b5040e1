#include "server/problem.h"

#include <string.h>

static const struct {
	enum reason reason;
	int status;
} special[] = {
	{ REASON_LOGIN_NEEDED, 401 },
	{ REASON_LOGIN_FAILED, 401 },
	{ REASON_LOGIN_CLOSED, 403 },
	{ REASON_PERM_DENIED, 403 },
	{ REASON_SCOPE_DENIED, 403 },
	{ REASON_HTTP_PLAIN, 403 },
	{ REASON_KIND_UNKNOWN, 404 },
	{ REASON_HTTP_METHOD, 405 },
	{ REASON_SM_NO_TRANSITION, 409 },
	{ REASON_FIELD_UNIQUE, 409 },
	{ REASON_CURSOR_BAD, 410 },
	{ REASON_HTTP_BODY_LARGE, 413 },
	{ REASON_HTTP_URL_LARGE, 414 },
	{ REASON_HTTP_TYPE, 415 },
	{ REASON_EVIDENCE_TYPE, 415 },
	{ REASON_REV_NEEDED, 428 },
	{ REASON_LOGIN_SLOW, 429 },
	{ REASON_FEED_SLOW, 429 },
	{ REASON_HTTP_MANY, 429 },
	{ REASON_HTTP_HEADERS_LARGE, 431 },
};

int problem_status(const struct error *err)
{
	for (size_t i = 0; i < sizeof special / sizeof special[0]; i++)
		if ((int)special[i].reason == err->reason)
			return special[i].status;
	switch (err->code) {
	case OV_ENOTFOUND:
		return 404;
	case OV_EUSAGE:
	case OV_EINPUT:
		return 400;
	case OV_EREFUSED:
		return 422;
	case OV_ECONFLICT:
		return 412;
	case OV_ESTORAGE:
	case OV_EOFFLINE:
	case OV_ECANCELLED:
		return 503;
	default:
		return 500;
	}
}

const char *status_title(int status)
{
	static const struct {
		int status;
		const char *title;
	} titles[] = {
		{ 200, "OK" }, { 204, "No Content" }, { 304, "Not Modified" },
		{ 400, "Bad Request" }, { 401, "Unauthorized" }, { 403, "Forbidden" },
		{ 404, "Not Found" }, { 405, "Method Not Allowed" }, { 409, "Conflict" },
		{ 410, "Gone" }, { 412, "Precondition Failed" }, { 413, "Content Too Large" },
		{ 414, "URI Too Long" }, { 415, "Unsupported Media Type" },
		{ 422, "Unprocessable Content" }, { 428, "Precondition Required" },
		{ 429, "Too Many Requests" }, { 431, "Request Header Fields Too Large" },
		{ 503, "Service Unavailable" },
	};

	for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
		if (titles[i].status == status)
			return titles[i].title;
	return "Internal Server Error";
}

static json_t *text_or_null(const char *text)
{
	return *text ? json_string(text) : json_null();
}

static json_t *one_problem(const struct error *err)
{
	json_t *json = json_object();

	json_object_set_new(json, "code", json_string(reason_code(err->reason)));
	json_object_set_new(json, "field", text_or_null(err->field));
	json_object_set_new(json, "detail", json_string(err->message));
	json_object_set_new(json, "next", text_or_null(err->next));
	return json;
}

static void status_headers(struct request *request, int status)
{
	bool given = false;

	if (status == 401)
		response_header(request, "WWW-Authenticate", "Bearer realm=\"overpass\"");
	for (size_t i = 0; i < request->response.header_count; i++)
		given = given || !strcmp(request->response.headers[i].name, "Retry-After");
	if ((status == 429 || status == 503) && !given)
		response_header(request, "Retry-After", "2");
	response_header(request, "Cache-Control", "no-store");
}

int respond_problem(struct request *request, int status, const struct error *err,
		    const struct problems *problems, json_t *extra)
{
	const char *code = reason_code(err->reason);
	json_t *json = json_object(), *list;

	json_object_set_new(json, "type", *code ? json_sprintf("/v1/reasons/%s", code) :
			    json_string("about:blank"));
	json_object_set_new(json, "title", json_string(status_title(status)));
	json_object_set_new(json, "status", json_integer(status));
	json_object_set_new(json, "detail", json_string(err->message));
	json_object_set_new(json, "code", json_string(code));
	json_object_set_new(json, "field", text_or_null(err->field));
	json_object_set_new(json, "next", text_or_null(err->next));
	json_object_set_new(json, "request_id", json_string(request->id));
	if (err->current_rev > 0)
		json_object_set_new(json, "current_rev", json_integer(err->current_rev));
	if (problems && problems->count > 1) {
		list = json_array();
		for (size_t i = 0; i < problems->count; i++)
			json_array_append_new(list, one_problem(&problems->item[i]));
		json_object_set_new(json, "problems", list);
	}
	if (extra)
		json_object_update(json, extra);
	json_decref(extra);
	status_headers(request, status);
	respond_json(request, status, json);
	request->response.kind = BODY_PROBLEM;
	return REQUEST_DONE;
}

int respond_error(struct request *request, const struct error *err)
{
	return respond_problem(request, problem_status(err), err, NULL, NULL);
}

int respond_reason(struct request *request, enum reason reason)
{
	struct error err = ERROR_INIT;

	error_reason(&err, reason, NULL);
	return respond_error(request, &err);
}
