/* The week of a cohort, room, teacher or learner as a grid, the members of a
 * cohort, and the meetings' conflicts. What is done to meetings: week_meeting.c. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/views/print_view.h"
#include "tui/views/student_draw.h"
#include "tui/views/week_internal.h"
#include "tui/views/wish_view.h"

enum { DAYS_CELLS = 44 /* learners, days and the week of the term */, TIME_CELLS = 6, EMPTY_DAY_CELLS = 9, BUSY_DAY_CELLS = 14, DETAIL_ROWS = 5, COHORT_KEY = 7 };

/* --- asking --- */

bool week_of_cohort(const struct week_view *self)
{
	return !self->key[0] || strncmp(self->key, "cohort:", COHORT_KEY) == 0;
}

/* The marker goes with a meeting from one view of the week to another. */
static bool seek(struct week_view *self)
{
	for (size_t row = 0; row < self->grid.rows; row++)
		for (int day = 0; day < WEEK_DAYS; day++) {
			const struct week_cell *cell = &self->grid.cell[row][day];

			for (size_t i = 0; i < cell->count && i < WEEK_CELL_MAX; i++)
				if (cell->slot[i]->id == self->seek) {
					self->row = (int)row;
					self->day = day;
					return self->placed = true;
				}
		}
	return false;
}

/* The first meeting from today on, else the first of the week. */
static void place_marker(struct week_view *self)
{
	int today = (int)(clock_today(app_clock(self->view.app)) - self->monday), turn, i;

	for (turn = 0; turn < 2; turn++) {
		for (i = turn || today < 0 || today >= WEEK_DAYS ? 0 : today; i < WEEK_DAYS; i++) {
			size_t row;

			for (row = 0; row < self->grid.rows; row++) {
				if (!self->grid.cell[row][i].count)
					continue;
				self->row = (int)row;
				self->day = i;
				self->placed = true;
				return;
			}
		}
	}
}

static void name_take(struct week_view *self)
{
	const struct cohort *cohort = CARD_FIRST(&self->card, cohort);
	const struct room *room = CARD_FIRST(&self->card, room);
	const struct person *person = CARD_FIRST(&self->card, person);
	const char *name = NULL;

	if (week_of_cohort(self)) {
		name = cohort ? cohort->code : NULL;
		self->id = cohort ? cohort->id : self->id;
	} else if (strncmp(self->key, "room:", 5) == 0) {
		name = room ? room->code : NULL;
	} else {
		name = person ? person->full_name : NULL;
	}
	if (name)
		snprintf(self->name, sizeof self->name, "%.60s", name);
}

static void week_done(struct job *job, struct view *view)
{
	struct week_view *self = (struct week_view *)view;

	card_take(&self->card, job);
	if (job->result == 0)
		name_take(self);
	week_grid_make(&self->grid, self->monday, CARD_LIST(&self->card, session_slot));
	if (!(self->seek && seek(self)) && !self->placed)
		place_marker(self);
	self->seek = 0;
	if ((size_t)self->row >= self->grid.rows)
		self->row = self->grid.rows ? (int)self->grid.rows - 1 : 0;
	table_set_count(&self->table, CARD_LIST(&self->card, student_hit)->count);
}

static void week_resume(struct view *view)
{
	struct week_view *self = (struct week_view *)view;
	const bool cohort = week_of_cohort(self);
	struct card_request request = { .kind = cohort ? KIND_COHORT : KIND_SESSION_SLOT,
					.id = cohort ? self->id : 0,
					.key = !cohort ? self->key : self->key[0] && !self->id ?
					       self->key + COHORT_KEY : NULL,
					.from = self->monday, .to = self->monday + WEEK_DAYS };
	struct job *job = card_job(&request);

	job->channel = WEEK_CHANNEL_CARD;
	job->done = week_done;
	app_submit(view, job);
}

void week_reload(struct view *view)
{
	week_resume(view);
}

static void week_open(struct view *view, const void *arg)
{
	struct week_view *self = (struct week_view *)view;
	const struct thing_options *options = arg;

	self->id = options->id;
	snprintf(self->key, sizeof self->key, "%.60s", options->key ? options->key : "");
	snprintf(self->name, sizeof self->name, "%.60s", options->name ? options->name : "");
	self->monday = week_monday(clock_today(app_clock(view->app)));
	bundle_init(&self->card.bundle, &self->card.arena);
	week_members_table(self);
}

static void week_close(struct view *view)
{
	card_release(&((struct week_view *)view)->card);
}

/* --- drawing --- */

static const struct week_cell *cell_here(const struct week_view *self)
{
	return self->grid.rows ? &self->grid.cell[self->row][self->day] : NULL;
}

const struct session_slot *week_slot_here(const struct week_view *self)
{
	const struct week_cell *cell = cell_here(self);

	return cell && cell->count ? cell->slot[0] : NULL;
}

static const struct calendar_day *calendar_of(const struct week_view *self, int64_t date)
{
	const struct record_list *days = CARD_LIST(&self->card, calendar_day);
	size_t i;

	for (i = 0; i < days->count; i++) {
		const struct calendar_day *day = days->items[i];

		if (day->on_date == date)
			return day;
	}
	return NULL;
}

/* "Sat 28 Spring Festival" */
static const char *day_text(const struct week_view *self, int day, struct arena *arena)
{
	const int64_t on = self->monday + day;
	const struct calendar_day *special = calendar_of(self, on);
	char date[DATE_TEXT];

	return arena_printf(arena, special && special->name ? "%s %s %s" : "%s %s",
			    weekday_name(day + 1), date_format(on, date) + 8,
			    special ? special->name : NULL);
}

/* Days with meetings share the width; the others keep a narrow column, or one for the
 * whole name of a special day when the meetings have room enough all the same. */
static void day_columns(const struct week_view *self, int cols, int start[WEEK_DAYS + 1],
			struct arena *arena)
{
	int busy = 0, day, used = TIME_CELLS, room = cols - TIME_CELLS, cells[WEEK_DAYS] = { 0 };
	size_t row;

	for (day = 0; day < WEEK_DAYS; day++) {
		for (row = 0; row < self->grid.rows && !cells[day]; row++)
			cells[day] = self->grid.cell[row][day].count > 0;
		busy += cells[day];
	}
	for (day = 0; busy && day < WEEK_DAYS; day++) {
		if (!cells[day])
			room -= EMPTY_DAY_CELLS;
	}
	for (day = 0; busy && day < WEEK_DAYS; day++) {
		int more = text_width(day_text(self, day, arena)) + 2 - EMPTY_DAY_CELLS;

		if (cells[day])
			continue;
		more = more > 0 && (room - more) / busy >= BUSY_DAY_CELLS ? more : 0;
		cells[day] = EMPTY_DAY_CELLS + more;
		room -= more;
	}
	for (day = 0; day < WEEK_DAYS; day++) {
		start[day] = used;
		used += cells[day] > 1 ? cells[day] : room / (busy ? busy : WEEK_DAYS);
	}
	start[WEEK_DAYS] = used;
}

static void days_draw(struct week_view *self, const struct canvas *canvas, const int *start)
{
	struct arena *arena = canvas_arena(canvas);
	int64_t today = clock_today(app_clock(self->view.app));

	for (int day = 0; day < WEEK_DAYS; day++) {
		int64_t on = self->monday + day;
		enum theme_role role = on == today ? THEME_SELECTION
				       : calendar_of(self, on) ? THEME_WARNING : THEME_HEADING;

		canvas_fit(canvas, 0, start[day] + 1, start[day + 1] - start[day] - 1, role, TEXT_LEFT,
			   day_text(self, day, arena));
	}
}

/* The other meeting of the same lesson this week, NULL when there is none. */
static const struct session_slot *week_twin_of(const struct week_view *self,
					       const struct session_slot *slot)
{
	const struct record_list *slots = CARD_LIST(&self->card, session_slot);

	for (size_t i = 0; slot->twin != OV_NULL && i < slots->count; i++) {
		const struct session_slot *other = slots->items[i];

		if (other->twin == slot->twin && other->id != slot->id &&
		    other->state != SESSION_CANCELLED)
			return other;
	}
	return NULL;
}

/* What the week itself doesn't say already. */
static const char *second_line(const struct week_view *self, const struct session_slot *slot,
			       struct arena *arena)
{
	const char *room = slot->room ? slot->room : enum_label(&session_mode_enum, slot->mode);
	const char *teacher = slot->teacher ? slot->teacher : "";
	const char *cohorts = slot->cohorts ? slot->cohorts : "";

	const struct session_slot *twin = week_twin_of(self, slot);

	/* One lesson with two times: each names the other. */
	if (twin)
		room = arena_printf(arena, "=%s %s %s", weekday_name(date_weekday(twin->on_date)),
				    minutes_text(twin->start_min, arena), room);
	if (slot->exam == 1)
		room = arena_printf(arena, "%s %s", _("EXAM"), room);
	if (strncmp(self->key, "room:", 5) == 0)
		return arena_printf(arena, "%s %s", cohorts, teacher);
	if (strncmp(self->key, "teacher:", 8) == 0)
		return arena_printf(arena, "%s %s", room, cohorts);
	return arena_printf(arena, "%s %s", room, teacher);
}

static void cell_draw(struct week_view *self, const struct canvas *canvas, int row, int day,
		      int at, const int *start)
{
	const struct week_cell *cell = &self->grid.cell[row][day];
	const struct session_slot *slot = cell->slot[0];
	struct arena *arena = canvas_arena(canvas);
	int col = start[day], cells = start[day + 1] - col;
	bool here = row == self->row && day == self->day;
	const char *course;

	if (here) {
		canvas_put(canvas, at, col, THEME_MARKER, ">");
		canvas_cursor(canvas, at, col);
	}
	if (!cell->count) {
		canvas_put(canvas, at, col + 1, THEME_MUTED, ".");
		return;
	}
	course = slot->course ? slot->course : slot->course_code ? slot->course_code : "";
	if (cell->count > 1)
		course = arena_printf(arena, "%zux %s", cell->count, course);
	canvas_fit(canvas, at, col + 1, cells - 2, here ? THEME_VALUE : THEME_TEXT, TEXT_LEFT,
		   course);
	if (week_twin_of(self, slot) && week_slot_here(self) == week_twin_of(self, slot))
		canvas_put(canvas, at, col, THEME_MARKER, "=");
	if (slot->conflicts > 0)
		canvas_put(canvas, at + 1, col, THEME_WARNING, "!");
	if (slot->id == self->exchange_id)
		canvas_put(canvas, at + 1, col, THEME_WAITING, "x");
	canvas_fit(canvas, at + 1, col + 1, cells - 2, THEME_MUTED, TEXT_LEFT,
		   second_line(self, slot, arena));
}

static void grid_draw(struct week_view *self, const struct canvas *canvas)
{
	struct arena *arena = canvas_arena(canvas);
	int fit = (canvas->area.rows - 1) / 3, row, day, start[WEEK_DAYS + 1];

	day_columns(self, canvas->area.cols, start, canvas_arena(canvas));
	days_draw(self, canvas, start);
	self->top = (int)layout_scroll((size_t)self->top, (size_t)self->row, self->grid.rows, fit);
	for (row = self->top; (size_t)row < self->grid.rows && row < self->top + fit; row++) {
		int at = 1 + (row - self->top) * 3;

		canvas_put(canvas, at, 0, THEME_LABEL, minutes_text(self->grid.start[row], arena));
		for (day = 0; day < WEEK_DAYS; day++)
			cell_draw(self, canvas, row, day, at, start);
	}
	if (self->grid.left_out)
		canvas_printf(canvas, canvas->area.rows - 1, TIME_CELLS + 1, THEME_WARNING,
			      _("%zu more meetings do not fit here"), self->grid.left_out);
	if (!self->grid.rows && self->card.bundle.count) {
		canvas_put(canvas, 2, TIME_CELLS + 1, THEME_MUTED, _("No meetings in this week"));
		canvas_cursor(canvas, 2, 0);
	}
}

/* What stands against the meeting under the marker. */
static void detail_draw(struct week_view *self, const struct canvas *canvas)
{
	const struct record_list *list = CARD_LIST(&self->card, conflict);
	const struct week_cell *cell = cell_here(self);
	struct arena *arena = canvas_arena(canvas);
	int row = 0;
	size_t i, s;

	for (s = 0; cell && s < cell->count && s < WEEK_CELL_MAX && row < canvas->area.rows; s++) {
		const struct session_slot *slot = cell->slot[s];

		canvas_put(canvas, row++, 1, THEME_VALUE,
			   arena_printf(arena, "%s  %s  %s", slot_text(slot, arena),
					slot->site ? slot->site : "",
					enum_label(&session_state_enum, slot->state)));
		if (week_twin_of(self, slot) && row < canvas->area.rows)
			canvas_put(canvas, row++, 1, THEME_LABEL,
				   arena_printf(arena, _("taught twice, so that every shift can come; also %s"),
						slot_text(week_twin_of(self, slot), arena)));
		for (i = 0; i < list->count && row < canvas->area.rows; i++) {
			const struct conflict *c = list->items[i];

			if (c->session_id != slot->id && c->other_id != slot->id)
				continue;
			canvas_put(canvas, row, 0, c->hard == 1 ? THEME_REFUSED : THEME_WARNING, "!");
			row += canvas_wrap(canvas, row, 2, canvas->area.cols - 2, 2,
					   c->hard == 1 ? THEME_REFUSED : THEME_WARNING,
					   c->message ? c->message : c->kind);
		}
	}
}

/* A name, cut where the days that follow still find room. */
static int name_draw(const struct canvas *canvas, int col, enum theme_role role, const char *name)
{
	const int room = canvas->area.cols - DAYS_CELLS - col;
	int used = text_width(name);

	if (used > room)
		canvas_fit(canvas, 0, col, used = room > 0 ? room : 0, role, TEXT_LEFT, name);
	else
		canvas_put(canvas, 0, col, role, name);
	return col + used + 2;
}

/* "Room S201  Classroom 2  28 seats": whose week it is. */
static int subject_draw(struct week_view *self, const struct canvas *canvas, int col)
{
	const struct cohort *cohort = CARD_FIRST(&self->card, cohort);
	const struct room *room = CARD_FIRST(&self->card, room);

	if (week_of_cohort(self)) {
		col = name_draw(canvas, col, THEME_HEADING, self->name);
		if (cohort && cohort->name)
			col = name_draw(canvas, col, THEME_VALUE, cohort->name);
		return col + canvas_printf(canvas, 0, col, THEME_LABEL, _("%zu learners"),
					   self->table.count) + 2;
	}
	col += canvas_put(canvas, 0, col, THEME_LABEL,
			  strncmp(self->key, "room:", 5) == 0 ? _("Room") :
			  strncmp(self->key, "teacher:", 8) == 0 ? _("Teacher") : _("Learner")) + 1;
	col = name_draw(canvas, col, THEME_HEADING, self->name);
	if (strncmp(self->key, "room:", 5) == 0 && room && room->name) {
		col = name_draw(canvas, col, THEME_VALUE, room->name);
		if (room->capacity != OV_NULL)
			col += canvas_printf(canvas, 0, col, THEME_LABEL, _("%d seats"),
					     (int)room->capacity) + 2;
	}
	return col;
}

/* Whose week, which week. */
static void head_draw(struct week_view *self, const struct canvas *canvas)
{
	struct arena *arena = canvas_arena(canvas);
	const struct term *term = CARD_FIRST(&self->card, term);
	char from[DATE_TEXT], to[DATE_TEXT];
	int col = subject_draw(self, canvas, 1);

	col += canvas_put(canvas, 0, col, THEME_VALUE,
			  arena_printf(arena, "%s..%s", date_format(self->monday, from),
				       date_format(self->monday + 6, to) + 5)) + 2;
	if (term && term->starts_on != OV_NULL && self->monday >= week_monday(term->starts_on))
		canvas_printf(canvas, 0, col, THEME_LABEL, _("week %d"),
			      (int)((self->monday - week_monday(term->starts_on)) / 7 + 1));
}

static void week_draw(struct view *view, const struct canvas *canvas)
{
	struct week_view *self = (struct week_view *)view;
	struct rect area = canvas_area(canvas), bottom;
	struct canvas part;

	if (self->card.error.code) {
		canvas_put(canvas, 0, 1, THEME_REFUSED, self->card.error.message);
		return;
	}
	part = canvas_sub(canvas, rect_take_top(&area, 2));
	head_draw(self, &part);
	canvas_rule(&part, 1, wish_line(&self->card, canvas_arena(canvas)));
	if (self->members) {
		part = canvas_sub(canvas, area);
		table_draw(&self->table, &part, view->app, true, true);
		return;
	}
	bottom = rect_take_bottom(&area, DETAIL_ROWS);
	part = canvas_sub(canvas, area);
	grid_draw(self, &part);
	part = canvas_sub(canvas, bottom);
	canvas_rule(&part, 0, NULL);
	rect_take_top(&bottom, 1);
	part = canvas_sub(canvas, bottom);
	detail_draw(self, &part);
}

/* --- keys --- */

bool week_is_grid(struct app *app, struct view *view)
{
	(void)app;
	return !((struct week_view *)view)->members;
}

bool week_is_members(struct app *app, struct view *view)
{
	return !week_is_grid(app, view);
}

bool week_may_members(struct app *app, struct view *view)
{
	(void)app;
	return week_of_cohort((struct week_view *)view);
}

bool week_has_member(struct app *app, struct view *view)
{
	return week_is_members(app, view) && ((struct week_view *)view)->table.count > 0;
}

bool week_has_meeting(struct app *app, struct view *view)
{
	return week_is_grid(app, view) && week_slot_here((struct week_view *)view);
}

static bool week_go(struct view *view, int by_row, int by_day, int by_week)
{
	struct week_view *self = (struct week_view *)view;

	if (self->members)
		return false;
	week_grid_move(&self->grid, &self->row, &self->day, by_row, by_day);
	if (by_week) {
		self->monday += by_week * WEEK_DAYS;
		self->placed = false; /* the marker goes to a meeting of that week */
		self->row = self->day = 0;
		week_resume(view);
	}
	return true;
}

void week_members(struct app *app, struct view *view)
{
	struct week_view *self = (struct week_view *)view;

	(void)app;
	self->members = !self->members;
}

static struct table *week_list(struct view *view)
{
	struct week_view *self = (struct week_view *)view;

	return self->members ? &self->table : NULL;
}

static void week_enter(struct view *view)
{
	struct week_view *self = (struct week_view *)view;
	const struct student_hit *hit;
	struct thing_options options;

	if (!self->members || !self->table.count)
		return;
	hit = CARD_LIST(&self->card, student_hit)->items[self->table.selected];
	options = (struct thing_options){ .id = hit->id, .name = hit->full_name };
	app_push(view->app, &card_class, &options);
}

static void week_answer(struct view *view, int tag, const struct view_answer *answer)
{
	if (tag == WEEK_TAG_PUBLISH && answer->ok)
		week_publish_all((struct week_view *)view);
}

void week_print(struct app *app, struct view *view)
{
	const struct cohort *cohort = CARD_FIRST(&((struct week_view *)view)->card, cohort);
	const struct student *student = CARD_FIRST(&((struct week_view *)view)->card, student);

	(void)app;
	if (student)
		print_open(view, KIND_STUDENT, student->student_no);
	else
		print_open(view, KIND_COHORT, cohort ? cohort->code : NULL);
}

const struct view_class week_class = {
	.name = "week", .title = N_("Week"),
	.contexts = CTX_PANE | CTX_LIST | CTX_WEEK, .size = sizeof(struct week_view),
	.open = week_open, .close = week_close, .draw = week_draw, .list = week_list, .grid = week_go,
	.enter = week_enter, .answer = week_answer, .resume = week_resume,
};
