/* One row of a file of rules: the next version of a rule as a draft. A version
 * that is there already with the same words is left as it is. */
#include "core/store/commands/import_rows.h"

#include <stdio.h>
#include <string.h>

#include "core/store/claim_input.h"
#include "core/store/commands/staff_args.h"

enum { CREDIT_MOST = 100000, MARK_MOST = 10000 };

struct rule_parse {
	struct tx *tx;
	const struct rule_row *row;
	struct rule_enter_args args;
	int64_t version;
};

static struct record_list *list_new(struct tx *tx, const struct field_table *table)
{
	struct record_list *list = arena_alloc(tx->arena, sizeof *list);

	*list = (struct record_list){ table, 0, arena_array(tx->arena, 100, sizeof(void *)) };
	return list;
}

static void *list_grow(struct tx *tx, struct record_list *list)
{
	void *item = record_new(tx->arena, list->table);

	list->items[list->count++] = item;
	return item;
}

static int too_many(const char *field, const char *label, struct error *err)
{
	return error_reason(err, REASON_FIELD_RANGE, "field", field, "label", _(label), "min", "1",
			    "max", "99", NULL);
}

static int sources_parse(struct rule_parse *p, struct error *err)
{
	const char *at = p->row->sources, *piece;

	p->args.sources = list_new(p->tx, &rule_source_item_fields);
	while ((piece = row_piece(&at, p->tx->arena))) {
		struct rule_source_item *item;

		if (p->args.sources->count == 99)
			return too_many("sources", N_("Sources"), err);
		item = list_grow(p->tx, p->args.sources);
		if (field_parse(&rule_source_item_fields.fields[0], piece, item, p->tx->arena,
				err) < 0)
			return err->code;
	}
	return 0;
}

static int targets_parse(struct rule_parse *p, struct error *err)
{
	const char *at = p->row->targets, *piece;

	if (p->args.kind == RULE_TX || p->args.kind == RULE_OA) {
		p->args.target_module = row_piece(&at, p->tx->arena);
		return 0;
	}
	p->args.targets = list_new(p->tx, &rule_target_item_fields);
	while ((piece = row_piece(&at, p->tx->arena))) {
		struct rule_target_item *item;
		struct course *course;

		if (p->args.targets->count == 99)
			return too_many("targets", N_("Targets"), err);
		if (row_record(p->tx, KIND_COURSE, "code", piece, "targets", (void **)&course,
			       err) < 0)
			return err->code;
		item = list_grow(p->tx, p->args.targets);
		item->course_id = course->id;
	}
	return 0;
}

static int programme_add(struct rule_parse *p, int64_t id, struct error *err)
{
	struct rule_programme_item *item;

	for (size_t i = 0; i < p->args.programmes->count; i++)
		if (((struct rule_programme_item *)p->args.programmes->items[i])->programme_id == id)
			return 0;
	if (p->args.programmes->count == 99)
		return too_many("programmes", N_("Programmes"), err);
	item = list_grow(p->tx, p->args.programmes);
	item->programme_id = id;
	return 0;
}

/* Has the curriculum the module or one of the courses that the rule pays? */
static int plan_serves(struct rule_parse *p, const struct curriculum *plan, bool *serves,
		       struct error *err)
{
	const struct filter of_plan[] = { FILTER_INT("curriculum_id", plan->id) };
	const bool module = p->args.target_module != NULL;
	struct record_list rows;

	*serves = false;
	if (tx_find_all(p->tx, module ? KIND_CURRICULUM_MODULE : KIND_CURRICULUM_COURSE, of_plan, 1,
			0, &rows, err) < 0)
		return err->code;
	for (size_t i = 0; i < rows.count && !*serves; i++) {
		if (module) {
			*serves = !strcmp(((struct curriculum_module *)rows.items[i])->code,
					  p->args.target_module);
			continue;
		}
		for (size_t k = 0; p->args.targets && k < p->args.targets->count; k++)
			*serves = *serves ||
				((struct curriculum_course *)rows.items[i])->course_id ==
				((struct rule_target_item *)p->args.targets->items[k])->course_id;
	}
	return 0;
}

static int programmes_parse(struct rule_parse *p, struct error *err)
{
	const char *at = p->row->programmes, *piece;
	struct record_list plans;

	p->args.programmes = list_new(p->tx, &rule_programme_item_fields);
	while ((piece = row_piece(&at, p->tx->arena))) {
		struct programme *programme;

		if (row_record(p->tx, KIND_PROGRAMME, "code", piece, "programmes",
			       (void **)&programme, err) < 0 ||
		    programme_add(p, programme->id, err) < 0)
			return err->code;
	}
	if (p->args.programmes->count)
		return 0;
	if (tx_find_all(p->tx, KIND_CURRICULUM, NULL, 0, 0, &plans, err) < 0)
		return err->code;
	for (size_t i = 0; i < plans.count; i++) {
		bool serves;

		if (plan_serves(p, plans.items[i], &serves, err) < 0)
			return err->code;
		if (serves &&
		    programme_add(p, ((struct curriculum *)plans.items[i])->programme_id, err) < 0)
			return err->code;
	}
	return p->args.programmes->count ? 0 :
	       error_reason(err, REASON_RULE_TARGET, "field", "targets", "target",
			    p->row->targets ? p->row->targets : "", NULL);
}

static int numbers_parse(struct rule_parse *p, struct error *err)
{
	const struct rule_row *row = p->row;
	struct rule_enter_args *a = &p->args;

	if (row_number(row->version, "version", N_("Version"), 1, 9999, &p->version, err) < 0 ||
	    row_centi(row->credits, "credits", N_("Credits"), 1, CREDIT_MOST, &a->amount_centi,
		      err) < 0 ||
	    row_level(row->level, &a->min_level, err) < 0 ||
	    row_centi(row->mark, "mark", N_("Least mark"), 0, MARK_MOST, &a->min_mark, err) < 0 ||
	    row_number(row->priority, "priority", N_("Priority"), -9999, 9999, &a->priority,
		       err) < 0 ||
	    row_number(row->need_count, "need_count", N_("Sources needed"), 1, 99, &a->need_count,
		       err) < 0 ||
	    row_number(row->hours, "hours", N_("Hours for a credit"), 1, 1000,
		       &a->hours_per_credit, err) < 0 ||
	    row_centi(row->step, "step", N_("Step"), 1, CREDIT_MOST, &a->step_centi, err) < 0 ||
	    row_centi(row->ceiling, "ceiling", N_("Ceiling of the rule"), 1, CREDIT_MOST,
		      &a->rule_max_centi, err) < 0 ||
	    row_centi(row->ratio, "ratio", N_("Least credit ratio"), 0, MARK_MOST, &a->min_ratio_bp,
		      err) < 0 ||
	    row_number(row->age, "age", N_("Oldest, years"), 0, 99, &a->max_age_years, err) < 0 ||
	    row_number(row->specificity, "specificity", N_("Specificity"), 0, 2, &a->specificity,
		       err) < 0)
		return err->code;
	return 0;
}

/* What the kind doesn't use is not kept, what it needs and the file has no
 * column for gets the usual value. */
static void kind_settle(struct rule_enter_args *a)
{
	if (a->kind != RULE_TX)
		a->amount_centi = OV_NULL;
	if (a->kind == RULE_NM && a->need_count == OV_NULL)
		a->need_count = (int64_t)a->sources->count;
	if (a->kind != RULE_NM)
		a->need_count = OV_NULL;
	if (a->kind == RULE_OA) {
		a->hours_per_credit = a->hours_per_credit == OV_NULL ? 18 : a->hours_per_credit;
		a->step_centi = a->step_centi == OV_NULL ? 50 : a->step_centi;
	} else {
		a->hours_per_credit = a->step_centi = a->rule_max_centi = OV_NULL;
	}
	if (a->kind != RULE_CC)
		a->min_ratio_bp = OV_NULL;
	a->specificity = a->specificity == OV_NULL ? 0 : a->specificity;
	a->priority = a->priority == OV_NULL ? 0 : a->priority;
}

static int rule_parse(struct rule_parse *p, struct error *err)
{
	const struct rule_row *row = p->row;
	struct rule_enter_args *a = &p->args;

	*a = *(struct rule_enter_args *)record_new(p->tx->arena, &rule_enter_args_fields);
	p->version = OV_NULL;
	if (row_needed(row->rule_code, "rule_code", N_("Rule"), err) < 0 ||
	    row_needed(row->version, "version", N_("Version"), err) < 0 ||
	    row_needed(row->kind, "kind", N_("Kind"), err) < 0 ||
	    row_needed(row->sources, "sources", N_("Sources"), err) < 0 ||
	    row_needed(row->targets, "targets", N_("Targets"), err) < 0 ||
	    row_needed(row->source_class, "source_class", N_("Source class"), err) < 0 ||
	    row_needed(row->effective_from, "effective_from", N_("From"), err) < 0 ||
	    row_needed(row->basis, "basis", N_("Basis"), err) < 0)
		return err->code;
	a->rule_code = row->rule_code;
	a->basis = row->basis;
	if (row_choice(row->kind, "kind", N_("Kind"), &rule_kind_enum, &a->kind, err) < 0 ||
	    row_choice(row->source_class, "source_class", N_("Source class"), &source_class_enum,
		       &a->source_class, err) < 0 ||
	    row_date(row->effective_from, "effective_from", N_("From"), &a->effective_from,
		     err) < 0 ||
	    row_date(row->effective_to, "effective_to", N_("To"), &a->effective_to, err) < 0 ||
	    numbers_parse(p, err) < 0 || sources_parse(p, err) < 0 ||
	    targets_parse(p, err) < 0 || programmes_parse(p, err) < 0)
		return err->code;
	kind_settle(a);
	return 0;
}

/* --- is it there already? --- */

static bool texts_same(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

static bool values_same(const struct transfer_rule *rule, const struct rule_enter_args *a)
{
	return rule->kind == a->kind && rule->source_class == a->source_class &&
	       texts_same(rule->target_module, a->target_module) &&
	       rule->need_count == a->need_count && rule->min_level == a->min_level &&
	       rule->min_mark == a->min_mark && rule->min_ratio_bp == a->min_ratio_bp &&
	       rule->amount_centi == a->amount_centi &&
	       rule->hours_per_credit == a->hours_per_credit &&
	       rule->step_centi == a->step_centi && rule->rule_max_centi == a->rule_max_centi &&
	       rule->max_age_years == a->max_age_years && rule->specificity == a->specificity &&
	       rule->priority == a->priority && rule->effective_from == a->effective_from &&
	       texts_same(rule->basis, a->basis);
}

static int lists_same(struct tx *tx, int64_t rule_id, const struct rule_enter_args *a, bool *same,
		      struct error *err)
{
	const struct filter of_rule[] = { FILTER_INT("rule_id", rule_id) };
	struct record_list sources, targets, programmes;
	const size_t target_count = a->targets ? a->targets->count : 0;

	if (tx_find_all(tx, KIND_RULE_SOURCE, of_rule, 1, 0, &sources, err) < 0 ||
	    tx_find_all(tx, KIND_RULE_TARGET, of_rule, 1, 0, &targets, err) < 0 ||
	    tx_find_all(tx, KIND_RULE_PROGRAMME, of_rule, 1, 0, &programmes, err) < 0)
		return err->code;
	*same = sources.count == a->sources->count && targets.count == target_count &&
		programmes.count == a->programmes->count;
	for (size_t i = 0; *same && i < sources.count; i++)
		*same = texts_same(((struct rule_source *)sources.items[i])->source,
			((struct rule_source_item *)a->sources->items[i])->source);
	for (size_t i = 0; *same && i < targets.count; i++)
		*same = ((struct rule_target *)targets.items[i])->course_id ==
			((struct rule_target_item *)a->targets->items[i])->course_id;
	for (size_t i = 0; *same && i < programmes.count; i++) {
		bool found = false;

		for (size_t k = 0; k < programmes.count && !found; k++)
			found = ((struct rule_programme *)programmes.items[i])->programme_id ==
				((struct rule_programme_item *)a->programmes->items[k])->programme_id;
		*same = found;
	}
	return 0;
}

static int version_refuse(const struct rule_parse *p, size_t next, struct error *err)
{
	char text[24];

	snprintf(text, sizeof text, "%zu", next);
	return error_reason(err, REASON_RULE_VERSION, "field", "version", "rule", p->args.rule_code,
			    "version", p->row->version, "next", text, NULL);
}

int import_rule_row(struct tx *tx, const struct rows_import_args *args, size_t at, size_t *used,
		    enum row_done *done, struct error *err)
{
	struct rule_parse p = { .tx = tx, .row = args->rows->items[at] };
	struct filter by_code[] = { FILTER_TEXT("rule_code", p.row->rule_code) };
	struct record_list versions;

	*used = 1;
	if (rule_parse(&p, err) < 0 ||
	    tx_find_all(tx, KIND_TRANSFER_RULE, by_code, 1, 0, &versions, err) < 0)
		return err->code;
	for (size_t i = 0; i < versions.count; i++) {
		const struct transfer_rule *rule = versions.items[i];
		bool same = false;

		if (rule->version != p.version)
			continue;
		if (lists_same(tx, rule->id, &p.args, &same, err) < 0)
			return err->code;
		*done = ROW_UNCHANGED;
		return same && values_same(rule, &p.args) ? 0 :
		       version_refuse(&p, versions.count + 1, err);
	}
	if (p.version != (int64_t)versions.count + 1)
		return version_refuse(&p, versions.count + 1, err);
	*done = ROW_CREATED;
	return row_command(tx, "rule.enter", 0, &p.args, NULL, err);
}
