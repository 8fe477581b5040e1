/* Why a meeting has no place: for each time, what keeps it out there; then the
 * smallest set over all times, and what each thing alone would give. */
#include "core/timetable/term_private.h"

#include <string.h>

enum cause {
	CAUSE_HOLIDAY, CAUSE_SHIFT, CAUSE_AWAY, CAUSE_TEACHER, CAUSE_COHORT, CAUSE_STUDENT,
	CAUSE_ROOM, CAUSE_NO_ROOM, CAUSE_EQUIPMENT, CAUSE_CERTIFICATE, CAUSE_SAFETY,
	CAUSE_CLOSED, CAUSE_POOL, CAUSE_ORDER, CAUSE_EXAM, CAUSE_COUNT
};

static const enum conflict_kind cause_kind[] = {
	[CAUSE_HOLIDAY] = CONFLICT_HOLIDAY, [CAUSE_SHIFT] = CONFLICT_SHIFT_CLASH,
	[CAUSE_AWAY] = CONFLICT_TEACHER_AWAY, [CAUSE_TEACHER] = CONFLICT_TEACHER_OVERLAP,
	[CAUSE_COHORT] = CONFLICT_COHORT_OVERLAP, [CAUSE_STUDENT] = CONFLICT_STUDENT_OVERLAP,
	[CAUSE_ROOM] = CONFLICT_ROOM_OVERLAP, [CAUSE_NO_ROOM] = CONFLICT_CAPACITY,
	[CAUSE_EQUIPMENT] = CONFLICT_EQUIPMENT, [CAUSE_CERTIFICATE] = CONFLICT_CERTIFICATE,
	[CAUSE_SAFETY] = CONFLICT_SAFETY_RATIO, [CAUSE_CLOSED] = CONFLICT_ROOM_CLOSED,
	[CAUSE_POOL] = CONFLICT_POOL_EXCEEDED, [CAUSE_ORDER] = CONFLICT_ORDER,
	[CAUSE_EXAM] = CONFLICT_EXAM_GAP,
};

/* What the rest of the draft does to one group, slot by slot. */
struct around {
	uint16_t *mask;       /* [slot_count] bits of enum cause */
	int32_t *teacher_by;  /* [slot_count] an event, PROBLEM_NONE */
	int32_t *cohort_by;
	uint16_t *rooms_left; /* [slot_count] rooms that fit and are free */
	uint16_t *rooms_open; /* [slot_count] rooms that fit and are open */
	int32_t rooms;        /* that fit at all */
	bool unequipped;      /* none does, but some would if they had what is needed */
	bool unsafe;          /* none does; some have the seats */
};

/* By group: does it share learners with G? */
static bool *tied_groups(const struct term_problem *term, int32_t g, struct arena *arena)
{
	bool *tied = arena_array(arena, term->group_count, sizeof *tied);

	for (size_t i = 0; i < term->pair_count; i++) {
		if (term->pairs[i].a == g)
			tied[term->pairs[i].b] = true;
		if (term->pairs[i].b == g)
			tied[term->pairs[i].a] = true;
	}
	return tied;
}

static bool marked(const uint8_t *bits, int32_t slot)
{
	return bits && bits[slot];
}

/* What the course's own window keeps out. */
static unsigned window_mask(const struct term_problem *term, const struct term_window *window,
			    int32_t slot)
{
	const struct conflict_span span = term_slot_span(term, slot, 1);
	const bool early = span.start < window->not_before, late = span.end > window->not_after;

	return (early || late ? 1u << CAUSE_ORDER : 0) |
	       (span.start >= window->exam_end ? 1u << CAUSE_EXAM : 0) |
	       (marked(window->guests_busy, slot) ? 1u << CAUSE_STUDENT : 0);
}

/* How many rooms fit, and how many of them are open and free, slot by slot. Few of
 * all fit, so they are the outer loop. */
static void rooms_fill(const struct term_problem *term, int32_t g, struct around *around)
{
	const struct term_group *group = &term->groups[g];

	for (int32_t r = 0; r < term->room_count; r++) {
		around->unequipped = around->unequipped || term_room_large(term, group, r);
		around->unsafe = around->unsafe || term_room_seats(term, group, r);
	}
	for (int32_t r = 0; r < term->room_count; r++) {
		if (term->problem_groups[g].room_cost[r] == PROBLEM_FORBIDDEN)
			continue;
		around->rooms++;
		for (int32_t s = 0; s < term->slot_count; s++) {
			if (!marked(term->problem_rooms[r].closed, s))
				around->rooms_left[s]++;
			if (!marked(term->shut[r], s))
				around->rooms_open[s]++;
		}
	}
}

/* What is so whatever else is planned. */
static void fixed_fill(const struct term_problem *term, int32_t g, struct around *around)
{
	const struct term_group *group = &term->groups[g];
	const struct term_teacher *teacher = &term->teachers[group->teacher];

	for (int32_t s = 0; s < term->slot_count; s++) {
		int64_t bad = term_bad(term, group->crews, group->crew_count, s);

		around->mask[s] = (uint16_t)(
			(term->holiday[s] ? 1 << CAUSE_HOLIDAY : 0) |
			(bad * 100 > group->need->tolerance * group->learners ? 1 << CAUSE_SHIFT : 0) |
			(term->from + s / term->per_day > group->certified ?
			 1 << CAUSE_CERTIFICATE : 0) |
			(marked(teacher->away, s) ? 1 << CAUSE_AWAY : 0) |
			(marked(teacher->busy, s) ? 1 << CAUSE_TEACHER : 0) |
			(marked(term->cohorts[group->cohort].busy, s) ? 1 << CAUSE_COHORT : 0) |
			(marked(group->short_of, s) ? 1 << CAUSE_POOL : 0) |
			window_mask(term, group->window, s));
		around->teacher_by[s] = around->cohort_by[s] = PROBLEM_NONE;
	}
	rooms_fill(term, g, around);
}

/* Do both have a share of the same items? */
static bool lane_shared(const struct term_group *a, const struct term_group *b)
{
	for (int32_t i = 0; i < a->lane_count; i++)
		for (int32_t k = 0; k < b->lane_count; k++)
			if (a->lanes[i] == b->lanes[k])
				return true;
	return false;
}

static void event_fill(const struct term_problem *term, int32_t g, int32_t other, int32_t event,
		       struct place place, bool student, struct around *around)
{
	const struct term_group *a = &term->groups[g], *b = &term->groups[other];
	const bool lane = lane_shared(a, b);
	bool room = !term->problem_rooms[place.room].shared &&
		    term->problem_groups[g].room_cost[place.room] != PROBLEM_FORBIDDEN;

	for (int32_t k = 0; k < term->problem_groups[other].duration; k++) {
		int32_t s = place.slot + k;

		if (a->teacher == b->teacher) {
			around->mask[s] |= 1 << CAUSE_TEACHER;
			around->teacher_by[s] = event;
		}
		if (a->cohort == b->cohort) {
			around->mask[s] |= 1 << CAUSE_COHORT;
			around->cohort_by[s] = event;
		}
		if (student)
			around->mask[s] |= 1 << CAUSE_STUDENT;
		if (lane)
			around->mask[s] |= 1 << CAUSE_POOL;
		if (room && around->rooms_left[s] > 0 && !marked(term->problem_rooms[place.room].closed, s))
			around->rooms_left[s]--;
	}
}

static void around_fill(const struct term_problem *term, int32_t g, const struct place *places,
			struct around *around, struct arena *arena)
{
	const bool *tied = tied_groups(term, g, arena);

	around->mask = arena_array(arena, (size_t)term->slot_count, sizeof *around->mask);
	around->teacher_by = arena_array(arena, (size_t)term->slot_count, sizeof(int32_t));
	around->cohort_by = arena_array(arena, (size_t)term->slot_count, sizeof(int32_t));
	around->rooms_left = arena_array(arena, (size_t)term->slot_count, sizeof(uint16_t));
	around->rooms_open = arena_array(arena, (size_t)term->slot_count, sizeof(uint16_t));
	fixed_fill(term, g, around);
	for (size_t other = 0; other < term->group_count; other++) {
		const struct problem_group *group = &term->problem_groups[other];

		for (int32_t i = 0; i < group->count; i++)
			if (places[group->first + i].slot != PROBLEM_NONE)
				event_fill(term, g, (int32_t)other, group->first + i,
					   places[group->first + i], tied[other], around);
	}
}

static unsigned start_mask(const struct term_problem *term, const struct around *around,
			   int32_t start, int32_t duration)
{
	unsigned mask = around->rooms ? 0 :
		1u << (around->unequipped ? CAUSE_EQUIPMENT :
		       around->unsafe ? CAUSE_SAFETY : CAUSE_NO_ROOM);

	for (int32_t k = 0; k < duration; k++) {
		mask |= around->mask[start + k];
		if (around->rooms && !around->rooms_left[start + k])
			mask |= 1u << (around->rooms_open[start + k] ? CAUSE_ROOM : CAUSE_CLOSED);
	}
	(void)term;
	return mask;
}

static int bits(unsigned mask)
{
	int count = 0;

	for (; mask; mask &= mask - 1)
		count++;
	return count;
}

/* "C101 26AZ0001": the meeting that is in the way. */
static const char *event_text(const struct term_problem *term, int32_t event, struct arena *arena)
{
	for (size_t g = 0; event != PROBLEM_NONE && g < term->group_count; g++) {
		const struct problem_group *group = &term->problem_groups[g];

		if (event >= group->first && event < group->first + group->count)
			return arena_printf(arena, "%s %s", term->groups[g].need->course,
					    term->groups[g].need->cohort);
	}
	return NULL;
}

/* "C101": the course by which the order is; NULL when nobody is taught it now. */
static const char *course_text(const struct term_problem *term, int64_t course_id,
			       struct arena *arena)
{
	const struct record_list *needs = bundle_list(term->bundle, &plan_need_fields);

	for (size_t i = 0; i < needs->count; i++) {
		const struct plan_need *need = needs->items[i];

		if (need->course_id == course_id)
			return arena_strdup(arena, need->course);
	}
	return NULL;
}

static const char *cause_text(const struct term_problem *term, int32_t g,
			      const struct around *around, enum cause cause, int32_t start,
			      struct arena *arena)
{
	char day[DATE_TEXT];

	switch (cause) {
	case CAUSE_HOLIDAY:
		return arena_strdup(arena, date_format(term->from + start / term->per_day, day));
	case CAUSE_EXAM:
		return arena_strdup(arena, date_format(
			conflict_date(term->groups[g].window->exam_end - 1), day));
	case CAUSE_ORDER:
		return course_text(term, term->groups[g].window->order_course, arena);
	case CAUSE_POOL:
		return term->groups[g].pool ? arena_strdup(arena, term->groups[g].pool->name) : NULL;
	case CAUSE_SAFETY:
		return arena_printf(arena, _("no room with places and staff for %lld learners"),
				    (long long)term->groups[g].learners);
	case CAUSE_TEACHER:
		return event_text(term, around->teacher_by[start], arena);
	case CAUSE_COHORT:
		return event_text(term, around->cohort_by[start], arena);
	case CAUSE_ROOM:
		return arena_printf(arena, _("all %d rooms that fit are taken"), around->rooms);
	case CAUSE_NO_ROOM:
		return arena_printf(arena, _("no room for %lld learners"),
				    (long long)term->groups[g].learners);
	default:
		return NULL;
	}
}

static void blocker_add(const struct term_problem *term, int32_t g, int64_t lesson,
			const struct plan_blocker_item *values, struct arena *arena,
			struct term_answer *answer)
{
	struct plan_blocker_item *item = record_new(arena, &plan_blocker_item_fields);
	void **old = answer->blockers.items;

	*item = *values;
	item->cohort_id = term->groups[g].need->cohort_id;
	item->course_id = term->groups[g].need->course_id;
	item->lesson = lesson;
	answer->blockers.items = arena_array(arena, answer->blockers.count + 1, sizeof *old);
	if (answer->blockers.count)
		memcpy(answer->blockers.items, old, answer->blockers.count * sizeof *old);
	answer->blockers.items[answer->blockers.count++] = item;
}

/* Lessons of one course that fail for the same reason are told once, with how
 * many more there are. */
static bool told_already(const struct term_problem *term, int32_t g, struct term_answer *answer)
{
	bool told = false;

	for (size_t i = 0; i < answer->blockers.count; i++) {
		struct plan_blocker_item *item = answer->blockers.items[i];

		if (item->cohort_id == term->groups[g].need->cohort_id &&
		    item->course_id == term->groups[g].need->course_id) {
			item->others++;
			told = true;
		}
	}
	return told;
}

void term_explain(const struct term_problem *term, const struct place *places, int32_t event,
		  int64_t lesson, struct arena *arena, struct term_answer *answer)
{
	enum { TOLD_MOST = 400 };
	struct around around = { .rooms = 0 };
	int64_t gain[CAUSE_COUNT] = { 0 };
	int32_t g = 0, best = 0;
	unsigned least = (1u << CAUSE_COUNT) - 1;

	while (event >= term->problem_groups[g].first + term->problem_groups[g].count)
		g++;
	if (told_already(term, g, answer) || answer->blockers.count >= TOLD_MOST)
		return;
	around_fill(term, g, places, &around, arena);
	for (int32_t s = 0; s + term->problem_groups[g].duration <= term->slot_count; s++) {
		int32_t last = s + term->problem_groups[g].duration - 1;
		unsigned mask;

		if (term->slot_day[s] != term->slot_day[last])
			continue;
		mask = start_mask(term, &around, s, term->problem_groups[g].duration);
		if (bits(mask) < bits(least)) {
			least = mask;
			best = s;
		}
		for (int c = 0; c < CAUSE_COUNT; c++)
			gain[c] += mask == 1u << c;
	}
	for (int c = 0; c < CAUSE_COUNT; c++) {
		struct plan_blocker_item item = {
			.kind = enum_code(&conflict_kind_enum, cause_kind[c]),
			.least = (least >> c) & 1, .gain = gain[c], .others = 0,
		};

		if (!item.least && !gain[c])
			continue;
		item.what = cause_text(term, g, &around, (enum cause)c, best, arena);
		blocker_add(term, g, lesson, &item, arena, answer);
	}
}
