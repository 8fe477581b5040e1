/* Values as people and files write them: parse, format and check. */
#include "core/model/field.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/model/reason.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Copies what fits, cut at a character. */
static void text_copy(char *out, size_t size, const char *text)
{
	size_t len = strlen(text);

	if (len >= size) {
		len = size - 1;
		while (len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80)
			len--;
	}
	memcpy(out, text, len);
	out[len] = '\0';
}

char *centi_format(int64_t centi, char out[24])
{
	uint64_t value = centi < 0 ? 0 - (uint64_t)centi : (uint64_t)centi;

	if (centi == OV_NULL)
		out[0] = '\0';
	else
		snprintf(out, 24, "%s%" PRIu64 ".%02" PRIu64, centi < 0 ? "-" : "",
			 value / 100, value % 100);
	return out;
}

bool centi_parse(const char *text, int64_t *centi)
{
	bool negative = *text == '-';
	int64_t value = 0;
	int decimals = 0, count = 0;

	text += negative || *text == '+';
	for (; *text >= '0' && *text <= '9'; text++, count++) {
		if (count > 12)
			return false;
		value = value * 10 + (*text - '0');
	}
	if (*text == '.')
		for (text++; *text >= '0' && *text <= '9'; text++, decimals++) {
			if (decimals == 2)
				return false;
			value = value * 10 + (*text - '0');
		}
	if (*text || count + decimals == 0 || count == 0)
		return false;
	for (; decimals < 2; decimals++)
		value *= 10;
	*centi = negative ? -value : value;
	return true;
}

static bool int_parse(const char *text, int64_t *value)
{
	char *end;
	long long parsed;

	if (strlen(text) > 18 || !*text)
		return false;
	parsed = strtoll(text, &end, 10);
	if (*end || text[0] == ' ')
		return false;
	*value = parsed;
	return true;
}

/* 08:30, 8:30, 24:00 and beyond for ends on the next day (26:30). */
static bool minutes_parse(const char *text, int64_t *value)
{
	const char *colon = strchr(text, ':');
	int64_t hours, minutes;
	char head[8];

	if (!colon || colon - text > 2 || colon == text || strlen(colon + 1) != 2)
		return false;
	memcpy(head, text, (size_t)(colon - text));
	head[colon - text] = '\0';
	if (strspn(head, "0123456789") != strlen(head) || strspn(colon + 1, "0123456789") != 2 ||
	    !int_parse(head, &hours) || !int_parse(colon + 1, &minutes) ||
	    minutes > 59 || hours > 48)
		return false;
	*value = hours * 60 + minutes;
	return true;
}

static bool bool_parse(const char *text, int64_t *value)
{
	static const char *const yes[] = { "1", "true", "yes", "是", "y" };
	static const char *const no[] = { "0", "false", "no", "否", "n" };

	for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++) {
		if (!strcmp(text, yes[i])) {
			*value = 1;
			return true;
		}
		if (!strcmp(text, no[i])) {
			*value = 0;
			return true;
		}
	}
	return false;
}

static bool hex_parse(const char *text, uint8_t out[32])
{
	if (strlen(text) != 64)
		return false;
	for (int i = 0; i < 64; i++) {
		char c = text[i];
		int digit = c >= '0' && c <= '9' ? c - '0' :
			    c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;

		if (digit < 0)
			return false;
		out[i / 2] = (uint8_t)(i % 2 ? out[i / 2] | digit : digit << 4);
	}
	return true;
}

/* What a wrong value should have been, for the message. */
static const char *expected_form(enum field_type type)
{
	switch (type) {
	case FT_CENTI:
	case FT_MARK:
	case FT_BP:
		return _("a number with at most two decimals");
	case FT_MINUTES:
		return _("a time like 08:30");
	case FT_BOOL:
		return _("yes or no");
	case FT_DATE:
		return _("a day like 2015-09-10");
	case FT_INSTANT:
		return _("a time like 2015-09-10T08:30:00Z");
	case FT_HASH:
		return _("64 hexadecimal digits");
	default:
		return _("a whole number");
	}
}

static int type_error(const struct field *field, struct error *err)
{
	return error_reason(err, REASON_FIELD_TYPE, "field", field->name,
			    "label", _(field->label), "expected", expected_form(field->type), NULL);
}

static int choice_error(const struct field *field, struct error *err)
{
	char choices[200];
	size_t at = 0;

	choices[0] = '\0';
	for (size_t i = 0; i < field->enums->count && at + 1 < sizeof choices; i++) {
		int n = snprintf(choices + at, sizeof choices - at, "%s%s", i ? ", " : "",
				 field->enums->values[i].code);

		at += n > 0 ? (size_t)n : 0;
	}
	return error_reason(err, REASON_FIELD_CHOICE, "field", field->name,
			    "label", _(field->label), "choices", choices, NULL);
}

static int range_error(const struct field *field, struct error *err)
{
	char low[32], high[32];

	if (field->type == FT_CENTI || field->type == FT_MARK || field->type == FT_BP) {
		centi_format(field->min, low);
		centi_format(field->max, high);
	} else {
		snprintf(low, sizeof low, "%" PRId64, field->min);
		snprintf(high, sizeof high, "%" PRId64, field->max);
	}
	return error_reason(err, REASON_FIELD_RANGE, "field", field->name,
			    "label", _(field->label), "min", low, "max", high, NULL);
}

static bool in_range(const struct field *field, int64_t value)
{
	return field->min == field->max || (value >= field->min && value <= field->max);
}

static bool value_parse(const struct field *field, const char *text, int64_t *value)
{
	switch (field->type) {
	case FT_CENTI:
	case FT_MARK:
	case FT_BP:
		return centi_parse(text, value);
	case FT_MINUTES:
		return minutes_parse(text, value);
	case FT_BOOL:
		return bool_parse(text, value);
	case FT_DATE:
		return date_parse(text, value);
	case FT_INSTANT:
		return instant_parse(text, value);
	case FT_ENUM:
		*value = enum_find(field->enums, text);
		return *value != OV_NULL;
	default:
		return int_parse(text, value);
	}
}

static int text_check(const struct field *field, const char *text, struct error *err)
{
	char most[32];

	if (!utf8_valid(text, strlen(text)))
		return error_reason(err, REASON_FIELD_UTF8, "field", field->name,
				    "label", _(field->label), NULL);
	for (const char *p = text; *p; p++)
		if ((unsigned char)*p == 0x7f || ((unsigned char)*p < 0x20 &&
		    !((field->flags & MULTILINE) && *p == '\n')))
			return error_reason(err, REASON_FIELD_CONTROL, "field", field->name,
					    "label", _(field->label), NULL);
	if (field->max > 0 && utf8_count(text) > (size_t)field->max) {
		snprintf(most, sizeof most, "%" PRId64, field->max);
		return error_reason(err, REASON_FIELD_LENGTH, "field", field->name,
				    "label", _(field->label), "max", most, NULL);
	}
	return 0;
}

int field_parse(const struct field *field, const char *text, void *record,
		struct arena *arena, struct error *err)
{
	const char *trimmed = text_trim(text, arena);
	uint8_t hash[32];
	int64_t value;
	int rc;

	if (!*trimmed) {
		if (field->type == FT_TEXT || field->type == FT_HASH)
			field_set_text(field, record, NULL);
		else
			field_set_int(field, record, OV_NULL);
		return 0;
	}
	if (field->type == FT_TEXT) {
		rc = text_check(field, trimmed, err);
		if (rc == 0)
			field_set_text(field, record, trimmed);
		return rc;
	}
	if (field->type == FT_HASH) {
		if (!hex_parse(trimmed, hash))
			return type_error(field, err);
		field_set_hash(field, record, arena_memdup(arena, hash, 32));
		return 0;
	}
	trimmed = text_ascii_width(trimmed, arena);
	if (!value_parse(field, trimmed, &value))
		return field->type == FT_ENUM ? choice_error(field, err) : type_error(field, err);
	if (!in_range(field, value))
		return range_error(field, err);
	field_set_int(field, record, value);
	return 0;
}

static void hash_format(const uint8_t *hash, char *out, size_t size)
{
	static const char digits[] = "0123456789abcdef";
	size_t at = 0;

	for (int i = 0; i < 32 && at + 3 <= size; i++) {
		out[at++] = digits[hash[i] >> 4];
		out[at++] = digits[hash[i] & 15];
	}
	out[at] = '\0';
}

char *field_format(const struct field *field, const void *record, char *out, size_t size)
{
	char small[32];
	int64_t value;

	out[0] = '\0';
	if (field->type == FT_LIST || field_is_null(field, record))
		return out;
	if (field->type == FT_TEXT) {
		text_copy(out, size, field_text(field, record));
		return out;
	}
	if (field->type == FT_HASH) {
		hash_format(field_hash(field, record), out, size);
		return out;
	}
	value = field_int(field, record);
	switch (field->type) {
	case FT_CENTI:
	case FT_MARK:
	case FT_BP:
		centi_format(value, small);
		break;
	case FT_MINUTES:
		snprintf(small, sizeof small, "%02d:%02d", (int)(value / 60), (int)(value % 60));
		break;
	case FT_DATE:
		date_format(value, small);
		break;
	case FT_INSTANT:
		instant_format(value, small);
		break;
	case FT_ENUM:
		text_copy(out, size, enum_code(field->enums, value));
		return out;
	default:
		snprintf(small, sizeof small, "%" PRId64, value);
	}
	text_copy(out, size, small);
	return out;
}

char *field_show(const struct field *field, const void *record, char *out, size_t size)
{
	int64_t value;

	if (field->type != FT_ENUM && field->type != FT_BOOL)
		return field_format(field, record, out, size);
	value = field_int(field, record);
	if (value == OV_NULL)
		out[0] = '\0';
	else if (field->type == FT_ENUM)
		text_copy(out, size, enum_label(field->enums, value));
	else
		text_copy(out, size, value ? _("yes") : _("no"));
	return out;
}

/* One field's own rules; the first problem is enough. */
static int field_check(const struct field *field, const void *record, struct error *err)
{
	int64_t value;

	if (field_is_null(field, record)) {
		if ((field->flags & REQ) && !(field->flags & SYSTEM))
			return error_reason(err, REASON_FIELD_REQUIRED, "field", field->name,
					    "label", _(field->label), NULL);
		return 0;
	}
	if (field->type == FT_TEXT)
		return text_check(field, field_text(field, record), err);
	if (field->type == FT_HASH || field->type == FT_LIST)
		return 0;
	value = field_int(field, record);
	if (field->type == FT_ENUM && (value < 0 || value >= (int64_t)field->enums->count))
		return choice_error(field, err);
	return in_range(field, value) ? 0 : range_error(field, err);
}

int record_check(const struct field_table *table, const void *record,
		 int64_t today, struct problems *list)
{
	size_t before = list->count;

	for (size_t i = 0; i < table->count; i++) {
		struct error err = ERROR_INIT;

		if (field_check(&table->fields[i], record, &err) < 0)
			*problems_add(list) = err;
	}
	if (list->count == before && table->check)
		table->check(record, today, list);
	return list->count == before ? 0 : list->item[before].code;
}
