/* A document as text: pages of lines, each of at most 80 or 132 cells.
 *
 * The same code runs twice: to count the pages, then to write them. */
#include "core/report/document.h"

#include <stdio.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/model/reason.h"

enum { COLUMNS_NARROW = 80, COLUMNS_WIDE = 132, PAGE_LINES = 66, HEAD_LINES = 4, FOOT_LINES = 2,
       GAP = 2, LEAST_BODY = 8 };

struct printer {
	const struct document *doc;
	const struct doc_options *options;
	const struct doc_sink *sink; /* NULL: only count */
	struct error *err;
	struct arena scratch; /* of one line or row */
	struct buf out;
	int width, lines;     /* of a page, head and foot included */
	int line;             /* body lines of this page that are used */
	int page, pages;
	int64_t done, total;  /* rows */
	int rc;
};

static int body_lines(const struct printer *p)
{
	return p->lines - HEAD_LINES - FOOT_LINES;
}

static void flush(struct printer *p)
{
	if (p->sink && !p->rc && p->out.len)
		p->rc = p->sink->write(p->sink->context, buf_cstr(&p->out), p->out.len, p->err);
	buf_clear(&p->out);
}

/* Ends the line; no blanks are left at its end. */
static void end_line(struct printer *p)
{
	while (p->out.len && p->out.bytes[p->out.len - 1] == ' ')
		p->out.bytes[--p->out.len] = '\0';
	buf_char(&p->out, '\n');
	flush(p);
}

static void rule(struct printer *p, const char *sign)
{
	for (int i = 0; i < p->width; i++)
		buf_text(&p->out, sign);
	end_line(p);
}

/* Left and right text of one line; the left one gives way. */
static void two_ends(struct printer *p, const char *left, const char *right)
{
	const int r = text_width(right) < p->width ? text_width(right) : p->width;

	text_fit(&p->out, left, p->width - r, TEXT_LEFT);
	text_fit(&p->out, right, r, TEXT_RIGHT);
	end_line(p);
}

static void page_head(struct printer *p)
{
	text_fit(&p->out, p->doc->title, p->width, TEXT_CENTRE);
	end_line(p);
	if (p->doc->subtitle)
		text_fit(&p->out, p->doc->subtitle, p->width, TEXT_CENTRE);
	end_line(p);
	two_ends(p, p->doc->centre, p->doc->printed);
	rule(p, "─");
}

static void page_foot(struct printer *p)
{
	const char *left = arena_printf(&p->scratch, _("Printed by %s · ledger %s"), p->doc->user,
					p->doc->ledger);
	const char *right = arena_printf(&p->scratch, _("page %d/%d"), p->page, p->pages);

	for (; p->line < body_lines(p); p->line++)
		end_line(p);
	rule(p, "─");
	two_ends(p, left, right);
}

static void page_begin(struct printer *p)
{
	if (p->page++)
		buf_char(&p->out, '\f');
	page_head(p);
	p->line = 0;
}

/* Begins a page unless N lines more fit on this one. */
static bool need(struct printer *p, int n)
{
	if (p->line + n <= body_lines(p))
		return false;
	page_foot(p);
	page_begin(p);
	return true;
}

static void body_line(struct printer *p)
{
	end_line(p);
	p->line++;
}

/* TEXT over as many lines as it takes, each begun by INDENT blanks. */
static void wrapped(struct printer *p, const char *text, int indent)
{
	const char *clean = text_sanitise(text, &p->scratch);
	size_t skip;

	while (*clean) {
		const size_t len = document_break(clean, p->width - indent, &skip);

		need(p, 1);
		buf_printf(&p->out, "%*s", indent, "");
		buf_add(&p->out, clean, len);
		body_line(p);
		clean += len + skip;
	}
}

/* --- tables --- */

struct grid {
	const struct doc_table *table;
	struct doc_layout layout;
};

static int gap_of(const struct doc_table *table)
{
	return table->grid ? 3 : GAP;
}

static void gap(struct printer *p, const struct grid *grid)
{
	buf_text(&p->out, grid->table->grid ? " │ " : "  ");
}

static void table_rule(struct printer *p, const struct grid *grid, bool strong)
{
	const char *sign = strong ? "─" : "┈";

	for (size_t c = 0; c < grid->layout.count; c++) {
		if (c)
			buf_text(&p->out, grid->table->grid ? "─┼─" : strong ? "──" : "┈┈");
		for (int i = 0; i < grid->layout.width[c]; i++)
			buf_text(&p->out, grid->table->grid ? "─" : sign);
	}
	body_line(p);
}

/* One row's cells, each over as many lines as it takes. */
static int cells_height(const struct grid *grid, const char *const *cells)
{
	int height = 1;
	size_t skip;

	for (size_t c = 0; c < grid->layout.count; c++) {
		const char *text = cells[c];
		int lines = 0;

		for (; *text; lines++)
			text += document_break(text, grid->layout.width[c], &skip) + skip;
		height = lines > height ? lines : height;
	}
	return height;
}

static void cells_lines(struct printer *p, const struct grid *grid, const char **cells, int height)
{
	char *part;
	size_t skip;

	for (int n = 0; n < height; n++) {
		for (size_t c = 0; c < grid->layout.count; c++) {
			const size_t len = document_break(cells[c], grid->layout.width[c], &skip);

			if (c)
				gap(p, grid);
			part = arena_strndup(&p->scratch, cells[c], len);
			text_fit(&p->out, part, grid->layout.width[c],
				 document_align(grid->table, grid->layout.column[c]));
			cells[c] += len + skip;
		}
		body_line(p);
	}
}

static void table_head(struct printer *p, const struct grid *grid)
{
	const char *cells[DOC_COLUMNS_MAX];

	for (size_t c = 0; c < grid->layout.count; c++)
		cells[c] = text_sanitise(document_label(grid->table, grid->layout.column[c]), &p->scratch);
	cells_lines(p, grid, cells, cells_height(grid, cells));
	table_rule(p, grid, true);
}

/* A heading inside the table may be as long as the line. */
static void group_row(struct printer *p, const struct grid *grid, const struct doc_row *row)
{
	if (need(p, 3))
		table_head(p, grid);
	buf_text(&p->out, "▌ ");
	text_fit(&p->out, document_cell(grid->table, row, 0, false, &p->scratch), p->width - 2,
		 TEXT_LEFT);
	body_line(p);
}

static void table_row(struct printer *p, const struct grid *grid, const struct doc_row *row,
		      bool last)
{
	const bool sum = row->kind == DOC_SUBTOTAL || row->kind == DOC_TOTAL ||
			 row->kind == DOC_CLOSING;
	const char *cells[DOC_COLUMNS_MAX];
	int height;

	if (row->kind == DOC_GROUP) {
		group_row(p, grid, row);
		return;
	}
	for (size_t c = 0; c < grid->layout.count; c++) {
		const char *text = document_cell(grid->table, row, grid->layout.column[c], false,
						 &p->scratch);

		cells[c] = text_sanitise(text, &p->scratch);
	}
	height = cells_height(grid, cells);
	/* A row is kept whole unless it is higher than a page. */
	if (need(p, height < body_lines(p) - LEAST_BODY ? height + (sum ? 1 : 0) : 1))
		table_head(p, grid);
	else if (sum)
		table_rule(p, grid, row->kind == DOC_TOTAL);
	for (; height > body_lines(p) - LEAST_BODY; height -= body_lines(p) - LEAST_BODY) {
		if (need(p, body_lines(p) - LEAST_BODY))
			table_head(p, grid);
		cells_lines(p, grid, cells, body_lines(p) - LEAST_BODY);
	}
	if (need(p, height))
		table_head(p, grid);
	cells_lines(p, grid, cells, height);
	if (grid->table->grid && !last && p->line < body_lines(p))
		table_rule(p, grid, false);
}

static void table_text(struct printer *p, const struct doc_table *table)
{
	struct grid grid = { .table = table };

	document_layout(table, p->width, gap_of(table), &grid.layout);
	need(p, LEAST_BODY / 2);
	table_head(p, &grid);
	if (!table->row_count) {
		wrapped(p, _("(none)"), 0);
		return;
	}
	for (size_t r = 0; r < table->row_count && !p->rc; r++) {
		table_row(p, &grid, &table->rows[r], r + 1 == table->row_count);
		arena_clear(&p->scratch);
		if (document_stopped(p->options, p->done++, p->total))
			p->rc = error_reason(p->err, REASON_CANCELLED, NULL);
	}
}

/* --- other blocks --- */

static void pairs_text(struct printer *p, const struct doc_block *block)
{
	const int half = (p->width - GAP) / 2;
	size_t i = 0;
	int label = 0;

	for (size_t k = 0; k < block->pair_count; k++)
		if (text_width(block->pairs[k].label) > label)
			label = text_width(block->pairs[k].label);
	label = label < half / 2 ? label : half / 2;
	while (i < block->pair_count) {
		const struct doc_pair *one = &block->pairs[i], *two = one + 1;
		const bool both = i + 1 < block->pair_count &&
				  text_width(one->value) + label + GAP <= half &&
				  text_width(two->value) + label + GAP <= half;

		need(p, 1);
		text_fit(&p->out, one->label, label, TEXT_LEFT);
		buf_text(&p->out, "  ");
		if (both) {
			text_fit(&p->out, one->value, half - label - GAP, TEXT_LEFT);
			buf_text(&p->out, "  ");
			text_fit(&p->out, two->label, label, TEXT_LEFT);
			buf_text(&p->out, "  ");
			text_fit(&p->out, two->value, half - label - GAP, TEXT_LEFT);
			body_line(p);
		} else {
			const char *value = text_sanitise(one->value, &p->scratch);
			size_t skip, len = document_break(value, p->width - label - GAP, &skip);

			buf_add(&p->out, value, len);
			body_line(p);
			wrapped(p, value + len + skip, label + GAP);
		}
		i += both ? 2 : 1;
	}
}

/* A symbol that doesn't fit on the page is left out: its text is there. Drawn
 * with two cells a module it fills the page; one blank line above and below it
 * is then what there is of the quiet zone. */
static void qr_text_block(struct printer *p, const struct doc_block *block)
{
	const bool tall = p->options->qr == QR_ASCII;
	const int first = tall ? block->qr.quiet - 1 : 0;
	const int height = qr_lines(&block->qr, p->options->qr) - 2 * first;

	if (qr_cells(&block->qr, p->options->qr) <= p->width && height <= body_lines(p)) {
		need(p, height);
		for (int n = first; n < first + height; n++) {
			qr_line(&block->qr, p->options->qr, false, n, &p->out);
			body_line(p);
		}
	}
	wrapped(p, block->text, 0);
}

static void tear_text(struct printer *p, const struct doc_block *block)
{
	const int words = text_width(block->text) + 2;
	const int side = (p->width - words) / 4;

	need(p, LEAST_BODY);
	body_line(p);
	for (int i = 0; i < side; i++)
		buf_text(&p->out, "- ");
	buf_printf(&p->out, " %s ", block->text);
	for (int i = 0; i < side; i++)
		buf_text(&p->out, " -");
	body_line(p);
	body_line(p);
}

static void block_text(struct printer *p, const struct doc_block *block)
{
	switch (block->kind) {
	case DOC_HEADING:
		need(p, LEAST_BODY / 2 + 1);
		if (p->line)
			body_line(p);
		wrapped(p, block->text, 0);
		break;
	case DOC_PARAGRAPH:
		wrapped(p, block->text, 0);
		break;
	case DOC_PAIRS:
		pairs_text(p, block);
		break;
	case DOC_TABLE:
		if (!block->table->csv_only)
			table_text(p, block->table);
		break;
	case DOC_QR:
		qr_text_block(p, block);
		break;
	case DOC_TEAR:
		tear_text(p, block);
		break;
	case DOC_SIGN:
		need(p, 3);
		body_line(p);
		wrapped(p, block->text, 0);
		body_line(p);
		break;
	case DOC_SPACE:
		if (p->line && p->line < body_lines(p))
			body_line(p);
		break;
	}
	arena_clear(&p->scratch);
}

static void run(struct printer *p)
{
	p->page = 0;
	page_begin(p);
	for (size_t i = 0; i < p->doc->block_count && !p->rc; i++)
		block_text(p, &p->doc->blocks[i]);
	page_foot(p);
	arena_clear(&p->scratch);
}

int document_text(const struct document *doc, const struct doc_options *options,
		  const struct doc_sink *sink, struct error *err)
{
	struct printer p = {
		.doc = doc, .options = options, .err = err, .out = BUF_INIT, .scratch = ARENA_INIT,
		.width = options->columns ? options->columns :
			 doc->wide ? COLUMNS_WIDE : COLUMNS_NARROW,
		.lines = options->lines ? options->lines : PAGE_LINES,
	};

	for (size_t i = 0; i < doc->block_count; i++)
		if (doc->blocks[i].table)
			p.total += 2 * (int64_t)doc->blocks[i].table->row_count;
	run(&p);
	p.pages = p.page;
	p.sink = sink;
	if (!p.rc)
		run(&p);
	buf_release(&p.out);
	arena_release(&p.scratch);
	return p.rc;
}
