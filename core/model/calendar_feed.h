/* calendar_feed.h: addresses under which a calendar program reads a timetable
 * without a login. The address is a bearer secret: whoever has it reads the
 * meetings, and nothing else, until it is revoked or its day has come. */
#ifndef OV_MODEL_CALENDAR_FEED_H
#define OV_MODEL_CALENDAR_FEED_H

#include "core/model/field.h"

/* Exactly one of the four is named. token_hash is keyed; the token itself is
 * nowhere. expires_on is the first day on which it is no longer answered;
 * used_on is the last day it was asked for. */
#define CALENDAR_FEED_FIELDS(F, REC) \
	F(REC, FT_REF, student_id, .ref = KIND_STUDENT, .flags = INDEXED, .pii = P1, .label = N_("Learner")) \
	F(REC, FT_REF, cohort_id, .ref = KIND_COHORT, .flags = INDEXED, .pii = P1, .label = N_("Cohort")) \
	F(REC, FT_REF, teacher_id, .ref = KIND_TEACHER, .flags = INDEXED, .pii = P1, .label = N_("Teacher")) \
	F(REC, FT_REF, room_id, .ref = KIND_ROOM, .flags = INDEXED, .label = N_("Room")) \
	F(REC, FT_HASH, token_hash, .flags = REQ | UNIQ | SYSTEM | SECRET, .pii = P3, .label = N_("Hash")) \
	F(REC, FT_DATE, expires_on, .flags = REQ | SYSTEM, .label = N_("Ends on"), .width = 10) \
	F(REC, FT_DATE, revoked_on, .flags = SYSTEM, .label = N_("Revoked"), .width = 10) \
	F(REC, FT_DATE, used_on, .flags = SYSTEM, .pii = P1, .label = N_("Last used"), .width = 10)

/* What the making of a feed answers, once. */
#define FEED_LINK_FIELDS(F, REC) \
	F(REC, FT_TEXT, url, .max = 300, .label = N_("Web address"), .width = 60) \
	F(REC, FT_DATE, expires_on, .label = N_("Ends on"), .width = 10)

struct calendar_feed { RECORD_HEAD CALENDAR_FEED_FIELDS(FIELD_MEMBER, calendar_feed) };
struct feed_link { FEED_LINK_FIELDS(FIELD_MEMBER, feed_link) };

extern const struct field_table calendar_feed_fields, feed_link_fields;

#endif
