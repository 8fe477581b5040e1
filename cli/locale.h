/* locale.h: the user's locale, and UTF-8 all the same.
 *
 * Verbs write UTF-8 in any locale; the terminal application refuses one that
 * isn't UTF-8, since the terminal would show something else. */
#ifndef OV_CLI_LOCALE_H
#define OV_CLI_LOCALE_H

#include <stdbool.h>

/* Sets the locale: the user's, or C.UTF-8 where that is not UTF-8 or not
 * installed. Called once, first of all. */
void locale_start(void);
/* Does the user's locale say UTF-8, installed or not? */
bool locale_is_utf8(void);
const char *locale_asked(void); /* its name, "C" when none is asked for */

#endif
