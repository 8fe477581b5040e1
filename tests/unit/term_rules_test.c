/* What a draft keeps to by the records of rooms, portable items, the order of
 * courses and examinations; and what is told when there is no place for it. */
#include "tests/unit/shared.h"

#include "core/model/reason.h"
#include "core/rules/conflict.h"
#include "tests/unit/term_small.h"

static struct conflict_span span_of(const struct plan_meeting_item *m)
{
	return (struct conflict_span){ conflict_minute(m->on_date, m->start_min),
				       conflict_minute(m->on_date, m->end_min) };
}

static struct room *room_one(struct small *s)
{
	return bundle_list(&s->bundle, &room_fields)->items[0];
}

static void all_placed(const struct small *s, size_t count)
{
	assert_int_equal(s->answer.meetings.count, count);
	assert_int_equal(s->answer.unplaced, 0);
}

/* The day of the term, counted from 0, at a clock. */
static int64_t minute(const struct small *s, int64_t day, int64_t clock)
{
	return conflict_minute(s->options.from + day, clock);
}

static const char *day_text(const struct small *s, int64_t day)
{
	char text[DATE_TEXT];

	return arena_strdup((struct arena *)&s->arena, date_format(s->options.from + day, text));
}

static void nobody_meets_behind_closed_doors(void **state)
{
	struct small s;

	(void)state;
	for (int hours = 4; hours > 0; hours -= 3) {
		small_open(&s);
		small_need(&s, 1, 1, 27);
		room_one(&s)->open_from = 600;
		room_one(&s)->open_to = 600 + hours * 60;
		assert_int_equal(small_solve(&s), 0);
		if (hours == 4) {
			all_placed(&s, 5);
			for (size_t i = 0; i < 5; i++)
				assert_true(small_meeting(&s, i)->start_min >= 600 &&
					    small_meeting(&s, i)->end_min <= 840);
		} else {
			assert_int_equal(s.answer.unplaced, 5);
			assert_int_equal(small_blocker(&s, "ROOM_CLOSED")->least, 1);
		}
		small_close(&s);
	}
}

/* Hours of the night end in the morning of the next day. */
static void hours_pass_midnight(void **state)
{
	struct small s;

	(void)state;
	small_open(&s);
	small_need(&s, 1, 1, 27);
	room_one(&s)->open_from = 1200;
	room_one(&s)->open_to = 1440 + 600;
	assert_int_equal(small_solve(&s), 0);
	all_placed(&s, 5);
	for (size_t i = 0; i < 5; i++)
		assert_true(small_meeting(&s, i)->end_min <= 600 ||
			    small_meeting(&s, i)->start_min >= 1200);
	small_close(&s);
}

static void apart(struct conflict_span a, struct conflict_span b, int64_t gap)
{
	assert_true(a.start >= b.end + gap || b.start >= a.end + gap);
}

/* One room, three cohorts in three days, and a meeting that stays off the grid. */
static void a_room_is_set_up_and_cleared(void **state)
{
	const int64_t gap = 35;
	struct small s;

	(void)state;
	small_open(&s);
	s.options.to = s.options.from + 2;
	for (int64_t cohort = 1; cohort <= 3; cohort++) {
		small_need(&s, cohort, 1, 16);
		if (cohort > 1)
			small_teacher(&s, cohort);
	}
	room_one(&s)->setup_min = 20;
	room_one(&s)->clear_min = 15;
	small_session(&s, 1, 9, day_text(&s, 1), 850);
	assert_int_equal(small_solve(&s), 0);
	assert_true(s.answer.meetings.count >= 9);
	assert_true(s.answer.unplaced <= 1);
	for (size_t i = 0; i < s.answer.meetings.count; i++) {
		if (small_meeting(&s, i)->state != PLAN_PLACED)
			continue;
		apart(span_of(small_meeting(&s, i)), (struct conflict_span){ minute(&s, 1, 850),
									    minute(&s, 1, 970) }, gap);
		for (size_t k = 0; k < i; k++)
			if (small_meeting(&s, k)->state == PLAN_PLACED)
				apart(span_of(small_meeting(&s, i)), span_of(small_meeting(&s, k)), gap);
	}
	small_close(&s);
}

static void what_keeps_its_distance_may_stay(void **state)
{
	struct small s;

	(void)state;
	small_open(&s);
	small_need(&s, 1, 1, 16);
	room_one(&s)->setup_min = 40;
	small_session(&s, 1, 1, day_text(&s, 1), 510); /* not where a day is parted by itself */
	small_session(&s, 2, 1, day_text(&s, 1), 690);
	small_session(&s, 3, 1, day_text(&s, 1), 1020);
	s.options.keep = true;
	assert_int_equal(small_solve(&s), 0);
	all_placed(&s, 3);
	assert_int_equal(s.answer.changes, 0);
	small_close(&s);
}

static void a_room_has_places_and_staff(void **state)
{
	struct small s;

	(void)state;
	for (int what = 0; what < 4; what++) {
		small_open(&s);
		small_need(&s, 1, 1, 12);
		if (what & 1)
			room_one(&s)->min_staff = 2;
		else
			room_one(&s)->stations = 19;
		if (what & 2)
			small_room(&s, 2, 30)->stations = 20;
		assert_int_equal(small_solve(&s), 0);
		if (what & 2) {
			all_placed(&s, 2);
			assert_int_equal(small_meeting(&s, 0)->room_id, 2);
			assert_int_equal(small_meeting(&s, 1)->room_id, 2);
		} else {
			assert_int_equal(s.answer.unplaced, 2);
			assert_int_equal(small_blocker(&s, "SAFETY_RATIO")->least, 1);
		}
		small_close(&s);
	}
}

/* Five of twenty follow from afar: the small room will do for the meeting that is
 * there, and for no other. */
static void seats_online_are_seats(void **state)
{
	struct small s;

	(void)state;
	for (int afar = 0; afar < 2; afar++) {
		small_open(&s);
		room_one(&s)->capacity = 15;
		small_need(&s, 1, 1, 6);
		small_session(&s, 1, 1, day_text(&s, 1), 600)->online_seats = afar ? 5 : OV_NULL;
		assert_int_equal(small_solve(&s), 0);
		assert_int_equal(s.answer.unplaced, !afar);
		small_close(&s);
	}
}

static void use_add(struct small *s, int64_t course, int64_t pool, int64_t pieces)
{
	struct course_use *use = small_add(s, &course_use_fields);

	use->course_id = course;
	use->pool_id = pool;
	use->pieces = pieces;
}

static void pool_add(struct small *s, int64_t id, int64_t stock)
{
	struct pool *pool = small_add(s, &pool_fields);

	pool->id = id;
	pool->code = pool->name = "projector";
	pool->stock = stock;
}

/* Courses 1 and 2 use one and two of three, by four cohorts in one day. */
static void portable_items_are_not_in_two_rooms(void **state)
{
	const struct plan_meeting_item *m;
	struct small s;
	int64_t fixed;

	(void)state;
	small_open(&s);
	s.options.to = s.options.from;
	pool_add(&s, 1, 3);
	use_add(&s, 1, 1, 1);
	use_add(&s, 2, 1, 2);
	for (int64_t cohort = 1; cohort <= 4; cohort++) {
		small_need(&s, cohort, cohort < 3 ? 1 : 2, 12);
		if (cohort > 1) {
			small_teacher(&s, cohort);
			small_room(&s, cohort, 30);
		}
	}
	small_room(&s, 9, 30);
	small_teacher(&s, 9);
	small_session(&s, 1, 9, day_text(&s, 0), 720)->room_id = 9;
	((struct session *)bundle_list(&s.bundle, &session_fields)->items[0])->teacher_id = 9;
	assert_int_equal(small_solve(&s), 0);
	all_placed(&s, 8);
	for (size_t i = 0; i < 8; i++) {
		int64_t start = small_meeting(&s, i)->start_min, used = 0;

		for (size_t k = 0; k < 8; k++) {
			m = small_meeting(&s, k);
			if (m->start_min <= start && start < m->end_min)
				used += m->course_id;
		}
		fixed = start >= 720 && start < 840;
		assert_true(used + fixed <= 3);
	}
	small_close(&s);
}

static void an_item_that_is_lost_is_told(void **state)
{
	struct small s;

	(void)state;
	small_open(&s);
	pool_add(&s, 1, 1);
	use_add(&s, 1, 1, 2);
	small_need(&s, 1, 1, 12);
	assert_int_equal(small_solve(&s), 0);
	assert_int_equal(s.answer.unplaced, 2);
	assert_int_equal(small_blocker(&s, "POOL_EXCEEDED")->least, 1);
	assert_string_equal(small_blocker(&s, "POOL_EXCEEDED")->what, "projector");
	small_close(&s);
}

static void order_add(struct small *s, int64_t course, int64_t after)
{
	struct course_order *order = small_add(s, &course_order_fields);

	order->course_id = course;
	order->after_id = after;
}

/* Every meeting of FIRST has ended when one of THEN begins; of one cohort. */
static void in_order(const struct small *s, int64_t cohort, int64_t first, int64_t then)
{
	for (size_t i = 0; i < s->answer.meetings.count; i++)
		for (size_t k = 0; k < s->answer.meetings.count; k++) {
			const struct plan_meeting_item *a = small_meeting(s, i);
			const struct plan_meeting_item *b = small_meeting(s, k);

			if (a->cohort_id == cohort && b->cohort_id == cohort &&
			    a->course_id == first && b->course_id == then &&
			    a->state == PLAN_PLACED && b->state == PLAN_PLACED)
				assert_true(span_of(a).end <= span_of(b).start);
		}
}

/* 3 after 1 and 2, 4 after 3; another cohort has 3 alone. */
static void courses_come_one_after_another(void **state)
{
	struct small s;

	(void)state;
	small_open(&s);
	for (int64_t course = 1; course <= 4; course++)
		small_need(&s, 1, course, course == 4 ? 6 : 16);
	small_need(&s, 2, 3, 16);
	for (int64_t id = 2; id <= 4; id++) {
		small_teacher(&s, id);
		small_room(&s, id, 30);
	}
	order_add(&s, 3, 1);
	order_add(&s, 3, 2);
	order_add(&s, 4, 3);
	assert_int_equal(small_solve(&s), 0);
	all_placed(&s, 13 + (s.answer.meetings.count - 13));
	assert_true(s.answer.meetings.count >= 13);
	in_order(&s, 1, 1, 3);
	in_order(&s, 1, 2, 3);
	in_order(&s, 1, 3, 4);
	small_close(&s);
}

/* A meeting of the first that stays holds the second up; one of the second that
 * was held leaves the first no time, which is told. */
static void what_stays_has_its_order_too(void **state)
{
	struct small s;

	(void)state;
	small_open(&s);
	small_need(&s, 1, 1, 6);
	small_need(&s, 1, 2, 12);
	order_add(&s, 2, 1);
	small_session(&s, 1, 1, day_text(&s, 9), 600)->state = SESSION_HELD;
	assert_int_equal(small_solve(&s), 0);
	all_placed(&s, 2);
	for (size_t i = 0; i < 2; i++)
		assert_true(span_of(small_meeting(&s, i)).start >= minute(&s, 9, 720));
	small_close(&s);

	small_open(&s);
	small_need(&s, 1, 1, 12);
	small_need(&s, 1, 2, 6);
	order_add(&s, 2, 1);
	small_session(&s, 1, 1, day_text(&s, 0), 480)->course_id = 2;
	((struct session *)bundle_list(&s.bundle, &session_fields)->items[0])->state = SESSION_HELD;
	assert_int_equal(small_solve(&s), 0);
	assert_int_equal(s.answer.unplaced, 2);
	assert_int_equal(small_blocker(&s, "ORDER")->least, 1);
	assert_string_equal(small_blocker(&s, "ORDER")->what, "C2");
	small_close(&s);
}

static void an_order_that_is_kept_stays(void **state)
{
	struct small s;

	(void)state;
	small_open(&s);
	small_need(&s, 1, 1, 12);
	small_need(&s, 1, 2, 12);
	order_add(&s, 2, 1);
	small_session(&s, 1, 1, day_text(&s, 9), 600);
	small_session(&s, 2, 1, day_text(&s, 10), 600);
	small_session(&s, 3, 1, day_text(&s, 10), 720)->course_id = 2;
	small_session(&s, 4, 1, day_text(&s, 11), 600)->course_id = 2;
	s.options.keep = true;
	assert_int_equal(small_solve(&s), 0);
	all_placed(&s, 4);
	assert_int_equal(s.answer.changes, 0);
	small_close(&s);
}

static struct session *exam_add(struct small *s, int64_t id, int64_t cohort, int64_t day)
{
	struct session *session = small_session(s, id, cohort, day_text(s, day), 600);

	session->exam = 1;
	session->start_min = 610; /* it needn't be on the grid */
	return session;
}

/* An examination stays, teaches nothing and ends the teaching: of its cohort, and of
 * a cohort with a guest who sits it. */
static void an_examination_is_the_end(void **state)
{
	struct plan_tie *tie;
	struct small s;

	(void)state;
	small_open(&s);
	small_teacher(&s, 2);
	small_room(&s, 2, 30);
	small_need(&s, 1, 1, 12);
	small_need(&s, 2, 1, 12);
	small_need(&s, 3, 1, 27);
	tie = small_add(&s, &plan_tie_fields);
	tie->cohort_id = 2;
	tie->course_id = 1;
	tie->other_cohort_id = 1;
	exam_add(&s, 1, 1, 2);
	assert_int_equal(small_solve(&s), 0);
	all_placed(&s, 9);
	for (size_t i = 0; i < 9; i++) {
		const struct plan_meeting_item *m = small_meeting(&s, i);

		assert_int_equal(m->session_id, OV_NULL);
		if (m->cohort_id < 3)
			assert_true(span_of(m).end <= minute(&s, 2, 610));
	}
	small_close(&s);

	small_open(&s);
	small_need(&s, 1, 1, 12);
	exam_add(&s, 1, 1, 0)->end_min = 660;
	s.options.from++; /* the examination was yesterday */
	assert_int_equal(small_solve(&s), 0);
	assert_int_equal(s.answer.unplaced, 2);
	assert_int_equal(small_blocker(&s, "EXAM_GAP")->least, 1);
	small_close(&s);
}

/* An assistant is arranged by people: the meeting stays, and so does his time. */
static void an_assistant_is_busy(void **state)
{
	struct session *session;
	struct small s;

	(void)state;
	small_open(&s);
	s.options.to = s.options.from;
	small_room(&s, 2, 30);
	small_teacher(&s, 2);
	small_need(&s, 1, 1, 12);
	session = small_session(&s, 1, 2, day_text(&s, 0), 480);
	session->teacher_id = session->room_id = 2;
	session->assistant_id = 1;
	session->end_min = 1200;
	((struct teacher *)bundle_list(&s.bundle, &teacher_fields)->items[0])->max_day_min = 1440;
	((struct plan_need *)bundle_list(&s.bundle, &plan_need_fields)->items[0])->teacher_id = 1;
	assert_int_equal(small_solve(&s), 0);
	for (size_t i = 0; i < s.answer.meetings.count; i++)
		if (small_meeting(&s, i)->state == PLAN_PLACED)
			assert_true(small_meeting(&s, i)->start_min >= 1200);
	assert_int_equal(s.answer.unplaced, 1);
	small_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nobody_meets_behind_closed_doors),
		cmocka_unit_test(hours_pass_midnight),
		cmocka_unit_test(a_room_is_set_up_and_cleared),
		cmocka_unit_test(what_keeps_its_distance_may_stay),
		cmocka_unit_test(a_room_has_places_and_staff),
		cmocka_unit_test(seats_online_are_seats),
		cmocka_unit_test(portable_items_are_not_in_two_rooms),
		cmocka_unit_test(an_item_that_is_lost_is_told),
		cmocka_unit_test(courses_come_one_after_another),
		cmocka_unit_test(what_stays_has_its_order_too),
		cmocka_unit_test(an_order_that_is_kept_stays),
		cmocka_unit_test(an_examination_is_the_end),
		cmocka_unit_test(an_assistant_is_busy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
