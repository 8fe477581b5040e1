/* What the conflict engine needs to know besides meetings, people and places:
 * limits of the planner file, calendars in force, exceptions from shifts. */
#include "core/store/session_members.h"

#include <stdlib.h>
#include <string.h>

#include "core/store/local.h"

int session_policy(struct session_input *si, struct conflict_policy *policy, struct error *err)
{
	const struct planner_options *planner;

	if (local_planner(si->tx->local, &planner, err) < 0)
		return err->code;
	conflict_policy_init(policy);
	policy->commute = planner->commute;
	policy->rest_night = planner->rest_night;
	policy->rest_soft = planner->rest_soft;
	policy->exam_gap = planner->exam_gap;
	policy->exams_per_day = planner->exams_per_day ? planner->exams_per_day : OV_NULL;
	policy->site_gap_min = planner->site_gap_min;
	policy->max_week_min = planner->max_week_min ? planner->max_week_min : OV_NULL;
	policy->holiday_teaching = planner->holiday_teaching;
	return 0;
}

/* A year is known when a version of its calendar is in force, or, where days
 * were imported without one, when it has as many holidays as a notice names: a
 * single closed day that somebody entered does not say that the rest is
 * ordinary. A year whose version was revoked is unknown. */
static const char years_sql[] =
	"SELECT year FROM calendar_version WHERE state = 'CURRENT' UNION"
	" SELECT y FROM (SELECT CAST(substr(on_date, 1, 4) AS INTEGER) AS y, count(*) AS n"
	" FROM calendar_day WHERE kind = 'HOLIDAY' GROUP BY 1) d WHERE n >= 7"
	" AND NOT EXISTS (SELECT 1 FROM calendar_version v WHERE v.year = y) ORDER BY 1";

static int years_load(struct session_input *si, struct error *err)
{
	struct conflict_calendar *calendar = &si->input.calendar;
	int64_t *years = NULL;
	size_t room = 0;
	struct stmt *stmt;
	int step;

	if (db_prepare(si->tx->db, years_sql, &stmt, err) < 0)
		return err->code;
	while ((step = stmt_step(stmt, err)) > 0) {
		years = session_grow(si->tx->arena, years, calendar->year_count, &room, sizeof *years);
		years[calendar->year_count++] = stmt_int(stmt, 0);
	}
	stmt_reset(stmt);
	calendar->years = years;
	return step < 0 ? err->code : 0;
}

int session_calendar(struct session_input *si, int64_t from, int64_t to, struct error *err)
{
	const struct filter filters[] = {
		{ .field = "on_date", .op = FILTER_GE, .number = from - 8 },
		{ .field = "on_date", .op = FILTER_LE, .number = to + 8 },
	};
	struct conflict_calendar *calendar = &si->input.calendar;
	int64_t *holidays, *swapped;
	struct record_list list;

	if (years_load(si, err) < 0 ||
	    tx_find_all(si->tx, KIND_CALENDAR_DAY, filters, 2, 0, &list, err) < 0)
		return err->code;
	holidays = arena_array(si->tx->arena, list.count, sizeof *holidays);
	swapped = arena_array(si->tx->arena, list.count, sizeof *swapped);
	for (size_t i = 0; i < list.count; i++) {
		const struct calendar_day *day = list.items[i];

		if (day->kind == DAY_HOLIDAY || day->kind == DAY_CLOSED)
			date_insert(holidays, &calendar->holiday_count, day->on_date);
		else if (day->kind == DAY_SWAPPED_WORKDAY)
			date_insert(swapped, &calendar->swapped_count, day->on_date);
	}
	calendar->holidays = holidays;
	calendar->swapped = swapped;
	return 0;
}

/* An exception of the student with this index. */
struct exception_row {
	int student;
	struct conflict_exception what;
};

static int row_order(const void *a, const void *b)
{
	const struct exception_row *x = a, *y = b;

	return x->student < y->student ? -1 : x->student > y->student;
}

/* Day columns are text; null stays null. */
static int64_t day_of(struct stmt *stmt, int column)
{
	const char *text = stmt_text(stmt, column);
	int64_t day;

	return text && date_parse(text, &day) ? day : OV_NULL;
}

static struct conflict_exception exception_of(struct stmt *stmt)
{
	struct conflict_exception out = { .date = day_of(stmt, 1) };
	int64_t work_on = day_of(stmt, 2);

	if (work_on != OV_NULL)
		out.added = (struct conflict_span){
			conflict_minute(work_on, stmt_int(stmt, 3)),
			conflict_minute(work_on, stmt_int(stmt, 4)) };
	return out;
}

static int rows_read(struct session_input *si, int64_t from, int64_t to,
		     struct exception_row **rows, size_t *count, struct error *err)
{
	char first[DATE_TEXT], last[DATE_TEXT];
	size_t room = 0;
	struct stmt *stmt;
	int step;

	if (db_prepare(si->tx->db, "SELECT s.id, x.off_on, x.work_on, x.start_min, x.end_min"
		       " FROM shift_exception x JOIN student s ON s.person_id = x.person_id"
		       " WHERE x.withdrawn_on IS NULL AND ((x.off_on >= ?1 AND x.off_on <= ?2)"
		       " OR (x.work_on >= ?1 AND x.work_on <= ?2)) ORDER BY x.id", &stmt, err) < 0)
		return err->code;
	stmt_bind_text(stmt, 1, date_format(from - 3, first));
	stmt_bind_text(stmt, 2, date_format(to + 3, last));
	while ((step = stmt_step(stmt, err)) > 0) {
		int student = id_map_find(&si->student_map, stmt_int(stmt, 0));

		if (student < 0)
			continue;
		*rows = session_grow(si->tx->arena, *rows, *count, &room, sizeof **rows);
		(*rows)[(*count)++] = (struct exception_row){ student, exception_of(stmt) };
	}
	stmt_reset(stmt);
	return step < 0 ? err->code : 0;
}

int session_exceptions(struct session_input *si, int64_t from, int64_t to, struct error *err)
{
	struct exception_row *rows = NULL;
	struct conflict_exception *all;
	size_t count = 0;

	if (rows_read(si, from, to, &rows, &count, err) < 0)
		return err->code;
	if (count)
		qsort(rows, count, sizeof *rows, row_order);
	all = arena_array(si->tx->arena, count, sizeof *all);
	for (size_t i = 0; i < count; i++) {
		struct conflict_student *who = &si->students[rows[i].student];

		all[i] = rows[i].what;
		if (!who->exception_count)
			who->exceptions = &all[i];
		who->exception_count++;
	}
	return 0;
}
