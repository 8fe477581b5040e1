/* Cohorts, teachers and rooms of a term, and the meetings that stay. */
#include "core/timetable/term_private.h"

#include <stdlib.h>
#include <string.h>

enum { SITES_MOST = 64 };

static int64_t id_of_cohort(const void *record)
{
	return ((const struct term_cohort *)record)->id;
}

int term_cohort(const struct term_problem *term, int64_t cohort_id)
{
	size_t low = 0, high = term->cohort_count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (id_of_cohort(&term->cohorts[mid]) < cohort_id)
			low = mid + 1;
		else
			high = mid;
	}
	return low < term->cohort_count && term->cohorts[low].id == cohort_id ? (int)low : -1;
}

int term_teacher(const struct term_problem *term, int64_t teacher_id)
{
	size_t low = 0, high = term->teacher_count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (term->teachers[mid].record->id < teacher_id)
			low = mid + 1;
		else
			high = mid;
	}
	return low < term->teacher_count && term->teachers[low].record->id == teacher_id ?
	       (int)low : -1;
}

int32_t term_room(const struct term_problem *term, int64_t room_id)
{
	for (int32_t r = 0; r < term->room_count - 1; r++)
		if (term->rooms[r]->id == room_id)
			return r;
	return PROBLEM_NONE;
}

/* --- cohorts --- */

static int by_id(const void *a, const void *b)
{
	const struct term_cohort *x = a, *y = b;

	return x->id < y->id ? -1 : x->id > y->id;
}

static void cohorts_build(struct term_problem *term)
{
	const struct record_list *needs = bundle_list(term->bundle, &plan_need_fields);
	const struct record_list *crews = bundle_list(term->bundle, &plan_crew_fields);
	size_t count = 0;

	term->cohorts = arena_array(&term->arena, needs->count + 1, sizeof *term->cohorts);
	for (size_t i = 0; i < needs->count; i++)
		term->cohorts[i].id = ((struct plan_need *)needs->items[i])->cohort_id;
	if (needs->count)
		qsort(term->cohorts, needs->count, sizeof *term->cohorts, by_id);
	for (size_t i = 0; i < needs->count; i++)
		if (!count || term->cohorts[count - 1].id != term->cohorts[i].id)
			term->cohorts[count++].id = term->cohorts[i].id;
	term->cohort_count = count;
	for (size_t i = 0; i < crews->count && !term_stopped(term); i++) {
		const struct plan_crew *crew = crews->items[i];
		int at = crew->course_id == OV_NULL ? term_cohort(term, crew->cohort_id) : -1;

		if (at < 0)
			continue;
		term->cohorts[at].home += crew->learners;
		if (term->cohorts[at].crew_count < CREWS_MAX && crew->pattern_id != OV_NULL)
			term->cohorts[at].crews[term->cohorts[at].crew_count++] = (struct term_crew){
				term_phase(term, crew->pattern_id, crew->team_offset), crew->learners };
	}
}

/* --- teachers and rooms --- */

static int teacher_order(const void *a, const void *b)
{
	const struct term_teacher *x = a, *y = b;

	return x->record->id < y->record->id ? -1 : x->record->id > y->record->id;
}

static void teachers_build(struct term_problem *term)
{
	const struct record_list *list = bundle_list(term->bundle, &teacher_fields);
	const struct record_list *aways = bundle_list(term->bundle, &teacher_away_fields);

	term->teachers = arena_array(&term->arena, list->count + 1, sizeof *term->teachers);
	term->teacher_count = list->count;
	for (size_t i = 0; i < list->count; i++)
		term->teachers[i].record = list->items[i];
	if (list->count)
		qsort(term->teachers, list->count, sizeof *term->teachers, teacher_order);
	for (size_t i = 0; i < aways->count; i++) {
		const struct teacher_away *away = aways->items[i];
		int at = term_teacher(term, away->teacher_id);

		if (at >= 0)
			term_mark(term, &term->teachers[at].away, (struct conflict_span){
				conflict_minute(away->on_date, away->start_min),
				conflict_minute(away->on_date, away->end_min) });
	}
}

static void rooms_build(struct term_problem *term)
{
	const struct record_list *list = bundle_list(term->bundle, &room_fields);

	term->room_count = (int32_t)list->count + 1;
	term->rooms = arena_array(&term->arena, list->count + 1, sizeof *term->rooms);
	term->problem_rooms = arena_array(&term->arena, list->count + 1, sizeof *term->problem_rooms);
	for (size_t i = 0; i < list->count; i++)
		term->rooms[i] = list->items[i];
	term->problem_rooms[list->count].shared = true;
}

/* --- meetings that stay --- */

/* Needs come in the order of cohort and course. */
static bool wanted_cohort(const struct term_problem *term, int64_t cohort_id, int64_t course_id)
{
	const struct record_list *needs = bundle_list(term->bundle, &plan_need_fields);
	size_t low = 0, high = needs->count;
	const struct plan_need *need;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		need = needs->items[mid];
		if (need->cohort_id < cohort_id ||
		    (need->cohort_id == cohort_id && need->course_id < course_id))
			low = mid + 1;
		else
			high = mid;
	}
	if (low == needs->count)
		return false;
	need = needs->items[low];
	return need->cohort_id == cohort_id && need->course_id == course_id &&
	       (!term->options.cohort || !strcmp(need->cohort, term->options.cohort));
}

/* The cohort of a meeting with one; OV_NULL for none or several. */
static int64_t only_cohort(const struct term_problem *term, int64_t session_id)
{
	const struct record_list *list = bundle_list(term->bundle, &session_cohort_fields);
	int64_t cohort = OV_NULL;

	for (size_t low = 0, high = list->count; low < high;) {
		size_t mid = low + (high - low) / 2;
		const struct session_cohort *link = list->items[mid];

		if (link->session_id < session_id) {
			low = mid + 1;
			continue;
		}
		if (link->session_id > session_id) {
			high = mid;
			continue;
		}
		cohort = link->cohort_id;
		if ((mid > 0 && ((struct session_cohort *)list->items[mid - 1])->session_id == session_id) ||
		    (mid + 1 < list->count &&
		     ((struct session_cohort *)list->items[mid + 1])->session_id == session_id))
			return OV_NULL;
		return cohort;
	}
	return cohort;
}

/* Only an open meeting of one wanted cohort, of the usual length, on the grid,
 * and no twin, no examination and without an assistant is planned anew. A lock of
 * both time and room fixes it as well. */
bool term_stays(const struct term_problem *term, const struct session *session)
{
	bool open = session->state == SESSION_PLANNED || session->state == SESSION_PUBLISHED ||
		    session->state == SESSION_MOVED;
	int64_t cohort;

	if (!open || session->exam == 1 || session->assistant_id != OV_NULL || session->twin_id != OV_NULL || (session->lock_time == 1 && session->lock_room == 1) ||
	    term_slot_at(term, session->on_date, session->start_min) < 0 ||
	    session->end_min - session->start_min != term->options.planner->meeting_min ||
	    session->end_min > term->options.planner->last_min)
		return true;
	cohort = only_cohort(term, session->id);
	return cohort == OV_NULL || !wanted_cohort(term, cohort, session->course_id);
}

static void room_close(struct term_problem *term, int32_t room, struct conflict_span span)
{
	uint8_t *closed = (uint8_t *)term->problem_rooms[room].closed;

	term_mark(term, &closed, span);
	term->problem_rooms[room].closed = closed;
}

static void use(struct term_problem *term, uint16_t **used, int64_t at, int64_t count,
		int64_t slots)
{
	if (at < 0 || at >= count)
		return;
	if (!*used)
		*used = arena_array(&term->arena, (size_t)count, sizeof **used);
	(*used)[at] = (uint16_t)((*used)[at] + slots);
}

/* What a meeting that stays takes of a teacher's day and week, in slots. The first
 * and the last week may have days outside of the term. */
static void time_use(struct term_problem *term, struct term_teacher *teacher,
		     const struct session *session)
{
	const int64_t grain = term->options.planner->grain_min;
	const int64_t slots = (session->end_min - session->start_min + grain - 1) / grain;
	const int64_t after = session->on_date - (term->from - (date_weekday(term->from) - 1));

	use(term, &teacher->day_used, session->on_date - term->from, term->days, slots);
	if (after >= 0)
		use(term, &teacher->week_used, after / 7, term_week_count(term), slots);
}

static void teacher_stand(struct term_problem *term, const struct session *session,
			  int64_t teacher_id, struct conflict_span span)
{
	const int teacher = teacher_id == OV_NULL ? -1 : term_teacher(term, teacher_id);

	if (teacher < 0)
		return;
	term_mark(term, &term->teachers[teacher].busy, span);
	time_use(term, &term->teachers[teacher], session);
	term->teachers[teacher].load++;
}

static void stand(struct term_problem *term, const struct session *session)
{
	const struct record_list *links = bundle_list(term->bundle, &session_cohort_fields);
	struct conflict_span span = { conflict_minute(session->on_date, session->start_min),
				      conflict_minute(session->on_date, session->end_min) };
	int32_t room = session->room_id == OV_NULL ? PROBLEM_NONE : term_room(term, session->room_id);
	size_t low = 0, high = links->count;

	if (room != PROBLEM_NONE) {
		const int64_t gap = term_room_gap(term->rooms[room]);

		room_close(term, room, (struct conflict_span){ span.start - gap, span.end + gap });
	}
	teacher_stand(term, session, session->teacher_id, span);
	teacher_stand(term, session, session->assistant_id, span);
	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (((struct session_cohort *)links->items[mid])->session_id < session->id)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < links->count; low++) {
		const struct session_cohort *link = links->items[low];
		int cohort = link->session_id == session->id ? term_cohort(term, link->cohort_id) : -1;

		if (link->session_id != session->id)
			break;
		if (cohort >= 0)
			term_mark(term, &term->cohorts[cohort].busy, span);
	}
}

static void standing_build(struct term_problem *term)
{
	const struct record_list *sessions = bundle_list(term->bundle, &session_fields);

	term->standing = arena_array(&term->arena, sessions->count + 1, sizeof *term->standing);
	for (size_t i = 0; i < sessions->count && !term_stopped(term); i++) {
		const struct session *session = sessions->items[i];

		if (session->state == SESSION_CANCELLED || !term_stays(term, session))
			continue;
		stand(term, session);
		term->standing[term->standing_count++] = session;
	}
}

void term_people_build(struct term_problem *term)
{
	cohorts_build(term);
	teachers_build(term);
	rooms_build(term);
	term_equipment_build(term);
	term_rooms_shut(term);
	term_wishes_build(term);
	standing_build(term);
	term_rooms_part(term);
}

/* --- which room for whom --- */

/* Who comes to a room: learners, some of them from afar, and staff. */
struct comers {
	int64_t learners, online, staff;
};

static bool room_seats(const struct plan_need *need, struct comers comers,
		       const struct room *room)
{
	return (need->course_kind == COURSE_PRACTICE) == (room->kind == ROOM_BASE) &&
	       room->capacity + comers.online >= comers.learners;
}

/* What SAFETY_RATIO asks of it. */
static bool room_safe(const struct term_problem *term, struct comers comers,
		      const struct room *room)
{
	int64_t ratio = room->kind == ROOM_BASE ?
			planner_ratio(term->options.planner, room->safety_rank) : OV_NULL;

	return (ratio == OV_NULL || comers.learners <= ratio * comers.staff) &&
	       (room->stations == OV_NULL || comers.learners <= room->stations) &&
	       (room->min_staff == OV_NULL || room->min_staff <= comers.staff);
}

static bool room_serves(const struct term_problem *term, const struct plan_need *need,
			struct comers comers, const struct room *room)
{
	return room_seats(need, comers, room) && room_safe(term, comers, room) &&
	       term_equipped(term, need->course_id, room);
}

/* A meeting with an assistant is not planned, so there is the teacher alone. */
static struct comers comers_of(const struct term_group *group)
{
	return (struct comers){ group->learners, group->online_seats, 1 };
}

bool term_room_seats(const struct term_problem *term, const struct term_group *group,
		     int32_t room)
{
	return room < term->room_count - 1 && !group->online &&
	       room_seats(group->need, comers_of(group), term->rooms[room]);
}

bool term_room_large(const struct term_problem *term, const struct term_group *group,
		     int32_t room)
{
	return term_room_seats(term, group, room) &&
	       room_safe(term, comers_of(group), term->rooms[room]);
}

/* The cohort's own site where it has a room, else the one with most rooms that
 * fit: a course keeps to one site, and so does its teacher. */
const char *term_site(const struct term_problem *term, const struct plan_need *need)
{
	const char *best = need->site, *sites[SITES_MOST];
	int counts[SITES_MOST] = { 0 }, most = 0;
	size_t site_count = 0, at;

	for (int32_t r = 0; r < term->room_count - 1; r++) {
		const struct room *room = term->rooms[r];

		if (!room_serves(term, need, (struct comers){ need->learners, 0, 1 }, room))
			continue;
		if (need->site && !strcmp(room->site, need->site))
			return need->site;
		for (at = 0; at < site_count && strcmp(sites[at], room->site) != 0; at++)
			;
		if (at == SITES_MOST)
			continue;
		if (at == site_count)
			sites[site_count++] = room->site;
		if (++counts[at] > most) {
			most = counts[at];
			best = room->site;
		}
	}
	return best;
}

uint16_t term_room_cost(const struct term_problem *term, const struct term_group *group,
			int32_t room)
{
	const struct planner_options *planner = term->options.planner;
	const struct room *r;
	int64_t cost;

	if (room == term->room_count - 1)
		return group->online ? 0 : PROBLEM_FORBIDDEN;
	r = term->rooms[room];
	if (group->online || (group->site && strcmp(group->site, r->site) != 0) ||
	    !room_serves(term, group->need, comers_of(group), r))
		return PROBLEM_FORBIDDEN;
	cost = r->capacity < group->learners ? 0 :
	       (r->capacity - group->learners) / 10 * planner->oversize;
	if (group->need->site && strcmp(group->need->site, r->site) != 0)
		cost += planner->other_site;
	return (uint16_t)(cost > 60000 ? 60000 : cost);
}
