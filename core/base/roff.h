/* roff.h: text in a manual page. */
#ifndef OV_BASE_ROFF_H
#define OV_BASE_ROFF_H

#include <stdio.h>

/* The text as it reads: a line that begins with a dot or a quote is guarded, a
 * hyphen is \- (of options, to be copied), a backslash \e. */
void roff_text(FILE *out, const char *text);

#endif
