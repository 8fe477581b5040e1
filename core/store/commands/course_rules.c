/* Portable items and the courses that use them, the order of courses, and what a
 * room allows. CONFLICTS.md: POOL_EXCEEDED, ORDER, ROOM_CLOSED, SAFETY_RATIO. */
#include <string.h>

#include "core/base/text.h"
#include "core/model/reason.h"
#include "core/store/commands/equipment_args.h"
#include "core/store/commands/equipment_rows.h"
#include "core/store/commands/handlers.h"
#include "core/store/tx.h"

/* --- portable items --- */

int command_pool_create(struct tx *tx, const struct command *command, struct outcome *outcome,
			struct error *err)
{
	const struct pool_create_args *args = command->args;
	struct pool *pool = record_new(tx->arena, &pool_fields);

	pool->code = text_trim(args->code, tx->arena);
	pool->name = args->name ? args->name : pool->code;
	pool->stock = args->stock;
	return equipment_row_add(tx, KIND_POOL, pool, outcome, err);
}

int command_pool_edit(struct tx *tx, const struct command *command, struct outcome *outcome,
		      struct error *err)
{
	const struct pool_edit_args *args = command->args;
	struct pool *pool;

	if (tx_get(tx, KIND_POOL, command->target, (void **)&pool, err) < 0)
		return err->code;
	if (args->name)
		pool->name = args->name;
	if (args->stock != OV_NULL)
		pool->stock = args->stock;
	if (tx_update(tx, KIND_POOL, pool, err) < 0)
		return err->code;
	bundle_add(&outcome->records, &pool_fields, pool);
	return 0;
}

int command_course_use(struct tx *tx, const struct command *command, struct outcome *outcome,
		       struct error *err)
{
	const struct course_use_args *args = command->args;
	const struct filter same[] = { FILTER_INT("course_id", args->course_id),
				       FILTER_INT("pool_id", args->pool_id),
				       FILTER_INT("removed_on", OV_NULL) };
	struct course_use *row;

	if (tx_find_one(tx, KIND_COURSE_USE, same, 3, (void **)&row, err) < 0)
		return err->code;
	if (row)
		return error_reason(err, REASON_FIELD_UNIQUE, "field", "pool_id", "label",
				    _("Portable item"), NULL);
	row = record_new(tx->arena, &course_use_fields);
	row->course_id = args->course_id;
	row->pool_id = args->pool_id;
	row->pieces = args->pieces;
	return equipment_row_add(tx, KIND_COURSE_USE, row, outcome, err);
}

int command_course_unuse(struct tx *tx, const struct command *command, struct outcome *outcome,
			 struct error *err)
{
	return equipment_row_end(tx, KIND_COURSE_USE, command->target, outcome, err);
}

/* --- the order of courses --- */

/* The way from one course back to another, each after the next. */
struct walk {
	const struct record_list *orders; /* in force */
	bool *seen;                       /* by order */
	int *from;  /* by order: the order that led here; -1 the first */
	int *queue;
	size_t head, tail;
};

static const struct course_order *order_at(const struct walk *walk, int at)
{
	return walk->orders->items[at];
}

/* Every order of a course, reached by the order BY. */
static void walk_reach(struct walk *walk, int64_t course_id, int by)
{
	for (size_t i = 0; i < walk->orders->count; i++) {
		if (walk->seen[i] || order_at(walk, (int)i)->course_id != course_id)
			continue;
		walk->seen[i] = true;
		walk->from[i] = by;
		walk->queue[walk->tail++] = (int)i;
	}
}

static int course_code(struct tx *tx, int64_t id, const char **code, struct error *err)
{
	struct course *course;

	if (tx_get(tx, KIND_COURSE, id, (void **)&course, err) < 0)
		return err->code;
	*code = course->code;
	return 0;
}

/* "C401 > C101 > C401": each comes after the next. LAST ends the way. */
static int circle_refuse(struct tx *tx, const struct walk *walk, int64_t course_id, int last,
			 struct error *err)
{
	const char *circle = "", *code = "";

	if (course_code(tx, course_id, &circle, err) < 0)
		return err->code;
	for (int at = last; at >= 0; at = walk->from[at]) {
		if (course_code(tx, order_at(walk, at)->course_id, &code, err) < 0)
			return err->code;
		circle = arena_printf(tx->arena, "%s > %s", code, circle);
	}
	if (course_code(tx, course_id, &code, err) < 0)
		return err->code;
	circle = arena_printf(tx->arena, "%s > %s", code, circle);
	return error_reason(err, REASON_ORDER_CIRCLE, "field", "after_id", "circle",
			    arena_printf(tx->arena, "%.300s", circle), NULL);
}

/* Must AFTER, by what is in force, come after the course itself? */
static int circle_check(struct tx *tx, int64_t course_id, int64_t after_id, struct error *err)
{
	const struct filter active[] = { FILTER_INT("removed_on", OV_NULL) };
	struct record_list orders;
	struct walk walk = { .orders = &orders };

	if (tx_find_all(tx, KIND_COURSE_ORDER, active, 1, 0, &orders, err) < 0)
		return err->code;
	walk.seen = arena_array(tx->arena, orders.count + 1, sizeof *walk.seen);
	walk.from = arena_array(tx->arena, orders.count + 1, sizeof *walk.from);
	walk.queue = arena_array(tx->arena, orders.count + 1, sizeof *walk.queue);
	if (after_id == course_id)
		return circle_refuse(tx, &walk, course_id, -1, err);
	walk_reach(&walk, after_id, -1);
	while (walk.head < walk.tail) {
		const int at = walk.queue[walk.head++];

		if (order_at(&walk, at)->after_id == course_id)
			return circle_refuse(tx, &walk, course_id, at, err);
		walk_reach(&walk, order_at(&walk, at)->after_id, at);
	}
	return 0;
}

int command_course_follow(struct tx *tx, const struct command *command, struct outcome *outcome,
			  struct error *err)
{
	const struct course_follow_args *args = command->args;
	const struct filter same[] = { FILTER_INT("course_id", args->course_id),
				       FILTER_INT("after_id", args->after_id),
				       FILTER_INT("removed_on", OV_NULL) };
	struct course_order *row;

	if (tx_find_one(tx, KIND_COURSE_ORDER, same, 3, (void **)&row, err) < 0)
		return err->code;
	if (row)
		return error_reason(err, REASON_FIELD_UNIQUE, "field", "after_id", "label",
				    _("After course"), NULL);
	if (circle_check(tx, args->course_id, args->after_id, err) < 0)
		return err->code;
	row = record_new(tx->arena, &course_order_fields);
	row->course_id = args->course_id;
	row->after_id = args->after_id;
	return equipment_row_add(tx, KIND_COURSE_ORDER, row, outcome, err);
}

int command_course_unfollow(struct tx *tx, const struct command *command,
			    struct outcome *outcome, struct error *err)
{
	return equipment_row_end(tx, KIND_COURSE_ORDER, command->target, outcome, err);
}

/* --- rooms --- */

/* Given 0, what was set is taken away; not given, it stays. */
static void limit_set(int64_t *to, int64_t given)
{
	if (given != OV_NULL)
		*to = given ? given : OV_NULL;
}

/* Hours that end on the next day go past 24:00; those of a whole day are none. */
static int hours_set(struct room *room, int64_t from, int64_t to, struct error *err)
{
	if (from != OV_NULL)
		room->open_from = from;
	if (to != OV_NULL)
		room->open_to = to;
	if (room->open_from == OV_NULL || room->open_to == OV_NULL)
		return 0; /* one alone: the record's check says which is missing */
	if (room->open_to == room->open_from)
		return error_reason(err, REASON_FIELD_DATES, "field", "open_to", "label",
				    _("Closes"), "other", _("Opens"), NULL);
	if (to != OV_NULL && room->open_to < room->open_from)
		room->open_to += DAY_MINUTES;
	if (room->open_from == 0 && room->open_to == DAY_MINUTES)
		room->open_from = room->open_to = OV_NULL;
	return 0;
}

int command_room_edit(struct tx *tx, const struct command *command, struct outcome *outcome,
		      struct error *err)
{
	const struct room_edit_args *args = command->args;
	struct room *room;

	if (tx_get(tx, KIND_ROOM, command->target, (void **)&room, err) < 0 ||
	    hours_set(room, args->open_from, args->open_to, err) < 0)
		return err->code;
	limit_set(&room->setup_min, args->setup_min);
	limit_set(&room->clear_min, args->clear_min);
	limit_set(&room->stations, args->stations);
	limit_set(&room->min_staff, args->min_staff);
	if (tx_update(tx, KIND_ROOM, room, err) < 0)
		return err->code;
	bundle_add(&outcome->records, &room_fields, room);
	return 0;
}
