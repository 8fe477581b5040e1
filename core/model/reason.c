#include "core/model/reason.h"

#include "core/base/arena.h"
#include "core/base/i18n.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct reason_def reasons[REASON_COUNT] = {
	[REASON_NONE] = { "", OV_EBUG, "", "" },
#define R(name, res, msg, nxt) [REASON_##name] = { #name, res, msg, nxt },
#include "core/model/reason_list.h"
#undef R
};

const struct reason_def *reason_get(enum reason reason)
{
	return &reasons[reason < REASON_COUNT ? reason : REASON_NONE];
}

enum reason reason_find(const char *code)
{
	for (int i = 1; i < REASON_COUNT; i++)
		if (!strcmp(reasons[i].code, code))
			return (enum reason)i;
	return REASON_NONE;
}

const char *reason_code(int reason)
{
	return reason > 0 && reason < REASON_COUNT ? reasons[reason].code : "";
}

enum { PAIRS_MAX = 8 };

struct pair {
	const char *name, *value;
};

static size_t pairs_read(struct pair *pairs, va_list args)
{
	size_t count = 0;
	const char *name;

	while ((name = va_arg(args, const char *)) != NULL) {
		const char *value = va_arg(args, const char *);

		if (count < PAIRS_MAX) {
			pairs[count].name = name;
			pairs[count++].value = value ? value : "";
		}
	}
	return count;
}

/* The value of the parameter name…end, NULL when it was not given. */
static const char *pair_value(const struct pair *pairs, size_t count,
			      const char *name, size_t len)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(pairs[i].name) == len && !memcmp(pairs[i].name, name, len))
			return pairs[i].value;
	return NULL;
}

/* Cuts a text that had no room at a character's edge. */
static void cut_utf8(char *out, size_t len)
{
	while (len > 0 && ((unsigned char)out[len] & 0xc0) == 0x80)
		len--;
	out[len] = '\0';
}

static void fill(const char *message, const struct pair *pairs, size_t count,
		 char *out, size_t size)
{
	size_t at = 0;

	while (*message) {
		const char *end = *message == '{' ? strchr(message, '}') : NULL;
		const char *value = end ? pair_value(pairs, count, message + 1,
						     (size_t)(end - message - 1)) : NULL;
		const char *piece = value ? value : message;
		size_t len = value ? strlen(value) : 1;

		if (at + len + 1 > size) {
			len = size - 1 - at;
			memcpy(out + at, piece, len);
			out[size - 1] = '\0';
			out[at + len] = value ? value[len] : piece[len];
			cut_utf8(out, at + len < size ? at + len : size - 1);
			return;
		}
		memcpy(out + at, piece, len);
		at += len;
		message = value ? end + 1 : message + 1;
	}
	out[at] = '\0';
}

char *reason_format(enum reason reason, char *out, size_t size, ...)
{
	struct pair pairs[PAIRS_MAX];
	size_t count;
	va_list args;

	va_start(args, size);
	count = pairs_read(pairs, args);
	va_end(args);
	fill(_(reason_get(reason)->message), pairs, count, out, size);
	return out;
}

int error_reason(struct error *err, enum reason reason, ...)
{
	const struct reason_def *def = reason_get(reason);
	struct pair pairs[PAIRS_MAX];
	const char *field;
	size_t count;
	va_list args;

	va_start(args, reason);
	count = pairs_read(pairs, args);
	va_end(args);
	error_clear(err);
	err->code = def->result;
	err->reason = (int)reason;
	fill(_(def->message), pairs, count, err->message, sizeof err->message);
	if (*def->next)
		fill(_(def->next), pairs, count, err->next, sizeof err->next);
	field = pair_value(pairs, count, "field", 5);
	if (field)
		snprintf(err->field, sizeof err->field, "%s", field);
	return def->result;
}

const char *error_sentence(const struct error *err, struct arena *arena)
{
	if (!err->next[0])
		return arena_strdup(arena, err->message);
	/* Two sentences, as they stand one behind the other. */
	return arena_printf(arena, _("%s. %s"), err->message, err->next);
}
