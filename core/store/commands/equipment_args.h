/* equipment_args.h: arguments of the commands about rooms' equipment, what courses
 * need, and teachers' certificates (core/model/equipment.h). */
#ifndef OV_STORE_COMMANDS_EQUIPMENT_ARGS_H
#define OV_STORE_COMMANDS_EQUIPMENT_ARGS_H

#include "core/model/kind.h"

#define ROOM_EQUIP_ARGS(F, REC) \
	F(REC, FT_REF, room_id, .ref = KIND_ROOM, .flags = REQ, .label = N_("Room")) \
	F(REC, FT_TEXT, item, .max = 40, .flags = REQ, .label = N_("Equipment"), .help = N_("A word of your own; the course needs the same"), .width = 16)

#define ROOM_CLOSE_ARGS(F, REC) \
	F(REC, FT_REF, room_id, .ref = KIND_ROOM, .flags = REQ, .label = N_("Room")) \
	F(REC, FT_DATE, on_date, .flags = REQ, .label = N_("First day"), .width = 10) \
	F(REC, FT_MINUTES, start_min, .min = 0, .max = 1439, .label = N_("Start"), .help = N_("Empty: from 00:00"), .width = 5) \
	F(REC, FT_DATE, until_on, .label = N_("Last day"), .help = N_("Empty: the first day"), .width = 10) \
	F(REC, FT_MINUTES, end_min, .min = 1, .max = 1440, .label = N_("End"), .help = N_("Empty: to 24:00"), .width = 5) \
	F(REC, FT_TEXT, note, .max = 200, .label = N_("Note"), .width = 20)

#define COURSE_REQUIRE_ARGS(F, REC) \
	F(REC, FT_REF, course_id, .ref = KIND_COURSE, .flags = REQ, .label = N_("Course")) \
	F(REC, FT_TEXT, item, .max = 40, .flags = REQ, .label = N_("Equipment"), .help = N_("As it is named in the rooms"), .width = 16) \
	F(REC, FT_BOOL, certified, .label = N_("Teacher certified"), .help = N_("Each teacher must hold a certificate for it"), .width = 3)

#define TEACHER_CERTIFY_ARGS(F, REC) \
	F(REC, FT_REF, teacher_id, .ref = KIND_TEACHER, .flags = REQ, .pii = P1, .label = N_("Teacher")) \
	F(REC, FT_TEXT, item, .max = 40, .flags = REQ, .pii = P1, .label = N_("Equipment"), .help = N_("As it is named in the rooms"), .width = 16) \
	F(REC, FT_DATE, last_on, .pii = P1, .label = N_("Last valid day"), .help = N_("Empty: without end"), .width = 10)

#define EQUIPMENT_ARGS(X) \
	X(room_equip_args, ROOM_EQUIP_ARGS) \
	X(room_close_args, ROOM_CLOSE_ARGS) \
	X(course_require_args, COURSE_REQUIRE_ARGS) \
	X(teacher_certify_args, TEACHER_CERTIFY_ARGS)

#define ARGS_STRUCT(REC, LIST) \
	struct REC { LIST(FIELD_MEMBER, REC) }; \
	extern const struct field_table REC##_fields;
EQUIPMENT_ARGS(ARGS_STRUCT)
#undef ARGS_STRUCT

#endif
