/* account_bars.h: credits by module as bars, on one scale:
 *
 *	M4 质量与安全  [####====....|        ]  6.00 of 8.00
 *	  transferred  [====         ^        ]  2.00 of at most 12.00
 *
 * "#" own results, "=" transferred, "." still missing, "|" the minimum, "^" the
 * ceiling for transferred credits. Letters carry the meaning, not colours. */
#ifndef OV_TUI_VIEWS_ACCOUNT_BARS_H
#define OV_TUI_VIEWS_ACCOUNT_BARS_H

#include "core/model/field.h"
#include "tui/canvas.h"

/* MODULES: struct module_credit, the sum (code "") among them. */
void account_bars_draw(const struct record_list *modules, const struct canvas *canvas);

#endif
