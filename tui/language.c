#include "tui/language.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/i18n.h"

/* gettext's counter of changes: it drops what it remembers when this moves
 * (GNU gettext manual, "Being a gettext grok"). */
extern int _nl_msg_cat_cntr;

void language_set(const char *language)
{
	const char *now = getenv("LANGUAGE");

	if (!language)
		language = now ? now : "";
	/* Set at the start even when nothing changes: later calls then only
	 * replace a value, which readers in the worker thread don't mind. */
	setenv("LANGUAGE", language, 1);
	_nl_msg_cat_cntr++;
}

const char *language_get(void)
{
	/* TRANSLATORS: the code of the language of this catalogue. */
	return strcmp(_("language-code"), "zh_CN") == 0 ? "zh_CN" : "en";
}
