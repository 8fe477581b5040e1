#include "tests/unit/term_small.h"

enum { MOVES = 60000 };

void *small_add(struct small *s, const struct field_table *table)
{
	void *record = record_new(&s->arena, table);

	bundle_add(&s->bundle, table, record);
	return record;
}

struct plan_need *small_need(struct small *s, int64_t cohort, int64_t course, int64_t hours)
{
	struct plan_need *need = small_add(s, &plan_need_fields);

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

struct room *small_room(struct small *s, int64_t id, int64_t capacity)
{
	struct room *room = small_add(s, &room_fields);

	room->id = id;
	room->code = arena_printf(&s->arena, "R%lld", (long long)id);
	room->kind = ROOM_CLASSROOM;
	room->site = "here";
	room->capacity = capacity;
	return room;
}

void small_teacher(struct small *s, int64_t id)
{
	struct teacher *teacher = small_add(s, &teacher_fields);

	teacher->id = id;
	teacher->kind = TEACHER_FULL_TIME;
	teacher->max_day_min = 480;
}

struct session *small_session(struct small *s, int64_t id, int64_t cohort, const char *day,
				   int64_t start)
{
	struct session *session = small_add(s, &session_fields);
	struct session_cohort *link = small_add(s, &session_cohort_fields);

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
void small_crew(struct small *s, int64_t cohort, const char *cycle, int64_t start, int64_t len,
		     int64_t learners)
{
	struct shift_pattern *pattern = small_add(s, &shift_pattern_fields);
	struct plan_crew *crew = small_add(s, &plan_crew_fields);

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

void small_open(struct small *s)
{
	struct calendar_version *version;
	struct term *term;

	memset(s, 0, sizeof *s);
	bundle_init(&s->bundle, &s->arena);
	planner_options_init(&s->planner);
	s->options = (struct term_options){ .planner = &s->planner };
	date_parse("2026-03-02", &s->options.from);
	s->options.to = s->options.from + 13;
	term = small_add(s, &term_fields);
	term->id = 1;
	term->code = "2026S";
	version = small_add(s, &calendar_version_fields);
	version->year = 2026;
	small_room(s, 1, 30);
	small_teacher(s, 1);
}

void small_close(struct small *s)
{
	term_problem_free(s->term);
	arena_release(&s->arena);
}

int small_solve(struct small *s)
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

const struct plan_meeting_item *small_meeting(const struct small *s, size_t i)
{
	assert_true(i < s->answer.meetings.count);
	return s->answer.meetings.items[i];
}

const struct plan_blocker_item *small_blocker(const struct small *s, const char *kind)
{
	for (size_t i = 0; i < s->answer.blockers.count; i++) {
		const struct plan_blocker_item *item = s->answer.blockers.items[i];

		if (!strcmp(item->kind, kind))
			return item;
	}
	fail_msg("no blocker %s", kind);
	return NULL;
}
