/* week_grid.h: the meetings of one week as a grid of days and start times.
 *
 * Pure: records in, a grid out. Meetings of one day that start at the same
 * minute share a cell. */
#ifndef OV_TUI_VIEWS_WEEK_GRID_H
#define OV_TUI_VIEWS_WEEK_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/model/answer.h"

enum { WEEK_DAYS = 7, WEEK_ROWS_MAX = 24, WEEK_CELL_MAX = 4 };

struct week_cell {
	size_t count; /* all meetings; at most WEEK_CELL_MAX are in slot */
	const struct session_slot *slot[WEEK_CELL_MAX];
};

struct week_grid {
	int64_t monday;
	size_t rows;
	int64_t start[WEEK_ROWS_MAX]; /* minutes, ascending */
	struct week_cell cell[WEEK_ROWS_MAX][WEEK_DAYS];
	size_t left_out;  /* meetings for which there was no row */
};

int64_t week_monday(int64_t date);
/* Cancelled meetings are left out; a moved one stands where it now is. */
void week_grid_make(struct week_grid *grid, int64_t monday, const struct record_list *slots);
/* The next meeting of the cell in direction (rows, days); stays when there is
 * no cell further. */
void week_grid_move(const struct week_grid *grid, int *row, int *day, int by_row, int by_day);

#endif
