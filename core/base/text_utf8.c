#include "core/base/text.h"

#include <string.h>

/* How long the sequence of a lead byte is and what its second byte may be
 * (Unicode, table 3-7): that rule keeps out overlong forms, surrogates and
 * values past U+10FFFF. 0 for a byte that cannot lead. */
static size_t sequence(unsigned char lead, unsigned char *low, unsigned char *high)
{
	*low = 0x80;
	*high = 0xbf;
	if (lead >= 0xc2 && lead <= 0xdf)
		return 2;
	if (lead >= 0xe0 && lead <= 0xef) {
		if (lead == 0xe0)
			*low = 0xa0;
		else if (lead == 0xed)
			*high = 0x9f;
		return 3;
	}
	if (lead >= 0xf0 && lead <= 0xf4) {
		if (lead == 0xf0)
			*low = 0x90;
		else if (lead == 0xf4)
			*high = 0x8f;
		return 4;
	}
	return 0;
}

size_t utf8_decode(const char *text, size_t len, uint32_t *cp)
{
	static const unsigned char lead_bits[] = { 0, 0, 0x1f, 0x0f, 0x07 };
	const unsigned char *s = (const unsigned char *)text;
	unsigned char low, high;
	size_t want, i;
	uint32_t value;

	if (!len)
		return 0;
	if (s[0] < 0x80) {
		*cp = s[0];
		return 1;
	}
	want = sequence(s[0], &low, &high);
	*cp = UTF8_BAD;
	if (!want)
		return 1;
	value = s[0] & lead_bits[want];
	for (i = 1; i < want; i++) {
		if (i >= len || s[i] < low || s[i] > high)
			return i;
		value = value << 6 | (s[i] & 0x3fu);
		low = 0x80;
		high = 0xbf;
	}
	*cp = value;
	return want;
}

size_t utf8_encode(uint32_t cp, char out[UTF8_MAX])
{
	if (cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff))
		cp = UTF8_BAD;
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xc0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3f));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xe0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3f));
		out[2] = (char)(0x80 | (cp & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3f));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3f));
	out[3] = (char)(0x80 | (cp & 0x3f));
	return 4;
}

size_t utf8_invalid_at(const char *text, size_t len)
{
	const uint64_t tops = 0x8080808080808080u;
	size_t at = 0;

	while (at < len) {
		const unsigned char *s = (const unsigned char *)text + at;
		unsigned char low, high;
		size_t want;
		uint64_t word;

		if (len - at >= sizeof word) {
			memcpy(&word, s, sizeof word);
			if (!(word & tops)) {
				at += sizeof word;
				continue;
			}
		}
		if (s[0] < 0x80) {
			at++;
			continue;
		}
		want = sequence(s[0], &low, &high);
		if (!want || len - at < want || s[1] < low || s[1] > high ||
		    (want > 2 && (s[2] & 0xc0) != 0x80) ||
		    (want > 3 && (s[3] & 0xc0) != 0x80))
			return at;
		at += want;
	}
	return len;
}

bool utf8_valid(const char *text, size_t len)
{
	return utf8_invalid_at(text, len) == len;
}

size_t utf8_prefix(const char *text, size_t count)
{
	size_t len = strlen(text), at = 0;
	uint32_t cp;

	while (at < len && count--)
		at += utf8_decode(text + at, len - at, &cp);
	return at;
}

size_t utf8_count(const char *text)
{
	size_t len = strlen(text), at = 0, count = 0;
	uint32_t cp;

	for (; at < len; count++)
		at += utf8_decode(text + at, len - at, &cp);
	return count;
}

void utf8_add(struct buf *out, uint32_t cp)
{
	char bytes[UTF8_MAX];

	buf_add(out, bytes, utf8_encode(cp, bytes));
}
