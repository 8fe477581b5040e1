/* csv.h: comma-separated values, as people have them. DOMAIN.md 9.1, RFC 4180.
 *
 * Reading streams through one buffer: fields point into it, nothing is
 * allocated for a record, and a line of any length costs at most the limit.
 * UTF-8 with or without BOM; GB18030 when the bytes are not valid UTF-8 (the
 * file is looked through once before); CRLF or LF; line breaks and doubled
 * quotes inside quotes. A quote inside an unquoted field is a character like
 * any other. Empty lines are skipped.
 *
 * Writing: quotes where they are needed, CRLF, and on request the guard of
 * 9.1: an apostrophe before what a spreadsheet would take for a formula. */
#ifndef OV_CODEC_CSV_H
#define OV_CODEC_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buf.h"
#include "core/base/error.h"

enum csv_encoding { CSV_AUTO, CSV_UTF8, CSV_GB18030 };

enum {
	CSV_FIELDS_MAX = 1024,
	CSV_LINE_LIMIT = 1 << 20 /* default of import.line_limit, in bytes */
};

struct csv_field {
	const char *text; /* UTF-8, no NUL behind it, no NUL inside */
	size_t len;
};

/* One record; all of it is gone with the next call. */
struct csv_record {
	const struct csv_field *fields;
	size_t count;
	int64_t line;    /* where it begins, from 1 */
	const char *raw; /* its bytes as UTF-8, without the line end */
	size_t raw_len;
};

struct csv_reader;

/* Opens a file ("-": standard input). LINE_LIMIT 0 stands for the default.
 * 0, or FILE_OPEN, FILE_ENCODING (OV_EINPUT). */
int csv_open(const char *path, enum csv_encoding encoding, size_t line_limit,
	     struct csv_reader **reader, struct error *err);
void csv_close(struct csv_reader *reader); /* NULL is allowed */

/* The next record: 1, 0 at the end, or OV_EINPUT with file and line:
 * FILE_NUL, FILE_LIMIT, FILE_ENCODING, CSV_QUOTE end the reading (the next call
 * says the same); after CSV_COLUMNS the record is there, and reading may go on.
 * The first record is the header: it says how many fields the others have;
 * CSV_EMPTY when there is none. */
int csv_next(struct csv_reader *reader, struct csv_record *record, struct error *err);

/* What was found: CSV_UTF8 or CSV_GB18030. */
enum csv_encoding csv_encoding(const struct csv_reader *reader);
bool csv_has_bom(const struct csv_reader *reader);
bool csv_has_crlf(const struct csv_reader *reader); /* of the last line read */
/* Bytes of the file, and how many are behind us: for progress. */
int64_t csv_size(const struct csv_reader *reader);
int64_t csv_done(const struct csv_reader *reader);

/* Adds UTF-8 text in the file's own encoding, for a file of rejected rows. */
void csv_encode(const struct csv_reader *reader, const char *text, size_t len,
		struct buf *out);

enum csv_write_flag { CSV_GUARD = 1 << 0, CSV_LF = 1 << 1 };

#define CSV_BOM "\xef\xbb\xbf"

/* One field; a comma goes before it unless it is the first of its line. */
void csv_write(struct buf *out, const char *text, size_t len, bool first, unsigned flags);
/* A whole line; NULL is an empty field. */
void csv_write_row(struct buf *out, const char *const *fields, size_t count, unsigned flags);
void csv_write_end(struct buf *out, unsigned flags);

/* Takes off the apostrophe or tab that keeps a spreadsheet from touching a
 * value; returns the new beginning and shortens *len. */
const char *csv_unguard(const char *text, size_t *len);
/* Has a spreadsheet destroyed this number (1.51011E+12, or zeros from the 16th
 * digit on)? CSV_DIGITS_LOST of DOMAIN.md 9.1. */
bool csv_digits_lost(const char *text, size_t len);

#endif
