/* When rooms can be used: opening hours, closures, meetings that stay, and the
 * minutes for setting up and clearing.
 *
 * The solver knows that a room is open or closed in a slot. So where meetings
 * must keep a distance, a day of the room is parted into stretches as long as a
 * meeting, with closed slots between them: what fits, keeps the distance. */
#include "core/timetable/term_private.h"

#include <string.h>

static uint8_t *slots_new(struct term_problem *term)
{
	return arena_alloc(&term->arena, (size_t)term->slot_count + 1);
}

/* Hours that pass midnight begin on the day before. */
static bool within_hours(const struct room *room, struct conflict_span span)
{
	const int64_t date = conflict_date(span.start);

	for (int64_t d = date - 1; d <= date; d++)
		if (span.start >= conflict_minute(d, room->open_from) &&
		    span.end <= conflict_minute(d, room->open_to))
			return true;
	return false;
}

static void hours_mark(struct term_problem *term, int32_t r)
{
	const struct room *room = term->rooms[r];

	if (room->open_from == OV_NULL)
		return;
	if (!term->shut[r])
		term->shut[r] = slots_new(term);
	for (int32_t s = 0; s < term->slot_count; s++)
		if (!within_hours(room, term_slot_span(term, s, 1)))
			term->shut[r][s] = 1;
}

static void closures_mark(struct term_problem *term)
{
	const struct record_list *list = bundle_list(term->bundle, &room_closure_fields);

	for (size_t i = 0; i < list->count; i++) {
		const struct room_closure *closure = list->items[i];
		const int32_t room = term_room(term, closure->room_id);

		if (room != PROBLEM_NONE)
			term_mark(term, &term->shut[room], (struct conflict_span){
				conflict_minute(closure->on_date, closure->start_min),
				conflict_minute(closure->until_on, closure->end_min) });
	}
}

void term_rooms_shut(struct term_problem *term)
{
	term->shut = arena_array(&term->arena, (size_t)term->room_count, sizeof *term->shut);
	closures_mark(term);
	for (int32_t r = 0; r < term->room_count - 1; r++) {
		hours_mark(term, r);
		if (!term->shut[r])
			continue;
		term->problem_rooms[r].closed = slots_new(term);
		memcpy((uint8_t *)term->problem_rooms[r].closed, term->shut[r],
		       (size_t)term->slot_count);
	}
}

int64_t term_room_gap(const struct room *room)
{
	return (room->setup_min == OV_NULL ? 0 : room->setup_min) +
	       (room->clear_min == OV_NULL ? 0 : room->clear_min);
}

/* With `keep`, a meeting that stands where it can stay gets its stretch. */
static void present_mark(const struct term_problem *term, int32_t r, uint8_t *present)
{
	const struct record_list *sessions = bundle_list(term->bundle, &session_fields);

	for (size_t i = 0; term->options.keep && i < sessions->count; i++) {
		const struct session *session = sessions->items[i];
		const int32_t slot = term_slot_at(term, session->on_date, session->start_min);

		if (slot >= 0 && session->room_id == term->rooms[r]->id &&
		    session->state != SESSION_CANCELLED && !term_stays(term, session))
			present[slot] = 1;
	}
}

static void room_part(struct term_problem *term, int32_t r, int64_t gap)
{
	const struct planner_options *planner = term->options.planner;
	const int64_t length = planner->meeting_min / planner->grain_min;
	const int64_t apart = (gap + planner->grain_min - 1) / planner->grain_min;
	/* The last must be cleared when the next day's first is set up. */
	const int64_t last = planner->first_min + DAY_MINUTES - gap;
	uint8_t *closed = (uint8_t *)term->problem_rooms[r].closed, *present = slots_new(term);

	if (!closed)
		closed = slots_new(term);
	present_mark(term, r, present);
	for (int64_t day = 0; day < term->days; day++) {
		const int64_t first = day * term->per_day;
		int64_t at = 0, next, from = 0;

		while (at + length <= term->per_day && planner->first_min +
		       (at + length) * planner->grain_min <= last) {
			for (next = at; next < at + length + apart && next + length <= term->per_day &&
			     !present[first + next]; next++)
				;
			if (next < at + length + apart && next + length <= term->per_day)
				at = next;
			for (; from < at; from++)
				closed[first + from] = 1;
			from = at + length;
			at = from + apart;
		}
		for (; from < term->per_day; from++)
			closed[first + from] = 1;
	}
	term->problem_rooms[r].closed = closed;
}

void term_rooms_part(struct term_problem *term)
{
	for (int32_t r = 0; r < term->room_count - 1 && !term_stopped(term); r++)
		if (term_room_gap(term->rooms[r]) > 0)
			room_part(term, r, term_room_gap(term->rooms[r]));
}
