/* admin.h: a local database as a whole: made, checked, copied, brought back.
 *
 * These are not slots of a store: they need the file. Whoever is logged in
 * needs the permission (admin; for store_verify: audit); with nobody logged
 * in, what the operating system allows decides. Long work reports to the
 * store's progress and stops on store_cancel(). */
#ifndef OV_STORE_ADMIN_H
#define OV_STORE_ADMIN_H

#include "core/store/chain.h"
#include "core/store/evidence.h"
#include "core/store/store.h"

/* Makes a new database and opens it. STORE_EXISTS when there is one. Until
 * store_close() it counts as unfinished: whatever ends the program before
 * leaves a file that nobody opens by mistake and that store_create() makes anew. */
int store_create(const char *url, const struct store_options *options,
		 struct store **out, struct error *err);
/* Removes a database that was closed. For one whose making failed. */
void store_remove(const char *url);

/* Reads every page and index and tries every reference: STORE_DAMAGED. */
int store_check(struct store *store, struct error *err);
/* Walks a chain; that it is broken is no error of the call. Through a server
 * the ledger is read and verified here (ledger_pages.h); the trail, which holds
 * what is masked on the way, is verified by the server, whose word it is. */
int store_verify(struct store *store, enum chain chain, struct chain_result *result,
		 struct error *err);

/* The same, and then holds a signed checkpoint of that chain (checkpoint.h)
 * against it: the row it names must be there with that hash and seal, so that
 * also a tail that was cut off shows. KEY is the centre's public key as text;
 * NULL: the one in the database, which is worth less. CHECKPOINT_BAD,
 * CHECKPOINT_FORGED, KEY_TEXT_BAD, SIGN_KEY_NONE. */
int store_verify_checkpoint(struct store *store, enum chain chain, const char *text,
			    const char *key, struct chain_result *result, struct error *err);

/* A consistent copy while others work. FILE_EXISTS: it never overwrites. The
 * files of evidence go to FILE.evidence, each checked on the way; what is
 * missing or changed is counted in TALLY and is no error. */
int store_backup(struct store *store, const char *file, struct evidence_tally *tally,
		 struct error *err);
/* Puts a backup in the place of the database of URL, after reading all of it:
 * ours, schema known, no damage, both chains whole (CHAIN_BROKEN otherwise).
 * The database that was there is kept beside it as PATH.before-TIME. The epoch
 * is new, so that every cursor of before is refused. STORE_LOCKED when somebody
 * has the database open. Files of FILE.evidence that are not there come back
 * first; none is removed. */
int store_restore(const char *url, const char *file, struct error *err);

#endif
