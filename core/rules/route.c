#include "core/rules/route_run.h"

#include <string.h>

size_t route_line_add(struct route_run *run, const struct route_type *type,
		      const struct credit_line *line)
{
	struct credit_line *to;

	if (run->line_count == run->line_room) {
		size_t more = run->line_room ? run->line_room * 2 : 64;
		struct credit_line *lines = arena_array(run->arena, more, sizeof *lines);
		const struct route_type **types = arena_array(run->arena, more, sizeof *types);

		if (run->line_count) {
			memcpy(lines, run->lines, run->line_count * sizeof *lines);
			memcpy(types, run->line_types, run->line_count * sizeof *types);
		}
		run->lines = lines;
		run->line_types = types;
		run->line_room = more;
	}
	to = &run->lines[run->line_count];
	*to = *line;
	if (!to->source_id) { /* one that is to be earned */
		to->source_id = arena_printf(run->arena, "new:%zu", run->line_count);
		to->credit_centi = to->expires_on = OV_NULL;
		to->dated_on = run->input->credit.submitted_on;
		to->verified = true;
		to->opinion = (struct credit_opinion){ .centi = OV_NULL };
	}
	to->line_no = (int64_t)run->line_count + 1;
	run->line_types[run->line_count] = type;
	return run->line_count++;
}

/* --- setting up --- */

/* Is such a certificate held, or has one paid already, as good or better? */
static bool had(const struct route_run *run, const char *code, int64_t level)
{
	const struct route_input *input = run->input;

	for (size_t i = 0; i < run->held_count; i++)
		if (!strcmp(run->lines[i].source, code) &&
		    (level == OV_NULL || (run->lines[i].level != OV_NULL &&
					  run->lines[i].level <= level)))
			return true;
	for (size_t i = 0; i < input->past_count; i++)
		if (!strcmp(input->past[i].code, code) &&
		    (level == OV_NULL || (input->past[i].level != OV_NULL &&
					  input->past[i].level <= level)))
			return true;
	return false;
}

/* One line for each least level that some rule asks of the type. */
static void type_lines(struct route_run *run, const struct route_type *type)
{
	const struct credit_input *credit = &run->input->credit;
	const struct credit_rule *at_level[6] = { NULL };
	enum { ANY = 0, MARK_FULL = 10000 };

	for (size_t i = 0; i < credit->rule_count; i++) {
		const struct credit_rule *rule = &credit->rules[i];
		int64_t level = rule->min_level == OV_NULL ? ANY : rule->min_level;

		if (level >= 0 && level < 6 && !at_level[level] &&
		    credit_rule_usable(rule, credit->submitted_on) &&
		    credit_rule_covers(rule, type->code))
			at_level[level] = rule;
	}
	for (int level = 5; level >= 0; level--)
		if (at_level[level] && !had(run, type->code, level == ANY ? OV_NULL : level))
			route_line_add(run, type, &(struct credit_line){
				.source = type->code, .level = level == ANY ? OV_NULL : level,
				.mark = MARK_FULL, .hours = OV_NULL });
}

static void proof_look(struct route_run *run)
{
	const struct route_input *input = run->input;
	const struct grad_input *check = &input->graduation;

	run->needs_proof = check->certificate_needed;
	for (size_t i = 0; i < check->certificate_count; i++)
		if (graduation_certificate_serves(&check->certificates[i], check->checked_on))
			run->needs_proof = false;
	for (size_t i = 0; input->proving && i < run->held_count; i++) {
		run->proof_held = run->proof_held || input->proving[i];
		run->proof_waits = run->proof_waits || (input->proving[i] && input->waiting &&
							input->waiting[i]);
	}
	for (size_t i = 0; i < input->type_count && !run->proof_type; i++)
		if ((input->types[i].category == CERT_VQ || input->types[i].category == CERT_PS) &&
		    !had(run, input->types[i].code, OV_NULL))
			run->proof_type = &input->types[i];
}

static int check_index(const struct route_input *input, const char *module)
{
	for (size_t i = 0; module && i < input->graduation.module_count; i++)
		if (!strcmp(input->graduation.modules[i].code, module))
			return (int)i;
	return -1;
}

static void modules_link(struct route_run *run)
{
	const struct credit_input *credit = &run->input->credit;

	run->check_module = arena_array(run->arena, credit->module_count,
					sizeof *run->check_module);
	run->course_module = arena_array(run->arena, credit->course_count,
					 sizeof *run->course_module);
	run->credit_module = arena_array(run->arena, credit->course_count,
					 sizeof *run->credit_module);
	for (size_t i = 0; i < credit->module_count; i++)
		run->check_module[i] = check_index(run->input, credit->modules[i].code);
	for (size_t i = 0; i < credit->course_count; i++) {
		const char *module = credit->courses[i].module;

		run->course_module[i] = check_index(run->input, module);
		run->credit_module[i] = -1;
		for (size_t k = 0; module && k < credit->module_count; k++)
			if (!strcmp(credit->modules[k].code, module))
				run->credit_module[i] = (int)k;
	}
}

static void run_init(struct route_run *run, const struct route_input *input,
		     struct arena *arena)
{
	memset(run, 0, sizeof *run);
	run->input = input;
	run->arena = arena;
	for (size_t i = 0; i < input->credit.line_count; i++)
		route_line_add(run, NULL, &input->credit.lines[i]);
	run->held_count = run->line_count;
	for (size_t i = 0; i < input->type_count; i++)
		type_lines(run, &input->types[i]);
	proof_look(run);
	modules_link(run);
	route_courses_init(run);
}

/* --- what is held --- */

/* The courses or the module that a rule pays into, as a text. */
static const char *targets_text(struct arena *arena, const struct credit_rule *rule)
{
	struct buf text = BUF_INIT;
	const char *copy;

	if (!rule)
		return "";
	if (rule->module && !rule->targets.count)
		return rule->module;
	for (size_t i = 0; i < rule->targets.count; i++)
		buf_printf(&text, "%s%s", i ? " " : "", rule->targets.item[i]);
	copy = arena_strdup(arena, buf_cstr(&text));
	buf_release(&text);
	return copy;
}

static void sources_fill(const struct route_input *input, struct arena *arena,
			 struct route_result *result)
{
	struct credit_input one = input->credit;

	result->sources = arena_array(arena, input->credit.line_count, sizeof *result->sources);
	one.line_count = 1;
	for (size_t i = 0; i < input->credit.line_count; i++) {
		struct route_source *source = &result->sources[i];
		struct credit_result worth;

		one.lines = &input->credit.lines[i];
		credit_calculate(&one, arena, &worth);
		source->line = one.lines;
		source->rule = worth.lines[0].rule;
		source->code = worth.lines[0].code;
		source->granted_centi = worth.lines[0].granted_centi;
		source->targets = targets_text(arena, source->rule);
	}
}

/* The check after these entries, these courses and that certificate. */
static void check_after(const struct route_run *run, const struct credit_result *claim,
			const bool *studied, bool proved, struct grad_module *modules,
			int64_t *counted, struct grad_result *result)
{
	const struct route_input *input = run->input;
	struct grad_certificate proof = { CERT_VQ, true, false, OV_NULL };
	struct grad_input check = input->graduation;

	if (check.module_count)
		memcpy(modules, check.modules, check.module_count * sizeof *modules);
	for (size_t i = 0; i < claim->entry_count; i++) {
		int at = check_index(input, claim->entries[i].module);

		if (claim->entries[i].kind != CREDIT_GRANT)
			continue;
		check.counted_centi += claim->entries[i].amount_centi;
		check.transferred_centi += claim->entries[i].amount_centi;
		if (at >= 0)
			modules[at].counted_centi += claim->entries[i].amount_centi;
	}
	for (size_t i = 0; studied && i < input->credit.course_count; i++) {
		int at = run->course_module[i];

		if (!studied[i])
			continue;
		check.counted_centi += input->credit.courses[i].credit_centi;
		if (at >= 0)
			modules[at].counted_centi += input->credit.courses[i].credit_centi;
	}
	if (proved && run->needs_proof) {
		check.certificates = &proof;
		check.certificate_count = 1;
	}
	check.modules = modules;
	*counted = check.counted_centi;
	graduation_check(&check, run->arena, result);
}

static void held_fill(struct route_run *run, struct route_result *result)
{
	credit_calculate(&run->input->credit, run->arena, &result->held);
	result->modules = arena_array(run->arena, run->input->graduation.module_count,
				      sizeof *result->modules);
	check_after(run, &result->held, NULL, run->proof_held, result->modules,
		    &result->then_centi, &result->then);
	graduation_check(&run->input->graduation, run->arena, &result->now);
}

/* --- ways --- */

struct way_case {
	struct route_run *run;
	struct route_way *way;
	const struct route_group *groups;
	bool *in_claim;           /* by line */
	size_t *claim_lines;      /* the line behind each line of the claim */
	struct credit_line *claim;
	size_t claim_count;
	struct credit_result result;
};

static void way_claim(struct way_case *wc, const int *taken)
{
	struct route_run *run = wc->run;
	struct credit_input input = run->input->credit;

	wc->claim = arena_array(run->arena, run->line_count + 1, sizeof *wc->claim);
	wc->claim_lines = arena_array(run->arena, run->line_count + 1, sizeof *wc->claim_lines);
	for (size_t g = 0; g < run->group_count; g++) {
		const struct route_option *option = &run->groups[g].options[taken[g]];

		for (size_t i = 0; i < option->line_count; i++) {
			size_t line = option->lines[i];

			wc->claim_lines[wc->claim_count] = line;
			wc->claim[wc->claim_count] = run->lines[line];
			wc->claim[wc->claim_count].line_no = (int64_t)wc->claim_count + 1;
			wc->claim_count++;
		}
	}
	input.lines = wc->claim;
	input.line_count = wc->claim_count;
	credit_calculate(&input, run->arena, &wc->result);
}

static struct route_step *step_add(struct way_case *wc, enum route_step_kind kind)
{
	struct route_step *step = &wc->way->steps[wc->way->count++];

	*step = (struct route_step){ .kind = kind, .level = OV_NULL, .mark = OV_NULL,
				     .hours = OV_NULL, .targets = "" };
	if (kind != ROUTE_WAIT)
		wc->way->step_count++;
	return step;
}

static void claim_steps(struct way_case *wc)
{
	const struct route_run *run = wc->run;

	for (size_t i = 0; i < wc->claim_count; i++) {
		const size_t at = wc->claim_lines[i];
		const struct credit_line_result *line = &wc->result.lines[i];
		const bool held = at < run->held_count;
		const bool waits = held && run->input->waiting && run->input->waiting[at];
		struct route_step *step = step_add(wc, waits ? ROUTE_WAIT : held ? ROUTE_CLAIM :
			line->rule && line->rule->kind == RULE_OA ? ROUTE_OPEN : ROUTE_EARN);

		step->line = held ? &run->input->credit.lines[at] : NULL;
		step->code = run->lines[at].source;
		step->name = run->line_types[at] ? run->line_types[at]->name : NULL;
		step->rule = line->rule;
		step->module = line->rule ? line->rule->module : NULL;
		step->targets = targets_text(run->arena, line->rule);
		step->level = run->lines[at].level;
		step->mark = held ? run->lines[at].mark : line->rule ? line->rule->min_mark : OV_NULL;
		step->hours = run->lines[at].hours;
		step->credit_centi = line->granted_centi;
		wc->way->new_count += !held;
		wc->way->transferred_centi += line->granted_centi;
		if (step->kind == ROUTE_OPEN && line->rule)
			wc->way->study_centi += step->hours * 100 / line->rule->hours_per_credit;
	}
}

static void proof_step(struct way_case *wc)
{
	const struct route_run *run = wc->run;
	struct route_step *step;

	if (!run->proof_held && !run->proof_type)
		return;
	step = step_add(wc, ROUTE_PROVE);
	if (run->proof_held) {
		for (size_t i = 0; !step->line; i++)
			if (run->input->proving[i])
				step->line = &run->input->credit.lines[i];
		step->code = step->line->source;
		step->level = step->line->level;
	} else {
		step->code = run->proof_type->code;
		step->name = run->proof_type->name;
		wc->way->new_count++;
	}
	wc->way->proved = true;
}

static void course_steps(struct way_case *wc, const bool *studied)
{
	const struct credit_input *credit = &wc->run->input->credit;

	for (size_t i = 0; i < credit->course_count; i++) {
		struct route_step *step;

		if (!studied[i])
			continue;
		step = step_add(wc, ROUTE_STUDY);
		step->code = credit->courses[i].code;
		step->module = credit->courses[i].module;
		step->credit_centi = credit->courses[i].credit_centi;
		wc->way->study_centi += step->credit_centi;
	}
}

static void way_fill(struct route_run *run, struct route_way *way, const int *taken)
{
	struct way_case wc = { .run = run, .way = way };
	struct route_state state;
	struct grad_module *modules = arena_array(run->arena, run->input->graduation.module_count,
						  sizeof *modules);
	bool *studied = arena_array(run->arena, run->input->credit.course_count + 1,
				    sizeof *studied);
	struct grad_result check;
	int64_t counted;

	route_state_init(run, &state);
	for (size_t g = 0; g < run->group_count; g++)
		route_apply(run, &state, &run->groups[g].options[taken[g]]);
	route_courses_pick(run, &state, way->aim == ROUTE_BY_STUDY, studied);
	way_claim(&wc, taken);
	way->steps = arena_array(run->arena, wc.claim_count + run->input->credit.course_count + 1,
				 sizeof *way->steps);
	claim_steps(&wc);
	way->proved = state.proved;
	if (!state.proved)
		proof_step(&wc);
	course_steps(&wc, studied);
	check_after(run, &wc.result, studied, way->proved, modules, &counted, &check);
	for (size_t i = 0; i < check.count; i++)
		if (check.findings[i].code == REASON_GD_CREDITS_SHORT ||
		    check.findings[i].code == REASON_GD_MODULE_SHORT)
			way->unmet_centi += check.findings[i].amount_centi;
}

static bool way_equal(const struct route_way *a, const struct route_way *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (a->steps[i].kind != b->steps[i].kind ||
		    strcmp(a->steps[i].code, b->steps[i].code) != 0 ||
		    a->steps[i].level != b->steps[i].level ||
		    a->steps[i].hours != b->steps[i].hours)
			return false;
	return true;
}

void route_find(const struct route_input *input, struct arena *arena,
		struct route_result *result)
{
	struct route_run run;
	int *taken;

	memset(result, 0, sizeof *result);
	run_init(&run, input, arena);
	sources_fill(input, arena, result);
	held_fill(&run, result);
	route_groups_build(&run);
	taken = arena_array(arena, run.group_count + 1, sizeof *taken);
	for (int aim = 0; aim < ROUTE_AIMS && !result->stopped; aim++) {
		struct route_way *way = &result->ways[result->way_count];
		bool seen = false;

		*way = (struct route_way){ .aim = (enum route_aim)aim };
		if (!route_search(&run, way->aim, taken, &way->exact)) {
			result->stopped = true;
			return;
		}
		way_fill(&run, way, taken);
		for (size_t i = 0; i < result->way_count && !seen; i++)
			seen = way_equal(&result->ways[i], way);
		result->way_count += !seen;
	}
}
