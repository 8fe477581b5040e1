/* Learners as a CSV file with the headers that the import reads. */
#include "core/codec/student_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/codec/csv.h"
#include "core/codec/map.h"
#include "core/model/import_row.h"
#include "core/model/reason.h"
#include "core/store/command.h"
#include "core/store/commands/import_args.h"

enum { FLUSH_BYTES = 1 << 20 };

/* Columns in the order of DOMAIN.md 9.4; those behind 备注 are ours. */
static const char *const order[] = {
	"student_no", "full_name", "sex", "doc_no", "mobile", "programme", "cohort", "intake",
	"level", "employer", "plant", "post", "shift", "team", "employee_no", "remark",
	"doc_kind", "email", "workshop", "registered_on", "branch", "centre",
};
enum { COLUMNS = sizeof order / sizeof order[0] };

static int where_set(struct command *command, const char *text, struct arena *arena,
		     struct error *err)
{
	const char *equals = strchr(text, '=');
	char name[48];

	if (!equals || equals == text || (size_t)(equals - text) >= sizeof name)
		return error_reason(err, REASON_OPTION_VALUE, "key", "--where", "expected",
				    "field=value", NULL);
	snprintf(name, sizeof name, "%.*s", (int)(equals - text), text);
	if (!strcmp(name, "reason"))
		return error_reason(err, REASON_FIELD_UNKNOWN, "name", name, NULL);
	return command_set(command, name, equals + 1, arena, err);
}

static int header_write(struct buf *out, bool bom, struct error *err)
{
	const char *names[COLUMNS];
	struct map *map;
	int rc = map_load(NULL, &import_row_fields, &map, err);

	if (rc < 0)
		return rc;
	for (size_t i = 0; i < COLUMNS; i++)
		names[i] = map_header(map, order[i]);
	if (bom)
		buf_text(out, CSV_BOM);
	csv_write_row(out, names, COLUMNS, 0);
	map_free(map);
	return 0;
}

static int flush(struct buf *out, FILE *file, const char *path, struct error *err)
{
	if (fwrite(buf_cstr(out), 1, out->len, file) != out->len)
		return error_reason(err, REASON_FILE_WRITE, "file", path, "why", strerror(errno), NULL);
	buf_clear(out);
	return 0;
}

static int rows_write(const struct record_list *rows, FILE *file, const char *path, bool bom,
		      struct error *err)
{
	const struct field *fields[COLUMNS];
	struct buf out = BUF_INIT;
	int rc = header_write(&out, bom, err);

	for (size_t i = 0; i < COLUMNS; i++)
		fields[i] = field_find(&import_row_fields, order[i]);
	for (size_t r = 0; rc == 0 && r < rows->count; r++) {
		const char *values[COLUMNS];

		for (size_t i = 0; i < COLUMNS; i++)
			values[i] = field_text(fields[i], rows->items[r]);
		csv_write_row(&out, values, COLUMNS, CSV_GUARD);
		if (out.len >= FLUSH_BYTES)
			rc = flush(&out, file, path, err);
	}
	if (rc == 0)
		rc = flush(&out, file, path, err);
	if (rc == 0 && fflush(file) != 0)
		rc = error_reason(err, REASON_FILE_WRITE, "file", path, "why", strerror(errno), NULL);
	buf_release(&out);
	return rc;
}

/* Complete or not at all: written beside its place, then linked into it, which
 * fails when there is a file of that name. */
static int file_write(const struct record_list *rows, const char *path, bool bom,
		      struct arena *arena, struct error *err)
{
	const char *part = arena_printf(arena, "%s.%ld.part", path, (long)getpid());
	int fd = access(path, F_OK) == 0 ? -1 :
		 open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	FILE *file;
	int rc;

	if (access(path, F_OK) == 0)
		return error_reason(err, REASON_FILE_EXISTS, "file", path, NULL);
	file = fd < 0 ? NULL : fdopen(fd, "w");
	if (!file) {
		rc = error_reason(err, REASON_FILE_WRITE, "file", path, "why", strerror(errno), NULL);
		if (fd >= 0)
			close(fd);
		return rc;
	}
	rc = rows_write(rows, file, path, bom, err);
	if (rc == 0 && fsync(fd) != 0)
		rc = error_reason(err, REASON_FILE_WRITE, "file", path, "why", strerror(errno), NULL);
	fclose(file);
	if (rc == 0 && link(part, path) != 0)
		rc = errno == EEXIST ? error_reason(err, REASON_FILE_EXISTS, "file", path, NULL) :
		     error_reason(err, REASON_FILE_WRITE, "file", path, "why", strerror(errno), NULL);
	unlink(part);
	return rc;
}

int student_file_export(struct store *store, const char *path, struct student_export *export,
			struct arena *arena, struct error *err)
{
	const struct record_list *rows;
	struct student_export_args *args;
	struct command command;
	struct outcome outcome;
	int rc = 0;

	command_init(&command, command_find("student.export"), arena);
	args = command.args;
	args->reason = export->reason;
	for (size_t i = 0; rc == 0 && i < export->where_count; i++)
		rc = where_set(&command, export->where[i], arena, err);
	/* Before anything is logged as taken out. */
	if (rc == 0 && path && strcmp(path, "-") != 0 && access(path, F_OK) == 0)
		rc = error_reason(err, REASON_FILE_EXISTS, "file", path, NULL);
	if (rc == 0)
		rc = store_execute(store, &command, 1, arena, &outcome, NULL, err);
	if (rc < 0)
		return rc;
	rows = bundle_list(&outcome.records, &import_row_fields);
	export->written = (int64_t)rows->count;
	if (path && strcmp(path, "-") != 0)
		return file_write(rows, path, export->bom, arena, err);
	return rows_write(rows, stdout, "-", export->bom, err);
}
