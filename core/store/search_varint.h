/* search_varint.h: numbers of seven bits a byte, lowest first; of blocks and
 * lines. Inline: each entry that is looked at has six of them. */
#ifndef OV_STORE_SEARCH_VARINT_H
#define OV_STORE_SEARCH_VARINT_H

#include <stddef.h>
#include <stdint.h>

enum { SEARCH_VARINT_BYTES = 10 };

static inline uint8_t *search_varint_put(uint8_t *to, uint64_t rest)
{
	for (; rest >= 0x80; rest >>= 7)
		*to++ = (uint8_t)(rest | 0x80);
	*to++ = (uint8_t)rest;
	return to;
}

/* NULL when the bytes end within the number, or FROM is NULL. */
static inline const uint8_t *search_varint_take(const uint8_t *from, const uint8_t *end,
						uint64_t *number)
{
	uint64_t value = 0;

	*number = 0;
	if (!from)
		return NULL;
	if (from < end && *from < 0x80) { /* nearly all of them */
		*number = *from;
		return from + 1;
	}
	for (unsigned shift = 0; from < end && shift < 7 * SEARCH_VARINT_BYTES; shift += 7) {
		uint8_t byte = *from++;

		value |= (uint64_t)(byte & 0x7f) << (shift < 63 ? shift : 63);
		if (byte < 0x80) {
			*number = value;
			return from;
		}
	}
	return NULL;
}

/* A number with a sign: 0, -1, 1, -2 … */
static inline uint64_t search_varint_unsigned(int64_t number)
{
	return (uint64_t)number << 1 ^ (number < 0 ? UINT64_MAX : 0);
}

static inline int64_t search_varint_signed(uint64_t number)
{
	return (int64_t)(number >> 1) ^ -(int64_t)(number & 1);
}

#endif
