/* The route of a learner: what is held, what it counts for, what is missing,
 * and the ways to graduation. */
#include "core/store/card.h"

#include <string.h>

#include "core/base/i18n.h"
#include "core/model/reason.h"
#include "core/store/graduation_input.h"
#include "core/store/route_input.h"

static int64_t lack(int64_t least, int64_t have)
{
	return have < least ? least - have : 0;
}

static void summary_add(struct card *card, const struct route_case *rc,
			const struct route_result *result)
{
	struct student_route *row = record_new(card->tx->arena, &student_route_fields);

	row->student_no = rc->student->student_no;
	row->programme = rc->programme->code;
	row->min_total_centi = rc->curriculum->min_total_centi;
	row->counted_centi = rc->input.graduation.counted_centi;
	row->missing_centi = lack(row->min_total_centi, row->counted_centi);
	row->then_centi = result->then_centi;
	row->then_missing_centi = lack(row->min_total_centi, row->then_centi);
	row->assumed = card->request->assume;
	bundle_add(card->bundle, &student_route_fields, row);
}

static void gap_add(struct card *card, const char *code, const char *name, int64_t least,
		    int64_t counted, int64_t then)
{
	struct module_gap *row = record_new(card->tx->arena, &module_gap_fields);

	row->code = code;
	row->name = name;
	row->min_centi = least;
	row->counted_centi = counted;
	row->missing_centi = lack(least, counted);
	row->then_centi = then;
	row->then_missing_centi = lack(least, then);
	bundle_add(card->bundle, &module_gap_fields, row);
}

static void gaps_add(struct card *card, const struct route_case *rc,
		     const struct route_result *result)
{
	const struct grad_input *check = &rc->input.graduation;

	for (size_t i = 0; i < check->module_count; i++)
		gap_add(card, check->modules[i].code, rc->sums.by_module[i].module->name,
			check->modules[i].min_centi, check->modules[i].counted_centi,
			result->modules[i].counted_centi);
	gap_add(card, "", _("In all"), check->min_total_centi, check->counted_centi,
		result->then_centi);
}

/* The rule and the courses that a held source stands for, each once. */
static int rule_add(struct card *card, const struct credit_rule *rule, struct error *err)
{
	const struct filter of_rule[] = { FILTER_INT("rule_id", rule->id) };
	struct record_list targets;

	if (card_add_once(card, KIND_TRANSFER_RULE, rule->id, err) < 0 ||
	    tx_find_all(card->tx, KIND_RULE_TARGET, of_rule, 1, 0, &targets, err) < 0)
		return err->code;
	for (size_t i = 0; i < targets.count; i++)
		if (card_add_once(card, KIND_COURSE,
				  ((struct rule_target *)targets.items[i])->course_id, err) < 0)
			return err->code;
	return 0;
}

static int sources_add(struct card *card, const struct route_case *rc,
		       const struct route_result *result, struct error *err)
{
	for (size_t i = 0; i < rc->input.credit.line_count; i++) {
		const struct route_source *from = &result->sources[i];
		const struct route_origin *origin = &rc->origins[i];
		struct held_source *row = record_new(card->tx->arena, &held_source_fields);

		row->source_kind = origin->kind;
		row->code = from->line->source;
		row->name = origin->name;
		row->level = from->line->level;
		row->state = origin->state;
		row->assumed = origin->assumed;
		row->claim_no = origin->claim_no;
		row->rule = from->rule ? credit_rule_name(from->rule, card->tx->arena) : NULL;
		row->result = reason_code((int)from->code);
		row->targets = from->targets;
		row->granted_centi = from->granted_centi;
		bundle_add(card->bundle, &held_source_fields, row);
		if (from->rule && rule_add(card, from->rule, err) < 0)
			return err->code;
	}
	for (size_t i = 0; i < rc->spent_count; i++)
		bundle_add(card->bundle, &held_source_fields, rc->spent[i]);
	return 0;
}

/* Steps of a way name courses, and certificates that are held. */
static int step_name(struct card *card, const struct route_case *rc,
		     const struct route_step *step, const char **name, struct error *err)
{
	const struct filter by_code[] = { FILTER_TEXT("code", step->code) };
	struct course *course;

	*name = step->name;
	if (step->line)
		*name = rc->origins[step->line - rc->input.credit.lines].name;
	if (step->kind != ROUTE_STUDY)
		return 0;
	if (tx_find_one(card->tx, KIND_COURSE, by_code, 1, (void **)&course, err) < 0)
		return err->code;
	*name = course ? course->name : NULL;
	return 0;
}

static int way_add(struct card *card, const struct route_case *rc, const struct route_way *way,
		   int64_t number, struct error *err)
{
	struct graduation_way *row = record_new(card->tx->arena, &graduation_way_fields);

	row->number = number;
	row->aim = (int64_t)way->aim;
	row->steps = way->step_count;
	row->fresh = way->new_count;
	row->study_centi = way->study_centi;
	row->transferred_centi = way->transferred_centi;
	row->unmet_centi = way->unmet_centi;
	row->proved = way->proved;
	row->exact = way->exact;
	bundle_add(card->bundle, &graduation_way_fields, row);
	for (size_t i = 0; i < way->count; i++) {
		const struct route_step *from = &way->steps[i];
		struct way_step *step = record_new(card->tx->arena, &way_step_fields);

		step->way = number;
		step->position = (int64_t)i + 1;
		step->kind = (int64_t)from->kind;
		step->code = from->code;
		step->level = from->level;
		step->mark = from->mark;
		step->hours = from->hours;
		step->rule = from->rule ? credit_rule_name(from->rule, card->tx->arena) : NULL;
		step->module = from->module;
		step->targets = from->targets;
		step->credit_centi = from->credit_centi;
		if (step_name(card, rc, from, &step->name, err) < 0)
			return err->code;
		bundle_add(card->bundle, &way_step_fields, step);
	}
	return 0;
}

int card_route(struct card *card, struct error *err)
{
	struct route_result result;
	struct student *student;
	struct route_case rc;

	if (card_subject_student(card, &student, err) < 0 ||
	    route_case_load(card->tx, student, card->request->assume, &rc, err) < 0 ||
	    card_add_learner(card, student, err) < 0)
		return err->code;
	route_find(&rc.input, card->tx->arena, &result);
	if (result.stopped)
		return error_reason(err, REASON_CANCELLED, NULL);
	summary_add(card, &rc, &result);
	gaps_add(card, &rc, &result);
	if (sources_add(card, &rc, &result, err) < 0 ||
	    card_add_certificates(card, student->person_id, err) < 0)
		return err->code;
	for (size_t i = 0; i < result.way_count; i++)
		if (way_add(card, &rc, &result.ways[i], (int64_t)i + 1, err) < 0)
			return err->code;
	module_credits_add(card->tx, &rc.sums, rc.curriculum, card->bundle);
	if (card_may(card, PERM_GRAD_CHECK))
		graduation_findings_add(card->tx, &result.now, card->bundle);
	return 0;
}
