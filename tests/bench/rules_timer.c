/* rules_timer: reckoning a claim of 20 lines under 4,278 rules, and a search for
 * ways among as many, beside the least that must be done: comparing each line's
 * code with each rule's sources. Prints microseconds of the processor: claim, comparing, ways. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/rules/route.h"

enum { RULES = 4278, LINES = 20, TYPES = 1500, COURSES = 60, MODULES = 5, ROUNDS = 51 };

static struct credit_rule rules[RULES];
static const char *sources[RULES][2], *targets[RULES][3];
static struct credit_course courses[COURSES];
static struct credit_module modules[MODULES];
static struct grad_module least[MODULES];
static struct credit_line lines[LINES];
static struct route_type types[TYPES];
static char names[TYPES][12], codes[RULES][12], course_names[COURSES][8];
static const char *const module_names[MODULES] = { "M1", "M2", "M3", "M4", "M5" };

static int64_t now_us(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return ts.tv_sec * INT64_C(1000000) + ts.tv_nsec / 1000;
}

static uint64_t seed = 1;

static int below(int n)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int)((seed >> 33) % (uint64_t)n);
}

static void rules_make(void)
{
	for (int i = 0; i < RULES; i++) {
		struct credit_rule *rule = &rules[i];
		bool amount = below(4) == 0;

		snprintf(codes[i], sizeof codes[i], "R-%d", i + 1);
		*rule = (struct credit_rule){
			.code = codes[i], .version = 1, .kind = amount ? RULE_TX : RULE_TC,
			.source_class = CLASS_S4, .active = true, .effective_from = 16436,
			.effective_to = OV_NULL, .need_count = OV_NULL,
			.min_level = below(2) ? below(5) + 1 : OV_NULL, .min_mark = OV_NULL,
			.min_ratio_bp = OV_NULL, .max_age_years = OV_NULL,
			.amount_centi = amount ? (below(8) + 1) * 50 : OV_NULL,
			.hours_per_credit = OV_NULL, .step_centi = OV_NULL,
			.rule_max_centi = OV_NULL, .priority = below(3),
			.module = amount ? module_names[below(MODULES)] : NULL,
		};
		sources[i][0] = names[below(TYPES)];
		sources[i][1] = names[below(TYPES)];
		rule->sources = (struct credit_texts){ sources[i], 2 };
		for (int t = 0; t < 3; t++)
			targets[i][t] = course_names[below(COURSES)];
		rule->targets = (struct credit_texts){ targets[i], amount ? 0 : 1 + (size_t)below(3) };
	}
}

static void world_make(struct route_input *input)
{
	for (int i = 0; i < TYPES; i++) {
		snprintf(names[i], sizeof names[i], "T-%04d", i);
		types[i] = (struct route_type){ names[i], names[i], CERT_VQ };
	}
	for (int i = 0; i < COURSES; i++) {
		snprintf(course_names[i], sizeof course_names[i], "C%03d", i);
		courses[i] = (struct credit_course){ course_names[i], module_names[i % MODULES],
						     (below(8) + 2) * 50 };
	}
	for (int i = 0; i < MODULES; i++) {
		modules[i] = (struct credit_module){ module_names[i], OV_NULL, 0 };
		least[i] = (struct grad_module){ module_names[i], 1200, 0 };
	}
	rules_make();
	for (int i = 0; i < LINES; i++)
		lines[i] = (struct credit_line){
			.line_no = i + 1, .source = names[below(TYPES)], .source_id = course_names[i],
			.level = 2, .mark = 8000, .credit_centi = OV_NULL, .hours = OV_NULL,
			.dated_on = 16800, .expires_on = OV_NULL, .verified = true,
			.opinion = { .centi = OV_NULL } };
	*input = (struct route_input){
		.credit = { .student_active = true, .submitted_on = 16861, .base_centi = 7600,
			    .rules = rules, .rule_count = RULES, .modules = modules,
			    .module_count = MODULES, .courses = courses, .course_count = COURSES,
			    .caps = { 3500, { OV_NULL, OV_NULL, OV_NULL, OV_NULL }, false },
			    .lines = lines, .line_count = LINES },
		.graduation = { .student_active = true, .registered_on = 16436,
				.checked_on = 16861, .min_months = OV_NULL, .max_months = OV_NULL,
				.min_total_centi = 7600, .modules = least,
				.module_count = MODULES, .overall_bp = 3500,
				.certificate_needed = true },
		.types = types, .type_count = TYPES,
	};
}

static int order(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static int64_t median(int64_t *taken, int count)
{
	qsort(taken, (size_t)count, sizeof *taken, order);
	return taken[count / 2];
}

int main(void)
{
	int64_t claim[ROUNDS], floor[ROUNDS], ways[3];
	volatile size_t found = 0;
	struct route_input input;

	world_make(&input);
	for (int round = 0; round < ROUNDS; round++) {
		struct arena arena = ARENA_INIT;
		struct credit_result result;
		int64_t from = now_us();

		credit_calculate(&input.credit, &arena, &result);
		claim[round] = now_us() - from;
		arena_release(&arena);
		from = now_us();
		for (int i = 0; i < LINES; i++)
			for (int r = 0; r < RULES; r++)
				for (size_t s = 0; s < rules[r].sources.count; s++)
					found += !strcmp(rules[r].sources.item[s], lines[i].source);
		floor[round] = now_us() - from;
	}
	for (int round = 0; round < 3; round++) {
		struct arena arena = ARENA_INIT;
		struct route_result result;
		int64_t from = now_us();

		route_find(&input, &arena, &result);
		ways[round] = now_us() - from;
		arena_release(&arena);
	}
	printf("%lld %lld %lld\n", (long long)median(claim, ROUNDS),
	       (long long)median(floor, ROUNDS), (long long)median(ways, 3));
	return found == 0;
}
