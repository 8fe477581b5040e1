#include "config.h"

#include "tests/pty/cast.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/text.h"
#include "tests/screen/cmocka.h"

struct cast {
	FILE *file;
	double at;
	struct buf bytes; /* not written yet: of this moment, or half a character */
};

static void text_write(FILE *file, const char *text, size_t len)
{
	size_t i;

	putc('"', file);
	for (i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c == '"' || c == '\\')
			fprintf(file, "\\%c", c);
		else if (c < 0x20 || c == 0x7f)
			fprintf(file, "\\u%04x", c);
		else
			putc(c, file);
	}
	putc('"', file);
}

struct cast *cast_open(const char *path, int rows, int cols, const char *title)
{
	struct cast *cast;

	if (!path)
		return NULL;
	cast = mem_alloc(sizeof *cast);
	buf_init(&cast->bytes, 1 << 22);
	cast->file = fopen(path, "w");
	assert_non_null(cast->file);
	fprintf(cast->file, "{\"version\": 2, \"width\": %d, \"height\": %d, \"title\": ", cols, rows);
	text_write(cast->file, title, strlen(title));
	fputs("}\n", cast->file);
	return cast;
}

/* Bytes of a character that has begun and isn't whole yet. */
static size_t begun(const struct buf *bytes)
{
	size_t back;

	for (back = 1; back < 4 && back <= bytes->len; back++) {
		unsigned char c = (unsigned char)bytes->bytes[bytes->len - back];

		if ((c & 0xc0) == 0x80)
			continue;
		return c >= 0xf0 ? back < 4 ? back : 0 : c >= 0xe0 ? back < 3 ? back : 0
		     : c >= 0xc0 ? back < 2 ? back : 0 : 0;
	}
	return 0;
}

static void flush(struct cast *cast)
{
	size_t rest = begun(&cast->bytes), whole = cast->bytes.len - rest;
	char keep[4];

	if (!whole)
		return;
	fprintf(cast->file, "[%.2f, \"o\", ", cast->at);
	text_write(cast->file, cast->bytes.bytes, whole);
	fputs("]\n", cast->file);
	memcpy(keep, cast->bytes.bytes + whole, rest);
	buf_clear(&cast->bytes);
	buf_add(&cast->bytes, keep, rest);
}

void cast_wait(struct cast *cast, double seconds)
{
	if (!cast)
		return;
	flush(cast);
	cast->at += seconds;
}

void cast_output(struct cast *cast, const char *bytes, size_t len)
{
	if (cast)
		buf_add(&cast->bytes, bytes, len);
}

void cast_marker(struct cast *cast, const char *text)
{
	if (!cast)
		return;
	flush(cast);
	fprintf(cast->file, "[%.2f, \"m\", ", cast->at);
	text_write(cast->file, text, strlen(text));
	fputs("]\n", cast->file);
}

void cast_close(struct cast *cast)
{
	if (!cast)
		return;
	flush(cast);
	assert_int_equal(fclose(cast->file), 0);
	buf_release(&cast->bytes);
	free(cast);
}
