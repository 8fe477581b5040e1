/* When teachers would like to teach, and when not. CONFLICTS.md: "teacher preference". */
#include "core/model/reason.h"
#include "core/store/commands/equipment_rows.h"
#include "core/store/commands/handlers.h"
#include "core/store/commands/wish_args.h"
#include "core/store/tx.h"

FIELD_TABLE(teacher_wish_args, TEACHER_WISH_ARGS, "teacher_wish_args", "", false, NULL);

/* One hour has one wish: two would say the same twice, or contradict each other. */
static int overlap_check(struct tx *tx, const struct teacher_wish *row, struct error *err)
{
	const struct filter same_day[] = {
		FILTER_INT("teacher_id", row->teacher_id), FILTER_INT("weekday", row->weekday),
		FILTER_INT("removed_on", OV_NULL),
	};
	const struct field *end = field_find(&teacher_wish_fields, "end_min");
	const struct field *start = field_find(&teacher_wish_fields, "start_min");
	char from[16], to[16];
	struct record_list list;

	if (tx_find_all(tx, KIND_TEACHER_WISH, same_day, 3, 0, &list, err) < 0)
		return err->code;
	for (size_t i = 0; i < list.count; i++) {
		const struct teacher_wish *other = list.items[i];

		if (other->start_min < row->end_min && row->start_min < other->end_min)
			return error_reason(err, REASON_WISH_OVERLAP, "field", "start_min",
				"id", arena_printf(tx->arena, "%lld", (long long)other->id), "from",
				field_format(start, other, from, sizeof from), "to",
				field_format(end, other, to, sizeof to), NULL);
	}
	return 0;
}

int command_teacher_wish(struct tx *tx, const struct command *command, struct outcome *outcome,
			 struct error *err)
{
	const struct teacher_wish_args *args = command->args;
	struct teacher_wish *row = record_new(tx->arena, &teacher_wish_fields);

	row->teacher_id = args->teacher_id;
	row->weekday = args->weekday;
	row->start_min = args->start_min == OV_NULL ? 0 : args->start_min;
	row->end_min = args->end_min == OV_NULL ? DAY_MINUTES : args->end_min;
	row->wish = args->wish;
	if (row->end_min <= row->start_min)
		return error_reason(err, REASON_FIELD_DATES, "field", "end_min", "label", _("End"),
				    "other", _("Start"), NULL);
	if (overlap_check(tx, row, err) < 0)
		return err->code;
	return equipment_row_add(tx, KIND_TEACHER_WISH, row, outcome, err);
}

int command_teacher_unwish(struct tx *tx, const struct command *command, struct outcome *outcome,
			   struct error *err)
{
	return equipment_row_end(tx, KIND_TEACHER_WISH, command->target, outcome, err);
}
