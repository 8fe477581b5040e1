#include "core/base/sign.h"

#include <sodium.h>

_Static_assert(SIGN_SEED == crypto_sign_SEEDBYTES && SIGN_PUBLIC == crypto_sign_PUBLICKEYBYTES &&
	       SIGN_BYTES == crypto_sign_BYTES &&
	       sizeof ((struct sign_key *)0)->secret == crypto_sign_SECRETKEYBYTES,
	       "libsodium's sizes");

void sign_key_init(struct sign_key *key, const uint8_t seed[SIGN_SEED])
{
	crypto_sign_seed_keypair(key->public_key, key->secret, seed);
}

void sign_key_release(struct sign_key *key)
{
	sodium_memzero(key, sizeof *key);
}

void sign_make(const struct sign_key *key, const void *bytes, size_t len,
	       uint8_t signature[SIGN_BYTES])
{
	crypto_sign_detached(signature, NULL, bytes, len, key->secret);
}

bool sign_good(const uint8_t public_key[SIGN_PUBLIC], const void *bytes, size_t len,
	       const uint8_t signature[SIGN_BYTES])
{
	return crypto_sign_verify_detached(signature, bytes, len, public_key) == 0;
}

size_t base64_length(size_t len)
{
	return (len * 4 + 2) / 3;
}

char *base64_write(const void *bytes, size_t len, char *out)
{
	return sodium_bin2base64(out, base64_length(len) + 1, bytes, len,
				 sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

bool base64_read(const char *text, size_t text_len, void *out, size_t len)
{
	const char *end = NULL;
	size_t got = 0;

	return text_len == base64_length(len) &&
	       sodium_base642bin(out, len, text, text_len, NULL, &got, &end,
				 sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
	       got == len && end == text + text_len;
}
