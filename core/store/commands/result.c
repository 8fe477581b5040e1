/* Course results and the EARNED account. DOMAIN.md 2.7, 2.11, 5.8. */
#include "core/store/commands/handlers.h"
#include "core/store/commands/person_args.h"
#include "core/rules/composite.h"
#include "core/store/student_sums.h"

/* The registration, its ledger and the course's place in the curriculum. */
struct result_case {
	struct student *student;
	struct student_sums sums;
	struct course *course;
	const struct curriculum_module *module; /* NULL: not in the curriculum */
	struct course_result *old; /* the result in force, NULL when there is none */
};

static int module_find(struct tx *tx, struct result_case *rc, struct error *err)
{
	const struct filter in_plan[] = {
		FILTER_INT("curriculum_id", rc->student->curriculum_id),
		FILTER_INT("course_id", rc->course->id),
	};
	struct curriculum_course *row;

	if (tx_find_one(tx, KIND_CURRICULUM_COURSE, in_plan, 2, (void **)&row, err) < 0)
		return err->code;
	for (size_t i = 0; row && i < rc->sums.modules.count; i++)
		if (rc->sums.by_module[i].module->id == row->module_id)
			rc->module = rc->sums.by_module[i].module;
	return 0;
}

static int old_find(struct tx *tx, struct result_case *rc, struct error *err)
{
	struct record_list results;

	if (student_results(tx, rc->student->id, &results, err) < 0)
		return err->code;
	for (size_t i = 0; i < results.count; i++) {
		struct course_result *result = results.items[i];

		/* A second try in another term is a correction of nothing; what
		 * counts is the newest row (I7: a course counts once). */
		if (result->course_id == rc->course->id)
			rc->old = result;
	}
	return 0;
}

static int case_load(struct tx *tx, int64_t student_id, int64_t course_id,
		     struct result_case *rc, struct error *err)
{
	*rc = (struct result_case){ .student = NULL };
	if (tx_get(tx, KIND_STUDENT, student_id, (void **)&rc->student, err) < 0 ||
	    tx_get(tx, KIND_COURSE, course_id, (void **)&rc->course, err) < 0 ||
	    student_sums_load(tx, rc->student, &rc->sums, err) < 0 ||
	    module_find(tx, rc, err) < 0)
		return err->code;
	return old_find(tx, rc, err);
}

/* A course that was granted for an earlier result is done already (I7). */
static int not_replaced(const struct result_case *rc, struct error *err)
{
	const struct record_list *entries = &rc->sums.entries[ACCOUNT_TRANSFER];
	int64_t sum = 0;

	for (size_t i = 0; i < entries->count; i++) {
		const struct ledger_entry *entry = entries->items[i];

		if (entry->course_id == rc->course->id)
			sum += entry->amount_centi;
	}
	return sum > 0 ? error_reason(err, REASON_COURSE_REPLACED, "field", "course_id", NULL) : 0;
}

static int account_open(struct tx *tx, const struct result_case *rc, int64_t *id,
			struct error *err)
{
	struct account *account;

	if (rc->sums.accounts[ACCOUNT_EARNED]) {
		*id = rc->sums.accounts[ACCOUNT_EARNED]->id;
		return 0;
	}
	account = record_new(tx->arena, &account_fields);
	account->student_id = rc->student->id;
	account->kind = ACCOUNT_EARNED;
	if (tx_insert(tx, KIND_ACCOUNT, account, err) < 0)
		return err->code;
	*id = account->id;
	return 0;
}

static int entry_add(struct tx *tx, const struct result_case *rc,
		     const struct course_result *result, struct error *err)
{
	struct ledger_entry *entry = record_new(tx->arena, &ledger_entry_fields);

	if (account_open(tx, rc, &entry->account_id, err) < 0)
		return err->code;
	entry->amount_centi = rc->course->credit_centi;
	entry->kind = ENTRY_RESULT;
	entry->module_code = rc->module ? rc->module->code : NULL;
	entry->course_id = rc->course->id;
	entry->result_id = result->id;
	entry->booked_by = tx->actor->user_id;
	return tx_ledger_append(tx, entry, err);
}

/* Takes back the entry of a result that is replaced, when it is still there. */
static int entry_reverse(struct tx *tx, const struct result_case *rc, struct error *err)
{
	const struct record_list *entries = &rc->sums.entries[ACCOUNT_EARNED];
	const struct ledger_entry *found = NULL;
	struct ledger_entry *entry;

	for (size_t i = 0; i < entries->count; i++) {
		const struct ledger_entry *other = entries->items[i];

		if (other->result_id != rc->old->id)
			continue;
		found = other->kind == ENTRY_REVERSAL ? NULL : other;
	}
	if (!found)
		return 0;
	entry = record_new(tx->arena, &ledger_entry_fields);
	entry->account_id = found->account_id;
	entry->amount_centi = -found->amount_centi;
	entry->kind = ENTRY_REVERSAL;
	entry->module_code = found->module_code;
	entry->course_id = found->course_id;
	entry->result_id = found->result_id;
	entry->reverses_seq = found->seq;
	entry->booked_by = tx->actor->user_id;
	return tx_ledger_append(tx, entry, err);
}

static void outcome_set(struct course_result *result, const struct course *course, bool exempt)
{
	enum reason reason;

	if (exempt) {
		result->outcome = OUTCOME_EXEMPT;
		return;
	}
	reason = composite_mark(result->formative, result->final, course->formative_bp,
				&result->composite);
	result->outcome = reason != REASON_MK_OK ? OUTCOME_PENDING :
			  composite_passed(result->composite) ? OUTCOME_PASS : OUTCOME_FAIL;
}

/* Is the new row a correction of the old one, or a new try after a failure? */
static int correction_check(struct tx *tx, const struct result_case *rc,
			    const struct result_record_args *args, struct error *err)
{
	if (!rc->old || rc->old->outcome == OUTCOME_PENDING || rc->old->outcome == OUTCOME_FAIL)
		return 0;
	if (!args->reason)
		return error_reason(err, REASON_REASON_NEEDED, "field", "reason", "min", "4", NULL);
	tx->audit_detail = arena_printf(tx->arena, "replaces %lld", (long long)rc->old->id);
	return 0;
}

/* A result is recorded once; whatever comes later is a new row that names the
 * one it replaces, with a reversal in the ledger where that had paid (I2). */
int command_result_record(struct tx *tx, const struct command *command,
			  struct outcome *outcome, struct error *err)
{
	const struct result_record_args *args = command->args;
	struct course_result *result = record_new(tx->arena, &course_result_fields);
	struct result_case rc;

	if (case_load(tx, command->target, args->course_id, &rc, err) < 0)
		return err->code;
	if (rc.student->status == STUDENT_GRADUATED)
		return error_reason(err, REASON_SM_GRADUATED, NULL);
	if (not_replaced(&rc, err) < 0 || correction_check(tx, &rc, args, err) < 0)
		return err->code;
	result->student_id = rc.student->id;
	result->course_id = rc.course->id;
	result->term_id = args->term_id;
	result->formative = args->formative;
	result->final = args->final;
	result->result_on = args->result_on != OV_NULL ? args->result_on : tx->today;
	result->replaces_id = rc.old ? rc.old->id : OV_NULL;
	outcome_set(result, rc.course, args->exempt == 1);
	if (tx_insert(tx, KIND_COURSE_RESULT, result, err) < 0 ||
	    (rc.old && entry_reverse(tx, &rc, err) < 0) ||
	    (result->outcome == OUTCOME_PASS && entry_add(tx, &rc, result, err) < 0))
		return err->code;
	bundle_add(&outcome->records, &course_result_fields, result);
	tx->object_kind = KIND_STUDENT;
	tx->object_id = rc.student->id;
	return 0;
}
