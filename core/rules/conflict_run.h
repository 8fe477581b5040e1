/* conflict_run.h: the state of one search for conflicts, shared by the files
 * of conflict. Nobody else includes it. */
#ifndef OV_RULES_CONFLICT_RUN_H
#define OV_RULES_CONFLICT_RUN_H

#include "core/rules/conflict.h"

enum { CONFLICT_AT_ONCE = 64 }; /* meetings between two looks at the stop */

struct conflict_run {
	const struct conflict_input *input;
	int focus;
	struct arena *arena;
	struct conflict_list *list;
	size_t room;
	struct conflict_finding spare; /* takes what is past the limit; never read */
	struct conflict_ints *members; /* by session: distinct students, ascending */
	int *order;                    /* meetings by start; only those that take place */
	size_t order_count;
	const bool *absent; /* by meeting: does not take place now; NULL: all do */
};

/* conflict.c */
/* The distinct students of every session, into ARENA. */
struct conflict_ints *conflict_members_collect(const struct conflict_input *input,
					       struct arena *arena);
/* Fills run->order. */
void conflict_order(struct conflict_run *run);
/* Every check of every meeting in run->order, and the list put in order. */
void conflict_run_all(struct conflict_run *run);
void conflict_list_finish(struct conflict_list *list);
struct conflict_finding *conflict_add(struct conflict_run *run, enum conflict_kind kind,
				      int a, int b);
/* Is a finding about these meetings asked for? b may be -1. */
bool conflict_wanted(const struct conflict_run *run, int a, int b);
const struct conflict_ints *conflict_members(const struct conflict_run *run, int meeting);
/* The students of both meetings; only counted when OUT is NULL. */
size_t conflict_common_students(const struct conflict_run *run, int a, int b, int *out);
static inline bool conflict_absent(const struct conflict_run *run, int meeting)
{
	return run->absent && run->absent[meeting];
}
bool ints_have(const struct conflict_ints *ints, int value);

/* conflict_shift.c */
bool conflict_holiday(const struct conflict_calendar *calendar, int64_t date);
bool conflict_year_known(const struct conflict_calendar *calendar, int64_t date);
void conflict_check_shifts(struct conflict_run *run, int meeting);
/* conflict_shifts_on() of anybody, also one who is not in the input. */
size_t conflict_shifts_of(const struct conflict_input *input, const struct conflict_student *who,
			  int64_t date, struct conflict_span *out, size_t max, bool *known);

/* conflict_single.c: everything about one meeting but shifts. */
void conflict_check_single(struct conflict_run *run, int meeting);
void conflict_check_pools(struct conflict_run *run);
void conflict_check_load(struct conflict_run *run);
/* How many pieces of a portable item a meeting uses. */
int64_t conflict_use(const struct conflict_input *input, int meeting, int item);
void conflict_report_load(struct conflict_run *run, int meeting, int teacher, int64_t day_min,
			  int64_t week_min);

/* conflict_pair.c */
void conflict_check_pairs(struct conflict_run *run);
/* Overlaps and travel of two meetings; A starts no later than B. */
void conflict_check_pair(struct conflict_run *run, int a, int b);
/* How far behind an end another meeting can still matter to its rooms and teachers. */
int64_t conflict_reach(const struct conflict_input *input);
bool conflict_is_exam(const struct conflict_input *input, int meeting);
/* A gap between two examinations, teaching after one, a day with too many. */
void conflict_exam_report(struct conflict_run *run, int a, int b);
bool conflict_exam_day_full(const struct conflict_run *run, int a, int b, const int *exams,
			    size_t count);
void conflict_check_exams(struct conflict_run *run);
void conflict_check_order(struct conflict_run *run);

#endif
