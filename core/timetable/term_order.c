/* When the meetings of a course may be: after those of the courses it follows,
 * before its examination, not while its guests are busy elsewhere.
 *
 * The solver knows no order. Where two courses of one cohort have one and both
 * have meetings to place, the term is cut between them at a day, by how many
 * meetings lie on either side; each course then has its part of the term. */
#include "core/timetable/term_private.h"

#include <stdlib.h>
#include <string.h>

/* A meeting that stays, under each of its cohorts. */
struct staying {
	int64_t cohort_id, course_id;
	struct conflict_span span;
	bool exam;
};

struct stayings {
	struct staying *item;
	size_t count;
};

static int staying_order(const void *a, const void *b)
{
	const struct staying *x = a, *y = b;

	if (x->cohort_id != y->cohort_id)
		return x->cohort_id < y->cohort_id ? -1 : 1;
	if (x->course_id != y->course_id)
		return x->course_id < y->course_id ? -1 : 1;
	return x->span.start < y->span.start ? -1 : x->span.start > y->span.start;
}

static struct conflict_span span_of(const struct session *session)
{
	return (struct conflict_span){ conflict_minute(session->on_date, session->start_min),
				       conflict_minute(session->on_date, session->end_min) };
}

/* Both lists are in the order of the meetings. */
static struct stayings stayings_build(struct term_problem *term)
{
	const struct record_list *links = bundle_list(term->bundle, &session_cohort_fields);
	struct stayings all = { arena_array(&term->arena, links->count + 1, sizeof *all.item), 0 };
	size_t at = 0;

	for (size_t i = 0; i < links->count; i++) {
		const struct session_cohort *link = links->items[i];
		const struct session *session;

		while (at < term->standing_count && term->standing[at]->id < link->session_id)
			at++;
		session = at < term->standing_count ? term->standing[at] : NULL;
		if (session && session->id == link->session_id)
			all.item[all.count++] = (struct staying){ link->cohort_id,
				session->course_id, span_of(session), session->exam == 1 };
	}
	if (all.count)
		qsort(all.item, all.count, sizeof *all.item, staying_order);
	return all;
}

/* The first of a cohort's; of one course when COURSE_ID is not 0. */
static size_t staying_find(const struct stayings *all, int64_t cohort_id, int64_t course_id)
{
	const struct staying wanted = { cohort_id, course_id, { INT64_MIN, INT64_MIN }, false };
	size_t low = 0, high = all->count;

	while (low < high) {
		const size_t mid = low + (high - low) / 2;

		if (staying_order(&all->item[mid], &wanted) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

#define STAYING_EACH(I, ALL, COHORT, COURSE) \
	size_t I = staying_find(ALL, COHORT, COURSE); I < (ALL)->count && \
	(ALL)->item[I].cohort_id == (COHORT) && (!(COURSE) || (ALL)->item[I].course_id == (COURSE)); I++

/* From the first beginning to the last end; start INT64_MAX for none. */
static void span_widen(struct conflict_span *span, struct conflict_span by)
{
	if (by.start < span->start)
		span->start = by.start;
	if (by.end > span->end)
		span->end = by.end;
}

/* Where the meetings of a course stand that don't move in time. */
static struct conflict_span fixed_span(const struct stayings *all, int64_t cohort_id,
				       int64_t course_id, const struct term_window *window)
{
	struct conflict_span span = { INT64_MAX, INT64_MIN };

	for (STAYING_EACH(i, all, cohort_id, course_id))
		span_widen(&span, all->item[i].span);
	for (size_t i = 0; window && i < window->open_count; i++)
		if (window->open[i]->lock_time == 1)
			span_widen(&span, span_of(window->open[i]));
	return span;
}

/* --- the order --- */

/* The windows of one cohort, in the order of their courses. */
struct cohort_order {
	struct term_problem *term;
	const struct stayings *all;
	const struct record_list *rows; /* course_order */
	struct term_window *window;
	size_t count;
};

static struct term_window *window_of(const struct cohort_order *order, int64_t course_id)
{
	for (size_t i = 0; i < order->count; i++)
		if (order->window[i].course_id == course_id)
			return &order->window[i];
	return NULL;
}

/* Lessons on the longest way before and after each course. There is no circle,
 * so as many rounds as there are courses settle it. */
static void ways_measure(const struct cohort_order *order)
{
	for (size_t round = 0; round < order->count; round++)
		for (size_t r = 0; r < order->rows->count; r++) {
			const struct course_order *row = order->rows->items[r];
			struct term_window *first = window_of(order, row->after_id);
			struct term_window *then = window_of(order, row->course_id);

			if (!first || !then)
				continue;
			if (then->before < first->before + first->lessons)
				then->before = first->before + first->lessons;
			if (first->behind < then->behind + then->lessons)
				first->behind = then->behind + then->lessons;
		}
}

static bool day_free(const struct term_problem *term, int64_t day)
{
	return !term->holiday[day * term->per_day];
}

/* The beginning of the day before which PART of WHOLE of the days of teaching lie. */
static int64_t part_day(const struct term_problem *term, int64_t part, int64_t whole)
{
	int64_t all = 0, gone = 0, day;

	for (day = 0; day < term->days; day++)
		all += day_free(term, day);
	for (day = 0; day < term->days && gone * whole < all * part; day++)
		gone += day_free(term, day);
	return conflict_minute(term->from + day, 0);
}

/* With `keep`, a cut between where the meetings of both stand now. */
static void keep_bounds(const struct term_window *first, const struct term_window *then,
			int64_t *low, int64_t *high)
{
	int64_t least = *low, most = *high;

	for (size_t i = 0; i < first->open_count; i++)
		if (span_of(first->open[i]).end > least)
			least = span_of(first->open[i]).end;
	for (size_t i = 0; i < then->open_count; i++)
		if (span_of(then->open[i]).start < most)
			most = span_of(then->open[i]).start;
	if (least <= most) {
		*low = least;
		*high = most;
	}
}

static void before_set(struct term_window *window, int64_t minute, int64_t course_id)
{
	if (minute > window->not_before) {
		window->not_before = minute;
		window->order_course = course_id;
	}
}

static void after_set(struct term_window *window, int64_t minute, int64_t course_id)
{
	if (minute < window->not_after) {
		window->not_after = minute;
		window->order_course = course_id;
	}
}

static void pair_cut(const struct cohort_order *order, const struct course_order *row)
{
	struct term_window *first = window_of(order, row->after_id);
	struct term_window *then = window_of(order, row->course_id);
	const int64_t cohort_id = order->window[0].cohort_id;
	/* What is fixed of the first ends at LOW, of the other begins at HIGH. */
	const int64_t low = fixed_span(order->all, cohort_id, row->after_id, first).end;
	const int64_t high = fixed_span(order->all, cohort_id, row->course_id, then).start;
	int64_t least = low, most = high, cut;

	if (then)
		before_set(then, low, row->after_id);
	if (first)
		after_set(first, high, row->course_id);
	if (!first || !then || !first->lessons || !then->lessons)
		return;
	if (order->term->options.keep)
		keep_bounds(first, then, &least, &most);
	cut = part_day(order->term, first->before + first->lessons,
		       first->before + first->lessons + first->behind);
	if (least <= most)
		cut = cut < least ? least : cut > most ? most : cut;
	before_set(then, cut, row->after_id);
	after_set(first, cut, row->course_id);
}

static void order_fill(struct term_problem *term, const struct stayings *all,
		       struct term_window *list, size_t count)
{
	const struct record_list *rows = bundle_list(term->bundle, &course_order_fields);
	struct cohort_order order = { .term = term, .all = all, .rows = rows };

	for (size_t i = 0; rows->count && i < count && !term_stopped(term); i += order.count) {
		order.window = &list[i];
		for (order.count = 1; i + order.count < count &&
		     list[i + order.count].cohort_id == list[i].cohort_id; order.count++)
			;
		ways_measure(&order);
		for (size_t r = 0; r < rows->count; r++)
			pair_cut(&order, rows->items[r]);
	}
}

/* --- examinations, and guests --- */

static void exam_set(struct term_window *window, const struct staying *staying)
{
	if (staying->exam && staying->course_id == window->course_id &&
	    staying->span.end < window->exam_end)
		window->exam_end = staying->span.end;
}

static struct term_window *windows_first(struct term_window *list, size_t count,
					 int64_t cohort_id)
{
	size_t low = 0, high = count;

	while (low < high) {
		const size_t mid = low + (high - low) / 2;

		if (list[mid].cohort_id < cohort_id)
			low = mid + 1;
		else
			high = mid;
	}
	return list + low;
}

/* What stays of FROM keeps out what its learners take with TO; a null course is
 * all courses. */
static void tie_apply(struct term_problem *term, const struct stayings *all,
		      const struct plan_tie *tie, bool turned, struct term_window *list,
		      size_t count)
{
	const int64_t from = turned ? tie->other_cohort_id : tie->cohort_id;
	const int64_t to = turned ? tie->cohort_id : tie->other_cohort_id;
	const int64_t other = tie->other_course_id == OV_NULL ? 0 : tie->other_course_id;
	const int64_t from_course = turned ? other : tie->course_id;
	const int64_t to_course = turned ? tie->course_id : other;

	for (STAYING_EACH(i, all, from, from_course))
		for (struct term_window *w = windows_first(list, count, to);
		     w < list + count && w->cohort_id == to; w++) {
			if (to_course && w->course_id != to_course)
				continue;
			term_mark(term, &w->guests_busy, all->item[i].span);
			exam_set(w, &all->item[i]);
		}
}

void term_windows_fill(struct term_problem *term, struct term_window *list, size_t count)
{
	const struct record_list *ties = bundle_list(term->bundle, &plan_tie_fields);
	const struct stayings all = stayings_build(term);

	for (size_t i = 0; i < count; i++) {
		list[i].not_before = INT64_MIN;
		list[i].not_after = list[i].exam_end = INT64_MAX;
	}
	order_fill(term, &all, list, count);
	for (size_t i = 0; i < count; i++)
		for (STAYING_EACH(k, &all, list[i].cohort_id, list[i].course_id))
			exam_set(&list[i], &all.item[k]);
	for (size_t i = 0; all.count && i < ties->count && !term_stopped(term); i++) {
		tie_apply(term, &all, ties->items[i], false, list, count);
		tie_apply(term, &all, ties->items[i], true, list, count);
	}
}

bool term_window_open(const struct term_problem *term, const struct term_window *window,
		      int32_t slot)
{
	const struct conflict_span span = term_slot_span(term, slot, 1);

	return span.start >= window->not_before && span.end <= window->not_after &&
	       span.start < window->exam_end && !(window->guests_busy && window->guests_busy[slot]);
}
