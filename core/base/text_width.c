#include "core/base/text.h"

#include <string.h>
#include <unicode/uchar.h>

static bool ambiguous_wide;

enum { ELLIPSIS = 0x2026, SOFT_HYPHEN = 0xad };

void text_set_ambiguous(bool wide)
{
	ambiguous_wide = wide;
}

/* What a terminal must not be given, or draws as it likes. */
static bool unfit(uint32_t cp, int8_t category)
{
	switch (category) {
	case U_CONTROL_CHAR:
	case U_UNASSIGNED:
	case U_SURROGATE:
	case U_LINE_SEPARATOR:
	case U_PARAGRAPH_SEPARATOR:
		return true;
	case U_FORMAT_CHAR:
		/* Overrides and isolates turn the rest of the line around;
		 * tags and the like are invisible text. */
		return cp != SOFT_HYPHEN && cp != 0x200c && cp != 0x200d &&
		       cp != 0x2060 && cp != 0xfeff && !(cp >= 0x600 && cp <= 0x8ff) &&
		       cp != 0x200b && cp != 0x110bd && cp != 0x110cd;
	default:
		return false;
	}
}

/* The sign that stands for an unfit code point. */
static uint32_t stand_in(uint32_t cp)
{
	if (cp < 0x20)
		return 0x2400 + cp;
	return cp == 0x7f ? 0x2421 : UTF8_BAD;
}

static int wide_property(uint32_t cp)
{
	switch (u_getIntPropertyValue((UChar32)cp, UCHAR_EAST_ASIAN_WIDTH)) {
	case U_EA_FULLWIDTH:
	case U_EA_WIDE:
		return 2;
	case U_EA_AMBIGUOUS:
		/* Private use is drawn by the font of the terminal: one cell. */
		return ambiguous_wide && u_charType((UChar32)cp) != U_PRIVATE_USE_CHAR ? 2 : 1;
	default:
		return 1;
	}
}

int text_cp_width(uint32_t cp)
{
	int8_t category;

	if (cp >= 0x20 && cp < 0x7f)
		return 1;
	if (cp >= 0x4e00 && cp < 0xa000)
		return 2;
	if (cp == UTF8_BAD)
		return ambiguous_wide ? 2 : 1;
	category = u_charType((UChar32)cp);
	if (unfit(cp, category))
		return text_cp_width(stand_in(cp));
	if (category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK)
		return 0;
	if (category == U_FORMAT_CHAR)
		/* Arabic number signs and the like are visible. */
		return cp == SOFT_HYPHEN || (cp >= 0x600 && cp <= 0x8ff && cp != 0x61c) ||
		       cp == 0x110bd || cp == 0x110cd;
	/* Medial vowels and final consonants of Hangul join the syllable before. */
	if ((cp >= 0x1160 && cp <= 0x11ff) || (cp >= 0xd7b0 && cp <= 0xd7fb))
		return 0;
	/* Circled numbers on black squares and the hexagrams: the C library and
	 * Unicode since 16 say wide, older ICU does not. */
	if ((cp >= 0x3248 && cp <= 0x324f) || (cp >= 0x4dc0 && cp <= 0x4dff))
		return 2;
	return wide_property(cp);
}

int text_width_len(const char *text, size_t len)
{
	size_t at = 0;
	int cells = 0;
	uint32_t cp;

	while (at < len) {
		at += utf8_decode(text + at, len - at, &cp);
		cells += text_cp_width(cp);
	}
	return cells;
}

int text_width(const char *text)
{
	return text_width_len(text, strlen(text));
}

size_t text_cut(const char *text, int cells, int *used)
{
	size_t len = strlen(text), at = 0;
	int have = 0;

	while (at < len) {
		uint32_t cp;
		size_t step = utf8_decode(text + at, len - at, &cp);
		int width = text_cp_width(cp);

		if (have + width > cells)
			break;
		have += width;
		at += step;
	}
	if (used)
		*used = have;
	return at;
}

size_t text_next(const char *text, size_t at)
{
	size_t len = strlen(text);
	uint32_t cp;

	if (at >= len)
		return len;
	at += utf8_decode(text + at, len - at, &cp);
	while (at < len) {
		size_t step = utf8_decode(text + at, len - at, &cp);

		if (text_cp_width(cp))
			break;
		at += step;
	}
	return at;
}

size_t text_prev(const char *text, size_t at)
{
	size_t place = 0, next;
	size_t len = strlen(text);

	/* From the start: an invalid byte has no way back, and a line that a
	 * person types into is short. */
	if (at > len)
		at = len;
	while (place < at && (next = text_next(text, place)) < at)
		place = next;
	return place;
}

static void add_fit(struct buf *out, const char *text, size_t len)
{
	size_t at = 0;
	uint32_t cp;

	while (at < len) {
		at += utf8_decode(text + at, len - at, &cp);
		if (cp >= 0x20 && cp < 0x7f)
			buf_char(out, (char)cp);
		else
			utf8_add(out, unfit(cp, u_charType((UChar32)cp)) ? stand_in(cp) : cp);
	}
}

char *text_sanitise(const char *text, struct arena *arena)
{
	struct buf out;
	char *copy;

	buf_init(&out, 0);
	add_fit(&out, text, strlen(text));
	copy = arena_strndup(arena, buf_cstr(&out), out.len);
	buf_release(&out);
	return copy;
}

static void add_blanks(struct buf *out, int count)
{
	for (; count > 0; count--)
		buf_char(out, ' ');
}

void text_fit(struct buf *out, const char *text, int cells, enum text_align align)
{
	int used, before = 0, dots = text_cp_width(ELLIPSIS);
	size_t len;

	if (cells <= 0)
		return;
	len = text_cut(text, cells, &used);
	if (text[len]) {
		bool room = cells > dots;

		len = text_cut(text, room ? cells - dots : cells, &used);
		add_fit(out, text, len);
		if (room)
			utf8_add(out, ELLIPSIS);
		add_blanks(out, cells - used - (room ? dots : 0));
		return;
	}
	if (align != TEXT_LEFT)
		before = align == TEXT_RIGHT ? cells - used : (cells - used) / 2;
	add_blanks(out, before);
	add_fit(out, text, len);
	add_blanks(out, cells - used - before);
}

char *text_fit_arena(const char *text, int cells, enum text_align align, struct arena *arena)
{
	struct buf out;
	char *copy;

	buf_init(&out, 0);
	text_fit(&out, text, cells, align);
	copy = arena_strndup(arena, buf_cstr(&out), out.len);
	buf_release(&out);
	return copy;
}
