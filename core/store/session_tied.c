/* Meetings that are in each other's way over days and rooms: one course comes
 * after another, an examination ends the teaching of its course, a portable item
 * is in one room at a time. */
#include "core/store/session_members.h"

#include <stdlib.h>
#include <string.h>

#include "core/store/local.h"

/* --- terms --- */

/* The last of the terms that begin by then, counted from 1; 0: before all. */
static int term_at(struct session_input *si, int64_t date, int *at, struct error *err)
{
	*at = 0;
	if (!si->terms.table &&
	    tx_find_all(si->tx, KIND_TERM, NULL, 0, 0, &si->terms, err) < 0)
		return err->code;
	for (size_t i = 0; i < si->terms.count; i++) {
		const struct term *term = si->terms.items[i];
		const struct term *best = *at ? si->terms.items[*at - 1] : NULL;

		if (term->starts_on <= date && (!best || term->starts_on > best->starts_on))
			*at = (int)i + 1;
	}
	return 0;
}

int session_course(struct session_input *si, const struct session *session, int *course,
		   struct error *err)
{
	int at;

	if (term_at(si, session->on_date, &at, err) < 0)
		return err->code;
	*course = (int)(session->course_id * ((int64_t)si->terms.count + 1)) + at;
	return 0;
}

/* From the first day of the term of FROM to the last before the term after TO. */
static int term_span(struct session_input *si, int64_t from, int64_t to, int64_t *first,
		     int64_t *last, struct error *err)
{
	enum { YEAR = 366 };
	int at;

	if (term_at(si, from, &at, err) < 0)
		return err->code;
	*first = at ? ((struct term *)si->terms.items[at - 1])->starts_on : from - YEAR;
	*last = to + YEAR;
	for (size_t i = 0; i < si->terms.count; i++) {
		const struct term *term = si->terms.items[i];

		if (term->starts_on > to && term->starts_on - 1 < *last)
			*last = term->starts_on - 1;
	}
	return 0;
}

/* --- which are looked at --- */

/* Of one cohort: what the order of courses ties to a course, on any day; of a
 * term, the examinations of the course, and all its meetings. */
static const char order_sql[] =
	"SELECT DISTINCT x.id FROM session x JOIN session_cohort j ON j.session_id = x.id"
	" WHERE j.cohort_id = ?1 AND x.state <> 'CANCELLED' AND x.course_id IN"
	" (SELECT o.after_id FROM course_order o WHERE o.course_id = ?2 AND o.removed_on IS NULL"
	" UNION SELECT o.course_id FROM course_order o WHERE o.after_id = ?2"
	" AND o.removed_on IS NULL) ORDER BY x.id";
static const char exam_sql[] =
	"SELECT DISTINCT x.id FROM session_cohort j CROSS JOIN session x"
	" WHERE x.id = j.session_id AND j.cohort_id = ?1 AND x.course_id = ?2 AND x.exam = 1"
	" AND x.on_date >= ?3 AND x.on_date <= ?4 AND x.state <> 'CANCELLED' ORDER BY x.id";
static const char taught_sql[] =
	"SELECT DISTINCT x.id FROM session_cohort j CROSS JOIN session x"
	" WHERE x.id = j.session_id AND j.cohort_id = ?1 AND x.course_id = ?2"
	" AND x.on_date >= ?3 AND x.on_date <= ?4"
	" AND x.state <> 'CANCELLED' ORDER BY x.id";

static int add_of_course(struct session_input *si, const char *sql, int64_t cohort_id,
			 const struct session *session, struct error *err)
{
	char first[DATE_TEXT], last[DATE_TEXT];
	struct stmt *stmt;
	int64_t from, to;

	if (term_span(si, session->on_date, session->on_date, &from, &to, err) < 0 ||
	    db_prepare(si->tx->db, sql, &stmt, err) < 0)
		return err->code;
	stmt_bind_int(stmt, 1, cohort_id);
	stmt_bind_int(stmt, 2, session->course_id);
	if (sql != order_sql) {
		stmt_bind_text(stmt, 3, date_format(from, first));
		stmt_bind_text(stmt, 4, date_format(to, last));
	}
	return session_add_found(si, stmt, err);
}

/* The order holds for a cohort; an examination for whoever sits it, and some of
 * them may be taught elsewhere. */
static int add_tied(struct session_input *si, int64_t cohort_id, const struct session *session,
		    struct error *err)
{
	const char *sql = session->exam == 1 ? taught_sql : exam_sql;
	int64_t *related;
	size_t count;

	if (add_of_course(si, order_sql, cohort_id, session, err) < 0 ||
	    add_of_course(si, sql, cohort_id, session, err) < 0 ||
	    session_related_cohorts(si, cohort_id, &related, &count, err) < 0)
		return err->code;
	for (size_t i = 0; i < count; i++)
		if (add_of_course(si, sql, related[i], session, err) < 0)
			return err->code;
	return 0;
}

/* Whoever uses a portable item that the course uses, too. */
static int add_users(struct session_input *si, int64_t course_id, int64_t from, int64_t to,
		     struct error *err)
{
	char first[DATE_TEXT], last[DATE_TEXT];
	struct stmt *stmt;

	if (db_prepare(si->tx->db, "SELECT x.id FROM session x WHERE x.course_id IN"
		       " (SELECT o.course_id FROM course_use u JOIN course_use o"
		       " ON o.pool_id = u.pool_id WHERE u.course_id = ?1 AND u.removed_on IS NULL"
		       " AND o.removed_on IS NULL) AND x.on_date >= ?2 AND x.on_date <= ?3"
		       " AND x.state <> 'CANCELLED' ORDER BY x.id", &stmt, err) < 0)
		return err->code;
	stmt_bind_int(stmt, 1, course_id);
	stmt_bind_text(stmt, 2, date_format(from, first));
	stmt_bind_text(stmt, 3, date_format(to, last));
	return session_add_found(si, stmt, err);
}

/* A course and a cohort are asked about once, however many meetings they have. */
int session_tied(struct session_input *si, size_t asked, int64_t from, int64_t to,
		 struct error *err)
{
	struct id_map courses, taught, examined;

	id_map_init(&courses, si->tx->arena);
	id_map_init(&taught, si->tx->arena);
	id_map_init(&examined, si->tx->arena);
	for (size_t i = 0; i < asked; i++) {
		const struct meeting_ref ref = si->refs[i];
		struct id_map *seen = ref.session->exam == 1 ? &examined : &taught;

		if (id_map_find(&courses, ref.session->course_id) < 0) {
			id_map_add(&courses, ref.session->course_id, 0);
			if (add_users(si, ref.session->course_id, from, to, err) < 0)
				return err->code;
		}
		for (size_t k = 0; k < ref.cohort_count; k++) {
			const int64_t pair = id_pair(ref.cohort_ids[k], ref.session->course_id);

			if (id_map_find(seen, pair) >= 0)
				continue;
			id_map_add(seen, pair, 0);
			if (add_tied(si, ref.cohort_ids[k], ref.session, err) < 0)
				return err->code;
		}
	}
	return 0;
}

/* Examinations are few and have an index of their own (session_exam): a date is
 * written so that the index of days, which has all meetings of a term, isn't
 * taken instead; a cohort is asked before a course for the same reason.
 *
 * Of the other days: courses that have an order; of the same term, examinations of
 * what is taught in these days, and what is taught later of a course that is
 * examined in them. */
static const char *const window_sql[] = {
	"SELECT x.id FROM session x WHERE x.course_id IN"
	" (SELECT o.course_id FROM course_order o WHERE o.removed_on IS NULL"
	" UNION SELECT o.after_id FROM course_order o WHERE o.removed_on IS NULL)"
	" AND (x.on_date < ?1 OR x.on_date > ?2) AND x.state <> 'CANCELLED'"
	" AND (?3 = 0 OR x.id IN (SELECT j.session_id FROM session_cohort j WHERE j.cohort_id = ?3))"
	" ORDER BY x.id",
	"SELECT x.id FROM session x WHERE x.exam = 1 AND x.course_id > 0"
	" AND x.on_date || '' < ?1 AND x.on_date || '' >= ?4 AND x.state <> 'CANCELLED'"
	" AND EXISTS (SELECT 1 FROM session w WHERE w.course_id = x.course_id"
	" AND w.on_date >= ?1 AND w.on_date <= ?2)"
	" AND (?3 = 0 OR x.id IN (SELECT j.session_id FROM session_cohort j WHERE j.cohort_id = ?3))"
	" ORDER BY x.course_id, x.id",
	"SELECT x.id FROM session x WHERE x.course_id IN (SELECT w.course_id FROM session w"
	" WHERE w.exam = 1 AND w.on_date || '' >= ?1 AND w.on_date || '' <= ?2)"
	" AND x.on_date > ?2 AND x.on_date <= ?4 AND x.state <> 'CANCELLED'"
	" AND (?3 = 0 OR x.id IN (SELECT j.session_id FROM session_cohort j WHERE j.cohort_id = ?3))"
	" ORDER BY x.id",
};

int session_tied_window(struct session_input *si, int64_t cohort_id, int64_t from, int64_t to,
			struct error *err)
{
	char first[DATE_TEXT], last[DATE_TEXT], edge[DATE_TEXT];
	int64_t edges[3] = { 0 };

	if (term_span(si, from, to, &edges[1], &edges[2], err) < 0)
		return err->code;
	date_format(from, first);
	date_format(to, last);
	for (size_t i = 0; i < sizeof window_sql / sizeof *window_sql; i++) {
		struct stmt *stmt;

		if (db_prepare(si->tx->db, window_sql[i], &stmt, err) < 0)
			return err->code;
		stmt_bind_text(stmt, 1, first);
		stmt_bind_text(stmt, 2, last);
		stmt_bind_int(stmt, 3, cohort_id);
		if (i > 0)
			stmt_bind_text(stmt, 4, date_format(edges[i], edge));
		if (session_add_found(si, stmt, err) < 0)
			return err->code;
	}
	return 0;
}

int session_days_around(struct tx *tx, int64_t *days, struct error *err)
{
	enum { LEAST = 2 };
	const struct planner_options *planner;

	if (local_planner(tx->local, &planner, err) < 0)
		return err->code;
	*days = planner->exam_gap / DAY_MINUTES + 1;
	if (*days < LEAST)
		*days = LEAST;
	return 0;
}

/* --- which comes after which --- */

/* A meeting under what it is looked for by. */
struct taught {
	int64_t course, cohort;
	int meeting;
};

static int taught_order(const void *a, const void *b)
{
	const struct taught *x = a, *y = b;

	if (x->course != y->course)
		return x->course < y->course ? -1 : 1;
	if (x->cohort != y->cohort)
		return x->cohort < y->cohort ? -1 : 1;
	return x->meeting - y->meeting;
}

struct order {
	struct session_input *si;
	struct record_list rows; /* course_order in force */
	struct taught *list;
	size_t count;
};

static size_t taught_find(const struct order *order, int64_t course, int64_t cohort)
{
	const struct taught wanted = { course, cohort, -1 };
	size_t low = 0, high = order->count;

	while (low < high) {
		const size_t mid = low + (high - low) / 2;

		if (taught_order(&order->list[mid], &wanted) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* How many meetings a cohort's meetings of a course come after; into OUT as well
 * when it isn't NULL. */
static size_t before_add(const struct order *order, int64_t course, int64_t cohort, int *out)
{
	size_t count = 0;

	for (size_t r = 0; r < order->rows.count; r++) {
		const struct course_order *row = order->rows.items[r];

		if (row->course_id != course)
			continue;
		for (size_t i = taught_find(order, row->after_id, cohort); i < order->count &&
		     order->list[i].course == row->after_id && order->list[i].cohort == cohort; i++) {
			if (out)
				out[count] = order->list[i].meeting;
			count++;
		}
	}
	return count;
}

static int int_order(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

/* Of all its cohorts together, each meeting once. */
static struct conflict_ints before_of(const struct order *order, const struct meeting_ref *ref)
{
	size_t most = 0, count = 0, kept = 0;
	int *all;

	for (size_t k = 0; k < ref->cohort_count; k++)
		most += before_add(order, ref->session->course_id, ref->cohort_ids[k], NULL);
	if (!most)
		return (struct conflict_ints){ NULL, 0 };
	all = arena_array(order->si->tx->arena, most, sizeof *all);
	for (size_t k = 0; k < ref->cohort_count; k++)
		count += before_add(order, ref->session->course_id, ref->cohort_ids[k], all + count);
	qsort(all, count, sizeof *all, int_order);
	for (size_t i = 0; i < count; i++)
		if (!kept || all[kept - 1] != all[i])
			all[kept++] = all[i];
	return (struct conflict_ints){ all, kept };
}

/* Most meetings have one cohort, and those of its course share the list. */
static void after_fill(const struct order *order, struct conflict_session *sessions)
{
	const struct session_input *si = order->si;

	for (size_t i = 0; i < si->ref_count; i++)
		if (si->refs[i].cohort_count > 1)
			sessions[i].after = before_of(order, &si->refs[i]);
	for (size_t first = 0, past; first < order->count; first = past) {
		const struct taught *of = &order->list[first];
		struct conflict_ints before = { NULL, 0 };
		bool made = false;

		for (past = first; past < order->count && order->list[past].course == of->course &&
		     order->list[past].cohort == of->cohort; past++) {
			const struct meeting_ref *ref = &si->refs[order->list[past].meeting];

			if (ref->cohort_count != 1)
				continue;
			if (!made)
				before = before_of(order, ref);
			made = true;
			sessions[order->list[past].meeting].after = before;
		}
	}
}

int session_after(struct session_input *si, struct conflict_session *sessions, struct error *err)
{
	const struct filter active[] = { FILTER_INT("removed_on", OV_NULL) };
	struct order order = { .si = si };
	size_t most = 0;

	if (tx_find_all(si->tx, KIND_COURSE_ORDER, active, 1, 0, &order.rows, err) < 0)
		return err->code;
	if (!order.rows.count)
		return 0;
	for (size_t i = 0; i < si->ref_count; i++)
		most += si->refs[i].cohort_count;
	order.list = arena_array(si->tx->arena, most, sizeof *order.list);
	for (size_t i = 0; i < si->ref_count; i++)
		for (size_t k = 0; k < si->refs[i].cohort_count; k++)
			order.list[order.count++] = (struct taught){
				si->refs[i].session->course_id, si->refs[i].cohort_ids[k], (int)i };
	if (order.count)
		qsort(order.list, order.count, sizeof *order.list, taught_order);
	after_fill(&order, sessions);
	return 0;
}
