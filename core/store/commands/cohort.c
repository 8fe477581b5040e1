/* Cohorts, their members, and enrolments. DOMAIN.md 2.12. */
#include <string.h>

#include "core/store/commands/claim_case.h"
#include "core/store/commands/cohort_args.h"
#include "core/store/commands/cohort_room.h"
#include "core/store/commands/cohort_waiting.h"
#include "core/store/commands/handlers.h"
#include "core/store/local.h"

FIELD_TABLE(cohort_member_item, COHORT_MEMBER_ITEM_FIELDS, "cohort_member_items",
	    N_("learner"), false, NULL);
FIELD_TABLE(session_cohort_item, SESSION_COHORT_ITEM_FIELDS, "session_cohort_items",
	    N_("cohort"), false, NULL);
FIELD_TABLE(attendance_item, ATTENDANCE_ITEM_FIELDS, "attendance_items", N_("attendance"),
	    false, NULL);

#define ARGS_TABLE(REC, LIST) FIELD_TABLE(REC, LIST, #REC, "", false, NULL);
COHORT_ARGS(ARGS_TABLE)

/* "2026S" or "2026A" */
static bool intake_good(const char *intake)
{
	return strlen(intake) == 5 && strspn(intake, "0123456789") == 4 &&
	       (intake[4] == 'S' || intake[4] == 'A');
}

static int curriculum_newest(struct tx *tx, int64_t programme_id, int64_t *id, struct error *err)
{
	const struct filter published[] = {
		FILTER_INT("programme_id", programme_id), FILTER_INT("state", CURRICULUM_PUBLISHED),
	};
	const struct curriculum *newest = NULL;
	struct record_list list;

	if (tx_find_all(tx, KIND_CURRICULUM, published, 2, 0, &list, err) < 0)
		return err->code;
	for (size_t i = 0; i < list.count; i++) {
		const struct curriculum *plan = list.items[i];

		if (!newest || plan->effective_from > newest->effective_from)
			newest = plan;
	}
	if (!newest)
		return error_reason(err, REASON_FIELD_REFERENCE, "field", "curriculum_id",
				    "label", _("Curriculum"), NULL);
	*id = newest->id;
	return 0;
}

int command_cohort_create(struct tx *tx, const struct command *command,
			  struct outcome *outcome, struct error *err)
{
	const struct cohort_create_args *args = command->args;
	struct cohort *cohort = record_new(tx->arena, &cohort_fields);

	if (!intake_good(args->intake))
		return error_reason(err, REASON_FIELD_TYPE, "field", "intake", "label", _("Intake"),
				    "expected", _("a year and S or A, like 2026S"), NULL);
	cohort->code = args->code;
	cohort->name = args->name;
	cohort->programme_id = args->programme_id;
	cohort->curriculum_id = args->curriculum_id;
	cohort->centre_id = args->centre_id;
	cohort->intake = args->intake;
	cohort->tutor_id = args->tutor_id;
	cohort->capacity = args->capacity;
	cohort->shift_tolerance = args->shift_tolerance != OV_NULL ? args->shift_tolerance : 0;
	if ((cohort->curriculum_id == OV_NULL &&
	     curriculum_newest(tx, args->programme_id, &cohort->curriculum_id, err) < 0) ||
	    tx_insert(tx, KIND_COHORT, cohort, err) < 0)
		return err->code;
	outcome->id = cohort->id;
	bundle_add(&outcome->records, &cohort_fields, cohort);
	return 0;
}

int command_cohort_edit(struct tx *tx, const struct command *command,
			struct outcome *outcome, struct error *err)
{
	const struct cohort_edit_args *args = command->args;
	struct cohort *cohort;

	if (tx_get(tx, KIND_COHORT, command->target, (void **)&cohort, err) < 0)
		return err->code;
	if (args->name)
		cohort->name = args->name;
	if (args->tutor_id != OV_NULL)
		cohort->tutor_id = args->tutor_id;
	if (args->capacity != OV_NULL)
		cohort->capacity = args->capacity;
	if (args->shift_tolerance != OV_NULL)
		cohort->shift_tolerance = args->shift_tolerance;
	if (tx_update(tx, KIND_COHORT, cohort, err) < 0)
		return err->code;
	bundle_add(&outcome->records, &cohort_fields, cohort);
	return args->capacity != OV_NULL ? cohort_seat_offer(tx, cohort->id, outcome, err) : 0;
}

int cohort_student_load(struct tx *tx, int64_t id, struct student **out, struct error *err)
{
	if (tx_get(tx, KIND_STUDENT, id, (void **)out, err) < 0)
		return err->code;
	if (!student_in_scope(tx->actor, *out))
		return local_not_found(KIND_STUDENT, id, NULL, err); /* not his number */
	return 0;
}

int cohort_fit_check(struct tx *tx, const struct student *student, int64_t cohort_id,
		     struct cohort **cohort, struct error *err)
{
	bool inside = false;

	if (tx_get(tx, KIND_COHORT, cohort_id, (void **)cohort, err) < 0 ||
	    local_in_scope(tx->local, KIND_COHORT, cohort_id, &inside, tx->arena, err) < 0)
		return err->code;
	if (!inside)
		return local_not_found(KIND_COHORT, cohort_id, NULL, err);
	if ((*cohort)->programme_id != student->programme_id ||
	    (*cohort)->centre_id != student->centre_id)
		return error_reason(err, REASON_COHORT_OTHER, "field", "cohort_id", NULL);
	return 0;
}

int cohort_room_check(struct tx *tx, const struct student *student, int64_t cohort_id,
		      struct error *err)
{
	struct cohort *cohort;
	int64_t free;

	if (cohort_fit_check(tx, student, cohort_id, &cohort, err) < 0 ||
	    cohort_seats_free(tx, cohort, student->id, &free, err) < 0)
		return err->code;
	return free > 0 ? 0 : error_reason(err, REASON_COHORT_FULL, "field", "cohort_id", NULL);
}

int command_cohort_add(struct tx *tx, const struct command *command,
		       struct outcome *outcome, struct error *err)
{
	const struct cohort_member_args *args = command->args;
	struct student *student;
	int64_t before;

	if (cohort_student_load(tx, args->student_id, &student, err) < 0)
		return err->code;
	if (student->cohort_id == command->target)
		return error_reason(err, REASON_COHORT_MEMBER, "field", "student_id", NULL);
	if (cohort_room_check(tx, student, command->target, err) < 0)
		return err->code;
	before = student->cohort_id;
	student->cohort_id = command->target;
	tx->audit_detail = arena_printf(tx->arena, "student %lld", (long long)student->id);
	if (tx_update(tx, KIND_STUDENT, student, err) < 0 ||
	    cohort_wait_over(tx, command->target, student->id, err) < 0)
		return err->code;
	bundle_add(&outcome->records, &student_fields, student);
	return before == OV_NULL ? 0 : cohort_seat_offer(tx, before, outcome, err);
}

int command_cohort_remove(struct tx *tx, const struct command *command,
			  struct outcome *outcome, struct error *err)
{
	const struct cohort_member_args *args = command->args;
	struct student *student;

	if (cohort_student_load(tx, args->student_id, &student, err) < 0)
		return err->code;
	if (student->cohort_id != command->target)
		return error_reason(err, REASON_COHORT_NO_MEMBER, "field", "student_id", NULL);
	student->cohort_id = OV_NULL;
	tx->audit_detail = arena_printf(tx->arena, "student %lld", (long long)student->id);
	if (tx_update(tx, KIND_STUDENT, student, err) < 0)
		return err->code;
	bundle_add(&outcome->records, &student_fields, student);
	return cohort_seat_offer(tx, command->target, outcome, err);
}

int command_enrolment_add(struct tx *tx, const struct command *command,
			  struct outcome *outcome, struct error *err)
{
	const struct enrolment_add_args *args = command->args;
	struct enrolment *enrolment = record_new(tx->arena, &enrolment_fields);
	struct curriculum_course *row;
	struct student *student;

	if (tx_get(tx, KIND_STUDENT, command->target, (void **)&student, err) < 0)
		return err->code;
	if (tx_find_one(tx, KIND_CURRICULUM_COURSE, (const struct filter[]){
			FILTER_INT("curriculum_id", student->curriculum_id),
			FILTER_INT("course_id", args->course_id) }, 2, (void **)&row, err) < 0)
		return err->code;
	if (!row)
		return error_reason(err, REASON_COURSE_NOT_IN_PLAN, "field", "course_id", NULL);
	enrolment->student_id = student->id;
	enrolment->course_id = args->course_id;
	enrolment->term_id = args->term_id;
	enrolment->cohort_id = args->cohort_id != OV_NULL ? args->cohort_id : student->cohort_id;
	enrolment->state = ENROL_ENROLLED;
	if (tx_insert(tx, KIND_ENROLMENT, enrolment, err) < 0)
		return err->code;
	tx->audit_detail = arena_printf(tx->arena, "enrolment %lld", (long long)enrolment->id);
	bundle_add(&outcome->records, &enrolment_fields, enrolment);
	return 0;
}

int command_enrolment_drop(struct tx *tx, const struct command *command,
			   struct outcome *outcome, struct error *err)
{
	struct enrolment *enrolment;

	if (tx_get(tx, KIND_ENROLMENT, command->target, (void **)&enrolment, err) < 0)
		return err->code;
	if (enrolment->state != ENROL_ENROLLED)
		return error_reason(err, REASON_ENROLMENT_STATE, NULL);
	enrolment->state = ENROL_DROPPED;
	tx->audit_detail = "ENROLLED>DROPPED";
	if (tx_update(tx, KIND_ENROLMENT, enrolment, err) < 0)
		return err->code;
	bundle_add(&outcome->records, &enrolment_fields, enrolment);
	return 0;
}
