#include "core/codec/reject_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/codec/csv.h"
#include "core/model/reason.h"

struct reject {
	const struct record_list *findings;
	size_t at; /* the next finding */
	struct buf line;
	FILE *out;
};

static const struct import_finding *finding_at(const struct reject *reject, size_t at)
{
	return at < reject->findings->count ? reject->findings->items[at] : NULL;
}

/* The codes of record NUMBER into the line; false when it was not refused. */
static bool codes_add(struct reject *reject, int64_t number)
{
	const struct import_finding *finding;
	bool refused = false;

	while ((finding = finding_at(reject, reject->at)) && finding->row < number)
		reject->at++;
	for (; (finding = finding_at(reject, reject->at)) && finding->row == number; reject->at++) {
		if (finding->refused != 1)
			continue;
		buf_char(&reject->line, refused ? ' ' : ',');
		buf_text(&reject->line, finding->code);
		refused = true;
	}
	return refused;
}

static int write_all(struct reject *reject, const char *path, struct error *err)
{
	if (fwrite(reject->line.bytes, 1, reject->line.len, reject->out) == reject->line.len)
		return 0;
	return error_reason(err, REASON_FILE_WRITE, "file", path, "why", strerror(errno), NULL);
}

static void line_take(struct reject *reject, const struct csv_reader *reader,
		      const struct csv_record *record, const char *tail)
{
	buf_clear(&reject->line);
	csv_encode(reader, record->raw, record->raw_len, &reject->line);
	buf_text(&reject->line, tail);
}

static int records_copy(struct reject *reject, struct csv_reader *reader, const char *path,
			struct error *err)
{
	struct csv_record record;
	int64_t number = 0;
	int rc = csv_next(reader, &record, err);

	if (rc <= 0)
		return rc;
	line_take(reject, reader, &record, "," REJECT_HEADER);
	csv_write_end(&reject->line, csv_has_crlf(reader) ? 0 : CSV_LF);
	if (csv_has_bom(reader))
		fputs(CSV_BOM, reject->out);
	rc = write_all(reject, path, err);
	while (rc == 0 && finding_at(reject, reject->at)) {
		rc = csv_next(reader, &record, err);
		if (rc == 0 || (rc < 0 && err->reason != REASON_CSV_COLUMNS))
			break;
		rc = 0;
		line_take(reject, reader, &record, "");
		if (!codes_add(reject, ++number))
			continue;
		csv_write_end(&reject->line, csv_has_crlf(reader) ? 0 : CSV_LF);
		rc = write_all(reject, path, err);
	}
	return rc;
}

int reject_file_write(const char *source, const char *path, const struct record_list *findings,
		      struct error *err)
{
	struct reject reject = { .findings = findings, .line = BUF_INIT };
	struct csv_reader *reader;
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	int rc;

	if (fd < 0 && errno == EEXIST)
		return error_reason(err, REASON_FILE_EXISTS, "file", path, NULL);
	reject.out = fd < 0 ? NULL : fdopen(fd, "w");
	if (!reject.out) {
		if (fd >= 0)
			close(fd);
		return error_reason(err, REASON_FILE_WRITE, "file", path, "why", strerror(errno), NULL);
	}
	rc = csv_open(source, CSV_AUTO, 0, &reader, err);
	if (rc == 0) {
		rc = records_copy(&reject, reader, path, err);
		csv_close(reader);
	}
	if (fflush(reject.out) != 0 || fsync(fd) != 0)
		rc = rc < 0 ? rc : error_reason(err, REASON_FILE_WRITE, "file", path, "why",
						strerror(errno), NULL);
	if (fclose(reject.out) != 0 && rc == 0)
		rc = error_reason(err, REASON_FILE_WRITE, "file", path, "why", strerror(errno), NULL);
	if (rc < 0)
		unlink(path);
	buf_release(&reject.line);
	return rc;
}
