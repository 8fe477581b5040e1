/* What rooms have and when they are closed, what courses need, and who may teach
 * with it. CONFLICTS.md: EQUIPMENT, ROOM_CLOSED, CERTIFICATE. */
#include <string.h>

#include "core/base/text.h"
#include "core/model/reason.h"
#include "core/store/commands/equipment_args.h"
#include "core/store/commands/equipment_rows.h"
#include "core/store/commands/handlers.h"
#include "core/store/tx.h"

#define ARGS_TABLE(REC, LIST) FIELD_TABLE(REC, LIST, #REC, "", false, NULL);
EQUIPMENT_ARGS(ARGS_TABLE)

/* Is the item there already for that owner? Both are named by their fields. */
static int twice_check(struct tx *tx, enum kind kind, const char *owner, int64_t owner_id,
		       const char *item, struct error *err)
{
	const struct field_table *table = kind_fields(kind);
	const struct filter active[] = { FILTER_INT(owner, owner_id),
					 FILTER_INT("removed_on", OV_NULL) };
	struct record_list list;

	if (tx_find_all(tx, kind, active, 2, 0, &list, err) < 0)
		return err->code;
	for (size_t i = 0; i < list.count; i++)
		if (!strcmp(field_text(field_find(table, "item"), list.items[i]), item))
			return error_reason(err, REASON_FIELD_UNIQUE, "field", "item", "label",
					    _("Equipment"), NULL);
	return 0;
}

int equipment_row_add(struct tx *tx, enum kind kind, void *row, struct outcome *outcome,
		   struct error *err)
{
	if (tx_insert(tx, kind, row, err) < 0)
		return err->code;
	outcome->id = ((const struct record_head *)row)->id;
	bundle_add(&outcome->records, kind_fields(kind), row);
	return 0;
}

int equipment_row_end(struct tx *tx, enum kind kind, int64_t id, struct outcome *outcome,
		   struct error *err)
{
	const struct field *removed = field_find(kind_fields(kind), "removed_on");
	void *row;

	if (tx_get(tx, kind, id, &row, err) < 0)
		return err->code;
	if (field_int(removed, row) != OV_NULL)
		return 0;
	field_set_int(removed, row, tx->today);
	if (tx_update(tx, kind, row, err) < 0)
		return err->code;
	bundle_add(&outcome->records, kind_fields(kind), row);
	return 0;
}

int command_room_equip(struct tx *tx, const struct command *command, struct outcome *outcome,
		       struct error *err)
{
	const struct room_equip_args *args = command->args;
	struct room_feature *row = record_new(tx->arena, &room_feature_fields);

	row->room_id = args->room_id;
	row->item = text_trim(args->item, tx->arena);
	if (twice_check(tx, KIND_ROOM_FEATURE, "room_id", row->room_id, row->item, err) < 0)
		return err->code;
	return equipment_row_add(tx, KIND_ROOM_FEATURE, row, outcome, err);
}

int command_room_unequip(struct tx *tx, const struct command *command, struct outcome *outcome,
			 struct error *err)
{
	return equipment_row_end(tx, KIND_ROOM_FEATURE, command->target, outcome, err);
}

int command_room_close(struct tx *tx, const struct command *command, struct outcome *outcome,
		       struct error *err)
{
	const struct room_close_args *args = command->args;
	struct room_closure *row = record_new(tx->arena, &room_closure_fields);

	row->room_id = args->room_id;
	row->on_date = args->on_date;
	row->start_min = args->start_min == OV_NULL ? 0 : args->start_min;
	row->until_on = args->until_on == OV_NULL ? args->on_date : args->until_on;
	row->end_min = args->end_min == OV_NULL ? DAY_MINUTES : args->end_min;
	row->note = args->note;
	if (row->until_on < row->on_date ||
	    (row->until_on == row->on_date && row->end_min <= row->start_min))
		return error_reason(err, REASON_FIELD_DATES, "field", "end_min", "label", _("End"),
				    "other", _("Start"), NULL);
	return equipment_row_add(tx, KIND_ROOM_CLOSURE, row, outcome, err);
}

int command_room_reopen(struct tx *tx, const struct command *command, struct outcome *outcome,
			struct error *err)
{
	return equipment_row_end(tx, KIND_ROOM_CLOSURE, command->target, outcome, err);
}

int command_course_require(struct tx *tx, const struct command *command, struct outcome *outcome,
			   struct error *err)
{
	const struct course_require_args *args = command->args;
	struct course_need *row = record_new(tx->arena, &course_need_fields);

	row->course_id = args->course_id;
	row->item = text_trim(args->item, tx->arena);
	row->certified = args->certified == 1;
	if (twice_check(tx, KIND_COURSE_NEED, "course_id", row->course_id, row->item, err) < 0)
		return err->code;
	return equipment_row_add(tx, KIND_COURSE_NEED, row, outcome, err);
}

int command_course_unrequire(struct tx *tx, const struct command *command,
			     struct outcome *outcome, struct error *err)
{
	return equipment_row_end(tx, KIND_COURSE_NEED, command->target, outcome, err);
}

/* A renewed certificate is a further one: the longest valid counts. */
int command_teacher_certify(struct tx *tx, const struct command *command, struct outcome *outcome,
			    struct error *err)
{
	const struct teacher_certify_args *args = command->args;
	struct teacher_certificate *row = record_new(tx->arena, &teacher_certificate_fields);

	row->teacher_id = args->teacher_id;
	row->item = text_trim(args->item, tx->arena);
	row->last_on = args->last_on;
	return equipment_row_add(tx, KIND_TEACHER_CERTIFICATE, row, outcome, err);
}

int command_teacher_uncertify(struct tx *tx, const struct command *command,
			      struct outcome *outcome, struct error *err)
{
	return equipment_row_end(tx, KIND_TEACHER_CERTIFICATE, command->target, outcome, err);
}
