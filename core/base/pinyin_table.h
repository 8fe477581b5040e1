/* pinyin_table.h: the shapes of the reading tables; only pinyin*.c use it. */
#ifndef OV_BASE_PINYIN_TABLE_H
#define OV_BASE_PINYIN_TABLE_H

#include <stddef.h>
#include <stdint.h>

/* One syllable and the characters it is the ordinary reading of. */
struct pinyin_row {
	const char *syllable, *chars;
};

/* A name part and its readings, most likely first, separated by blanks; the
 * syllables of a surname of two characters are joined by a +. */
struct pinyin_special {
	const char *han, *readings;
};

extern const struct pinyin_row pinyin_rows[];
extern const size_t pinyin_row_count;
extern const struct pinyin_special pinyin_polyphones[], pinyin_surnames[], pinyin_compounds[];
extern const size_t pinyin_polyphone_count, pinyin_surname_count, pinyin_compound_count;

enum { HAN_READINGS_MAX = 4 };

/* Readings of one character, most likely first; 0 when none is known. */
size_t pinyin_char_readings(uint32_t cp, const char *out[HAN_READINGS_MAX]);
/* The same in the place of a surname: only those that differ from ordinary use. */
size_t pinyin_surname_readings(uint32_t cp, const char *out[HAN_READINGS_MAX]);
/* The surname of two characters a name begins with, NULL when there is none. */
const struct pinyin_special *pinyin_compound(const char *name);
/* Is text[0…len) the beginning of a syllable as people type it? 0: it isn't; 1: it is;
 * 2: it is a whole one, and no other begins so. */
int pinyin_is_prefix(const char *text, size_t len);

#endif
