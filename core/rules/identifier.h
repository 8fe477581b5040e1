/* identifier.h: student numbers, citizen IDs, mobile numbers and e-mail
 * addresses. DOMAIN.md 3. Input is what a person typed or a file holds; it is
 * normalised here (NFKC, blanks, tabs and hyphens dropped). */
#ifndef OV_RULES_IDENTIFIER_H
#define OV_RULES_IDENTIFIER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "core/base/civil.h"
#include "core/base/error.h"
#include "core/model/reason.h"

/* --- student numbers ---
 *
 * A number plan is a sequence of parts, described by an institution file
 * (a file of data/institutions). At most one part may have a variable length. */
enum number_part_kind {
	NUMBER_YEAR,   /* 2 or 4 digits, intake year → SN_YEAR */
	NUMBER_BRANCH, /* one of codes → SN_BRANCH */
	NUMBER_TYPE,   /* one of codes → SN_TYPE */
	NUMBER_SERIAL, /* digits → SN_SERIAL */
	NUMBER_DIGITS, /* any digits → SN_PATTERN */
	NUMBER_CODE    /* one of codes, letters and digits → SN_PATTERN */
};

enum { NUMBER_PARTS_MAX = 8, NUMBER_TEXT_MAX = 32 };

struct number_part {
	enum number_part_kind kind;
	int min_len, max_len; /* characters; 1 ≤ min ≤ max */
	const char *const *codes; /* BRANCH, TYPE, CODE: upper-case; of min_len…max_len */
	size_t code_count;
};

struct number_plan {
	const char *institution; /* for messages */
	struct number_part parts[NUMBER_PARTS_MAX];
	size_t part_count;
	int first_year; /* as written in the part: 12 for two digits, 2012 for four */
	/* Serials below it mean spring intake, above it autumn, itself and 0 are
	 * not given out. 0: no seasons, only serial 0 is refused. */
	int64_t autumn_serial;
	const char *separator; /* between parts in the display form, "" for none */
};

struct student_number {
	char text[NUMBER_TEXT_MAX + 1];    /* normalised, as stored */
	char display[NUMBER_TEXT_MAX + NUMBER_PARTS_MAX * 4 + 1]; /* 15-101-064-00001 */
	char branch[16], type[16];         /* "" when the plan has no such part */
	int64_t year;    /* four digits, OV_NULL when the plan has none */
	char season;     /* 'S' spring, 'A' autumn, 0 when not known */
	int64_t ordinal; /* within the season, OV_NULL when the plan has no serial */
};

/* Is the plan itself usable? Returns 0, or OV_EINPUT. */
int number_plan_check(const struct number_plan *plan, struct error *err);

/* Tests in the order of DOMAIN.md 3.1 and reports the first failure. Returns
 * 0 with NUMBER filled (code SN_OK), or OV_EREFUSED; ERR has the reason. */
int student_number_parse(const struct number_plan *plan, const char *text, int64_t today,
			 struct student_number *number, struct error *err);
/* "2015 spring #42": stable words, not for translation; "" without a season. */
char *student_number_decoded(const struct student_number *number, char *out, size_t size);

/* --- citizen ID, GB 11643 --- */
enum { CITIZEN_ID_LEN = 18 };

struct citizen_id {
	char text[CITIZEN_ID_LEN + 1];     /* normalised, as stored */
	char proposal[CITIZEN_ID_LEN + 1]; /* the 18-character form, with ID_OLD15 only */
	int64_t birth_date;
	char sex; /* 'M' or 'F' */
};

/* As student_number_parse; after ID_OLD15 id->proposal holds the new form. */
int citizen_id_parse(const char *text, int64_t today, struct citizen_id *id, struct error *err);
/* The check character for 17 digits. */
char citizen_id_check_char(const char *digits);
/* The warning ID_AGE: is the age on that day outside 16–80? */
bool citizen_id_age_odd(int64_t birth_date, int64_t on_day);
/* Is this two-digit code a region of GB 11643? */
bool citizen_id_region(int code);

/* --- mobile and e-mail --- */
enum { MOBILE_LEN = 11 };

/* Normalises (a leading +86 or 0086 is dropped) and checks 1[3-9] and nine
 * digits. Returns 0 with OUT filled, or OV_EREFUSED (MOBILE_BAD). */
int mobile_parse(const char *text, char out[MOBILE_LEN + 1], struct error *err);
/* One @ with something on both sides, no blanks or controls: EMAIL_BAD. */
int email_check(const char *text, struct error *err);

#endif
