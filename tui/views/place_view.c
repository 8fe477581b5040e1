/* Putting a meeting down somewhere else: the week by half-hours, each marked
 * free, possible or impossible before anything is done. The marks are answered
 * by the store (PLACE_OFFER) in one question a week; the move itself is the
 * command session.move, which asks the same rules again. */
#include "tui/views/place_view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/action.h"
#include "tui/views/card_job.h"
#include "tui/views/command_job.h"
#include "tui/views/command_view.h"
#include "tui/views/student_draw.h"
#include "tui/views/week_grid.h"

enum {
	CHANNEL_OFFERS = 1, CHANNEL_MOVE, TAG_FORM = 1, HALF = 30, HALVES = 48, TIME_CELLS = 6,
	DETAIL_ROWS = 6, PROPOSALS = 3
};

struct place_view {
	struct view view;
	struct card card;
	struct arena arena; /* of the copy of the meeting */
	struct session_slot slot;
	int64_t monday;
	const struct place_offer *offer[HALVES][WEEK_DAYS]; /* in its own room */
	const struct place_offer *proposal[PROPOSALS];
	const struct place_offer *taken; /* the proposal the marker stands on, or NULL */
	int row, day, top;
	bool placed, moving;
};

/* --- asking --- */

static void offers_take(struct place_view *self)
{
	const struct record_list *list = CARD_LIST(&self->card, place_offer);

	memset(self->offer, 0, sizeof self->offer);
	memset(self->proposal, 0, sizeof self->proposal);
	self->taken = NULL;
	for (size_t i = 0; i < list->count; i++) {
		const struct place_offer *offer = list->items[i];
		const int64_t day = offer->on_date - self->monday;

		if (day < 0 || day >= WEEK_DAYS || offer->start_min < 0 || offer->start_min >= DAY_MINUTES)
			continue;
		if (offer->room_id == self->slot.room_id)
			self->offer[offer->start_min / HALF][day] = offer;
		if (offer->rank >= 1 && offer->rank <= PROPOSALS)
			self->proposal[offer->rank - 1] = offer;
	}
}

static void offers_done(struct job *job, struct view *view)
{
	struct place_view *self = (struct place_view *)view;

	card_take(&self->card, job);
	if (job->result == OV_ECANCELLED)
		return;
	offers_take(self);
}

static void place_resume(struct view *view)
{
	struct place_view *self = (struct place_view *)view;
	struct card_request request = { .kind = KIND_PLACE_OFFER, .id = self->slot.id,
					.from = self->monday, .to = self->monday + WEEK_DAYS };
	struct job *job = card_job(&request);

	job->channel = CHANNEL_OFFERS;
	job->done = offers_done;
	app_submit(view, job);
}

static void place_open(struct view *view, const void *arg)
{
	struct place_view *self = (struct place_view *)view;
	const struct session_slot *slot = arg;
	const struct session_slot *copy = record_copy(&self->arena, &session_slot_fields, slot);

	self->slot = *copy;
	self->monday = week_monday(slot->on_date);
	self->row = (int)(slot->start_min / HALF);
	self->day = (int)(slot->on_date - self->monday);
	self->top = self->row > 4 ? self->row - 4 : 0;
	bundle_init(&self->card.bundle, &self->card.arena);
}

static void place_close(struct view *view)
{
	struct place_view *self = (struct place_view *)view;

	card_release(&self->card);
	arena_release(&self->arena);
}

/* --- drawing --- */

static const struct place_offer *offer_here(const struct place_view *self)
{
	return self->taken ? self->taken : self->offer[self->row][self->day];
}

/* Two words for a kind of conflict, for a narrow cell. */
static const char *kind_word(const char *kind)
{
	static const struct {
		const char *start, *word;
	} words[] = {
		{ "ROOM_", N_("room") }, { "CAPACITY", N_("seats") }, { "EQUIPMENT", N_("room") },
		{ "SAFETY_", N_("safety") }, { "TEACHER_", N_("teacher") }, { "COHORT_", N_("cohort") },
		{ "STUDENT_", N_("learners") }, { "SHIFT_", N_("shift") }, { "REST_", N_("rest") },
		{ "HOLIDAY", N_("holiday") }, { "CALENDAR_", N_("calendar") }, { "EXAM_", N_("exam") },
	};

	for (size_t i = 0; kind && i < sizeof words / sizeof words[0]; i++)
		if (strncmp(kind, words[i].start, strlen(words[i].start)) == 0)
			return _(words[i].word);
	return kind ? _("other") : "";
}

static const struct {
	const char *mark;
	enum theme_role role;
} looks[] = {
	[PLACE_FREE] = { "+", THEME_OK },
	[PLACE_POSSIBLE] = { "~", THEME_WARNING },
	[PLACE_IMPOSSIBLE] = { "x", THEME_MUTED },
};

static bool stands_here(const struct place_view *self, int row, int day)
{
	return self->monday + day == self->slot.on_date && row == self->slot.start_min / HALF;
}

static int proposal_at(const struct place_view *self, int row, int day)
{
	for (int i = 0; i < PROPOSALS; i++)
		if (self->proposal[i] && self->proposal[i]->on_date == self->monday + day &&
		    self->proposal[i]->start_min / HALF == row)
			return i + 1;
	return 0;
}

static void cell_draw(struct place_view *self, const struct canvas *canvas, int at, int row,
		      int day, int width)
{
	const struct place_offer *offer = self->offer[row][day];
	const int col = TIME_CELLS + day * width, number = proposal_at(self, row, day);
	struct arena *arena = canvas_arena(canvas);
	const char *text;

	if (row == self->row && day == self->day) {
		canvas_put(canvas, at, col, THEME_MARKER, ">");
		canvas_cursor(canvas, at, col);
	}
	if (!offer || offer->verdict < 0 || offer->verdict > PLACE_IMPOSSIBLE) {
		canvas_put(canvas, at, col + 1, THEME_MUTED, ".");
		return;
	}
	canvas_put(canvas, at, col + 1, looks[offer->verdict].role, looks[offer->verdict].mark);
	text = stands_here(self, row, day) ? _("now") : number ? arena_printf(arena, "[%d]", number) :
	       offer->verdict == PLACE_FREE ? "" : kind_word(offer->kind);
	canvas_fit(canvas, at, col + 3, width - 4, number || stands_here(self, row, day) ?
		   THEME_VALUE : looks[offer->verdict].role, TEXT_LEFT, text);
}

static void head_draw(struct place_view *self, const struct canvas *canvas)
{
	struct arena *arena = canvas_arena(canvas);
	int col = 1;

	col += canvas_put(canvas, 0, col, THEME_HEADING, _("Move to:")) + 1;
	col += canvas_put(canvas, 0, col, THEME_VALUE, slot_text(&self->slot, arena)) + 2;
	canvas_put(canvas, 0, col, THEME_LABEL, self->slot.cohorts ? self->slot.cohorts : "");
	canvas_rule(canvas, 1, _("+ free   ~ possible, with a warning   x impossible"));
}

static const struct calendar_day *special_day(const struct place_view *self, int64_t date)
{
	const struct record_list *days = CARD_LIST(&self->card, calendar_day);

	for (size_t i = 0; i < days->count; i++)
		if (((struct calendar_day *)days->items[i])->on_date == date)
			return days->items[i];
	return NULL;
}

static void grid_draw(struct place_view *self, const struct canvas *canvas)
{
	const int width = (canvas->area.cols - TIME_CELLS) / WEEK_DAYS, rows = canvas->area.rows - 1;
	struct arena *arena = canvas_arena(canvas);
	char date[DATE_TEXT];

	for (int day = 0; day < WEEK_DAYS; day++) {
		const struct calendar_day *special = special_day(self, self->monday + day);

		canvas_fit(canvas, 0, TIME_CELLS + day * width + 1, width - 1,
			   special ? THEME_WARNING : THEME_HEADING, TEXT_LEFT,
			   arena_printf(arena, "%s %s %s", weekday_name(day + 1),
					date_format(self->monday + day, date) + 8,
					special && special->name ? special->name : ""));
	}
	self->top = (int)layout_scroll((size_t)self->top, (size_t)self->row, HALVES, rows);
	for (int row = self->top; row < HALVES && row < self->top + rows; row++) {
		const int at = 1 + row - self->top;

		canvas_put(canvas, at, 0, row % 2 ? THEME_MUTED : THEME_LABEL,
			   minutes_text(row * HALF, arena));
		for (int day = 0; day < WEEK_DAYS; day++)
			cell_draw(self, canvas, at, row, day, width);
	}
}

static void here_draw(struct place_view *self, const struct canvas *canvas)
{
	const struct place_offer *offer = offer_here(self);
	struct arena *arena = canvas_arena(canvas);
	char date[DATE_TEXT];
	int col = 1;

	if (self->card.error.code) {
		canvas_put(canvas, 0, 1, THEME_REFUSED, self->card.error.message);
		return;
	}
	if (!offer) {
		canvas_put(canvas, 0, 1, THEME_WAITING, _("Looking at the week"));
		return;
	}
	col += canvas_put(canvas, 0, col, THEME_VALUE,
			  arena_printf(arena, "%s %s %s-%s %s", weekday_name(self->day + 1),
				       date_format(offer->on_date, date) + 5,
				       minutes_text(offer->start_min, arena),
				       minutes_text(offer->end_min, arena),
				       offer->room ? offer->room : "")) + 2;
	col += canvas_put(canvas, 0, col, looks[offer->verdict].role == THEME_MUTED ? THEME_REFUSED :
			  looks[offer->verdict].role, enum_label(&place_verdict_enum, offer->verdict)) + 2;
	if (offer->conflicts > 1)
		canvas_printf(canvas, 0, col, THEME_LABEL, _("%d conflicts, the first:"),
			      (int)offer->conflicts);
	if (offer->message)
		canvas_wrap(canvas, 1, 1, canvas->area.cols - 2, 2,
			    offer->verdict == PLACE_IMPOSSIBLE ? THEME_REFUSED : THEME_WARNING,
			    offer->message);
}

static void proposals_draw(struct place_view *self, const struct canvas *canvas, int row)
{
	struct arena *arena = canvas_arena(canvas);
	int col = 1;

	col += canvas_put(canvas, row, col, THEME_LABEL, _("Proposals:")) + 1;
	for (int i = 0; i < PROPOSALS; i++) {
		const struct place_offer *offer = self->proposal[i];

		if (!offer)
			continue;
		col += canvas_put(canvas, row, col, THEME_KEY, arena_printf(arena, "%d", i + 1)) + 1;
		col += canvas_put(canvas, row, col, looks[offer->verdict].role,
				  arena_printf(arena, "%s %s %s%s",
					       weekday_name((int)(offer->on_date - self->monday) + 1),
					       minutes_text(offer->start_min, arena),
					       offer->room ? offer->room : "",
					       offer->verdict == PLACE_POSSIBLE ? " ~" : "")) + 2;
	}
	if (!self->proposal[0] && self->card.id)
		canvas_put(canvas, row, col, THEME_MUTED,
			   _("none in this week; ] shows the next"));
}

static void place_draw(struct view *view, const struct canvas *canvas)
{
	struct place_view *self = (struct place_view *)view;
	struct rect area = canvas_area(canvas), bottom;
	struct canvas part = canvas_sub(canvas, rect_take_top(&area, 2));

	head_draw(self, &part);
	bottom = rect_take_bottom(&area, DETAIL_ROWS - 1);
	part = canvas_sub(canvas, area);
	grid_draw(self, &part);
	part = canvas_sub(canvas, bottom);
	canvas_rule(&part, 0, NULL);
	rect_take_top(&bottom, 1);
	part = canvas_sub(canvas, bottom);
	here_draw(self, &part);
	proposals_draw(self, &part, part.area.rows - 1);
}

/* --- keys --- */

static bool place_go(struct view *view, int by_row, int by_day, int by_week)
{
	struct place_view *self = (struct place_view *)view;
	const int row = self->row + by_row, day = self->day + by_day;

	if (!by_row && !by_day && !by_week)
		return true;
	self->taken = NULL;
	if (row >= 0 && row < HALVES)
		self->row = row;
	if (day >= 0 && day < WEEK_DAYS)
		self->day = day;
	if (by_week) {
		self->monday += by_week * WEEK_DAYS;
		memset(self->offer, 0, sizeof self->offer);
		memset(self->proposal, 0, sizeof self->proposal);
		place_resume(view);
	}
	return true;
}

static bool place_key(struct view *view, key_press key)
{
	struct place_view *self = (struct place_view *)view;
	const int number = key >= '1' && key <= '9' ? (int)(key - '1') : -1;

	if (number < 0 || number >= PROPOSALS || !self->proposal[number])
		return false;
	self->taken = self->proposal[number];
	self->row = (int)(self->taken->start_min / HALF);
	self->day = (int)(self->taken->on_date - self->monday);
	return true;
}

/* --- putting down --- */

static void undo_set(struct place_view *self, const struct outcome *outcome)
{
	const struct session_slot *slot = &self->slot;
	struct arena arena = ARENA_INIT;
	struct buf args = BUF_INIT;
	char date[DATE_TEXT];

	buf_printf(&args, "on_date=%s\nstart_min=%s\n", date_format(slot->on_date, date),
		   minutes_text(slot->start_min, &arena));
	buf_printf(&args, "end_min=%s\n", minutes_text(slot->end_min, &arena));
	if (slot->room_id != OV_NULL)
		buf_printf(&args, "room_id=%lld\n", (long long)slot->room_id);
	app_set_undo(self->view.app, "session.move", slot->id, outcome->rev,
		     slot->course ? slot->course : "");
	app_set_undo_args(self->view.app, buf_cstr(&args));
	buf_release(&args);
	arena_release(&arena);
}

static void move_done(struct job *job, struct view *view)
{
	struct place_view *self = (struct place_view *)view;
	struct command_job *ask = job->question;

	self->moving = false;
	if (job->result) {
		job->error.code = job->result;
		app_say_error(view->app, &job->error);
		place_resume(view);
		return;
	}
	undo_set(self, &ask->outcome);
	app_say(view->app, THEME_OK, _("Moved; u puts it back"));
	app_close(view);
}

/* In spite of conflicts: the form asks for the reason. */
static void form_open(struct place_view *self, const struct place_offer *offer)
{
	struct arena arena = ARENA_INIT;
	char date[DATE_TEXT];
	struct command_preset presets[] = {
		{ .name = "on_date", .text = date_format(offer->on_date, date) },
		{ .name = "start_min", .text = minutes_text(offer->start_min, &arena) },
		{ .name = "end_min", .text = minutes_text(offer->end_min, &arena) },
	};
	struct command_options options = { .target = self->slot.id, .rev = self->slot.rev,
					   .about = slot_text(&self->slot, &arena),
					   .presets = presets, .preset_count = 3 };

	command_open(&self->view, TAG_FORM, "session.move", &options);
	arena_release(&arena);
}

static void move_submit(struct place_view *self, const struct place_offer *offer)
{
	const struct command_def *def = command_find("session.move");
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct command command;
	char text[32];
	struct job *job;

	if (!command_permitted(self->view.app, def)) {
		form_open(self, offer); /* says so */
		return;
	}
	command_init(&command, def, &arena);
	command.target = self->slot.id;
	command.expected_rev = self->slot.rev;
	if (command_set(&command, "on_date", date_format(offer->on_date, text), &arena, &err) < 0 ||
	    command_set(&command, "start_min", minutes_text(offer->start_min, &arena), &arena,
			&err) < 0) {
		app_say_error(self->view.app, &err);
		arena_release(&arena);
		return;
	}
	if (offer->room_id != self->slot.room_id && offer->room_id != OV_NULL) {
		snprintf(text, sizeof text, "%lld", (long long)offer->room_id);
		if (command_set(&command, "room_id", text, &arena, &err) < 0)
			app_say_error(self->view.app, &err);
	}
	job = command_job(&command, command.args, true);
	job->channel = CHANNEL_MOVE;
	job->done = move_done;
	self->moving = true;
	app_submit(&self->view, job);
	arena_release(&arena);
}

void place_put(struct app *app, struct view *view)
{
	struct place_view *self = (struct place_view *)view;
	const struct place_offer *offer = offer_here(self);

	(void)app;
	if (!offer || self->moving)
		return;
	if (offer->verdict == PLACE_IMPOSSIBLE)
		form_open(self, offer);
	else
		move_submit(self, offer);
}

static void place_answer(struct view *view, int tag, const struct view_answer *answer)
{
	struct place_view *self = (struct place_view *)view;

	if (tag != TAG_FORM || !answer->ok)
		return;
	if (answer->outcome)
		undo_set(self, answer->outcome);
	app_close(view);
}

const struct view_class place_class = {
	.name = "place", .title = N_("Put a meeting down"),
	.contexts = CTX_PANE | CTX_PLACE, .size = sizeof(struct place_view),
	.open = place_open, .close = place_close, .draw = place_draw, .grid = place_go, .key = place_key,
	.answer = place_answer, .resume = place_resume,
};
