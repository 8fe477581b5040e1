/* Routes that read: pages, records, search, cards, changes. */
#include "server/routes.h"

#include <stdio.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/codec/json_write.h"
#include "core/model/reason.h"
#include "server/feed.h"
#include "server/problem.h"
#include "server/service.h"

static int limit_param(const struct request *request, int64_t max, int *limit, struct error *err)
{
	const char *text = request_param(request, "limit");
	int64_t value = 0;

	if (text && !route_number(text, 1, max, &value))
		return route_bad(err, _("limit is out of range"), "limit");
	*limit = (int)value;
	return 0;
}

static int unknown_field(const char *name, struct error *err)
{
	return error_reason(err, REASON_FIELD_UNKNOWN, "name", name, "field", name, NULL);
}

/* --- conditions --- */

static int bad_value(const struct field *field, struct error *err)
{
	return error_reason(err, REASON_FIELD_TYPE, "field", field->name, "label", _(field->label),
			    "expected", _("written as in JSON"), NULL);
}

/* The value of a condition, as JSON writes it. */
static int condition_value(const struct field *field, const char *text, struct filter *filter,
			   struct error *err)
{
	bool good = true;

	filter->number = OV_NULL;
	switch (field->type) {
	case FT_TEXT:
		filter->text = text;
		return 0;
	case FT_DATE:
		good = date_parse(text, &filter->number);
		break;
	case FT_INSTANT:
		good = instant_parse(text, &filter->number);
		break;
	case FT_ENUM:
		filter->number = enum_find(field->enums, text);
		good = filter->number != OV_NULL;
		break;
	case FT_BOOL:
		good = !strcmp(text, "true") || !strcmp(text, "false");
		filter->number = !strcmp(text, "true");
		break;
	case FT_HASH:
	case FT_LIST:
		return unknown_field(field->name, err);
	default:
		good = route_number(text, INT64_MIN + 1, INT64_MAX, &filter->number);
	}
	return good ? 0 : bad_value(field, err);
}

/* FIELD, FIELD.le …, FIELD.null */
static int condition(enum kind kind, const struct param *param,
		     struct arena *arena, struct filter *filter, struct error *err)
{
	static const char *const ops[] = { "eq", "ne", "lt", "le", "gt", "ge" };
	const char *dot = strchr(param->name, '.');
	const char *name = dot ? arena_strndup(arena, param->name, (size_t)(dot - param->name)) :
			   param->name;
	const struct field *field = local_field(kind_fields(kind), name);
	int op = FILTER_EQ;

	if (!field)
		field = kind_condition(kind, name);
	if (!field || field->flags & SECRET)
		return unknown_field(param->name, err);
	*filter = (struct filter){ .field = field->name, .number = OV_NULL };
	if (dot && !strcmp(dot + 1, "null")) {
		if (strcmp(param->value, "true") != 0 && strcmp(param->value, "false") != 0)
			return bad_value(field, err);
		filter->op = !strcmp(param->value, "true") ? FILTER_EQ : FILTER_NE;
		return 0;
	}
	while (dot && op <= FILTER_GE && strcmp(dot + 1, ops[op]) != 0)
		op++;
	if (op > FILTER_GE)
		return unknown_field(param->name, err);
	filter->op = (enum filter_op)op;
	return condition_value(field, param->value, filter, err);
}

static bool page_param(const char *name)
{
	return !strcmp(name, "limit") || !strcmp(name, "order") || !strcmp(name, "cursor") ||
	       !strcmp(name, "fields");
}

static int read_query(struct request *request, enum kind kind, struct query *query,
		      struct error *err)
{
	const struct field_table *table = kind_fields(kind);
	struct filter *filters = arena_array(&request->arena, CONDITIONS_MAX, sizeof *filters);
	const char *order = request_param(request, "order");
	int rc = limit_param(request, LIMIT_MAX, &query->limit, err);

	query->kind = kind;
	query->filters = filters;
	query->cursor = request_param(request, "cursor");
	if (order && *order == '-') {
		query->descending = true;
		order++;
	}
	if (order && !strcmp(order, "id")) /* that of every kind, a member or not */
		order = NULL;
	if (rc == 0 && order && !local_field(table, order))
		rc = unknown_field(order, err);
	query->order = order;
	for (size_t i = 0; rc == 0 && i < request->param_count; i++) {
		if (page_param(request->params[i].name))
			continue;
		if (query->filter_count == CONDITIONS_MAX)
			return route_bad(err, _("too many parameters"), NULL);
		rc = condition(kind, &request->params[i], &request->arena,
			       &filters[query->filter_count++], err);
	}
	return rc;
}

/* --- fields= --- */

/* Keeps the members that are named; id and rev always. */
static int project(json_t *items, const struct field_table *table, const char *fields,
		   struct error *err)
{
	json_t *item, *keep = json_object();
	size_t index;
	int rc = 0;

	if (table->head)
		json_object_update_new(keep, json_pack("{s:b,s:b}", "id", 1, "rev", 1));
	while (rc == 0 && *fields) {
		size_t len = strcspn(fields, ",");
		char name[64];

		snprintf(name, sizeof name, "%.*s", len < sizeof name ? (int)len : 0, fields);
		if (!local_field(table, name))
			rc = unknown_field(name, err);
		json_object_set_new(keep, name, json_true());
		fields += len + (fields[len] == ',');
	}
	json_array_foreach(items, index, item) {
		const char *name;
		json_t *value;
		void *next;

		json_object_foreach_safe(item, next, name, value)
			if (!json_object_get(keep, name))
				json_object_del(item, name);
	}
	json_decref(keep);
	return rc;
}

static int respond_page(struct request *request, const struct page *page)
{
	const char *fields = request_param(request, "fields");
	struct error err = ERROR_INIT;
	json_t *json;

	if (!fields) {
		json_write_page(&request->response.body, page);
		return respond_written(request, 200, false);
	}
	json = json_page(page);
	if (page->table &&
	    project(json_object_get(json, "items"), page->table, fields, &err) < 0) {
		json_decref(json);
		return respond_error(request, &err);
	}
	return respond_json(request, 200, json);
}

/* --- find and search --- */

static enum kind kind_segment(const struct request *request, struct error *err)
{
	const char *name = request->segments[1];
	enum kind kind = kind_find(name);

	if (kind != KIND_NONE && routes_kind(kind) && !strcmp(kind_fields(kind)->plural, name))
		return kind;
	error_reason(err, REASON_KIND_UNKNOWN, "name", name, NULL);
	return KIND_NONE;
}

static int search(struct request *request, struct store *store, struct error *err)
{
	struct page page;
	int limit;
	int rc = limit_param(request, LIMIT_MAX, &limit, err);

	for (size_t i = 0; rc == 0 && i < request->param_count; i++) {
		const char *name = request->params[i].name;

		if (strcmp(name, "q") != 0 && strcmp(name, "limit") != 0 && strcmp(name, "fields") != 0)
			rc = unknown_field(name, err);
	}
	if (rc == 0)
		rc = store_search(store, request_param(request, "q"), limit, &request->arena, &page, err);
	return rc < 0 ? respond_error(request, err) : respond_page(request, &page);
}

int route_find_page(struct request *request)
{
	struct error err = ERROR_INIT;
	struct store *store = service_store(request, &err);
	struct query query = { 0 };
	struct page page;
	enum kind kind = store ? kind_segment(request, &err) : KIND_NONE;
	int rc;

	if (kind == KIND_NONE)
		return respond_error(request, &err);
	if (kind == KIND_STUDENT && request_param(request, "q"))
		return search(request, store, &err);
	rc = read_query(request, kind, &query, &err);
	if (rc == 0)
		rc = store_find(store, &query, &request->arena, &page, &err);
	return rc < 0 ? respond_error(request, &err) : respond_page(request, &page);
}

/* --- one record --- */

static int record_id(const char *text, int64_t *id, struct error *err)
{
	return route_number(text, 1, INT64_MAX, id) ? 0 :
	       error_reason(err, REASON_HTTP_ROUTE, NULL);
}

bool route_tag_listed(const char *list, const char *tag)
{
	size_t len = strlen(tag);

	if (!list)
		return false;
	if (!strcmp(list, "*"))
		return true;
	for (const char *at = strstr(list, tag); at; at = strstr(at + 1, tag))
		if ((at == list || strchr(", /", at[-1])) && strchr(", ", at[len]))
			return true;
	return false;
}

const char *route_tag(struct arena *arena, int64_t rev)
{
	char room[INT_TEXT], *tag;
	size_t len;
	const char *digits = int_text(rev, room, &len);

	tag = arena_alloc(arena, len + 3);
	tag[0] = tag[len + 1] = '"';
	memcpy(tag + 1, digits, len);
	return tag;
}

int route_get(struct request *request)
{
	struct error err = ERROR_INIT;
	struct store *store = service_store(request, &err);
	enum kind kind = store ? kind_segment(request, &err) : KIND_NONE;
	const char *tag;
	void *record = NULL;
	int64_t id = 0;
	int rc = kind == KIND_NONE ? err.code : record_id(request->segments[2], &id, &err);

	if (rc == 0)
		rc = store_get(store, kind, id, &request->arena, &record, &err);
	if (rc < 0 || !record)
		return respond_error(request, &err);
	tag = route_tag(&request->arena, ((struct record_head *)record)->rev);
	response_header(request, "ETag", tag);
	response_header(request, "Cache-Control", "private, no-cache");
	if (route_tag_listed(request_header(request, "If-None-Match"), tag))
		return respond_empty(request, 304);
	json_write_record(&request->response.body, kind_fields(kind), record);
	return respond_written(request, 200, false);
}

/* --- cards --- */

static int day_param(const struct request *request, const char *name, int64_t *day,
		     struct error *err)
{
	const char *text = request_param(request, name);

	*day = OV_NULL;
	if (text && !date_parse(text, day))
		return route_bad(err, _("a day is written 2026-03-01"), name);
	return 0;
}

int route_card(struct request *request)
{
	struct card_request card = { .kind = kind_find(request->segments[2]),
				     .key = request_param(request, "key"),
				     .assume = request_param(request, "assume") };
	struct error err = ERROR_INIT;
	struct store *store = service_store(request, &err);
	struct bundle bundle;
	int rc = store ? 0 : err.code;

	if (rc == 0 && !routes_card(card.kind))
		rc = error_reason(&err, REASON_KIND_UNKNOWN, "name", request->segments[2], NULL);
	if (rc == 0 && request->segment_count > 3)
		rc = record_id(request->segments[3], &card.id, &err);
	else if (rc == 0 && !card.key)
		rc = route_bad(&err, _("a key is needed"), "key");
	if (rc == 0)
		rc = day_param(request, "from", &card.from, &err);
	if (rc == 0)
		rc = day_param(request, "to", &card.to, &err);
	if (rc == 0)
		rc = store_card(store, &card, &request->arena, &bundle, &err);
	if (rc < 0)
		return respond_error(request, &err);
	json_write_bundle(&request->response.body, &bundle);
	return respond_written(request, 200, true);
}

/* --- changes --- */

struct waiting {
	struct feed_waiter waiter;
	bool begun;
};

int route_changes(struct request *request)
{
	uint64_t generation = feed_generation(request->service->feed);
	struct waiting *waiting = request->state;
	struct error err = ERROR_INIT;
	const char *wait = request_param(request, "wait");
	int64_t seconds = 0;
	struct page page = { .count = 0 };
	struct store *store;
	int limit = 0, rc;

	/* What was committed after the generation was read wakes the waiter; what
	 * was committed before must be seen. */
	service_look_anew();
	store = service_store(request, &err);
	rc = store ? limit_param(request, CHANGES_MAX, &limit, &err) : err.code;

	if (rc == 0 && wait && !route_number(wait, 0, WAIT_MAX, &seconds))
		rc = route_bad(&err, _("wait is out of range"), "wait");
	if (rc == 0)
		rc = store_changes(store, request_param(request, "after"), limit, &request->arena,
				   &page, &err);
	if (rc < 0)
		return respond_error(request, &err);
	if (!waiting) {
		waiting = request->state = arena_alloc(&request->arena, sizeof *waiting);
		waiting->waiter.request = request;
		waiting->waiter.until_ms = clock_monotonic_ms() + seconds * 1000;
	}
	if (page.count == 0 && waiting->waiter.until_ms > clock_monotonic_ms() &&
	    !atomic_load(&request->service->stopping)) {
		request->resume = route_changes;
		if (feed_wait(request->service->feed, &waiting->waiter, generation))
			return REQUEST_WAIT;
	}
	return respond_page(request, &page);
}
