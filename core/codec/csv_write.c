#include "core/codec/csv.h"

#include <string.h>

static bool needs_quotes(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (text[i] == ',' || text[i] == '"' || text[i] == '\n' || text[i] == '\r')
			return true;
	return len && (text[0] == ' ' || text[len - 1] == ' ');
}

void csv_write(struct buf *out, const char *text, size_t len, bool first, unsigned flags)
{
	bool guard = (flags & CSV_GUARD) && len && strchr("=+-@\t\r", *text);
	const char *quote;

	if (!first)
		buf_char(out, ',');
	if (!needs_quotes(text, len)) {
		if (guard)
			buf_char(out, '\'');
		buf_add(out, text, len);
		return;
	}
	buf_char(out, '"');
	if (guard)
		buf_char(out, '\'');
	while ((quote = memchr(text, '"', len)) != NULL) {
		size_t piece = (size_t)(quote - text) + 1;

		buf_add(out, text, piece);
		buf_char(out, '"');
		text += piece;
		len -= piece;
	}
	buf_add(out, text, len);
	buf_char(out, '"');
}

void csv_write_end(struct buf *out, unsigned flags)
{
	buf_text(out, flags & CSV_LF ? "\n" : "\r\n");
}

void csv_write_row(struct buf *out, const char *const *fields, size_t count, unsigned flags)
{
	for (size_t i = 0; i < count; i++)
		csv_write(out, fields[i] ? fields[i] : "", fields[i] ? strlen(fields[i]) : 0,
			  i == 0, flags);
	/* A line of one empty field would be an empty line, which is skipped. */
	if (count == 1 && (!fields[0] || !*fields[0]))
		buf_text(out, "\"\"");
	csv_write_end(out, flags);
}

const char *csv_unguard(const char *text, size_t *len)
{
	if (!*len || (*text != '\'' && *text != '\t'))
		return text;
	--*len;
	return text + 1;
}

static size_t digits(const char *text, size_t len)
{
	size_t n = 0;

	while (n < len && text[n] >= '0' && text[n] <= '9')
		n++;
	return n;
}

bool csv_digits_lost(const char *text, size_t len)
{
	enum { DOUBLE_DIGITS = 15 };
	size_t n = digits(text, len), fraction = 0;

	if (n == len && n > DOUBLE_DIGITS) {
		for (size_t i = DOUBLE_DIGITS; i < n; i++)
			if (text[i] != '0')
				return false;
		return true;
	}
	if (n != 1)
		return false;
	if (n < len && text[n] == '.')
		fraction = 1 + digits(text + n + 1, len - n - 1);
	n += fraction;
	if (fraction == 1 || n >= len || (text[n] != 'E' && text[n] != 'e'))
		return false;
	n++;
	if (n < len && (text[n] == '+' || text[n] == '-'))
		n++;
	return n < len && digits(text + n, len - n) == len - n;
}
