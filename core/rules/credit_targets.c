/* Paying courses and amounts within the room. DOMAIN.md 5.2 steps 2, 3, 5, 6
 * and 5.4. */
#include "core/rules/credit_run.h"

#include "core/model/field.h"

#include <string.h>

enum { WHOLE_BP = 10000, RATIO_DEFAULT_BP = 8000 };

int64_t credit_cap(int64_t base_centi, int64_t bp)
{
	return bp == OV_NULL ? OV_NULL : base_centi * bp / WHOLE_BP;
}

/* OV_NULL-safe index of a module or course of the curriculum, -1 for none. */
static int module_index(const struct credit_input *input, const char *code)
{
	for (size_t i = 0; code && i < input->module_count; i++)
		if (!strcmp(input->modules[i].code, code))
			return (int)i;
	return -1;
}

static int course_index(const struct credit_input *input, const char *code)
{
	for (size_t i = 0; i < input->course_count; i++)
		if (!strcmp(input->courses[i].code, code))
			return (int)i;
	return -1;
}

static struct credit_paid *paid_of(const struct credit_run *run, const char *rule_code)
{
	for (size_t i = 0; i < run->paid_count; i++)
		if (!strcmp(run->paid[i].rule_code, rule_code))
			return &run->paid[i];
	return NULL;
}

/* A smaller room wins; an equal one doesn't, so that of equal rooms the cap
 * asked first is reported. */
static void room_least(struct credit_room *room, int64_t limit, int64_t taken, enum reason code)
{
	int64_t left;

	if (limit == OV_NULL)
		return;
	left = limit > taken ? limit - taken : 0;
	if (room->code == REASON_NONE || left < room->centi) {
		room->centi = left;
		room->code = code;
	}
}

struct credit_room credit_room_now(const struct credit_run *run, int source_class,
				   const char *module, const struct credit_rule *oa_rule)
{
	const struct credit_input *input = run->input;
	const struct credit_caps *caps = &input->caps;
	struct credit_room room = { CREDIT_AMOUNT_MAX, REASON_NONE };
	int at = module_index(input, module);

	/* In the alphabet's order of the codes. */
	if (at >= 0)
		room_least(&room, input->modules[at].transfer_max_centi, run->by_module[at],
			   REASON_CAP_MODULE);
	room_least(&room, credit_cap(input->base_centi, caps->overall_bp), run->total,
		   REASON_CAP_PROGRAMME);
	if (oa_rule) {
		const struct credit_paid *paid = paid_of(run, oa_rule->code);

		room_least(&room, oa_rule->rule_max_centi, paid ? paid->centi : 0, REASON_CAP_RULE);
	}
	room_least(&room, credit_cap(input->base_centi, caps->class_bp[source_class]),
		   run->by_class[source_class], REASON_CAP_SOURCE);
	return room;
}

void credit_pay(struct credit_run *run, int64_t line_no, const struct credit_rule *rule,
		int source_class, const char *module, const char *course, int64_t amount)
{
	int at = module_index(run->input, module);

	run->total += amount;
	run->by_class[source_class] += amount;
	if (at >= 0)
		run->by_module[at] += amount;
	if (rule && rule->kind == RULE_OA) {
		struct credit_paid *paid = paid_of(run, rule->code);

		if (!paid) {
			paid = &run->paid[run->paid_count++];
			*paid = (struct credit_paid){ rule->code, 0 };
		}
		paid->centi += amount;
	}
	credit_entry_add(run, &(struct credit_entry){
		.kind = CREDIT_GRANT, .line_no = line_no, .rule = rule, .module = module,
		.course = course, .source_class = source_class, .amount_centi = amount });
}

enum reason credit_target(struct credit_run *run, int64_t line_no,
			  const struct credit_rule *rule, int source_class,
			  const char *course, int64_t source_centi,
			  int64_t *need, int64_t *have)
{
	int at = course_index(run->input, course);
	const struct credit_course *target;
	struct credit_room room;

	*need = *have = OV_NULL;
	if (at < 0)
		return REASON_TARGET_NOT_IN_PLAN;
	target = &run->input->courses[at];
	if (run->course_done[at])
		return REASON_TARGET_DONE;
	if (source_centi != OV_NULL) {
		int64_t ratio = rule->min_ratio_bp == OV_NULL ? RATIO_DEFAULT_BP : rule->min_ratio_bp;

		if (source_centi * WHOLE_BP < target->credit_centi * ratio) {
			*need = (target->credit_centi * ratio + WHOLE_BP - 1) / WHOLE_BP;
			*have = source_centi;
			return REASON_SRC_CREDIT_LOW;
		}
	}
	room = credit_room_now(run, source_class, target->module, NULL);
	*need = target->credit_centi;
	*have = room.centi;
	if (room.centi < target->credit_centi)
		return room.code;
	run->course_done[at] = true;
	credit_pay(run, line_no, rule, source_class, target->module, course, target->credit_centi);
	return REASON_OK;
}

static int64_t course_credit(const struct credit_input *input, const char *code)
{
	int at = course_index(input, code);

	return at < 0 ? 0 : input->courses[at].credit_centi;
}

void credit_line_courses(struct credit_run *run, size_t line, const struct credit_rule *rule)
{
	const struct credit_line *in = &run->input->lines[line];
	int64_t source_centi = OV_NULL, wanted = 0, granted = 0, need = OV_NULL, have = OV_NULL;
	enum reason code = REASON_NO_TARGET;
	struct buf detail = BUF_INIT;
	struct credit_record *record;
	size_t paid = 0;

	if (rule->kind == RULE_CC)
		source_centi = in->credit_centi == OV_NULL ? 0 : in->credit_centi;
	for (size_t i = 0; i < rule->targets.count; i++) {
		const char *course = rule->targets.item[i];

		code = credit_target(run, in->line_no, rule, rule->source_class, course,
				     source_centi, &need, &have);
		wanted += course_credit(run->input, course);
		if (code == REASON_OK) {
			granted += course_credit(run->input, course);
			paid++;
		}
		buf_printf(&detail, "%s%s:%s", i ? " " : "", course, reason_code(code));
	}
	if (paid == rule->targets.count && paid > 0)
		code = REASON_GR_FULL;
	else if (paid > 0)
		code = REASON_GR_PARTIAL;
	else if (rule->targets.count != 1)
		code = REASON_NO_TARGET;
	record = credit_record_add(run, in->line_no, rule, code);
	record->granted_centi = granted;
	record->need = paid || rule->targets.count != 1 ? wanted : need;
	record->have = paid || rule->targets.count != 1 ? granted : have;
	record->detail = arena_strdup(run->arena, buf_cstr(&detail));
	run->result->lines[line].spent = paid > 0;
	buf_release(&detail);
}

/* An amount in a module: by a TX rule, or by an expert when rule is NULL. */
static void amount_pay(struct credit_run *run, size_t line, const struct credit_rule *rule,
		       int source_class, const char *module, int64_t amount)
{
	const struct credit_line *in = &run->input->lines[line];
	struct credit_room room = credit_room_now(run, source_class, module, NULL);
	int64_t granted = amount <= room.centi ? amount : run->input->caps.partial ? room.centi : 0;
	struct credit_record *record = credit_record_add(run, in->line_no, rule, REASON_GR_FULL);
	char a[24], b[24];

	record->need = amount;
	record->have = room.centi;
	if (module_index(run->input, module) < 0) {
		record->code = REASON_TARGET_NOT_IN_PLAN;
		record->have = OV_NULL;
		record->detail = arena_printf(run->arena, "%s:%s", module ? module : "",
					      reason_code(record->code));
		return;
	}
	record->granted_centi = granted;
	if (granted > 0)
		record->have = granted;
	if (granted == 0) {
		record->code = room.code;
		record->detail = arena_printf(run->arena, "room %s need %s",
			centi_format(room.centi, a), centi_format(amount, b));
		return;
	}
	if (granted < amount) {
		record->code = REASON_GR_PARTIAL;
		record->detail = arena_printf(run->arena, "%s %s of %s", reason_code(room.code),
			centi_format(granted, a), centi_format(amount, b));
	}
	credit_pay(run, in->line_no, rule, source_class, module, NULL, granted);
	run->result->lines[line].spent = true;
}

void credit_line_amount(struct credit_run *run, size_t line, const struct credit_rule *rule)
{
	amount_pay(run, line, rule, rule->source_class, rule->module, rule->amount_centi);
}

void credit_line_opinion(struct credit_run *run, size_t line)
{
	const struct credit_line *in = &run->input->lines[line];
	const struct credit_opinion *opinion = &in->opinion;
	struct credit_record *record;
	int64_t need, have;
	enum reason code;

	if (!opinion->course) {
		amount_pay(run, line, NULL, opinion->source_class, opinion->module, opinion->centi);
		return;
	}
	code = credit_target(run, in->line_no, NULL, opinion->source_class, opinion->course,
			     OV_NULL, &need, &have);
	record = credit_record_add(run, in->line_no, NULL,
				   code == REASON_OK ? REASON_GR_FULL : code);
	record->granted_centi = code == REASON_OK ? need : 0;
	record->need = need;
	record->have = code == REASON_OK ? need : have;
	record->detail = arena_printf(run->arena, "%s:%s", opinion->course, reason_code(code));
	run->result->lines[line].spent = code == REASON_OK;
}
