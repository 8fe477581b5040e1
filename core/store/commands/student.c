/* Registrations: number, programme, standing, curriculum. DOMAIN.md 2.2, 3.1. */
#include <string.h>

#include "core/config/institution.h"
#include "core/store/commands/claim_case.h"
#include "core/store/commands/cohort_room.h"
#include "core/store/commands/handlers.h"
#include "core/store/commands/person_args.h"
#include "core/store/graduation_input.h"
#include "core/store/local.h"

static int number_parse(struct tx *tx, const char *text, struct student_number *number,
			struct error *err)
{
	struct institution institution;
	const char *name;
	int result;

	if (local_meta(tx->local, "institution", tx->arena, &name, err) < 0 ||
	    institution_load(name ? name : "ouc", &institution, err) < 0)
		return err->code;
	result = student_number_parse(&institution.plan, text, tx->today, number, err);
	institution_release(&institution);
	if (result < 0)
		memcpy(err->field, "student_no", sizeof "student_no");
	return result;
}

static int branch_set(struct tx *tx, struct student *student, const char *code,
		      int64_t centre_id, struct error *err)
{
	const struct filter by_code[] = {
		FILTER_TEXT("code", code), FILTER_INT("kind", BRANCH_BRANCH),
	};
	struct branch *branch, *centre;
	struct record_list centres;

	if (tx_find_one(tx, KIND_BRANCH, by_code, 2, (void **)&branch, err) < 0)
		return err->code;
	if (!branch)
		return error_reason(err, REASON_SN_BRANCH, "field", "student_no", NULL);
	student->branch_id = branch->id;
	if (centre_id == OV_NULL) {
		const struct filter of_branch[] = { FILTER_INT("parent_id", branch->id) };

		if (tx_find_all(tx, KIND_BRANCH, of_branch, 1, 0, &centres, err) < 0)
			return err->code;
		if (centres.count != 1)
			return error_reason(err, REASON_FIELD_REQUIRED, "field", "centre_id",
					    "label", _("Centre"), NULL);
		centre_id = ((struct branch *)centres.items[0])->id;
	}
	if (tx_get(tx, KIND_BRANCH, centre_id, (void **)&centre, err) < 0)
		return err->code;
	if (centre->kind != BRANCH_CENTRE || centre->parent_id != branch->id)
		return error_reason(err, REASON_FIELD_REFERENCE, "field", "centre_id",
				    "label", _("Centre"), NULL);
	student->centre_id = centre_id;
	return 0;
}

/* The published curriculum in force on the day of registration (I19). */
static int curriculum_set(struct tx *tx, struct student *student, struct error *err)
{
	const struct filter published[] = {
		FILTER_INT("programme_id", student->programme_id),
		FILTER_INT("state", CURRICULUM_PUBLISHED),
	};
	struct record_list list;

	if (tx_find_all(tx, KIND_CURRICULUM, published, 2, 0, &list, err) < 0)
		return err->code;
	for (size_t i = 0; i < list.count; i++) {
		const struct curriculum *plan = list.items[i];

		if (plan->effective_from <= student->registered_on &&
		    (plan->effective_to == OV_NULL || student->registered_on < plan->effective_to))
			student->curriculum_id = plan->id;
	}
	if (student->curriculum_id == OV_NULL)
		return error_reason(err, REASON_FIELD_REFERENCE, "field", "programme_id",
				    "label", _("Curriculum"), NULL);
	return 0;
}

/* The intake of the number contains the day or lies at most a year before. */
static int intake_check(const struct student_number *number, int64_t registered_on,
			struct error *err)
{
	int64_t from;

	if (number->year == OV_NULL)
		return 0;
	from = date_from_civil((int)number->year, number->season == 'A' ? 7 : 1, 1);
	if (registered_on < from || registered_on >= date_add_months(from, 18))
		return error_reason(err, REASON_IM_INTAKE, "field", "registered_on", NULL);
	return 0;
}

static int cohort_check(struct tx *tx, const struct student *student, struct error *err)
{
	return student->cohort_id == OV_NULL ? 0 :
	       cohort_room_check(tx, student, student->cohort_id, err);
}

static int level_check(struct tx *tx, const struct student *student, struct error *err)
{
	struct programme *programme;

	if (tx_get(tx, KIND_PROGRAMME, student->programme_id, (void **)&programme, err) < 0)
		return err->code;
	if (programme->level == LEVEL_BENKE_TOPUP && student->entry_level != OV_NULL &&
	    student->entry_level != ENTRY_ZHUANKE && student->entry_level != ENTRY_BENKE)
		return error_reason(err, REASON_IM_LEVEL, "field", "entry_level", NULL);
	return 0;
}

/* A person whom another branch alone knows doesn't exist for this one. */
static int person_check(struct tx *tx, int64_t person_id, struct error *err)
{
	bool inside = false;
	void *person;

	if (tx_get(tx, KIND_PERSON, person_id, &person, err) < 0 ||
	    local_in_scope(tx->local, KIND_PERSON, person_id, &inside, tx->arena, err) < 0)
		return err->code;
	return inside ? 0 : local_not_found(KIND_PERSON, person_id, NULL, err);
}

int command_student_register(struct tx *tx, const struct command *command,
			     struct outcome *outcome, struct error *err)
{
	const struct student_register_args *args = command->args;
	struct student *student = record_new(tx->arena, &student_fields);
	struct student_number number;

	student->registered_on = args->registered_on != OV_NULL ? args->registered_on : tx->today;
	student->status = STUDENT_ACTIVE;
	student->status_since = student->registered_on;
	student->person_id = args->person_id;
	student->programme_id = args->programme_id;
	student->entry_level = args->entry_level;
	student->cohort_id = args->cohort_id;
	if (person_check(tx, args->person_id, err) < 0 ||
	    number_parse(tx, args->student_no, &number, err) < 0 ||
	    branch_set(tx, student, number.branch, args->centre_id, err) < 0 ||
	    intake_check(&number, student->registered_on, err) < 0 ||
	    curriculum_set(tx, student, err) < 0 || cohort_check(tx, student, err) < 0 ||
	    level_check(tx, student, err) < 0)
		return err->code;
	if (!student_in_scope(tx->actor, student))
		return error_reason(err, REASON_SCOPE_DENIED, "field", "student_no", NULL);
	student->student_no = arena_strdup(tx->arena, number.text);
	if (tx_insert(tx, KIND_STUDENT, student, err) < 0)
		return err->code;
	outcome->id = student->id;
	bundle_add(&outcome->records, &student_fields, student);
	return 0;
}

static int student_write(struct tx *tx, struct student *student, struct outcome *outcome,
			 struct error *err)
{
	if (tx_update(tx, KIND_STUDENT, student, err) < 0)
		return err->code;
	bundle_add(&outcome->records, &student_fields, student);
	return 0;
}

int command_student_edit(struct tx *tx, const struct command *command,
			 struct outcome *outcome, struct error *err)
{
	const struct student_edit_args *args = command->args;
	struct student *student;

	if (tx_get(tx, KIND_STUDENT, command->target, (void **)&student, err) < 0)
		return err->code;
	if (args->entry_level != OV_NULL)
		student->entry_level = args->entry_level;
	if (args->cohort_id != OV_NULL && args->cohort_id != student->cohort_id) {
		student->cohort_id = args->cohort_id;
		if (cohort_check(tx, student, err) < 0)
			return err->code;
	}
	if (level_check(tx, student, err) < 0)
		return err->code;
	return student_write(tx, student, outcome, err);
}

/* GRADUATED is reached by graduation.confirm alone, and never left (I20). */
int command_student_status(struct tx *tx, const struct command *command,
			   struct outcome *outcome, struct error *err)
{
	const struct student_status_args *args = command->args;
	struct student *student;

	if (tx_get(tx, KIND_STUDENT, command->target, (void **)&student, err) < 0)
		return err->code;
	if (args->status == STUDENT_GRADUATED || student->status == STUDENT_GRADUATED)
		return error_reason(err, REASON_STATUS_GRADUATED, "field", "status", NULL);
	tx->audit_detail = arena_printf(tx->arena, "%s>%s",
					enum_code(&student_status_enum, student->status),
					enum_code(&student_status_enum, args->status));
	student->status = args->status;
	student->status_since = args->since != OV_NULL ? args->since : tx->today;
	return student_write(tx, student, outcome, err);
}

/* Credits are kept when the programme changes; what they count for is asked
 * of the new curriculum from now on (DOMAIN.md 10, "routes"). */
int command_student_move_curriculum(struct tx *tx, const struct command *command,
				    struct outcome *outcome, struct error *err)
{
	const struct student_move_args *args = command->args;
	struct curriculum *plan;
	struct student *student;

	if (tx_get(tx, KIND_STUDENT, command->target, (void **)&student, err) < 0 ||
	    tx_get(tx, KIND_CURRICULUM, args->curriculum_id, (void **)&plan, err) < 0)
		return err->code;
	if (plan->state != CURRICULUM_PUBLISHED)
		return error_reason(err, REASON_FIELD_REFERENCE, "field", "curriculum_id",
				    "label", _("Curriculum"), NULL);
	if (student->status == STUDENT_GRADUATED)
		return error_reason(err, REASON_STATUS_GRADUATED, "field", "curriculum_id", NULL);
	if (plan->programme_id != student->programme_id) {
		student->programme_id = plan->programme_id;
		student->cohort_id = OV_NULL; /* a cohort belongs to one programme */
	}
	student->curriculum_id = plan->id;
	return student_write(tx, student, outcome, err);
}

/* F6: the last result and the last certificate were entered by others. */
static int entered_by_other(struct tx *tx, const struct student *student, struct error *err)
{
	const struct filter results[] = { FILTER_INT("student_id", student->id) };
	const struct filter certificates[] = { FILTER_INT("person_id", student->person_id) };
	const struct {
		enum kind kind;
		const struct filter *filter;
	} rows[] = { { KIND_COURSE_RESULT, results }, { KIND_CERTIFICATE, certificates } };

	for (size_t i = 0; i < 2; i++) {
		const struct record_head *last;
		struct record_list list;
		struct user *user;

		if (tx_find_all(tx, rows[i].kind, rows[i].filter, 1, 0, &list, err) < 0)
			return err->code;
		if (!list.count)
			continue;
		last = list.items[list.count - 1];
		if (tx_get(tx, KIND_USER, last->created_by, (void **)&user, err) < 0)
			return err->code;
		if (claim_party(user->person_id, user->id) ==
		    claim_party(tx->actor->person_id, tx->actor->user_id))
			return error_reason(err, REASON_GD_FOUR_EYES, NULL);
	}
	return 0;
}

int command_graduation_confirm(struct tx *tx, const struct command *command,
			       struct outcome *outcome, struct error *err)
{
	struct grad_result result;
	struct student_sums sums;
	struct student *student;

	if (tx_get(tx, KIND_STUDENT, command->target, (void **)&student, err) < 0 ||
	    student_sums_load(tx, student, &sums, err) < 0 ||
	    graduation_run(tx, student, &sums, &result, err) < 0)
		return err->code;
	graduation_findings_add(tx, &result, &outcome->records);
	if (!result.passed)
		return error_reason(err, REASON_GD_REFUSED, "findings", result.findings[0].text, NULL);
	if (entered_by_other(tx, student, err) < 0)
		return err->code;
	tx->audit_detail = "ACTIVE>GRADUATED";
	student->status = STUDENT_GRADUATED;
	student->status_since = student->graduated_on = tx->today;
	return student_write(tx, student, outcome, err);
}
