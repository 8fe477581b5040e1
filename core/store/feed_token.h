/* feed_token.h: the secret part of a calendar feed's address. */
#ifndef OV_STORE_FEED_TOKEN_H
#define OV_STORE_FEED_TOKEN_H

#include <stdbool.h>

#include "core/base/arena.h"
#include "core/base/hash.h"

/* 22 letters of base64url are 132 random bits: more than anybody guesses, and
 * short, since the address is to fit a small QR code. */
enum { FEED_TOKEN_TEXT = 23, FEED_URL_MAX = 200 };

void feed_token_new(char token[FEED_TOKEN_TEXT]);
/* Does the text look like a token? */
bool feed_token_good(const char *token);
/* What the database keeps. SECRET: the store's. */
void feed_token_hash(const uint8_t secret[HASH_BYTES], const char *token,
		     uint8_t hash[HASH_BYTES]);

/* May BASE ("https://centre.example") begin an address? */
bool feed_base_good(const char *base);
const char *feed_url(const char *base, const char *token, struct arena *arena);

#endif
