/* route_run.h: the state of one search for ways, shared by the files of route.
 * Nobody else includes it. */
#ifndef OV_RULES_ROUTE_RUN_H
#define OV_RULES_ROUTE_RUN_H

#include "core/rules/route.h"

/* One thing that can be taken up, with what it pays. */
struct route_option {
	const struct credit_rule *rule;
	enum { PAY_COURSES, PAY_AMOUNT, PAY_STEPS, PAY_NOTHING } pay;
	int *courses; /* indexes into credit.courses, in the rule's order */
	size_t course_count;
	int module;       /* index into credit.modules, -1: none */
	int source_class;
	int64_t amount_centi; /* PAY_AMOUNT; PAY_STEPS: what the pool holds */
	int64_t steps, fresh; /* things to do, of them to be earned anew */
	int64_t study_centi;  /* hours of open courses, as credits */
	int64_t paid_centi;   /* PAY_STEPS: by the rule so far */
	bool proves;
	size_t *lines; /* the lines of the claim it stands for */
	size_t line_count;
};

/* Exactly one option of a group is taken; the first one is to leave it, except
 * in a forced group. */
struct route_group {
	struct route_option *options;
	size_t count;
	bool fresh; /* it asks for something that is not held */
	int64_t save_steps, save_study; /* at most saved by this group */
};

/* What was paid so far along a branch. */
struct route_state {
	int64_t total, by_class[CREDIT_CLASSES];
	int64_t *by_module; /* transferred, by credit module */
	int64_t *gained;    /* recognised by this way, by module of the check */
	int64_t gained_total;
	bool *done;         /* by course */
	int64_t steps, fresh, study_centi, pool;
	bool proved;
};

/* The best set of courses for what is missing. */
struct route_courses {
	int64_t unmet_centi, count, centi;
};

struct route_run {
	const struct route_input *input;
	struct arena *arena;
	/* Every line a way may claim: those held, then those to be earned. */
	struct credit_line *lines;
	const struct route_type **line_types; /* by line, NULL for held ones */
	size_t line_count, line_room, held_count;
	struct route_group *groups;
	size_t group_count, group_room;
	int *course_module;  /* by course: module of the check, -1: none */
	int *credit_module;  /* by course: index into credit.modules, -1: none */
	int *check_module;   /* by credit module: module of the check, -1 */
	int64_t unit, course_max, course_min;
	bool rounded;        /* course credits don't share a useful unit */
	bool cut;            /* there are more certificates than are looked at */
	bool needs_proof;    /* the two-certificates rule, not met yet */
	bool proof_waits;    /* it comes with an open claim */
	bool proof_held;     /* by a certificate that only has to be verified */
	const struct route_type *proof_type; /* the first that could be earned for it */
	/* room of the course tables */
	int64_t *table, *next, *module_table;
	size_t cells;
};

/* route_options.c: the groups, in the order in which a claim would list them. */
void route_groups_build(struct route_run *run);

/* route.c: adds a source to be earned: source, level, mark and hours are LINE's.
 * Returns its index. */
size_t route_line_add(struct route_run *run, const struct route_type *type,
		      const struct credit_line *line);

/* route_courses.c */
void route_courses_init(struct route_run *run);
/* The fewest courses (BY_STUDY: credits) that bring what STATE still lacks. */
struct route_courses route_courses_best(struct route_run *run, const struct route_state *state,
					bool by_study);
/* The courses of that answer: marks TAKEN by course. */
void route_courses_pick(struct route_run *run, const struct route_state *state, bool by_study,
			bool *taken);

/* route_search.c: the option taken in each group; false when told to stop. */
bool route_search(struct route_run *run, enum route_aim aim, int *taken, bool *exact);
void route_state_init(const struct route_run *run, struct route_state *state);
void route_state_copy(const struct route_run *run, struct route_state *to,
		      const struct route_state *from);
/* Adds an option to the state. */
void route_apply(const struct route_run *run, struct route_state *state,
		 const struct route_option *option);

#endif
