/* document.h: a document before it is paper: a head, blocks, and three writers.
 *
 * A document is made once of records (report.h) and written as text of 80 or
 * 132 columns, as CSV, or as PDF (A4). It holds records and texts by reference:
 * cells are formatted while they are written, so that a table of half a million
 * rows costs its records and nothing more. Everything lives in the caller's
 * arena.
 *
 * Each page has the title, centre, time of printing, user, page n of m, and the
 * first eight digits of the ledger's last hash (DOMAIN.md 8). Exports carry a
 * watermark of user and time (DOMAIN.md 7.3): the foot of a text, the last
 * column of a CSV, grey across the pages of a PDF. No writer asks the clock:
 * equal documents give equal bytes. */
#ifndef OV_REPORT_DOCUMENT_H
#define OV_REPORT_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/codec/qr.h"
#include "core/model/field.h"

struct bundle; /* core/model/kind.h */

enum { DOC_COLUMNS_MAX = 40 };

enum doc_row_kind {
	DOC_RECORD,
	DOC_GROUP,    /* a heading inside the table: its first cell */
	DOC_SUBTOTAL,
	DOC_TOTAL,
	DOC_OPENING,  /* a balance brought forward */
	DOC_CLOSING,
	DOC_ROW_KINDS
};

struct doc_column {
	const char *field; /* of the table's records; NULL: the row's own cells */
	const char *label; /* untranslated; NULL: the field's */
	int cells;         /* least width; 0: the field's */
	bool grows;        /* takes what is left of the line */
	bool sum;          /* added up in subtotals and totals */
	bool csv_only;     /* not on paper: the groups' headings say it */
	enum text_align align;
};

/* A row shows RECORD through the columns' fields; on paper CELLS go before. */
struct doc_row {
	enum doc_row_kind kind;
	const void *record;
	const char *const *cells; /* one for each column, NULL inside: nothing */
};

struct doc_table {
	const struct field_table *fields; /* of the records; NULL: cells only */
	const struct doc_column *columns;
	size_t column_count;
	const char *const *labels; /* translated heads instead of the columns' own; may be NULL */
	struct doc_row *rows;
	size_t row_count, row_room;
	bool csv;       /* this table is what the CSV holds */
	bool csv_only;  /* not on paper: a flat form of what is drawn there */
	bool csv_kinds; /* the CSV has the kind of each row, and rows that are no records */
	bool grid;      /* lines between all cells */
};

enum doc_block_kind {
	DOC_HEADING,
	DOC_PARAGRAPH,
	DOC_PAIRS, /* label and value, two pairs a line where there is room */
	DOC_TABLE,
	DOC_QR,    /* with a text beside or below it */
	DOC_TEAR,  /* cut here */
	DOC_SIGN,  /* places for a signature and the seal */
	DOC_SPACE
};

struct doc_pair {
	const char *label, *value; /* translated */
};

struct doc_block {
	enum doc_block_kind kind;
	const char *text;
	struct doc_pair *pairs;
	size_t pair_count;
	struct doc_table *table;
	struct qr qr;
};

struct document {
	struct arena *arena; /* not owned */
	const char *title, *subtitle; /* translated; the subtitle may be NULL */
	const char *centre, *user;    /* "" when unknown */
	const char *printed;          /* time of printing, in the centre's zone */
	int64_t printed_at;           /* the same, UTC seconds */
	char ledger[9];               /* "--------" when the ledger is empty */
	const struct bundle *records; /* what it was made of; may be NULL */
	bool wide;                    /* 132 columns, A4 across, unless asked otherwise */
	struct doc_block *blocks;
	size_t block_count, block_room;
};

void document_init(struct document *doc, struct arena *arena, const char *title);

/* Each adds a block at the end. Texts are translated and kept, not copied. */
void document_heading(struct document *doc, const char *text);
void document_paragraph(struct document *doc, const char *text);
void document_tear(struct document *doc, const char *text);
void document_sign(struct document *doc, const char *text);
void document_space(struct document *doc);
void document_qr(struct document *doc, const struct qr *qr, const char *text);
struct doc_block *document_pairs(struct document *doc);
/* VALUE NULL or "" shows a dash. */
void document_pair(struct document *doc, struct doc_block *pairs, const char *label,
		   const char *value);
/* The field's label, and its value as people read it. */
void document_pair_field(struct document *doc, struct doc_block *pairs,
			 const struct field_table *table, const void *record, const char *name);

struct doc_table *document_table(struct document *doc, const struct field_table *fields,
				 const struct doc_column *columns, size_t count);
#define DOCUMENT_TABLE(DOC, FIELDS, COLUMNS) \
	document_table(DOC, FIELDS, COLUMNS, sizeof(COLUMNS) / sizeof(COLUMNS)[0])

struct doc_row *document_row(struct document *doc, struct doc_table *table,
			     enum doc_row_kind kind, const void *record);
/* A row of its own cells, all empty: the caller fills them in. */
const char **document_cells(struct document *doc, struct doc_table *table,
			    enum doc_row_kind kind);
/* All records of a list. With GROUP (a field's name) a heading row goes before
 * each run of equal values, and with sum columns a subtotal behind it. */
void document_rows(struct document *doc, struct doc_table *table,
		   const struct record_list *list, const char *group);
/* A row of KIND with the sums of the sum columns over the record rows FROM … to
 * the end; the first cell is LABEL. */
void document_sum(struct document *doc, struct doc_table *table, enum doc_row_kind kind,
		  const char *label, size_t from);

/* Where bytes go. WRITE returns 0 or an OV_E… code with ERR filled. */
struct doc_sink {
	int (*write)(void *context, const void *bytes, size_t len, struct error *err);
	void *context;
};
/* CONTEXT is a struct buf; FILE_LIMIT past its limit. */
int document_to_buf(void *context, const void *bytes, size_t len, struct error *err);

/* Units done and in all; true asks to stop: the writer answers OV_ECANCELLED. */
typedef bool doc_progress(void *context, int64_t done, int64_t total);

struct doc_options {
	int columns;        /* of a text: 80, 132; 0: the document's own */
	int lines;          /* of a text's page; 0: 66 */
	enum qr_style qr;   /* in a text */
	bool bom;           /* a CSV begins with a byte-order mark */
	doc_progress *progress;
	void *progress_context;
};

int document_text(const struct document *doc, const struct doc_options *options,
		  const struct doc_sink *sink, struct error *err);
/* REPORT_NO_CSV (OV_EREFUSED) when no table of the document is meant for it. */
int document_csv(const struct document *doc, const struct doc_options *options,
		 const struct doc_sink *sink, struct error *err);
/* REPORT_FONT (OV_ESTORAGE) when the machine has no Chinese font. Characters
 * that the font lacks are drawn as U+3013 and named at the end. */
int document_pdf(const struct document *doc, const struct doc_options *options,
		 const struct doc_sink *sink, struct error *err);

/* --- for the writers --- */

/* A cell for people or (MACHINE) for programs, as it is: not sanitised. Valid
 * until SCRATCH is cleared; never NULL. */
const char *document_cell(const struct doc_table *table, const struct doc_row *row,
			  size_t column, bool machine, struct arena *scratch);
const char *document_label(const struct doc_table *table, size_t column);
enum text_align document_align(const struct doc_table *table, size_t column);
int document_cells_wide(const struct doc_table *table, size_t column);
const char *document_row_kind(enum doc_row_kind kind); /* "record", "total" … stable */
/* The columns that are on paper, and their widths in UNITS of a line: fixed ones
 * keep theirs, growing ones share the rest; all shrink alike when there isn't
 * room. GAP stands between two columns. */
struct doc_layout {
	size_t count;
	size_t column[DOC_COLUMNS_MAX];
	int width[DOC_COLUMNS_MAX];
};
void document_layout(const struct doc_table *table, int units, int gap,
		     struct doc_layout *layout);
/* Bytes of TEXT that one line of CELLS holds, broken at a blank where one is
 * near; *skip gets the blanks that fall away at the break. At least one
 * character when there is any. */
size_t document_break(const char *text, int cells, size_t *skip);
const char *document_watermark(const struct document *doc, struct arena *arena);
/* Asks whether to stop, now and then. */
bool document_stopped(const struct doc_options *options, int64_t done, int64_t total);

#endif
