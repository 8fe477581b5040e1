/* A document's table as CSV: DOMAIN.md 9.1, safe for spreadsheets. */
#include "core/report/document.h"

#include <string.h>

#include "core/base/i18n.h"
#include "core/codec/csv.h"
#include "core/model/reason.h"

enum { FLUSH_BYTES = 1 << 16, EXTRA = 2 };

struct csv_out {
	const struct doc_table *table;
	const char *mark;
	struct buf buf;
	const char *fields[DOC_COLUMNS_MAX + EXTRA];
	size_t count;
};

static void begin(struct csv_out *out, const char *kind)
{
	out->count = 0;
	if (out->table->csv_kinds)
		out->fields[out->count++] = kind;
}

/* A number is no formula: -2.00 stays what a program can read. */
static bool is_number(const char *text)
{
	const char *digits = *text == '-' ? text + 1 : text;

	return *digits && digits[strspn(digits, "0123456789.")] == '\0';
}

static void finish(struct csv_out *out, const char *mark)
{
	out->fields[out->count++] = mark;
	for (size_t i = 0; i < out->count; i++) {
		const char *text = out->fields[i] ? out->fields[i] : "";

		csv_write(&out->buf, text, strlen(text), i == 0, is_number(text) ? 0 : CSV_GUARD);
	}
	csv_write_end(&out->buf, 0);
}

/* The heads are names of fields, the same in every language. */
static void head(struct csv_out *out)
{
	begin(out, "row");
	for (size_t c = 0; c < out->table->column_count; c++) {
		const char *name = out->table->columns[c].field;

		out->fields[out->count++] = name ? name : document_label(out->table, c);
	}
	finish(out, "watermark");
}

static void row(struct csv_out *out, const struct doc_row *from, struct arena *scratch)
{
	begin(out, document_row_kind(from->kind));
	for (size_t c = 0; c < out->table->column_count; c++)
		out->fields[out->count++] = document_cell(out->table, from, c, true, scratch);
	finish(out, out->mark);
}

static const struct doc_table *csv_table(const struct document *doc)
{
	for (size_t i = 0; i < doc->block_count; i++)
		if (doc->blocks[i].kind == DOC_TABLE && doc->blocks[i].table->csv)
			return doc->blocks[i].table;
	return NULL;
}

static int send(struct csv_out *out, const struct doc_sink *sink, struct error *err)
{
	int rc = out->buf.len ? sink->write(sink->context, buf_cstr(&out->buf), out->buf.len, err) : 0;

	buf_clear(&out->buf);
	return rc;
}

int document_csv(const struct document *doc, const struct doc_options *options,
		 const struct doc_sink *sink, struct error *err)
{
	struct csv_out out = { .table = csv_table(doc), .buf = BUF_INIT };
	struct arena scratch = ARENA_INIT, kept = ARENA_INIT;
	int rc = 0;

	if (!out.table)
		return error_reason(err, REASON_REPORT_NO_CSV, "title", doc->title, NULL);
	out.mark = document_watermark(doc, &kept);
	if (options->bom)
		buf_text(&out.buf, CSV_BOM);
	head(&out);
	for (size_t r = 0; rc == 0 && r < out.table->row_count; r++) {
		const struct doc_row *from = &out.table->rows[r];

		if (document_stopped(options, (int64_t)r, (int64_t)out.table->row_count))
			rc = error_reason(err, REASON_CANCELLED, NULL);
		if (rc < 0 || from->kind == DOC_GROUP ||
		    (from->kind != DOC_RECORD && !out.table->csv_kinds))
			continue;
		row(&out, from, &scratch);
		arena_clear(&scratch);
		if (out.buf.len >= FLUSH_BYTES)
			rc = send(&out, sink, err);
	}
	if (rc == 0)
		rc = send(&out, sink, err);
	buf_release(&out.buf);
	arena_release(&scratch);
	arena_release(&kept);
	return rc;
}
