#include "tests/screen/vt.h"

#include <stdlib.h>
#include <string.h>
#include <vterm.h>

#include "core/base/arena.h"
#include "core/base/text.h"

struct vt {
	VTerm *term;
	VTermScreen *screen;
	int rows, cols;
};

struct vt *vt_new(int rows, int cols)
{
	struct vt *vt = mem_alloc(sizeof *vt);

	vt->rows = rows;
	vt->cols = cols;
	vt->term = vterm_new(rows, cols);
	vterm_set_utf8(vt->term, 1);
	vt->screen = vterm_obtain_screen(vt->term);
	vterm_screen_enable_altscreen(vt->screen, 1);
	vterm_screen_reset(vt->screen, 1);
	return vt;
}

void vt_free(struct vt *vt)
{
	vterm_free(vt->term);
	free(vt);
}

void vt_write(struct vt *vt, const char *bytes, size_t len)
{
	vterm_input_write(vt->term, bytes, len);
}

void vt_resize(struct vt *vt, int rows, int cols)
{
	vt->rows = rows;
	vt->cols = cols;
	vterm_set_size(vt->term, rows, cols);
}

static bool cell_get(struct vt *vt, int row, int col, VTermScreenCell *cell)
{
	return vterm_screen_get_cell(vt->screen, (VTermPos){ .row = row, .col = col }, cell) &&
	       cell->chars[0] != (uint32_t)-1;
}

void vt_row(struct vt *vt, int row, struct buf *out)
{
	size_t end = out->len;
	VTermScreenCell cell;
	int col, i;

	for (col = 0; col < vt->cols; col++) {
		if (!cell_get(vt, row, col, &cell))
			continue; /* the right half of a wide character */
		if (!cell.chars[0])
			buf_char(out, ' ');
		for (i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
			utf8_add(out, cell.chars[i]);
		if (cell.chars[0] && cell.chars[0] != ' ')
			end = out->len;
	}
	buf_char(out, '\0');
	out->len = end;
	if (out->bytes)
		out->bytes[end] = '\0';
}

int vt_row_of(struct vt *vt, const char *text)
{
	struct buf row = BUF_INIT;
	bool found = false;
	int i;

	for (i = 0; i < vt->rows && !found; i++) {
		buf_clear(&row);
		vt_row(vt, i, &row);
		found = strstr(buf_cstr(&row), text) != NULL;
	}
	buf_release(&row);
	return found ? i - 1 : -1;
}

bool vt_shows(struct vt *vt, const char *text)
{
	return vt_row_of(vt, text) >= 0;
}

void vt_cursor(struct vt *vt, int *row, int *col)
{
	VTermPos pos;

	vterm_state_get_cursorpos(vterm_obtain_state(vt->term), &pos);
	*row = pos.row;
	*col = pos.col;
}

static void color_add(struct buf *out, const char *name, const VTermColor *color, bool plain)
{
	if (plain)
		return;
	if (VTERM_COLOR_IS_INDEXED(color))
		buf_printf(out, " %s %d", name, color->indexed.idx);
	else
		buf_printf(out, " %s #%02x%02x%02x", name, color->rgb.red, color->rgb.green,
			   color->rgb.blue);
}

static void attributes(struct vt *vt, int row, int col, struct buf *out)
{
	VTermScreenCell cell;

	/* The right half of a wide character keeps what stood there before. */
	if (!cell_get(vt, row, col, &cell))
		return;
	buf_clear(out);
	if (cell.attrs.bold)
		buf_text(out, " bold");
	if (cell.attrs.underline)
		buf_text(out, " underline");
	if (cell.attrs.reverse)
		buf_text(out, " reverse");
	color_add(out, "fg", &cell.fg, VTERM_COLOR_IS_DEFAULT_FG(&cell.fg));
	color_add(out, "bg", &cell.bg, VTERM_COLOR_IS_DEFAULT_BG(&cell.bg));
}

static void runs(struct vt *vt, int row, struct buf *out)
{
	struct buf now = BUF_INIT, before = BUF_INIT;
	int col, start = 0;

	for (col = 0; col <= vt->cols; col++) {
		attributes(vt, row, col, &now);
		if (col < vt->cols && strcmp(buf_cstr(&now), buf_cstr(&before)) == 0)
			continue;
		if (before.len)
			buf_printf(out, "%d: %d-%d%s\n", row, start, col - 1, buf_cstr(&before));
		buf_clear(&before);
		buf_add(&before, now.bytes, now.len);
		start = col;
	}
	buf_release(&now);
	buf_release(&before);
}

void vt_dump(struct vt *vt, struct buf *out)
{
	int row, col;

	vt_cursor(vt, &row, &col);
	buf_printf(out, "%dx%d cursor %d,%d\n", vt->cols, vt->rows, row, col);
	for (row = 0; row < vt->rows; row++) {
		buf_char(out, '|');
		vt_row(vt, row, out);
		buf_char(out, '\n');
	}
	for (row = 0; row < vt->rows; row++)
		runs(vt, row, out);
}
