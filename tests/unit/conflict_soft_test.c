/* What a whole timetable could do better (conflict_soft.h), held against plain counts. */
#include "tests/unit/shared.h"

#include "core/rules/conflict_soft.h"
#include "core/rules/teacher_wish.h"

enum { LEARNERS = 20, MEETINGS = 10 };

/* One cohort whose first MAIN learners work CYCLE, the others a week of days, and
 * meetings of one course on given days. */
struct week {
	struct arena arena;
	int slots[16], members[LEARNERS], cohort, teacher;
	int64_t year;
	struct conflict_shift shifts[2];
	struct conflict_pattern patterns[2];
	struct conflict_student students[LEARNERS];
	struct conflict_cohort cohorts[1];
	struct conflict_session session;
	struct conflict_meeting meetings[MEETINGS];
	struct conflict_teacher teachers[1];
	struct conflict_input input;
	struct conflict_soft_limits limits;
	struct conflict_list list;
};

static void week_open(struct week *w, const char *cycle, int main_crew)
{
	static const int always[] = { 0 };
	size_t len = strlen(cycle);

	memset(w, 0, sizeof *w);
	w->year = 2026;
	w->shifts[0] = (struct conflict_shift){ 480, 960 };
	w->shifts[1] = (struct conflict_shift){ 1200, 1920 };
	for (size_t i = 0; i < len; i++)
		w->slots[i] = cycle[i] == 'D' ? 0 : cycle[i] == 'N' ? 1 : -1;
	w->patterns[0] = (struct conflict_pattern){ .slots = { w->slots, len }, .shifts = w->shifts,
						    .shift_count = 2 };
	date_parse("2026-03-02", &w->patterns[0].anchor);
	w->patterns[1] = w->patterns[0];
	w->patterns[1].slots = (struct conflict_ints){ always, 1 };
	for (int i = 0; i < LEARNERS; i++) {
		w->members[i] = i;
		w->students[i] = (struct conflict_student){ .pattern = i < main_crew ? 0 : 1 };
	}
	w->cohorts[0].students = (struct conflict_ints){ w->members, LEARNERS };
	w->session = (struct conflict_session){ .cohorts = { &w->cohort, 1 }, .course = 3 };
	w->input = (struct conflict_input){
		.calendar = { .years = &w->year, .year_count = 1 }, .patterns = w->patterns,
		.pattern_count = 2, .students = w->students, .student_count = LEARNERS,
		.cohorts = w->cohorts, .cohort_count = 1, .sessions = &w->session,
		.session_count = 1, .meetings = w->meetings, .teachers = w->teachers,
		.teacher_count = 1,
	};
	conflict_policy_init(&w->input.policy);
	conflict_soft_limits_init(&w->limits);
}

static void meet(struct week *w, int day, int64_t start)
{
	int64_t minute = conflict_minute(w->patterns[0].anchor + day, start);

	w->meetings[w->input.meeting_count++] = (struct conflict_meeting){
		.time = { minute, minute + 120 }, .room = -1, .teachers = { &w->teacher, 1 } };
}

static const struct conflict_finding *find(struct week *w, enum conflict_kind kind)
{
	conflict_soft_find(&w->input, &w->limits, &w->arena, &w->list);
	for (size_t i = 0; i < w->list.count; i++)
		if (w->list.item[i].kind == kind)
			return &w->list.item[i];
	return NULL;
}

/* Nights on days 0 and 14: the days 0–2 and 12–16 are in night weeks. */
#define TWO_WEEKS "NRRRRRRRRRRRRR"

static void most_lessons_in_night_weeks_are_unfair(void **state)
{
	const int days[] = { 0, 1, 2, 12, 5, 6 };
	const struct conflict_finding *found;
	struct week w;

	(void)state;
	week_open(&w, TWO_WEEKS, LEARNERS);
	for (int i = 0; i < 5; i++)
		meet(&w, days[i], 1020);
	assert_null(find(&w, CONFLICT_CREW_UNFAIR)); /* too few to speak of a share */
	meet(&w, days[5], 1020);
	found = find(&w, CONFLICT_CREW_UNFAIR); /* 4 of 6 are more than 60 per cent */
	assert_non_null(found);
	assert_int_equal(found->count, 4);
	assert_int_equal(found->of, 6);
	assert_int_equal(found->a, 0);
	w.meetings[0].time.start += 4 * DAY_MINUTES;
	w.meetings[0].time.end += 4 * DAY_MINUTES;
	assert_null(find(&w, CONFLICT_CREW_UNFAIR));
	arena_release(&w.arena);
}

/* All of them, where other days are there, is the worst of all; who works nights
 * throughout has no other. */
static void without_other_days_nothing_is_unfair(void **state)
{
	const int days[] = { 0, 1, 2, 14, 15, 16 };
	struct week w;

	(void)state;
	week_open(&w, TWO_WEEKS, LEARNERS);
	for (int i = 0; i < 6; i++)
		meet(&w, days[i], 1020);
	assert_int_equal(find(&w, CONFLICT_CREW_UNFAIR)->count, 6);
	arena_release(&w.arena);
	week_open(&w, "NRRR", LEARNERS);
	for (int i = 0; i < 6; i++)
		meet(&w, days[i], 1020);
	assert_null(find(&w, CONFLICT_CREW_UNFAIR));
	arena_release(&w.arena);
}

/* A crew is a quarter of the learners at least, wherever it stands in the list. */
static void a_small_crew_does_not_decide(void **state)
{
	struct week w;

	(void)state;
	for (int crew = 3; crew <= 6; crew++) {
		week_open(&w, TWO_WEEKS, crew);
		for (int i = 0; i < 6; i++)
			meet(&w, i % 3, 960 + i / 3 * 120);
		assert_int_equal(find(&w, CONFLICT_CREW_UNFAIR) != NULL, crew >= 5);
		w.students[0] = w.students[LEARNERS - 1];
		w.students[LEARNERS - 1] = (struct conflict_student){ .pattern = 0 };
		assert_int_equal(find(&w, CONFLICT_CREW_UNFAIR) != NULL, crew >= 5);
		arena_release(&w.arena);
	}
}

/* The leave of one learner changes nothing for his crew. */
static void one_persons_leave_is_no_crew(void **state)
{
	struct conflict_exception leave;
	struct week w;

	(void)state;
	week_open(&w, TWO_WEEKS, LEARNERS);
	for (int i = 0; i < 6; i++)
		meet(&w, i, 1020);
	meet(&w, 16, 1020); /* 4 of 7 */
	assert_null(find(&w, CONFLICT_CREW_UNFAIR));
	leave = (struct conflict_exception){ .date = OV_NULL, .added = {
		conflict_minute(w.patterns[0].anchor + 5, 1200),
		conflict_minute(w.patterns[0].anchor + 5, 1500) } };
	w.students[0].exceptions = &leave;
	w.students[0].exception_count = 1;
	assert_null(find(&w, CONFLICT_CREW_UNFAIR));
	arena_release(&w.arena);
}

/* A Monday evening into Tuesday, by what the teacher says of these days. */
static void wishes_are_counted_by_the_minute(void **state)
{
	static const struct {
		struct conflict_wish wish[2];
		size_t count;
		int64_t against; /* of Monday 20:00 to Tuesday 01:00 */
	} rows[] = {
		{ { { 0 } }, 0, 0 },
		{ { { 1, 0, 1440, false } }, 1, 240 },
		{ { { 1, 1230, 1260, false } }, 1, 30 },
		{ { { 2, 30, 720, false } }, 1, 30 },
		{ { { 3, 0, 1440, false } }, 1, 0 },
		{ { { 1, 1200, 1440, true } }, 1, 60 },
		{ { { 1, 1200, 1440, true }, { 2, 0, 60, true } }, 2, 0 },
		{ { { 1, 0, 1440, true }, { 1, 1320, 1380, false } }, 2, 120 },
		{ { { 5, 0, 1440, true } }, 1, 300 },
		{ { { 1, 1260, 1261, true }, { 1, 1261, 1262, true } }, 2, 298 },
	};
	int64_t monday;

	(void)state;
	date_parse("2026-03-02", &monday);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct conflict_wishes wishes = { rows[i].wish, rows[i].count };
		const struct conflict_span time = { conflict_minute(monday, 1200),
						    conflict_minute(monday + 1, 60) };

		if (wishes_against(&wishes, time) != rows[i].against)
			fail_msg("row %zu: %lld", i, (long long)wishes_against(&wishes, time));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(most_lessons_in_night_weeks_are_unfair),
		cmocka_unit_test(without_other_days_nothing_is_unfair),
		cmocka_unit_test(a_small_crew_does_not_decide),
		cmocka_unit_test(one_persons_leave_is_no_crew),
		cmocka_unit_test(wishes_are_counted_by_the_minute),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
