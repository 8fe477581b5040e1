/* import_value.h: values as people write them into files. DOMAIN.md 9.4, 9.5.
 * Pure; false leaves the result alone. Full-width forms are understood. */
#ifndef OV_RULES_IMPORT_VALUE_H
#define OV_RULES_IMPORT_VALUE_H

#include <stdbool.h>
#include <stdint.h>

/* 2015春, 2015年秋季, 2015S, 2015-03, 2015/9, 201509. Months 2 to 7 are spring,
 * 8 to 12 and 1 autumn (January: of the year before). */
bool import_intake(const char *text, int64_t *year, char *season);
/* The first day of an intake: 1 March or 1 September. */
int64_t import_intake_start(int64_t year, char season);
/* May someone of this intake be registered on that day (DOMAIN.md 2.2)? */
bool import_intake_allows(int64_t year, char season, int64_t registered_on);
/* 2015-09-10, 2015/9/10, 20150910, 2015年9月10日. */
bool import_date(const char *text, int64_t *date);
/* 男 女 M F U, male and female; enum sex. */
bool import_sex(const char *text, int64_t *sex);
/* 专科, 专升本, 本科 or a code of enum programme_level. */
bool import_level(const char *text, int64_t *level);

#endif
