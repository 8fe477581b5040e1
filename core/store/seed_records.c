#include "core/store/seed_records.h"

#include "core/codec/csv.h"
#include "core/config/paths.h"
#include "core/model/reason.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEYS_MAX = 4096 };

/* Keys of all rows of a folder so far. */
struct seed_key {
	enum kind kind;
	const char *key;
	int64_t id;
};

struct seeder {
	struct tx *tx;
	struct arena arena;
	const char *file;
	int64_t line;
	size_t count;
	struct seed_key keys[KEYS_MAX];
};

/* What a column of the present file means. */
struct seed_column {
	const struct field *field; /* NULL: the key */
};

static int seed_error(const struct seeder *s, const char *why, struct error *err)
{
	char line[24];
	char said[512];

	snprintf(line, sizeof line, "%" PRId64, s->line);
	snprintf(said, sizeof said, "%s", why);
	return error_reason(err, REASON_FILE_BAD, "file", s->file, "line", line, "why", said, NULL);
}

static int64_t key_find(const struct seeder *s, int kind, const char *key)
{
	for (size_t i = s->count; i > 0; i--)
		if ((int)s->keys[i - 1].kind == kind && !strcmp(s->keys[i - 1].key, key))
			return s->keys[i - 1].id;
	return OV_NULL;
}

static int key_add(struct seeder *s, enum kind kind, const char *key, int64_t id,
		   struct error *err)
{
	if (s->count == KEYS_MAX)
		return seed_error(s, _("too many rows"), err);
	s->keys[s->count].kind = kind;
	s->keys[s->count].key = key;
	s->keys[s->count++].id = id;
	return 0;
}

static int columns_read(struct seeder *s, const struct field_table *table,
			const struct csv_record *header, struct seed_column *columns,
			struct error *err)
{
	for (size_t i = 0; i < header->count; i++) {
		char *name = arena_strndup(&s->arena, header->fields[i].text, header->fields[i].len);

		columns[i].field = field_find(table, name);
		if (!columns[i].field && strcmp(name, "key") != 0)
			return seed_error(s, arena_printf(&s->arena, _("unknown column \"%s\""), name), err);
	}
	return 0;
}

static int value_read(struct seeder *s, const struct field *field, const char *text,
		      void *record, struct error *err)
{
	int rc;

	if (field->type == FT_REF && *text) {
		int64_t id = key_find(s, field->ref, text);

		if (id == OV_NULL)
			return seed_error(s, arena_printf(&s->arena, _("unknown key \"%s\""), text), err);
		field_set_int(field, record, id);
		return 0;
	}
	rc = field_parse(field, text, record, s->tx->arena, err);
	return rc < 0 ? seed_error(s, err->message, err) : 0;
}

static int row_read(struct seeder *s, enum kind kind, const struct csv_record *row,
		    const struct seed_column *columns, struct error *err)
{
	const struct field_table *table = kind_fields(kind);
	void *record = record_new(s->tx->arena, table);
	const char *key = "";
	int rc = 0;

	for (size_t i = 0; i < row->count && rc == 0; i++) {
		char *text = arena_strndup(&s->arena, row->fields[i].text, row->fields[i].len);

		if (columns[i].field)
			rc = value_read(s, columns[i].field, text, record, err);
		else
			key = text;
	}
	if (rc == 0) {
		rc = tx_insert(s->tx, kind, record, err);
		if (rc < 0)
			rc = seed_error(s, err->message, err);
	}
	return rc < 0 ? rc : key_add(s, kind, key, ((struct record_head *)record)->id, err);
}

static int file_read(struct seeder *s, enum kind kind, struct error *err)
{
	struct seed_column columns[CSV_FIELDS_MAX];
	struct csv_reader *reader;
	struct csv_record row;
	int rc = csv_open(s->file, CSV_UTF8, 0, &reader, err);

	if (rc < 0)
		return rc;
	s->line = 1;
	rc = csv_next(reader, &row, err);
	if (rc > 0)
		rc = columns_read(s, kind_fields(kind), &row, columns, err);
	while (rc >= 0 && (rc = csv_next(reader, &row, err)) > 0) {
		s->line = row.line;
		rc = row_read(s, kind, &row, columns, err);
	}
	csv_close(reader);
	return rc;
}

int seed_records(struct tx *tx, const char *folder, struct error *err)
{
	struct seeder *s = mem_alloc(sizeof *s);
	int rc = 0;

	s->tx = tx;
	for (int kind = 1; kind < KIND_STORED_END && rc >= 0; kind++) {
		struct error missing = ERROR_INIT;
		const char *file = path_program_file(&s->arena, arena_printf(&s->arena,
			"data/%s/%s.csv", folder, kind_fields((enum kind)kind)->name), &missing);

		if (!file)
			continue;
		s->file = file;
		rc = file_read(s, (enum kind)kind, err);
	}
	arena_release(&s->arena);
	free(s);
	return rc < 0 ? rc : 0;
}
