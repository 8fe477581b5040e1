#include "core/rules/occurrence.h"

#include <stdlib.h>

struct conflict_span clock_span(int64_t date, int64_t from, int64_t to)
{
	struct conflict_span span = { conflict_minute(date, from), conflict_minute(date, to) };

	if (to < from)
		span.end += DAY_MINUTES;
	return span;
}

static int date_order(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

static bool excepted(const struct occurrence_series *series, int64_t date)
{
	for (size_t i = 0; i < series->except_count; i++)
		if (series->except[i] == date)
			return true;
	return false;
}

static int change_of(const struct occurrence_series *series, int64_t date)
{
	for (size_t i = 0; i < series->change_count; i++)
		if (series->changes[i].original == date)
			return (int)i;
	return -1;
}

static int64_t changed(int64_t value, int64_t fallback)
{
	return value == OV_NULL ? fallback : value;
}

static bool occurrence_make(const struct occurrence_series *series, int64_t date,
			    struct occurrence *out)
{
	int64_t day = date, from = series->from, to = series->to;

	out->original = date;
	out->change = change_of(series, date);
	if (out->change >= 0) {
		const struct occurrence_change *change = &series->changes[out->change];

		day = changed(change->date, day);
		from = changed(change->from, from);
		to = changed(change->to, to);
	}
	out->time = clock_span(day, from, to);
	return out->time.start < out->time.end;
}

enum occurrence_fault occurrence_expand(const struct occurrence_series *series,
					struct arena *arena, struct occurrence_list *list)
{
	int64_t first = series->every_from, weeks = 0, *dates;
	size_t count = 0;

	*list = (struct occurrence_list){ .count = 0 };
	if (series->from == series->to)
		return OCCURRENCE_EMPTY;
	if (series->every) {
		first += (series->weekday - (date_weekday(first) - 1) + 7) % 7;
		if (first <= series->every_until)
			weeks = (series->every_until - first) / 7 + 1;
	}
	if (series->date_count > OCCURRENCE_LIMIT || weeks > OCCURRENCE_LIMIT)
		return OCCURRENCE_MANY;
	dates = arena_array(arena, series->date_count + (size_t)weeks, sizeof *dates);
	for (size_t i = 0; i < series->date_count; i++)
		dates[count++] = series->dates[i];
	for (int64_t w = 0; w < weeks; w++)
		dates[count++] = first + w * 7;
	if (count)
		qsort(dates, count, sizeof *dates, date_order);
	for (size_t i = 1; i < count; i++)
		if (dates[i] == dates[i - 1])
			return OCCURRENCE_TWICE;
	list->item = arena_array(arena, count, sizeof *list->item);
	for (size_t i = 0; i < count; i++) {
		if (excepted(series, dates[i]))
			continue;
		if (!occurrence_make(series, dates[i], &list->item[list->count++]))
			return OCCURRENCE_EMPTY;
	}
	return OCCURRENCE_FINE;
}
