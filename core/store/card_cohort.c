/* A cohort: members, the days asked for, conflicts, and what a meeting may be
 * made of. */
#include "core/store/card.h"

#include <string.h>

#include "core/store/card_timetable.h"
#include "core/store/session_conflicts.h"

/* Columns in the order of student_hit_fields. */
static const char member_sql[] =
	"SELECT s.id, s.student_no, p.full_name, g.code, g.name, h.code,"
	" (SELECT e.plant FROM employment e WHERE e.person_id = s.person_id"
	" AND e.valid_to IS NULL), s.status, 'member', NULL, NULL,"
	" (SELECT coalesce(sum(n.amount_centi), 0) FROM account a JOIN ledger_entry n"
	" ON n.account_id = a.id WHERE a.student_id = s.id AND a.kind <> 'POOL'),"
	" c.min_total_centi,"
	" (SELECT count(*) FROM credit_claim q WHERE q.student_id = s.id AND q.state NOT IN"
	" ('POSTED', 'REJECTED', 'WITHDRAWN', 'REVOKED', 'LAPSED'))"
	" FROM student s JOIN person p ON p.id = s.person_id"
	" JOIN programme g ON g.id = s.programme_id JOIN curriculum c ON c.id = s.curriculum_id"
	" JOIN cohort h ON h.id = s.cohort_id WHERE s.cohort_id = ? ORDER BY s.student_no";

static int members_add(struct card *card, int64_t cohort_id, struct error *err)
{
	struct stmt *stmt;
	int step;

	if (db_prepare(card->tx->db, member_sql, &stmt, err) < 0)
		return err->code;
	stmt_bind_int(stmt, 1, cohort_id);
	while ((step = stmt_step(stmt, err)) > 0) {
		struct student_hit *hit = local_row(&student_hit_fields, stmt, 0,
						    card->tx->arena);

		if (!card_may(card, PERM_ACCOUNT))
			hit->earned_centi = OV_NULL;
		bundle_add(card->bundle, &student_hit_fields, hit);
	}
	stmt_reset(stmt);
	return step < 0 ? err->code : 0;
}

int card_add_days(struct card *card, struct error *err)
{
	const struct filter in_view[] = {
		{ .field = "on_date", .op = FILTER_GE, .number = card->from },
		{ .field = "on_date", .op = FILTER_LT, .number = card->to },
	};
	struct record_list list;

	if (tx_find_all(card->tx, KIND_CALENDAR_DAY, in_view, 2, 0, &list, err) < 0)
		return err->code;
	for (size_t i = 0; i < list.count; i++)
		bundle_add(card->bundle, &calendar_day_fields, list.items[i]);
	return 0;
}

/* The term of the days in view, or the newest before them. */
static int term_add(struct card *card, struct error *err)
{
	const struct filter begun[] = {
		{ .field = "starts_on", .op = FILTER_LT, .number = card->to },
	};
	struct term *newest = NULL;
	struct record_list list;

	if (tx_find_all(card->tx, KIND_TERM, begun, 1, 0, &list, err) < 0)
		return err->code;
	for (size_t i = 0; i < list.count; i++) {
		struct term *term = list.items[i];

		if (!newest || term->starts_on > newest->starts_on)
			newest = term;
	}
	if (newest)
		bundle_add(card->bundle, &term_fields, newest);
	return 0;
}

static int all_add(struct card *card, enum kind kind, struct error *err)
{
	struct record_list list;

	if (tx_find_all(card->tx, kind, NULL, 0, 500, &list, err) < 0)
		return err->code;
	for (size_t i = 0; i < list.count; i++)
		bundle_add(card->bundle, list.table, list.items[i]);
	return 0;
}

/* Teachers with their names only: a pick list, not a file on people. */
static int teachers_add(struct card *card, struct error *err)
{
	const struct record_list *teachers;

	if (all_add(card, KIND_TEACHER, err) < 0)
		return err->code;
	teachers = bundle_list(card->bundle, &teacher_fields);
	for (size_t i = 0; i < teachers->count; i++) {
		const struct teacher *teacher = teachers->items[i];
		struct person *person, *name;

		if (tx_get(card->tx, KIND_PERSON, teacher->person_id, (void **)&person, err) < 0)
			return err->code;
		name = record_new(card->tx->arena, &person_fields);
		name->id = person->id;
		name->rev = person->rev;
		name->created_at = person->created_at;
		name->created_by = person->created_by;
		name->doc_kind = person->doc_kind; /* a person has one, says the contract */
		name->full_name = person->full_name;
		bundle_add(card->bundle, &person_fields, name);
	}
	return 0;
}

static int courses_add(struct card *card, int64_t curriculum_id, struct error *err)
{
	const struct filter of_plan[] = { FILTER_INT("curriculum_id", curriculum_id) };
	struct record_list list;

	if (tx_find_all(card->tx, KIND_CURRICULUM_COURSE, of_plan, 1, 0, &list, err) < 0)
		return err->code;
	for (size_t i = 0; i < list.count; i++)
		if (card_add(card, KIND_COURSE,
			     ((struct curriculum_course *)list.items[i])->course_id, err) < 0)
			return err->code;
	return 0;
}

int card_cohort(struct card *card, struct error *err)
{
	struct cohort *cohort;

	if (card_subject(card, KIND_COHORT, "code", card->request->key, (void **)&cohort, err) < 0)
		return err->code;
	card->centre_id = cohort->centre_id;
	bundle_add(card->bundle, &cohort_fields, cohort);
	if (card_add(card, KIND_PROGRAMME, cohort->programme_id, err) < 0 ||
	    term_add(card, err) < 0 || members_add(card, cohort->id, err) < 0 ||
	    timetable_slots_add(card, AXIS_COHORT, cohort->id, err) < 0 || card_add_days(card, err) < 0 ||
	    cohort_conflicts(card->tx, card_may(card, PERM_TIMETABLE), card->from, card->to, card->bundle, err) < 0 ||
	    all_add(card, KIND_ROOM, err) < 0 || teachers_add(card, err) < 0)
		return err->code;
	return courses_add(card, cohort->curriculum_id, err);
}
