#include "core/store/session_members.h"

#include <string.h>

#include "core/store/local.h"

void date_insert(int64_t *list, size_t *count, int64_t value)
{
	size_t at = *count;

	while (at > 0 && list[at - 1] > value)
		at--;
	if (at > 0 && list[at - 1] == value)
		return;
	memmove(&list[at + 1], &list[at], (*count - at) * sizeof *list);
	list[at] = value;
	++*count;
}

static int site_index(struct session_input *si, const char *site)
{
	for (size_t i = 0; i < si->site_count; i++)
		if (!strcmp(si->sites[i], site))
			return (int)i;
	si->sites = session_grow(si->tx->arena, si->sites, si->site_count, &si->site_room,
				 sizeof *si->sites);
	si->sites[si->site_count] = site;
	return (int)si->site_count++;
}

int session_room(struct session_input *si, int64_t room_id, int *index, struct error *err)
{
	size_t same_room = si->room_room;
	const struct planner_options *planner;
	struct room *room;

	*index = -1;
	if (room_id == OV_NULL)
		return 0;
	*index = id_map_find(&si->room_map, room_id);
	if (*index >= 0)
		return 0;
	if (tx_get(si->tx, KIND_ROOM, room_id, (void **)&room, err) < 0 ||
	    local_planner(si->tx->local, &planner, err) < 0)
		return err->code;
	si->room_ids = session_grow(si->tx->arena, si->room_ids, si->room_count, &same_room,
				    sizeof *si->room_ids);
	si->rooms = session_grow(si->tx->arena, si->rooms, si->room_count, &si->room_room,
				 sizeof *si->rooms);
	id_map_add(&si->room_map, room_id, (int)si->room_count);
	si->room_ids[si->room_count] = room_id;
	si->rooms[si->room_count] = (struct conflict_room){
		.capacity = room->capacity, .site = site_index(si, room->site),
		.ratio = room->kind == ROOM_BASE ? planner_ratio(planner, room->safety_rank) : OV_NULL,
		.stations = room->stations,
		.min_staff = room->min_staff == OV_NULL ? 0 : room->min_staff,
		.setup = room->setup_min == OV_NULL ? 0 : room->setup_min,
		.clear = room->clear_min == OV_NULL ? 0 : room->clear_min,
		.has_hours = room->open_from != OV_NULL,
		.open = { room->open_from, room->open_to },
	};
	if (session_room_equipment(si, room_id, &si->rooms[si->room_count], err) < 0)
		return err->code;
	*index = (int)si->room_count++;
	return 0;
}

static int away_load(struct session_input *si, int64_t teacher_id, struct conflict_spans *out,
		     struct error *err)
{
	const struct filter of_teacher[] = { FILTER_INT("teacher_id", teacher_id) };
	struct conflict_span *spans;
	struct record_list list;

	if (tx_find_all(si->tx, KIND_TEACHER_AWAY, of_teacher, 1, 0, &list, err) < 0)
		return err->code;
	spans = arena_array(si->tx->arena, list.count, sizeof *spans);
	for (size_t i = 0; i < list.count; i++) {
		const struct teacher_away *away = list.items[i];

		spans[i].start = conflict_minute(away->on_date, away->start_min);
		spans[i].end = conflict_minute(away->on_date, away->end_min);
	}
	*out = (struct conflict_spans){ spans, list.count };
	return 0;
}

static int wishes_load(struct session_input *si, int64_t teacher_id,
		       struct conflict_wishes *out, struct error *err)
{
	const struct filter active[] = { FILTER_INT("teacher_id", teacher_id),
					 FILTER_INT("removed_on", OV_NULL) };
	struct conflict_wish *wishes;
	struct record_list list;

	if (tx_find_all(si->tx, KIND_TEACHER_WISH, active, 2, 0, &list, err) < 0)
		return err->code;
	wishes = arena_array(si->tx->arena, list.count, sizeof *wishes);
	for (size_t i = 0; i < list.count; i++) {
		const struct teacher_wish *wish = list.items[i];

		wishes[i] = (struct conflict_wish){ wish->weekday + 1, wish->start_min, wish->end_min,
						    wish->wish == WISH_WANTED };
	}
	*out = (struct conflict_wishes){ wishes, list.count };
	return 0;
}

int session_teacher(struct session_input *si, int64_t teacher_id, int *index,
		    struct error *err)
{
	size_t same_room = si->teacher_room;
	struct conflict_teacher added = { .max_day_min = OV_NULL };
	struct teacher *teacher;

	*index = id_map_find(&si->teacher_map, teacher_id);
	if (*index >= 0)
		return 0;
	if (tx_get(si->tx, KIND_TEACHER, teacher_id, (void **)&teacher, err) < 0 ||
	    away_load(si, teacher_id, &added.away, err) < 0 ||
	    wishes_load(si, teacher_id, &added.wishes, err) < 0 ||
	    session_certificates(si, teacher_id, &added, err) < 0)
		return err->code;
	added.max_day_min = teacher->max_day_min;
	si->teacher_ids = session_grow(si->tx->arena, si->teacher_ids, si->teacher_count,
				       &same_room, sizeof *si->teacher_ids);
	si->teachers = session_grow(si->tx->arena, si->teachers, si->teacher_count,
				    &si->teacher_room, sizeof *si->teachers);
	id_map_add(&si->teacher_map, teacher_id, (int)si->teacher_count);
	si->teacher_ids[si->teacher_count] = teacher_id;
	si->teachers[si->teacher_count] = added;
	*index = (int)si->teacher_count++;
	return 0;
}

/* Letters as shifts: D, E, N are 0, 1, 2, a day of rest is -1. */
static void pattern_fill(struct session_input *si, const struct shift_pattern *from,
			 struct conflict_pattern *to)
{
	struct conflict_shift *shifts = arena_array(si->tx->arena, 3, sizeof *shifts);
	size_t len = strlen(from->cycle);
	int *slots = arena_array(si->tx->arena, len, sizeof *slots);

	shifts[0] = (struct conflict_shift){ from->d_start, from->d_start + from->d_len };
	shifts[1] = (struct conflict_shift){ from->e_start, from->e_start + from->e_len };
	shifts[2] = (struct conflict_shift){ from->n_start, from->n_start + from->n_len };
	for (size_t i = 0; i < len; i++)
		slots[i] = from->cycle[i] == 'D' ? 0 : from->cycle[i] == 'E' ? 1 :
			   from->cycle[i] == 'N' ? 2 : -1;
	*to = (struct conflict_pattern){
		.weekday = from->kind == SHIFT_WEEKDAY, .anchor = from->anchor_on,
		.slots = { slots, len }, .shifts = shifts, .shift_count = 3,
	};
}

static int pattern_index(struct session_input *si, int64_t pattern_id, int *index,
			 struct error *err)
{
	size_t same_room = si->pattern_room;
	struct shift_pattern *pattern;

	*index = -1;
	if (pattern_id == OV_NULL)
		return 0;
	*index = id_map_find(&si->pattern_map, pattern_id);
	if (*index >= 0)
		return 0;
	if (tx_get(si->tx, KIND_SHIFT_PATTERN, pattern_id, (void **)&pattern, err) < 0)
		return err->code;
	si->pattern_ids = session_grow(si->tx->arena, si->pattern_ids, si->pattern_count,
				       &same_room, sizeof *si->pattern_ids);
	si->patterns = session_grow(si->tx->arena, si->patterns, si->pattern_count,
				    &si->pattern_room, sizeof *si->patterns);
	id_map_add(&si->pattern_map, pattern_id, (int)si->pattern_count);
	si->pattern_ids[si->pattern_count] = pattern_id;
	pattern_fill(si, pattern, &si->patterns[si->pattern_count]);
	*index = (int)si->pattern_count++;
	return 0;
}

struct member_row {
	int64_t student_id, pattern_id, offset;
};

static int student_index(struct session_input *si, const struct member_row *row, int *index,
			 struct error *err)
{
	size_t same_room = si->student_room;
	struct conflict_student added = { .pattern = -1, .offset = 0 };

	*index = id_map_find(&si->student_map, row->student_id);
	if (*index >= 0)
		return 0;
	if (pattern_index(si, row->pattern_id, &added.pattern, err) < 0)
		return err->code;
	added.offset = row->offset == OV_NULL ? 0 : row->offset;
	si->student_ids = session_grow(si->tx->arena, si->student_ids, si->student_count,
				       &same_room, sizeof *si->student_ids);
	si->students = session_grow(si->tx->arena, si->students, si->student_count,
				    &si->student_room, sizeof *si->students);
	id_map_add(&si->student_map, row->student_id, (int)si->student_count);
	si->student_ids[si->student_count] = row->student_id;
	si->students[si->student_count] = added;
	*index = (int)si->student_count++;
	return 0;
}

#define MEMBER_COLUMNS "SELECT s.id, e.shift_pattern_id, e.team_offset"
#define MEMBER_WORK " LEFT JOIN employment e ON e.person_id = s.person_id AND e.valid_to IS NULL"

static int members_read(struct session_input *si, int64_t cohort_id, int64_t course_id,
			struct member_row **rows, size_t *count, struct error *err)
{
	size_t room = 0;
	struct stmt *stmt;
	int step;

	*rows = NULL;
	*count = 0;
	if (db_prepare(si->tx->db, course_id ?
		       MEMBER_COLUMNS " FROM enrolment n JOIN student s ON s.id = n.student_id"
		       MEMBER_WORK " WHERE n.cohort_id = ?1 AND n.course_id = ?2"
		       " AND n.state = 'ENROLLED' AND s.status = 'ACTIVE'"
		       " AND (s.cohort_id IS NULL OR s.cohort_id <> ?1) ORDER BY s.id" :
		       MEMBER_COLUMNS " FROM student s" MEMBER_WORK
		       " WHERE s.cohort_id = ?1 AND s.status = 'ACTIVE' ORDER BY s.id",
		       &stmt, err) < 0)
		return err->code;
	stmt_bind_int(stmt, 1, cohort_id);
	if (course_id)
		stmt_bind_int(stmt, 2, course_id);
	while ((step = stmt_step(stmt, err)) > 0) {
		*rows = session_grow(si->tx->arena, *rows, *count, &room, sizeof **rows);
		(*rows)[(*count)++] = (struct member_row){
			stmt_int(stmt, 0), stmt_int(stmt, 1), stmt_int(stmt, 2) };
	}
	stmt_reset(stmt);
	return step < 0 ? err->code : 0;
}

static int group_index(struct session_input *si, int64_t cohort_id, int64_t course_id,
		       int *index, struct error *err)
{
	struct member_group group = { .cohort_id = cohort_id, .course_id = course_id };
	struct member_row *rows;

	*index = id_map_find(&si->group_map, id_pair(cohort_id, course_id));
	if (*index >= 0)
		return 0;
	if (members_read(si, cohort_id, course_id, &rows, &group.count, err) < 0)
		return err->code;
	group.students = arena_array(si->tx->arena, group.count, sizeof *group.students);
	for (size_t i = 0; i < group.count; i++)
		if (student_index(si, &rows[i], &group.students[i], err) < 0)
			return err->code;
	si->groups = session_grow(si->tx->arena, si->groups, si->group_count, &si->group_room,
				  sizeof *si->groups);
	id_map_add(&si->group_map, id_pair(cohort_id, course_id), (int)si->group_count);
	si->groups[si->group_count] = group;
	*index = (int)si->group_count++;
	return 0;
}

static int cohort_get(struct session_input *si, int64_t cohort_id, struct cohort **out,
		      struct error *err)
{
	int index = id_map_find(&si->cohort_map, cohort_id);

	if (index >= 0) {
		*out = si->cohorts[index];
		return 0;
	}
	if (tx_get(si->tx, KIND_COHORT, cohort_id, (void **)out, err) < 0)
		return err->code;
	si->cohorts = session_grow(si->tx->arena, si->cohorts, si->cohort_count, &si->cohort_room,
				   sizeof *si->cohorts);
	id_map_add(&si->cohort_map, cohort_id, (int)si->cohort_count);
	si->cohorts[si->cohort_count++] = *out;
	return 0;
}

int session_tolerance(struct session_input *si, const struct meeting_ref *ref, int64_t *tolerance,
		      struct error *err)
{
	*tolerance = 100;
	for (size_t i = 0; i < ref->cohort_count; i++) {
		struct cohort *cohort;

		if (cohort_get(si, ref->cohort_ids[i], &cohort, err) < 0)
			return err->code;
		if (cohort->shift_tolerance < *tolerance)
			*tolerance = cohort->shift_tolerance;
	}
	return 0;
}

int session_groups(struct session_input *si, const struct meeting_ref *ref,
		   struct conflict_ints *out, struct error *err)
{
	int *groups = arena_array(si->tx->arena, ref->cohort_count * 2, sizeof *groups);
	size_t count = 0;

	for (size_t i = 0; i < ref->cohort_count; i++) {
		int guests;

		if (group_index(si, ref->cohort_ids[i], 0, &groups[count++], err) < 0 ||
		    group_index(si, ref->cohort_ids[i], ref->session->course_id, &guests, err) < 0)
			return err->code;
		if (si->groups[guests].count)
			groups[count++] = guests;
	}
	*out = (struct conflict_ints){ groups, count };
	return 0;
}
