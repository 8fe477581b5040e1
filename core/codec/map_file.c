#include "core/codec/map_file.h"

#include "core/base/i18n.h"
#include "core/config/ini.h"
#include "core/config/paths.h"
#include "core/model/reason.h"

#include <stdlib.h>
#include <string.h>

struct reading {
	struct map *map;
	struct ini ini;
	const char **fields; /* names of the table's fields, for "did you mean" */
	struct error *err;
};

static char *copy(struct reading *r, const char *text)
{
	return arena_strdup(&r->map->arena, text);
}

static struct map_source *field_source(struct reading *r, const char *name)
{
	for (size_t i = 0; i < r->map->source_count; i++)
		if (!strcmp(r->map->sources[i].field->name, name))
			return &r->map->sources[i];
	return NULL;
}

static int map_bad(struct reading *r, const char *what)
{
	return error_reason(r->err, REASON_MAP_BAD, "file", r->ini.file, "what", what, NULL);
}

/* "a | b | c": the names without blanks around them. */
static size_t names_split(struct reading *r, const char *text, const char ***names)
{
	size_t room = 1, count = 0;

	for (const char *c = text; *c; c++)
		room += *c == '|';
	*names = arena_array(&r->map->arena, room, sizeof **names);
	while (*text) {
		size_t len = strcspn(text, "|");
		const char *from = text + strspn(text, " \t|"), *end = text + len;

		while (end > from && (end[-1] == ' ' || end[-1] == '\t'))
			end--;
		if (end > from)
			(*names)[count++] = arena_strndup(&r->map->arena, from, (size_t)(end - from));
		text += len + (text[len] == '|');
	}
	return count;
}

static const char **keys_of(struct reading *r, const char **names, size_t count)
{
	const char **keys = arena_array(&r->map->arena, count, sizeof *keys);

	for (size_t i = 0; i < count; i++)
		keys[i] = map_header_key(names[i], strlen(names[i]), &r->map->arena);
	return keys;
}

static int head_read(struct reading *r, const struct ini_entry *entry)
{
	static const char *const keys[] = { "name", "institution", "ignore" };
	const char **names;

	if (!strcmp(entry->key, "name")) {
		r->map->name = copy(r, entry->value);
	} else if (!strcmp(entry->key, "institution")) {
		r->map->institution = copy(r, entry->value);
	} else if (!strcmp(entry->key, "ignore")) {
		r->map->skip_count = names_split(r, entry->value, &names);
		r->map->skip = keys_of(r, names, r->map->skip_count);
	} else {
		return ini_key_error(&r->ini, entry, entry->key, keys, 3, r->err);
	}
	return 0;
}

static struct map_table *table_find(struct reading *r, const char *name)
{
	for (size_t i = 0; i < r->map->table_count; i++)
		if (!strcmp(r->map->tables[i].name, name))
			return &r->map->tables[i];
	return NULL;
}

/* NAME is the whole name of the section, "table module" or "values sex". */
static void table_add(struct reading *r, const char *name, const struct ini_entry *entry)
{
	struct map_table *table = table_find(r, name);
	size_t rows = 0;

	if (!table) {
		table = &r->map->tables[r->map->table_count++];
		for (size_t i = 0; i < r->ini.count; i++)
			rows += !strcmp(r->ini.entries[i].section, name);
		table->name = copy(r, name);
		table->from = arena_array(&r->map->arena, rows, sizeof *table->from);
		table->to = arena_array(&r->map->arena, rows, sizeof *table->to);
	}
	table->from[table->count] = copy(r, entry->key);
	table->to[table->count++] = copy(r, entry->value);
}

static void piece_text(struct reading *r, struct map_source *source, const char *text, size_t len)
{
	if (len)
		source->pieces[source->piece_count++] = (struct map_piece){
			.text = arena_strndup(&r->map->arena, text, len) };
}

/* {column} or {column|table}; tables are looked up when all are read. */
static int template_read(struct reading *r, const struct ini_entry *entry,
			 struct map_source *source)
{
	const char *text = entry->value;
	size_t room = 1;

	for (const char *c = text; *c; c++)
		room += *c == '{' ? 2 : 0;
	source->pieces = arena_array(&r->map->arena, room, sizeof *source->pieces);
	while (*text) {
		size_t plain = strcspn(text, "{}"), name, whole;
		struct map_piece *piece;

		piece_text(r, source, text, plain);
		text += plain;
		if (!*text)
			break;
		whole = strcspn(text, "}");
		name = strcspn(text + 1, "|}");
		if (*text == '}' || !text[whole] || !name)
			return ini_value_error(&r->ini, entry, _("a text with {column} or {column|table}"),
					       r->err);
		piece = &source->pieces[source->piece_count++];
		piece->text = arena_strndup(&r->map->arena, text + 1, name);
		piece->key = map_header_key(piece->text, name, &r->map->arena);
		if (text[1 + name] == '|') {
			char *table = arena_printf(&r->map->arena, "table %.*s",
						   (int)(whole - name - 2), text + 2 + name);

			piece->table = table_find(r, table);
			if (!piece->table)
				return map_bad(r, table + strlen("table "));
		}
		text += whole + 1;
	}
	return 0;
}

static int field_entry(struct reading *r, const struct ini_entry *entry)
{
	struct map_source *source = field_source(r, entry->key);

	if (!source)
		return ini_key_error(&r->ini, entry, entry->key, r->fields,
				     r->map->source_count, r->err);
	if (!strcmp(entry->section, "constants")) {
		source->constant = *entry->value ? copy(r, entry->value) : NULL;
		return 0;
	}
	if (!strcmp(entry->section, "templates"))
		return template_read(r, entry, source);
	source->name_count = names_split(r, entry->value, &source->names);
	source->keys = keys_of(r, source->names, source->name_count);
	return 0;
}

static int tables_read(struct reading *r)
{
	for (size_t i = 0; i < r->ini.count; i++) {
		const struct ini_entry *entry = &r->ini.entries[i];

		if (!strncmp(entry->section, "table ", 6))
			table_add(r, entry->section, entry);
		else if (!strncmp(entry->section, "values ", 7)) {
			if (!field_source(r, entry->section + 7))
				return map_bad(r, entry->section + 7);
			table_add(r, entry->section, entry);
		}
	}
	for (size_t i = 0; i < r->map->source_count; i++) {
		struct arena arena = ARENA_INIT;
		struct map_source *source = &r->map->sources[i];

		source->values = table_find(r, arena_printf(&arena, "values %s",
							    source->field->name));
		arena_release(&arena);
	}
	return 0;
}

static int entry_read(struct reading *r, const struct ini_entry *entry)
{
	static const char *const sections[] = { "map", "columns", "constants", "templates",
		"values FIELD", "table NAME" };
	const char *section = entry->section;

	if (!strcmp(section, "map"))
		return head_read(r, entry);
	if (!strcmp(section, "columns") || !strcmp(section, "constants") ||
	    !strcmp(section, "templates"))
		return field_entry(r, entry);
	if (!strncmp(section, "table ", 6) || !strncmp(section, "values ", 7))
		return 0;
	return ini_key_error(&r->ini, entry, section, sections, 6, r->err);
}

static int read_all(struct reading *r)
{
	struct map *map = r->map;
	int rc;

	map->name = "";
	map->source_count = map->table->count;
	map->sources = arena_array(&map->arena, map->source_count, sizeof *map->sources);
	map->tables = arena_array(&map->arena, r->ini.count, sizeof *map->tables);
	r->fields = arena_array(&map->arena, map->source_count, sizeof *r->fields);
	for (size_t i = 0; i < map->source_count; i++) {
		map->sources[i].field = &map->table->fields[i];
		map->sources[i].column = MAP_NONE;
		r->fields[i] = map->table->fields[i].name;
	}
	rc = tables_read(r);
	for (size_t i = 0; !rc && i < r->ini.count; i++)
		rc = entry_read(r, &r->ini.entries[i]);
	return rc;
}

int map_load(const char *path, const struct field_table *table, struct map **map,
	     struct error *err)
{
	struct reading r = { .err = err };
	int rc;

	*map = NULL;
	r.map = mem_alloc(sizeof *r.map);
	arena_init(&r.map->arena);
	r.map->table = table;
	if (!path)
		path = "student";
	if (!strchr(path, '/') && !strchr(path, '.'))
		path = path_program_file(&r.map->arena, arena_printf(&r.map->arena,
					 "data/maps/%s.ini", path), err);
	rc = path ? ini_load(path, &r.ini, err) : err->code;
	if (!rc) {
		rc = read_all(&r);
		ini_release(&r.ini);
	}
	if (rc)
		map_free(r.map);
	else
		*map = r.map;
	return rc;
}
