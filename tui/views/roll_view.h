/* roll_view.h: the roll call of one meeting. The argument is a struct
 * thing_options with the meeting's id and a name to show. */
#ifndef OV_TUI_VIEWS_ROLL_VIEW_H
#define OV_TUI_VIEWS_ROLL_VIEW_H

#include "tui/view.h"

extern const struct view_class roll_class;

#endif
