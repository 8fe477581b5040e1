/* The solver: what it counts, what it finds, what it promises. */
#include "tests/screen/cmocka.h"

#include <stdlib.h>
#include <string.h>

#include "core/planner/anneal.h"
#include "core/planner/solver.h"
#include "tests/unit/planner_world.h"

enum { ALL_FLAGS = WORLD_LONG | WORLD_LOCKS | WORLD_ODD };

static void assert_counts(const struct anneal *a, struct place *places)
{
	struct problem_cost cost;

	state_save(&a->now, places);
	problem_evaluate(a->t->problem, places, &cost);
	/* Forbidden and unlocked places come of locks alone and never change. */
	assert_int_equal(a->now.hard, cost.unplaced + cost.clashes);
	assert_int_equal(cost.crowded, 0);
	assert_int_equal(a->now.soft, cost.soft);
}

/* Whatever moves were made, the counters say what counting from nothing says. */
static void counters_are_true(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 160; seed++) {
		struct arena arena = ARENA_INIT;
		const struct problem *p = planner_world(&arena, seed, 12 + (int32_t)seed % 60,
							(unsigned)seed & ALL_FLAGS);
		struct place *places = arena_array(&arena, (size_t)p->event_count, sizeof *places);
		struct error err = ERROR_INIT;
		struct tables *t;
		struct anneal a;

		assert_int_equal(problem_check(p, &err), 0);
		t = tables_new(p);
		anneal_init(&a, t, seed, NULL);
		for (int64_t done = 0; done <= 1000000; done += 100000) {
			anneal_block(&a, done);
			assert_counts(&a, places);
		}
		anneal_release(&a);
		tables_free(t);
		arena_release(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counters_are_true),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
