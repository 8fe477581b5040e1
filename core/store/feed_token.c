#include "core/store/feed_token.h"

#include <string.h>

/* Keeps the hashes apart from those of sessions, which have the same key. */
#define FEED_PREFIX "feed:"

void feed_token_new(char token[FEED_TOKEN_TEXT])
{
	random_letters(token, FEED_TOKEN_TEXT - 1);
}

bool feed_token_good(const char *token)
{
	static const char letters[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

	return strlen(token) == FEED_TOKEN_TEXT - 1 &&
	       strspn(token, letters) == FEED_TOKEN_TEXT - 1;
}

void feed_token_hash(const uint8_t secret[HASH_BYTES], const char *token,
		     uint8_t hash[HASH_BYTES])
{
	char text[sizeof FEED_PREFIX + FEED_TOKEN_TEXT] = FEED_PREFIX;

	strncat(text, token, FEED_TOKEN_TEXT - 1);
	hash_keyed(secret, text, strlen(text), hash);
}

bool feed_base_good(const char *base)
{
	const char *host;

	if (!base || strlen(base) > FEED_URL_MAX)
		return false;
	if (!strncmp(base, "https://", 8))
		host = base + 8;
	else if (!strncmp(base, "http://", 7))
		host = base + 7;
	else
		return false;
	for (const char *c = host; *c; c++)
		if ((unsigned char)*c <= ' ' || (unsigned char)*c >= 0x7f || strchr("\"<>\\?#", *c))
			return false;
	return *host && *host != '/';
}

const char *feed_url(const char *base, const char *token, struct arena *arena)
{
	size_t len = strlen(base);

	while (len && base[len - 1] == '/')
		len--;
	return arena_printf(arena, "%.*s/v1/feeds/%s.ics", (int)len, base, token);
}
