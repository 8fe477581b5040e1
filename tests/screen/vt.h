/* vt.h: a libvterm screen as text, for the screen and the pty tests. */
#ifndef OV_TESTS_SCREEN_VT_H
#define OV_TESTS_SCREEN_VT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buf.h"

struct vt;

struct vt *vt_new(int rows, int cols);
void vt_free(struct vt *vt);
void vt_write(struct vt *vt, const char *bytes, size_t len);
void vt_resize(struct vt *vt, int rows, int cols);
/* One row's text without blanks at its end. */
void vt_row(struct vt *vt, int row, struct buf *out);
bool vt_shows(struct vt *vt, const char *text);
/* The first row with TEXT, from 0; -1 when there is none. */
int vt_row_of(struct vt *vt, const char *text);
void vt_cursor(struct vt *vt, int *row, int *col);
/* Size, cursor, rows, and the runs of cells with attributes. */
void vt_dump(struct vt *vt, struct buf *out);

#endif
