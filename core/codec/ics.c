#include "core/codec/ics.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/civil.h"
#include "core/base/text.h"

enum { LINE_OCTETS = 75, STAMP_TEXT = 17, LOCAL_TEXT = 16 };

/* Folds: a long line goes on after CRLF and one blank, which counts too. */
static void fold(struct buf *out, const char *line)
{
	size_t room = LINE_OCTETS;

	while (*line) {
		uint32_t cp;
		size_t step = utf8_decode(line, strlen(line), &cp);

		if (step > room) {
			buf_text(out, "\r\n ");
			room = LINE_OCTETS - 1;
		}
		buf_add(out, line, step);
		room -= step;
		line += step;
	}
	buf_text(out, "\r\n");
}

static void escape(struct buf *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '\\' || *text == ';' || *text == ',')
			buf_char(out, '\\');
		if (*text == '\n')
			buf_text(out, "\\n");
		else if ((unsigned char)*text >= ' ' ? *text != 0x7f : *text == '\t')
			buf_char(out, *text);
	}
}

void ics_line(struct buf *out, const char *name, const char *value)
{
	struct buf line = BUF_INIT;

	buf_printf(&line, "%s:", name);
	escape(&line, value);
	fold(out, buf_cstr(&line));
	buf_release(&line);
}

/* A value that is no TEXT: nothing is escaped, what can't stand in a line is
 * left out. */
static void plain(struct buf *out, const char *name, const char *value)
{
	struct buf line = BUF_INIT;

	buf_printf(&line, "%s:", name);
	for (; *value; value++)
		if ((unsigned char)*value > ' ' && *value != 0x7f)
			buf_char(&line, *value);
	fold(out, buf_cstr(&line));
	buf_release(&line);
}

/* 20150912T083000 of a day and minutes that may pass midnight. */
static void local_time(int64_t date, int64_t minutes, char out[LOCAL_TEXT])
{
	const struct civil day = date_to_civil(date + minutes / 1440);
	const int minute = (int)(minutes % 1440);

	snprintf(out, LOCAL_TEXT, "%04u%02u%02uT%02u%02u00", (unsigned)day.year % 10000u,
		 (unsigned)day.month % 100u, (unsigned)day.day % 100u,
		 (unsigned)(minute / 60) % 100u, (unsigned)(minute % 60) % 100u);
}

static void utc_time(int64_t instant, char out[STAMP_TEXT + 4])
{
	char text[INSTANT_TEXT];
	size_t at = 0;

	instant_format(instant, text);
	for (const char *c = text; *c && at < STAMP_TEXT; c++)
		if (*c != '-' && *c != ':')
			out[at++] = *c;
	out[at] = '\0';
}

void ics_begin(struct buf *out, const char *name, int utc_offset, int refresh_hours)
{
	const int minutes = abs(utc_offset) / 60;
	char offset[16];

	snprintf(offset, sizeof offset, "%c%02d%02d", utc_offset < 0 ? '-' : '+', minutes / 60,
		 minutes % 60);
	buf_text(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Overpass//Timetable//ZH\r\n"
		      "CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n");
	ics_line(out, "X-WR-CALNAME", name);
	if (refresh_hours > 0)
		buf_printf(out, "REFRESH-INTERVAL;VALUE=DURATION:PT%dH\r\nX-PUBLISHED-TTL:PT%dH\r\n",
			   refresh_hours, refresh_hours);
	buf_text(out, "BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\nBEGIN:STANDARD\r\n"
		      "DTSTART:19700101T000000\r\n");
	plain(out, "TZOFFSETFROM", offset);
	plain(out, "TZOFFSETTO", offset);
	buf_text(out, "END:STANDARD\r\nEND:VTIMEZONE\r\n");
}

static const char *status_of(int64_t state)
{
	switch (state) {
	case SESSION_PLANNED:
	case SESSION_MOVED:
		return "TENTATIVE";
	case SESSION_CANCELLED:
		return "CANCELLED";
	default:
		return "CONFIRMED";
	}
}

static void place_add(struct buf *out, const struct calendar_event *event)
{
	struct buf text = BUF_INIT;

	if (event->room) {
		buf_printf(&text, "%s%s%s", event->room, event->room_name ? " " : "",
			   event->room_name ? event->room_name : "");
		ics_line(out, "LOCATION", buf_cstr(&text));
	} else if (event->join_url) {
		ics_line(out, "LOCATION", event->join_url);
	}
	if (event->join_url)
		plain(out, "URL", event->join_url);
	buf_release(&text);
}

static void times_add(struct buf *out, const struct calendar_event *event)
{
	char when[STAMP_TEXT + 4];

	utc_time(event->changed_at, when);
	plain(out, "DTSTAMP", when);
	local_time(event->on_date, event->start_min, when);
	plain(out, "DTSTART;TZID=Asia/Shanghai", when);
	local_time(event->on_date, event->end_min, when);
	plain(out, "DTEND;TZID=Asia/Shanghai", when);
}

void ics_add(struct buf *out, const struct calendar_event *event)
{
	struct buf text = BUF_INIT;

	buf_text(out, "BEGIN:VEVENT\r\n");
	buf_printf(&text, "session-%lld@%s.overpass", (long long)event->id,
		   event->branch ? event->branch : "000");
	plain(out, "UID", buf_cstr(&text));
	buf_clear(&text);
	buf_printf(&text, "%lld", (long long)event->rev - 1);
	plain(out, "SEQUENCE", buf_cstr(&text));
	times_add(out, event);
	buf_clear(&text);
	buf_printf(&text, "%s · %s", event->course ? event->course : "",
		   event->exam == 1 ? _("Examination") :
		   enum_label(&session_mode_enum, event->mode));
	ics_line(out, "SUMMARY", buf_cstr(&text));
	place_add(out, event);
	plain(out, "CATEGORIES", enum_code(&session_mode_enum, event->mode));
	plain(out, "STATUS", status_of(event->state));
	buf_clear(&text);
	buf_printf(&text, "%s%s%s", event->cohorts ? event->cohorts : "",
		   event->teacher ? "\n" : "", event->teacher ? event->teacher : "");
	ics_line(out, "DESCRIPTION", buf_cstr(&text));
	buf_text(out, "END:VEVENT\r\n");
	buf_release(&text);
}

void ics_end(struct buf *out)
{
	buf_text(out, "END:VCALENDAR\r\n");
}

void ics_calendar(struct buf *out, const char *name, int utc_offset, int refresh_hours,
		  const struct record_list *events)
{
	ics_begin(out, name, utc_offset, refresh_hours);
	for (size_t i = 0; i < events->count; i++)
		ics_add(out, events->items[i]);
	ics_end(out);
}
