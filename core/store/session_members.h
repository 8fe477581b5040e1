/* session_members.h: people and places of a session_input, each once and by
 * index. Shared by session_input.c and session_members.c alone. */
#ifndef OV_STORE_SESSION_MEMBERS_H
#define OV_STORE_SESSION_MEMBERS_H

#include "core/store/session_input.h"

/* ITEMS with room for one more. */
void *session_grow(struct arena *arena, void *items, size_t count, size_t *room, size_t size);
/* Keeps a list ascending and without repeats; it has the room. */
void date_insert(int64_t *list, size_t *count, int64_t value);

/* Indexes of things, read and added when they are new. A null room is -1. */
int session_room(struct session_input *si, int64_t room_id, int *index, struct error *err);
int session_teacher(struct session_input *si, int64_t teacher_id, int *index,
		    struct error *err);
/* The strictest shift tolerance of the cohorts of a meeting, per cent. */
int session_tolerance(struct session_input *si, const struct meeting_ref *ref, int64_t *tolerance,
		      struct error *err);
/* Limits, calendars and exceptions (session_limits.c). */
int session_policy(struct session_input *si, struct conflict_policy *policy, struct error *err);
int session_calendar(struct session_input *si, int64_t from, int64_t to, struct error *err);
int session_exceptions(struct session_input *si, int64_t from, int64_t to, struct error *err);
/* Equipment and closures of a room, certificates of a teacher, and what a course
 * needs of both (session_equipment.c). */
int session_room_equipment(struct session_input *si, int64_t room_id, struct conflict_room *room,
			   struct error *err);
int session_certificates(struct session_input *si, int64_t teacher_id,
			 struct conflict_teacher *teacher, struct error *err);
int session_needs(struct session_input *si, int64_t course_id, struct conflict_session *session,
		  struct error *err);
/* The groups of learners who come to a meeting. */
int session_groups(struct session_input *si, const struct meeting_ref *ref,
		   struct conflict_ints *out, struct error *err);

#endif
