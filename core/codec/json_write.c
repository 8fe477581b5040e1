#include "core/codec/json_write.h"

#include <stdio.h>
#include <string.h>

#include "core/base/hash.h"
#include "core/base/text.h"

static void put_int(struct buf *out, int64_t value)
{
	char room[INT_TEXT];
	size_t len;
	const char *text = int_text(value, room, &len);

	buf_add(out, text, len);
}

/* The two-letter escape of a character, '\0' when it has none. */
static char escape(char c)
{
	switch (c) {
	case '"':
	case '\\':
		return c;
	case '\b':
		return 'b';
	case '\f':
		return 'f';
	case '\n':
		return 'n';
	case '\r':
		return 'r';
	case '\t':
		return 't';
	default:
		return '\0';
	}
}

static void put_valid(struct buf *out, const char *text, size_t len)
{
	size_t from = 0;

	buf_char(out, '"');
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c >= ' ' && c != '"' && c != '\\')
			continue;
		buf_add(out, text + from, i - from);
		from = i + 1;
		if (escape((char)c))
			buf_add(out, (const char[]){ '\\', escape((char)c) }, 2);
		else
			buf_printf(out, "\\u%04X", (unsigned)c);
	}
	buf_add(out, text + from, len - from);
	buf_char(out, '"');
}

/* What most texts are: ASCII without anything to escape. */
static bool plain(const char *text, size_t *len)
{
	size_t i;

	for (i = 0; text[i]; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c < ' ' || c >= 0x7f || c == '"' || c == '\\')
			return false;
	}
	*len = i;
	return true;
}

static void put_plain(struct buf *out, const char *text, size_t len)
{
	buf_char(out, '"');
	buf_add(out, text, len);
	buf_char(out, '"');
}

static void put_text(struct buf *out, const char *text)
{
	struct arena arena = ARENA_INIT;
	size_t len;

	if (plain(text, &len)) {
		put_plain(out, text, len);
		return;
	}
	len = strlen(text);
	if (!utf8_valid(text, len)) { /* from a damaged file: see json_record.c */
		text = text_sanitise(text, &arena);
		len = strlen(text);
	}
	put_valid(out, text, len);
	arena_release(&arena);
}

static void put_name(struct buf *out, const char *name, bool first)
{
	if (!first)
		buf_char(out, ',');
	buf_char(out, '"');
	buf_text(out, name);
	buf_add(out, "\":", 2);
}

static void put_items(struct buf *out, const struct field_table *table, size_t count,
		      void *const *items)
{
	buf_char(out, '[');
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_char(out, ',');
		json_write_record(out, table, items[i]);
	}
	buf_char(out, ']');
}

static void put_value(struct buf *out, const struct field *field, const void *record)
{
	const struct record_list *list;
	char text[HASH_HEX];

	if (field->type == FT_LIST) {
		list = field_list(field, record);
		put_items(out, list ? list->table : NULL, list ? list->count : 0,
			  list ? list->items : NULL);
		return;
	}
	if (field_is_null(field, record)) {
		buf_add(out, "null", 4);
		return;
	}
	switch (field->type) {
	case FT_TEXT:
		put_text(out, field_text(field, record));
		break;
	case FT_DATE:
		date_format(field_int(field, record), text);
		put_plain(out, text, strlen(text));
		break;
	case FT_ENUM:
		put_text(out, enum_code(field->enums, field_int(field, record)));
		break;
	case FT_INSTANT:
	case FT_HASH:
		put_text(out, field_format(field, record, text, sizeof text));
		break;
	case FT_BOOL:
		buf_text(out, field_int(field, record) ? "true" : "false");
		break;
	default:
		put_int(out, field_int(field, record));
	}
}

static void put_head(struct buf *out, const struct record_head *head)
{
	char at[INSTANT_TEXT];

	buf_add(out, "\"id\":", 5);
	put_int(out, head->id);
	buf_add(out, ",\"rev\":", 7);
	put_int(out, head->rev);
	buf_add(out, ",\"created_at\":", 14);
	put_text(out, instant_format(head->created_at, at));
	buf_add(out, ",\"created_by\":", 14);
	put_int(out, head->created_by);
}

void json_write_record(struct buf *out, const struct field_table *table, const void *record)
{
	bool first = !table->head;

	buf_char(out, '{');
	if (table->head)
		put_head(out, record);
	for (size_t i = 0; i < table->count; i++) {
		const struct field *field = &table->fields[i];

		if (field->flags & SECRET)
			continue;
		buf_text(out, field->member + first); /* without its comma */
		put_value(out, field, record);
		first = false;
	}
	buf_char(out, '}');
}

void json_write_bundle(struct buf *out, const struct bundle *bundle)
{
	buf_char(out, '{');
	for (size_t i = 0; i < bundle->count; i++) {
		const struct record_list *list = &bundle->lists[i];

		put_name(out, list->table->name, i == 0);
		put_items(out, list->table, list->count, list->items);
	}
	buf_char(out, '}');
}

void json_write_page(struct buf *out, const struct page *page)
{
	buf_char(out, '{');
	put_name(out, "items", true);
	put_items(out, page->table, page->count, page->records);
	put_name(out, "next", false);
	if (page->next)
		put_text(out, page->next);
	else
		buf_add(out, "null", 4);
	buf_char(out, '}');
}
