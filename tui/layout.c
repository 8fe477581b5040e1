#include "tui/layout.h"

static int clamp(int value, int low, int high)
{
	if (value > high)
		value = high;
	return value < low ? low : value;
}

bool rect_empty(struct rect r)
{
	return r.rows <= 0 || r.cols <= 0;
}

struct rect rect_take_top(struct rect *area, int rows)
{
	struct rect taken = *area;

	taken.rows = clamp(rows, 0, area->rows);
	area->row += taken.rows;
	area->rows -= taken.rows;
	return taken;
}

struct rect rect_take_bottom(struct rect *area, int rows)
{
	struct rect taken = *area;

	taken.rows = clamp(rows, 0, area->rows);
	area->rows -= taken.rows;
	taken.row = area->row + area->rows;
	return taken;
}

struct rect rect_take_left(struct rect *area, int cols)
{
	struct rect taken = *area;

	taken.cols = clamp(cols, 0, area->cols);
	area->col += taken.cols;
	area->cols -= taken.cols;
	return taken;
}

struct rect rect_take_right(struct rect *area, int cols)
{
	struct rect taken = *area;

	taken.cols = clamp(cols, 0, area->cols);
	area->cols -= taken.cols;
	taken.col = area->col + area->cols;
	return taken;
}

struct rect rect_centre(struct rect area, int rows, int cols)
{
	struct rect r;

	r.rows = clamp(rows, 0, area.rows);
	r.cols = clamp(cols, 0, area.cols);
	r.row = area.row + (area.rows - r.rows) / 2;
	r.col = area.col + (area.cols - r.cols) / 2;
	return r;
}

struct frame_layout frame_layout(int rows, int cols)
{
	struct rect all = { 0, 0, clamp(rows, 0, rows), clamp(cols, 0, cols) };
	struct frame_layout out;

	out.too_small = rows < SCREEN_MIN_ROWS || cols < SCREEN_MIN_COLS;
	out.title = rect_take_top(&all, 1);
	out.bar = rect_take_bottom(&all, 1);
	out.message = rect_take_bottom(&all, 1);
	out.body = all;
	return out;
}

int layout_list_rows(int rows, int list_min, int detail_want)
{
	int list = rows - detail_want;

	if (list < list_min)
		list = list_min;
	if (list < rows / 3)
		list = rows / 3;
	return clamp(list, 0, rows);
}

/* The column that goes first when there is no room: least keep, rightmost. */
static size_t weakest(const struct column_layout *columns, size_t count, const int *width)
{
	size_t i, found = count;

	for (i = 0; i < count; i++) {
		if (width[i] && (found == count || columns[i].keep <= columns[found].keep))
			found = i;
	}
	return found;
}

static int total(size_t count, int gap, const int *width)
{
	int sum = 0;
	size_t i;

	for (i = 0; i < count; i++) {
		if (width[i])
			sum += width[i] + (sum ? gap : 0);
	}
	return sum;
}

int layout_columns(const struct column_layout *columns, size_t count, int gap,
		   int cols, int width[COLUMNS_MAX])
{
	size_t i;
	int room, grow = 0;

	if (count > COLUMNS_MAX)
		count = COLUMNS_MAX;
	for (i = 0; i < count; i++)
		width[i] = columns[i].min;
	while (total(count, gap, width) > cols) {
		size_t drop = weakest(columns, count, width);

		if (drop == count)
			break;
		width[drop] = 0;
	}
	room = cols - total(count, gap, width);
	for (i = 0; i < count && room > 0; i++) {
		int more = columns[i].want - width[i];

		if (!width[i] || more <= 0)
			continue;
		more = clamp(more, 0, room);
		width[i] += more;
		room -= more;
	}
	for (i = 0; i < count; i++)
		grow += width[i] ? columns[i].grow : 0;
	for (i = 0; i < count && room > 0 && grow > 0; i++) {
		int more;

		if (!width[i] || !columns[i].grow)
			continue;
		more = room * columns[i].grow / grow;
		width[i] += more;
		room -= more;
		grow -= columns[i].grow;
	}
	return total(count, gap, width);
}

size_t layout_scroll(size_t top, size_t selected, size_t count, int rows)
{
	size_t height = rows > 0 ? (size_t)rows : 1;

	if (count <= height)
		return 0;
	if (top > count - height)
		top = count - height;
	if (selected < top)
		return selected;
	if (selected >= top + height)
		return selected - height + 1;
	return top;
}
