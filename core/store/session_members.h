/* session_members.h: people and places of a session_input, each once and by
 * index. Shared by the files session_*.c
 * that fill it. */
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
/* The engine's number of a course in the term of a day, so that what was examined
 * in one term may be taught anew in another (session_tied.c). */
int session_course(struct session_input *si, const struct session *session, int *course,
		   struct error *err);
/* Which meetings come after which, into SESSIONS, which are those of si->refs
 * (session_tied.c). */
int session_after(struct session_input *si, struct conflict_session *sessions, struct error *err);
/* Adds what a portable item ties to the first ASKED meetings in [from, to], and
 * the order of courses or an examination on any day. */
int session_tied(struct session_input *si, size_t asked, int64_t from, int64_t to,
		 struct error *err);
/* Adds what the order of courses or an examination ties to the meetings of [from,
 * to] from other days; of one cohort alone when COHORT_ID is not 0. */
int session_tied_window(struct session_input *si, int64_t cohort_id, int64_t from, int64_t to,
			struct error *err);
/* Adds the meetings of [from, to] that take place and have VALUE in FIELD; those
 * whose ids STMT gives (session_input.c). */
int session_add_by(struct session_input *si, const char *field, int64_t value, int64_t from,
		   int64_t to, struct error *err);
int session_add_found(struct session_input *si, struct stmt *stmt, struct error *err);
/* Cohorts that share learners with this one: where its members take a course
 * elsewhere, and where its guests are at home. */
int session_related_cohorts(struct session_input *si, int64_t cohort_id, int64_t **ids,
			    size_t *count, struct error *err);
/* The groups of learners who come to a meeting. */
int session_groups(struct session_input *si, const struct meeting_ref *ref,
		   struct conflict_ints *out, struct error *err);

#endif
