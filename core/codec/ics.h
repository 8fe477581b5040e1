/* ics.h: timetables as iCalendar (RFC 5545), as DOMAIN.md 9.3 says it.
 *
 * One VEVENT for each meeting and no recurrence rules, since swapped workdays
 * break them. Times are local, with a VTIMEZONE of the centre's fixed offset.
 * Lines are folded at 75 octets without splitting a character; lines end in
 * CRLF. Never holds a learner's name. */
#ifndef OV_CODEC_ICS_H
#define OV_CODEC_ICS_H

#include "core/base/buf.h"
#include "core/model/cohort.h"

struct ics_event {
	const struct session *session;
	const char *course;  /* name */
	const char *room;    /* "B2-101 Welding hall", NULL when online */
	const char *teacher; /* NULL: not shown */
	const char *cohorts; /* codes */
	const char *branch;  /* code, for the UID; NULL: 000 */
};

/* STAMP is when the file is made. */
void ics_begin(struct buf *out, const char *name, int utc_offset);
void ics_add(struct buf *out, const struct ics_event *event, int64_t stamp);
void ics_end(struct buf *out);

/* One content line "NAME:escaped value", folded. */
void ics_line(struct buf *out, const char *name, const char *value);

#endif
