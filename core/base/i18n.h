/* i18n.h: translation marks. _() translates now, N_() marks a table's text
 * for translation where it is shown. The catalogue is po/zh_CN.po. */
#ifndef OV_BASE_I18N_H
#define OV_BASE_I18N_H

#include <libintl.h>

#define _(text) gettext(text)
#define N_(text) text

#endif
