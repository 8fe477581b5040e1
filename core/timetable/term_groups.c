/* Needs become groups of events: how many lessons, by whom, once or twice. */
#include "core/timetable/term_private.h"

#include <stdlib.h>
#include <string.h>

#include "core/model/reason.h"

enum { COST_MOST = 60000, LESSONS_MOST = 200, LOAD_FULL = 60 };

/* A need with the meetings of the present timetable that count for it. */
struct wanted {
	const struct plan_need *need;
	const struct session **open; /* planned anew, by time */
	size_t open_count;
	int64_t done; /* minutes held or fixed */
	int64_t done_count;
	int64_t lessons; /* to place */
	int cohort, teacher;
	const char *site;
	const struct term_window *window;
};

static int by_place(const void *a, const void *b)
{
	const struct wanted *x = a, *y = b;

	if (x->need->cohort_id != y->need->cohort_id)
		return x->need->cohort_id < y->need->cohort_id ? -1 : 1;
	return x->need->course_id < y->need->course_id ? -1 : x->need->course_id > y->need->course_id;
}

static struct wanted *wanted_find(struct wanted *list, size_t count, int64_t cohort_id,
				  int64_t course_id)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct plan_need *need = list[mid].need;

		if (need->cohort_id < cohort_id ||
		    (need->cohort_id == cohort_id && need->course_id < course_id))
			low = mid + 1;
		else
			high = mid;
	}
	return low < count && list[low].need->cohort_id == cohort_id &&
	       list[low].need->course_id == course_id ? &list[low] : NULL;
}

static int64_t minutes_wanted(const struct term_problem *term, const struct plan_need *need)
{
	const struct planner_options *planner = term->options.planner;
	int64_t percent = need->course_kind == COURSE_PRACTICE ? planner->practice_percent :
			  planner->taught_percent;

	return need->hours * planner->lesson_min * percent / 100;
}

static int64_t online_seats(const struct session *session)
{
	return session->online_seats == OV_NULL ? 0 : session->online_seats;
}

/* By teacher, then by time: each teacher's meetings are a group of their own, and
 * so are those that a part of the learners follows from afar. */
static int session_order(const void *a, const void *b)
{
	const struct session *x = *(const struct session *const *)a;
	const struct session *y = *(const struct session *const *)b;

	if (x->teacher_id != y->teacher_id)
		return x->teacher_id < y->teacher_id ? -1 : 1;
	if (online_seats(x) != online_seats(y))
		return online_seats(x) < online_seats(y) ? -1 : 1;
	if (x->on_date != y->on_date)
		return x->on_date < y->on_date ? -1 : 1;
	if (x->start_min != y->start_min)
		return x->start_min < y->start_min ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

/* Sorts the meetings of the timetable to the needs. Twins of one lesson count
 * once: only the first of them. */
static void sessions_sort(struct term_problem *term, struct wanted *list, size_t count)
{
	const struct record_list *links = bundle_list(term->bundle, &session_cohort_fields);
	const struct record_list *sessions = bundle_list(term->bundle, &session_fields);
	size_t at = 0;

	for (size_t i = 0; i < count; i++)
		list[i].open = NULL;
	for (size_t s = 0; s < sessions->count && !term_stopped(term); s++) {
		const struct session *session = sessions->items[s];
		bool stays = term_stays(term, session);

		while (at < links->count &&
		       ((struct session_cohort *)links->items[at])->session_id < session->id)
			at++;
		for (size_t l = at; l < links->count; l++) {
			const struct session_cohort *link = links->items[l];
			struct wanted *wanted;

			if (link->session_id != session->id)
				break;
			wanted = wanted_find(list, count, link->cohort_id, session->course_id);
			if (!wanted || session->state == SESSION_CANCELLED)
				continue;
			if (session->exam == 1)
				continue; /* it teaches nothing */
			if (stays && session->twin_id == OV_NULL) {
				wanted->done += session->end_min - session->start_min;
				wanted->done_count++;
			} else if (!stays) {
				if (!wanted->open)
					wanted->open = arena_array(&term->arena, LESSONS_MOST,
								   sizeof(struct session *));
				if (wanted->open_count < LESSONS_MOST)
					wanted->open[wanted->open_count++] = session;
			}
		}
	}
	for (size_t i = 0; i < count; i++)
		if (list[i].open && list[i].open_count)
			qsort(list[i].open, list[i].open_count, sizeof *list[i].open, session_order);
}

static void lessons_count(const struct term_problem *term, struct wanted *wanted)
{
	int64_t length = term->options.planner->meeting_min;
	int64_t left = minutes_wanted(term, wanted->need) - wanted->done;

	wanted->lessons = left > 0 ? (left + length - 1) / length : 0;
	if (wanted->lessons < (int64_t)wanted->open_count)
		wanted->lessons = (int64_t)wanted->open_count;
	if (wanted->lessons > LESSONS_MOST)
		wanted->lessons = LESSONS_MOST;
}

/* --- teachers --- */

/* A mentor teaches at a base, others in rooms, where there is a choice; nobody
 * is sent to another site in one term. */
static int teacher_pick(const struct term_problem *term, const struct wanted *wanted)
{
	bool practice = wanted->need->course_kind == COURSE_PRACTICE;
	int64_t best_cost = INT64_MAX;
	int best = -1;

	for (size_t t = 0; t < term->teacher_count; t++) {
		const struct term_teacher *teacher = &term->teachers[t];
		bool elsewhere = teacher->site && wanted->site &&
				 strcmp(teacher->site, wanted->site) != 0;
		bool unfit = practice != (teacher->record->kind == TEACHER_MENTOR);
		int64_t last = term_certified(term, wanted->need->course_id, teacher->record->id);
		int64_t cost = teacher->load + (elsewhere ? 100000 : 0) + (unfit ? 60 : 0) +
			       (teacher->site ? 0 : 1) + (last < term->from ? 10000000 : 0) +
			       (last < term->from + term->days - 1 ? 1000 : 0);

		if (cost < best_cost) {
			best_cost = cost;
			best = (int)t;
		}
	}
	return best;
}

static void teacher_take(struct term_problem *term, struct wanted *wanted, int teacher)
{
	wanted->teacher = teacher;
	term->teachers[teacher].load += wanted->lessons;
	if (!term->teachers[teacher].site)
		term->teachers[teacher].site = wanted->site;
}

static int teachers_give(struct term_problem *term, struct wanted *list, size_t count,
			 struct error *err)
{
	if (!term->teacher_count)
		return error_reason(err, REASON_PLAN_NOTHING, "term", term->code, "why",
				    _("there is no teacher"), NULL);
	for (size_t i = 0; i < count; i++) {
		list[i].teacher = list[i].need->teacher_id == OV_NULL ? -1 :
				  term_teacher(term, list[i].need->teacher_id);
		if (list[i].teacher >= 0 && term->teachers[list[i].teacher].load < LOAD_FULL &&
		    term_certified(term, list[i].need->course_id, list[i].need->teacher_id) >=
		    term->from)
			teacher_take(term, &list[i], list[i].teacher);
		else
			list[i].teacher = -1;
	}
	for (size_t i = 0; i < count && !term_stopped(term); i++)
		if (list[i].teacher < 0 && list[i].lessons > 0)
			teacher_take(term, &list[i], teacher_pick(term, &list[i]));
	return 0;
}

/* --- groups --- */

static void crews_of(struct term_problem *term, const struct wanted *wanted,
		     struct term_group *group)
{
	const struct record_list *crews = bundle_list(term->bundle, &plan_crew_fields);
	const struct term_cohort *cohort = &term->cohorts[wanted->cohort];

	group->learners = wanted->need->learners;
	memcpy(group->crews, cohort->crews, cohort->crew_count * sizeof *cohort->crews);
	group->crew_count = cohort->crew_count;
	for (size_t i = 0; i < crews->count; i++) {
		const struct plan_crew *crew = crews->items[i];

		if (crew->course_id != OV_NULL && crew->cohort_id == wanted->need->cohort_id &&
		    crew->course_id == wanted->need->course_id && crew->pattern_id != OV_NULL &&
		    group->crew_count < CREWS_MAX)
			group->crews[group->crew_count++] = (struct term_crew){
				term_phase(term, crew->pattern_id, crew->team_offset), crew->learners };
	}
	term_fair_crews(term, group);
}

static bool marked(const uint8_t *bits, int32_t slot)
{
	return bits && bits[slot];
}

static int64_t clock_cost(const struct term_problem *term, int32_t slot)
{
	const struct planner_options *planner = term->options.planner;
	int64_t clock = planner->first_min + slot % term->per_day * planner->grain_min;
	int64_t cost = 0;

	if (clock + planner->grain_min > planner->late_min)
		cost += planner->late;
	if (clock < planner->early_min)
		cost += planner->early;
	return cost;
}

/* More learners at work than the cohort's tolerance is a hard conflict, which
 * the plan does not make; fewer cost. */
static void slot_costs(struct term_problem *term, struct term_group *group)
{
	const struct planner_options *planner = term->options.planner;
	const struct term_teacher *teacher = &term->teachers[group->teacher];
	uint16_t *costs = arena_array(&term->arena, (size_t)term->slot_count, sizeof *costs);

	for (int32_t slot = 0; slot < term->slot_count; slot++) {
		int64_t bad = term_bad(term, group->crews, group->crew_count, slot);
		int64_t cost = clock_cost(term, slot) + bad * planner->shift;

		if (term->holiday[slot] || term->from + slot / term->per_day > group->certified ||
		    marked(teacher->away, slot) || marked(teacher->busy, slot) ||
		    marked(term->cohorts[group->cohort].busy, slot) ||
		    !term_window_open(term, group->window, slot) ||
		    bad * 100 > group->need->tolerance * group->learners)
			costs[slot] = PROBLEM_FORBIDDEN;
		else
			costs[slot] = (uint16_t)((cost > COST_MOST ? COST_MOST : cost) +
						 term_wish_cost(term, group, slot));
	}
	group->slot_cost = costs;
}

/* On how many days could all these learners come to a meeting? */
static int64_t clear_days(const struct term_problem *term, const struct term_crew *crews,
			  size_t count)
{
	const struct planner_options *planner = term->options.planner;
	int64_t need = planner->meeting_min / planner->grain_min, days = 0;

	for (int64_t day = 0; day < term->days; day++) {
		int64_t run = 0;
		bool found = false;

		for (int64_t k = 0; k < term->per_day && !found; k++) {
			int32_t slot = (int32_t)(day * term->per_day + k);

			run = term->holiday[slot] || term_bad(term, crews, count, slot) ? 0 : run + 1;
			found = run >= need;
		}
		days += found;
	}
	return days;
}

static int crew_order(const void *a, const void *b)
{
	const struct term_crew *x = a, *y = b;

	if (x->learners != y->learners)
		return x->learners > y->learners ? -1 : 1;
	return x->phase - y->phase;
}

/* Splits the crews of a group in two, so that each part has days on which all
 * of it can come; the larger crews choose first. Returns the size of the second
 * part, 0 when one part is enough. */
static int64_t twins_split(struct term_problem *term, struct term_group *group,
			   struct term_group *twin, int64_t lessons)
{
	struct term_crew crews[CREWS_MAX];
	size_t count = group->crew_count;
	int64_t enough = lessons * 2, moved = 0;

	if (clear_days(term, group->crews, count) >= enough)
		return 0;
	memcpy(crews, group->crews, sizeof crews);
	qsort(crews, count, sizeof *crews, crew_order);
	group->crew_count = twin->crew_count = 0;
	for (size_t i = 0; i < count; i++) {
		group->crews[group->crew_count] = crews[i];
		if (!group->crew_count ||
		    clear_days(term, group->crews, group->crew_count + 1) >= enough) {
			group->crew_count++;
			continue;
		}
		twin->crews[twin->crew_count] = crews[i];
		twin->crew_count++;
		moved += crews[i].learners;
	}
	return moved;
}

/* LESSONS meetings by one teacher, of which the first OPEN_COUNT stand for
 * meetings of the present timetable. */
struct part {
	const struct wanted *wanted;
	int teacher;
	const struct session **open;
	size_t open_count;
	int64_t lessons, before;
};

static struct term_group *group_add(struct term_problem *term, const struct part *part)
{
	struct term_group *group;

	if (term->group_count == term->group_room) {
		struct term_group *old = term->groups;

		term->group_room = term->group_room ? term->group_room * 2 : 64;
		term->groups = arena_array(&term->arena, term->group_room, sizeof *term->groups);
		if (term->group_count)
			memcpy(term->groups, old, term->group_count * sizeof *old);
	}
	group = &term->groups[term->group_count++];
	memset(group, 0, sizeof *group);
	group->need = part->wanted->need;
	group->cohort = part->wanted->cohort;
	group->site = part->wanted->site;
	group->window = part->wanted->window;
	group->online_seats = part->open_count ? online_seats(part->open[0]) : 0;
	group->teacher = part->teacher;
	group->certified = term_certified(term, group->need->course_id,
					  term->teachers[part->teacher].record->id);
	group->lessons_before = part->before;
	group->lessons = part->lessons;
	/* A meeting that is online stays so; a new one is held in a room. */
	group->online = part->open_count && part->open[0]->mode == MODE_ONLINE;
	group->stands_for = arena_array(&term->arena, (size_t)part->lessons, sizeof(struct session *));
	for (size_t i = 0; i < part->open_count && i < (size_t)part->lessons; i++)
		group->stands_for[i] = part->open[i];
	crews_of(term, part->wanted, group);
	return group;
}

static void part_groups(struct term_problem *term, const struct part *part)
{
	const struct planner_options *planner = term->options.planner;
	struct term_group twin, *group = group_add(term, part);
	int64_t moved = 0;

	twin = *group;
	if (group->crew_count > 1)
		moved = twins_split(term, group, &twin, part->lessons);
	if (moved * 100 >= planner->least_percent * group->learners && moved > 0) {
		group->twin = 1;
		twin.twin = 2;
		twin.stands_for = arena_array(&term->arena, (size_t)part->lessons,
					      sizeof(struct session *));
		group->learners -= moved;
		twin.learners = moved;
		slot_costs(term, group);
		slot_costs(term, &twin);
		*group_add(term, part) = twin;
		return;
	}
	if (moved > 0)
		crews_of(term, part->wanted, group);
	slot_costs(term, group);
}

/* The meetings there are, by teacher, and then those that are missing. */
static void need_groups(struct term_problem *term, const struct wanted *wanted)
{
	struct part part = { .wanted = wanted, .before = wanted->done_count };
	int64_t left = wanted->lessons - (int64_t)wanted->open_count;

	for (size_t first = 0, past; first < wanted->open_count; first = past) {
		bool online = wanted->open[first]->mode == MODE_ONLINE;

		past = first + 1;
		while (past < wanted->open_count &&
		       wanted->open[past]->teacher_id == wanted->open[first]->teacher_id &&
		       (wanted->open[past]->mode == MODE_ONLINE) == online &&
		       online_seats(wanted->open[past]) == online_seats(wanted->open[first]))
			past++;
		part.teacher = term_teacher(term, wanted->open[first]->teacher_id);
		part.open = wanted->open + first;
		part.open_count = past - first;
		part.lessons = (int64_t)part.open_count;
		if (part.teacher >= 0)
			part_groups(term, &part);
		part.before += part.lessons;
	}
	part.teacher = wanted->teacher;
	part.open_count = 0;
	part.lessons = left;
	if (left > 0)
		part_groups(term, &part);
}

static void event_fill(const struct term_problem *term, const struct term_group *group, int32_t i,
		       struct problem_event *event, struct place *start)
{
	const struct session *session = group->stands_for[i];
	int32_t slot, room;

	*event = (struct problem_event){ PROBLEM_NONE, PROBLEM_NONE, PROBLEM_NONE, PROBLEM_NONE };
	*start = (struct place){ PROBLEM_NONE, PROBLEM_NONE };
	if (!session)
		return;
	slot = term_slot_at(term, session->on_date, session->start_min);
	room = session->room_id == OV_NULL ? term->room_count - 1 : term_room(term, session->room_id);
	*start = (struct place){ slot, room };
	if (session->lock_time == 1)
		event->lock_slot = slot;
	if (session->lock_room == 1)
		event->lock_room = room;
	if (term->options.keep) {
		event->keep_slot = slot;
		event->keep_room = room;
	}
}

static const uint16_t *room_costs(struct term_problem *term, const struct term_group *group)
{
	uint16_t *costs = arena_array(&term->arena, (size_t)term->room_count, sizeof *costs);

	for (int32_t r = 0; r < term->room_count; r++)
		costs[r] = term_room_cost(term, group, r);
	return costs;
}

/* A lock names a place that the group may have, so it opens it. */
static void locks_open(struct term_problem *term, const struct term_group *group,
		       struct problem_group *out)
{
	for (int32_t i = 0; i < out->count; i++) {
		const struct problem_event *event = &term->events[out->first + i];

		for (int32_t k = 0; event->lock_slot != PROBLEM_NONE && k < out->duration; k++) {
			const int32_t slot = event->lock_slot + k;

			if (group->slot_cost[slot] == PROBLEM_FORBIDDEN)
				((uint16_t *)group->slot_cost)[slot] =
					(uint16_t)(COST_MOST + term_wish_cost(term, group, slot));
		}
		if (event->lock_room != PROBLEM_NONE &&
		    out->room_cost[event->lock_room] == PROBLEM_FORBIDDEN)
			((uint16_t *)out->room_cost)[event->lock_room] = 1000;
	}
}

static void problem_groups(struct term_problem *term)
{
	const struct planner_options *planner = term->options.planner;
	int32_t weeks = term_week_count(term), first = 0;

	term->problem_groups = arena_array(&term->arena, term->group_count, sizeof *term->problem_groups);
	for (size_t g = 0; g < term->group_count; g++)
		term->event_count += (int32_t)term->groups[g].lessons;
	term->events = arena_array(&term->arena, (size_t)term->event_count, sizeof *term->events);
	term->start = arena_array(&term->arena, (size_t)term->event_count, sizeof *term->start);
	for (size_t g = 0; g < term->group_count && !term_stopped(term); g++) {
		const struct term_group *group = &term->groups[g];
		struct problem_group *out = &term->problem_groups[g];
		int32_t *resources = arena_array(&term->arena, 2 + LANES_MOST, sizeof *resources);

		resources[0] = group->cohort;
		resources[1] = (int32_t)term->cohort_count + group->teacher;
		for (int32_t i = 0; i < group->lane_count; i++)
			resources[2 + i] = (int32_t)(term->cohort_count + term->teacher_count) +
					   group->lanes[i];
		*out = (struct problem_group){
			.first = first, .count = (int32_t)term->groups[g].lessons,
			.duration = planner->meeting_min / planner->grain_min,
			.slot_cost = group->slot_cost, .room_cost = room_costs(term, group),
			.resources = resources, .resource_count = 2 + group->lane_count,
			.shares = group->shares, .share_count = group->share_count,
			.min_spans = (int32_t)term->groups[g].lessons < weeks ? (int32_t)term->groups[g].lessons : weeks,
			.stable = true,
		};
		for (int32_t i = 0; i < out->count; i++)
			event_fill(term, group, i, &term->events[first + i], &term->start[first + i]);
		locks_open(term, group, out);
		first += out->count;
	}
}

static int problem_build(struct term_problem *term, struct error *err)
{
	const struct planner_options *planner = term->options.planner;
	size_t resources = term->cohort_count + term->teacher_count + term->lane_count;

	term->resources = arena_array(&term->arena, resources, sizeof *term->resources);
	for (size_t c = 0; c < term->cohort_count; c++)
		term->resources[c].compact = planner->isolated > 0;
	for (size_t t = 0; t < term->teacher_count; t++) {
		struct problem_resource *resource = &term->resources[term->cohort_count + t];
		const int64_t most = term->teachers[t].record->max_day_min / planner->grain_min;

		resource->day_most = most > 0 ? (int32_t)most : 1;
		resource->day_used = term->teachers[t].day_used;
		if (planner->max_week_min)
			resource->span_most = planner->max_week_min < planner->grain_min ? 1 :
					      planner->max_week_min / planner->grain_min;
		resource->span_used = term->teachers[t].week_used;
	}
	term_ties_build(term);
	term->problem = (struct problem){
		.slot_count = term->slot_count, .slot_day = term->slot_day, .slot_span = term->slot_span,
		.room_count = term->room_count, .rooms = term->problem_rooms,
		.resource_count = (int32_t)resources, .resources = term->resources,
		.share_count = (int32_t)term->share_count, .shares = term->shares,
		.group_count = (int32_t)term->group_count, .groups = term->problem_groups,
		.event_count = term->event_count, .events = term->events,
		.pair_count = (int32_t)term->pair_count, .pairs = term->pairs,
		.weights = { .slot = 1, .room = 1, .spread = planner->spread,
			     .isolated = planner->isolated, .stability = planner->stability,
			     .keep_slot = planner->keep_time, .keep_room = planner->keep_room,
			     .overload = planner->teacher_day, .span_overload = planner->teacher_week,
			     .share = planner->crew_fair },
	};
	return problem_check(&term->problem, err);
}

static void windows_build(struct term_problem *term, struct wanted *list, size_t count)
{
	struct term_window *windows = arena_array(&term->arena, count + 1, sizeof *windows);

	for (size_t i = 0; i < count; i++) {
		windows[i] = (struct term_window){
			.cohort_id = list[i].need->cohort_id, .course_id = list[i].need->course_id,
			.lessons = list[i].lessons, .open = list[i].open,
			.open_count = list[i].open_count };
		list[i].window = &windows[i];
	}
	term_windows_fill(term, windows, count);
}

int term_groups_build(struct term_problem *term, struct error *err)
{
	const struct record_list *needs = bundle_list(term->bundle, &plan_need_fields);
	struct wanted *list = arena_array(&term->arena, needs->count + 1, sizeof *list);
	size_t count = 0;

	for (size_t i = 0; i < needs->count; i++) {
		const struct plan_need *need = needs->items[i];

		if (!term->options.cohort || !strcmp(need->cohort, term->options.cohort))
			list[count++].need = need;
	}
	if (count)
		qsort(list, count, sizeof *list, by_place);
	sessions_sort(term, list, count);
	for (size_t i = 0; i < count && !term_stopped(term); i++) {
		list[i].cohort = term_cohort(term, list[i].need->cohort_id);
		list[i].site = term_site(term, list[i].need);
		lessons_count(term, &list[i]);
	}
	windows_build(term, list, count);
	if (teachers_give(term, list, count, err) < 0)
		return err->code;
	for (size_t i = 0; i < count && !term_stopped(term); i++)
		if (list[i].lessons > 0)
			need_groups(term, &list[i]);
	if (term_stopped(term))
		return error_reason(err, REASON_CANCELLED, NULL);
	if (!term->group_count)
		return error_reason(err, REASON_PLAN_NOTHING, "term", term->code, "why", count ?
				    _("every course has all its meetings") :
				    _("no learner is enrolled for a course"), NULL);
	term_fair_build(term);
	term_pools_build(term);
	problem_groups(term);
	return term_stopped(term) ? error_reason(err, REASON_CANCELLED, NULL) :
		problem_build(term, err);
}
