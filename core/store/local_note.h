/* local_note.h: an event in the trail for what is no command: work on the database
 * as a whole, by somebody logged in or, with nobody, by the operating system's
 * leave. */
#ifndef OV_STORE_LOCAL_NOTE_H
#define OV_STORE_LOCAL_NOTE_H

#include "core/store/local.h"

/* One event in a transaction of its own; nobody logged in is the system. Between
 * local_enter() and local_leave(). */
int local_note(struct local *local, const char *action, const char *detail, struct error *err);

#endif
