#include "core/base/hash.h"

#include <sodium.h>
#include <string.h>
#include <time.h>

enum { TEXT_WORDS = 12 };

int hash_setup(void)
{
	return sodium_init() < 0 ? -1 : 0;
}

void hash_sha256(const void *bytes, size_t len, uint8_t out[HASH_BYTES])
{
	crypto_hash_sha256(out, bytes, len);
}

void hash_chain(const uint8_t prev[HASH_BYTES], const void *bytes, size_t len,
		uint8_t out[HASH_BYTES])
{
	crypto_hash_sha256_state state;

	crypto_hash_sha256_init(&state);
	crypto_hash_sha256_update(&state, prev, HASH_BYTES);
	crypto_hash_sha256_update(&state, bytes, len);
	crypto_hash_sha256_final(&state, out);
}

void hash_keyed(const uint8_t key[HASH_BYTES], const void *bytes, size_t len,
		uint8_t out[HASH_BYTES])
{
	crypto_generichash(out, HASH_BYTES, bytes, len, key, HASH_BYTES);
}

void hash_short(const uint8_t key[SHORT_HASH_BYTES], const void *bytes, size_t len,
		uint8_t out[SHORT_HASH_BYTES])
{
	crypto_shorthash_siphashx24(out, bytes, len, key);
}

char *hash_hex(const uint8_t hash[HASH_BYTES], char out[HASH_HEX])
{
	return sodium_bin2hex(out, HASH_HEX, hash, HASH_BYTES);
}

uint64_t hash_text(const char *text)
{
	size_t len = strlen(text), step = len / TEXT_WORDS;
	uint64_t hash = 1469598103934665603u ^ len, part = 0;

	if (len < sizeof part * TEXT_WORDS)
		step = sizeof part;
	for (size_t at = len % step; at + sizeof part <= len; at += step) {
		memcpy(&part, text + at, sizeof part);
		hash = (hash ^ part) * 1099511628211u;
		hash ^= hash >> 32;
	}
	return hash;
}

void random_bytes(void *out, size_t len)
{
	randombytes_buf(out, len);
}

void random_letters(char *out, size_t count)
{
	static const char letters[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	enum { WORDS = 62 }; /* those before the two signs */

	do {
		random_bytes(out, count);
	} while (count && ((unsigned char)out[0] & 63u) >= WORDS);
	for (size_t i = 0; i < count; i++)
		out[i] = letters[(unsigned char)out[i] & 63u];
	out[count] = '\0';
}

char *ulid_make(int64_t unix_ms, const uint8_t random[10], char out[ULID_TEXT])
{
	static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	uint64_t ms = (uint64_t)unix_ms;
	unsigned bits = 0, have = 0;
	int at = 10;

	for (int i = 9; i >= 0; i--) {
		out[i] = letters[ms & 31];
		ms >>= 5;
	}
	for (int i = 0; i < 10; i++) {
		bits = (bits << 8 | random[i]) & 0xfff;
		have += 8;
		while (have >= 5) {
			have -= 5;
			out[at++] = letters[bits >> have & 31];
		}
	}
	out[at] = '\0';
	return out;
}

char *ulid_new(char out[ULID_TEXT])
{
	struct timespec ts;
	uint8_t random[10];

	clock_gettime(CLOCK_REALTIME, &ts);
	random_bytes(random, sizeof random);
	return ulid_make((int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000, random, out);
}

void rng_seed(struct rng *rng, uint64_t seed)
{
	for (int i = 0; i < 4; i++) { /* splitmix64 spreads a small seed */
		uint64_t z = (seed += 0x9e3779b97f4a7c15u);

		z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
		z = (z ^ z >> 27) * 0x94d049bb133111ebu;
		rng->s[i] = z ^ z >> 31;
	}
}

static uint64_t rotl(uint64_t x, int k)
{
	return x << k | x >> (64 - k);
}

uint64_t rng_next(struct rng *rng)
{
	uint64_t *s = rng->s, result = rotl(s[1] * 5, 7) * 9, t = s[1] << 17;

	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = rotl(s[3], 45);
	return result;
}

uint64_t rng_below(struct rng *rng, uint64_t limit)
{
	return (uint64_t)(((unsigned __int128)rng_next(rng) * limit) >> 64);
}
