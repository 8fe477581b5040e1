#include "core/store/search_line.h"

#include <stdio.h>
#include <string.h>

#include "core/store/search_varint.h"

enum {
	NUMBER_DIGITS = 13,   /* of an ordinary student number */
	NUMBER_IS_PACKED = 0xff,
	NAME_BYTES = 240
};

/* --- the student number --- */

static bool is_ordinary(const char *number)
{
	return strspn(number, "0123456789") == NUMBER_DIGITS && !number[NUMBER_DIGITS];
}

void search_line_number_set(struct search_line *line, const char *number,
			    uint8_t packed[SEARCH_NUMBER_PACKED])
{
	uint64_t value = 0;

	line->form = SEARCH_FORM_TEXT;
	line->number = number;
	line->number_len = strnlen(number, SEARCH_NUMBER_TEXT - 1);
	if (!is_ordinary(number))
		return;
	for (size_t i = 0; i < NUMBER_DIGITS; i++)
		value = value * 10 + (uint64_t)(number[i] - '0');
	for (int i = 0; i < SEARCH_NUMBER_PACKED; i++)
		packed[i] = (uint8_t)(value >> 8 * (SEARCH_NUMBER_PACKED - 1 - i));
	line->form = SEARCH_FORM_PACKED;
	line->number = (const char *)packed;
	line->number_len = SEARCH_NUMBER_PACKED;
}

static void digits_write(uint32_t value, char *out, size_t count)
{
	for (size_t i = count; i-- > 0; value /= 10)
		out[i] = (char)('0' + value % 10);
}

size_t search_line_number(const struct search_line *line, char out[SEARCH_NUMBER_TEXT])
{
	const unsigned char *from = (const unsigned char *)line->number;
	uint64_t value = 0;
	size_t len = line->number_len;

	if (line->form == SEARCH_FORM_PACKED) {
		for (int i = 0; i < SEARCH_NUMBER_PACKED; i++)
			value = value << 8 | from[i];
		value %= 10000000000000u;
		digits_write((uint32_t)(value / 10000000), out, 6);
		digits_write((uint32_t)(value % 10000000), out + 6, 7);
		len = NUMBER_DIGITS;
	} else if (line->form == SEARCH_FORM_REVERSED) {
		for (size_t i = 0; i < len; i++)
			out[i] = line->number[len - 1 - i];
	} else {
		memcpy(out, line->number, len);
	}
	out[len] = '\0';
	return len;
}

/* --- the line --- */

/* In the shorter of its forms, whichever it has: a line has one way to be written. */
static uint8_t *number_put(uint8_t *to, const struct search_line *line)
{
	struct search_line shorter = *line;
	char number[SEARCH_NUMBER_TEXT];
	uint8_t packed[SEARCH_NUMBER_PACKED];

	if (line->form != SEARCH_FORM_PACKED) {
		search_line_number(line, number);
		search_line_number_set(&shorter, number, packed);
	}
	*to++ = shorter.form == SEARCH_FORM_PACKED ? NUMBER_IS_PACKED : (uint8_t)shorter.number_len;
	memcpy(to, shorter.number, shorter.number_len);
	return to + shorter.number_len;
}

size_t search_line_write(const struct search_line *line, uint8_t out[SEARCH_LINE_BYTES])
{
	size_t name_len = line->name_len < NAME_BYTES ? line->name_len : NAME_BYTES;
	uint8_t *to = out;

	*to++ = (uint8_t)line->status;
	to = search_varint_put(to, (uint64_t)line->group_id);
	to = search_varint_put(to, (uint64_t)line->pattern_id);
	to = search_varint_put(to, (uint64_t)line->work_id);
	to = search_varint_put(to, (uint64_t)line->open_claims);
	to = search_varint_put(to, search_varint_unsigned(line->earned_centi));
	to = number_put(to, line);
	memcpy(to, line->full_name, name_len);
	return (size_t)(to - out) + name_len;
}

bool search_line_read(const uint8_t *bytes, size_t len, struct search_line *line)
{
	const uint8_t *at = bytes, *end = bytes + len;
	uint64_t group, pattern, work, claims, earned;

	if (!len)
		return false;
	line->status = *at++;
	at = search_varint_take(at, end, &group);
	at = search_varint_take(at, end, &pattern);
	at = search_varint_take(at, end, &work);
	at = search_varint_take(at, end, &claims);
	at = search_varint_take(at, end, &earned);
	if (!at || at == end)
		return false;
	line->group_id = (int64_t)group;
	line->pattern_id = (int64_t)pattern;
	line->work_id = (int64_t)work;
	line->open_claims = (int64_t)claims;
	line->earned_centi = search_varint_signed(earned);
	line->form = *at == NUMBER_IS_PACKED ? SEARCH_FORM_PACKED : SEARCH_FORM_TEXT;
	line->number_len = line->form == SEARCH_FORM_PACKED ? SEARCH_NUMBER_PACKED : *at;
	at++;
	if (line->number_len >= SEARCH_NUMBER_TEXT || line->number_len > (size_t)(end - at))
		return false;
	line->number = (const char *)at;
	line->full_name = (const char *)at + line->number_len;
	line->name_len = (size_t)(end - at) - line->number_len;
	return true;
}
