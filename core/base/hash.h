/* hash.h: SHA-256, keyed hashes and randomness, over libsodium. */
#ifndef OV_BASE_HASH_H
#define OV_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

enum { HASH_BYTES = 32, HASH_HEX = 65, ULID_TEXT = 27 };

/* Must be called once before any thread starts; 0, or -1 when the machine has
 * no source of randomness. */
int hash_setup(void);

void hash_sha256(const void *bytes, size_t len, uint8_t out[HASH_BYTES]);
/* SHA-256(prev ‖ bytes): the step of both chains. */
void hash_chain(const uint8_t prev[HASH_BYTES], const void *bytes, size_t len,
		uint8_t out[HASH_BYTES]);
/* A keyed hash (BLAKE2b-256), for values that must not be guessed from it. */
void hash_keyed(const uint8_t key[HASH_BYTES], const void *bytes, size_t len,
		uint8_t out[HASH_BYTES]);
/* A short keyed hash (SipHash-2-4, 128 bits): to find again what is in memory, under a
 * random key that never leaves the process. */
enum { SHORT_HASH_BYTES = 16 };
void hash_short(const uint8_t key[SHORT_HASH_BYTES], const void *bytes, size_t len,
		uint8_t out[SHORT_HASH_BYTES]);
/* Of the length of a text and a few words all over it, for tables in memory whose long
 * texts are compared whole anyway. */
uint64_t hash_text(const char *text);
char *hash_hex(const uint8_t hash[HASH_BYTES], char out[HASH_HEX]);
void random_bytes(void *out, size_t len);
/* COUNT letters of base64url and a NUL: six random bits each, for secrets that
 * stand in headers and addresses. The first is no sign: a program that gets one as
 * an argument must not take it for an option. */
void random_letters(char *out, size_t count);

/* A new ULID (26 Crockford letters): milliseconds, then 80 random bits. */
char *ulid_new(char out[ULID_TEXT]);
/* The ULID of given parts, for worlds made by a seed. */
char *ulid_make(int64_t unix_ms, const uint8_t random[10], char out[ULID_TEXT]);

/* A small deterministic generator (xoshiro256**), for demo worlds and tests;
 * never for secrets. */
struct rng {
	uint64_t s[4];
};
void rng_seed(struct rng *rng, uint64_t seed);
uint64_t rng_next(struct rng *rng);
uint64_t rng_below(struct rng *rng, uint64_t limit); /* 0 … limit - 1 */

#endif
