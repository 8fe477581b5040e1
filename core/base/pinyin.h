/* pinyin.h: names as they sound, and what a clerk types for them.
 *
 * Readings are without tones, in a–z, syllables separated by one blank, ü
 * written v ("lv" for 吕). They come from tables of the program's own, not from
 * ICU: ICU's transliterator takes 100 ms to open, knows one reading for each
 * character and none beyond the BMP, and changes with the machine's ICU
 * version, while an index must not.
 *
 * A surname has the reading of a surname first (单 shan, 尉迟 yuchi) and the
 * ordinary one as well; a character with several readings in today's language
 * gives one alternative for each. */
#ifndef OV_BASE_PINYIN_H
#define OV_BASE_PINYIN_H

#include <stdbool.h>
#include <stddef.h>

enum {
	NAME_READINGS_MAX = 4,
	PINYIN_TEXT = 121,    /* person.name_pinyin has 120 characters */
	INITIALS_TEXT = 21,   /* person.name_initials has 20 */
	INITIALS_CHOICES = 12 /* ways to read one query */
};

struct name_reading {
	char syllables[PINYIN_TEXT]; /* "zeng xiao ming" */
	char initials[INITIALS_TEXT]; /* "zxm" */
};

struct name_readings {
	size_t count; /* 0 when the name has neither Han nor Latin letters */
	struct name_reading reading[NAME_READINGS_MAX]; /* most likely first, all different */
};

/* All readings of a name, best first. Latin words are syllables of their own,
 * folded and without accents; digits and other scripts are left out. A name
 * longer than the room is cut at a syllable. Thread-safe; the tables are laid
 * out at the first call (0.3 ms). */
void name_read(const char *name, struct name_readings *out);

/* Bytes of the surname a Han name begins with (two characters for 欧阳 and the
 * like when a third follows, else one); 0 when it begins with no Han character. */
size_t name_surname_bytes(const char *name);

/* How well typed letters fit a reading: the letters fall into pieces, each a
 * non-empty beginning of one of consecutive syllables from the first. */
enum pinyin_rank {
	PINYIN_NONE,
	PINYIN_START,    /* they cover the first syllables only */
	PINYIN_MIXED,    /* all syllables: wangxm */
	PINYIN_INITIALS, /* all syllables by initials: wxm (zh, ch, sh count) */
	PINYIN_FULL      /* all syllables in full */
};

/* TYPED is what pinyin_typed() made. lu, lyu and lv all find lv. */
enum pinyin_rank pinyin_match(const char *typed, const char *syllables);

/* What was typed as letters a–z, v for ü, and single blanks (a blank ends a
 * syllable; so do an apostrophe and the number of a tone: zhang1san1). Marks of
 * tones are dropped (zhāng). False when it holds anything else or no
 * letter, or is longer than 63 letters. */
bool pinyin_typed(const char *text, char out[64]);

/* As it is said in the south: one form for all that sounds the same (zh, ch, sh are z, c, s,
 * l is n, ang, eng, ing are an, en, in). OUT has room for SIZE, which is enough when it is
 * that of TEXT. */
void pinyin_say(const char *text, char *out, size_t size);
/* Do they fit then? SAID is what pinyin_say() made of what was typed. What fits letter by
 * letter mostly does here, too; not the initials of z and h in zh. */
bool pinyin_sounds(const char *said, const char *syllables);
/* What one syllable that was typed may stand for then: beginnings of full pinyin, the typed
 * one left out. The answer is how many; 0 for more than one syllable. */
enum { SOUND_CHOICES = 8 };
size_t pinyin_sound_choices(const char *typed, char out[SOUND_CHOICES][64]);
/* As pinyin_initials(), for names that only sound so. */
size_t pinyin_sound_initials(const char *typed, char out[][INITIALS_TEXT], size_t max);
/* How many characters at the beginning of a Han name the letters, full pinyin without
 * blanks, stand for (the last one may be half typed); 0: they don't fit. */
size_t name_covered(const char *name, const char *letters);
/* How many of the first syllables the letters stand for; 0: they don't fit. */
size_t pinyin_covered(const char *typed, const char *syllables);

/* What else is known of initials. Of pinyin that is typed as it is written (lv, not lu). */
struct pinyin_cut {
	bool full;            /* whole syllables alone, but for the last: full pinyin finds
	                       * all such names ("wangxia") */
	unsigned char letters; /* which the first syllable begins with for certain */
};

/* The initials that names meant by TYPED may begin with, fewest syllables
 * first, at most MAX; the answer is how many. Each is the key of one range of
 * the index of initials, to be narrowed by pinyin_match(). CUTS may be NULL. */
size_t pinyin_initials(const char *typed, char out[][INITIALS_TEXT], struct pinyin_cut *cuts,
		       size_t max);

#endif
