/* equipment.h: what a room has and when it is closed, what a course needs, and
 * which teacher may teach with it. The conflicts EQUIPMENT, ROOM_CLOSED and
 * CERTIFICATE of CONFLICTS.md are judged by these. Portable items, which go from
 * room to room, have a stock, and a course uses some of it: POOL_EXCEEDED.
 *
 * An item is a word of the centre's own ("lathe", "projector"), the same wherever
 * it is meant. A row whose removed_on is set counts no longer. */
#ifndef OV_MODEL_EQUIPMENT_H
#define OV_MODEL_EQUIPMENT_H

#include "core/model/field.h"

#define ROOM_FEATURE_FIELDS(F, REC) \
	F(REC, FT_REF, room_id, .ref = KIND_ROOM, .flags = REQ | INDEXED, .label = N_("Room")) \
	F(REC, FT_TEXT, item, .max = 40, .flags = REQ, .label = N_("Equipment"), .width = 16) \
	F(REC, FT_DATE, removed_on, .flags = SYSTEM, .label = N_("Removed"), .width = 10)

/* One interval, which may last for days. */
#define ROOM_CLOSURE_FIELDS(F, REC) \
	F(REC, FT_REF, room_id, .ref = KIND_ROOM, .flags = REQ | INDEXED, .label = N_("Room")) \
	F(REC, FT_DATE, on_date, .flags = REQ, .label = N_("First day"), .width = 10) \
	F(REC, FT_MINUTES, start_min, .min = 0, .max = 1439, .flags = REQ, .label = N_("Start"), .width = 5) \
	F(REC, FT_DATE, until_on, .flags = REQ, .label = N_("Last day"), .width = 10) \
	F(REC, FT_MINUTES, end_min, .min = 1, .max = 1440, .flags = REQ, .label = N_("End"), .width = 5) \
	F(REC, FT_TEXT, note, .max = 200, .label = N_("Note"), .width = 20) \
	F(REC, FT_DATE, removed_on, .flags = SYSTEM, .label = N_("Removed"), .width = 10)

/* The room has the item; with `certified`, each teacher holds a certificate for it. */
#define COURSE_NEED_FIELDS(F, REC) \
	F(REC, FT_REF, course_id, .ref = KIND_COURSE, .flags = REQ | INDEXED, .label = N_("Course")) \
	F(REC, FT_TEXT, item, .max = 40, .flags = REQ, .label = N_("Equipment"), .width = 16) \
	F(REC, FT_BOOL, certified, .flags = REQ, .label = N_("Teacher certified"), .width = 3) \
	F(REC, FT_DATE, removed_on, .flags = SYSTEM, .label = N_("Removed"), .width = 10)

/* last_on is the last valid day; null: no end. */
#define TEACHER_CERTIFICATE_FIELDS(F, REC) \
	F(REC, FT_REF, teacher_id, .ref = KIND_TEACHER, .flags = REQ | INDEXED, .pii = P1, .label = N_("Teacher")) \
	F(REC, FT_TEXT, item, .max = 40, .flags = REQ, .pii = P1, .label = N_("Equipment"), .width = 16) \
	F(REC, FT_DATE, last_on, .pii = P1, .label = N_("Last valid day"), .width = 10) \
	F(REC, FT_DATE, removed_on, .flags = SYSTEM, .label = N_("Removed"), .width = 10)

/* A portable item of which the centre has so many. */
#define POOL_FIELDS(F, REC) \
	F(REC, FT_TEXT, code, .max = 40, .flags = REQ | UNIQ, .label = N_("Portable item"), .width = 12) \
	F(REC, FT_TEXT, name, .max = 60, .flags = REQ, .label = N_("Title"), .width = 16) \
	F(REC, FT_INT, stock, .min = 0, .max = 10000, .flags = REQ, .label = N_("In stock"), .width = 5)

/* Each meeting of the course uses so many pieces throughout. */
#define COURSE_USE_FIELDS(F, REC) \
	F(REC, FT_REF, course_id, .ref = KIND_COURSE, .flags = REQ | INDEXED, .label = N_("Course")) \
	F(REC, FT_REF, pool_id, .ref = KIND_POOL, .flags = REQ | INDEXED, .label = N_("Portable item")) \
	F(REC, FT_INT, pieces, .min = 1, .max = 10000, .flags = REQ, .label = N_("Pieces"), .width = 5) \
	F(REC, FT_DATE, removed_on, .flags = SYSTEM, .label = N_("Removed"), .width = 10)

struct room_feature { RECORD_HEAD ROOM_FEATURE_FIELDS(FIELD_MEMBER, room_feature) };
struct room_closure { RECORD_HEAD ROOM_CLOSURE_FIELDS(FIELD_MEMBER, room_closure) };
struct course_need { RECORD_HEAD COURSE_NEED_FIELDS(FIELD_MEMBER, course_need) };
struct teacher_certificate { RECORD_HEAD TEACHER_CERTIFICATE_FIELDS(FIELD_MEMBER, teacher_certificate) };
struct pool { RECORD_HEAD POOL_FIELDS(FIELD_MEMBER, pool) };
struct course_use { RECORD_HEAD COURSE_USE_FIELDS(FIELD_MEMBER, course_use) };

extern const struct field_table room_feature_fields, room_closure_fields, course_need_fields,
	teacher_certificate_fields, pool_fields, course_use_fields;

#endif
