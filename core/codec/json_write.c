#include "core/codec/json_write.h"

#include <stdio.h>
#include <string.h>

#include "core/base/hash.h"
#include "core/base/text.h"

enum {
	BY_NAME = 1 << 8, /* beside the flags of json_record.h */
	MEMBERS_MAX = 128
};

static void put_record(struct buf *out, const struct field_table *table, const void *record,
		       unsigned flags);

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

static void put_number(struct buf *out, const char *name, int64_t value, bool first)
{
	put_name(out, name, first);
	buf_int(out, value);
}

static void put_bool(struct buf *out, bool value)
{
	buf_text(out, value ? "true" : "false");
}

static void put_items(struct buf *out, const struct field_table *table, size_t count,
		      void *const *items, unsigned flags)
{
	buf_char(out, '[');
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_char(out, ',');
		put_record(out, table, items[i], flags);
	}
	buf_char(out, ']');
}

static void put_value(struct buf *out, const struct field *field, const void *record,
		      unsigned flags)
{
	const struct record_list *list;
	char text[HASH_HEX];

	if (field->type == FT_LIST) {
		list = field_list(field, record);
		put_items(out, list ? list->table : NULL, list ? list->count : 0,
			  list ? list->items : NULL, flags);
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
		put_bool(out, field_int(field, record));
		break;
	default:
		buf_int(out, field_int(field, record));
	}
}

static bool left_out(const struct field *field, unsigned flags)
{
	return (field->flags & SECRET && !(flags & JSON_WITH_SECRETS)) ||
	       (field->type == FT_LIST && flags & JSON_WITHOUT_LISTS);
}

static void put_instant(struct buf *out, int64_t at)
{
	char text[INSTANT_TEXT];

	put_text(out, instant_format(at, text));
}

static void put_head(struct buf *out, const struct record_head *head)
{
	put_number(out, "id", head->id, true);
	put_number(out, "rev", head->rev, false);
	put_name(out, "created_at", false);
	put_instant(out, head->created_at);
	put_number(out, "created_by", head->created_by, false);
}

/* --- members by name --- */

struct member {
	const char *name;
	const struct field *field; /* NULL: one of the head */
};

static void member_add(struct member *members, size_t *count, const char *name,
		       const struct field *field)
{
	size_t at = (*count)++;

	for (; at > 0 && strcmp(members[at - 1].name, name) > 0; at--)
		members[at] = members[at - 1];
	members[at] = (struct member){ name, field };
}

static void put_head_member(struct buf *out, const struct record_head *head, const char *name)
{
	if (!strcmp(name, "created_at"))
		put_instant(out, head->created_at);
	else
		buf_int(out, !strcmp(name, "id") ? head->id :
			     !strcmp(name, "rev") ? head->rev : head->created_by);
}

static void put_sorted(struct buf *out, const struct field_table *table, const void *record,
		       unsigned flags)
{
	static const char *const heads[] = { "created_at", "created_by", "id", "rev" };
	struct member members[MEMBERS_MAX];
	size_t count = 0;

	for (size_t i = 0; table->head && i < 4; i++)
		member_add(members, &count, heads[i], NULL);
	for (size_t i = 0; i < table->count && count < MEMBERS_MAX; i++)
		if (!left_out(&table->fields[i], flags))
			member_add(members, &count, table->fields[i].name, &table->fields[i]);
	buf_char(out, '{');
	for (size_t i = 0; i < count; i++) {
		put_name(out, members[i].name, i == 0);
		if (members[i].field)
			put_value(out, members[i].field, record, flags);
		else
			put_head_member(out, record, members[i].name);
	}
	buf_char(out, '}');
}

static void put_record(struct buf *out, const struct field_table *table, const void *record,
		       unsigned flags)
{
	bool first = !table->head;

	if (flags & BY_NAME) {
		put_sorted(out, table, record, flags);
		return;
	}
	buf_char(out, '{');
	if (table->head)
		put_head(out, record);
	for (size_t i = 0; i < table->count; i++) {
		const struct field *field = &table->fields[i];

		if (left_out(field, flags))
			continue;
		buf_text(out, field->member + first); /* without its comma */
		put_value(out, field, record, flags);
		first = false;
	}
	buf_char(out, '}');
}

void json_write_record(struct buf *out, const struct field_table *table, const void *record)
{
	put_record(out, table, record, 0);
}

void json_write_canonical(struct buf *out, const struct field_table *table, const void *record,
			  unsigned flags)
{
	put_record(out, table, record, flags | BY_NAME);
}

void json_record_hash(const struct field_table *table, const void *record,
		      uint8_t out[HASH_BYTES])
{
	struct buf text = BUF_INIT;

	json_write_canonical(&text, table, record, 0);
	hash_sha256(buf_cstr(&text), text.len, out);
	buf_release(&text);
}

void json_write_bundle(struct buf *out, const struct bundle *bundle)
{
	buf_char(out, '{');
	for (size_t i = 0; i < bundle->count; i++) {
		const struct record_list *list = &bundle->lists[i];

		put_name(out, list->table->name, i == 0);
		put_items(out, list->table, list->count, list->items, 0);
	}
	buf_char(out, '}');
}

void json_write_outcome(struct buf *out, const struct outcome *outcome,
			const struct bundle *records)
{
	buf_char(out, '{');
	put_number(out, "id", outcome->id, true);
	put_number(out, "rev", outcome->rev, false);
	put_number(out, "seq", outcome->seq, false);
	put_name(out, "repeated", false);
	put_bool(out, outcome->repeated);
	put_name(out, "records", false);
	json_write_bundle(out, records);
	buf_char(out, '}');
}

void json_write_page(struct buf *out, const struct page *page)
{
	buf_char(out, '{');
	put_name(out, "items", true);
	put_items(out, page->table, page->count, page->records, 0);
	put_name(out, "next", false);
	if (page->next)
		put_text(out, page->next);
	else
		buf_add(out, "null", 4);
	buf_char(out, '}');
}
