/* The only file that includes qrencode.h. */
#include "core/codec/qr.h"

#include <qrencode.h>
#include <string.h>

#include "core/model/reason.h"

int qr_make(const char *text, enum qr_level level, struct qr *qr, struct arena *arena,
	    struct error *err)
{
	static const QRecLevel levels[] = { QR_ECLEVEL_L, QR_ECLEVEL_M, QR_ECLEVEL_Q,
					    QR_ECLEVEL_H };
	QRcode *code = QRcode_encodeString8bit(text, 0, levels[level]);
	bool *dark;

	memset(qr, 0, sizeof *qr);
	if (!code)
		return error_reason(err, REASON_QR_TOO_LONG, NULL);
	dark = arena_array(arena, (size_t)code->width * (size_t)code->width, sizeof *dark);
	for (int i = 0; i < code->width * code->width; i++)
		dark[i] = code->data[i] & 1;
	qr->side = code->width;
	qr->quiet = QR_QUIET;
	qr->dark = dark;
	QRcode_free(code);
	return 0;
}

int qr_cells(const struct qr *qr, enum qr_style style)
{
	return (qr->side + 2 * qr->quiet) * (style == QR_ASCII ? 2 : 1);
}

int qr_lines(const struct qr *qr, enum qr_style style)
{
	const int rows = qr->side + 2 * qr->quiet;

	return style == QR_ASCII ? rows : (rows + 1) / 2;
}

void qr_line(const struct qr *qr, enum qr_style style, bool inverted, int n, struct buf *out)
{
	static const char *const blocks[2][2] = { { " ", "▄" }, { "▀", "█" } };
	const int rows = qr->side + 2 * qr->quiet;

	for (int x = -qr->quiet; x < qr->side + qr->quiet; x++) {
		const int y = style == QR_ASCII ? n - qr->quiet : 2 * n - qr->quiet;
		const bool upper = qr_dark(qr, x, y) != inverted;
		/* Below the last row of an odd number there is nothing to draw. */
		const bool lower = 2 * n + 1 < rows && qr_dark(qr, x, y + 1) != inverted;

		buf_text(out, style == QR_ASCII ? (upper ? "##" : "  ") : blocks[upper][lower]);
	}
}

void qr_text(const struct qr *qr, enum qr_style style, bool inverted, struct buf *out)
{
	for (int n = 0; n < qr_lines(qr, style); n++) {
		qr_line(qr, style, inverted, n, out);
		buf_char(out, '\n');
	}
}
