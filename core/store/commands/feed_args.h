/* feed_args.h: whose timetable a calendar feed shows: exactly one of the four. */
#ifndef OV_STORE_COMMANDS_FEED_ARGS_H
#define OV_STORE_COMMANDS_FEED_ARGS_H

#include "core/model/kind.h"

#define FEED_CREATE_ARGS(F, REC) \
	F(REC, FT_REF, student_id, .ref = KIND_STUDENT, .pii = P1, .label = N_("Learner")) \
	F(REC, FT_REF, cohort_id, .ref = KIND_COHORT, .label = N_("Cohort")) \
	F(REC, FT_REF, teacher_id, .ref = KIND_TEACHER, .label = N_("Teacher")) \
	F(REC, FT_REF, room_id, .ref = KIND_ROOM, .label = N_("Room"))

struct feed_create_args { FEED_CREATE_ARGS(FIELD_MEMBER, feed_create_args) };

extern const struct field_table feed_create_args_fields;

#endif
