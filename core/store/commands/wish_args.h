/* wish_args.h: arguments of teacher.wish (core/model/wish.h). */
#ifndef OV_STORE_COMMANDS_WISH_ARGS_H
#define OV_STORE_COMMANDS_WISH_ARGS_H

#include "core/model/kind.h"

#define TEACHER_WISH_ARGS(F, REC) \
	F(REC, FT_REF, teacher_id, .ref = KIND_TEACHER, .flags = REQ, .pii = P1, .label = N_("Teacher")) \
	F(REC, FT_ENUM, weekday, .flags = REQ, .enums = &weekday_enum, .label = N_("Weekday"), .width = 9) \
	F(REC, FT_MINUTES, start_min, .min = 0, .max = 1439, .label = N_("Start"), .help = N_("Empty: from 00:00"), .width = 5) \
	F(REC, FT_MINUTES, end_min, .min = 1, .max = 1440, .label = N_("End"), .help = N_("Empty: to 24:00"), .width = 5) \
	F(REC, FT_ENUM, wish, .flags = REQ, .enums = &wish_kind_enum, .label = N_("Wish"), .help = N_("Who wants some times would rather not teach at all others"), .width = 9)

struct teacher_wish_args { TEACHER_WISH_ARGS(FIELD_MEMBER, teacher_wish_args) };

extern const struct field_table teacher_wish_args_fields;

#endif
