#include "config.h"

#include "cli/locale.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

static bool utf8;

const char *locale_asked(void)
{
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		const char *value = getenv(names[i]);

		if (value && *value)
			return value;
	}
	return "C";
}

bool locale_is_utf8(void)
{
	return utf8;
}

void locale_start(void)
{
	const char *asked = locale_asked();
	const bool there = setlocale(LC_ALL, "") != NULL;

	utf8 = there ? !strcmp(nl_langinfo(CODESET), "UTF-8") :
		strcasestr(asked, ".UTF-8") || strcasestr(asked, ".utf8");
	if (there && utf8)
		return;
	setlocale(LC_ALL, "C.UTF-8");
	/* Not installed is no reason to speak another language. */
	if (utf8 && !strncmp(asked, "zh", 2))
		setenv("LANGUAGE", "zh_CN", 0);
}
