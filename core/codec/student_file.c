#include "core/codec/student_file.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/hash.h"
#include "core/codec/csv.h"
#include "core/codec/map.h"
#include "core/codec/reject_file.h"
#include "core/model/import_row.h"
#include "core/model/reason.h"
#include "core/store/command.h"
#include "core/store/commands/import_args.h"

enum { PROGRESS_RECORDS = 4096 };

/* --- the file's fingerprint, taken by a second thread while it is read --- */

struct digest {
	const char *path;
	uint8_t hash[HASH_BYTES];
	int error; /* errno */
};

static void *digest_run(void *context)
{
	struct digest *digest = context;
	int fd = open(digest->path, O_RDONLY | O_CLOEXEC);
	struct stat info;
	void *bytes = NULL;

	if (fd < 0 || fstat(fd, &info) < 0) {
		digest->error = errno;
	} else if (info.st_size == 0) {
		hash_sha256("", 0, digest->hash);
	} else {
		bytes = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
		if (bytes == MAP_FAILED) {
			digest->error = errno;
		} else {
			hash_sha256(bytes, (size_t)info.st_size, digest->hash);
			munmap(bytes, (size_t)info.st_size);
		}
	}
	if (fd >= 0)
		close(fd);
	return NULL;
}

/* Standard input is kept in a file of no name, since it is read twice. *path
 * is what to open; the stream keeps it alive. */
static int spool(const char **path, char name[32], FILE **stream, struct error *err)
{
	char block[65536];
	size_t got;

	*stream = NULL;
	if (strcmp(*path, "-") != 0)
		return 0;
	*stream = tmpfile();
	while (*stream && (got = fread(block, 1, sizeof block, stdin)) > 0)
		if (fwrite(block, 1, got, *stream) != got)
			break;
	if (!*stream || ferror(stdin) || ferror(*stream) || fflush(*stream) != 0)
		return error_reason(err, REASON_FILE_OPEN, "file", "-", "why", strerror(errno), NULL);
	snprintf(name, 32, "/proc/self/fd/%d", fileno(*stream));
	*path = name;
	return 0;
}

/* --- the rows --- */

static const struct field_table *table_of(const struct student_import *import)
{
	return import->noun ? import->noun->table : &import_row_fields;
}

struct rows {
	void **items;
	int64_t *record; /* which record of the file each row is, from 1 */
	size_t count, room;
	int64_t records;
	struct map *map; /* constants of the rows are its texts */
	/* records that are no rows: the wrong number of fields */
	struct import_finding **bad;
	size_t bad_count, bad_room;
};

static void rows_release(struct rows *rows)
{
	free(rows->items);
	free(rows->record);
	free(rows->bad);
	map_free(rows->map);
}

static void row_add(struct rows *rows, void *row)
{
	if (rows->count == rows->room) {
		rows->room = rows->room ? rows->room * 2 : 1024;
		rows->items = mem_grow(rows->items, rows->room * sizeof(void *));
		rows->record = mem_grow(rows->record, rows->room * sizeof *rows->record);
	}
	rows->record[rows->count] = rows->records;
	rows->items[rows->count++] = row;
}

static void bad_add(struct rows *rows, const struct error *why, struct arena *arena)
{
	struct import_finding *finding = record_new(arena, &import_finding_fields);

	finding->row = rows->records;
	finding->code = reason_code(why->reason);
	finding->field = "";
	finding->message = arena_strdup(arena, why->message);
	finding->refused = true;
	if (rows->bad_count == rows->bad_room) {
		rows->bad_room = rows->bad_room ? rows->bad_room * 2 : 16;
		rows->bad = mem_grow(rows->bad, rows->bad_room * sizeof(void *));
	}
	rows->bad[rows->bad_count++] = finding;
}

static int progress(struct store *store, const struct csv_reader *reader, struct error *err)
{
	if (store->progress && store->progress(store->progress_context, csv_done(reader),
					       csv_size(reader)))
		return error_reason(err, REASON_CANCELLED, NULL);
	return 0;
}

static int records_read(struct store *store, struct csv_reader *reader,
			const struct student_import *import, struct rows *rows, struct arena *arena, struct error *err)
{
	struct csv_record record;
	int rc;

	while ((rc = csv_next(reader, &record, err)) != 0) {
		void *row;

		if (rows->records++ % PROGRESS_RECORDS == 0 && rc > 0)
			if (progress(store, reader, err) < 0)
				return err->code;
		if (rc < 0 && err->reason == REASON_CSV_COLUMNS && import->partial) {
			bad_add(rows, err, arena);
			continue;
		}
		if (rc < 0)
			return rc;
		row = record_new(arena, table_of(import));
		map_row(rows->map, &record, arena, row);
		row_add(rows, row);
	}
	error_clear(err);
	return 0;
}

static int encoding_of(const char *name, enum csv_encoding *encoding, struct error *err)
{
	*encoding = CSV_AUTO;
	if (!name || !strcmp(name, "auto"))
		return 0;
	if (!strcmp(name, "utf-8") || !strcmp(name, "gb18030")) {
		*encoding = name[0] == 'u' ? CSV_UTF8 : CSV_GB18030;
		return 0;
	}
	return error_reason(err, REASON_OPTION_VALUE, "key", "--encoding", "expected",
			    "auto, utf-8, gb18030", NULL);
}

static void ignored_take(const struct map *map, struct student_import *import, struct arena *arena)
{
	const char **names = arena_array(arena, map_ignored_count(map), sizeof *names);

	import->ignored_count = map_ignored_count(map);
	for (size_t i = 0; i < import->ignored_count; i++)
		names[i] = arena_strdup(arena, map_ignored(map, i));
	import->ignored = names;
}

static int file_read(struct store *store, const char *path, const char *shown,
		     struct student_import *import, struct rows *rows, struct arena *arena,
		     struct error *err)
{
	enum csv_encoding encoding;
	struct csv_reader *reader = NULL;
	struct csv_record header;
	int rc = encoding_of(import->encoding, &encoding, err);

	if (rc == 0)
		rc = map_load(import->map || !import->noun ? import->map : import->noun->map,
			      table_of(import), &rows->map, err);
	if (rc == 0)
		rc = csv_open(path, encoding, 0, &reader, err);
	if (rc == 0)
		rc = csv_next(reader, &header, err);
	if (rc > 0)
		rc = map_bind(rows->map, &header, shown, err);
	if (rc == 0) {
		ignored_take(rows->map, import, arena);
		if (map_institution(rows->map))
			import->institution = arena_strdup(arena, map_institution(rows->map));
		rc = records_read(store, reader, import, rows, arena, err);
	}
	csv_close(reader);
	return rc;
}

/* --- the command --- */

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* A label of the file for the batch and the trail; at most 120 characters. */
static const char *source_name(const char *path, struct arena *arena)
{
	char name[121];

	snprintf(name, sizeof name, "%s", base_name(path));
	return arena_strdup(arena, name);
}

static void answer_take(struct student_import *import, const struct rows *rows,
			const struct outcome *outcome, struct arena *arena)
{
	const struct import_count *counts = bundle_first(&outcome->records, &import_count_fields);
	const struct record_list *list = bundle_list(&outcome->records, &import_finding_fields);
	void **items = arena_array(arena, list->count + rows->bad_count, sizeof *items);
	size_t bad = 0, count = 0;

	if (counts)
		import->counts = *counts;
	import->counts.read += (int64_t)rows->bad_count;
	import->counts.refused += (int64_t)rows->bad_count;
	for (size_t i = 0; i < list->count; i++) {
		struct import_finding *finding = list->items[i];

		if (finding->row >= 1 && (size_t)finding->row <= rows->count)
			finding->row = rows->record[finding->row - 1];
		while (bad < rows->bad_count && rows->bad[bad]->row < finding->row)
			items[count++] = rows->bad[bad++];
		items[count++] = finding;
	}
	while (bad < rows->bad_count)
		items[count++] = rows->bad[bad++];
	import->findings = (struct record_list){ &import_finding_fields, count, items };
}

/* Arguments by their names: every import has a table of its own. */
static void arguments_set(struct command *command, const char *path,
			  const struct student_import *import, struct record_list *list,
			  const uint8_t *sha256, struct arena *arena)
{
	const struct field_table *args = command->def->args;
	const char *source = source_name(path, arena);
	const char *reason = import->reason || import->noun ? import->reason :
			     arena_printf(arena, "file %s", source);

	field_set_list(field_find(args, "rows"), command->args, list);
	field_set_text(field_find(args, "source"), command->args, source);
	field_set_hash(field_find(args, "sha256"), command->args, sha256);
	field_set_text(field_find(args, "reason"), command->args, reason);
	if (import->noun)
		return;
	((struct student_import_args *)command->args)->partial = import->partial;
	((struct student_import_args *)command->args)->institution = import->institution;
}

/* Of files of rows the store takes all or none: the good ones alone are asked
 * for once it has said which they are. */
static void refused_drop(struct record_list *list, const struct outcome *outcome)
{
	const struct record_list *findings = bundle_list(&outcome->records, &import_finding_fields);
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++) {
		bool refused = false;

		for (size_t k = 0; k < findings->count && !refused; k++)
			refused = ((struct import_finding *)findings->items[k])->row ==
				  (int64_t)i + 1;
		if (!refused)
			list->items[kept++] = list->items[i];
	}
	list->count = kept;
}

static int command_run(struct store *store, const char *path, struct student_import *import,
		       const struct rows *rows, const uint8_t *sha256, struct arena *arena,
		       struct error *err)
{
	struct record_list list = { table_of(import), rows->count,
				    arena_array(arena, rows->count, sizeof(void *)) };
	struct outcome outcome, rest;
	struct command command;
	int rc;

	if (rows->count)
		memcpy(list.items, rows->items, rows->count * sizeof(void *));
	command_init(&command, command_find(import->noun ? import->noun->command :
					    "student.import"), arena);
	if (import->key)
		snprintf(command.key, sizeof command.key, "%s", import->key);
	arguments_set(&command, path, import, &list, sha256, arena);
	rc = import->dry_run || (import->noun && import->partial) ?
	     store_assess(store, &command, arena, &outcome, err) :
	     store_execute(store, &command, 1, arena, &outcome, NULL, err);
	answer_take(import, rows, &outcome, arena);
	if (!import->noun || !import->partial || import->dry_run ||
	    (rc < 0 && err->reason != REASON_IM_REFUSED))
		return rc;
	error_clear(err);
	refused_drop(&list, &outcome);
	return store_execute(store, &command, 1, arena, &rest, NULL, err);
}

int student_file_import(struct store *store, const char *path, struct student_import *import,
			struct arena *arena, struct error *err)
{
	struct rows rows = { .items = NULL };
	const char *shown = path;
	struct digest digest;
	pthread_t thread;
	char name[32];
	FILE *spooled;
	bool threaded;
	int rc = spool(&path, name, &spooled, err);

	digest = (struct digest){ .path = path };
	threaded = rc == 0 && pthread_create(&thread, NULL, digest_run, &digest) == 0;
	if (rc == 0)
		rc = file_read(store, path, shown, import, &rows, arena, err);
	if (threaded)
		pthread_join(thread, NULL);
	else if (rc == 0)
		digest_run(&digest);
	if (rc == 0 && digest.error)
		rc = error_reason(err, REASON_FILE_OPEN, "file", shown, "why",
				  strerror(digest.error), NULL);
	if (rc == 0)
		rc = command_run(store, shown, import, &rows, digest.hash, arena, err);
	if (import->rejects && import->counts.refused && (rc == 0 || rc == OV_EREFUSED)) {
		struct error why = ERROR_INIT;

		/* Good rows are in by now: what stands in the way of the list of
		 * the others is the error to be told. */
		if (reject_file_write(path, import->rejects, &import->findings, &why) < 0) {
			*err = why;
			rc = why.code;
		}
	}
	rows_release(&rows);
	if (spooled)
		fclose(spooled);
	return rc;
}
