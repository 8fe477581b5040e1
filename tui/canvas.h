/* canvas.h: drawing into a rectangle of the screen.
 *
 * A view draws with these and nothing else: texts are sanitised, cut at cell
 * width ("~" shows the cut) and never leave the canvas's rectangle. Positions
 * are relative to the canvas. What is drawn reaches the terminal when the app
 * ends the frame; drawing what stands there already costs no byte. */
#ifndef OV_TUI_CANVAS_H
#define OV_TUI_CANVAS_H

#include "core/base/text.h"
#include "tui/layout.h"
#include "tui/theme.h"

struct canvas_frame; /* what all canvases of one frame share */

struct canvas {
	struct canvas_frame *frame;
	struct rect area; /* on the screen */
};

/* One frame of the whole screen: begin empties it, end sends the difference. */
struct canvas canvas_begin(struct canvas_frame *frame);
void canvas_end(struct canvas_frame *frame);
struct canvas_frame *canvas_frame_new(struct theme *theme);
void canvas_frame_free(struct canvas_frame *frame);
struct arena *canvas_arena(const struct canvas *canvas); /* lives until the next frame */

/* The part `area` (relative to CANVAS, clipped to it). */
struct canvas canvas_sub(const struct canvas *canvas, struct rect area);
struct rect canvas_area(const struct canvas *canvas); /* {0, 0, rows, cols} */

/* Draws TEXT and returns its cells. */
int canvas_put(const struct canvas *canvas, int row, int col, enum theme_role role,
	       const char *text);
int canvas_printf(const struct canvas *canvas, int row, int col, enum theme_role role,
		  const char *format, ...) __attribute__((format(printf, 5, 6)));
/* Draws TEXT in exactly `cells` cells, cut or padded. */
void canvas_fit(const struct canvas *canvas, int row, int col, int cells, enum theme_role role,
		enum text_align align, const char *text);
/* Draws a text over several rows, broken at blanks (or anywhere between wide
 * characters), from row on; returns the rows used, at most max_rows. */
int canvas_wrap(const struct canvas *canvas, int row, int col, int cols, int max_rows,
		enum theme_role role, const char *text);
void canvas_clear(const struct canvas *canvas, enum theme_role role);
/* A horizontal rule with an optional title in it. */
void canvas_rule(const struct canvas *canvas, int row, const char *title);
/* An empty box with a frame for a dialog; returns the canvas inside it. */
struct canvas canvas_box(const struct canvas *canvas, struct rect area, const char *title);
/* [#######.....] of value out of whole. */
void canvas_bar(const struct canvas *canvas, int row, int col, int cells, int64_t value,
		int64_t whole);

/* Must a QR code be drawn light on dark here (theme_code_inverted())? */
bool canvas_code_inverted(const struct canvas *canvas);

/* Where the hardware cursor stands after the frame: at the edit point or on
 * the focused row, so that input methods and screen readers follow. The last
 * call of a frame wins. */
void canvas_cursor(const struct canvas *canvas, int row, int col);

#endif
