/* Student numbers under a number plan. DOMAIN.md 3.1. */
#include "core/rules/identifier.h"

#include "core/base/i18n.h"
#include "core/base/text.h"

#include <stdio.h>
#include <string.h>

int number_plan_check(const struct number_plan *plan, struct error *err)
{
	int variable = 0, longest = 0;
	const char *why = NULL;

	if (plan->part_count == 0 || plan->part_count > NUMBER_PARTS_MAX)
		why = N_("1 to 8 parts are needed");
	for (size_t i = 0; i < plan->part_count && !why; i++) {
		const struct number_part *part = &plan->parts[i];
		bool listed = part->kind == NUMBER_BRANCH || part->kind == NUMBER_TYPE ||
			      part->kind == NUMBER_CODE;

		if (part->min_len < 1 || part->max_len < part->min_len ||
		    part->max_len > NUMBER_TEXT_MAX)
			why = N_("a part has 1 to 32 characters");
		else if (part->kind == NUMBER_YEAR &&
			 (part->min_len != part->max_len || (part->min_len != 2 && part->min_len != 4)))
			why = N_("a year has two or four digits");
		else if (part->kind == NUMBER_SERIAL && part->max_len > 15)
			why = N_("a serial has 15 digits at most");
		else if (listed && !part->code_count)
			why = N_("a branch, type or code part lists its codes");
		else if (!listed && part->code_count)
			why = N_("a year, serial or digits part lists no codes");
		variable += part->min_len != part->max_len;
		longest += part->max_len;
	}
	if (!why && variable > 1)
		why = N_("only one part may vary in length");
	if (!why && longest > NUMBER_TEXT_MAX)
		why = N_("the number is longer than 32 characters");
	if (!why && strlen(plan->separator) > 4)
		why = N_("the separator is longer than four bytes");
	if (!why)
		return 0;
	return error_reason(err, REASON_FILE_BAD, "file", plan->institution, "line", "1",
			    "why", _(why), NULL);
}

static bool has_letters(const struct number_plan *plan)
{
	for (size_t i = 0; i < plan->part_count; i++)
		for (size_t c = 0; c < plan->parts[i].code_count; c++)
			for (const char *p = plan->parts[i].codes[c]; *p; p++)
				if (*p < '0' || *p > '9')
					return true;
	return false;
}

static bool chars_fit(const char *text, bool letters)
{
	for (; *text; text++)
		if (!((*text >= '0' && *text <= '9') || (letters && *text >= 'A' && *text <= 'Z')))
			return false;
	return true;
}

static bool digits_only(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (text[i] < '0' || text[i] > '9')
			return false;
	return true;
}

static int64_t value_of(const char *text, size_t len)
{
	int64_t value = 0;

	for (size_t i = 0; i < len; i++)
		value = value * 10 + (text[i] - '0');
	return value;
}

static bool code_known(const struct number_part *part, const char *text, size_t len)
{
	for (size_t i = 0; i < part->code_count; i++)
		if (strlen(part->codes[i]) == len && !memcmp(part->codes[i], text, len))
			return true;
	return false;
}

static enum reason year_part(const struct number_plan *plan, const char *text, size_t len,
			     int64_t today, struct student_number *number)
{
	enum { CENTURY = 2000 };
	int64_t this_year = date_to_civil(today).year, year;

	if (!digits_only(text, len))
		return REASON_SN_YEAR;
	year = value_of(text, len);
	if (len == 2)
		this_year %= 100;
	if (year < plan->first_year || year > this_year)
		return REASON_SN_YEAR;
	number->year = len == 2 ? CENTURY + year : year;
	return REASON_SN_OK;
}

static enum reason serial_part(const struct number_plan *plan, const char *text, size_t len,
			       struct student_number *number)
{
	int64_t serial;

	if (!digits_only(text, len))
		return REASON_SN_SERIAL;
	serial = value_of(text, len);
	if (serial == 0 || (plan->autumn_serial && serial == plan->autumn_serial))
		return REASON_SN_SERIAL;
	number->ordinal = serial;
	if (!plan->autumn_serial)
		return REASON_SN_OK;
	number->season = serial < plan->autumn_serial ? 'S' : 'A';
	if (number->season == 'A')
		number->ordinal -= plan->autumn_serial;
	return REASON_SN_OK;
}

static enum reason part_test(const struct number_plan *plan, const struct number_part *part,
			     const char *text, size_t len, int64_t today,
			     struct student_number *number)
{
	switch (part->kind) {
	case NUMBER_YEAR:
		return year_part(plan, text, len, today, number);
	case NUMBER_BRANCH:
		snprintf(number->branch, sizeof number->branch, "%.*s", (int)len, text);
		return code_known(part, text, len) ? REASON_SN_OK : REASON_SN_BRANCH;
	case NUMBER_TYPE:
		snprintf(number->type, sizeof number->type, "%.*s", (int)len, text);
		return code_known(part, text, len) ? REASON_SN_OK : REASON_SN_TYPE;
	case NUMBER_SERIAL:
		return serial_part(plan, text, len, number);
	case NUMBER_DIGITS:
		return digits_only(text, len) ? REASON_SN_OK : REASON_SN_PATTERN;
	case NUMBER_CODE:
		return code_known(part, text, len) ? REASON_SN_OK : REASON_SN_PATTERN;
	}
	return REASON_SN_PATTERN;
}

/* The one part that varies takes what the others leave. */
static enum reason number_test(const struct number_plan *plan, const char *text, int64_t today,
			       struct student_number *number)
{
	size_t least = 0, most = 0, len = strlen(text), spare, shown = 0;

	for (size_t i = 0; i < plan->part_count; i++) {
		least += (size_t)plan->parts[i].min_len;
		most += (size_t)plan->parts[i].max_len;
	}
	if (!chars_fit(text, has_letters(plan)))
		return REASON_SN_CHAR;
	if (len < least || len > most)
		return REASON_SN_LEN;
	memcpy(number->text, text, len + 1);
	spare = len - least;
	for (size_t i = 0; i < plan->part_count; i++) {
		const struct number_part *part = &plan->parts[i];
		size_t part_len = (size_t)part->min_len;
		enum reason reason;

		if (part->max_len > part->min_len)
			part_len += spare;
		reason = part_test(plan, part, text, part_len, today, number);
		if (reason != REASON_SN_OK)
			return reason;
		shown += (size_t)snprintf(number->display + shown, sizeof number->display - shown,
					  "%s%.*s", i ? plan->separator : "", (int)part_len, text);
		text += part_len;
	}
	return REASON_SN_OK;
}

int student_number_parse(const struct number_plan *plan, const char *text, int64_t today,
			 struct student_number *number, struct error *err)
{
	struct arena arena = ARENA_INIT;
	char *id = text_normalise_id(text ? text : "", &arena);
	enum reason reason;
	char digits[24];
	int longest = 0;

	*number = (struct student_number){ .year = OV_NULL, .ordinal = OV_NULL };
	for (char *c = id; *c; c++)
		if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c - 'a' + 'A');
	reason = number_test(plan, id, today, number);
	arena_release(&arena);
	if (reason == REASON_SN_OK)
		return 0;
	for (size_t i = 0; i < plan->part_count; i++)
		longest += plan->parts[i].max_len;
	snprintf(digits, sizeof digits, "%d", longest);
	return error_reason(err, reason, "field", "student_no", "digits", digits,
			    "institution", plan->institution, NULL);
}

char *student_number_decoded(const struct student_number *number, char *out, size_t size)
{
	if (number->season && number->year != OV_NULL)
		snprintf(out, size, "%lld %s #%lld", (long long)number->year,
			 number->season == 'S' ? "spring" : "autumn", (long long)number->ordinal);
	else
		out[0] = '\0';
	return out;
}
