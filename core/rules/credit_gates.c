/* The gates a line passes before any amount is looked at, in the order of
 * DOMAIN.md 5.2 step 1; each looks only at the rules the one before left. */
#include "core/rules/credit_run.h"

#include "core/model/field.h"

#include <string.h>

enum {
	CC_YEARS_MAX = 8, /* a course result is too old after that, whatever the rule says */
	YEAR_MONTHS = 12
};

int credit_rule_order(const struct credit_rule *a, const struct credit_rule *b)
{
	int by_code = strcmp(a->code, b->code);

	if (by_code)
		return by_code;
	return a->version < b->version ? -1 : a->version > b->version;
}

/* The rules still in the running. */
struct candidates {
	const struct credit_rule **rule;
	size_t count;
};

static bool source_matches(const char *pattern, const char *source)
{
	size_t len = strlen(pattern);

	if (len > 0 && pattern[len - 1] == '*')
		return !strncmp(pattern, source, len - 1);
	return !strcmp(pattern, source);
}

/* FNV-1a: a table of a few lines, not of what strangers send. */
static size_t text_hash(const char *text)
{
	uint64_t hash = UINT64_C(14695981039346656037);

	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
	return (size_t)(hash >> 20);
}

static void match_add(struct credit_run *run, const struct credit_rule *rule, size_t line)
{
	int last = run->last_match[line];

	if (last >= 0 && run->matches[last].rule == rule)
		return;
	if (run->match_count == run->match_room) {
		size_t more = run->match_room ? run->match_room * 2 : 64;
		struct credit_match *bigger = arena_array(run->arena, more, sizeof *bigger);

		if (run->match_count)
			memcpy(bigger, run->matches, run->match_count * sizeof *bigger);
		run->matches = bigger;
		run->match_room = more;
	}
	run->matches[run->match_count] = (struct credit_match){ rule, -1 };
	*(last >= 0 ? &run->matches[last].next : &run->first_match[line]) = (int)run->match_count;
	run->last_match[line] = (int)run->match_count++;
}

/* Thousands of rules are looked at once, not once for each line: the codes of
 * the lines are in a table, patterns alone are compared with every line. */
void credit_match_all(struct credit_run *run)
{
	const struct credit_input *input = run->input;
	size_t buckets = 16, mask;
	int *head, *next;

	while (buckets < 2 * input->line_count)
		buckets *= 2;
	mask = buckets - 1;
	head = arena_array(run->arena, buckets, sizeof *head);
	next = arena_array(run->arena, input->line_count, sizeof *next);
	run->first_match = arena_array(run->arena, input->line_count, sizeof *run->first_match);
	run->last_match = arena_array(run->arena, input->line_count, sizeof *run->last_match);
	for (size_t i = 0; i < input->line_count; i++) {
		size_t bucket = text_hash(input->lines[i].source) & mask;

		run->first_match[i] = run->last_match[i] = -1;
		next[i] = head[bucket];
		head[bucket] = (int)i + 1; /* 0: empty */
	}
	for (size_t r = 0; r < input->rule_count; r++) {
		const struct credit_rule *rule = &input->rules[r];

		for (size_t s = 0; s < rule->sources.count; s++) {
			const char *source = rule->sources.item[s];

			if (strchr(source, '*')) {
				for (size_t i = 0; i < input->line_count; i++)
					if (source_matches(source, input->lines[i].source))
						match_add(run, rule, i);
				continue;
			}
			for (int i = head[text_hash(source) & mask]; i; i = next[i - 1])
				if (!strcmp(source, input->lines[i - 1].source))
					match_add(run, rule, (size_t)i - 1);
		}
	}
}

bool credit_rule_covers(const struct credit_rule *rule, const char *source)
{
	for (size_t i = 0; i < rule->sources.count; i++)
		if (source_matches(rule->sources.item[i], source))
			return true;
	return false;
}

static bool rule_active(const struct credit_rule *rule, const struct credit_run *run,
			const struct credit_line *line)
{
	(void)run;
	(void)line;
	return rule->active;
}

static bool in_force(const struct credit_rule *rule, int64_t day)
{
	return rule->effective_from <= day &&
	       (rule->effective_to == OV_NULL || day < rule->effective_to);
}

bool credit_rule_usable(const struct credit_rule *rule, int64_t day)
{
	return rule->active && in_force(rule, day);
}

static bool rule_in_force(const struct credit_rule *rule, const struct credit_run *run,
			  const struct credit_line *line)
{
	(void)line;
	return in_force(rule, run->input->submitted_on);
}

static bool rule_level_ok(const struct credit_rule *rule, const struct credit_run *run,
			  const struct credit_line *line)
{
	(void)run;
	return rule->min_level == OV_NULL ||
	       (line->level != OV_NULL && line->level <= rule->min_level);
}

typedef bool (*rule_test)(const struct credit_rule *rule, const struct credit_run *run,
			  const struct credit_line *line);

/* Keeps the candidates that pass. When none does, all stay, RECORD names the
 * lowest and the answer is false. */
static bool gate(struct candidates *left, rule_test test, enum reason code,
		 const struct credit_run *run, const struct credit_line *line,
		 struct credit_record *record)
{
	const struct credit_rule *lowest = left->rule[0];
	size_t kept = 0;

	for (size_t i = 0; i < left->count; i++)
		if (credit_rule_order(left->rule[i], lowest) < 0)
			lowest = left->rule[i];
	for (size_t i = 0; i < left->count; i++)
		if (test(left->rule[i], run, line))
			left->rule[kept++] = left->rule[i];
	if (kept) {
		left->count = kept;
		return true;
	}
	record->code = code;
	record->rule = lowest;
	return false;
}

/* DOMAIN.md 5.3. */
static bool rule_better(const struct credit_rule *a, const struct credit_rule *b)
{
	if (a->specificity != b->specificity)
		return a->specificity > b->specificity;
	if (a->priority != b->priority)
		return a->priority > b->priority;
	if (a->effective_from != b->effective_from)
		return a->effective_from > b->effective_from;
	return credit_rule_order(a, b) < 0;
}

static bool source_used(const struct credit_run *run, size_t line)
{
	const char *id = run->input->lines[line].source_id;

	if (!id)
		return false;
	if (credit_texts_has(&run->input->used, id))
		return true;
	for (size_t i = 0; i < line; i++)
		if (run->result->lines[i].spent && run->input->lines[i].source_id &&
		    !strcmp(run->input->lines[i].source_id, id))
			return true;
	return false;
}

/* The gates that need no rule. */
static bool source_passes(struct credit_run *run, size_t line, struct credit_record *record)
{
	const struct credit_line *in = &run->input->lines[line];
	char day[DATE_TEXT];

	if (source_used(run, line)) {
		record->code = REASON_SOURCE_USED;
		return false;
	}
	if (!in->verified) {
		record->code = REASON_SOURCE_UNVERIFIED;
		return false;
	}
	if (in->expires_on != OV_NULL && in->expires_on < run->input->submitted_on) {
		record->code = REASON_SOURCE_EXPIRED;
		record->need = run->input->submitted_on;
		record->have = in->expires_on;
		record->detail = arena_strdup(run->arena, date_format(in->expires_on, day));
		return false;
	}
	return true;
}

static int64_t age_limit_years(const struct credit_rule *rule)
{
	bool limited = rule->max_age_years != OV_NULL && rule->max_age_years > 0;

	if (rule->kind != RULE_CC)
		return limited ? rule->max_age_years : 0;
	return limited && rule->max_age_years < CC_YEARS_MAX ? rule->max_age_years : CC_YEARS_MAX;
}

/* The gates behind the choice: there is no falling back to another rule. */
static bool chosen_passes(struct credit_run *run, const struct credit_line *line,
			  const struct credit_rule *rule, struct credit_record *record)
{
	int64_t years = age_limit_years(rule);
	char text[24];

	if (years > 0 && line->dated_on != OV_NULL) {
		int64_t limit = date_add_months(line->dated_on, (int)(years * YEAR_MONTHS));

		if (run->input->submitted_on >= limit) {
			record->code = REASON_SOURCE_TOO_OLD;
			record->rule = rule;
			record->need = limit;
			record->have = run->input->submitted_on;
			record->detail = arena_strdup(run->arena, date_format(line->dated_on, text));
			return false;
		}
	}
	if (rule->min_mark != OV_NULL && (line->mark == OV_NULL || line->mark < rule->min_mark)) {
		record->code = REASON_SCORE_LOW;
		record->rule = rule;
		record->need = rule->min_mark;
		record->have = line->mark;
		record->detail = line->mark == OV_NULL ? "none" :
			arena_strdup(run->arena, centi_format(line->mark, text));
		return false;
	}
	return true;
}

static void level_detail(struct credit_run *run, const struct credit_line *line,
			 struct credit_record *record)
{
	record->need = record->rule->min_level;
	record->have = line->level;
	if (line->level == OV_NULL)
		record->detail = arena_printf(run->arena, "has none needs <=%lld",
					      (long long)record->need);
	else
		record->detail = arena_printf(run->arena, "has %lld needs <=%lld",
					      (long long)record->have, (long long)record->need);
}

const struct credit_rule *credit_gates(struct credit_run *run, size_t line,
				       struct credit_record *record)
{
	const struct credit_line *in = &run->input->lines[line];
	const struct credit_rule *best;
	struct candidates left = { .count = 0 };

	if (!source_passes(run, line, record))
		return NULL;
	left.rule = run->left;
	for (int at = run->first_match[line]; at >= 0; at = run->matches[at].next)
		left.rule[left.count++] = run->matches[at].rule;
	if (!left.count) {
		record->code = REASON_NO_RULE;
		return NULL;
	}
	if (!gate(&left, rule_active, REASON_RULE_SUSPENDED, run, in, record) ||
	    !gate(&left, rule_in_force, REASON_RULE_NOT_EFFECTIVE, run, in, record))
		return NULL;
	if (!gate(&left, rule_level_ok, REASON_LEVEL_LOW, run, in, record)) {
		level_detail(run, in, record);
		return NULL;
	}
	best = left.rule[0];
	for (size_t i = 1; i < left.count; i++)
		if (rule_better(left.rule[i], best))
			best = left.rule[i];
	return chosen_passes(run, in, best, record) ? best : NULL;
}
