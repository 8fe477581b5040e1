/* Rows of results, calendar days, attendance and claims. */
#include "core/store/commands/import_rows.h"

#include <string.h>

#include "core/base/text.h"
#include "core/model/claim_state.h"
#include "core/store/commands/calendar_args.h"
#include "core/store/commands/claim_args.h"
#include "core/store/commands/claim_case.h"
#include "core/store/commands/claim_lines.h"
#include "core/store/commands/cohort_args.h"
#include "core/store/commands/person_args.h"
#include "core/store/local.h"
#include "core/store/student_sums.h"

enum { MARK_MOST = 10000, CREDIT_MOST = 100000, LINES_MOST = 99 };

/* Another branch's learner is not there, as everywhere. */
static int learner_find(struct tx *tx, const char *number, struct student **student,
			struct error *err)
{
	bool inside;

	if (row_needed(number, "student_no", N_("Student number"), err) < 0 ||
	    row_record(tx, KIND_STUDENT, "student_no", text_normalise_id(number, tx->arena),
		       "student_no", (void **)student, err) < 0 ||
	    local_in_scope(tx->local, KIND_STUDENT, (*student)->id, &inside, tx->arena, err) < 0)
		return err->code;
	return inside ? 0 : error_reason(err, REASON_NOT_FOUND, "what",
					 _(kind_fields(KIND_STUDENT)->label), "key", number,
					 "field", "student_no", NULL);
}

/* --- results --- */

static int result_there(struct tx *tx, const struct student *student,
			const struct result_record_args *a, bool *same, struct error *err)
{
	struct record_list results;

	*same = false;
	if (student_results(tx, student->id, &results, err) < 0)
		return err->code;
	for (size_t i = 0; i < results.count; i++) {
		const struct course_result *result = results.items[i];

		*same = *same || (result->course_id == a->course_id &&
				  result->term_id == a->term_id &&
				  result->formative == a->formative && result->final == a->final &&
				  (a->result_on == OV_NULL || result->result_on == a->result_on));
	}
	return 0;
}

int import_result_row(struct tx *tx, const struct rows_import_args *args, size_t at,
		      size_t *used, enum row_done *done, struct error *err)
{
	const struct result_row *row = args->rows->items[at];
	struct result_record_args *a = record_new(tx->arena, &result_record_args_fields);
	struct student *student;
	struct course *course;
	struct term *term;
	bool same;

	*used = 1;
	if (learner_find(tx, row->student_no, &student, err) < 0 ||
	    row_needed(row->course, "course", N_("Course"), err) < 0 ||
	    row_needed(row->term, "term", N_("Term"), err) < 0 ||
	    row_record(tx, KIND_COURSE, "code", row->course, "course", (void **)&course, err) < 0 ||
	    row_record(tx, KIND_TERM, "code", row->term, "term", (void **)&term, err) < 0 ||
	    row_centi(row->formative, "formative", N_("Formative mark"), 0, MARK_MOST,
		      &a->formative, err) < 0 ||
	    row_centi(row->final, "final", N_("Final mark"), 0, MARK_MOST, &a->final, err) < 0 ||
	    row_date(row->result_on, "result_on", N_("Result day"), &a->result_on, err) < 0)
		return err->code;
	a->course_id = course->id;
	a->term_id = term->id;
	a->reason = args->reason;
	if (result_there(tx, student, a, &same, err) < 0)
		return err->code;
	*done = same ? ROW_UNCHANGED : ROW_CREATED;
	return same ? 0 : row_command(tx, "result.record", student->id, a, NULL, err);
}

/* --- the calendar --- */

int import_day_row(struct tx *tx, const struct rows_import_args *args, size_t at, size_t *used,
		   enum row_done *done, struct error *err)
{
	const struct day_row *row = args->rows->items[at];
	struct calendar_set_args *a = record_new(tx->arena, &calendar_set_args_fields);
	struct filter same_day[] = { FILTER_INT("on_date", 0) };
	struct calendar_day *day;

	*used = 1;
	if (row_needed(row->on_date, "on_date", N_("Day"), err) < 0 ||
	    row_needed(row->kind, "kind", N_("Kind"), err) < 0 ||
	    row_needed(row->name, "name", N_("Name"), err) < 0 ||
	    row_date(row->on_date, "on_date", N_("Day"), &a->on_date, err) < 0 ||
	    row_choice(row->kind, "kind", N_("Kind"), &day_kind_enum, &a->kind, err) < 0 ||
	    row_number(row->acts_as, "acts_as", N_("Acts as weekday"), 1, 7, &a->acts_as, err) < 0)
		return err->code;
	a->name = row->name;
	same_day[0].number = a->on_date;
	if (tx_find_one(tx, KIND_CALENDAR_DAY, same_day, 1, (void **)&day, err) < 0)
		return err->code;
	*done = day ? ROW_UPDATED : ROW_CREATED;
	if (day && day->kind == a->kind && day->acts_as == a->acts_as &&
	    !strcmp(day->name, a->name)) {
		*done = ROW_UNCHANGED;
		return 0;
	}
	return row_command(tx, "calendar.set", 0, a, NULL, err);
}

/* --- attendance --- */

int import_attendance_row(struct tx *tx, const struct rows_import_args *args, size_t at,
			  size_t *used, enum row_done *done, struct error *err)
{
	const struct attendance_row *row = args->rows->items[at];
	struct session_attend_args *a = record_new(tx->arena, &session_attend_args_fields);
	struct attendance_item *item = record_new(tx->arena, &attendance_item_fields);
	struct record_list marks = { &attendance_item_fields, 1, (void *[]){ item } };
	struct attendance *old;
	struct student *student;
	int64_t session = 0;

	*used = 1;
	if (row_needed(row->session, "session", N_("Session"), err) < 0 ||
	    row_needed(row->mark, "mark", N_("Attendance"), err) < 0 ||
	    row_number(row->session, "session", N_("Session"), 1, 999999999, &session, err) < 0 ||
	    learner_find(tx, row->student_no, &student, err) < 0 ||
	    row_choice(row->mark, "mark", N_("Attendance"), &attendance_mark_enum, &item->mark,
		       err) < 0 ||
	    row_number(row->minutes, "minutes", N_("Minutes"), 0, 720, &item->minutes, err) < 0)
		return err->code;
	item->student_id = student->id;
	a->marks = &marks;
	if (tx_find_one(tx, KIND_ATTENDANCE, (const struct filter[]){
			FILTER_INT("session_id", session), FILTER_INT("student_id", student->id) },
			2, (void **)&old, err) < 0)
		return err->code;
	*done = old ? ROW_UPDATED : ROW_CREATED;
	if (old && old->mark == item->mark && old->minutes == item->minutes) {
		*done = ROW_UNCHANGED;
		return 0;
	}
	return row_command(tx, "session.attend", session, a, NULL, err);
}

/* --- claims --- */

static int claim_line(struct tx *tx, const struct claim_file_row *row, struct claim_source *line,
		      struct error *err)
{
	if (row_needed(row->kind, "kind", N_("Source"), err) < 0 ||
	    row_needed(row->source, "source", N_("Code"), err) < 0 ||
	    row_choice(row->kind, "kind", N_("Source"), &source_kind_enum, &line->kind, err) < 0 ||
	    row_level(row->level, &line->level, err) < 0 ||
	    row_centi(row->mark, "mark", N_("Mark"), 0, MARK_MOST, &line->mark, err) < 0 ||
	    row_centi(row->credits, "credits", N_("Credits"), 0, CREDIT_MOST, &line->credits,
		      err) < 0 ||
	    row_number(row->hours, "hours", N_("Study hours"), 0, 10000, &line->hours, err) < 0 ||
	    row_date(row->issued, "issued", N_("Issued"), &line->issued, err) < 0 ||
	    row_date(row->expires, "expires", N_("Expires"), &line->expires, err) < 0)
		return err->code;
	line->source = row->source;
	line->name = row->name;
	line->no = row->no;
	line->file = row->file;
	if (row->file && *row->file)
		line->evidence = EVIDENCE_COPY;
	return field_parse(field_find(&claim_source_fields, "source"), row->source, line, tx->arena,
			   err);
}

/* Is a line of an open claim the one that the row offers? */
static bool same_line(const struct case_line *have, const struct claim_source *row,
		      struct arena *arena)
{
	if (have->certificate)
		return !strcmp(have->type->code, row->source) &&
		       (!row->no || !strcmp(have->certificate->cert_no,
					    certificate_number(row->no, arena)));
	return have->result && !strcmp(have->result->code, row->source);
}

/* The same rows from another file (saved again, sent twice) are the claim that
 * was made of them, as long as it is open. */
static int claim_there(struct tx *tx, const struct student *student,
		       const struct record_list *lines, bool *there, struct error *err)
{
	const struct filter of_student[] = { FILTER_INT("student_id", student->id) };
	struct record_list claims;

	*there = false;
	if (tx_find_all(tx, KIND_CREDIT_CLAIM, of_student, 1, 0, &claims, err) < 0)
		return err->code;
	for (size_t i = 0; i < claims.count && !*there; i++) {
		const struct credit_claim *claim = claims.items[i];
		struct claim_case *cc;

		if (!claim_state_open((enum claim_state)claim->state))
			continue;
		if (claim_case_load(tx, claim->id, &cc, err) < 0)
			return err->code;
		*there = cc->line_count == lines->count;
		for (size_t k = 0; k < cc->line_count && *there; k++)
			*there = same_line(&cc->lines[k], lines->items[k], tx->arena);
	}
	return 0;
}

int import_claim_row(struct tx *tx, const struct rows_import_args *args, size_t at, size_t *used,
		     enum row_done *done, struct error *err)
{
	const struct record_list *rows = args->rows;
	const struct claim_file_row *first = rows->items[at];
	struct claim_create_args *a = record_new(tx->arena, &claim_create_args_fields);
	struct record_list lines = { &claim_source_fields, 0,
				     arena_array(tx->arena, LINES_MOST, sizeof(void *)) };
	struct student *student;
	struct error why = ERROR_INIT;
	size_t end = at;
	bool there;

	/* Rows of one learner that stand together are one claim. */
	for (; end < rows->count && end - at < LINES_MOST; end++) {
		const struct claim_file_row *row = rows->items[end];
		struct claim_source *line = record_new(tx->arena, &claim_source_fields);

		if (end > at && (!row->student_no || !first->student_no ||
				 strcmp(row->student_no, first->student_no) != 0))
			break;
		lines.items[lines.count++] = line;
		if (!why.code)
			claim_line(tx, row, line, &why);
	}
	*used = end - at;
	*done = ROW_CREATED;
	if (why.code) {
		*err = why;
		return why.code;
	}
	if (learner_find(tx, first->student_no, &student, err) < 0)
		return err->code;
	if (claim_there(tx, student, &lines, &there, err) < 0)
		return err->code;
	if (there) {
		*done = ROW_UNCHANGED;
		return 0;
	}
	a->student_id = student->id;
	a->lines = &lines;
	return row_command(tx, "claim.create", 0, a, NULL, err);
}
