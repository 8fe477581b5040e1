#include "cli/plan_files.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/arena.h"
#include "core/model/reason.h"

int plan_file_read(const char *file, struct buf *bytes, struct error *err)
{
	FILE *in = strcmp(file, "-") ? fopen(file, "re") : stdin;
	char block[16384];
	size_t got;
	int why = 0;

	if (!in)
		return error_reason(err, REASON_FILE_OPEN, "file", file, "why", strerror(errno),
				    NULL);
	while (!bytes->overflow && (got = fread(block, 1, sizeof block, in)))
		buf_add(bytes, block, got);
	if (ferror(in))
		why = errno;
	if (in != stdin)
		fclose(in);
	if (why)
		return error_reason(err, REASON_FILE_OPEN, "file", file, "why", strerror(why),
				    NULL);
	if (bytes->overflow)
		return error_reason(err, REASON_FILE_LIMIT, "file", file, "line", "1", "limit",
				    "67108864", NULL);
	return 0;
}

static int cannot_write(const struct plan_file *file, int why, struct error *err)
{
	return error_reason(err, REASON_FILE_WRITE, "file", file->name ? file->name : "-", "why",
			    strerror(why), NULL);
}

/* What is no plain file (a pipe, a terminal, /dev/null) is written directly. */
static bool is_special(const char *name)
{
	struct stat st;

	return !stat(name, &st) && !S_ISREG(st.st_mode);
}

int plan_file_begin(struct plan_file *file, const char *name, struct error *err)
{
	*file = (struct plan_file){ .name = name, .fd = -1 };
	if (!name || !strcmp(name, "-"))
		return 0;
	if (is_special(name)) {
		FILE *there = fopen(name, "we");

		file->fd = there ? dup(fileno(there)) : -1;
		if (there)
			(void)fclose(there);
	} else {
		const mode_t mask = umask(022);

		umask(mask);
		file->made = mem_alloc(strlen(name) + 8);
		memcpy(file->made, name, strlen(name));
		memcpy(file->made + strlen(name), ".XXXXXX", 8);
		file->fd = mkstemp(file->made);
		if (file->fd >= 0)
			(void)fchmod(file->fd, 0666 & ~mask);
	}
	if (file->fd < 0) {
		const int why = errno;

		free(file->made);
		file->made = NULL;
		return cannot_write(file, why, err);
	}
	return 0;
}

static int write_all(int fd, const struct buf *bytes)
{
	for (size_t done = 0; done < bytes->len;) {
		const ssize_t wrote = write(fd, bytes->bytes + done, bytes->len - done);

		if (wrote < 0 && errno != EINTR)
			return errno;
		done += wrote > 0 ? (size_t)wrote : 0;
	}
	return 0;
}

int plan_file_end(struct plan_file *file, const struct buf *bytes, struct error *err)
{
	int why;

	if (file->fd < 0) {
		if (fwrite(buf_cstr(bytes), 1, bytes->len, stdout) != bytes->len || fflush(stdout))
			return cannot_write(file, errno, err);
		return 0;
	}
	why = write_all(file->fd, bytes);
	if (close(file->fd) && !why)
		why = errno;
	file->fd = -1;
	if (!why && file->made && rename(file->made, file->name))
		why = errno;
	if (!why) {
		free(file->made);
		file->made = NULL;
	}
	return why ? cannot_write(file, why, err) : 0;
}

void plan_file_drop(struct plan_file *file)
{
	if (file->fd >= 0)
		close(file->fd);
	if (file->made)
		(void)unlink(file->made);
	free(file->made);
	*file = (struct plan_file){ .fd = -1 };
}
