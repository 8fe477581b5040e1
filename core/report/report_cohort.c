/* D6 timetable of a cohort, D7 attendance sheet, D13 week of a learner. */
#include "core/report/report.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/i18n.h"

enum { WEEK = 7, MINUTES = 60 };

static const char *const weekday[WEEK] = {
	N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"),
};

static const char *clock_text(struct report_build *b, int64_t minutes)
{
	return arena_printf(b->arena, "%02lld:%02lld", (long long)(minutes / MINUTES % 24),
			    (long long)(minutes % MINUTES));
}

static void cohort_pairs(struct report_build *b)
{
	const struct cohort *cohort = bundle_first(&b->bundle, &cohort_fields);
	const struct programme *programme = bundle_first(&b->bundle, &programme_fields);
	const struct term *term = bundle_first(&b->bundle, &term_fields);
	struct doc_block *pairs = document_pairs(b->doc);

	document_pair(b->doc, pairs, _("Cohort"),
		      arena_printf(b->arena, "%s %s", cohort->code, cohort->name));
	if (programme)
		document_pair(b->doc, pairs, _("Programme"), programme->name);
	document_pair(b->doc, pairs, _("Days"), report_days(b));
	if (term)
		document_pair(b->doc, pairs, _("Term"), arena_printf(b->arena, "%s, %s %" PRId64,
			term->code, _("teaching week"),
			(b->from - term->starts_on) / WEEK + 1));
}

/* "Mon 03-02", and what the calendar says of the day. */
static const char *day_label(struct report_build *b, int64_t day)
{
	const struct record_list *days = bundle_list(&b->bundle, &calendar_day_fields);
	const char *name = arena_printf(b->arena, "%s %s", _(weekday[date_weekday(day) - 1]),
					report_date(b, day) + 5);

	for (size_t i = 0; i < days->count; i++) {
		const struct calendar_day *special = days->items[i];

		if (special->on_date == day)
			name = arena_printf(b->arena, "%s %s (%s)", name, special->name,
					    enum_label(&day_kind_enum, special->kind));
	}
	return name;
}

static bool shown(const struct session_slot *slot)
{
	return slot->state != SESSION_CANCELLED && slot->state != SESSION_MOVED;
}

static const char *slot_text(struct report_build *b, const struct session_slot *slot)
{
	const char *text = arena_printf(b->arena, "%s–%s %s", clock_text(b, slot->start_min),
					clock_text(b, slot->end_min), slot->course);

	if (slot->teacher)
		text = arena_printf(b->arena, "%s · %s", text, slot->teacher);
	if (slot->room)
		text = arena_printf(b->arena, "%s · %s", text, slot->room);
	return arena_printf(b->arena, "%s · %s", text, enum_label(&session_mode_enum, slot->mode));
}

/* One week: a row for each starting time, a column for each day. */
static void week_grid(struct report_build *b, int64_t from)
{
	static const struct doc_column columns[] = {
		{ .label = N_("Start"), .cells = 5 },
		{ .cells = 12, .grows = true }, { .cells = 12, .grows = true },
		{ .cells = 12, .grows = true }, { .cells = 12, .grows = true },
		{ .cells = 12, .grows = true }, { .cells = 12, .grows = true },
		{ .cells = 12, .grows = true },
	};
	const struct record_list *slots = bundle_list(&b->bundle, &session_slot_fields);
	struct doc_table *table = DOCUMENT_TABLE(b->doc, NULL, columns);
	const char **labels = arena_array(b->arena, table->column_count, sizeof *labels);

	for (int d = 0; d < WEEK; d++)
		labels[d + 1] = day_label(b, from + d);
	table->labels = labels;
	table->grid = true;
	for (int64_t start = 0, next; start < 24 * MINUTES; start = next) {
		const char **cells = NULL;

		next = 24 * MINUTES;
		for (size_t i = 0; i < slots->count; i++) {
			const struct session_slot *slot = slots->items[i];
			const int64_t day = slot->on_date - from;

			if (!shown(slot) || day < 0 || day >= WEEK)
				continue;
			if (slot->start_min > start && slot->start_min < next)
				next = slot->start_min;
			if (slot->start_min != start)
				continue;
			if (!cells) {
				cells = document_cells(b->doc, table, DOC_RECORD);
				cells[0] = clock_text(b, start);
			}
			cells[day + 1] = cells[day + 1] ? arena_printf(b->arena, "%s / %s",
				cells[day + 1], slot_text(b, slot)) : slot_text(b, slot);
		}
	}
}

/* What a phone follows the same timetable by. */
static int feed_code(struct report_build *b, struct error *err)
{
	struct qr qr;

	if (!b->link)
		return 0;
	if (qr_make(b->link->url, QR_LOW, &qr, b->arena, err) < 0)
		return err->code;
	document_space(b->doc);
	document_qr(b->doc, &qr, arena_printf(b->arena, "%s %s (%s)",
		_("For the calendar of a phone, which then follows this timetable by itself. Whoever has the address reads it without a login: don't pass it on."),
		b->link->url, arena_printf(b->arena, _("Ends on %s"), report_date(b, b->link->expires_on))));
	return 0;
}

static int weeks(struct report_build *b, struct error *err)
{
	static const struct doc_column flat[] = {
		{ .field = "on_date" }, { .field = "start_min" }, { .field = "end_min" },
		{ .field = "course_code" }, { .field = "course" }, { .field = "teacher" },
		{ .field = "room" }, { .field = "site" }, { .field = "mode" }, { .field = "state" },
	};
	struct doc_table *table;

	for (int64_t week = b->from - date_weekday(b->from) + 1; week < b->to; week += WEEK) {
		document_heading(b->doc, arena_printf(b->arena, "%s – %s", report_date(b, week),
						      report_date(b, week + WEEK - 1)));
		week_grid(b, week);
	}
	table = DOCUMENT_TABLE(b->doc, &session_slot_fields, flat);
	table->csv = table->csv_only = true;
	document_rows(b->doc, table, bundle_list(&b->bundle, &session_slot_fields), NULL);
	return feed_code(b, err);
}

int report_timetable(struct report_build *b, struct error *err)
{
	cohort_pairs(b);
	return weeks(b, err);
}

int report_week(struct report_build *b, struct error *err)
{
	const struct cohort *cohort = bundle_first(&b->bundle, &cohort_fields);
	struct doc_block *pairs = document_pairs(b->doc);

	document_pair_field(b->doc, pairs, &person_fields, bundle_first(&b->bundle, &person_fields),
			    "full_name");
	document_pair_field(b->doc, pairs, &student_fields,
			    bundle_first(&b->bundle, &student_fields), "student_no");
	if (cohort)
		document_pair(b->doc, pairs, _("Cohort"),
			      arena_printf(b->arena, "%s %s", cohort->code, cohort->name));
	document_pair(b->doc, pairs, _("Days"), report_days(b));
	return weeks(b, err);
}

/* --- attendance --- */

static const struct roll_mark *mark_of(const struct report_build *b, int64_t session_id,
				       int64_t student_id)
{
	const struct record_list *marks = bundle_list(&b->bundle, &roll_mark_fields);

	for (size_t i = 0; i < marks->count; i++) {
		const struct roll_mark *mark = marks->items[i];

		if (mark->session_id == session_id && mark->student_id == student_id)
			return mark;
	}
	return NULL;
}

static const char *box_text(struct report_build *b, const struct roll_mark *mark)
{
	const char *shift = mark && mark->shift ? mark->shift : " ";

	if (mark && mark->mark != OV_NULL)
		return arena_printf(b->arena, "%s %s", shift, enum_label(&attendance_mark_enum,
									 mark->mark));
	return arena_printf(b->arena, "%s [  ]", shift);
}

enum { MEETINGS = 8 };

/* A table of up to eight meetings. */
static void sheet(struct report_build *b, struct session_slot *const *slots, size_t count)
{
	static const struct doc_column columns[2 + MEETINGS] = {
		{ .label = N_("Student number"), .cells = 13 },
		{ .label = N_("Name"), .cells = 10, .grows = true },
		{ .cells = 11 }, { .cells = 11 }, { .cells = 11 }, { .cells = 11 },
		{ .cells = 11 }, { .cells = 11 }, { .cells = 11 }, { .cells = 11 },
	};
	const struct record_list *members = bundle_list(&b->bundle, &student_hit_fields);
	struct doc_table *table = document_table(b->doc, NULL, columns, 2 + count);
	const char **labels = arena_array(b->arena, table->column_count, sizeof *labels);

	for (size_t s = 0; s < count; s++)
		labels[s + 2] = arena_printf(b->arena, "%s %s %s", report_date(b, slots[s]->on_date) + 5,
			clock_text(b, slots[s]->start_min), slots[s]->course_code);
	table->labels = labels;
	table->grid = true;
	for (size_t m = 0; m < members->count; m++) {
		const struct student_hit *member = members->items[m];
		const char **cells = document_cells(b->doc, table, DOC_RECORD);

		cells[0] = member->student_no;
		cells[1] = member->full_name;
		for (size_t s = 0; s < count; s++)
			cells[s + 2] = box_text(b, mark_of(b, slots[s]->id, member->id));
	}
}

static void flat_roll(struct report_build *b, struct session_slot *const *slots, size_t count)
{
	/* Untranslated on purpose: the heads of a CSV. */
	static const struct doc_column columns[] = {
		{ .label = "student_no" }, { .label = "full_name" }, { .label = "on_date" },
		{ .label = "start_min" }, { .label = "course_code" }, { .label = "shift" },
		{ .label = "mark" },
	};
	const struct record_list *members = bundle_list(&b->bundle, &student_hit_fields);
	struct doc_table *table = DOCUMENT_TABLE(b->doc, NULL, columns);

	table->csv = table->csv_only = true;
	for (size_t m = 0; m < members->count; m++)
		for (size_t s = 0; s < count; s++) {
			const struct student_hit *member = members->items[m];
			const struct roll_mark *mark = mark_of(b, slots[s]->id, member->id);
			const char **cells = document_cells(b->doc, table, DOC_RECORD);

			cells[0] = member->student_no;
			cells[1] = member->full_name;
			cells[2] = report_date(b, slots[s]->on_date);
			cells[3] = clock_text(b, slots[s]->start_min);
			cells[4] = slots[s]->course_code;
			cells[5] = mark ? mark->shift : NULL;
			cells[6] = mark && mark->mark != OV_NULL ?
				   enum_code(&attendance_mark_enum, mark->mark) : NULL;
		}
}

static const char *roll_totals(struct report_build *b)
{
	const struct record_list *marks = bundle_list(&b->bundle, &roll_mark_fields);
	int64_t counts[4] = { 0 };
	const char *text = "";

	for (size_t i = 0; i < marks->count; i++) {
		const struct roll_mark *mark = marks->items[i];

		if (mark->mark >= 0 && mark->mark < 4)
			counts[mark->mark]++;
	}
	for (int m = 0; m < 4; m++)
		text = arena_printf(b->arena, "%s%s%s %lld", text, m ? " · " : "",
				    enum_label(&attendance_mark_enum, m), (long long)counts[m]);
	return text;
}

int report_attendance(struct report_build *b, struct error *err)
{
	const struct record_list *list = bundle_list(&b->bundle, &session_slot_fields);
	struct session_slot **slots = arena_array(b->arena, list->count + 1, sizeof *slots);
	size_t count = 0;

	(void)err;
	for (size_t i = 0; i < list->count; i++)
		if (shown(list->items[i]))
			slots[count++] = list->items[i];
	cohort_pairs(b);
	document_space(b->doc);
	for (size_t s = 0; s == 0 || s < count; s += MEETINGS) {
		if (s)
			document_space(b->doc);
		sheet(b, slots + s, count - s < MEETINGS ? count - s : MEETINGS);
	}
	document_space(b->doc);
	document_paragraph(b->doc, roll_totals(b));
	document_paragraph(b->doc, _("The letter is the learner's shift of that day: D day, E evening, N night, R rest."));
	document_sign(b->doc, _("Teacher: ____________________    Tutor: ____________________"));
	flat_roll(b, slots, count);
	return 0;
}
