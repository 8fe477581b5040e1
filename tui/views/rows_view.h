/* rows_view.h: the rows of a list field: added, edited, removed. The answer
 * has them in view_answer.rows. */
#ifndef OV_TUI_VIEWS_ROWS_VIEW_H
#define OV_TUI_VIEWS_ROWS_VIEW_H

#include "core/model/field.h"
#include "tui/view.h"

enum { ROWS_MAX = 99 };

struct rows_options {
	const char *title;              /* N_() */
	const struct record_list *rows; /* copied; table says their shape */
};

extern const struct view_class rows_class;

#endif
