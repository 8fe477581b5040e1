#include "core/codec/json_record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/hash.h"
#include "core/base/text.h"

static json_t *json_head(const struct record_head *head)
{
	char at[INSTANT_TEXT];
	json_t *json = json_object();

	json_object_set_new(json, "id", json_integer(head->id));
	json_object_set_new(json, "rev", json_integer(head->rev));
	json_object_set_new(json, "created_at",
			    json_string(instant_format(head->created_at, at)));
	json_object_set_new(json, "created_by", json_integer(head->created_by));
	return json;
}

/* A stored text is UTF-8, but one from a damaged file may not be: shown with
 * replacement characters rather than lost. */
static json_t *json_text(const char *text)
{
	struct arena arena = ARENA_INIT;
	json_t *json = json_string(text);

	if (!json)
		json = json_string(text_sanitise(text, &arena));
	arena_release(&arena);
	return json ? json : json_null();
}

static json_t *json_items(const struct record_list *list, unsigned flags)
{
	json_t *array = json_array();

	for (size_t i = 0; list && i < list->count; i++)
		json_array_append_new(array, json_record(list->table, list->items[i], flags));
	return array;
}

static json_t *json_value(const struct field *field, const void *record, unsigned flags)
{
	char text[HASH_HEX];
	int64_t value;

	if (field->type == FT_LIST)
		return json_items(field_list(field, record), flags);
	if (field_is_null(field, record))
		return json_null();
	switch (field->type) {
	case FT_TEXT:
		return json_text(field_text(field, record));
	case FT_DATE:
	case FT_INSTANT:
	case FT_ENUM:
	case FT_HASH:
		return json_string(field_format(field, record, text, sizeof text));
	case FT_BOOL:
		return json_boolean(field_int(field, record));
	default:
		value = field_int(field, record);
		return json_integer(value);
	}
}

json_t *json_record(const struct field_table *table, const void *record, unsigned flags)
{
	json_t *json = table->head ? json_head(record) : json_object();

	for (size_t i = 0; i < table->count; i++) {
		const struct field *field = &table->fields[i];

		if (field->flags & SECRET && !(flags & JSON_WITH_SECRETS))
			continue;
		if (field->type == FT_LIST && flags & JSON_WITHOUT_LISTS)
			continue;
		json_object_set_new(json, field->name, json_value(field, record, flags));
	}
	return json;
}

json_t *json_list(const struct record_list *list)
{
	return json_items(list, 0);
}

json_t *json_bundle(const struct bundle *bundle)
{
	json_t *json = json_object();

	for (size_t i = 0; i < bundle->count; i++)
		json_object_set_new(json, bundle->lists[i].table->name,
				    json_list(&bundle->lists[i]));
	return json;
}

json_t *json_page(const struct page *page)
{
	struct record_list list = { page->table, page->count, page->records };
	json_t *json = json_object();

	json_object_set_new(json, "items", json_list(&list));
	json_object_set_new(json, "next", page->next ? json_string(page->next) : json_null());
	return json;
}

char *json_canonical(const json_t *json, struct arena *arena)
{
	char *text = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);
	char *copy;

	if (!text)
		abort(); /* no memory: as arena.h says */
	copy = arena_strdup(arena, text);
	free(text);
	return copy;
}
