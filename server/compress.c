#include "server/compress.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <zlib.h>
#include <zstd.h>

enum { GZIP_WINDOW = 15 + 16, CHUNK = 16384 };

/* A screenful goes over a line that costs a millisecond for eight bytes: 43 bytes
 * of ten results for 10 µs more, and 13 of what a letter finds for 170 µs more. What
 * is larger is not worth that. */
enum { LETTER = 4096, SMALL = 16384, ZSTD_LETTER = 13, ZSTD_SMALL = 7, ZSTD_LARGE = 3 };

/* Is the coding named, and not with q=0? */
static bool accepted(const char *accept, const char *coding)
{
	size_t len = strlen(coding);

	for (const char *at = accept; at && *at; at += *at == ',') {
		const char *q;
		size_t part;

		at += strspn(at, " \t");
		part = strcspn(at, ",");
		if (part >= len && !strncasecmp(at, coding, len) &&
		    (part == len || strchr("; \t", at[len]))) {
			q = memchr(at, '=', part);
			return !q || strspn(q + 1, "0.") < (size_t)(at + part - q - 1);
		}
		at += part;
	}
	return false;
}

static bool replace(struct buf *body, char *bytes, size_t len)
{
	bool smaller = len < body->len;

	if (smaller) {
		buf_clear(body);
		buf_add(body, bytes, len);
	}
	free(bytes);
	return smaller;
}

static bool zstd(struct buf *body)
{
	size_t room = ZSTD_compressBound(body->len), len;
	char *out = malloc(room);

	if (!out)
		return false;
	len = ZSTD_compress(out, room, body->bytes, body->len,
			    body->len <= LETTER ? ZSTD_LETTER : body->len <= SMALL ? ZSTD_SMALL :
			    ZSTD_LARGE);
	if (ZSTD_isError(len)) {
		free(out);
		return false;
	}
	return replace(body, out, len);
}

static bool gzip(struct buf *body)
{
	z_stream stream = { .next_in = (Bytef *)body->bytes, .avail_in = (uInt)body->len };
	char *out;
	uLong room;
	int rc;

	if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, GZIP_WINDOW, 8,
			 Z_DEFAULT_STRATEGY) != Z_OK)
		return false;
	room = deflateBound(&stream, (uLong)body->len);
	out = malloc(room);
	stream.next_out = (Bytef *)out;
	stream.avail_out = (uInt)room;
	rc = out ? deflate(&stream, Z_FINISH) : Z_MEM_ERROR;
	deflateEnd(&stream);
	if (rc != Z_STREAM_END) {
		free(out);
		return false;
	}
	return replace(body, out, stream.total_out);
}

const char *compress_body(struct buf *body, const char *accept)
{
	if (!accept || body->len <= COMPRESS_FROM || body->len > UINT32_MAX / 2)
		return NULL;
	if (accepted(accept, "zstd") && zstd(body))
		return "zstd";
	return accepted(accept, "gzip") && gzip(body) ? "gzip" : NULL;
}

int gunzip_body(struct buf *body, size_t limit)
{
	z_stream stream = { .next_in = (Bytef *)body->bytes, .avail_in = (uInt)body->len };
	struct buf out = BUF_INIT;
	Bytef *chunk = malloc(CHUNK);
	int rc = chunk ? inflateInit2(&stream, GZIP_WINDOW) : Z_MEM_ERROR;

	buf_init(&out, limit);
	while (rc == Z_OK && !out.overflow) {
		stream.next_out = chunk;
		stream.avail_out = CHUNK;
		rc = inflate(&stream, Z_NO_FLUSH);
		if (rc == Z_OK || rc == Z_STREAM_END)
			buf_add(&out, chunk, CHUNK - stream.avail_out);
	}
	if (chunk && rc != Z_MEM_ERROR)
		inflateEnd(&stream);
	free(chunk);
	if (out.overflow || rc != Z_STREAM_END || stream.avail_in) {
		int answer = out.overflow ? 1 : -1;

		buf_release(&out);
		return answer;
	}
	buf_release(body);
	*body = out;
	return 0;
}
