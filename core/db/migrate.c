#include "core/db/migrate.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/hash.h"
#include "core/base/i18n.h"
#include "core/db/dialect.h"
#include "core/model/reason.h"

enum { MIGRATIONS_MAX = 999, FILE_LIMIT = 4 << 20 };

struct file {
	char name[64]; /* "0001_initial" */
	char *sql;     /* in the words of the database */
	uint8_t checksum[HASH_BYTES];
};

struct run {
	struct db *db;
	const char *folder, *name;
	struct arena arena;
	struct file *files; /* version 1 is files[0] */
	int64_t known;
	struct error *err;
};

static int schema_error(struct run *run, const char *why)
{
	return error_reason(run->err, REASON_STORE_SCHEMA, "file", run->name, "why", why, NULL);
}

static int missing(struct run *run, const char *file)
{
	return error_reason(run->err, REASON_DATA_MISSING, "file", file, NULL);
}

/* --- the files --- */

static int is_migration(const struct dirent *entry)
{
	const char *name = entry->d_name;
	size_t len = strlen(name);

	return len > 9 && len < 64 && strspn(name, "0123456789") == 4 && name[4] == '_' &&
	       !strcmp(name + len - 4, ".sql") && !strstr(name, ".postgres.");
}

static int read_whole(struct run *run, const char *path, struct buf *out)
{
	FILE *file = fopen(path, "rb");
	char chunk[8192];
	size_t got;

	if (!file)
		return missing(run, path);
	while ((got = fread(chunk, 1, sizeof chunk, file)) > 0)
		buf_add(out, chunk, got);
	fclose(file);
	return out->overflow ? missing(run, path) : 0;
}

/* NNNN_name.postgres.sql stands for NNNN_name.sql where that one says what no other
 * words can say in PostgreSQL. */
static int read_text(struct run *run, const char *name, bool *theirs, struct buf *text)
{
	char path[PATH_MAX];

	*theirs = db_is_server(run->db);
	if (snprintf(path, sizeof path, "%s/%s.postgres.sql", run->folder, name) >= (int)sizeof path)
		return missing(run, run->folder);
	if (*theirs && access(path, F_OK) == 0)
		return read_whole(run, path, text);
	*theirs = false;
	snprintf(path, sizeof path, "%s/%s.sql", run->folder, name);
	return read_whole(run, path, text);
}

static int read_file(struct run *run, const char *entry, struct file *file)
{
	struct buf text, words = BUF_INIT;
	bool theirs;
	int rc;

	snprintf(file->name, sizeof file->name, "%.*s", (int)strlen(entry) - 4, entry);
	buf_init(&text, FILE_LIMIT);
	rc = read_text(run, file->name, &theirs, &text);
	if (rc == 0) {
		hash_sha256(buf_cstr(&text), text.len, file->checksum);
		if (db_is_server(run->db) && !theirs)
			dialect_schema(buf_cstr(&text), &words);
		file->sql = arena_strdup(&run->arena, buf_cstr(words.len ? &words : &text));
	}
	buf_release(&text);
	buf_release(&words);
	return rc;
}

static int read_files(struct run *run)
{
	struct dirent **entries;
	int count = scandir(run->folder, &entries, is_migration, alphasort);
	int rc = 0;

	if (count <= 0 || count > MIGRATIONS_MAX)
		rc = missing(run, run->folder);
	else
		run->files = arena_array(&run->arena, (size_t)count, sizeof *run->files);
	for (int i = 0; i < count; i++) {
		char number[16];

		snprintf(number, sizeof number, "%04d", i + 1);
		if (rc == 0 && strncmp(entries[i]->d_name, number, 4) != 0)
			rc = missing(run, run->folder);
		if (rc == 0)
			rc = read_file(run, entries[i]->d_name, &run->files[i]);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	run->known = count;
	return rc;
}

/* --- the database --- */

static int compare(struct run *run, struct stmt *stmt, int64_t expected)
{
	int64_t version = stmt_int(stmt, 0);
	const struct file *file;
	const void *sum;
	size_t len;

	if (version > run->known) {
		char have[24], know[24];

		snprintf(have, sizeof have, "%lld", (long long)version);
		snprintf(know, sizeof know, "%lld", (long long)run->known);
		return error_reason(run->err, REASON_STORE_NEWER, "file", run->name,
				    "have", have, "know", know, NULL);
	}
	if (version != expected)
		return schema_error(run, _("a migration is missing"));
	file = &run->files[version - 1];
	sum = stmt_blob(stmt, 2, &len);
	if (!sum || len != HASH_BYTES || memcmp(sum, file->checksum, len) != 0)
		return schema_error(run, file->name);
	return 0;
}

/* Compares what was applied with the files; *version is the last one. The
 * newest is looked at first, so that a newer database is called newer. */
static int check_applied(struct run *run, int64_t *version)
{
	struct stmt *stmt;
	int64_t expected;
	bool there;
	int rc;

	*version = 0;
	rc = db_has_table(run->db, "migration", &there, run->err);
	if (rc < 0 || !there)
		return rc;
	rc = db_prepare(run->db, "SELECT version, name, checksum FROM migration "
			"ORDER BY version DESC", &stmt, run->err);
	if (rc < 0)
		return rc;
	expected = OV_NULL;
	while ((rc = stmt_step(stmt, run->err)) > 0) {
		if (expected == OV_NULL)
			*version = expected = stmt_int(stmt, 0);
		rc = compare(run, stmt, expected--);
		if (rc < 0) {
			stmt_reset(stmt);
			return rc;
		}
	}
	if (rc < 0)
		return rc;
	stmt_reset(stmt);
	return expected > 0 ? schema_error(run, _("a migration is missing")) : 0;
}

static int note(struct run *run, int64_t version, int64_t now)
{
	const struct file *file = &run->files[version - 1];
	struct stmt *stmt;
	int rc = db_prepare(run->db, "INSERT INTO migration (version, name, checksum, applied_at) "
			    "VALUES (?, ?, ?, ?)", &stmt, run->err);

	if (rc < 0)
		return rc;
	stmt_bind_int(stmt, 1, version);
	stmt_bind_text(stmt, 2, file->name);
	stmt_bind_blob(stmt, 3, file->checksum, HASH_BYTES);
	stmt_bind_int(stmt, 4, now);
	return stmt_run(stmt, run->err);
}

/* What all migrations take for granted. */
static int prepare(struct run *run)
{
	struct arena arena = ARENA_INIT;
	struct buf text;
	int rc = 0;

	if (!db_is_server(run->db))
		return 0;
	buf_init(&text, FILE_LIMIT);
	rc = read_whole(run, arena_printf(&arena, "%s/postgres.sql", run->folder), &text);
	if (rc == 0)
		rc = db_exec(run->db, buf_cstr(&text), run->err);
	buf_release(&text);
	arena_release(&arena);
	return rc;
}

/* Applies the next one, unless another process did so meanwhile. */
static int apply_next(struct run *run, int64_t *version, int64_t now)
{
	int64_t before = *version;
	int rc = db_begin(run->db, DB_WRITE, run->err);

	if (rc < 0)
		return rc;
	rc = check_applied(run, version);
	if (rc == 0 && *version == before) {
		rc = prepare(run);
		if (rc == 0)
			rc = db_exec(run->db, run->files[before].sql, run->err);
		if (rc == 0)
			rc = note(run, before + 1, now);
		if (rc == 0) {
			rc = db_commit(run->db, run->err);
			*version = before + 1;
			return rc;
		}
	}
	db_rollback(run->db);
	return rc;
}

int migrate(struct db *db, const char *folder, const char *file, bool create, bool apply,
	    int64_t now, int64_t *version, struct error *err)
{
	struct run run = { .db = db, .folder = folder, .name = file, .err = err };
	int rc = read_files(&run);

	if (rc == 0)
		rc = check_applied(&run, version);
	if (rc == 0 && *version == 0 && !create)
		rc = schema_error(&run, _("it is empty"));
	if (rc == 0 && *version < run.known && !apply)
		rc = schema_error(&run, _("it is older than this program"));
	while (rc == 0 && *version < run.known)
		rc = apply_next(&run, version, now);
	arena_release(&run.arena);
	return rc;
}
