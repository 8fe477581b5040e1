#include "core/codec/csv.h"

#include "core/base/arena.h"
#include "core/base/i18n.h"
#include "core/codec/csv_source.h"
#include "core/model/reason.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ustring.h>

enum { BUFFER_MIN = 1 << 18 };

struct csv_reader {
	struct csv_source source;
	size_t limit;
	char *buffer;
	size_t room, len, at; /* bytes allocated, held, used up */
	bool end;             /* the source has no more */
	bool bom, crlf;
	int64_t line;         /* of buffer[at] */
	size_t columns;       /* of the header, 0 before it */
	struct error failed;  /* what ended the reading */
	char *scratch;        /* fields whose doubled quotes are undone */
	size_t scratch_room, scratch_len;
	struct csv_field fields[CSV_FIELDS_MAX];
};

/* How far the parser came with the record at hand. */
enum outcome { DONE, MORE, QUOTE_OPEN, QUOTE_TEXT, NUL_BYTE, TOO_MANY };

struct parse {
	const char *at, *end;
	size_t count;
	int64_t lines;      /* line ends inside the record so far */
	int64_t quote_line; /* lines before the last opening quote */
	bool in_quotes;
};

int csv_open(const char *path, enum csv_encoding encoding, size_t line_limit,
	     struct csv_reader **reader, struct error *err)
{
	struct csv_reader *r = mem_alloc(sizeof *r);
	int rc = csv_source_open(&r->source, path, encoding, err);

	*reader = NULL;
	if (rc) {
		csv_close(r);
		return rc;
	}
	r->limit = line_limit ? line_limit : CSV_LINE_LIMIT;
	r->room = BUFFER_MIN;
	r->buffer = mem_grow(NULL, r->room);
	r->line = 1;
	*reader = r;
	return 0;
}

void csv_close(struct csv_reader *reader)
{
	if (!reader)
		return;
	csv_source_close(&reader->source);
	free(reader->buffer);
	free(reader->scratch);
	free(reader);
}

static int refuse(struct csv_reader *r, enum reason reason, int64_t line, struct error *err)
{
	char number[24], limit[24];

	snprintf(number, sizeof number, "%lld", (long long)line);
	snprintf(limit, sizeof limit, "%zu", r->limit);
	error_reason(&r->failed, reason, "file", r->source.name, "line", number,
		     "limit", limit, "why", reason == REASON_FILE_BAD ?
		     _("too many fields") : "", NULL);
	snprintf(r->failed.place, sizeof r->failed.place, "%s:%s", r->source.name, number);
	*err = r->failed;
	return err->code;
}

/* Undoes the doubled quotes of a field into the scratch memory. */
static void unescape(struct csv_reader *r, struct csv_field *field)
{
	char *out = r->scratch + r->scratch_len;
	size_t len = 0;

	for (size_t i = 0; i < field->len; i++) {
		out[len++] = field->text[i];
		if (field->text[i] == '"')
			i++;
	}
	field->text = out;
	field->len = len;
	r->scratch_len += len;
}

/* Scratch for the whole record, taken before the first field goes there, so
 * that no field moves. */
static void scratch_need(struct csv_reader *r)
{
	size_t need = r->len - r->at;

	if (r->scratch_len || r->scratch_room >= need)
		return;
	free(r->scratch);
	r->scratch_room = need;
	r->scratch = mem_alloc(need);
}

static enum outcome quoted_field(struct csv_reader *r, struct parse *p)
{
	struct csv_field *field = &r->fields[p->count];
	const char *start = ++p->at, *from = start;
	bool doubled = false;

	p->in_quotes = true;
	p->quote_line = p->lines;
	for (;;) {
		const char *quote = memchr(p->at, '"', (size_t)(p->end - p->at));

		if (!quote || (quote + 1 == p->end && !r->end)) {
			if (memchr(start, '\0', (size_t)(p->end - start)))
				return NUL_BYTE;
			return r->end ? QUOTE_OPEN : MORE;
		}
		p->at = quote + 1;
		if (p->at == p->end || *p->at != '"') {
			*field = (struct csv_field){ start, (size_t)(quote - start) };
			break;
		}
		doubled = true;
		p->at++;
	}
	if (memchr(start, '\0', field->len))
		return NUL_BYTE;
	while ((from = memchr(from, '\n', field->len - (size_t)(from - start))) != NULL) {
		p->lines++;
		from++;
	}
	p->in_quotes = false;
	if (doubled) {
		scratch_need(r);
		unescape(r, field);
	}
	if (p->at < p->end && *p->at != ',' && *p->at != '\n' && *p->at != '\r')
		return QUOTE_TEXT;
	return DONE;
}

/* Bytes a plain field goes on over: all but NUL, comma and line feed. */
static enum outcome plain_field(struct csv_reader *r, struct parse *p)
{
	const char *start = p->at, *at = start, *end = p->end;

	while (at < end && *at != ',' && *at != '\n' && *at)
		at++;
	p->at = at;
	if (at == end && !r->end)
		return MORE;
	if (at < end && !*at)
		return NUL_BYTE;
	/* The CR of a line end is no part of the field. */
	if (at > start && at[-1] == '\r' && (at == end || *at == '\n'))
		at--;
	r->fields[p->count] = (struct csv_field){ start, (size_t)(at - start) };
	return DONE;
}

/* One record from the buffer, with its line end. */
static enum outcome record_parse(struct csv_reader *r, struct parse *p)
{
	enum outcome outcome;

	r->scratch_len = 0;
	for (;;) {
		if (p->count == CSV_FIELDS_MAX)
			return TOO_MANY;
		outcome = p->at < p->end && *p->at == '"' ? quoted_field(r, p) : plain_field(r, p);
		if (outcome != DONE)
			return outcome;
		p->count++;
		if (p->at == p->end)
			return r->end ? DONE : MORE;
		if (*p->at == ',') {
			p->at++;
			continue;
		}
		/* Behind a quoted field a CR is only half a line end. */
		if (*p->at == '\r' && ++p->at == p->end)
			return r->end ? DONE : MORE;
		if (*p->at != '\n')
			return QUOTE_TEXT;
		p->at++;
		p->lines++;
		return DONE;
	}
}

/* Moves the unread rest to the front and reads more behind it. */
static int refill(struct csv_reader *r, struct error *err)
{
	enum csv_source_result result;
	size_t got;

	memmove(r->buffer, r->buffer + r->at, r->len - r->at);
	r->len -= r->at;
	r->at = 0;
	if (r->room - r->len < BUFFER_MIN / 2) {
		r->room = r->room * 2;
		r->buffer = mem_grow(r->buffer, r->room);
	}
	result = csv_source_read(&r->source, r->buffer + r->len, r->room - r->len, &got);
	r->len += got;
	r->end = got == 0;
	if (result == SOURCE_IO) {
		error_reason(&r->failed, REASON_FILE_OPEN, "file", r->source.name,
			     "why", strerror(errno), NULL);
		*err = r->failed;
		return err->code;
	}
	if (result == SOURCE_ENCODING) {
		int64_t line = r->line;

		for (size_t i = 0; i < r->len; i++)
			line += r->buffer[i] == '\n';
		csv_source_refuse(&r->source, line, &r->failed);
		*err = r->failed;
		return err->code;
	}
	return 0;
}

static int bom_skip(struct csv_reader *r, struct error *err)
{
	int rc = 0;

	while (!rc && !r->end && r->len < 3)
		rc = refill(r, err);
	if (!rc && r->len >= 3 && !memcmp(r->buffer, CSV_BOM, 3)) {
		r->bom = true;
		r->at = 3;
	}
	return rc;
}

static int parse_refused(struct csv_reader *r, const struct parse *p, enum outcome outcome,
			 struct error *err)
{
	switch (outcome) {
	case NUL_BYTE:
		return refuse(r, REASON_FILE_NUL, r->line + p->lines, err);
	case TOO_MANY:
		return refuse(r, REASON_FILE_BAD, r->line, err);
	default:
		return refuse(r, REASON_CSV_QUOTE, r->line + p->quote_line, err);
	}
}

/* A record longer than the limit: most likely a quote was left open when it
 * runs over several lines. */
static int limit_refused(struct csv_reader *r, const struct parse *p, struct error *err)
{
	bool lines = memchr(r->buffer + r->at, '\n', r->len - r->at);

	return refuse(r, p->in_quotes && lines ? REASON_CSV_QUOTE : REASON_FILE_LIMIT,
		      r->line + p->quote_line, err);
}

static void record_fill(struct csv_reader *r, const struct parse *p, struct csv_record *record)
{
	const char *start = r->buffer + r->at;
	size_t len = (size_t)(p->at - start);

	r->crlf = false;
	if (len && start[len - 1] == '\n')
		len--;
	if (len && start[len - 1] == '\r') {
		len--;
		r->crlf = true;
	}
	*record = (struct csv_record){ r->fields, p->count, r->line, start, len };
}

static int columns_check(struct csv_reader *r, const struct csv_record *record,
			 struct error *err)
{
	char line[24], have[24], want[24];
	int rc;

	if (!r->columns)
		r->columns = record->count;
	if (record->count == r->columns)
		return 1;
	snprintf(line, sizeof line, "%lld", (long long)record->line);
	snprintf(have, sizeof have, "%zu", record->count);
	snprintf(want, sizeof want, "%zu", r->columns);
	rc = error_reason(err, REASON_CSV_COLUMNS, "file", r->source.name, "line", line,
			  "have", have, "want", want, NULL);
	snprintf(err->place, sizeof err->place, "%s:%s", r->source.name, line);
	return rc;
}

int csv_next(struct csv_reader *reader, struct csv_record *record, struct error *err)
{
	struct csv_reader *r = reader;
	int rc = 0;

	memset(record, 0, sizeof *record);
	if (r->failed.code) {
		*err = r->failed;
		return err->code;
	}
	if (!r->len && !r->end && (rc = bom_skip(r, err)) != 0)
		return rc;
	for (;;) {
		struct parse p = { .at = r->buffer + r->at, .end = r->buffer + r->len };
		enum outcome outcome;

		if (r->at == r->len && r->end) {
			if (r->columns)
				return 0;
			error_reason(&r->failed, REASON_CSV_EMPTY, "file", r->source.name, NULL);
			*err = r->failed;
			return err->code;
		}
		outcome = record_parse(r, &p);
		if (outcome == MORE) {
			if (r->len - r->at > r->limit + 2) /* a line end does not count */
				return limit_refused(r, &p, err);
			if ((rc = refill(r, err)) != 0)
				return rc;
			continue;
		}
		if (outcome != DONE)
			return parse_refused(r, &p, outcome, err);
		record_fill(r, &p, record);
		if (record->raw_len > r->limit) {
			memset(record, 0, sizeof *record);
			return limit_refused(r, &p, err);
		}
		r->at = (size_t)(p.at - r->buffer);
		r->line += p.lines;
		if (record->raw_len)
			return columns_check(r, record, err);
		memset(record, 0, sizeof *record);
	}
}

enum csv_encoding csv_encoding(const struct csv_reader *reader)
{
	return reader->source.encoding;
}

bool csv_has_bom(const struct csv_reader *reader)
{
	return reader->bom;
}

bool csv_has_crlf(const struct csv_reader *reader)
{
	return reader->crlf;
}

int64_t csv_size(const struct csv_reader *reader)
{
	return reader->source.size;
}

int64_t csv_done(const struct csv_reader *reader)
{
	int64_t ahead = (int64_t)(reader->len - reader->at);

	return reader->source.read > ahead ? reader->source.read - ahead : 0;
}

void csv_encode(const struct csv_reader *reader, const char *text, size_t len,
		struct buf *out)
{
	UErrorCode status = U_ZERO_ERROR;
	UConverter *converter;
	UChar *wide;
	char *bytes;
	int32_t units, got;

	converter = reader->source.encoding == CSV_GB18030 ? ucnv_open("gb18030", &status) : NULL;
	if (!converter) {
		buf_add(out, text, len);
		return;
	}
	wide = mem_alloc((len + 1) * sizeof *wide);
	bytes = mem_alloc(len * 4 + 8);
	u_strFromUTF8WithSub(wide, (int32_t)len + 1, &units, text, (int32_t)len, 0xfffd, NULL,
			     &status);
	got = ucnv_fromUChars(converter, bytes, (int32_t)(len * 4 + 8), wide, units, &status);
	if (U_SUCCESS(status))
		buf_add(out, bytes, (size_t)got);
	free(wide);
	free(bytes);
	ucnv_close(converter);
}
