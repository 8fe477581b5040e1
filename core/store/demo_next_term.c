/* The term after the present one, for planners: the learners who study are
 * enrolled, and there are rooms and teachers enough; nothing is timetabled. Only
 * in worlds of NEXT_TERM_FROM learners and more, so that small ones stay small. */
#include "core/store/demo_parts.h"

#include <string.h>

enum {
	NEXT_TERM_FROM = 1000, COURSES_EACH = 2, GUESTS_PERCENT = 3, SITES = 3,
	ROOMS_PER_80 = 30, BASES_PER_80 = 4, TEACHERS_PER_80 = 60
};

struct next_term {
	struct world *w;
	struct arena arena;
	int64_t *members; /* by cohort: those who study */
};

/* The K-th course of a cohort: a few on from what the cohort had. A thesis is
 * written, not taught. */
static const struct demo_course *course_of(const struct world *w, size_t cohort, int k)
{
	int programme = w->cohorts[cohort].programme;
	size_t count = w->course_count[programme];
	size_t at = (cohort * COURSES_EACH + (size_t)k) % count;

	return w->course[programme][at].thesis ? &w->course[programme][(at + 1) % count] :
	       &w->course[programme][at];
}

/* Another cohort of the programme that has the course too, for who has to take
 * it at another time; COHORT itself when there is none. */
static size_t host_of(const struct next_term *n, size_t cohort, int64_t course_id)
{
	const struct world *w = n->w;

	for (size_t step = 1; step < w->cohort_count; step++) {
		size_t other = (cohort + step) % w->cohort_count;

		if (w->cohorts[other].programme != w->cohorts[cohort].programme || !n->members[other])
			continue;
		for (int k = 0; k < COURSES_EACH; k++)
			if (course_of(w, other, k)->id == course_id)
				return other;
	}
	return cohort;
}

static int student_enrol(struct next_term *n, int64_t student, struct error *err)
{
	struct world *w = n->w;
	size_t cohort = (size_t)w->student[student].cohort;

	for (int k = 0; k < COURSES_EACH; k++) {
		struct enrolment *e = record_new(&n->arena, &enrolment_fields);
		const struct demo_course *course = course_of(w, cohort, k);
		bool guest = demo_pick(w, STREAM_NEXT_TERM, (uint64_t)student * 2 + (uint64_t)k, 100) <
			     GUESTS_PERCENT;

		e->student_id = w->first_student_id + student;
		e->course_id = course->id;
		e->term_id = w->term_id[INTAKES];
		e->cohort_id = w->cohorts[guest ? host_of(n, cohort, course->id) : cohort].id;
		e->state = ENROL_ENROLLED;
		if (demo_put(w, KIND_ENROLMENT, e, err) < 0)
			return err->code;
	}
	return 0;
}

static int rooms_add(struct next_term *n, size_t have, size_t bases, struct error *err)
{
	static const char *const sites[SITES] = { "顺义工厂", "采育工厂", "株洲工厂" };
	static const char letters[SITES] = { 'S', 'C', 'Z' };
	static const int64_t seats[] = { 40, 48, 40, 60 };
	size_t wanted = n->w->cohort_count * ROOMS_PER_80 / 80;
	size_t wanted_bases = n->w->cohort_count * BASES_PER_80 / 80;

	if (wanted < ROOMS_PER_80)
		wanted = ROOMS_PER_80;
	if (wanted_bases < BASES_PER_80)
		wanted_bases = BASES_PER_80;
	for (size_t i = 0; have + i < wanted; i++) {
		struct room *room = record_new(&n->arena, &room_fields);
		bool base = bases < wanted_bases;

		room->site = sites[i % SITES];
		room->code = arena_printf(&n->arena, base ? "%c-B%zu" : "%c%zu", letters[i % SITES],
					  base ? i + 2 : 500 + i);
		room->name = arena_printf(&n->arena, base ? "%s 实训线 %zu" : "%s 教室 %zu",
					  sites[i % SITES], i + 10);
		room->kind = base ? ROOM_BASE : ROOM_CLASSROOM;
		room->capacity = base ? 45 : seats[i % 4];
		if (base) {
			room->base_owner = sites[i % SITES];
			room->safety_rank = 1;
			bases++;
		}
		if (demo_put(n->w, KIND_ROOM, room, err) < 0)
			return err->code;
	}
	return 0;
}

static int teachers_add(struct next_term *n, size_t have, struct error *err)
{
	size_t wanted = n->w->cohort_count * TEACHERS_PER_80 / 80;

	if (wanted < TEACHERS_PER_80)
		wanted = TEACHERS_PER_80;
	for (size_t i = have; i < wanted; i++) {
		struct person *person = record_new(&n->arena, &person_fields);
		struct teacher *teacher = record_new(&n->arena, &teacher_fields);

		person->full_name = arena_printf(&n->arena, "教师%zu", i + 1);
		person->doc_kind = DOC_OTHER;
		person->doc_no = arena_printf(&n->arena, "NEXT-%05zu", i + 1);
		person->sex = SEX_U;
		person->consent_on = n->w->today - 1000;
		if (demo_put(n->w, KIND_PERSON, person, err) < 0)
			return err->code;
		teacher->person_id = person->id;
		teacher->kind = i % 5 == 0 ? TEACHER_MENTOR : TEACHER_PART_TIME;
		teacher->max_day_min = 480;
		if (demo_put(n->w, KIND_TEACHER, teacher, err) < 0)
			return err->code;
	}
	return 0;
}

static int places_add(struct next_term *n, struct error *err)
{
	const struct filter of_bases[] = { FILTER_INT("kind", ROOM_BASE) };
	int64_t rooms, bases, teachers;

	if (tx_count(n->w->tx, KIND_ROOM, NULL, 0, &rooms, err) < 0 ||
	    tx_count(n->w->tx, KIND_ROOM, of_bases, 1, &bases, err) < 0 ||
	    tx_count(n->w->tx, KIND_TEACHER, NULL, 0, &teachers, err) < 0 ||
	    rooms_add(n, (size_t)rooms, (size_t)bases, err) < 0)
		return err->code;
	return teachers_add(n, (size_t)teachers, err);
}

int demo_next_term(struct world *w, struct error *err)
{
	struct next_term n = { .w = w, .arena = ARENA_INIT };
	int rc = 0;

	if (w->students < NEXT_TERM_FROM)
		return 0;
	n.members = arena_array(w->arena, w->cohort_count, sizeof *n.members);
	for (int64_t s = 0; s < w->students; s++)
		if (w->student[s].status == STUDENT_ACTIVE)
			n.members[w->student[s].cohort]++;
	rc = places_add(&n, err);
	for (int64_t s = 0; s < w->students && rc == 0; s++) {
		if (w->student[s].status == STUDENT_ACTIVE && w->course_count[w->student[s].programme])
			rc = student_enrol(&n, s, err);
		if (s % 1000 == 999)
			arena_clear(&n.arena);
	}
	arena_release(&n.arena);
	return rc;
}
