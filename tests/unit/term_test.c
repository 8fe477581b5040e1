/* From records to a problem and back: needs, shifts, locks, twins, what stays,
 * and why a meeting has no place. Nothing is stored. */
#include "tests/unit/shared.h"

#include "core/model/reason.h"
#include "tests/unit/term_small.h"

static void hours_become_meetings(void **state)
{
	struct small s;

	(void)state;
	small_open(&s);
	small_need(&s, 1, 1, 27); /* 27 × 45 × 40 % = 486 minutes: five of 120 */
	assert_int_equal(small_solve(&s), 0);
	assert_int_equal(s.answer.meetings.count, 5);
	assert_int_equal(s.answer.unplaced, 0);
	for (size_t i = 0; i < 5; i++) {
		assert_int_equal(small_meeting(&s, i)->lesson, (int64_t)i + 1);
		assert_int_equal(small_meeting(&s, i)->room_id, 1);
		assert_int_equal(small_meeting(&s, i)->teacher_id, 1);
		assert_true(!i || small_meeting(&s, i)->on_date >= small_meeting(&s, i - 1)->on_date);
	}
	small_close(&s);
}

static void shifts_are_kept_clear(void **state)
{
	struct small s;

	(void)state;
	small_open(&s);
	small_need(&s, 1, 1, 27);
	small_crew(&s, 1, "D", 480, 480, 20); /* 08:00–16:00 every day: from 17:00 on */
	assert_int_equal(small_solve(&s), 0);
	assert_int_equal(s.answer.unplaced, 0);
	for (size_t i = 0; i < s.answer.meetings.count; i++)
		assert_true(small_meeting(&s, i)->start_min >= 17 * 60);
	small_close(&s);
}

static void held_meetings_count(void **state)
{
	struct small s;

	(void)state;
	small_open(&s);
	small_need(&s, 1, 1, 27);
	small_session(&s, 11, 1, "2026-03-02", 600)->state = SESSION_HELD;
	assert_int_equal(small_solve(&s), 0);
	assert_int_equal(s.answer.meetings.count, 4);
	assert_int_equal(small_meeting(&s, 0)->lesson, 2);
	for (size_t i = 0; i < 4; i++) /* and are not run over */
		assert_true(small_meeting(&s, i)->on_date != s.options.from ||
			    small_meeting(&s, i)->start_min >= 720 || small_meeting(&s, i)->end_min <= 600);
	small_close(&s);
}

static void locks_hold_apart(void **state)
{
	struct small s;
	struct session *timed, *roomed;

	(void)state;
	small_open(&s);
	small_need(&s, 1, 1, 12); /* two meetings */
	small_room(&s, 2, 500);   /* dear: far too large */
	timed = small_session(&s, 11, 1, "2026-03-04", 1140);
	timed->lock_time = 1;
	roomed = small_session(&s, 12, 1, "2026-03-05", 1140);
	roomed->room_id = 2;
	roomed->lock_room = 1;
	assert_int_equal(small_solve(&s), 0);
	assert_int_equal(s.answer.meetings.count, 2);
	for (size_t i = 0; i < 2; i++) {
		const struct plan_meeting_item *item = small_meeting(&s, i);

		if (item->session_id == 11) {
			assert_int_equal(item->on_date, timed->on_date);
			assert_int_equal(item->start_min, 1140);
		} else {
			assert_int_equal(item->session_id, 12);
			assert_int_equal(item->room_id, 2);
		}
	}
	small_close(&s);
}

static void keep_changes_nothing_without_need(void **state)
{
	struct small s;

	(void)state;
	small_open(&s);
	small_need(&s, 1, 1, 12);
	small_session(&s, 11, 1, "2026-03-04", 1140);
	small_session(&s, 12, 1, "2026-03-04", 900); /* two on one day, one late: dear, but kept */
	s.options.keep = true;
	assert_int_equal(small_solve(&s), 0);
	assert_int_equal(s.answer.changes, 0);
	small_close(&s);
}

static void shifts_without_a_common_day_make_twins(void **state)
{
	struct small s;
	int64_t seen[3] = { 0, 0, 0 };

	(void)state;
	small_open(&s);
	small_need(&s, 1, 1, 12);
	small_crew(&s, 1, "D", 420, 600, 10); /* 07:00–17:00: evenings only */
	small_crew(&s, 1, "E", 960, 480, 10); /* 16:00–24:00: mornings, after the night's rest */
	assert_int_equal(small_solve(&s), 0);
	assert_int_equal(s.answer.meetings.count, 4); /* two lessons, twice */
	for (size_t i = 0; i < 4; i++) {
		assert_in_range(small_meeting(&s, i)->twin_no, 1, 2);
		seen[small_meeting(&s, i)->twin_no]++;
	}
	assert_int_equal(seen[1], 2);
	assert_int_equal(seen[2], 2);
	assert_int_equal(s.answer.unplaced, 0);
	small_close(&s);
}

static void a_lesson_without_a_place_is_explained(void **state)
{
	struct small s;

	(void)state;
	small_open(&s);
	small_need(&s, 1, 1, 12);
	small_crew(&s, 1, "D", 420, 840, 20); /* 07:00–21:00 every day */
	assert_int_equal(small_solve(&s), 0);
	assert_int_equal(s.answer.unplaced, 2);
	assert_int_equal(small_blocker(&s, "SHIFT_CLASH")->least, 1);
	assert_int_equal(small_blocker(&s, "SHIFT_CLASH")->others, 1);
	assert_true(small_blocker(&s, "SHIFT_CLASH")->gain > 300); /* 14 days of 25 starts */
	assert_int_equal(s.answer.blockers.count, 1);
	small_close(&s);
}

static void ten_thousand_learners_fit_nowhere(void **state)
{
	struct small s;

	(void)state;
	small_open(&s);
	small_need(&s, 1, 1, 12)->learners = 10000;
	small_need(&s, 2, 1, 12); /* others are planned all the same */
	assert_int_equal(small_solve(&s), 0);
	assert_int_equal(s.answer.unplaced, 2);
	assert_int_equal(small_blocker(&s, "CAPACITY")->least, 1);
	assert_int_equal(small_blocker(&s, "CAPACITY")->cohort_id, 1);
	small_close(&s);
}

/* Four meetings in five days by one teacher, who has time for one a day; of the
 * first a meeting that stays has taken it. */
static void a_teacher_has_most_minutes_a_day(void **state)
{
	struct small s;
	bool used[5] = { true };

	(void)state;
	small_open(&s);
	small_need(&s, 1, 1, 12);
	small_need(&s, 2, 1, 12);
	s.options.to = s.options.from + 4;
	small_session(&s, 1, 3, "2026-03-02", 600);
	((struct teacher *)bundle_list(&s.bundle, &teacher_fields)->items[0])->max_day_min = 120;
	assert_int_equal(small_solve(&s), 0);
	assert_int_equal(s.answer.unplaced, 0);
	assert_int_equal(s.answer.meetings.count, 4);
	for (size_t i = 0; i < 4; i++) {
		const int64_t day = small_meeting(&s, i)->on_date - s.options.from;

		assert_false(used[day]);
		used[day] = true;
	}
	small_close(&s);
}

static void need_item(struct small *s, const char *item, bool certified)
{
	struct course_need *need = small_add(s, &course_need_fields);

	need->course_id = 1;
	need->item = item;
	need->certified = certified;
}

/* The course goes where its equipment is, and not while that room is closed. */
static void equipment_is_where_the_course_is(void **state)
{
	struct small s;
	struct room_feature *feature;
	struct room_closure *closure;

	(void)state;
	for (int equipped = 0; equipped < 2; equipped++) {
		small_open(&s);
		small_room(&s, 2, 30);
		small_need(&s, 1, 1, 12);
		need_item(&s, "lathe", false);
		if (equipped) {
			feature = small_add(&s, &room_feature_fields);
			feature->room_id = 2;
			feature->item = "lathe";
			closure = small_add(&s, &room_closure_fields);
			closure->room_id = 2;
			closure->on_date = s.options.from + 1;
			closure->start_min = 0;
			closure->until_on = s.options.to;
			closure->end_min = 1440;
		}
		assert_int_equal(small_solve(&s), 0);
		assert_int_equal(s.answer.unplaced, equipped ? 0 : 2);
		if (!equipped)
			assert_int_equal(small_blocker(&s, "EQUIPMENT")->least, 1);
		for (size_t i = 0; equipped && i < s.answer.meetings.count; i++) {
			assert_int_equal(small_meeting(&s, i)->room_id, 2);
			assert_int_equal(small_meeting(&s, i)->on_date, s.options.from);
		}
		small_close(&s);
	}
}

/* Who holds the certificate teaches, until its last day; nobody: told. */
static void only_the_certified_teach(void **state)
{
	struct small s;
	struct teacher_certificate *held;

	(void)state;
	for (int known = 0; known < 2; known++) {
		small_open(&s);
		small_teacher(&s, 2);
		small_need(&s, 1, 1, 12);
		need_item(&s, "lathe", true);
		((struct room_feature *)small_add(&s, &room_feature_fields))->room_id = 1;
		((struct room_feature *)bundle_list(&s.bundle, &room_feature_fields)->items[0])->item =
			"lathe";
		if (known) {
			held = small_add(&s, &teacher_certificate_fields);
			held->teacher_id = 2;
			held->item = "lathe";
			held->last_on = s.options.from + 2;
		}
		assert_int_equal(small_solve(&s), 0);
		assert_int_equal(s.answer.unplaced, known ? 0 : 2);
		if (!known)
			assert_int_equal(small_blocker(&s, "CERTIFICATE")->least, 1);
		for (size_t i = 0; known && i < s.answer.meetings.count; i++) {
			assert_int_equal(small_meeting(&s, i)->teacher_id, 2);
			assert_true(small_meeting(&s, i)->on_date <= s.options.from + 2);
		}
		small_close(&s);
	}
}

/* Meetings that stay fill the teacher's first week: all of the second course's lie in
 * the second, however much they are wanted in both. */
static void a_teacher_has_most_minutes_a_week(void **state)
{
	struct small s;

	(void)state;
	for (int i = 0; i < 2; i++) {
		size_t first = 0;

		small_open(&s);
		small_need(&s, 1, 1, 12);
		small_need(&s, 2, 1, 12);
		small_session(&s, 1, 3, "2026-03-02", 600);
		small_session(&s, 2, 3, "2026-03-03", 600);
		small_session(&s, 3, 3, "2026-03-05", 600);
		small_session(&s, 4, 3, "2026-03-08", 600);
		s.planner.max_week_min = i ? 480 : 0;
		assert_int_equal(small_solve(&s), 0);
		assert_int_equal(s.answer.unplaced, 0);
		for (size_t k = 0; k < 4; k++)
			first += small_meeting(&s, k)->on_date < s.options.from + 7;
		assert_int_equal(first, i ? 0 : 2);
		small_close(&s);
	}
}

static void wish_add(struct small *s, enum weekday weekday, int64_t start, int64_t end,
		     enum wish_kind kind)
{
	struct teacher_wish *wish = small_add(s, &teacher_wish_fields);

	wish->teacher_id = 1;
	wish->weekday = weekday;
	wish->start_min = start;
	wish->end_min = end;
	wish->wish = kind;
}

/* Only where the teacher wants, but for the part that is not wanted after all; what is
 * locked elsewhere is counted, half-hour by half-hour. */
static void a_teacher_is_asked(void **state)
{
	struct small s;
	struct session *locked;

	(void)state;
	for (int free = 0; free < 2; free++) {
		small_open(&s);
		small_need(&s, 1, 1, 12);
		wish_add(&s, WEEKDAY_WED, 540, 840, WISH_WANTED);
		wish_add(&s, WEEKDAY_WED, 660, 720, WISH_UNWANTED);
		locked = small_session(&s, 11, 1, "2026-03-05", 600); /* a Thursday */
		locked->lock_time = !free;
		assert_int_equal(small_solve(&s), 0);
		assert_int_equal(s.answer.meetings.count, 2);
		assert_int_equal(s.answer.wishes, free ? 0 : 4 * s.planner.teacher_wish);
		for (size_t i = 0; i < 2; i++) {
			const struct plan_meeting_item *item = small_meeting(&s, i);

			if (item->session_id == 11 && !free)
				continue;
			assert_int_equal(date_weekday(item->on_date), 3);
			assert_true((item->start_min >= 540 && item->end_min <= 660) ||
				    (item->start_min >= 720 && item->end_min <= 840));
		}
		small_close(&s);
	}
}

static bool ask(void *user)
{
	return --*(int *)user < 0;
}

/* Whenever it comes while the problem is built, nothing is built. */
static void a_stop_ends_the_building(void **state)
{
	int refused = 0;

	(void)state;
	for (int after = 0, rc = -1; rc < 0; after++) {
		int left = after;
		struct small s;

		small_open(&s);
		small_need(&s, 1, 1, 12);
		small_need(&s, 2, 1, 12);
		small_crew(&s, 1, "D", 480, 480, 20);
		small_session(&s, 1, 1, "2027-03-01", 480);
		s.options.stop = (struct stop){ ask, &left };
		rc = term_problem_new(&s.bundle, &s.options, &s.term, &s.err);
		if (rc < 0) {
			assert_int_equal(rc, OV_ECANCELLED);
			assert_int_equal(s.err.reason, REASON_CANCELLED);
			assert_null(s.term);
			refused++;
		}
		small_close(&s);
	}
	assert_true(refused > 8);
}

static void bad_terms_are_refused(void **state)
{
	struct small s;
	struct bundle empty;

	(void)state;
	small_open(&s);
	assert_true(small_solve(&s) < 0); /* no need */
	assert_int_equal(s.err.reason, REASON_PLAN_NOTHING);
	small_need(&s, 1, 1, 12);
	s.options.to = s.options.from - 1;
	assert_true(small_solve(&s) < 0);
	assert_int_equal(s.err.reason, REASON_PLAN_NOTHING);
	s.options.to = s.options.from + 100000;
	assert_true(small_solve(&s) < 0);
	bundle_init(&empty, &s.arena);
	s.options.to = s.options.from + 13;
	assert_true(term_problem_new(&empty, &s.options, &s.term, &s.err) < 0);
	assert_int_equal(s.err.reason, REASON_PLAN_ROOMS);
	assert_null(s.term);
	small_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hours_become_meetings),
		cmocka_unit_test(shifts_are_kept_clear),
		cmocka_unit_test(held_meetings_count),
		cmocka_unit_test(locks_hold_apart),
		cmocka_unit_test(keep_changes_nothing_without_need),
		cmocka_unit_test(shifts_without_a_common_day_make_twins),
		cmocka_unit_test(a_lesson_without_a_place_is_explained),
		cmocka_unit_test(ten_thousand_learners_fit_nowhere),
		cmocka_unit_test(bad_terms_are_refused),
		cmocka_unit_test(a_stop_ends_the_building),
		cmocka_unit_test(a_teacher_has_most_minutes_a_day),
		cmocka_unit_test(a_teacher_has_most_minutes_a_week),
		cmocka_unit_test(a_teacher_is_asked),
		cmocka_unit_test(equipment_is_where_the_course_is),
		cmocka_unit_test(only_the_certified_teach),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
