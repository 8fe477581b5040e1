/* Equipment, closures and certificates as the conflict engine takes them. */
#include "core/store/session_members.h"

#include <string.h>

/* The number of an item, the same for the same word. */
static int item_index(struct session_input *si, const char *item)
{
	for (size_t i = 0; i < si->item_count; i++)
		if (!strcmp(si->items[i], item))
			return (int)i;
	si->items = session_grow(si->tx->arena, si->items, si->item_count, &si->item_room,
				 sizeof *si->items);
	si->items[si->item_count] = item;
	return (int)si->item_count++;
}

static int active_rows(struct session_input *si, enum kind kind, const char *owner, int64_t id,
		       struct record_list *list, struct error *err)
{
	const struct filter active[] = { FILTER_INT(owner, id), FILTER_INT("removed_on", OV_NULL) };

	return tx_find_all(si->tx, kind, active, 2, 0, list, err);
}

int session_room_equipment(struct session_input *si, int64_t room_id, struct conflict_room *room,
			   struct error *err)
{
	struct record_list features, closures;
	struct conflict_span *spans;
	int *has;

	if (active_rows(si, KIND_ROOM_FEATURE, "room_id", room_id, &features, err) < 0 ||
	    active_rows(si, KIND_ROOM_CLOSURE, "room_id", room_id, &closures, err) < 0)
		return err->code;
	has = arena_array(si->tx->arena, features.count, sizeof *has);
	for (size_t i = 0; i < features.count; i++)
		has[i] = item_index(si, ((struct room_feature *)features.items[i])->item);
	spans = arena_array(si->tx->arena, closures.count, sizeof *spans);
	for (size_t i = 0; i < closures.count; i++) {
		const struct room_closure *closure = closures.items[i];

		spans[i].start = conflict_minute(closure->on_date, closure->start_min);
		spans[i].end = conflict_minute(closure->until_on, closure->end_min);
	}
	room->has = (struct conflict_ints){ has, features.count };
	room->closed = (struct conflict_spans){ spans, closures.count };
	return 0;
}

int session_certificates(struct session_input *si, int64_t teacher_id,
			 struct conflict_teacher *teacher, struct error *err)
{
	struct conflict_certificate *held;
	struct record_list list;

	if (active_rows(si, KIND_TEACHER_CERTIFICATE, "teacher_id", teacher_id, &list, err) < 0)
		return err->code;
	held = arena_array(si->tx->arena, list.count, sizeof *held);
	for (size_t i = 0; i < list.count; i++) {
		const struct teacher_certificate *row = list.items[i];

		held[i] = (struct conflict_certificate){ item_index(si, row->item), row->last_on };
	}
	teacher->certificates = held;
	teacher->certificate_count = list.count;
	return 0;
}

static int pool_index(struct session_input *si, int64_t pool_id, int *index, struct error *err)
{
	struct pool *pool;

	*index = id_map_find(&si->pool_map, pool_id);
	if (*index >= 0)
		return 0;
	if (tx_get(si->tx, KIND_POOL, pool_id, (void **)&pool, err) < 0)
		return err->code;
	si->pools = session_grow(si->tx->arena, si->pools, si->pool_count, &si->pool_room,
				 sizeof *si->pools);
	si->pool_stock = session_grow(si->tx->arena, si->pool_stock, si->pool_count, &si->stock_room,
				      sizeof *si->pool_stock);
	id_map_add(&si->pool_map, pool_id, (int)si->pool_count);
	si->pools[si->pool_count] = pool;
	si->pool_stock[si->pool_count] = pool->stock;
	*index = (int)si->pool_count++;
	return 0;
}

static int uses_load(struct session_input *si, int64_t course_id, struct session_needs *needs,
		     struct error *err)
{
	struct conflict_use *uses;
	struct record_list list;

	if (active_rows(si, KIND_COURSE_USE, "course_id", course_id, &list, err) < 0)
		return err->code;
	uses = arena_array(si->tx->arena, list.count, sizeof *uses);
	for (size_t i = 0; i < list.count; i++) {
		const struct course_use *row = list.items[i];

		uses[i].count = row->pieces;
		if (pool_index(si, row->pool_id, &uses[i].item, err) < 0)
			return err->code;
	}
	needs->uses = uses;
	needs->use_count = list.count;
	return 0;
}

/* What the meetings of one course need: read once. */
static int needs_load(struct session_input *si, int64_t course_id, struct session_needs *needs,
		      struct error *err)
{
	struct record_list list;
	int *all, *certified;

	if (active_rows(si, KIND_COURSE_NEED, "course_id", course_id, &list, err) < 0)
		return err->code;
	all = arena_array(si->tx->arena, list.count, sizeof *all);
	certified = arena_array(si->tx->arena, list.count, sizeof *certified);
	needs->all = (struct conflict_ints){ all, list.count };
	needs->certified = (struct conflict_ints){ certified, 0 };
	for (size_t i = 0; i < list.count; i++) {
		const struct course_need *row = list.items[i];

		all[i] = item_index(si, row->item);
		if (row->certified == 1)
			certified[needs->certified.count++] = all[i];
	}
	return 0;
}

int session_needs(struct session_input *si, int64_t course_id, struct conflict_session *session,
		  struct error *err)
{
	int index = id_map_find(&si->need_map, course_id);

	if (index < 0) {
		struct session_needs needs;

		if (needs_load(si, course_id, &needs, err) < 0 ||
		    uses_load(si, course_id, &needs, err) < 0)
			return err->code;
		si->needs = session_grow(si->tx->arena, si->needs, si->need_count, &si->need_room,
					 sizeof *si->needs);
		index = (int)si->need_count++;
		si->needs[index] = needs;
		id_map_add(&si->need_map, course_id, index);
	}
	session->needs = si->needs[index].all;
	session->needs_cert = si->needs[index].certified;
	session->uses = si->needs[index].uses;
	session->use_count = si->needs[index].use_count;
	return 0;
}
