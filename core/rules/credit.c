#include "core/rules/credit_run.h"

#include <string.h>

bool credit_texts_has(const struct credit_texts *texts, const char *text)
{
	if (!text)
		return false;
	for (size_t i = 0; i < texts->count; i++)
		if (!strcmp(texts->item[i], text))
			return true;
	return false;
}

/* A list of the result that has room for one more. */
static void *list_grow(struct arena *arena, void *items, size_t count, size_t *room, size_t size)
{
	void *bigger;

	if (count < *room)
		return items;
	*room = *room ? *room * 2 : 8;
	bigger = arena_array(arena, *room, size);
	if (count)
		memcpy(bigger, items, count * size);
	return bigger;
}

struct credit_record *credit_record_add(struct credit_run *run, int64_t line_no,
					const struct credit_rule *rule, enum reason code)
{
	struct credit_result *result = run->result;
	struct credit_record *record;

	result->records = list_grow(run->arena, result->records, result->record_count,
				    &run->record_room, sizeof *result->records);
	record = &result->records[result->record_count++];
	*record = (struct credit_record){
		.line_no = line_no, .rule = rule, .code = code,
		.need = OV_NULL, .have = OV_NULL, .detail = "",
	};
	return record;
}

void credit_entry_add(struct credit_run *run, const struct credit_entry *entry)
{
	struct credit_result *result = run->result;

	if (entry->amount_centi == 0)
		return;
	result->entries = list_grow(run->arena, result->entries, result->entry_count,
				    &run->entry_room, sizeof *result->entries);
	result->entries[result->entry_count++] = *entry;
}

static void run_init(struct credit_run *run, const struct credit_input *input,
		     struct arena *arena, struct credit_result *result)
{
	memset(result, 0, sizeof *result);
	memset(run, 0, sizeof *run);
	run->input = input;
	run->arena = arena;
	run->result = result;
	for (int i = 0; i < CREDIT_CLASSES; i++) {
		run->by_class[i] = input->transferred_centi[i];
		run->total += input->transferred_centi[i];
	}
	run->by_module = arena_array(arena, input->module_count, sizeof *run->by_module);
	for (size_t i = 0; i < input->module_count; i++)
		run->by_module[i] = input->modules[i].transferred_centi;
	run->course_done = arena_array(arena, input->course_count, sizeof *run->course_done);
	for (size_t i = 0; i < input->course_count; i++)
		run->course_done[i] = credit_texts_has(&input->done, input->courses[i].code);
	/* Each line can add one rule at most. */
	run->paid = arena_array(arena, input->paid_count + input->line_count, sizeof *run->paid);
	if (input->paid_count)
		memcpy(run->paid, input->paid, input->paid_count * sizeof *run->paid);
	run->paid_count = input->paid_count;
	run->pool = input->pool_centi;
	run->counted = arena_array(arena, input->line_count, sizeof *run->counted);
	run->counted_centi = arena_array(arena, input->line_count, sizeof *run->counted_centi);
	run->left = arena_array(arena, input->rule_count, sizeof *run->left);
	credit_match_all(run);
	result->lines = arena_array(arena, input->line_count, sizeof *result->lines);
	result->line_count = input->line_count;
}

static void line_run(struct credit_run *run, size_t line)
{
	const struct credit_line *in = &run->input->lines[line];
	struct credit_record refusal = { .need = OV_NULL, .have = OV_NULL, .detail = "" };
	const struct credit_rule *rule = credit_gates(run, line, &refusal);

	if (!rule) {
		if (refusal.code == REASON_NO_RULE && in->opinion.centi != OV_NULL) {
			credit_line_opinion(run, line);
			return;
		}
		if (refusal.code == REASON_NO_RULE)
			run->result->lines_without_rule++;
		refusal.line_no = in->line_no;
		*credit_record_add(run, in->line_no, NULL, refusal.code) = refusal;
		return;
	}
	switch (rule->kind) {
	case RULE_CC:
	case RULE_TC:
		credit_line_courses(run, line, rule);
		return;
	case RULE_TX:
		credit_line_amount(run, line, rule);
		return;
	case RULE_NM:
	case RULE_OA:
		credit_line_count(run, line, rule);
		return;
	}
}

/* What each line comes to: the last record with its number has the last word. */
static void lines_finish(struct credit_run *run)
{
	struct credit_result *result = run->result;

	for (size_t r = 0; r < result->record_count; r++) {
		const struct credit_record *record = &result->records[r];

		result->granted_centi += record->granted_centi;
		for (size_t i = 0; i < result->line_count; i++) {
			struct credit_line_result *line = &result->lines[i];

			if (run->input->lines[i].line_no != record->line_no)
				continue;
			line->rule = record->rule;
			line->code = record->code;
			line->granted_centi += record->granted_centi;
		}
	}
	result->pool_centi = run->pool;
}

void credit_calculate(const struct credit_input *input, struct arena *arena,
		      struct credit_result *result)
{
	struct credit_run run;

	run_init(&run, input, arena, result);
	if (!input->student_active) {
		credit_record_add(&run, 0, NULL, REASON_STUDENT_INACTIVE);
		for (size_t i = 0; i < input->line_count; i++)
			result->lines[i].code = REASON_STUDENT_INACTIVE;
		result->pool_centi = input->pool_centi;
		return;
	}
	for (size_t i = 0; i < input->line_count; i++)
		line_run(&run, i);
	credit_settle(&run);
	lines_finish(&run);
}

void credit_rules_choose(const struct credit_input *input, struct arena *arena,
			 struct credit_line_result *lines)
{
	struct credit_result result;
	struct credit_run run;

	run_init(&run, input, arena, &result);
	for (size_t i = 0; i < input->line_count; i++) {
		struct credit_record refusal = { .code = REASON_OK, .need = OV_NULL,
						 .have = OV_NULL, .detail = "" };

		lines[i].rule = credit_gates(&run, i, &refusal);
		lines[i].code = refusal.code;
	}
}

static bool texts_equal(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

static bool rules_equal(const struct credit_rule *a, const struct credit_rule *b)
{
	return a && b ? !credit_rule_order(a, b) : a == b;
}

static bool entries_equal(const struct credit_entry *a, const struct credit_entry *b)
{
	return a->kind == b->kind && a->line_no == b->line_no &&
	       a->amount_centi == b->amount_centi && a->source_class == b->source_class &&
	       texts_equal(a->module, b->module) && texts_equal(a->course, b->course) &&
	       rules_equal(a->rule, b->rule);
}

bool credit_result_equal(const struct credit_result *a, const struct credit_result *b)
{
	if (a->granted_centi != b->granted_centi || a->entry_count != b->entry_count)
		return false;
	for (size_t i = 0; i < a->entry_count; i++)
		if (!entries_equal(&a->entries[i], &b->entries[i]))
			return false;
	return true;
}

int64_t credit_result_differs(const struct credit_input *input,
			      const struct credit_result *a, const struct credit_result *b)
{
	for (size_t i = 0; i < a->line_count && i < b->line_count; i++)
		if (a->lines[i].granted_centi != b->lines[i].granted_centi)
			return input->lines[i].line_no;
	return 0;
}

int64_t credit_room_before(const struct credit_input *input, int source_class,
			   const char *module, const struct credit_rule *rule,
			   enum reason *code)
{
	struct arena arena = ARENA_INIT;
	struct credit_result result;
	struct credit_run run;
	struct credit_room room;

	run_init(&run, input, &arena, &result);
	room = credit_room_now(&run, source_class, module, rule);
	arena_release(&arena);
	*code = room.code;
	return room.centi;
}
