/* checkpoint.h: a signed statement of what stood at the end of a chain.
 *
 * A checkpoint says: on this day the ledger (or the audit trail) of this
 * centre ended with this row. It is signed with the centre's Ed25519 key, and
 * short enough for a receipt and its QR code, so that a copy outside proves
 * against the database, years later, that nothing up to there was changed or
 * cut off. It can carry a subject, such as the number and the credits of a
 * claim: a receipt is a checkpoint with a subject.
 *
 * The text is one line of ASCII, at most CHECKPOINT_MAX bytes, without blanks:
 *
 *	OV1.L.C01.20150910.1234.HASH.SEAL.SUBJECT.SIGNATURE
 *
 * version, chain (L ledger, A audit), centre, day, seq of the last row (0: the
 * chain is empty), its hash, its seal (the ledger's; empty for the audit
 * trail: core/store/chain.h), subject (may be empty), and the signature of all
 * bytes before the last dot. Hashes, signature and keys are base64url without
 * padding. Blanks and line ends that a printer put in are skipped on reading.
 * The centre's public key is given out as OVKEY1.KEY.
 *
 * Pure: no database, no clock. docs/ledger-format.md shows it checked without
 * Overpass. */
#ifndef OV_CODEC_CHECKPOINT_H
#define OV_CODEC_CHECKPOINT_H

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/sign.h"

enum {
	CHECKPOINT_MAX = 300,    /* bytes of the text */
	CHECKPOINT_TEXT = 301,   /* with NUL */
	CHECKPOINT_CENTRE = 17,  /* code, with NUL */
	CHECKPOINT_SUBJECT = 49, /* with NUL */
	CHECKPOINT_KEY_TEXT = 64
};

enum checkpoint_chain { CHECKPOINT_LEDGER, CHECKPOINT_AUDIT };

struct checkpoint {
	enum checkpoint_chain chain;
	char centre[CHECKPOINT_CENTRE]; /* letters, digits, - and _ */
	int64_t day;                    /* in the centre's zone */
	int64_t seq;                    /* of the last row, 0 for an empty chain */
	uint8_t hash[HASH_BYTES];       /* zero bytes for an empty chain */
	uint8_t seal[HASH_BYTES];       /* the ledger's; not written for the audit trail */
	/* What a receipt adds: letters, digits and -_:,=+/@ ; "" for none; credits in
	 * hundredths, such as CL201509000001:800. No
	 * personal data: whoever holds the paper reads it. */
	char subject[CHECKPOINT_SUBJECT];
};

/* Signs. CHECKPOINT_BAD when centre, day, seq or subject is not as above. */
int checkpoint_text(const struct checkpoint *checkpoint, const struct sign_key *key,
		    char out[CHECKPOINT_TEXT], struct error *err);
/* Reads the statement and believes it: only its shape is checked.
 * CHECKPOINT_BAD names what is wrong with it. */
int checkpoint_parse(const char *text, struct checkpoint *out, struct error *err);
/* The same, and the signature: CHECKPOINT_FORGED unless the owner of the
 * public key signed exactly this. */
int checkpoint_verify(const char *text, const uint8_t public_key[SIGN_PUBLIC],
		      struct checkpoint *out, struct error *err);

/* The public key as text, and back (blanks around it are skipped); KEY_TEXT_BAD. */
char *checkpoint_key_text(const uint8_t public_key[SIGN_PUBLIC], char out[CHECKPOINT_KEY_TEXT]);
int checkpoint_key_parse(const char *text, uint8_t public_key[SIGN_PUBLIC], struct error *err);

#endif
