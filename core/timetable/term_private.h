/* term_private.h: a term in the making. Shared by the files term*.c alone. */
#ifndef OV_TIMETABLE_TERM_PRIVATE_H
#define OV_TIMETABLE_TERM_PRIVATE_H

#include "core/timetable/term.h"
#include "core/rules/conflict.h"
#include "core/store/commands/planning_args.h"

enum { TWINS_MAX = 2, CREWS_MAX = 64, LANES_MOST = 8 /* portable items of one course */,
       SHARES_MOST = 8 /* crews that are a quarter of a course's learners */ };

/* Learners of one phase of a pattern, and the slots in which they can't come. */
struct term_phase {
	int64_t pattern_id, offset;
	const uint8_t *bad; /* [slot_count] */
	const uint8_t *night; /* [days] in a night week, NULL: not asked for yet */
	bool all_nights;      /* every day of the term is */
};

/* When the meetings of a course of a cohort may be, in minutes: they begin at or
 * after not_before and before exam_end, and end by not_after. */
struct term_window {
	int64_t cohort_id, course_id;
	int64_t lessons;             /* to place */
	const struct session **open; /* present meetings that are planned anew */
	size_t open_count;
	int64_t not_before, not_after; /* INT64_MIN, INT64_MAX: no bound */
	int64_t order_course;          /* because of this course */
	int64_t exam_end;              /* INT64_MAX: no examination */
	uint8_t *guests_busy; /* [slot_count] what stays of who shares learners; NULL: nothing */
	int64_t before, behind; /* lessons of the courses before and behind it */
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
	int share_phases[SHARES_MOST]; /* of the crews whose night weeks are counted */
	int share_phase_count;
	const struct term_window *window;
	int64_t online_seats; /* besides the room's */
	int32_t lanes[LANES_MOST]; /* counted from 0 over all items: shares of their stock */
	int32_t lane_count;
	const struct pool *pool; /* one it uses, NULL: none */
	uint8_t *short_of; /* [slot_count] what stays leaves too few of it; NULL: never */
	const int32_t *shares; /* of the problem */
	int32_t share_count;
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
	const uint8_t *against; /* [slot_count] wishes, NULL: none */
	uint16_t *day_used;   /* [days] slots of meetings that stay, NULL: none */
	uint16_t *week_used;  /* [weeks] the same */
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
	uint8_t **shut; /* [room][slot_count] closed by hours or a closure; NULL: never */
	size_t lane_count;
	int32_t room_count;
	struct term_group *groups;
	struct problem_group *problem_groups;
	size_t group_count, group_room;
	struct problem_event *events;
	struct place *start;
	int32_t event_count;
	struct problem_resource *resources;
	struct problem_share *shares;
	size_t share_count;
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
/* Is the day in a night week of the phase? As conflict_soft.h has it. */
bool term_is_night(const struct term_problem *term, int phase, int64_t date);
/* Fills `night` and `all_nights` of a phase. */
void term_nights(struct term_problem *term, int phase);
int32_t term_week_count(const struct term_problem *term);
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

/* Could it, had it all the equipment there is; had it places and staff as well? */
bool term_room_large(const struct term_problem *term, const struct term_group *group,
		     int32_t room);
bool term_room_seats(const struct term_problem *term, const struct term_group *group,
		     int32_t room);

/* term_equipment.c */
void term_equipment_build(struct term_problem *term);
/* Has the room what the course needs? */
bool term_equipped(const struct term_problem *term, int64_t course_id, const struct room *room);
/* The last day on which a teacher may teach the course: INT64_MAX without end,
 * INT64_MIN never. */
int64_t term_certified(const struct term_problem *term, int64_t course_id, int64_t teacher_id);

/* term_rooms.c */
/* Fills `shut`, and closes the rooms then. */
void term_rooms_shut(struct term_problem *term);
/* Minutes between two meetings in the room. */
int64_t term_room_gap(const struct room *room);
/* Once all that stays is known: parts the days of rooms that need setting up. */
void term_rooms_part(struct term_problem *term);

/* term_pools.c: gives the groups lanes and closes slots to them. */
void term_pools_build(struct term_problem *term);

/* term_order.c */
/* Fills the windows, which are in the order of cohort and course, from `lessons`
 * and `open`. */
void term_windows_fill(struct term_problem *term, struct term_window *list, size_t count);
bool term_window_open(const struct term_problem *term, const struct term_window *window,
		      int32_t slot);

/* term_groups.c: needs become groups and events. */
int term_groups_build(struct term_problem *term, struct error *err);

/* term_fair.c: shares of crews in night weeks. */
/* Which crews of a group count, before it is split in twins. */
void term_fair_crews(struct term_problem *term, struct term_group *group);
void term_fair_build(struct term_problem *term);

/* term_wish.c */
void term_wishes_build(struct term_problem *term);
uint16_t term_wish_cost(const struct term_problem *term, const struct term_group *group,
			int32_t slot);
int64_t term_wishes_cost(const struct term_problem *term, const struct place *places);

/* term_ties.c: the pairs of groups with learners in common. */
void term_ties_build(struct term_problem *term);

/* term_explain.c */
void term_explain(const struct term_problem *term, const struct place *places, int32_t event,
		  int64_t lesson, struct arena *arena, struct term_answer *answer);

#endif
