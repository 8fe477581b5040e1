/* term.h: from the records of a term to a problem for the solver, and from its
 * answer to the meetings of a draft. Pure: the bundle is the card of a TERM
 * (core/store/store.h), which any store gives, so that a desk plans with its own
 * machine and the server only keeps the result.
 *
 * What is planned: the courses that cohorts are enrolled for, in meetings of one
 * length, as many as the study hours ask for (planner.h, [day]); those held or
 * fixed count. Open meetings of the wanted cohorts are planned anew, unless
 * locked; all others stay and are worked around. A teacher is kept where one
 * teaches the course to the cohort already, else one with few lessons at that
 * site takes it. Where the crews of a cohort can't all come, the lesson is
 * taught twice (twins). Sources: issue 6; DOMAIN.md 2.12-2.15. */
#ifndef OV_TIMETABLE_TERM_H
#define OV_TIMETABLE_TERM_H

#include "core/config/planner.h"
#include "core/model/kind.h"
#include "core/planner/solver.h"

struct term_options {
	const struct planner_options *planner;
	const char *cohort; /* code of the one to plan, NULL: all */
	bool keep;          /* as few changes of the present timetable as possible */
	int64_t from, to;   /* days to plan in, both inclusive */
	struct stop stop;   /* asked while the problem is built */
};

struct term_problem;

/* Builds a problem. The bundle is kept, not copied. 0, or the reason why there
 * is nothing to solve: PLAN_NOTHING, PLAN_ROOMS; CANCELLED after a stop. */
int term_problem_new(const struct bundle *bundle, const struct term_options *options,
		     struct term_problem **out, struct error *err);
void term_problem_free(struct term_problem *term); /* NULL is fine */

const struct problem *term_problem_of(const struct term_problem *term);
/* Places of the present timetable to begin from, [event_count]. */
const struct place *term_problem_start(const struct term_problem *term);

/* The answer as arguments of plan.save: meetings and blockers, in ARENA. CHANGES
 * counts meetings of the present timetable that get another place. */
struct term_answer {
	struct record_list meetings; /* plan_meeting_item */
	struct record_list blockers; /* plan_blocker_item */
	int64_t unplaced, changes;
	int64_t wishes; /* what of problem_cost.slot is for teachers' wishes */
};

/* ENOUGH asked for: no further meeting without a place is explained. */
void term_problem_answer(const struct term_problem *term, const struct place *places,
			 const struct stop *enough, struct arena *arena,
			 struct term_answer *answer);

#endif
