/* plan_draft.h: makes a draft of a term's timetable: reads what is to be planned
 * from a store, searches on this machine, and saves the best found as a draft
 * (plan.save). For the command line and for screens; called by the thread that
 * calls the store. Between the two calls the store is free for others. */
#ifndef OV_STORE_PLAN_DRAFT_H
#define OV_STORE_PLAN_DRAFT_H

#include "core/planner/solver.h"
#include "core/store/store.h"

/* PLAN_READING and PLAN_SAVING are calls of the store. */
enum plan_phase { PLAN_READING, PLAN_BUILDING, PLAN_SEARCHING, PLAN_EXPLAINING, PLAN_SAVING };

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
	/* As in struct solver_options; may be NULL. */
	bool (*progress)(void *user, const struct solver_progress *progress);
	/* Told when a phase begins; may be NULL. */
	void (*phase)(void *user, enum plan_phase phase);
	/* Asked all the time but while the store is at work, which has
	 * store_cancel(): when nothing was found yet, the call answers
	 * OV_ECANCELLED; later it saves the best so far. */
	bool (*stopped)(void *user);
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
