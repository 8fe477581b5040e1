/* rules_fixture.h: the fixture of an overpass-vectors/1 file as the structs of
 * core/rules. Only the files of rules_file include it. */
#ifndef OV_CODEC_RULES_FIXTURE_H
#define OV_CODEC_RULES_FIXTURE_H

#include "core/codec/json_reader.h"
#include "core/rules/credit.h"
#include "core/rules/identifier.h"
#include "core/rules/shift.h"

/* Bounds of a file: above what any institution publishes, below what would
 * keep a machine busy. */
enum { FIXTURE_ITEMS = 10000, CASE_LINES = 1000 };

struct fixture_module {
	const char *code;
	int64_t min_centi, transfer_max_centi;
};

struct fixture_programme {
	const char *code;
	int64_t min_total_centi, min_months, max_months;
	bool two_cert_required;
	struct fixture_module *modules;
	size_t module_count;
};

struct fixture_course {
	struct credit_course course;
	struct credit_texts programmes;
};

struct fixture_cap {
	const char *code;
	struct credit_caps caps;
};

struct fixture_rule {
	struct credit_rule rule;
	struct credit_texts programmes;
};

struct fixture_pattern {
	const char *code;
	struct shift_cycle cycle;
};

struct rules_fixture {
	struct fixture_programme *programmes;
	struct fixture_course *courses;
	struct fixture_cap *caps;
	struct fixture_rule *rules;
	struct fixture_pattern *patterns;
	size_t programme_count, course_count, cap_count, rule_count, pattern_count;
	struct number_plan plan;
	int64_t today;
};

/* Reads the member `fixture` of the root. Returns 0 or OV_EINPUT. */
int rules_fixture_read(struct json_reader *reader, struct rules_fixture *fixture);

const struct fixture_programme *fixture_programme_find(const struct rules_fixture *fixture,
						       const char *code);
const struct fixture_cap *fixture_cap_find(const struct rules_fixture *fixture, const char *code);
const struct fixture_pattern *fixture_pattern_find(const struct rules_fixture *fixture,
						   const char *code);
bool fixture_texts_have(const struct credit_texts *texts, const char *text);

/* The enum member of a text member; fails when it is none of the table's. */
int64_t json_get_enum(struct json_reader *reader, json_t *object, const char *key,
		      const struct enum_table *table);

#endif
