/* civil.h: civil dates, instants and the clock.
 *
 * A date is days since 1970-01-01 (int64_t, proleptic Gregorian); an instant
 * is UTC seconds since 1970. The centre's zone is a fixed offset (China: +8 h,
 * no daylight saving since 1991). Half-open periods everywhere:
 * [from, to); a field named expires_on is the last valid day.
 * Source of the month rule: DOMAIN.md, "Conventions". */
#ifndef OV_BASE_CIVIL_H
#define OV_BASE_CIVIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define OV_NULL INT64_MIN /* the empty value of every integer field */

enum {
	DATE_TEXT = 16,    /* room for "YYYY-MM-DD" and NUL */
	INSTANT_TEXT = 24, /* room for "YYYY-MM-DDTHH:MM:SSZ" and NUL */
	DAY_SECONDS = 86400,
	DAY_MINUTES = 1440,
	CENTRE_OFFSET = 8 * 3600 /* default of the option centre.utc_offset */
};

struct civil {
	int year, month, day; /* month 1…12, day 1…31 */
};

int64_t date_from_civil(int year, int month, int day); /* caller checked it */
struct civil date_to_civil(int64_t date);
bool civil_valid(int year, int month, int day); /* years 1…9999 */
int date_weekday(int64_t date); /* ISO: 1 Monday … 7 Sunday */

/* Same day of the month, or the last day of a shorter month. */
int64_t date_add_months(int64_t date, int months);

/* Strict YYYY-MM-DD of `len` bytes. False leaves *date alone. */
bool date_parse_len(const char *text, size_t len, int64_t *date);
bool date_parse(const char *text, int64_t *date);
/* Writes YYYY-MM-DD, or "" for OV_NULL; returns out. */
char *date_format(int64_t date, char out[DATE_TEXT]);

/* Strict YYYY-MM-DDTHH:MM:SSZ. */
bool instant_parse(const char *text, int64_t *instant);
char *instant_format(int64_t instant, char out[INSTANT_TEXT]);
int64_t instant_date(int64_t instant, int utc_offset); /* civil day there */

/* The clock of one store or command: real, or held still for tests. */
struct ov_clock {
	int64_t fixed_now; /* OV_NULL: the real time */
	int64_t fixed_today; /* OV_NULL: the civil day of now */
	int utc_offset; /* seconds east of UTC */
};

#define CLOCK_INIT { .fixed_now = OV_NULL, .fixed_today = OV_NULL, .utc_offset = CENTRE_OFFSET }

int64_t clock_now(const struct ov_clock *clock);
int64_t clock_today(const struct ov_clock *clock);
int64_t clock_monotonic_ms(void); /* for time-outs and measuring only */
int64_t clock_coarse_ms(void);    /* the same, some milliseconds late and cheaper: for limits of seconds */

#endif
