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
void buf_add(struct buf *buf, const void *bytes, size_t len);
void buf_text(struct buf *buf, const char *text);
void buf_char(struct buf *buf, char c);
void buf_printf(struct buf *buf, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
const char *buf_cstr(const struct buf *buf); /* never NULL */

#endif
