#include "core/codec/json_reader.h"

#include "core/base/civil.h"
#include "core/base/i18n.h"
#include "core/model/reason.h"

#include <stdio.h>
#include <string.h>

static int fail_at(struct json_reader *reader, size_t line, const char *why)
{
	char number[24];

	snprintf(number, sizeof number, "%zu", line);
	error_reason(reader->err, REASON_FILE_BAD, "file", reader->file, "line", number,
		     "why", why, NULL);
	snprintf(reader->err->place, sizeof reader->err->place, "%s:%zu", reader->file, line);
	return reader->err->code;
}

int json_reader_open(struct json_reader *reader, const char *text, size_t len,
		     const char *file, struct arena *arena, struct error *err)
{
	json_error_t bad;

	*reader = (struct json_reader){
		.text = text, .len = len, .file = file, .arena = arena, .err = err,
	};
	reader->root = json_loadb(text, len, JSON_REJECT_DUPLICATES, &bad);
	if (!reader->root)
		return fail_at(reader, bad.line > 0 ? (size_t)bad.line : 1, bad.text);
	if (!json_is_object(reader->root)) {
		json_reader_close(reader);
		return fail_at(reader, 1, _("an object is expected"));
	}
	return 0;
}

void json_reader_close(struct json_reader *reader)
{
	json_decref(reader->root);
	reader->root = NULL;
	arena_release(&reader->scratch);
}

bool json_reader_failed(const struct json_reader *reader)
{
	return reader->err->code != 0;
}

void json_reader_forgive(struct json_reader *reader)
{
	error_clear(reader->err);
}

int json_reader_fail(struct json_reader *reader, const char *key, const char *why)
{
	struct json_step path[JSON_DEPTH + 1];
	size_t depth = reader->depth < JSON_DEPTH ? reader->depth : JSON_DEPTH;
	char text[256];

	if (json_reader_failed(reader))
		return reader->err->code;
	memcpy(path, reader->path, depth * sizeof *path);
	if (key)
		path[depth++] = (struct json_step){ key, 0 };
	snprintf(text, sizeof text, "%s%s%s", key ? key : "", key ? ": " : "", _(why));
	return fail_at(reader, json_line(reader->text, reader->len, path, depth), text);
}

void json_enter(struct json_reader *reader, const char *key)
{
	if (reader->depth < JSON_DEPTH)
		reader->path[reader->depth] = (struct json_step){ key, 0 };
	reader->depth++;
}

void json_enter_item(struct json_reader *reader, size_t index)
{
	if (reader->depth < JSON_DEPTH)
		reader->path[reader->depth] = (struct json_step){ NULL, index };
	reader->depth++;
}

void json_leave(struct json_reader *reader)
{
	reader->depth--;
}

static json_t *member(json_t *object, const char *key)
{
	json_t *value = json_object_get(object, key);

	return json_is_null(value) ? NULL : value;
}

static const char *const missing = N_("is missing");

json_t *json_opt_object(struct json_reader *reader, json_t *object, const char *key)
{
	json_t *value = member(object, key);

	if (value && !json_is_object(value)) {
		json_reader_fail(reader, key, N_("an object is expected"));
		return NULL;
	}
	return value;
}

json_t *json_get_object(struct json_reader *reader, json_t *object, const char *key)
{
	json_t *value = json_opt_object(reader, object, key);

	if (!value)
		json_reader_fail(reader, key, missing);
	return value;
}

json_t *json_opt_list(struct json_reader *reader, json_t *object, const char *key)
{
	json_t *value = member(object, key);

	if (value && !json_is_array(value)) {
		json_reader_fail(reader, key, N_("a list is expected"));
		return NULL;
	}
	return value;
}

json_t *json_get_list(struct json_reader *reader, json_t *object, const char *key)
{
	json_t *value = json_opt_list(reader, object, key);

	if (!value)
		json_reader_fail(reader, key, missing);
	return value;
}

const char *json_opt_text(struct json_reader *reader, json_t *object, const char *key)
{
	json_t *value = member(object, key);

	if (!value)
		return NULL;
	if (!json_is_string(value)) {
		json_reader_fail(reader, key, N_("a text is expected"));
		return NULL;
	}
	if (strlen(json_string_value(value)) != json_string_length(value)) {
		json_reader_fail(reader, key, N_("a text with a NUL"));
		return NULL;
	}
	return arena_strdup(reader->arena, json_string_value(value));
}

const char *json_get_text(struct json_reader *reader, json_t *object, const char *key)
{
	const char *text = json_opt_text(reader, object, key);

	if (!text) {
		json_reader_fail(reader, key, missing);
		return "";
	}
	return text;
}

int64_t json_opt_int(struct json_reader *reader, json_t *object, const char *key,
		     int64_t min, int64_t max, int64_t fallback)
{
	json_t *value = member(object, key);
	int64_t number;
	char why[96];

	if (!value)
		return fallback;
	if (!json_is_integer(value)) {
		json_reader_fail(reader, key, N_("an integer is expected"));
		return fallback;
	}
	number = json_integer_value(value);
	if (number >= min && number <= max)
		return number;
	snprintf(why, sizeof why, _("must be between %lld and %lld"),
		 (long long)min, (long long)max);
	json_reader_fail(reader, key, why);
	return fallback;
}

int64_t json_get_int(struct json_reader *reader, json_t *object, const char *key,
		     int64_t min, int64_t max)
{
	int64_t value = json_opt_int(reader, object, key, min, max, OV_NULL);

	if (value != OV_NULL)
		return value;
	json_reader_fail(reader, key, missing);
	return min;
}

bool json_opt_bool(struct json_reader *reader, json_t *object, const char *key, bool fallback)
{
	json_t *value = member(object, key);

	if (!value)
		return fallback;
	if (!json_is_boolean(value))
		json_reader_fail(reader, key, N_("true or false is expected"));
	return json_is_true(value);
}

static const char *const bad_date = N_("a date like 2015-09-10 is expected");

int64_t json_opt_date(struct json_reader *reader, json_t *object, const char *key)
{
	json_t *value = member(object, key);
	int64_t date = OV_NULL;

	if (value && (!json_is_string(value) ||
		      !date_parse_len(json_string_value(value), json_string_length(value), &date)))
		json_reader_fail(reader, key, bad_date);
	return date;
}

int64_t json_get_date(struct json_reader *reader, json_t *object, const char *key)
{
	int64_t date = json_opt_date(reader, object, key);

	if (date != OV_NULL)
		return date;
	json_reader_fail(reader, key, missing);
	return 0;
}

const char **json_opt_texts(struct json_reader *reader, json_t *object, const char *key,
			    size_t *count)
{
	json_t *list = json_opt_list(reader, object, key), *item;
	const char **texts = arena_array(reader->arena, json_array_size(list), sizeof *texts);
	size_t i;

	*count = 0;
	json_array_foreach(list, i, item) {
		if (!json_is_string(item) ||
		    strlen(json_string_value(item)) != json_string_length(item)) {
			json_enter(reader, key);
			json_enter_item(reader, i);
			json_reader_fail(reader, NULL, N_("a text is expected"));
			json_leave(reader);
			json_leave(reader);
			return texts;
		}
		texts[(*count)++] = arena_strdup(reader->arena, json_string_value(item));
	}
	return texts;
}

int64_t *json_opt_dates(struct json_reader *reader, json_t *object, const char *key, size_t *count)
{
	size_t texts;
	const char **text = json_opt_texts(reader, object, key, &texts);
	int64_t *dates = arena_array(reader->arena, texts, sizeof *dates);

	*count = 0;
	for (size_t i = 0; i < texts; i++) {
		if (!date_parse(text[i], &dates[i])) {
			json_enter(reader, key);
			json_enter_item(reader, i);
			json_reader_fail(reader, NULL, bad_date);
			json_leave(reader);
			json_leave(reader);
			return dates;
		}
		(*count)++;
	}
	return dates;
}
