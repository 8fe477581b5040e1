#include "core/store/claim_input.h"

#include <stdlib.h>
#include <string.h>

#include "core/model/reason.h"
#include "core/store/student_sums.h"

static int by_position(const void *a, const void *b)
{
	const struct rule_source *x = *(void *const *)a, *y = *(void *const *)b;

	return x->position < y->position ? -1 : x->position > y->position;
}

static int target_position(const void *a, const void *b)
{
	const struct rule_target *x = *(void *const *)a, *y = *(void *const *)b;

	return x->position < y->position ? -1 : x->position > y->position;
}

static int sources_load(struct tx *tx, int64_t rule_id, struct credit_texts *texts,
			struct error *err)
{
	const struct filter of_rule[] = { FILTER_INT("rule_id", rule_id) };
	struct record_list list;
	const char **item;

	if (tx_find_all(tx, KIND_RULE_SOURCE, of_rule, 1, 0, &list, err) < 0)
		return err->code;
	if (list.count)
		qsort(list.items, list.count, sizeof *list.items, by_position);
	item = arena_array(tx->arena, list.count, sizeof *item);
	for (size_t i = 0; i < list.count; i++)
		item[i] = ((struct rule_source *)list.items[i])->source;
	*texts = (struct credit_texts){ item, list.count };
	return 0;
}

static int targets_load(struct tx *tx, int64_t rule_id, struct credit_texts *texts,
			struct error *err)
{
	const struct filter of_rule[] = { FILTER_INT("rule_id", rule_id) };
	struct record_list list;
	const char **item;

	if (tx_find_all(tx, KIND_RULE_TARGET, of_rule, 1, 0, &list, err) < 0)
		return err->code;
	if (list.count)
		qsort(list.items, list.count, sizeof *list.items, target_position);
	item = arena_array(tx->arena, list.count, sizeof *item);
	for (size_t i = 0; i < list.count; i++) {
		struct course *course;

		if (tx_get(tx, KIND_COURSE, ((struct rule_target *)list.items[i])->course_id,
			   (void **)&course, err) < 0)
			return err->code;
		item[i] = course->code;
	}
	*texts = (struct credit_texts){ item, list.count };
	return 0;
}

int rule_case_load(struct tx *tx, int64_t rule_id, struct rule_case *out, struct error *err)
{
	struct transfer_rule *r;

	if (tx_get(tx, KIND_TRANSFER_RULE, rule_id, (void **)&r, err) < 0)
		return err->code;
	out->record = r;
	out->rule = (struct credit_rule){
		.id = r->id, .code = r->rule_code, .version = r->version,
		.kind = (enum rule_kind)r->kind, .source_class = (int)r->source_class,
		.active = r->state == RULE_ACTIVE,
		.effective_from = r->effective_from, .effective_to = r->effective_to,
		.module = r->target_module, .need_count = r->need_count,
		.min_level = r->min_level, .min_mark = r->min_mark,
		.min_ratio_bp = r->min_ratio_bp, .max_age_years = r->max_age_years,
		.amount_centi = r->amount_centi, .hours_per_credit = r->hours_per_credit,
		.step_centi = r->step_centi, .rule_max_centi = r->rule_max_centi,
		.specificity = r->specificity, .priority = r->priority,
	};
	if (sources_load(tx, rule_id, &out->rule.sources, err) < 0)
		return err->code;
	return targets_load(tx, rule_id, &out->rule.targets, err);
}

static int rules_load(struct tx *tx, int64_t programme_id, struct credit_input *input,
		      struct error *err)
{
	const struct filter of_programme[] = { FILTER_INT("programme_id", programme_id) };
	struct credit_rule *rules;
	struct record_list list;

	if (tx_find_all(tx, KIND_RULE_PROGRAMME, of_programme, 1, 0, &list, err) < 0)
		return err->code;
	rules = arena_array(tx->arena, list.count, sizeof *rules);
	for (size_t i = 0; i < list.count; i++) {
		struct rule_case rule;

		if (rule_case_load(tx, ((struct rule_programme *)list.items[i])->rule_id,
				   &rule, err) < 0)
			return err->code;
		rules[i] = rule.rule;
	}
	input->rules = rules;
	input->rule_count = list.count;
	return 0;
}

static int courses_load(struct tx *tx, const struct curriculum *curriculum,
			struct credit_input *input, struct error *err)
{
	const struct filter of_plan[] = { FILTER_INT("curriculum_id", curriculum->id) };
	struct credit_course *courses;
	struct record_list list;

	if (tx_find_all(tx, KIND_CURRICULUM_COURSE, of_plan, 1, 0, &list, err) < 0)
		return err->code;
	courses = arena_array(tx->arena, list.count, sizeof *courses);
	for (size_t i = 0; i < list.count; i++) {
		const struct curriculum_course *row = list.items[i];
		struct curriculum_module *module;
		struct course *course;

		if (tx_get(tx, KIND_COURSE, row->course_id, (void **)&course, err) < 0 ||
		    tx_get(tx, KIND_CURRICULUM_MODULE, row->module_id, (void **)&module, err) < 0)
			return err->code;
		courses[i] = (struct credit_course){ course->code, module->code,
						     course->credit_centi };
	}
	input->courses = courses;
	input->course_count = list.count;
	return 0;
}

/* The version of the programme's cap profile in force on the day; where none
 * is, the one that the programme names. */
static int caps_load(struct tx *tx, const struct programme *programme, int64_t on_date,
		     struct credit_caps *caps, struct error *err)
{
	struct cap_profile *named, *used;
	struct record_list versions;

	if (tx_get(tx, KIND_CAP_PROFILE, programme->cap_profile, (void **)&named, err) < 0)
		return err->code;
	if (tx_find_all(tx, KIND_CAP_PROFILE,
			(const struct filter[]){ FILTER_TEXT("code", named->code) }, 1, 0,
			&versions, err) < 0)
		return err->code;
	used = named;
	for (size_t i = 0; i < versions.count; i++) {
		struct cap_profile *version = versions.items[i];

		if (version->effective_from <= on_date &&
		    (version->effective_to == OV_NULL || on_date < version->effective_to))
			used = version;
	}
	*caps = (struct credit_caps){
		.overall_bp = used->overall_bp,
		.class_bp = { used->s1_bp, used->s2_bp, used->s3_bp, used->s4_bp },
		.partial = used->partial_module_credit == 1,
	};
	return 0;
}

/* What OA rules have paid so far: the grants of the lines they settled. */
static int paid_load(struct tx *tx, const struct student_sums *sums, struct credit_input *input,
		     struct error *err)
{
	const struct record_list *entries = &sums->entries[ACCOUNT_TRANSFER];
	struct credit_paid *paid = arena_array(tx->arena, entries->count, sizeof *paid);
	size_t count = 0;

	for (size_t i = 0; i < entries->count; i++) {
		const struct ledger_entry *entry = entries->items[i];
		struct transfer_rule *rule;
		struct claim_line *line;
		size_t k = 0;

		if (entry->claim_line == OV_NULL)
			continue;
		if (tx_get(tx, KIND_CLAIM_LINE, entry->claim_line, (void **)&line, err) < 0)
			return err->code;
		if (line->rule_ref == OV_NULL)
			continue;
		if (tx_get(tx, KIND_TRANSFER_RULE, line->rule_ref, (void **)&rule, err) < 0)
			return err->code;
		if (rule->kind != RULE_OA)
			continue;
		while (k < count && strcmp(paid[k].rule_code, rule->rule_code))
			k++;
		if (k == count)
			paid[count++] = (struct credit_paid){ rule->rule_code, 0 };
		paid[k].centi += entry->amount_centi;
	}
	input->paid = paid;
	input->paid_count = count;
	return 0;
}

int student_input_build(struct tx *tx, const struct student *student,
			const struct programme *programme, const struct curriculum *curriculum,
			int64_t on_date, int64_t before_seq, struct credit_input *input,
			struct error *err)
{
	struct credit_module *modules;
	struct student_sums sums;

	memset(input, 0, sizeof *input);
	if (student_sums_before(tx, student, before_seq, &sums, err) < 0)
		return err->code;
	input->student_active = student->status == STUDENT_ACTIVE;
	input->submitted_on = on_date;
	input->base_centi = curriculum->min_total_centi;
	input->pool_centi = sums.pool_centi;
	memcpy(input->transferred_centi, sums.by_class, sizeof input->transferred_centi);
	modules = arena_array(tx->arena, sums.modules.count, sizeof *modules);
	for (size_t i = 0; i < sums.modules.count; i++)
		modules[i] = (struct credit_module){
			sums.by_module[i].module->code,
			sums.by_module[i].module->transfer_max_centi,
			sums.by_module[i].transferred_centi };
	input->modules = modules;
	input->module_count = sums.modules.count;
	if (rules_load(tx, programme->id, input, err) < 0 ||
	    courses_load(tx, curriculum, input, err) < 0 ||
	    caps_load(tx, programme, on_date, &input->caps, err) < 0 ||
	    paid_load(tx, &sums, input, err) < 0)
		return err->code;
	return student_done(tx, student, &sums, &input->done, err);
}

static const char *source_id(struct tx *tx, const struct claim_line *line)
{
	return arena_printf(tx->arena, "%s:%lld", enum_code(&source_kind_enum, line->source_kind),
			    (long long)line->source_ref);
}

/* Sources of these lines that another claim of this programme has spent. */
static int used_load(struct tx *tx, const struct claim_case *cc, struct credit_input *input,
		     struct error *err)
{
	const char **used = arena_array(tx->arena, cc->line_count, sizeof *used);
	size_t count = 0;

	for (size_t i = 0; i < cc->line_count; i++) {
		const struct claim_line *line = cc->lines[i].line;
		const struct filter filters[] = {
			FILTER_INT("source_kind", line->source_kind),
			FILTER_INT("source_ref", line->source_ref),
			FILTER_INT("programme_id", cc->programme->id),
			FILTER_INT("released_on", OV_NULL),
		};
		struct source_use *use;

		if (tx_find_one(tx, KIND_SOURCE_USE, filters, 4, (void **)&use, err) < 0)
			return err->code;
		if (use && use->claim_id != cc->claim->id)
			used[count++] = source_id(tx, line);
	}
	input->used = (struct credit_texts){ used, count };
	return 0;
}

static int opinion_load(struct tx *tx, const struct claim_line *line,
			struct credit_opinion *opinion, struct error *err)
{
	*opinion = (struct credit_opinion){ .centi = OV_NULL };
	if (line->opinion_centi == OV_NULL || line->opinion_centi == 0)
		return 0;
	opinion->centi = line->opinion_centi;
	opinion->module = line->opinion_module;
	opinion->source_class = (int)line->opinion_class;
	if (line->opinion_course != OV_NULL) {
		struct course *course;

		if (tx_get(tx, KIND_COURSE, line->opinion_course, (void **)&course, err) < 0)
			return err->code;
		opinion->course = course->code;
	}
	return 0;
}

static void source_fill(const struct case_line *from, struct credit_line *line)
{
	if (from->certificate) {
		line->level = from->certificate->level;
		line->mark = from->certificate->mark;
		line->dated_on = from->certificate->issued_on;
		line->expires_on = from->certificate->expires_on;
		line->verified = from->certificate->state == CERT_VERIFIED;
		line->credit_centi = line->hours = OV_NULL;
		return;
	}
	line->level = OV_NULL;
	line->mark = from->result->mark;
	line->credit_centi = from->result->credit_centi;
	line->hours = from->result->hours;
	line->dated_on = from->result->dated_on;
	line->expires_on = from->result->expires_on;
	line->verified = from->result->state == CERT_VERIFIED;
}

/* The lines were granted by these rules; a suspension that comes after the
 * notice has ended does not touch them (T22). */
static void rules_hold(struct tx *tx, const struct claim_case *cc, struct credit_input *input)
{
	struct credit_rule *rules = arena_memdup(tx->arena, input->rules,
						 input->rule_count * sizeof *rules);

	for (size_t i = 0; i < input->rule_count; i++)
		for (size_t k = 0; k < cc->line_count; k++)
			if (cc->lines[k].line->rule_ref == rules[i].id)
				rules[i].active = true;
	input->rules = rules;
}

/* The first entry of the ledger that the claim made, OV_NULL when none. */
static int first_entry(struct tx *tx, const struct claim_case *cc, int64_t *seq, struct error *err)
{
	*seq = OV_NULL;
	for (size_t i = 0; i < cc->line_count; i++) {
		const struct filter of_line[] = { FILTER_INT("claim_line", cc->lines[i].line->id) };
		struct record_list entries;

		if (tx_find_all(tx, KIND_LEDGER_ENTRY, of_line, 1, 0, &entries, err) < 0)
			return err->code;
		for (size_t k = 0; k < entries.count; k++) {
			int64_t other = ((struct ledger_entry *)entries.items[k])->seq;

			if (*seq == OV_NULL || other < *seq)
				*seq = other;
		}
	}
	return 0;
}

/* Was the source proved then? What was revoked or found false later counts. */
static bool was_verified(const struct claim_line *line)
{
	return !line->code || strcmp(line->code, reason_code(REASON_SOURCE_UNVERIFIED)) != 0;
}

int claim_input_build(struct tx *tx, const struct claim_case *cc, enum calculate_as as,
		      struct credit_input *input, struct error *err)
{
	int64_t on_date = cc->claim->submitted_on != OV_NULL ? cc->claim->submitted_on : tx->today;
	struct credit_line *lines;
	int64_t before = OV_NULL;

	if ((as == CALCULATE_PAST && first_entry(tx, cc, &before, err) < 0) ||
	    student_input_build(tx, cc->student, cc->programme, cc->curriculum, on_date, before,
				input, err) < 0)
		return err->code;
	lines = arena_array(tx->arena, cc->line_count, sizeof *lines);
	for (size_t i = 0; i < cc->line_count; i++) {
		const struct claim_line *line = cc->lines[i].line;

		lines[i].line_no = line->line_no;
		lines[i].source = line->source_code;
		lines[i].source_id = source_id(tx, line);
		source_fill(&cc->lines[i], &lines[i]);
		if (as == CALCULATE_VERIFIED)
			lines[i].verified = true;
		if (as == CALCULATE_PAST)
			lines[i].verified = was_verified(line);
		if (opinion_load(tx, line, &lines[i].opinion, err) < 0)
			return err->code;
	}
	input->lines = lines;
	input->line_count = cc->line_count;
	if (as == CALCULATE_PAST)
		input->student_active = true;
	if (as == CALCULATE_POSTING || as == CALCULATE_PAST)
		rules_hold(tx, cc, input);
	return used_load(tx, cc, input, err);
}
