#include "tui/views/batch_view.h"

#include <stdlib.h>
#include <string.h>

#include "core/model/reason.h"
#include "tui/action.h"
#include "tui/table.h"
#include "tui/views/command_job.h"
#include "tui/views/reason_part.h"

enum { CHANNEL_RUN = 1 };

enum item_state { ITEM_WAITS, ITEM_CAN, ITEM_REFUSED, ITEM_DONE };

struct item {
	struct claim_mark mark;
	struct command command; /* its key is kept for a retry */
	enum item_state state;
	const char *why;
};

enum phase { PHASE_CHECK, PHASE_ASK, PHASE_RUN, PHASE_END };

struct batch_view {
	struct view view;
	struct arena arena;
	enum claim_event event;
	const struct command_def *def;
	struct reason_part reason;
	struct item *items;
	size_t count, at; /* at: the one under way */
	size_t done, refused;
	enum phase phase;
	bool stop, drawn;
	struct table table;
};

static const struct table_column columns[] = {
	{ "", { .min = 3, .want = 3, .keep = 9 }, TEXT_LEFT },
	{ N_("Claim"), { .min = 14, .want = 14, .keep = 8 }, TEXT_LEFT },
	{ N_("Name"), { .min = 8, .want = 12, .keep = 6 }, TEXT_LEFT },
	{ N_("Result"), { .min = 20, .want = 40, .grow = 1, .keep = 7 }, TEXT_LEFT },
};

static void batch_cell(const void *context, size_t row, size_t column, struct arena *arena,
		       struct cell *cell)
{
	static const struct {
		const char *mark, *text;
		enum theme_role role;
	} looks[] = {
		[ITEM_WAITS] = { "...", N_("waits"), THEME_WAITING },
		[ITEM_CAN] = { "[ ]", N_("nothing stands against it"), THEME_DIALOG },
		[ITEM_REFUSED] = { "[!]", "", THEME_REFUSED },
		[ITEM_DONE] = { "[x]", N_("done"), THEME_OK },
	};
	const struct item *item = &((const struct batch_view *)context)->items[row];

	(void)arena;
	cell->role = looks[item->state].role;
	switch (column) {
	case 0: cell->text = looks[item->state].mark; break;
	case 1: cell->text = item->mark.no; break;
	case 2: cell->text = item->mark.name; break;
	default: cell->text = item->why ? item->why : _(looks[item->state].text);
	}
}

/* --- one after the other --- */

static void go_on(struct batch_view *self);

static void item_take(struct batch_view *self, struct item *item, const struct job *job)
{
	const struct error *err = &job->error;

	if (job->result == 0) {
		item->state = self->phase == PHASE_RUN ? ITEM_DONE : ITEM_CAN;
		item->why = NULL;
		self->done += self->phase == PHASE_RUN;
		return;
	}
	item->state = ITEM_REFUSED;
	item->why = error_sentence(err, &self->arena);
	self->refused++;
}

static void item_done(struct job *job, struct view *view)
{
	struct batch_view *self = (struct batch_view *)view;

	item_take(self, &self->items[self->at], job);
	self->at++;
	go_on(self);
}

static void phase_end(struct batch_view *self)
{
	self->phase = self->phase == PHASE_RUN ? PHASE_END : PHASE_ASK;
	if (self->phase == PHASE_END)
		table_select(&self->table, 0);
}

static void go_on(struct batch_view *self)
{
	struct arena arena = ARENA_INIT;
	struct item *item;
	struct job *job;

	/* What the check refused isn't tried again. */
	while (self->phase == PHASE_RUN && self->at < self->count &&
	       self->items[self->at].state == ITEM_REFUSED)
		self->at++;
	if (self->at == self->count || self->stop) {
		phase_end(self);
		return;
	}
	item = &self->items[self->at];
	job = command_job(&item->command, reason_part_args(&self->reason, self->def, &arena),
			  self->phase == PHASE_RUN);
	job->channel = CHANNEL_RUN;
	job->done = item_done;
	table_select(&self->table, self->at);
	app_submit(&self->view, job);
	arena_release(&arena);
}

static void check(struct batch_view *self)
{
	size_t i;

	app_cancel(&self->view, CHANNEL_RUN);
	for (i = 0; i < self->count; i++) {
		self->items[i].state = ITEM_WAITS;
		self->items[i].why = NULL;
	}
	self->phase = PHASE_CHECK;
	self->at = self->refused = 0;
	if (reason_part_given(&self->reason))
		go_on(self);
}

/* --- the view --- */

static void batch_open(struct view *view, const void *arg)
{
	struct batch_view *self = (struct batch_view *)view;
	const struct batch_options *o = arg;
	size_t i;

	arena_init(&self->arena);
	self->event = o->event;
	self->def = command_find(arena_printf(&self->arena, "claim.%s",
					      enum_code(&claim_event_enum, o->event)));
	self->count = o->count;
	self->items = arena_array(&self->arena, o->count, sizeof *self->items);
	for (i = 0; i < o->count; i++) {
		struct item *item = &self->items[i];

		item->mark = o->marks[i];
		command_init(&item->command, self->def, &self->arena);
		item->command.target = item->mark.id;
		item->command.expected_rev = item->mark.rev;
	}
	reason_part_init(&self->reason, o->event,
			 (self->def->flags & (CMD_REASON | CMD_ASK_REASON)) != 0);
	self->table = (struct table){ .columns = columns,
				      .column_count = sizeof columns / sizeof columns[0],
				      .cell = batch_cell, .context = self };
	table_set_count(&self->table, self->count);
	check(self);
}

static void batch_close(struct view *view)
{
	struct batch_view *self = (struct batch_view *)view;

	reason_part_release(&self->reason);
	arena_release(&self->arena);
}

static void leave(struct batch_view *self)
{
	struct view_answer answer = { .ok = self->done > 0 };

	app_answer(&self->view, &answer);
}

static void enter(struct batch_view *self)
{
	if (self->phase == PHASE_END) {
		leave(self);
		return;
	}
	if (!self->drawn || self->phase != PHASE_ASK || !reason_part_given(&self->reason))
		return;
	self->phase = PHASE_RUN;
	self->at = 0;
	go_on(self);
}

static bool batch_key(struct view *view, key_press key)
{
	struct batch_view *self = (struct batch_view *)view;

	if (key == K_ENTER) {
		enter(self);
		return true;
	}
	if (table_key(&self->table, key))
		return true;
	if (self->phase >= PHASE_RUN || !reason_part_key(&self->reason, key))
		return key_is_text(key);
	if (self->reason.needed)
		check(self);
	return true;
}

/* Esc: stops what runs, after the claim that is under way; else closes. */
void batch_stop(struct app *app, struct view *view)
{
	struct batch_view *self = (struct batch_view *)view;

	(void)app;
	if (self->phase == PHASE_RUN)
		self->stop = true;
	else
		leave(self);
}

static bool batch_typing(const struct view *view)
{
	(void)view;
	return true;
}

static const char *summary(const struct batch_view *self, struct arena *arena)
{
	size_t can = self->count - self->refused;

	switch (self->phase) {
	case PHASE_CHECK:
		if (!reason_part_given(&self->reason))
			return reason_part_hint(&self->reason);
		return arena_printf(arena, _("Checking %zu of %zu"), self->at, self->count);
	case PHASE_ASK:
		return arena_printf(arena, _("%zu can be done, %zu can't.  Enter: do them   Esc: leave them"),
				    can, self->refused);
	case PHASE_RUN:
		return arena_printf(arena, self->stop ? _("Stopping: %zu of %zu done")
						      : _("%zu of %zu done   Esc: stop"),
				    self->done, self->count);
	default:
		return arena_printf(arena, _("Done: %zu, refused: %zu, left: %zu.  Enter: back"),
				    self->done, self->refused,
				    self->count - self->done - self->refused);
	}
}

static void batch_draw(struct view *view, const struct canvas *canvas)
{
	struct batch_view *self = (struct batch_view *)view;
	struct rect all = canvas_area(canvas);
	struct arena *arena = canvas_arena(canvas);
	struct canvas box, part;
	int row;

	box = canvas_box(canvas, rect_centre(all, all.rows, all.cols > 124 ? 120 : all.cols),
			 arena_printf(arena, _("%s: %zu claims"), _(self->def->title),
				      self->count));
	row = reason_part_draw(&self->reason, &box);
	part = canvas_sub(&box, (struct rect){ row, 0, 1, box.area.cols });
	canvas_rule(&part, 0, NULL);
	part = canvas_sub(&box, (struct rect){ row + 1, 0, box.area.rows - row - 5,
					       box.area.cols });
	table_draw(&self->table, &part, view->app, true, false);
	/* The whole reason of the row the marker is on. */
	if (self->count && self->items[self->table.selected].why)
		canvas_wrap(&box, box.area.rows - 4, 2, box.area.cols - 2, 3, THEME_REFUSED,
			    self->items[self->table.selected].why);
	canvas_put(&box, box.area.rows - 1, 0, THEME_KEY, summary(self, arena));
	if (self->phase == PHASE_RUN || self->phase == PHASE_CHECK)
		canvas_bar(&box, box.area.rows - 1, box.area.cols - 24, 24, (int64_t)self->at,
			   (int64_t)self->count);
	if (self->phase >= PHASE_RUN)
		canvas_cursor(&box, box.area.rows - 1, 0);
	self->drawn = true;
}

const struct view_class batch_class = {
	.name = "batch", .contexts = CTX_BATCH, .overlay = true,
	.size = sizeof(struct batch_view),
	.open = batch_open, .close = batch_close, .draw = batch_draw, .key = batch_key,
	.typing = batch_typing,
};
