/* paper.h: sheets of A4 to draw on, as PDF: text in embedded fonts, rules and
 * fills. Only for document_pdf.c. Lengths are points, from the upper left
 * corner of the sheet. Without a sink nothing is drawn, but everything is
 * measured as it would be. Equal calls give equal bytes. */
#ifndef OV_REPORT_PAPER_H
#define OV_REPORT_PAPER_H

#include "core/report/document.h"

struct paper;

enum paper_ink { INK_BLACK, INK_GREY, INK_ACCENT, INK_PALE, INK_LINE, INK_WATERMARK };

struct paper_style {
	double size; /* of the type, in points */
	bool bold, serif;
	enum paper_ink ink;
	enum text_align align;
};

/* SINK NULL: only measures. REPORT_FONT when there is no Chinese font, and
 * REPORT_PDF when the libraries are missing. TITLE and CREATED stand in the
 * file's own description. */
int paper_open(bool across, const char *title, int64_t created, const struct doc_sink *sink,
	       struct paper **out, struct error *err);
/* Ends the last sheet and the file. 0, or what the sink said first. */
int paper_close(struct paper *paper, struct error *err);

double paper_width(const struct paper *paper);
double paper_height(const struct paper *paper);
void paper_next(struct paper *paper); /* the next sheet */

/* How high TEXT is, set in lines of WIDTH. A text that is surely one line costs
 * nothing to measure. */
double paper_text_height(struct paper *paper, const char *text, double width,
			 const struct paper_style *style);
/* Sets it there, in as many lines as that. */
void paper_text(struct paper *paper, double x, double y, double width, const char *text,
		const struct paper_style *style);
void paper_rule(struct paper *paper, double x, double y, double to_x, double to_y, double width,
		enum paper_ink which);
void paper_dashes(struct paper *paper, double x, double y, double to_x);
void paper_fill(struct paper *paper, double x, double y, double width, double height,
		enum paper_ink which);
/* Grey and slanted over the whole sheet. */
void paper_watermark(struct paper *paper, const char *text);
/* "U+2B7A9 U+30EDE": characters no font of this machine has; "" when none. */
const char *paper_missing(const struct paper *paper);

#endif
