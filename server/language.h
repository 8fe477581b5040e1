/* language.h: the language of one request, in one thread.
 *
 * Messages are made by gettext deep inside the store, in the thread that works
 * on a request. gettext looks at the thread's locale (uselocale) and then at
 * LANGUAGE, except in the locale "C", where it translates nothing. So with
 * LANGUAGE=zh_CN for the whole process, a thread in C.UTF-8 speaks Chinese and
 * one whose LC_MESSAGES is C speaks English: no lock, and no other locale needs
 * to be installed. A third language would need a thread of its own. */
#ifndef OV_SERVER_LANGUAGE_H
#define OV_SERVER_LANGUAGE_H

#include "server/request.h"

/* Before any thread starts. LOCALE_DIR is where catalogues are; 0 or -1. */
int language_setup(const char *locale_dir);
/* From now on this thread speaks it. */
void language_use(enum language language);
/* The better one of Accept-Language (NULL: English). */
enum language language_accepted(const char *header);
const char *language_tag(enum language language); /* "en", "zh-CN" */

#endif
