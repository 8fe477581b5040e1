#include "tui/canvas.h"

#include <curses.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct canvas_frame {
	struct theme *theme;
	struct arena arena;
	int cursor_row, cursor_col;
};

struct canvas_frame *canvas_frame_new(struct theme *theme)
{
	struct canvas_frame *frame = mem_alloc(sizeof *frame);

	frame->theme = theme;
	arena_init(&frame->arena);
	return frame;
}

void canvas_frame_free(struct canvas_frame *frame)
{
	if (!frame)
		return;
	arena_release(&frame->arena);
	free(frame);
}

struct canvas canvas_begin(struct canvas_frame *frame)
{
	struct canvas canvas = { .frame = frame };

	arena_clear(&frame->arena);
	canvas.area.rows = getmaxy(stdscr);
	canvas.area.cols = getmaxx(stdscr);
	frame->cursor_row = 0;
	frame->cursor_col = 0;
	wattrset(stdscr, A_NORMAL);
	werase(stdscr);
	return canvas;
}

void canvas_end(struct canvas_frame *frame)
{
	wmove(stdscr, frame->cursor_row, frame->cursor_col);
	wnoutrefresh(stdscr);
	doupdate();
}

struct arena *canvas_arena(const struct canvas *canvas)
{
	return &canvas->frame->arena;
}

struct rect canvas_area(const struct canvas *canvas)
{
	return (struct rect){ 0, 0, canvas->area.rows, canvas->area.cols };
}

struct canvas canvas_sub(const struct canvas *canvas, struct rect area)
{
	struct canvas sub = *canvas;
	struct rect whole = canvas_area(canvas);

	rect_take_top(&whole, area.row);
	rect_take_left(&whole, area.col);
	whole.rows = area.rows < whole.rows ? area.rows : whole.rows;
	whole.cols = area.cols < whole.cols ? area.cols : whole.cols;
	if (rect_empty(whole))
		whole.rows = whole.cols = 0;
	sub.area = whole;
	sub.area.row += canvas->area.row;
	sub.area.col += canvas->area.col;
	return sub;
}

/* Nothing in it needs a closer look: printable ASCII and the Han characters of
 * the BMP. All else (controls of two bytes, bidi overrides, marks) is checked
 * by text_sanitise(), which knows every character. */
static bool plain(const char *text)
{
	const unsigned char *at = (const unsigned char *)text;

	while (*at) {
		if (*at >= ' ' && *at < 127)
			at++;
		else if (*at >= 0xe4 && *at <= 0xe9 && (at[1] & 0xc0) == 0x80 &&
			 (at[2] & 0xc0) == 0x80 && (*at > 0xe4 || at[1] >= 0xb8))
			at += 3; /* U+4E00…U+9FFF */
		else
			return false;
	}
	return true;
}

static bool inside(const struct canvas *canvas, int row, int col)
{
	return row >= 0 && row < canvas->area.rows && col >= 0 && col < canvas->area.cols;
}

/* Draws at most `cells` cells of the safe TEXT; returns the cells used. */
static int draw(const struct canvas *canvas, int row, int col, int cells, enum theme_role role,
		const char *text)
{
	int used;
	size_t len;

	if (!inside(canvas, row, col) || cells <= 0)
		return 0;
	if (cells > canvas->area.cols - col)
		cells = canvas->area.cols - col;
	len = text_cut(text, cells, &used);
	wattrset(stdscr, (int)theme_attr(canvas->frame->theme, role));
	mvwaddnstr(stdscr, canvas->area.row + row, canvas->area.col + col, text, (int)len);
	if (text[len] && cells > 1) {
		/* The sign of a cut stands in the last cell; a wide character
		 * that only half fits leaves its place to it. */
		text_cut(text, cells - 1, &used);
		wmove(stdscr, canvas->area.row + row, canvas->area.col + col + used);
		for (; used < cells - 1; used++)
			waddch(stdscr, ' ');
		waddch(stdscr, '~');
		used = cells;
	}
	return used;
}

static const char *safe(const struct canvas *canvas, const char *text)
{
	if (!text)
		return "";
	return plain(text) ? text : text_sanitise(text, &canvas->frame->arena);
}

int canvas_put(const struct canvas *canvas, int row, int col, enum theme_role role,
	       const char *text)
{
	return draw(canvas, row, col, canvas->area.cols - col, role, safe(canvas, text));
}

int canvas_printf(const struct canvas *canvas, int row, int col, enum theme_role role,
		  const char *format, ...)
{
	char text[512];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	return canvas_put(canvas, row, col, role, text);
}

static void blanks(const struct canvas *canvas, int row, int col, int cells, enum theme_role role)
{
	if (!inside(canvas, row, col))
		return;
	if (cells > canvas->area.cols - col)
		cells = canvas->area.cols - col;
	wattrset(stdscr, (int)theme_attr(canvas->frame->theme, role));
	wmove(stdscr, canvas->area.row + row, canvas->area.col + col);
	for (; cells > 0; cells--)
		waddch(stdscr, ' ');
}

void canvas_fit(const struct canvas *canvas, int row, int col, int cells, enum theme_role role,
		enum text_align align, const char *text)
{
	const char *shown = safe(canvas, text);
	int width = text_width(shown), lead = 0, used;

	if (cells <= 0)
		return;
	if (width < cells && align != TEXT_LEFT)
		lead = align == TEXT_RIGHT ? cells - width : (cells - width) / 2;
	blanks(canvas, row, col, lead, role);
	used = lead + draw(canvas, row, col + lead, cells - lead, role, shown);
	blanks(canvas, row, col + used, cells - used, role);
}

/* Marks that end something begin no line. */
static bool closes(const char *text)
{
	static const char *const marks[] = { "。", "，", "、", "；", "：", "！", "？", "）", "》",
					     "」", "』", "】", "”", "’", "…", "％" };

	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
		if (!strncmp(text, marks[i], strlen(marks[i])))
			return true;
	return false;
}

/* Bytes of the first line of TEXT in `cells` cells, broken at a blank when
 * one is near, else between characters. */
static size_t line_break(const char *text, int cells)
{
	size_t len = text_cut(text, cells, NULL), at;

	if (!text[len] || len == 0)
		return len;
	for (at = len; at > 0 && at + 24 > len; at--) {
		if (text[at] == ' ' || ((unsigned char)text[at] >= 0xe0 && !closes(text + at)))
			return at;
	}
	return len;
}

int canvas_wrap(const struct canvas *canvas, int row, int col, int cols, int max_rows,
		enum theme_role role, const char *text)
{
	int rows = 0;

	if (cols > canvas->area.cols - col)
		cols = canvas->area.cols - col;
	while (text && *text && rows < max_rows && cols > 1) {
		const char *end = strchr(text, '\n');
		struct arena *arena = &canvas->frame->arena;
		const char *line = safe(canvas, arena_strndup(arena, text,
							      end ? (size_t)(end - text) : strlen(text)));

		do {
			size_t len = rows + 1 < max_rows ? line_break(line, cols) : strlen(line);

			canvas_fit(canvas, row + rows++, col, cols, role, TEXT_LEFT,
				   arena_strndup(arena, line, len));
			line += len;
			while (*line == ' ')
				line++;
		} while (*line && rows < max_rows);
		text = end ? end + 1 : NULL;
	}
	return rows;
}

void canvas_clear(const struct canvas *canvas, enum theme_role role)
{
	int row;

	for (row = 0; row < canvas->area.rows; row++)
		blanks(canvas, row, 0, canvas->area.cols, role);
}

void canvas_rule(const struct canvas *canvas, int row, const char *title)
{
	int col;

	if (!inside(canvas, row, 0))
		return;
	/* ASCII on purpose: box drawing is of ambiguous width. */
	wattrset(stdscr, (int)theme_attr(canvas->frame->theme, THEME_RULE));
	wmove(stdscr, canvas->area.row + row, canvas->area.col);
	for (col = 0; col < canvas->area.cols; col++)
		waddch(stdscr, '-');
	if (title && *title)
		canvas_printf(canvas, row, 2, THEME_HEADING, " %s ", title);
}

struct canvas canvas_box(const struct canvas *canvas, struct rect area, const char *title)
{
	struct canvas box = canvas_sub(canvas, area), in;
	int row;

	canvas_clear(&box, THEME_DIALOG);
	canvas_rule(&box, 0, title);
	canvas_rule(&box, box.area.rows - 1, NULL);
	for (row = 0; row < box.area.rows; row++) {
		const char *side = row == 0 || row == box.area.rows - 1 ? "+" : "|";

		canvas_put(&box, row, 0, THEME_RULE, side);
		canvas_put(&box, row, box.area.cols - 1, THEME_RULE, side);
	}
	in = canvas_sub(&box, (struct rect){ 1, 2, box.area.rows - 2, box.area.cols - 4 });
	return in;
}

void canvas_bar(const struct canvas *canvas, int row, int col, int cells, int64_t value,
		int64_t whole)
{
	char line[128];
	int room = cells - 2, full, i;

	if (room < 1 || room > 120)
		return;
	if (value < 0)
		value = 0;
	full = whole > 0 ? (int)(value >= whole ? room : value * room / whole) : 0;
	line[0] = '[';
	for (i = 0; i < room; i++)
		line[1 + i] = i < full ? '#' : '.';
	line[1 + room] = ']';
	line[2 + room] = '\0';
	canvas_put(canvas, row, col, THEME_PROGRESS, line);
}

void canvas_cursor(const struct canvas *canvas, int row, int col)
{
	struct canvas_frame *frame = canvas->frame;
	int last = getmaxx(stdscr) - 1;

	if (row < 0 || row >= canvas->area.rows || col < 0)
		return;
	frame->cursor_row = canvas->area.row + row;
	frame->cursor_col = canvas->area.col + col;
	if (frame->cursor_col > last)
		frame->cursor_col = last;
}

bool canvas_code_inverted(const struct canvas *canvas)
{
	return theme_code_inverted(canvas->frame->theme);
}
