#include "core/store/evidence_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/base/text.h"
#include "core/db/db_file.h"
#include "core/model/reason.h"

enum { CHUNK = 256 << 10 };

static const char half_name[] = ".new-";

static int cannot_open(const char *path, struct error *err)
{
	return error_reason(err, REASON_FILE_OPEN, "file", path, "why", strerror(errno), NULL);
}

static int cannot_write(const char *path, struct error *err)
{
	if (errno == ENOSPC || errno == EDQUOT)
		return error_reason(err, REASON_STORE_FULL, NULL);
	return error_reason(err, REASON_FILE_WRITE, "file", path, "why", strerror(errno), NULL);
}

/* --- a file as a person names it --- */

static int size_check(const char *path, uint64_t size, struct error *err)
{
	if (size == 0)
		return error_reason(err, REASON_EVIDENCE_EMPTY, "file", path, "field", "file", NULL);
	if (size > EVIDENCE_MAX)
		return error_reason(err, REASON_EVIDENCE_LARGE, "file", path, "field", "file", NULL);
	return 0;
}

/* Until its end, which may be elsewhere than its size said. False: errno. */
static bool read_all(int fd, struct buf *bytes)
{
	char *chunk = mem_alloc(CHUNK);
	ssize_t got;

	buf_init(bytes, EVIDENCE_MAX);
	while ((got = read(fd, chunk, CHUNK)) != 0 && !bytes->overflow) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			break;
		buf_add(bytes, chunk, (size_t)got);
	}
	free(chunk);
	return got >= 0;
}

int evidence_read(const char *path, struct buf *bytes, struct error *err)
{
	struct stat st;
	/* A pipe that nobody writes to would keep a blocking open() for ever. */
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	int rc = 0;

	buf_init(bytes, EVIDENCE_MAX);
	if (fd < 0 && errno == ENXIO) /* a socket */
		return error_reason(err, REASON_EVIDENCE_NOT_FILE, "file", path, "field", "file", NULL);
	if (fd < 0)
		return cannot_open(path, err);
	if (fstat(fd, &st) < 0)
		rc = cannot_open(path, err);
	else if (!S_ISREG(st.st_mode))
		rc = error_reason(err, REASON_EVIDENCE_NOT_FILE, "file", path, "field", "file", NULL);
	else
		rc = size_check(path, (uint64_t)st.st_size, err);
	if (rc == 0 && !read_all(fd, bytes))
		rc = cannot_open(path, err);
	if (rc == 0)
		rc = size_check(path, bytes->overflow ? UINT64_MAX : bytes->len, err);
	close(fd);
	if (rc < 0)
		buf_release(bytes);
	return rc;
}

/* Overrides and isolates can make "fdp.exe" read as "exe.pdf". */
static bool turns_direction(uint32_t cp)
{
	return cp == 0x061c || cp == 0x200e || cp == 0x200f || (cp >= 0x202a && cp <= 0x202e) ||
	       (cp >= 0x2066 && cp <= 0x2069);
}

bool evidence_name_good(const char *name)
{
	if (!*name || !utf8_valid(name, strlen(name)) || utf8_count(name) > EVIDENCE_NAME_MAX ||
	    text_has_control(name))
		return false;
	for (const char *at = name; *at;) {
		uint32_t cp;

		at += utf8_decode(at, strlen(at), &cp);
		if (turns_direction(cp))
			return false;
	}
	return true;
}

int evidence_name(const char *path, struct arena *arena, const char **name, struct error *err)
{
	const char *slash = strrchr(path, '/');

	*name = arena_strdup(arena, slash ? slash + 1 : path);
	if (!evidence_name_good(*name))
		return error_reason(err, REASON_EVIDENCE_NAME, "field", "file", NULL);
	return 0;
}

/* Writes, syncs and closes. */
static int write_all(int fd, const char *path, const char *bytes, size_t len, struct error *err)
{
	int rc = 0;

	for (size_t at = 0; at < len;) {
		ssize_t put = write(fd, bytes + at, len - at < CHUNK ? len - at : CHUNK);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0) {
			rc = cannot_write(path, err);
			break;
		}
		at += (size_t)put;
	}
	if (rc == 0 && fsync(fd) < 0)
		rc = cannot_write(path, err);
	if (close(fd) < 0 && rc == 0)
		rc = cannot_write(path, err);
	return rc;
}

/* The bytes under an unfinished name in FOLDER; *path is that name. */
static int write_half(const char *folder, const void *bytes, size_t len, char path[PATH_MAX],
		      struct error *err)
{
	char ulid[ULID_TEXT];
	int fd, rc;

	if (snprintf(path, PATH_MAX, "%s/%s%s", folder, half_name, ulid_new(ulid)) >= PATH_MAX) {
		errno = ENAMETOOLONG;
		return cannot_write(folder, err);
	}
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return cannot_write(folder, err);
	rc = write_all(fd, path, bytes, len, err);
	if (rc < 0)
		unlink(path);
	return rc;
}

int evidence_write(const char *path, const struct buf *bytes, struct error *err)
{
	const char *slash = strrchr(path, '/');
	char folder[PATH_MAX], half[PATH_MAX];
	int rc;

	if (access(path, F_OK) == 0)
		return error_reason(err, REASON_FILE_EXISTS, "file", path, NULL);
	snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) + 1 : 1,
		 slash ? path : ".");
	rc = write_half(folder, bytes->bytes, bytes->len, half, err);
	if (rc < 0)
		return rc;
	rc = db_file_place(half, path, false, err);
	if (rc < 0)
		unlink(half);
	return rc;
}

/* --- the folder --- */

static bool path_of(const char *folder, const uint8_t sha256[HASH_BYTES], char path[PATH_MAX])
{
	char hex[HASH_HEX];

	hash_hex(sha256, hex);
	return snprintf(path, PATH_MAX, "%s/%.2s/%s", folder, hex, hex + 2) < PATH_MAX;
}

/* A name in a folder is on the disk when the folder was synced. */
static int sync_folder(const char *path, struct error *err)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), rc = 0;

	if (fd < 0)
		return cannot_write(path, err);
	if (fsync(fd) < 0 && errno != EINVAL)
		rc = cannot_write(path, err);
	close(fd);
	return rc;
}

/* The folder PATH, and its name on the disk. */
static int make_folder(const char *path, struct error *err)
{
	char parent[PATH_MAX];
	const char *slash = strrchr(path, '/');

	if (mkdir(path, 0700) < 0)
		return errno == EEXIST ? 0 : cannot_write(path, err);
	snprintf(parent, sizeof parent, "%.*s", slash ? (int)(slash - path) + 1 : 1,
		 slash ? path : ".");
	return sync_folder(parent, err);
}

static bool same_there(const char *path, const uint8_t sha256[HASH_BYTES], size_t len)
{
	struct error quiet = ERROR_INIT;
	uint8_t hash[HASH_BYTES];
	struct buf bytes;
	bool same;

	if (evidence_read(path, &bytes, &quiet) < 0)
		return false;
	hash_sha256(bytes.bytes, bytes.len, hash);
	same = bytes.len == len && !memcmp(hash, sha256, HASH_BYTES);
	buf_release(&bytes);
	return same;
}

/* Unfinished files of programs that are long gone. */
static int sweep_half(void *context, const struct evidence_found *found)
{
	(void)context;
	if (found->half && found->age_s > EVIDENCE_HALF_S)
		unlink(found->path);
	return 0;
}

static int64_t age_of(const struct stat *st)
{
	return (int64_t)time(NULL) - (int64_t)st->st_mtime;
}

/* The entries of FOLDER itself, which are unfinished files and folders by two
 * digits; those are left to the caller. */
static int walk_top(const char *folder, DIR *dir,
		    int (*visit)(void *context, const struct evidence_found *found), void *context)
{
	struct evidence_found found = { .half = true };
	char path[PATH_MAX];
	struct dirent *entry;
	struct stat st;
	int rc = 0;

	while (rc == 0 && (entry = readdir(dir))) {
		if (snprintf(path, sizeof path, "%s/%s", folder, entry->d_name) >= (int)sizeof path ||
		    lstat(path, &st) < 0 || S_ISDIR(st.st_mode))
			continue;
		found.path = path;
		found.bytes = st.st_size;
		found.age_s = age_of(&st);
		rc = visit(context, &found);
	}
	return rc;
}

int evidence_keep(const char *folder, const void *bytes, size_t len,
		  uint8_t sha256[HASH_BYTES], struct error *err)
{
	char path[PATH_MAX], part[PATH_MAX], half[PATH_MAX];
	DIR *dir;

	if (size_check("", len, err) < 0)
		return err->code;
	hash_sha256(bytes, len, sha256);
	if (!path_of(folder, sha256, path)) {
		errno = ENAMETOOLONG;
		return cannot_write(folder, err);
	}
	if (same_there(path, sha256, len)) {
		utimensat(AT_FDCWD, path, NULL, 0); /* it is wanted anew: no garbage today */
		return 0;
	}
	snprintf(part, sizeof part, "%.*s", (int)(strrchr(path, '/') - path), path);
	if (make_folder(folder, err) < 0 || make_folder(part, err) < 0)
		return err->code;
	dir = opendir(folder);
	if (dir) {
		walk_top(folder, dir, sweep_half, NULL);
		closedir(dir);
	}
	if (write_half(folder, bytes, len, half, err) < 0)
		return err->code;
	if (rename(half, path) < 0) {
		cannot_write(path, err);
		unlink(half);
		return err->code;
	}
	return sync_folder(part, err);
}

static int place_error(enum reason reason, const struct evidence_place *place, struct error *err)
{
	char line[24];

	snprintf(line, sizeof line, "%lld", (long long)place->line_no);
	return error_reason(err, reason, "claim", place->claim_no, "line", line, NULL);
}

int evidence_take(const char *folder, const uint8_t sha256[HASH_BYTES],
		  const struct evidence_place *place, struct buf *bytes, struct error *err)
{
	uint8_t hash[HASH_BYTES];
	char path[PATH_MAX];
	struct stat st;

	buf_init(bytes, EVIDENCE_MAX);
	if (!path_of(folder, sha256, path) || (lstat(path, &st) < 0 && errno == ENOENT))
		return place_error(REASON_EVIDENCE_MISSING, place, err);
	if (evidence_read(path, bytes, err) < 0) {
		if (err->reason == REASON_FILE_OPEN)
			return err->code;
		error_clear(err); /* empty, too large, a pipe: not what was kept */
		return place_error(REASON_EVIDENCE_CHANGED, place, err);
	}
	hash_sha256(bytes->bytes, bytes->len, hash);
	if (!memcmp(hash, sha256, HASH_BYTES))
		return 0;
	buf_release(bytes);
	return place_error(REASON_EVIDENCE_CHANGED, place, err);
}

int64_t evidence_size(const char *folder, const uint8_t sha256[HASH_BYTES])
{
	char path[PATH_MAX];
	struct stat st;

	if (!path_of(folder, sha256, path) || stat(path, &st) < 0 || !S_ISREG(st.st_mode))
		return -1;
	return st.st_size;
}

/* --- walking --- */

/* "ab" and "cdef…" as a hash. */
static bool hash_of(const char *part, const char *name, uint8_t sha256[HASH_BYTES])
{
	static const char digits[] = "0123456789abcdef";
	char hex[HASH_HEX];

	if (strlen(part) != 2 || strlen(name) != HASH_HEX - 3)
		return false;
	memcpy(hex, part, 2);
	memcpy(hex + 2, name, HASH_HEX - 2); /* with its NUL */
	if (strspn(hex, digits) != HASH_HEX - 1)
		return false;
	for (size_t i = 0; i < HASH_BYTES; i++)
		sha256[i] = (uint8_t)((strchr(digits, hex[2 * i]) - digits) << 4 |
				      (strchr(digits, hex[2 * i + 1]) - digits));
	return true;
}

static int walk_part(const char *folder, const char *part,
		     int (*visit)(void *context, const struct evidence_found *found), void *context)
{
	struct evidence_found found;
	char path[PATH_MAX];
	struct dirent *entry;
	struct stat st;
	DIR *dir;
	int rc = 0;

	if (snprintf(path, sizeof path, "%s/%s", folder, part) >= (int)sizeof path)
		return 0;
	dir = opendir(path);
	while (rc == 0 && dir && (entry = readdir(dir))) {
		if (snprintf(path, sizeof path, "%s/%s/%s", folder, part, entry->d_name) >=
		    (int)sizeof path || lstat(path, &st) < 0 || S_ISDIR(st.st_mode))
			continue;
		found.path = path;
		found.half = !S_ISREG(st.st_mode) || !hash_of(part, entry->d_name, found.sha256);
		found.bytes = st.st_size;
		found.age_s = age_of(&st);
		rc = visit(context, &found);
	}
	if (dir)
		closedir(dir);
	return rc;
}

int evidence_walk(const char *folder, int (*visit)(void *context, const struct evidence_found *found),
		  void *context, struct error *err)
{
	char part[3];
	DIR *dir = opendir(folder);
	int rc;

	if (!dir)
		return errno == ENOENT ? 0 : cannot_open(folder, err);
	rc = walk_top(folder, dir, visit, context);
	closedir(dir);
	for (int i = 0; rc == 0 && i < 256; i++) {
		snprintf(part, sizeof part, "%02x", (unsigned)i);
		rc = walk_part(folder, part, visit, context);
	}
	return rc;
}

static int remove_one(void *context, const struct evidence_found *found)
{
	(void)context;
	unlink(found->path);
	return 0;
}

void evidence_remove(const char *folder)
{
	struct error quiet = ERROR_INIT;
	char path[PATH_MAX];

	evidence_walk(folder, remove_one, NULL, &quiet);
	for (int i = 0; i < 256; i++)
		if (snprintf(path, sizeof path, "%s/%02x", folder, (unsigned)i) < (int)sizeof path)
			rmdir(path);
	rmdir(folder);
}
