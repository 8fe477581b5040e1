#include "core/store/search_line.h"

#include <stdio.h>
#include <string.h>

enum {
	NUMBER_DIGITS = 13, NUMBER_BYTES = 6, /* an ordinary student number, packed */
	NUMBER_PACKED = 0xff,
	PLACE_BITS = 16, PLACE_MAX = (1 << PLACE_BITS) - 1,
	NAME_BYTES = 240, VARINT_BYTES = 10
};

/* --- numbers of seven bits a byte --- */

static uint8_t *put(uint8_t *to, int64_t number)
{
	uint64_t rest = (uint64_t)number << 1 ^ (number < 0 ? UINT64_MAX : 0);

	while (rest >= 0x80) {
		*to++ = (uint8_t)(rest | 0x80);
		rest >>= 7;
	}
	*to++ = (uint8_t)rest;
	return to;
}

/* NULL when the bytes end within the number. */
static const uint8_t *take(const uint8_t *from, const uint8_t *end, int64_t *number)
{
	uint64_t value = 0;

	if (!from)
		return NULL;
	if (from < end && *from < 0x80) { /* nearly all of them */
		*number = (int64_t)(*from >> 1) ^ -(int64_t)(*from & 1);
		return from + 1;
	}
	for (int shift = 0; from < end && shift < 7 * VARINT_BYTES; shift += 7) {
		value |= (uint64_t)(*from & 0x7f) << (shift < 64 ? shift : 63);
		if (!(*from++ & 0x80)) {
			*number = (int64_t)(value >> 1) ^ -(int64_t)(value & 1);
			return from;
		}
	}
	return NULL;
}

/* --- the student number --- */

static bool is_ordinary(const char *number)
{
	return strspn(number, "0123456789") == NUMBER_DIGITS && !number[NUMBER_DIGITS];
}

static uint8_t *number_put(uint8_t *to, const char *number)
{
	size_t len = strnlen(number, SEARCH_NUMBER_TEXT - 1);
	uint64_t value = 0;

	if (!is_ordinary(number)) {
		*to++ = (uint8_t)len;
		memcpy(to, number, len);
		return to + len;
	}
	*to++ = NUMBER_PACKED;
	for (size_t i = 0; i < NUMBER_DIGITS; i++)
		value = value * 10 + (uint64_t)(number[i] - '0');
	for (int i = NUMBER_BYTES - 1; i >= 0; i--)
		*to++ = (uint8_t)(value >> 8 * i);
	return to;
}

static void digits_write(uint32_t value, char *out, size_t count)
{
	for (size_t i = count; i-- > 0; value /= 10)
		out[i] = (char)('0' + value % 10);
}

static const uint8_t *number_take(const uint8_t *from, const uint8_t *end,
				  char out[SEARCH_NUMBER_TEXT])
{
	uint64_t value = 0;
	size_t len;

	if (!from || from == end)
		return NULL;
	len = *from++;
	if (len != NUMBER_PACKED) {
		if (len >= SEARCH_NUMBER_TEXT || len > (size_t)(end - from))
			return NULL;
		memcpy(out, from, len);
		out[len] = '\0';
		return from + len;
	}
	if (end - from < NUMBER_BYTES)
		return NULL;
	for (int i = 0; i < NUMBER_BYTES; i++)
		value = value << 8 | *from++;
	digits_write((uint32_t)(value / 10000000), out, 6);
	digits_write((uint32_t)(value % 10000000), out + 6, 7);
	out[NUMBER_DIGITS] = '\0';
	return from;
}

/* --- the line --- */

size_t search_line_write(const struct search_line *line, uint8_t out[SEARCH_LINE_BYTES])
{
	const int64_t numbers[] = {
		line->branch_id, line->centre_id, line->status, line->programme_id,
		line->curriculum_id, line->cohort_id, line->pattern_id, line->work_id, line->year,
		line->earned_centi, line->open_claims,
	};
	size_t name_len = line->name_len < NAME_BYTES ? line->name_len : NAME_BYTES;
	uint8_t *to = out;

	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
		to = put(to, numbers[i]);
	to = number_put(to, line->student_no);
	memcpy(to, line->full_name, name_len);
	return (size_t)(to - out) + name_len;
}

bool search_line_read(const uint8_t *bytes, size_t len, struct search_line *line)
{
	int64_t *const numbers[] = {
		&line->branch_id, &line->centre_id, &line->status, &line->programme_id,
		&line->curriculum_id, &line->cohort_id, &line->pattern_id, &line->work_id, &line->year,
		&line->earned_centi, &line->open_claims,
	};
	const uint8_t *at = bytes, *end = bytes + len;

	for (size_t i = 0; at && i < sizeof numbers / sizeof numbers[0]; i++)
		at = take(at, end, numbers[i]);
	at = number_take(at, end, line->student_no);
	if (!at)
		return false;
	line->full_name = (const char *)at;
	line->name_len = (size_t)(end - at);
	return true;
}

bool search_line_peek(const uint8_t *bytes, size_t len, struct search_line *line)
{
	const uint8_t *at = bytes, *end = bytes + len;

	at = take(at, end, &line->branch_id);
	at = take(at, end, &line->centre_id);
	return take(at, end, &line->status) != NULL;
}

int64_t search_place(int64_t branch_id, int64_t centre_id, bool active)
{
	if (branch_id < 0 || branch_id > PLACE_MAX || centre_id < 0 || centre_id > PLACE_MAX)
		return OV_NULL;
	return (branch_id << PLACE_BITS | centre_id) << 1 | (active ? 1 : 0);
}

void search_place_read(int64_t place, int64_t *branch_id, int64_t *centre_id, bool *active)
{
	*active = place & 1;
	*centre_id = place >> 1 & PLACE_MAX;
	*branch_id = place >> (1 + PLACE_BITS);
}
