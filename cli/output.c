#include "cli/output.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/i18n.h"
#include "core/base/text.h"
#include "core/codec/json_record.h"
#include "core/model/reason.h"

enum { CELL_BYTES = 2048, COLUMNS_MOST = 32, LABEL_CELLS = 18 };

json_t *output_object(const struct field_table *table, const void *record)
{
	return json_record(table, record, 0);
}

json_t *output_first(const struct bundle *bundle, const struct field_table *table)
{
	const void *record = bundle_first(bundle, table);

	return record ? output_object(table, record) : json_null();
}

json_t *output_centi(int64_t centi)
{
	return centi == OV_NULL ? json_null() : json_integer(centi);
}

json_t *output_array(const struct record_list *list)
{
	return list->count ? json_list(list) : json_array();
}

void output_json(json_t *root)
{
	json_dumpf(root, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(root);
}

static size_t choose_columns(const struct field_table *table, const char *const *names,
			     const struct field **out)
{
	size_t count = 0;

	if (names) {
		for (; *names && count < COLUMNS_MOST; names++) {
			const struct field *field = field_find(table, *names);

			if (field)
				out[count++] = field;
		}
		return count;
	}
	for (size_t i = 0; i < table->count && count < COLUMNS_MOST; i++)
		if (table->fields[i].width > 0 && !(table->fields[i].flags & SECRET))
			out[count++] = &table->fields[i];
	return count;
}

static bool aligned_right(const struct field *field)
{
	switch (field->type) {
	case FT_INT:
	case FT_CENTI:
	case FT_MARK:
	case FT_BP:
		return true;
	default:
		return false;
	}
}

/* The last column is neither padded nor, like all others, ever cut. */
static void print_cell(struct buf *line, const char *text, int cells, bool right, bool last)
{
	if (last && !right)
		cells = text_width(text);
	text_fit(line, text, cells, right ? TEXT_RIGHT : TEXT_LEFT);
	if (!last)
		buf_text(line, "  ");
}

static void print_line(struct buf *line)
{
	while (line->len && line->bytes[line->len - 1] == ' ')
		line->bytes[--line->len] = '\0';
	puts(buf_cstr(line));
	buf_clear(line);
}

void output_table(const struct record_list *list, const char *const *columns)
{
	const struct field *shown[COLUMNS_MOST];
	int cells[COLUMNS_MOST];
	char text[CELL_BYTES];
	struct buf line = BUF_INIT;
	size_t count;

	if (!list->count)
		return;
	count = choose_columns(list->table, columns, shown);
	for (size_t c = 0; c < count; c++) {
		cells[c] = text_width(_(shown[c]->label));
		for (size_t i = 0; i < list->count; i++) {
			int width = text_width(field_show(shown[c], list->items[i], text,
							  sizeof text));

			cells[c] = width > cells[c] ? width : cells[c];
		}
	}
	for (size_t c = 0; c < count; c++)
		print_cell(&line, _(shown[c]->label), cells[c], aligned_right(shown[c]),
			   c + 1 == count);
	print_line(&line);
	for (size_t i = 0; i < list->count; i++) {
		for (size_t c = 0; c < count; c++)
			print_cell(&line, field_show(shown[c], list->items[i], text, sizeof text),
				   cells[c], aligned_right(shown[c]), c + 1 == count);
		print_line(&line);
	}
	buf_release(&line);
}

void output_record(const struct field_table *table, const void *record,
		   const char *const *fields)
{
	const struct field *shown[COLUMNS_MOST];
	size_t count = choose_columns(table, fields, shown);
	char text[CELL_BYTES];
	struct buf line = BUF_INIT;
	int widest = LABEL_CELLS; /* so that records below each other align */

	if (!record)
		return;
	for (size_t i = 0; i < count; i++) {
		int width = text_width(_(shown[i]->label));

		widest = width > widest ? width : widest;
	}
	for (size_t i = 0; i < count; i++) {
		if (field_is_null(shown[i], record))
			continue;
		print_cell(&line, _(shown[i]->label), widest, false, false);
		print_cell(&line, field_show(shown[i], record, text, sizeof text), 0, false, true);
		print_line(&line);
	}
	buf_release(&line);
}

void output_heading(const char *text)
{
	printf("\n%s\n", text);
}

void output_list(const struct cli *cli, const struct record_list *list,
		 const char *const *columns, const char *next)
{
	if (!cli->json)
		output_table(list, columns);
	output_page(cli, cli->json ? output_array(list) : NULL, list->count, next);
}

void output_page(const struct cli *cli, json_t *items, size_t count, const char *next)
{
	if (cli->json) {
		output_json(json_pack("{s:o, s:s?}", "items", items, "next", next));
		return;
	}
	json_decref(items);
	/* A program counts the lines; a person wonders whether it worked. */
	if (count == 0 && !cli->quiet && isatty(STDOUT_FILENO))
		fputs(_("There is nothing to list.\n"), stderr);
	if (next && !cli->quiet)
		fprintf(stderr, _("More: --cursor %s\n"), next);
}

json_t *output_text(const char *text)
{
	struct arena arena = ARENA_INIT;
	json_t *json = json_string(text);

	if (!json)
		json = json_string(text_sanitise(text, &arena));
	arena_release(&arena);
	return json;
}

static json_t *text_or_null(const char *text)
{
	return *text ? output_text(text) : json_null();
}

static json_t *error_object(const struct error *err)
{
	const char *code = reason_code(err->reason);
	json_t *object = json_pack("{s:s, s:o, s:o, s:o}", "code", *code ? code : "BUG",
				   "message", output_text(err->message),
				   "field", text_or_null(err->field),
				   "next", text_or_null(err->next));

	if (err->place[0])
		json_object_set_new(object, "place", text_or_null(err->place));
	if (err->code == OV_ECONFLICT)
		json_object_set_new(object, "current_rev", json_integer(err->current_rev));
	return object;
}

static void error_as_json(const struct cli *cli)
{
	json_t *object = error_object(&cli->err);

	if (cli->problems.count > 1) {
		json_t *all = json_array();

		for (size_t i = 0; i < cli->problems.count; i++)
			json_array_append_new(all, error_object(&cli->problems.item[i]));
		json_object_set_new(object, "problems", all);
	}
	object = json_pack("{s:o}", "error", object);
	json_dumpf(object, stderr, JSON_COMPACT);
	fputc('\n', stderr);
	json_decref(object);
}

/* Most messages about files name the place themselves. */
static bool place_is_said(const struct error *err)
{
	const char *colon = strrchr(err->place, ':');
	char file[sizeof err->place];

	snprintf(file, sizeof file, "%.*s",
		 (int)(colon ? (size_t)(colon - err->place) : strlen(err->place)), err->place);
	return !*file || strstr(err->message, file);
}

/* File names and typed words may hold anything, also what moves a cursor. */
static void print_to_person(const char *before, const char *text)
{
	struct arena arena = ARENA_INIT;

	fprintf(stderr, "%s%s\n", before, text_sanitise(text, &arena));
	arena_release(&arena);
}

void output_error(const struct cli *cli)
{
	const struct error *err = &cli->err;

	if (!err->message[0])
		return;
	if (cli->json) {
		error_as_json(cli);
		return;
	}
	print_to_person("overpass: ", err->message);
	for (size_t i = 0; cli->problems.count > 1 && i < cli->problems.count; i++)
		print_to_person("  - ", cli->problems.item[i].message);
	if (!place_is_said(err))
		print_to_person("  ", err->place);
	if (err->next[0])
		print_to_person("  ", err->next);
}
