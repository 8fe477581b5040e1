/* sign.h: Ed25519 signatures over libsodium.
 *
 * A key pair is made from 32 secret bytes, which are all that has to be kept;
 * the public half is what verifies. Needs hash_setup(). */
#ifndef OV_BASE_SIGN_H
#define OV_BASE_SIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SIGN_SEED = 32, SIGN_PUBLIC = 32, SIGN_BYTES = 64 };

struct sign_key {
	uint8_t public_key[SIGN_PUBLIC];
	uint8_t secret[64]; /* libsodium's form; wiped by sign_key_release() */
};

void sign_key_init(struct sign_key *key, const uint8_t seed[SIGN_SEED]);
void sign_key_release(struct sign_key *key);
void sign_make(const struct sign_key *key, const void *bytes, size_t len,
	       uint8_t signature[SIGN_BYTES]);
bool sign_good(const uint8_t public_key[SIGN_PUBLIC], const void *bytes, size_t len,
	       const uint8_t signature[SIGN_BYTES]);

/* Base64 with the letters of URLs and without padding: RFC 4648, section 5.
 * OUT has room for base64_length(len) bytes and a NUL. */
size_t base64_length(size_t len);
char *base64_write(const void *bytes, size_t len, char *out);
/* Exactly LEN bytes from TEXT's TEXT_LEN letters; false for anything else,
 * also for stray bits in the last letter. */
bool base64_read(const char *text, size_t text_len, void *out, size_t len);

#endif
