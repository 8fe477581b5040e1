#include "core/codec/conflicts_names.h"

#include "core/base/i18n.h"

#include <string.h>

void names_init(struct names *names)
{
	names->index = json_object();
}

void names_release(struct names *names)
{
	json_decref(names->index);
	names->index = NULL;
}

int names_find(const struct names *names, const char *name)
{
	json_t *number = json_object_get(names->index, name);

	return number ? (int)json_integer_value(number) : -1;
}

int names_add(struct names *names, const char *name)
{
	int number = names_find(names, name);

	if (number >= 0)
		return number;
	number = (int)json_object_size(names->index);
	json_object_set_new(names->index, name, json_integer(number));
	return number;
}

size_t names_count(const struct names *names)
{
	return json_object_size(names->index);
}

json_t *section_enter(struct trial_reader *trial, const char *key)
{
	struct json_reader *reader = trial->reader;
	bool own = json_object_get(trial->vector, key) != NULL;

	/* A section of common stands at another place than the vector. The vector
	 * is at vectors[n], two steps; common is one. */
	if (!own) {
		reader->path[0].key = "common";
		reader->depth = 1;
	}
	json_enter(reader, key);
	return json_object_get(own ? trial->vector : trial->common, key);
}

void section_leave(struct trial_reader *trial)
{
	trial->reader->path[0].key = "vectors";
	trial->reader->depth = 2;
}

int clock_parse(const char *text, bool last)
{
	int hour, minute;

	if (strlen(text) != 5 || text[2] != ':')
		return -1;
	for (int i = 0; i < 5; i++)
		if (i != 2 && (text[i] < '0' || text[i] > '9'))
			return -1;
	hour = (text[0] - '0') * 10 + (text[1] - '0');
	minute = (text[3] - '0') * 10 + (text[4] - '0');
	if (hour == 24 && minute == 0 && last)
		return DAY_MINUTES;
	return hour > 23 || minute > 59 ? -1 : hour * 60 + minute;
}

static int64_t clock_value(struct json_reader *reader, json_t *value, const char *key, bool last)
{
	int clock = json_is_string(value) ? clock_parse(json_string_value(value), last) : -1;

	if (clock < 0)
		json_reader_fail(reader, key, N_("a clock time like 08:30 is expected"));
	return clock < 0 ? 0 : clock;
}

int64_t clock_opt(struct json_reader *reader, json_t *object, const char *key, bool last)
{
	json_t *value = json_object_get(object, key);

	return value ? clock_value(reader, value, key, last) : OV_NULL;
}

struct conflict_shift clock_pair(struct json_reader *reader, json_t *list)
{
	struct conflict_shift shift = { 0, 1 };

	if (json_array_size(list) != 2) {
		json_reader_fail(reader, NULL, N_("two clock times are expected"));
		return shift;
	}
	shift.from = clock_value(reader, json_array_get(list, 0), NULL, false);
	shift.to = clock_value(reader, json_array_get(list, 1), NULL, true);
	if (shift.to == shift.from)
		json_reader_fail(reader, NULL, N_("the two clock times are equal"));
	if (shift.to <= shift.from)
		shift.to += DAY_MINUTES;
	return shift;
}

static struct conflict_span span_read(struct json_reader *reader, json_t *list)
{
	struct conflict_span span = { 0, 1 };
	int64_t date[2] = { 0, 0 };

	if (json_array_size(list) != 4) {
		json_reader_fail(reader, NULL, N_("a date, a clock time, a date and a clock time"
						  " are expected"));
		return span;
	}
	for (size_t i = 0; i < 2; i++) {
		const char *text = json_string_value(json_array_get(list, i * 2));

		if (!text || !date_parse(text, &date[i]))
			json_reader_fail(reader, NULL, N_("a date like 2015-09-10 is expected"));
	}
	span.start = conflict_minute(date[0], clock_value(reader, json_array_get(list, 1), NULL, false));
	span.end = conflict_minute(date[1], clock_value(reader, json_array_get(list, 3), NULL, true));
	if (span.end <= span.start)
		json_reader_fail(reader, NULL, N_("the end is not after the start"));
	return span;
}

struct conflict_spans spans_read(struct json_reader *reader, json_t *object, const char *key)
{
	json_t *list = json_opt_list(reader, object, key), *item;
	struct conflict_span *spans = arena_array(reader->arena, json_array_size(list), sizeof *spans);
	size_t i;

	json_enter(reader, key);
	json_array_foreach(list, i, item) {
		json_enter_item(reader, i);
		spans[i] = span_read(reader, item);
		json_leave(reader);
	}
	json_leave(reader);
	return (struct conflict_spans){ spans, json_array_size(list) };
}

struct conflict_ints numbers_read(struct json_reader *reader, json_t *object, const char *key,
				  struct names *names, bool unknown_fine)
{
	size_t count;
	const char **texts = json_opt_texts(reader, object, key, &count);
	int *numbers = arena_array(reader->arena, count, sizeof *numbers);

	for (size_t i = 0; i < count; i++) {
		numbers[i] = unknown_fine ? names_add(names, texts[i]) : names_find(names, texts[i]);
		if (numbers[i] >= 0)
			continue;
		json_enter(reader, key);
		json_enter_item(reader, i);
		json_reader_fail(reader, NULL, N_("names something that is not defined"));
		json_leave(reader);
		json_leave(reader);
		break;
	}
	return (struct conflict_ints){ numbers, json_reader_failed(reader) ? 0 : count };
}
