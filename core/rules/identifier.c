#include "core/rules/identifier.h"

#include "core/base/text.h"

#include <stdio.h>
#include <string.h>

/* Normalised, with ASCII letters in upper case. */
static char *id_text(const char *text, struct arena *arena)
{
	char *id = text_normalise_id(text ? text : "", arena);

	for (char *c = id; *c; c++)
		if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c - 'a' + 'A');
	return id;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int64_t number_of(const char *digits, size_t len)
{
	int64_t value = 0;

	for (size_t i = 0; i < len; i++)
		value = value * 10 + (digits[i] - '0');
	return value;
}

/* --- citizen ID --- */

char citizen_id_check_char(const char *digits)
{
	static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
	int sum = 0;

	for (int i = 0; i < CITIZEN_ID_LEN - 1; i++)
		sum += (digits[i] - '0') * weights[i];
	return "10X98765432"[sum % 11];
}

/* First two digits of GB/T 2260: provinces, regions and cities. */
bool citizen_id_region(int code)
{
	static const struct { int from, to; } ranges[] = {
		{ 11, 15 }, { 21, 23 }, { 31, 37 }, { 41, 46 }, { 50, 54 },
		{ 61, 65 }, { 71, 71 }, { 81, 83 }, { 91, 91 },
	};

	for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
		if (code >= ranges[i].from && code <= ranges[i].to)
			return true;
	return false;
}

/* 15 digits have no century and no check character: the 20th and its own. */
static void citizen_id_propose(const char *old, char out[CITIZEN_ID_LEN + 1])
{
	snprintf(out, CITIZEN_ID_LEN + 1, "%.6s19%.9s0", old, old + 6);
	out[CITIZEN_ID_LEN - 1] = citizen_id_check_char(out);
}

static bool all_digits(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!is_digit(text[i]))
			return false;
	return true;
}

static enum reason citizen_id_test(const char *text, int64_t today, struct citizen_id *id)
{
	enum { OLD_LEN = 15, FIRST_YEAR = 1880 };
	size_t len = strlen(text);
	int year, month, day;
	char last;

	if (len == OLD_LEN && all_digits(text, len)) {
		citizen_id_propose(text, id->proposal);
		return REASON_ID_OLD15;
	}
	if (utf8_count(text) != CITIZEN_ID_LEN)
		return REASON_ID_LEN;
	if (len != CITIZEN_ID_LEN || !all_digits(text, len - 1))
		return REASON_ID_CHAR;
	last = text[CITIZEN_ID_LEN - 1];
	if (!is_digit(last) && last != 'X')
		return REASON_ID_CHAR;
	if (!citizen_id_region((int)number_of(text, 2)))
		return REASON_ID_REGION;
	year = (int)number_of(text + 6, 4);
	month = (int)number_of(text + 10, 2);
	day = (int)number_of(text + 12, 2);
	if (year < FIRST_YEAR || !civil_valid(year, month, day))
		return REASON_ID_DATE;
	id->birth_date = date_from_civil(year, month, day);
	if (id->birth_date > today)
		return REASON_ID_FUTURE;
	if (citizen_id_check_char(text) != last)
		return REASON_ID_CHECK;
	id->sex = (text[16] - '0') % 2 ? 'M' : 'F';
	memcpy(id->text, text, CITIZEN_ID_LEN + 1);
	return REASON_ID_OK;
}

int citizen_id_parse(const char *text, int64_t today, struct citizen_id *id, struct error *err)
{
	struct arena arena = ARENA_INIT;
	enum reason reason;

	*id = (struct citizen_id){ .birth_date = OV_NULL };
	reason = citizen_id_test(id_text(text, &arena), today, id);
	arena_release(&arena);
	if (reason == REASON_ID_OK)
		return 0;
	return error_reason(err, reason, "field", "doc_no", NULL);
}

bool citizen_id_age_odd(int64_t birth_date, int64_t on_day)
{
	enum { AGE_MIN = 16, AGE_MAX = 80, YEAR_MONTHS = 12 };

	return on_day < date_add_months(birth_date, AGE_MIN * YEAR_MONTHS) ||
	       on_day >= date_add_months(birth_date, (AGE_MAX + 1) * YEAR_MONTHS);
}

/* --- mobile and e-mail --- */

int mobile_parse(const char *text, char out[MOBILE_LEN + 1], struct error *err)
{
	struct arena arena = ARENA_INIT;
	const char *id = id_text(text, &arena);
	bool good;

	if (!strncmp(id, "+86", 3))
		id += 3;
	else if (!strncmp(id, "0086", 4))
		id += 4;
	good = strlen(id) == MOBILE_LEN && all_digits(id, MOBILE_LEN) && id[0] == '1' && id[1] >= '3';
	if (good)
		memcpy(out, id, MOBILE_LEN + 1);
	arena_release(&arena);
	return good ? 0 : error_reason(err, REASON_MOBILE_BAD, "field", "mobile", NULL);
}

int email_check(const char *text, struct error *err)
{
	const char *at = strchr(text, '@');
	bool good = at && at != text && at[1] && !strchr(at + 1, '@') && !text_has_control(text);

	for (const char *c = text; *c && good; c++)
		good = *c != ' ';
	/* The blanks of full-width typing are blanks too. */
	good = good && !strstr(text, "\u3000") && !strstr(text, "\u00a0");
	return good ? 0 : error_reason(err, REASON_EMAIL_BAD, "field", "email", NULL);
}

