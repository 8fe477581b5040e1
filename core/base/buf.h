/* buf.h: the one growing byte buffer, with a hard limit.
 *
 * Past the limit nothing more is added and `overflow` is set: the writer goes
 * on blindly and the owner asks once at the end. `bytes` always ends in a NUL
 * that `len` does not count; it is NULL only before the first byte. */
#ifndef OV_BASE_BUF_H
#define OV_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

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
void buf_add(struct buf *buf, const void *bytes, size_t len);
void buf_text(struct buf *buf, const char *text);
void buf_printf(struct buf *buf, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* Inline, since JSON is put together from single characters. */
static inline void buf_char(struct buf *buf, char c)
{
	if (buf->cap - buf->len < 2 && !buf_reserve(buf, 1))
		return;
	if (buf->overflow || buf->len >= (buf->limit ? buf->limit : BUF_LIMIT)) {
		buf->overflow = true;
		return;
	}
	buf->bytes[buf->len++] = c;
	buf->bytes[buf->len] = '\0';
}

const char *buf_cstr(const struct buf *buf); /* never NULL */

#endif
