/* conflict_oracle.h: the conflicts of a timetable by brute force: every pair of
 * meetings, every minute, every shift of every learner, written from the words of
 * CONFLICTS.md and sharing no code with core/rules/conflict*.c but the structs.
 * Beside it the random small worlds it is asked about. */
#ifndef TESTS_CONFLICT_ORACLE_H
#define TESTS_CONFLICT_ORACLE_H

#include "core/rules/conflict.h"

struct oracle_finding {
	enum conflict_kind kind;
	int a, b;
};

struct oracle_list {
	struct oracle_finding *item; /* by kind, a, b; each once */
	size_t count, room;
};

/* MINUTES: overlaps are found minute by minute; otherwise by the ends of the
 * intervals, for long terms. ABSENT may be NULL. The list is malloc()ed. */
void oracle_find(const struct conflict_input *input, const bool *absent, bool minutes,
		 struct oracle_list *list);
/* Those about one meeting: a or b; and what the portable items it uses lack at
 * the starts of meetings that overlap it. */
bool oracle_about(const struct conflict_input *input, const bool *absent,
		  const struct oracle_finding *finding, int meeting);

/* A number of a random stream; the same STATE gives the same. */
uint32_t oracle_random(uint64_t *state);
/* A few days around a new year (of which one may not be loaded): shifts over
 * midnight, leave and swaps, meetings over midnight, exams, series, pools. */
void oracle_world(uint64_t *state, struct arena *arena, struct conflict_input *input);

#endif
