#include "core/base/pinyin.h"

#include "core/base/pinyin_table.h"
#include "core/base/text.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>

/* A name taken apart: one part for each Han character or Latin word. */
enum { PARTS_MAX = 32, WORDS_ROOM = 256, WORD_MAX = 60, PART_READINGS = 6 };

struct part {
	const char *readings[PART_READINGS];
	size_t count;
};

struct parts {
	struct part part[PARTS_MAX];
	size_t count;
	char words[WORDS_ROOM]; /* the Latin words, each with a NUL */
	size_t words_used;
	bool in_word;
	char compound[8]; /* the first syllable of a surname of two characters */
};

static bool is_han(uint32_t cp)
{
	return (cp >= 0x4e00 && cp < 0xa000) || cp == 0x3007 || u_hasBinaryProperty((UChar32)cp, UCHAR_UNIFIED_IDEOGRAPH);
}

static void reading_add(struct part *part, const char *reading)
{
	for (size_t i = 0; i < part->count; i++)
		if (!strcmp(part->readings[i], reading))
			return;
	if (part->count < PART_READINGS)
		part->readings[part->count++] = reading;
}

static void readings_add(struct part *part, const char *const *readings, size_t count)
{
	for (size_t i = 0; i < count; i++)
		reading_add(part, readings[i]);
}

static void han_add(struct parts *parts, uint32_t cp, bool surname, const char *compound)
{
	const char *readings[HAN_READINGS_MAX];
	struct part *part;

	parts->in_word = false;
	if (parts->count == PARTS_MAX)
		return;
	part = &parts->part[parts->count];
	if (compound)
		reading_add(part, compound);
	if (surname)
		readings_add(part, readings, pinyin_surname_readings(cp, readings));
	readings_add(part, readings, pinyin_char_readings(cp, readings));
	if (part->count)
		parts->count++;
}

/* The plain letters of a Latin letter, "" when it has none. */
static const char *plain_letters(uint32_t cp, char out[2])
{
	static const struct {
		uint32_t cp;
		const char *letters;
	} others[] = {
		{ 0xdf, "ss" }, { 0xe6, "ae" }, { 0xf0, "d" }, { 0xf8, "o" }, { 0xfe, "th" },
		{ 0x111, "d" }, { 0x131, "i" }, { 0x142, "l" }, { 0x153, "oe" },
	};
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfkd;
	UChar wide[32];
	int32_t len;
	UChar32 lower;

	out[1] = '\0';
	lower = u_tolower((UChar32)cp);
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		if (others[i].cp == (uint32_t)lower)
			return others[i].letters;
	nfkd = unorm2_getNFKDInstance(&status);
	if (lower >= 0x80 && U_SUCCESS(status)) {
		len = unorm2_getDecomposition(nfkd, lower, wide, 32, &status);
		lower = U_SUCCESS(status) && len > 0 ? u_tolower(wide[0]) : 0;
	}
	out[0] = lower >= 'a' && lower <= 'z' ? (char)lower : '\0';
	return out;
}

static void latin_add(struct parts *parts, uint32_t cp)
{
	char one[2];
	const char *letters = plain_letters(cp, one);
	size_t len = strlen(letters);

	if (!len || parts->words_used + len + 2 > WORDS_ROOM)
		return;
	if (!parts->in_word) {
		if (parts->count == PARTS_MAX)
			return;
		if (parts->words_used)
			parts->words_used++; /* the NUL of the word before */
		parts->part[parts->count].readings[0] = parts->words + parts->words_used;
		parts->part[parts->count++].count = 1;
		parts->in_word = true;
	}
	/* A name has 60 characters; what is longer must still fit a reading. */
	if (strlen(parts->part[parts->count - 1].readings[0]) + len > WORD_MAX)
		return;
	memcpy(parts->words + parts->words_used, letters, len);
	parts->words_used += len;
}

static bool is_latin(uint32_t cp)
{
	return (cp < 0x80 || (cp >= 0xc0 && cp < 0x250) || (cp >= 0x1e00 && cp < 0x1f00) ||
		(cp >= 0xff21 && cp <= 0xff5a)) && u_isalpha((UChar32)cp);
}

/* The bytes of the first three code points that are Han. */
static size_t han_start(const char *name, size_t bytes[3])
{
	size_t len = strlen(name), at = 0, count = 0;

	while (at < len && count < 3) {
		uint32_t cp;
		size_t step = utf8_decode(name + at, len - at, &cp);

		if (!is_han(cp))
			break;
		at += step;
		bytes[count++] = at;
	}
	return count;
}

size_t name_surname_bytes(const char *name)
{
	size_t bytes[3];
	size_t count = han_start(name, bytes);

	if (!count)
		return 0;
	return count == 3 && pinyin_compound(name) ? bytes[1] : bytes[0];
}

static void parts_read(struct parts *parts, const char *name)
{
	const struct pinyin_special *compound;
	size_t len = strlen(name), at = 0, bytes[3], nth = 0;
	const char *second = NULL;

	compound = han_start(name, bytes) == 3 ? pinyin_compound(name) : NULL;
	if (compound) {
		size_t plus = strcspn(compound->readings, "+");

		snprintf(parts->compound, sizeof parts->compound, "%.*s", (int)plus,
			 compound->readings);
		second = compound->readings + plus + 1;
	}
	while (at < len) {
		uint32_t cp;

		at += utf8_decode(name + at, len - at, &cp);
		if (is_han(cp)) {
			const char *given = nth == 0 ? parts->compound : nth == 1 ? second : NULL;

			han_add(parts, cp, nth == 0 && parts->count == 0, compound ? given : NULL);
			nth++;
		} else if (is_latin(cp)) {
			latin_add(parts, cp);
		} else if (cp != '\'' && cp != 0x2019 && u_charType((UChar32)cp) != U_NON_SPACING_MARK) {
			parts->in_word = false; /* O'Brien is one word, Al-Amin two */
		}
	}
}

/* Writes the reading that takes choice[i] of part i, unless it is there already. */
static void reading_write(const struct parts *parts, const size_t *choice,
			  struct name_readings *out)
{
	struct name_reading *reading = &out->reading[out->count];
	size_t at = 0, initials = 0;

	memset(reading, 0, sizeof *reading);
	for (size_t i = 0; i < parts->count; i++) {
		const char *syllable = parts->part[i].readings[choice[i]];
		size_t len = strlen(syllable);

		if (at + (at > 0) + len >= PINYIN_TEXT || initials + 1 >= INITIALS_TEXT)
			break;
		if (at)
			reading->syllables[at++] = ' ';
		memcpy(reading->syllables + at, syllable, len);
		at += len;
		reading->initials[initials++] = *syllable;
	}
	for (size_t i = 0; i < out->count; i++)
		if (!strcmp(out->reading[i].syllables, reading->syllables))
			return;
	out->count++;
}

/* The likeliest first: all best readings; then one part changed, surname
 * first, second-best before third; then two parts changed to their second. */
static void readings_write(const struct parts *parts, struct name_readings *out)
{
	size_t choice[PARTS_MAX] = { 0 };

	reading_write(parts, choice, out);
	for (size_t rank = 1; rank < PART_READINGS; rank++)
		for (size_t i = 0; i < parts->count && out->count < NAME_READINGS_MAX; i++) {
			if (parts->part[i].count <= rank)
				continue;
			choice[i] = rank;
			reading_write(parts, choice, out);
			choice[i] = 0;
		}
	for (size_t i = 0; i < parts->count; i++)
		for (size_t j = i + 1; j < parts->count && out->count < NAME_READINGS_MAX; j++) {
			if (parts->part[i].count < 2 || parts->part[j].count < 2)
				continue;
			choice[i] = choice[j] = 1;
			reading_write(parts, choice, out);
			choice[i] = choice[j] = 0;
		}
}

void name_read(const char *name, struct name_readings *out)
{
	struct parts parts;

	memset(&parts, 0, sizeof parts);
	out->count = 0;
	parts_read(&parts, name);
	if (parts.count)
		readings_write(&parts, out);
}

/* Bytes of the letters that the part's reading stands for; 0: none fits. */
static size_t part_covers(const struct part *part, const char *letters)
{
	size_t left = strlen(letters);

	for (size_t i = 0; i < part->count; i++) {
		size_t len = strlen(part->readings[i]);

		if (!strncmp(part->readings[i], letters, len < left ? len : left))
			return len < left ? len : left;
	}
	return 0;
}

size_t name_covered(const char *name, const char *letters)
{
	struct parts parts;
	size_t count = 0;

	parts.count = parts.words_used = 0;
	parts.in_word = false;
	parts.compound[0] = '\0';
	for (size_t i = 0; i < PARTS_MAX; i++)
		parts.part[i].count = 0;
	parts_read(&parts, name);
	while (*letters && count < parts.count) {
		size_t covers = part_covers(&parts.part[count++], letters);

		if (!covers)
			return 0;
		letters += covers;
	}
	return *letters ? 0 : count;
}
