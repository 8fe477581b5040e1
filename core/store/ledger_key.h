/* ledger_key.h: the centre's signing key, and checkpoints of a database.
 *
 * The key pair is the proof that a statement is the centre's. Its secret half
 * lies in a file of its own beside the database, PATH.key, mode 0600: not in
 * the database, so that no backup, export, replica or route carries it along,
 * and whoever can change the file of the ledger can't sign what he made of it.
 * The public half is in the database (meta `ledger_key`) and may be given to
 * anybody. The pair is made at the first checkpoint; from then on another file
 * or none is SIGN_KEY_MISSING, never a new key made in silence.
 *
 * A demo world or a store in memory signs with one well-known key: its receipts
 * look real, are the same for equal worlds, and prove nothing. */
#ifndef OV_STORE_LEDGER_KEY_H
#define OV_STORE_LEDGER_KEY_H

#include "core/codec/checkpoint.h"
#include "core/store/chain.h"
#include "core/store/tx.h"

/* The signed statement of the last row of a chain, as it is in this
 * transaction, with SUBJECT ("" for none; checkpoint.h): what a receipt prints.
 * TEXT gets it; PUBLIC_KEY (may be NULL) the key that verifies it. Checks no
 * permission. Makes the key pair when there is none, but not when assessing:
 * then TEXT is "". */
int ledger_checkpoint(struct tx *tx, enum chain chain, const char *subject,
		      char text[CHECKPOINT_TEXT], char public_key[CHECKPOINT_KEY_TEXT],
		      struct error *err);

/* The public key of a database as text; "" while there is none. */
int ledger_public_key(struct local *local, char text[CHECKPOINT_KEY_TEXT], struct error *err);

/* The hash (and for the ledger the seal, zero bytes for an entry without one)
 * of row SEQ; zero bytes for 0. *found: the row is there. */
int ledger_row_mark(struct local *local, enum chain chain, int64_t seq, bool *found,
		    uint8_t hash[HASH_BYTES], uint8_t seal[HASH_BYTES], struct error *err);

#endif
