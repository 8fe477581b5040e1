/* What rooms allow, portable items, the order of courses and examinations: each
 * kind of conflict that is judged by them is made through commands, seen,
 * overridden with a reason, and gone again. */
#include "tests/unit/shared.h"

#include "core/store/commands/cohort_args.h"
#include "core/store/session_conflicts.h"
#include "tests/unit/claim_world.h"

static int setup(void **state)
{
	struct world *world = mem_alloc(sizeof *world);

	world_open_with(world, 12); /* 3–5 and 9–11 are of the programme */
	*state = world;
	return 0;
}

/* Two cohorts of two learners, two courses, teachers and rooms. */
struct place {
	const char *cohort[2], *course[2], *teacher[3], *room[2];
	int64_t cohort_id[2], course_id[2], room_id[2];
};

static void cohort_make(struct world *w, struct place *p, int at, const char *code)
{
	assert_done(w, world_run(w, "cohort.create", 0, "code", code, "name", "汽车班",
				 "programme_id", world_id_text(w, KIND_PROGRAMME, "code", "P-ZK-AUTO"),
				 "centre_id", world_id_text(w, KIND_BRANCH, "name", "北汽学习中心"),
				 "intake", "2015S", "capacity", "5", NULL));
	p->cohort_id[at] = w->outcome.id;
	p->cohort[at] = world_number(w, w->outcome.id);
	for (int i = 0; i < 2; i++)
		assert_done(w, world_run(w, "cohort.add", p->cohort_id[at], "student_id",
					 world_number(w, w->students[3 + at * 6 + i]), NULL));
}

static void place_make(struct world *w, struct place *p)
{
	static const char *const courses[] = { "C301", "C302" }, *const rooms[] = { "S101", "S201" };
	struct record_list teachers;

	world_as(w, "registrar.1");
	cohort_make(w, p, 0, "AUTO-15S-1");
	cohort_make(w, p, 1, "AUTO-15S-2");
	world_find(w, KIND_TEACHER, NULL, 0, &teachers);
	assert_true(teachers.count >= 3);
	for (int i = 0; i < 3; i++)
		p->teacher[i] = world_number(w, ((struct teacher *)teachers.items[i])->id);
	for (int i = 0; i < 2; i++) {
		p->course_id[i] = world_id(w, KIND_COURSE, "code", courses[i]);
		p->course[i] = world_number(w, p->course_id[i]);
		p->room_id[i] = world_id(w, KIND_ROOM, "code", rooms[i]);
		p->room[i] = world_number(w, p->room_id[i]);
	}
	world_as(w, "scheduler.1");
}

/* A meeting of cohort, course, teacher and room with that index. */
static int meet(struct world *w, const struct place *p, int who, int course, const char *day,
		const char *start, const char *end, const char *field, const char *value)
{
	return world_run(w, "session.create", 0, "cohort_id", p->cohort[who], "course_id",
			 p->course[course], "teacher_id", p->teacher[who], "room_id", p->room[who],
			 "on_date", day, "start_min", start, "end_min", end, field, value, NULL);
}

static const struct conflict *seen(struct world *w, const char *kind)
{
	const struct record_list *list = bundle_list(&w->outcome.records, &conflict_fields);

	for (size_t i = 0; i < list->count; i++)
		if (!strcmp(((struct conflict *)list->items[i])->kind, kind))
			return list->items[i];
	return NULL;
}

static int told(struct world *w, const char *kind)
{
	const struct record_list *list = bundle_list(&w->outcome.records, &conflict_fields);
	int count = 0;

	for (size_t i = 0; i < list->count; i++)
		count += !strcmp(((struct conflict *)list->items[i])->kind, kind);
	return count;
}

#define assert_only(w, code, kind_name) do { \
	assert_refused(w, code, "CONFLICTS"); \
	assert_non_null(seen(w, kind_name)); \
	assert_int_equal(bundle_list(&(w)->outcome.records, &conflict_fields)->count, 1); \
} while (0)

/* How often the whole check of the term tells of that kind; OVERRIDDEN of them. */
static int whole(struct world *w, const char *kind, int *overridden)
{
	const struct card_request request = { .kind = KIND_CONFLICT,
		.from = date_from_civil(2015, 9, 1), .to = date_from_civil(2015, 10, 1) };
	const struct record_list *list;
	struct bundle card;
	int count = 0;

	*overridden = 0;
	assert_done(w, store_card(w->store, &request, &w->arena, &card, &w->err));
	list = bundle_list(&card, &conflict_fields);
	for (size_t i = 0; i < list->count; i++) {
		const struct conflict *conflict = list->items[i];

		if (strcmp(conflict->kind, kind) != 0)
			continue;
		count++;
		*overridden += conflict->overridden == 1;
	}
	return count;
}

static void portable_items_run_out(void **state)
{
	struct world *w = *state;
	struct place p;
	int64_t use, pool;
	int let;

	place_make(w, &p);
	assert_done(w, world_run(w, "pool.create", 0, "code", " projector ", "stock", "3", NULL));
	pool = w->outcome.id;
	assert_string_equal(((struct pool *)world_get(w, KIND_POOL, pool))->name, "projector");
	assert_refused(w, world_run(w, "pool.create", 0, "code", "projector", "stock", "1", NULL),
		       "FIELD_UNIQUE");
	assert_done(w, world_run(w, "course.use", 0, "course_id", p.course[0], "pool_id",
				 world_number(w, pool), "pieces", "2", NULL));
	use = w->outcome.id;
	assert_refused(w, world_run(w, "course.use", 0, "course_id", p.course[0], "pool_id",
				    world_number(w, pool), "pieces", "1", NULL), "FIELD_UNIQUE");
	assert_refused(w, world_run(w, "course.use", 0, "course_id", p.course[1], "pool_id",
				    "999", "pieces", "1", NULL), "FIELD_REFERENCE");
	assert_done(w, meet(w, &p, 0, 0, "2015-09-12", "09:00", "11:00", NULL, NULL));
	/* Another room, teacher and cohort: nothing but the item is shared. */
	assert_done(w, meet(w, &p, 1, 0, "2015-09-12", "11:00", "12:00", NULL, NULL));
	assert_only(w, meet(w, &p, 1, 0, "2015-09-12", "10:00", "10:30", NULL, NULL),
		    "POOL_EXCEEDED");
	assert_int_equal(seen(w, "POOL_EXCEEDED")->count, 4);
	assert_int_equal(seen(w, "POOL_EXCEEDED")->of, 3);
	assert_non_null(strstr(seen(w, "POOL_EXCEEDED")->message, "projector"));
	/* It is the later meeting at whose start too many are in use; who let the
	 * earlier one stand let both. */
	assert_only(w, meet(w, &p, 1, 0, "2015-09-12", "08:30", "09:30", NULL, NULL),
		    "POOL_EXCEEDED");
	assert_done(w, meet(w, &p, 1, 0, "2015-09-12", "08:30", "09:30", "override_reason",
			    "The other centre lends one"));
	assert_int_equal(whole(w, "POOL_EXCEEDED", &let), 1);
	assert_int_equal(let, 1);
	assert_done(w, world_run(w, "pool.edit", pool, "stock", "4", NULL));
	assert_int_equal(whole(w, "POOL_EXCEEDED", &let), 0);
	assert_done(w, world_run(w, "pool.edit", pool, "stock", "1", NULL));
	assert_int_equal(whole(w, "POOL_EXCEEDED", &let), 3);
	/* Short at the starts of all three, for the one that is asked about: told once. */
	assert_refused(w, meet(w, &p, 1, 0, "2015-09-12", "08:00", "12:00", NULL, NULL), "CONFLICTS");
	assert_int_equal(told(w, "POOL_EXCEEDED"), 1);
	assert_done(w, world_run(w, "course.unuse", use, NULL));
	assert_int_equal(whole(w, "POOL_EXCEEDED", &let), 0);
}

static void one_course_comes_after_another(void **state)
{
	struct world *w = *state;
	struct place p;
	int64_t order, later;
	int let;

	place_make(w, &p);
	assert_done(w, world_run(w, "course.follow", 0, "course_id", p.course[1], "after_id",
				 p.course[0], NULL));
	order = w->outcome.id;
	assert_refused(w, world_run(w, "course.follow", 0, "course_id", p.course[1], "after_id",
				    p.course[0], NULL), "FIELD_UNIQUE");
	assert_done(w, meet(w, &p, 0, 0, "2015-09-12", "09:00", "11:00", NULL, NULL));
	/* Weeks before is as wrong as minutes, and another cohort's is its own affair. */
	assert_done(w, meet(w, &p, 0, 1, "2015-09-12", "11:00", "12:00", NULL, NULL));
	later = w->outcome.id;
	assert_only(w, world_run(w, "session.move", later, "on_date", "2015-09-01", NULL), "ORDER");
	assert_done(w, meet(w, &p, 1, 1, "2015-09-01", "11:00", "12:00", NULL, NULL));
	assert_only(w, meet(w, &p, 0, 0, "2015-09-28", "09:00", "11:00", NULL, NULL), "ORDER");
	assert_done(w, world_run(w, "session.move", later, "on_date", "2015-09-02",
				 "override_reason", "The base has no other day", NULL));
	assert_int_equal(whole(w, "ORDER", &let), 1);
	assert_int_equal(let, 1);
	/* The other end of the pair lies outside of what is looked at. */
	{
		const struct card_request request = { .kind = KIND_CONFLICT,
			.from = date_from_civil(2015, 9, 2), .to = date_from_civil(2015, 9, 3) };
		struct bundle card;

		assert_done(w, store_card(w->store, &request, &w->arena, &card, &w->err));
		w->outcome.records = card;
		assert_non_null(seen(w, "ORDER"));
	}
	assert_done(w, world_run(w, "course.unfollow", order, NULL));
	assert_int_equal(whole(w, "ORDER", &let), 0);
}

static void courses_do_not_wait_for_each_other(void **state)
{
	struct world *w = *state;
	const char *c[4];
	struct place p;
	int64_t last;

	place_make(w, &p);
	c[0] = world_id_text(w, KIND_COURSE, "code", "C301");
	c[1] = world_id_text(w, KIND_COURSE, "code", "C302");
	c[2] = world_id_text(w, KIND_COURSE, "code", "C303");
	assert_refused(w, world_run(w, "course.follow", 0, "course_id", c[0], "after_id", c[0], NULL),
		       "ORDER_CIRCLE");
	assert_non_null(strstr(w->err.message, "C301 > C301"));
	assert_done(w, world_run(w, "course.follow", 0, "course_id", c[1], "after_id", c[0], NULL));
	assert_done(w, world_run(w, "course.follow", 0, "course_id", c[2], "after_id", c[1], NULL));
	last = w->outcome.id;
	assert_refused(w, world_run(w, "course.follow", 0, "course_id", c[0], "after_id", c[2], NULL),
		       "ORDER_CIRCLE");
	assert_non_null(strstr(w->err.message, "C301 > C303 > C302 > C301"));
	assert_done(w, world_run(w, "course.unfollow", last, NULL));
	assert_done(w, world_run(w, "course.follow", 0, "course_id", c[0], "after_id", c[2], NULL));
	assert_refused(w, world_run(w, "course.follow", 0, "course_id", c[0], "after_id", "999", NULL),
		       "FIELD_REFERENCE");
}

static void examinations_keep_their_distance(void **state)
{
	struct world *w = *state;
	struct place p;
	int64_t lesson, exam;
	int let;

	place_make(w, &p);
	assert_done(w, meet(w, &p, 0, 0, "2015-09-21", "09:00", "11:00", "exam", "yes"));
	exam = w->outcome.id;
	assert_int_equal(((struct session *)world_get(w, KIND_SESSION, exam))->exam, 1);
	/* A day between two, to the minute; other learners have nothing to do with it. */
	assert_only(w, meet(w, &p, 0, 1, "2015-09-22", "10:59", "12:00", "exam", "yes"), "EXAM_GAP");
	assert_done(w, meet(w, &p, 1, 1, "2015-09-22", "10:59", "12:00", "exam", "yes"));
	assert_done(w, meet(w, &p, 0, 1, "2015-09-22", "11:00", "12:00", "exam", "yes"));
	/* No lesson of the course after it, however late; before it, and others: fine. */
	assert_only(w, meet(w, &p, 0, 0, "2015-09-29", "09:00", "11:00", NULL, NULL), "EXAM_GAP");
	assert_done(w, meet(w, &p, 0, 0, "2015-09-20", "16:00", "18:00", NULL, NULL));
	lesson = w->outcome.id;
	assert_only(w, world_run(w, "session.move", exam, "on_date", "2015-09-10", NULL), "EXAM_GAP");
	assert_only(w, world_run(w, "session.edit", lesson, "exam", "yes", "override_reason", "x",
				 NULL), "EXAM_GAP"); /* a day before the other; and that is no reason */
	assert_done(w, meet(w, &p, 0, 0, "2015-09-29", "09:00", "11:00", "override_reason",
			    "Those who failed asked for it"));
	assert_int_equal(whole(w, "EXAM_GAP", &let), 1);
	assert_int_equal(let, 1);
	assert_done(w, world_run(w, "session.edit", exam, "exam", "no", NULL));
	assert_int_equal(whole(w, "EXAM_GAP", &let), 0);
}

/* What was examined in one term may be taught again in the next. */
static void a_term_ends_an_examination(void **state)
{
	struct world *w = *state;
	struct record_list terms;
	struct place p;
	struct card_request request = { .kind = KIND_CONFLICT };
	struct term *first = NULL, *second = NULL;
	char day[DATE_TEXT];

	place_make(w, &p);
	world_find(w, KIND_TERM, NULL, 0, &terms);
	for (size_t i = 0; i < terms.count; i++) {
		struct term *term = terms.items[i];

		if (!first || term->starts_on < first->starts_on)
			first = term;
	}
	for (size_t i = 0; first && i < terms.count; i++) {
		struct term *term = terms.items[i];

		if (term->starts_on > first->starts_on &&
		    (!second || term->starts_on < second->starts_on))
			second = term;
	}
	assert_non_null(second);
	assert_done(w, meet(w, &p, 0, 0, date_format(first->ends_on - 6, day), "09:00", "11:00",
			    "exam", "yes"));
	assert_refused(w, meet(w, &p, 0, 0, date_format(first->ends_on - 1, day), "09:00", "11:00",
			       NULL, NULL), "CONFLICTS");
	assert_non_null(seen(w, "EXAM_GAP"));
	meet(w, &p, 0, 0, date_format(second->starts_on + 6, day), "09:00", "11:00",
	     "override_reason", "Whatever else there is");
	assert_null(seen(w, "EXAM_GAP"));
	request.from = first->starts_on;
	request.to = second->ends_on;
	assert_done(w, store_card(w->store, &request, &w->arena, &w->outcome.records, &w->err));
	assert_int_equal(told(w, "EXAM_GAP"), 0);
}

static void rooms_have_hours_and_set_up(void **state)
{
	struct world *w = *state;
	const struct room *room;
	struct place p;
	int let;

	place_make(w, &p);
	assert_refused(w, world_run(w, "room.edit", p.room_id[0], "open_from", "08:00", NULL),
		       "FIELD_REQUIRED");
	assert_refused(w, world_run(w, "room.edit", p.room_id[0], "open_from", "08:00", "open_to",
				    "08:00", NULL), "FIELD_DATES");
	assert_done(w, world_run(w, "room.edit", p.room_id[0], "open_from", "08:00", "open_to",
				 "20:00", "setup_min", "10", "clear_min", "5", NULL));
	assert_done(w, meet(w, &p, 0, 0, "2015-09-12", "08:00", "10:00", NULL, NULL));
	assert_only(w, meet(w, &p, 0, 0, "2015-09-12", "18:30", "20:01", NULL, NULL), "ROOM_CLOSED");
	assert_only(w, meet(w, &p, 0, 0, "2015-09-13", "07:59", "09:00", NULL, NULL), "ROOM_CLOSED");
	assert_done(w, meet(w, &p, 0, 0, "2015-09-12", "18:30", "20:00", NULL, NULL));
	assert_only(w, meet(w, &p, 0, 0, "2015-09-12", "10:14", "11:00", NULL, NULL), "ROOM_OVERLAP");
	assert_done(w, meet(w, &p, 0, 0, "2015-09-12", "10:15", "11:00", NULL, NULL));
	assert_done(w, meet(w, &p, 0, 0, "2015-09-13", "19:00", "21:00", "override_reason",
			    "The porter stays longer"));
	assert_int_equal(whole(w, "ROOM_CLOSED", &let), 1);
	assert_int_equal(let, 1);
	/* Until after midnight; then all day, which is no hours at all. */
	assert_done(w, world_run(w, "room.edit", p.room_id[0], "open_to", "02:00", NULL));
	room = world_get(w, KIND_ROOM, p.room_id[0]);
	assert_int_equal(room->open_to, 26 * 60);
	assert_int_equal(whole(w, "ROOM_CLOSED", &let), 0);
	assert_done(w, world_run(w, "room.edit", p.room_id[0], "open_from", "00:00", "open_to",
				 "24:00", "setup_min", "0", "clear_min", "0", NULL));
	room = world_get(w, KIND_ROOM, p.room_id[0]);
	assert_true(room->open_from == OV_NULL && room->open_to == OV_NULL);
	assert_true(room->setup_min == OV_NULL && room->clear_min == OV_NULL);
	assert_done(w, meet(w, &p, 0, 0, "2015-09-12", "11:00", "12:00", NULL, NULL));
}

/* A base without places or staff enough is no matter of an override. */
static void rooms_want_places_and_staff(void **state)
{
	struct world *w = *state;
	struct place p;
	int64_t first;
	int let;

	place_make(w, &p);
	assert_done(w, meet(w, &p, 0, 0, "2015-09-12", "08:00", "10:00", NULL, NULL));
	first = w->outcome.id;
	assert_done(w, world_run(w, "room.edit", p.room_id[0], "stations", "1", NULL));
	assert_int_equal(whole(w, "SAFETY_RATIO", &let), 1);
	assert_only(w, meet(w, &p, 0, 0, "2015-09-13", "08:00", "10:00", "override_reason",
			    "There is no other room"), "SAFETY_RATIO");
	assert_done(w, world_run(w, "room.edit", p.room_id[0], "stations", "2", "min_staff", "2", NULL));
	assert_int_equal(whole(w, "SAFETY_RATIO", &let), 1);
	assert_refused(w, world_run(w, "session.edit", first, "assistant_id", p.teacher[0], NULL),
		       "ASSISTANT_SAME");
	assert_refused(w, world_run(w, "session.edit", first, "assistant_id", "999", NULL),
		       "NOT_FOUND");
	assert_done(w, world_run(w, "session.edit", first, "assistant_id", p.teacher[2], NULL));
	assert_int_equal(whole(w, "SAFETY_RATIO", &let), 0);
	/* Who assists can't teach elsewhere meanwhile. */
	assert_only(w, world_run(w, "session.create", 0, "cohort_id", p.cohort[1], "course_id",
				 p.course[1], "teacher_id", p.teacher[2], "room_id", p.room[1],
				 "on_date", "2015-09-12", "start_min", "09:00", "end_min", "10:00", NULL),
		    "TEACHER_OVERLAP");
	assert_only(w, world_run(w, "session.edit", first, "alone", "yes", NULL), "SAFETY_RATIO");
	assert_done(w, world_run(w, "room.edit", p.room_id[0], "min_staff", "0", "stations", "0", NULL));
	assert_done(w, world_run(w, "session.edit", first, "alone", "yes", NULL));
	assert_true(((struct session *)world_get(w, KIND_SESSION, first))->assistant_id == OV_NULL);
	assert_int_equal(whole(w, "SAFETY_RATIO", &let), 0);
}

static void some_follow_from_afar(void **state)
{
	struct world *w = *state;
	struct room *room;
	struct place p;
	int64_t id;

	place_make(w, &p);
	room = record_new(&w->arena, &room_fields);
	room->code = "TINY";
	room->name = "小教室";
	room->kind = ROOM_CLASSROOM;
	room->site = ((struct room *)world_get(w, KIND_ROOM, p.room_id[0]))->site;
	room->capacity = 1;
	world_insert(w, KIND_ROOM, room);
	p.room[0] = world_number(w, world_id(w, KIND_ROOM, "code", "TINY"));
	assert_only(w, meet(w, &p, 0, 0, "2015-09-12", "08:00", "10:00", NULL, NULL), "CAPACITY");
	assert_done(w, meet(w, &p, 0, 0, "2015-09-12", "08:00", "10:00", "online_seats", "1"));
	id = w->outcome.id;
	assert_only(w, world_run(w, "session.edit", id, "online_seats", "0", NULL), "CAPACITY");
	assert_done(w, world_run(w, "session.edit", id, "online_seats", "0", "override_reason",
				 "One of them stands", NULL));
	assert_true(((struct session *)world_get(w, KIND_SESSION, id))->online_seats == OV_NULL);
	assert_done(w, world_run(w, "session.publish", id, NULL));
}

/* The places a meeting could go to know all of it. */
static void offers_know_the_rules(void **state)
{
	struct world *w = *state;
	struct card_request request = { .kind = KIND_PLACE_OFFER, .from = date_from_civil(2015, 9, 7),
					.to = date_from_civil(2015, 9, 14) };
	const struct record_list *list;
	struct bundle card;
	struct place p;
	size_t before = 0, late = 0;

	place_make(w, &p);
	assert_done(w, world_run(w, "course.follow", 0, "course_id", p.course[1], "after_id",
				 p.course[0], NULL));
	assert_done(w, world_run(w, "room.edit", p.room_id[0], "open_from", "08:00", "open_to",
				 "18:00", NULL));
	assert_done(w, meet(w, &p, 0, 0, "2015-09-09", "09:00", "11:00", NULL, NULL));
	assert_done(w, meet(w, &p, 0, 1, "2015-09-10", "09:00", "11:00", NULL, NULL));
	request.id = w->outcome.id;
	assert_done(w, store_card(w->store, &request, &w->arena, &card, &w->err));
	list = bundle_list(&card, &place_offer_fields);
	for (size_t i = 0; i < list->count; i++) {
		const struct place_offer *offer = list->items[i];

		if (offer->room_id != p.room_id[0] || offer->verdict == PLACE_IMPOSSIBLE)
			continue;
		before += offer->on_date < date_from_civil(2015, 9, 9);
		late += offer->end_min > 18 * 60;
	}
	assert_int_equal(before, 0);
	assert_int_equal(late, 0);
	assert_true(list->count > 300);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(portable_items_run_out, setup, world_teardown),
		cmocka_unit_test_setup_teardown(one_course_comes_after_another, setup, world_teardown),
		cmocka_unit_test_setup_teardown(courses_do_not_wait_for_each_other, setup, world_teardown),
		cmocka_unit_test_setup_teardown(examinations_keep_their_distance, setup, world_teardown),
		cmocka_unit_test_setup_teardown(a_term_ends_an_examination, setup, world_teardown),
		cmocka_unit_test_setup_teardown(rooms_have_hours_and_set_up, setup, world_teardown),
		cmocka_unit_test_setup_teardown(rooms_want_places_and_staff, setup, world_teardown),
		cmocka_unit_test_setup_teardown(some_follow_from_afar, setup, world_teardown),
		cmocka_unit_test_setup_teardown(offers_know_the_rules, setup, world_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
