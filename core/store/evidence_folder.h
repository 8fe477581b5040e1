/* evidence_folder.h: files of evidence, kept by what is in them.
 *
 * Beside the database NAME lies the folder NAME.evidence (mode 0700). A file
 * whose SHA-256 begins with ab is kept there as ab/ and the other 62 digits
 * (mode 0600), so that two claims with the same file share one, and a file can
 * be held against its own name with sha256sum. A file gets that name only when
 * all of it is on the disk: what a crash leaves of an unfinished one is called
 * .new-… and is never read.
 *
 * No database and no store here: paths and bytes. Errors name the file that a
 * person named, or the claim and line that hold it. */
#ifndef OV_STORE_EVIDENCE_FOLDER_H
#define OV_STORE_EVIDENCE_FOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/error.h"
#include "core/base/hash.h"

enum {
	EVIDENCE_MAX = 20 << 20,     /* bytes of one file, DOMAIN.md 2.10 */
	EVIDENCE_NAME_MAX = 120,     /* characters of its name */
	EVIDENCE_HALF_S = 3600       /* an unfinished file that old belongs to nobody */
};

/* --- a file as a person names it --- */

/* All bytes of a regular file, or of one that a link leads to. FILE_OPEN;
 * EVIDENCE_NOT_FILE for a folder, pipe or device (which is not waited for);
 * EVIDENCE_EMPTY, EVIDENCE_LARGE. BYTES is empty after an error. */
int evidence_read(const char *path, struct buf *bytes, struct error *err);
/* The last part of the path, in ARENA. EVIDENCE_NAME when it is longer than
 * 120 characters or not a name that can be shown as it is: controls, marks
 * that turn the direction of writing, bytes that are no UTF-8. */
int evidence_name(const char *path, struct arena *arena, const char **name, struct error *err);
bool evidence_name_good(const char *name);
/* Writes a new file (mode 0600), whole or not at all. FILE_EXISTS. */
int evidence_write(const char *path, const struct buf *bytes, struct error *err);

/* --- the folder --- */

/* Where a piece of evidence belongs, for the errors. */
struct evidence_place {
	const char *claim_no;
	int64_t line_no;
};

/* Keeps the bytes; on the disk, name and all, when it answers 0. What is there
 * already and still the same counts as new from now on; what is there and has
 * changed is replaced. EVIDENCE_EMPTY, EVIDENCE_LARGE, STORE_FULL, FILE_WRITE. */
int evidence_keep(const char *folder, const void *bytes, size_t len,
		  uint8_t sha256[HASH_BYTES], struct error *err);
/* Reads and checks it. EVIDENCE_MISSING, EVIDENCE_CHANGED: BYTES is empty then. */
int evidence_take(const char *folder, const uint8_t sha256[HASH_BYTES],
		  const struct evidence_place *place, struct buf *bytes, struct error *err);
/* Bytes of the file of this hash, -1 when it isn't there; not read, not checked. */
int64_t evidence_size(const char *folder, const uint8_t sha256[HASH_BYTES]);

/* What lies in a folder. */
struct evidence_found {
	const char *path;
	bool half;        /* unfinished, or not a name of ours: no hash */
	uint8_t sha256[HASH_BYTES];
	int64_t bytes, age_s; /* since it was kept */
};

/* Calls VISIT for each file, in no order; it may remove it. Stops at a visit
 * that answers other than 0, with that. A folder that isn't there is empty. */
int evidence_walk(const char *folder, int (*visit)(void *context, const struct evidence_found *found),
		  void *context, struct error *err);
/* Removes a folder with everything evidence_keep() made in it. */
void evidence_remove(const char *folder);

#endif
