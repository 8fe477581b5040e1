/* equipment_args.h: arguments of the commands about rooms, their hours and their
 * equipment, what courses need, use and come after, portable items, and teachers'
 * certificates (core/model/equipment.h). */
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

#define COURSE_USE_ARGS(F, REC) \
	F(REC, FT_REF, course_id, .ref = KIND_COURSE, .flags = REQ, .label = N_("Course")) \
	F(REC, FT_REF, pool_id, .ref = KIND_POOL, .flags = REQ, .label = N_("Portable item")) \
	F(REC, FT_INT, pieces, .min = 1, .max = 10000, .flags = REQ, .label = N_("Pieces"), .help = N_("For one meeting"), .width = 5)

#define COURSE_FOLLOW_ARGS(F, REC) \
	F(REC, FT_REF, course_id, .ref = KIND_COURSE, .flags = REQ, .label = N_("Course")) \
	F(REC, FT_REF, after_id, .ref = KIND_COURSE, .flags = REQ, .label = N_("After course"))

#define POOL_CREATE_ARGS(F, REC) \
	F(REC, FT_TEXT, code, .max = 40, .flags = REQ, .label = N_("Portable item"), .help = N_("A word of your own, such as projector"), .width = 12) \
	F(REC, FT_TEXT, name, .max = 60, .label = N_("Name"), .help = N_("Empty: the word itself"), .width = 16) \
	F(REC, FT_INT, stock, .min = 0, .max = 10000, .flags = REQ, .label = N_("In stock"), .width = 5)

#define POOL_EDIT_ARGS(F, REC) \
	F(REC, FT_TEXT, name, .max = 60, .label = N_("Name"), .width = 16) \
	F(REC, FT_INT, stock, .min = 0, .max = 10000, .label = N_("In stock"), .width = 5)

#define ROOM_EDIT_ARGS(F, REC) \
	F(REC, FT_MINUTES, open_from, .min = 0, .max = 1439, .label = N_("Opens"), .help = N_("00:00 with 24:00: always open"), .width = 5) \
	F(REC, FT_MINUTES, open_to, .min = 0, .max = 2879, .label = N_("Closes"), .help = N_("Not after the opening: on the next day"), .width = 5) \
	F(REC, FT_INT, setup_min, .min = 0, .max = 240, .label = N_("Set-up minutes"), .help = N_("Kept free before each meeting"), .width = 4) \
	F(REC, FT_INT, clear_min, .min = 0, .max = 240, .label = N_("Clearing minutes"), .help = N_("Kept free after each meeting"), .width = 4) \
	F(REC, FT_INT, stations, .min = 0, .max = 500, .label = N_("Work places"), .help = N_("0: no limit but the seats"), .width = 4) \
	F(REC, FT_INT, min_staff, .min = 0, .max = 2, .label = N_("Least staff"), .help = N_("2: the teacher and an assistant"), .width = 3)

#define EQUIPMENT_ARGS(X) \
	X(course_use_args, COURSE_USE_ARGS) \
	X(course_follow_args, COURSE_FOLLOW_ARGS) \
	X(pool_create_args, POOL_CREATE_ARGS) \
	X(pool_edit_args, POOL_EDIT_ARGS) \
	X(room_edit_args, ROOM_EDIT_ARGS) \
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
