/* layout.h: where things stand, as arithmetic on cells.
 *
 * Pure functions: a size goes in, rectangles come out; nothing here knows of
 * curses. Rows and columns count from 0 at the top left. A rectangle may be
 * empty (rows or cols 0) but never negative. */
#ifndef OV_TUI_LAYOUT_H
#define OV_TUI_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

struct rect {
	int row, col, rows, cols;
};

enum {
	SCREEN_MIN_ROWS = 18, /* under this one calm line is shown */
	SCREEN_MIN_COLS = 60,
	COLUMNS_MAX = 16
};

bool rect_empty(struct rect r);

/* Takes rows (columns) off one side of *area and returns them; never more
 * than there are. */
struct rect rect_take_top(struct rect *area, int rows);
struct rect rect_take_bottom(struct rect *area, int rows);
struct rect rect_take_left(struct rect *area, int cols);
struct rect rect_take_right(struct rect *area, int cols);

/* A rectangle of at most this size in the middle of AREA, for dialogs. */
struct rect rect_centre(struct rect area, int rows, int cols);

/* What surrounds every view. */
struct frame_layout {
	bool too_small;
	struct rect title, body, message, bar;
};

struct frame_layout frame_layout(int rows, int cols);

/* List above, detail below: how many rows the list gets of `rows`, so that
 * both have their minimum where there is room, and the detail no more than
 * it wants. The list scrolls cheaply only at full width, hence never side by
 * side. */
int layout_list_rows(int rows, int list_min, int detail_want);

struct column_layout {
	int min, want; /* cells; want >= min */
	int grow;      /* share of what is left over; 0: none */
	int keep;      /* columns with the smallest keep are dropped first */
};

/* Widths for columns that stand `gap` cells apart in `cols` cells. A column
 * that doesn't fit gets 0. Returns the cells used. */
int layout_columns(const struct column_layout *columns, size_t count, int gap,
		   int cols, int width[COLUMNS_MAX]);

/* The first row shown of a list, so that `selected` is visible: moves as
 * little as possible, because moving is what costs bytes. */
size_t layout_scroll(size_t top, size_t selected, size_t count, int rows);

#endif
