/* The roll of one meeting: everybody who is expected, in roll-call order, with
 * the mark of now and of the last time; and who waits for a seat in a cohort. */
#include <string.h>

#include "core/model/reason.h"
#include "core/rules/shift.h"
#include "core/store/card_timetable.h"

/* Whom a meeting is for is said in session_members.c. */
#define EXPECTED "SELECT s.id FROM session_cohort j JOIN student s ON s.cohort_id = j.cohort_id" \
	" WHERE j.session_id = ?1 AND s.status = 'ACTIVE'" \
	" UNION SELECT s.id FROM session_cohort j JOIN session x ON x.id = j.session_id" \
	" JOIN enrolment n ON n.cohort_id = j.cohort_id AND n.course_id = x.course_id" \
	" JOIN student s ON s.id = n.student_id WHERE j.session_id = ?1" \
	" AND n.state = 'ENROLLED' AND s.status = 'ACTIVE'" \
	" UNION SELECT a.student_id FROM attendance a WHERE a.session_id = ?1"

/* Columns: of roll_line_fields but the shift, then what the shift is made of. */
static const char roll_sql[] =
	"SELECT s.id, s.student_no, p.full_name, h.code,"
	" (SELECT a.mark FROM attendance a WHERE a.session_id = ?1 AND a.student_id = s.id),"
	" (SELECT a.minutes FROM attendance a WHERE a.session_id = ?1 AND a.student_id = s.id),"
	" (SELECT a.mark FROM attendance a WHERE a.session_id = ?2 AND a.student_id = s.id),"
	" (SELECT count(*) FROM attendance a JOIN session y ON y.id = a.session_id"
	"  JOIN session x ON x.id = ?1 WHERE a.student_id = s.id AND a.mark = 'ABSENT'"
	"  AND y.course_id = x.course_id AND y.id <> ?1),"
	" w.cycle, w.anchor_on, e.team_offset FROM student s JOIN person p ON p.id = s.person_id"
	" LEFT JOIN cohort h ON h.id = s.cohort_id LEFT JOIN employment e"
	" ON e.person_id = s.person_id AND e.valid_to IS NULL"
	" LEFT JOIN shift_pattern w ON w.id = e.shift_pattern_id"
	" WHERE s.id IN (" EXPECTED ") ORDER BY s.student_no, s.id";

/* The last meeting of one of the cohorts that was held before this one, of the
 * same course when there is one. */
static const char last_sql[] =
	"SELECT y.id FROM session x JOIN session_cohort j ON j.session_id = x.id"
	" JOIN session_cohort q ON q.cohort_id = j.cohort_id JOIN session y ON y.id = q.session_id"
	" WHERE x.id = ?1 AND y.id <> x.id AND y.state = 'HELD'"
	" AND (y.on_date < x.on_date OR (y.on_date = x.on_date AND y.start_min < x.start_min))"
	" ORDER BY y.course_id = x.course_id DESC, y.on_date DESC, y.start_min DESC LIMIT 1";

static int last_find(struct card *card, int64_t session_id, int64_t *last, struct error *err)
{
	struct stmt *stmt;
	int step;

	if (db_prepare(card->tx->db, last_sql, &stmt, err) < 0)
		return err->code;
	stmt_bind_int(stmt, 1, session_id);
	step = stmt_step(stmt, err);
	*last = step > 0 ? stmt_int(stmt, 0) : 0;
	stmt_reset(stmt);
	return step < 0 ? err->code : 0;
}

static int64_t mark_of(struct stmt *stmt, int column)
{
	const char *text = stmt_text(stmt, column);

	return text ? enum_find(&attendance_mark_enum, text) : OV_NULL;
}

static struct roll_line *line_read(struct card *card, struct stmt *stmt, int64_t date)
{
	enum { CYCLE = 8, ANCHOR, TEAM };
	struct roll_line *line = record_new(card->tx->arena, &roll_line_fields);
	struct shift_cycle cycle = { .cycle = stmt_text(stmt, CYCLE) };
	char letter[2] = "";

	line->student_id = stmt_int(stmt, 0);
	line->student_no = arena_strdup(card->tx->arena, stmt_text(stmt, 1));
	line->full_name = arena_strdup(card->tx->arena, stmt_text(stmt, 2));
	line->cohort = arena_strdup(card->tx->arena, stmt_text(stmt, 3));
	line->mark = mark_of(stmt, 4);
	line->minutes = stmt_int(stmt, 5);
	line->last = mark_of(stmt, 6);
	line->absences = stmt_int(stmt, 7);
	if (cycle.cycle && stmt_text(stmt, ANCHOR) &&
	    date_parse(stmt_text(stmt, ANCHOR), &cycle.anchor_on) && stmt_int(stmt, TEAM) != OV_NULL)
		letter[0] = shift_slot(&cycle, date, stmt_int(stmt, TEAM));
	line->shift = letter[0] ? arena_strdup(card->tx->arena, letter) : NULL;
	return line;
}

int card_roll_call(struct card *card, struct error *err)
{
	struct session *session;
	struct stmt *stmt;
	int64_t last;
	int step;

	if (card_subject(card, KIND_SESSION, NULL, NULL, (void **)&session, err) < 0 ||
	    timetable_slot_add(card, session->id, err) < 0 ||
	    last_find(card, session->id, &last, err) < 0 ||
	    (last && timetable_slot_add(card, last, err) < 0) ||
	    db_prepare(card->tx->db, roll_sql, &stmt, err) < 0)
		return err->code;
	stmt_bind_int(stmt, 1, session->id);
	stmt_bind_int(stmt, 2, last);
	while ((step = stmt_step(stmt, err)) > 0)
		bundle_add(card->bundle, &roll_line_fields, line_read(card, stmt, session->on_date));
	stmt_reset(stmt);
	return step < 0 ? err->code : 0;
}

/* Columns in the order of waiting_line_fields. */
static const char waiting_sql[] =
	"SELECT row_number() OVER (ORDER BY w.id), s.student_no, p.full_name, w.state, w.created_at,"
	" w.offered_on FROM cohort_wait w JOIN student s ON s.id = w.student_id"
	" JOIN person p ON p.id = s.person_id WHERE w.cohort_id = ?1"
	" AND w.state IN ('WAITING', 'OFFERED') ORDER BY w.id";

int card_waiting(struct card *card, struct error *err)
{
	struct cohort *cohort;
	struct stmt *stmt;
	int step;

	if (card_subject(card, KIND_COHORT, "code", card->request->key, (void **)&cohort, err) < 0 ||
	    db_prepare(card->tx->db, waiting_sql, &stmt, err) < 0)
		return err->code;
	bundle_add(card->bundle, &cohort_fields, cohort);
	stmt_bind_int(stmt, 1, cohort->id);
	while ((step = stmt_step(stmt, err)) > 0)
		bundle_add(card->bundle, &waiting_line_fields,
			   local_row(&waiting_line_fields, stmt, 0, card->tx->arena));
	stmt_reset(stmt);
	return step < 0 ? err->code : 0;
}
