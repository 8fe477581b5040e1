#include "tui/views/week_grid.h"

#include <string.h>

#include "core/model/cohort.h"

int64_t week_monday(int64_t date)
{
	return date - (date_weekday(date) - 1);
}

static bool in_week(const struct week_grid *grid, const struct session_slot *slot)
{
	return slot->on_date >= grid->monday && slot->on_date < grid->monday + WEEK_DAYS &&
	       slot->state != SESSION_CANCELLED;
}

/* The row of a start time, made in order when it is new; -1 when full. */
static int row_of(struct week_grid *grid, int64_t start)
{
	size_t at = 0;

	while (at < grid->rows && grid->start[at] < start)
		at++;
	if (at < grid->rows && grid->start[at] == start)
		return (int)at;
	if (grid->rows == WEEK_ROWS_MAX)
		return -1;
	memmove(&grid->start[at + 1], &grid->start[at], (grid->rows - at) * sizeof grid->start[0]);
	grid->start[at] = start;
	grid->rows++;
	return (int)at;
}

void week_grid_make(struct week_grid *grid, int64_t monday, const struct record_list *slots)
{
	size_t i;

	memset(grid, 0, sizeof *grid);
	grid->monday = monday;
	for (i = 0; i < slots->count; i++) {
		const struct session_slot *slot = slots->items[i];

		if (in_week(grid, slot))
			row_of(grid, slot->start_min);
	}
	for (i = 0; i < slots->count; i++) {
		const struct session_slot *slot = slots->items[i];
		struct week_cell *cell;
		int row;

		if (!in_week(grid, slot))
			continue;
		row = row_of(grid, slot->start_min);
		if (row < 0) {
			grid->left_out++;
			continue;
		}
		cell = &grid->cell[row][slot->on_date - monday];
		if (cell->count < WEEK_CELL_MAX)
			cell->slot[cell->count] = slot;
		cell->count++;
	}
}

void week_grid_move(const struct week_grid *grid, int *row, int *day, int by_row, int by_day)
{
	int r = *row + by_row, d = *day + by_day;

	if (d >= 0 && d < WEEK_DAYS)
		*day = d;
	if (r >= 0 && (size_t)r < grid->rows)
		*row = r;
}
