#include "core/codec/csv_source.h"

#include "core/base/arena.h"
#include "core/base/text.h"
#include "core/model/reason.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucnv.h>

enum { BLOCK = 1 << 16, PIVOT = 1024 };

struct pivot {
	UChar units[PIVOT];
	UChar *from, *to;
};

static int open_refused(const char *path, int why, struct error *err)
{
	return error_reason(err, REASON_FILE_OPEN, "file", path, "why", strerror(why), NULL);
}

int csv_source_refuse(const struct csv_source *source, int64_t line, struct error *err)
{
	char number[24];
	int rc;

	snprintf(number, sizeof number, "%lld", (long long)line);
	rc = error_reason(err, REASON_FILE_ENCODING, "file", source->name, "line", number, NULL);
	snprintf(err->place, sizeof err->place, "%s:%s", source->name, number);
	return rc;
}

/* Copies what can't be read twice (a pipe) to a temporary file. */
static FILE *seekable(FILE *file)
{
	char block[4096];
	FILE *copy;
	size_t got;

	if (fseek(file, 0, SEEK_END) == 0)
		return file;
	copy = tmpfile();
	while (copy && (got = fread(block, 1, sizeof block, file)) > 0)
		if (fwrite(block, 1, got, copy) != got) {
			fclose(copy);
			copy = NULL;
		}
	if (file != stdin)
		fclose(file);
	return copy;
}

/* Looks through the file: *line is where it stops being UTF-8, 0 when it does
 * not. False when it can't be read. */
static bool invalid_line(struct csv_source *source, int64_t *line)
{
	int64_t lines = 1;
	size_t have = 0, got;

	*line = 0;
	rewind(source->file);
	while ((got = fread(source->block + have, 1, BLOCK - have, source->file)) > 0) {
		const char *at = source->block, *end;
		size_t valid;

		have += got;
		valid = utf8_invalid_at(source->block, have);
		end = source->block + valid;
		while ((at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
			lines++;
			at++;
		}
		/* At the end of a block a sequence may only be cut. */
		if (have - valid > 3) {
			*line = lines;
			return true;
		}
		memmove(source->block, source->block + valid, have - valid);
		have -= valid;
	}
	if (have)
		*line = lines;
	return !ferror(source->file);
}

static bool converter_open(struct csv_source *source)
{
	UErrorCode status = U_ZERO_ERROR;
	struct pivot *pivot = mem_alloc(sizeof *pivot);

	source->pivot = pivot;
	source->converter = ucnv_open("gb18030", &status);
	source->utf8 = ucnv_open("UTF-8", &status);
	if (U_FAILURE(status))
		return false;
	ucnv_setToUCallBack(source->converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
	pivot->from = pivot->to = pivot->units;
	return U_SUCCESS(status);
}

int csv_source_open(struct csv_source *source, const char *path,
		    enum csv_encoding encoding, struct error *err)
{
	int64_t line = 0;

	memset(source, 0, sizeof *source);
	source->name = mem_strdup(strcmp(path, "-") ? path : "stdin");
	source->block = mem_alloc(BLOCK);
	source->file = strcmp(path, "-") ? fopen(path, "rbe") : stdin;
	if (source->file)
		source->file = seekable(source->file);
	if (!source->file)
		return open_refused(source->name, errno, err);
	source->size = ftell(source->file);
	errno = 0;
	if (encoding != CSV_GB18030 && !invalid_line(source, &line))
		return open_refused(source->name, errno, err);
	if (line && encoding == CSV_UTF8)
		return csv_source_refuse(source, line, err);
	source->encoding = line || encoding == CSV_GB18030 ? CSV_GB18030 : CSV_UTF8;
	if (source->encoding == CSV_GB18030 && !converter_open(source))
		return csv_source_refuse(source, line, err);
	rewind(source->file);
	return 0;
}

void csv_source_close(struct csv_source *source)
{
	if (source->file && source->file != stdin)
		fclose(source->file);
	if (source->converter)
		ucnv_close(source->converter);
	if (source->utf8)
		ucnv_close(source->utf8);
	free(source->pivot);
	free(source->block);
	free(source->name);
	memset(source, 0, sizeof *source);
}

static enum csv_source_result read_plain(struct csv_source *source, char *out, size_t room,
					 size_t *got)
{
	*got = fread(out, 1, room, source->file);
	source->read += (int64_t)*got;
	return ferror(source->file) ? SOURCE_IO : SOURCE_OK;
}

/* What was good before a bad sequence goes out first, so that the line of the
 * error is right. The pivot is far smaller than any room. */
static void pivot_flush(struct csv_source *source, char **to, const char *limit)
{
	struct pivot *pivot = source->pivot;
	const UChar *from = pivot->from;
	UErrorCode status = U_ZERO_ERROR;

	ucnv_fromUnicode(source->utf8, to, limit, &from, pivot->to, NULL, false, &status);
	pivot->from = pivot->to = pivot->units;
}

enum csv_source_result csv_source_read(struct csv_source *source, char *out, size_t room,
				       size_t *got)
{
	struct pivot *pivot = source->pivot;
	char *to = out;

	if (source->encoding == CSV_UTF8)
		return read_plain(source, out, room, got);
	*got = 0;
	if (source->broken)
		return SOURCE_ENCODING;
	while (to == out && !source->finished) {
		UErrorCode status = U_ZERO_ERROR;
		const char *from;

		if (source->block_at == source->block_len && !source->at_end) {
			source->block_at = 0;
			source->block_len = fread(source->block, 1, BLOCK, source->file);
			source->read += (int64_t)source->block_len;
			if (ferror(source->file))
				return SOURCE_IO;
			source->at_end = source->block_len == 0;
		}
		from = source->block + source->block_at;
		ucnv_convertEx(source->utf8, source->converter, &to, out + room, &from,
			       source->block + source->block_len, pivot->units, &pivot->from,
			       &pivot->to, pivot->units + PIVOT, false, source->at_end, &status);
		source->block_at = (size_t)(from - source->block);
		source->broken = U_FAILURE(status) && status != U_BUFFER_OVERFLOW_ERROR;
		if (source->broken)
			pivot_flush(source, &to, out + room);
		*got = (size_t)(to - out);
		if (source->broken)
			return to > out ? SOURCE_OK : SOURCE_ENCODING;
		source->finished = source->at_end && U_SUCCESS(status);
	}
	return SOURCE_OK;
}
