/* planner.h: how a centre plans: data/planner.ini, or a file of one's own
 * (option planner.file). One row of PLANNER_OPTIONS is a key; unknown ones are
 * refused with the nearest known.
 *
 * [policy] holds the limits of CONFLICTS.md, "Policy defaults". [safety] says
 * how many learners one member of staff may watch at a practical base of each
 * safety rank; DOMAIN.md 2.14 has the rank and leaves the ratio to the
 * institution. 0 is no limit. */
#ifndef OV_CONFIG_PLANNER_H
#define OV_CONFIG_PLANNER_H

#include <stdint.h>

#include "core/base/error.h"

/* P(section, member = key, default, least, most) */
#define PLANNER_OPTIONS(P) \
	P(policy, commute, 60, 0, 720)            /* minutes between shift and class */ \
	P(policy, rest_night, 480, 0, 1440)       /* after a shift that ends 00:00–08:59 */ \
	P(policy, rest_soft, 0, 0, 720) \
	P(policy, exam_gap, 1440, 0, 20160) \
	P(policy, exams_per_day, 0, 0, 9)         /* 0: no limit */ \
	P(policy, site_gap_min, 45, 0, 720) \
	P(policy, max_week_min, 0, 0, 10080)      /* 0: no limit */ \
	P(policy, holiday_teaching, 0, 0, 1) \
	P(safety, rank_1, 48, 0, 500)             /* learners for one member of staff */ \
	P(safety, rank_2, 40, 0, 500) \
	P(safety, rank_3, 32, 0, 500) \
	P(safety, rank_4, 20, 0, 500) \
	P(safety, rank_5, 10, 0, 500) \
	P(day, first_min, 480, 0, 1380)           /* earliest start, minutes of the day */ \
	P(day, last_min, 1320, 60, 1440)          /* latest end */ \
	P(day, grain_min, 30, 10, 120)            /* meetings begin on these */ \
	P(day, meeting_min, 120, 30, 480)         /* length of a new meeting */ \
	P(day, lesson_min, 45, 30, 60)            /* length of a study hour */ \
	P(day, taught_percent, 40, 1, 100)        /* of the study hours in meetings */ \
	P(day, practice_percent, 60, 1, 100)      /* the same for practical courses */ \
	P(weights, shift, 40, 0, 1000)            /* a learner at work or tired, each grain */ \
	P(weights, late, 1, 0, 1000)              /* a grain after late_min */ \
	P(weights, late_min, 1230, 0, 1440) \
	P(weights, early, 1, 0, 1000)             /* a grain before early_min */ \
	P(weights, early_min, 510, 0, 1440) \
	P(weights, oversize, 1, 0, 1000)          /* each ten empty seats */ \
	P(weights, other_site, 4, 0, 1000)        /* a meeting away from the cohort's site */ \
	P(weights, spread, 4, 0, 1000)            /* a week of a course without its share */ \
	P(weights, isolated, 0, 0, 1000)          /* a cohort comes for one meeting only */ \
	P(weights, stability, 2, 0, 1000)         /* another room of a course */ \
	P(weights, teacher_day, 10, 0, 1000)      /* a grain past a teacher's most minutes a day */ \
	P(weights, teacher_week, 10, 0, 1000)     /* a grain past policy.max_week_min in a week */ \
	P(weights, teacher_wish, 3, 0, 1000)      /* a grain against the teacher's wishes */ \
	P(weights, crew_fair, 10, 0, 1000)        /* a lesson past a crew's share in its night weeks */ \
	P(weights, keep_time, 200, 0, 10000)      /* with --keep: a meeting moved in time */ \
	P(weights, keep_room, 100, 0, 10000)      /* with --keep: into another room */ \
	P(twins, least_percent, 15, 1, 50)        /* who can't come, to teach a lesson twice */

struct planner_options {
#define PLANNER_MEMBER(section, key, fallback, least, most) int32_t key;
	PLANNER_OPTIONS(PLANNER_MEMBER)
#undef PLANNER_MEMBER
};

/* FILE NULL or "": data/planner.ini. 0, or the error of the file. */
int planner_options_load(const char *file, struct planner_options *options, struct error *err);
void planner_options_init(struct planner_options *options); /* the defaults */
/* Learners for one member of staff at a base of RANK 1…5; OV_NULL: no limit. */
int64_t planner_ratio(const struct planner_options *options, int64_t rank);

#endif
