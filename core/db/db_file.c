#include "core/db/db_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/arena.h"
#include "core/db/db.h"
#include "core/model/reason.h"

static int cannot_read(const char *path, struct error *err)
{
	return error_reason(err, REASON_FILE_OPEN, "file", path, "why", strerror(errno), NULL);
}

/* SQLite's file format: 16 bytes of magic; the application id is a big-endian
 * number at offset 68. 0 is an id that nobody has set yet. */
static enum db_file header_says(const unsigned char *head, ssize_t len)
{
	uint32_t id;

	if (len == 0)
		return DB_FILE_EMPTY;
	if (len < 100 || memcmp(head, "SQLite format 3", 16) != 0)
		return DB_FILE_FOREIGN;
	id = (uint32_t)head[68] << 24 | (uint32_t)head[69] << 16 |
	     (uint32_t)head[70] << 8 | head[71];
	return id == 0 || id == DB_APPLICATION_ID ? DB_FILE_SQLITE : DB_FILE_FOREIGN;
}

/* Files that this process has open, or had, as databases. POSIX drops all locks
 * of a process on a file when any descriptor of it is closed: a second look at
 * an open database would leave it unlocked, and the next program that closes it
 * would fold its log in and remove it under our hands. */
static struct {
	pthread_mutex_t lock;
	struct known {
		dev_t device;
		ino_t number;
	} *files;
	size_t count;
} known = { .lock = PTHREAD_MUTEX_INITIALIZER };

static bool is_known(const struct stat *st)
{
	for (size_t i = 0; i < known.count; i++)
		if (known.files[i].device == st->st_dev && known.files[i].number == st->st_ino)
			return true;
	return false;
}

static void know(const struct stat *st)
{
	if (is_known(st))
		return;
	if (!(known.count & (known.count - 1))) /* room doubles */
		known.files = mem_grow(known.files, (known.count ? known.count * 2 : 1) *
					  sizeof *known.files);
	known.files[known.count++] = (struct known){ st->st_dev, st->st_ino };
}

void db_file_opened(const char *path)
{
	struct stat st;

	pthread_mutex_lock(&known.lock);
	if (stat(path, &st) == 0)
		know(&st);
	pthread_mutex_unlock(&known.lock);
}

static int look(const char *path, enum db_file *what, struct error *err)
{
	unsigned char head[100];
	struct stat st;
	ssize_t len;
	int fd;

	if (stat(path, &st) < 0) {
		*what = DB_FILE_MISSING;
		return errno == ENOENT ? 0 : cannot_read(path, err);
	}
	if (!S_ISREG(st.st_mode)) {
		*what = DB_FILE_FOREIGN;
		return 0;
	}
	if (st.st_size > 0 && is_known(&st)) {
		*what = DB_FILE_SQLITE; /* what else it may have become, SQLite sees */
		return access(path, R_OK) == 0 ? 0 : cannot_read(path, err);
	}
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return cannot_read(path, err);
	len = read(fd, head, sizeof head);
	close(fd);
	if (len < 0)
		return cannot_read(path, err);
	*what = header_says(head, len);
	if (*what == DB_FILE_SQLITE)
		know(&st);
	return 0;
}

int db_file_look(const char *path, enum db_file *what, struct error *err)
{
	int rc;

	pthread_mutex_lock(&known.lock);
	rc = look(path, what, err);
	pthread_mutex_unlock(&known.lock);
	return rc;
}

int db_file_check(const char *path, bool create, struct error *err)
{
	enum db_file what;
	int rc = db_file_look(path, &what, err);

	if (rc < 0)
		return rc;
	if (what == DB_FILE_MISSING && !create)
		return error_reason(err, REASON_STORE_MISSING, "file", path, NULL);
	if (what == DB_FILE_FOREIGN || (what == DB_FILE_EMPTY && !create))
		return error_reason(err, REASON_STORE_NOT_OURS, "file", path, NULL);
	return 0;
}

static int cannot_write(const char *path, struct error *err)
{
	if (errno == ENOSPC || errno == EDQUOT)
		return error_reason(err, REASON_STORE_FULL, NULL);
	return error_reason(err, REASON_FILE_WRITE, "file", path, "why", strerror(errno), NULL);
}

/* A new name survives a power cut only when its folder was synced. */
static int folder_sync(const char *path, struct error *err)
{
	char folder[PATH_MAX];
	const char *slash = strrchr(path, '/');
	int fd, result = 0;

	snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) + 1 : 1,
		 slash ? path : ".");
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return cannot_write(folder, err);
	/* Some file systems have no sync of folders: EINVAL is not a failure. */
	if (fsync(fd) < 0 && errno != EINVAL)
		result = cannot_write(folder, err);
	close(fd);
	return result;
}

int db_file_place(const char *from, const char *to, bool replace, struct error *err)
{
	if (replace) {
		if (rename(from, to) < 0)
			return cannot_write(to, err);
	} else if (link(from, to) == 0) {
		unlink(from);
	} else if (errno == EEXIST || access(to, F_OK) == 0) {
		return error_reason(err, REASON_FILE_EXISTS, "file", to, NULL);
	} else if (rename(from, to) < 0) { /* a file system without hard links */
		return cannot_write(to, err);
	}
	return folder_sync(to, err);
}

void db_file_remove(const char *path)
{
	static const char *const tails[] = { "", "-wal", "-shm", "-journal" };
	char name[PATH_MAX];

	for (size_t i = 0; i < sizeof tails / sizeof tails[0]; i++)
		if (snprintf(name, sizeof name, "%s%s", path, tails[i]) < (int)sizeof name)
			unlink(name);
}
