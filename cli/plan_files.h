/* plan_files.h: whole files in, and whole files out or none. */
#ifndef OV_CLI_PLAN_FILES_H
#define OV_CLI_PLAN_FILES_H

#include "core/base/buf.h"
#include "core/base/error.h"

/* Adds the bytes of FILE ("-": standard input). FILE_OPEN, FILE_LIMIT. */
int plan_file_read(const char *file, struct buf *bytes, struct error *err);

/* A file that gets its name when it is whole. */
struct plan_file {
	const char *name; /* NULL or "-": standard output */
	char *made;       /* what it is called meanwhile */
	int fd;
};

/* Begins: what can't be written is known before the work, not after. */
int plan_file_begin(struct plan_file *file, const char *name, struct error *err);
/* Writes all and gives it its name; or says FILE_WRITE and leaves an older
 * file of that name as it was. */
int plan_file_end(struct plan_file *file, const struct buf *bytes, struct error *err);
void plan_file_drop(struct plan_file *file); /* after either is allowed */

#endif
