#include "core/codec/map.h"

#include "core/base/text.h"
#include "core/config/ini.h"
#include "core/codec/map_file.h"
#include "core/model/reason.h"

#include <stdlib.h>
#include <string.h>

/* The form in which headers are compared, in the arena. */
char *map_header_key(const char *text, size_t len, struct arena *arena)
{
	char *key = text_fold(arena_strndup(arena, text, len), arena);
	size_t n = strlen(key), at = 0, to = 0;
	uint32_t cp;

	while (at < n) {
		size_t step = utf8_decode(key + at, n - at, &cp);

		if (cp != ' ' && cp != '\t' && cp != '_' && cp != '-' && cp != '*' &&
		    cp != 0x2605 && cp != 0xfeff) {
			memmove(key + to, key + at, step);
			to += step;
		}
		at += step;
	}
	key[to] = '\0';
	return key;
}

void map_free(struct map *map)
{
	if (!map)
		return;
	arena_release(&map->arena);
	free(map);
}

static int column_missing(const char *column, const char *file, struct error *err)
{
	return error_reason(err, REASON_CSV_HEADER, "file", file, "column", column, NULL);
}

static size_t column_find(const struct map *map, const char *key)
{
	for (size_t i = 0; i < map->column_count; i++)
		if (!strcmp(map->columns[i], key))
			return i;
	return MAP_NONE;
}

static int source_bind(struct map *map, struct map_source *source, const char *file,
		       struct error *err)
{
	source->column = MAP_NONE;
	for (size_t i = 0; i < source->name_count && source->column == MAP_NONE; i++)
		source->column = column_find(map, source->keys[i]);
	if (source->column != MAP_NONE)
		map->used[source->column] = true;
	for (size_t i = 0; i < source->piece_count; i++) {
		struct map_piece *piece = &source->pieces[i];

		if (!piece->key)
			continue;
		piece->column = column_find(map, piece->key);
		if (piece->column == MAP_NONE)
			return column_missing(piece->text, file, err);
		map->used[piece->column] = true;
	}
	if ((source->field->flags & REQ) && source->column == MAP_NONE && !source->constant &&
	    !source->piece_count)
		return column_missing(source->name_count ? source->names[0] : source->field->name,
				      file, err);
	return 0;
}

static void ignored_collect(struct map *map, const struct csv_record *header)
{
	map->ignored_count = 0;
	map->ignored = arena_array(&map->arena, header->count, sizeof *map->ignored);
	for (size_t i = 0; i < header->count; i++) {
		bool known = map->used[i] || !*map->columns[i];

		for (size_t k = 0; k < map->skip_count; k++)
			known = known || !strcmp(map->skip[k], map->columns[i]);
		if (!known)
			map->ignored[map->ignored_count++] =
				arena_strndup(&map->arena, header->fields[i].text,
					      header->fields[i].len);
	}
}

int map_bind(struct map *map, const struct csv_record *header, const char *file,
	     struct error *err)
{
	int rc = 0;

	map->column_count = header->count;
	map->columns = arena_array(&map->arena, header->count, sizeof *map->columns);
	map->used = arena_array(&map->arena, header->count, sizeof *map->used);
	for (size_t i = 0; i < header->count; i++)
		map->columns[i] = map_header_key(header->fields[i].text, header->fields[i].len,
						 &map->arena);
	for (size_t i = 0; !rc && i < map->source_count; i++)
		rc = source_bind(map, &map->sources[i], file, err);
	if (!rc)
		ignored_collect(map, header);
	return rc;
}

size_t map_ignored_count(const struct map *map)
{
	return map->ignored_count;
}

const char *map_ignored(const struct map *map, size_t index)
{
	return map->ignored[index];
}

static const struct map_source *source_find(const struct map *map, const char *field)
{
	for (size_t i = 0; i < map->source_count; i++)
		if (!strcmp(map->sources[i].field->name, field))
			return &map->sources[i];
	return NULL;
}

bool map_has(const struct map *map, const char *field)
{
	const struct map_source *source = source_find(map, field);

	return source && (source->column != MAP_NONE || source->constant || source->piece_count);
}

/* Without blanks at both ends: ASCII, U+00A0 and U+3000. */
static struct csv_field trimmed(struct csv_field f)
{
	size_t before;

	do {
		before = f.len;
		while (f.len && (unsigned char)f.text[0] <= ' ') {
			f.text++;
			f.len--;
		}
		while (f.len && (unsigned char)f.text[f.len - 1] <= ' ')
			f.len--;
		if (f.len >= 3 && !memcmp(f.text, "\xe3\x80\x80", 3)) {
			f.text += 3;
			f.len -= 3;
		}
		if (f.len >= 3 && !memcmp(f.text + f.len - 3, "\xe3\x80\x80", 3))
			f.len -= 3;
		if (f.len >= 2 && !memcmp(f.text, "\xc2\xa0", 2)) {
			f.text += 2;
			f.len -= 2;
		}
		if (f.len >= 2 && !memcmp(f.text + f.len - 2, "\xc2\xa0", 2))
			f.len -= 2;
	} while (f.len != before);
	return f;
}

static struct csv_field value_of(const struct csv_record *record, size_t column)
{
	struct csv_field f;

	if (column >= record->count)
		return (struct csv_field){ "", 0 };
	f = trimmed(record->fields[column]);
	f.text = csv_unguard(f.text, &f.len);
	return f;
}

static struct csv_field table_value(const struct map_table *table, struct csv_field f)
{
	const char *other = NULL;

	for (size_t i = 0; i < table->count; i++) {
		if (strlen(table->from[i]) == f.len && !memcmp(table->from[i], f.text, f.len))
			return (struct csv_field){ table->to[i], strlen(table->to[i]) };
		if (!strcmp(table->from[i], "*"))
			other = table->to[i];
	}
	return other && f.len ? (struct csv_field){ other, strlen(other) } : f;
}

/* The text of a template; NULL when one of its columns is empty. */
static const char *template_text(const struct map_source *source,
				 const struct csv_record *record, struct arena *arena)
{
	struct buf out;
	const char *text = NULL;
	bool whole = true;

	buf_init(&out, 0);
	for (size_t i = 0; whole && i < source->piece_count; i++) {
		const struct map_piece *piece = &source->pieces[i];
		struct csv_field f;

		if (!piece->key) {
			buf_text(&out, piece->text);
			continue;
		}
		f = value_of(record, piece->column);
		whole = f.len > 0;
		if (piece->table)
			f = table_value(piece->table, f);
		buf_add(&out, f.text, f.len);
	}
	if (whole && out.len)
		text = arena_strndup(arena, out.bytes, out.len);
	buf_release(&out);
	return text;
}

void map_row(const struct map *map, const struct csv_record *record, struct arena *arena,
	     void *row)
{
	/* One piece of memory for all plain values: a value with its NUL takes no
	 * more than the field and the comma behind it, unless a map takes one
	 * column twice. */
	size_t left = record->raw_len + 1;
	char *room = arena_alloc(arena, left);

	memset(row, 0, map->table->size);
	for (size_t i = 0; i < map->source_count; i++) {
		const struct map_source *source = &map->sources[i];
		const char *text = NULL;

		if (source->piece_count) {
			text = template_text(source, record, arena);
		} else if (source->column != MAP_NONE) {
			struct csv_field f = value_of(record, source->column);

			if (source->values) {
				f = table_value(source->values, f);
				text = f.len ? arena_strndup(arena, f.text, f.len) : NULL;
			} else if (f.len && f.len < left) {
				text = memcpy(room, f.text, f.len);
				room += f.len + 1;
				left -= f.len + 1;
			} else if (f.len) {
				text = arena_strndup(arena, f.text, f.len);
			}
		}
		field_set_text(source->field, row, text ? text : source->constant);
	}
}

const char *map_name(const struct map *map)
{
	return map->name;
}

const char *map_institution(const struct map *map)
{
	return map->institution;
}

const char *map_header(const struct map *map, const char *field)
{
	const struct map_source *source = source_find(map, field);

	return source && source->name_count ? source->names[0] : NULL;
}
