/* From records to a problem and back: needs, shifts, locks, twins, what stays,
 * and why a meeting has no place. Nothing is stored. */
#include "tests/unit/shared.h"

#include "core/model/reason.h"
#include "core/store/commands/planning_args.h"
#include "core/timetable/term.h"

enum { MOVES = 60000 };

/* A term of two weeks from Monday 2026-03-02 with one course, one teacher, one
 * room of 30 and one cohort of 20; a test adds to it. */
struct small {
	struct arena arena;
	struct bundle bundle;
	struct planner_options planner;
	struct term_options options;
	struct term_problem *term;
	struct term_answer answer;
	struct error err;
};

static void *add(struct small *s, const struct field_table *table)
{
	void *record = record_new(&s->arena, table);

	bundle_add(&s->bundle, table, record);
	return record;
}

static struct plan_need *need_add(struct small *s, int64_t cohort, int64_t course, int64_t hours)
{
	struct plan_need *need = add(s, &plan_need_fields);

	need->cohort_id = cohort;
	need->cohort = arena_printf(&s->arena, "G%lld", (long long)cohort);
	need->course_id = course;
	need->course = arena_printf(&s->arena, "C%lld", (long long)course);
	need->hours = hours;
	need->course_kind = COURSE_REGULAR;
	need->learners = 20;
	need->site = "here";
	need->tolerance = 0;
	return need;
}

static struct room *room_add(struct small *s, int64_t id, int64_t capacity)
{
	struct room *room = add(s, &room_fields);

	room->id = id;
	room->code = arena_printf(&s->arena, "R%lld", (long long)id);
	room->kind = ROOM_CLASSROOM;
	room->site = "here";
	room->capacity = capacity;
	return room;
}

static void teacher_add(struct small *s, int64_t id)
{
	struct teacher *teacher = add(s, &teacher_fields);

	teacher->id = id;
	teacher->kind = TEACHER_FULL_TIME;
	teacher->max_day_min = 480;
}

static struct session *session_add(struct small *s, int64_t id, int64_t cohort, const char *day,
				   int64_t start)
{
	struct session *session = add(s, &session_fields);
	struct session_cohort *link = add(s, &session_cohort_fields);

	session->id = id;
	session->rev = 1;
	session->course_id = 1;
	session->teacher_id = 1;
	session->mode = MODE_CLASSROOM;
	session->room_id = 1;
	date_parse(day, &session->on_date);
	session->start_min = start;
	session->end_min = start + 120;
	session->state = SESSION_PLANNED;
	link->session_id = id;
	link->cohort_id = cohort;
	return session;
}

/* Crews on a cycle of one letter: at work that way every day. */
static void crew_add(struct small *s, int64_t cohort, const char *cycle, int64_t start, int64_t len,
		     int64_t learners)
{
	struct shift_pattern *pattern = add(s, &shift_pattern_fields);
	struct plan_crew *crew = add(s, &plan_crew_fields);

	pattern->id = (int64_t)bundle_list(&s->bundle, &shift_pattern_fields)->count;
	pattern->kind = SHIFT_CYCLE;
	pattern->cycle = cycle;
	pattern->anchor_on = s->options.from;
	pattern->d_start = pattern->e_start = pattern->n_start = start;
	pattern->d_len = pattern->e_len = pattern->n_len = len;
	crew->cohort_id = cohort;
	crew->pattern_id = pattern->id;
	crew->team_offset = 0;
	crew->learners = learners;
}

static void small_open(struct small *s)
{
	struct calendar_version *version;
	struct term *term;

	memset(s, 0, sizeof *s);
	bundle_init(&s->bundle, &s->arena);
	planner_options_init(&s->planner);
	s->options = (struct term_options){ .planner = &s->planner };
	date_parse("2026-03-02", &s->options.from);
	s->options.to = s->options.from + 13;
	term = add(s, &term_fields);
	term->id = 1;
	term->code = "2026S";
	version = add(s, &calendar_version_fields);
	version->year = 2026;
	room_add(s, 1, 30);
	teacher_add(s, 1);
}

static void small_close(struct small *s)
{
	term_problem_free(s->term);
	arena_release(&s->arena);
}

static int small_solve(struct small *s)
{
	struct solver_options options = { .seed = 1, .iterations = MOVES };
	struct solver *solver;
	int rc = term_problem_new(&s->bundle, &s->options, &s->term, &s->err);

	if (rc < 0)
		return rc;
	if (s->options.keep)
		options.start = term_problem_start(s->term);
	solver = solver_new(term_problem_of(s->term), &options);
	solver_step(solver, 1000);
	term_problem_answer(s->term, solver_best(solver, NULL), NULL, &s->arena, &s->answer);
	solver_free(solver);
	return 0;
}

static const struct plan_meeting_item *meeting(const struct small *s, size_t i)
{
	assert_true(i < s->answer.meetings.count);
	return s->answer.meetings.items[i];
}

static void hours_become_meetings(void **state)
{
	struct small s;

	(void)state;
	small_open(&s);
	need_add(&s, 1, 1, 27); /* 27 × 45 × 40 % = 486 minutes: five of 120 */
	assert_int_equal(small_solve(&s), 0);
	assert_int_equal(s.answer.meetings.count, 5);
	assert_int_equal(s.answer.unplaced, 0);
	for (size_t i = 0; i < 5; i++) {
		assert_int_equal(meeting(&s, i)->lesson, (int64_t)i + 1);
		assert_int_equal(meeting(&s, i)->room_id, 1);
		assert_int_equal(meeting(&s, i)->teacher_id, 1);
		assert_true(!i || meeting(&s, i)->on_date >= meeting(&s, i - 1)->on_date);
	}
	small_close(&s);
}

static void shifts_are_kept_clear(void **state)
{
	struct small s;

	(void)state;
	small_open(&s);
	need_add(&s, 1, 1, 27);
	crew_add(&s, 1, "D", 480, 480, 20); /* 08:00–16:00 every day: from 17:00 on */
	assert_int_equal(small_solve(&s), 0);
	assert_int_equal(s.answer.unplaced, 0);
	for (size_t i = 0; i < s.answer.meetings.count; i++)
		assert_true(meeting(&s, i)->start_min >= 17 * 60);
	small_close(&s);
}

static void held_meetings_count(void **state)
{
	struct small s;

	(void)state;
	small_open(&s);
	need_add(&s, 1, 1, 27);
	session_add(&s, 11, 1, "2026-03-02", 600)->state = SESSION_HELD;
	assert_int_equal(small_solve(&s), 0);
	assert_int_equal(s.answer.meetings.count, 4);
	assert_int_equal(meeting(&s, 0)->lesson, 2);
	for (size_t i = 0; i < 4; i++) /* and are not run over */
		assert_true(meeting(&s, i)->on_date != s.options.from ||
			    meeting(&s, i)->start_min >= 720 || meeting(&s, i)->end_min <= 600);
	small_close(&s);
}

static void locks_hold_apart(void **state)
{
	struct small s;
	struct session *timed, *roomed;

	(void)state;
	small_open(&s);
	need_add(&s, 1, 1, 12); /* two meetings */
	room_add(&s, 2, 500);   /* dear: far too large */
	timed = session_add(&s, 11, 1, "2026-03-04", 1140);
	timed->lock_time = 1;
	roomed = session_add(&s, 12, 1, "2026-03-05", 1140);
	roomed->room_id = 2;
	roomed->lock_room = 1;
	assert_int_equal(small_solve(&s), 0);
	assert_int_equal(s.answer.meetings.count, 2);
	for (size_t i = 0; i < 2; i++) {
		const struct plan_meeting_item *item = meeting(&s, i);

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
	need_add(&s, 1, 1, 12);
	session_add(&s, 11, 1, "2026-03-04", 1140);
	session_add(&s, 12, 1, "2026-03-04", 900); /* two on one day, one late: dear, but kept */
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
	need_add(&s, 1, 1, 12);
	crew_add(&s, 1, "D", 420, 600, 10); /* 07:00–17:00: evenings only */
	crew_add(&s, 1, "E", 960, 480, 10); /* 16:00–24:00: mornings, after the night's rest */
	assert_int_equal(small_solve(&s), 0);
	assert_int_equal(s.answer.meetings.count, 4); /* two lessons, twice */
	for (size_t i = 0; i < 4; i++) {
		assert_in_range(meeting(&s, i)->twin_no, 1, 2);
		seen[meeting(&s, i)->twin_no]++;
	}
	assert_int_equal(seen[1], 2);
	assert_int_equal(seen[2], 2);
	assert_int_equal(s.answer.unplaced, 0);
	small_close(&s);
}

static const struct plan_blocker_item *blocker(const struct small *s, const char *kind)
{
	for (size_t i = 0; i < s->answer.blockers.count; i++) {
		const struct plan_blocker_item *item = s->answer.blockers.items[i];

		if (!strcmp(item->kind, kind))
			return item;
	}
	fail_msg("no blocker %s", kind);
	return NULL;
}

static void a_lesson_without_a_place_is_explained(void **state)
{
	struct small s;

	(void)state;
	small_open(&s);
	need_add(&s, 1, 1, 12);
	crew_add(&s, 1, "D", 420, 840, 20); /* 07:00–21:00 every day */
	assert_int_equal(small_solve(&s), 0);
	assert_int_equal(s.answer.unplaced, 2);
	assert_int_equal(blocker(&s, "SHIFT_CLASH")->least, 1);
	assert_int_equal(blocker(&s, "SHIFT_CLASH")->others, 1);
	assert_true(blocker(&s, "SHIFT_CLASH")->gain > 300); /* 14 days of 25 starts */
	assert_int_equal(s.answer.blockers.count, 1);
	small_close(&s);
}

static void ten_thousand_learners_fit_nowhere(void **state)
{
	struct small s;

	(void)state;
	small_open(&s);
	need_add(&s, 1, 1, 12)->learners = 10000;
	need_add(&s, 2, 1, 12); /* others are planned all the same */
	assert_int_equal(small_solve(&s), 0);
	assert_int_equal(s.answer.unplaced, 2);
	assert_int_equal(blocker(&s, "CAPACITY")->least, 1);
	assert_int_equal(blocker(&s, "CAPACITY")->cohort_id, 1);
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
	need_add(&s, 1, 1, 12);
	need_add(&s, 2, 1, 12);
	s.options.to = s.options.from + 4;
	session_add(&s, 1, 3, "2026-03-02", 600);
	((struct teacher *)bundle_list(&s.bundle, &teacher_fields)->items[0])->max_day_min = 120;
	assert_int_equal(small_solve(&s), 0);
	assert_int_equal(s.answer.unplaced, 0);
	assert_int_equal(s.answer.meetings.count, 4);
	for (size_t i = 0; i < 4; i++) {
		const int64_t day = meeting(&s, i)->on_date - s.options.from;

		assert_false(used[day]);
		used[day] = true;
	}
	small_close(&s);
}

static void need_item(struct small *s, const char *item, bool certified)
{
	struct course_need *need = add(s, &course_need_fields);

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
		room_add(&s, 2, 30);
		need_add(&s, 1, 1, 12);
		need_item(&s, "lathe", false);
		if (equipped) {
			feature = add(&s, &room_feature_fields);
			feature->room_id = 2;
			feature->item = "lathe";
			closure = add(&s, &room_closure_fields);
			closure->room_id = 2;
			closure->on_date = s.options.from + 1;
			closure->start_min = 0;
			closure->until_on = s.options.to;
			closure->end_min = 1440;
		}
		assert_int_equal(small_solve(&s), 0);
		assert_int_equal(s.answer.unplaced, equipped ? 0 : 2);
		if (!equipped)
			assert_int_equal(blocker(&s, "EQUIPMENT")->least, 1);
		for (size_t i = 0; equipped && i < s.answer.meetings.count; i++) {
			assert_int_equal(meeting(&s, i)->room_id, 2);
			assert_int_equal(meeting(&s, i)->on_date, s.options.from);
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
		teacher_add(&s, 2);
		need_add(&s, 1, 1, 12);
		need_item(&s, "lathe", true);
		((struct room_feature *)add(&s, &room_feature_fields))->room_id = 1;
		((struct room_feature *)bundle_list(&s.bundle, &room_feature_fields)->items[0])->item =
			"lathe";
		if (known) {
			held = add(&s, &teacher_certificate_fields);
			held->teacher_id = 2;
			held->item = "lathe";
			held->last_on = s.options.from + 2;
		}
		assert_int_equal(small_solve(&s), 0);
		assert_int_equal(s.answer.unplaced, known ? 0 : 2);
		if (!known)
			assert_int_equal(blocker(&s, "CERTIFICATE")->least, 1);
		for (size_t i = 0; known && i < s.answer.meetings.count; i++) {
			assert_int_equal(meeting(&s, i)->teacher_id, 2);
			assert_true(meeting(&s, i)->on_date <= s.options.from + 2);
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
		need_add(&s, 1, 1, 12);
		need_add(&s, 2, 1, 12);
		crew_add(&s, 1, "D", 480, 480, 20);
		session_add(&s, 1, 1, "2027-03-01", 480);
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
	need_add(&s, 1, 1, 12);
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
		cmocka_unit_test(equipment_is_where_the_course_is),
		cmocka_unit_test(only_the_certified_teach),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
