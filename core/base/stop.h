/* stop.h: is the work still wanted? Given to work that may take long; asked
 * some thousand times a second by the threads that do it, so it must be quick;
 * once it is true it stays so. Who asked for the stop decides what becomes of what was done by then. */
#ifndef OV_BASE_STOP_H
#define OV_BASE_STOP_H

#include <stdbool.h>
#include <stddef.h>

struct stop {
	bool (*asked)(void *user); /* NULL: never */
	void *user;
};

/* STOP may be NULL. */
static inline bool stop_asked(const struct stop *stop)
{
	return stop && stop->asked && stop->asked(stop->user);
}

#endif
