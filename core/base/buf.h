/* buf.h: the one growing byte buffer, with a hard limit.
 *
 * Past the limit nothing more is added and `overflow` is set: the writer
 * goes on blindly and the owner asks once at the end. `bytes` always ends in a NUL
 * that `len` does not count; it is NULL only before the first byte. */
#ifndef OV_BASE_BUF_H
#define OV_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct buf {
	char *bytes;
	size_t len, cap;
	size_t limit; /* most bytes it may hold; 0 stands for BUF_LIMIT */
	bool overflow;
};

enum { BUF_LIMIT = 64 << 20 };

#define BUF_INIT { .bytes = NULL }

void buf_init(struct buf *buf, size_t limit);
void buf_release(struct buf *buf);
void buf_clear(struct buf *buf); /* keeps the memory */
/* Makes room for LEN more bytes and the NUL; false past the limit. */
bool buf_reserve(struct buf *buf, size_t len);
void buf_printf(struct buf *buf, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* Inline, since JSON is put together from small pieces. */
static inline void buf_add(struct buf *buf, const void *bytes, size_t len)
{
	if ((buf->overflow || buf->len + len >= buf->cap) && !buf_reserve(buf, len))
		return;
	if (len)
		memcpy(buf->bytes + buf->len, bytes, len);
	buf->len += len;
	buf->bytes[buf->len] = '\0';
}

static inline void buf_char(struct buf *buf, char c)
{
	buf_add(buf, &c, 1);
}

static inline void buf_text(struct buf *buf, const char *text)
{
	buf_add(buf, text, strlen(text));
}

/* The decimal digits of VALUE at the end of ROOM, with a NUL behind; *LEN without it.
 * A record is full of numbers, and snprintf() takes ten times as long. */
enum { INT_TEXT = 21 };
char *int_text(int64_t value, char room[INT_TEXT], size_t *len);
void buf_int(struct buf *buf, int64_t value);

const char *buf_cstr(const struct buf *buf); /* never NULL */

#endif
