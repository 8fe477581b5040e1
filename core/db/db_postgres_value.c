/* Values as they go over the wire: big-endian numbers, bytes as they are. */
#include "core/db/db_postgres.h"

#include <stdlib.h>
#include <string.h>

bool postgres_is_number(unsigned type)
{
	return type == OID_BOOL || type == OID_INT2 || type == OID_INT4 || type == OID_INT8 ||
	       type == OID_NUMERIC;
}

void postgres_put_int(char out[8], int64_t value)
{
	uint64_t rest = (uint64_t)value;

	for (int i = 8; i-- > 0; rest >>= 8)
		out[i] = (char)(rest & 0xff);
}

/* Two's complement of LEN bytes. */
static int64_t number(const char *bytes, size_t len)
{
	uint64_t value = len && (signed char)bytes[0] < 0 ? UINT64_MAX : 0;

	for (size_t i = 0; i < len; i++)
		value = value << 8 | (unsigned char)bytes[i];
	return (int64_t)value;
}

/* Digits of base 10000 after their count, the power of the first, sign and scale. */
static int64_t numeric(const char *bytes, size_t len)
{
	uint64_t value = 0;
	int64_t count, weight;

	if (len < 8)
		return 0;
	count = number(bytes, 2);
	weight = number(bytes + 2, 2);
	for (int64_t i = 0; i <= weight; i++)
		value = value * 10000 + (i < count && 10 + 2 * (size_t)i <= len ?
					 (uint64_t)number(bytes + 8 + 2 * i, 2) : 0);
	return (int64_t)(bytes[4] == 0x40 ? 0 - value : value);
}

int64_t postgres_int(unsigned type, const char *bytes, size_t len)
{
	char digits[24];

	switch (type) {
	case OID_BOOL:
		return len && bytes[0];
	case OID_INT2: case OID_INT4: case OID_INT8:
		return number(bytes, len);
	case OID_NUMERIC:
		return numeric(bytes, len);
	default: /* a text that begins with a number is that number */
		len = len < sizeof digits - 1 ? len : sizeof digits - 1;
		memcpy(digits, bytes, len);
		digits[len] = '\0';
		return strtoll(digits, NULL, 10);
	}
}

static void put_small(struct buf *out, uint64_t value, size_t bytes)
{
	char all[8];

	postgres_put_int(all, (int64_t)value);
	buf_add(out, all + 8 - bytes, bytes);
}

void postgres_copy_begin(struct buf *out)
{
	static const char head[] = "PGCOPY\n\377\r\n"; /* with its NUL */

	buf_add(out, head, sizeof head);
	put_small(out, 0, 4); /* flags */
	put_small(out, 0, 4); /* no extension */
}

void postgres_copy_row(struct buf *out, const struct db_value *values, size_t count)
{
	put_small(out, count, 2);
	for (size_t i = 0; i < count; i++) {
		const struct db_value *value = &values[i];

		if (value->type == DB_NULL || (value->type == DB_INT && value->number == OV_NULL)) {
			put_small(out, UINT32_MAX, 4);
		} else if (value->type == DB_INT) {
			put_small(out, 8, 4);
			put_small(out, (uint64_t)value->number, 8);
		} else {
			put_small(out, value->len, 4);
			buf_add(out, value->bytes, value->len);
		}
	}
}

void postgres_copy_end(struct buf *out)
{
	put_small(out, UINT16_MAX, 2);
}
