#include "core/report/document.h"

#include <stdio.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/model/reason.h"

void document_init(struct document *doc, struct arena *arena, const char *title)
{
	memset(doc, 0, sizeof *doc);
	doc->arena = arena;
	doc->title = title;
	doc->centre = doc->user = doc->printed = "";
	memcpy(doc->ledger, "--------", sizeof doc->ledger);
}

/* Room for one more, doubled as it fills. */
static void *grown(struct arena *arena, void *items, size_t count, size_t *room, size_t size)
{
	void *more;

	if (count < *room)
		return items;
	*room = *room ? *room * 2 : 8;
	more = arena_array(arena, *room, size);
	if (count)
		memcpy(more, items, count * size);
	return more;
}

static struct doc_block *block_add(struct document *doc, enum doc_block_kind kind,
				   const char *text)
{
	struct doc_block *block;

	doc->blocks = grown(doc->arena, doc->blocks, doc->block_count, &doc->block_room,
			    sizeof *doc->blocks);
	block = &doc->blocks[doc->block_count++];
	memset(block, 0, sizeof *block);
	block->kind = kind;
	block->text = text;
	return block;
}

void document_heading(struct document *doc, const char *text)
{
	block_add(doc, DOC_HEADING, text);
}

void document_paragraph(struct document *doc, const char *text)
{
	block_add(doc, DOC_PARAGRAPH, text);
}

void document_tear(struct document *doc, const char *text)
{
	block_add(doc, DOC_TEAR, text);
}

void document_sign(struct document *doc, const char *text)
{
	block_add(doc, DOC_SIGN, text);
}

void document_space(struct document *doc)
{
	block_add(doc, DOC_SPACE, NULL);
}

void document_qr(struct document *doc, const struct qr *qr, const char *text)
{
	block_add(doc, DOC_QR, text)->qr = *qr;
}

/* Blocks move when their array grows, so pairs are gathered in an array that is
 * found again through the last block. */
struct doc_block *document_pairs(struct document *doc)
{
	enum { PAIRS_MAX = 32 };
	struct doc_block *block = block_add(doc, DOC_PAIRS, NULL);

	block->pairs = arena_array(doc->arena, PAIRS_MAX, sizeof *block->pairs);
	return block;
}

void document_pair(struct document *doc, struct doc_block *pairs, const char *label,
		   const char *value)
{
	(void)doc;
	pairs->pairs[pairs->pair_count++] = (struct doc_pair){ label, value && *value ? value : "—" };
}

void document_pair_field(struct document *doc, struct doc_block *pairs,
			 const struct field_table *table, const void *record, const char *name)
{
	const struct field *field = field_find(table, name);
	char text[1024] = "";

	if (record && !field_is_null(field, record))
		field_show(field, record, text, sizeof text);
	document_pair(doc, pairs, _(field->label), arena_strdup(doc->arena, text));
}

struct doc_table *document_table(struct document *doc, const struct field_table *fields,
				 const struct doc_column *columns, size_t count)
{
	struct doc_table *table = arena_alloc(doc->arena, sizeof *table);

	table->fields = fields;
	table->columns = columns;
	table->column_count = count < DOC_COLUMNS_MAX ? count : DOC_COLUMNS_MAX;
	block_add(doc, DOC_TABLE, NULL)->table = table;
	return table;
}

struct doc_row *document_row(struct document *doc, struct doc_table *table,
			     enum doc_row_kind kind, const void *record)
{
	struct doc_row *row;

	table->rows = grown(doc->arena, table->rows, table->row_count, &table->row_room,
			    sizeof *table->rows);
	row = &table->rows[table->row_count++];
	*row = (struct doc_row){ kind, record, NULL };
	return row;
}

const char **document_cells(struct document *doc, struct doc_table *table,
			    enum doc_row_kind kind)
{
	const char **cells = arena_array(doc->arena, table->column_count, sizeof *cells);

	document_row(doc, table, kind, NULL)->cells = cells;
	return cells;
}

static const struct field *field_of(const struct doc_table *table, size_t column)
{
	const char *name = table->columns[column].field;

	return name && table->fields ? field_find(table->fields, name) : NULL;
}

/* The first column on paper that holds the label in one line, else one that grows. */
static size_t label_column(const struct doc_table *table, const char *label)
{
	size_t first = 0;

	while (first + 1 < table->column_count && table->columns[first].csv_only)
		first++;
	for (size_t c = first; c < table->column_count; c++)
		if (!table->columns[c].csv_only && !table->columns[c].sum &&
		    (table->columns[c].grows || document_cells_wide(table, c) >= text_width(label)))
			return c;
	return first;
}

void document_sum(struct document *doc, struct doc_table *table, enum doc_row_kind kind,
		  const char *label, size_t from)
{
	const size_t to = table->row_count;
	const char **cells = document_cells(doc, table, kind);
	char text[24];

	cells[label_column(table, label)] = label;
	for (size_t c = 0; c < table->column_count; c++) {
		const struct field *field = field_of(table, c);
		int64_t sum = 0;

		if (!table->columns[c].sum || !field)
			continue;
		for (size_t r = from; r < to; r++)
			if (table->rows[r].kind == DOC_RECORD && table->rows[r].record &&
			    !field_is_null(field, table->rows[r].record))
				sum += field_int(field, table->rows[r].record);
		if (field->type == FT_CENTI)
			centi_format(sum, text);
		else
			snprintf(text, sizeof text, "%lld", (long long)sum);
		cells[c] = arena_strdup(doc->arena, text);
	}
}

static bool sums(const struct doc_table *table)
{
	for (size_t c = 0; c < table->column_count; c++)
		if (table->columns[c].sum)
			return true;
	return false;
}

static const char *group_text(const struct field *field, const void *record, struct arena *arena)
{
	char text[512] = "";

	if (!field_is_null(field, record))
		field_show(field, record, text, sizeof text);
	return arena_strdup(arena, *text ? text : "—");
}

void document_rows(struct document *doc, struct doc_table *table,
		   const struct record_list *list, const char *group)
{
	const struct field *field = group ? field_find(table->fields, group) : NULL;
	const bool adds = field && sums(table);
	const char *last = NULL;
	size_t from = 0;

	for (size_t i = 0; i < list->count; i++) {
		const char *value = field ? group_text(field, list->items[i], doc->arena) : NULL;

		if (value && (!last || strcmp(last, value) != 0)) {
			if (last && adds)
				document_sum(doc, table, DOC_SUBTOTAL, _("Subtotal"), from);
			document_cells(doc, table, DOC_GROUP)[0] = value;
			from = table->row_count;
			last = value;
		}
		document_row(doc, table, DOC_RECORD, list->items[i]);
	}
	if (last && adds)
		document_sum(doc, table, DOC_SUBTOTAL, _("Subtotal"), from);
}

int document_to_buf(void *context, const void *bytes, size_t len, struct error *err)
{
	struct buf *buf = context;

	buf_add(buf, bytes, len);
	return buf->overflow ? error_reason(err, REASON_REPORT_LARGE, NULL) : 0;
}

/* --- for the writers --- */

const char *document_cell(const struct doc_table *table, const struct doc_row *row,
			  size_t column, bool machine, struct arena *scratch)
{
	const struct field *field = field_of(table, column);
	char text[2048];

	if (row->cells && row->cells[column] && !(machine && row->record))
		return row->cells[column];
	if (!field || !row->record || field_is_null(field, row->record))
		return "";
	if (field->type == FT_TEXT)
		return field_text(field, row->record);
	if (machine)
		field_format(field, row->record, text, sizeof text);
	else
		field_show(field, row->record, text, sizeof text);
	return arena_strdup(scratch, text);
}

const char *document_label(const struct doc_table *table, size_t column)
{
	const struct doc_column *col = &table->columns[column];
	const struct field *field = field_of(table, column);

	if (table->labels && table->labels[column])
		return table->labels[column];
	if (col->label)
		return _(col->label);
	return field ? _(field->label) : "";
}

enum text_align document_align(const struct doc_table *table, size_t column)
{
	const struct field *field = field_of(table, column);

	if (table->columns[column].align != TEXT_LEFT || !field)
		return table->columns[column].align;
	switch (field->type) {
	case FT_INT:
	case FT_CENTI:
	case FT_MARK:
	case FT_BP:
		return TEXT_RIGHT;
	default:
		return TEXT_LEFT;
	}
}

int document_cells_wide(const struct doc_table *table, size_t column)
{
	const struct field *field = field_of(table, column);
	int cells = table->columns[column].cells;

	if (!cells && field)
		cells = field->width;
	return cells > 0 ? cells : 8;
}

const char *document_row_kind(enum doc_row_kind kind)
{
	static const char *const names[DOC_ROW_KINDS] = {
		[DOC_RECORD] = "record", [DOC_GROUP] = "group", [DOC_SUBTOTAL] = "subtotal",
		[DOC_TOTAL] = "total", [DOC_OPENING] = "opening", [DOC_CLOSING] = "closing",
	};

	return names[kind];
}

void document_layout(const struct doc_table *table, int units, int gap,
		     struct doc_layout *layout)
{
	enum { LEAST = 2, NARROW = 8 };
	int room, wanted = 0, growing = 0, used = 0, left;
	size_t n = 0;

	for (size_t c = 0; c < table->column_count; c++) {
		if (table->columns[c].csv_only)
			continue;
		layout->column[n] = c;
		layout->width[n] = document_cells_wide(table, c);
		wanted += layout->width[n++];
		growing += table->columns[c].grows;
	}
	layout->count = n;
	room = units - gap * ((int)n - 1);
	left = room - wanted;
	for (size_t c = 0; left > 0 && c < n; c++)
		if (table->columns[layout->column[c]].grows) {
			const int share = left / growing--;

			layout->width[c] += share;
			left -= share;
		}
	/* Where text wraps, a cell less is no loss. */
	for (size_t c = 0; wanted > room && c < n; c++)
		for (; table->columns[layout->column[c]].grows && wanted > room &&
		     layout->width[c] > NARROW; wanted--)
			layout->width[c]--;
	if (wanted <= room)
		return;
	for (size_t c = 0; c < n; c++) {
		layout->width[c] = layout->width[c] * room / wanted;
		layout->width[c] = layout->width[c] < LEAST ? LEAST : layout->width[c];
		used += layout->width[c];
	}
	for (size_t c = 0; used > room && c < n; c++)
		for (; used > room && layout->width[c] > LEAST; used--)
			layout->width[c]--;
}

size_t document_break(const char *text, int cells, size_t *skip)
{
	const size_t len = strlen(text);
	size_t cut = text_cut(text, cells, NULL), at;

	*skip = 0;
	if (cut >= len)
		return len;
	if (cut == 0)
		return text_next(text, 0);
	/* A word of Latin letters or digits goes whole to the next line. */
	for (at = cut; at > cut / 2 && at > 0; at--)
		if (text[at] == ' ' || text[at - 1] == ' ')
			break;
	if (at > cut / 2 && at > 0 && text[cut] != ' ' && (unsigned char)text[cut] < 0x80 &&
	    (unsigned char)text[cut - 1] < 0x80)
		cut = at;
	while (text[cut + *skip] == ' ')
		++*skip;
	return cut;
}

const char *document_watermark(const struct document *doc, struct arena *arena)
{
	return arena_printf(arena, "%s %s", doc->user, doc->printed);
}

bool document_stopped(const struct doc_options *options, int64_t done, int64_t total)
{
	enum { EVERY = 256 };

	return options->progress && done % EVERY == 0 &&
	       options->progress(options->progress_context, done, total);
}
