/* credit_fixture.h: the fixture of DOMAIN.md 5.7 in C: programmes, courses,
 * rules and cap profiles. */
#ifndef OV_TESTS_CREDIT_FIXTURE_H
#define OV_TESTS_CREDIT_FIXTURE_H

#include "core/rules/credit.h"

enum { AUTO = 1, LOG = 2, MECH = 4 };

#define NONE OV_NULL
#define TEXTS(...) { (const char *const[]){ __VA_ARGS__ }, \
	sizeof (const char *const[]){ __VA_ARGS__ } / sizeof (const char *) }
#define RULE_NULLS .effective_to = NONE, .need_count = NONE, .min_level = NONE, \
	.min_mark = NONE, .min_ratio_bp = NONE, .max_age_years = NONE, .amount_centi = NONE, \
	.hours_per_credit = NONE, .step_centi = NONE, .rule_max_centi = NONE

struct fixture_rule {
	int programmes;
	struct credit_rule rule;
};

#define DAY_2015 16436 /* 2015-01-01 */
#define DAY_2018 17532 /* 2018-01-01 */

#define FROM_2015 .version = 1, .active = true, .effective_from = DAY_2015
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Woverride-init"
static const struct fixture_rule fixture_rules[] = {
	{ LOG, { RULE_NULLS, FROM_2015, .code = "R-001", .kind = RULE_TC, .source_class = CLASS_S4,
	  .sources = TEXTS("T-POST"), .targets = TEXTS("L301", "L302", "L303"), .min_level = 4 } },
	{ AUTO, { RULE_NULLS, FROM_2015, .code = "R-002", .kind = RULE_TC, .source_class = CLASS_S4,
	  .sources = TEXTS("T-WELD"), .targets = TEXTS("C302"), .min_level = 4, .priority = 10 } },
	{ AUTO, { RULE_NULLS, FROM_2015, .code = "R-003", .kind = RULE_TC, .source_class = CLASS_S4,
	  .sources = TEXTS("T-WELD"), .targets = TEXTS("C302", "C203"), .min_level = 3,
	  .priority = 20 } },
	{ AUTO, { RULE_NULLS, FROM_2015, .code = "R-004", .kind = RULE_CC, .source_class = CLASS_S2,
	  .sources = TEXTS("EXT-CAD"), .targets = TEXTS("C201"), .min_mark = 6000,
	  .min_ratio_bp = 8000 } },
	{ AUTO | LOG, { RULE_NULLS, FROM_2015, .code = "R-005", .kind = RULE_TX,
	  .source_class = CLASS_S4, .sources = TEXTS("T-SAFE"), .module = "M4",
	  .amount_centi = 200, .effective_to = DAY_2018 } },
	{ AUTO | LOG, { RULE_NULLS, .code = "R-005", .version = 2, .active = true,
	  .effective_from = DAY_2018, .kind = RULE_TX, .source_class = CLASS_S4,
	  .sources = TEXTS("T-SAFE"), .module = "M4", .amount_centi = 150 } },
	{ AUTO | LOG, { RULE_NULLS, FROM_2015, .code = "R-006", .kind = RULE_NM,
	  .source_class = CLASS_S4, .sources = TEXTS("MC-1", "MC-2", "MC-3", "MC-4", "MC-5"),
	  .targets = TEXTS("C401"), .min_mark = 6000, .need_count = 3 } },
	{ AUTO | LOG, { RULE_NULLS, FROM_2015, .code = "R-007", .kind = RULE_OA,
	  .source_class = CLASS_S4, .sources = TEXTS("OPEN-*"), .module = "M4", .min_mark = 6000,
	  .hours_per_credit = 18, .step_centi = 50, .rule_max_centi = 600 } },
	{ AUTO | LOG, { RULE_NULLS, FROM_2015, .code = "R-008", .kind = RULE_CC,
	  .source_class = CLASS_S1, .sources = TEXTS("OUC-C101"), .targets = TEXTS("C101"),
	  .min_mark = 6000, .min_ratio_bp = 8000 } },
	{ AUTO, { RULE_NULLS, FROM_2015, .code = "R-009", .kind = RULE_TX, .source_class = CLASS_S4,
	  .sources = TEXTS("T-MAINT"), .module = "M3", .amount_centi = 1000, .min_level = 3 } },
	{ AUTO | LOG, { RULE_NULLS, .code = "R-010", .version = 1, .effective_from = DAY_2015,
	  .kind = RULE_TC, .source_class = CLASS_S4, .sources = TEXTS("T-FORK"),
	  .targets = TEXTS("C402") } },
	{ AUTO | LOG, { RULE_NULLS, FROM_2015, .code = "R-011", .kind = RULE_TC,
	  .source_class = CLASS_S4, .sources = TEXTS("T-EXCEL"), .targets = TEXTS("C101"),
	  .min_level = 5, .max_age_years = 5 } },
	{ MECH, { RULE_NULLS, FROM_2015, .code = "R-012", .kind = RULE_CC, .source_class = CLASS_S3,
	  .sources = TEXTS("SELF-MECH"), .targets = TEXTS("B301"), .min_mark = 6000,
	  .min_ratio_bp = 8000 } },
};
#pragma GCC diagnostic pop

static const struct {
	int programmes;
	struct credit_course course;
} fixture_courses[] = {
	{ AUTO | LOG, { "C101", "M1", 300 } }, { AUTO | LOG, { "C102", "M1", 300 } },
	{ AUTO, { "C201", "M2", 400 } }, { AUTO, { "C202", "M2", 400 } },
	{ AUTO, { "C203", "M2", 300 } }, { AUTO, { "C301", "M3", 500 } },
	{ AUTO, { "C302", "M3", 400 } }, { AUTO, { "C303", "M3", 400 } },
	{ AUTO | LOG, { "C401", "M4", 200 } }, { AUTO | LOG, { "C402", "M4", 200 } },
	{ AUTO, { "C501", "M5", 600 } }, { LOG, { "L301", "M3", 300 } },
	{ LOG, { "L302", "M3", 200 } }, { LOG, { "L303", "M3", 300 } },
	{ MECH, { "B301", "M3", 400 } }, { MECH, { "B302", "M3", 350 } },
};

static const struct credit_module fixture_modules[] = {
	{ "M1", NONE, 0 }, { "M2", NONE, 0 }, { "M3", NONE, 0 }, { "M4", 1200, 0 }, { "M5", NONE, 0 },
};

static const struct credit_caps cap_a = { 3500, { NONE, NONE, NONE, NONE }, false };
static const struct credit_caps cap_b = { NONE, { 10000, 4000, 10000, 5000 }, true };

enum { FIXTURE_RULES = 13, FIXTURE_COURSES = 16, FIXTURE_MODULES = 5 };

/* An input for one programme, with room to change anything. */
struct fixture {
	struct credit_input input;
	struct credit_rule rules[FIXTURE_RULES + 4];
	struct credit_course courses[FIXTURE_COURSES];
	struct credit_module modules[FIXTURE_MODULES];
};

static inline void fixture_init(struct fixture *fixture, int programme, int64_t submitted_on,
				const struct credit_caps *caps)
{
	struct credit_input *in = &fixture->input;

	*fixture = (struct fixture){ .input = {
		.student_active = true, .submitted_on = submitted_on, .caps = *caps,
		.base_centi = programme == MECH ? 7100 : 7600,
		.rules = fixture->rules, .courses = fixture->courses, .modules = fixture->modules,
		.module_count = FIXTURE_MODULES } };
	for (int i = 0; i < FIXTURE_RULES; i++)
		if (fixture_rules[i].programmes & programme)
			fixture->rules[in->rule_count++] = fixture_rules[i].rule;
	for (int i = 0; i < FIXTURE_COURSES; i++)
		if (fixture_courses[i].programmes & programme)
			fixture->courses[in->course_count++] = fixture_courses[i].course;
	for (int i = 0; i < FIXTURE_MODULES; i++)
		fixture->modules[i] = fixture_modules[i];
}

#endif
