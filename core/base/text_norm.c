#include "core/base/text.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

static bool is_ascii(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] >= 0x80)
			return false;
	return true;
}

/* The UTF-16 of a text, with invalid bytes as U+FFFD; heap. */
static UChar *to_utf16(const char *text, size_t len, int32_t *count)
{
	UChar *wide = mem_alloc((len + 1) * sizeof *wide);
	UErrorCode status = U_ZERO_ERROR;

	u_strFromUTF8WithSub(wide, (int32_t)len + 1, count, text, (int32_t)len,
			     UTF8_BAD, NULL, &status);
	if (U_FAILURE(status))
		abort(); /* every byte gives at most one unit: it always fits */
	return wide;
}

static char *from_utf16(const UChar *wide, int32_t count, struct arena *arena)
{
	size_t room = (size_t)count * 3 + 1; /* a unit is at most three bytes */
	char *text = arena_alloc(arena, room);
	UErrorCode status = U_ZERO_ERROR;
	int32_t len;

	u_strToUTF8WithSub(text, (int32_t)room, &len, wide, count, UTF8_BAD, NULL, &status);
	if (U_FAILURE(status))
		abort();
	return text;
}

/* Texts longer than this are no names or numbers; the rest stays as it is. */
enum { NORMALISE_LIMIT = 1 << 26 };

static char *normalise(const UNormalizer2 *form, const char *text, size_t len,
		       struct arena *arena)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar *in, *out;
	int32_t count, need;
	char *answer;

	if (len > NORMALISE_LIMIT)
		return arena_strndup(arena, text, len);
	in = to_utf16(text, len, &count);
	/* The longest expansion of NFKC is 18 units (U+FDFA). */
	need = count < 4096 ? count * 18 + 1 : 2 * count;
	out = mem_alloc((size_t)need * sizeof *out);
	need = unorm2_normalize(form, in, count, out, need, &status);
	if (status == U_BUFFER_OVERFLOW_ERROR) {
		status = U_ZERO_ERROR;
		out = mem_grow(out, ((size_t)need + 1) * sizeof *out);
		need = unorm2_normalize(form, in, count, out, need + 1, &status);
	}
	answer = U_FAILURE(status) ? arena_strndup(arena, text, len)
				   : from_utf16(out, need, arena);
	free(in);
	free(out);
	return answer;
}

char *text_nfkc(const char *text, struct arena *arena)
{
	size_t len = strlen(text);
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *form;

	if (is_ascii(text, len))
		return arena_strndup(arena, text, len);
	form = unorm2_getNFKCInstance(&status);
	if (U_FAILURE(status))
		return arena_strndup(arena, text, len);
	return normalise(form, text, len, arena);
}

char *text_fold(const char *text, struct arena *arena)
{
	size_t len = strlen(text);
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *form;

	if (is_ascii(text, len)) {
		char *copy = arena_strndup(arena, text, len);

		for (char *c = copy; *c; c++)
			if (*c >= 'A' && *c <= 'Z')
				*c = (char)(*c + ('a' - 'A'));
		return copy;
	}
	form = unorm2_getNFKCCasefoldInstance(&status);
	if (U_FAILURE(status))
		return arena_strndup(arena, text, len);
	return normalise(form, text, len, arena);
}

char *text_normalise_id(const char *text, struct arena *arena)
{
	char *copy = text_nfkc(text, arena);
	char *to = copy;

	for (const char *c = copy; *c; c++)
		if (*c != ' ' && *c != '\t' && *c != '-')
			*to++ = *c;
	*to = '\0';
	return copy;
}

static bool is_space(uint32_t cp)
{
	if (cp < 0x80)
		return cp == ' ' || (cp >= '\t' && cp <= '\r');
	return cp == 0xfeff || u_isUWhiteSpace((UChar32)cp);
}

char *text_trim(const char *text, struct arena *arena)
{
	size_t len = strlen(text), from = 0, to, at;
	uint32_t cp;

	while (from < len) {
		size_t step = utf8_decode(text + from, len - from, &cp);

		if (!is_space(cp))
			break;
		from += step;
	}
	for (to = len; to > from && (unsigned char)text[to - 1] < 0x80; to--)
		if (!is_space((unsigned char)text[to - 1]))
			return arena_strndup(arena, text + from, to - from);
	for (at = to = from; at < len;) {
		at += utf8_decode(text + at, len - at, &cp);
		if (!is_space(cp))
			to = at;
	}
	return arena_strndup(arena, text + from, to - from);
}

char *text_ascii_width(const char *text, struct arena *arena)
{
	size_t len = strlen(text), at = 0, to = 0;
	char *copy = arena_strndup(arena, text, len);
	uint32_t cp;

	if (is_ascii(text, len))
		return copy;
	while (at < len) {
		size_t step = utf8_decode(text + at, len - at, &cp);

		if (cp >= 0xff01 && cp <= 0xff5e) {
			copy[to++] = (char)(cp - 0xfee0);
		} else if (cp == 0x3000) {
			copy[to++] = ' ';
		} else {
			memcpy(copy + to, text + at, step);
			to += step;
		}
		at += step;
	}
	copy[to] = '\0';
	return copy;
}

bool text_has_control(const char *text)
{
	size_t len = strlen(text), at = 0;
	uint32_t cp;

	while (at < len) {
		at += utf8_decode(text + at, len - at, &cp);
		if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == 0x2028 || cp == 0x2029)
			return true;
	}
	return false;
}
