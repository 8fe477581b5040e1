#include "core/codec/file_look.h"

#include <stdint.h>
#include <string.h>
#include <unicode/ucnv.h>

#include "core/base/i18n.h"
#include "core/base/text.h"

/* A file begins with these bytes, AT bytes from its start. */
struct signature {
	size_t at, len;
	const char *bytes, *kind, *ending;
};

static const struct signature signatures[] = {
	{ 0, 5, "%PDF-", N_("PDF document"), ".pdf" },
	{ 0, 3, "\xff\xd8\xff", N_("JPEG picture"), ".jpg" },
	{ 0, 8, "\x89PNG\r\n\x1a\n", N_("PNG picture"), ".png" },
	{ 0, 4, "GIF8", N_("GIF picture"), ".gif" },
	{ 0, 4, "II*\0", N_("TIFF picture"), ".tif" },
	{ 0, 4, "MM\0*", N_("TIFF picture"), ".tif" },
	{ 8, 4, "WEBP", N_("WebP picture"), ".webp" },
	{ 4, 8, "ftypheic", N_("HEIC picture"), ".heic" },
	{ 0, 2, "BM", N_("BMP picture"), ".bmp" },
	{ 0, 4, "PK\3\4", N_("ZIP archive or office document"), ".zip" },
	{ 0, 8, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", N_("old office document"), ".doc" },
	{ 0, 5, "{\\rtf", N_("RTF document"), ".rtf" },
	{ 0, 4, "%!PS", N_("PostScript document"), ".ps" },
	{ 0, 6, "7z\xbc\xaf\x27\x1c", N_("7z archive"), ".7z" },
	{ 0, 4, "Rar!", N_("RAR archive"), ".rar" },
	{ 0, 2, "\x1f\x8b", N_("gzip archive"), ".gz" },
	{ 4, 4, "ftyp", N_("film or sound"), ".mp4" },
	{ 0, 4, "\x7f" "ELF", N_("program"), "" },
	{ 0, 2, "MZ", N_("program"), "" },
};

struct file_look file_look(const void *bytes, size_t len)
{
	struct file_look look = { N_("unknown kind"), "" };
	struct arena arena = ARENA_INIT;

	for (size_t i = 0; i < sizeof signatures / sizeof signatures[0]; i++) {
		const struct signature *s = &signatures[i];

		if (len >= s->at + s->len &&
		    memcmp((const char *)bytes + s->at, s->bytes, s->len) == 0)
			return (struct file_look){ s->kind, s->ending };
	}
	if (file_text(bytes, len, &arena))
		look = (struct file_look){ N_("text"), ".txt" };
	arena_release(&arena);
	return look;
}

static bool readable(const char *text, size_t len)
{
	for (size_t at = 0; at < len;) {
		uint32_t cp;

		at += utf8_decode(text + at, len - at, &cp);
		if ((cp < 0x20 && cp != '\t' && cp != '\n' && cp != '\r' && cp != '\f') ||
		    (cp >= 0x7f && cp < 0xa0) || (cp >= 0xe000 && cp <= 0xf8ff))
			return false;
	}
	return true;
}

/* UTF-8 of GB18030 bytes, NULL when they aren't. */
static char *from_gb18030(const char *bytes, size_t len, struct arena *arena)
{
	UErrorCode status = U_ZERO_ERROR;
	UConverter *from = ucnv_open("gb18030", &status);
	UConverter *to = ucnv_open("UTF-8", &status);
	const size_t room = 3 * len + 1; /* two bytes become three, one stays one */
	char *text = NULL, *end;

	if (U_SUCCESS(status))
		ucnv_setToUCallBack(from, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
	if (U_SUCCESS(status)) {
		text = end = arena_alloc(arena, room);
		ucnv_convertEx(to, from, &end, text + room, &bytes, bytes + len, NULL, NULL, NULL,
			       NULL, true, true, &status);
	}
	if (from)
		ucnv_close(from);
	if (to)
		ucnv_close(to);
	return U_SUCCESS(status) ? text : NULL;
}

char *file_text(const void *bytes, size_t len, struct arena *arena)
{
	const char *text = bytes;

	if (!len || memchr(text, 0, len))
		return NULL;
	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		text += 3;
		len -= 3;
	}
	if (utf8_valid(text, len))
		return readable(text, len) ? arena_strndup(arena, text, len) : NULL;
	text = from_gb18030(text, len, arena);
	return text && readable(text, strlen(text)) ? (char *)(uintptr_t)text : NULL;
}
