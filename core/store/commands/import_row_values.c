/* Values of rows as people write them. */
#include "core/store/commands/import_rows.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/rules/import_value.h"

static bool empty(const char *text)
{
	return !text || !*text;
}

int row_needed(const char *text, const char *field, const char *label, struct error *err)
{
	return empty(text) ? error_reason(err, REASON_FIELD_REQUIRED, "field", field, "label",
					  _(label), NULL) : 0;
}

static int range(const char *field, const char *label, const char *min, const char *max,
		 struct error *err)
{
	return error_reason(err, REASON_FIELD_RANGE, "field", field, "label", _(label), "min", min,
			    "max", max, NULL);
}

/* A sign, digits, and after a point how many more; false when it isn't that. */
static bool decimal(const char *text, bool *negative, size_t *whole, size_t *places)
{
	*negative = *text == '-';
	text += *text == '-' || *text == '+';
	*whole = strspn(text, "0123456789");
	text += *whole;
	*places = *text == '.' ? strspn(text + 1, "0123456789") : 0;
	return *whole > 0 && !text[*text == '.' ? *places + 1 : 0] && (*text != '.' || *places > 0);
}

int row_centi(const char *text, const char *field, const char *label, int64_t min, int64_t max,
	      int64_t *value, struct error *err)
{
	char low[24], high[24];
	size_t whole, places;
	int64_t centi;
	bool negative;

	if (empty(text))
		return 0;
	if (!decimal(text, &negative, &whole, &places))
		return error_reason(err, REASON_FIELD_TYPE, "field", field, "label", _(label),
				    "expected", _("a number with two decimals at most"), NULL);
	if (places > 2)
		return error_reason(err, REASON_IM_DECIMALS, "field", field, "label", _(label),
				    NULL);
	centi_format(min, low);
	centi_format(max, high);
	if (negative || whole > 9 || !centi_parse(text, &centi) || centi < min || centi > max)
		return range(field, label, low, high, err);
	*value = centi;
	return 0;
}

int row_number(const char *text, const char *field, const char *label, int64_t min, int64_t max,
	       int64_t *value, struct error *err)
{
	char low[24], high[24];
	size_t whole, places;
	bool negative;
	int64_t number = 0;

	if (empty(text))
		return 0;
	if (!decimal(text, &negative, &whole, &places) || places)
		return error_reason(err, REASON_FIELD_TYPE, "field", field, "label", _(label),
				    "expected", _("a whole number"), NULL);
	snprintf(low, sizeof low, "%" PRId64, min);
	snprintf(high, sizeof high, "%" PRId64, max);
	if (whole > 9)
		return range(field, label, low, high, err);
	for (const char *c = text; *c; c++)
		if (*c >= '0' && *c <= '9')
			number = number * 10 + (*c - '0');
	if (negative)
		number = -number;
	if (number < min || number > max)
		return range(field, label, low, high, err);
	*value = number;
	return 0;
}

int row_date(const char *text, const char *field, const char *label, int64_t *value,
	     struct error *err)
{
	if (empty(text) || import_date(text, value))
		return 0;
	return error_reason(err, REASON_FIELD_TYPE, "field", field, "label", _(label), "expected",
			    "2015-09-10", NULL);
}

int row_choice(const char *text, const char *field, const char *label,
	       const struct enum_table *table, int64_t *value, struct error *err)
{
	char choices[200] = "";
	int64_t found;

	if (empty(text))
		return 0;
	found = enum_find(table, text);
	if (found != OV_NULL) {
		*value = found;
		return 0;
	}
	for (size_t i = 0; i < table->count; i++)
		snprintf(choices + strlen(choices), sizeof choices - strlen(choices), "%s%s",
			 i ? ", " : "", table->values[i].code);
	return error_reason(err, REASON_FIELD_CHOICE, "field", field, "label", _(label), "choices",
			    choices, NULL);
}

int row_level(const char *text, int64_t *value, struct error *err)
{
	static const char *const names[] = { "高级技师", "技师", "高级工", "中级工", "初级工" };

	for (size_t i = 0; !empty(text) && i < sizeof names / sizeof names[0]; i++)
		if (!strcmp(text, names[i])) {
			*value = (int64_t)i + 1;
			return 0;
		}
	return row_number(text, "level", N_("Skill level"), 1, 5, value, err);
}

int row_record(struct tx *tx, enum kind kind, const char *key, const char *text,
	       const char *field, void **record, struct error *err)
{
	const struct filter by_key[] = { FILTER_TEXT(key, text) };

	if (tx_find_one(tx, kind, by_key, 1, record, err) < 0)
		return err->code;
	return *record ? 0 : error_reason(err, REASON_NOT_FOUND, "what",
					  _(kind_fields(kind)->label), "key", text, "field", field,
					  NULL);
}

const char *row_piece(const char **at, struct arena *arena)
{
	while (*at && **at) {
		const char *from = *at;
		size_t len = strcspn(from, ";"), more = 1;

		/* A full-width semicolon separates as well. */
		for (const char *wide = strstr(from, "；"); wide && (size_t)(wide - from) < len;) {
			len = (size_t)(wide - from);
			more = strlen("；");
			break;
		}
		*at = from[len] ? from + len + more : from + len;
		while (len && *from == ' ')
			from++, len--;
		while (len && from[len - 1] == ' ')
			len--;
		if (len)
			return arena_strndup(arena, from, len);
	}
	return NULL;
}
