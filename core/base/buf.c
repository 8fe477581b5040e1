#include "core/base/buf.h"

#include "core/base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buf_init(struct buf *buf, size_t limit)
{
	memset(buf, 0, sizeof *buf);
	buf->limit = limit;
}

void buf_release(struct buf *buf)
{
	free(buf->bytes);
	buf_init(buf, buf->limit);
}

void buf_clear(struct buf *buf)
{
	buf->len = 0;
	buf->overflow = false;
	if (buf->bytes)
		buf->bytes[0] = '\0';
}

bool buf_reserve(struct buf *buf, size_t len)
{
	size_t limit = buf->limit ? buf->limit : BUF_LIMIT;
	size_t cap;

	if (buf->overflow || len > limit - buf->len) {
		buf->overflow = true;
		return false;
	}
	if (buf->len + len < buf->cap)
		return true;
	cap = buf->cap ? buf->cap * 2 : 512;
	while (cap < buf->len + len + 1)
		cap *= 2;
	if (cap > limit + 1) /* buf_add() looks at this alone */
		cap = limit + 1;
	buf->bytes = mem_grow(buf->bytes, cap);
	buf->cap = cap;
	return true;
}

void buf_printf(struct buf *buf, const char *format, ...)
{
	va_list args, again;
	int len;

	va_start(args, format);
	va_copy(again, args);
	len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (len >= 0 && buf_reserve(buf, (size_t)len)) {
		vsnprintf(buf->bytes + buf->len, (size_t)len + 1, format, again);
		buf->len += (size_t)len;
	}
	va_end(again);
}

char *int_text(int64_t value, char room[INT_TEXT], size_t *len)
{
	uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
	size_t at = INT_TEXT - 1;

	room[at] = '\0';
	do {
		room[--at] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest);
	if (value < 0)
		room[--at] = '-';
	*len = INT_TEXT - 1 - at;
	return room + at;
}

void buf_int(struct buf *buf, int64_t value)
{
	char room[INT_TEXT];
	size_t len;
	const char *text = int_text(value, room, &len);

	buf_add(buf, text, len);
}

const char *buf_cstr(const struct buf *buf)
{
	return buf->bytes ? buf->bytes : "";
}
