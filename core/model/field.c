#include "core/model/field.h"

#include "core/base/error.h"
#include "core/model/reason.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

int64_t enum_find_len(const struct enum_table *table, const char *code, size_t len)
{
	for (size_t i = 0; i < table->count; i++)
		if (!strncmp(table->values[i].code, code, len) && !table->values[i].code[len])
			return (int64_t)i;
	return OV_NULL;
}

int64_t enum_find(const struct enum_table *table, const char *code)
{
	return enum_find_len(table, code, strlen(code));
}

const char *enum_code(const struct enum_table *table, int64_t value)
{
	return value >= 0 && value < (int64_t)table->count ? table->values[value].code : "";
}

const char *enum_label(const struct enum_table *table, int64_t value)
{
	return value >= 0 && value < (int64_t)table->count ?
	       _(table->values[value].label) : "";
}

const struct field *field_find(const struct field_table *table, const char *name)
{
	for (size_t i = 0; i < table->count; i++)
		if (!strcmp(table->fields[i].name, name))
			return &table->fields[i];
	return NULL;
}

void *record_new(struct arena *arena, const struct field_table *table)
{
	void *record = arena_alloc(arena, table->size);

	for (size_t i = 0; i < table->count; i++)
		if (!field_is_pointer(&table->fields[i]))
			field_set_int(&table->fields[i], record, OV_NULL);
	return record;
}

void *record_copy(struct arena *arena, const struct field_table *table, const void *record)
{
	void *copy = arena_memdup(arena, record, table->size);

	for (size_t i = 0; i < table->count; i++) {
		const struct field *field = &table->fields[i];
		struct record_list *list;

		if (!field_is_pointer(field) || field_is_null(field, record))
			continue;
		if (field->type == FT_TEXT) {
			field_set_text(field, copy, arena_strdup(arena, field_text(field, record)));
		} else if (field->type == FT_HASH) {
			field_set_hash(field, copy, arena_memdup(arena, field_hash(field, record), 32));
		} else {
			list = arena_memdup(arena, field_list(field, record), sizeof *list);
			list->items = arena_memdup(arena, list->items,
						   list->count * sizeof *list->items);
			for (size_t k = 0; k < list->count; k++)
				list->items[k] = record_copy(arena, list->table, list->items[k]);
			field_set_list(field, copy, list);
		}
	}
	return copy;
}

static bool lists_equal(const struct record_list *a, const struct record_list *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (!record_equal(a->table, a->items[i], b->items[i]))
			return false;
	return true;
}

bool record_equal(const struct field_table *table, const void *a, const void *b)
{
	for (size_t i = 0; i < table->count; i++) {
		const struct field *field = &table->fields[i];

		if (field_is_null(field, a) != field_is_null(field, b))
			return false;
		if (field_is_null(field, a))
			continue;
		if (field->type == FT_TEXT ? strcmp(field_text(field, a), field_text(field, b)) != 0 :
		    field->type == FT_HASH ? memcmp(field_hash(field, a), field_hash(field, b), 32) != 0 :
		    field->type == FT_LIST ? !lists_equal(field_list(field, a), field_list(field, b)) :
		    field_int(field, a) != field_int(field, b))
			return false;
	}
	return true;
}

char *mask_text(enum mask_form form, const char *text, struct arena *arena)
{
	size_t len, head = 0, tail = 0;
	char *out;

	if (!text)
		return NULL;
	len = strlen(text);
	if (form == MASK_CITIZEN_ID && len == 18) {
		head = 3;
		tail = 4;
	} else if (form == MASK_MOBILE && len == 11) {
		head = 3;
		tail = 4;
	} else if (form != MASK_ALL && len > 4) {
		tail = 4;
	}
	for (size_t i = 0; i < len; i++) /* a text of wide characters shows none of them */
		if ((unsigned char)text[i] >= 0x80)
			return arena_strdup(arena, "***");
	if (form == MASK_ALL)
		return arena_strdup(arena, "***");
	out = arena_strdup(arena, text);
	memset(out + head, '*', len - head - tail);
	return out;
}
