/* Shifts of learners against meetings: SHIFT_CLASH, REST_SHORT, and
 * CALENDAR_UNKNOWN where the shift of a neighbouring day can't be known. */
#include "core/rules/conflict_run.h"

static bool dates_have(const int64_t *dates, size_t count, int64_t date)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (dates[mid] == date)
			return true;
		if (dates[mid] < date)
			low = mid + 1;
		else
			high = mid;
	}
	return false;
}

bool conflict_holiday(const struct conflict_calendar *calendar, int64_t date)
{
	return dates_have(calendar->holidays, calendar->holiday_count, date);
}

bool conflict_year_known(const struct conflict_calendar *calendar, int64_t date)
{
	return dates_have(calendar->years, calendar->year_count, date_to_civil(date).year);
}

static bool day_worked(const struct conflict_calendar *calendar, int64_t date)
{
	if (dates_have(calendar->swapped, calendar->swapped_count, date))
		return true;
	return date_weekday(date) <= 5 && !conflict_holiday(calendar, date);
}

static int slot_at(const struct conflict_ints *slots, int64_t at)
{
	int64_t len = (int64_t)slots->count;

	return slots->item[(at % len + len) % len];
}

/* Whole weeks from Monday 1969-12-29 to the Monday of the date's week. */
static int64_t week_number(int64_t date)
{
	enum { FIRST_MONDAY = -3 };

	return (date - (date_weekday(date) - 1) - FIRST_MONDAY) / 7;
}

/* The shifts of a weekday pattern on a day that is worked, or of a cycle. The
 * answer is a list of indexes into the pattern's shifts; ONE holds a single. */
static struct conflict_ints pattern_shifts(const struct conflict_pattern *pattern,
					   int64_t offset, int64_t date, int *one)
{
	struct conflict_ints none = { NULL, 0 };

	if (pattern->weekday && !pattern->slots.count)
		return pattern->on;
	if (!pattern->slots.count)
		return none;
	*one = slot_at(&pattern->slots, (pattern->weekday ? week_number(date) :
					 date - pattern->anchor) + offset);
	return *one < 0 ? none : (struct conflict_ints){ one, 1 };
}

static struct conflict_span shift_span(const struct conflict_pattern *pattern, int shift,
				       int64_t date)
{
	return (struct conflict_span){
		conflict_minute(date, pattern->shifts[shift].from),
		conflict_minute(date, pattern->shifts[shift].to),
	};
}

static bool shift_removed(const struct conflict_student *student, int64_t date)
{
	for (size_t i = 0; i < student->exception_count; i++)
		if (student->exceptions[i].date == date)
			return true;
	return false;
}

size_t conflict_shifts_of(const struct conflict_input *input, const struct conflict_student *who,
			  int64_t date, struct conflict_span *out, size_t max, bool *known)
{
	size_t count = 0;

	*known = true;
	if (who->pattern >= 0 && !shift_removed(who, date)) {
		const struct conflict_pattern *pattern = &input->patterns[who->pattern];
		struct conflict_ints shifts = { NULL, 0 };
		int one;

		if (!pattern->weekday || day_worked(&input->calendar, date))
			shifts = pattern_shifts(pattern, who->offset, date, &one);
		if (pattern->weekday && !conflict_year_known(&input->calendar, date)) {
			*known = false;
			shifts.count = 0;
		}
		for (size_t i = 0; i < shifts.count && count < max; i++)
			out[count++] = shift_span(pattern, shifts.item[i], date);
	}
	for (size_t i = 0; i < who->exception_count && count < max; i++) {
		struct conflict_span added = who->exceptions[i].added;

		if (added.start < added.end && conflict_date(added.start) == date)
			out[count++] = added;
	}
	return count;
}

size_t conflict_shifts_on(const struct conflict_input *input, int student, int64_t date,
			  struct conflict_span *out, size_t max, bool *known)
{
	return conflict_shifts_of(input, &input->students[student], date, out, max, known);
}

/* What the shifts of one learner mean for one meeting. */
struct verdict {
	bool clash, rest_short, rest_soft, unknown;
};

static bool ends_at_night(int64_t minute)
{
	enum { MORNING = 9 * 60 };
	int64_t clock = minute - conflict_date(minute) * DAY_MINUTES;

	return clock < MORNING;
}

static void span_judge(const struct conflict_policy *policy, struct conflict_span meeting,
		       struct conflict_span shift, struct verdict *verdict)
{
	int64_t gap, limit = policy->commute;

	if (span_overlap(meeting, shift)) {
		verdict->clash = true;
		return;
	}
	if (shift.end <= meeting.start) {
		gap = meeting.start - shift.end;
		if (ends_at_night(shift.end))
			limit = policy->rest_night;
	} else {
		gap = shift.start - meeting.end;
	}
	if (gap < limit)
		verdict->rest_short = true;
	else if (gap < limit + policy->rest_soft)
		verdict->rest_soft = true;
}

static void day_judge(const struct conflict_input *input, const struct conflict_student *who,
		      struct conflict_span meeting, int64_t date, struct verdict *verdict)
{
	const struct conflict_pattern *pattern = &input->patterns[who->pattern];
	bool known = !pattern->weekday || conflict_year_known(&input->calendar, date);
	struct verdict supposed = { false, false, false, false };
	struct conflict_ints shifts;
	int one;

	if (shift_removed(who, date))
		return;
	if (known && pattern->weekday && !day_worked(&input->calendar, date))
		return;
	shifts = pattern_shifts(pattern, who->offset, date, &one);
	for (size_t i = 0; i < shifts.count; i++)
		span_judge(&input->policy, meeting, shift_span(pattern, shifts.item[i], date),
			   known ? verdict : &supposed);
	if (supposed.clash || supposed.rest_short)
		verdict->unknown = true;
}

static struct verdict student_judge(const struct conflict_input *input, int student,
				    struct conflict_span meeting)
{
	const struct conflict_student *who = &input->students[student];
	int64_t first = conflict_date(meeting.start) - 1, last = conflict_date(meeting.end - 1) + 1;
	struct verdict verdict = { false, false, false, false };

	for (int64_t date = first; who->pattern >= 0 && date <= last; date++)
		day_judge(input, who, meeting, date, &verdict);
	for (size_t i = 0; i < who->exception_count; i++) {
		struct conflict_span added = who->exceptions[i].added;
		int64_t date = conflict_date(added.start);

		if (added.start < added.end && date >= first && date <= last)
			span_judge(&input->policy, meeting, added, &verdict);
	}
	return verdict;
}

bool conflict_student_free(const struct conflict_input *input, int student,
			   struct conflict_span time)
{
	struct verdict verdict = student_judge(input, student, time);

	return !verdict.clash && !verdict.rest_short && !verdict.unknown;
}

/* Crews share a pattern and an offset: each is judged once for a meeting. */
enum { CREWS_KEPT = 32 };

struct crew {
	int pattern;
	int64_t offset;
	struct verdict verdict;
};

struct crews {
	struct crew crew[CREWS_KEPT];
	size_t count;
};

static struct verdict crew_judge(const struct conflict_input *input, int student,
				 struct conflict_span meeting, struct crews *crews)
{
	const struct conflict_student *who = &input->students[student];
	struct verdict verdict;

	if (who->exception_count)
		return student_judge(input, student, meeting);
	for (size_t i = 0; i < crews->count; i++)
		if (crews->crew[i].pattern == who->pattern && crews->crew[i].offset == who->offset)
			return crews->crew[i].verdict;
	verdict = student_judge(input, student, meeting);
	if (crews->count < CREWS_KEPT)
		crews->crew[crews->count++] = (struct crew){ who->pattern, who->offset, verdict };
	return verdict;
}

static void people_report(struct conflict_run *run, enum conflict_kind kind, int meeting,
			  const int *people, size_t count, size_t of)
{
	struct conflict_finding *found;

	if (!count)
		return;
	found = conflict_add(run, kind, meeting, -1);
	found->count = (int64_t)count;
	found->of = (int64_t)of;
	found->students = (struct conflict_ints){
		arena_memdup(run->arena, people, count * sizeof *people), count };
}

void conflict_check_shifts(struct conflict_run *run, int meeting)
{
	const struct conflict_input *input = run->input;
	const struct conflict_ints *members = conflict_members(run, meeting);
	struct conflict_span time = input->meetings[meeting].time;
	size_t n = members->count, clash = 0, brief = 0, soft = 0;
	int *who = arena_array(run->arena, n * 3, sizeof *who);
	bool unknown = !conflict_year_known(&input->calendar, conflict_date(time.start));
	const struct conflict_session *session = &input->sessions[input->meetings[meeting].session];
	int64_t tolerance = session->has_tolerance ? session->tolerance :
			    input->policy.shift_tolerance;
	struct crews crews = { .count = 0 };

	for (size_t i = 0; i < n; i++) {
		struct verdict verdict = crew_judge(input, members->item[i], time, &crews);

		unknown = unknown || verdict.unknown;
		if (verdict.clash)
			who[clash++] = members->item[i];
		if (verdict.rest_short)
			who[n + brief++] = members->item[i];
		else if (verdict.rest_soft)
			who[2 * n + soft++] = members->item[i];
	}
	if ((int64_t)clash * 100 > tolerance * (int64_t)n)
		people_report(run, CONFLICT_SHIFT_CLASH, meeting, who, clash, n);
	people_report(run, CONFLICT_REST_SHORT, meeting, who + n, brief, n);
	people_report(run, CONFLICT_REST_SOFT, meeting, who + 2 * n, soft, n);
	if (unknown)
		conflict_add(run, CONFLICT_CALENDAR_UNKNOWN, meeting, -1);
}
