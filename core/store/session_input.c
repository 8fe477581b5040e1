#include "core/store/session_input.h"

#include <string.h>

#include "core/store/local.h"
#include "core/store/session_members.h"

/* ITEMS has room for one more of its elements afterwards. */
void *session_grow(struct arena *arena, void *items, size_t count, size_t *room, size_t size)
{
	void *grown;

	if (count < *room)
		return items;
	*room = *room ? *room * 2 : 16;
	grown = arena_array(arena, *room, size);
	if (count)
		memcpy(grown, items, count * size);
	return grown;
}

void session_input_init(struct session_input *si, struct tx *tx)
{
	memset(si, 0, sizeof *si);
	si->tx = tx;
	id_map_init(&si->session_map, tx->arena);
	id_map_init(&si->room_map, tx->arena);
	id_map_init(&si->teacher_map, tx->arena);
	id_map_init(&si->student_map, tx->arena);
	id_map_init(&si->pattern_map, tx->arena);
	id_map_init(&si->group_map, tx->arena);
	id_map_init(&si->cohort_map, tx->arena);
	id_map_init(&si->need_map, tx->arena);
	id_map_init(&si->pool_map, tx->arena);
}

int session_cohort_ids(struct tx *tx, int64_t session_id, int64_t **ids, size_t *count,
		       struct error *err)
{
	const struct filter of_session[] = { FILTER_INT("session_id", session_id) };
	struct record_list list;

	if (tx_find_all(tx, KIND_SESSION_COHORT, of_session, 1, 0, &list, err) < 0)
		return err->code;
	*ids = arena_array(tx->arena, list.count, sizeof **ids);
	*count = list.count;
	for (size_t i = 0; i < list.count; i++)
		(*ids)[i] = ((struct session_cohort *)list.items[i])->cohort_id;
	return 0;
}

int session_input_add(struct session_input *si, const struct session *session,
		      const int64_t *cohort_ids, size_t cohort_count, struct error *err)
{
	struct meeting_ref ref = { .session = session };

	if (session->id > 0 && (id_map_find(&si->session_map, session->id) >= 0 ||
				(si->skip && id_map_find(si->skip, session->id) >= 0)))
		return 0;
	if (session->id > 0)
		ref.twin = session->twin_id != OV_NULL ? session->twin_id : session->id;
	if (cohort_ids) {
		ref.cohort_ids = arena_memdup(si->tx->arena, cohort_ids,
					      cohort_count * sizeof *cohort_ids);
		ref.cohort_count = cohort_count;
	} else if (session_cohort_ids(si->tx, session->id, &ref.cohort_ids, &ref.cohort_count,
				      err) < 0) {
		return err->code;
	}
	si->refs = session_grow(si->tx->arena, si->refs, si->ref_count, &si->ref_room,
				sizeof *si->refs);
	if (session->id > 0)
		id_map_add(&si->session_map, session->id, (int)si->ref_count);
	si->refs[si->ref_count++] = ref;
	return 0;
}

static bool takes_place(const struct session *session)
{
	return session->state != SESSION_CANCELLED;
}

int session_add_by(struct session_input *si, const char *field, int64_t value, int64_t from,
		   int64_t to, struct error *err)
{
	const struct filter filters[] = {
		FILTER_INT(field, value),
		{ .field = "on_date", .op = FILTER_GE, .number = from },
		{ .field = "on_date", .op = FILTER_LE, .number = to },
	};
	struct record_list list;

	if (tx_find_all(si->tx, KIND_SESSION, filters, 3, 0, &list, err) < 0)
		return err->code;
	for (size_t i = 0; i < list.count; i++)
		if (takes_place(list.items[i]) &&
		    session_input_add(si, list.items[i], NULL, 0, err) < 0)
			return err->code;
	return 0;
}

/* Ids that a statement gives, all of them before anything else is asked. */
static int ids_of(struct session_input *si, struct stmt *stmt, int64_t **ids, size_t *count,
		  struct error *err)
{
	size_t room = 0;
	int step;

	*ids = NULL;
	*count = 0;
	while ((step = stmt_step(stmt, err)) > 0) {
		*ids = session_grow(si->tx->arena, *ids, *count, &room, sizeof **ids);
		(*ids)[(*count)++] = stmt_int(stmt, 0);
	}
	stmt_reset(stmt);
	return step < 0 ? err->code : 0;
}

int session_add_found(struct session_input *si, struct stmt *stmt, struct error *err)
{
	struct session *session;
	int64_t *ids;
	size_t count;

	if (ids_of(si, stmt, &ids, &count, err) < 0)
		return err->code;
	for (size_t i = 0; i < count; i++)
		if (tx_get(si->tx, KIND_SESSION, ids[i], (void **)&session, err) < 0 ||
		    session_input_add(si, session, NULL, 0, err) < 0)
			return err->code;
	return 0;
}

static int add_of_cohort(struct session_input *si, int64_t cohort_id, int64_t from, int64_t to,
			 struct error *err)
{
	char first[DATE_TEXT], last[DATE_TEXT];
	struct stmt *stmt;

	if (db_prepare(si->tx->db, "SELECT x.id FROM session_cohort j JOIN session x"
		       " ON x.id = j.session_id WHERE j.cohort_id = ?"
		       " AND x.on_date >= ? AND x.on_date <= ? AND x.state <> 'CANCELLED'"
		       " ORDER BY x.id", &stmt, err) < 0)
		return err->code;
	stmt_bind_int(stmt, 1, cohort_id);
	stmt_bind_text(stmt, 2, date_format(from, first));
	stmt_bind_text(stmt, 3, date_format(to, last));
	return session_add_found(si, stmt, err);
}

/* Cohorts that share learners with this one: where its members take a course
 * elsewhere, and where its guests are at home. */
int session_related_cohorts(struct session_input *si, int64_t cohort_id, int64_t **ids,
			    size_t *count, struct error *err)
{
	struct stmt *stmt;

	if (db_prepare(si->tx->db, "SELECT n.cohort_id FROM student s JOIN enrolment n"
		       " ON n.student_id = s.id WHERE s.cohort_id = ?1 AND n.state = 'ENROLLED'"
		       " AND n.cohort_id <> ?1 UNION SELECT s.cohort_id FROM enrolment n"
		       " JOIN student s ON s.id = n.student_id WHERE n.cohort_id = ?1"
		       " AND n.state = 'ENROLLED' AND s.cohort_id <> ?1", &stmt, err) < 0)
		return err->code;
	stmt_bind_int(stmt, 1, cohort_id);
	return ids_of(si, stmt, ids, count, err);
}

static int add_around_cohort(struct session_input *si, int64_t cohort_id, int64_t from,
			     int64_t to, struct error *err)
{
	int64_t *related;
	size_t count;

	if (add_of_cohort(si, cohort_id, from, to, err) < 0 ||
	    session_related_cohorts(si, cohort_id, &related, &count, err) < 0)
		return err->code;
	for (size_t i = 0; i < count; i++)
		if (add_of_cohort(si, related[i], from, to, err) < 0)
			return err->code;
	return 0;
}

/* A lot of meetings with the cohorts of each; both lists by session id. */
static int window_cohorts(struct session_input *si, int64_t from, int64_t to,
			  struct record_list *links, struct error *err)
{
	char first[DATE_TEXT], last[DATE_TEXT];
	size_t room = 0;
	struct stmt *stmt;
	int step;

	*links = (struct record_list){ .table = &session_cohort_fields };
	if (db_prepare(si->tx->db, "SELECT j.session_id, j.cohort_id FROM session x"
		       " JOIN session_cohort j ON j.session_id = x.id WHERE x.on_date >= ?"
		       " AND x.on_date <= ? ORDER BY x.id, j.id", &stmt, err) < 0)
		return err->code;
	stmt_bind_text(stmt, 1, date_format(from, first));
	stmt_bind_text(stmt, 2, date_format(to, last));
	while ((step = stmt_step(stmt, err)) > 0) {
		struct session_cohort *link = arena_alloc(si->tx->arena, sizeof *link);

		link->session_id = stmt_int(stmt, 0);
		link->cohort_id = stmt_int(stmt, 1);
		links->items = session_grow(si->tx->arena, links->items, links->count, &room,
					    sizeof *links->items);
		links->items[links->count++] = link;
	}
	stmt_reset(stmt);
	return step < 0 ? err->code : 0;
}

static int window_sessions(struct session_input *si, int64_t from, int64_t to,
			   struct record_list *sessions, struct error *err)
{
	char first[DATE_TEXT], last[DATE_TEXT];
	size_t room = 0;
	struct stmt *stmt;
	int step;

	*sessions = (struct record_list){ .table = &session_fields };
	if (db_prepare(si->tx->db, arena_printf(si->tx->arena, "SELECT %s FROM session t WHERE"
		       " t.on_date >= ? AND t.on_date <= ? AND t.state <> 'CANCELLED' ORDER BY t.id",
		       local_sql(si->tx->local, KIND_SESSION)->columns), &stmt, err) < 0)
		return err->code;
	stmt_bind_text(stmt, 1, date_format(from, first));
	stmt_bind_text(stmt, 2, date_format(to, last));
	while ((step = stmt_step(stmt, err)) > 0) {
		sessions->items = session_grow(si->tx->arena, sessions->items, sessions->count, &room,
					       sizeof *sessions->items);
		sessions->items[sessions->count++] = local_row(&session_fields, stmt, 0, si->tx->arena);
	}
	stmt_reset(stmt);
	return step < 0 ? err->code : 0;
}

int session_input_window(struct session_input *si, int64_t cohort_id, int64_t from, int64_t to,
			 struct error *err)
{
	struct record_list sessions, links;
	size_t at = 0;

	if (window_sessions(si, from, to, &sessions, err) < 0 ||
	    window_cohorts(si, from, to, &links, err) < 0)
		return err->code;
	for (size_t i = 0; i < sessions.count; i++) {
		const struct session *session = sessions.items[i];
		int64_t ids[SESSION_COHORTS_MAX];
		size_t count = 0;
		bool wanted = cohort_id == 0;

		while (at < links.count &&
		       ((struct session_cohort *)links.items[at])->session_id < session->id)
			at++;
		for (; at < links.count; at++) {
			const struct session_cohort *link = links.items[at];

			if (link->session_id != session->id)
				break;
			wanted = wanted || link->cohort_id == cohort_id;
			if (count < SESSION_COHORTS_MAX)
				ids[count++] = link->cohort_id;
		}
		if (wanted && session_input_add(si, session, ids, count, err) < 0)
			return err->code;
	}
	return session_tied_window(si, cohort_id, from, to, err);
}

/* Whoever teaches one may assist at the other. */
static int add_of_teacher(struct session_input *si, int64_t teacher_id, int64_t from, int64_t to,
			  struct error *err)
{
	if (teacher_id == OV_NULL)
		return 0;
	return session_add_by(si, "teacher_id", teacher_id, from, to, err) < 0 ? err->code :
	       session_add_by(si, "assistant_id", teacher_id, from, to, err);
}

int session_input_around(struct session_input *si, int64_t from, int64_t to, struct error *err)
{
	size_t asked = si->ref_count;
	int64_t done = 0;

	for (size_t i = 0; i < asked; i++) {
		const struct meeting_ref ref = si->refs[i];

		if (ref.session->room_id != OV_NULL &&
		    session_add_by(si, "room_id", ref.session->room_id, from, to, err) < 0)
			return err->code;
		if (add_of_teacher(si, ref.session->teacher_id, from, to, err) < 0 ||
		    add_of_teacher(si, ref.session->assistant_id, from, to, err) < 0)
			return err->code;
		for (size_t k = 0; k < ref.cohort_count; k++) {
			if (ref.cohort_ids[k] == done)
				continue;
			done = ref.cohort_ids[k];
			if (add_around_cohort(si, done, from, to, err) < 0)
				return err->code;
		}
	}
	return session_tied(si, asked, from, to, err);
}

static int teachers_build(struct session_input *si, const struct session *session,
			  struct conflict_ints *out, struct error *err)
{
	int *teachers = arena_array(si->tx->arena, 2, sizeof *teachers);

	*out = (struct conflict_ints){ teachers, session->assistant_id == OV_NULL ? 1 : 2 };
	return session_teacher(si, session->teacher_id, &teachers[0], err) < 0 ||
	       (out->count == 2 &&
		session_teacher(si, session->assistant_id, &teachers[1], err) < 0) ? err->code : 0;
}

static int meetings_build(struct session_input *si, struct error *err)
{
	struct conflict_session *sessions = arena_array(si->tx->arena, si->ref_count,
							sizeof *sessions);
	struct conflict_meeting *meetings = arena_array(si->tx->arena, si->ref_count,
							sizeof *meetings);

	for (size_t i = 0; i < si->ref_count; i++) {
		const struct session *session = si->refs[i].session;

		if (session_groups(si, &si->refs[i], &sessions[i].cohorts, err) < 0 ||
		    session_tolerance(si, &si->refs[i], &sessions[i].tolerance, err) < 0 ||
		    session_needs(si, session->course_id, &sessions[i], err) < 0 ||
		    session_course(si, session, &sessions[i].course, err) < 0 ||
		    teachers_build(si, session, &meetings[i].teachers, err) < 0 ||
		    session_room(si, session->room_id, &meetings[i].room, err) < 0)
			return err->code;
		sessions[i].has_tolerance = true;
		meetings[i].session = (int)i;
		meetings[i].time.start = conflict_minute(session->on_date, session->start_min);
		meetings[i].time.end = conflict_minute(session->on_date, session->end_min);
		sessions[i].exam = session->exam == 1;
		sessions[i].online_seats = session->online_seats == OV_NULL ? 0 :
					   session->online_seats;
	}
	if (session_after(si, sessions, err) < 0)
		return err->code;
	si->input.sessions = sessions;
	si->input.meetings = meetings;
	si->input.session_count = si->input.meeting_count = si->ref_count;
	return 0;
}

int session_input_build(struct session_input *si, int64_t from, int64_t to, struct error *err)
{
	struct conflict_input *input = &si->input;
	struct conflict_cohort *cohorts;

	if (session_policy(si, &input->policy, err) < 0 ||
	    session_calendar(si, from, to, err) < 0 || meetings_build(si, err) < 0 ||
	    session_exceptions(si, from, to, err) < 0)
		return err->code;
	cohorts = arena_array(si->tx->arena, si->group_count, sizeof *cohorts);
	for (size_t i = 0; i < si->group_count; i++)
		cohorts[i].students = (struct conflict_ints){ si->groups[i].students,
							      si->groups[i].count };
	input->cohorts = cohorts;
	input->cohort_count = si->group_count;
	input->rooms = si->rooms;
	input->room_count = si->room_count;
	input->teachers = si->teachers;
	input->teacher_count = si->teacher_count;
	input->students = si->students;
	input->student_count = si->student_count;
	input->patterns = si->patterns;
	input->pattern_count = si->pattern_count;
	input->pool_stock = si->pool_stock;
	input->pool_count = si->pool_count;
	return 0;
}
