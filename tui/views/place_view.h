/* place_view.h: where a meeting may be put down. The argument is its
 * session_slot, which is copied. */
#ifndef OV_TUI_VIEWS_PLACE_VIEW_H
#define OV_TUI_VIEWS_PLACE_VIEW_H

#include "tui/view.h"

extern const struct view_class place_class;

#endif
