/* One person's way out of a shift pattern, and a teacher's absence.
 * CONFLICTS.md, "approved swap/leave of one person". */
#include "core/model/reason.h"
#include "core/store/commands/handlers.h"
#include "core/store/commands/planning_args.h"
#include "core/store/tx.h"

#define ARGS_TABLE(REC, LIST) FIELD_TABLE(REC, LIST, #REC, "", false, NULL);
PLANNING_ITEMS(ARGS_TABLE)
PLANNING_ARGS(ARGS_TABLE)

static bool shape_good(const struct shift_exception *row)
{
	bool off = row->off_on != OV_NULL;
	bool work = row->work_on != OV_NULL && row->start_min != OV_NULL && row->end_min != OV_NULL;
	bool none = row->work_on == OV_NULL && row->start_min == OV_NULL && row->end_min == OV_NULL;

	switch ((enum exception_kind)row->kind) {
	case EXCEPTION_LEAVE:
		return off && none;
	case EXCEPTION_SWAP:
		return off && work;
	case EXCEPTION_OVERTIME:
		return !off && work;
	}
	return false;
}

/* Two exceptions that take the same shift away would say the same twice. */
static int twice_check(struct tx *tx, const struct shift_exception *row, struct error *err)
{
	const struct filter same[] = {
		FILTER_INT("person_id", row->person_id), FILTER_INT("off_on", row->off_on),
		FILTER_INT("withdrawn_on", OV_NULL),
	};
	struct shift_exception *other;

	if (row->off_on == OV_NULL)
		return 0;
	if (tx_find_one(tx, KIND_SHIFT_EXCEPTION, same, 3, (void **)&other, err) < 0)
		return err->code;
	return other ? error_reason(err, REASON_FIELD_UNIQUE, "field", "off_on", "label",
				    _("Shift not worked"), NULL) : 0;
}

int command_shift_except(struct tx *tx, const struct command *command, struct outcome *outcome,
			 struct error *err)
{
	const struct shift_except_args *args = command->args;
	struct shift_exception *row = record_new(tx->arena, &shift_exception_fields);
	struct student *student;

	if (tx_get(tx, KIND_STUDENT, args->student_id, (void **)&student, err) < 0)
		return err->code;
	row->person_id = student->person_id;
	row->kind = args->kind;
	row->off_on = args->off_on;
	row->work_on = args->work_on;
	row->start_min = args->start_min;
	row->end_min = args->end_min;
	row->note = args->note;
	if (row->start_min != OV_NULL && row->end_min != OV_NULL && row->end_min <= row->start_min)
		row->end_min += DAY_MINUTES;
	if (!shape_good(row) || (row->end_min != OV_NULL && row->end_min > row->start_min + 960))
		return error_reason(err, REASON_EXCEPTION_SHAPE, "field", "off_on", NULL);
	if (twice_check(tx, row, err) < 0 || tx_insert(tx, KIND_SHIFT_EXCEPTION, row, err) < 0)
		return err->code;
	outcome->id = row->id;
	bundle_add(&outcome->records, &shift_exception_fields, row);
	return 0;
}

int command_shift_withdraw(struct tx *tx, const struct command *command, struct outcome *outcome,
			   struct error *err)
{
	struct shift_exception *row;

	if (tx_get(tx, KIND_SHIFT_EXCEPTION, command->target, (void **)&row, err) < 0)
		return err->code;
	row->withdrawn_on = tx->today;
	if (tx_update(tx, KIND_SHIFT_EXCEPTION, row, err) < 0)
		return err->code;
	bundle_add(&outcome->records, &shift_exception_fields, row);
	return 0;
}

int command_teacher_away(struct tx *tx, const struct command *command, struct outcome *outcome,
			 struct error *err)
{
	const struct teacher_away_args *args = command->args;
	struct teacher_away *row = record_new(tx->arena, &teacher_away_fields);

	row->teacher_id = args->teacher_id;
	row->on_date = args->on_date;
	row->start_min = args->start_min == OV_NULL ? 0 : args->start_min;
	row->end_min = args->end_min == OV_NULL ? 1440 : args->end_min;
	if (row->end_min <= row->start_min)
		return error_reason(err, REASON_FIELD_DATES, "field", "end_min", "label", _("End"),
				    "other", _("Start"), NULL);
	if (tx_insert(tx, KIND_TEACHER_AWAY, row, err) < 0)
		return err->code;
	outcome->id = row->id;
	bundle_add(&outcome->records, &teacher_away_fields, row);
	return 0;
}
