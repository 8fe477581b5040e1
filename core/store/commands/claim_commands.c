/* The commands on credit claims, one for each event of DOMAIN.md 4. */
#include <string.h>

#include "core/base/text.h"
#include "core/store/commands/claim_apply.h"
#include "core/store/commands/claim_args.h"
#include "core/store/commands/claim_lines.h"
#include "core/store/commands/claim_outcome.h"
#include "core/store/commands/handlers.h"
#include "core/store/local.h"

enum { TRAIL_REASON_CHARS = 200, CODE_CHARS = 24 };

static bool is_code(const char *text)
{
	size_t len = strlen(text);

	return len <= CODE_CHARS && len >= CLAIM_REASON_CHARS && *text >= 'A' && *text <= 'Z' &&
	       strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == len;
}

/* Reason and code of any claim command; the trail gets what fits into it. */
static struct claim_reason reason_of(struct tx *tx, const struct command *command)
{
	const struct field *code = field_find(command->def->args, "reason_code");
	const struct field *text = field_find(command->def->args, "reason");
	struct claim_reason reason = { NULL, NULL };

	if (code)
		reason.code = field_text(code, command->args);
	if (text && field_text(text, command->args))
		reason.text = text_trim(field_text(text, command->args), tx->arena);
	if (reason.text && !*reason.text)
		reason.text = NULL;
	if (reason.code && !*reason.code)
		reason.code = NULL;
	if (reason.text && !reason.code && is_code(reason.text)) {
		reason.code = reason.text;
		reason.text = NULL;
	}
	if (reason.text)
		tx->reason = arena_strndup(tx->arena, reason.text,
					   utf8_prefix(reason.text, TRAIL_REASON_CHARS));
	else if (reason.code)
		tx->reason = reason.code;
	return reason;
}

static bool reason_enough(const struct claim_reason *reason)
{
	return reason->code ||
	       (reason->text && utf8_count(reason->text) >= CLAIM_REASON_CHARS);
}

static int judge(struct tx *tx, struct claim_case *cc, enum claim_event event,
		 const struct command *command, const struct claim_reason *reason,
		 struct claim_outcome *step, struct error *err)
{
	if (claim_case_facts(tx, cc, err) < 0)
		return err->code;
	cc->facts.expected_rev = command->expected_rev;
	cc->facts.reason_given = reason_enough(reason);
	if ((event == EVENT_PASS_SECOND || event == EVENT_POST) &&
	    claim_event_open(cc->claim->state, event, tx->actor) &&
	    claim_case_recalculate(tx, cc, event, err) < 0)
		return err->code;
	return claim_may(&cc->facts, event, tx->actor, &cc->calendar, step, err);
}

static int finish(struct tx *tx, struct claim_case *cc, enum claim_event event,
		  const struct claim_outcome *step, const struct claim_reason *reason,
		  struct outcome *outcome, struct error *err)
{
	if (claim_apply(tx, cc, event, step, reason, err) < 0)
		return err->code;
	if (step->advice != REASON_NONE)
		advice_add(tx, &outcome->records, step->advice, "line", "");
	return claim_outcome_fill(tx, cc, outcome, err);
}

static int event_run(struct tx *tx, const struct command *command, enum claim_event event,
		     struct outcome *outcome, struct error *err)
{
	struct claim_reason reason = reason_of(tx, command);
	struct claim_outcome step;
	struct claim_case *cc;

	if (claim_case_load(tx, command->target, &cc, err) < 0 ||
	    judge(tx, cc, event, command, &reason, &step, err) < 0)
		return err->code;
	return finish(tx, cc, event, &step, &reason, outcome, err);
}

#define SIMPLE(name, EVENT) \
	int command_claim_##name(struct tx *tx, const struct command *command, \
				 struct outcome *outcome, struct error *err) \
	{ \
		return event_run(tx, command, EVENT_##EVENT, outcome, err); \
	}
SIMPLE(submit, SUBMIT)
SIMPLE(accept, ACCEPT)
SIMPLE(return, RETURN)
SIMPLE(pass_first, PASS_FIRST)
SIMPLE(ask_expert, ASK_EXPERT)
SIMPLE(reject, REJECT)
SIMPLE(pass_second, PASS_SECOND)
SIMPLE(send_back, SEND_BACK)
SIMPLE(publish, PUBLISH)
SIMPLE(object, OBJECT)
SIMPLE(dismiss, DISMISS)
SIMPLE(uphold, UPHOLD)
SIMPLE(close, CLOSE)
SIMPLE(post, POST)
SIMPLE(resubmit, RESUBMIT)
SIMPLE(lapse, LAPSE)
SIMPLE(appeal, APPEAL)
SIMPLE(allow, ALLOW)
SIMPLE(deny, DENY)
SIMPLE(withdraw, WITHDRAW)
SIMPLE(revoke, REVOKE)
#undef SIMPLE

static int student_of(struct tx *tx, int64_t id, struct student **out, struct error *err)
{
	if (tx_get(tx, KIND_STUDENT, id, (void **)out, err) < 0)
		return err->code;
	if (!student_in_scope(tx->actor, *out))
		return local_not_found(KIND_STUDENT, id, NULL, err); /* not his number */
	return 0;
}

int command_claim_create(struct tx *tx, const struct command *command, struct outcome *outcome,
			 struct error *err)
{
	const struct claim_create_args *args = command->args;
	const struct claim_reason none = { NULL, NULL };
	struct credit_claim *claim = record_new(tx->arena, &credit_claim_fields);
	struct claim_outcome step;
	struct student *student;
	struct claim_case *cc;
	char number[15];

	if (student_of(tx, args->student_id, &student, err) < 0 ||
	    claim_case_new(tx, student, &cc, err) < 0 || claim_case_facts(tx, cc, err) < 0 ||
	    claim_may(&cc->facts, EVENT_CREATE, tx->actor, &cc->calendar, &step, err) < 0 ||
	    tx_claim_number(tx, number, err) < 0)
		return err->code;
	claim->claim_no = arena_strdup(tx->arena, number);
	claim->student_id = student->id;
	claim->state = CLAIM_DRAFT;
	claim->appeal_count = 0;
	claim->deadline_on = step.deadline_on;
	if (tx_insert(tx, KIND_CREDIT_CLAIM, claim, err) < 0)
		return err->code;
	cc->claim = claim;
	cc->explanations.table = &claim_explanation_fields;
	outcome->id = claim->id;
	if (claim_lines_set(tx, cc, args->lines, err) < 0 || claim_request(tx, cc, err) < 0 ||
	    finish(tx, cc, EVENT_CREATE, &step, &none, outcome, err) < 0)
		return err->code;
	tx->audit_detail = "->DRAFT";
	return claim_twins_advise(tx, cc, &outcome->records, err);
}

int command_claim_edit(struct tx *tx, const struct command *command, struct outcome *outcome,
		       struct error *err)
{
	const struct claim_edit_args *args = command->args;
	const struct claim_reason none = { NULL, NULL };
	struct claim_outcome step;
	struct claim_case *cc;

	if (claim_case_load(tx, command->target, &cc, err) < 0 ||
	    judge(tx, cc, EVENT_EDIT, command, &none, &step, err) < 0 ||
	    claim_lines_set(tx, cc, args->lines, err) < 0 || claim_request(tx, cc, err) < 0 ||
	    finish(tx, cc, EVENT_EDIT, &step, &none, outcome, err) < 0)
		return err->code;
	return claim_twins_advise(tx, cc, &outcome->records, err);
}

static int evidence_mark(struct tx *tx, struct evidence *evidence, enum evidence_check check,
			 struct error *err)
{
	evidence->checked = check;
	evidence->checked_by = check == CHECK_OPEN ? OV_NULL : tx->actor->user_id;
	return tx_update(tx, KIND_EVIDENCE, evidence, err);
}

/* Gives all evidence that is still open this result; *marked counts it. */
static int evidence_mark_open(struct tx *tx, struct claim_case *cc, enum evidence_check check,
			      size_t *marked, struct error *err)
{
	*marked = 0;
	for (size_t i = 0; i < cc->line_count; i++)
		for (size_t k = 0; k < cc->lines[i].evidence.count; k++) {
			struct evidence *evidence = cc->lines[i].evidence.items[k];

			if (evidence->checked != CHECK_OPEN)
				continue;
			if (evidence_mark(tx, evidence, check, err) < 0)
				return err->code;
			++*marked;
		}
	return 0;
}

int command_claim_verify(struct tx *tx, const struct command *command, struct outcome *outcome,
			 struct error *err)
{
	const struct claim_verify_args *args = command->args;
	struct claim_reason reason = reason_of(tx, command);
	struct claim_outcome step;
	struct claim_case *cc;
	size_t marked;

	if (claim_case_load(tx, command->target, &cc, err) < 0)
		return err->code;
	/* Judged again below; a refusal undoes the marks with the rest. */
	if (args->all_ok == 1 && cc->claim->state == CLAIM_ACCEPTED &&
	    permission_has(tx->actor, PERM_CLAIM_VERIFY) &&
	    evidence_mark_open(tx, cc, CHECK_OK, &marked, err) < 0)
		return err->code;
	if (judge(tx, cc, EVENT_VERIFY, command, &reason, &step, err) < 0)
		return err->code;
	return finish(tx, cc, EVENT_VERIFY, &step, &reason, outcome, err);
}

static bool any_false(const struct claim_case *cc)
{
	for (size_t i = 0; i < cc->line_count; i++)
		for (size_t k = 0; k < cc->lines[i].evidence.count; k++)
			if (((struct evidence *)cc->lines[i].evidence.items[k])->checked ==
			    CHECK_FALSE)
				return true;
	return false;
}

/* T8. Where no evidence was marked FALSE before, what the verifier has not
 * found good is what he now calls false. */
int command_claim_reject_false(struct tx *tx, const struct command *command,
			       struct outcome *outcome, struct error *err)
{
	struct claim_reason reason = reason_of(tx, command);
	struct claim_outcome step;
	struct claim_case *cc;
	size_t marked;

	if (claim_case_load(tx, command->target, &cc, err) < 0 ||
	    judge(tx, cc, EVENT_REJECT_FALSE, command, &reason, &step, err) < 0)
		return err->code;
	if (!any_false(cc)) {
		if (evidence_mark_open(tx, cc, CHECK_FALSE, &marked, err) < 0)
			return err->code;
		if (!marked)
			return error_reason(err, REASON_SM_NOT_FALSE, NULL);
	}
	return finish(tx, cc, EVENT_REJECT_FALSE, &step, &reason, outcome, err);
}

static enum source_class class_guess(const struct claim_line *line)
{
	return line->source_kind == SOURCE_COURSE ? CLASS_S2 : CLASS_S4;
}

static int opinion_set(struct tx *tx, struct claim_case *cc, const struct claim_opinion *from,
		       struct error *err)
{
	struct case_line *at = claim_case_line(cc, from->line_no);
	struct course *course = NULL;
	struct claim_line *line;

	/* A rule has the first word: only lines without one ask for an opinion. */
	if (!at || !at->line->code || strcmp(at->line->code, "NO_RULE"))
		return error_reason(err, REASON_SM_NO_OPINION, "field", "line_no", "line",
				    arena_printf(tx->arena, "%lld", (long long)from->line_no), NULL);
	line = at->line;
	if (from->course_id != OV_NULL &&
	    tx_get(tx, KIND_COURSE, from->course_id, (void **)&course, err) < 0)
		return err->code;
	if (from->centi > 0 && !course && !from->module)
		return error_reason(err, REASON_FIELD_REQUIRED, "field", "module",
				    "label", _("Module"), NULL);
	line->opinion_centi = from->centi > 0 && course ? course->credit_centi : from->centi;
	line->opinion_course = course ? course->id : OV_NULL;
	line->opinion_module = course ? NULL : from->module;
	line->opinion_class = from->source_class != OV_NULL ? from->source_class :
			      class_guess(line);
	line->opinion_text = from->text;
	return 0;
}

int command_claim_opine(struct tx *tx, const struct command *command, struct outcome *outcome,
			struct error *err)
{
	const struct claim_opine_args *args = command->args;
	struct claim_reason reason = reason_of(tx, command);
	struct claim_outcome step;
	struct claim_case *cc;

	if (claim_case_load(tx, command->target, &cc, err) < 0)
		return err->code;
	for (size_t i = 0; cc->claim->state == CLAIM_EXPERT && args->opinions &&
	     i < args->opinions->count; i++)
		if (opinion_set(tx, cc, args->opinions->items[i], err) < 0)
			return err->code;
	if (judge(tx, cc, EVENT_OPINE, command, &reason, &step, err) < 0)
		return err->code;
	return finish(tx, cc, EVENT_OPINE, &step, &reason, outcome, err);
}

/* Is EVENT's own state there? For steps of the clerk that are no event. */
static int state_must(const struct claim_case *cc, unsigned states, const char *label,
		      struct error *err)
{
	if (states >> cc->claim->state & 1u)
		return 0;
	return error_reason(err, REASON_SM_NO_TRANSITION, "event", label,
			    "state", enum_label(&claim_state_enum, cc->claim->state), NULL);
}

/* The claim's rev grows with its evidence: whoever looked before sees it. */
static int claim_touch(struct tx *tx, struct claim_case *cc, struct outcome *outcome,
		       struct error *err)
{
	if (tx_update(tx, KIND_CREDIT_CLAIM, cc->claim, err) < 0)
		return err->code;
	return claim_outcome_fill(tx, cc, outcome, err);
}

int command_claim_evidence_add(struct tx *tx, const struct command *command,
			       struct outcome *outcome, struct error *err)
{
	const unsigned states = 1u << CLAIM_DRAFT | 1u << CLAIM_SUBMITTED | 1u << CLAIM_RETURNED;
	const struct evidence_add_args *args = command->args;
	const struct evidence values = {
		.kind = args->evidence, .file_name = args->file, .size_bytes = args->size,
		.sha256 = args->sha256,
	};
	struct claim_case *cc;
	int64_t twins = 0;

	if (claim_case_load(tx, command->target, &cc, err) < 0 ||
	    state_must(cc, states, _("Add evidence"), err) < 0 ||
	    claim_evidence_add(tx, cc, args->line_no, &values, err) < 0)
		return err->code;
	if (args->sha256 &&
	    claim_evidence_twins(tx, cc->student->id, args->sha256, &twins, err) < 0)
		return err->code;
	if (twins > 0)
		advice_add(tx, &outcome->records, REASON_EVIDENCE_TWIN, "line",
			   arena_printf(tx->arena, "%lld", (long long)args->line_no));
	tx->audit_detail = arena_printf(tx->arena, "line %lld", (long long)args->line_no);
	return claim_touch(tx, cc, outcome, err);
}

/* I23: the trail names user, reason, claim and line; local_evidence_get() hands
 * nothing out that it does not name. */
int command_claim_evidence_open(struct tx *tx, const struct command *command,
				struct outcome *outcome, struct error *err)
{
	const struct evidence_open_args *args = command->args;
	const struct case_line *line;
	struct claim_case *cc;
	size_t files = 0;

	if (claim_case_load(tx, command->target, &cc, err) < 0)
		return err->code;
	line = claim_case_line(cc, args->line_no);
	for (size_t i = 0; line && i < line->evidence.count; i++) {
		const struct evidence *evidence = line->evidence.items[i];

		if (!evidence->sha256)
			continue;
		bundle_add(&outcome->records, &evidence_fields, line->evidence.items[i]);
		files++;
	}
	if (!files)
		return error_reason(err, REASON_NOT_FOUND, "field", "line_no", "what", _("File"), "key",
				    arena_printf(tx->arena, "%lld", (long long)args->line_no), NULL);
	tx->audit_detail = arena_printf(tx->arena, "line %lld", (long long)args->line_no);
	return 0;
}

int command_claim_evidence_check(struct tx *tx, const struct command *command,
				 struct outcome *outcome, struct error *err)
{
	const struct evidence_check_args *args = command->args;
	struct case_line *line;
	struct claim_case *cc;
	size_t marked = 0;

	(void)reason_of(tx, command);
	if (claim_case_load(tx, command->target, &cc, err) < 0 ||
	    state_must(cc, 1u << CLAIM_ACCEPTED, _("Check evidence"), err) < 0)
		return err->code;
	line = claim_case_line(cc, args->line_no);
	for (size_t i = 0; line && i < line->evidence.count; i++) {
		struct evidence *evidence = line->evidence.items[i];

		if (args->evidence_id != OV_NULL && args->evidence_id != evidence->id)
			continue;
		if (evidence_mark(tx, evidence, (enum evidence_check)args->result, err) < 0)
			return err->code;
		marked++;
	}
	if (!marked)
		return error_reason(err, REASON_NOT_FOUND, "field", "line_no", "what",
				    _(evidence_fields.label), "key",
				    arena_printf(tx->arena, "%lld", (long long)args->line_no), NULL);
	tx->audit_detail = arena_printf(tx->arena, "line %lld %s", (long long)args->line_no,
					enum_code(&evidence_check_enum, args->result));
	return claim_touch(tx, cc, outcome, err);
}

/* What the claim is worth as things stand; stores nothing. Before its sources
 * are verified they are taken as verified. */
int command_claim_calculate(struct tx *tx, const struct command *command, struct outcome *outcome,
			    struct error *err)
{
	struct claim_case *cc;
	bool before;

	if (claim_case_load(tx, command->target, &cc, err) < 0)
		return err->code;
	before = cc->claim->state == CLAIM_DRAFT || cc->claim->state == CLAIM_SUBMITTED ||
		 cc->claim->state == CLAIM_ACCEPTED || cc->claim->state == CLAIM_RETURNED;
	if (claim_case_calculate(tx, cc, before ? CALCULATE_VERIFIED : CALCULATE_NOW, err) < 0)
		return err->code;
	claim_result_explain(tx, cc);
	cc->claim->proposed_centi = cc->result.granted_centi;
	return claim_outcome_fill(tx, cc, outcome, err);
}
