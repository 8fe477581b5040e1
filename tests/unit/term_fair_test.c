/* Night weeks in a draft: what the planner counts of them is what the rules report. */
#include "tests/unit/shared.h"

#include "core/planner/random.h"
#include "core/rules/conflict_soft.h"
#include "core/store/commands/planning_args.h"
#include "core/timetable/term.h"

enum { DAYS = 28, CREWS = 3, LEARNERS = 20, LESSONS = 12, HELD = 4 };

/* One course of one cohort, taught in LESSONS meetings, for crews on cycles drawn by
 * chance. */
struct world {
	struct arena arena;
	struct bundle bundle;
	struct planner_options planner;
	struct term_options options;
	struct term_problem *term;
	struct random random;
	char cycle[CREWS][12];
	int64_t offset[CREWS], learners[CREWS], day_start, night_start;
	int64_t held[HELD]; /* days on which the course was taught already */
	int crews, held_count;
};

static void *add(struct world *w, const struct field_table *table)
{
	void *record = record_new(&w->arena, table);

	bundle_add(&w->bundle, table, record);
	return record;
}

static void crew_add(struct world *w, int i)
{
	struct shift_pattern *pattern = add(w, &shift_pattern_fields);
	struct plan_crew *crew = add(w, &plan_crew_fields);
	int len = 3 + random_below(&w->random, 8);

	for (int k = 0; k < len; k++)
		w->cycle[i][k] = "DNRRR"[random_below(&w->random, 5)];
	pattern->id = i + 1;
	pattern->kind = SHIFT_CYCLE;
	pattern->cycle = w->cycle[i];
	pattern->anchor_on = w->options.from;
	pattern->d_start = pattern->e_start = w->day_start;
	pattern->n_start = w->night_start;
	pattern->d_len = pattern->e_len = pattern->n_len = 480;
	w->offset[i] = random_below(&w->random, 5);
	crew->cohort_id = 1;
	crew->pattern_id = pattern->id;
	crew->team_offset = w->offset[i];
	crew->learners = w->learners[i];
}

static void held_add(struct world *w)
{
	struct session *session = add(w, &session_fields);
	struct session_cohort *link = add(w, &session_cohort_fields);

	session->id = link->session_id = w->held_count + 1;
	session->course_id = session->teacher_id = session->room_id = 1;
	session->on_date = w->options.from + random_below(&w->random, DAYS);
	session->start_min = 600;
	session->end_min = 720;
	session->state = SESSION_HELD;
	link->cohort_id = 1;
	w->held[w->held_count++] = session->on_date;
}

static void world_open(struct world *w, uint64_t seed)
{
	struct plan_need *need;
	struct teacher *teacher;
	struct room *room;
	int64_t left = LEARNERS;

	memset(w, 0, sizeof *w);
	random_seed(&w->random, seed);
	bundle_init(&w->bundle, &w->arena);
	planner_options_init(&w->planner);
	w->planner.shift = 0;
	w->options = (struct term_options){ .planner = &w->planner };
	date_parse("2026-03-02", &w->options.from);
	w->options.to = w->options.from + DAYS - 1;
	((struct term *)add(w, &term_fields))->code = "2026S";
	((struct calendar_version *)add(w, &calendar_version_fields))->year = 2026;
	room = add(w, &room_fields);
	room->id = 1;
	room->code = room->site = "R1";
	room->kind = ROOM_CLASSROOM;
	room->capacity = 30;
	teacher = add(w, &teacher_fields);
	teacher->id = 1;
	teacher->max_day_min = 480;
	need = add(w, &plan_need_fields);
	need->cohort_id = need->course_id = 1;
	need->cohort = need->course = "G1";
	need->hours = LESSONS * 120 * 100 / 40 / 45;
	need->course_kind = COURSE_REGULAR;
	need->learners = LEARNERS;
	need->site = "R1";
	need->tolerance = 100;
	w->day_start = 480;
	w->night_start = random_below(&w->random, 2) ? 0 : 1200; /* or in the early hours */
	w->crews = 1 + random_below(&w->random, CREWS);
	for (int i = 0; i < w->crews; i++) {
		w->learners[i] = i + 1 == w->crews ? left : 1 + random_below(&w->random, (int32_t)left - 4);
		left -= w->learners[i];
		crew_add(w, i);
	}
}

static void world_close(struct world *w)
{
	term_problem_free(w->term);
	arena_release(&w->arena);
}

/* The same crews and meetings as the rules take them. */
static void judge(struct world *w, const struct problem *p, const struct place *places,
		  struct conflict_list *list)
{
	const struct conflict_shift shifts[] = { { w->day_start, w->day_start + 480 },
						 { w->night_start, w->night_start + 480 } };
	struct conflict_pattern patterns[CREWS];
	struct conflict_student students[LEARNERS];
	struct conflict_meeting meetings[LESSONS * 2 + HELD];
	struct conflict_soft_limits limits;
	int slots[CREWS][12], members[LEARNERS], cohort = 0, at = 0;
	const struct conflict_cohort cohorts = { { members, LEARNERS } };
	const struct conflict_session session = { .cohorts = { &cohort, 1 }, .course = 1 };
	const int64_t per_day = p->slot_count / DAYS, year = 2026;
	const struct conflict_input input = {
		.calendar = { .years = &year, .year_count = 1 }, .patterns = patterns,
		.students = students, .cohorts = &cohorts, .sessions = &session, .meetings = meetings,
		.pattern_count = (size_t)w->crews, .student_count = LEARNERS, .cohort_count = 1,
		.session_count = 1, .meeting_count = (size_t)(p->event_count + w->held_count) };

	for (int i = 0; i < w->crews; i++) {
		size_t len = strlen(w->cycle[i]);

		for (size_t k = 0; k < len; k++)
			slots[i][k] = w->cycle[i][k] == 'D' ? 0 : w->cycle[i][k] == 'N' ? 1 : -1;
		patterns[i] = (struct conflict_pattern){ .anchor = w->options.from,
			.slots = { slots[i], len }, .shifts = shifts, .shift_count = 2 };
		for (int64_t k = 0; k < w->learners[i]; k++, at++) {
			members[at] = at;
			students[at] = (struct conflict_student){ .pattern = i, .offset = w->offset[i] };
		}
	}
	for (int32_t e = 0; e < p->event_count; e++) {
		int64_t start = conflict_minute(w->options.from + places[e].slot / per_day, 600);

		meetings[e] = (struct conflict_meeting){ .time = { start, start + 120 }, .room = -1 };
	}
	for (int i = 0; i < w->held_count; i++)
		meetings[p->event_count + i] = (struct conflict_meeting){ .time = {
			conflict_minute(w->held[i], 600), conflict_minute(w->held[i], 720) }, .room = -1 };
	conflict_soft_limits_init(&limits);
	conflict_soft_find(&input, &limits, &w->arena, list);
}

static const struct conflict_finding *unfair(const struct conflict_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->item[i].kind == CONFLICT_CREW_UNFAIR)
			return &list->item[i];
	return NULL;
}

static int64_t large_crews(const struct world *w)
{
	int64_t count = 0;

	for (int i = 0; i < w->crews; i++)
		count += w->learners[i] * 4 >= LEARNERS;
	return count;
}

/* Timetables by chance: the cost is there just when the rules have something to say, and
 * with one crew that counts it is for what they name. */
static void the_planner_counts_as_the_rules_do(void **state)
{
	int64_t unfair_worlds = 0, fair_worlds = 0, alone = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 400; seed++) {
		const struct conflict_finding *found;
		struct error err = ERROR_INIT;
		struct conflict_list list;
		struct problem_cost cost;
		struct place places[LESSONS * 2];
		const struct problem *p;
		struct world w;

		world_open(&w, seed);
		for (int i = random_below(&w.random, HELD + 1); i > 0; i--)
			held_add(&w);
		assert_int_equal(term_problem_new(&w.bundle, &w.options, &w.term, &err), 0);
		p = term_problem_of(w.term);
		assert_in_range(p->event_count, LESSONS - HELD, LESSONS * 2);
		for (int32_t e = 0; e < p->event_count; e++)
			places[e] = (struct place){ random_below(&w.random, p->slot_count / DAYS * (DAYS / 2)) *
						    (e % 2 ? 1 : 2), 0 };
		/* From the first day to the last, so that both look at the same days. */
		places[0].slot = 0;
		places[1].slot = p->slot_count - 4;
		problem_evaluate(p, places, &cost);
		judge(&w, p, places, &list);
		found = unfair(&list);
		assert_int_equal(cost.share > 0, found != NULL);
		assert_int_equal(cost.share % w.planner.crew_fair, 0);
		unfair_worlds += found != NULL;
		fair_worlds += !found;
		if (found && large_crews(&w) == 1) {
			assert_int_equal(cost.share / w.planner.crew_fair,
					 found->count - found->of * 60 / 100);
			alone++;
		}
		world_close(&w);
	}
	assert_true(unfair_worlds > 40 && fair_worlds > 40 && alone > 20);
}

/* Where a crew of four would have to miss work on all other days, all meetings lie in
 * the night week of the others, unless that costs more. */
static void a_draft_is_fair_to_the_crew(void **state)
{
	(void)state;
	for (int fair = 0; fair < 2; fair++) {
		struct solver_options solving = { .seed = 1, .iterations = 60000 };
		struct error err = ERROR_INIT;
		struct problem_cost cost;
		struct solver *solver;
		int64_t nights = 0, per_day;
		const struct place *best;
		struct world w;

		world_open(&w, 1);
		for (size_t i = 0; i < 2; i++) {
			struct shift_pattern *pattern = add(&w, &shift_pattern_fields);
			struct plan_crew *crew = add(&w, &plan_crew_fields);

			pattern->id = 10 + (int64_t)i;
			pattern->kind = SHIFT_CYCLE;
			pattern->anchor_on = w.options.from;
			pattern->cycle = i ? "RRRDDDDDDDDDDDDDDDDDDDDDDDRR" :
					     "NRRRRRRRRRRRRRRRRRRRRRRRRRRR";
			pattern->d_start = 0;
			pattern->d_len = 1440;
			pattern->n_start = 1200;
			pattern->n_len = 480;
			crew->cohort_id = 1;
			crew->pattern_id = pattern->id;
			crew->team_offset = 0;
			crew->learners = i ? 4 : 16;
		}
		/* Only these two: the first ones are of the world by chance. */
		((struct record_list *)bundle_list(&w.bundle, &plan_crew_fields))->items += w.crews;
		((struct record_list *)bundle_list(&w.bundle, &plan_crew_fields))->count -= (size_t)w.crews;
		w.planner.shift = 1;
		w.planner.spread = 0;
		w.planner.least_percent = 50; /* no twins */
		w.planner.crew_fair = fair ? 1000 : 0;
		assert_int_equal(term_problem_new(&w.bundle, &w.options, &w.term, &err), 0);
		solver = solver_new(term_problem_of(w.term), &solving);
		assert_true(solver_step(solver, 1000));
		best = solver_best(solver, &cost);
		assert_int_equal(cost.hard, 0);
		assert_int_equal(cost.share, 0);
		per_day = term_problem_of(w.term)->slot_count / DAYS;
		for (int32_t e = 0; e < LESSONS; e++)
			nights += best[e].slot / per_day <= 2 || best[e].slot / per_day >= 26;
		assert_int_equal(nights, fair ? LESSONS * 60 / 100 : LESSONS);
		solver_free(solver);
		world_close(&w);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_planner_counts_as_the_rules_do),
		cmocka_unit_test(a_draft_is_fair_to_the_crew),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
