/* A document as PDF: A4, one column, rules instead of boxes.
 *
 * The same code runs twice: to count the sheets (without a sink the paper only
 * measures), then to draw them. */
#include <string.h>

#include "core/base/i18n.h"
#include "core/model/reason.h"
#include "core/report/paper.h"

static const double MARGIN = 46, FOOT = 54, CELL = 5.1, PAD = 3.2, MODULE = 1.9;

static const struct paper_style TITLE = { .size = 17, .bold = true, .serif = true,
					  .align = TEXT_CENTRE };
static const struct paper_style TITLE_AGAIN = { .size = 11, .bold = true, .serif = true,
						.align = TEXT_CENTRE };
static const struct paper_style SUBTITLE = { .size = 9.5, .ink = INK_GREY, .align = TEXT_CENTRE };
static const struct paper_style SMALL = { .size = 7.5, .ink = INK_GREY };
static const struct paper_style SMALL_RIGHT = { .size = 7.5, .ink = INK_GREY, .align = TEXT_RIGHT };
static const struct paper_style HEADING = { .size = 10.5, .bold = true, .ink = INK_ACCENT };
static const struct paper_style BODY = { .size = 8.8 };
static const struct paper_style LABEL = { .size = 8.2, .ink = INK_GREY };

struct press {
	const struct document *doc;
	const struct doc_options *options;
	struct paper *paper;
	struct error *err;
	struct arena scratch;
	const char *mark;
	double y, width;     /* where the next thing goes; of a line */
	int page, pages;
	int64_t done, total; /* rows */
	int rc;
};

static double bottom(const struct press *p)
{
	return paper_height(p->paper) - FOOT;
}

static void sheet_head(struct press *p)
{
	const struct paper_style *title = p->page == 1 ? &TITLE : &TITLE_AGAIN;

	paper_watermark(p->paper, p->mark);
	paper_text(p->paper, MARGIN, 28, p->width / 2, p->doc->centre, &SMALL);
	paper_text(p->paper, MARGIN + p->width / 2, 28, p->width / 2, p->doc->printed,
		   &SMALL_RIGHT);
	p->y = 44;
	paper_text(p->paper, MARGIN, p->y, p->width, p->doc->title, title);
	p->y += paper_text_height(p->paper, p->doc->title, p->width, title);
	if (p->doc->subtitle && p->page == 1) {
		p->y += 2;
		paper_text(p->paper, MARGIN, p->y, p->width, p->doc->subtitle, &SUBTITLE);
		p->y += paper_text_height(p->paper, p->doc->subtitle, p->width, &SUBTITLE);
	}
	p->y += 6;
	paper_rule(p->paper, MARGIN, p->y, MARGIN + p->width, p->y, 1.1, INK_ACCENT);
	p->y += 9;
}

static void sheet_foot(struct press *p)
{
	const double y = paper_height(p->paper) - 40;
	const char *left = arena_printf(&p->scratch, _("Printed by %s · ledger %s"), p->doc->user,
					p->doc->ledger);
	const char *right = arena_printf(&p->scratch, _("page %d/%d"), p->page, p->pages);

	paper_rule(p->paper, MARGIN, y, MARGIN + p->width, y, 0.4, INK_LINE);
	paper_text(p->paper, MARGIN, y + 5, p->width * 0.75, left, &SMALL);
	paper_text(p->paper, MARGIN + p->width * 0.75, y + 5, p->width * 0.25, right, &SMALL_RIGHT);
}

static void sheet_begin(struct press *p)
{
	if (p->page++)
		paper_next(p->paper);
	sheet_head(p);
}

static bool need(struct press *p, double height)
{
	if (p->y + height <= bottom(p))
		return false;
	sheet_foot(p);
	sheet_begin(p);
	return true;
}

static const char *clean(struct press *p, const char *text)
{
	return text_sanitise(text, &p->scratch);
}

/* Long texts go on over the sheet's end, cut into pieces that fit. */
static void paragraph(struct press *p, const char *text, const struct paper_style *style)
{
	enum { PIECE = 1200 };
	const char *rest = clean(p, text);

	while (*rest) {
		size_t skip = 0;
		const size_t len = strlen(rest) > PIECE ? document_break(rest, PIECE / 2, &skip) :
							  strlen(rest);
		const char *piece = arena_strndup(&p->scratch, rest, len);
		const double height = paper_text_height(p->paper, piece, p->width, style);

		need(p, height);
		paper_text(p->paper, MARGIN, p->y, p->width, piece, style);
		p->y += height + 2;
		rest += len + skip;
	}
}

/* --- tables --- */

struct grid {
	const struct doc_table *table;
	struct doc_layout layout;
	double x[DOC_COLUMNS_MAX], width[DOC_COLUMNS_MAX];
	double size; /* of the type */
};

static struct paper_style cell_style(const struct grid *grid, size_t column, bool bold)
{
	return (struct paper_style){ .size = grid->size, .bold = bold,
				     .align = document_align(grid->table, grid->layout.column[column]) };
}

static double cells_height(struct press *p, const struct grid *grid, const char *const *cells,
			   bool bold)
{
	double height = grid->size * 1.45;

	for (size_t c = 0; c < grid->layout.count; c++) {
		const struct paper_style style = cell_style(grid, c, bold);
		const double own = paper_text_height(p->paper, cells[c], grid->width[c], &style);

		height = own > height ? own : height;
	}
	return height;
}

static void cells_set(struct press *p, const struct grid *grid, const char *const *cells, bool bold)
{
	for (size_t c = 0; c < grid->layout.count; c++) {
		const struct paper_style style = cell_style(grid, c, bold);

		paper_text(p->paper, grid->x[c], p->y + PAD, grid->width[c], cells[c], &style);
	}
}

static void uprights(struct press *p, const struct grid *grid, double height)
{
	for (size_t c = 0; grid->table->grid && c <= grid->layout.count; c++) {
		const double x = c < grid->layout.count ? grid->x[c] - PAD :
				 MARGIN + p->width;

		paper_rule(p->paper, x, p->y, x, p->y + height, 0.35, INK_LINE);
	}
}

static void table_head(struct press *p, const struct grid *grid)
{
	const char *cells[DOC_COLUMNS_MAX];
	double height;

	for (size_t c = 0; c < grid->layout.count; c++)
		cells[c] = clean(p, document_label(grid->table, grid->layout.column[c]));
	height = cells_height(p, grid, cells, true) + 2 * PAD;
	paper_fill(p->paper, MARGIN, p->y, p->width, height, INK_PALE);
	cells_set(p, grid, cells, true);
	uprights(p, grid, height);
	p->y += height;
	paper_rule(p->paper, MARGIN, p->y, MARGIN + p->width, p->y, 0.8, INK_ACCENT);
}

static void group_row(struct press *p, const struct grid *grid, const struct doc_row *row)
{
	const struct paper_style style = { .size = grid->size + 0.3, .bold = true,
					   .ink = INK_ACCENT };
	const char *text = clean(p, document_cell(grid->table, row, 0, false, &p->scratch));
	const double height = paper_text_height(p->paper, text, p->width - 8, &style) + 2 * PAD;

	if (need(p, height + 24))
		table_head(p, grid);
	paper_fill(p->paper, MARGIN, p->y + 3, 2.2, height - 6, INK_ACCENT);
	paper_text(p->paper, MARGIN + 7, p->y + PAD, p->width - 8, text, &style);
	p->y += height;
	paper_rule(p->paper, MARGIN, p->y, MARGIN + p->width, p->y, 0.35, INK_LINE);
}

static void table_row(struct press *p, const struct grid *grid, const struct doc_row *row)
{
	const bool bold = row->kind != DOC_RECORD;
	const char *cells[DOC_COLUMNS_MAX];
	double height;

	if (row->kind == DOC_GROUP) {
		group_row(p, grid, row);
		return;
	}
	for (size_t c = 0; c < grid->layout.count; c++)
		cells[c] = clean(p, document_cell(grid->table, row, grid->layout.column[c],
						   false, &p->scratch));
	height = cells_height(p, grid, cells, bold) + 2 * PAD;
	if (need(p, height))
		table_head(p, grid);
	if (row->kind == DOC_TOTAL || row->kind == DOC_CLOSING)
		paper_fill(p->paper, MARGIN, p->y, p->width, height, INK_PALE);
	if (bold)
		paper_rule(p->paper, MARGIN, p->y, MARGIN + p->width, p->y, 0.6, INK_GREY);
	cells_set(p, grid, cells, bold);
	uprights(p, grid, height);
	p->y += height;
	paper_rule(p->paper, MARGIN, p->y, MARGIN + p->width, p->y, 0.35, INK_LINE);
}

/* Columns share the line as in a text: in cells, then in points. */
static void grid_init(struct press *p, struct grid *grid, const struct doc_table *table)
{
	enum { GAP = 2, MANY = 8 };
	struct doc_layout *layout = &grid->layout;
	double x = MARGIN + PAD, unit;
	int used;

	grid->table = table;
	document_layout(table, (int)(p->width / CELL), GAP, layout);
	grid->size = layout->count > MANY ? 7.6 : 8.5;
	used = GAP * ((int)layout->count - 1);
	for (size_t c = 0; c < layout->count; c++)
		used += layout->width[c];
	unit = (p->width - 2 * PAD) / (used > 0 ? used : 1);
	for (size_t c = 0; c < layout->count; c++) {
		grid->x[c] = x;
		grid->width[c] = layout->width[c] * unit;
		x += (layout->width[c] + GAP) * unit;
	}
}

static void table_print(struct press *p, const struct doc_table *table)
{
	struct grid grid;

	grid_init(p, &grid, table);
	need(p, 56);
	table_head(p, &grid);
	if (!table->row_count) {
		p->y += PAD;
		paragraph(p, _("(none)"), &LABEL);
	}
	for (size_t r = 0; r < table->row_count && !p->rc; r++) {
		table_row(p, &grid, &table->rows[r]);
		arena_clear(&p->scratch);
		if (document_stopped(p->options, p->done++, p->total))
			p->rc = error_reason(p->err, REASON_CANCELLED, NULL);
	}
	p->y += 5;
}

/* --- other blocks --- */

static double pair_set(struct press *p, const struct doc_pair *pair, double x, double width,
		       double label)
{
	const char *value = clean(p, pair->value);
	double height = paper_text_height(p->paper, value, width - label, &BODY);
	const double own = paper_text_height(p->paper, pair->label, label - 6, &LABEL);

	height = own > height ? own : height;
	paper_text(p->paper, x, p->y + 0.6, label - 6, pair->label, &LABEL);
	paper_text(p->paper, x + label, p->y, width - label, value, &BODY);
	return height;
}

static void pairs_print(struct press *p, const struct doc_block *block)
{
	const double half = p->width / 2;
	double label = 48, height, other;
	size_t i = 0;

	for (size_t k = 0; k < block->pair_count; k++)
		if (text_width(block->pairs[k].label) * 4.4 + 12 > label)
			label = text_width(block->pairs[k].label) * 4.4 + 12;
	label = label < half * 0.55 ? label : half * 0.55;
	while (i < block->pair_count) {
		const struct doc_pair *one = &block->pairs[i];
		const bool both = i + 1 < block->pair_count &&
				  text_width(one->value) * 4.7 < half - label &&
				  text_width(one[1].value) * 4.7 < half - label;

		need(p, 18);
		height = pair_set(p, one, MARGIN, both ? half - 8 : p->width, label);
		if (both) {
			other = pair_set(p, one + 1, MARGIN + half, half, label);
			height = other > height ? other : height;
		}
		p->y += height + 2.5;
		i += both ? 2 : 1;
	}
	p->y += 4;
}

static void qr_print(struct press *p, const struct doc_block *block)
{
	const double side = (block->qr.side + 2 * block->qr.quiet) * MODULE;
	const double beside = p->width - side - 10;
	const double text = paper_text_height(p->paper, block->text, beside, &SMALL);

	need(p, side > text ? side : text);
	for (int y = 0; y < block->qr.side; y++)
		for (int x = 0, run; x < block->qr.side; x += run) {
			for (run = 1; x + run < block->qr.side &&
			     qr_dark(&block->qr, x + run, y) == qr_dark(&block->qr, x, y); run++)
				;
			if (qr_dark(&block->qr, x, y))
				paper_fill(p->paper, MARGIN + (x + block->qr.quiet) * MODULE,
					   p->y + (y + block->qr.quiet) * MODULE, run * MODULE,
					   MODULE, INK_BLACK);
		}
	paper_text(p->paper, MARGIN + side + 10, p->y + block->qr.quiet * MODULE, beside, block->text,
		   &SMALL);
	p->y += (side > text ? side : text) + 4;
}

static void tear_print(struct press *p, const struct doc_block *block)
{
	static const struct paper_style words = { .size = 7.5, .ink = INK_GREY,
						  .align = TEXT_CENTRE };

	need(p, 90);
	p->y += 12;
	paper_dashes(p->paper, MARGIN - 20, p->y, MARGIN + p->width + 20);
	paper_text(p->paper, MARGIN, p->y + 2, p->width, block->text, &words);
	p->y += 20;
}

static void sign_print(struct press *p, const struct doc_block *block)
{
	need(p, 44);
	p->y += 16;
	paragraph(p, block->text, &BODY);
	p->y += 8;
}

static void block_print(struct press *p, const struct doc_block *block)
{
	switch (block->kind) {
	case DOC_HEADING:
		need(p, 60);
		p->y += 6;
		paragraph(p, block->text, &HEADING);
		p->y += 3;
		break;
	case DOC_PARAGRAPH:
		paragraph(p, block->text, &BODY);
		break;
	case DOC_PAIRS:
		pairs_print(p, block);
		break;
	case DOC_TABLE:
		if (!block->table->csv_only)
			table_print(p, block->table);
		break;
	case DOC_QR:
		qr_print(p, block);
		break;
	case DOC_TEAR:
		tear_print(p, block);
		break;
	case DOC_SIGN:
		sign_print(p, block);
		break;
	case DOC_SPACE:
		p->y += 8;
		break;
	}
	arena_clear(&p->scratch);
}

/* Draws (SINK) or measures all sheets; p->page is their number then. */
static int run(struct press *p, const struct doc_sink *sink)
{
	struct arena kept = ARENA_INIT;
	struct error ignored = ERROR_INIT;
	int rc = paper_open(p->doc->wide, p->doc->title, p->doc->printed_at, sink, &p->paper,
			    p->err);

	if (rc < 0)
		return rc;
	p->mark = document_watermark(p->doc, &kept);
	p->width = paper_width(p->paper) - 2 * MARGIN;
	p->page = 0;
	sheet_begin(p);
	for (size_t i = 0; i < p->doc->block_count && !p->rc; i++)
		block_print(p, &p->doc->blocks[i]);
	if (*paper_missing(p->paper))
		paragraph(p, arena_printf(&p->scratch, _("〓 stands for: %s"),
					  paper_missing(p->paper)), &SMALL);
	sheet_foot(p);
	arena_release(&p->scratch);
	arena_release(&kept);
	rc = paper_close(p->paper, p->rc ? &ignored : p->err);
	return p->rc ? p->rc : rc;
}

int document_pdf(const struct document *doc, const struct doc_options *options,
		 const struct doc_sink *sink, struct error *err)
{
	struct press p = { .doc = doc, .options = options, .err = err, .scratch = ARENA_INIT };
	int rc;

	for (size_t i = 0; i < doc->block_count; i++)
		if (doc->blocks[i].table)
			p.total += 2 * (int64_t)doc->blocks[i].table->row_count;
	rc = run(&p, NULL);
	p.pages = p.page;
	return rc ? rc : run(&p, sink);
}
