/* term_small.h: a term small enough to be planned in a test, from records that
 * nothing stores. Records added belong to its arena. */
#ifndef OV_TESTS_TERM_SMALL_H
#define OV_TESTS_TERM_SMALL_H

#include "tests/unit/shared.h"

#include "core/store/commands/planning_args.h"
#include "core/timetable/term.h"

/* A term of two weeks from Monday 2026-03-02 with one course, one teacher, one
 * room of 30 and one cohort of 20; a test adds to it. */
struct small {
	struct arena arena;
	struct bundle bundle;
	struct planner_options planner;
	struct term_options options;
	struct term_problem *term;
	struct term_answer answer;
	struct error err;
};

/* An empty record of the table. */
void *small_add(struct small *s, const struct field_table *table);
/* 20 learners; needs in the order of cohort and course. */
struct plan_need *small_need(struct small *s, int64_t cohort, int64_t course, int64_t hours);
struct room *small_room(struct small *s, int64_t id, int64_t capacity);
void small_teacher(struct small *s, int64_t id);
/* Two hours of course 1 by teacher 1 in room 1, planned; ids in rising order. */
struct session *small_session(struct small *s, int64_t id, int64_t cohort, const char *day,
			      int64_t start);
/* Crews on a cycle of one letter: at work that way every day. */
void small_crew(struct small *s, int64_t cohort, const char *cycle, int64_t start, int64_t len,
		int64_t learners);
void small_open(struct small *s);
void small_close(struct small *s);
/* Plans, the same every time; answers what term_problem_new() does. */
int small_solve(struct small *s);
const struct plan_meeting_item *small_meeting(const struct small *s, size_t i);
/* What keeps a meeting out, by its kind; fails when it isn't told. */
const struct plan_blocker_item *small_blocker(const struct small *s, const char *kind);

#endif
