/* The roll call: one key a learner, in roll-call order, and the marker goes on
 * by itself. Nothing is written before it is saved; then the meeting is marked
 * as held (when it wasn't) and all marks are recorded, wholly or not at all. */
#include "tui/views/roll_view.h"

#include <stdio.h>
#include <string.h>

#include "core/store/commands/cohort_args.h"
#include "tui/action.h"
#include "tui/table.h"
#include "tui/views/card_job.h"
#include "tui/views/command_view.h"
#include "tui/views/dialog_view.h"
#include "tui/views/list_view.h"
#include "tui/views/student_draw.h"
#include "tui/views/views.h"

enum { CHANNEL_CARD = 1, CHANNEL_SAVE, TAG_LEAVE = 1, COMMANDS = 2 };

struct roll_view {
	struct view view;
	struct card card;
	struct arena marks_arena;
	int64_t *mark; /* by line; OV_NULL: not called yet */
	size_t count;
	bool changed, saving, loaded;
	int64_t id;
	char name[96];
	struct table table;
};

enum { COL_NO, COL_NAME, COL_SHIFT, COL_MARK, COL_LAST, COL_ABSENT, COL_COHORT, COLUMNS };

static const struct table_column columns[COLUMNS] = {
	{ N_("Number"), { .min = 13, .want = 13, .keep = 6 }, TEXT_LEFT },
	{ N_("Name"), { .min = 10, .want = 20, .grow = 1, .keep = 9 }, TEXT_LEFT },
	{ N_("Shift"), { .min = 5, .want = 5, .keep = 5 }, TEXT_LEFT },
	{ N_("Attendance"), { .min = 10, .want = 12, .keep = 10 }, TEXT_LEFT },
	{ N_("Last time"), { .min = 9, .want = 10, .keep = 7 }, TEXT_LEFT },
	{ N_("Missed"), { .min = 6, .want = 6, .keep = 4 }, TEXT_RIGHT },
	{ N_("Cohort"), { .min = 8, .want = 12, .keep = 3 }, TEXT_LEFT },
};

static const struct roll_line *line_at(const struct roll_view *self, size_t row)
{
	return CARD_LIST(&self->card, roll_line)->items[row];
}

static const char *mark_text(int64_t mark)
{
	return mark == OV_NULL ? NULL : enum_label(&attendance_mark_enum, mark);
}

static void roll_cell(const void *context, size_t row, size_t column, struct arena *arena,
		      struct cell *cell)
{
	static const enum theme_role roles[] = { THEME_OK, THEME_WARNING, THEME_LABEL, THEME_REFUSED };
	const struct roll_view *self = context;
	const struct roll_line *line = line_at(self, row);
	const int64_t mark = self->mark[row];

	switch (column) {
	case COL_NO: cell->text = line->student_no; break;
	case COL_NAME: cell->text = line->full_name; break;
	case COL_SHIFT: cell->text = line->shift; break;
	case COL_MARK:
		cell->text = mark == OV_NULL ? "...." : mark_text(mark);
		cell->role = mark < 0 || mark > ATTEND_ABSENT ? THEME_MUTED : roles[mark];
		break;
	case COL_LAST: cell->text = mark_text(line->last); break;
	case COL_ABSENT:
		if (line->absences > 0)
			cell->text = arena_printf(arena, "%d", (int)line->absences);
		break;
	default: cell->text = line->cohort;
	}
}

/* A mark that was changed and is not saved. */
static char roll_flag(const void *context, size_t row)
{
	const struct roll_view *self = context;

	return self->mark[row] != line_at(self, row)->mark ? '*' : 0;
}

/* --- asking --- */

static void roll_done(struct job *job, struct view *view)
{
	struct roll_view *self = (struct roll_view *)view;
	size_t first;

	card_take(&self->card, job);
	if (job->result || job->result == OV_ECANCELLED)
		return;
	self->loaded = true;
	self->changed = false;
	self->count = CARD_LIST(&self->card, roll_line)->count;
	arena_release(&self->marks_arena);
	self->mark = arena_array(&self->marks_arena, self->count, sizeof *self->mark);
	for (size_t i = 0; i < self->count; i++)
		self->mark[i] = line_at(self, i)->mark;
	table_set_count(&self->table, self->count);
	for (first = 0; first < self->count && self->mark[first] != OV_NULL; first++)
		continue;
	if (first < self->count)
		table_select(&self->table, first);
}

static void roll_resume(struct view *view)
{
	struct roll_view *self = (struct roll_view *)view;
	struct card_request request = { .kind = KIND_ROLL_LINE, .id = self->id,
					.from = OV_NULL, .to = OV_NULL };
	struct job *job;

	if (self->changed)
		return; /* what was called and not saved stays */
	job = card_job(&request);
	job->channel = CHANNEL_CARD;
	job->done = roll_done;
	app_submit(view, job);
}

static void roll_open(struct view *view, const void *arg)
{
	struct roll_view *self = (struct roll_view *)view;
	const struct thing_options *options = arg;

	self->id = options->id;
	snprintf(self->name, sizeof self->name, "%.90s", options->name ? options->name : "");
	bundle_init(&self->card.bundle, &self->card.arena);
	self->table = (struct table){ .columns = columns, .column_count = COLUMNS,
				      .cell = roll_cell, .flag = roll_flag, .context = self };
}

static void roll_close(struct view *view)
{
	struct roll_view *self = (struct roll_view *)view;

	card_release(&self->card);
	arena_release(&self->marks_arena);
}

/* --- drawing --- */

static void roll_draw(struct view *view, const struct canvas *canvas)
{
	struct roll_view *self = (struct roll_view *)view;
	const struct session_slot *slot = self->loaded ? CARD_FIRST(&self->card, session_slot) : NULL;
	struct rect area = canvas_area(canvas);
	struct canvas part = canvas_sub(canvas, rect_take_top(&area, 2));
	struct arena *arena = canvas_arena(canvas);
	size_t counts[ATTEND_ABSENT + 1] = { 0 }, called = 0;
	int col = 1;

	if (self->card.error.code) {
		canvas_put(&part, 0, 1, THEME_REFUSED, self->card.error.message);
		return;
	}
	for (size_t i = 0; i < self->count; i++)
		if (self->mark[i] >= 0 && self->mark[i] <= ATTEND_ABSENT) {
			counts[self->mark[i]]++;
			called++;
		}
	col += canvas_put(&part, 0, col, THEME_VALUE, slot ? slot_text(slot, arena) : self->name) + 2;
	if (slot && slot->cohorts)
		canvas_put(&part, 0, col, THEME_LABEL, slot->cohorts);
	canvas_rule(&part, 1, arena_printf(arena, _("%zu of %zu called   present %zu   late %zu   excused %zu   absent %zu%s"),
					   called, self->count, counts[0], counts[1], counts[2],
					   counts[3], self->changed ? "   *" : ""));
	part = canvas_sub(canvas, area);
	if (self->loaded && !self->count) {
		canvas_put(&part, 1, 1, THEME_MUTED, _("Nobody is expected at this meeting"));
		canvas_cursor(&part, 1, 0);
		return;
	}
	table_draw(&self->table, &part, view->app, true, true);
}

/* --- keys --- */

static void mark_set(struct view *view, int64_t mark)
{
	struct roll_view *self = (struct roll_view *)view;

	if (!self->count || self->saving)
		return;
	self->mark[self->table.selected] = mark;
	self->changed = true;
	table_move(&self->table, 1);
}

void roll_present(struct app *app, struct view *view)
{
	(void)app;
	mark_set(view, ATTEND_PRESENT);
}

void roll_late(struct app *app, struct view *view)
{
	(void)app;
	mark_set(view, ATTEND_LATE);
}

void roll_excused(struct app *app, struct view *view)
{
	(void)app;
	mark_set(view, ATTEND_EXCUSED);
}

void roll_absent(struct app *app, struct view *view)
{
	(void)app;
	mark_set(view, ATTEND_ABSENT);
}

/* Those not called yet. */
void roll_same(struct app *app, struct view *view)
{
	struct roll_view *self = (struct roll_view *)view;
	size_t set = 0;

	if (self->saving)
		return;
	for (size_t i = 0; i < self->count; i++)
		if (self->mark[i] == OV_NULL && line_at(self, i)->last != OV_NULL) {
			self->mark[i] = line_at(self, i)->last;
			set++;
		}
	self->changed = self->changed || set;
	if (!set)
		app_say(app, THEME_WARNING, _("There is no last time for those not called yet"));
}

void roll_rest_present(struct app *app, struct view *view)
{
	struct roll_view *self = (struct roll_view *)view;

	(void)app;
	if (self->saving)
		return;
	for (size_t i = 0; i < self->count; i++)
		if (self->mark[i] == OV_NULL) {
			self->mark[i] = ATTEND_PRESENT;
			self->changed = true;
		}
}

bool roll_has_line(struct app *app, struct view *view)
{
	(void)app;
	return ((struct roll_view *)view)->count > 0;
}

/* Where could this learner make up for it? */
void roll_makeup(struct app *app, struct view *view)
{
	struct roll_view *self = (struct roll_view *)view;
	const struct roll_line *line = line_at(self, self->table.selected);
	char key[64];
	struct list_options options = { .title = N_("Make-up meetings"), .about = line->full_name,
					.kind = KIND_MAKEUP_OFFER, .key = key };

	snprintf(key, sizeof key, "%lld:%.20s", (long long)self->id,
		 line->student_no ? line->student_no : "");
	app_push(app, &list_class, &options);
}

/* --- saving --- */

struct save_job {
	struct command commands[COMMANDS];
	size_t count;
	struct outcome outcomes[COMMANDS];
};

static int save_run(struct job *job, struct store *store)
{
	struct save_job *save = job->question;
	size_t failed;

	return store_execute(store, save->commands, save->count, &job->arena, save->outcomes, &failed,
			     &job->error);
}

static void save_done(struct job *job, struct view *view)
{
	struct roll_view *self = (struct roll_view *)view;

	self->saving = false;
	if (job->result) {
		job->error.code = job->result;
		app_say_error(view->app, &job->error);
		return;
	}
	self->changed = false;
	app_say(view->app, THEME_OK, _("The roll is recorded"));
	roll_resume(view);
}

static struct record_list *marks_list(const struct roll_view *self, struct arena *arena)
{
	struct record_list *list = arena_alloc(arena, sizeof *list);

	*list = (struct record_list){ .table = &attendance_item_fields };
	list->items = arena_array(arena, self->count, sizeof *list->items);
	for (size_t i = 0; i < self->count; i++) {
		const struct roll_line *line = line_at(self, i);
		struct attendance_item *item;

		if (self->mark[i] == OV_NULL || self->mark[i] == line->mark)
			continue;
		item = record_new(arena, &attendance_item_fields);
		item->student_id = line->student_id;
		item->mark = self->mark[i];
		item->minutes = line->minutes;
		list->items[list->count++] = item;
	}
	return list;
}

void roll_save(struct app *app, struct view *view)
{
	struct roll_view *self = (struct roll_view *)view;
	const struct session_slot *slot = self->loaded ? CARD_FIRST(&self->card, session_slot) : NULL;
	const struct command_def *attend = command_find("session.attend");
	struct session_attend_args *args;
	struct save_job *save;
	struct job *job;

	if (!slot || self->saving || !self->changed)
		return;
	if (!command_permitted(app, attend)) {
		struct command_options options = { .target = self->id, .rev = slot->rev };

		command_open(view, 0, "session.attend", &options); /* says so */
		return;
	}
	job = job_new(sizeof *save);
	save = job->question;
	if (slot->state != SESSION_HELD) {
		command_init(&save->commands[0], command_find("session.hold"), &job->arena);
		save->commands[0].target = self->id;
		save->commands[0].expected_rev = slot->rev;
		save->count = 1;
	}
	command_init(&save->commands[save->count], attend, &job->arena);
	save->commands[save->count].target = self->id;
	save->commands[save->count].expected_rev = OV_NULL;
	args = save->commands[save->count++].args;
	args->marks = marks_list(self, &job->arena);
	for (size_t i = 0; i < save->count; i++)
		bundle_init(&save->outcomes[i].records, &job->arena);
	job->run = save_run;
	job->done = save_done;
	job->channel = CHANNEL_SAVE;
	self->saving = true;
	app_submit(view, job);
}

void roll_leave(struct app *app, struct view *view)
{
	static const struct confirm_options sure = {
		.title = N_("Leave the roll?"),
		.text = N_("What was called is not recorded yet. C-s records it; y leaves it."),
	};
	struct roll_view *self = (struct roll_view *)view;

	(void)app;
	if (self->changed)
		app_ask(view, TAG_LEAVE, &confirm_class, &sure);
	else
		app_close(view);
}

static void roll_answer(struct view *view, int tag, const struct view_answer *answer)
{
	if (tag == TAG_LEAVE && answer->ok) {
		((struct roll_view *)view)->changed = false;
		app_close(view);
	}
}

static struct table *roll_list(struct view *view)
{
	return &((struct roll_view *)view)->table;
}

static void roll_enter(struct view *view)
{
	struct roll_view *self = (struct roll_view *)view;
	const struct roll_line *line = line_at(self, self->table.selected);
	struct thing_options options = { .id = line->student_id, .name = line->full_name };

	app_push(view->app, &card_class, &options);
}

const struct view_class roll_class = {
	.name = "roll", .title = N_("Roll call"),
	.contexts = CTX_PANE | CTX_LIST | CTX_ROLL, .size = sizeof(struct roll_view),
	.open = roll_open, .close = roll_close, .draw = roll_draw, .list = roll_list,
	.enter = roll_enter, .answer = roll_answer, .resume = roll_resume,
};
