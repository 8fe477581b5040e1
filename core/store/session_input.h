/* session_input.h: the timetable around some meetings as the input of the
 * conflict engine (core/rules/conflict.h). Internal to session_conflicts.c. */
#ifndef OV_STORE_SESSION_INPUT_H
#define OV_STORE_SESSION_INPUT_H

#include "core/model/kind.h"
#include "core/rules/conflict.h"
#include "core/store/id_map.h"
#include "core/store/tx.h"

enum { SESSION_COHORTS_MAX = 64 };

/* One stored (or drafted) meeting; its index is that of the engine's meeting
 * and of its session, since every occurrence is stored by itself. */
struct meeting_ref {
	const struct session *session;
	int64_t *cohort_ids;
	size_t cohort_count;
	int64_t twin; /* meetings of one lesson have the same number; 0: none */
};

struct session_input {
	struct tx *tx;
	struct conflict_input input;
	struct meeting_ref *refs;
	size_t ref_count, ref_room;
	/* What the engine's indexes stand for. */
	int64_t *room_ids, *teacher_ids, *student_ids, *pattern_ids;
	const char **sites;
	struct member_group *groups; /* the engine's cohorts */
	size_t room_count, room_room, teacher_count, teacher_room, student_count, student_room;
	size_t pattern_count, pattern_room, site_count, site_room, group_count, group_room;
	struct conflict_room *rooms;
	struct conflict_teacher *teachers;
	struct conflict_student *students;
	struct conflict_pattern *patterns;
	const struct id_map *skip; /* sessions that are left out, or NULL */
	struct id_map session_map, room_map, teacher_map, student_map, pattern_map;
	struct id_map group_map, cohort_map; /* cohort_map: index into cohorts */
	const char **items; /* what the engine's features stand for */
	struct session_needs *needs; /* by need_map: of courses */
	size_t item_count, item_room, need_count, need_room;
	const struct pool **pools; /* the engine's pool items */
	int64_t *pool_stock;
	size_t pool_count, pool_room, stock_room;
	struct id_map pool_map;
	struct id_map need_map;
	struct record_list terms; /* read once; table NULL: not yet */
	struct cohort **cohorts;
	size_t cohort_count, cohort_room;
};

/* Equipment that the meetings of a course need; the second list of the teacher, too;
 * and the portable items that each uses. */
struct session_needs {
	struct conflict_ints all, certified;
	const struct conflict_use *uses;
	size_t use_count;
};

/* Members of a home cohort (course_id 0), or those who take one course with a
 * cohort that is not theirs. */
struct member_group {
	int64_t cohort_id, course_id;
	int *students;
	size_t count;
};

void session_input_init(struct session_input *si, struct tx *tx);
/* Adds a meeting; the first ones are those asked about. A meeting with an id
 * that is there already is not added again. */
int session_input_add(struct session_input *si, const struct session *session,
		      const int64_t *cohort_ids, size_t cohort_count, struct error *err);
/* Adds every meeting of the days [from, to] that may touch those that are
 * there: by room, teacher, cohort or a common learner, by a portable item; and,
 * of any day, those that the order of courses or an examination ties to them. */
int session_input_around(struct session_input *si, int64_t from, int64_t to, struct error *err);
/* Adds every meeting of the days [from, to] that takes place; of one cohort
 * alone when COHORT_ID is not 0. For terms: a few questions, not some for each
 * meeting. What the order of courses or an examination ties to them is added
 * from the other days, too. */
int session_input_window(struct session_input *si, int64_t cohort_id, int64_t from, int64_t to,
			 struct error *err);
/* Builds si->input, with the exceptions from shifts and the calendars of the
 * days [from, to] and the limits of the planner file. */
int session_input_build(struct session_input *si, int64_t from, int64_t to, struct error *err);

/* How many days beside those of a meeting can matter to it: a shift of the day
 * before, an examination of the day after, or as far as exam_gap reaches. */
int session_days_around(struct tx *tx, int64_t *days, struct error *err);

/* The cohorts of a stored session. */
int session_cohort_ids(struct tx *tx, int64_t session_id, int64_t **ids, size_t *count,
		       struct error *err);

#endif
