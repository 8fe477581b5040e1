/* student_file.h: files of learners, in and out. DOMAIN.md 9.1 and 9.4.
 *
 * Import: a CSV file as people have it becomes the argument of the command
 * student.import; nothing is decided here. Export: the command student.export
 * answers rows, which are written with the headers that the import reads. */
#ifndef OV_CODEC_STUDENT_FILE_H
#define OV_CODEC_STUDENT_FILE_H

#include "core/model/kind.h"
#include "core/store/store.h"

/* What else is read from files of rows: the command and the map of its columns. */
struct import_noun {
	const char *command;             /* "rule.import" */
	const struct field_table *table; /* of its rows */
	const char *map;                 /* of data/maps */
};

struct student_import {
	const struct import_noun *noun; /* NULL: learners */
	/* given by the caller; all may be NULL */
	const char *encoding;    /* "auto", "utf-8", "gb18030" */
	const char *map;         /* map file; NULL: the headers of DOMAIN.md 9.4 */
	const char *institution; /* whose number plan: a file of data/institutions;
				  * a map that names one is obeyed instead */
	const char *rejects;     /* where refused records go, in the file's own format */
	const char *reason;      /* for the audit trail; NULL: the file's name */
	const char *key;         /* idempotency key of a retry */
	bool dry_run;            /* says what would happen, changes nothing */
	bool partial;            /* import the good rows, though others are refused */
	/* filled: */
	struct import_count counts;
	struct record_list findings; /* struct import_finding, by row */
	const char *const *ignored;  /* headers of columns that nothing was made of */
	size_t ignored_count;
};

/* OV_EREFUSED (IM_REFUSED) when rows were refused and it is not partial: the
 * counts and findings say which, and nothing was changed. With REJECTS, a file
 * of that name is made when there are refused rows: the record's own bytes
 * with a column of reason codes behind them. Answers live in ARENA. */
int student_file_import(struct store *store, const char *path, struct student_import *import,
			struct arena *arena, struct error *err);

struct student_export {
	const char *const *where; /* "field=value", see the command's arguments */
	size_t where_count;
	const char *reason;       /* needed: exports are logged with it */
	bool bom;                 /* begin with a byte-order mark, for spreadsheets */
	int64_t written;          /* filled: rows */
};

/* PATH must not exist (FILE_EXISTS); it appears complete or not at all.
 * NULL or "-": standard output. */
int student_file_export(struct store *store, const char *path, struct student_export *export,
			struct arena *arena, struct error *err);

#endif
