/* Ways to graduation on the fixture of DOMAIN.md 5.7. */
#include "tests/unit/shared.h"

#include <string.h>

#include "core/rules/route.h"
#include "tests/unit/credit_fixture.h"

enum { D_2016 = 16861 }; /* 2016-03-01 */

static const struct route_type fixture_types[] = {
	{ "T-POST", "Courier", CERT_VQ }, { "T-WELD", "Welder", CERT_VQ },
	{ "T-SAFE", "Safety", CERT_PS }, { "T-MAINT", "Repairer", CERT_VQ },
	{ "T-FORK", "Forklift", CERT_VQ }, { "T-EXCEL", "Computer", CERT_PS },
	{ "MC-1", "One", CERT_MC }, { "MC-2", "Two", CERT_MC }, { "MC-3", "Three", CERT_MC },
};

static const int64_t auto_least[] = { 600, 1100, 1300, 400, 600 };

struct world {
	struct fixture fixture;
	struct grad_module modules[5];
	struct credit_line lines[6];
	bool waiting[6], proving[6];
	struct route_input input;
	struct arena arena;
	struct route_result result;
};

/* The curriculum of P-ZK-AUTO in the fixture, which has 40.00 credits of courses. */
static void world_init(struct world *w)
{
	memset(w, 0, sizeof *w);
	fixture_init(&w->fixture, AUTO, D_2016, &cap_a);
	for (int i = 0; i < 5; i++)
		w->modules[i] = (struct grad_module){ fixture_modules[i].code, auto_least[i], 0 };
	w->input = (struct route_input){
		.credit = w->fixture.input, .waiting = w->waiting, .proving = w->proving,
		.graduation = {
			.student_active = true, .registered_on = DAY_2015, .checked_on = D_2016,
			.min_months = OV_NULL, .max_months = OV_NULL, .min_total_centi = 4000,
			.modules = w->modules, .module_count = 5, .overall_bp = 3500,
			.certificate_needed = true,
		},
		.types = fixture_types, .type_count = 9,
	};
	w->input.credit.base_centi = 4000;
	w->input.credit.lines = w->lines;
	arena_init(&w->arena);
}

static struct credit_line *hold(struct world *w, const char *code, int64_t level, int64_t mark)
{
	struct credit_line *line = &w->lines[w->input.credit.line_count++];

	*line = (struct credit_line){
		.line_no = (int64_t)w->input.credit.line_count, .source = code,
		.source_id = arena_printf(&w->arena, "held:%zu", w->input.credit.line_count),
		.level = level, .mark = mark, .credit_centi = OV_NULL, .hours = OV_NULL,
		.dated_on = DAY_2015, .expires_on = OV_NULL, .verified = true,
		.opinion = { .centi = OV_NULL },
	};
	return line;
}

static const struct route_step *step_find(const struct route_way *way, const char *code)
{
	for (size_t i = 0; i < way->count; i++)
		if (!strcmp(way->steps[i].code, code))
			return &way->steps[i];
	return NULL;
}

/* Nothing held: eleven courses and a certificate, or fewer by what certificates pay. */
static void nothing_held(void **state)
{
	const struct route_way *held, *steps;
	struct world w;

	(void)state;
	world_init(&w);
	route_find(&w.input, &w.arena, &w.result);
	held = &w.result.ways[0];
	assert_int_equal(held->aim, ROUTE_BY_HELD);
	assert_int_equal(held->step_count, 12);
	assert_int_equal(held->study_centi, 4000);
	assert_int_equal(held->unmet_centi, 0);
	assert_true(held->exact);
	assert_int_equal(held->steps[0].kind, ROUTE_PROVE);
	steps = &w.result.ways[1];
	/* T-MAINT pays 10.00 into M3, three of its courses; T-WELD the fourth there and
	 * one of M2, all within 14.00. Both serve as the second certificate. */
	assert_int_equal(steps->aim, ROUTE_BY_STEPS);
	assert_int_equal(steps->unmet_centi, 0);
	assert_true(steps->proved);
	assert_true(steps->step_count < held->step_count);
	assert_true(steps->transferred_centi <= 1400);
	arena_release(&w.arena);
}

/* Welder level 3 that is held is claimed for two courses, and proves. */
static void held_counts(void **state)
{
	const struct route_step *step;
	struct world w;

	(void)state;
	world_init(&w);
	hold(&w, "T-WELD", 3, OV_NULL);
	w.proving[0] = true;
	route_find(&w.input, &w.arena, &w.result);
	assert_int_equal(w.result.sources[0].granted_centi, 700);
	assert_string_equal(w.result.sources[0].targets, "C302 C203");
	assert_int_equal(w.result.then_centi, 700);
	assert_int_equal(w.result.modules[1].counted_centi, 300);
	step = step_find(&w.result.ways[0], "T-WELD");
	assert_non_null(step);
	assert_int_equal(step->kind, ROUTE_CLAIM);
	assert_int_equal(step->credit_centi, 700);
	assert_null(step_find(&w.result.ways[0], "C302"));
	assert_int_equal(w.result.ways[0].step_count, 10);
	assert_int_equal(w.result.ways[0].new_count, 0);
	for (size_t i = 0; i < w.result.way_count; i++)
		for (size_t k = 0; k < w.result.ways[i].count; k++)
			assert_false(w.result.ways[i].steps[k].kind == ROUTE_EARN &&
				     !strcmp(w.result.ways[i].steps[k].code, "T-WELD"));
	arena_release(&w.arena);
}

/* What waits in an open claim is no step; what paid already isn't earned again. */
static void waiting_and_past(void **state)
{
	static const struct route_past past[] = { { "T-MAINT", 2 }, { "T-SAFE", OV_NULL } };
	const struct route_step *step;
	struct world w;

	(void)state;
	world_init(&w);
	hold(&w, "T-WELD", 3, OV_NULL);
	w.waiting[0] = w.proving[0] = true;
	w.input.past = past;
	w.input.past_count = 2;
	route_find(&w.input, &w.arena, &w.result);
	step = step_find(&w.result.ways[0], "T-WELD");
	assert_non_null(step);
	assert_int_equal(step->kind, ROUTE_WAIT);
	assert_int_equal(w.result.ways[0].step_count, 9);
	for (size_t i = 0; i < w.result.way_count; i++) {
		assert_null(step_find(&w.result.ways[i], "T-MAINT"));
		assert_null(step_find(&w.result.ways[i], "T-SAFE"));
	}
	arena_release(&w.arena);
}

/* Where the curriculum can't be met at all, the shortfall that stays is said. */
static void out_of_reach(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	w.modules[4].min_centi = 1200;
	route_find(&w.input, &w.arena, &w.result);
	assert_int_equal(w.result.ways[0].unmet_centi, 600);
	assert_true(w.result.ways[0].exact);
	arena_release(&w.arena);
}

static bool stop_now(void *context)
{
	++*(int *)context;
	return true;
}

static void stops(void **state)
{
	struct world w;
	int asked = 0;

	(void)state;
	world_init(&w);
	w.input.stopped = stop_now;
	w.input.context = &asked;
	w.input.credit.caps = cap_b;
	w.input.credit.base_centi = 7600;
	route_find(&w.input, &w.arena, &w.result);
	if (asked) {
		assert_true(w.result.stopped);
	} else {
		assert_true(w.result.ways[0].exact);
	}
	arena_release(&w.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_held), cmocka_unit_test(held_counts),
		cmocka_unit_test(waiting_and_past), cmocka_unit_test(out_of_reach),
		cmocka_unit_test(stops),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
