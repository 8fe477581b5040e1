/* evidence.h: the files behind the evidence of claims.
 *
 * A file comes in before the command that names it: the bytes are sent
 * (store_evidence_put), and claim.evidence_add or a claim's line says their
 * hash; a hash whose bytes are not there is refused. It goes out after the
 * command that says why: claim.evidence_open is noted in the trail with its
 * reason (I23), and for ten minutes the store hands that line's files to that
 * person, read and checked each time. The same through REST as here.
 *
 * Rows of evidence are never removed, so a file that a row names is kept for
 * ever; what no row names after a day (a form that was given up) is garbage. */
#ifndef OV_STORE_EVIDENCE_H
#define OV_STORE_EVIDENCE_H

#include "core/store/command.h"
#include "core/store/evidence_folder.h"
#include "core/store/local.h"

enum {
	EVIDENCE_OPEN_S = 600,     /* how long after evidence_open a file is handed out */
	EVIDENCE_UNUSED_S = 86400  /* a file that no row names is kept that long */
};

/* --- for whoever has the file: command line and forms --- */

/* For each argument of COMMAND that says a file (ATTACH) and no hash: reads the
 * file at that path, sends it to the store (not when only ASSESSing) and puts
 * name, size and SHA-256 into the arguments. Nothing is sent when one of them
 * can't be read. */
int evidence_attach(struct store *store, struct command *command, bool assess,
		    struct arena *arena, struct error *err);

/* --- slots of the local store --- */

/* PERM_DENIED without claim_edit; otherwise as evidence_keep(). */
int local_evidence_put(struct store *store, const void *bytes, size_t len,
		       uint8_t sha256[HASH_BYTES], struct error *err);
/* NOT_FOUND when no claim in the actor's scope has it, EVIDENCE_UNASKED without
 * claim.evidence_open before, PERM_DENIED without reveal; otherwise as
 * evidence_take(). */
int local_evidence_get(struct store *store, const uint8_t sha256[HASH_BYTES],
		       struct buf *bytes, struct error *err);
/* The folder of a database's evidence; for one in memory a temporary one,
 * made now, that local_close() removes. NULL with ERR filled. */
const char *local_evidence_folder(struct local *local, struct error *err);

/* --- the folder as a whole; like admin.h, where the files are --- */

struct evidence_tally {
	int64_t kept, bytes;           /* files that rows name, and their size */
	int64_t missing, changed;      /* that rows name and nobody has, or another has */
	int64_t unused, unused_bytes;  /* that no row names */
	int64_t half;                  /* unfinished, or not ours */
	char claim_no[16];             /* of the first that is missing or changed */
	bool first_missing;            /* it is missing */
	int64_t line_no;
};

/* Holds rows and files against each other; reads every file. */
int store_evidence_check(struct store *store, struct evidence_tally *tally, struct error *err);
/* Removes what no row has named for a day, and unfinished files of before;
 * tally->unused and ->half are what was removed, and stand in the trail
 * (evidence.purge). */
int store_evidence_purge(struct store *store, struct evidence_tally *tally, struct error *err);

/* For store_backup() and store_restore(): copies what rows name to another
 * folder, each file checked. What is missing or changed is counted, not an
 * error: a backup of the rest is worth having. */
int evidence_back_up(struct local *local, const char *to, struct evidence_tally *tally,
		     struct error *err);
int evidence_bring_back(const char *from, const char *to, struct error *err);

#endif
