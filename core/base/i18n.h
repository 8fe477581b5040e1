/* i18n.h: translation marks. _() translates now, N_() marks a table's text
 * for translation where it is shown. The catalogue is po/zh_CN.po. */
#ifndef OV_BASE_I18N_H
#define OV_BASE_I18N_H

#include <libintl.h>

/* gettext("") is the catalogue's header; nothing stays nothing. */
static inline const char *text_translated(const char *text) __attribute__((format_arg(1)));
static inline const char *text_translated(const char *text)
{
	return *text ? gettext(text) : text;
}

#define _(text) text_translated(text)
#define N_(text) text

#endif
