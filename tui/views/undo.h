/* undo.h: one key takes back what was done last: within a minute, and as long
 * as nobody went on with it. What the opposite command needs is taken down when
 * the command is done; where that can't be, its form is opened instead, and
 * where there is no opposite, the key says why. */
#ifndef OV_TUI_VIEWS_UNDO_H
#define OV_TUI_VIEWS_UNDO_H

#include "core/store/command.h"
#include "tui/app.h"

enum { UNDO_SECONDS = 60 };

/* COMMAND was done on a record that was SEEN (NULL: not known) before. */
void undo_keep(struct app *app, const struct command *command, const void *seen,
	       const struct outcome *outcome, const char *about);

#endif
