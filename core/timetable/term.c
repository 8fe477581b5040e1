#include "core/timetable/term.h"

#include <stdlib.h>
#include <string.h>

#include "core/model/reason.h"
#include "core/timetable/term_private.h"

static const char *term_code(const struct bundle *bundle)
{
	const struct term *record = bundle_first(bundle, &term_fields);

	return record ? record->code : "";
}

static int rooms_check(const struct bundle *bundle, struct error *err)
{
	return bundle_list(bundle, &room_fields)->count ? 0 :
	       error_reason(err, REASON_PLAN_ROOMS, "why", _("there is none"), NULL);
}

int term_problem_new(const struct bundle *bundle, const struct term_options *options,
		     struct term_problem **out, struct error *err)
{
	enum { DAYS_MOST = 400 };
	struct term_problem *term;

	*out = NULL;
	if (options->to < options->from || options->to - options->from >= DAYS_MOST)
		return error_reason(err, REASON_PLAN_NOTHING, "term", term_code(bundle), "why",
				    _("no day of it is left"), NULL);
	if (rooms_check(bundle, err) < 0)
		return err->code;
	term = mem_alloc(sizeof *term);
	arena_init(&term->arena);
	term->bundle = bundle;
	term->code = term_code(bundle);
	term->options = *options;
	term->from = options->from;
	term->days = options->to - options->from + 1;
	term_time_build(term);
	if (term->slot_count > PROBLEM_SLOTS_MAX) {
		term_problem_free(term);
		return error_reason(err, REASON_PLAN_NOTHING, "term", term_code(bundle), "why",
				    _("it has too many slots; raise day.grain_min"), NULL);
	}
	term_people_build(term);
	if (term_groups_build(term, err) < 0 ||
	    (term_stopped(term) && error_reason(err, REASON_CANCELLED, NULL) < 0)) {
		term_problem_free(term);
		return err->code;
	}
	*out = term;
	return 0;
}

void term_problem_free(struct term_problem *term)
{
	if (!term)
		return;
	arena_release(&term->arena);
	free(term);
}

const struct problem *term_problem_of(const struct term_problem *term)
{
	return &term->problem;
}

const struct place *term_problem_start(const struct term_problem *term)
{
	return term->start;
}

/* --- the answer --- */

/* An event of one group with its place, in the order in which it is taught. */
struct taught {
	int32_t event;
	struct place place;
};

static int by_slot(const void *a, const void *b)
{
	const struct taught *x = a, *y = b;
	int32_t p = x->place.slot == PROBLEM_NONE ? INT32_MAX : x->place.slot;
	int32_t q = y->place.slot == PROBLEM_NONE ? INT32_MAX : y->place.slot;

	if (p != q)
		return p < q ? -1 : 1;
	return x->event - y->event;
}

static bool same_place(const struct term_problem *term, const struct session *session,
		       struct place place)
{
	int32_t room = session->room_id == OV_NULL ? term->room_count - 1 :
		       term_room(term, session->room_id);

	return term_slot_at(term, session->on_date, session->start_min) == place.slot &&
	       room == place.room;
}

static struct plan_meeting_item *item_new(const struct term_problem *term,
					  const struct term_group *group, struct place place,
					  struct arena *arena)
{
	const struct planner_options *planner = term->options.planner;
	struct plan_meeting_item *item = record_new(arena, &plan_meeting_item_fields);
	bool practice = group->need->course_kind == COURSE_PRACTICE;

	item->state = place.slot == PROBLEM_NONE ? PLAN_UNPLACED : PLAN_PLACED;
	item->cohort_id = group->need->cohort_id;
	item->course_id = group->need->course_id;
	item->teacher_id = term->teachers[group->teacher].record->id;
	item->mode = group->online ? MODE_ONLINE : practice ? MODE_PRACTICE : MODE_CLASSROOM;
	if (group->twin)
		item->twin_no = group->twin;
	if (place.slot == PROBLEM_NONE)
		return item;
	item->on_date = term->from + place.slot / term->per_day;
	item->start_min = planner->first_min + place.slot % term->per_day * planner->grain_min;
	item->end_min = item->start_min + planner->meeting_min;
	if (place.room != term->room_count - 1)
		item->room_id = term->rooms[place.room]->id;
	return item;
}

static void push(struct record_list *list, size_t *room, void *record, struct arena *arena)
{
	if (list->count == *room) {
		void **old = list->items;

		*room = *room ? *room * 2 : 64;
		list->items = arena_array(arena, *room, sizeof *list->items);
		if (list->count)
			memcpy(list->items, old, list->count * sizeof *old);
	}
	list->items[list->count++] = record;
}

/* Lessons are numbered by time; with no wish to keep, the present meetings are
 * given the new times in their order, so that the fewest change their week. */
static void group_answer(const struct term_problem *term, size_t g, const struct place *places,
			 const struct stop *enough, struct arena *arena,
			 struct term_answer *answer, size_t *room)
{
	const struct term_group *group = &term->groups[g];
	const struct problem_group *problem = &term->problem_groups[g];
	struct taught *taught = arena_array(arena, (size_t)problem->count, sizeof *taught);

	for (int32_t i = 0; i < problem->count; i++)
		taught[i] = (struct taught){ problem->first + i, places[problem->first + i] };
	if (problem->count)
		qsort(taught, (size_t)problem->count, sizeof *taught, by_slot);
	for (int32_t i = 0; i < problem->count; i++) {
		const struct session *session = group->stands_for[taught[i].event - problem->first];
		struct plan_meeting_item *item = item_new(term, group, taught[i].place, arena);

		item->lesson = group->lessons_before + i + 1;
		if (session) {
			item->session_id = session->id;
			item->session_rev = session->rev;
			item->teacher_id = session->teacher_id;
			answer->changes += !same_place(term, session, taught[i].place);
		}
		if (item->state == PLAN_UNPLACED) {
			answer->unplaced++;
			if (!stop_asked(enough))
				term_explain(term, places, taught[i].event, item->lesson, arena,
					     answer);
		}
		push(&answer->meetings, room, item, arena);
	}
}

static int item_order(const void *a, const void *b)
{
	const struct plan_meeting_item *x = *(struct plan_meeting_item *const *)a;
	const struct plan_meeting_item *y = *(struct plan_meeting_item *const *)b;
	int64_t p[] = { x->cohort_id, x->course_id, x->lesson, x->twin_no };
	int64_t q[] = { y->cohort_id, y->course_id, y->lesson, y->twin_no };

	for (int i = 0; i < 4; i++)
		if (p[i] != q[i])
			return p[i] < q[i] ? -1 : 1;
	return 0;
}

void term_problem_answer(const struct term_problem *term, const struct place *places,
			 const struct stop *enough, struct arena *arena,
			 struct term_answer *answer)
{
	size_t room = 0;

	*answer = (struct term_answer){
		.meetings = { .table = &plan_meeting_item_fields },
		.blockers = { .table = &plan_blocker_item_fields },
	};
	answer->wishes = term_wishes_cost(term, places);
	for (size_t g = 0; g < term->group_count; g++)
		group_answer(term, g, places, enough, arena, answer, &room);
	/* Twins stand side by side. */
	if (answer->meetings.count)
		qsort(answer->meetings.items, answer->meetings.count, sizeof(void *), item_order);
}
