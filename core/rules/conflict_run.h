/* conflict_run.h: the state of one search for conflicts, shared by the files
 * of conflict. Nobody else includes it. */
#ifndef OV_RULES_CONFLICT_RUN_H
#define OV_RULES_CONFLICT_RUN_H

#include "core/rules/conflict.h"

struct conflict_run {
	const struct conflict_input *input;
	int focus;
	struct arena *arena;
	struct conflict_list *list;
	size_t room;
	struct conflict_finding spare; /* takes what is past the limit; never read */
	struct conflict_ints *members; /* by session: distinct students, ascending */
	int *order;                    /* meetings by start */
};

/* conflict.c */
struct conflict_finding *conflict_add(struct conflict_run *run, enum conflict_kind kind,
				      int a, int b);
/* Is a finding about these meetings asked for? b may be -1. */
bool conflict_wanted(const struct conflict_run *run, int a, int b);
const struct conflict_ints *conflict_members(const struct conflict_run *run, int meeting);
/* The students of both meetings; only counted when OUT is NULL. */
size_t conflict_common_students(const struct conflict_run *run, int a, int b, int *out);
bool ints_have(const struct conflict_ints *ints, int value);

/* conflict_shift.c */
bool conflict_holiday(const struct conflict_calendar *calendar, int64_t date);
bool conflict_year_known(const struct conflict_calendar *calendar, int64_t date);
void conflict_check_shifts(struct conflict_run *run, int meeting);

/* conflict_single.c: everything about one meeting but shifts. */
void conflict_check_single(struct conflict_run *run, int meeting);
void conflict_check_pools(struct conflict_run *run);
void conflict_check_load(struct conflict_run *run);

/* conflict_pair.c */
void conflict_check_pairs(struct conflict_run *run);
void conflict_check_exams(struct conflict_run *run);
void conflict_check_order(struct conflict_run *run);

#endif
