/* qr.h: QR codes (ISO/IEC 18004): a text as a matrix of dark and light
 * modules, and the matrix as lines for a terminal or for plain paper.
 *
 * The matrix has no quiet zone; whoever draws it leaves as many light modules as
 * its `quiet` says around it (the functions here do). The same text gives the same matrix. */
#ifndef OV_CODEC_QR_H
#define OV_CODEC_QR_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/error.h"

enum { QR_QUIET = 4, QR_SIDE_MAX = 177, QR_BYTES_MAX = 2331 };

/* How much of the symbol may be damaged: 7, 15, 25, 30 %. */
enum qr_level { QR_LOW, QR_MEDIUM, QR_QUARTILE, QR_HIGH };

struct qr {
	int side;              /* modules */
	int quiet;             /* QR_QUIET; less where there is no room for it */
	const bool *dark;      /* side × side, row by row; in the caller's arena */
};

enum qr_style {
	QR_HALF_BLOCKS, /* two modules a cell, U+2580 … U+2588: half as many lines */
	QR_ASCII        /* "##" and two blanks: for any printer and terminal */
};

/* TEXT as a symbol of the smallest version it fits in. QR_TOO_LONG
 * (OV_EREFUSED) when there is none. */
int qr_make(const char *text, enum qr_level level, struct qr *qr, struct arena *arena,
	    struct error *err);

static inline bool qr_dark(const struct qr *qr, int x, int y)
{
	return x >= 0 && y >= 0 && x < qr->side && y < qr->side && qr->dark[y * qr->side + x];
}

/* Cells and lines of the drawn symbol, quiet zone included. */
int qr_cells(const struct qr *qr, enum qr_style style);
int qr_lines(const struct qr *qr, enum qr_style style);
/* Adds line N (0 … qr_lines() - 1) without a line end. Dark modules are drawn
 * as ink, as on paper; INVERTED draws the light ones instead, which is what a
 * terminal with light letters on dark ground needs. */
void qr_line(const struct qr *qr, enum qr_style style, bool inverted, int n, struct buf *out);
/* All lines, each ended by LF. */
void qr_text(const struct qr *qr, enum qr_style style, bool inverted, struct buf *out);

#endif
