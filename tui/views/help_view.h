/* help_view.h: what the keys do here. */
#ifndef OV_TUI_VIEWS_HELP_VIEW_H
#define OV_TUI_VIEWS_HELP_VIEW_H

#include "tui/action.h"

extern const struct view_class help_class;

/* "F1, ?": the keys of an action as they are set now. */
const char *action_keys(struct app *app, enum action_id id, struct arena *arena);

#endif
