/* anneal.h: one search from one seed; the solver's own.
 *
 * Works on a state in blocks of moves, at a temperature that is a function of
 * how much of the promised effort is spent. Keeps the best timetable seen. */
#ifndef OV_PLANNER_ANNEAL_H
#define OV_PLANNER_ANNEAL_H

#include "core/planner/random.h"
#include "core/planner/start.h"
#include "core/planner/state.h"

enum { ANNEAL_BLOCK = 2048, LOG_BITS = 12 };

/* A timetable of many events is built anew in small parts, a block each, so that
 * a stop never waits for the whole. In this order, as far as they are needed. */
enum anneal_stage {
	ANNEAL_MOVES, /* nothing to build */
	ANNEAL_TAKE,  /* events go out */
	ANNEAL_PUT,   /* those of BEST come back */
	ANNEAL_START  /* all others get a first place */
};

struct anneal {
	const struct tables *t;
	struct state now;
	struct random random;
	int64_t iterations, accepted;
	bool searched; /* few enough rooms to look who is in the way */
	int64_t heat;      /* temperature × 65536 */
	int32_t hard_cost;   /* what a fault costs while cooling */
	int32_t fault_alone; /* while only faults are looked at */
	int32_t fault_cost;  /* what it costs at present */
	bool faults_alone;   /* is that so at present? */
	int32_t rounds;      /* from nothing; 0 until it is known how quick the machine is */
	int32_t round;       /* that is under way, from 0 */
	int32_t hot, cold; /* temperatures × 65536 to begin at most and to end with */
	double first_heat; /* that rounds begin with; 0 like rounds */

	enum anneal_stage stage;
	int32_t stage_at;    /* of the movable events: the next */
	bool to_best;        /* what is built is BEST */
	bool begun;          /* the first timetable is whole */
	struct start start;

	struct place *best; /* [event]; brought up to date by anneal_best() */
	int64_t best_hard, best_soft;
	int32_t *changed; /* events that moved since BEST was written */
	bool *is_changed;
	int32_t changed_count;
	bool at_best; /* the present timetable is the best one, BEST is behind */

	int32_t logs[1 << LOG_BITS]; /* -ln of evenly spread chances × 65536 */
};

/* A first block builds the first timetable, or several do, until it has BEGUN. */
void anneal_init(struct anneal *a, const struct tables *tables, uint64_t seed,
		 const struct place *start);
void anneal_release(struct anneal *a);

/* One block of moves, or a part of a timetable that is built, DONE permille × 1000
 * of the effort being spent. */
void anneal_block(struct anneal *a, int64_t done_ppm);
/* Writes BEST and returns it; while the first timetable is being built, what
 * there is of it. */
const struct place *anneal_best(struct anneal *a);

#endif
