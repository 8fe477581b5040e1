#include "core/rules/workday.h"

#include "core/base/civil.h"

static bool has(const int64_t *dates, size_t count, int64_t date)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (dates[mid] == date)
			return true;
		if (dates[mid] < date)
			low = mid + 1;
		else
			high = mid;
	}
	return false;
}

bool workday_is(const struct workday_calendar *calendar, int64_t date)
{
	if (has(calendar->off, calendar->off_count, date))
		return false;
	return date_weekday(date) <= 5 ||
	       has(calendar->swapped, calendar->swapped_count, date);
}

int64_t workday_after(const struct workday_calendar *calendar, int64_t date, int count)
{
	/* A calendar that closes every day must not hang us: no time limit of
	 * ours spans ten years. */
	int64_t last = date + 3660;

	while (count > 0 && date < last)
		if (workday_is(calendar, ++date))
			count--;
	return date;
}

int workday_count(const struct workday_calendar *calendar, int64_t after, int64_t until)
{
	int count = 0;

	for (int64_t date = after + 1; date <= until; date++)
		count += workday_is(calendar, date);
	return count;
}
