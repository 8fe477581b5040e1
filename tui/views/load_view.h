/* load_view.h: how busy rooms, teachers and cohorts are; no argument. */
#ifndef OV_TUI_VIEWS_LOAD_VIEW_H
#define OV_TUI_VIEWS_LOAD_VIEW_H

#include "tui/view.h"

extern const struct view_class load_class;

#endif
