/* workday.h: working days (wd) and the time limits counted in them.
 * DOMAIN.md 2.15: a working day is Monday to Friday that is neither HOLIDAY
 * nor CLOSED, and every SWAPPED_WORKDAY. */
#ifndef OV_RULES_WORKDAY_H
#define OV_RULES_WORKDAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct workday_calendar {
	/* Each list ascending, without repeats; a day in both is off. */
	const int64_t *off; /* HOLIDAY and CLOSED days */
	size_t off_count;
	const int64_t *swapped; /* SWAPPED_WORKDAY */
	size_t swapped_count;
};

bool workday_is(const struct workday_calendar *calendar, int64_t date);
/* The COUNT-th working day after DATE, which is day 0 itself, whatever day it
 * is. COUNT ≥ 1. */
int64_t workday_after(const struct workday_calendar *calendar, int64_t date, int count);
/* Working days d with after < d ≤ until; 0 when until ≤ after. */
int workday_count(const struct workday_calendar *calendar, int64_t after, int64_t until);

#endif
