#include "core/store/card_timetable.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/model/reason.h"
#include "core/store/card_print.h"
#include "core/store/session_conflicts.h"

/* From ?2 until before ?3. Whose meetings are few, in a term of millions, is looked up by
 * whose they are: an index of the dates would find everybody's of those weeks. */
#define WITHIN " AND x.on_date >= ?2 AND x.on_date < ?3"
#define WITHIN_FEW " AND x.on_date || '' >= ?2 AND x.on_date || '' < ?3"

static const struct {
	const char *word;
	enum kind kind;
	const char *field; /* of the key; NULL: by id */
	const char *meetings; /* condition on session x; ?1 is the subject */
} axes[AXES] = {
	[AXIS_COHORT] = { "cohort", KIND_COHORT, "code",
		"x.id IN (SELECT q.session_id FROM session_cohort q WHERE q.cohort_id = ?1)" WITHIN_FEW },
	[AXIS_ROOM] = { "room", KIND_ROOM, "code", "x.room_id = ?1" WITHIN },
	[AXIS_TEACHER] = { "teacher", KIND_TEACHER, NULL,
		"(x.teacher_id = ?1 OR x.assistant_id = ?1)" WITHIN_FEW },
	/* Whom a meeting is for is said in session_members.c: those at home in the
	 * cohort, and those who take this course with it. */
	[AXIS_STUDENT] = { "student", KIND_STUDENT, "student_no",
		"x.id IN (SELECT q.session_id FROM student s JOIN session_cohort q"
		" ON q.cohort_id = s.cohort_id WHERE s.id = ?1"
		" UNION SELECT q.session_id FROM enrolment n CROSS JOIN session_cohort q"
		" ON q.cohort_id = n.cohort_id CROSS JOIN session y ON y.id = q.session_id"
		" WHERE n.student_id = ?1 AND n.state = 'ENROLLED' AND y.course_id = n.course_id)" WITHIN_FEW },
};

static int key_refuse(struct card *card, const char *key, struct error *err)
{
	return error_reason(err, REASON_TIMETABLE_KEY, "key",
			    arena_printf(card->tx->arena, "%.60s", key ? key : ""), NULL);
}

int timetable_subject_find(struct card *card, const char *key, struct timetable_subject *subject,
			   struct error *err)
{
	const char *colon = key ? strchr(key, ':') : NULL;
	struct card_request request = { .kind = KIND_NONE };
	struct card by_id = *card;
	const char *word;

	for (size_t i = 0; colon && i < AXES; i++) {
		if (strlen(axes[i].word) != (size_t)(colon - key) ||
		    strncmp(axes[i].word, key, (size_t)(colon - key)) != 0)
			continue;
		word = colon + 1;
		if (axes[i].kind == KIND_STUDENT)
			word = text_normalise_id(word, card->tx->arena);
		if (!axes[i].field && *word >= '1' && strspn(word, "0123456789") == strlen(word) &&
		    strlen(word) < 19)
			request.id = strtoll(word, NULL, 10);
		by_id.request = &request;
		subject->axis = (enum timetable_axis)i;
		if (card_subject(&by_id, axes[i].kind, axes[i].field,
				 axes[i].field ? word : NULL, &subject->record, err) < 0)
			return err->code;
		subject->id = ((struct record_head *)subject->record)->id;
		return 0;
	}
	return key_refuse(card, key, err);
}

/* --- meetings --- */

#define COHORTS_OF "(SELECT group_concat(q.code, ' ') FROM (SELECT h.code FROM session_cohort j" \
	" JOIN cohort h ON h.id = j.cohort_id WHERE j.session_id = x.id ORDER BY j.cohort_id) q)"
/* The teacher and who assists: "Chen + Lin". */
#define TEACHERS_OF "p.full_name || coalesce((SELECT ' + ' || q.full_name FROM teacher a" \
	" JOIN person q ON q.id = a.person_id WHERE a.id = x.assistant_id), '')"
#define MEETINGS_FROM " FROM session x JOIN course k ON k.id = x.course_id" \
	" JOIN teacher t ON t.id = x.teacher_id JOIN person p ON p.id = t.person_id" \
	" LEFT JOIN room r ON r.id = x.room_id WHERE "
#define MEETINGS_ORDER " ORDER BY x.on_date, x.start_min, x.id"

/* Columns in the order of session_slot_fields. A meeting of the evening before
 * reaches into the first day when it passes midnight. */
static const char slot_columns[] =
	"SELECT x.id, x.rev, x.on_date, x.start_min, x.end_min, k.code, k.name,"
	" " TEACHERS_OF ", r.code, r.site, " COHORTS_OF ", x.mode, x.state, 0, x.room_id, x.teacher_id,"
	" coalesce(x.twin_id, CASE WHEN EXISTS (SELECT 1 FROM session w WHERE w.twin_id = x.id)"
	" THEN x.id END), x.exam" MEETINGS_FROM;

/* Columns in the order of calendar_event_fields. A meeting changes by a command
 * on itself or with its draft; what made it counts too. */
static const char event_columns[] =
	"SELECT x.id, x.rev, x.on_date, x.start_min, x.end_min, x.mode, x.state, k.name, r.code,"
	" r.name, x.join_url, " TEACHERS_OF ", " COHORTS_OF ","
	" (SELECT b.code FROM session_cohort j JOIN cohort h ON h.id = j.cohort_id"
	" JOIN branch b ON b.id = h.centre_id WHERE j.session_id = x.id ORDER BY j.id LIMIT 1),"
	" (SELECT max(q.at) FROM (SELECT x.created_at AS at UNION ALL"
	" SELECT max(a.at) FROM audit_event a WHERE a.object_kind = 'session'"
	" AND a.object_id = x.id UNION ALL SELECT max(a.at) FROM audit_event a"
	" WHERE a.object_kind = 'plan_draft' AND a.object_id = x.plan_id) q), x.exam"
	MEETINGS_FROM;

static int meetings_add(struct card *card, const struct field_table *table, const char *sql,
			int64_t id, int64_t from, struct error *err)
{
	char first[DATE_TEXT], last[DATE_TEXT];
	struct stmt *stmt;
	int step;

	if (db_prepare(card->tx->db, sql, &stmt, err) < 0)
		return err->code;
	stmt_bind_int(stmt, 1, id);
	stmt_bind_text(stmt, 2, date_format(from, first));
	stmt_bind_text(stmt, 3, date_format(card->to, last));
	while ((step = stmt_step(stmt, err)) > 0)
		bundle_add(card->bundle, table, local_row(table, stmt, 0, card->tx->arena));
	stmt_reset(stmt);
	return step < 0 ? err->code : 0;
}

static const char *meetings_sql(struct card *card, const char *columns, enum timetable_axis axis,
				const char *more)
{
	return arena_printf(card->tx->arena, "%s%s%s" MEETINGS_ORDER, columns,
			    axes[axis].meetings, more);
}

int timetable_slots_add(struct card *card, enum timetable_axis axis, int64_t id,
			struct error *err)
{
	const char *sql = meetings_sql(card, slot_columns, axis, "");

	return meetings_add(card, &session_slot_fields, sql, id, card->from, err);
}

int timetable_slot_add(struct card *card, int64_t session_id, struct error *err)
{
	const char *sql = arena_printf(card->tx->arena, "%sx.id = ?1 AND ?2 <= ?3", slot_columns);

	return meetings_add(card, &session_slot_fields, sql, session_id, card->from, err);
}

/* --- the cards --- */

static int person_name_add(struct card *card, int64_t person_id, struct error *err)
{
	struct person *person, *name;

	if (tx_get(card->tx, KIND_PERSON, person_id, (void **)&person, err) < 0)
		return err->code;
	name = record_new(card->tx->arena, &person_fields);
	name->id = person->id;
	name->rev = person->rev;
	name->created_at = person->created_at;
	name->created_by = person->created_by;
	name->doc_kind = person->doc_kind; /* a person has one, says the contract */
	name->full_name = person->full_name;
	bundle_add(card->bundle, &person_fields, name);
	return 0;
}

static int wishes_add(struct card *card, int64_t teacher_id, struct error *err)
{
	const struct filter active[] = { FILTER_INT("teacher_id", teacher_id),
					 FILTER_INT("removed_on", OV_NULL) };
	struct record_list list;

	if (!card_may(card, kind_permission(KIND_TEACHER_WISH)))
		return 0;
	if (tx_find_all(card->tx, KIND_TEACHER_WISH, active, 2, 0, &list, err) < 0)
		return err->code;
	for (size_t i = 0; i < list.count; i++)
		bundle_add(card->bundle, &teacher_wish_fields, list.items[i]);
	return 0;
}

static int subject_add(struct card *card, const struct timetable_subject *subject,
		       struct error *err)
{
	const struct student *student = subject->record;
	const struct teacher *teacher = subject->record;

	bundle_add(card->bundle, kind_fields(axes[subject->axis].kind), subject->record);
	switch (subject->axis) {
	case AXIS_STUDENT:
		card->centre_id = student->centre_id;
		return person_name_add(card, student->person_id, err) < 0 ? err->code :
		       card_add(card, KIND_COHORT, student->cohort_id, err);
	case AXIS_TEACHER:
		return person_name_add(card, teacher->person_id, err) < 0 ? err->code :
		       wishes_add(card, teacher->id, err);
	case AXIS_COHORT:
		card->centre_id = ((struct cohort *)subject->record)->centre_id;
		return 0;
	default:
		return 0;
	}
}

/* The meetings of the night before that reach into the first day. */
static int night_add(struct card *card, const struct timetable_subject *subject,
		     struct error *err)
{
	struct card before = *card;

	before.to = card->from;
	return meetings_add(&before, &session_slot_fields,
			    meetings_sql(card, slot_columns, subject->axis,
					 " AND x.end_min > 1440"),
			    subject->id, card->from - 1, err);
}

int card_timetable(struct card *card, struct error *err)
{
	struct timetable_subject subject;

	if (timetable_subject_find(card, card_key(card), &subject, err) < 0 ||
	    subject_add(card, &subject, err) < 0 || card_add_days(card, err) < 0 ||
	    night_add(card, &subject, err) < 0 ||
	    timetable_slots_add(card, subject.axis, subject.id, err) < 0)
		return err->code;
	return cohort_conflicts(card->tx, 0, card->from, card->to, card->bundle, err);
}

int card_calendar(struct card *card, struct error *err)
{
	struct timetable_subject subject;
	const char *sql;

	if (timetable_subject_find(card, card_key(card), &subject, err) < 0)
		return err->code;
	sql = meetings_sql(card, event_columns, subject.axis, "");
	return meetings_add(card, &calendar_event_fields, sql, subject.id, card->from, err);
}

/* --- load --- */

enum { PARTS = 3, DAYS = 7, NOON = 720, EVENING = 1080, FULL = 9, TENTHS = 10 };

static const int64_t part_from[PARTS + 1] = { 480, NOON, EVENING, 1320 };

static const struct {
	const char *word, *sql;
} loads[] = {
	{ "rooms", "SELECT r.id, r.code, r.name, x.on_date, x.start_min, x.end_min FROM room r"
	  " LEFT JOIN session x ON x.room_id = r.id AND x.on_date >= ?1 AND x.on_date < ?2"
	  " AND x.state <> 'CANCELLED' ORDER BY r.code, r.id" },
	{ "teachers", "SELECT t.id, CAST(t.id AS TEXT), p.full_name, x.on_date, x.start_min, x.end_min"
	  " FROM teacher t JOIN person p ON p.id = t.person_id"
	  " LEFT JOIN session x ON (x.teacher_id = t.id OR x.assistant_id = t.id)"
	  " AND x.on_date >= ?1 AND x.on_date < ?2 AND x.state <> 'CANCELLED' ORDER BY t.id" },
	{ "cohorts", "SELECT h.id, h.code, h.name, x.on_date, x.start_min, x.end_min FROM cohort h"
	  " LEFT JOIN session_cohort j ON j.cohort_id = h.id"
	  " LEFT JOIN session x ON x.id = j.session_id AND x.on_date >= ?1 AND x.on_date < ?2"
	  " AND x.state <> 'CANCELLED' WHERE ?3 IS NULL OR h.centre_id = ?3 ORDER BY h.code, h.id" },
};

/* Minutes of [start, end) within a part of the day; the first and the last part
 * reach to midnight. */
static int64_t part_minutes(int part, int64_t start, int64_t end)
{
	int64_t from = part == 0 ? 0 : part_from[part];
	int64_t to = part == PARTS - 1 ? DAY_MINUTES * 2 : part_from[part + 1];

	from = start > from ? start : from;
	to = end < to ? end : to;
	return to > from ? to - from : 0;
}

static void load_finish(struct card *card, struct week_load *row, const int64_t *taken)
{
	char text[DAYS * PARTS + 1];

	if (!row)
		return;
	for (int i = 0; i < DAYS * PARTS; i++) {
		const int part = i % PARTS;
		const int64_t whole = part_from[part + 1] - part_from[part];
		const int64_t tenths = (taken[i] * TENTHS + whole - 1) / whole;

		text[i] = (char)('0' + (tenths > FULL ? FULL : tenths));
	}
	text[DAYS * PARTS] = '\0';
	row->load = arena_strdup(card->tx->arena, text);
}

static int load_read(struct card *card, struct stmt *stmt, struct error *err)
{
	int64_t taken[DAYS * PARTS] = { 0 };
	struct week_load *row = NULL;
	int step;

	while ((step = stmt_step(stmt, err)) > 0) {
		int64_t date, start = stmt_int(stmt, 4), end = stmt_int(stmt, 5);

		if (!row || row->id != stmt_int(stmt, 0)) {
			load_finish(card, row, taken);
			memset(taken, 0, sizeof taken);
			row = record_new(card->tx->arena, &week_load_fields);
			row->id = stmt_int(stmt, 0);
			row->code = arena_strdup(card->tx->arena, stmt_text(stmt, 1));
			row->name = arena_strdup(card->tx->arena, stmt_text(stmt, 2));
			row->meetings = row->minutes = 0;
			bundle_add(card->bundle, &week_load_fields, row);
		}
		if (!stmt_text(stmt, 3) || !date_parse(stmt_text(stmt, 3), &date) ||
		    date < card->from || date >= card->from + DAYS)
			continue;
		row->meetings++;
		row->minutes += end - start;
		for (int part = 0; part < PARTS; part++)
			taken[(date - card->from) * PARTS + part] += part_minutes(part, start, end);
	}
	load_finish(card, row, taken);
	return step < 0 ? err->code : 0;
}

int card_load(struct card *card, struct error *err)
{
	const char *key = card_key(card);
	char first[DATE_TEXT], last[DATE_TEXT];
	struct stmt *stmt;
	int rc;

	for (size_t i = 0; key && i < sizeof loads / sizeof loads[0]; i++) {
		if (strcmp(loads[i].word, key) != 0)
			continue;
		if (db_prepare(card->tx->db, loads[i].sql, &stmt, err) < 0)
			return err->code;
		stmt_bind_text(stmt, 1, date_format(card->from, first));
		stmt_bind_text(stmt, 2, date_format(card->from + DAYS, last));
		if (!strcmp(key, "cohorts"))
			stmt_bind_int(stmt, 3, card->tx->actor->branch_id);
		rc = load_read(card, stmt, err);
		stmt_reset(stmt);
		return rc < 0 ? rc : card_add_days(card, err);
	}
	return key_refuse(card, key, err);
}
