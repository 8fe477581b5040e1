/* term_private.h: a term in the making. Shared by the files term*.c alone. */
#ifndef OV_TIMETABLE_TERM_PRIVATE_H
#define OV_TIMETABLE_TERM_PRIVATE_H

#include "core/timetable/term.h"
#include "core/rules/conflict.h"
#include "core/store/commands/planning_args.h"

enum { TWINS_MAX = 2, CREWS_MAX = 64 };

/* Learners of one phase of a pattern, and the slots in which they can't come. */
struct term_phase {
	int64_t pattern_id, offset;
	const uint8_t *bad; /* [slot_count] */
};

struct term_crew {
	int phase; /* -1: works no shifts */
	int64_t learners;
};

/* A need, or one of the twins of one: a group of the problem. */
struct term_group {
	const struct plan_need *need;
	const char *site;
	int cohort, teacher; /* indexes */
	int twin;            /* 0 none, 1, 2 */
	int64_t lessons_before; /* held or fixed: the first of ours has the next number */
	bool online;
	struct term_crew crews[CREWS_MAX];
	size_t crew_count;
	int64_t learners, lessons;
	int64_t certified; /* the teacher's last day for the course; INT64_MAX: no end */
	const struct session **stands_for; /* [count]; NULL: a new meeting */
	const uint16_t *slot_cost;
};

struct term_cohort {
	int64_t id;
	uint8_t *busy; /* [slot_count] meetings that stay; NULL: none */
	int64_t home;  /* learners at home here */
	struct term_crew crews[CREWS_MAX];
	size_t crew_count;
};

struct term_teacher {
	const struct teacher *record;
	uint8_t *busy, *away; /* [slot_count], NULL: none */
	uint16_t *day_used;   /* [days] slots of meetings that stay, NULL: none */
	const char *site;     /* where he teaches this term, NULL: free */
	int64_t load;         /* lessons */
};

/* Equipment: what a course needs (value: 1 when the teacher must be certified), a
 * room has, or a teacher is certified for (value: the last day). In the order of
 * owner and item, then the greatest value first. */
struct term_item {
	int64_t owner;
	const char *item;
	int64_t value;
};

struct term_items {
	struct term_item *item;
	size_t count;
};

struct term_problem {
	struct arena arena;
	const struct bundle *bundle;
	const char *code; /* of the term */
	struct term_options options;
	int64_t from, days, per_day; /* slots of a day */
	int32_t slot_count;
	int32_t *slot_day, *slot_span;
	uint8_t *holiday; /* [slot_count] */
	struct term_phase *phases;
	size_t phase_count, phase_room;
	struct term_cohort *cohorts;
	size_t cohort_count;
	struct term_teacher *teachers;
	size_t teacher_count;
	struct term_items needs, features, certificates;
	const struct room **rooms; /* [room_count - 1]; the last is online */
	struct problem_room *problem_rooms;
	int32_t room_count;
	struct term_group *groups;
	struct problem_group *problem_groups;
	size_t group_count, group_room;
	struct problem_event *events;
	struct place *start;
	int32_t event_count;
	struct problem_resource *resources;
	struct problem_pair *pairs;
	size_t pair_count;
	struct problem problem;
	const struct session **standing; /* meetings that stay where they are */
	size_t standing_count;
};

/* True: what is being built is not wanted any more; the builders return early. */
static inline bool term_stopped(const struct term_problem *term)
{
	return stop_asked(&term->options.stop);
}

/* term_time.c */
void term_time_build(struct term_problem *term);
/* Marks the slots that SPAN touches, of *BITS, which are made when NULL. */
void term_mark(struct term_problem *term, uint8_t **bits, struct conflict_span span);
/* The slot that begins then, -1 when none does. */
int32_t term_slot_at(const struct term_problem *term, int64_t date, int64_t minute);
struct conflict_span term_slot_span(const struct term_problem *term, int32_t slot, int32_t count);
/* The phase of a pattern, made when it is new. */
int term_phase(struct term_problem *term, int64_t pattern_id, int64_t offset);
/* Learners of a group who can't come in a slot. */
int64_t term_bad(const struct term_problem *term, const struct term_crew *crews, size_t count,
		 int32_t slot);

/* term_people.c: cohorts with crews, teachers, rooms, and what stays. */
void term_people_build(struct term_problem *term);
int term_cohort(const struct term_problem *term, int64_t cohort_id); /* -1 */
int term_teacher(const struct term_problem *term, int64_t teacher_id);
int32_t term_room(const struct term_problem *term, int64_t room_id);
bool term_stays(const struct term_problem *term, const struct session *session);
const char *term_site(const struct term_problem *term, const struct plan_need *need);
/* Is the room one that the group could use at all? Its cost, PROBLEM_FORBIDDEN. */
uint16_t term_room_cost(const struct term_problem *term, const struct term_group *group,
			int32_t room);

/* Could it, had it all the equipment there is? */
bool term_room_large(const struct term_problem *term, const struct term_group *group,
		     int32_t room);

/* term_equipment.c */
void term_equipment_build(struct term_problem *term);
/* Has the room what the course needs? */
bool term_equipped(const struct term_problem *term, int64_t course_id, const struct room *room);
/* The last day on which a teacher may teach the course: INT64_MAX without end,
 * INT64_MIN never. */
int64_t term_certified(const struct term_problem *term, int64_t course_id, int64_t teacher_id);

/* term_groups.c: needs become groups and events. */
int term_groups_build(struct term_problem *term, struct error *err);

/* term_ties.c: the pairs of groups with learners in common. */
void term_ties_build(struct term_problem *term);

/* term_explain.c */
void term_explain(const struct term_problem *term, const struct place *places, int32_t event,
		  int64_t lesson, struct arena *arena, struct term_answer *answer);

#endif
