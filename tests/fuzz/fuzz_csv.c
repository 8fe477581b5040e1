/* fuzz_csv.c: any bytes as a CSV file. */
#include "core/base/text.h"
#include "core/codec/csv.h"
#include "core/model/reason.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>
#include <unistd.h>

enum { LIMIT = 2048 };

static void record_check(const struct csv_record *record, const struct csv_reader *reader)
{
	struct buf out = BUF_INIT;

	PROMISE(record->count > 0 && record->count <= CSV_FIELDS_MAX);
	PROMISE(record->raw_len > 0 && record->raw_len <= LIMIT);
	for (size_t i = 0; i < record->count; i++) {
		const struct csv_field *f = &record->fields[i];

		PROMISE(utf8_valid(f->text, f->len));
		PROMISE(!f->len || !memchr(f->text, '\0', f->len));
		csv_write(&out, f->text, f->len, i == 0, CSV_GUARD);
	}
	csv_encode(reader, record->raw, record->raw_len, &out);
	buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const enum csv_encoding encodings[] = { CSV_AUTO, CSV_UTF8, CSV_GB18030 };
	char path[] = "/tmp/ov-fuzz-XXXXXX";
	int fd = mkstemp(path);

	PROMISE(fd >= 0);
	PROMISE(write(fd, data, size) == (ssize_t)size);
	close(fd);
	for (size_t e = 0; e < sizeof encodings / sizeof encodings[0]; e++) {
		struct error err = ERROR_INIT;
		struct csv_reader *reader;
		struct csv_record record;
		int64_t line = 0;
		int rc = csv_open(path, encodings[e], LIMIT, &reader, &err);

		PROMISE((rc == 0) == (reader != NULL));
		while (!rc && (rc = csv_next(reader, &record, &err)) != 0) {
			if (rc < 0)
				PROMISE(err.code == rc && err.reason);
			if (rc < 0 && err.reason != REASON_CSV_COLUMNS)
				break;
			PROMISE(record.line > line);
			line = record.line;
			record_check(&record, reader);
			rc = 0;
		}
		csv_close(reader);
	}
	unlink(path);
	return 0;
}
