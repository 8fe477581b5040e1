#include "core/codec/rules_fixture.h"

#include <string.h>

bool fixture_texts_have(const struct credit_texts *texts, const char *text)
{
	for (size_t i = 0; i < texts->count; i++)
		if (!strcmp(texts->item[i], text))
			return true;
	return false;
}

const struct fixture_programme *fixture_programme_find(const struct rules_fixture *fixture,
						       const char *code)
{
	for (size_t i = 0; i < fixture->programme_count; i++)
		if (!strcmp(fixture->programmes[i].code, code))
			return &fixture->programmes[i];
	return NULL;
}

const struct fixture_cap *fixture_cap_find(const struct rules_fixture *fixture, const char *code)
{
	for (size_t i = 0; i < fixture->cap_count; i++)
		if (!strcmp(fixture->caps[i].code, code))
			return &fixture->caps[i];
	return NULL;
}

const struct fixture_pattern *fixture_pattern_find(const struct rules_fixture *fixture,
						   const char *code)
{
	for (size_t i = 0; i < fixture->pattern_count; i++)
		if (!strcmp(fixture->patterns[i].code, code))
			return &fixture->patterns[i];
	return NULL;
}

int64_t json_get_enum(struct json_reader *reader, json_t *object, const char *key,
		      const struct enum_table *table)
{
	const char *text = json_get_text(reader, object, key);
	int64_t value = enum_find(table, text);

	if (value != OV_NULL)
		return value;
	json_reader_fail(reader, key, N_("is none of the values it may have"));
	return 0;
}

static struct credit_texts texts_read(struct json_reader *reader, json_t *object, const char *key)
{
	struct credit_texts texts;

	texts.item = (const char *const *)json_opt_texts(reader, object, key, &texts.count);
	return texts;
}

/* Reads each object of a list with READ into an array of items of SIZE. */
static void *list_read(struct json_reader *reader, json_t *object, const char *key, size_t size,
		       void (*read)(struct json_reader *, json_t *, void *), size_t *count)
{
	json_t *list = json_opt_list(reader, object, key), *item;
	char *items;
	size_t i;

	*count = 0;
	if (json_array_size(list) > FIXTURE_ITEMS) {
		json_reader_fail(reader, key, N_("the list is too long"));
		return NULL;
	}
	items = arena_array(reader->arena, json_array_size(list), size);
	json_enter(reader, key);
	json_array_foreach(list, i, item) {
		json_enter_item(reader, i);
		if (!json_is_object(item))
			json_reader_fail(reader, NULL, N_("an object is expected"));
		else
			read(reader, item, items + i * size);
		json_leave(reader);
		if (json_reader_failed(reader))
			break;
		*count = i + 1;
	}
	json_leave(reader);
	return items;
}

static void module_read(struct json_reader *reader, json_t *object, void *out)
{
	struct fixture_module *module = out;

	module->code = json_get_text(reader, object, "code");
	module->min_centi = json_opt_int(reader, object, "min_centi", 0, CREDIT_AMOUNT_MAX, 0);
	module->transfer_max_centi = json_opt_int(reader, object, "transfer_max_centi", 0,
						  CREDIT_AMOUNT_MAX, OV_NULL);
}

static void programme_read(struct json_reader *reader, json_t *object, void *out)
{
	enum { MONTHS_MIN = 30, MONTHS_MAX = 96, MONTHS_LIMIT = 1200 };
	struct fixture_programme *programme = out;

	programme->code = json_get_text(reader, object, "code");
	programme->min_total_centi = json_get_int(reader, object, "min_total_centi", 0,
						  CREDIT_AMOUNT_MAX);
	programme->min_months = json_opt_int(reader, object, "min_months", 0, MONTHS_LIMIT,
					     MONTHS_MIN);
	programme->max_months = json_opt_int(reader, object, "max_months", 0, MONTHS_LIMIT,
					     MONTHS_MAX);
	programme->two_cert_required = json_opt_bool(reader, object, "two_cert_required", true);
	programme->modules = list_read(reader, object, "modules", sizeof *programme->modules,
				       module_read, &programme->module_count);
}

static void course_read(struct json_reader *reader, json_t *object, void *out)
{
	struct fixture_course *course = out;

	course->course.code = json_get_text(reader, object, "code");
	course->course.module = json_get_text(reader, object, "module");
	course->course.credit_centi = json_get_int(reader, object, "credit_centi", 1,
						   CREDIT_AMOUNT_MAX);
	course->programmes = texts_read(reader, object, "programmes");
}

static void cap_read(struct json_reader *reader, json_t *object, void *out)
{
	enum { WHOLE = 10000 };
	struct fixture_cap *cap = out;
	json_t *classes = json_opt_object(reader, object, "source_bp"), *value;
	const char *key;

	cap->code = json_get_text(reader, object, "code");
	cap->caps.overall_bp = json_opt_int(reader, object, "overall_bp", 0, WHOLE, OV_NULL);
	cap->caps.partial = json_opt_bool(reader, object, "partial", false);
	for (int i = 0; i < CREDIT_CLASSES; i++)
		cap->caps.class_bp[i] = OV_NULL;
	json_enter(reader, "source_bp");
	json_object_foreach(classes, key, value) {
		int64_t at = enum_find(&source_class_enum, key);

		if (at == OV_NULL)
			json_reader_fail(reader, key, N_("is no source class"));
		else
			cap->caps.class_bp[at] = json_opt_int(reader, classes, key, 0, WHOLE, OV_NULL);
	}
	json_leave(reader);
}

static void rule_numbers_read(struct json_reader *reader, json_t *object, struct credit_rule *rule)
{
	const int64_t most = CREDIT_AMOUNT_MAX;

	rule->version = json_get_int(reader, object, "version", 1, INT32_MAX);
	rule->need_count = json_opt_int(reader, object, "need_count", 0, most, OV_NULL);
	rule->min_level = json_opt_int(reader, object, "min_level", 0, most, OV_NULL);
	rule->min_mark = json_opt_int(reader, object, "min_mark", 0, most, OV_NULL);
	rule->min_ratio_bp = json_opt_int(reader, object, "min_ratio_bp", 0, most, OV_NULL);
	rule->max_age_years = json_opt_int(reader, object, "max_age_years", 0, most, OV_NULL);
	rule->amount_centi = json_opt_int(reader, object, "amount_centi", 0, most, OV_NULL);
	rule->hours_per_credit = json_opt_int(reader, object, "hours_per_credit", 0, most, OV_NULL);
	rule->step_centi = json_opt_int(reader, object, "step_centi", 0, most, OV_NULL);
	rule->rule_max_centi = json_opt_int(reader, object, "rule_max_centi", 0, most, OV_NULL);
	rule->specificity = json_opt_int(reader, object, "specificity", -most, most, 0);
	rule->priority = json_opt_int(reader, object, "priority", -most, most, 0);
}

static void rule_read(struct json_reader *reader, json_t *object, void *out)
{
	struct fixture_rule *fixture = out;
	struct credit_rule *rule = &fixture->rule;
	struct error err = ERROR_INIT;

	rule->code = json_get_text(reader, object, "code");
	rule->kind = (enum rule_kind)json_get_enum(reader, object, "kind", &rule_kind_enum);
	rule->source_class = (int)json_get_enum(reader, object, "source_class", &source_class_enum);
	rule->active = json_get_enum(reader, object, "state", &rule_state_enum) == RULE_ACTIVE;
	rule->effective_from = json_get_date(reader, object, "effective_from");
	rule->effective_to = json_opt_date(reader, object, "effective_to");
	rule->sources = texts_read(reader, object, "sources");
	rule->targets = texts_read(reader, object, "targets");
	rule->module = json_opt_text(reader, object, "target_module");
	rule_numbers_read(reader, object, rule);
	fixture->programmes = texts_read(reader, object, "programmes");
	if (!json_reader_failed(reader) && credit_rule_check(rule, &err) < 0)
		json_reader_fail(reader, err.field, err.message);
}

static void pattern_read(struct json_reader *reader, json_t *object, void *out)
{
	static const char *const starts[] = { "d_start", "e_start", "n_start" };
	static const char *const lengths[] = { "d_len", "e_len", "n_len" };
	enum { LAST_START = 1439, LONGEST = 960, CYCLE_MAX = 56, REST_MAX = 10080 };
	struct fixture_pattern *pattern = out;
	struct shift_cycle *cycle = &pattern->cycle;
	size_t len;

	pattern->code = json_get_text(reader, object, "code");
	cycle->cycle = json_get_text(reader, object, "cycle");
	cycle->anchor_on = json_get_date(reader, object, "anchor_on");
	for (int i = 0; i < SHIFT_KINDS; i++) {
		cycle->times[i].start = json_opt_int(reader, object, starts[i], 0, LAST_START, 0);
		cycle->times[i].len = json_opt_int(reader, object, lengths[i], 1, LONGEST, 0);
	}
	cycle->buffer_min = json_opt_int(reader, object, "buffer_min", 0, REST_MAX, 60);
	cycle->rest_after_n_min = json_opt_int(reader, object, "rest_after_n_min", 0, REST_MAX, 480);
	len = strlen(cycle->cycle);
	if (len < 1 || len > CYCLE_MAX || strspn(cycle->cycle, "DENR") != len)
		json_reader_fail(reader, "cycle", N_("1 to 56 letters of D, E, N and R are expected"));
}

/* The plan of OUC (DOMAIN.md 3.1) with the codes of the file. */
static void plan_read(struct json_reader *reader, json_t *object, struct number_plan *plan)
{
	struct credit_texts branches = texts_read(reader, object, "branches");
	struct credit_texts types = texts_read(reader, object, "student_types");

	*plan = (struct number_plan){
		.institution = reader->file, .part_count = 4, .separator = "-",
		.autumn_serial = 50000,
		.first_year = (int)json_opt_int(reader, object, "first_year", 0, 99, 12),
		.parts = {
			{ .kind = NUMBER_YEAR, .min_len = 2, .max_len = 2 },
			{ .kind = NUMBER_BRANCH, .min_len = 3, .max_len = 3,
			  .codes = branches.item, .code_count = branches.count },
			{ .kind = NUMBER_TYPE, .min_len = 3, .max_len = 3,
			  .codes = types.item, .code_count = types.count },
			{ .kind = NUMBER_SERIAL, .min_len = 5, .max_len = 5 },
		},
	};
}

int rules_fixture_read(struct json_reader *reader, struct rules_fixture *fixture)
{
	json_t *object = json_get_object(reader, reader->root, "fixture");

	*fixture = (struct rules_fixture){ .today = OV_NULL };
	json_enter(reader, "fixture");
	fixture->programmes = list_read(reader, object, "programmes", sizeof *fixture->programmes,
					programme_read, &fixture->programme_count);
	fixture->courses = list_read(reader, object, "courses", sizeof *fixture->courses,
				     course_read, &fixture->course_count);
	fixture->caps = list_read(reader, object, "cap_profiles", sizeof *fixture->caps,
				  cap_read, &fixture->cap_count);
	fixture->rules = list_read(reader, object, "rules", sizeof *fixture->rules,
				   rule_read, &fixture->rule_count);
	fixture->patterns = list_read(reader, object, "shift_patterns", sizeof *fixture->patterns,
				      pattern_read, &fixture->pattern_count);
	plan_read(reader, object, &fixture->plan);
	fixture->today = json_opt_date(reader, object, "today");
	json_leave(reader);
	return reader->err->code;
}
