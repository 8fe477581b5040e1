/* Questions as addresses: docs/rest.md, "Records" and "Cards". */
#include <inttypes.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/i18n.h"
#include "core/model/reason.h"
#include "core/store/store_rest.h"

/* RFC 3986: everything but unreserved characters is escaped. */
static void escape(struct buf *out, const char *text)
{
	static const char hex[] = "0123456789ABCDEF";

	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		    strchr("-._~", c)) {
			buf_char(out, (char)c);
		} else {
			buf_char(out, '%');
			buf_char(out, hex[c >> 4]);
			buf_char(out, hex[c & 15]);
		}
	}
}

/* Starts a parameter: "?" once, then "&". */
static void parameter(struct buf *out, const char *name, const char *suffix)
{
	buf_char(out, strchr(buf_cstr(out), '?') ? '&' : '?');
	escape(out, name);
	buf_text(out, suffix);
	buf_char(out, '=');
}

static void text_parameter(struct buf *out, const char *name, const char *value)
{
	parameter(out, name, "");
	escape(out, value);
}

static void int_parameter(struct buf *out, const char *name, int64_t value)
{
	parameter(out, name, "");
	buf_int(out, value);
}

static const char *finish(struct buf *out, struct arena *arena)
{
	const char *path = arena_strdup(arena, buf_cstr(out));

	buf_release(out);
	return path;
}

/* The head's columns are fields too. */
static const struct field *find_field(const struct field_table *table, const char *name)
{
	static const struct field head[] = {
		{ .name = "id", .type = FT_INT },
		{ .name = "rev", .type = FT_INT },
		{ .name = "created_at", .type = FT_INSTANT },
		{ .name = "created_by", .type = FT_INT },
	};

	for (size_t i = 0; table->head && i < sizeof head / sizeof head[0]; i++)
		if (!strcmp(name, head[i].name))
			return &head[i];
	return field_find(table, name);
}

static void value_add(struct buf *out, const struct field *field, const struct filter *filter)
{
	char text[INSTANT_TEXT];

	switch (field->type) {
	case FT_TEXT:
		escape(out, filter->text);
		break;
	case FT_ENUM:
		escape(out, enum_code(field->enums, filter->number));
		break;
	case FT_BOOL:
		buf_text(out, filter->number ? "true" : "false");
		break;
	case FT_DATE:
		buf_text(out, date_format(filter->number, text));
		break;
	case FT_INSTANT:
		escape(out, instant_format(filter->number, text));
		break;
	default:
		buf_int(out, filter->number);
	}
}

static int filter_add(struct buf *out, enum kind kind, const struct filter *filter,
		      struct error *err)
{
	static const char *const suffix[] = {
		[FILTER_EQ] = "", [FILTER_NE] = ".ne", [FILTER_LT] = ".lt",
		[FILTER_LE] = ".le", [FILTER_GT] = ".gt", [FILTER_GE] = ".ge",
	};
	const struct field *field = find_field(kind_fields(kind), filter->field);
	bool null;

	if (!field)
		field = kind_condition(kind, filter->field);
	if (!field || field->flags & SECRET || field->type == FT_HASH || field->type == FT_LIST)
		return error_reason(err, REASON_FIELD_UNKNOWN, "name", filter->field, NULL);
	null = field->type == FT_TEXT ? !filter->text : filter->number == OV_NULL;
	parameter(out, field->name, null ? ".null" : suffix[filter->op]);
	if (null)
		buf_text(out, filter->op == FILTER_EQ ? "true" : "false");
	else
		value_add(out, field, filter);
	return 0;
}

int rest_find_path(const struct query *query, struct arena *arena, const char **path,
		   struct error *err)
{
	const struct field_table *table = kind_fields(query->kind);
	struct buf out = BUF_INIT;
	int rc = 0;

	if (query->limit < 0 || query->limit > STORE_LIMIT_MAX ||
	    query->filter_count > STORE_FILTERS_MAX)
		return error_reason(err, REASON_USAGE, "what",
				    _("At most 500 records and 12 conditions"), NULL);
	buf_printf(&out, "/v1/%s", table->plural);
	for (size_t i = 0; rc == 0 && i < query->filter_count; i++)
		rc = filter_add(&out, query->kind, &query->filters[i], err);
	if (query->order) {
		parameter(&out, "order", "");
		buf_text(&out, query->descending ? "-" : "");
		escape(&out, query->order);
	} else if (query->descending) {
		text_parameter(&out, "order", "-id");
	}
	if (query->limit)
		int_parameter(&out, "limit", query->limit);
	if (query->cursor)
		text_parameter(&out, "cursor", query->cursor);
	*path = finish(&out, arena);
	return rc;
}

const char *rest_search_path(const char *text, int limit, struct arena *arena)
{
	struct buf out = BUF_INIT;

	buf_text(&out, "/v1/students");
	text_parameter(&out, "q", text);
	if (limit > 0)
		int_parameter(&out, "limit", limit < STORE_LIMIT_MAX ? limit : STORE_LIMIT_MAX);
	return finish(&out, arena);
}

const char *rest_card_path(const struct card_request *request, struct arena *arena)
{
	struct buf out = BUF_INIT;
	char day[DATE_TEXT];

	buf_printf(&out, "/v1/cards/%s", kind_fields(request->kind)->name);
	if (request->id)
		buf_printf(&out, "/%" PRId64, request->id);
	else
		text_parameter(&out, "key", request->key ? request->key : "");
	if (request->from != OV_NULL)
		text_parameter(&out, "from", date_format(request->from, day));
	if (request->to != OV_NULL)
		text_parameter(&out, "to", date_format(request->to, day));
	if (request->assume)
		text_parameter(&out, "assume", request->assume);
	return finish(&out, arena);
}

const char *rest_changes_path(const char *cursor, int limit, struct arena *arena)
{
	struct buf out = BUF_INIT;

	buf_text(&out, "/v1/changes");
	if (cursor)
		text_parameter(&out, "after", cursor);
	if (limit)
		int_parameter(&out, "limit", limit);
	return finish(&out, arena);
}
