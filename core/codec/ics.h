/* ics.h: timetables as iCalendar (RFC 5545), as DOMAIN.md 9.3 says it.
 *
 * One VEVENT for each meeting and no recurrence rules, since swapped workdays
 * break them. A meeting that was moved and not yet published again stands where
 * it now is, as tentative: cancelled it would vanish from the phones that are
 * to show the change. Control characters, which RFC 5545 forbids, are left out.
 * Times are local, with a VTIMEZONE of the centre's fixed offset.
 * Lines are folded at 75 octets without splitting a character; lines end in
 * CRLF. Never holds a learner's name. */
#ifndef OV_CODEC_ICS_H
#define OV_CODEC_ICS_H

#include "core/base/buf.h"
#include "core/model/timetable.h"

/* NAME is shown by calendar programs that subscribe; they are asked to look again
 * after so many hours (RFC 7986; 0 for a file, which is read once). */
void ics_begin(struct buf *out, const char *name, int utc_offset, int refresh_hours);
/* DTSTAMP is when the meeting changed last, SEQUENCE grows with each change;
 * both stay as they are when nothing changed, so that an unchanged timetable
 * gives the same bytes. */
void ics_add(struct buf *out, const struct calendar_event *event);
void ics_end(struct buf *out);
/* All of it: a calendar of calendar_event records. */
void ics_calendar(struct buf *out, const char *name, int utc_offset, int refresh_hours,
		  const struct record_list *events);

/* One content line "NAME:escaped value", folded. */
void ics_line(struct buf *out, const char *name, const char *value);

#endif
