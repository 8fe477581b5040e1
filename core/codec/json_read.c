/* Reading JSON strictly. */
#include "core/codec/json_record.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/model/reason.h"

static int bad(const char *what, int line, const char *why, struct error *err)
{
	char number[16];

	snprintf(number, sizeof number, "%d", line > 0 ? line : 1);
	return error_reason(err, REASON_FILE_BAD, "file", what, "line", number, "why", why, NULL);
}

/* Depth is counted before the parser may recurse. Strings are skipped. */
static bool too_deep(const char *bytes, size_t len, int *line)
{
	bool inside = false;
	int depth = 0;

	*line = 1;
	for (size_t i = 0; i < len; i++) {
		char c = bytes[i];

		*line += c == '\n';
		if (inside) {
			if (c == '\\')
				i++;
			else if (c == '"')
				inside = false;
		} else if (c == '"') {
			inside = true;
		} else if (c == '{' || c == '[') {
			if (++depth > JSON_DEPTH)
				return true;
		} else if (c == '}' || c == ']') {
			depth--;
		}
	}
	return false;
}

int json_parse(const char *bytes, size_t len, const char *what, json_t **out,
	       struct error *err)
{
	json_error_t why;
	int line;

	*out = NULL;
	if (too_deep(bytes, len, &line))
		return bad(what, line, _("nested too deeply"), err);
	*out = json_loadb(bytes, len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &why);
	/* The parser's text may quote the document, which may be personal. */
	return *out ? 0 : bad(what, why.line, _("this is not JSON, or a name stands twice in it"),
			      err);
}

static int type_error(const struct field *field, const char *expected, struct error *err)
{
	return error_reason(err, REASON_FIELD_TYPE, "field", field->name,
			    "label", _(field->label), "expected", expected, NULL);
}

static int read_int(const struct field *field, const json_t *value, void *record,
		    struct error *err)
{
	if (!json_is_integer(value) || json_integer_value(value) == OV_NULL)
		return type_error(field, _("a whole number"), err);
	field_set_int(field, record, json_integer_value(value));
	return 0;
}

/* Dates, enums and hashes are texts whose form field_parse() knows. */
static int read_coded(const struct field *field, const json_t *value, void *record,
		      struct arena *arena, struct error *err)
{
	const char *text = json_string_value(value);

	if (!text || !*text)
		return type_error(field, _("a text"), err);
	return field_parse(field, text, record, arena, err);
}

static int read_list(const struct field *field, const json_t *value, void *record,
		     struct arena *arena, struct error *err)
{
	struct record_list *list = arena_alloc(arena, sizeof *list);
	size_t index;
	json_t *item;

	if (!json_is_array(value))
		return type_error(field, _("a list"), err);
	list->table = field->items;
	list->count = json_array_size(value);
	list->items = arena_array(arena, list->count, sizeof *list->items);
	json_array_foreach(value, index, item)
		if (json_record_read(item, field->items, arena, &list->items[index], err) < 0)
			return err->code;
	field_set_list(field, record, list);
	return 0;
}

static int read_value(const struct field *field, const json_t *value, void *record,
		      struct arena *arena, struct error *err)
{
	if (json_is_null(value))
		return 0;
	switch (field->type) {
	case FT_TEXT:
		if (!json_is_string(value))
			return type_error(field, _("a text"), err);
		field_set_text(field, record, arena_strdup(arena, json_string_value(value)));
		return 0;
	case FT_BOOL:
		if (!json_is_boolean(value))
			return type_error(field, _("true or false"), err);
		field_set_int(field, record, json_is_true(value));
		return 0;
	case FT_DATE:
	case FT_INSTANT:
	case FT_ENUM:
	case FT_HASH:
		return read_coded(field, value, record, arena, err);
	case FT_LIST:
		return read_list(field, value, record, arena, err);
	default:
		return read_int(field, value, record, err);
	}
}

static int read_head(const char *name, const json_t *value, struct record_head *head,
		     bool *taken, struct error *err)
{
	static const struct field id = { .name = "id", .type = FT_INT, .label = N_("Id") };
	int64_t *slot = !strcmp(name, "id") ? &head->id :
			!strcmp(name, "rev") ? &head->rev :
			!strcmp(name, "created_by") ? &head->created_by : NULL;

	*taken = true;
	if (slot) {
		if (!json_is_integer(value))
			return type_error(&id, _("a whole number"), err);
		*slot = json_integer_value(value);
	} else if (!strcmp(name, "created_at")) {
		if (!json_is_string(value) ||
		    !instant_parse(json_string_value(value), &head->created_at))
			return type_error(&id, _("a time like 2015-09-10T08:30:00Z"), err);
	} else {
		*taken = false;
	}
	return 0;
}

int json_record_read(const json_t *json, const struct field_table *table,
		     struct arena *arena, void **record, struct error *err)
{
	const char *name;
	json_t *value;

	*record = record_new(arena, table);
	if (!json_is_object(json))
		return error_reason(err, REASON_FIELD_TYPE, "label", _(table->label), "expected",
				    _("an object"), NULL);
	json_object_foreach((json_t *)(uintptr_t)json, name, value) {
		const struct field *field = field_find(table, name);
		bool taken = false;

		if (table->head && read_head(name, value, *record, &taken, err) < 0)
			return err->code;
		if (taken)
			continue;
		if (!field || (field->flags & SECRET && table->head))
			return error_reason(err, REASON_FIELD_UNKNOWN, "name", name,
					    "field", name, NULL);
		if (read_value(field, value, *record, arena, err) < 0)
			return err->code;
	}
	return 0;
}

int json_bundle_read(const json_t *json, struct arena *arena, struct bundle *bundle,
		     struct error *err)
{
	const char *name;
	json_t *list, *item;
	size_t index;
	void *record;

	bundle_init(bundle, arena);
	json_object_foreach((json_t *)(uintptr_t)json, name, list) {
		enum kind kind = kind_find(name);

		if (kind == KIND_NONE || !json_is_array(list))
			return error_reason(err, REASON_KIND_UNKNOWN, "name", name, NULL);
		json_array_foreach(list, index, item) {
			if (json_record_read(item, kind_fields(kind), arena, &record, err) < 0)
				return err->code;
			bundle_add(bundle, kind_fields(kind), record);
		}
	}
	return 0;
}

int json_outcome_read(const json_t *json, struct arena *arena, struct outcome *outcome,
		      struct error *err)
{
	memset(outcome, 0, sizeof *outcome);
	outcome->id = json_integer_value(json_object_get(json, "id"));
	outcome->rev = json_integer_value(json_object_get(json, "rev"));
	outcome->seq = json_integer_value(json_object_get(json, "seq"));
	return json_bundle_read(json_object_get(json, "records"), arena, &outcome->records, err);
}
