/* Cases of the kind credit. */
#include "core/codec/rules_case.h"

#include <stdlib.h>
#include <string.h>

/* The rules and courses of one programme. */
static void programme_fill(struct json_reader *reader, const struct rules_fixture *fixture,
			   const struct fixture_programme *programme, struct credit_input *input)
{
	struct credit_rule *rules = arena_array(reader->arena, fixture->rule_count, sizeof *rules);
	struct credit_course *courses = arena_array(reader->arena, fixture->course_count,
						    sizeof *courses);

	input->base_centi = programme->min_total_centi;
	for (size_t i = 0; i < fixture->rule_count; i++)
		if (fixture_texts_have(&fixture->rules[i].programmes, programme->code))
			rules[input->rule_count++] = fixture->rules[i].rule;
	for (size_t i = 0; i < fixture->course_count; i++)
		if (fixture_texts_have(&fixture->courses[i].programmes, programme->code))
			courses[input->course_count++] = fixture->courses[i].course;
	input->rules = rules;
	input->courses = courses;
}

static void modules_fill(struct json_reader *reader, json_t *object,
			 const struct fixture_programme *programme, struct credit_input *input)
{
	json_t *paid = json_opt_object(reader, object, "transferred_in_module"), *value;
	struct credit_module *modules = arena_array(reader->arena, programme->module_count,
						    sizeof *modules);
	const char *key;

	json_enter(reader, "transferred_in_module");
	for (size_t i = 0; i < programme->module_count; i++)
		modules[i] = (struct credit_module){
			.code = programme->modules[i].code,
			.transfer_max_centi = programme->modules[i].transfer_max_centi,
			.transferred_centi = json_opt_int(reader, paid, programme->modules[i].code,
							  0, CREDIT_AMOUNT_MAX, 0),
		};
	json_object_foreach(paid, key, value) {
		bool known = false;

		for (size_t i = 0; i < programme->module_count; i++)
			known = known || !strcmp(modules[i].code, key);
		if (!known)
			json_reader_fail(reader, key, N_("is no module of the programme"));
	}
	json_leave(reader);
	input->modules = modules;
	input->module_count = programme->module_count;
}

static void transferred_fill(struct json_reader *reader, json_t *object, struct credit_input *input)
{
	json_t *classes = json_opt_object(reader, object, "transferred"), *value;
	json_t *rules = json_opt_object(reader, object, "transferred_by_rule");
	struct credit_paid *paid = arena_array(reader->arena, json_object_size(rules), sizeof *paid);
	const char *key;

	json_enter(reader, "transferred");
	json_object_foreach(classes, key, value) {
		int64_t at = enum_find(&source_class_enum, key);

		if (at == OV_NULL)
			json_reader_fail(reader, key, N_("is no source class"));
		else
			input->transferred_centi[at] = json_opt_int(reader, classes, key, 0,
								    CREDIT_AMOUNT_MAX, 0);
	}
	json_leave(reader);
	json_enter(reader, "transferred_by_rule");
	json_object_foreach(rules, key, value)
		paid[input->paid_count++] = (struct credit_paid){
			arena_strdup(reader->arena, key),
			json_opt_int(reader, rules, key, 0, CREDIT_AMOUNT_MAX, 0),
		};
	json_leave(reader);
	input->paid = paid;
}

static void line_read(struct json_reader *reader, json_t *object, struct credit_line *line)
{
	enum { LEVELS = 5, MARKS = 10000, HOURS = 1000000 };

	*line = (struct credit_line){
		.line_no = json_get_int(reader, object, "line_no", 1, INT32_MAX),
		.source = json_get_text(reader, object, "source"),
		.source_id = json_opt_text(reader, object, "source_id"),
		.level = json_opt_int(reader, object, "level", 1, LEVELS, OV_NULL),
		.mark = json_opt_int(reader, object, "mark", 0, MARKS, OV_NULL),
		.credit_centi = json_opt_int(reader, object, "credit_centi", 0, CREDIT_AMOUNT_MAX,
					     OV_NULL),
		.hours = json_opt_int(reader, object, "hours", 0, HOURS, OV_NULL),
		.dated_on = json_opt_date(reader, object, "dated_on"),
		.expires_on = json_opt_date(reader, object, "expires_on"),
		.verified = json_opt_bool(reader, object, "verified", true),
		.opinion = { .centi = OV_NULL },
	};
}

static int line_order(const void *a, const void *b)
{
	const struct credit_line *x = a, *y = b;

	return x->line_no < y->line_no ? -1 : x->line_no > y->line_no;
}

static bool line_twice(const struct credit_line *lines, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (lines[i].line_no == lines[at].line_no)
			return true;
	return false;
}

static void lines_fill(struct json_reader *reader, json_t *object, struct credit_input *input)
{
	json_t *list = json_get_list(reader, object, "lines"), *item;
	struct credit_line *lines;
	size_t i;

	if (json_array_size(list) > CASE_LINES) {
		json_reader_fail(reader, "lines", N_("the list is too long"));
		return;
	}
	lines = arena_array(reader->arena, json_array_size(list), sizeof *lines);
	json_enter(reader, "lines");
	json_array_foreach(list, i, item) {
		json_enter_item(reader, i);
		if (!json_is_object(item))
			json_reader_fail(reader, NULL, N_("an object is expected"));
		line_read(reader, item, &lines[i]);
		if (line_twice(lines, i))
			json_reader_fail(reader, "line_no", N_("stands here for the second time"));
		json_leave(reader);
	}
	json_leave(reader);
	if (i > 0)
		qsort(lines, i, sizeof *lines, line_order);
	input->lines = lines;
	input->line_count = json_array_size(list);
}

static json_t *record_json(const struct credit_record *record, struct arena *arena)
{
	struct buf text = BUF_INIT;
	json_t *object;

	credit_record_text(record, &text);
	object = json_pack("{s:I, s:I, s:s, s:o, s:o, s:o, s:s, s:s}",
		"line_no", (json_int_t)record->line_no,
		"granted_centi", (json_int_t)record->granted_centi,
		"code", reason_code((int)record->code),
		"rule", json_text_or_null(record->rule ? credit_rule_name(record->rule, arena) : NULL),
		"need", json_int_or_null(record->need), "have", json_int_or_null(record->have),
		"detail", record->detail, "text", buf_cstr(&text));
	buf_release(&text);
	return object;
}

static json_t *entry_json(const struct credit_entry *entry, struct arena *arena)
{
	static const char *const kinds[] = {
		[CREDIT_GRANT] = "GRANT", [CREDIT_POOL_IN] = "POOL_IN", [CREDIT_POOL_OUT] = "POOL_OUT",
	};

	return json_pack("{s:s, s:I, s:o, s:o, s:o, s:s, s:I}",
		"kind", kinds[entry->kind], "line_no", (json_int_t)entry->line_no,
		"rule", json_text_or_null(entry->rule ? credit_rule_name(entry->rule, arena) : NULL),
		"module", json_text_or_null(entry->module),
		"course", json_text_or_null(entry->course),
		"source_class", enum_code(&source_class_enum, entry->source_class),
		"amount_centi", (json_int_t)entry->amount_centi);
}

static json_t *result_json(const struct credit_result *result, struct arena *arena)
{
	json_t *records = json_array(), *entries = json_array();

	for (size_t i = 0; i < result->record_count; i++)
		json_array_append_new(records, record_json(&result->records[i], arena));
	for (size_t i = 0; i < result->entry_count; i++)
		json_array_append_new(entries, entry_json(&result->entries[i], arena));
	return json_pack("{s:I, s:o, s:o, s:I}",
		"granted_centi", (json_int_t)result->granted_centi, "lines", records,
		"entries", entries, "pool_centi", (json_int_t)result->pool_centi);
}

json_t *rules_case_credit(struct json_reader *reader, const struct rules_fixture *fixture,
			  json_t *object)
{
	const struct fixture_programme *programme = case_programme(reader, fixture, object);
	const struct credit_caps *caps = case_caps(reader, fixture, object);
	struct credit_input input = { .rule_count = 0 };
	struct credit_result result;

	input.submitted_on = json_get_date(reader, object, "submitted_on");
	input.student_active = case_student_active(reader, object);
	input.pool_centi = json_opt_int(reader, object, "pool_centi", 0, CREDIT_AMOUNT_MAX, 0);
	input.done.item = (const char *const *)
		json_opt_texts(reader, object, "done", &input.done.count);
	input.used.item = (const char *const *)
		json_opt_texts(reader, object, "used", &input.used.count);
	transferred_fill(reader, object, &input);
	lines_fill(reader, object, &input);
	if (json_reader_failed(reader))
		return NULL;
	input.caps = *caps;
	programme_fill(reader, fixture, programme, &input);
	modules_fill(reader, object, programme, &input);
	if (json_reader_failed(reader))
		return NULL;
	credit_calculate(&input, reader->arena, &result);
	return result_json(&result, reader->arena);
}
