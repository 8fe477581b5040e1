#include "tui/table.h"

#include "core/base/i18n.h"
#include "tui/app.h"

enum { MARKER_CELLS = 2, GAP = 2 };

void table_set_count(struct table *table, size_t count)
{
	table->count = count;
	if (table->selected >= count)
		table->selected = count ? count - 1 : 0;
}

void table_select(struct table *table, size_t row)
{
	table->selected = row;
	table_set_count(table, table->count);
}

void table_move(struct table *table, long by)
{
	long at = (long)table->selected + by;

	if (at < 0)
		at = 0;
	table_select(table, (size_t)at);
}

bool table_key(struct table *table, key_press key)
{
	long page = table->page > 1 ? table->page - 1 : 1;

	switch (key) {
	case K_UP: table_move(table, -1); return true;
	case K_DOWN: table_move(table, 1); return true;
	case K_PGUP: table_move(table, -page); return true;
	case K_PGDN: table_move(table, page); return true;
	case K_HOME: table_select(table, 0); return true;
	case K_END: table_select(table, table->count); return true;
	default: return false;
	}
}

static void heading_draw(const struct table *table, const struct canvas *canvas, const int *width)
{
	int col = MARKER_CELLS;
	size_t i;

	for (i = 0; i < table->column_count; i++) {
		if (!width[i])
			continue;
		canvas_fit(canvas, 0, col, width[i], THEME_HEADING, table->columns[i].align,
			   _(table->columns[i].title));
		col += width[i];
		/* One run of one attribute: fewer bytes than many. */
		canvas_fit(canvas, 0, col, GAP, THEME_HEADING, TEXT_LEFT, "");
		col += GAP;
	}
}

/* Draws the found part of a cell again, in its own role. */
static void match_draw(const struct canvas *canvas, int at, int col, int cells,
		       enum text_align align, const struct cell *cell)
{
	const char *text = cell->text;
	size_t from = utf8_prefix(text, cell->match_at);
	size_t len = utf8_prefix(text + from, cell->match_len);
	int before = text_width_len(text, from), width = text_width(text);
	struct canvas part;

	/* All of it found says nothing; a text that is cut, or isn't shown as it
	 * is, stays as it is. */
	if (!len || (from == 0 && !text[len]) || width > cells || text_has_control(text) ||
	    align != TEXT_LEFT)
		return;
	part = canvas_sub(canvas, (struct rect){ at, col + before, 1, cells - before });
	canvas_put(&part, 0, 0, THEME_MATCH, arena_strndup(canvas_arena(canvas), text + from, len));
}

static void row_draw(const struct table *table, const struct canvas *canvas, int at, size_t row,
		     const int *width, const struct app *app)
{
	struct arena *arena = canvas_arena(canvas);
	bool selected = row == table->selected && !table->unmarked;
	char flag = table->flag ? table->flag(table->context, row) : 0;
	int col = MARKER_CELLS, shown = 0;
	bool bar = app_cursor_bar(app), few = app_low_bandwidth(app);
	size_t i;

	if (selected)
		canvas_put(canvas, at, 0, THEME_MARKER, ">");
	if (flag)
		canvas_put(canvas, at, 1, THEME_WARNING, (char[]){ flag, '\0' });
	for (i = 0; i < table->column_count; i++) {
		struct cell cell = { .text = "", .role = THEME_TEXT };

		if (!width[i])
			continue;
		table->cell(table->context, row, i, arena, &cell);
		/* The bar covers what names the row only: few bytes a move. */
		if (selected && bar && shown++ < 2)
			cell.role = THEME_SELECTION;
		canvas_fit(canvas, at, col, width[i], cell.role, table->columns[i].align,
			   cell.text);
		if (cell.match_len && !few)
			match_draw(canvas, at, col, width[i], table->columns[i].align, &cell);
		col += width[i] + GAP;
	}
}

void table_draw(struct table *table, const struct canvas *canvas, const struct app *app,
		bool heading, bool focus)
{
	struct column_layout columns[COLUMNS_MAX];
	struct rect area = canvas_area(canvas);
	int width[COLUMNS_MAX] = { 0 }, i;
	size_t c;

	for (c = 0; c < table->column_count && c < COLUMNS_MAX; c++)
		columns[c] = table->columns[c].width;
	layout_columns(columns, table->column_count, GAP, area.cols - MARKER_CELLS, width);
	for (c = 0, table->hidden = 0; c < table->column_count; c++)
		table->hidden |= (uint32_t)!width[c] << c;
	if (heading) {
		heading_draw(table, canvas, width);
		rect_take_top(&area, 1);
	}
	table->page = area.rows;
	table->top = layout_scroll(table->top, table->selected, table->count, area.rows);
	for (i = 0; i < (table->limit ? table->limit : area.rows) && i < area.rows && table->top + (size_t)i < table->count; i++)
		row_draw(table, canvas, area.row + i, table->top + (size_t)i, width,
			 app);
	if (focus && table->count)
		canvas_cursor(canvas, area.row + (int)(table->selected - table->top), 0);
}
