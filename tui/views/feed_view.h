/* feed_view.h: the address of a calendar feed, once, with a QR code for a phone.
 *
 * It is a bearer secret: it goes when the screen is locked and after a few
 * minutes, and is kept nowhere. C-y copies that of a room or a cohort, whose
 * timetable hangs on the wall anyway; never a person's. */
#ifndef OV_TUI_VIEWS_FEED_VIEW_H
#define OV_TUI_VIEWS_FEED_VIEW_H

#include "core/store/command.h"
#include "tui/app.h"

enum { FEED_SHOWN_S = 300 };

extern const struct view_class feed_class;

/* Opens the form that makes a feed of the thing whose id goes into FIELD
 * ("student_id" …); the address is shown when it is made. */
void feed_ask(struct view *opener, const char *field, int64_t id, const char *about);
/* Shows the address that a command answered; nothing when it answered none. */
void feed_show(struct app *app, const struct command *command, const struct outcome *outcome,
	       const char *about);

#endif
