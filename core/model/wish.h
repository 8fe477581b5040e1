/* wish.h: when a teacher would like to teach, and when not, week by week. A meeting
 * against it is the soft conflict TEACHER_WISH (core/rules/teacher_wish.h); what a
 * teacher can't do is an absence (teacher_away), which is hard. */
#ifndef OV_MODEL_WISH_H
#define OV_MODEL_WISH_H

#include "core/model/field.h"

/* Weekdays in their order: Monday is 0 here and 1 in date_weekday(). */
enum weekday { WEEKDAY_MON, WEEKDAY_TUE, WEEKDAY_WED, WEEKDAY_THU, WEEKDAY_FRI, WEEKDAY_SAT,
	       WEEKDAY_SUN, WEEKDAYS };
enum wish_kind { WISH_WANTED, WISH_UNWANTED };

extern const struct enum_table weekday_enum, wish_kind_enum;

/* [start_min, end_min) of each such day. A row whose removed_on is set counts no longer. */
#define TEACHER_WISH_FIELDS(F, REC) \
	F(REC, FT_REF, teacher_id, .ref = KIND_TEACHER, .flags = REQ | INDEXED, .pii = P1, .label = N_("Teacher")) \
	F(REC, FT_ENUM, weekday, .flags = REQ, .pii = P1, .enums = &weekday_enum, .label = N_("Weekday"), .width = 9) \
	F(REC, FT_MINUTES, start_min, .min = 0, .max = 1439, .flags = REQ, .pii = P1, .label = N_("Start"), .width = 5) \
	F(REC, FT_MINUTES, end_min, .min = 1, .max = 1440, .flags = REQ, .pii = P1, .label = N_("End"), .width = 5) \
	F(REC, FT_ENUM, wish, .flags = REQ, .pii = P1, .enums = &wish_kind_enum, .label = N_("Wish"), .width = 9) \
	F(REC, FT_DATE, removed_on, .flags = SYSTEM, .label = N_("Removed"), .width = 10)

struct teacher_wish { RECORD_HEAD TEACHER_WISH_FIELDS(FIELD_MEMBER, teacher_wish) };

extern const struct field_table teacher_wish_fields;

#endif
