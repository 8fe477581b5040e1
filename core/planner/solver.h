/* solver.h: looks for a cheap timetable of a problem (problem.h).
 *
 * A handle that is worked on in steps. The best timetable so far can be asked
 * for between any two steps; a stopped search goes on where it was. Simulated
 * annealing, cooled over the effort that was promised in the options: in one
 * round, or, where there is time, in several and a last one from the best of
 * them. Past it, rounds like the last follow for as long as steps are asked for.
 *
 * The same problem, options and number of iterations give the same timetable
 * on any machine, in however many steps. With a limit in seconds the machine's
 * speed decides how far the same way is gone.
 *
 * Pure: no input or output, no globals. A handle is used by one thread at a
 * time; solver_cancel() may be called from any thread and from a signal
 * handler. */
#ifndef OV_PLANNER_SOLVER_H
#define OV_PLANNER_SOLVER_H

#include "core/base/stop.h"
#include "core/planner/problem.h"

struct solver;

enum {
	SOLVER_HISTORY_MAX = 128, /* points of the falling cost that are kept */
	SOLVER_THREADS_MAX = 64
};

/* Where a search stands. */
struct solver_progress {
	int64_t iterations;       /* moves tried, of the first thread */
	int64_t cpu_ms;           /* CPU time spent, of the first thread */
	int32_t permille;         /* of the promised effort, 1000 once it is spent */
	struct problem_cost best; /* of the best timetable so far */
	/* The best soft cost after equal shares of the effort, for a sparkline;
	 * -1 while there were hard faults. */
	const int64_t *history;
	size_t history_count;
};

struct solver_options {
	uint64_t seed;
	/* The effort: CPU milliseconds, or moves when that is not 0. */
	int64_t cpu_ms;
	int64_t iterations;
	int32_t threads; /* 0 and 1: this one. More search on their own, each from
			  * its own seed; the cheapest wins, then the lowest seed */
	/* [event_count] where to begin, PROBLEM_NONE for "anywhere"; NULL: from
	 * nothing. Read by solver_new() only. */
	const struct place *start;
	/* Called about ten times a second of work, by the thread in solver_step();
	 * true stops the step, as solver_cancel() would. May be NULL. */
	bool (*progress)(void *user, const struct solver_progress *progress);
	void *user;
	/* Asked by all threads, also while the handle is made. */
	struct stop stop;
};

/* A solver of a well-formed problem (problem_check); the caller frees it. NULL
 * when a stop was asked for meanwhile. */
struct solver *solver_new(const struct problem *problem, const struct solver_options *options);
void solver_free(struct solver *solver); /* NULL is allowed */

/* Works on: SHARE thousandths of the promised effort, at least until every event
 * was given a first place where there is one. 1000 on a new handle is a whole search. Returns true when it went
 * to its end, false when it was stopped; a stopped one may be gone on with.
 * A timetable that costs nothing ends the work early, and so does a problem in
 * which nothing can be moved. */
bool solver_step(struct solver *solver, int32_t share);

/* Stops the step under way, and the next one if none is, within 100 ms. */
void solver_cancel(struct solver *solver);

/* The best timetable so far: [event_count], valid until the next step. It has
 * no two events that exclude each other unless both are locked; what found no
 * place without that is PROBLEM_NONE. After a stop the places for the last ones
 * are looked for no longer than some 50 ms. COST may be NULL. */
const struct place *solver_best(struct solver *solver, struct problem_cost *cost);

void solver_progress(const struct solver *solver, struct solver_progress *progress);

#endif
