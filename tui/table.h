/* table.h: a list of rows with a marker.
 *
 * The marker ("> ") and the hardware cursor show the selected row; colour
 * only supports them. Moving it costs a few bytes; scrolling moves whole
 * full-width rows, which terminals do themselves. */
#ifndef OV_TUI_TABLE_H
#define OV_TUI_TABLE_H

#include "tui/canvas.h"
#include "tui/key.h"

struct app;

struct table_column {
	const char *title; /* N_() */
	struct column_layout width;
	enum text_align align;
};

struct cell {
	const char *text; /* may be in the arena given */
	enum theme_role role;
	size_t match_at, match_len; /* characters to be shown as found; len 0: none */
};

struct table {
	const struct table_column *columns;
	size_t column_count;
	size_t count;    /* rows */
	size_t selected; /* < count when there are any */
	size_t top;
	int page;        /* rows shown at the last drawing */
	bool unmarked;   /* only shown: no row is selected */
	int limit;       /* rows drawn at present; 0: all that fit */
	uint32_t hidden; /* columns (1 << i) that had no room at the last drawing */
	/* Fills in one cell. */
	void (*cell)(const void *context, size_t row, size_t column, struct arena *arena,
		     struct cell *cell);
	/* One character before the row ('!' urgent), or 0; may be NULL. */
	char (*flag)(const void *context, size_t row);
	const void *context;
};

/* Keeps the selection within the rows after COUNT changed. */
void table_set_count(struct table *table, size_t count);
void table_move(struct table *table, long by);
void table_select(struct table *table, size_t row);
/* Arrow and page keys (not letters, which are actions). */
bool table_key(struct table *table, key_press key);
/* Heading and rows in the canvas. `focus`: the hardware cursor stands here. */
void table_draw(struct table *table, const struct canvas *canvas, const struct app *app,
		bool heading, bool focus);

#endif
