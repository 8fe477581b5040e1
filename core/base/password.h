/* password.h: hashes of passwords (Argon2id, libsodium). */
#ifndef OV_BASE_PASSWORD_H
#define OV_BASE_PASSWORD_H

#include <stdbool.h>

enum { PASSWORD_TEXT = 128 }; /* room for a hash with its parameters */

enum password_cost {
	PASSWORD_REAL, /* 64 MiB, about 0.15 s: for people */
	PASSWORD_DEMO  /* next to nothing: demo worlds, whose password is public */
};

/* False when there was no memory for it. */
bool password_hash(const char *password, enum password_cost cost, char out[PASSWORD_TEXT]);
/* HASH NULL: takes the time of a real one and answers false, so that nobody
 * learns by the clock whether an account is there. */
bool password_verify(const char *hash, const char *password);

#endif
