/* language.h: the language of the messages, changed while running. */
#ifndef OV_TUI_LANGUAGE_H
#define OV_TUI_LANGUAGE_H

/* "zh_CN", "en", or NULL: as the environment says. Sets LANGUAGE, which
 * gettext obeys in every UTF-8 locale. Main thread only. */
void language_set(const char *language);
const char *language_get(void); /* "zh_CN" or "en": what is shown now */

#endif
