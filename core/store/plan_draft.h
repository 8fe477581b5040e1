/* plan_draft.h: makes a draft of a term's timetable: reads what is to be planned
 * from a store, searches on this machine, and saves the best found as a draft
 * (plan.save). For the command line and for screens; called by the thread that
 * calls the store. Between the two calls the store is free for others. */
#ifndef OV_STORE_PLAN_DRAFT_H
#define OV_STORE_PLAN_DRAFT_H

#include "core/planner/solver.h"
#include "core/store/store.h"

struct plan_request {
	const char *term;   /* code */
	const char *cohort; /* code, NULL: all that are enrolled */
	const char *name;   /* of the draft, may be NULL */
	const char *planner_file; /* NULL: data/planner.ini */
	int64_t from, to;   /* days, both inclusive; OV_NULL: the days of the term that
			     * are not over */
	int64_t today;      /* nothing is planned before tomorrow */
	int64_t seed, cpu_ms, iterations; /* as in struct solver_options */
	int32_t threads;
	bool keep;
	/* As in struct solver_options: true stops the search; the best found so
	 * far is saved. */
	bool (*progress)(void *user, const struct solver_progress *progress);
	/* Given the handle when the search begins and NULL before it is freed, so
	 * that another thread may stop it (solver_cancel). False at the beginning:
	 * nothing is wanted any more, OV_ECANCELLED. May be NULL. */
	bool (*searching)(void *user, struct solver *solver);
	void *user;
};

struct plan_made {
	struct outcome outcome;   /* of plan.save */
	struct problem_cost cost;
	int64_t events, first_ms; /* CPU time to the first timetable without faults; -1 none */
	int64_t cpu_ms;
	bool stopped;
};

int plan_draft_make(struct store *store, const struct plan_request *request, struct arena *arena,
		    struct plan_made *made, struct error *err);

#endif
