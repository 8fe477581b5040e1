/* feed_read.h: a calendar feed as whoever has its address reads it. For the
 * server, which asks nobody for a login here: the token is the permission, and
 * what it opens is a list of meetings without any learner's name or number. */
#ifndef OV_STORE_FEED_READ_H
#define OV_STORE_FEED_READ_H

#include "core/base/buf.h"
#include "core/store/local.h"
#include "core/store/tx.h"

enum feed_found {
	FEED_STRANGE, /* no such token was ever given out */
	FEED_OVER,    /* revoked, past its day, or the learner has left */
	FEED_OPEN
};

/* Does the learner still have a timetable to follow? */
bool feed_student_stays(const struct student *student);

/* 0 with *found, and *feed (in ARENA) unless it is FEED_STRANGE. */
int feed_find(struct local *local, const char *token, struct arena *arena,
	      enum feed_found *found, struct calendar_feed **feed, struct error *err);

/* The meetings of four weeks ago to half a year ahead as iCalendar. The store's
 * actor is the system afterwards. */
int feed_calendar(struct local *local, const struct calendar_feed *feed, struct arena *arena,
		  struct buf *out, struct error *err);

/* Notes today as the last day of use; once a day is enough. */
int feed_note_use(struct tx *tx, int64_t id, struct error *err);

#endif
