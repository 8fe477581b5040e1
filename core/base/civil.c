#include "core/base/civil.h"

#include <string.h>
#include <time.h>

/* Days before the month in a year that starts in March, so that the leap day
 * comes last: the usual reckoning of proleptic Gregorian day numbers. */
int64_t date_from_civil(int year, int month, int day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t of_era = y - era * 400;
	int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
	int64_t day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;

	return era * 146097 + day_of_era - 719468;
}

struct civil date_to_civil(int64_t date)
{
	int64_t z = date + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;
	struct civil c;

	c.day = (int)(doy - (153 * mp + 2) / 5 + 1);
	c.month = (int)(mp < 10 ? mp + 3 : mp - 9);
	c.year = (int)(yoe + era * 400 + (c.month <= 2));
	return c;
}

static int month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 2 && leap ? 29 : days[month - 1];
}

bool civil_valid(int year, int month, int day)
{
	return year >= 1 && year <= 9999 && month >= 1 && month <= 12 &&
	       day >= 1 && day <= month_days(year, month);
}

int date_weekday(int64_t date)
{
	int64_t w = (date + 3) % 7; /* 1970-01-01 was a Thursday */

	return (int)(w < 0 ? w + 7 : w) + 1;
}

int64_t date_add_months(int64_t date, int months)
{
	struct civil c = date_to_civil(date);
	int64_t total = (int64_t)c.year * 12 + (c.month - 1) + months;
	int year = (int)(total >= 0 ? total / 12 : -((11 - total) / 12));
	int month = (int)(total - (int64_t)year * 12) + 1;
	int last = month_days(year, month);

	return date_from_civil(year, month, c.day < last ? c.day : last);
}

/* `count` decimal digits at text, or -1. */
static int digits(const char *text, int count)
{
	int value = 0;

	for (int i = 0; i < count; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		value = value * 10 + (text[i] - '0');
	}
	return value;
}

bool date_parse_len(const char *text, size_t len, int64_t *date)
{
	int y, m, d;

	if (len != 10 || text[4] != '-' || text[7] != '-')
		return false;
	y = digits(text, 4);
	m = digits(text + 5, 2);
	d = digits(text + 8, 2);
	if (!civil_valid(y, m, d))
		return false;
	*date = date_from_civil(y, m, d);
	return true;
}

bool date_parse(const char *text, int64_t *date)
{
	return date_parse_len(text, strlen(text), date);
}

static void put2(char *out, int value)
{
	out[0] = (char)('0' + value / 10 % 10);
	out[1] = (char)('0' + value % 10);
}

char *date_format(int64_t date, char out[DATE_TEXT])
{
	struct civil c;

	if (date == OV_NULL) {
		out[0] = '\0';
		return out;
	}
	c = date_to_civil(date);
	if (c.year < 0 || c.year > 9999) {
		memcpy(out, "**********", 11);
		return out;
	}
	put2(out, c.year / 100);
	put2(out + 2, c.year % 100);
	out[4] = '-';
	put2(out + 5, c.month);
	out[7] = '-';
	put2(out + 8, c.day);
	out[10] = '\0';
	return out;
}

bool instant_parse(const char *text, int64_t *instant)
{
	int64_t date;
	int h, m, s;

	if (strlen(text) != 20 || text[10] != 'T' || text[13] != ':' ||
	    text[16] != ':' || text[19] != 'Z' || !date_parse_len(text, 10, &date))
		return false;
	h = digits(text + 11, 2);
	m = digits(text + 14, 2);
	s = digits(text + 17, 2);
	if (h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s > 59)
		return false;
	*instant = date * DAY_SECONDS + h * 3600 + m * 60 + s;
	return true;
}

int64_t instant_date(int64_t instant, int utc_offset)
{
	int64_t local = instant + utc_offset;

	return local >= 0 ? local / DAY_SECONDS : -((DAY_SECONDS - 1 - local) / DAY_SECONDS);
}

char *instant_format(int64_t instant, char out[INSTANT_TEXT])
{
	int64_t date, rest;

	if (instant == OV_NULL) {
		out[0] = '\0';
		return out;
	}
	date = instant_date(instant, 0);
	rest = instant - date * DAY_SECONDS;
	date_format(date, out);
	out[10] = 'T';
	put2(out + 11, (int)(rest / 3600));
	out[13] = ':';
	put2(out + 14, (int)(rest / 60 % 60));
	out[16] = ':';
	put2(out + 17, (int)(rest % 60));
	out[19] = 'Z';
	out[20] = '\0';
	return out;
}

int64_t clock_now(const struct ov_clock *clock)
{
	if (clock->fixed_now != OV_NULL)
		return clock->fixed_now;
	if (clock->fixed_today != OV_NULL) /* noon of the day that was asked for */
		return clock->fixed_today * DAY_SECONDS + DAY_SECONDS / 2 - clock->utc_offset;
	return (int64_t)time(NULL);
}

int64_t clock_today(const struct ov_clock *clock)
{
	if (clock->fixed_today != OV_NULL)
		return clock->fixed_today;
	return instant_date(clock_now(clock), clock->utc_offset);
}

static int64_t clock_ms(clockid_t clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

int64_t clock_monotonic_ms(void)
{
	return clock_ms(CLOCK_MONOTONIC);
}

int64_t clock_coarse_ms(void)
{
#ifdef CLOCK_MONOTONIC_COARSE
	return clock_ms(CLOCK_MONOTONIC_COARSE);
#else
	return clock_ms(CLOCK_MONOTONIC);
#endif
}
