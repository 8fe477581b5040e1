/* Days and slots of a term, holidays, and where a shift leaves no room. */
#include "core/timetable/term_private.h"

#include <string.h>

#include "core/rules/conflict_soft.h"

static int64_t grain(const struct term_problem *term)
{
	return term->options.planner->grain_min;
}

struct conflict_span term_slot_span(const struct term_problem *term, int32_t slot, int32_t count)
{
	int64_t date = term->from + slot / term->per_day;
	int64_t start = conflict_minute(date, term->options.planner->first_min +
					slot % term->per_day * grain(term));

	return (struct conflict_span){ start, start + count * grain(term) };
}

int32_t term_slot_at(const struct term_problem *term, int64_t date, int64_t minute)
{
	int64_t after = minute - term->options.planner->first_min;

	if (date < term->from || date >= term->from + term->days || after < 0 ||
	    after % grain(term) || after / grain(term) >= term->per_day)
		return -1;
	return (int32_t)((date - term->from) * term->per_day + after / grain(term));
}

void term_mark(struct term_problem *term, uint8_t **bits, struct conflict_span span)
{
	int64_t first = conflict_date(span.start) - term->from;
	int64_t last = conflict_date(span.end - 1) - term->from;

	if (!*bits)
		*bits = arena_alloc(&term->arena, (size_t)term->slot_count);
	for (int64_t day = first < 0 ? 0 : first; day <= last && day < term->days; day++)
		for (int64_t k = 0; k < term->per_day; k++) {
			int32_t slot = (int32_t)(day * term->per_day + k);

			if (span_overlap(term_slot_span(term, slot, 1), span))
				(*bits)[slot] = 1;
		}
}

static bool year_known(const struct term_problem *term, int64_t date)
{
	const struct record_list *list = bundle_list(term->bundle, &calendar_version_fields);

	for (size_t i = 0; i < list->count; i++)
		if (((struct calendar_version *)list->items[i])->year == date_to_civil(date).year)
			return true;
	return false;
}

static const struct calendar_day *day_record(const struct term_problem *term, int64_t date)
{
	const struct record_list *list = bundle_list(term->bundle, &calendar_day_fields);

	for (size_t i = 0; i < list->count; i++)
		if (((struct calendar_day *)list->items[i])->on_date == date)
			return list->items[i];
	return NULL;
}

static bool off_duty(const struct calendar_day *day)
{
	return day && (day->kind == DAY_HOLIDAY || day->kind == DAY_CLOSED);
}

/* In a year whose calendar is not loaded, Monday to Friday count as worked: a
 * meeting that is clear then is clear whatever the notice says. */
static bool day_worked(const struct term_problem *term, int64_t date)
{
	const struct calendar_day *day = day_record(term, date);

	if (day && day->kind == DAY_SWAPPED_WORKDAY)
		return true;
	return date_weekday(date) <= 5 && (!off_duty(day) || !year_known(term, date));
}

void term_time_build(struct term_problem *term)
{
	const struct planner_options *planner = term->options.planner;
	int64_t monday = term->from - (date_weekday(term->from) - 1);

	term->per_day = (planner->last_min - planner->first_min) / planner->grain_min;
	term->slot_count = (int32_t)(term->days * term->per_day);
	term->slot_day = arena_array(&term->arena, (size_t)term->slot_count, sizeof(int32_t));
	term->slot_span = arena_array(&term->arena, (size_t)term->slot_count, sizeof(int32_t));
	term->holiday = arena_alloc(&term->arena, (size_t)term->slot_count + 1);
	for (int64_t day = 0; day < term->days; day++) {
		bool closed = off_duty(day_record(term, term->from + day));

		for (int64_t k = 0; k < term->per_day; k++) {
			int64_t slot = day * term->per_day + k;

			term->slot_day[slot] = (int32_t)day;
			term->slot_span[slot] = (int32_t)((term->from + day - monday) / 7);
			term->holiday[slot] = closed && !planner->holiday_teaching;
		}
	}
}

static const struct shift_pattern *pattern_of(const struct term_problem *term, int64_t id)
{
	const struct record_list *list = bundle_list(term->bundle, &shift_pattern_fields);

	for (size_t i = 0; i < list->count; i++)
		if (((struct shift_pattern *)list->items[i])->id == id)
			return list->items[i];
	return NULL;
}

/* The letter of a day, R for none. CONFLICTS.md, "Pattern". */
static char letter_of(const struct term_problem *term, const struct shift_pattern *p,
		      int64_t offset, int64_t date)
{
	enum { FIRST_MONDAY = -3 };
	int64_t len = (int64_t)strlen(p->cycle);
	int64_t at = date - p->anchor_on;

	if (p->kind == SHIFT_WEEKDAY) {
		if (!day_worked(term, date))
			return 'R';
		at = (date - (date_weekday(date) - 1) - FIRST_MONDAY) / 7;
	}
	return len ? p->cycle[((at + offset) % len + len) % len] : 'R';
}

/* False on a day of rest. */
static bool shift_on(const struct term_problem *term, const struct shift_pattern *p,
		     int64_t offset, int64_t date, struct conflict_span *shift)
{
	char letter = letter_of(term, p, offset, date);
	int64_t start = letter == 'D' ? p->d_start : letter == 'E' ? p->e_start : p->n_start;
	int64_t len = letter == 'D' ? p->d_len : letter == 'E' ? p->e_len : p->n_len;

	*shift = (struct conflict_span){ conflict_minute(date, start),
					 conflict_minute(date, start + len) };
	return letter == 'D' || letter == 'E' || letter == 'N';
}

/* The shift widened by what has to lie between it and a meeting. */
static struct conflict_span shift_reach(const struct term_problem *term, struct conflict_span shift)
{
	enum { MORNING = 9 * 60 };
	const struct planner_options *planner = term->options.planner;
	bool night = shift.end - conflict_minute(conflict_date(shift.end), 0) < MORNING;

	return (struct conflict_span){
		shift.start - planner->commute,
		shift.end + (night ? planner->rest_night : planner->commute) };
}

int term_phase(struct term_problem *term, int64_t pattern_id, int64_t offset)
{
	const struct shift_pattern *pattern = pattern_of(term, pattern_id);
	uint8_t *bad = NULL;

	if (!pattern)
		return -1;
	for (size_t i = 0; i < term->phase_count; i++)
		if (term->phases[i].pattern_id == pattern_id && term->phases[i].offset == offset)
			return (int)i;
	if (term->phase_count == term->phase_room) {
		struct term_phase *old = term->phases;

		term->phase_room = term->phase_room ? term->phase_room * 2 : 32;
		term->phases = arena_array(&term->arena, term->phase_room, sizeof *term->phases);
		if (term->phase_count)
			memcpy(term->phases, old, term->phase_count * sizeof *old);
	}
	bad = arena_alloc(&term->arena, (size_t)term->slot_count + 1);
	for (int64_t date = term->from - 2; date < term->from + term->days + 2; date++) {
		struct conflict_span shift;

		if (shift_on(term, pattern, offset, date, &shift))
			term_mark(term, &bad, shift_reach(term, shift));
	}
	term->phases[term->phase_count] = (struct term_phase){ .pattern_id = pattern_id,
							       .offset = offset, .bad = bad };
	return (int)term->phase_count++;
}

bool term_is_night(const struct term_problem *term, int phase, int64_t date)
{
	const struct shift_pattern *pattern = pattern_of(term, term->phases[phase].pattern_id);
	struct conflict_span shift;

	for (int64_t d = date - NIGHT_REACH; d <= date + NIGHT_REACH; d++)
		if (shift_on(term, pattern, term->phases[phase].offset, d, &shift) &&
		    conflict_at_night(shift))
			return true;
	return false;
}

void term_nights(struct term_problem *term, int phase)
{
	uint8_t *night;

	if (term->phases[phase].night)
		return;
	night = arena_alloc(&term->arena, (size_t)term->days);
	term->phases[phase].all_nights = true;
	for (int64_t day = 0; day < term->days; day++) {
		night[day] = term_is_night(term, phase, term->from + day);
		term->phases[phase].all_nights = term->phases[phase].all_nights && night[day];
	}
	term->phases[phase].night = night;
}

int32_t term_week_count(const struct term_problem *term)
{
	return term->slot_count ? term->slot_span[term->slot_count - 1] + 1 : 0;
}

int64_t term_bad(const struct term_problem *term, const struct term_crew *crews, size_t count,
		 int32_t slot)
{
	int64_t bad = 0;

	for (size_t i = 0; i < count; i++)
		if (crews[i].phase >= 0 && term->phases[crews[i].phase].bad[slot])
			bad += crews[i].learners;
	return bad;
}
