#include "server/language.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/i18n.h"

static locale_t locales[2];

int language_setup(const char *locale_dir)
{
	if (!setlocale(LC_ALL, "C.UTF-8"))
		return -1;
	setenv("LANGUAGE", "zh_CN", 1);
	bindtextdomain("overpass", locale_dir);
	bind_textdomain_codeset("overpass", "UTF-8");
	textdomain("overpass");
	if (locales[LANGUAGE_EN])
		return 0;
	locales[LANGUAGE_ZH] = newlocale(LC_ALL_MASK, "C.UTF-8", NULL);
	locales[LANGUAGE_EN] = newlocale(LC_ALL_MASK, "C.UTF-8", NULL);
	if (locales[LANGUAGE_EN])
		locales[LANGUAGE_EN] = newlocale(LC_MESSAGES_MASK, "C", locales[LANGUAGE_EN]);
	if (!locales[LANGUAGE_ZH] || !locales[LANGUAGE_EN])
		return -1;
	language_use(LANGUAGE_EN);
	return 0;
}

void language_use(enum language language)
{
	if (locales[language])
		uselocale(locales[language]);
}

/* ";q=0.5" behind a tag, in thousandths; 1000 without. */
static int quality(const char *text, size_t len)
{
	const char *q = memchr(text, ';', len);
	int value = 0, scale = 1000;

	if (!q)
		return 1000;
	for (q++; q < text + len && (*q == ' ' || *q == 'q' || *q == '='); q++)
		;
	for (; q < text + len; q++) {
		if (*q >= '0' && *q <= '9' && scale > 0) {
			value += (*q - '0') * scale;
			scale /= 10;
		} else if (*q != '.') {
			break;
		}
	}
	return value > 1000 ? 1000 : value;
}

enum language language_accepted(const char *header)
{
	int best[2] = { 0, 0 };

	while (header && *header) {
		size_t len;
		int q;

		header += strspn(header, " \t");
		len = strcspn(header, ",");
		q = quality(header, len);
		if (!strncasecmp(header, "zh", 2) && q > best[LANGUAGE_ZH])
			best[LANGUAGE_ZH] = q;
		if (!strncasecmp(header, "en", 2) && q > best[LANGUAGE_EN])
			best[LANGUAGE_EN] = q;
		header += len + (header[len] == ',');
	}
	return best[LANGUAGE_ZH] > best[LANGUAGE_EN] ? LANGUAGE_ZH : LANGUAGE_EN;
}

const char *language_tag(enum language language)
{
	return language == LANGUAGE_ZH ? "zh-CN" : "en";
}
