/* routes.h: the table of routes. A row is the definition: the path, what it
 * takes and answers; dispatching and the OpenAPI document come from it. A
 * "{kind}" stands for every kind that is listed (routes_kind()). */
#ifndef OV_SERVER_ROUTES_H
#define OV_SERVER_ROUTES_H

#include "core/model/kind.h"
#include "server/request.h"

enum route_flag {
	ROUTE_OPEN = 1 << 0,   /* needs no token */
	ROUTE_BODY = 1 << 1,   /* takes JSON */
	ROUTE_PAGED = 1 << 2,  /* any parameter: conditions on fields */
	ROUTE_FIRST = 1 << 3   /* answered while the server is stopping, too */
};

/* How much of everything; the document says the same. */
enum {
	CONDITIONS_MAX = 12, LIMIT_MAX = 500, CHANGES_MAX = 1000, WAIT_MAX = 60, LIST_MAX = 100,
	LOGIN_MAX = 64, PASSWORD_MIN = 8, PASSWORD_MAX = 128
};

/* What a route answers with 200, for the document. */
enum answer { ANSWER_EMPTY, ANSWER_TEXT, ANSWER_DOCUMENT, ANSWER_SESSION, ANSWER_RECORD,
	      ANSWER_PAGE, ANSWER_BUNDLE, ANSWER_OUTCOME, ANSWER_OUTCOMES, ANSWER_CHANGES,
	      ANSWER_STATUS, ANSWER_REASON, ANSWER_REASONS, ANSWER_REPORT, ANSWER_KEPT,
	      ANSWER_BYTES, ANSWER_CALENDAR };

/* What it takes. */
enum takes { TAKES_NOTHING, TAKES_LOGIN, TAKES_LOGOUT, TAKES_PASSWORD, TAKES_COMMANDS,
	     TAKES_COMMAND, TAKES_BYTES };

struct route {
	const char *path; /* "/v1/cards/{card}/{id}" */
	enum method method;
	unsigned flags;
	int (*handle)(struct request *request);
	enum takes takes;
	enum answer answer;
	const char *name;   /* operationId */
	const char *title;  /* untranslated */
	const char *params; /* names of parameters, separated by blanks */
};

size_t route_count(void);
const struct route *route_at(size_t index);

/* Splits the path and finds the route. HTTP_ROUTE, HTTP_METHOD (with the
 * header Allow). */
int route_match(struct request *request, struct error *err);
/* Refuses parameters the route doesn't know, and those that stand twice. */
int route_params(struct request *request, struct error *err);

/* A kind that has a route: stored, or a row that find answers. */
bool routes_kind(enum kind kind);
/* A kind that has a card. */
bool routes_card(enum kind kind);

/* Handlers. */
int route_health(struct request *request);
int route_ready(struct request *request);
int route_metrics(struct request *request);
int route_status(struct request *request);
int route_reasons(struct request *request);
int route_reason(struct request *request);
int route_openapi(struct request *request);
int route_login(struct request *request);
int route_session(struct request *request);
int route_logout(struct request *request);
int route_password(struct request *request);
int route_find_page(struct request *request);
int route_get(struct request *request);
int route_card(struct request *request);
int route_report(struct request *request);
int route_commands(struct request *request);
int route_assess(struct request *request);
int route_changes(struct request *request);
int route_evidence_put(struct request *request);
int route_evidence_get(struct request *request);
int route_calendar(struct request *request);

/* Whole decimal number of a segment or parameter. */
bool route_number(const char *text, int64_t min, int64_t max, int64_t *value);
/* A version as a tag: "REV" with its quotes. */
const char *route_tag(struct arena *arena, int64_t rev);
/* Is the tag in the list of If-None-Match (NULL: none)? */
bool route_tag_listed(const char *list, const char *tag);
/* Parses the body: a JSON document. */
int route_body(struct request *request, json_t **json, struct error *err);
/* HTTP_REQUEST with a reason that is translated; FIELD may be NULL. */
int route_bad(struct error *err, const char *why, const char *field);

#endif
