/* wish_view.h: when a teacher would like to teach, and when not: the list, and one line
 * of it for the teacher's week. */
#ifndef OV_TUI_VIEWS_WISH_VIEW_H
#define OV_TUI_VIEWS_WISH_VIEW_H

#include "tui/view.h"
#include "tui/views/card_job.h"

/* Takes thing_options: the id and the name of a teacher. */
extern const struct view_class wish_class;

/* "Wishes: + Mon 08:00-12:00  - Fri 18:00-24:00"; NULL when the card has none. */
const char *wish_line(const struct card *card, struct arena *arena);

#endif
